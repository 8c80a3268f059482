"""What the clock asks at every tick and start walks along no table: it costs no more after many years.

SQLite says how it would run a statement whatever the tables hold; of an empty PostgreSQL that would mean nothing.
"""

from datetime import UTC, datetime

import pytest
from sqlalchemy import event

from alur.storage import agenda, cases, timers
from alur.storage.agenda import Untold

NOW = datetime(2026, 12, 1, tzinfo=UTC)
GROUP = Untold(member_id=1, moment=NOW, first=1)
ASKED = {
    "what is due": lambda session: timers.due(session, now=NOW, limit=250),
    "what is claimed": lambda session: timers.claim(session, {1: NOW}),
    "the nearest": timers.nearest,
    "the office's timers": lambda session: timers.of(session, None),
    "a case's timers": lambda session: timers.of(session, 7),
    "whether something is untold": agenda.is_untold,
    "what is untold": agenda.untold,
    "what a notice takes": lambda session: agenda.attach(session, GROUP, 1),
    "what nobody is told": lambda session: agenda.drop(session, GROUP),
    "a notice's rows": lambda session: agenda.of_notice(session, 1, start=0, most=9),
    "how many they are": lambda session: agenda.count_of_notice(session, 1),
    "what is cleared": lambda session: agenda.clear(session, NOW),
    "whether a year has its case": lambda session: cases.taken(session, sops=["ip-asn"], periods=["2026"]),
    "the next running cases": lambda session: cases.unfinished_after(session, 0, 9),
}


@pytest.mark.parametrize("what", ASKED)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # an empty PostgreSQL walks along everything
def test_nothing_that_the_clock_asks_walks_along_a_table(database, what):
    said = []
    event.listen(database.writer, "before_cursor_execute", lambda *given: said.append(given[2:4]))
    with database.write() as session:
        session.connection()
        said.clear()  # how the transaction began
        ASKED[what](session)
        ((statement, given),) = said
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given).all()

    steps = [row[3] for row in plan]
    assert steps
    assert [
        step for step in steps if step.startswith("SCAN") and "subquery" not in step and "CONSTANT" not in step
    ] == []
