"""The one message of a moment: what each reader is told of each occasion, and how several things stand in one."""

from datetime import datetime, timedelta

import pytest

from alur.views import limits
from alur.views.agenda import Item
from alur.views.environment import vocabulary
from alur.workflow.agenda import TOPICS, Capacity, Line
from alur.workflow.case import Attendance
from alur.workflow.reminders import MEETINGS, Occasion
from handlers.callbacks import encode
from tests import notices
from tests.factories import (
    ADMIN,
    ANALIS,
    BIRO,
    JOKO,
    KABAG,
    PEOPLE,
    SARI,
    SEKRETARIS,
    TU,
    WIB,
    a_reader,
    an_appointment,
    an_office,
    only_task,
    walked,
)

HOSTILE = "<b>&x</b>"
DESK, HELPER, SUPERIOR = Capacity.HOLDER, Capacity.HELPER, Capacity.SUPERIOR
ADMINISTRATOR, INVITED, OUTSIDE = Capacity.ADMINISTRATOR, Capacity.INVITED, Capacity.OUTSIDE


def told(walk, member, capacity, occasion, *, nth=0, case_id=7, at=None):
    """A line as `alur.workflow.agenda` finds it, beside its case."""
    s = walk.until(at).s if at else walk.s
    return case_id, s, Line(member=member, capacity=capacity, occasion=occasion, task=walk.task.id, nth=nth)


def shown(*lines, reader=None, others=0):
    _, s, line = lines[0]
    reader = reader or a_reader(line.member, s.office)
    screen = notices.shown("agenda", {"moment": s.now.isoformat()}, reader=reader, lines=lines, others=others)
    assert limits.length(screen.text) <= limits.MESSAGE
    assert "None" not in screen.text
    assert "\n\n\n" not in screen.text
    for row in screen.buttons:
        for item in row:
            assert len(item.label) <= 40
            encode(item.press)
    return screen


def labels(screen):
    return [[item.label for item in row] for row in screen.buttons]


def test_the_working_day_before_is_never_called_tomorrow():
    screen = shown(told(walked(5), ANALIS, DESK, Occasion.EVE))
    assert screen.text == (
        "Yth. Ibu Rina, mohon izin mengingatkan: penyusunan konsep nota dinas rapat internal (langkah 5/12 · "
        "<b>ip-asn-2026</b>) jatuh tempo hari kerja berikutnya: <b>Jumat, 6 Nov, 16.30 WIB</b>.\n"
        "Bila ada kendala, mohon menyampaikannya melalui tombol di bawah."
    )
    assert [(item.label, encode(item.press)) for item in screen.buttons[0]] == [
        ("Buka Kartu", "card:c7.7:0"),
        ("Ada Kendala", "obstacle:c7.7:0"),
    ]


def test_the_due_day_names_the_hour():
    text = shown(told(walked(5), ANALIS, DESK, Occasion.DUE)).text
    assert "jatuh tempo hari ini, pukul <b>16.30 WIB</b>." in text


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "jatuh tempo 2 jam lagi, pukul"), (50, "jatuh tempo 1 jam lagi"), (119, "jatuh tempo hari ini, pukul")],
)
def test_two_hours_before_closing_are_counted_as_they_are_read(minutes, said):
    at = datetime(2026, 11, 6, 14, 30, tzinfo=WIB) + timedelta(minutes=minutes)
    assert said in shown(told(walked(5), ANALIS, DESK, Occasion.CLOSING, at=at)).text


def test_an_exceeded_limit_is_counted_and_the_report_is_named_only_where_it_is_made():
    text = shown(told(walked(5), ANALIS, DESK, Occasion.OVERDUE, nth=1)).text
    assert "telah melewati batas waktunya (Jumat, 6 Nov, 16.30 WIB) selama 1 hari kerja." in text
    assert "Mohon segera menindaklanjutinya atau menyampaikan kendalanya." in text
    assert text.endswith("Hal ini juga kami laporkan kepada Kepala Bagian Umum.")
    assert "laporkan" not in shown(told(walked(5), ANALIS, DESK, Occasion.OVERDUE, nth=2)).text


def test_an_official_is_asked_for_his_leave():
    text = shown(told(walked(6), KABAG, DESK, Occasion.OVERDUE, nth=3)).text
    assert text.startswith("Yth. Plh. Kepala Bagian Umum, mohon izin menyampaikan: pemeriksaan konsep")
    assert "Mohon perkenan Ibu menindaklanjutinya atau menyampaikan kendala bila ada." in text
    assert text.endswith("Hal ini juga kami laporkan kepada Sekretaris Direktorat Jenderal.")


