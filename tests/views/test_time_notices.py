"""Messages about time given and taken: nudges, obstacles, days granted, moved limits, and the year's call."""

from datetime import date, datetime

import pytest

from alur.views import limits
from handlers.callbacks import encode
from tests import notices
from tests.factories import (
    ADMIN,
    ANALIS,
    KABAG,
    SARI,
    SEKRETARIS,
    TU,
    WIB,
    Walk,
    a_calendar,
    a_reader,
    an_office,
    walked,
)

HOSTILE = "<b>&x</b> belum ada"
LONG = "Kata yang panjang sekali & <b>tebal</b>. " * 24
FRIDAY = datetime(2026, 11, 6, 9, 0, tzinfo=WIB)
YEAR = {
    "sop": "ip-asn",
    "title": "Laporan Capaian IP ASN",
    "year": 2026,
    "latest": "2026-12-03",
    "advised": "2026-11-19",
}


def shown(template, about, member, walk=None, **extra):
    screen = notices.shown(
        template, about, reader=a_reader(member), s=walk.s if walk else None, case_id=7 if walk else None, **extra
    )
    assert limits.length(screen.text) <= limits.MESSAGE
    assert "None" not in screen.text
    for row in screen.buttons:
        for item in row:
            encode(item.press)
    return screen


def buttons(screen):
    return [[(item.label, encode(item.press)) for item in row] for row in screen.buttons]


def nudged(step, at=FRIDAY, *, by=KABAG):
    return walked(step).until(at).nudge(by)


def test_a_nudge_says_who_reminds_of_what():
    walk = nudged(5)
    screen = shown("nudge", {"task": walk.task.id}, ANALIS, walk)
    assert "Plh. Kepala Bagian Umum mengingatkan: penyusunan konsep nota dinas rapat internal" in screen.text
    assert "jatuh tempo hari ini (Jumat, 6 Nov 2026, 16.30 WIB)" in screen.text
    assert buttons(screen)[0] == [
        ("Buka Kartu", "card:c7.7:0"),
        ("Ada Kendala", "obstacle:c7.7:0"),
    ]


def test_leave_to_remind_is_asked_upward_only():
    walk = nudged(6, by=SEKRETARIS)
    text = shown("nudge", {"task": walk.task.id}, KABAG, walk).text
    assert "Sekretaris Direktorat Jenderal mengingatkan: " in text
    assert "menindaklanjutinya atau menyampaikan kendala bila ada." in text


def test_a_meeting_never_falls_due_but_its_end_does():
    walk = walked(4)
    walk.until(walk.task.due).nudge(SEKRETARIS)
    text = shown("nudge", {"task": walk.task.id}, KABAG, walk).text
    assert "mengingatkan: penyelesaian rapat internal rekonsiliasi data capaian (langkah" in text


def test_an_obstacle_is_reported_upward_and_told_to_others():
    walk = walked(7).hinder(SEKRETARIS)
    assert "Kami sampaikan kendala dari Sekretaris" in shown("obstacle", {"obstacle": 1}, KABAG, walk).text
    walk = walked(5).hinder(ANALIS)
    assert "Kami laporkan kendala dari Analis" in shown("obstacle", {"obstacle": 1}, KABAG, walk).text


def test_an_official_is_nudged_with_leave():
    walk = nudged(7)
    text = shown("nudge", {"task": walk.task.id}, SEKRETARIS, walk).text
    assert "Plh. Kepala Bagian Umum mohon izin mengingatkan: " in text
    assert "masih menunggu perkenan Bapak (batas waktu Rabu, 4 Nov 2026, 16.00 WIB)" in text
    assert "Mohon perkenan Bapak menindaklanjuti" in text


def test_a_nudge_that_comes_after_days_were_granted_names_the_later_limit():
    walk = nudged(5).hinder(ANALIS).grant(KABAG)
    text = shown("nudge", {"task": walk.task.id}, ANALIS, walk).text
    assert "Batas waktunya kini Selasa, 10 Nov 2026, 16.00 WIB" in text


