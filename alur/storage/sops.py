"""SOPs as they were when a case began with them, by the hash of their content. A running case keeps its own."""

from datetime import datetime

from sqlalchemy import Text, bindparam, select
from sqlmodel import Field, Session

from alur.storage.columns import Base, UtcMoment
from alur.storage.errors import SopMissing
from alur.storage.statements import Upsert, run
from alur.workflow.sop import Sop


class Sops(Base, table=True):
    __tablename__ = "sops"

    hash: str = Field(primary_key=True)
    sop_id: str
    body: str = Field(sa_type=Text)
    stored_at: datetime = Field(sa_type=UtcMoment)


SOPS = Sops.table()
STORE = Upsert(lambda insert: insert(SOPS).on_conflict_do_nothing(index_elements=["hash"]))
BODY = select(SOPS.c.body).where(SOPS.c.hash == bindparam("wanted"))

# What a hash names never changes, so nothing here can be out of date.
_read: dict[str, Sop] = {}


def store(session: Session, sop: Sop, sop_hash: str, at: datetime) -> None:
    """Keeps the SOP; one that is known already stays as it is."""
    run(session, STORE, hash=sop_hash, sop_id=sop.id, body=sop.model_dump_json(by_alias=True), stored_at=at)


def get(session: Session, sop_hash: str) -> Sop:
    """The SOP under this hash; SopMissing if there is none."""
    if sop_hash not in _read:
        body = run(session, BODY, wanted=sop_hash).scalar_one_or_none()
        if body is None:
            raise SopMissing(sop_hash)
        _read[sop_hash] = Sop.model_validate_json(body)
    return _read[sop_hash]
