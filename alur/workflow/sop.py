"""The procedure as data: what a file under `sops/` says, read once and never changed while a case runs on it.

The fields follow the printed form of an SOP (a header, then a table with one row per step), so that the two can be
held against each other. Faults that no single field shows (an unknown role, a step nobody reaches) are found by
`alur.workflow.sop_faults`.
"""

from datetime import date
from enum import StrEnum
from typing import Literal, Self, get_args

from pydantic import Field, model_validator

from alur.workflow.model import Value


class TaskKind(StrEnum):
    DISPOSE = "dispose"  # hands the work on with an instruction
    PREPARE = "prepare"  # brings documents and submits them
    REVIEW = "review"  # approves or returns
    CONVENE = "convene"  # holds a meeting and brings its papers
    DIRECT = "direct"  # reads and gives directions
    ARCHIVE = "archive"  # files the result


BRINGS = (TaskKind.PREPARE, TaskKind.CONVENE)  # the kinds whose desks bring documents
LONGEST_LABEL = 60  # characters of a button, which a tick is too: a phone cuts longer ones


# What a case is filed as, in the field's own words; the levels of secrecy from below.
Security = Literal["Biasa", "Terbatas", "Rahasia", "Sangat Rahasia"]
Stage = Literal["Asli", "Salinan", "Tembusan"]  # "tingkat perkembangan"
Fate = Literal["Musnah", "Permanen", "Dinilai kembali"]  # "nasib akhir"
SECURITY: tuple[Security, ...] = get_args(Security)
STAGES: tuple[Stage, ...] = get_args(Stage)
FATES: tuple[Fate, ...] = get_args(Fate)
Kept = Literal["unit", "stage", "active", "inactive", "fate"]  # of a case that is filed, beside the four questions


class Right(StrEnum):
    START = "start"  # opens a case
    HOLD = "hold"  # suspends and cancels one
    APPOINT = "appoint"  # enters Plh and Plt
    PAPER = "paper"  # records a decision that was taken on paper
    REPORT = "report"  # is told of deliveries that must be made by hand


class Role(Value):
    id: str
    name: str  # the column's head, verbatim
    title: str  # the post as people are addressed by it
    escalates_to: str | None = None  # who is told when its work is overdue, and grants it more days
    top: bool = (
        False  # has no superior here: grants itself days; who it escalates to is only told, and alone may nudge it
    )
    reads: Literal["cases", "sent"] = "sent"  # whole cases, or only what was sent to it
    may: frozenset[Right] = frozenset()


class DocumentKind(Value):
    id: str
    title: str
    aliases: tuple[str, ...] = ()
    numbered: bool = False  # a letter that gets its number and signature outside, afterwards


class Yield(Value):
    """One output of a step: a document that is uploaded, made `from` another or `kept`; or words."""

    document: str | None = None
    words: Literal["disposisi", "arahan", "arsip"] | None = None
    source: str | None = Field(default=None, alias="from")  # approval makes its newest version the next of `document`
    kept: bool = False  # handed on as it is; a newer version may be uploaded

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        if (self.document is None) == (self.words is None):
            raise ValueError("a yield is either a document or words")
        if self.words and (self.source or self.kept):
            raise ValueError("words are neither kept nor made from a document")
        if self.source and self.kept:
            raise ValueError("a yield is kept or made from another document, not both")
        return self

    @property
    def is_uploaded(self) -> bool:
        return self.document is not None and self.source is None and not self.kept


class Way(Value):
    """One of several ways on, which whoever decides chooses by its button: a later step, those between are skipped."""

    label: str  # of the button
    to: int  # the step


class Start(Value):
    """How a case begins; without `ways` at the first step."""

    ways: tuple[Way, ...] = ()


