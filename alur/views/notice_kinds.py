"""What each notice is made from: the facts and buttons of its template, one function a name. Called by
`alur.views.notices` alone.

A notice's function reads what it needs in `about`; what delivery looked up for it stands in `extra`: "sops" (all
procedures, for the names of roles) and, for `status`, "cases".
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from alur.views import answers, facts, status, words
from alur.views.buttons import button, nadine_buttons
from alur.views.menu import menu
from alur.views.notice import Notice, Parts, step_of
from alur.views.screen import Reader, Rows
from alur.workflow.engine import Situation
from alur.workflow.engine.acts.answer_question import AnswerQuestionRule
from alur.workflow.engine.acts.hand_over import HandOverRule
from alur.workflow.engine.standing import standing
from alur.workflow.people import ADMIN, Appointment, nearest_with, roles_with
from alur.workflow.presses import On, PressAct
from alur.workflow.sop import Right

MAKERS: dict[str, Callable[[Notice], Parts]] = {}


def _maker(make: Callable[[Notice], Parts]) -> Callable[[Notice], Parts]:
    MAKERS[make.__name__.removeprefix("_")] = make
    return make


def _plain(*names: str) -> None:
    """Notices whose template needs nothing but `about`."""
    for name in names:
        MAKERS[name] = lambda _: ({}, ())


_plain(
    "stranger",
    "invite_refused",
    "file_refused",
    "file_unwanted",
    "file_settled",
    "not_understood",
    "forwarded",
    "tasks",
    "update_failed",
    "parked",
    "calendar_faulty",
    "enrolled",
    "delivered",
)


@_maker
def _help(notice: Notice) -> Parts:
    """By role: what the reader's desks do, and which commands are his."""
    roles = set(notice.about.get("roles", notice.reader.roles))
    kinds = {task.kind.value for sop in notice.sops for step in sop.steps for task in step.tasks if task.role in roles}
    helps = any(roles & set(task.helpers) for sop in notice.sops for step in sop.steps for task in step.tasks)
    invited = any(roles & set(task.participants) for sop in notice.sops for step in sop.steps for task in step.tasks)
    dates = any(task.waits_for in roles for sop in notice.sops for step in sop.steps for task in step.tasks)
    mine = menu(notice.about.get("commands", ())).commands
    return {"kinds": kinds, "helps": helps, "invited": invited, "dates": dates, "menu": mine}, ()


@_maker
def _welcome(notice: Notice) -> Parts:
    """What comes here, what is to be done with it, whom to ask: a desk's work, a guest's invitations, or what whoever
    only runs the bot is told.
    """
    roles = set(notice.about["roles"])
    ask = next((nearest_with(sop, Right.REPORT) for sop in notice.sops), ADMIN)
    tasks = [task for sop in notice.sops for step in sop.steps for task in step.tasks]
    return {
        "has_desk": any(task.role in roles for task in tasks),
        "is_invited": any(roles & set(task.participants) for task in tasks),
        "dates": any(task.waits_for in roles for task in tasks),
        "starts": any(roles & set(roles_with(sop, Right.START)) for sop in notice.sops),
        "ask": ADMIN if ask in roles else ask,
    }, ()


@_maker
def _file_received(notice: Notice) -> Parts:
    """What is still missing is the desk's business, not that of a guest who sent his own paper."""
    version = notice.situation.case.version(notice.about["version"])
    if version is None:
        raise ValueError(f"{notice.situation.case.code} has no version {notice.about['version']}")
    task = notice.situation.case.open_task
    desk = {task.role, *notice.situation.definition(task).helpers} if task else set()
    concerns = task is not None and version.task == task.id and bool(desk & set(notice.reader.roles))
    outputs = facts.outputs(notice.situation, task) if task and concerns else ()
    missing = [item.title for item in outputs if item.is_required and item.version is None]
    return {"version": version, "missing": missing}, ()


@_maker
def _status(notice: Notice) -> Parts:
    cases = notice.extra["cases"]
    found = [status.lines(s, notice.reader) for _, s in cases]
    news = [item for item in found if item.has_news]
    # What was not read is not counted for those whom a part of the cases concerns.
    unread = notice.extra.get("unread", 0) if any(item.is_whole for item in news) else 0
    return {"cases": news, "unread": unread}, status.buttons(cases, notice.reader)


@_maker
def _nadine_request(notice: Notice) -> Parts:
    """While the approval stands that it is about; `about` of an old one does not name it, and means the newest."""
    document, case = notice.about["document"], notice.situation.case
    newest = case.newest(document)
    approved = case.version(notice.about["approved"]) if "approved" in notice.about else newest
    undone = case.undone_of(approved) if approved else None
    is_replaced = approved != newest
    letters = () if is_replaced else (document,)
    own = nadine_buttons(notice.situation, case_id=notice.case, reader=notice.reader, documents=letters)
    rows = tuple((item,) for item in own)
    title = notice.situation.sop.document(document).title
    return {
        "title": title,
        "undone": undone if not is_replaced else None,
        "is_replaced": is_replaced,
        "number": case.nadine_number(document),
        "is_signed": case.signed_copy(document) is not None,
    }, rows


