"""`/plh` on the screen: its lines and pages, the sentence before *Kirim*, what is to be heeded, and what is left of it."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from alur.views import appointments, cards, forms, limits
from alur.views.joiners import JOINER
from alur.views.oddities import Around
from alur.workflow.form_moves import chosen, proceeded, typed
from alur.workflow.office.rooms.appoint import AmendRule, AppointRule
from alur.workflow.people import Appointment, AppointmentKind
from alur.workflow.presses import On, PressAppointment, PressAppointments, PressOrder, PressStaff
from handlers.callbacks import encode
from tests import notices
from tests.factories import ANALIS, KABAG, SEKRETARIS, SOP, TU, WIB, a_file, a_reader, an_appointment, an_office, walked
from tests.views.appointing import a_plh, choices, order, staff

TODAY = date(2026, 11, 2)
HADI = 91
# The Kabag himself holds his post here.
PEOPLE = tuple(
    an_appointment(HADI, "kabag_umum", "Hadi", sapaan="Bapak") if item.member == KABAG else item
    for item in an_office().appointments
)
OFFICE = an_office(people=PEOPLE)


def shown(template, about, member=TU, s=None):
    screen = notices.shown(template, about, reader=a_reader(member, OFFICE), staff=s or staff(OFFICE))
    assert limits.length(screen.text) <= limits.MESSAGE
    for row in screen.buttons:
        for item in row:
            encode(item.press)
    return screen


def bare(text):
    """With a hyphen between two days, and without what keeps Telegram from finding links."""
    return text.replace("\N{EN DASH}", "-").replace(JOINER, "")


def labels(screen):
    return [[item.label for item in row] for row in screen.buttons]


def posts():
    """The office's people, each in his post, and nothing entered."""
    known = staff(OFFICE)
    held = tuple(item for item in known.roster.appointments if item.id < 101)
    return replace(known, roster=known.roster.model_copy(update={"appointments": held}))


def asked(form, s=None):
    s = s or posts()
    around = Around(calendar=OFFICE.calendar, now=s.now, office=OFFICE, staff=s)
    return forms.screen(5, form, None, (SOP,), around=around)


def filled(*answers, member=ANALIS):
    s = posts()
    form = AppointRule().form(s, TU, On(), choices(s))
    for name, value in (("role", "kabag_umum"), ("member", str(member)), ("kind", "plh")):
        form = chosen(form, name, value)
    for answer in answers:
        form = proceeded(form) if answer is None else typed(form, answer, today=TODAY, zone=WIB)
    return form


@pytest.mark.parametrize(
    ("starts", "ends", "short", "whole"),
    [
        ((2026, 12, 7), (2026, 12, 11), "7-11 Des 2026", "Senin, 7 Des s.d. Jumat, 11 Des 2026"),
        ((2026, 11, 30), (2026, 12, 4), "30 Nov-4 Des 2026", "Senin, 30 Nov s.d. Jumat, 4 Des 2026"),
        ((2026, 12, 28), (2027, 1, 4), "28 Des 2026-4 Jan 2027", "Senin, 28 Des 2026 s.d. Senin, 4 Jan 2027"),
        ((2026, 12, 7), (2026, 12, 7), "7 Des 2026", "Senin, 7 Des 2026"),
        ((2026, 12, 7), None, "mulai 7 Des 2026", "mulai Senin, 7 Des 2026"),
        (None, (2026, 12, 7), "s.d. 7 Des 2026", "s.d. Senin, 7 Des 2026"),
        (None, None, "", ""),
    ],
)
def test_days_are_said_as_short_as_they_are_clear(starts, ends, short, whole):
    term = [value and date(*value) for value in (starts, ends)]
    assert (bare(appointments.days(*term)), appointments.whole_days(*term)) == (short, whole)


def test_the_screen_has_a_line_each_and_a_button_for_what_is_not_over():
    screen = shown("appointments", {})

    order = "Surat Perintah Nomor 12/SPt/2026"
    assert bare(screen.text).splitlines()[2:] == [
        f"• Plh. Kepala Bagian Umum: Ibu Dewi, 3-6 Nov 2026, {order} (terjadwal)",
        f"• Plh. Kepala Bagian Umum: Ibu Dewi, 3-6 Nov 2026, {order} (terjadwal)",
        f"• Plt. Kepala Bagian Umum: Ibu Dewi, mulai 3 Nov 2026, {order} (terjadwal)",
        "• Analis SDM Aparatur: Ibu Dewi, 3-6 Nov 2026 (terjadwal)",
        f"• Plh. Kepala Bagian Umum: Ibu Dewi, mulai 7 Des 2026, {order} (dibatalkan)",
    ]
    assert labels(screen)[0] == ["Tugaskan"]
    assert [row[0].press for row in screen.buttons[1:]] == [
        PressAppointment(appointment=n) for n in (101, 102, 103, 104)
    ]


