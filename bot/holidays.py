"""Fills the office's calendar: days off from the library `holidays`, and what the office's own file says against it.

`bot` calls `calendar_for` once at start, and `years_without_joint_leave` to warn of years whose decree on cuti
bersama is not known yet. The file (`ALUR_HOLIDAYS_FILE`) wins over the library, since decrees are amended in
mid-year; each entry names the decree that it rests on. All its parts are optional:

    added:
      - {date: 2028-01-27, name: Cuti Bersama Imlek, decree: SKB 3 Menteri 2028, joint_leave: true}
    removed:
      - {date: 2026-05-15, decree: Perubahan SKB 3 Menteri 2026}
    hours:
      - {from: 2026-02-19, to: 2026-03-18, opening: 08.00, closing: 15.00, friday_closing: 15.30, decree: SE 2026}
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Self, TypeVar
from zoneinfo import ZoneInfo

import holidays
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from alur.workflow.calendar import Calendar, Hours, Season, WorkWeek
from alur.workflow.errors import Fault

# The library's categories. Cuti bersama is told by its category, never by its name.
PUBLIC, JOINT_LEAVE = "public", "government"


def calendar_for(
    zone: str, *, first_year: int, last_year: int, overrides: Path | None, count_receipt_day: bool
) -> Calendar:
    """The calendar of these years, both included, in this IANA zone.

    Raises OverridesInvalid for a faulty file and ZoneInfoNotFoundError for an unknown zone.
    """
    file = read_overrides(overrides)
    days_off = _from_library(first_year, last_year, PUBLIC, JOINT_LEAVE)
    for removed in file.removed:
        days_off.pop(removed.date, None)
    days_off |= {added.date: f"{added.name} ({added.decree})" for added in file.added}
    return Calendar(
        days_off=days_off,
        first_year=first_year,
        last_year=last_year,
        zone=ZoneInfo(zone),
        week=WorkWeek(seasons=file.seasons),
        count_receipt_day=count_receipt_day,
        without_joint_leave=frozenset(
            years_without_joint_leave(first_year=first_year, last_year=last_year, overrides=overrides)
        ),
    )


def years_without_joint_leave(*, first_year: int, last_year: int, overrides: Path | None) -> tuple[int, ...]:
    """The years for which neither the library nor the file (an added day with `joint_leave`) has any cuti bersama.

    Their deadlines would fall on days that a later decree takes off.
    """
    known = set(_from_library(first_year, last_year, JOINT_LEAVE))
    known |= {added.date for added in read_overrides(overrides).added if added.joint_leave}
    return tuple(sorted(set(range(first_year, last_year + 1)) - {day.year for day in known}))


def _from_library(first_year: int, last_year: int, *categories: str) -> dict[date, str]:
    years = range(first_year, last_year + 1)
    return dict(holidays.country_holidays("ID", years=years, categories=categories, language="id"))


class OverridesInvalid(Fault):
    """The office's file can not be used; the message has one line per fault, each with file and line."""

    def __init__(self, file: Path, faults: list[tuple[int, str]]) -> None:
        self.file = file
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(f"{file}:{line}: {text}" for line, text in self.faults))


def _day(text: object) -> date:
    if not isinstance(text, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise ValueError("expected a date like 2026-12-24")
    return date.fromisoformat(text)


def _hour(text: object) -> time:
    if not isinstance(text, str) or not (parts := re.fullmatch(r"(\d\d?)[.:](\d\d)", text)):
        raise ValueError("expected a time like 07.30")
    return time(int(parts[1]), int(parts[2]))


Day = Annotated[date, BeforeValidator(_day)]
Hour = Annotated[time, BeforeValidator(_hour)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


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


@dataclass(frozen=True, kw_only=True)
class Overrides:
    added: tuple[AddedDay, ...] = ()
    removed: tuple[RemovedDay, ...] = ()
    seasons: tuple[Season, ...] = ()


Read = TypeVar("Read", bound=Entry)
Faults = list[tuple[int, str]]


def read_overrides(path: Path | None) -> Overrides:
    """The office's file, or nothing where there is none; every fault of it at once as OverridesInvalid."""
    if path is None:
        return Overrides()
    faults: Faults = []
    parts = _parts(_composed(path), faults)
    for name, (line, _) in parts.items():
        if name not in {"added", "removed", "hours"}:
            faults.append((line, f"{name}: expected added, removed or hours"))
    added = _entries(AddedDay, parts.get("added"), faults)
    removed = _entries(RemovedDay, parts.get("removed"), faults)
    spans = _entries(HoursSpan, parts.get("hours"), faults)

    days_added = {entry.date for _, entry in added}
    faults += [(line, f"{entry.date} is also added") for line, entry in removed if entry.date in days_added]
    spans.sort(key=lambda span: span[1].first)
    for (_, one), (line, other) in pairwise(spans):
        if other.first <= one.last:
            faults.append((line, f"hours from {other.first}: the span before ends only on {one.last}"))
    if faults:
        raise OverridesInvalid(path, faults)
    return Overrides(
        added=tuple(entry for _, entry in added),
        removed=tuple(entry for _, entry in removed),
        seasons=tuple(entry.season() for _, entry in spans),
    )


def _composed(path: Path) -> Node | None:
    """The file as YAML nodes: they know their lines, and leave 08.00 and dates the text that was written."""
    try:
        node: Node | None = YAML().compose(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise OverridesInvalid(path, [(1, f"can not be read: {error}")]) from error
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise OverridesInvalid(path, [(line, f"is not YAML: {error.problem}")]) from error
    except YAMLError as error:
        raise OverridesInvalid(path, [(1, f"is not YAML: {str(error).splitlines()[0]}")]) from error
    return node


def _parts(node: Node | None, faults: Faults) -> dict[str, tuple[int, Node]]:
    """A mapping's values by key, each with its line; a file or entry of another shape has none and is a fault."""
    if node is None:
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
    if isinstance(node, ScalarNode) and node.value == "":
        return
    if not isinstance(node, SequenceNode):
        faults.append((_line(node), "expected a list of entries"))
        return
    for item in node.value:
        parts = _parts(item, faults)
        if not isinstance(item, MappingNode):
            continue
        try:
            yield _line(item), model.model_validate({key: value.value for key, (_, value) in parts.items()})
        except ValidationError as invalid:
            for fault in invalid.errors():
                name = str(fault["loc"][0]) if fault["loc"] else ""
                line = parts[name][0] if name in parts else _line(item)
                text = fault["msg"].removeprefix("Value error, ")
                faults.append((line, f"{name}: {text}" if name else text))


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1
