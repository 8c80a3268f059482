"""What mends a case: a decision that is held back, one that was taken on paper, a case that stands still or was called off.

The values that a case carries of it; the acts stand in rooms of their own (`alur.workflow.engine.acts`).
"""

from typing import Any

from pydantic import AwareDatetime

from alur.workflow.files import FileRef
from alur.workflow.model import Value
from alur.workflow.people import Actor


class Held(Value):
    """A decision that is recorded and not handed on yet: until then its maker may withdraw it (*Tarik Keputusan*)."""

    by: int  # the member who made it, or who recorded it
    at: AwareDatetime  # when it was made: the moment that counts
    until: AwareDatetime  # when it is handed on
    act: dict[str, Any]  # what was done, which is decided anew when it is handed on


class Paper(Value):
    """A decision that was taken on paper: who recorded it here, when, and from which sheet."""

    by: Actor
    at: AwareDatetime
    sheet: FileRef


class Suspension(Value):
    """A stretch in which the case stood still, or stands."""

    by: Actor
    at: AwareDatetime
    reason: str
    resumed_by: Actor | None = None
    resumed_at: AwareDatetime | None = None


class Pause(Value):
    """A stretch that is given back to a task's limit."""

    since: AwareDatetime
    at: AwareDatetime  # when work went on: from then on the limit is a later one


class Cancellation(Value):
    by: Actor
    at: AwareDatetime
    reason: str


class Corrected(Value):
    """Who corrected last what had been typed, and when; what it was before stands in the trail."""

    what: str  # as `alur.workflow.engine.correctable` names it
    by: Actor
    at: AwareDatetime


class Assignment(Value):
    """To whom alone of the role's holders a task was handed, by whom and when."""

    to: Actor
    by: Actor
    at: AwareDatetime
    reason: str