@_maker
def _question(notice: Notice) -> Parts:
    question = notice.situation.case.question(notice.about["question"])
    task = notice.situation.case.task(question.task) if question else None
    if question is None or task is None:
        raise ValueError(f"{notice.situation.case.code} has no question {notice.about['question']}")
    rows: Rows = ()
    if question.answer is None:
        press = PressAct(rule=AnswerQuestionRule.name, case=notice.case, on=On(question=question.id))
        rows = ((button(press),),)
    return {"question": question, **step_of(notice.situation, task)}, rows


@_maker
def _question_answer(notice: Notice) -> Parts:
    context, _ = _question(notice)
    return context, ()


@_maker
def _follow_up(notice: Notice) -> Parts:
    s = notice.situation
    step = s.sop.step(notice.about["step"])
    following = s.case.round(step.number + 1)
    return {"step": step, "follow_up": step.tasks[0].follow_up or "", "due": following.due if following else None}, ()


@_maker
def _directions(notice: Notice) -> Parts:
    task = notice.task()
    return {"closing": task.closing, **step_of(notice.situation, task)}, ()


@_maker
def _finished(notice: Notice) -> Parts:
    s = notice.situation
    archived = next((item for item in reversed(s.case.tasks) if item.closing), None)
    return {"closing": archived.closing if archived else None}, ()


@_maker
def _hand_over(notice: Notice) -> Parts:
    """A text to be read or printed for somebody whom Telegram does not reach, or only the news that it does not."""
    member = {
        "id": notice.about.get("lost"),
        "title": None,
        **notice.about.get("member", {"name": notice.about.get("name")}),
    }
    if notice.s is None or notice.about.get("task") is None:
        return {"member": member, "letter": None}, ()
    s, task = notice.situation, notice.task()
    person = _appointment(s, member)
    reader = Reader(
        member=person.member if person else 0,
        name=member["name"],
        sapaan=person.sapaan if person else None,
        unit=person.unit if person else None,
        roles=s.office.roles(person.member, s.at) if person else (task.role,),
    )
    own, role = standing(s, task, reader.roles)
    letter = facts.of_task(s, task, reader=reader, role=role)
    member["title"] = member["title"] or reader.unit or s.sop.role(role or task.role).title
    about = On(task=task.id, member=member["id"] or reader.member)
    delivered = button(PressAct(rule=HandOverRule.name, case=notice.case, on=about))
    return {"member": member, "letter": letter, "seat": own.value, **step_of(s, task)}, ((delivered,),)


@_maker
def _role_vacant(notice: Notice) -> Parts:
    task = notice.task()
    return {"task": task, "role": notice.about["role"], **step_of(notice.situation, task)}, ()


@_maker
def _refused(notice: Notice) -> Parts:
    """The alert's words as a message, without the alert's limit."""
    values = {
        "sapaan": notice.reader.sapaan,
        "sop": notice.s.sop if notice.s else None,
        "sops": notice.sops,
        "zone": notice.s.office.calendar.zone if notice.s else None,
    }
    about = {key: notice.about[key] for key in ("refusal", "facts") if key in notice.about}
    return {"said": answers.within("refused", {**about, **values})}, ()


@_maker
def _backup_failed(notice: Notice) -> Parts:
    return {"day": words.day(date.fromisoformat(notice.about["date"]))}, ()


@_maker
def _sending_failed(notice: Notice) -> Parts:
    """Of what could not even be read neither person nor case is known."""
    unknown = {"member": None, "code": None, "step": None, "documents": ()}
    return {**unknown, **notice.about}, ()


@_maker
def _chat_waits(notice: Notice) -> Parts:
    until = datetime.fromisoformat(notice.about["until"])
    return {"until": words.moment(until, notice.extra.get("zone", words.JAKARTA))}, ()


@_maker
def _recorded(notice: Notice) -> Parts:
    """A toast's words as a message, for an act that was typed; of an approval that was undone since, what became of it."""
    s = notice.situation
    task = s.case.task(notice.about.get("decided", 0))
    undone = facts.undone(s, task) if task else None
    said = answers.within("recorded", {**notice.about, "sapaan": notice.reader.sapaan, "sop": s.sop})
    return {"said": said, "undone": undone, "task": task}, ()


@_maker
def _card_reply(notice: Notice) -> Parts:
    return step_of(notice.situation, notice.task()), ()


def _appointment(s: Situation, member: Mapping[str, Any]) -> Appointment | None:
    """The person's own appointment, by number where it is given, else by name."""
    wanted = member["id"]
    own = (
        item for item in s.office.appointments if (wanted or item.name) == (item.member if wanted else member["name"])
    )
    return next(own, None)
