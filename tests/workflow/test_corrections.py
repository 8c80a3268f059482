"""What was typed wrong is put right, a question is taken back, and granted days: what follows, who may, and what stays as it was.
2 November 2026 is a Monday.
"""

from dataclasses import replace

import pytest

from alur.workflow.apply import replay
from alur.workflow.engine import decide
from alur.workflow.engine.acts import named
from alur.workflow.engine.correctable import correctable
from alur.workflow.errors import (
    AlreadyAnswered,
    AlreadyDecided,
    ChangedMeanwhile,
    DecisionHeld,
    FieldMissing,
    FileRefused,
    GrantOver,
    NobodyCame,
    NoLongerAsked,
    NotHolder,
    NumberMissing,
    ReasonMissing,
    SameFile,
    Substituted,
    TooLong,
    Unchanged,
    Unknown,
)
from alur.workflow.events import ArchiveCorrected, NadineRecorded, VersionAdded
from alur.workflow.form_moves import chosen, proceeded, toggled, typed
from alur.workflow.mending import Cancellation, Suspension
from alur.workflow.presses import On
from tests import acts
from tests.factories import (
    ADMIN,
    ANALIS,
    BIRO,
    HADI,
    JOKO,
    KABAG,
    PEOPLE,
    SARI,
    SEKRETARIS,
    SOP,
    TU,
    WIB,
    a_file,
    an_appointment,
    an_office,
    correction,
    walked,
    with_hadi,
)
from tests.workflow.walk import Play, walk_to, wib

NUMBER, DATED, LETTER = "open_case.letter_number", "open_case.letter_date", "open_case.letter"
FIRST, LAST = "nadine.number:nota_dinas_rapat", "nadine.number:nota_dinas_laporan"
CAME, FILED = "attendance.units:4", "archive.letter_number"
RIGHT = {
    NUMBER: "B-4321/KP.05/SJP/2026",
    DATED: "2026-10-29",
    LETTER: a_file("surat yang benar.pdf"),
    CAME: ("Direktorat Teknik",),
    FIRST: "21.ND/OT.02/DJL.1/2026",
    LAST: "22.ND/OT.02/DJL.1/2026",
    FILED: "23.ND/OT.02/DJL.1/2026",
    "archive.classification": "KP.05",
    "archive.file_number": "18",
    "archive.location": "Lemari A-4",
    "archive.description": "Laporan capaian",
    "archive.span": "November 2026",
    "archive.quantity": "15 dokumen",
    "archive.security": "Rahasia",
    "archive.retention": "5 tahun",
    "archive.unit": "Bagian Umum",
    "archive.stage": "Salinan",
    "archive.active": "2 tahun",
    "archive.inactive": "3 tahun",
    "archive.fate": "Permanen",
    "archive.reason_missing": "Menunggu tanda tangan.",
}


def finished():
    play = walk_to(12).nadine(ANALIS, "nota_dinas_rapat", "20.ND/OT.02/DJL.1/2026")
    return play.archive()


def names(play, member):
    return [item.name for item in correctable(play.s, member)]


def present(play, what):
    return next(item.present for item in correctable(play.s, ADMIN) if item.name == what)


def still(case):
    """What no correction moves."""
    return [(item.revision, item.due, item.is_open) for item in case.tasks], case.rounds, case.finished_at


# --- What can be put right, and by whom


def test_everything_that_was_typed_can_be_put_right_and_replays_to_the_same():
    play = finished()
    assert names(play, TU) == list(RIGHT)
    before = still(play.case)
    for what, to in RIGHT.items():
        play.correct(TU, what, to)
        assert still(play.case) == before
        assert next(item for item in play.case.corrected if item.what == what).by.member == TU
    letter, archive = play.case.letter, play.case.archive
    assert (letter.number, letter.dated.isoformat()) == (RIGHT[NUMBER], RIGHT[DATED])
    assert play.case.newest(SOP.letter).file == RIGHT[LETTER]
    assert play.case.meeting(4).attended == RIGHT[CAME]
    assert dict(play.case.nadine) == {"nota_dinas_rapat": RIGHT[FIRST], "nota_dinas_laporan": RIGHT[FILED]}
    assert {f"archive.{name}": value for name, value in archive.model_dump().items()} == {
        name: value for name, value in RIGHT.items() if name.startswith("archive.")
    }
    assert replay(play.events) == play.case


ARCHIVED = [name for name in RIGHT if name.startswith("archive.")]


