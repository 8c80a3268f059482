"""Reply markup: checks a bot's keyboard as Telegram does and finds the buttons that a person can press."""

from dataclasses import dataclass
from typing import Any

from simulator.entities import utf16_length
from simulator.errors import BadRequest
from simulator.limits import CALLBACK_DATA_BYTES, KEYBOARD_BUTTONS

ACTIONS = (
    "callback_data",
    "url",
    "copy_text",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
)
STYLES = frozenset({"primary", "success", "danger"})
COPY_TEXT_LENGTH = 256


@dataclass(frozen=True, kw_only=True)
class Markup:
    """inline is shown in the message; other (reply keyboard, its removal, force_reply) makes it uneditable."""

    inline: dict[str, Any] | None = None
    other: dict[str, Any] | None = None


def read_markup(given: Any) -> Markup:
    """The markup of a request, None for none; raises BadRequest."""
    if not given:
        return Markup()
    if not isinstance(given, dict):
        raise BadRequest("object expected as reply markup")
    if "inline_keyboard" in given:
        return Markup(inline=_inline(given["inline_keyboard"]))
    if given.get("force_reply") or given.get("remove_keyboard") or isinstance(given.get("keyboard"), list):
        return Markup(other=given)
    return Markup()


def _inline(rows: Any) -> dict[str, Any] | None:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise BadRequest('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    checked = [[_button(button) for button in row] for row in rows if row]
    if sum(map(len, checked)) > KEYBOARD_BUTTONS:
        raise BadRequest("reply markup is too long")
    return {"inline_keyboard": checked} if checked else None


def _button(given: Any) -> dict[str, Any]:
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise BadRequest('can\'t parse inline keyboard button: Field "text" must be of type String')
    if not given["text"].strip():
        raise BadRequest('can\'t parse inline keyboard button: Field "text" must be non-empty')
    action = next((name for name in ACTIONS if name in given), None)
    if action is None:
        raise BadRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    _check_action(action, given[action])
    button = {"text": given["text"], action: given[action]}
    if "style" in given:
        if given["style"] not in STYLES:
            raise BadRequest("can't parse inline keyboard button: invalid button style specified")
        button["style"] = given["style"]
    return button


def _check_action(action: str, value: Any) -> None:
    match action:
        case "callback_data":
            if not isinstance(value, str) or not 1 <= len(value.encode()) <= CALLBACK_DATA_BYTES:
                raise BadRequest("BUTTON_DATA_INVALID")
        case "url":
            if not isinstance(value, str) or "." not in value or " " in value:
                raise BadRequest("BUTTON_URL_INVALID")
        case "copy_text":
            text = value.get("text") if isinstance(value, dict) else None
            if not isinstance(text, str) or not 1 <= utf16_length(text) <= COPY_TEXT_LENGTH:
                raise BadRequest("BUTTON_COPY_TEXT_INVALID")


def find_button(body: dict[str, Any], *, label: str | None = None, data: str | None = None) -> dict[str, Any] | None:
    """The first button of a message with this label, or with this callback data."""
    for row in body.get("reply_markup", {}).get("inline_keyboard", []):
        for button in row:
            if (label is not None and button["text"] == label) or (
                data is not None and button.get("callback_data") == data
            ):
                return dict(button)
    return None
