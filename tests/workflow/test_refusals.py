"""What is missing, who decided before, and who may not approve: the refusals that need more than a table."""

from datetime import date

import pytest

from alur.workflow.case import ArchiveFields
from alur.workflow.engine import decide
from alur.workflow.engine.filing import default_archive
from alur.workflow.errors import (
    AlreadyAnswered,
    AlreadyDecided,
    DocumentsMissing,
    FieldMissing,
    NoteMissing,
    NotHolder,
    OwnDraft,
    ReasonMissing,
    TooLong,
    Unknown,
    WordsMissing,
)
from tests import acts
from tests.factories import ANALIS, BIRO, KABAG, SEKRETARIS, SOP, TU, WIB, a_file, an_office
from tests.workflow.walk import Play, an_office_where, walk_to, wib

DESKS = {(1, 0): SEKRETARIS, (1, 1): KABAG, (3, 0): KABAG, (7, 0): SEKRETARIS, (11, 0): SEKRETARIS}
WORDED = {"dispose": acts.Dispose, "review": acts.Approve, "direct": acts.Direct}


def on(play, member):
    """A decision of that member on the open task, as its button carries it."""
    return {"by": member, "task": play.task.id, "revision": play.task.revision}


@pytest.mark.parametrize("place", DESKS)
@pytest.mark.parametrize("text", [None, "", "   "])
def test_a_disposition_or_direction_without_tick_and_text_is_incomplete(place, text):
    play = walk_to(*place)
    kind = WORDED[play.task.kind.value]

    assert play.refusal(kind(**on(play, DESKS[place]), text=text)) == WordsMissing(step=place[0])


@pytest.mark.parametrize("place", DESKS)
def test_a_tick_that_the_sop_does_not_offer_is_unknown(place):
    play = walk_to(*place)
    kind = WORDED[play.task.kind.value]

    assert play.refusal(kind(**on(play, DESKS[place]), ticks=("Arsipkan",), text="Baik.")) == Unknown(
        subject="Arsipkan"
    )


@pytest.mark.parametrize(("step", "desk"), [(6, KABAG), (7, SEKRETARIS), (10, KABAG)])
@pytest.mark.parametrize("reason", [None, "", "    ", "ubah", "  ubah  "])
def test_a_return_needs_a_reason_of_five_characters(step, desk, reason):
    play = walk_to(step)

    length = len((reason or "").strip())
    assert play.refusal(acts.ReturnWork(**on(play, desk), reason=reason)) == ReasonMissing(
        field="reason", least=5, length=length
    )


@pytest.mark.parametrize("kind", ["photo", "document", "voice"])
def test_a_photo_a_file_or_a_voice_note_is_reason_enough(kind):
    play = walk_to(6)

    play.send_back(KABAG, reason=None, file=a_file("koreksi", kind=kind))

    assert play.place == (5, 0)


def test_a_return_names_only_documents_that_stood_under_the_decision():
    play = walk_to(6)

    refusal = play.refusal(acts.ReturnWork(**on(play, KABAG), reason="Perbaiki.", documents=("undangan",)))

    assert refusal == Unknown(subject="undangan")


def test_after_a_return_a_submission_without_anything_new_needs_a_note():
    play = walk_to(6).send_back(KABAG)

    assert play.refusal(acts.Submit(**on(play, ANALIS))) == NoteMissing(step=5)
    assert play.refusal(acts.Submit(**on(play, ANALIS), note="  ")) == NoteMissing(step=5)
    assert play.submit(note="Tabel sudah sesuai.").place == (6, 0)


def test_a_new_version_that_was_taken_back_is_not_new():
    play = walk_to(6).send_back(KABAG).bring("data_awal").take_back(ANALIS, "data_awal")

    refusal = play.refusal(acts.Submit(**on(play, ANALIS)))

    assert refusal == NoteMissing(step=5)


