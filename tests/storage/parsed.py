"""Counts the cases whose state is read: every one goes through `_record` of `alur.storage.cases`.

with parsed() as found:
    house.transact(…)
assert found.count == 0
"""

from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest.mock import patch

from alur.storage import cases


@dataclass
class Parsed:
    """What was read since, in its order; a case as often as it was read."""

    records: list = field(default_factory=list)

    @property
    def count(self):
        return len(self.records)

    @property
    def ids(self):
        return {record.id for record in self.records}


@contextmanager
def parsed():
    """What is read inside, by whatever thread of this process."""
    found, record = Parsed(), cases._record

    def noted(**values):
        made = record(**values)
        found.records.append(made)
        return made

    with patch.object(cases, "_record", noted):
        yield found
