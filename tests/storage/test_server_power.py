"""Whether a PostgreSQL keeps, when the power fails, what was committed: asked of a server of the test's own, whose settings change."""

import os
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import create_engine, make_url

from alur.storage.database import Database
from alur.storage.server import power_faults
from tests.chaos.cluster import Cluster, is_to_be_had
from tests.pooler import pooling

PATIENCE = 10.0  # seconds until a server that was told to reads its settings anew
SETTINGS = ("fsync", "full_page_writes", "synchronous_standby_names")


@pytest.fixture(scope="module")
def cluster():
    if not is_to_be_had():
        reason = "no PostgreSQL can be begun here: its promises are asked of none"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with TemporaryDirectory(prefix="alur-cluster-") as folder:
        os.chmod(folder, 0o755)  # noqa: PTH101 - the server is another user
        found = Cluster(Path(folder) / "postgresql", settings=())
        found.start()
        yield found
        found.stop()


@pytest.fixture
def told(cluster):
    """Tells the server, or a role of it, and waits until it is so; afterwards all is as it was."""
    engine = create_engine(make_url(cluster.url), isolation_level="AUTOCOMMIT")

    def tell(*statements, until):
        with engine.connect() as connection:
            for statement in (*statements, "SELECT pg_reload_conf()"):
                connection.exec_driver_sql(statement)
        give_up = time.monotonic() + PATIENCE
        while not until():
            assert time.monotonic() < give_up, statements
            time.sleep(0.02)

    yield tell
    with engine.connect() as connection:
        for name in SETTINGS:
            connection.exec_driver_sql(f"ALTER SYSTEM RESET {name}")
        connection.exec_driver_sql("ALTER ROLE postgres RESET ALL")
    tell(until=lambda: faults_at(cluster.url) == [])
    engine.dispose()


def faults_at(url):
    with closing(Database(url)) as database, database.read() as session:
        return list(power_faults(session))


def with_options(url, options):
    return make_url(url).update_query_dict({"options": options}).render_as_string(hide_password=False)


def test_a_server_as_it_comes_keeps_what_was_committed(cluster):
    assert faults_at(cluster.url) == []


@pytest.mark.parametrize("setting", ["fsync", "full_page_writes"])
def test_a_server_that_gives_up_a_promise_is_named_with_the_mend_and_the_mend_is_one(cluster, told, setting):
    told(f"ALTER SYSTEM SET {setting} = off", until=lambda: faults_at(cluster.url))

    (fault,) = faults_at(cluster.url)
    assert fault.startswith("ALUR_DATABASE_URL: ")
    assert f"{setting} = off" in fault

    mend = fault.rpartition("; ")[2].partition(", then ")[0]
    told(mend, until=lambda: faults_at(cluster.url) == [])


def test_what_a_role_gives_up_our_sessions_take_back_and_it_is_no_fault(cluster, told):
    with closing(Database(cluster.url)) as database:
        told("ALTER ROLE postgres SET synchronous_commit = off", until=lambda: is_off(cluster.url))

        for door in (database.write, database.take_in, database.read):
            with door() as session:
                assert list(power_faults(session)) == []
                assert shown(session) == "on"


def is_off(url):
    """In a session that nobody settles."""
    engine = create_engine(make_url(url))
    with closing(engine.raw_connection()) as connection:
        (value,) = connection.cursor().execute("SHOW synchronous_commit").fetchone()
    engine.dispose()
    return value == "off"


def shown(session):
    return session.connection().exec_driver_sql("SHOW synchronous_commit").scalar_one()


def test_what_the_address_gives_up_is_named(cluster):
    (fault,) = faults_at(with_options(cluster.url, "-csynchronous_commit=off"))

    assert "synchronous_commit = off" in fault


@pytest.mark.parametrize("value", ["on", "local", "remote_write", "remote_apply"])
def test_without_standbys_whatever_waits_for_the_disk_is_enough(cluster, value):
    assert faults_at(with_options(cluster.url, f"-csynchronous_commit={value}")) == []


@pytest.mark.parametrize(("value", "is_fault"), [("local", True), ("remote_write", False), ("on", False)])
def test_where_standbys_are_waited_for_local_does_not(cluster, told, value, is_fault):
    url = with_options(cluster.url, f"-csynchronous_commit={value}")
    local = with_options(cluster.url, "-csynchronous_commit=local")
    told("ALTER SYSTEM SET synchronous_standby_names = 'nobody'", until=lambda: faults_at(local))

    found = faults_at(url)

    assert ["local does not wait" in fault for fault in found] == [True] * is_fault


def test_behind_a_pooler_it_is_as_at_the_server(cluster, told):
    told("ALTER ROLE postgres SET synchronous_commit = off", until=lambda: is_off(cluster.url))

    with pooling(cluster.url, "session") as url:
        assert faults_at(url) == []
        assert len(faults_at(with_options(url, "-csynchronous_commit=off"))) == 1
