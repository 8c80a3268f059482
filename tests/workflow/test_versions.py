"""The same bytes are no new version, what is new after a return is told by content, and a number stands for one content."""

from datetime import timedelta

import pytest

from alur.workflow.apply import replay
from alur.workflow.case import UNIT_FILE
from alur.workflow.engine.versions import changed, compared, is_draft
from alur.workflow.errors import NoteMissing, SameFile
from alur.workflow.events import EVENTS, VersionWithdrawn
from tests import acts
from tests.factories import ANALIS, BIRO, KABAG, MEMO, SEKRETARIS, TU, Walk, a_file
from tests.workflow.walk import UNIT, walk_to, wib

KONSEP, DATA = "konsep_nota_dinas_rapat", "data_awal"


def again(play, by, document, *, signed=False, unit=None, of=None):
    """The refusal of the bytes that stand there, sent once more; `of` is another version's file."""
    file = of or play.case.newest(document, unit=unit, signed=signed).file
    return play.refusal(acts.Upload(by=by, document=document, file=file, signed=signed, unit=unit))


def numbers(play, document, **which):
    """Of what stands: the numbers, oldest first."""
    wanted = (document, which.get("unit"), which.get("signed", False))
    return [
        item.number
        for item in play.case.versions
        if (item.document, item.unit, item.signed) == wanted and not item.withdrawn
    ]


def submit(play, **changes):
    return acts.Submit(by=ANALIS, task=play.task.id, revision=play.task.revision, **changes)


# --- The same bytes


@pytest.mark.parametrize(
    ("place", "by", "document", "which"),
    [
        ((1, 0), TU, "surat_biro_sdm", {}),
        ((2, 0), ANALIS, "data_capaian", {}),
        ((3, 0), ANALIS, "data_capaian", {}),  # replaced after *Ajukan*
        ((3, 1), ANALIS, "data_capaian", {}),  # kept: it stands from the step before
        ((3, 1), ANALIS, UNIT_FILE, {"unit": UNIT}),
        ((4, 0), ANALIS, "undangan", {}),
        ((4, 0), ANALIS, UNIT_FILE, {"unit": UNIT}),
        ((4, 0), ANALIS, "notula_rekonsiliasi", {}),
        ((8, 0), BIRO, "undangan_validasi", {}),
    ],
)
def test_the_bytes_that_stand_at_a_place_are_not_taken_there_again(place, by, document, which):
    play = walk_to(*place)
    if play.case.newest(document, **which) is None:
        play.upload(by, document, **which)
    before = play.case

    refusal = again(play, by, document, **which)

    assert isinstance(refusal, SameFile)
    assert (refusal.facts["document"], refusal.facts["number"]) == (document, 1)
    assert play.case == before


def test_at_a_review_too():
    play = walk_to(7).send_back(SEKRETARIS)

    refusal = again(play, KABAG, DATA)

    assert (refusal.facts["act"], refusal.facts["with_note"]) == ("approve", True)


def test_the_same_bytes_are_another_document_elsewhere():
    play = walk_to(2).bring("data_capaian")

    assert again(play, ANALIS, "konsep_undangan", of=play.case.newest("data_capaian").file) is None


def test_the_same_bytes_may_go_to_another_unit():
    play = walk_to(3, 1).upload(ANALIS, UNIT_FILE, unit=UNIT)
    file = play.case.newest(UNIT_FILE, unit=UNIT).file

    assert again(play, ANALIS, UNIT_FILE, unit="Direktorat Program", of=file) is None


def test_an_older_version_is_gone_back_to():
    play = walk_to(2).bring("data_capaian", "data_capaian")
    first = play.case.versions[-2]

    assert again(play, ANALIS, "data_capaian", of=first.file) is None


def test_after_the_newest_was_taken_back_its_bytes_may_come_again():
    play = walk_to(2).bring("data_capaian", "data_capaian")
    file = play.case.newest("data_capaian").file
    play.take_back(ANALIS, "data_capaian")

    assert again(play, ANALIS, "data_capaian", of=file) is None


def test_a_signed_copy_is_another_file_than_the_letter_and_than_the_signed_copy_that_is_there():
    play = walk_to(9)
    letter = play.case.newest("nota_dinas_rapat")

    unsigned = again(play, TU, "nota_dinas_rapat", signed=True, of=letter.file)
    play.upload(TU, "nota_dinas_rapat", "nd.pdf", signed=True)
    twice = again(play, TU, "nota_dinas_rapat", signed=True)

    assert (unsigned.facts["wants"], unsigned.facts["signed"]) == ("signature", False)
    assert (twice.facts["wants"], twice.facts["signed"]) == ("correction", True)


