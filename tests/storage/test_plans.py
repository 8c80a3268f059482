"""No statement that runs while somebody waits reads a table whole that grows with every case that is over."""

import importlib
import pkgutil

from sqlalchemy import CompoundSelect, Delete, Select, Update

import alur.storage
from alur.storage import cases, sops
from tests.storage.plans import reads, scanned

# These do not grow with the cases: they are read whole in places, and may be.
SMALL = {
    "appointments",
    "audit_tree",
    "calendar_mark",
    "folder_mark",
    "followed",
    "invites",
    "members",
    "office",
    "open_tasks",
    "reception",
    "signing_keys",
    "sops",
    "vacancies",  # of open tasks
}
# What reads everything, each with the reason.
WHOLE = {
    "audit.READ": "a beginning of others",
    "cards.READ": "a beginning of others",
    "checkpoints.READ": "a beginning of others",
    "cases.READ": "a beginning of others",
    "forms.READ": "a beginning of others",
    "inlets.READ": "a beginning of others",
    "cards.PRESSABLE": "after an outage alone; PostgreSQL merges both tables as long as it has no statistics",
    "audit.WRITTEN": "for the command line",
    "checkpoints.ALL": "for the command line",
    "checkpoints.LAST": "of one row, from the end of its key",
    "cases.ALL": "for the command line",
    "cases.NAMES": "for backups and the command line",
    "inbox.LAST_FROM": "for the list of members, which administrators call up",
}


def statements():
    """Every statement that a module of the storage keeps ready, by its name."""
    for module in pkgutil.iter_modules(alur.storage.__path__):
        kept = {} if module.ispkg else vars(importlib.import_module(f"alur.storage.{module.name}"))
        for name, value in kept.items():
            for key, item in value.items() if isinstance(value, dict) else [(None, value)]:
                if isinstance(item, Select | CompoundSelect | Update | Delete):
                    yield f"{module.name}.{name}" + (f"[{key}]" if key is not None else ""), item


def test_the_open_cases_are_found_without_the_finished_ones(database, new_case, sop, at):
    """As the planner chooses with statistics of its own, too: two thousand are over, three are open."""
    with database.write() as session:
        sops.store(session, sop, "hash-1", at)
        first = cases.create(session, new_case())
        row = dict(session.connection().execute(cases.CASES.select()).mappings().one())
        over = [
            row | {"id": first.id + n, "code": f"c{n}", "period": f"p{n}", "finished_at": at} for n in range(1, 2001)
        ]
        session.connection().execute(cases.CASES.insert(), over)
        session.connection().execute(cases.CASES.update().where(cases.CASES.c.id < 3).values(finished_at=None))
    for analyzed in (False, True):
        with database.read() as session:
            assert reads(session, cases.UNFINISHED_AFTER, {"after": 0, "most": 9}) == []
            assert [item.id for item in cases.unfinished_after(session, 0, 1000)] == [1, 2]
        if not analyzed:
            with database.writer.begin() as connection:
                connection.exec_driver_sql("ANALYZE")


def test_what_grows_with_the_cases_is_read_whole_by_nobody_who_is_waited_for(database):
    with database.read() as session:
        found = {name: scanned(session, statement) - SMALL for name, statement in statements()}

    assert len(found) > len(WHOLE)
    assert {name: tables for name, tables in found.items() if tables and name not in WHOLE} == {}
    assert set(WHOLE) <= set(found)
