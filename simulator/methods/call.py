"""How a method is declared and how a call of it is read: parameters by name, each with its kind."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from simulator.errors import BadRequest
from simulator.state.files import Upload
from simulator.world import World


class ParameterKind(StrEnum):
    TEXT = "text"
    INTEGER = "integer"
    FLAG = "flag"
    JSON = "json"
    FILE = "file"
    CHAT = "chat"


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One parameter; `missing` is what Telegram says when a required one is absent (None: the method decides)."""

    name: str
    kind: ParameterKind
    required: bool = False
    missing: str | None = None


@dataclass(frozen=True, kw_only=True)
class Call:
    """A decoded call: only declared parameters, each of its kind; an unknown name has been ignored."""

    method: str
    values: Mapping[str, Any]
    uploads: Mapping[str, Upload]

    def text(self, name: str) -> str:
        """The empty text when absent."""
        return str(self.values.get(name) or "")

    def integer(self, name: str) -> int | None:
        value = self.values.get(name)
        return value if isinstance(value, int) else None

    def flag(self, name: str) -> bool:
        return self.values.get(name) is True

    def json(self, name: str) -> Any:
        return self.values.get(name)

    def has(self, name: str) -> bool:
        return self.values.get(name) is not None


@dataclass(frozen=True, kw_only=True)
class Method:
    """One method of the Bot API. `run` is synchronous and one transaction, or a coroutine that sees to its own."""

    name: str
    parameters: tuple[Parameter, ...]
    run: Callable[[World, Call], Any] | Callable[[World, Call], Awaitable[Any]]
    counted: bool = False  # whether the limits of messages per second count it


def text(name: str, *, required: bool = False, missing: str | None = None) -> Parameter:
    return Parameter(name=name, kind=ParameterKind.TEXT, required=required, missing=missing)


def integer(name: str, *, required: bool = False, missing: str | None = None) -> Parameter:
    return Parameter(name=name, kind=ParameterKind.INTEGER, required=required, missing=missing)


def flag(name: str) -> Parameter:
    return Parameter(name=name, kind=ParameterKind.FLAG)


def structure(name: str, *, required: bool = False, missing: str | None = None) -> Parameter:
    return Parameter(name=name, kind=ParameterKind.JSON, required=required, missing=missing)


def file(name: str, *, required: bool = False, missing: str | None = None) -> Parameter:
    return Parameter(name=name, kind=ParameterKind.FILE, required=required, missing=missing)


CHAT = Parameter(name="chat_id", kind=ParameterKind.CHAT, required=True, missing="chat_id is empty")
CHAT_IF_ANY = Parameter(name="chat_id", kind=ParameterKind.CHAT)


def decode(method: Method, given: Mapping[str, Any], uploads: Mapping[str, Upload]) -> Call:
    """Values as they came (strings from forms, anything from JSON) to values of their kinds; raises BadRequest."""
    values: dict[str, Any] = {}
    for parameter in method.parameters:
        value = given.get(parameter.name)
        if parameter.kind is ParameterKind.FILE and parameter.name in uploads:
            values[parameter.name] = f"attach://{parameter.name}"
        elif value is not None and value != "":
            values[parameter.name] = _decode(parameter, value)
        elif parameter.required and parameter.missing:
            raise BadRequest(parameter.missing)
    return Call(method=method.name, values=values, uploads=uploads)


def _decode(parameter: Parameter, value: Any) -> Any:
    match parameter.kind:
        case ParameterKind.TEXT | ParameterKind.FILE:
            return value if isinstance(value, str) else json.dumps(value)
        case ParameterKind.FLAG:
            return value is True or str(value).lower() in {"true", "yes", "1"}
        case ParameterKind.INTEGER | ParameterKind.CHAT:
            try:
                return int(value)
            except (TypeError, ValueError):
                return str(value) if parameter.kind is ParameterKind.CHAT else None
        case ParameterKind.JSON:
            if not isinstance(value, str):
                return value
            try:
                return json.loads(value)
            except json.JSONDecodeError:
                raise BadRequest(f"can't parse {parameter.name.replace('_', ' ')} JSON object") from None