@pytest.mark.parametrize(
    ("by", "may"),
    [
        (TU, list(RIGHT)),
        (ADMIN, list(RIGHT)),
        (ANALIS, [CAME, FIRST, LAST]),
        (KABAG, [CAME]),
        (SEKRETARIS, []),
        (SARI, []),
        (BIRO, []),
    ],
)
def test_whoever_enters_it_may_and_who_keeps_what_stands_on_paper(by, may):
    play = finished()
    assert names(play, by) == may
    for what, to in RIGHT.items():
        refusal = play.refusal(correction(play.s, by, what, to))
        assert isinstance(refusal, NotHolder) == (what not in may), what


def test_whoever_opened_the_case_knows_its_letter_while_he_may_open_cases():
    play = Play().open()
    play.case = play.case.model_copy(update={"opened_by": an_appointment(SEKRETARIS, "sekretaris", "H").actor()})
    assert names(play, SEKRETARIS) == [NUMBER, DATED, LETTER]
    play.office = an_office(people=[item for item in PEOPLE if item.member != SEKRETARIS])
    assert names(play, SEKRETARIS) == []


def test_who_is_absent_puts_nothing_right():
    play = finished()
    play.office = with_hadi(play.office)
    assert isinstance(play.refusal(correction(play.s, HADI, CAME, ())), Substituted)


def test_only_what_exists_is_offered():
    play = walk_to(4).attend(units=("Direktorat Program",))
    assert names(play, TU) == [NUMBER, DATED, LETTER]  # of an open meeting the card itself has *Daftar Hadir*
    play.bring("notula_rekonsiliasi").bring("pemutakhiran_data", by=KABAG).meet()
    assert names(play, TU) == [NUMBER, DATED, LETTER, CAME]
    undone = walk_to(7).nadine(ANALIS, "nota_dinas_rapat").send_back(SEKRETARIS)
    assert FIRST not in names(undone, TU)
    assert undone.refusal(acts.Correct(by=TU, what=FIRST, to="1", was="2")) == Unknown(subject=f"ip-asn-2026 {FIRST}")


def test_a_case_that_stands_still_is_put_right_and_a_cancelled_one_is_not():
    play, by = walk_to(2), an_appointment(KABAG, "kabag_umum", "Dewi").actor()
    act = correction(play.s, TU, NUMBER, RIGHT[NUMBER])
    still_case = play.case.model_copy(update={"suspensions": (Suspension(by=by, at=play.at, reason="Revisi"),)})
    assert decide(SOP, still_case, act, play.at, play.office).refusal is None
    over = play.case.model_copy(update={"cancellation": Cancellation(by=by, at=play.at, reason="Salah tahun")})
    assert decide(SOP, over, act, play.at, play.office).refusal.name == "CaseIsCancelled"


# --- The new value


@pytest.mark.parametrize(
    ("what", "to", "refusal"),
    [
        (NUMBER, "  ", FieldMissing),
        (NUMBER, "tidak ada", NumberMissing),
        (NUMBER, "1" * 1001, TooLong),
        (LETTER, a_file("surat.docx"), FileRefused),
        (LETTER, "surat.pdf", FieldMissing),
        (CAME, (), NobodyCame),
        ("archive.location", "", FieldMissing),
        ("archive.security", "Biasa saja", FieldMissing),
        ("archive.reason_missing", "ada", ReasonMissing),
    ],
)
def test_it_is_read_as_it_was_the_first_time(what, to, refusal):
    play = finished().correct(TU, CAME, ("Direktorat Program",))
    assert isinstance(play.refusal(correction(play.s, TU, what, to)), refusal)


def test_what_stands_there_already_is_no_correction():
    play = finished()
    for what in RIGHT:
        stands = present(play, what)
        to = tuple(stands) if isinstance(stands, list) else a_file("surat.pdf") if what == LETTER else stands
        act = correction(play.s, TU, what, to)
        refusal = play.refusal(act.model_copy(update={"nobody": True}))
        assert isinstance(refusal, SameFile) if what == LETTER else refusal == Unchanged(field=what), what


def test_that_nobody_came_is_asked_once():
    play = finished().correct(TU, CAME, ("Direktorat Program",))
    act = correction(play.s, TU, CAME, ())
    assert play.refusal(act) == NobodyCame()
    assert play.do(act.model_copy(update={"nobody": True})).case.meeting(4).attended == ()


def test_the_letter_as_it_should_have_been_is_a_version_that_moves_no_revision():
    play = walk_to(1).correct(TU, LETTER, RIGHT[LETTER])
    (added,) = [item for item in play.events if isinstance(item, VersionAdded)][1:]
    assert (added.use, added.touches, added.beside) == ("correction", (), (1,))
    assert (added.version.number, added.version.replaces, play.task.revision) == (2, 1, 1)
    assert play.dispose(SEKRETARIS).case.tasks[0].closing.decided == (2,)


