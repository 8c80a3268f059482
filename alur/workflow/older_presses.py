"""Presses as rows of earlier builds kept them, which is as the texts of a button's data.

Called by the notices that keep a press, whenever they were recorded: what the house writes now passes through unchanged.
"""

import re
from typing import Any

from pydantic import TypeAdapter

from alur.workflow.engine.acts import named
from alur.workflow.model import Value
from alur.workflow.presses import BeginningPress, On, PlaceId, PressAct, PressHistoryPage, PressOpen

KEPT: TypeAdapter[BeginningPress] = TypeAdapter(PressAct | PressOpen)
NO_CASE = "o"
SUBJECT = re.compile(r"c(?P<case>\d+)(?:\.(?P<task>\d+))?")
TOKEN = re.compile(r"(?P<case>\d+)\.(?P<document>.+?)(?:\.(?P<mark>s|[0-9a-f]{8}))?")


class OlderButton(Value):
    """The button that begins a form, as it was written."""

    act: str
    subject: str
    revision: int = 0
    argument: str | None = None


def begins(kept: Any) -> BeginningPress:
    """The press that begins a form in the place of the open one. Raises ValueError."""
    if not (isinstance(kept, dict) and "act" in kept):
        return KEPT.validate_python(kept)
    button = OlderButton.model_validate(kept)
    if button.subject == NO_CASE:
        return PressOpen(replaces=True)
    about = SUBJECT.fullmatch(button.subject)
    if about is None:
        raise ValueError("no subject of a button")
    rule = named(button.act)
    given = (button.argument or "").removesuffix("!")
    named_too = dict(zip(rule.names, given.split("."), strict=False)) if rule and given else {}
    on = On.model_validate({"task": about["task"], "revision": button.revision, **named_too})
    return PressAct(rule=button.act, case=int(about["case"]), on=on, replaces=True)


def with_place(option: Any) -> Any:
    """One of the documents that are offered, with the place that its token named."""
    if not (isinstance(option, dict) and "token" in option):
        return option
    rest = {name: value for name, value in option.items() if name != "token"}
    return rest | {"place": place_of(str(option["token"]))}


def place_of(token: str) -> PlaceId:
    """Raises ValueError."""
    found = TOKEN.fullmatch(token)
    if found is None:
        raise ValueError("no place")
    is_signed = found["mark"] == "s"
    unit = None if is_signed else found["mark"]
    return PlaceId(case=int(found["case"]), document=found["document"], signed=is_signed, unit=unit)


def screen_of(kept: Any) -> Any:
    """The screen on which a case is to be shown; of the history the name of its page's press was kept."""
    return "history" if kept == PressHistoryPage.name else kept
