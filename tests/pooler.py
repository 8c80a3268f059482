"""A real pooler for tests: Debian's PgBouncer before the tests' PostgreSQL, on a port of its own. Without one they are
left out, but never in CI.
"""

import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import make_url

PGBOUNCER = os.environ.get("ALUR_TEST_PGBOUNCER") or shutil.which("pgbouncer", path=f"{os.defpath}:/usr/sbin")
PATIENCE = 10.0  # seconds until it answers
OTHERS = "nobody"  # it does not run as root


@contextmanager
def pooling(url, mode, **more):
    """The address of the same database behind a pooler in that mode; `more` are settings of PgBouncer's."""
    if PGBOUNCER is None:
        reason = "there is no PgBouncer (ALUR_TEST_PGBOUNCER, or Debian's): nothing is tried behind one"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    url = make_url(url)
    server = f"host={url.host} port={url.port or 5432} user={url.username}" + (
        f" password={url.password}" if url.password else ""
    )
    with TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
        free.close()
        settings = {
            "listen_addr": "127.0.0.1",
            "listen_port": port,
            "unix_socket_dir": "",
            "auth_type": "any",
            "pool_mode": mode,
            "ignore_startup_parameters": "options,extra_float_digits",
            **more,
        }
        lines = [f"{name} = {value}" for name, value in settings.items()]
        path = Path(folder) / "pgbouncer.ini"
        path.write_text("\n".join(["[databases]", f"* = {server}", "[pgbouncer]", *lines, ""]))
        path.parent.chmod(0o755)
        who = {"user": OTHERS} if os.getuid() == 0 else {}
        process = subprocess.Popen([PGBOUNCER, "-q", path], stderr=subprocess.PIPE, **who)
        try:
            _wait_until_it_answers(process, port)
            yield url.set(host="127.0.0.1", port=port).render_as_string(hide_password=False)
        finally:
            process.terminate()
            process.communicate()


def _wait_until_it_answers(process, port):
    until = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert process.poll() is None, process.stderr.read()
            assert time.monotonic() < until, "PgBouncer does not answer"
            time.sleep(0.02)
        else:
            return
