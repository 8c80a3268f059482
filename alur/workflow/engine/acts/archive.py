"""*Sudah Diarsipkan*: the archive's fields are entered, and the case is over. What is missing is asked about first."""

from datetime import tzinfo
from typing import Literal

from alur.workflow.case import ArchiveFields, Outcome
from alur.workflow.engine.acts.record_nadine import numbered
from alur.workflow.engine.advance import close
from alur.workflow.engine.filing import ASKED, archive_fields, default_archive, unnumbered, wants_reason
from alur.workflow.engine.rule import Deciding, DecisionRule
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.words import SHORTEST_REASON, cleaned
from alur.workflow.errors import FieldMissing, ReasonMissing
from alur.workflow.events import CaseFinished, Event, NadineRecorded
from alur.workflow.forms import Form
from alur.workflow.people import Actor
from alur.workflow.presses import On, known
from alur.workflow.sop import TaskKind


class Archive(Deciding):
    act: Literal["archive"] = "archive"
    fields: ArchiveFields


class ArchiveRule(DecisionRule[Archive]):
    act, name, kind = Archive, "archive", TaskKind.ARCHIVE
    asks = True
    answer, values = "recorded", {"outcome": Outcome.ARCHIVED.value}

    def form(self, s: Situation, member: int, on: On) -> Form:
        return self.asking(
            s, on, fields=archive_fields(s), answers=default_archive(s.sop, s.case, s.office.calendar.zone)
        )

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> Archive:
        fields = ArchiveFields(**known(form, "form").answers)
        return Archive(by=member, task=known(on.task, "task"), revision=on.revision, fields=fields)

    def decide(self, s: Situation, act: Archive) -> tuple[Event, ...]:
        task, actor = self.decider(s, act)
        for field in (*ASKED, *s.sop.archive.asks):
            if cleaned(getattr(act.fields, field)) is None:
                raise FieldMissing(field=field)
        reason = cleaned(act.fields.reason_missing)
        if wants_reason(s.sop, s.case) and (reason is None or len(reason) < SHORTEST_REASON):
            raise ReasonMissing(field="reason_missing", least=SHORTEST_REASON, length=len(reason or ""))
        finished = CaseFinished(archive=act.fields, at=s.at)
        return (*self._numbered(s, act, actor), close(s, task, actor, Outcome.ARCHIVED), finished)

    def _numbered(self, s: Situation, act: Archive, actor: Actor) -> tuple[NadineRecorded, ...]:
        """The number of the letter that is filed is its Nadine number, where that has not been entered."""
        letter = unnumbered(s.sop, s.case)
        return (numbered(s, letter, act.fields.letter_number.strip(), actor),) if letter else ()
