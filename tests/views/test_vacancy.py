"""What is said of posts that nobody holds: never that something has reached them."""

from dataclasses import replace

import pytest

from alur.views import answers, cards, course, status
from alur.views.buttons import nudge_buttons
from alur.workflow.agenda import Capacity, Line
from alur.workflow.engine.vacancy import unreached, waits_onward
from alur.workflow.events import EVENTS
from alur.workflow.people import Invited
from alur.workflow.presses import On, PressAct
from alur.workflow.reminders import Occasion
from tests import notices
from tests.factories import (
    ADMIN,
    ANALIS,
    BIRO,
    KABAG,
    MEMO,
    PEOPLE,
    SEKRETARIS,
    SOP,
    TU,
    Walk,
    a_reader,
    walked,
)


def without(walk, *roles):
    people = tuple(item for item in PEOPLE if item.role not in roles)
    walk.office = replace(walk.office, appointments=people)
    return walk


def text(walk, member, task):
    reader = a_reader(member, walk.office, at=walk.at)
    return cards.card(walk.s, case_id=7, task=task, reader=reader).screen.text


def told(template, about, member, walk, **more):
    reader = a_reader(member, walk.office, at=walk.at)
    return notices.shown(template, about, reader=reader, s=walk.s, case_id=7, **more)


CLOSED = [
    # the desk that has decided, the state after it, who is missing, what its card says
    (SEKRETARIS, lambda: walked(1, 1), "kabag_umum", "tetapi belum diteruskan karena belum ada pegawai yang terdaftar"),
    (
        ANALIS,
        lambda: walked(3),
        "kabag_umum",
        "belum diteruskan karena belum ada pegawai yang terdaftar sebagai Kepala",
    ),
    (
        KABAG,
        lambda: walked(7),
        "sekretaris",
        "belum diteruskan karena belum ada pegawai yang terdaftar sebagai Sekretaris",
    ),
    (
        KABAG,
        lambda: walked(6).send_back(KABAG),
        "analis_sdm",
        "untuk diperbaiki, tetapi belum ada pegawai yang terdaftar",
    ),
    (KABAG, lambda: walked(5), "analis_sdm", "belum diteruskan karena belum ada pegawai yang terdaftar sebagai Analis"),
    (
        SEKRETARIS,
        lambda: walked(12),
        "tata_usaha",
        "belum diteruskan karena belum ada pegawai yang terdaftar sebagai Tata",
    ),
]


@pytest.mark.parametrize(("member", "walk", "role", "words"), CLOSED)
def test_the_card_of_the_desk_before_says_so_and_not_that_it_was_handed_on(member, walk, role, words):
    walk, title = walk(), SOP.role(role).title
    (before,) = walk.task.before
    held = text(walk, member, before)
    assert f"kepada {title}" in held
    said = text(without(walk, role), member, before)
    assert words in said
    assert f"kepada {title}" not in said


def test_what_was_taken_up_meanwhile_went_to_somebody():
    walk = without(walked(2), "kabag_umum")
    assert "diteruskan kepada Kepala Bagian Umum" in text(walk, SEKRETARIS, 1)
    assert waits_onward(walk.s, walk.case.tasks[0]) == ()


def test_of_several_desks_those_that_nobody_holds_are_named_apart():
    walk = Walk(sop=MEMO).open(way=2).upload(ANALIS, "konsep").submit()
    without(walk, "biro_sdm")
    said = text(walk, ANALIS, walk.case.tasks[-1].before[0])
    assert "diteruskan kepada Kepala Bagian Umum dan Tata Usaha." in said
    assert "Belum ada pegawai yang terdaftar sebagai Biro SDM." in said
    walk.approve(TU)
    assert "masih menunggu keputusan Kepala Bagian Umum dan Biro SDM (belum ada pegawai yang terdaftar)" in text(
        walk, TU, next(task.id for task in walk.case.tasks if task.role == "tata_usaha")
    )
    assert "• Biro SDM: belum ada pegawai yang terdaftar" in text(walk, KABAG, walk.task_of(KABAG).id)


def test_status_and_history_name_no_desk_that_nobody_holds_as_one_where_it_lies():
    walk = without(walked(7), "sekretaris")
    (line,) = status.lines(walk.s, a_reader(KABAG, walk.office)).desks
    assert line.is_vacant
    said = told("status", {}, KABAG, walk, cases=[(7, walk.s)]).text
    assert "Belum ada pegawai yang terdaftar sebagai Sekretaris Direktorat Jenderal · batas waktu" in said
    assert "Pada Sekretaris" not in said
    page = told("history", {"others": False}, KABAG, walk, trail=walk.trail).text
    assert "(belum ada pegawai yang terdaftar sebagai Sekretaris Direktorat Jenderal)" in page
    assert "diteruskan kepada Sekretaris" not in page
    assert course.unheld(walk.s, walk.case.tasks[-2]) == "Sekretaris Direktorat Jenderal"


