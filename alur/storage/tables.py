"""All tables in one place: whoever imports this module has the whole metadata. Migrations and their test do."""

from sqlalchemy import MetaData

from alur.storage import (
    agenda,
    appointments,
    audit,
    calendar_mark,
    cards,
    case_roles,
    cases,
    entered,
    file_store,
    folder_mark,
    forms,
    inbox,
    inlets,
    invites,
    letter_numbers,
    members,
    messages,
    notices,
    own_messages,
    reception,
    sops,
    tasks,
    timers,
    uploads,
    versions,
)
from alur.storage.columns import Base

__all__ = [
    "METADATA",
    "agenda",
    "appointments",
    "audit",
    "calendar_mark",
    "cards",
    "case_roles",
    "cases",
    "entered",
    "file_store",
    "folder_mark",
    "forms",
    "inbox",
    "inlets",
    "invites",
    "letter_numbers",
    "members",
    "messages",
    "notices",
    "own_messages",
    "reception",
    "sops",
    "tasks",
    "timers",
    "uploads",
    "versions",
]

METADATA: MetaData = Base.metadata