def test_the_missing_documents_are_named():
    play = walk_to(2).bring("konsep_undangan")

    refusal = play.refusal(acts.Submit(**on(play, ANALIS)))

    assert refusal == DocumentsMissing(documents=("data_capaian",))


def test_a_second_tap_is_refused_with_who_decided_what_and_when():
    play = walk_to(6)
    act = acts.Approve(**on(play, KABAG))
    play.do(act)

    expected = AlreadyDecided(
        step=6,
        kind="review",
        outcome="approved",
        role="kabag_umum",
        appointment="plh",
        by="Dewi Lestari",
        at=play.at,
    )
    assert play.refusal(act) == expected


def test_a_colleague_s_later_tap_is_refused_with_who_decided():
    play = walk_to(6, office=an_office_where(20, "kabag_umum", "Bambang"))
    act = acts.Approve(**on(play, KABAG))
    play.do(act)

    refusal = play.refusal(act.model_copy(update={"by": 20}))

    assert type(refusal) is AlreadyDecided
    assert refusal.facts["by"] == "Dewi Lestari"


def test_a_second_holder_of_the_role_may_decide():
    play = walk_to(6, office=an_office_where(20, "kabag_umum", "Bambang"))

    play.approve(20)

    assert play.case.tasks[-2].closing.by.name == "Bambang"


def test_a_tap_on_the_task_of_an_earlier_round_is_refused_though_the_step_is_open_again():
    play = walk_to(6).send_back(KABAG)
    first = next(task for task in play.case.tasks if task.step == 5)

    refusal = play.refusal(acts.Submit(by=ANALIS, task=first.id, revision=first.revision))

    assert type(refusal) is AlreadyDecided


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-11-01", NotHolder), ("2026-11-02", None), ("2026-11-06", None), ("2026-11-09", NotHolder)],
)
def test_a_plh_acts_on_the_days_of_his_order_and_no_others(day, expected):
    office = an_office_where(20, "sekretaris", "Bambang", starts=date(2026, 11, 2), ends=date(2026, 11, 6))
    play = Play(office=office).open().on(f"{day} 10:00")

    act = acts.Dispose(by=20, task=1, revision=1, text="Tindak lanjuti.")
    refusal = decide(play.sop, play.case, act, wib(f"{day} 10:00"), office).refusal

    assert type(refusal) is (expected or type(None))


def test_an_answered_question_is_not_answered_again():
    play = walk_to(2).ask(ANALIS, "kabag_umum").reply(KABAG, 1)
    at = play.at

    refusal = play.refusal(acts.AnswerQuestion(by=KABAG, question=1, text="Lagi."))

    assert refusal == AlreadyAnswered(role="kabag_umum", appointment="plh", by="Dewi Lestari", at=at)


@pytest.mark.parametrize("text", ["", "  "])
def test_empty_words_are_neither_question_nor_answer_nor_number_nor_place(text):
    play = walk_to(8).ask(KABAG, "analis_sdm")

    refusals = [
        play.refusal(acts.Ask(by=KABAG, task=play.task.id, to_role="analis_sdm", text=text)),
        play.refusal(acts.AnswerQuestion(by=ANALIS, question=1, text=text)),
        play.refusal(acts.RecordNadine(by=ANALIS, document="nota_dinas_rapat", number=text)),
        play.refusal(acts.ScheduleMeeting(by=BIRO, step=8, starts=play.at, place=text)),
    ]

    assert refusals == [FieldMissing(field=name) for name in ("question", "answer", "nadine", "place")]


@pytest.mark.parametrize("field", ["letter_number", "classification", "file_number", "location"])
def test_each_of_the_four_archive_fields_is_needed(field):
    play = walk_to(12)
    fields = dict.fromkeys(("letter_number", "classification", "file_number", "location"), "17")
    filled = ArchiveFields(
        **default_archive(SOP, play.case, WIB) | fields | {"reason_missing": "Menyusul."} | {field: " "}
    )

    refusal = play.refusal(acts.Archive(**on(play, TU), fields=filled))

    assert refusal == FieldMissing(field=field)


