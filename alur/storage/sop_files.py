"""The procedures on disk: YAML files, read once at start and refused with every fault and its line.

Called by `bot` (which chooses the folder), by `alur check` and by `alur sop check FILE`. What a file must say is in
`alur.workflow.sop`; what must hold between its parts is in `alur.workflow.sop_faults`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode
from ruamel.yaml.reader import ReaderError

from alur.workflow import errors
from alur.workflow.sop import Filing, Sop
from alur.workflow.sop_faults import Location, faults

LineFault = tuple[int, str]  # line from 1, message
FILING: dict[str, object] = Filing().model_dump()
# Keys of later builds, saying nothing.
LATER: dict[str, object] = {"together": None, "ways": (), "start": {"ways": ()}, "archive": FILING, **FILING}

# What pydantic finds, in words for whoever writes the file, by its name or the first word of that ("int_parsing");
# any other finding keeps pydantic's own words.
MESSAGES = {
    "missing": "{key} is missing",
    "extra_forbidden": "unknown key {key}",
    "string_type": "{key} must be text (in quotation marks where it looks like a number or true/false)",
    "string_too_long": "{key} has more than {max_length} characters",
    "string_pattern_mismatch": "{key} must match {pattern}",
    "int": "{key} must be a whole number",
    "bool": "{key} must be true or false",
    "date": "{key} must be a date such as 2023-10-31",
    "date_from_datetime_inexact": "{key} must be a date without a time",
    "tuple_type": "{key} must be a list",
    "frozen_set_type": "{key} must be a list",
    "model_type": "{key} must be a mapping of keys to values",
    "literal_error": "{key} must be {expected}",
    "enum": "{key} must be {expected}",
    "greater_than_equal": "{key} must be at least {ge}",
    "too_short": "{key} must have at least {min_length} item(s)",
    "invalid_key": "a key must be text",
    "value_error": "{error}",
}


@dataclass(frozen=True, kw_only=True)
class Procedure:
    """An SOP as it was read at start, with the hash under which cases keep it."""

    sop: Sop
    hash: str


class _Constructor(SafeConstructor):
    """Leaves dates as text: the model reads them, and so a date that does not exist has a line and a name."""


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", SafeConstructor.construct_yaml_str)


class SopFileError(errors.Fault):
    """A file that cannot be used as a procedure, with all its faults, in the order of its lines.

    As text it is one line a fault, "file:line: message". A fault of the file as a whole stands at line 1.
    """

    def __init__(self, path: Path, found: Sequence[LineFault]) -> None:
        self.path = path
        self.faults = tuple(sorted(found))
        super().__init__("\n".join(f"{path}:{line}: {message}" for line, message in self.faults))


class SopFolderError(SopFileError):
    """A folder in which some files cannot be used: the faults of all of them, and each file's own under `files`."""

    def __init__(self, path: Path, found: Sequence[SopFileError]) -> None:
        super().__init__(path, [fault for error in found for fault in error.faults])
        self.files = tuple(found)
        self.args = ("\n".join(map(str, found)),)


def default_folder() -> Path:
    """The procedures that come with Alur.

    They lie beside the package `alur`, in the source tree as in an installed one. Asking for `sops` itself would not
    do: the name is generic, and in an editable installation `importlib.resources` refuses a namespace package.
    """
    return Path(str(files("alur"))).parent / "sops"


def read_folder(path: Path) -> tuple[Sop, ...]:
    """All procedures of a folder (`*.yaml`, `*.yml`), by file name. Raises `SopFolderError` for all files at once.

    A folder that is missing or holds no procedure is an error too: an office without one can do nothing.
    """
    if not path.is_dir():
        raise SopFileError(path, [(1, "there is no such folder")])
    names = sorted(name for name in path.iterdir() if name.suffix in {".yaml", ".yml"})
    if not names:
        raise SopFileError(path, [(1, "the folder holds no procedure (*.yaml)")])

    sops: dict[str, tuple[Path, Sop]] = {}
    found = list[SopFileError]()
    for name in names:
        try:
            sop, root = _read(name)
        except SopFileError as error:
            found.append(error)
            continue
        if sop.id in sops:
            message = f"the id {sop.id!r} belongs to {sops[sop.id][0].name} already"
            found.append(SopFileError(name, [(_line(root, ("id",)), message)]))
        else:
            sops[sop.id] = name, sop
    if found:
        raise SopFolderError(path, found)
    return tuple(sop for _, sop in sops.values())


def read(path: Path) -> Sop:
    """The procedure of one file. Raises `SopFileError`; faults between its parts are sought once its shape is right."""
    return _read(path)[0]


