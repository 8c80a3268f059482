"""What can be wrong with what is remembered.

Fault
├── TransactionLost   the database rolled back on its own; nothing was kept, try again
├── LeadLost          this process no longer leads, or cannot be sure; it stands by
├── DatabaseUnfit     the database is not one that an office can stand on, or is named wrongly
├── ReadOnly          the database takes no writes just now
├── CaseMoved         somebody saved the case since it was loaded; load it again
├── SopMissing        no SOP is stored under this hash
├── UnknownShape      a case was written by a later version of this program
├── FileDamaged       a stored file is gone or has other bytes than its name says
├── FolderNotShared   the data folder is not the one that the office's other processes use
├── BackupFailed      no archive was made
├── ArchiveDamaged    an archive is cut short or altered, or is none
└── RestoreRefused    an archive does not fit the place, or the place is not empty; nothing was written
"""

from pathlib import Path

from alur.workflow.errors import Fault

NO_SCHEMA = "the search path names no schema that exists and may be used"


class TransactionLost(Fault):
    def __init__(self) -> None:
        super().__init__("the database had rolled the transaction back before it was to be committed")


class LeadLost(Fault):
    def __init__(self) -> None:
        super().__init__("this process no longer leads the office: it stands by")


class DatabaseUnfit(Fault):
    """`why` is a clause, without a secret."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(f"ALUR_DATABASE_URL: {why}")


class ReadOnly(Fault):
    def __init__(self) -> None:
        super().__init__(
            "ALUR_DATABASE_URL: the database takes no writes: the server is a standby, or its default is read-only"
        )


class CaseMoved(Fault):
    def __init__(self, code: str, revision: int) -> None:
        self.code = code
        self.revision = revision
        super().__init__(f"the case {code} is no longer at revision {revision}")


class SopMissing(Fault):
    def __init__(self, sop_hash: str) -> None:
        self.sop_hash = sop_hash
        super().__init__(f"no SOP is stored under {sop_hash}")


class UnknownShape(Fault):
    def __init__(self, code: str, shape: int) -> None:
        self.code = code
        self.shape = shape
        super().__init__(f"the case {code} is written in shape {shape}, which this version cannot read")


class FileDamaged(Fault):
    """`name` is how people know the file, where that is known."""

    def __init__(self, sha256: str, name: str = "") -> None:
        self.sha256 = sha256
        super().__init__(
            f"the stored file {sha256}{f' ({name})' if name else ''} is gone or has other bytes than its name says"
        )


class FolderNotShared(Fault):
    def __init__(self, folder: str) -> None:
        super().__init__(
            f"ALUR_DATA_DIR: {folder} is not the folder of this database's office: all its processes must share one"
        )


class BackupFailed(Fault):
    """`why` is a clause."""

    def __init__(self, why: str) -> None:
        super().__init__(f"no backup was made: {why}")


class ArchiveDamaged(Fault):
    def __init__(self, archive: Path, member: str, why: str) -> None:
        self.member = member
        super().__init__(f"{archive}: {member} {why}; nothing was restored")


class RestoreRefused(Fault):
    """`why` is a clause."""

    def __init__(self, why: str) -> None:
        super().__init__(f"nothing was restored: {why}")
