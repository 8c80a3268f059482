"""A notice as a value: what was recorded about it, who reads it, and the case as it is now. Made by
`alur.views.notices`, read by `alur.views.notice_kinds`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from alur.views.screen import Reader, Rows
from alur.workflow.case import Task
from alur.workflow.engine import Situation
from alur.workflow.sop import Sop


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What a notice is made from."""

    about: Mapping[str, Any]
    reader: Reader
    s: Situation | None
    case_id: int | None
    extra: Mapping[str, Any]

    @property
    def sops(self) -> tuple[Sop, ...]:
        given = tuple(self.extra.get("sops", ()))
        return given or ((self.s.sop,) if self.s else ())

    @property
    def situation(self) -> Situation:
        if self.s is None or self.case_id is None:
            raise ValueError("this notice is about a case, and none was given")
        return self.s

    @property
    def case(self) -> int:
        """The number of its case. Raises ValueError where it is about none: its buttons would mean nothing."""
        if self.case_id is None:
            raise ValueError("this notice has buttons about a case, and none was given")
        return self.case_id

    @property
    def role(self) -> str | None:
        """The role in which the reader is written to: the first that he holds in this SOP."""
        own = {role.id for sop in self.sops for role in sop.roles}
        return next((role for role in self.reader.roles if role in own), None)

    def task(self) -> Task:
        found = self.situation.case.task(self.about["task"])
        if found is None:
            raise ValueError(f"{self.situation.case.code} has no task {self.about['task']}")
        return found


def step_of(s: Situation, task: Task) -> dict[str, Any]:
    """What a sentence about a task's place in the SOP names."""
    return {"task": task, "step": s.step(task), "total": len(s.sop.steps), "number": task.step}


Parts = tuple[Mapping[str, Any], Rows]  # what its template may name, and its buttons