def said(sop: Sop) -> dict[str, Any]:
    """What the procedure says, whatever its file looks like, as JSON with its keys in the order of the model.

    Sets are sorted, because their own order differs from process to process. A key that came to the form of a procedure
    later stands here where it says something: what a file says does not change with a build.
    """
    text = json.dumps(_without_unsaid(sop.model_dump(by_alias=True)), default=_plain)
    return cast("dict[str, Any]", json.loads(text))


def content_hash(sop: Sop) -> str:
    """SHA-256 in hex of what the procedure says: comments and order of keys are free. A running case is bound to it."""
    text = json.dumps(said(sop), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _without_unsaid(value: object) -> object:
    match value:
        case dict():
            return {key: _without_unsaid(item) for key, item in value.items() if LATER.get(key, ...) != item}
        case tuple():
            return [_without_unsaid(item) for item in value]
    return value


def _plain(value: object) -> object:
    match value:
        case frozenset():
            return sorted(value)
        case date():
            return value.isoformat()
    raise TypeError(f"no canonical form for {type(value).__name__}")


def _read(path: Path) -> tuple[Sop, Node]:
    yaml, text = YAML(typ="safe", pure=True), _text(path)
    yaml.Constructor = _Constructor
    yaml.allow_duplicate_keys = True  # they are found below, all of them, and not the first alone
    try:
        root = yaml.compose(text)
        data = yaml.constructor.construct_document(root) if root else None
    except (YAMLError, ValueError) as error:
        raise SopFileError(path, [_syntax_fault(error, text)]) from error
    if data is None:
        raise SopFileError(path, [(1, "the file is empty")])
    if not isinstance(data, dict):
        raise SopFileError(path, [(_line(root, ()), "the file must be a mapping of keys to values")])

    found = list(_repeated_keys(root, set()))
    try:
        sop = Sop.model_validate(data)
    except ValidationError as error:
        found += [_shape_fault(root, detail) for detail in error.errors() if not _is_echo(detail)]
        raise SopFileError(path, found) from error
    found = found or [(_line(root, fault.location), fault.message) for fault in faults(sop)]
    if found:
        raise SopFileError(path, found)
    return sop, root


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
        return content.decode("utf-8-sig")
    except FileNotFoundError as error:
        raise SopFileError(path, [(1, "there is no such file")]) from error
    except OSError as error:
        raise SopFileError(path, [(1, f"cannot be read: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SopFileError(path, [(line, "is not UTF-8 text")]) from error


def _syntax_fault(error: YAMLError | ValueError, text: str) -> LineFault:
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        message = ", ".join(part for part in (error.context, error.problem) if part)
        return (mark.line + 1 if mark else 1), f"not YAML: {message}"
    if isinstance(error, ReaderError):
        return text.count("\n", 0, error.position) + 1, "not YAML: a control character is not allowed"
    return 1, f"not YAML: {error}"


def _is_echo(detail: ErrorDetails) -> bool:
    """Pydantic counts the items that are right: a list whose one item is wrong is reported as too short besides."""
    return detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]


def _shape_fault(root: Node, detail: ErrorDetails) -> LineFault:
    location = detail["loc"]
    names = [part for part in location if isinstance(part, str)]
    key = names[-1] if names else "the file"
    if location and isinstance(location[-1], int):
        key = f"item {location[-1] + 1} of {key}"
    values: Mapping[str, Any] = {**detail.get("ctx", {}), "key": key}
    template = MESSAGES.get(detail["type"]) or MESSAGES.get(detail["type"].partition("_")[0])
    return _line(root, location), template.format_map(values) if template else f"{key}: {detail['msg']}"


def _repeated_keys(node: Node, walked: set[int]) -> Iterator[LineFault]:
    """Keys that stand twice in one mapping. An anchor can make the tree a ring, so no node is walked twice."""
    if id(node) in walked:
        return
    walked.add(id(node))
    if isinstance(node, SequenceNode):
        for item in node.value:
            yield from _repeated_keys(item, walked)
    elif isinstance(node, MappingNode):
        first: dict[str, int] = {}
        for key, value in _pairs(node):
            name = str(key.value)
            if name in first:
                yield _start(key), f"the key {name} stands twice (first in line {first[name]})"
            first.setdefault(name, _start(key))
            yield from _repeated_keys(value, walked)


def _line(root: Node, location: Location) -> int:
    """The line of a place in the file, or of the nearest place around it that is there."""
    node, line = root, _start(root)
    for part in location:
        if isinstance(node, MappingNode):
            pair = next((pair for pair in _pairs(node) if pair[0].value == part), None)
            if pair is None:
                break
            line, node = _start(pair[0]), pair[1]
        elif isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = _start(node)
    return line


def _start(node: Node) -> int:
    return int(node.start_mark.line) + 1


def _pairs(node: MappingNode) -> Sequence[tuple[Node, Node]]:
    return cast("Sequence[tuple[Node, Node]]", node.value)
