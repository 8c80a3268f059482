"""The trail: one chain of entries per case and one for the office, each bound to the one before by its hash.

The owner's row (the case, or the office's only row) holds head and length, so that a missing tail is seen too. Over all
entries of all chains, numbered from 1 in the order of writing, stands one tree (`alur.evidence.tree`): a leaf is an entry's
hash as 32 bytes. Services append in the transaction of the act; `alur.services.evidence` verifies, signs and exports.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    CursorResult,
    Index,
    Text,
    UniqueConstraint,
    bindparam,
    func,
    insert,
    select,
    update,
)
from sqlmodel import Field, Session

from alur.storage.cases import CASES
from alur.storage.columns import Base, UtcMoment, canonical
from alur.storage.statements import every, run, run_through


class Audit(Base, table=True):
    __tablename__ = "audit"
    __table_args__ = (UniqueConstraint("case_id", "seq"),)

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    case_id: int | None = Field(foreign_key="cases.id")
    seq: int
    at: datetime = Field(sa_type=UtcMoment)
    actor: int | None = Field(sa_type=BigInteger)
    entry: str = Field(sa_type=Text)
    prev_hash: str
    hash: str


class OfficeRow(Base, table=True):
    """The owner of the office's chain; the migration puts the only row in."""

    __tablename__ = "office"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: int = Field(primary_key=True)
    audit_head: str
    audit_length: int


class AuditTree(Base, table=True):
    """How far the tree has grown; the migration puts the only row in."""

    __tablename__ = "audit_tree"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: int = Field(primary_key=True)
    size: int
    wanted: int  # the size from which on a checkpoint is asked for at once


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditEntry:
    id: int  # in the order of writing, from 1; its leaf in the tree is the one before
    case_id: int | None  # None: of the office
    seq: int  # within its chain, from 1
    at: datetime
    member: int | None  # who acted; None: the clock
    entry: dict[str, Any]
    prev: str  # the hash before; empty at the chain's beginning
    hash: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TreeSize:
    size: int
    wanted: int


AUDIT = Audit.table()
OFFICE = OfficeRow.table()
TREE = AuditTree.table()
# A UNIQUE lets any number of NULLs in, and the office's entries have no case.
Index(
    "uq_audit_office_seq",
    AUDIT.c.seq,
    unique=True,
    sqlite_where=AUDIT.c.case_id.is_(None),
    postgresql_where=AUDIT.c.case_id.is_(None),
)

HASH = re.compile(r"[0-9a-f]{64}")
CASE_OWNER = select(CASES.c.code, CASES.c.audit_head, CASES.c.audit_length).where(CASES.c.id == bindparam("case"))
OFFICE_OWNER = select(OFFICE.c.audit_head, OFFICE.c.audit_length)
LOCK_CASE_OWNER, LOCK_OFFICE_OWNER = CASE_OWNER.with_for_update(), OFFICE_OWNER.with_for_update()
CASE_GROWN = update(CASES).where(CASES.c.id == bindparam("case"))
OFFICE_GROWN = update(OFFICE)
APPEND = insert(AUDIT)
NUMBERED = update(TREE).values(size=TREE.c.size + 1).returning(TREE.c.size)
WANT = update(TREE).values(wanted=TREE.c.size)
TREE_SIZE = select(TREE.c.size, TREE.c.wanted)
LOCK_TREE = TREE_SIZE.with_for_update()
WRITTEN = select(func.count(AUDIT.c.id))
LEAVES = (
    select(AUDIT.c.id, AUDIT.c.hash)
    .where(AUDIT.c.id > bindparam("after"), AUDIT.c.id <= bindparam("upto"))
    .order_by(AUDIT.c.id)
)
READ = select(
    AUDIT.c.id,
    AUDIT.c.case_id,
    AUDIT.c.seq,
    AUDIT.c.at,
    AUDIT.c.actor.label("member"),
    AUDIT.c.entry.label("text"),
    AUDIT.c.prev_hash.label("prev"),
    AUDIT.c.hash,
)
OF_CASE = READ.where(AUDIT.c.case_id == bindparam("case")).order_by(AUDIT.c.seq)
OF_OFFICE = READ.where(AUDIT.c.case_id.is_(None)).order_by(AUDIT.c.seq)
LATEST_OF_CASE = OF_CASE.where(AUDIT.c.seq > bindparam("past"))
LATEST_OF_OFFICE = OF_OFFICE.where(AUDIT.c.seq > bindparam("past"))
FIRST_AT = select(AUDIT.c.at).where(AUDIT.c.id == 1)
ARCHIVED_IN = (
    select(AUDIT.c.case_id)
    .distinct()
    .join_from(AUDIT, CASES, AUDIT.c.case_id == CASES.c.id)
    .where(AUDIT.c.id > bindparam("after"), AUDIT.c.id <= bindparam("upto"))
    .where(CASES.c.finished_at.is_not(None), CASES.c.cancelled_at.is_(None))
    .order_by(AUDIT.c.case_id)
)
COUNT_OF_CASE = select(func.count()).where(AUDIT.c.case_id == bindparam("case"))
COUNT_OF_OFFICE = select(func.count()).where(AUDIT.c.case_id.is_(None))