def test_whoever_has_no_superior_reads_of_no_report():
    assert "laporkan" not in shown(told(walked(7), SEKRETARIS, DESK, Occasion.OVERDUE, nth=1)).text


def test_nobody_is_told_of_a_report_that_nobody_reads():
    office = an_office(people=[item for item in PEOPLE if item.member != KABAG])
    walk = walked(5)
    walk.office = office
    assert "laporkan" not in shown(told(walk, ANALIS, DESK, Occasion.OVERDUE, nth=1)).text


def test_an_obstacle_that_was_reported_is_not_asked_for_again():
    text = shown(told(walked(5).hinder(ANALIS), ANALIS, DESK, Occasion.OVERDUE, nth=2)).text
    assert "Kendalanya telah kami catat. Mohon segera menindaklanjutinya." in text
    text = shown(told(walked(7).hinder(SEKRETARIS), SEKRETARIS, DESK, Occasion.OVERDUE, nth=2)).text
    assert "Kendalanya telah kami catat. Mohon perkenan Bapak menindaklanjutinya." in text


def test_a_helper_reads_which_documents_he_owes():
    walk = walked(4).upload(ANALIS, "notula_rekonsiliasi")
    text = shown(told(walk, ANALIS, HELPER, Occasion.DUE)).text
    assert "Yang masih ditunggu: pemutakhiran data capaian IP ASN." in text
    assert "Yang masih ditunggu" not in shown(told(walk, KABAG, DESK, Occasion.DUE)).text


def test_what_arrived_in_the_night_is_named_with_its_limit():
    text = shown(told(walked(7), SEKRETARIS, DESK, Occasion.ARRIVAL)).text
    assert "permintaan pemeriksaan laporan rekonsiliasi (langkah 7/12" in text
    assert "telah kami sampaikan di luar jam kerja.\nBatas waktu: <b>Rabu, 4 Nov, 16.00 WIB</b>." in text
    assert text.endswith("Mohon perkenan Bapak menindaklanjutinya.")
    assert shown(told(walked(5), ANALIS, DESK, Occasion.ARRIVAL)).text.endswith("Mohon agar ditindaklanjuti.")


def test_a_meeting_that_waits_has_neither_limit_nor_obstacle():
    screen = shown(told(walked(8), KABAG, DESK, Occasion.ARRIVAL))
    assert "Jadwalnya menunggu undangan Biro SDM." in screen.text
    assert labels(screen) == [["Buka Kartu"]]
    cancelled = walked(4).call_off()
    assert "Jadwal rapat belum ditetapkan." in shown(told(cancelled, KABAG, DESK, Occasion.ARRIVAL)).text


@pytest.mark.parametrize(
    ("member", "capacity", "said"),
    [
        (KABAG, DESK, "mohon perkenan Ibu mengisi tanggal"),
        (ANALIS, HELPER, "mohon mengisi tanggal, waktu, dan tempatnya"),
    ],
)
def test_a_week_of_waiting_is_said_to_those_who_may_end_it(member, capacity, said):
    text = shown(told(walked(8), member, capacity, Occasion.WAITING, nth=1)).text
    assert "masih menunggu undangan Biro SDM" in text
    assert said in text


@pytest.mark.parametrize(
    ("member", "capacity", "said"),
    [(KABAG, DESK, "Mohon perkenan Ibu menetapkan jadwal"), (ANALIS, HELPER, "Mohon menetapkan jadwal yang baru")],
)
def test_a_meeting_without_a_new_date_is_reminded_of(member, capacity, said):
    text = shown(told(walked(4).call_off(), member, capacity, Occasion.WAITING, nth=1)).text
    assert "belum dijadwalkan kembali" in text
    assert said in text


def test_a_superior_reads_whose_desk_since_when_by_how_much_and_why():
    walk = walked(5).hinder(ANALIS)
    screen = shown(told(walk, KABAG, SUPERIOR, Occasion.OVERDUE, nth=3))
    assert screen.text == (
        "Yth. Plh. Kepala Bagian Umum, kami laporkan: penyusunan konsep nota dinas rapat internal (langkah 5/12 · "
        "<b>ip-asn-2026</b>) pada Analis SDM Aparatur telah melewati batas waktunya (Jumat, 6 Nov, 16.30 WIB) selama 3 "
        "hari kerja.\nKendala yang disampaikan: “Data dari dua unit belum masuk.”\nMohon arahan Ibu bila diperlukan."
    )
    assert screen.buttons == ()  # the limit of this walk is still to come


