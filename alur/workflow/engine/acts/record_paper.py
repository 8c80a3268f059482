"""*Catat Keputusan Tertulis*: what was decided on paper, recorded with its sheet by Tata Usaha (decision 44).

What was decided is an act of the task's own kind, begun, made and decided by its own rule: there is one set of guards.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, tzinfo
from typing import Annotated, Any, Literal

from pydantic import Field as Default

from alur.workflow.case import Task, Version, sheet_id
from alur.workflow.engine.acts.approve import Approve, ApproveRule
from alur.workflow.engine.acts.close_meeting import CloseMeeting, CloseMeetingRule
from alur.workflow.engine.acts.direct import Direct, DirectRule
from alur.workflow.engine.acts.dispose import Dispose, DisposeRule
from alur.workflow.engine.acts.return_work import ReturnRule, ReturnWork
from alur.workflow.engine.acts.submit import Submit, SubmitRule
from alur.workflow.engine.letters import check_letter
from alur.workflow.engine.paper import (
    NOBODY,
    Signer,
    ahead_of,
    check_begun,
    check_sure,
    first_day,
    paper_days,
    refused,
    signed_by,
    signer_of,
    signers,
    taken_at,
)
from alur.workflow.engine.rule import Deciding, DecidingRule, DecisionRule
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.versions import next_number
from alur.workflow.errors import DateMissing, DocumentsMissing, Incomplete, NotHolder, OutOfDate, OwnDraft, Unknown
from alur.workflow.events import Event, TaskClosed, VersionAdded, WorkReturned
from alur.workflow.file_kinds import PAPER
from alur.workflow.files import FileRef
from alur.workflow.forms import Field, Form, Option, Where, file_of
from alur.workflow.mending import Paper
from alur.workflow.people import ADMIN, Actor, AppointmentKind, nearest_with, roles_with
from alur.workflow.presses import On, known
from alur.workflow.sop import Right, TaskKind
from alur.workflow.written import LONGEST_NAME

Inner = Annotated[
    Dispose | Submit | Approve | ReturnWork | CloseMeeting | Direct,
    Default(discriminator="act"),
]
INNER: tuple[DecisionRule[Any], ...] = (
    DisposeRule(),
    SubmitRule(),
    ApproveRule(),
    ReturnRule(),
    CloseMeetingRule(),
    DirectRule(),
)
ACTING = (AppointmentKind.PLH.value, AppointmentKind.PLT.value)
KINDS = tuple(Option(value=kind.value, label="") for kind in AppointmentKind)


class RecordPaper(Deciding):
    act: Literal["record_paper"] = "record_paper"
    inner: Inner  # what was decided; by whom, of which task and at which revision is said here
    signer: Signer
    dated: date
    sheet: FileRef
    is_sure: bool = False  # *Kirim* was pressed a second time, after who signed was asked about


class RecordPaperRule(DecidingRule[RecordPaper]):
    """Of any open task but the archive, which is Tata Usaha's own, whoever holds it. An administrator does it where nobody else
    may.
    """

    act, name = RecordPaper, "paper"
    asks = True
    on_status = True
    answer = "paper_recorded"

    def subjects(self, s: Situation) -> tuple[On, ...]:
        return tuple(On(task=task.id) for task in s.case.open_tasks if task.kind is not TaskKind.ARCHIVE)

    def may(self, s: Situation, member: int, on: On) -> Actor:
        task = s.open_task(on.task)
        if task.kind is TaskKind.ARCHIVE:
            raise Unknown(subject=f"{s.case.code}.{task.id}")
        roles = roles_with(s.sop, Right.PAPER)
        actor = s.actor(member, roles)
        held = any(s.office.holders(role, s.at) for role in roles if role != ADMIN)
        if actor.role == ADMIN and held and actor is not s.signer:
            raise NotHolder(role=nearest_with(s.sop, Right.PAPER))
        return actor

    def begin(self, s: Situation, member: int, on: On) -> Form:
        """What stands against every decision on the task now is said before anything is asked."""
        self.check_running(s)
        self.may(s, member, on)
        task = s.task(on.task)
        check_begun(s, task)
        _check_complete(s, task)
        return self.form(s, member, on)

    def form(self, s: Situation, member: int, on: On) -> Form:
        task = s.task(on.task)
        about = On(task=task.id, revision=task.revision)
        decision, known_signers = _decision(s, task), signers(s, task)
        typed = Where(field="signer", values=tuple(item.value for item in known_signers), is_other=True)
        fields = (
            decision,
            Field(name="signer", kind="text", most=LONGEST_NAME, options=known_signers),
            Field(name="kind", kind="choice", options=KINDS, only=(typed,)),
            Field(
                name="order",
                kind="text",
                most=LONGEST_NAME,
                optional=True,
                only=(typed, Where(field="kind", values=ACTING)),
            ),
            Field(
                name="date",
                kind="date",
                options=paper_days(s, task),
                earliest=first_day(s, task),
                ahead_of=ahead_of(s, task),
                latest=s.at.astimezone(s.office.calendar.zone).date(),
            ),
            *_asked(s, task),
            Field(name="sheet", kind="file", accepts=PAPER),
        )
        answers = {"decision": decision.options[0].value} if decision.fixed else {}
        return self.asking(s, about, fields=fields, answers=answers)

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> RecordPaper:
        form = known(form, "form")
        rule, way = _chosen(form)
        return RecordPaper(
            by=member,
            task=known(on.task, "task"),
            revision=on.revision,
            inner=rule.made(NOBODY, on.model_copy(update={"way": way}), form, zone),
            signer=signer_of(form),
            dated=date.fromisoformat(form.answers["date"]),
            sheet=known(file_of(form, "sheet"), "sheet"),
            is_sure=form.is_doubted,
        )

    def decide(self, s: Situation, act: RecordPaper) -> tuple[Event, ...]:
        recorder, task = self.may(s, act.by, On(task=act.task)), s.task(act.task)
        if act.revision != task.revision:
            raise OutOfDate(step=task.step)
        check_letter(act.sheet)
        at, signer = taken_at(s, task, act.dated), signed_by(s, task, act.signer, act.dated)
        inner = act.inner.model_copy(update={"by": signer.member, "task": task.id, "revision": task.revision})
        then = replace(s, at=at, signer=signer, lands=s.landing)
        rule = next(item for item in INNER if item.act is type(inner))
        try:
            decided = rule.decide(then, inner)
        except OwnDraft as refusal:
            raise refused("draft", signer, act.dated) from refusal
        if not act.is_sure and s.signer is None:  # what is handed on was asked about when it was recorded
            check_sure(s, task, act.signer, signer, act.dated)
        paper = Paper(by=recorder, at=s.at, sheet=act.sheet)
        events = tuple(_marked(event, task, paper) for event in decided)
        return (*events, _sheet(s, task, paper, events))


def _decision(s: Situation, task: Task) -> Field:
    """What was decided: each rule, or each of its ways. Where the task leaves no choice it is said."""
    options = tuple(option for rule in _rules(s, task) for option in _options(s, task, rule))
    return Field(name="decision", kind="choice", options=options, fixed=len(options) == 1)


def _options(s: Situation, task: Task, rule: DecisionRule[Any]) -> Iterator[Option]:
    ways = () if rule.name == ReturnRule.name else s.definition(task).ways
    yield from (Option(value=f"{rule.name}:{way.to}", label=way.label) for way in ways)
    if not ways:
        yield Option(value=rule.name, label="")


def _rules(s: Situation, task: Task) -> Iterator[DecisionRule[Any]]:
    for rule in INNER:
        if rule.kind is task.kind and (rule.name != ReturnRule.name or s.definition(task).returns_to is not None):
            yield rule


def _chosen(form: Form) -> tuple[DecisionRule[Any], int | None]:
    """The rule, and the way where there are several."""
    name, _, way = str(form.answers["decision"]).partition(":")
    rule = next((item for item in INNER if item.name == name), None)
    return known(rule, "decision"), int(way) if way else None


def _asked(s: Situation, task: Task) -> Iterator[Field]:
    """What the act itself asks for. On paper nothing is proposed: what was ticked there is ticked here."""
    rules = tuple(_rules(s, task))
    for rule in rules:
        form = rule.form(s, NOBODY, On(task=task.id, revision=task.revision))
        values = tuple(option.value for option in _options(s, task, rule))
        only = (Where(field="decision", values=values),) if len(rules) > 1 else ()
        yield from (_on_paper(item, only) for item in _answerable(form.fields if form else ()))


def _answerable(fields: Iterable[Field]) -> tuple[Field, ...]:
    """Where there is nothing to tick, or nothing was ticked, the words are asked for."""
    kept = tuple(item for item in fields if item.kind != "ticks" or item.options)
    ticks = next((item.name for item in kept if item.kind == "ticks"), None)
    said = {"unless": ticks} if ticks else {"on_demand": False}
    return tuple(item.model_copy(update=said) if item.on_demand else item for item in kept)


def _on_paper(field: Field, only: tuple[Where, ...]) -> Field:
    """Ticks are a question of their own here; a reason that is attached stands on the sheet."""
    kind = "text" if field.kind == "reason" else field.kind
    return field.model_copy(update={"inline": False, "kind": kind, "only": only})


def _check_complete(s: Situation, task: Task) -> None:
    """Raises what the task lacks for any decision at all: a document, a meeting's date. What a form brings is not asked yet."""
    rule = next(iter(_rules(s, task)))
    way = next((item.to for item in s.definition(task).ways), None)
    on = On(task=task.id, revision=task.revision, way=way)
    form = rule.asking(s, on, fields=())
    nobody = Actor(member=NOBODY, role=task.role, name="")
    try:
        rule.decide(replace(s, signer=nobody), rule.made(NOBODY, on, form, s.office.calendar.zone))
    except (DateMissing, DocumentsMissing):
        raise
    except Incomplete:
        return


def _marked(event: Event, task: Task, paper: Paper) -> Event:
    match event:
        case TaskClosed(task=task.id, closing=closing):
            return event.model_copy(update={"closing": closing.model_copy(update={"paper": paper})})
        case WorkReturned(back=back):
            return event.model_copy(update={"back": back.model_copy(update={"paper": paper})})
    return event


def _sheet(s: Situation, task: Task, paper: Paper, events: tuple[Event, ...]) -> VersionAdded:
    """Kept as a paper of the case, beside the SOP's documents."""
    document = sheet_id(task.step, task.index, task.round)
    made = sum(isinstance(event, VersionAdded) for event in events)
    version = Version(
        id=len(s.case.versions) + made + 1,
        document=document,
        number=next_number(s.case, document),
        file=paper.sheet,
        by=paper.by,
        at=paper.at,
        step=task.step,
    )
    return VersionAdded(version=version, use="sheet")
