"""Versions of documents across all cases: which bytes the office has named (`named_files`). `cases` keeps the rows in step."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlmodel import Field, Session

from alur.storage.columns import Base, UtcMoment
from alur.storage.statements import run_each
from alur.workflow.case import Case


class Versions(Base, table=True):
    """Withdrawn versions stay: their bytes are still part of the trail."""

    __tablename__ = "versions"

    case_id: int = Field(primary_key=True, foreign_key="cases.id")
    version: int = Field(primary_key=True)
    document: str
    sha256: str = Field(index=True)
    member_id: int
    at: datetime = Field(sa_type=UtcMoment)


VERSIONS = Versions.table()
ADD = insert(VERSIONS)


def keep_in_step(session: Session, case_id: int, before: Case | None, after: Case) -> None:
    """Versions are only ever added, so the new ones are those at the end."""
    new = rows(case_id, after)[len(before.versions) if before else 0 :]
    if new:
        run_each(session, ADD, new)


def rows(case_id: int, case: Case) -> list[dict[str, Any]]:
    """What stands here of the case, in the order in which it came."""
    return [
        {
            "case_id": case_id,
            "version": version.id,
            "document": version.document,
            "sha256": version.file.sha256,
            "member_id": version.by.member,
            "at": version.at,
        }
        for version in case.versions
    ]
