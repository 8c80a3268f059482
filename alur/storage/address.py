"""Where the database is, as `ALUR_DATABASE_URL` says it. `bot.settings` asks before anything is opened, `database` again."""

from collections.abc import Sequence

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from alur.storage.errors import DatabaseUnfit

DRIVERS = ("sqlite", "postgresql", "postgresql+psycopg")


def address(url: str) -> URL:
    """Raises `DatabaseUnfit` for what cannot name the database of an office. No sentence repeats the address: it may
    hold a password, and what is misread may be a part of it.
    """
    scheme, _, rest = url.partition("://")
    if scheme not in DRIVERS:
        raise DatabaseUnfit("must begin with sqlite:/// or postgresql://: neither SQLite nor PostgreSQL is named")
    hosts = rest.partition("?")[0].rpartition("@")[2].partition("/")[0]
    if scheme != "sqlite" and "," in hosts:
        raise _several()
    try:
        found = make_url(url)
    except ArgumentError:
        raise DatabaseUnfit("is no address of a database, such as postgresql://user:password@host/database") from None
    except ValueError:
        raise DatabaseUnfit("the port must be a number") from None
    if found.get_backend_name() == "sqlite":
        _check_file(found)
    else:
        _check_server(found)
    return found


def fault_of(url: str) -> str | None:
    """Why `address` refuses it."""
    try:
        address(url)
    except DatabaseUnfit as error:
        return error.why
    return None


def _check_file(url: URL) -> None:
    path = url.database or ""
    if path in {"", ":memory:"} or path.startswith("file:"):
        raise DatabaseUnfit("a SQLite database must be a file: the bot, its readers and the commands share it")


def _check_server(url: URL) -> None:
    if url.host and "@" in url.host:
        raise DatabaseUnfit("signs such as @ : / in user or password are to be written in percent (@ is %40)")
    if url.port is not None and not 0 < url.port < 65_536:
        raise DatabaseUnfit("the port must be a number from 1 to 65535")
    if any("," in value or len(values) > 1 for values in _of_place(url) for value in values):
        raise _several()


def _of_place(url: URL) -> list[Sequence[str]]:
    return [url.normalized_query.get(name, ()) for name in ("host", "hostaddr", "port")]


def _several() -> DatabaseUnfit:
    """Two servers that both take writes would have a leader each."""
    return DatabaseUnfit("several hosts: name one, an address that follows the server which takes the writes")