def plh_of(role, *, member=ANALIS):
    return an_office_where(member, role, "Rina", order="14/SPt/2026")


@pytest.mark.parametrize(
    ("role", "step", "document"),
    [
        ("kabag_umum", 6, "konsep_nota_dinas_rapat"),
        ("sekretaris", 7, "konsep_nota_dinas_rapat"),
        ("kabag_umum", 10, "konsep_nota_dinas_laporan"),
    ],
)
def test_an_analis_who_stands_in_for_the_reviewer_may_not_approve_his_own_draft(role, step, document):
    play = walk_to(step, office=plh_of(role))
    act = acts.Approve(**on(play, ANALIS), text="Setuju.")

    assert play.refusal(act) == OwnDraft(document=document)


def test_he_may_still_return_it():
    assert walk_to(6, office=plh_of("kabag_umum")).send_back(ANALIS).place == (5, 0)


def test_a_colleague_approves_in_his_stead():
    assert walk_to(6, office=plh_of("kabag_umum")).approve(KABAG).place == (7, 0)


def test_whoever_submits_a_colleague_s_draft_unchanged_may_not_approve_it_either():
    office = an_office(
        people=(*an_office_where(20, "analis_sdm", "Putri").appointments, *plh_of("kabag_umum", member=20).appointments)
    )
    play = walk_to(6, office=office).send_back(KABAG).submit(20, note="Konsep sudah sesuai.")
    act = acts.Approve(**on(play, 20))

    assert play.refusal(act) == OwnDraft(document="konsep_nota_dinas_rapat")


def test_the_kabag_may_approve_the_version_with_which_he_corrects_a_returned_draft():
    play = walk_to(7).send_back(SEKRETARIS).bring("konsep_nota_dinas_rapat", "data_awal", by=KABAG)

    assert play.approve(KABAG).place == (7, 0)


# --- Long words


def with_words(text):
    """Everything that people say in their own words, by each act that carries it."""
    asked = walk_to(6).ask(KABAG, "analis_sdm")
    came_back = walk_to(6).send_back(KABAG)
    scenes = {
        "disposition": (walk_to(1), lambda w: acts.Dispose(**on(w, SEKRETARIS), text=text)),
        "note": (came_back, lambda w: acts.Submit(**on(w, ANALIS), note=text)),
        "approval": (walk_to(6), lambda w: acts.Approve(**on(w, KABAG), text=text)),
        "approval with disposition": (walk_to(7), lambda w: acts.Approve(**on(w, SEKRETARIS), text=text)),
        "return": (walk_to(6), lambda w: acts.ReturnWork(**on(w, KABAG), reason=text)),
        "caption": (walk_to(6), lambda w: acts.ReturnWork(**on(w, KABAG), reason=text, file=a_file("x.jpg"))),
        "direction": (walk_to(11), lambda w: acts.Direct(**on(w, SEKRETARIS), text=text)),
        "question": (walk_to(6), lambda w: acts.Ask(by=KABAG, task=w.task.id, to_role="analis_sdm", text=text)),
        "answer": (asked, lambda _: acts.AnswerQuestion(by=ANALIS, question=1, text=text)),
        "obstacle": (walk_to(6), lambda w: acts.ReportObstacle(by=KABAG, task=w.task.id, reason=text)),
    }
    return {name: (play, act(play)) for name, (play, act) in scenes.items()}


def test_words_may_fill_a_message_whichever_act_carries_them_and_no_more():
    face = "\N{GRINNING FACE}"  # one character to Telegram, two units of UTF-16
    for text in (" " + "x" * 4096 + "\n", face * 4096):
        assert [play.refusal(act) for play, act in with_words(text).values()] == [None] * 10
    for text in ("x" * 4097, face * 4097):
        for name, (play, act) in with_words(text).items():
            refusal = play.refusal(act)
            assert isinstance(refusal, TooLong), name
            assert (refusal.facts["length"], refusal.facts["most"]) == (4097, 4096)
