"""Callback data, written and read here alone: `name:subject:revision[:argument]`, at most 64 bytes (Bot API).

The subject is a case ("c7"), a task of it ("c7.3"), a form ("f5"), a file whose document is asked for ("u4"), somebody or
something of the office's people ("p3"), or none of these ("o"). Cards are pressed months after they were sent, so whatever a build has written is read by every later one.
Nothing in it is believed: it says what a person wishes, never what he may.
"""

import re
from dataclasses import dataclass
from typing import get_args

from pydantic import ValidationError

from alur.workflow.engine.acts import named
from alur.workflow.office.rooms import staff_rule
from alur.workflow.presses import (
    FORM_MOVES,
    AnyPress,
    FormPress,
    On,
    PlaceId,
    PressAct,
    PressAllFiles,
    PressAppointment,
    PressAppointments,
    PressArchiveList,
    PressBoard,
    PressCard,
    PressCases,
    PressControlCard,
    PressCorrect,
    PressDocumentsPage,
    PressFiles,
    PressHistory,
    PressHistoryPage,
    PressInvitation,
    PressLess,
    PressMore,
    PressOpen,
    PressOrder,
    PressPeople,
    PressPerson,
    PressPick,
    PressPlace,
    PressReport,
    PressSend,
    PressStaff,
    PressStatusCase,
    PressStatusPage,
    PressTasksPage,
    PressTick,
    PressVersion,
    ReadingScreen,
)

LONGEST = 64  # bytes
REPLACES = "!"  # ends the argument of a press that begins a form in the place of the open one
ASIDE = "0"  # the place of a file that is left aside
SIGNED = "s"  # marks the place of a signed copy

DATA = re.compile(
    r"(?P<name>[a-z_]{1,16}):"
    r"(?:c(?P<case>\d{1,12})(?:\.(?P<task>\d{1,6}))?|f(?P<form>\d{1,12})|u(?P<upload>\d{1,12})|p(?P<person>\d{1,12})|o):"
    r"(?P<revision>\d{1,9})(?::(?P<argument>.*))?",
    re.ASCII,
)
NUMBER = re.compile(r"\d{1,12}", re.ASCII)
YEAR = re.compile(r"[1-9]\d{3}", re.ASCII)
START = re.compile(r"\d{1,6}", re.ASCII)
OPTION = re.compile(r"(?P<field>.+)\.(?P<option>\d{1,4})", re.ASCII)
PAGE = re.compile(r"(?P<which>[no])(?P<start>\d{1,6})", re.ASCII)
PLACE = re.compile(r"(?P<case>\d{1,12})\.(?P<document>.+?)(?:\.(?P<mark>s|[0-9a-f]{8}))?", re.ASCII)

SHOWS = {press.name: press for press in (PressFiles, PressHistory)}
OF_CASES = {
    press.name: press for press in (PressAllFiles, PressStatusCase, PressBoard, PressArchiveList, PressControlCard)
}
OF_TASKS = {press.name: press for press in (PressCard, PressMore, PressLess)}
OF_APPOINTMENTS = {press.name: press for press in (PressAppointment, PressOrder)}
OPTIONS = {press.name: press for press in (PressTick, PressPick)}
MOVES = {press.name: press for press in FORM_MOVES}
SCREENS = {PressCases(screen=screen).name: screen for screen in get_args(ReadingScreen)}


class Unreadable(ValueError):
    """The data says nothing that a build of ours has written."""


@dataclass(frozen=True, kw_only=True)
class Data:
    """Its parts, as they stand there."""

    name: str
    revision: int
    case: int | None = None
    task: int | None = None
    form: int | None = None
    upload: int | None = None
    person: int | None = None
    argument: str | None = None


def encode(press: AnyPress) -> str:
    """The data of a button. Raises ValueError where Telegram would not take it, or it would not be read as it was meant."""
    subject, argument = _written(press)
    revision = press.on.revision if isinstance(press, PressAct) else 0
    data = ":".join((press.name, subject, str(revision), *(() if argument is None else (argument,))))
    if decode(data) != press:
        raise ValueError(f"not a button's data: {data!r}")
    return data


