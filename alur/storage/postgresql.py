"""Connections to PostgreSQL, each with the settings that this program counts on, whatever the server's, the database's
or the role's own defaults are. `database` opens its doors with them, `bot.bell` and `server` a connection each.
"""

import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Engine, create_engine, event

from alur.storage.errors import DatabaseUnfit

if TYPE_CHECKING:
    import psycopg

QUIET: dict[str, Any] = {"hide_parameters": True}  # errors are logged, and people's texts are not
CONNECT_TIMEOUT = 5  # seconds until a PostgreSQL that does not answer counts as dead
LOCK_TIMEOUT = 2  # seconds that one may wait for what others have locked: the leader must be asked every 2 s
OLDEST = 14  # the first version that ends a session which is idle (`alur.storage.lead`)

# What a default of the server could change under us: it would end us, read or write values otherwise, isolate otherwise,
# lose what was committed, or find other tables. Whether the database takes writes is the administrator's to say.
SETTINGS = {
    "statement_timeout": "0",
    "lock_timeout": f"{LOCK_TIMEOUT}s",
    "idle_in_transaction_session_timeout": "0",
    "idle_session_timeout": "0",
    "client_encoding": "UTF8",
    "DateStyle": "ISO, MDY",
    "IntervalStyle": "postgres",
    "TimeZone": "UTC",
    "bytea_output": "hex",
    "extra_float_digits": "1",
    "standard_conforming_strings": "on",
    "default_transaction_isolation": "read committed",
    "default_transaction_deferrable": "off",
    "search_path": '"$user", public',
}
SINCE_17 = {"transaction_timeout": "0"}
# A stricter one than "on" is the administrator's wish, a weaker one loses what Telegram was told that we have.
DURABLE = (
    "set_config('synchronous_commit', CASE current_setting('synchronous_commit')"
    " WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, false)"
)


def engines(url: URL) -> tuple[Engine, Engine, Engine]:
    """For the writer, the readers and the intake."""
    target = _within_time(url).set(drivername="postgresql+psycopg")
    writer = create_engine(target, pool_size=1, max_overflow=0, isolation_level="READ COMMITTED", **QUIET)
    reader = create_engine(
        target,
        pool_pre_ping=True,
        **QUIET,
        execution_options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
    )
    intake = create_engine(
        target, pool_size=2, max_overflow=0, pool_pre_ping=True, isolation_level="READ COMMITTED", **QUIET
    )

    def admit(connection: "psycopg.Connection", _record: Any) -> None:
        check(connection)
        connection.execute(settling(url, connection.info.server_version))
        connection.commit()

    for engine in (writer, reader, intake):
        event.listen(engine, "connect", admit, insert=True)  # before the library asks anything itself
    return writer, reader, intake


def target(url: URL) -> str:
    """The address as the driver takes it, password included."""
    return _within_time(url).set(drivername="postgresql").render_as_string(hide_password=False)


def check(connection: "psycopg.Connection | psycopg.AsyncConnection") -> None:
    """Raises `DatabaseUnfit` for a server that is too old, or a database whose encoding has not every sign. Both were said
    when the connection was opened: nothing is asked, which in some encodings could not even be read.
    """
    version, encoding = connection.info.server_version, connection.info.parameter_status("server_encoding")
    if version < OLDEST * 10_000:
        raise DatabaseUnfit(f"the server is PostgreSQL {version // 10_000}; Alur needs {OLDEST} or newer")
    if encoding != "UTF8":
        raise DatabaseUnfit(
            f"the database's encoding is {encoding}; Alur needs UTF8 (CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0)"
        )


def settling(url: URL, version: int) -> bytes:
    """The statement that settles a new session. What the address says in its `options` goes before ours: it is the
    office's own wish, and a pooler may have dropped it.
    """
    newest = SINCE_17 if version >= 170_000 else {}
    wanted = {**SETTINGS, **newest, **_options(url)}
    durable = () if "synchronous_commit" in wanted else (DURABLE,)
    calls = [f"set_config({_quoted(name)}, {_quoted(value)}, false)" for name, value in wanted.items()]
    return f"SELECT {', '.join((*calls, *durable))}".encode()


def _quoted(text: str) -> str:
    """Without a word of what `standard_conforming_strings` says just then."""
    return "E'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _options(url: URL) -> dict[str, str]:
    """The settings in the address (`?options=-csearch_path=office -c …`), as the server itself reads them."""
    words = [re.sub(r"\\(.)", r"\1", word) for word in re.findall(r"(?:\\.|[^\s\\])+", _option_text(url))]
    found: dict[str, str] = {}
    while words:
        word = words.pop(0)
        if word == "-c" and words:
            word = f"-c{words.pop(0)}"
        name, is_setting, value = word.removeprefix("--").removeprefix("-c").partition("=")
        if is_setting and word.startswith(("-c", "--")):
            found[_as_ours(name.replace("-", "_"))] = value
    return found


def _option_text(url: URL) -> str:
    return " ".join(url.normalized_query.get("options", ()))


def _as_ours(name: str) -> str:
    """Names of settings do not mind case."""
    return next((known for known in SETTINGS if known.lower() == name.lower()), name.lower())


def _within_time(url: URL) -> URL:
    limits = {"connect_timeout": CONNECT_TIMEOUT, "tcp_user_timeout": CONNECT_TIMEOUT * 1000}
    return url.update_query_dict({key: str(value) for key, value in limits.items()})
