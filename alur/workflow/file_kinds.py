"""What files are, by their content: the kinds that the office takes, those that people send by mistake, and under which name a
file is kept. Plain values: the process that looks into files reads them too, and starts with nothing else.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Fault = Literal["password", "damaged", "empty", "too_much", "macros", "template"]


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind that every desk can open. `endings` are those that a name may have, the first of them its own."""

    name: str
    mime: str
    endings: tuple[str, ...]
    may_say: tuple[str, ...] = ()  # endings of older kinds, and of brothers, that people leave at such a file


@dataclass(frozen=True, slots=True)
class Signature:
    """One of a PDF, as the file itself says: nobody has vouched for the name."""

    by: str | None  # the name in its certificate
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Signatures:
    """What a PDF holds of certified signatures. `whole` is no word about trust: that nothing was changed but what signing and
    filling in forms adds.
    """

    state: Literal["none", "whole", "changed", "untold"]
    given: tuple[Signature, ...] = ()
    why: Literal["too_much", "unreadable"] | None = None  # nothing can be told

    @property
    def is_doubtful(self) -> bool:
        """Whether it is no signed letter, as far as can be told."""
        return self.state in ("none", "changed")


@dataclass(frozen=True, slots=True)
class Finding:
    """What a content was found to be: a kind of `TAKEN`, or one of `FOREIGN`; what is wrong with it, and of a PDF its signatures."""

    kind: str
    fault: Fault | None = None
    signatures: Signatures | None = None


_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
# A picture is shown all the same, whatever its name says.
_PICTURES = ("jpg", "jpeg", "jpe", "jfif", "png", "webp", "heic", "heif", "gif", "bmp")
TAKEN: Mapping[str, FileKind] = {
    kind.name: kind
    for kind in (
        FileKind("pdf", "application/pdf", ("pdf",)),
        FileKind("docx", f"{_OOXML}.wordprocessingml.document", ("docx",), ("doc", "dot", "dotx", "rtf")),
        FileKind("xlsx", f"{_OOXML}.spreadsheetml.sheet", ("xlsx",), ("xls", "xlt", "xltx")),
        FileKind("pptx", f"{_OOXML}.presentationml.presentation", ("pptx",), ("ppt", "pps", "ppsx", "potx")),
        FileKind("odt", f"{_ODF}.text", ("odt",)),
        FileKind("ods", f"{_ODF}.spreadsheet", ("ods",)),
        FileKind("csv", "text/csv", ("csv",), ("txt", "xls")),
        FileKind("jpg", "image/jpeg", ("jpg", "jpeg"), _PICTURES),
        FileKind("png", "image/png", ("png",), _PICTURES),
        FileKind("zip", "application/zip", ("zip",)),
    )
}
# What is told by name, so that its sender knows how to send it instead (`templates/notices/file_refused.html`).
FOREIGN = (
    "doc", "xls", "ppt", "ole", "rtf", "web_page", "xml", "text", "program", "picture", "audio", "video", "archive",
    "iwork", "odf", "unknown",
)  # fmt: skip
# Who reads a table as text says so by its name or its media type: nothing in the content does.
TABLES = ("text/csv", "text/comma-separated-values", "application/csv")
NAMELESS = "berkas"
PAPER = ("pdf", "jpg", "png")  # a letter that came on paper
ENDING = re.compile(r"\.(?P<ending>[A-Za-z0-9]{1,5})(?P<copy> ?\(\d{1,3}\))?$")


class Unfit(Exception):
    """A file that is not taken: `fault` why, `found` the kind that it is, `named` the kind that its name told."""

    def __init__(self, fault: Fault | Literal["kind"], *, found: str, named: str | None) -> None:
        super().__init__(fault, found, named)
        self.fault, self.found, self.named = fault, found, named


def ending_of(name: str) -> str | None:
    """The ending of a name, without its dot and in small letters; also where a copy's number stands behind it."""
    found = ENDING.search(_trimmed(name))
    return found["ending"].lower() if found else None


def fitting(finding: Finding, *, name: str, mime: str) -> tuple[str, str]:
    """The name and media type under which the file is kept: content decides, and the name gets its ending. Raises `Unfit`
    for what cannot be opened, for kinds that the office does not take, and where the name tells of another one.
    """
    named = named_kind(name)
    found = _read_as(finding, name, mime)
    kind = TAKEN.get(found)
    if finding.fault is not None:
        raise Unfit(finding.fault, found=found, named=named)
    if kind is None or (named not in (None, found) and ending_of(name) not in kind.may_say):
        raise Unfit("kind", found=found, named=named)
    return kept_name(name, kind), kind.mime


def named_kind(name: str) -> str | None:
    """The kind of `TAKEN` that the name's ending tells; None for all others."""
    ending = ending_of(name)
    return next((kind.name for kind in TAKEN.values() if ending in kind.endings), None)


def kept_name(name: str, kind: FileKind) -> str:
    """The name with an ending of the kind: kept, moved behind a copy's number, put in the place of an older one, or added."""
    trimmed = _trimmed(name)
    found = ENDING.search(trimmed)
    if found is None or found["ending"].lower() not in (*kind.endings, *kind.may_say):
        return f"{trimmed}.{kind.endings[0]}"
    ending = found["ending"] if found["ending"].lower() in kind.endings else kind.endings[0]
    return f"{trimmed[: found.start()] or NAMELESS}{found['copy'] or ''}.{ending}"


def is_kind(mime: str, kinds: Collection[str]) -> bool:
    """Whether a kept file is one of the kinds, by its media type."""
    return mime in {TAKEN[kind].mime for kind in kinds}


def _trimmed(name: str) -> str:
    """Windows makes no name that ends with a dot or a space."""
    return name.strip().rstrip(". ") or NAMELESS


def _read_as(finding: Finding, name: str, mime: str) -> str:
    is_table = ending_of(name) in ("csv", "tsv") or (named_kind(name) is None and mime.lower() in TABLES)
    return "csv" if finding.kind == "text" and is_table else finding.kind
