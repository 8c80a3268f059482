"""*Perbaiki Isian*: what a person typed wrong is put right. Nothing is reopened, no limit and no revision moves, and what stood
there before stays in the history and in the trail.
"""

from collections.abc import Mapping
from datetime import date, tzinfo
from typing import Any, Literal

from alur.workflow.case import Case, Version
from alur.workflow.correcting import ARCHIVE, LETTER_DATE, NADINE, asked_as, nadine
from alur.workflow.engine.acts.record_nadine import entered, filed_apart, named_alike
from alur.workflow.engine.correctable import WHAT, Correctable, correctable, existing, may_be_empty
from alur.workflow.engine.letters import check_letter
from alur.workflow.engine.rule import Act, Rule
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.versions import next_number, same_file
from alur.workflow.engine.whole_case import check_nothing_held
from alur.workflow.errors import ChangedMeanwhile, FieldMissing, NobodyCame, Refusal, Unchanged, Unknown
from alur.workflow.events import ArchiveCorrected, AttendanceRecorded, Event, LetterCorrected, VersionAdded
from alur.workflow.files import FileRef
from alur.workflow.forms import Field, Form, Option
from alur.workflow.people import Actor, nearest_with
from alur.workflow.presses import On, known
from alur.workflow.sop import Right, Sop
from alur.workflow.written import read_number, read_text

Answer = str | tuple[str, ...] | FileRef  # a text, a number or a day; units; a file


class Correct(Act):
    act: Literal["correct"] = "correct"
    what: str
    to: Answer
    was: Answer  # what its person saw there: what came meanwhile is not overwritten unread
    nobody: bool = False  # that no unit came was said twice


class CorrectRule(Rule[Correct]):
    act, name, names = Correct, "correct", ("document",)
    asks = True
    on_status = True
    while_suspended = True
    answer = "corrected"

    def may(self, s: Situation, member: int, on: On) -> Actor:
        """Whoever has something to put right; of a letter's number, where a button names the letter."""
        found = self._chosen(s, member, on)
        if not found:
            exists = [item for item in existing(s, member) if self._is_meant(item, on)]
            if on.document is not None and not exists:
                raise Unknown(subject=f"{s.case.code}.{on.document}")
            return s.actor(member, exists[0].roles if on.document is not None else (nearest_with(s.sop, Right.PAPER),))
        return s.actor(member, found[0].roles)

    def form(self, s: Situation, member: int, on: On) -> Form:
        found = self._chosen(s, member, on)
        options = tuple(Option(value=item.name, label=item.label) for item in found)
        what = Field(name=WHAT, kind="choice", options=options, fixed=on.document is not None)
        answers = {WHAT: found[0].name} if what.fixed else {}
        seen = {item.name: item.present for item in found}
        return self.asking(s, on, fields=(what, *(item.field for item in found)), answers=answers, seen=seen)

    def asked_after(self, s: Situation, member: int, form: Form, refusal: Refusal) -> Form:
        """Beside what stands there now, once that has been said: the next *Kirim* counts."""
        if not isinstance(refusal, ChangedMeanwhile):
            return form
        return form.model_copy(update={"seen": self.form(s, member, form.on).seen})

    def said(self, sop: Sop, case: Case) -> Mapping[str, Any]:
        return filed_apart(sop, case)

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> Correct:
        form = known(form, "form")
        what = form.answers[WHAT]
        to, was = form.answers[what], form.seen[what]
        return Correct(by=member, what=what, to=_answer(to), was=_answer(was), nobody=form.is_doubted)

    def decide(self, s: Situation, act: Correct) -> tuple[Event, ...]:
        thing = _thing(s, act)
        actor = s.actor(act.by, thing.roles)
        to, present = _checked(s, thing, act), _answer(thing.present)
        if isinstance(to, FileRef):
            check_corrected(s, to)
        if _mark(to) == _mark(present):
            raise Unchanged(field=thing.name)
        if _mark(act.was) != _mark(present):
            raise _changed(s.case, thing)
        if isinstance(to, FileRef):
            check_nothing_held(s.case)
        return _events(s, thing, to, actor)

    def _chosen(self, s: Situation, member: int, on: On) -> tuple[Correctable, ...]:
        return tuple(item for item in correctable(s, member) if self._is_meant(item, on))

    def _is_meant(self, thing: Correctable, on: On) -> bool:
        return on.document is None or thing.name == nadine(on.document)


