"""What a database refuses, or why it does not answer, as one sentence for whoever looks after it.

Called where such an error ends a command, and where the bot waits for the database and says so in its log.
"""

import re
import sqlite3

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from alur.storage import drivers
from alur.storage.errors import NO_SCHEMA
from alur.workflow.errors import Fault

BY_STATE = {
    "25006": "the database takes no writes",
    "3D000": "there is no such database; CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0 makes one",
    "3F000": NO_SCHEMA,
    "42501": "the role lacks a right",
    "42P01": "the tables of this version are missing: run `alur migrate`",
    "55P03": "somebody else keeps what is needed locked",
}
# The client library has no codes for what a server says before a session begins; where the server does not speak
# English, its own words must do.
WHILE_CONNECTING = {
    r"database .* does not exist|no such database": BY_STATE["3D000"],
    r"role .* does not exist|no such user": "the server does not know this role",
    r"password authentication failed|no password supplied|authentication failed": "the server rejects the password",
    r"no pg_hba\.conf entry": "the server does not admit this role from here",
}
REFUSES = re.compile("|".join(WHILE_CONNECTING), re.IGNORECASE)
UNREACHED = "the database does not answer"


def database_errors() -> tuple[type[Exception], ...]:
    """All that can come from a database: through the library, or from the driver where it is used by itself."""
    return (SQLAlchemyError, *drivers.errors())


def told(error: BaseException) -> str | None:
    """The sentence, with the first line of what the server said; None for what is no trouble of a database's."""
    if isinstance(error, Fault):
        return str(error)
    if not isinstance(error, database_errors()):
        return None
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    line = _first_line(cause)
    return f"ALUR_DATABASE_URL: {_meaning(cause, line)}: {line}"


def is_refusal(error: BaseException) -> bool:
    """Whether the server was reached and will not have us: waiting does not help, as it does with one that is away."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    raised = drivers.of_postgresql(cause)
    if raised is None or raised.sqlstate is not None:
        return False
    return drivers.was_refused(raised) or REFUSES.search(str(raised)) is not None


def _meaning(cause: BaseException, line: str) -> str:
    if isinstance(cause, sqlite3.Error):
        return "the SQLite file cannot be used"
    raised = drivers.of_postgresql(cause)
    state = raised.sqlstate if raised is not None else None
    if state in BY_STATE:
        return BY_STATE[state]
    if state is not None:
        return "the database refuses"
    found = (says for pattern, says in WHILE_CONNECTING.items() if re.search(pattern, line, re.IGNORECASE))
    return next(found, UNREACHED)


def _first_line(cause: BaseException) -> str:
    """Of several addresses of one host it is the last one's."""
    lines = [line.strip() for line in str(cause).splitlines() if line.strip()] or [type(cause).__name__]
    tries = [line for line in lines if line.startswith("- host")]
    line = (tries[-1].partition("hostaddr: ")[2].partition(": ")[2] if tries else "") or lines[0]
    return re.sub(r"^(connection failed|connection is bad|consuming input failed): ", "", line)[:300]
