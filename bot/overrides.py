"""The office's own file on days and hours (`ALUR_HOLIDAYS_FILE`): read whole, every fault at once with file and line.

`bot.holidays` lays it over the library, since decrees are amended in mid-year; each entry names the decree that it
rests on. All its parts are optional:

    added:
      - {date: 2028-01-27, name: Cuti Bersama Imlek, decree: SKB 3 Menteri 2028, joint_leave: true}
    removed:
      - {date: 2026-05-15, decree: Perubahan SKB 3 Menteri 2026}
    hours:
      - {from: 2026-02-19, to: 2026-03-18, opening: 08.00, closing: 15.00, friday_closing: 15.30, decree: SE 2026}
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from alur.workflow.calendar import Hours, Season
from alur.workflow.errors import Fault

PARTS = ("added", "removed", "hours")
YEARS = range(2000, 2101)  # a year outside is a slip of the finger
NULL = "tag:yaml.org,2002:null"
MESSAGES = {"missing": "is missing", "extra_forbidden": "is no key of this entry", "bool": "expected true or false"}


class OverridesInvalid(Fault):
    """The office's file can not be used; the message has one line per fault, each with file and line."""

    def __init__(self, file: Path, faults: list[tuple[int, str]]) -> None:
        self.file = file
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(f"{file}:{line}: {text}" for line, text in self.faults))


