"""The case that is named on the command line."""

from sqlmodel import Session

from alur.storage import cases
from alur.workflow.errors import Fault


class NoSuchCase(Fault):
    def __init__(self, code: str, meant: str | None = None) -> None:
        super().__init__(f"no case {code!r}{f'; meant is perhaps {meant}' if meant else ''}")


def case_id(session: Session, code: str) -> int:
    """By its code alone: its state may be what is wrong. Raises `NoSuchCase`, which names the one that is written with other
    capitals.
    """
    codes = cases.codes(session)
    if code not in codes:
        like = code.strip().casefold()
        raise NoSuchCase(code, next((known for known in codes if known.casefold() == like), None))
    return codes[code]
