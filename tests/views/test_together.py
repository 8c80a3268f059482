"""Cards of desks that decide together, after something has come back; and what a way went past."""

from alur.views import cards, status
from alur.views.buttons import outside_meeting_buttons
from alur.workflow.errors import Unknown
from alur.workflow.sop import Way
from alur.workflow.sop_faults import faults
from tests import acts, notices
from tests.factories import ANALIS, BIRO, KABAG, MEMO, SEKRETARIS, SOP, TU, WIB, Walk, a_file, a_reader, walked
from tests.workflow.walk import wib


def one_of_two():
    walk = Walk(sop=MEMO).open(way=2).upload(ANALIS, "konsep").submit()
    return walk.approve(KABAG).approve(TU).approve(BIRO)


def text(walk, task, member):
    reader = a_reader(member, walk.office, at=walk.at)
    return cards.card(walk.s, case_id=7, task=task, reader=reader).screen.text


def test_a_desk_whose_task_was_ended_by_an_approval_that_came_back_reads_so():
    walk = one_of_two()
    ended = walk.task_of(BIRO).id
    walk.approve(KABAG).send_back(SEKRETARIS)
    said = text(walk, ended, BIRO)
    assert "telah dikembalikan oleh Sekretaris Direktorat Jenderal" in said
    assert "disetujui" not in said
    told = notices.shown(
        "task_ended", {"task": ended}, reader=a_reader(BIRO, walk.office, at=walk.at), s=walk.s, case_id=7
    )
    assert "telah dikembalikan oleh Sekretaris" in told.text


def test_no_card_asks_for_a_version_that_is_not_taken_any_more():
    walk = one_of_two().send_back(KABAG)
    assert "mengirim versi baru" in text(walk, walk.task_of(BIRO).id, BIRO)
    walk.approve(TU, text="Tidak ada perubahan.")
    assert walk.refusal(acts.Upload(by=BIRO, document="konsep", file=a_file("x.docx"))) is not None
    said = text(walk, walk.task_of(BIRO).id, BIRO)
    assert "mengirim versi baru" not in said
    assert "disetujui dengan catatan; atau dikembalikan kepada Analis SDM Aparatur" in said


def test_a_return_to_desks_that_decide_together_names_them_all():
    walk = one_of_two()
    own = walk.task_of(KABAG).id
    walk.send_back(KABAG)
    assert "dikembalikan kepada Kepala Bagian Umum, Tata Usaha, dan Biro SDM" in text(walk, own, KABAG)


def test_a_meeting_that_a_way_went_past_is_neither_awaited_nor_dated():
    ways = (Way(label="Rapatkan", to=8), Way(label="Langsung", to=9))
    steps = [step.model_copy(update={"needs": ("data_capaian",)}) if step.number == 9 else step for step in SOP.steps]
    task = steps[6].tasks[0].model_copy(update={"ways": ways})
    steps[6] = steps[6].model_copy(update={"tasks": (task,)})
    sop = SOP.model_copy(update={"steps": tuple(steps)})
    assert faults(sop) == ()
    walk = walked(7, walk=Walk(sop=sop).open())
    reader = a_reader(BIRO, walk.office, at=walk.at)
    assert outside_meeting_buttons(walk.s, case_id=7, reader=reader)
    walk.approve(SEKRETARIS, way=9)
    assert walk.case.skipped == (8,)
    assert status.lines(walk.s, reader).meetings == ()
    assert outside_meeting_buttons(walk.s, case_id=7, reader=reader) == ()
    starts = wib("2026-12-01 09:00").astimezone(WIB)
    act = acts.ScheduleMeeting(by=BIRO, step=8, starts=starts, place="Ruang Rapat")
    assert isinstance(walk.refusal(act), Unknown)