def _day(text: object) -> date:
    if not isinstance(text, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise ValueError("expected a date like 2026-12-24")
    if int(text[:4]) not in YEARS:
        raise ValueError(f"expected a year from {YEARS[0]} to {YEARS[-1]}")
    return date.fromisoformat(text)


def _hour(text: object) -> time:
    if not isinstance(text, str) or not (parts := re.fullmatch(r"(\d\d?)[.:](\d\d)", text)):
        raise ValueError("expected a time like 07.30")
    return time(int(parts[1]), int(parts[2]))


def _words(text: object) -> str:
    """One line of text, however it was folded in the file: it stands in one line of a calendar."""
    if not isinstance(text, str):
        raise ValueError("expected text")  # noqa: TRY004 - pydantic makes a fault of a ValueError alone
    line = " ".join(text.split())
    if not line:
        raise ValueError("is empty")
    if not line.isprintable():
        raise ValueError("holds a control character")
    return line


Day = Annotated[date, BeforeValidator(_day)]
Hour = Annotated[time, BeforeValidator(_hour)]
Text = Annotated[str, BeforeValidator(_words)]


class Entry(BaseModel):
    """What one line of the file says, with the decree that says so."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    decree: Text


class AddedDay(Entry):
    date: Day
    name: Text
    joint_leave: bool = False


class RemovedDay(Entry):
    date: Day


class HoursSpan(Entry):
    first: Day = Field(alias="from")
    last: Day = Field(alias="to")
    opening: Hour
    closing: Hour
    friday_closing: Hour

    @model_validator(mode="after")
    def _check_is_season(self) -> Self:
        self.season()
        return self

    def season(self) -> Season:
        return Season(
            first=self.first,
            last=self.last,
            hours=Hours(opening=self.opening, closing=self.closing),
            friday=Hours(opening=self.opening, closing=self.friday_closing),
        )


DayEntry = TypeVar("DayEntry", AddedDay, RemovedDay)
Read = TypeVar("Read", bound=Entry)
Faults = list[tuple[int, str]]


@dataclass(frozen=True, kw_only=True)
class Overrides:
    """What the file says; the days each with its line."""

    added: tuple[tuple[int, AddedDay], ...] = ()
    removed: tuple[tuple[int, RemovedDay], ...] = ()
    seasons: tuple[Season, ...] = ()


def read_overrides(path: Path | None) -> Overrides:
    """The office's file, or nothing where there is none; every fault of it at once as OverridesInvalid."""
    if path is None:
        return Overrides()
    faults: Faults = []
    parts = _parts(_composed(path), faults)
    faults += [
        (line, f"{name}: expected added, removed or hours") for name, (line, _) in parts.items() if name not in PARTS
    ]
    added = _entries(AddedDay, parts.get("added"), faults)
    removed = _entries(RemovedDay, parts.get("removed"), faults)
    spans = _entries(HoursSpan, parts.get("hours"), faults)

    days_added, days_removed = _each_once(added, "added", faults), _each_once(removed, "removed", faults)
    for day in days_added.keys() & days_removed.keys():
        faults.append((days_removed[day], f"{day} is also added, in line {days_added[day]}"))
    spans.sort(key=lambda span: span[1].first)
    for (_, one), (line, other) in pairwise(spans):
        if other.first <= one.last:
            faults.append((line, f"hours from {other.first}: the span before ends only on {one.last}"))
    if faults:
        raise OverridesInvalid(path, faults)
    return Overrides(added=tuple(added), removed=tuple(removed), seasons=tuple(span.season() for _, span in spans))


def _each_once(entries: list[tuple[int, DayEntry]], part: str, faults: Faults) -> dict[date, int]:
    """The first line of each day; a day that comes again is a fault."""
    lines: dict[date, int] = {}
    for line, entry in entries:
        if entry.date in lines:
            faults.append((line, f"{entry.date} is {part} already, in line {lines[entry.date]}"))
        lines.setdefault(entry.date, line)
    return lines


def _composed(path: Path) -> Node | None:
    """The file as YAML nodes: they know their lines, and leave 08.00 and dates the text that was written. The loader for
    round trips would mark folded text with U+0007.
    """
    try:
        node: Node | None = YAML(typ="safe", pure=True).compose(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise OverridesInvalid(path, [(1, f"can not be read: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise OverridesInvalid(path, [(line, "can not be read: it is not UTF-8 text")]) from error
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise OverridesInvalid(path, [(line, f"is not YAML: {error.problem}")]) from error
    except YAMLError as error:
        raise OverridesInvalid(path, [(1, f"is not YAML: {str(error).splitlines()[0]}")]) from error
    return node


def _parts(node: Node | None, faults: Faults) -> dict[str, tuple[int, Node]]:
    """A mapping's values by key, each with its line; a file or entry of another shape has none and is a fault."""
    if node is None or node.tag == NULL:
        return {}
    if not isinstance(node, MappingNode):
        faults.append((_line(node), "expected keys with values"))
        return {}
    parts: dict[str, tuple[int, Node]] = {}
    for key, value in node.value:
        if str(key.value) in parts:
            faults.append((_line(key), f"{key.value} is given twice"))
        parts[str(key.value)] = (_line(key), value)
    return parts


def _entries(model: type[Read], part: tuple[int, Node] | None, faults: Faults) -> list[tuple[int, Read]]:
    """The entries of one part that are sound, each with its line; what is wrong with the others joins the faults."""
    return [] if part is None else list(_sound(model, part[1], faults))


def _sound(model: type[Read], node: Node, faults: Faults) -> Iterator[tuple[int, Read]]:
    if node.tag == NULL:  # "hours:", "hours: ~" and "added: null" say that there is nothing
        return
    if not isinstance(node, SequenceNode):
        faults.append((_line(node), "expected a list of entries"))
        return
    for item in node.value:
        if not isinstance(item, MappingNode):
            faults.append((_line(item), "expected keys with values"))
            continue
        parts = _parts(item, faults)
        try:
            yield _line(item), model.model_validate({key: _plain(value) for key, (_, value) in parts.items()})
        except ValidationError as invalid:
            for fault in invalid.errors():
                name = str(fault["loc"][0]) if fault["loc"] else ""
                text = _told(fault)
                faults.append((parts[name][0] if name in parts else _line(item), f"{name}: {text}" if name else text))


def _plain(node: Node) -> str | None:
    """A value as it was written; None where there is none, or where it is no single value."""
    return node.value if isinstance(node, ScalarNode) and node.tag != NULL else None


def _told(fault: Mapping[str, Any]) -> str:
    known = MESSAGES.get(fault["type"]) or MESSAGES.get(fault["type"].partition("_")[0])
    return known or str(fault["msg"]).removeprefix("Value error, ")


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1
