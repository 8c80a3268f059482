"""The screens of `/berkas`: which case, which document, which version; and the file that is sent."""

import pytest

from alur.views import limits
from alur.views.menu import STRANGERS, menu
from alur.views.notice import documents
from alur.views.notice.documents import PAGE
from alur.workflow.case import UNIT_FILE
from alur.workflow.presses import (
    PressAllFiles,
    PressArchiveList,
    PressCases,
    PressDocumentsPage,
    PressHistoryPage,
    PressVersion,
)
from handlers.callbacks import encode
from handlers.texts import SCREENS
from tests import notices
from tests.factories import ANALIS, BIRO, JOKO, KABAG, SARI, TU, UNITS, a_reader, an_office, walked

MANY = tuple(f"Direktorat {number:02} dengan nama yang sangat panjang sekali" for number in range(30))


def shown(walk, member, template="documents", *, cases=(), extra=None, **about):
    reader = a_reader(member, walk.office if walk else None)
    about = {"others": False} | about if template == "documents" else about
    known = {"s": walk.s if walk else None, "case_id": 7 if walk else None, "cases": cases}
    screen = notices.shown(template, about, reader=reader, **known, **(extra or {}))
    assert limits.length(screen.text) <= limits.MESSAGE
    for row in screen.buttons:
        for item in row:
            assert len(item.label) <= documents.LONGEST_LABEL
            encode(item.press)
    return screen


def labels(screen):
    return [item.label for row in screen.buttons for item in row]


def presses(screen):
    return [item.press for row in screen.buttons for item in row]


def test_each_document_is_offered_in_its_newest_version_in_the_order_of_the_sop():
    screen = shown(walked(7), KABAG)
    assert "<b>Berkas ip-asn-2026</b>" in screen.text
    assert labels(screen)[:3] == [
        "Surat Kepala Biro SDM hal rekonsiliasi data IP ASN · versi 1",
        "Data capaian IP ASN · versi 2",
        "Konsep undangan rapat · versi 1",
    ]
    assert labels(screen)[-3:] == ["Daftar Isi Berkas", "Semua Berkas", "Versi Lama"]
    assert presses(screen)[1] == PressVersion(case=7, version=11)
    last = [PressArchiveList(case=7), PressAllFiles(case=7), PressDocumentsPage(case=7, older=True)]
    assert presses(screen)[-3:] == last


def test_older_versions_are_listed_on_request_and_lead_back():
    screen = shown(walked(7), KABAG, older=True, start=0)
    assert "<b>Versi lama ip-asn-2026</b>" in screen.text
    assert labels(screen) == ["Data capaian IP ASN · versi 1", "Versi Terbaru"]
    assert presses(screen)[-1] == PressDocumentsPage(case=7)


def test_where_nothing_is_older_there_is_no_such_button_and_the_newest_are_shown():
    assert "Versi Lama" not in labels(shown(walked(3), KABAG))
    assert labels(shown(walked(3), KABAG, older=True)) == labels(shown(walked(3), KABAG))


def test_a_single_document_is_not_offered_as_all():
    letter = "Surat Kepala Biro SDM hal rekonsiliasi data IP ASN · versi 1"
    assert labels(shown(walked(1), KABAG)) == [letter, "Daftar Isi Berkas"]


def test_a_guest_is_offered_what_he_was_sent():
    assert labels(shown(walked(5), SARI)) == [
        "Undangan rapat · versi 1",
        "Data Direktorat Teknik · versi 1",
        "Semua Berkas",
    ]
    assert labels(shown(walked(5), JOKO)) == ["Undangan rapat · versi 1"]
    assert labels(shown(walked(9), BIRO)) == ["Data capaian IP ASN · versi 2"]


@pytest.mark.parametrize("walk", [None, walked(2)])
def test_where_nothing_may_be_read_it_is_said_with_whom_to_ask(walk):
    screen = shown(walk, SARI)
    assert "belum ada berkas" in screen.text
    assert "Tata Usaha" in screen.text
    assert screen.buttons == ()