def test_an_obstacle_offers_one_to_three_days_to_the_superior():
    walk = walked(5).hinder(ANALIS)
    screen = shown("obstacle", {"obstacle": 1}, KABAG, walk)
    assert "Analis SDM Aparatur (Rina) pada penyusunan konsep nota dinas rapat internal" in screen.text
    assert "batas waktu Jumat, 6 Nov 2026, 16.30 WIB:\n<blockquote>Data dari dua unit" in screen.text
    assert "mohon perkenan Ibu memberikan tambahan waktu" in screen.text
    assert buttons(screen) == [[(f"{days} hari kerja", f"grant:c7:0:1.{days}") for days in (1, 2, 3)]]


def test_days_are_granted_once():
    walk = walked(5).hinder(ANALIS).grant(KABAG)
    screen = shown("obstacle", {"obstacle": 1}, KABAG, walk)
    assert (
        "Tambahan 2 hari kerja telah diberikan oleh Plh. Kepala Bagian Umum; batas waktunya kini Selasa, 10 Nov 2026, 16.00 WIB."
        in screen.text
    )
    assert [[item.label for item in row] for row in screen.buttons] == [["Tarik Tambahan Waktu"]]


def test_whoever_grants_himself_days_only_informs():
    walk = walked(7).hinder(SEKRETARIS)
    screen = shown("obstacle", {"obstacle": 1}, KABAG, walk)
    assert screen.text.endswith("Untuk diketahui.")
    assert screen.buttons == ()
    granted = walked(7).hinder(SEKRETARIS, days=2)
    assert "diberikan oleh Sekretaris Direktorat Jenderal" in shown("obstacle", {"obstacle": 1}, KABAG, granted).text


def test_there_is_nothing_to_extend_while_the_clock_stands_still():
    walk = walked(4).hinder(ANALIS).call_off()
    assert shown("obstacle", {"obstacle": 1}, SEKRETARIS, walk).buttons == ()


def test_days_granted_name_the_new_limit_and_who_gave_them():
    walk = walked(5).hinder(ANALIS).grant(KABAG)
    text = shown("days_granted", {"obstacle": 1}, ANALIS, walk).text
    assert "Plh. Kepala Bagian Umum (Dewi Lestari, Surat Perintah Nomor 12/SPt/2026) memberikan" in text
    assert "Batas waktu menjadi <b>Selasa, 10 Nov 2026, 16.00 WIB</b>." in text


def test_a_moved_limit_is_named():
    walk = walked(5)
    text = shown("deadline_moved", {"task": walk.task.id, "was": None}, ANALIS, walk).text
    assert text.endswith("menjadi <b>Jumat, 6 Nov 2026, 16.30 WIB</b>.")
    was = {"task": walk.task.id, "was": "2026-11-05T16:00:00+07:00"}
    assert shown("deadline_moved", was, ANALIS, walk).text.endswith(" (semula Kamis, 5 Nov 2026, 16.00 WIB).")
    stands = walked(4).call_off()
    assert "menunggu jadwal rapat" in shown("deadline_moved", {"task": stands.task.id, "was": None}, KABAG, stands).text


def test_units_hear_of_the_later_limit_of_what_they_were_asked_for():
    about = {"step": 4, "was": "2026-11-05T16:00:00+07:00"}
    assert shown("follow_up_moved", about, SARI, walked(5)).text == (
        "Yth. Ibu Sari (Direktorat Teknik),\n\n"
        "Karena perubahan hari libur, batas waktu mengunggah data dukung masing-masing ASN pada Aplikasi Sipeg menjadi "
        "<b>Jumat, 6 Nov 2026, 16.30 WIB</b> (semula Kamis, 5 Nov 2026, 16.00 WIB).\n\n<b>ip-asn-2026</b>"
    )
    assert "semula" not in shown("follow_up_moved", {"step": 4, "was": None}, SARI, walked(5)).text