@pytest.mark.parametrize("is_called_off", [False, True])
def test_a_new_invitation_is_not_the_one_that_was_sent_out(is_called_off):
    play = walk_to(4)
    if is_called_off:
        play.call_off()
    file = play.case.newest("undangan").file
    about = {"by": KABAG, "step": 4, "starts": wib("2026-11-20 09:00"), "place": "Aula"}

    refusal = play.refusal(acts.ScheduleMeeting(**about, file=file))
    play.do(acts.ScheduleMeeting(**about, file=a_file("undangan 2.pdf")))

    assert isinstance(refusal, SameFile)
    assert play.case.newest("undangan").number == 2


@pytest.mark.parametrize(
    ("brought", "act", "with_note"),
    [(("data_capaian",), None, False), (("data_capaian", "konsep_undangan"), "submit", False)],
)
def test_what_may_be_done_without_another_file_is_said(brought, act, with_note):
    refusal = again(walk_to(2).bring(*brought), ANALIS, "data_capaian")

    assert (refusal.facts["act"], refusal.facts["with_note"]) == (act, with_note)


def test_after_a_return_it_is_said_that_a_note_is_due():
    play = walk_to(6).send_back(KABAG)

    refusal = again(play, ANALIS, DATA)
    play.bring(KONSEP)

    assert (refusal.facts["act"], refusal.facts["with_note"]) == ("submit", True)
    assert again(play, ANALIS, DATA).facts["with_note"] is False


# --- What is new after a return


def test_after_a_return_the_bytes_that_were_returned_are_no_correction():
    """Two uploads that end where they began."""
    play = walk_to(6).send_back(KABAG)
    returned = play.case.newest(DATA).file
    play.bring(DATA).do(acts.Upload(by=ANALIS, document=DATA, file=returned))

    assert numbers(play, DATA) == [1, 2, 3]
    assert changed(play.s, play.task) == ()
    assert play.refusal(submit(play)) == NoteMissing(step=5)
    assert play.refusal(submit(play, note="Sudah sesuai notula.")) is None


def test_an_upload_that_was_taken_back_is_no_correction():
    play = walk_to(6).send_back(KABAG).bring(DATA).take_back(ANALIS, DATA)

    assert play.refusal(submit(play)) == NoteMissing(step=5)


def test_another_content_is_one_whichever_document_it_is():
    assert walk_to(6).send_back(KABAG).bring(KONSEP).submit().place == (6, 0)


def test_going_back_to_an_older_version_is_a_correction_of_what_was_returned():
    play = walk_to(6).send_back(KABAG)
    first = play.case.newest(DATA).file
    play.bring(DATA).submit().send_back(KABAG).do(acts.Upload(by=ANALIS, document=DATA, file=first))

    assert play.submit().place == (6, 0)


def test_at_a_review_that_was_returned_to_it_is_the_same():
    play = walk_to(7).send_back(SEKRETARIS)
    returned = play.case.newest(DATA).file
    approve = {"by": KABAG, "task": play.task.id}
    play.bring(DATA, by=KABAG)
    play.do(acts.Upload(by=KABAG, document=DATA, file=returned))

    assert play.refusal(acts.Approve(**approve, revision=play.task.revision)) == NoteMissing(step=6)


def test_what_was_replaced_before_the_return_is_what_was_returned():
    play = walk_to(6).bring(DATA).send_back(KABAG)

    assert play.refusal(submit(play)) == NoteMissing(step=5)


@pytest.mark.parametrize("corrected", [(KONSEP,), (DATA,), (KONSEP, DATA), ()])
def test_each_desk_is_told_what_came_anew(corrected):
    play = walk_to(7).send_back(SEKRETARIS).send_back(KABAG)
    play.bring(*corrected).submit(note="Tetap.")

    at_6 = {item.document: is_new for item, is_new in compared(play.s, play.task, play.s.under_decision(play.task))}
    play.approve(KABAG)
    at_7 = {item.document: is_new for item, is_new in compared(play.s, play.task, play.s.under_decision(play.task))}

    assert at_6 == {KONSEP: KONSEP in corrected, DATA: DATA in corrected}
    assert at_7 == {"nota_dinas_rapat": KONSEP in corrected, "data_capaian": DATA in corrected}


def test_whoever_hands_on_what_was_corrected_is_told_too_and_nobody_in_the_first_round():
    play = walk_to(6)
    assert compared(play.s, play.task, play.s.under_decision(play.task)) is None
    play.send_back(KABAG).bring(DATA).submit()
    task = play.case.tasks[-2]

    found = compared(play.s, task, tuple(play.case.version(number) for number in task.closing.decided))

    assert [(item.document, is_new) for item, is_new in found] == [(KONSEP, False), (DATA, True)]


