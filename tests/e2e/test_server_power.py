"""A server that would lose what was committed: `alur check` names it as a fault, and `alur run` says so in its log and works."""

import asyncio
import os
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from alur.storage.database import Database
from alur.storage.migrations import migrate
from tests.chaos.cluster import Cluster, is_to_be_had
from tests.e2e.desk import TOKEN
from tests.e2e.fleet import Fleet
from tests.e2e.test_leading import STARTS_WITHIN
from tests.forked import said

WARNING = "a power cut may lose what was received"
CARELESS = ("-c", "fsync=off", "-c", "full_page_writes=off")


@pytest.fixture(params=["careless", "careful"])
def server(request):
    """Its address, and the settings that it has given up; an office's tables are there."""
    if not is_to_be_had():
        reason = "no PostgreSQL can be begun here: its promises are asked of none"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    is_careless = request.param == "careless"
    with TemporaryDirectory(prefix="alur-cluster-") as folder:
        os.chmod(folder, 0o755)  # noqa: PTH101 - the server is another user
        cluster = Cluster(Path(folder) / "postgresql", settings=CARELESS if is_careless else ())
        cluster.start()
        try:
            with closing(Database(cluster.url)) as database:
                migrate(database)
            yield cluster.url, ("fsync", "full_page_writes") if is_careless else ()
        finally:
            cluster.stop()


async def test_what_the_server_gives_up_is_a_fault_of_check_and_a_warning_of_run(office, server, tmp_path):
    url, given_up = server
    known = {"bot_token": TOKEN, "api_url": office.settings.api_url, "database_url": url, "data_dir": tmp_path / "data"}

    settings = {f"ALUR_{key.upper()}": str(value) for key, value in known.items()}
    status, out, error = await asyncio.to_thread(said, "check", folder=tmp_path, settings=settings)

    assert status == bool(given_up), error
    assert f"database: {'not good' if given_up else 'good'}" in out
    assert [name for name in ("fsync", "full_page_writes") if f"{name} = off" in error] == list(given_up)

    fleet = Fleet(type(office.settings).model_validate(office.settings.model_dump() | known), tmp_path)
    try:
        ship = await fleet.launch()
        await fleet.says(ship, "alur works", within=STARTS_WITHIN)
        assert fleet.log(ship).count(WARNING) == len(given_up)
    finally:
        await fleet.end()