def test_a_superior_may_remind_the_desk_at_once():
    late = datetime(2026, 11, 9, 7, 30, tzinfo=WIB)
    screen = shown(told(walked(5), KABAG, SUPERIOR, Occasion.OVERDUE, nth=1, at=late))
    assert screen.text.endswith(
        "Mohon arahan Ibu bila diperlukan. Pengingat dapat disampaikan melalui tombol di bawah."
    )
    assert [(item.label, encode(item.press)) for row in screen.buttons for item in row] == [
        ("Ingatkan", "nudge:c7.7:0")
    ]
    two = (told(walked(5), KABAG, SUPERIOR, Occasion.OVERDUE, nth=1, at=late, case_id=number) for number in (7, 8))
    assert "melalui /status" in shown(*two).text


def test_whoever_is_told_in_the_place_of_a_superior_is_not_asked_for_directions():
    text = shown(told(walked(7), KABAG, SUPERIOR, Occasion.OVERDUE, nth=1)).text
    assert text.endswith("masih menunggu Sekretaris Direktorat Jenderal (batas waktu Rabu, 4 Nov, 16.00 WIB).")
    assert "untuk diketahui: pemeriksaan laporan" in text
    assert "melewati" not in text


def test_an_administrator_is_only_told():
    screen = shown(told(walked(5), ADMIN, ADMINISTRATOR, Occasion.OVERDUE, nth=3))
    assert screen.text.startswith("Yth. Bapak Eko, untuk diketahui: ")
    assert screen.text.endswith("selama 3 hari kerja.")
    assert screen.buttons == ()


@pytest.mark.parametrize(
    ("occasion", "at", "meets"),
    [
        (Occasion.MEETING_EVE, "2026-11-11T07:30", "besok, Kamis, 12 Nov, 09.30 WIB"),
        (Occasion.MEETING_EVE, "2026-11-12T07:30", "hari ini, pukul 09.30 WIB"),
        (Occasion.MEETING_DAY, "2026-11-12T07:30", "hari ini, pukul 09.30 WIB"),
        (Occasion.MEETING_HOUR, "2026-11-12T08:30", "satu jam lagi, pukul 09.30 WIB"),
        (Occasion.MEETING_HOUR, "2026-11-12T08:31", "satu jam lagi, pukul 09.30 WIB"),
        (Occasion.MEETING_HOUR, "2026-11-12T09:10", "hari ini, pukul 09.30 WIB"),
    ],
)
def test_those_invited_read_date_time_place_and_their_answer(occasion, at, meets):
    walk = walked(4).answer(SARI, Attendance.PRESENT)
    at = datetime.fromisoformat(at).replace(tzinfo=WIB)
    answered = shown(told(walk, SARI, INVITED, occasion, at=at))
    assert answered.text == (
        "Yth. Ibu Sari (Direktorat Teknik), mohon izin mengingatkan jadwal rapat internal rekonsiliasi data capaian "
        "(<b>ip-asn-2026</b>): <b>" + meets + ", di Ruang Rapat Lantai 4</b>.\n"
        "Jawaban Ibu: Akan hadir."
    )
    assert labels(answered) == [["Buka Kartu"]]
    assert shown(told(walk, JOKO, INVITED, occasion, at=at)).text.endswith("Mohon jawaban Bapak/Ibu melalui kartunya.")


def test_the_desk_of_a_meeting_reads_of_its_hour_and_of_nothing_that_it_knows():
    walk = walked(4)
    at = datetime(2026, 11, 12, 7, 30, tzinfo=WIB)
    lines = [told(walk, KABAG, DESK, occasion, at=at) for occasion in (Occasion.ARRIVAL, Occasion.MEETING_DAY)]
    screen = shown(*lines)
    assert screen.text == (
        "Yth. Plh. Kepala Bagian Umum, mohon izin mengingatkan jadwal rapat internal rekonsiliasi data capaian "
        "(<b>ip-asn-2026</b>): <b>hari ini, pukul 09.30 WIB, di Ruang Rapat Lantai 4</b>."
    )
    assert labels(screen) == [["Buka Kartu"]]
    due = shown(told(walk, KABAG, DESK, Occasion.DUE, at=at), lines[1])
    assert due.text.count("• ") == 2
    assert labels(due) == [["Buka Kartu", "Ada Kendala"]]


