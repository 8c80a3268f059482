"""*Catat Keputusan Tertulis*: what was decided on paper counts as if it had been pressed on the paper's day, under the same guards."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from alur.workflow.apply import replay
from alur.workflow.case import Outcome
from alur.workflow.engine import decide
from alur.workflow.engine.acts import named
from alur.workflow.engine.filing import default_archive
from alur.workflow.engine.paper import Signer
from alur.workflow.errors import (
    AlreadyDecided,
    CaseIsSuspended,
    DateMissing,
    DayOutside,
    DecisionHeld,
    DocumentsMissing,
    FieldMissing,
    FileRefused,
    NotBegun,
    NoteMissing,
    NotHolder,
    OutOfDate,
    ReasonMissing,
    SignerDoubtful,
    SignerRefused,
    Unknown,
    WayMissing,
    WordsMissing,
)
from alur.workflow.events import EVENTS, CaseSuspended, VersionAdded, WorkReturned
from alur.workflow.form_moves import changing, chosen, correcting, filed, proceeded, toggled, typed
from alur.workflow.mending import Paper, Suspension
from alur.workflow.people import AppointmentKind, Invited
from alur.workflow.presses import On
from alur.workflow.reading import readable
from tests import acts
from tests.factories import (
    ADMIN,
    ANALIS,
    BIRO,
    HADI,
    KABAG,
    MEMO,
    PEOPLE,
    SEKRETARIS,
    SOP,
    TU,
    WIB,
    Walk,
    a_file,
    an_appointment,
    an_office,
    walked,
    with_hadi,
)
from tests.workflow.test_held import decided_slowly
from tests.workflow.test_memo_by_random_walks import HOLDERS

SHEET = a_file("lembar.pdf")
LATER = timedelta(days=3)


def quantity(case):
    return int(default_archive(SOP, case, WIB)["quantity"].split()[0])


def recorded(walk, **parts):
    """The walk after it, whether it was held back or not."""
    made = decided_slowly(walk.sop, walk.case, walk.on_paper(**parts), walk.at, walk.office)
    assert made.refusal is None, (made.refusal, made.refusal and made.refusal.facts)
    walk.events = made.events
    walk.case = replay(EVENTS.validate_python([item.model_dump(mode="json") for item in made.events]), walk.case)
    return walk


def dressed(step, index=0):
    """The desk has what its decision takes; the meetings have begun."""
    walk = walked(step, index)
    if walk.task.kind in ("prepare", "convene"):
        if walk.s.is_meeting(step) and walk.case.meeting(step) is None:
            walk.schedule(ANALIS, step, starts=datetime(2026, 11, 20, 9, tzinfo=WIB))
        elif schedules := walk.s.definition(walk.task).schedules:
            walk.schedule(ANALIS, schedules)
        for document in walk.s.step(walk.task).uploads:
            walk.upload(ANALIS, document)
        if meeting := walk.case.meeting(step):
            walk.until(max(walk.at, meeting.starts + timedelta(hours=1)))
    return walk


PLACES = [(item.number, index) for item in SOP.steps for index, task in enumerate(item.tasks) if task.kind != "archive"]


@pytest.mark.parametrize("place", PLACES)
def test_every_desk_may_decide_on_paper_by_somebody_who_is_nobody_here(place):
    walk = dressed(*place)
    task = walk.task
    recorded(walk, dated=walk.at.date())
    closing = walk.case.task(task.id).closing
    assert (closing.by.name, closing.by.member, closing.by.role) == ("Prof. Baskoro", 0, task.role)
    assert closing.paper == Paper(
        by=walk.office.appointment(TU, ("tata_usaha",), walk.at).actor(), at=walk.at, sheet=SHEET
    )
    assert walk.task.id not in (None, task.id)
    (sheet,) = [item.version for item in walk.events if isinstance(item, VersionAdded) and item.use == "sheet"]
    assert (sheet.sheet_of, sheet.file, sheet.number) == ((*place, 1), SHEET, 1)
    assert walk.case.version(sheet.id) == sheet
    rest = tuple(item for item in walk.case.versions if item != sheet)
    unsheeted = walk.case.model_copy(update={"versions": rest})
    assert quantity(walk.case) == quantity(unsheeted) + 1  # it is filed, too


@pytest.mark.parametrize(("step", "to"), [(6, 5), (7, 6), (10, 9)])
def test_a_return_on_paper_says_so_beside_its_reason(step, to):
    walk = recorded(walked(step), kind=acts.ReturnWork, reason="Tabel belum sesuai.")
    (back,) = [item.back for item in walk.events if isinstance(item, WorkReturned)]
    assert back.paper.sheet == SHEET
    assert (walk.task.step, walk.case.returns[0].by.name) == (to, "Prof. Baskoro")


def test_it_is_on_time_by_the_papers_date_and_the_next_desk_counts_from_the_recording():
    walk = walked(7)
    task = walk.task
    due, landed = task.due, task.landed_at.date()
    walk.until(due + timedelta(days=2, hours=-3))
    recorded(walk, dated=landed)
    closing = walk.case.task(task.id).closing
    assert closing.at == datetime.combine(landed, closing.at.timetz())
    assert closing.at <= due < closing.recorded_at == walk.at
    assert walk.task.landed_at == walk.at
    assert walk.task.due is None or walk.task.due > walk.at


def test_of_the_day_on_which_it_is_recorded_the_moment_is_the_recording():
    walk = walked(6)
    recorded(walk, dated=walk.at.date())
    assert walk.case.tasks[-2].closing.at == walk.at
    assert walk.task.landed_at == walk.at


def test_one_that_is_recorded_after_closing_lands_then():
    walk = walked(6)
    walk.until(walk.at.replace(hour=18))
    recorded(walk, dated=walk.at.date())
    closed = walk.case.tasks[-2].closing.at
    assert (closed.hour, walk.task.landed_at) == (16, walk.at)


def test_a_held_one_lands_when_it_was_recorded_though_it_is_handed_on_after_closing():
    walk = walked(6)
    walk.until((walk.at + timedelta(days=1)).replace(hour=15, minute=59, second=50))
    at_once = decide(SOP, walk.case, walk.on_paper(), walk.at, walk.office)
    held = decide(SOP, walk.case, walk.on_paper(), walk.at, walk.office, undo=timedelta(seconds=20))
    between = replay(held.events, walk.case)
    due = between.held_tasks[0].held.until
    assert between.held_tasks[0].held.by == TU
    released = decide(SOP, between, acts.HandOn(by=0, task=between.held_tasks[0].id), due, walk.office)
    late, prompt = replay(released.events, between), replay(at_once.events, walk.case)
    assert late.tasks[-1].due == prompt.tasks[-1].due
    assert late.tasks[-1].landed_at == walk.at


def test_its_recorder_may_withdraw_it_and_nobody_else():
    walk = walked(7)
    task = walk.task
    walk.case = replay(
        decide(SOP, walk.case, walk.on_paper(), walk.at, walk.office, undo=timedelta(seconds=20)).events, walk.case
    )
    assert type(walk.refusal(acts.WithdrawDecision(by=SEKRETARIS, task=task.id))) is DecisionHeld
    walk.do(acts.WithdrawDecision(by=TU, task=task.id))
    assert walk.task.id == task.id
    assert not [item for item in walk.case.versions if item.sheet_of]


HADI_SIGNS = Signer(member=HADI)
GUARDS = [
    # the place, what is tried, the refusal
    (7, {"by": SEKRETARIS}, NotHolder),
    (7, {"by": KABAG}, NotHolder),
    (7, {"by": ADMIN}, NotHolder),
    (7, {"revision": 99}, OutOfDate),
    (7, {"sheet": a_file("lembar.docx")}, FileRefused),
    (7, {"dated": date(2030, 1, 1)}, DayOutside),
    (7, {"dated": date(2026, 1, 1)}, DayOutside),
    (7, {"signer": Signer(name="  ")}, FieldMissing),
    (7, {"signer": Signer(member=KABAG, kind=AppointmentKind.PLH)}, FieldMissing),
    (7, {"signer": Signer(invitation=5)}, FieldMissing),
    (7, {"text": None}, WordsMissing),
    (7, {"kind": acts.ReturnWork, "reason": "Ya"}, ReasonMissing),
    (7, {"kind": acts.ReturnWork}, ReasonMissing),
    (7, {"kind": acts.ReturnWork, "reason": "Tabel belum sesuai.", "documents": ("undangan",)}, Unknown),
    (7, {"kind": acts.Dispose}, Unknown),
    (2, {}, DocumentsMissing),
    (6, {"signer": Signer(name="ibu rina")}, SignerRefused),
    (6, {"signer": Signer(name="Rina"), "kind": acts.ReturnWork, "reason": "Tabel belum sesuai."}, SignerRefused),
    (6, {"signer": Signer(name="Rina Suryani")}, SignerRefused),
    (6, {"signer": Signer(name="Rini Suryani")}, None),
    (12, {}, Unknown),
]


@pytest.mark.parametrize(("step", "parts", "refusal"), GUARDS)
def test_the_guards_are_those_of_the_chat(step, parts, refusal):
    walk = walked(step)
    found = walk.refusal(walk.on_paper(**parts))
    assert type(found) is (refusal or type(None)), (found, found and found.facts)


def test_who_drafted_on_paper_may_not_approve_on_paper_though_nobody_knows_him():
    walk = walked(5)
    for document in walk.s.step(walk.task).uploads:
        walk.upload(ANALIS, document)
    recorded(walk, signer=Signer(name="Baskoro"))
    refused = walk.refusal(walk.on_paper(signer=Signer(name="BASKORO ")))
    assert (type(refused), refused.facts["reason"]) == (SignerRefused, "draft")
    assert walk.refusal(walk.on_paper(signer=Signer(name="Suryo"))) is None


def test_unchanged_papers_after_a_return_need_their_note_on_paper_too():
    walk = walked(7).send_back(SEKRETARIS)
    assert type(walk.refusal(walk.on_paper(text=None))) is NoteMissing
    form = named("paper").begin(walk.s, TU, On(task=walk.task.id))
    assert "text" in {item.name for item in form.fields}


def test_a_meeting_is_closed_on_paper_no_earlier_than_it_began():
    walk = walked(4)
    assert type(walk.refusal(walk.on_paper())) is NotBegun
    with pytest.raises(NotBegun):
        named("paper").begin(walk.s, TU, On(task=walk.task.id))
    walk = dressed(4)
    early = walk.refusal(walk.on_paper())
    assert (type(early), early.facts["why"]) == (DayOutside, "meeting")
    walk = walked(8)
    with pytest.raises(DateMissing):
        named("paper").begin(walk.s, TU, On(task=walk.task.id))


def test_a_task_that_was_decided_meanwhile_says_by_whom():
    walk = walked(7)
    act = walk.on_paper()
    walk.approve(SEKRETARIS)
    assert type(walk.refusal(act)) is AlreadyDecided
    walk = walked(7)
    by = PEOPLE[6].actor()
    walk.case = replay(
        [
            CaseSuspended(
                suspension=Suspension(by=by, at=walk.at, reason="Cuti."),
            )
        ],
        walk.case,
    )
    assert type(walk.refusal(walk.on_paper())) is CaseIsSuspended


def test_a_version_that_came_later_was_not_on_the_desk_that_day():
    walk = walked(7).send_back(SEKRETARIS)
    first = walk.at
    assert walk.refusal(walk.on_paper(dated=date(2026, 10, 1))).facts["why"] == "task"
    assert walk.refusal(walk.on_paper(dated=date(2026, 12, 1))).facts["why"] == "now"
    walk.until(first + LATER).upload(KABAG, "konsep_nota_dinas_rapat", "baru.docx")
    late = walk.refusal(walk.on_paper(dated=first.date()))
    assert (type(late), late.facts["why"]) == (DayOutside, "papers")
    assert walk.refusal(walk.on_paper(dated=walk.at.date())) is None


def test_an_administrator_records_only_where_nobody_else_may():
    office = an_office(people=[item for item in PEOPLE if item.member != TU])
    walk = walked(7)
    walk.office = office
    assert walk.refusal(walk.on_paper(by=ADMIN)) is None
    made = decide(SOP, walk.case, walk.on_paper(by=ADMIN), walk.at, office, undo=timedelta(seconds=20))
    between = replay(made.events, walk.case)
    back = an_office()
    handed_on = decide(SOP, between, acts.HandOn(by=0, task=walk.task.id), walk.at + LATER, back)
    assert handed_on.refusal is None


def test_whoever_is_chosen_held_the_post_on_the_papers_day():
    """Also one in whose place a Plh acts, and one who has left since."""
    left = an_appointment(91, "sekretaris", "Suryo", sapaan="Bapak", ends=date(2026, 11, 4))
    office = with_hadi(an_office(people=(*PEOPLE, left)))
    walk = walked(7, office=office)
    walk.until(walk.at + LATER)
    last = walk.at.date()
    refused = walk.refusal(walk.on_paper(signer=Signer(member=91), dated=last))
    assert (refused.facts["reason"], refused.facts["by"], refused.facts["starts"]) == (
        "post",
        "Suryo",
        last.isoformat(),
    )
    at_six = walked(6, office=office)
    recorded(at_six, signer=HADI_SIGNS)
    closing = at_six.case.tasks[-2].closing
    assert (closing.by.member, closing.by.kind) == (HADI, AppointmentKind.DEFINITIVE)
    offered = {
        item.label: item.value
        for item in named("paper")
        .form(walked(6, office=office).s, TU, On(task=at_six.case.tasks[-2].id))
        .field("signer")
        .options
    }
    assert offered == {"Ibu Dewi Lestari": f"plh:kabag_umum:m{KABAG}", "Bapak Hadi": f"definitif:kabag_umum:m{HADI}"}


def test_who_was_invited_and_has_not_joined_may_have_signed():
    invited = Invited(id=5, role="sekretaris", name="Suryo", sapaan="Bapak", until=datetime(2026, 12, 1, tzinfo=WIB))
    office = replace(an_office(), invited=(invited,))
    walk = walked(7, office=office)
    form = named("paper").begin(walk.s, TU, On(task=walk.task.id))
    assert "definitif:sekretaris:i5" in {item.value for item in form.field("signer").options}
    recorded(walk, signer=Signer(invitation=5))
    assert walk.case.tasks[-2].closing.by.name == "Suryo"


def test_a_typed_name_that_the_office_knows_is_whose_it_is():
    walk = recorded(walked(7), signer=Signer(name="bapak hartono", kind=AppointmentKind.PLT))
    closing = walk.case.tasks[-2].closing
    assert (closing.by.member, closing.by.kind) == (SEKRETARIS, AppointmentKind.DEFINITIVE)
    walk = recorded(walked(7), signer=Signer(name="Baskoro", kind=AppointmentKind.PLT, order="7/SPt/2026"))
    closing = walk.case.tasks[-2].closing
    assert (closing.by.kind, closing.by.order) == (AppointmentKind.PLT, "7/SPt/2026")


@pytest.mark.parametrize(
    ("signer", "reason", "by"),
    [
        (Signer(name="Har"), "name", "Hartono"),  # half of a name
        (Signer(name="Hartono Wijaya"), "name", "Hartono"),
        (Signer(name="Suryo"), "name", "Suryono"),  # who was invited
        (Signer(name="Rin", kind=AppointmentKind.PLH), "name", "Rina"),
        (Signer(name="Prof. Baskoro"), "holder", "Hartono"),
        (Signer(name="Dewi Lestari", kind=AppointmentKind.PLT), "acting", "Dewi Lestari"),
        (Signer(name="Prof. Baskoro", kind=AppointmentKind.PLT), None, None),
        (Signer(name="Dr. Hartono, S.H.", kind=AppointmentKind.PLT), None, None),  # he is it
    ],
)
def test_a_typed_name_that_may_be_anothers_is_asked_about_once(signer, reason, by):
    invited = Invited(id=5, role="sekretaris", name="Suryono", until=datetime(2026, 12, 1, tzinfo=WIB))
    walk = walked(7, office=replace(an_office(), invited=(invited,)))
    refusal = walk.refusal(walk.on_paper(signer=signer, is_sure=False))
    assert (refusal and (type(refusal), refusal.facts["reason"], refusal.facts["by"])) == (
        reason and (SignerDoubtful, reason, by)
    )
    assert walk.refusal(walk.on_paper(signer=signer)) is None


def test_what_is_handed_on_is_not_asked_about_again_though_the_office_knows_another_name_by_then():
    walk = walked(7).holding().record(signer=Signer(name="Baskoro", kind=AppointmentKind.PLT), is_sure=False)
    invited = Invited(id=5, role="sekretaris", name="Baskoro Wijaya", until=datetime(2026, 12, 1, tzinfo=WIB))
    walk.office = replace(walk.office, invited=(invited,))
    assert walk.hand_on().task.step == 8


def test_a_member_is_not_made_the_holder_by_typing_his_name():
    walk = walked(7)
    refusal = walk.refusal(walk.on_paper(signer=Signer(name="Dewi Lestari")))
    assert (type(refusal), refusal.facts["reason"], refusal.facts["role"]) == (SignerRefused, "post", "sekretaris")


def test_a_name_is_recorded_as_it_was_written():
    walk = recorded(walked(7), signer=Signer(name=" Baskoro  S., S.H. "))
    assert walk.case.tasks[-2].closing.by.name == "Baskoro S., S.H."


def test_of_each_round_the_sheet_is_a_document_of_its_own():
    walk = recorded(walked(7), kind=acts.ReturnWork, reason="Tabel belum sesuai.")
    recorded(walk.approve(KABAG, text="Sudah sesuai."))
    sheets = [item for item in walk.case.versions if item.sheet_of]
    assert [(item.document, item.number, item.sheet_of) for item in sheets] == [
        ("sheet7.0", 1, (7, 0, 1)),
        ("sheet7.0.2", 1, (7, 0, 2)),
    ]
    there = readable(walk.s, member=KABAG, unit=None, roles=("kabag_umum",))
    assert set(sheets) <= set(there)


# The form


def answered(form, *moves, today=date(2026, 11, 3)):
    for name, value in moves:
        assert form.asking == name, (form.asking, name)
        field = form.field(name)
        if field.kind == "ticks":
            for item in value:
                form = toggled(form, name, item)
            form = proceeded(form)
        elif field.kind == "file":
            form = filed(form, value)
        elif value is None:
            form = proceeded(form)
        elif value in {item.value for item in field.options}:
            form = chosen(form, name, value)
        else:
            form = typed(form, value, today=today, zone=WIB)
    assert form.asking is None
    return form


def begun(walk, by=TU):
    return named("paper").begin(walk.s, by, On(task=walk.task.id))


def made(form):
    return named("paper").made(TU, form.on, form, WIB)


def test_the_form_asks_what_was_decided_by_whom_when_and_for_the_acts_own_words():
    walk = walked(7)
    walk.until(walk.at + timedelta(days=1))
    ticks = walk.s.definition(walk.task).instructions[:2]
    today = walk.at.date()
    form = answered(
        begun(walk),
        ("decision", "approve"),
        ("signer", "Prof. Baskoro"),
        ("kind", "plh"),
        ("order", None),
        ("date", "kemarin"),
        ("ticks", ticks),
        ("sheet", SHEET),
        today=today,
    )
    act = made(form)
    assert (act.inner.ticks, act.dated, act.signer) == (
        ticks,
        today - timedelta(days=1),
        Signer(name="Prof. Baskoro", kind="plh"),
    )
    assert act.inner.text is None
    assert walk.refusal(act) is None


def test_where_nothing_is_ticked_the_words_are_asked_for():
    form = begun(walked(7))
    for name, value in (("decision", "approve"), ("signer", f"definitif:sekretaris:m{SEKRETARIS}"), ("date", "3/11")):
        form = chosen(form, name, value) if name != "date" else typed(form, value, today=date(2026, 11, 3), zone=WIB)
    bare = proceeded(form)
    assert (bare.asking, bare.is_ready, bare.may_skip(bare.asked)) == ("text", False, False)
    bare = filed(typed(bare, "Setuju.", today=date(2026, 11, 3), zone=WIB), SHEET)
    assert (bare.asking, bare.note_field) == (None, None)
    ticked = proceeded(toggled(form, "ticks", form.field("ticks").options[0].value))
    assert ticked.asking == "sheet"
    ticked = filed(ticked, SHEET)
    assert ticked.note_field.name == "text"
    undone = proceeded(toggled(correcting(changing(ticked), "ticks"), "ticks", form.field("ticks").options[0].value))
    assert undone.asking == "text"


def test_a_return_asks_for_documents_and_reason_and_a_tapped_signer_for_no_kind():
    walk = walked(7)
    form = answered(
        begun(walk),
        ("decision", "return"),
        ("signer", f"definitif:sekretaris:m{SEKRETARIS}"),
        ("date", "3/11"),
        ("documents", ()),
        ("reason", "Tabel belum sesuai."),
        ("sheet", SHEET),
    )
    act = made(form)
    assert (act.signer.member, act.inner.reason, act.inner.act) == (SEKRETARIS, "Tabel belum sesuai.", "return")
    assert walk.refusal(act) is None


def test_where_nothing_is_left_to_choose_what_was_decided_is_not_asked():
    walk = dressed(2)
    form = begun(walk)
    assert form.asking == "signer"
    done = answered(
        form,
        ("signer", f"definitif:analis_sdm:m{ANALIS}"),
        ("date", "2026-11-02"),
        ("sheet", SHEET),
    )
    assert type(made(done).inner) is acts.Submit


@pytest.mark.parametrize("text", ["4 Nov 2026", "1 Nov 2026", "besok"])
def test_a_day_that_cannot_be_is_asked_for_again_and_nothing_is_lost(text):
    walk = walked(6)
    form = chosen(chosen(begun(walk), "decision", "approve"), "signer", f"plh:kabag_umum:m{KABAG}")
    with pytest.raises((DayOutside, FieldMissing)):
        typed(form, text, today=walk.at.date(), zone=WIB)


# A procedure whose desks decide together and choose ways


def memo_at(step):
    walk = Walk(sop=MEMO, office=an_office()).open(way=2)
    while walk.task.step != step:
        task = walk.task
        if task.kind == "prepare":
            walk.upload(ANALIS, "konsep")
            walk.submit()
        else:
            walk.approve(HOLDERS[task.role])
    return walk


def test_of_desks_beside_each_other_each_may_decide_on_paper():
    walk = memo_at(3)
    assert [on.task for on in named("paper").subjects(walk.s)] == [task.id for task in walk.case.open_tasks]
    for task in walk.case.open_tasks:
        assert walk.task.step == 3
        recorded(walk, task=walk.case.task(task.id), signer=Signer(name=f"Pejabat {task.role}"))
    assert walk.task.step == 4
    assert [item.sheet_of for item in walk.case.versions if item.sheet_of] == [(3, 0, 1), (3, 1, 1), (3, 2, 1)]
    biro = readable(walk.s, member=BIRO, unit=None, roles=("biro_sdm",))
    assert len([item for item in biro if item.sheet_of]) == 3  # the next desk reads what led to it
    recorded(walk)
    assert (walk.task.step, [task.closing.outcome for task in walk.case.tasks if task.step == 4]) == (
        5,
        [Outcome.APPROVED, Outcome.ENDED],
    )


def test_the_ways_of_the_sop_are_what_may_have_been_decided():
    walk = memo_at(5)
    assert [item.value for item in begun(walk).field("decision").options] == ["approve:8", "approve:6", "return"]
    assert type(walk.refusal(walk.on_paper())) is WayMissing
    form = answered(
        begun(walk),
        ("decision", "approve:6"),
        ("signer", f"definitif:sekretaris:m{SEKRETARIS}"),
        ("date", "2026-11-02"),
        ("sheet", SHEET),
    )
    walk.do(made(form))
    assert walk.task.step == 6
    form = begun(walk)
    assert [item.label for item in form.field("decision").options] == ["Perlu Arahan", "Cukup"]
