"""A hand that changes one thing in an office, as whoever holds the database and the disk could. Every change gives other
content; what the database itself refuses (a UNIQUE, a CHECK) is no change, and another is tried.

Out of its reach, for nothing tells of them twice: a checkpoint's `at` (its note has no moment, and clocks may jump), when an SOP
was stored, the code's hash of an invitation (the code is in the link alone; what is kept of it for a while is held against its
hash), from which size on a checkpoint is wished for (an archiving wishes; held only against the tree's size), and what cases
and people are not: cards, notices, forms, timers, messages, the inbox. What was written since the last checkpoint can be
rewritten with all hashes after it by whoever holds the database: here a checkpoint stands behind the last
entry. A stored checkpoint that is gone, and a tail that is gone with the checkpoints over it, are found by what was pasted alone.
"""

import random
import string
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, func, insert, select, text, update

from alur.storage.appointments import APPOINTMENTS
from alur.storage.audit import AUDIT, OFFICE, TREE
from alur.storage.cases import CASES
from alur.storage.checkpoints import CHECKPOINTS
from alur.storage.inspected import IN_STEP
from alur.storage.invites import INVITES
from alur.storage.members import MEMBERS
from alur.storage.signing_keys import KEYS
from alur.storage.sops import SOPS
from alur.storage.tasks import TASKS
from alur.storage.versions import VERSIONS

TABLES = {  # with how often the hand reaches for each
    AUDIT: 30,
    CASES: 16,
    VERSIONS: 8,
    TASKS: 8,
    OFFICE: 4,
    TREE: 2,
    CHECKPOINTS: 8,
    KEYS: 4,
    MEMBERS: 6,
    APPOINTMENTS: 6,
    INVITES: 6,
    SOPS: 2,
    **{item.table: 2 for item in IN_STEP if item.table not in (TASKS, VERSIONS)},
}
BEYOND = {"checkpoints.at", "sops.stored_at", "invites.code_hash", "audit_tree.wanted"}
UNIQUE = {AUDIT: "seq", CASES: "code", MEMBERS: "telegram_id", INVITES: "code_hash"}  # beside the key
SAMPLES = {bool: True, int: 5, str: "x", datetime: datetime(2026, 12, 1, tzinfo=UTC), date: date(2026, 12, 1)}
SIGNS = string.ascii_letters + string.digits + "+/= -.,:"


class NoChange(Exception):
    """There is nothing of that kind to change."""


