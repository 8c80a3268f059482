"""Every act in every scene of a whole walk by every person: accepted exactly where the table below says so.

The table was written from the SOP and the office's rules, by hand. It asks the engine for nothing.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cache

import pytest

from alur.workflow.apply import replay
from alur.workflow.case import UNIT_FILE, ArchiveFields, Attendance
from alur.workflow.engine import begin, decide
from alur.workflow.errors import (
    AlreadyDecided,
    ApprovalUndone,
    CaseOver,
    DateMissing,
    DocumentsMissing,
    FieldMissing,
    NotBegun,
    NotHolder,
    NotWanted,
    NotYetDue,
    OutOfDate,
    ReasonMissing,
    Unknown,
)
from tests import acts
from tests.factories import (
    ADMIN,
    ANALIS,
    BIRO,
    JOKO,
    KABAG,
    SARI,
    SEKRETARIS,
    SOP,
    START,
    TU,
    UNITS,
    a_file,
    an_office,
    only_task,
)
from tests.workflow.walk import UNIT, Play, wib

STRANGER = 99
EVERYBODY = (SEKRETARIS, KABAG, ANALIS, SARI, JOKO, BIRO, TU, ADMIN, STRANGER)
OUTSIDE_DATERS = {BIRO, KABAG, ANALIS}  # who may date step 8
COMPLETERS = {ANALIS, TU}  # who may add a letter's number and signed document
HOLDERS = {"sekretaris": SEKRETARIS, "kabag_umum": KABAG, "analis_sdm": ANALIS, "tata_usaha": TU}
CLOSES = {
    "dispose": {acts.Dispose},
    "prepare": {acts.Submit},
    "review": {acts.Approve, acts.ReturnWork},
    "convene": {acts.CloseMeeting},
    "direct": {acts.Direct},
    "archive": {acts.Archive},
}
BRINGING = {"prepare", "convene"}
HELPERS = {4: {ANALIS}, 8: {ANALIS, BIRO}}  # who may take back what he brought himself, beside the holder
LETTERS = ("nota_dinas_rapat", "nota_dinas_laporan")


@dataclass(frozen=True, kw_only=True)
class Scene:
    desk: int  # who holds the open task
    kind: str
    step: int
    lacks: type | None = None  # why a closing act is refused, however well it is filled in
    lands: dict = field(default_factory=dict)  # document -> who may bring it now
    own: int = 0  # how many of the latest files under the decision its holder brought himself
    move: object = None  # from the scene before


A, K, AK = {ANALIS}, {KABAG}, {ANALIS, KABAG}
UNIT_FILES = {(UNIT_FILE, unit): A for unit in UNITS}
MEETING_4 = {"notula_rekonsiliasi": AK, "pemutakhiran_data": AK}
MEETING_8 = {"notula_validasi": AK, "data_validasi": AK, "undangan_validasi": {ANALIS, KABAG, BIRO}}
DRAFT_5 = {"konsep_nota_dinas_rapat": A, "data_awal": A}
REVISED_6 = {"konsep_nota_dinas_rapat": K, "data_awal": K}

# fmt: off
SCENES = {
    "1 letter":            Scene(step=1, desk=SEKRETARIS, kind="dispose",
                                 lands={"surat_biro_sdm": {SEKRETARIS, TU, ADMIN}}),
    "1 disposed":          Scene(step=1, desk=KABAG, kind="dispose", move=lambda w: w.dispose(SEKRETARIS)),
    "2 empty":             Scene(step=2, desk=ANALIS, kind="prepare", lacks=DocumentsMissing,
                                 lands={"data_capaian": A, "konsep_undangan": A},
                                 move=lambda w: w.dispose(KABAG)),
    "2 half":              Scene(step=2, desk=ANALIS, kind="prepare", own=1, lacks=DocumentsMissing,
                                 lands={"data_capaian": A, "konsep_undangan": A},
                                 move=lambda w: w.bring("data_capaian").ask(ANALIS, "kabag_umum")),
    "2 ready":             Scene(step=2, desk=ANALIS, kind="prepare", own=2,
                                 lands={"data_capaian": A, "konsep_undangan": A},
                                 move=lambda w: w.bring("konsep_undangan")),
    "3 examined":          Scene(step=3, desk=KABAG, kind="dispose",
                                 lands={"data_capaian": A, "konsep_undangan": A},
                                 move=lambda w: w.submit()),
    "3 assigned":          Scene(step=3, desk=ANALIS, kind="prepare", lacks=DocumentsMissing,
                                 lands={"undangan": A, "data_capaian": A, **UNIT_FILES},
                                 move=lambda w: w.dispose(KABAG)),
    "3 undated":           Scene(step=3, desk=ANALIS, kind="prepare", own=1, lacks=DateMissing,
                                 lands={"undangan": A, "data_capaian": A, **UNIT_FILES},
                                 move=lambda w: w.bring("undangan").upload(ANALIS, UNIT_FILE, unit=UNIT)),
    "3 ready":             Scene(step=3, desk=ANALIS, kind="prepare", own=1,
                                 lands={"undangan": A, "data_capaian": A, **UNIT_FILES},
                                 move=lambda w: w.schedule(ANALIS, 4)),
    "4 invited":           Scene(step=4, desk=KABAG, kind="convene", lacks=DocumentsMissing,
                                 lands={**MEETING_4, "undangan": A, (UNIT_FILE, UNIT): A},
                                 move=lambda w: w.submit()),
    "4 ready":             Scene(step=4, desk=KABAG, kind="convene", own=1,
                                 lands={**MEETING_4, "undangan": A, (UNIT_FILE, UNIT): A},
                                 move=lambda w: w.bring("notula_rekonsiliasi").bring("pemutakhiran_data", by=KABAG)),
    "5 empty":             Scene(step=5, desk=ANALIS, kind="prepare", lacks=DocumentsMissing,
                                 lands={**DRAFT_5, "notula_rekonsiliasi": A, "pemutakhiran_data": K},
                                 move=lambda w: w.meet()),
    "5 ready":             Scene(step=5, desk=ANALIS, kind="prepare", own=2,
                                 lands={**DRAFT_5, "notula_rekonsiliasi": A, "pemutakhiran_data": K},
                                 move=lambda w: w.bring("konsep_nota_dinas_rapat", "data_awal")),
    "6":                   Scene(step=6, desk=KABAG, kind="review", lands=DRAFT_5, move=lambda w: w.submit()),
    "5 after 6":           Scene(step=5, desk=ANALIS, kind="prepare", lands=DRAFT_5,
                                 move=lambda w: w.send_back(KABAG)),
    "6 again":             Scene(step=6, desk=KABAG, kind="review", lands=DRAFT_5,
                                 move=lambda w: w.bring("konsep_nota_dinas_rapat").submit()),
    "7":                   Scene(step=7, desk=SEKRETARIS, kind="review", move=lambda w: w.approve(KABAG)),
    "6 after 7":           Scene(step=6, desk=KABAG, kind="review", lands=REVISED_6,
                                 move=lambda w: w.send_back(SEKRETARIS)),
    "5 after 6 after 7":   Scene(step=5, desk=ANALIS, kind="prepare", lands=DRAFT_5,
                                 move=lambda w: w.send_back(KABAG)),
    "6 once more":         Scene(step=6, desk=KABAG, kind="review", lands=DRAFT_5,
                                 move=lambda w: w.bring("konsep_nota_dinas_rapat", "data_awal").submit()),
    "7 again":             Scene(step=7, desk=SEKRETARIS, kind="review", move=lambda w: w.approve(KABAG)),
    "6 after 7 again":     Scene(step=6, desk=KABAG, kind="review", lands=REVISED_6,
                                 move=lambda w: w.send_back(SEKRETARIS)),
    "6 with his own":      Scene(step=6, desk=KABAG, kind="review", lands=REVISED_6,
                                 move=lambda w: w.upload(KABAG, "konsep_nota_dinas_rapat")),
    "7 at last":           Scene(step=7, desk=SEKRETARIS, kind="review", move=lambda w: w.approve(KABAG)),
    "8 waiting":           Scene(step=8, desk=KABAG, kind="convene", lacks=DateMissing, lands=MEETING_8,
                                 move=lambda w: w.approve(SEKRETARIS)),
    "8 dated":             Scene(step=8, desk=KABAG, kind="convene", lacks=DocumentsMissing, lands=MEETING_8,
                                 move=lambda w: w.schedule(BIRO, 8).upload(BIRO, "undangan_validasi")),
    "8 ready":             Scene(step=8, desk=KABAG, kind="convene", own=1, lands=MEETING_8,
                                 move=lambda w: w.bring("notula_validasi").bring("data_validasi", by=KABAG)),
    "9 empty":             Scene(step=9, desk=ANALIS, kind="prepare", lacks=DocumentsMissing,
                                 lands={"konsep_nota_dinas_laporan": A, "notula_validasi": A, "data_validasi": K},
                                 move=lambda w: w.meet()),
    "9 ready":             Scene(step=9, desk=ANALIS, kind="prepare", own=1,
                                 lands={"konsep_nota_dinas_laporan": A, "notula_validasi": A, "data_validasi": K},
                                 move=lambda w: w.bring("konsep_nota_dinas_laporan")),
    "10":                  Scene(step=10, desk=KABAG, kind="review", lands={"konsep_nota_dinas_laporan": A},
                                 move=lambda w: w.submit()),
    "9 after 10":          Scene(step=9, desk=ANALIS, kind="prepare", lands={"konsep_nota_dinas_laporan": A},
                                 move=lambda w: w.send_back(KABAG)),
    "10 again":            Scene(step=10, desk=KABAG, kind="review", lands={"konsep_nota_dinas_laporan": A},
                                 move=lambda w: w.submit(note="Konsep sudah sesuai.")),
    "11":                  Scene(step=11, desk=SEKRETARIS, kind="direct",
                                 move=lambda w: w.approve(KABAG).hinder(SEKRETARIS, days=1)),
    "12":                  Scene(step=12, desk=TU, kind="archive", move=lambda w: w.direct()),
    "archived":            Scene(step=13, desk=0, kind="", move=lambda w: w.archive()),
}
# fmt: on
NAMES = list(SCENES)


@cache
def played():
    """The walk at each scene."""
    play, found = Play().open(), {}
    for name, scene in SCENES.items():
        if scene.move:
            scene.move(play)
        found[name] = play.copy()
    return found


def test_the_walk_stands_on_the_desks_that_the_table_names():
    standing = {name: play.task and (play.task.step, play.task.kind.value) for name, play in played().items()}

    assert standing == {name: (scene.step, scene.kind) if scene.kind else None for name, scene in SCENES.items()}


def closing_acts(member, task, revision):
    """Each deciding act, filled in as well as can be."""
    on = {"by": member, "task": task, "revision": revision}
    words = "Mohon ditindaklanjuti segera."
    fields = ArchiveFields(
        letter_number="682.K/OT.02/DJL.1/2026",
        classification="OT.02",
        file_number="17",
        location="Lemari A-3",
        description="Laporan",
        span="2026",
        quantity="12 dokumen",
        reason_missing="Menyusul dari Nadine.",
    )
    return (
        acts.Dispose(**on, text=words),
        acts.Submit(**on, note=words),
        acts.Approve(**on, text=words),
        acts.ReturnWork(**on, reason=words),
        acts.CloseMeeting(**on),
        acts.Direct(**on, text=words),
        acts.Archive(**on, fields=fields),
    )


def is_approved(name, letter):
    """Whether the approval of that Nota Dinas stands: given at 6, of the other at 10, and not returned since."""
    first = {"nota_dinas_rapat": "7", "nota_dinas_laporan": "11"}[letter]
    return NAMES.index(name) >= NAMES.index(first) and not is_undone(name, letter)


def is_undone(name, letter):
    """The first Nota Dinas lies before 6 or 5 again, after a return at 7."""
    came_back = ("6 after 7", "5 after 6 after 7", "6 once more", "6 after 7 again", "6 with his own")
    return letter == "nota_dinas_rapat" and name in came_back


def test_a_decision_passes_only_at_its_desk_while_it_is_open_and_complete():
    wrong = []
    for name, scene in SCENES.items():
        play = played()[name]
        for task in play.case.tasks:
            for member in EVERYBODY:
                for act in closing_acts(member, task.id, task.revision):
                    if type(act) not in CLOSES[task.kind.value]:
                        expected = Unknown
                    elif member != HOLDERS[task.role]:
                        expected = NotHolder
                    elif not task.is_open:
                        expected = AlreadyDecided
                    else:
                        expected = scene.lacks
                    wrong += mismatch(name, play, act, expected)

    assert wrong == []


@pytest.mark.parametrize("name", [name for name in NAMES if name != "archived"])
@pytest.mark.parametrize("step", [-3, -2, -1, 1])
def test_a_decision_at_another_revision_passes_only_where_its_desk_brought_all_that_is_newer(name, step):
    play, scene = played()[name], SCENES[name]

    for act in closing_acts(scene.desk, play.task.id, play.task.revision + step):
        if type(act) not in CLOSES[scene.kind]:
            expected = Unknown
        else:
            expected = scene.lacks if -scene.own <= step <= 0 else OutOfDate
        assert mismatch(name, play, act, expected) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_file_lands_only_where_it_is_expected_from_whoever_may_bring_it(name):
    play, scene = played()[name], SCENES[name]
    wrong = []
    for member in EVERYBODY:
        for kind in SOP.documents:
            act = acts.Upload(by=member, document=kind.id, file=a_file("baru.pdf"))
            wrong += mismatch(name, play, act, None if member in scene.lands.get(kind.id, ()) else NotWanted)
            signed = act.model_copy(update={"signed": True})
            may = kind.id in LETTERS and is_approved(name, kind.id) and member in COMPLETERS
            wrong += mismatch(name, play, signed, None if may else NotWanted)
        for unit in (*UNITS, "Direktorat yang tidak ada", None):
            act = acts.Upload(by=member, document=UNIT_FILE, unit=unit, file=a_file("data.xlsx"))
            may = member in scene.lands.get((UNIT_FILE, unit), ())
            wrong += mismatch(name, play, act, None if may else NotWanted)

    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_taken_back_only_while_its_task_is_open_by_its_holder_or_bringer(name):
    play = played()[name]
    wrong = mismatch(name, play, acts.Withdraw(by=ANALIS, version=len(play.case.versions) + 1), Unknown)
    for version in play.case.versions:
        task = play.case.task(version.task) if version.task else None
        for member in EVERYBODY:
            if task is None or task.kind.value not in BRINGING:
                expected = Unknown
            elif member == HOLDERS[task.role] or (member in HELPERS.get(task.step, ()) and member == version.by.member):
                expected = None if task.is_open else AlreadyDecided
            else:
                expected = NotHolder
            wrong += mismatch(name, play, acts.Withdraw(by=member, version=version.id), expected)

    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_a_meeting_is_dated_only_by_those_who_call_it_and_until_it_is_held(name):
    play, number = played()[name], NAMES.index(name)
    wrong = []
    for member in EVERYBODY:
        for step in range(14):
            is_called = number >= NAMES.index("4 invited")
            if step == 4 and (member == ANALIS or (member == KABAG and is_called)):
                if name == "archived":
                    expected = CaseOver
                elif number < NAMES.index("3 assigned"):
                    expected = Unknown
                else:
                    may = name in ("3 assigned", "3 undated", "3 ready") or name.startswith("4 ")
                    expected = None if may else AlreadyDecided
            elif step == 8 and member in OUTSIDE_DATERS:
                if name == "archived":
                    expected = CaseOver
                else:
                    expected = None if number < NAMES.index("9 empty") else AlreadyDecided
            else:
                expected = NotHolder if step in (4, 8) else Unknown
            act = acts.ScheduleMeeting(by=member, step=step, starts=wib("2026-11-12 09:00"), place="Ruang Rapat")
            wrong += mismatch(name, play, act, expected)

    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_a_meeting_is_dated_with_a_new_invitation_which_is_a_version_only_once_people_were_invited(name):
    play = played()[name]
    act = acts.ScheduleMeeting(
        by=ANALIS, step=4, starts=wib("2026-11-12 09:00"), place="Ruang Rapat", file=a_file("undangan.pdf")
    )
    decision = decide(play.sop, play.case, act, play.at, play.office)

    brought = [item.version for item in decision.events if item.event == "version_added"]

    if name.startswith("4 "):
        assert [(item.document, item.number) for item in brought] == [("undangan", 2)]
        after = replay(decision.events, play.case)
        assert only_task(after).revision == play.task.revision
    else:
        assert brought == []


@pytest.mark.parametrize("name", NAMES)
def test_a_meeting_is_cancelled_and_its_guests_are_counted_only_at_its_open_desk(name):
    play = played()[name]
    wrong = []
    for task in play.case.tasks:
        for member in EVERYBODY:
            if task.step not in (4, 8):
                expected = Unknown
            elif not task.is_open:
                expected = AlreadyDecided
            elif member not in (KABAG, ANALIS):
                expected = NotHolder
            else:
                expected = DateMissing if name == "8 waiting" else None
            wrong += mismatch(name, play, acts.CancelMeeting(by=member, task=task.id), expected)
            counted = acts.RecordAttendance(by=member, task=task.id, units=UNITS[:1])
            has_guests = task.step == 4 or expected in (NotHolder, AlreadyDecided)
            meeting = play.case.meeting(task.step)
            if expected is None and meeting.starts > play.at:
                expected = NotBegun
            wrong += mismatch(name, play, counted, expected if has_guests else Unknown)

    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_an_obstacle_is_reported_by_the_open_desk_or_its_helper_and_days_with_it_only_by_the_sekretaris(name):
    play, scene = played()[name], SCENES[name]
    wrong = []
    for task in play.case.tasks:
        for member in EVERYBODY:
            helps = member == ANALIS and task.step in (4, 8)
            expected = None if member == HOLDERS[task.role] or helps else NotHolder
            if expected is None and name == "8 waiting":
                expected = DateMissing  # no limit is in danger while the clock stands still
            expected = expected if task.is_open else AlreadyDecided
            on = {"by": member, "task": task.id}
            wrong += mismatch(name, play, acts.ReportObstacle(**on, reason="Data belum lengkap."), expected)
            wrong += mismatch(name, play, acts.ReportObstacle(**on, reason="   "), expected or ReasonMissing)
            alone = expected or (None if scene.desk == SEKRETARIS else NotHolder)
            wrong += mismatch(name, play, acts.ReportObstacle(**on, reason="Data belum lengkap.", days=2), alone)
    unknown = acts.ReportObstacle(by=scene.desk or TU, task=99, reason="Data belum lengkap.")
    wrong += mismatch(name, play, unknown, Unknown)

    assert wrong == []


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("archived", "8 waiting")])
def test_days_are_granted_only_by_the_superior_of_the_desk(name):
    scene = SCENES[name]
    play = played()[name].copy()
    play.do(acts.ReportObstacle(by=scene.desk, task=play.task.id, reason="Data belum lengkap."))
    newest = len(play.case.obstacles)
    grantor = {ANALIS: KABAG, TU: KABAG, KABAG: SEKRETARIS, SEKRETARIS: SEKRETARIS}[scene.desk]
    wrong = []
    for member in EVERYBODY:
        for days in (0, 1, 2, 3, 4):
            if member != grantor:
                expected = NotHolder
            elif not 1 <= days <= 3:
                expected = Unknown
            else:
                expected = None
            wrong += mismatch(name, play, acts.GrantDays(by=member, obstacle=newest, days=days), expected)
        wrong += mismatch(name, play, acts.GrantDays(by=member, obstacle=newest + 1, days=1), Unknown)

    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_a_desk_is_reminded_by_the_waiting_side_and_only_when_its_limit_has_come(name):
    play = played()[name].copy()
    early = play.at
    play.at = wib("2027-03-01 09:00")
    wrong = []
    for task in play.case.tasks:
        for member in EVERYBODY:
            waiting_side = {KABAG} if task.role == "sekretaris" else {SEKRETARIS, KABAG, ANALIS, TU, ADMIN}
            if not task.is_open:
                expected = AlreadyDecided
            elif member not in waiting_side - {HOLDERS[task.role]}:
                expected = NotHolder
            else:
                expected = NotYetDue if name == "8 waiting" else None
            act = acts.NudgeDesk(by=member, task=task.id)
            wrong += mismatch(name, play, act, expected)
            if task.is_open and expected is None and early < task.due.replace(hour=7, minute=0):
                assert isinstance(decide(play.sop, play.case, act, early, play.office).refusal, NotYetDue)

    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_a_recount_by_the_same_calendar_is_no_event_and_of_a_closed_task_none_at_all(name):
    play = played()[name]

    for task in play.case.tasks:
        decision = decide(play.sop, play.case, acts.Recount(by=0, task=task.id), play.at, play.office)
        assert decision.events == ()
        assert (decision.refusal is None) == task.is_open


@pytest.mark.parametrize("name", NAMES)
def test_an_invitation_is_answered_only_by_the_units_while_step_4_is_open(name):
    play = played()[name]
    wrong = []
    for task in play.case.tasks:
        for member in EVERYBODY:
            if task.step != 4:
                expected = Unknown  # nobody is invited to any other step, Biro SDM not to its own meeting
            elif member not in (SARI, JOKO):
                expected = NotHolder
            else:
                expected = None if task.is_open else AlreadyDecided
            act = acts.AnswerInvitation(by=member, task=task.id, attendance=Attendance.PRESENT)
            wrong += mismatch(name, play, act, expected)

    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_a_number_from_nadine_is_entered_only_for_an_approved_letter_by_analis_or_tata_usaha(name):
    play = played()[name]
    wrong = []
    for member in EVERYBODY:
        for document in ("data_capaian", "tidak_ada", *LETTERS):
            if document not in LETTERS:
                expected = Unknown
            elif member not in COMPLETERS:
                expected = NotHolder
            else:
                expected = ApprovalUndone if is_undone(name, document) else Unknown
                expected = None if is_approved(name, document) else expected
            wrong += mismatch(name, play, acts.RecordNadine(by=member, document=document, number="1.ND/2026"), expected)

    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_a_question_is_asked_only_by_the_open_desk_of_another_desk(name):
    play, scene = played()[name], SCENES[name]
    last = play.case.tasks[-1]
    wrong = []
    for member in EVERYBODY:
        for role in ("sekretaris", "kabag_umum", "analis_sdm", "tata_usaha", "unit_terkait", "biro_sdm", "admin", ""):
            if member != (scene.desk or TU):
                expected = NotHolder
            elif name == "archived":
                expected = AlreadyDecided
            else:
                expected = None if HOLDERS.get(role, member) != member else Unknown
            wrong += mismatch(name, play, acts.Ask(by=member, task=last.id, to_role=role, text="Sudah?"), expected)

    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_a_question_is_answered_only_by_the_desk_that_was_asked(name):
    play = played()[name]
    wrong = []
    for member in EVERYBODY:
        was_asked = NAMES.index(name) >= NAMES.index("2 half")
        expected = (None if member == KABAG else NotHolder) if was_asked else Unknown
        wrong += mismatch(name, play, acts.AnswerQuestion(by=member, question=1, text="Sudah."), expected)
        wrong += mismatch(name, play, acts.AnswerQuestion(by=member, question=2, text="Sudah."), Unknown)

    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_a_running_case_is_not_opened_again_and_knows_no_other_tasks(name):
    play = played()[name]
    opening = acts.OpenCase(
        by=TU, period="2026", letter_number="B-1", letter_date=date(2026, 10, 30), file=a_file("surat.pdf")
    )
    wrong = [item for member in EVERYBODY for item in mismatch(name, play, opening, Unknown, by=member)]
    for number in (-1, 0, len(play.case.tasks) + 1):
        for act in closing_acts(KABAG, number, 1):
            wrong += mismatch(name, play, act, Unknown)

    assert wrong == []


@pytest.mark.parametrize("member", EVERYBODY)
def test_a_case_is_opened_only_by_those_who_may_start(member):
    act = acts.OpenCase(
        by=member, period="2026", letter_number="B-1", letter_date=date(2026, 10, 30), file=a_file("surat.pdf")
    )

    refusal = begin(SOP, "hash", act, START, an_office()).refusal

    assert type(refusal) is (type(None) if member in (SEKRETARIS, TU, ADMIN) else NotHolder)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"period": "2024"}, FieldMissing),
        ({"period": "2028"}, FieldMissing),
        ({"period": "02026"}, FieldMissing),
        ({"period": "\u0662\u0660\u0662\u0666"}, FieldMissing),
        ({"period": "tahun ini"}, FieldMissing),
        ({"letter_number": "  "}, FieldMissing),
        ({"period": "2025"}, type(None)),
        ({"period": "2027"}, type(None)),
    ],
)
def test_a_case_needs_a_year_near_by_and_the_letter_s_number(change, expected):
    fields = {"period": "2026", "letter_number": "B-1", "letter_date": date(2026, 10, 30), "file": a_file("a.pdf")}

    decision = begin(SOP, "hash", acts.OpenCase(by=TU, **(fields | change)), START, an_office())

    assert type(decision.refusal) is expected


def mismatch(name, play, act, expected, *, by=None):
    """What the engine did otherwise than expected; an accepted act must change the case, a refused one nothing."""
    act = act if by is None else act.model_copy(update={"by": by})
    decision = decide(play.sop, play.case, act, play.at, play.office)
    got = type(decision.refusal) if decision.refusal else None
    wrong = [] if got is expected else [(name, act.by, act.act, act, getattr(got, "__name__", got))]
    if decision.refusal:
        assert decision.events == ()
    else:
        assert replay(decision.events, play.case) != play.case
    return wrong


def test_asking_the_engine_changes_no_case():
    before = {name: play.case.model_dump_json() for name, play in played().items()}

    test_a_decision_passes_only_at_its_desk_while_it_is_open_and_complete()

    assert {name: play.case.model_dump_json() for name, play in played().items()} == before
