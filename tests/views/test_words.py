"""Moments, sizes, names and phrases in Indonesian."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from alur.views import words
from alur.views.environment import capitalised, joined, listed, lowered, names
from alur.views.screen import Reader
from tests.factories import SOP, WIB

NINE = datetime(2026, 12, 15, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Asia/Jakarta", "Selasa, 15 Des 2026, 16.00 WIB"),
        ("Asia/Makassar", "Selasa, 15 Des 2026, 17.00 WITA"),
        ("Asia/Jayapura", "Selasa, 15 Des 2026, 18.00 WIT"),
        ("UTC", "Selasa, 15 Des 2026, 09.00 UTC"),
    ],
)
def test_a_moment_is_told_in_the_office_zone(zone, said):
    assert words.moment(NINE, ZoneInfo(zone)) == said


def test_days_are_told_in_indonesian():
    assert words.letter_day(date(2026, 10, 30)) == "30 Oktober 2026"
    assert words.short_moment(NINE, WIB) == "15 Des, 16.00 WIB"
    assert words.zone_label_on(date(2026, 6, 1), WIB) == "WIB"


@pytest.mark.parametrize(
    ("count", "said"), [(999, "999 B"), (1_500, "1,5 KB"), (1_234_567, "1,2 MB"), (20_000_000, "20 MB")]
)
def test_a_size_is_told_as_phones_do(count, said):
    assert words.size(count) == said


def test_phrases_keep_names_and_lower_titles():
    assert listed([]) == ""
    assert listed(["Data awal"]) == "Data awal"
    assert listed(["Data awal", "Konsep", "IP ASN"]) == "Data awal, konsep, dan IP ASN"
    assert joined(["Kepala Bagian Umum", "Analis"]) == "Kepala Bagian Umum dan Analis"
    assert names(["Budi", "Sari", "Joko"]) == "Budi, Sari atau Joko"
    assert names(["Budi"]) == "Budi"
    assert lowered("IP ASN") == "IP ASN"
    assert capitalised("rapat") == "Rapat"


def test_an_unknown_role_is_made_readable_and_the_administrator_is_known():
    assert words.role_title("kepala_biro", ()) == "Kepala Biro"
    assert words.role_title("admin", (SOP,)) == "Administrator"
    assert words.role_title("kabag_umum", (SOP,)) == "Kepala Bagian Umum"


def test_without_a_case_a_person_is_addressed_by_name():
    reader = Reader(member=1, name="Rina", sapaan=None, unit=None, roles=())
    assert words.salutation(reader, None, None) == "Bapak/Ibu Rina"
