"""A real nginx before the webhook, on a loopback port of its own and without root. Without one its tests are left out, but
never in CI.
"""

import asyncio
import os
import shutil
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
NOBODY = "nobody"
PATIENCE = 10.0  # seconds until it listens

CONFIGURATION = """
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        {inside}
    }}
}}
"""


@asynccontextmanager
async def nginx(port, inside):
    """Serves on the port, with these lines in its `server` block."""
    if NGINX is None:
        reason = "there is no nginx: the webhook is not tried behind one"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with tempfile.TemporaryDirectory(prefix="alur-nginx-") as name:
        folder, other = Path(name), os.geteuid() == 0
        (folder / "nginx.conf").write_text(CONFIGURATION.format(folder=folder, port=port, inside=inside))
        if other:
            shutil.chown(folder, NOBODY)
        command = (NGINX, "-e", str(folder / "error.log"), "-p", str(folder), "-c", str(folder / "nginx.conf"))
        process = await asyncio.create_subprocess_exec(*command, user=NOBODY if other else None)
        try:
            await _listens(port, folder / "error.log", process)
            yield
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()


async def _listens(port, log, process):
    async with asyncio.timeout(PATIENCE):
        while True:
            assert process.returncode is None, log.read_text()
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.02)
                continue
            writer.close()
            await writer.wait_closed()
            return