def decode(data: str) -> AnyPress | None:
    """The press that the data says; None where it says none."""
    found = DATA.fullmatch(data)
    if found is None or not _fits(data):
        return None
    parts = found.groupdict()
    name, argument = parts.pop("name"), parts.pop("argument")
    numbers = {key: int(value) for key, value in parts.items() if value is not None}
    try:
        return _read(Data(name=name, argument=argument, **numbers))
    except (Unreadable, ValidationError):
        return None


def _fits(data: str) -> bool:
    """Whether a button can hold it: half a character cannot be written, and comes from no button of ours."""
    try:
        return len(data.encode()) <= LONGEST
    except UnicodeEncodeError:
        return False


def _written(press: AnyPress) -> tuple[str, str | None]:
    """Subject and argument."""
    match press:
        case PressAct():
            argument = _named(press)
            return _case(press.case, press.on.task), f"{argument or ''}{REPLACES}" if press.replaces else argument
        case PressStaff():
            rule = staff_rule(press.rule)
            number = getattr(press.on, rule.about) if rule is not None and rule.about else None
            return "o" if number is None else f"p{number}", REPLACES if press.replaces else None
        case PressAppointments():
            return "o", str(press.start)
        case PressAppointment() | PressOrder():
            return f"p{press.appointment}", None
        case PressPeople():
            return "o", str(press.start) if press.start else None
        case PressPerson():
            return f"p{press.member}", None
        case PressInvitation():
            return f"p{press.invitation}", None
        case PressOpen():
            return "o", REPLACES if press.replaces else None
        case PressReport():
            return "o", str(press.year)
        case PressStatusPage():
            return "o", str(press.start)
        case PressTasksPage():
            return _case(press.case, press.task), None if press.due is None else str(press.due)
        case PressCases():
            return "o", str(press.start) if press.start else None
        case PressCard() | PressFiles() | PressHistory() | PressMore() | PressLess():
            return _case(press.case, press.task), None
        case PressDocumentsPage():
            return f"c{press.case}", f"{'o' if press.older else 'n'}{press.start}"
        case PressHistoryPage():
            return f"c{press.case}", None if press.upto is None else str(press.upto)
        case PressVersion():
            return f"c{press.case}", str(press.version)
        case PressAllFiles() | PressStatusCase() | PressBoard() | PressArchiveList() | PressControlCard():
            return f"c{press.case}", None
        case PressPlace():
            return f"u{press.upload}", _of_place(press.place)
        case PressTick() | PressPick():
            return f"f{press.form}", f"{press.field}.{press.option}"
        case PressCorrect():
            return f"f{press.form}", press.field
        case PressSend():
            return f"f{press.form}", None if press.way is None else str(press.way)
        case FormPress():
            return f"f{press.form}", None


def _case(case: int, task: int | None) -> str:
    return f"c{case}" if task is None else f"c{case}.{task}"


def _read(data: Data) -> AnyPress:
    """By its subject, then by its name."""
    match data:
        case Data(form=int(form)):
            return _form_press(data, form)
        case Data(upload=int(upload), name=PressPlace.name):
            return PressPlace(upload=upload, place=_place(data.argument))
        case Data(case=int(case), task=int(task), argument=None) if of_task := OF_TASKS.get(data.name):
            return of_task(case=case, task=task)
        case Data(case=int(case), task=int(task), name=PressTasksPage.name):
            return PressTasksPage(case=case, task=task, due=None if data.argument is None else _number(data.argument))
        case Data(case=int(case), task=task, argument=None) if press := SHOWS.get(data.name):
            return press(case=case, task=task)
        case Data(case=int(case), task=None, name=PressDocumentsPage.name):
            return _documents_page(case, data.argument)
        case Data(case=int(case), task=None, name=PressHistoryPage.name):
            return PressHistoryPage(case=case, upto=None if data.argument is None else _number(data.argument))
        case Data(case=int(case), task=None, name=PressVersion.name):
            return PressVersion(case=case, version=_number(data.argument))
        case Data(case=int(case), task=None, argument=None) if of_case := OF_CASES.get(data.name):
            return of_case(case=case)
        case Data(case=int(case)):
            return _act(data, case)
        case Data(upload=None) if (rule := staff_rule(data.name)) and data.argument in (None, REPLACES):
            return _staff(data, rule.about)
        case Data(person=int(number), argument=None) if of_number := OF_APPOINTMENTS.get(data.name):
            return of_number(appointment=number)
        case Data(person=int(member), name=PressPerson.name, argument=None):
            return PressPerson(member=member)
        case Data(person=int(invitation), name=PressInvitation.name, argument=None):
            return PressInvitation(invitation=invitation)
        case Data(person=int()):
            raise Unreadable
        case Data(upload=None, name=PressAppointments.name):
            return PressAppointments(start=_start(data.argument))
        case Data(upload=None, name=PressPeople.name):
            return PressPeople(start=0 if data.argument is None else _start(data.argument))
        case Data(upload=None, name=PressOpen.name) if data.argument in (None, REPLACES):
            return PressOpen(replaces=data.argument is not None)
        case Data(upload=None, name=PressReport.name):
            return PressReport(year=_year(data.argument))
        case Data(upload=None, name=PressStatusPage.name):
            return PressStatusPage(start=_start(data.argument))
        case Data(upload=None) if screen := SCREENS.get(data.name):
            return PressCases(screen=screen, start=0 if data.argument is None else _start(data.argument))
        case _:
            raise Unreadable


