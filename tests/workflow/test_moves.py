"""What a desk hands on may be handed on from an older copy of its card, while nobody else has changed anything since."""

import pytest

from alur.workflow.apply import replay
from alur.workflow.engine.moves import is_own_since
from alur.workflow.errors import AlreadyDecided, DocumentsMissing, OutOfDate
from alur.workflow.events import EVENTS
from tests import acts
from tests.factories import ANALIS, BIRO, KABAG, MEMO, SEKRETARIS, TU, Walk
from tests.workflow.walk import an_office_where, walk_to, wib

PUTRI = 20  # a second analis


def two_of_the_post():
    return walk_to(2, office=an_office_where(PUTRI, "analis_sdm", "Putri"))


def pressed(play, by=ANALIS, kind=acts.Submit):
    """The button of the card as it stands now."""
    return kind(by=by, task=play.task.id, revision=play.task.revision)


def test_who_brought_all_that_is_newer_submits_from_the_first_copy_of_his_card():
    play = two_of_the_post()
    first = pressed(play)
    assert play.refusal(first) == DocumentsMissing(documents=("data_capaian", "konsep_undangan"))
    play.bring("data_capaian", "konsep_undangan", "data_capaian")

    task = play.task.id
    play.do(first)

    decided = [play.case.version(number) for number in play.case.task(task).closing.decided]
    assert [(item.document, item.number) for item in decided] == [("data_capaian", 2), ("konsep_undangan", 1)]


def test_a_colleagues_file_kills_the_older_copy_and_no_copy_that_came_after_it():
    play = two_of_the_post().bring("data_capaian")
    before = pressed(play)
    play.bring("konsep_undangan", by=PUTRI)
    after = pressed(play)
    play.bring("data_capaian")

    assert play.refusal(before) == OutOfDate(step=2)
    assert play.refusal(pressed(play, PUTRI).model_copy(update={"revision": after.revision})) == OutOfDate(step=2)
    assert play.refusal(after) is None


def test_what_he_took_back_himself_he_knows_and_what_a_colleague_took_back_he_does_not():
    play = two_of_the_post().bring("data_capaian", "konsep_undangan", "data_capaian")
    shown = pressed(play)

    by_himself = play.copy().take_back(ANALIS, "data_capaian")
    by_a_colleague = play.copy().take_back(PUTRI, "data_capaian")

    assert by_himself.refusal(shown) is None
    assert by_a_colleague.refusal(shown) == OutOfDate(step=2)


def test_of_two_colleagues_who_press_at_once_one_hands_it_on():
    play = two_of_the_post()
    early = pressed(play)
    play.bring("data_capaian", "konsep_undangan")
    newest = pressed(play, PUTRI)

    first, second = play.copy().do(early), play.copy().do(newest)

    assert isinstance(first.refusal(newest), AlreadyDecided)
    assert isinstance(second.refusal(early), AlreadyDecided)
    assert isinstance(first.refusal(early), AlreadyDecided)


@pytest.mark.parametrize(("by", "refusal"), [(KABAG, None), (ANALIS, OutOfDate(step=4))])
def test_a_meeting_is_closed_from_an_older_copy_unless_another_has_moved_it_since(by, refusal):
    play = walk_to(4).bring("notula_rekonsiliasi")
    shown = pressed(play, KABAG, acts.CloseMeeting)
    play.schedule(by, 4, starts=wib("2026-11-16 09:00")).bring("pemutakhiran_data", by=KABAG)

    assert play.refusal(shown) == refusal


def test_a_meeting_that_was_moved_before_the_copy_was_made_kills_it_not():
    play = walk_to(4).bring("notula_rekonsiliasi").schedule(ANALIS, 4).bring("notula_rekonsiliasi", by=KABAG)
    shown = pressed(play, KABAG, acts.CloseMeeting)
    play.bring("pemutakhiran_data", by=KABAG)

    assert play.refusal(shown) is None


def test_a_helpers_file_is_not_the_holders():
    play = walk_to(8).schedule(BIRO, 8).bring("notula_validasi", by=KABAG)
    shown = pressed(play, KABAG, acts.CloseMeeting)
    play.bring("data_validasi")

    assert play.refusal(shown) == OutOfDate(step=8)


def test_only_what_is_handed_on_is_taken_so_a_reviewers_own_version_kills_his_older_card():
    play = walk_to(7).send_back(SEKRETARIS)
    shown = acts.Approve(by=KABAG, task=play.task.id, revision=play.task.revision)
    back = acts.ReturnWork(by=KABAG, task=play.task.id, revision=play.task.revision, reason="Belum sesuai.")
    play.upload(KABAG, "konsep_nota_dinas_rapat")

    assert play.refusal(shown) == play.refusal(back) == OutOfDate(step=6)


@pytest.mark.parametrize("revision", [-1, 0, 4])
def test_a_revision_that_never_was_is_nobodys(revision):
    play = walk_to(2).bring("data_capaian", "konsep_undangan")

    assert not is_own_since(play.s, play.task, ANALIS, revision)


def test_a_task_of_a_build_that_did_not_keep_who_moved_it_is_as_strict_as_it_was():
    play = walk_to(2).bring("data_capaian")
    shown = pressed(play)
    play.bring("konsep_undangan")
    older = EVENTS.validate_json(EVENTS.dump_json(play.events, exclude={"__all__": {"mover"}}))
    play.case = replay(older)

    assert play.case.tasks[-1].moves == ()
    assert play.refusal(shown) == OutOfDate(step=2)


