"""What was tried outside of every case and was refused: it stands in the office's trail, and changes nothing."""

from typing import Literal

from alur.workflow.model import Value


class Attempt(Value):
    """Somebody pressed, wrote or sent something. A member is named by his number, a stranger by his account."""

    act: Literal["attempt"] = "attempt"
    what: str  # the button, the command, or how it came
    by: int | None = None
    account: int | None = None
    name: str | None = None  # of a file