class Hand:
    def __init__(self, session, store, pasted, seed):
        self.connection, self.store, self.pasted = session.connection(), store, list(pasted)
        self.dice = random.Random(seed)
        self.undo = lambda: None  # what is not undone with the transaction

    def change(self):
        """What it did, in words."""
        self.undo = lambda: None
        kinds = {
            self.column: 40,
            self.delete: 12,
            self.double: 8,
            self.swap: 10,
            self.digit: 12,
            self.cut: 5,
            self.whole_case: 2,
            self.file: 8,
            self.pasted_sign: 4,
        }
        return self.dice.choices(list(kinds), list(kinds.values()))[0]()

    # Rows

    def column(self):
        table, row = self._row()
        names = [name for name in row if f"{table.name}.{name}" not in BEYOND and not self._is_only(table, name)]
        name = self.dice.choice(names)
        value = self._another(table, name, row[name])
        self._set(table, row, {name: value})
        return f"{table.name}.{name} of {self._key(table, row)}: {row[name]!r} to {value!r}"[:300]

    def delete(self):
        table, row = self._row()
        if table is SOPS:
            raise NoChange
        self._run(delete(table).where(*self._at(table, row)))
        return f"{table.name}: {self._key(table, row)} deleted"

    def double(self):
        table, row = self._row()
        if table in (OFFICE, TREE, SOPS):  # the one row of each cannot be doubled; an SOP that no case has harms nobody
            raise NoChange
        key = self.dice.choice([column.name for column in table.primary_key if column.name != "case_id"] or ["case_id"])
        own = {key: self._another(table, key, row[key], is_new=True)}
        if table in UNIQUE and not (table is AUDIT and self.dice.random() < 0.5):
            own[UNIQUE[table]] = self._another(table, UNIQUE[table], row[UNIQUE[table]], is_new=True)
        self._run(insert(table).values(**{**row, **own}))
        return f"{table.name}: {self._key(table, row)} doubled as {own}"

    def swap(self):
        """All that two rows hold, but for their keys."""
        table, one = self._row()
        _, two = self._row(table)
        keys = {column.name for column in table.primary_key}
        first = {name: value for name, value in one.items() if name not in keys}
        second = {name: value for name, value in two.items() if name not in keys}
        told = {name for name in first if f"{table.name}.{name}" not in BEYOND}
        if all(first[name] == second[name] for name in told):
            raise NoChange
        free = {UNIQUE[table]: self._another(table, UNIQUE[table], None, is_new=True)} if table in UNIQUE else {}
        self._set(table, one, free or first)
        self._set(table, two, first)
        self._set(table, one, second)
        return f"{table.name}: {self._key(table, one)} and {self._key(table, two)} swapped"

    def digit(self):
        """One, deep inside a JSON."""
        table, name = self.dice.choice(
            ((AUDIT, "entry"), (AUDIT, "entry"), (CASES, "state"), (SOPS, "body"), (APPOINTMENTS, "order_file"))
        )
        raw = text(f"SELECT {name} FROM {table.name} WHERE {name} IS NOT NULL ORDER BY 1")
        found = self.dice.choice(self.connection.execute(raw).scalars().all())
        places = [place for place, sign in enumerate(found) if sign.isdigit()]
        place = self.dice.choice(places)
        other = self.dice.choice([sign for sign in string.digits if sign != found[place]])
        value = found[:place] + other + found[place + 1 :]
        if table is CASES and _is_same_moment(found, value):
            raise NoChange
        change = text(f"UPDATE {table.name} SET {name} = :new WHERE {name} = :old")
        self._run(change, new=value, old=found)
        return f"{table.name}.{name}: …{found[max(0, place - 20) : place]}[{other}]…"

    # What needs several statements, done by one who knows how it hangs together

    def cut(self):
        """The tail of a chain, with head, length, numbers and the tree's size set to fit."""
        owner = self.dice.choice((None, 1, 2))
        of = AUDIT.c.case_id.is_(None) if owner is None else AUDIT.c.case_id == owner
        rows = self.connection.execute(select(AUDIT).where(of).order_by(AUDIT.c.seq)).mappings().all()
        kept = self.dice.randrange(len(rows))
        self._run(delete(AUDIT).where(of, AUDIT.c.seq > kept))
        end = {"audit_head": rows[kept - 1]["hash"] if kept else "", "audit_length": kept}
        owned = update(OFFICE) if owner is None else update(CASES).where(CASES.c.id == owner)
        self._run(owned.values(**end))
        self._fit()
        without = self.dice.random() < 0.5
        if without:  # also what would tell, but for the checkpoint in the chat
            size = self.connection.execute(select(TREE.c.size)).scalar_one()
            self._run(delete(CHECKPOINTS).where(CHECKPOINTS.c.size > size))
        return f"the chain of {owner} cut behind entry {kept}{', without later checkpoints' if without else ''}"

    def whole_case(self):
        number = self.dice.choice((1, 2))
        for table in (AUDIT, *(item.table for item in IN_STEP)):
            self._run(delete(table).where(table.c.case_id == number))
        self._run(delete(CASES).where(CASES.c.id == number))
        self._fit()
        if self.dice.random() < 0.5:
            self._run(delete(CHECKPOINTS))
        return f"case {number} gone, with all its rows"

    def _fit(self):
        """The numbers anew without a gap, and the tree's size."""
        numbers = self.connection.execute(select(AUDIT.c.id).order_by(AUDIT.c.id)).scalars().all()
        for new, old in enumerate(numbers, 1):
            if new != old:
                self._run(update(AUDIT).where(AUDIT.c.id == old).values(id=new))
        self._run(update(TREE).values(size=len(numbers), wanted=0))

    # Files and what people kept

    def file(self):
        paths = [self.store.path(digest) for digest in self.store.stored()]
        path, other = self.dice.sample(paths, 2)
        was, also = path.read_bytes(), other.read_bytes()

        def undo():
            path.write_bytes(was)
            other.write_bytes(also)

        self.undo = undo
        match self.dice.choice(("byte", "cut", "gone", "swapped")):
            case "byte":
                place = self.dice.randrange(len(was))
                path.write_bytes(was[:place] + bytes([was[place] ^ (1 << self.dice.randrange(8))]) + was[place + 1 :])
            case "cut":
                path.write_bytes(was[: self.dice.randrange(len(was))])
            case "gone":
                path.unlink()
            case "swapped":
                path.write_bytes(also)
                other.write_bytes(was)
        return f"the file {path.name} changed"

    def pasted_sign(self):
        number = self.dice.randrange(len(self.pasted))
        was = list(self.pasted)
        self.undo = lambda: self.pasted.__setitem__(slice(None), was)
        note = self.pasted[number]
        place = self.dice.choice([at for at, sign in enumerate(note) if not sign.isspace() and sign != "—"])
        other = self.dice.choice([sign for sign in SIGNS if sign != note[place]])
        self.pasted[number] = note[:place] + other + note[place + 1 :]
        return f"sign {place} of a pasted checkpoint: {note[place]!r} to {other!r}"

    # Helpers

    def _row(self, table=None):
        table = table if table is not None else self.dice.choices(list(TABLES), list(TABLES.values()))[0]
        key = list(table.primary_key)
        count = self.connection.execute(select(func.count()).select_from(table)).scalar_one()
        if not count:
            raise NoChange
        found = select(table).order_by(*key).limit(1).offset(self.dice.randrange(count))
        return table, dict(self.connection.execute(found).mappings().one())

    def _at(self, table, row):
        return [column == row[column.name] for column in table.primary_key]

    def _key(self, table, row):
        return {column.name: row[column.name] for column in table.primary_key}

    def _is_only(self, table, name):
        return table in (OFFICE, TREE) and name == "id"

    def _set(self, table, row, values):
        self._run(update(table).where(*self._at(table, row)).values(**values))

    def _run(self, statement, **values):
        self.connection.execute(statement, values)

    def _another(self, table, name, value, *, is_new=False):
        """Of the same kind: another row's, one near it, or nothing where nothing may stand."""
        column = table.c[name]
        others = self.connection.execute(select(column).distinct()).scalars().all()
        if not is_new and self.dice.random() < 0.4:
            found = [item for item in others if item != value]
            if column.nullable and value is not None:
                found.append(None)
            if found:
                return self.dice.choice(found)
        taken = {repr(item) for item in others} if is_new else {repr(value)}
        for _ in range(50):
            made = self._near(next(item for item in (value, *others, _sample(column)) if item is not None))
            if repr(made) not in taken:
                return made
        raise NoChange

    def _near(self, value):
        dice = self.dice
        match value:
            case bool():
                return not value
            case int():
                return max(0, value + dice.choice((-1, 1, 1, 7, 100)))
            case StrEnum():
                return dice.choice(list(type(value)))
            case datetime():
                return value + dice.choice((1, -1)) * timedelta(
                    microseconds=dice.choice((1, 1_000_000, 86_400_000_000))
                )
            case date():
                return value + timedelta(days=dice.choice((-1, 1, 30)))
            case dict():
                key = dice.choice([key for key, item in value.items() if isinstance(item, str)])
                return value | {key: value[key] + "x"}
            case str():
                place = dice.randrange(len(value) + 1)
                return value[:place] + dice.choice(string.ascii_lowercase + string.digits) + value[place + 1 :]
        raise NoChange


def _sample(column):
    kind = getattr(column.type, "impl", column.type)
    return SAMPLES.get(kind.python_type)


def _is_same_moment(one, two):
    """Whether both states are one value, though not one text."""
    from alur.storage.cases import parsed

    try:
        return parsed(one) == parsed(two)
    except ValueError:
        return False
