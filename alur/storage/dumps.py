"""A database as one file, and a file as a database: SQLite's online backup, and PostgreSQL's own tools.

Called by `alur.services.backups`. A dump is one snapshot, taken while others write.
"""

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import inspect
from sqlmodel import Session

from alur.storage.database import Database, is_begun
from alur.storage.durable import sync
from alur.storage.errors import BackupFailed, RestoreRefused
from alur.storage.postgresql import CONNECT_TIMEOUT
from alur.workflow.errors import Fault


class ToolFailed(Fault):
    """`pg_dump` or `pg_restore` is not there, or could not do it."""

    def __init__(self, tool: str, why: str) -> None:
        super().__init__(f"{tool}: {why}")


def dump(database: Database, session: Session, path: Path) -> str | None:
    """Writes what the reading session sees into a new file. PostgreSQL's schema that it is in; None on SQLite."""
    if database.dialect == "sqlite":
        _copy(session, path)
        return None
    snapshot, schema = session.connection().exec_driver_sql("SELECT pg_export_snapshot(), current_schema()").one()
    where = (f"--snapshot={snapshot}", f'--schema="{schema}"', f"--file={path}")
    _run("pg_dump", database, "--format=custom", "--no-owner", "--no-privileges", *where)
    return str(schema)


def check_empty(database: Database, namespace: str | None) -> None:
    """Raises `RestoreRefused` unless the database has no tables, and has the schema that those of a dump need."""
    if not is_begun(database.url):
        return
    with database.read() as session:
        if inspect(session.connection()).get_table_names():
            raise RestoreRefused("the database is not empty")
        if database.dialect == "sqlite":
            return
        own = session.connection().exec_driver_sql("SELECT current_schema()").scalar_one()
    if own != namespace:
        place = f"the schema {own!r}" if own else "no schema that exists"
        raise RestoreRefused(f"the archive's tables are of the schema {namespace!r}, and this database names {place}")


def load(database: Database, path: Path, namespace: str | None) -> None:
    """Makes the empty database what was dumped, at the version that it then had: all or nothing."""
    if database.dialect == "sqlite":
        _put_in_place(database, path)
        return
    how = ("--single-transaction", "--no-owner", "--no-privileges")
    _run("pg_restore", database, *how, f"--schema={namespace}", str(path))
    # Its session had the role's defaults, which may not wait for the disk. Ours does, for all that was written before, too.
    with database.write() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = version_num")


def _copy(session: Session, path: Path) -> None:
    driver = session.connection().connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        raise TypeError(driver)
    copy = sqlite3.connect(path)
    try:
        driver.backup(copy)  # in one step: an unfinished one would begin anew at every commit of the writer
        faults = [row[0] for row in copy.execute("PRAGMA integrity_check(1)")]
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, which can be read where nothing can be written
    except sqlite3.Error as error:
        raise BackupFailed(f"the database could not be copied: {error}") from error
    finally:
        copy.close()
    if faults != ["ok"]:
        raise BackupFailed(f"the database is damaged: {faults[0]}")


def _put_in_place(database: Database, path: Path) -> None:
    """Whole and on the disk before it gets its name."""
    place = Path(str(database.url.database))
    with TemporaryDirectory(dir=place.parent, prefix=".restore-") as folder:
        staged = Path(folder) / place.name
        shutil.copyfile(path, staged)
        with staged.open("rb+") as file:
            os.fsync(file.fileno())
        database.close()
        for suffix in ("-wal", "-shm"):  # of the empty file: they would be taken for those of the new one
            place.with_name(place.name + suffix).unlink(missing_ok=True)
        sync(place.parent)  # and are not to come back beside it
        staged.replace(place)
        sync(place.parent)


def _run(tool: str, database: Database, *arguments: str) -> None:
    """One of PostgreSQL's programs on the database; the password goes by the environment, where others do not see it."""
    from psycopg.conninfo import make_conninfo  # noqa: PLC0415 - an office on SQLite does without

    if shutil.which(tool) is None:
        raise ToolFailed(tool, "not found; install PostgreSQL's client programs, of the server's version or newer")
    named = database.url.translate_connect_args(username="user", database="dbname")
    known = {**named, **{key: ",".join(values) for key, values in database.url.normalized_query.items()}}
    secrets = {"PGPASSWORD": known.pop("password")} if "password" in known else {}
    target = make_conninfo(**{"connect_timeout": CONNECT_TIMEOUT, **known})
    done = subprocess.run(  # noqa: S603 - the arguments are ours, and no shell reads them
        [tool, "--no-password", f"--dbname={target}", *arguments],
        env={**os.environ, **secrets, "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ToolFailed(tool, _reason(tool, done.stderr))


def _reason(tool: str, said: str) -> str:
    """The first error of what it said, in one line."""
    lines = [line.removeprefix(f"{tool}: ").removeprefix("error: ") for line in said.splitlines() if line.strip()]
    if any("version" in line and ("mismatch" in line or "unsupported" in line) for line in lines):
        return f"is older than the server or the dump; install the server's version ({'; '.join(lines[:3])})"
    return lines[0] if lines else "failed without a word"