def test_a_meeting_after_days_off_is_reminded_of_with_its_day():
    walk = walked(4).schedule(KABAG, 4, starts=datetime(2026, 11, 16, 9, 0, tzinfo=WIB))
    text = shown(told(walk, JOKO, INVITED, Occasion.MEETING_EVE, at=datetime(2026, 11, 13, 7, 30, tzinfo=WIB))).text
    assert "<b>Senin, 16 Nov, 09.00 WIB, di Ruang Rapat Lantai 4</b>" in text
    assert "hari ini" not in text


def test_an_invitation_of_the_night_names_the_meeting_or_that_it_was_called_off():
    walk = walked(4)
    text = shown(told(walk, SARI, INVITED, Occasion.ARRIVAL)).text
    assert "undangan rapat internal rekonsiliasi data capaian (<b>ip-asn-2026</b>) telah kami sampaikan" in text
    assert "Kamis, 12 Nov, 09.30 WIB, di Ruang Rapat Lantai 4" in text
    assert "dibatalkan. Jadwal baru" in shown(told(walk.call_off(), SARI, INVITED, Occasion.ARRIVAL)).text


def test_an_outside_party_is_asked_for_the_date_until_it_is_known():
    text = shown(told(walked(8), BIRO, OUTSIDE, Occasion.ARRIVAL)).text
    assert "data capaian IP ASN 2026 telah siap divalidasi" in text
    assert "Mohon perkenan Bapak menyampaikan tanggal, waktu, dan tempat" in text
    dated = shown(told(walked(8).schedule(BIRO, 8), BIRO, OUTSIDE, Occasion.ARRIVAL)).text
    assert "Jadwal rapat validasi dengan Biro SDM: <b>Kamis, 12 Nov, 09.30 WIB" in dated


def test_many_things_make_one_message_grouped_with_a_row_for_each_card():
    lines = [
        told(walked(5), KABAG, SUPERIOR, Occasion.OVERDUE, nth=3, case_id=5),
        told(walked(6), KABAG, DESK, Occasion.OVERDUE, nth=1, case_id=6),
        told(walked(4), KABAG, DESK, Occasion.DUE, case_id=4),
        told(walked(8), KABAG, DESK, Occasion.WAITING, nth=1, case_id=8),
        told(walked(10), KABAG, DESK, Occasion.ARRIVAL, case_id=10),
    ]
    screen = shown(*lines)
    assert screen.text.startswith("Yth. Plh. Kepala Bagian Umum, mohon izin mengingatkan:\n\n<b>Melewati batas waktu")
    heads = ("Melewati batas waktu", "Jatuh tempo hari ini", "Menunggu jadwal rapat", "Disampaikan di luar jam kerja")
    places = [screen.text.index(f"<b>{head}</b>") for head in (*heads, "Yang masih ditunggu")]
    assert places == sorted(places)
    assert "lewat 1 hari kerja; kami laporkan juga kepada Sekretaris Direktorat Jenderal." in screen.text
    assert labels(screen) == [
        ["Kartu langkah 6 · ip-asn-2026", "Ada Kendala"],
        ["Kartu langkah 4 · ip-asn-2026", "Ada Kendala"],
        ["Kartu langkah 8 · ip-asn-2026"],
        ["Kartu langkah 10 · ip-asn-2026", "Ada Kendala"],
    ]
    assert [row[0].press.case for row in screen.buttons] == [6, 4, 8, 10]


def test_reports_alone_remind_of_nothing():
    lines = [told(walked(step), ADMIN, ADMINISTRATOR, Occasion.OVERDUE, nth=3, case_id=step) for step in (5, 9)]
    screen = shown(*lines)
    assert "mengingatkan" not in screen.text
    assert screen.text.startswith("Yth. Bapak Eko, untuk diketahui:\n\n<b>Yang masih ditunggu</b>")
    assert screen.buttons == ()


def test_lists_of_what_is_due_later_end_with_the_way_to_say_an_obstacle():
    lines = [told(walked(step), ANALIS, DESK, Occasion.EVE, case_id=step) for step in (5, 9)]
    assert shown(*lines).text.endswith("Bila ada kendala, mohon menyampaikannya melalui tombol di bawah.")