@pytest.mark.parametrize(("day", "stage"), [(2, "terjadwal"), (3, "berlaku"), (6, "berlaku"), (7, "berakhir")])
def test_a_line_says_where_the_appointment_stands_today(day, stage):
    s = replace(staff(OFFICE), now=datetime(2026, 11, day, 9, tzinfo=WIB))
    assert f"Analis SDM Aparatur: Ibu Dewi, 3-6 Nov 2026 ({stage})" in bare(shown("appointments", {}, s=s).text)


def test_whoever_only_holds_his_own_post_is_not_listed():
    nobody = shown("appointments", {}, s=replace(staff(OFFICE), roster=an_empty_roster()))
    assert "Belum ada penugasan" in nobody.text
    assert labels(nobody) == []


def an_empty_roster():
    known = staff(OFFICE).roster
    return known.model_copy(update={"appointments": tuple(item for item in known.appointments if item.id == 1)})


def test_many_are_turned_in_pages_and_the_last_to_end_come_behind():
    past = tuple(a_plh(200 + n, starts=date(2026, 9, n), ends=date(2026, 9, n), name="Dewi") for n in range(1, 16))
    s = staff(OFFICE, more=past)
    first, second = shown("appointments", {}, s=s), shown("appointments", {"start": 8}, s=s)

    assert labels(first)[-1] == ["Berikutnya"]
    assert labels(second)[-1] == ["Sebelumnya", "Berikutnya"]
    assert second.buttons[-1][0].press == PressAppointments(start=0)
    assert second.text.index("12 Sep 2026") < second.text.index("11 Sep 2026")
    assert shown("appointments", {"start": 800}, s=s).text == first.text


def test_the_page_of_one_offers_what_may_be_done_and_the_orders_file_where_it_was_given():
    with_file, over = (shown("appointment", {"appointment": number}) for number in (101, 105))

    assert "Surat Perintah Nomor 12/SPt/2026 tanggal 2 November 2026" in with_file.text
    pressed = [item.press for row in with_file.buttons for item in row]
    assert PressStaff(rule="amend", on=On(appointment=101)) in pressed
    assert PressOrder(appointment=101) in pressed
    assert pressed[-1] == PressAppointments()
    assert labels(over) == [["Kembali"]]


def test_whom_a_plh_stands_for_is_named_on_his_page():
    s = staff(OFFICE, more=(a_plh(301, in_place_of=HADI),))
    assert "Menggantikan Bapak Hadi" in shown("appointment", {"appointment": 301}, s=s).text


def test_the_orders_file_is_sent_with_what_it_is_about():
    (attachment,) = order(staff(OFFICE), 101)
    said = "Plh. Kepala Bagian Umum: Ibu Dewi, Selasa, 3 Nov s.d. Jumat, 6 Nov 2026, Surat Perintah Nomor 12/SPt/2026"
    assert (bare(attachment.caption), attachment.version) == (said, None)
    assert order(staff(OFFICE), 102) is None


def test_before_it_is_sent_one_sentence_says_what_will_be():
    form = filled("7 Des 2026", "11 Des 2026", "12/SPt/2026", "2 Nov 2026", None, member=SEKRETARIS)
    screen = asked(form)

    sentence = "Plh. Kepala Bagian Umum: Bapak Hartono, Senin, 7 Des s.d. Jumat, 11 Des 2026, Surat Perintah Nomor 12"
    assert sentence in screen.text
    assert "Tanggal Surat Perintah: Senin, 2 Nov 2026" in screen.text
    assert "Jabatan:" not in screen.text
    assert labels(screen) == [["Kirim", "Ubah", "Batal"]]


def test_what_one_person_may_not_hold_alone_is_to_be_heeded():
    stuck = asked(filled("7 Des 2026", "11 Des 2026", "12", None, None)).text
    same = asked(filled("7 Des 2026", "11 Des 2026", "12", None, None, member=SEKRETARIS)).text
    neither = asked(filled("7 Des 2026", "11 Des 2026", "12", None, None, member=TU)).text

    assert "Perlu diperhatikan: langkah 3, 6, dan 10 tidak dapat diputuskan oleh siapa pun karena " in stuck
    assert "menyusun dokumennya sebagai Analis SDM Aparatur" in stuck
    assert "Perlu diperhatikan: pengembalian pada langkah 7 tertuju kepada pejabat yang sama" in same
    assert "Perlu diperhatikan" not in neither


