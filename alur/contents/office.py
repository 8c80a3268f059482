"""ZIPs, and the documents that are ZIPs inside: Office Open XML (ECMA-376; strict, too), OpenDocument. What is unpacked is
bounded; the rest of a large workbook is believed.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable
from xml.parsers import expat

from alur.workflow.file_kinds import Fault, Finding

MOST_ENTRIES = 10_000
UNPACKED = 512 * 1024 * 1024  # bytes, as the directory tells them: a workbook of 20 MB has up to half of it
DIRECTORY = 2 * 1024 * 1024  # bytes of a directory
READ = 2 * 1024 * 1024  # bytes of XML that are read, the document's own part first
SMALL = 256 * 1024  # bytes of a list of parts
HEADLINE = 200  # bytes of a media type
DEEPEST = 256  # elements inside each other: as libxml2 has it, by which much is read
END = b"PK\x05\x06"  # the record at the end of a ZIP (APPNOTE 4.3.16)
CONTENT_TYPES, RELATIONS, MANIFEST = "[content_types].xml", "_rels/.rels", "META-INF/manifest.xml"

OOXML = {
    "wordprocessingml.document": "docx",
    "spreadsheetml.sheet": "xlsx",
    "presentationml.presentation": "pptx",
    "presentationml.slideshow": "pptx",
}
TEMPLATES = {
    "wordprocessingml.template": "docx",
    "spreadsheetml.template": "xlsx",
    "presentationml.template": "pptx",
}
MACROS = {
    "ms-word.": "docx",
    "ms-excel.": "xlsx",
    "ms-powerpoint.": "pptx",
}
ODF = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
MAIN = re.compile(rb"application/vnd\.(openxmlformats-officedocument\.|)(?P<kind>[a-zA-Z.-]+?)\.main\+xml")
MACRO_MAIN = re.compile(
    rb"application/vnd\.(?P<kind>ms-[a-z]+\.)[a-zA-Z.]*macroEnabled[a-zA-Z.0-9]*\.main", re.IGNORECASE
)
OFFICE_DOCUMENT = re.compile(
    rb"<[^>]*?Relationship\b(?=[^>]*?/relationships/officeDocument[\"'])[^>]*?\bTarget\s*=\s*[\"'](?P<target>[^\"']+)[\"']"
)

# `zipfile` says NotImplementedError of a way to compress that it does not know, and KeyError of a part that is not there.
UNREADABLE = (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, KeyError, NotImplementedError, ValueError)


class _Wrong(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault: Fault = fault


def look(data: bytes) -> Finding:
    kind = "zip"
    try:
        with _opened(data) as file:
            names = {item.filename: item for item in file.infolist()}
            kind = _kind(names)
            return _looked(file, names, kind)
    except (_Wrong, *UNREADABLE) as error:
        fault: Fault = error.fault if isinstance(error, _Wrong) else "damaged"
        return Finding(_guessed(data) if kind in ("zip", "ooxml") else kind, fault)


def _opened(data: bytes) -> zipfile.ZipFile:
    """Its directory is read whole, and so bounded before."""
    end = data.rfind(END)
    if end < 0:
        raise zipfile.BadZipFile
    entries, size = (
        int.from_bytes(data[end + 10 : end + 12], "little"),
        int.from_bytes(data[end + 12 : end + 16], "little"),
    )
    if entries == 0 and size == 0:
        raise _Wrong("empty")
    if size != 0xFFFFFFFF and (size > DIRECTORY or (entries != 0xFFFF and entries > MOST_ENTRIES)):
        raise _Wrong("too_much")
    file = zipfile.ZipFile(io.BytesIO(data))
    found = file.infolist()
    if len(found) > MOST_ENTRIES or sum(item.file_size for item in found) > UNPACKED:
        raise _Wrong("too_much")
    return file


def _kind(names: dict[str, zipfile.ZipInfo]) -> str:
    lower = {name.lower(): name for name in names}
    if CONTENT_TYPES in lower:
        return "ooxml"
    if "mimetype" in names and names["mimetype"].file_size < HEADLINE:
        return "odf"
    if "androidmanifest.xml" in lower or "meta-inf/manifest.mf" in lower:
        return "program"
    if any(name.endswith(".iwa") for name in lower):
        return "iwork"
    return "zip"


def _looked(file: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo], kind: str) -> Finding:
    if any(item.flag_bits & 1 for item in names.values()):
        raise _Wrong("password")
    match kind:
        case "ooxml":
            return _ooxml(file, names)
        case "odf":
            return _odf(file, names)
        case "zip":
            if all(item.is_dir() for item in names.values()):
                raise _Wrong("empty")
            return Finding("zip")
    return Finding(kind)


def _ooxml(file: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo]) -> Finding:
    listed = next(name for name in names if name.lower() == CONTENT_TYPES)
    types = _small(file, names[listed])
    if macro := MACRO_MAIN.search(types):
        return Finding(MACROS.get(macro["kind"].decode().lower(), "zip"), "macros")
    found = MAIN.search(types)
    told = found["kind"].decode() if found else ""
    if told in TEMPLATES:
        return Finding(TEMPLATES[told], "template")
    kind = OOXML.get(told)
    if kind is None:
        return Finding("zip")
    try:
        target = OFFICE_DOCUMENT.search(_small(file, names[RELATIONS]))
        if target is None:
            return Finding(kind, "damaged")
        part = posixpath.normpath(target["target"].decode().lstrip("/"))
        _read(file, names[part], names.values())
    except _Wrong as wrong:
        return Finding(kind, wrong.fault)
    except UNREADABLE:
        return Finding(kind, "damaged")
    return Finding(kind)


def _odf(file: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo]) -> Finding:
    kind = ODF.get(file.read("mimetype").strip(), "odf")
    try:
        if "encrypted-package" in names or b"encryption-data" in _small(file, names[MANIFEST]):
            return Finding(kind, "password")
        _read(file, names["content.xml"], names.values())
    except _Wrong as wrong:
        return Finding(kind, wrong.fault)
    except UNREADABLE:
        return Finding(kind, "damaged")
    return Finding(kind)


def _small(file: zipfile.ZipFile, item: zipfile.ZipInfo) -> bytes:
    with file.open(item) as part:
        found = part.read(SMALL + 1)
    if len(found) > SMALL:
        raise _Wrong("too_much")
    return found


def _read(file: zipfile.ZipFile, main: zipfile.ZipInfo, items: Iterable[zipfile.ZipInfo]) -> None:
    """Reads the XML of the document's own part, and of the others as far as the bound goes: whether it is there, unpacks, and
    is well formed.
    """
    left = READ
    for item in (main, *(item for item in items if item is not main and item.filename.endswith(".xml"))):
        left = _parsed(file, item, left)
        if left <= 0:
            return


def _parsed(file: zipfile.ZipFile, item: zipfile.ZipInfo, left: int) -> int:
    parser = expat.ParserCreate()
    depth = 0

    def begins(_name: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise _Wrong("too_much")

    def ends(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def refuses(*_declared: object) -> None:
        raise _Wrong("damaged")  # no office program writes entities, and none reads them

    parser.StartElementHandler, parser.EndElementHandler, parser.EntityDeclHandler = begins, ends, refuses
    with file.open(item) as part:
        while chunk := part.read(min(left, 128 * 1024)):
            parser.Parse(chunk)
            left -= len(chunk)
            if left <= 0:
                return left
    parser.Parse(b"", True)
    return left


def _guessed(data: bytes) -> str:
    """What a ZIP without its directory was to be, by the names of its first parts."""
    head = data[: 64 * 1024]
    return next((kind for mark, kind in MARKS if mark in head), "zip")


MARKS = ((b"word/", "docx"), (b"xl/", "xlsx"), (b"ppt/", "pptx"), *((mime, kind) for mime, kind in ODF.items()))