def test_the_letters_file_overtakes_no_held_decision():
    play = walked(1).holding().dispose(SEKRETARIS)
    assert isinstance(play.refusal(correction(play.s, TU, LETTER, RIGHT[LETTER])), DecisionHeld)
    play.correct(TU, NUMBER, RIGHT[NUMBER])  # it is not what was decided on
    assert play.hand_on().correct(TU, LETTER, RIGHT[LETTER]).case.newest(SOP.letter).file == RIGHT[LETTER]


# --- One number in two places


@pytest.mark.parametrize("by", [ANALIS, TU])
def test_the_number_under_which_the_letter_is_filed_follows_its_nadine_number(by):
    play = finished().correct(by, LAST, RIGHT[LAST])
    assert play.case.archive.letter_number == RIGHT[LAST]
    assert [type(item) for item in play.events[-2:]] == [NadineRecorded, ArchiveCorrected]


def test_so_does_the_nadine_number_and_what_is_entered_anew():
    play = finished().correct(TU, FILED, RIGHT[FILED])
    assert play.case.nadine_number("nota_dinas_laporan") == RIGHT[FILED]
    assert play.nadine(ANALIS, "nota_dinas_laporan", RIGHT[LAST]).case.archive.letter_number == RIGHT[LAST]
    assert play.events[-2].was == RIGHT[FILED]


def test_two_numbers_that_differ_stay_two():
    play = walk_to(12).nadine(ANALIS, "nota_dinas_laporan", "99/2026").archive()
    filed = play.case.archive.letter_number
    assert named("correct").said(SOP, play.case) == {"filed": filed}
    play.correct(ANALIS, LAST, RIGHT[LAST])
    assert play.case.archive.letter_number == filed
    assert named("nadine").said(SOP, play.correct(TU, FILED, RIGHT[LAST]).case) == {}


# --- Two people


def form_of(play, member, what, to):
    form = chosen(named("correct").begin(play.s, member, On()), "what", what)
    return typed(form, to, today=play.at.date(), zone=WIB)


def made(form, member):
    return named("correct").made(member, form.on, form, WIB)


def test_who_comes_second_reads_what_the_first_has_entered_and_then_decides():
    play = walk_to(2)
    form = form_of(play, ADMIN, NUMBER, "B-1/2026")
    play.correct(TU, NUMBER, RIGHT[NUMBER])
    refusal = play.refusal(made(form, ADMIN))
    assert refusal == ChangedMeanwhile(
        field=NUMBER, value=RIGHT[NUMBER], role="tata_usaha", appointment="definitif", by="Wulan", at=play.at
    )
    again = named("correct").asked_after(play.s, ADMIN, form, refusal)
    assert (again.answers, again.asking) == (form.answers, form.asking)
    assert play.do(made(again, ADMIN)).case.letter.number == "B-1/2026"


def test_of_units_those_are_ticked_that_are_recorded():
    play = finished().correct(TU, CAME, ("Direktorat Program",))
    form = chosen(named("correct").begin(play.s, KABAG, On()), "what", CAME)
    assert form.ticked(CAME) == ("Direktorat Program",)
    assert play.refusal(made(proceeded(form), KABAG)) == Unchanged(field=CAME)
    form = proceeded(toggled(toggled(form, CAME, "Direktorat Program"), CAME, "Direktorat Teknik"))
    assert form.is_ready
    assert play.do(made(form, KABAG)).case.meeting(4).attended == ("Direktorat Teknik",)


def test_a_button_that_names_its_letter_asks_for_the_number_at_once():
    play = finished()
    form = named("correct").begin(play.s, ANALIS, On(document="nota_dinas_rapat"))
    assert (form.asking, form.answers["what"]) == (FIRST, FIRST)
    assert not named("correct").offers(play.s, ANALIS, On(document="undangan"))


# --- Tarik Pertanyaan


def withdraw(number, by=KABAG):
    return acts.WithdrawAsk(by=by, question=number)


def test_a_question_is_taken_back_by_whoever_asked_it_until_it_is_answered():
    play = walk_to(6).ask(KABAG, "analis_sdm").ask(KABAG, "tata_usaha")
    for by in (ANALIS, TU, ADMIN, SEKRETARIS, JOKO):
        assert isinstance(play.refusal(withdraw(1, by)), NotHolder)
    play.do(withdraw(1))
    gone = NoLongerAsked(**play.case.question(1).by.as_facts, at=play.at)
    assert play.refusal(withdraw(1)) == gone
    assert play.refusal(acts.AnswerQuestion(by=ANALIS, question=1, text="Sipeg.")) == gone
    play.reply(TU, 2)
    assert isinstance(play.refusal(withdraw(2)), AlreadyAnswered)
    assert play.refusal(withdraw(3)) == Unknown(subject="ip-asn-2026?3")
    assert replay(play.events) == play.case