def test_many_documents_are_turned_page_by_page_and_long_names_keep_their_version():
    walk = walked(3, 1, office=an_office(units=MANY))
    walk.schedule(ANALIS, 4).upload(ANALIS, "undangan")
    for unit in MANY:
        walk.upload(ANALIS, UNIT_FILE, unit=unit)
    first = shown(walk, KABAG)
    assert [item.name for item in presses(first)].count("version") == PAGE
    assert PressDocumentsPage(case=7, start=PAGE) in presses(first)
    assert "Sebelumnya" not in labels(first)
    second = shown(walk, KABAG, older=False, start=PAGE)
    assert PressDocumentsPage(case=7) in presses(second)
    assert labels(second)[-2] == "Sebelumnya"
    assert all(label.endswith("… · sedang disiapkan") for label in labels(second)[:3])
    assert presses(shown(walk, KABAG, start=999)) == presses(first)


def test_another_case_is_a_button_away_where_there_is_one():
    assert presses(shown(walked(7), KABAG, others=True))[-1] == PressCases(screen="documents")


@pytest.mark.parametrize(
    ("page", "of", "word"),
    [(PressDocumentsPage, "documents", "Berkas"), (PressHistoryPage, "history", "Riwayat")],
)
def test_several_cases_are_asked_about_in_the_order_in_which_they_were_found(page, of, word):
    cases = [(9, walked(3).s), (8, walked(2).s), (7, walked(99).s)]
    screen = shown(None, KABAG, "cases", screen=of, cases=cases)
    assert screen.text.startswith(f"{word} proses manakah")
    assert presses(screen) == [page(case=9), page(case=8), page(case=7)]
    assert labels(screen)[0] == "ip-asn-2026 · Laporan Capaian IP ASN 2026"


def test_a_choice_of_no_case_says_so():
    screen = shown(None, SARI, "cases", screen="documents", cases=[])
    assert screen.buttons == ()
    assert "tidak ada proses" in screen.text


def test_a_choice_of_many_cases_is_turned_page_by_page():
    choice = [(number, walked(2).s) for number in range(PAGE)]
    page = shown(None, KABAG, "cases", screen="history", cases=choice, start=2 * PAGE, extra={"has_more": True})
    assert labels(page)[-2:] == ["Sebelumnya", "Berikutnya"]
    assert presses(page)[-2:] == [
        PressCases(screen="history", start=PAGE),
        PressCases(screen="history", start=3 * PAGE),
    ]
    last = shown(None, KABAG, "cases", screen="history", cases=choice[:1], start=PAGE)
    assert presses(last)[-1] == PressCases(screen="history")
    assert labels(last)[-1] == "Sebelumnya"


def test_a_file_is_named_by_case_document_version_moment_and_maker():
    walk = walked(7)
    (file,) = documents.files(walk.s, [11], a_reader(KABAG))
    assert file.caption == (
        "<b>Data capaian IP ASN</b> · versi 2\n"
        "ip-asn-2026 · Selasa, 3 Nov 2026, 02.00 WIB · Plh. Kepala Bagian Umum (Dewi Lestari)"
    )
    assert file.file == walk.case.version(11).file


def test_a_file_is_given_to_nobody_who_may_not_read_it_also_where_it_was_asked_for():
    walk = walked(7)
    everything = [item.id for item in walk.case.versions]
    assert [item.version for item in documents.files(walk.s, everything, a_reader(KABAG))] == everything
    assert documents.files(walk.s, [11, 99], a_reader(SARI)) == ()
    own = documents.files(walk.s, everything, a_reader(SARI))
    assert [walk.case.version(item.version).document for item in own] == ["undangan", UNIT_FILE]
    assert UNITS[1] in own[1].caption


def test_every_command_of_a_menu_has_a_description_and_a_handler():
    from alur.services.people import menus

    every = (
        "mulai",
        "tugas",
        "status",
        "berkas",
        "riwayat",
        "laporan",
        "plh",
        "kelola",
        "batal",
        "bantuan",
        *STRANGERS,
    )
    assert all(0 < len(what) <= 256 for _, what in menu(every).commands)
    assert {name for name, _ in menu(every).commands} == {*SCREENS, "batal"}
    assert set(every) - {"start"} == set(menus.EVERY)


def test_the_archives_card_leads_to_the_list_of_what_is_filed_and_no_other_card_does():
    walk = walked(12)
    assert "Daftar Isi Berkas" in labels(shown(walk, TU, task=walk.task.id))
    assert "Daftar Isi Berkas" not in labels(shown(walk, KABAG, task=8))