def check_corrected(s: Situation, file: FileRef) -> None:
    """Raises `SameFile` where what is sent as the letter is, byte for byte, the one that stands there."""
    before = s.case.newest(s.sop.letter)
    if before is not None and before.file.sha256 == file.sha256:
        raise same_file(s, before)


def _thing(s: Situation, act: Correct) -> Correctable:
    found = next((item for item in existing(s, act.by) if item.name == act.what), None)
    if found is None:
        raise Unknown(subject=f"{s.case.code} {act.what}")
    return found


def _checked(s: Situation, thing: Correctable, act: Correct) -> Answer:
    """The new value, read as the form reads it: an act is believed in nothing."""
    field, to = thing.field, act.to
    if thing.present == "" and isinstance(to, str) and not to.strip() and may_be_empty(s, field.name):
        return ""
    match field.kind, to:
        case "file", FileRef():
            check_letter(to)
            return to
        case "ticks", tuple():
            units = tuple(item.value for item in field.options if item.value in to)
            if not units and not act.nobody:
                raise NobodyCame
            return units
        case "date", str():
            return date.fromisoformat(to).isoformat()
        case "choice", str() if to in {item.value for item in field.options}:
            return to
        case (("number" | "text"), str()):
            text = read_number(to, field.name) if field.kind == "number" else to
            return read_text(text, field.name, least=field.least, most=field.most)
    raise FieldMissing(field=field.name)


def _events(s: Situation, thing: Correctable, to: Answer, actor: Actor) -> tuple[Event, ...]:
    by: Mapping[str, Any] = {"by": actor, "at": s.at}
    asked, _, of = thing.name.partition(":")
    if isinstance(to, FileRef):
        return (_version(s, to, actor),)
    if isinstance(to, tuple):
        return (AttendanceRecorded(step=int(of), units=to, was=tuple(thing.present), **by),)
    if asked == NADINE:
        return entered(s, of, to, actor)
    form, field = asked_as("", asked)
    if form != ARCHIVE:
        field, value = ("dated", date.fromisoformat(to)) if thing.name == LETTER_DATE else ("number", to)
        letter = s.case.letter.model_copy(update={field: value})
        return (LetterCorrected(letter=letter, was=s.case.letter, **by),)
    archive = known(s.case.archive, "archive")
    document = named_alike(s) if field == "letter_number" else None
    if document is not None and s.case.nadine_number(document) != to:
        return entered(s, document, to, actor)
    return (ArchiveCorrected(archive=archive.model_copy(update={field: to}), was=archive, **by),)


def _version(s: Situation, file: FileRef, actor: Actor) -> VersionAdded:
    """The letter as it should have been sent: it decides nothing anew, and every card that shows the letter shows this one."""
    document, before = s.sop.letter, known(s.case.newest(s.sop.letter), "letter")
    version = Version(
        id=len(s.case.versions) + 1,
        document=document,
        number=next_number(s.case, document),
        file=file,
        by=actor,
        at=s.at,
        step=0,
        late=s.case.finished_at is not None,
        replaces=before.id,
    )
    shown = (*s.touched_by(document, step=0), *s.shown_beside(document, step=0))
    return VersionAdded(version=version, use="correction", beside=shown)


def _changed(case: Case, thing: Correctable) -> ChangedMeanwhile:
    """Another has put it right since the form was begun: who, and what stands there now."""
    last = next((item for item in case.corrected if item.what == thing.name), None)
    value = thing.present["name"] if isinstance(thing.present, dict) else thing.present
    said = ", ".join(value) if isinstance(value, list) else value
    by = last.by.as_facts if last is not None else {"role": None, "appointment": None, "by": None}
    return ChangedMeanwhile(field=thing.name, value=said, **by, at=last.at if last is not None else None)


def _answer(stored: Any) -> Answer:
    """An answer of a form as the act has it."""
    if isinstance(stored, dict):
        return FileRef.model_validate(stored)
    return tuple(stored) if isinstance(stored, list) else str(stored)


def _mark(value: Answer) -> Answer:
    """By which two are the same: a file by its content, units in any order."""
    if isinstance(value, FileRef):
        return value.sha256
    return tuple(sorted(value)) if isinstance(value, tuple) else value
