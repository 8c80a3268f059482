"""What a person's own message was taken as, so that a change inside it finds what it changes. A file that became a version
is known by its case (`alur.storage.messages`).
"""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from alur.workflow.model import Value


class AsAnswer(Value):
    """The answer to a form's question. `parts` are the answers that it gave, by field, a file by its SHA-256: while they stand
    in the form, they are still what this message said. None: what it said was refused.
    """

    taken: Literal["answer"] = "answer"
    form: int
    field: str
    parts: dict[str, str] = Field(default_factory=dict)


class AsUpload(Value):
    """A file of which was asked which document it is."""

    taken: Literal["upload"] = "upload"
    upload: int


class AsAct(Value):
    """Words that were applied at once: a decision typed under a card, the answer to a question."""

    taken: Literal["act"] = "act"


class AsNothing(Value):
    """Nothing of it is kept: it was not understood, or the file was refused."""

    taken: Literal["nothing"] = "nothing"


Taken = Annotated[AsAnswer | AsUpload | AsAct | AsNothing, Field(discriminator="taken")]

TAKEN: TypeAdapter[Taken] = TypeAdapter(Taken)
