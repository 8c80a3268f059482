"""Backup and restore of the whole office: the database and every stored file, in one archive.

Called by `alur backup`, `alur restore` and the nightly job, beside the bot at work: nothing here writes to an office
that is in use.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from alur.services.evidence.inspection.whole import inspect
from alur.storage import dumps, migrations
from alur.storage.backup_file import DATABASES, FILE, ArchiveReader, Manifest, file_name, writing
from alur.storage.database import Database, is_begun
from alur.storage.durable import make_folder, sync
from alur.storage.errors import BackupFailed, FileDamaged, RestoreRefused
from alur.storage.file_store import FileStore
from alur.storage.lead import Lead
from alur.storage.named_files import named_files


@dataclass(frozen=True, kw_only=True)
class Restored:
    manifest: Manifest
    cases: int
    faults: tuple[str, ...]  # what was wrong in the office already when the archive was made


def backup(
    database: Database, store: FileStore, file: Path, *, at: datetime, go_on: Callable[[], bool] = lambda: True
) -> Manifest:
    """Writes the archive; its `missing` are stored files that are gone or damaged, without which it was made.

    Only a whole archive gets the name. It is given up as `BackupFailed` when `go_on` no longer holds.
    """
    _check_free(file)
    if not is_begun(database.url):
        raise BackupFailed("the database is empty")
    with _told(BackupFailed), TemporaryDirectory(dir=file.parent, prefix=f".{file.name}.") as folder:
        copy, whole = Path(folder) / "database", Path(folder) / "archive"
        # The database first: files are only added, and before they are named, so all that it names are there after.
        with database.read() as session:
            revision = migrations.revision(session)
            if revision is None:
                raise BackupFailed("the database is empty")
            namespace = dumps.dump(database, session, copy)
            # The tables of another version are copied as they are; what they name cannot be asked.
            missing = set(named_files(session) if revision == migrations.head() else ())
        with writing(whole, at) as archive:
            with copy.open("rb") as dumped:
                archive.add(DATABASES[database.dialect], dumped)
            for digest in store.stored():
                if not go_on():
                    raise BackupFailed("it was given up half-way")
                missing.discard(digest)
                try:
                    archive.add(file_name(digest), BytesIO(store.read(digest)))
                except FileDamaged:
                    missing.add(digest)
            manifest = Manifest(
                made_at=at,
                alur=version("alur"),
                dialect=database.dialect,
                namespace=namespace,
                revision=revision,
                missing=tuple(sorted(missing)),
                members=tuple(archive.members),
            )
            archive.finish(manifest)
        _check_free(file)
        whole.replace(file)
        sync(file.parent)
    return manifest


def restore(database: Database, store: FileStore, file: Path) -> Restored:
    """Makes an office of the archive, in an empty place. The whole archive is verified before anything is written."""
    if not file.is_file():
        raise RestoreRefused(f"there is no file {file}")
    reader = ArchiveReader(file)
    manifest = reader.check()
    if manifest.dialect != database.dialect:
        raise RestoreRefused(f"the archive is of {manifest.dialect}, the database is {database.dialect}")
    if not migrations.is_known(manifest.revision):
        raise RestoreRefused(f"a newer Alur ({manifest.alur}) made the archive, at revision {manifest.revision}")
    with _told(RestoreRefused), _alone(database):
        dumps.check_empty(database, manifest.namespace)
        if store.folder.exists() and any(store.folder.iterdir()):
            raise RestoreRefused(f"{store.folder} is not empty")
        make_folder(store.folder.parent)
        with TemporaryDirectory(dir=store.folder.parent, prefix=".restore-") as folder:
            copy, files = Path(folder) / "database", Path(folder) / "files"
            _unpack(reader, copy, FileStore(files))
            with _in_place(files, store.folder):
                dumps.load(database, copy, manifest.namespace)
        migrations.migrate(database)
    with database.read() as session:
        report = inspect(session, store)
    return Restored(manifest=manifest, cases=report.cases, faults=report.faults)


def _unpack(reader: ArchiveReader, copy: Path, store: FileStore) -> None:
    """The files go by their content, never by the names in the archive."""
    store.folder.mkdir()
    for name, chunks in reader.members():
        if found := FILE.fullmatch(name):
            if store.put(b"".join(chunks)) != found[2]:
                raise reader.damaged(name, "has other bytes than its name says")
        elif name in DATABASES.values():
            with copy.open("xb") as dumped:
                dumped.writelines(chunks)
        else:
            for _ in chunks:
                pass


@contextmanager
def _in_place(files: Path, place: Path) -> Iterator[None]:
    """Files first: without a row they are harmless. What fails inside takes them away again."""
    files.replace(place)
    sync(place.parent)
    try:
        yield
    except BaseException:
        place.replace(files)
        raise


@contextmanager
def _alone(database: Database) -> Iterator[None]:
    """On SQLite no process may work on the file. An empty PostgreSQL has none: it would refuse to start."""
    if database.dialect != "sqlite":
        yield
        return
    lead = Lead(database)
    if not lead.win():
        raise RestoreRefused(f"another process works on {database.url.database}")
    try:
        yield
    finally:
        lead.resign()


@contextmanager
def _told(kind: type[BackupFailed | RestoreRefused]) -> Iterator[None]:
    """What the disk refuses, as a sentence."""
    try:
        yield
    except OSError as error:
        raise kind(f"{error.filename or 'the disk'}: {error.strerror or error}") from error


def _check_free(file: Path) -> None:
    if file.exists():
        raise BackupFailed(f"{file} exists already")
    if not file.parent.is_dir():
        raise BackupFailed(f"there is no folder {file.parent}")