def test_the_only_one_goes_by_a_tap_and_of_several_one_is_chosen():
    play, rule = walk_to(6), named("withdraw_ask")
    on = On(task=play.task.id)
    assert not rule.offers(play.s, KABAG, on)
    play.ask(KABAG, "analis_sdm")
    assert rule.begin(play.s, KABAG, On(question=1)) is None
    play.ask(KABAG, "tata_usaha")
    form = rule.begin(play.s, KABAG, on)
    assert [item.value for item in form.asked.options] == ["2", "1"]
    assert rule.made(KABAG, form.on, chosen(form, "question", "1"), WIB) == withdraw(1)
    play.approve(KABAG)  # its card is closed: on /status it stands still
    assert rule.offers(play.s, KABAG, On())


def test_a_second_tap_reads_what_became_of_the_question():
    play, rule = walk_to(6).ask(KABAG, "analis_sdm"), named("withdraw_ask")
    on = On(task=play.task.id)
    play.do(withdraw(1))
    with pytest.raises(NoLongerAsked):
        rule.begin(play.s, KABAG, on)
    play.ask(KABAG, "analis_sdm").reply(ANALIS, 2)
    with pytest.raises(AlreadyAnswered):
        rule.begin(play.s, KABAG, on)
    assert not rule.offers(play.s, KABAG, on)


# --- Granted days


@pytest.fixture
def granted():
    """Step 5, due on Thursday the 19th; two more days."""
    play = walk_to(4).bring("notula_rekonsiliasi").bring("pemutakhiran_data", by=KABAG)
    return play.on("2026-11-16 10:00").meet().hinder(ANALIS).grant(KABAG, days=2)


def regret(by=KABAG, obstacle=1):
    return acts.WithdrawGrant(by=by, obstacle=obstacle)


def test_granted_days_are_taken_back_and_may_be_granted_anew(granted):
    late = granted.task.due
    for by in (ANALIS, SEKRETARIS, TU, ADMIN):
        assert isinstance(granted.refusal(regret(by)), NotHolder)
    granted.do(regret())
    assert (granted.task.due, granted.case.round(5).due) == (wib("2026-11-19 16:00"),) * 2
    assert (granted.task.grants, granted.case.obstacle(1).granted) == ((), None)
    assert granted.refusal(regret()) == GrantOver(at=None)
    assert granted.grant(KABAG, days=2).task.due == late
    assert replay(granted.events) == granted.case


@pytest.mark.parametrize(("at", "is_taken"), [("2026-11-19 16:00", True), ("2026-11-19 16:01", False)])
def test_they_are_taken_back_until_the_limit_without_them(granted, at, is_taken):
    granted.at = wib(at)
    assert granted.refusal(regret()) == (None if is_taken else GrantOver(at=wib("2026-11-19 16:00")))


@pytest.mark.parametrize(("at", "is_taken"), [("2026-11-23 07:30", True), ("2026-11-23 07:31", False)])
def test_days_that_were_granted_after_the_limit_go_until_the_first_of_them_begins(at, is_taken):
    """On Friday, of a task that was due on Thursday: it is late again, as it was."""
    play = walk_to(4).bring("notula_rekonsiliasi").bring("pemutakhiran_data", by=KABAG)
    play.on("2026-11-16 10:00").meet().hinder(ANALIS).on("2026-11-20 10:00").grant(KABAG, days=1)
    play.at = wib(at)
    assert play.refusal(regret()) == (None if is_taken else GrantOver(at=wib("2026-11-23 07:30")))


def test_of_two_grants_the_other_stays(granted):
    granted.hinder(ANALIS).grant(KABAG, 2, days=1)
    granted.do(regret(obstacle=1))
    assert (granted.task.due, [item.days for item in granted.task.grants]) == (wib("2026-11-20 16:30"), [1])


def test_who_has_no_superior_takes_his_own_days_back_from_his_card():
    play = walk_to(7).hinder(SEKRETARIS, days=1)
    assert named("withdraw_grant").offers(play.s, SEKRETARIS, On(task=play.task.id))
    assert play.do(acts.WithdrawGrant(by=SEKRETARIS, task=play.task.id)).task.grants == ()
    assert isinstance(play.refusal(acts.WithdrawGrant(by=SEKRETARIS, task=play.task.id)), Unknown)


def test_of_a_task_that_is_closed_nothing_is_taken_back(granted):
    granted.bring("konsep_nota_dinas_rapat", "data_awal").submit()
    assert isinstance(granted.refusal(regret()), AlreadyDecided)


def test_a_grant_is_his_who_gave_it_not_another_holders(granted):
    other = an_appointment(30, "kabag_umum", "Budi")
    granted.office = replace(granted.office, appointments=(*granted.office.appointments, other))
    assert granted.refusal(regret(30)) == NotHolder(role="kabag_umum")