def test_of_one_task_only_the_most_pressing_is_said():
    walk = walked(5)
    occasions = (Occasion.ARRIVAL, Occasion.EVE, Occasion.DUE)
    screen = shown(*(told(walk, ANALIS, DESK, occasion) for occasion in occasions))
    assert "jatuh tempo hari ini" in screen.text
    assert "luar jam kerja" not in screen.text
    assert labels(screen) == [["Buka Kartu", "Ada Kendala"]]
    both = shown(*(told(walk, ANALIS, DESK, Occasion.OVERDUE, nth=nth) for nth in (1, 2)))
    assert "selama 2 hari kerja" in both.text


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_has_its_heading_and_a_line_in_a_list(topic):
    (capacity, *_), (occasion, *_) = TOPICS[topic]
    at = {INVITED: (4, SARI), OUTSIDE: (8, BIRO), SUPERIOR: (5, KABAG)}.get(capacity, (5, ANALIS))
    if topic == "waiting":
        at = (8, KABAG)
    lines = [told(walked(at[0]), at[1], capacity, occasion, nth=1, case_id=number) for number in (1, 2)]
    text = shown(*lines).text
    assert f"<b>{vocabulary('topics')[topic]}</b>\n• " in text
    assert text.count("• ") == 2


def test_every_capacity_and_occasion_that_is_told_has_a_topic():
    s = walked(5).s
    known = [(capacity, occasion) for capacity in (DESK, HELPER) for occasion in Occasion]
    known += [(SUPERIOR, Occasion.OVERDUE), (ADMINISTRATOR, Occasion.OVERDUE), (OUTSIDE, Occasion.ARRIVAL)]
    known += [(INVITED, occasion) for occasion in (Occasion.ARRIVAL, *MEETINGS)]
    for capacity, occasion in known:
        line = Line(member=ANALIS, capacity=capacity, occasion=occasion, task=only_task(s.case).id)
        item = Item(case_id=7, s=s, line=line, task=only_task(s.case), reader=a_reader(ANALIS), since=s.now)
        assert item.topic in vocabulary("topics")


def test_a_line_about_no_task_is_an_error():
    s = walked(5).s
    line = Line(member=ANALIS, capacity=DESK, occasion=Occasion.DUE, task=99)
    with pytest.raises(ValueError, match="no task 99"):
        shown((7, s, line))


def test_what_people_write_is_escaped():
    walk = walked(5).hinder(ANALIS, reason=f"{HOSTILE} belum ada")
    assert HOSTILE not in shown(told(walk, KABAG, SUPERIOR, Occasion.OVERDUE, nth=1)).text
    walk = walked(4).schedule(KABAG, 4, place=HOSTILE)
    assert HOSTILE not in shown(told(walk, SARI, INVITED, Occasion.MEETING_DAY)).text


def test_a_hundred_things_still_fit():
    long = "Kata yang panjang sekali & <b>tebal</b>. " * 20
    walk = walked(5).hinder(ANALIS, reason=long)
    lines = [told(walk, ANALIS, DESK, Occasion.OVERDUE, nth=1, case_id=number) for number in range(100)]
    screen = shown(*lines)
    assert "lainnya" in screen.text
    assert len(screen.buttons) == 40
    assert sum(len(row) for row in screen.buttons) <= 100


def test_what_one_message_has_no_room_for_is_counted_and_where_it_is_found_is_said():
    lines = [told(walked(5), ANALIS, DESK, Occasion.DUE, case_id=number) for number in range(20)]
    text = shown(*lines, others=12).text
    assert "\n\nMasih ada 12 hal lainnya; seluruhnya dapat dibuka dengan /tugas.\n\n" in text
    assert "Seluruhnya" not in shown(*lines).text
    assert "Masih ada 12 hal lainnya" in shown(lines[0], others=12).text
    reports = [told(walked(5), ADMIN, ADMINISTRATOR, Occasion.OVERDUE, nth=3, case_id=number) for number in range(20)]
    assert "Masih ada 3 hal lainnya; seluruhnya dapat dibuka dengan /status." in shown(*reports, others=3).text


def test_a_member_of_two_desks_is_addressed_by_the_post_that_is_told_first():
    office = an_office(people=(*PEOPLE, an_appointment(KABAG, "tata_usaha", "Dewi Lestari", sapaan="Ibu")))
    walk = walked(12)
    walk.office = office
    assert shown(told(walk, KABAG, DESK, Occasion.DUE)).text.startswith("Yth. Ibu Dewi Lestari, ")
    assert shown(told(walked(12), TU, DESK, Occasion.DUE)).text.startswith("Yth. Ibu Wulan, ")