def append(
    session: Session, *, case_id: int | None, at: datetime, member: int | None, entry: dict[str, Any]
) -> AuditEntry:
    """The entry at the end of its chain; `entry` must be JSON as it is, without dates or the like.

    The chain's owner and the tree are locked until the transaction ends: of a case first it, then the tree, then the office, so
    that who writes of the office alone, beside the leader, cannot block him for good. NoResultFound if there is no such case.
    """
    number = _number(session) if case_id is None else 0
    code, head, length = _owner(session, case_id, lock=True)
    number = number or _number(session)
    seq = length + 1
    text = canonical(entry)
    digest = entry_hash(seq=seq, at=at, case=code, member=member, entry=entry, prev=head)
    values = {"case_id": case_id, "seq": seq, "at": at, "actor": member, "prev_hash": head, "hash": digest}
    run(session, APPEND, id=number, entry=text, **values)
    if case_id is None:
        run(session, OFFICE_GROWN, audit_head=digest, audit_length=seq)
    else:
        run(session, CASE_GROWN, case=case_id, audit_head=digest, audit_length=seq)
    return AuditEntry(
        id=number,
        case_id=case_id,
        seq=seq,
        at=at.astimezone(UTC),
        member=member,
        entry=json.loads(text),
        prev=head,
        hash=digest,
    )


def lock_office(session: Session) -> None:
    """Until the transaction ends nobody else writes into the office's chain, nor into any: the tree is locked before it."""
    run(session, LOCK_TREE).one()
    run(session, LOCK_OFFICE_OWNER).one()


def entry_hash(
    *, seq: int, at: datetime, case: str | None, member: int | None, entry: dict[str, Any], prev: str
) -> str:
    """SHA-256 over the canonical JSON of these six, the moment as ISO 8601 in UTC."""
    return _text_hash(seq=seq, at=at, case=case, member=member, text=canonical(entry), prev=prev)


def _text_hash(*, seq: int, at: datetime, case: str | None, member: int | None, text: str, prev: str) -> str:
    """The same, where the entry is canonical JSON already: it stands between the others in the order of their names."""
    before = canonical({"at": at.astimezone(UTC).isoformat(), "case": case})
    after = canonical({"member": member, "prev": prev, "seq": seq})
    return sha256(f'{before[:-1]},"entry":{text},{after[1:]}'.encode()).hexdigest()


def tree_size(session: Session) -> TreeSize:
    return TreeSize(**run(session, TREE_SIZE).one()._asdict())


def want_checkpoint(session: Session) -> None:
    """What stands in the trail so far is to be signed soon, whatever the hour."""
    run(session, WANT)


def leaves(session: Session, *, upto: int, after: int = 0) -> Iterator[bytes]:
    """The data of the tree's leaves, of the entries after that number up to this. To be consumed inside the transaction; it
    ends early where one is missing, or has no hash, so that whoever counts them sees it.
    """
    with run_through(session, LEAVES, after=after, upto=upto) as rows:
        for number, row in enumerate(rows, after + 1):
            if row.id != number or not HASH.fullmatch(row.hash):
                return
            yield bytes.fromhex(row.hash)


def written(session: Session) -> int:
    """How many entries stand in the trail, whatever their numbers."""
    return int(run(session, WRITTEN).scalar_one())