class Filing(Value):
    """What a case of the SOP is filed with, before one was: the archive's form fills it in, and afterwards what was entered then."""

    asks: tuple[Kept, ...] = ()  # asked for after the four questions; the rest is filled in and may be changed
    unit: str | None = None  # "unit pengolah"; None: the letterhead's last line
    security: Security | None = None  # of no case lower than this
    stage: Stage | None = None
    active: str | None = None  # how long by the retention schedule (JRA), while it is used and afterwards
    inactive: str | None = None
    fate: Fate | None = None
    drafts: tuple[str, ...] = ()  # documents that are not filed, beside those of which an approval makes another


class TaskDef(Value):
    """What one role does in a step."""

    role: str
    kind: TaskKind
    helpers: tuple[str, ...] = ()  # may upload for it, set its meeting's date, and get a card of their own
    returns_to: int | None = None  # review: the step that is done again
    participants: tuple[str, ...] = ()  # convene: who is invited and answers
    sends: tuple[str, ...] = ()  # documents that the participants, or the outside party, receive
    instructions: tuple[str, ...] = ()  # the ticks
    preset: tuple[str, ...] = ()  # those of the ticks that are set to begin with
    schedules: int | None = None  # the step whose meeting it sets
    waits_for: str | None = None  # convene: the outside role whose invitation makes the date known
    accepts: tuple[str, ...] = ()  # documents that may be uploaded and need not be
    unit_files: str | None = None  # title before the unit's name: a file of its own for each unit
    with_disposition: bool = False  # review: an approval carries an instruction
    tells: tuple[str, ...] = ()  # roles that receive its words when it closes
    follow_up: str | None = None  # convene: what the participants are to do until the next step's limit
    ways: tuple[Way, ...] = ()  # a button each in place of the one that decides; none: on to the next step


class Step(Value):
    number: int = Field(ge=1)
    title: str  # a short name for the screen; ours, the printed SOP has none
    activity: str  # verbatim
    working_days: int = Field(ge=1)
    requisites: tuple[str, ...]  # "Kelengkapan", verbatim
    outputs: tuple[str, ...]  # "Output", verbatim
    notes: tuple[str, ...] = ()  # "Keterangan", verbatim
    needs: tuple[str, ...] = ()  # documents that it works on
    yields: tuple[Yield, ...] = ()
    tasks: tuple[TaskDef, ...] = Field(min_length=1)
    together: Literal["all", "any"] | None = None  # its tasks are open at once: each must decide, or one; else in turn

    @property
    def uploads(self) -> tuple[str, ...]:
        """The documents that must be brought before the step can close."""
        return tuple(item.document for item in self.yields if item.document and item.is_uploaded)

    @property
    def kept(self) -> tuple[str, ...]:
        return tuple(item.document for item in self.yields if item.document and item.kept)

    @property
    def sources(self) -> dict[str, str]:
        """Source document to product, for what an approval makes."""
        return {item.source: item.document for item in self.yields if item.source and item.document}


class Sop(Value):
    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=24)
    number: str
    title: str
    short_title: str  # as it stands in a message
    period: Literal["year"]  # one case for each
    organisation: tuple[str, ...]  # the letterhead's lines
    created: date
    revised: date | None = None
    effective: date
    approved_by: str
    legal_basis: tuple[str, ...]
    related: tuple[str, ...]
    qualifications: tuple[str, ...]
    equipment: tuple[str, ...]
    warnings: tuple[str, ...]
    records: tuple[str, ...]
    letter: str  # the document with which a case begins
    start: Start = Start()
    archive: Filing = Filing()
    roles: tuple[Role, ...]
    documents: tuple[DocumentKind, ...]
    steps: tuple[Step, ...]

    def role(self, role_id: str) -> Role:
        return next(role for role in self.roles if role.id == role_id)

    def document(self, document_id: str) -> DocumentKind:
        return next(document for document in self.documents if document.id == document_id)

    def step(self, number: int) -> Step:
        return self.steps[number - 1]

    def task(self, step: int, index: int) -> TaskDef:
        return self.step(step).tasks[index]
