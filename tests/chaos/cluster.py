"""A PostgreSQL of one's own in a temporary folder, which may be restarted as one likes; the machine's server is others' too.

`can_be_had` says whether this machine permits it: the server's binaries, and a user who is not root to run them as.
"""

import os
import shutil
import socket
import subprocess
from pathlib import Path

SERVER = ("-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "max_connections=60")  # no power fails here


def binaries() -> Path | None:
    """The newest folder with `initdb`, on Debian's place or on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


def can_be_had() -> bool:
    return binaries() is not None and (os.geteuid() != 0 or shutil.which("runuser") is not None)


class Cluster:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        self.folder.mkdir(parents=True)
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        self._run("initdb", "-D", str(self.folder / "data"), "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8")
        options = " ".join((f"-p {self.port} -k {self.folder}", *SERVER))
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


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