def _staff(data: Data, about: str | None) -> PressStaff:
    """Its rule says whom or what the subject names, if anything."""
    if (about is None) != (data.person is None):
        raise Unreadable
    on = On.model_validate({} if about is None else {about: data.person})
    return PressStaff(rule=data.name, on=on, replaces=data.argument is not None)


def _form_press(data: Data, form: int) -> FormPress:
    argument = data.argument or ""
    if data.name in OPTIONS and (found := OPTION.fullmatch(argument)):
        return OPTIONS[data.name](form=form, field=found["field"], option=int(found["option"]))
    if data.name == PressCorrect.name and argument:
        return PressCorrect(form=form, field=argument)
    if data.name == PressSend.name:
        return PressSend(form=form, way=None if data.argument is None else _number(data.argument))
    if data.name in MOVES and data.argument is None:
        return MOVES[data.name](form=form)
    raise Unreadable


def _documents_page(case: int, argument: str | None) -> PressDocumentsPage:
    """Without an argument, as the choice of cases once wrote it, the first page."""
    found = PAGE.fullmatch(argument or "n0")
    if found is None:
        raise Unreadable
    return PressDocumentsPage(case=case, older=found["which"] == "o", start=int(found["start"]))


def _number(argument: str | None) -> int:
    if not NUMBER.fullmatch(argument or ""):
        raise Unreadable
    return int(argument or "")


def _start(argument: str | None) -> int:
    """How many stand before a page; no office has a million cases, and nobody makes us count so far."""
    if not START.fullmatch(argument or ""):
        raise Unreadable
    return int(argument or "")


def _year(argument: str | None) -> int:
    if not YEAR.fullmatch(argument or ""):
        raise Unreadable
    return int(argument or "")


def _of_place(place: PlaceId | None) -> str:
    if place is None:
        return ASIDE
    mark = SIGNED if place.signed else place.unit
    return f"{place.case}.{place.document}" + (f".{mark}" if mark else "")


def _place(argument: str | None) -> PlaceId | None:
    if argument == ASIDE:
        return None
    found = PLACE.fullmatch(argument or "")
    if found is None:
        raise Unreadable
    is_signed = found["mark"] == SIGNED
    unit = None if is_signed else found["mark"]
    return PlaceId(case=int(found["case"]), document=found["document"], signed=is_signed, unit=unit)


def _act(data: Data, case: int) -> PressAct:
    """Its rule says what the argument names."""
    rule, argument = named(data.name), data.argument or ""
    names, values = rule.names if rule else (), argument.removesuffix(REPLACES)
    given = values.split(".", max(len(names) - 1, 0)) if values else []
    if rule is None or len(given) not in (0, len(names)):
        raise Unreadable
    about = {"task": data.task, "revision": data.revision, **dict(zip(names, given, strict=False))}
    press = PressAct(rule=data.name, case=case, on=On.model_validate(about), replaces=argument.endswith(REPLACES))
    if _written(press)[1] != data.argument:  # "+1" and "01" are numbers, but nothing that was written here
        raise Unreadable
    return press


def _named(press: PressAct) -> str | None:
    """What the press names besides the task, in the order of its rule."""
    rule = named(press.rule)
    values = [getattr(press.on, name) for name in rule.names] if rule else []
    return None if None in values or not values else ".".join(map(str, values))