def test_a_report_of_a_desk_that_nobody_holds_asks_for_somebody_and_offers_no_reminder():
    walk = without(walked(6), "kabag_umum")
    walk.until(walk.task.due.replace(hour=10)).until(walk.at.replace(day=walk.at.day + 3))
    about = {"capacity": Capacity.SUPERIOR, "occasion": Occasion.OVERDUE, "task": walk.task.id, "nth": 1}
    line = (7, walk.s, Line(member=SEKRETARIS, **about))
    said = told("agenda", {"moment": walk.at.isoformat()}, SEKRETARIS, walk, lines=[line])
    assert "belum dapat berjalan karena belum ada pegawai yang terdaftar sebagai Kepala Bagian Umum" in said.text
    assert "Mohon agar pegawainya segera didaftarkan." in said.text
    assert said.buttons == ()
    reader = a_reader(SEKRETARIS, walk.office, at=walk.at)
    assert nudge_buttons(walk.s, case_id=7, reader=reader, tasks=walk.case.open_tasks) == ()


@pytest.mark.parametrize(
    ("name", "about"),
    [
        ("question_sent", {}),
        ("nudged", {}),
        ("days_granted", {}),
        ("meeting_cancelled", {}),
        *(
            ("recorded", {"outcome": item})
            for item in ("opened", "disposed", "submitted", "approved", "returned", "met")
        ),
        ("recorded", {"outcome": "directed"}),
    ],
)
def test_an_answer_says_that_nobody_was_there_in_place_of_what_was_delivered(name, about):
    said = answers.text(name, about | {"sop": SOP, "to": ("kabag_umum",), "vacant": ("kabag_umum",)})
    assert said.endswith("tercatat. Belum ada pegawai yang terdaftar sebagai Kepala Bagian Umum.") or (
        about == {"outcome": "opened"}
        and said.endswith("dibuka. Belum ada pegawai yang terdaftar sebagai Kepala Bagian Umum.")
    )
    assert "Belum ada" not in answers.text(name, about | {"sop": SOP, "to": ("kabag_umum",), "vacant": ()})


def test_the_roles_that_an_act_concerns_and_nobody_holds_are_found_from_its_events():
    walk = without(walked(1), "kabag_umum")
    walk.dispose(SEKRETARIS)
    opened = [event for _, entry in walk.trail[-1:] for event in entry["events"]]
    assert [event["event"] for event in opened] == ["task_closed", "task_opened"]
    assert unreached(walk.s, EVENTS.validate_python(opened)) == ("kabag_umum",)


def test_whoever_is_told_of_a_vacant_desk_reads_what_he_can_do_and_then_who_has_come():
    walk = without(walked(1, 1), "kabag_umum")
    about = {"role": "kabag_umum", "task": walk.task.id}
    assert "/kelola" in told("role_vacant", about, ADMIN, walk).text
    of_desk = told("role_vacant", about, TU, walk).text
    assert "Mohon menghubungi Bapak Eko (Administrator) agar pegawainya didaftarkan." in of_desk
    assert "/kelola" not in of_desk
    without(walk)
    assert "Ibu Dewi Lestari telah terdaftar sebagai" in told("role_vacant", about, TU, walk).text
    number = walk.task.id
    walk.dispose(KABAG)
    assert "telah selesai. Tidak ada tindakan" in told("role_vacant", about | {"task": number}, TU, walk).text


def test_a_text_for_who_has_not_joined_is_written_to_the_post_until_somebody_holds_it():
    walk = without(walked(6), "kabag_umum")
    hadi = Invited(id=5, role="kabag_umum", name="Hadi", sapaan="Bapak", until=walk.at)
    walk.office = replace(walk.office, invited=(hadi,))
    member = hadi.model_dump(mode="json", exclude={"id"}) | {"invitation": 5}
    about = {"member": member, "task": walk.task.id}
    screen = told("hand_over", about, TU, walk)
    assert "Pendaftaran Bapak Hadi belum digunakan (berlaku sampai" in screen.text
    assert "Yth. Kepala Bagian Umum," in screen.text
    assert "mohon perkenan Bapak memeriksa konsep" in screen.text
    ((button,),) = screen.buttons
    assert button.label == "Sudah Disampaikan"
    assert button.press == PressAct(rule="handed", case=7, on=On(task=walk.task.id, invitation=5))
    without(walk)
    screen = told("hand_over", about, TU, walk)
    assert (screen.buttons, "Ibu Dewi Lestari telah terdaftar" in screen.text) == ((), True)


def test_a_desk_that_waits_for_an_outside_party_without_anybody_reads_what_to_bring_there():
    walk = walked(8)
    assert "mohon disampaikan langsung" not in text(walk, KABAG, walk.task.id)
    said = text(without(walk, "biro_sdm"), KABAG, walk.task.id)
    assert (
        "Data capaian IP ASN mohon disampaikan langsung karena belum ada pegawai yang terdaftar sebagai Biro SDM."
        in said
    )


def test_a_meeting_to_which_nobody_can_be_invited_by_message_says_so_to_whoever_submitted_it():
    walk = without(walked(4), "unit_terkait")
    (before,) = walk.task.before
    said = text(walk, ANALIS, before)
    assert "Undangan disampaikan kepada peserta rapat." not in said
    assert "mohon disampaikan langsung karena belum ada pegawainya yang terdaftar" in said
    walk.office = replace(walk.office, units=())
    assert "Undangan untuk Unit Terkait mohon disampaikan langsung" in text(walk, ANALIS, before)
    assert BIRO in {item.member for item in walk.office.appointments}