def test_desks_beside_each_other_are_told_by_what_their_step_decided_last():
    walk = Walk(sop=MEMO).open(way=2)
    walk.upload(ANALIS, "konsep").submit().approve(TU).send_back(BIRO).upload(ANALIS, "konsep").submit()

    for task in walk.case.open_tasks:
        ((version, is_new),) = compared(walk.s, task, walk.s.under_decision(task))
        assert (version.number, is_new) == (2, True)


# --- Numbers


def test_a_draft_that_was_taken_back_is_not_counted():
    play = walk_to(2).bring("data_capaian", "konsep_undangan").take_back(ANALIS, "data_capaian").bring("data_capaian")

    play.submit()

    assert [item.number for item in play.s.under_decision(play.task)] == [1, 1]


@pytest.mark.parametrize("taken", [0, 1, 2])
def test_those_that_follow_move_up(taken):
    play = walk_to(2).bring("data_capaian", "data_capaian", "data_capaian")
    first = len(play.case.versions) - 2

    play.do(acts.Withdraw(by=ANALIS, version=first + taken))

    assert numbers(play, "data_capaian") == [1, 2]
    assert play.case.version(first + taken).number == 0
    assert play.bring("data_capaian").case.newest("data_capaian").number == 3


def test_after_a_return_they_go_on_where_what_was_read_ended():
    play = walk_to(6).send_back(KABAG).bring(DATA, DATA)
    play.do(acts.Withdraw(by=ANALIS, version=len(play.case.versions) - 1)).submit()

    assert numbers(play, DATA) == [1, 2]


def test_what_another_post_was_shown_keeps_its_number():
    """The papers of a meeting, once they are complete, stand before the card of its holder."""
    play = walk_to(4).bring("notula_rekonsiliasi")
    assert is_draft(play.s, play.case.newest("notula_rekonsiliasi"))
    play.bring("pemutakhiran_data")
    assert not is_draft(play.s, play.case.newest("notula_rekonsiliasi"))

    play.take_back(ANALIS, "notula_rekonsiliasi").take_back(ANALIS, "pemutakhiran_data")
    play.bring("notula_rekonsiliasi", "pemutakhiran_data")

    assert numbers(play, "notula_rekonsiliasi") == numbers(play, "pemutakhiran_data") == [2]


def test_papers_of_a_meeting_that_is_not_complete_are_drafts():
    play = walk_to(4).bring("notula_rekonsiliasi").take_back(ANALIS, "notula_rekonsiliasi").bring("notula_rekonsiliasi")

    assert numbers(play, "notula_rekonsiliasi") == [1]


def test_a_guest_s_paper_is_read_at_once_and_keeps_its_number():
    play = walk_to(8).bring("undangan_validasi", by=BIRO)

    play.take_back(BIRO, "undangan_validasi").bring("undangan_validasi", by=BIRO)

    assert numbers(play, "undangan_validasi") == [2]


def test_an_approval_of_the_same_bytes_makes_no_new_number():
    play = walk_to(7)
    first = play.case.newest("nota_dinas_rapat")

    play.send_back(SEKRETARIS).bring(DATA, by=KABAG).approve(KABAG)

    letter = play.case.newest("nota_dinas_rapat")
    assert (letter.number, letter.file) == (first.number, first.file)
    assert letter.id != first.id
    assert play.case.newest("data_capaian").number == 3


def test_a_withdrawal_of_a_build_before_replays_as_it_was():
    play = walk_to(2).bring("data_capaian", "data_capaian")
    number = len(play.case.versions) - 1
    old = {"event": "version_withdrawn", "version": number, "by": play.case.opened_by, "at": play.at}

    case = replay(EVENTS.validate_python([old]), play.case)

    assert isinstance(EVENTS.validate_python([old])[0], VersionWithdrawn)
    assert [item.number for item in case.versions if item.document == "data_capaian"] == [1, 2]


# --- Replaced after it was handed on


def test_a_replacement_names_what_it_replaced():
    play = walk_to(6)
    before = play.case.newest(DATA)
    assert before.replaces is None

    play.at += timedelta(hours=1)
    play.bring(DATA)

    assert play.case.newest(DATA).replaces == before.id


def test_what_comes_before_it_is_handed_on_replaces_nothing():
    assert walk_to(2).bring("data_capaian", "data_capaian").case.newest("data_capaian").replaces is None
