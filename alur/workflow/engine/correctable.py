"""What of a case can be put right now (*Perbaiki Isian*), and who may: whoever enters it, and whoever keeps what stands on paper
(`Right.PAPER`, administrators too). See docs/decisions/0047-corrections-of-what-was-typed.md.
"""

from collections.abc import Iterator
from typing import Any

from alur.workflow.correcting import ARCHIVE, LETTER, LETTER_DATE, LETTER_NUMBER, asked_as, attendance, filed, nadine
from alur.workflow.engine.filing import archive_field, is_needed
from alur.workflow.engine.letters import letter_roles
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.words import SHORTEST_REASON
from alur.workflow.file_kinds import PAPER
from alur.workflow.forms import Field, Option, Where
from alur.workflow.model import Value
from alur.workflow.people import roles_with
from alur.workflow.sop import Right, TaskKind

WHAT = "what"  # the field in which it is chosen


class Correctable(Value):
    """One of them: the field that asks for it anew, what stands there, and in which roles it may be put right."""

    field: Field
    present: Any  # as a form's answer
    roles: tuple[str, ...]
    label: str = ""  # of which document or step, by the SOP's data

    @property
    def name(self) -> str:
        return self.field.name


def correctable(s: Situation, member: int) -> tuple[Correctable, ...]:
    """What the member may put right, in the order in which it was entered."""
    return tuple(item for item in existing(s, member) if s.office.appointment(member, item.roles, s.at) is not None)


def existing(s: Situation, member: int) -> Iterator[Correctable]:
    """All that exists. The letter is also its opener's, who knows it, while he may open cases."""
    keepers = roles_with(s.sop, Right.PAPER)
    openers = roles_with(s.sop, Right.START) if s.case.opened_by.member == member else ()
    yield from _of_letter(s, (*openers, *keepers))
    yield from _of_meetings(s, keepers)
    for document in s.sop.documents:
        number = s.case.nadine_number(document.id)
        if document.numbered and number is not None and s.case.standing(document.id):
            roles = (*letter_roles(s.sop, document.id), *keepers)
            yield _thing("number", nadine(document.id), number, roles, label=document.title)
    yield from _of_archive(s, keepers)


def _of_letter(s: Situation, roles: tuple[str, ...]) -> Iterator[Correctable]:
    file = s.case.newest(s.sop.letter)
    yield _thing("number", LETTER_NUMBER, s.case.letter.number, roles)
    yield _thing("date", LETTER_DATE, s.case.letter.dated.isoformat(), roles)
    if file is not None:
        yield _thing("file", LETTER, file.file.model_dump(mode="json"), roles, accepts=PAPER)


def _of_meetings(s: Situation, keepers: tuple[str, ...]) -> Iterator[Correctable]:
    """Who came to a meeting that is closed: while it is open, *Daftar Hadir* stands on its card."""
    units = tuple(Option(value=unit, label=unit) for unit in s.office.units)
    for meeting in sorted(s.case.meetings, key=lambda item: item.step):
        task = next((item for item in reversed(s.case.tasks) if item.step == meeting.step), None)
        if not units or task is None or task.closing is None or not task.closing.outcome.is_decision:
            continue
        if s.definition(task).participants and meeting.cancelled_at is None:
            roles, label = (*s.desk(task), *keepers), s.step(task).title
            yield _thing("ticks", attendance(meeting.step), list(meeting.attended), roles, label=label, options=units)


def _of_archive(s: Situation, keepers: tuple[str, ...]) -> Iterator[Correctable]:
    archive = s.case.archive
    if archive is None or s.case.finished_at is None:
        return
    archives = (task.role for step in s.sop.steps for task in step.tasks if task.kind is TaskKind.ARCHIVE)
    roles = (*dict.fromkeys(archives), *keepers)
    for name, present in archive.model_dump(mode="json").items():
        if name == "reason_missing" and present is None:
            continue
        known: dict[str, Any] = {"least": SHORTEST_REASON} if name == "reason_missing" else {}
        field = archive_field(name)
        yield _thing(field.kind, filed(name), present, roles, options=field.options, **known)


def may_be_empty(s: Situation, name: str) -> bool:
    """Whether the archive is filed without it, too."""
    form, field = asked_as("", name)
    return form == ARCHIVE and not is_needed(s.sop, field)


def _thing(kind: Any, name: str, present: Any, roles: tuple[str, ...], *, label: str = "", **known: Any) -> Correctable:
    only = (Where(field=WHAT, values=(name,)),)
    field = Field(name=name, kind=kind, only=only, **known)
    return Correctable(field=field, present=present, roles=tuple(dict.fromkeys(roles)), label=label)