def test_a_first_day_that_has_passed_is_to_be_heeded():
    text = asked(filled("26 Okt 2026", "6 Nov 2026", "12", None, None, member=TU)).text
    assert "Perlu diperhatikan: hari pertama penugasan sudah lewat" in text


def test_what_is_left_of_it_says_what_was_entered():
    form = filled("7 Des 2026", "11 Des 2026", "12", None, None, member=SEKRETARIS)
    assert forms.stays(form, "sent")
    line = forms.ended(form, "sent", staff=staff(OFFICE), sops=(SOP,)).text
    assert line == (
        "<i>Penugasan tercatat: Plh. Kepala Bagian Umum: Bapak Hartono, "
        "Senin, 7 Des s.d. Jumat, 11 Des 2026, Surat Perintah Nomor 12.</i>"
    )


def test_a_change_shows_what_is_known_on_its_buttons():
    s = staff(OFFICE)
    form = AmendRule().form(s, TU, On(appointment=101), choices(s))
    assert "Plh. Kepala Bagian Umum: Ibu Dewi, Selasa, 3 Nov s.d. Jumat, 6 Nov 2026" in asked(form, s).text


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({"ends": "2026-12-06"}, "dibatalkan."),
        ({"ends": "2026-12-09"}, "berakhir pada Rabu, 9 Des 2026."),
        (
            {"starts": "2026-10-26", "ends": "2026-11-01"},
            "telah berakhir. Tugas yang belum selesai tidak lagi menunggu",
        ),
    ],
)
def test_whoever_is_appointed_hears_how_it_ends(about, said):
    held = {"id": 7, "member": ANALIS, "role": "kabag_umum", "name": "Rina", "kind": "plh", "starts": "2026-12-07"}
    text = shown("appointed", {"appointment": held | about, "how": "ended"}, ANALIS).text
    assert said in text


def test_the_file_of_his_order_is_a_button_for_whoever_is_appointed():
    held = Appointment(
        id=7, member=ANALIS, role="kabag_umum", name="Rina", kind=AppointmentKind.PLH, order_file=a_file()
    )
    about = {"appointment": held.model_dump(mode="json"), "how": "entered"}
    assert labels(shown("appointed", about, ANALIS)) == [["Lihat Surat Perintah"]]
    assert labels(shown("appointed", about | {"is_own": False}, SEKRETARIS)) == []


@pytest.mark.parametrize(
    ("member", "asks"),
    [
        (SEKRETARIS, "kami laporkan bahwa"),
        (TU, "dapat diubah melalui /plh"),
    ],
)
def test_whoever_can_suspend_a_case_hears_whose_posts_came_to_one(member, asks):
    said = {
        "kind": "stuck",
        "sop": "ip-asn",
        "role": "kabag_umum",
        "other": "analis_sdm",
        "steps": [6],
        "member": ANALIS,
    }
    about = {
        "conflict": said | {"appointments": [3]},
        "member": {"name": "Rina", "sapaan": "Ibu"},
        "codes": ["ip-asn-2026"],
    }
    text = shown("conflicting", about, member).text
    assert asks in text
    assert "Ibu Rina menjalankan tugas Kepala Bagian Umum dan juga menyusun" in text
    assert "Proses yang menunggu di sana: ip-asn-2026." in text


def test_what_lies_before_a_plh_is_said_to_lie_before_him():
    status = notices.shown("status", {}, reader=a_reader(SEKRETARIS), cases=[(7, walked(6).s)])

    assert "Pada Plh. Kepala Bagian Umum" in status.text


def test_whose_days_are_over_reads_on_his_card_why_nothing_is_his_to_do():
    walk = walked(6)
    ended = an_appointment(
        TU, "kabag_umum", "Wulan", kind=AppointmentKind.PLH, ends=date(2026, 10, 30), in_place_of=HADI
    )
    walk.office = replace(walk.office, appointments=(*walk.office.appointments, ended))
    text = cards.card(walk.s, case_id=7, task=walk.task.id, reader=a_reader(TU, walk.office)).screen.text

    assert "Masa tugas Ibu sebagai Plh. Kepala Bagian Umum telah berakhir." in text
    assert "Tidak ada tindakan yang diperlukan." in text
