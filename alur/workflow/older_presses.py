"""Presses as notices keep them, and as those of earlier builds did: theirs are the texts of a button's data.

Called by the views for a notice that is shown, whenever it was recorded.
"""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from alur.workflow.engine.acts import named
from alur.workflow.presses import BeginningPress, On, PlaceId, PressAct, PressOpen

KEPT: TypeAdapter[BeginningPress] = TypeAdapter(PressAct | PressOpen)
SUBJECT = re.compile(r"c(?P<case>\d+)(?:\.(?P<task>\d+))?")
TOKEN = re.compile(r"(?P<case>\d+)\.(?P<document>.+?)(?:\.(?P<mark>s|[0-9a-f]{8}))?")


def begins(kept: Mapping[str, Any]) -> BeginningPress:
    """The press that begins a form in the place of the open one."""
    if "act" not in kept:
        return KEPT.validate_python(kept)
    about = SUBJECT.fullmatch(kept["subject"])
    if about is None:
        return PressOpen(replaces=True)
    rule = named(kept["act"])
    given = (kept.get("argument") or "").removesuffix("!")
    named_too = dict(zip(rule.names, given.split("."), strict=False)) if rule and given else {}
    on = On.model_validate({"task": about["task"], "revision": kept.get("revision", 0), **named_too})
    return PressAct(rule=kept["act"], case=int(about["case"]), on=on, replaces=True)


def place_of(option: Mapping[str, Any]) -> PlaceId:
    """The place of one of the documents that are offered."""
    if "place" in option:
        return PlaceId.model_validate(option["place"])
    found = TOKEN.fullmatch(option["token"])
    if found is None:
        raise ValueError(f"no place: {option['token']!r}")
    is_signed = found["mark"] == "s"
    unit = None if is_signed else found["mark"]
    return PlaceId(case=int(found["case"]), document=found["document"], signed=is_signed, unit=unit)
