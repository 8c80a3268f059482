"""A PostgreSQL of one's own in a temporary folder, which may be restarted as one likes; the machine's server is others' too.

Where this machine does not permit it (no binaries of the server, or no user other than root to run them as) a schema
of that server is borrowed, and a restart only ends the run's own sessions there.
"""

import os
import shutil
import socket
import subprocess
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text

BORROWED = os.environ.get("ALUR_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/test")
UNSYNCED = ("-c", "fsync=off")  # no power fails here
SERVER = ("-c", "listen_addresses=127.0.0.1", "-c", "max_connections=60")


def binaries() -> Path | None:
    """The newest folder with `initdb`, on Debian's place or on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


def is_to_be_had() -> bool:
    return binaries() is not None and (os.geteuid() != 0 or shutil.which("runuser") is not None)


class Cluster:
    def __init__(self, folder: Path, settings: tuple[str, ...] = UNSYNCED) -> None:
        self.folder, self._settings = folder, settings
        self.port = _free_port()
        self.name = "chaos"
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/postgres?application_name={self.name}"

    def start(self) -> None:
        self.folder.mkdir(parents=True)
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        self._run("initdb", "-D", str(self.folder / "data"), "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8")
        options = " ".join((f"-p {self.port} -k {self.folder}", *SERVER, *self._settings))
        self._control("start", "-o", options, "-l", str(self.folder / "log"))

    def restart(self, mode: str) -> None:
        """`immediate` is a crash, `fast` an administrator's restart."""
        self._control("restart", "-m", mode)

    def stop(self) -> None:
        self._control("stop", "-m", "immediate")

    def _control(self, *words: str) -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-t", "60", *words)

    def _run(self, name: str, *words: str) -> None:
        as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*as_user, str((binaries() or Path()) / name), *words]
        # Not captured: the server that pg_ctl leaves behind would hold the pipe.
        subprocess.run(command, cwd=self.folder, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


class Borrowed:
    """A schema of a server that others use too. OperationalError where none answers."""

    def __init__(self) -> None:
        self.name = f"chaos_{uuid4().hex}"
        query = {"options": f"-csearch_path={self.name}", "application_name": self.name}
        self.url = make_url(BORROWED).update_query_dict(query).render_as_string(hide_password=False)

    def start(self) -> None:
        self._run(f"CREATE SCHEMA {self.name}")

    def restart(self, _mode: str) -> None:
        self._run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{self.name}'")

    def stop(self) -> None:
        self._run(f"DROP SCHEMA {self.name} CASCADE")

    def _run(self, statement: str) -> None:
        engine = create_engine(make_url(BORROWED), isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                connection.execute(text(statement))
        finally:
            engine.dispose()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
