"""Counts the cases whose state is parsed: every one goes through `_record` of `alur.storage.cases`. What a session knows is read
again, and not parsed again; what an earlier session knew is parsed, unless it is asked for as it is kept.

with parsed() as found:
    house.transact(…)
assert found.count == 0
"""

from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from threading import local
from unittest.mock import patch

from alur.storage import cases


@dataclass
class Parsed:
    """What was parsed since, in its order; a case as often as it was."""

    records: list = field(default_factory=list)
    numbers: list = field(default_factory=list)  # of the cases

    @property
    def count(self):
        return len(self.records)

    @property
    def ids(self):
        return {record.id for record in self.records}

    @property
    def codes(self):
        return [record.case.code for record in self.records]


@contextmanager
def parsed(*, is_kept=False):
    """What is parsed inside, by whatever thread of this process."""
    found, record, parse, here = Parsed(), cases._record, cases._parse, local()

    def noted_parse(state):
        here.was_parsed = True
        return parse(state)

    def noted(session, **values):
        here.was_parsed = False
        made = record(session, **values)
        if here.was_parsed:
            found.records.append(made)
            found.numbers.append(made.id)
        return made

    forgetful = nullcontext() if is_kept else patch("alur.storage.database.keeping")
    with forgetful, patch.object(cases, "_record", noted), patch.object(cases, "_parse", noted_parse):
        yield found