def entries(session: Session, case_id: int | None) -> tuple[AuditEntry, ...]:
    """The chain from its beginning."""
    return every(_entry, run(session, OF_OFFICE) if case_id is None else run(session, OF_CASE, case=case_id))


def latest(session: Session, case_id: int | None, most: int) -> tuple[AuditEntry, ...]:
    """The chain's last entries, so many at most, in order."""
    _, _, length = _owner(session, case_id)
    if case_id is None:
        return every(_entry, run(session, LATEST_OF_OFFICE, past=length - most))
    return every(_entry, run(session, LATEST_OF_CASE, case=case_id, past=length - most))


def begun_at(session: Session) -> datetime | None:
    """The moment of the trail's first entry; None before there is one."""
    moment: datetime | None = run(session, FIRST_AT).scalar_one_or_none()
    return moment


def archived_among(session: Session, *, after: int, upto: int) -> tuple[int, ...]:
    """The cases that are archived now and have an entry of a number after that one up to this."""
    return tuple(run(session, ARCHIVED_IN, after=after, upto=upto).scalars())


def count(session: Session, case_id: int | None) -> int:
    """How many entries the chain has, readable or not."""
    found = run(session, COUNT_OF_OFFICE) if case_id is None else run(session, COUNT_OF_CASE, case=case_id)
    return int(found.scalar_one())


def verify(session: Session, case_id: int | None) -> tuple[str, ...]:
    """Every fault of the chain in one sentence each; none if it is whole."""
    found: list[str] = []
    for _ in walk(session, case_id, lambda seq, what: found.append(f"entry {seq}: {what}" if seq else what)):
        pass
    return tuple(found)


def walk(session: Session, case_id: int | None, tell: Callable[[int | None, str], None]) -> Iterator[AuditEntry]:
    """The chain from its beginning, each entry that can be read; what is wrong is told on the way: of which entry (None: of the
    chain as a whole), and what. To be gone through inside the transaction. NoResultFound if there is no such case.
    """
    code, head, length = _owner(session, case_id)
    prev, last, number = "", 0, 0
    with _chain(session, case_id) as rows:
        for row in rows:
            if row.seq != last + 1:
                tell(last + 1, "missing")
            elif row.prev != prev:
                tell(row.seq, "not bound to the one before")
            if row.id <= number:
                tell(row.seq, "numbered as if it had been written before the one before")
            read = _read(row.text)
            if read is None:
                tell(row.seq, "unreadable")
            else:
                entry, text = read
                facts = {"seq": row.seq, "at": row.at, "member": row.member, "prev": row.prev}
                if text != row.text or _text_hash(case=code, text=text, **facts) != row.hash:
                    tell(row.seq, "altered")
                yield AuditEntry(id=row.id, case_id=case_id, hash=row.hash, entry=entry, **facts)
            prev, last, number = row.hash, row.seq, row.id
    if last != length:
        tell(None, f"the chain ends with entry {last}, its owner counts {length}")
    elif prev != head:
        tell(None, "the chain's end is not the one that its owner holds")


def _read(text: str) -> tuple[dict[str, Any], str] | None:
    """With its canonical text; None where it is no JSON object, or one that cannot be written so."""
    try:
        entry = json.loads(text)
        return (entry, canonical(entry)) if isinstance(entry, dict) else None
    except (ValueError, TypeError, RecursionError):
        return None


def _number(session: Session) -> int:
    """The next one."""
    return int(run(session, NUMBERED).scalar_one())


def _owner(session: Session, case_id: int | None, *, lock: bool = False) -> tuple[str | None, str, int]:
    """Code (None for the office), head and length."""
    if case_id is None:
        row = run(session, LOCK_OFFICE_OWNER if lock else OFFICE_OWNER).one()
        return None, row.audit_head, row.audit_length
    row = run(session, LOCK_CASE_OWNER if lock else CASE_OWNER, case=case_id).one()
    return row.code, row.audit_head, row.audit_length


def _chain(session: Session, case_id: int | None) -> CursorResult[Any]:
    """The office's grows for ever."""
    if case_id is None:
        return run_through(session, OF_OFFICE)
    return run_through(session, OF_CASE, case=case_id)


def _entry(*, text: str, **rest: Any) -> AuditEntry:
    return AuditEntry(entry=json.loads(text), **rest)