def test_what_is_done_meanwhile_asks_nothing():
    walk = nudged(6, datetime(2026, 11, 4, 9, 0, tzinfo=WIB), by=TU).hinder(KABAG).grant(SEKRETARIS)
    task = walk.task.id
    walk.approve(KABAG)
    for template, about, member in (
        ("nudge", {"task": task}, KABAG),
        ("days_granted", {"obstacle": 1}, KABAG),
        ("deadline_moved", {"task": task, "was": None}, KABAG),
        ("obstacle", {"obstacle": 1}, SEKRETARIS),
    ):
        screen = shown(template, about, member, walk)
        assert "Tidak ada tindakan yang diperlukan." in screen.text
        assert screen.buttons == ()
    walk = walked(6).hinder(KABAG).approve(KABAG)
    assert "Langkah ini telah selesai." in shown("obstacle", {"obstacle": 1}, SEKRETARIS, walk).text


def test_an_obstacle_that_does_not_exist_is_an_error():
    with pytest.raises(ValueError, match="no obstacle 3"):
        shown("obstacle", {"obstacle": 3}, KABAG, walked(5))


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (None, "proses disarankan dimulai paling lambat pada <b>Kamis, 19 Nov 2026</b>"),
        (date(2026, 11, 19), ". Batas terakhirnya <b>Kamis, 3 Des 2026</b> (tanpa cadangan hari)"),
        (date(2026, 11, 20), "Tanggal yang disarankan, yaitu Kamis, 19 Nov 2026, telah berlalu."),
        (date(2026, 12, 3), "paling lambat dimulai pada <b>Kamis, 3 Des 2026</b>"),
        (date(2026, 12, 4), "Kamis, 3 Des 2026, telah berlalu. Mohon segera membuka prosesnya"),
    ],
)
def test_the_years_call_names_both_dates_and_kindly_those_that_passed(today, said):
    screen = shown("year", YEAR, TU, today=today)
    assert said in screen.text
    assert buttons(screen) == [[("Mulai Proses", "open:o:0")]]


def test_whoever_may_not_begin_has_no_button():
    screen = shown("year", YEAR, ANALIS)
    assert screen.buttons == ()
    assert "tombol" not in screen.text


def test_a_year_without_joint_leave_is_told_with_its_remedy():
    text = shown("calendar_gap", {"years": [2027, 2028]}, ADMIN).text
    assert "cuti bersama tahun 2027 dan 2028" in text
    assert "ALUR_HOLIDAYS_FILE" in text


def test_an_opened_case_names_its_next_desk_and_limit():
    text = shown("case_opened", {}, TU, Walk().open()).text
    assert "(<b>ip-asn-2026</b>) telah dibuka." in text
    assert "diteruskan kepada Sekretaris Direktorat Jenderal dengan batas waktu Selasa, 3 Nov 2026, 16.00 WIB." in text
    assert "disarankan" not in text


def test_a_case_that_began_late_says_so_with_the_dates():
    late = shown("case_opened", {}, TU, Walk(at=datetime(2026, 12, 1, 9, 0, tzinfo=WIB)).open()).text
    assert "setelah tanggal yang disarankan (Senin, 23 Nov 2026)." in late
    assert "adalah Senin, 7 Des 2026" in late
    too_late = shown("case_opened", {}, TU, Walk(at=datetime(2026, 12, 10, 9, 0, tzinfo=WIB)).open()).text
    assert "dapat berlanjut ke tahun berikutnya" in too_late


def test_a_year_beyond_the_calendar_is_not_judged():
    walk = Walk().open()
    walk.office = an_office(calendar=a_calendar(last_year=2026))
    assert "disarankan" not in shown("case_opened", {}, TU, walk).text


@pytest.mark.parametrize("words", [HOSTILE, LONG])
def test_what_people_write_is_escaped_and_shortened(words):
    walk = walked(5).hinder(ANALIS, reason=words.strip())
    text = shown("obstacle", {"obstacle": 1}, KABAG, walk).text
    assert "<b>&x" not in text
    assert "<b>tebal" not in text
    assert "<b>&x" not in shown("year", YEAR | {"title": words}, TU).text