def notula_replaced(play):
    return play.upload(KABAG, "notula_validasi", "notula baru.docx")


def test_a_file_that_the_desk_before_replaced_kills_the_copies_of_that_revision_and_of_those_before():
    """The card that it rings shows the same revision: of an older copy of that nobody knows whether it came before."""
    play = walk_to(8).schedule(ANALIS, 8, starts=wib("2026-11-10 09:00")).bring("data_validasi")
    play = play.bring("notula_validasi", by=KABAG).meet()
    first = play.task.revision
    notula_replaced(play)
    assert play.task.revision == first
    assert not is_own_since(play.s, play.task, ANALIS, first)
    play.bring("konsep_nota_dinas_laporan")

    assert is_own_since(play.s, play.task, ANALIS, play.task.revision)
    assert play.refusal(pressed(play)) is None
    assert play.refusal(pressed(play).model_copy(update={"revision": first})) == OutOfDate(step=9)


def test_an_invitation_that_was_replaced_kills_the_older_copies_of_the_meetings_card():
    play = walk_to(4).bring("notula_rekonsiliasi", "pemutakhiran_data", by=KABAG)
    shown = play.task.revision
    play.upload(ANALIS, "undangan", "undangan baru.pdf")

    assert not is_own_since(play.s, play.task, KABAG, shown)
    assert is_own_since(play.s, play.task, ANALIS, shown)


def test_what_the_outside_party_brings_or_takes_back_kills_them_too():
    play = walk_to(8).schedule(KABAG, 8).bring("notula_validasi", "data_validasi", by=KABAG)
    shown = pressed(play, KABAG, acts.CloseMeeting)
    brought = play.copy().upload(BIRO, "undangan_validasi")
    assert not is_own_since(brought.s, brought.task, KABAG, shown.revision)
    brought.bring("notula_validasi", by=KABAG)
    assert brought.refusal(shown) == OutOfDate(step=8)
    after = pressed(brought, KABAG, acts.CloseMeeting)
    assert is_own_since(brought.s, brought.task, KABAG, after.revision)

    brought.take_back(BIRO, "undangan_validasi")
    assert not is_own_since(brought.s, brought.task, KABAG, after.revision)


def test_so_does_a_letter_that_was_replaced_in_a_procedure_that_begins_with_papers():
    play = Walk(sop=MEMO).open(way=2)
    shown = play.task.revision
    play.upload(TU, "surat_masuk", "surat yang benar.pdf")

    assert not is_own_since(play.s, play.task, ANALIS, shown)


def test_what_one_replaced_oneself_one_knows():
    play = walk_to(9)
    shown = play.task.revision
    play.upload(ANALIS, "data_validasi", "data yang benar.xlsx").bring("konsep_nota_dinas_laporan")

    assert is_own_since(play.s, play.task, ANALIS, shown)


def test_an_event_of_a_build_that_did_not_keep_what_stands_beside_is_read():
    play = notula_replaced(
        walk_to(8).schedule(ANALIS, 8).bring("data_validasi").bring("notula_validasi", by=KABAG).meet()
    )
    older = EVENTS.validate_json(EVENTS.dump_json(play.events, exclude={"__all__": {"beside"}}))

    assert replay(older).tasks[-1].moves == ()
    assert replay(EVENTS.validate_json(EVENTS.dump_json(play.events))) == play.case


def moved_out_of_order(*, is_moved_first):
    """A helper moved the meeting and the holder sent a file; what was received first is applied last. Before that, and after."""
    play = walk_to(4).bring("notula_rekonsiliasi", by=KABAG)
    early, late = "2026-11-12 10:00", "2026-11-12 10:05"
    if is_moved_first:
        play.on(late).schedule(ANALIS, 4, starts=wib("2026-11-16 09:00"))
        play.on(early).bring("pemutakhiran_data", by=KABAG)
        return play, play.task.revision
    play.on(late).bring("pemutakhiran_data", by=KABAG)
    shown = play.task.revision
    return play.on(early).schedule(ANALIS, 4, starts=wib("2026-11-16 09:00")), shown


def test_a_meeting_is_moved_since_by_the_order_in_which_it_was_applied():
    play, shown = moved_out_of_order(is_moved_first=False)
    assert not is_own_since(play.s, play.task, KABAG, shown)

    play, shown = moved_out_of_order(is_moved_first=True)
    assert is_own_since(play.s, play.task, KABAG, shown)


def test_a_meeting_of_a_build_that_did_not_keep_that_is_told_by_the_moments():
    play = walk_to(4).bring("notula_rekonsiliasi", "pemutakhiran_data", by=KABAG)
    shown = play.task.revision
    play.schedule(ANALIS, 4, starts=wib("2026-11-16 09:00")).bring("notula_rekonsiliasi", by=KABAG)
    leaves_out = {"__all__": {"meeting": {"during"}}}
    play.case = replay(EVENTS.validate_json(EVENTS.dump_json(play.events, exclude=leaves_out)))

    assert play.case.meeting(4).during is None
    assert not is_own_since(play.s, play.task, KABAG, shown)
    assert is_own_since(play.s, play.task, KABAG, play.task.revision)
