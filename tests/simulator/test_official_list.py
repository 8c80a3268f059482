"""The simulator's own tables and answers held against the official Bot API, method by method and field by field.

The official list is data beside the project, not part of it: the environment variable ALUR_SHARED names its folder.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from simulator.methods import METHODS
from tests.origins import ORIGINS, VIA_BOT

SHARED = Path(os.environ.get("ALUR_SHARED") or Path(__file__).parents[2] / "../shared")
OFFICIAL = SHARED / "telegram" / "bot-api.json"

pytestmark = pytest.mark.skipif(
    not OFFICIAL.is_file(),
    reason=f"no {OFFICIAL.name} in {SHARED}/telegram: methods, parameters and objects are not held against the Bot API",
)

BUSINESS = "the simulator has no business accounts"
TOPICS = "there are no forums and no channels' direct messages, only private chats and groups"
STARS = "nothing is paid for"
INLINE = "there is no inline mode, so no inline_message_id"
LOOKS = "it changes how a message looks, which nobody sees here"

LEFT_OUT_EVERYWHERE = {
    "business_connection_id": BUSINESS,
    "message_thread_id": TOPICS,
    "direct_messages_topic_id": TOPICS,
    "suggested_post_parameters": TOPICS,
    "allow_paid_broadcast": STARS,
    "message_effect_id": LOOKS,
    "inline_message_id": INLINE,
}
LEFT_OUT = {
    ("sendDocument", "thumbnail"): LOOKS,
    ("sendDocument", "disable_content_type_detection"): "an upload's type is never detected from its content",
    ("copyMessage", "video_start_timestamp"): "there are no videos",
    ("forwardMessage", "video_start_timestamp"): "there are no videos",
    ("copyMessage", "show_caption_above_media"): LOOKS,
    ("editMessageText", "rich_message"): "bots of this house send plain text with entities",
}


@pytest.fixture(scope="module")
def official() -> dict[str, Any]:
    return json.loads(OFFICIAL.read_text(encoding="utf-8"))


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: method.name)
def test_a_method_has_the_official_parameters(official, method):
    described = official["methods"][method.name]
    fields = {field["name"]: field["required"] for field in described.get("fields", [])}
    own = {parameter.name: parameter.required for parameter in method.parameters}
    left_out = {name for name in fields if name in LEFT_OUT_EVERYWHERE or (method.name, name) in LEFT_OUT}

    assert not own.keys() - fields.keys(), "not official"
    assert not fields.keys() - own.keys() - left_out, "neither accepted nor left out for a reason"
    assert not own.keys() & left_out, "accepted though said to be left out"
    assert own == {name: fields[name] for name in own}, "required or not"
    assert not any(fields[name] for name in left_out), "a required parameter is left out"


def test_what_is_left_out_exists(official):
    names = {(method.name, field["name"]) for method in METHODS.values() for field in _fields(official, method.name)}

    assert LEFT_OUT.keys() <= names
    assert LEFT_OUT_EVERYWHERE.keys() <= {name for _, name in names}


def _fields(official: dict[str, Any], method: str) -> list[dict[str, Any]]:
    return official["methods"][method].get("fields", [])


async def test_every_object_that_is_answered_is_official(official, api, rina, telegram, picture, buttons):
    results = await _call_everything(api, rina, telegram, picture, buttons)

    assert {name.lower() for name, _ in results} == METHODS.keys(), "a method was not called here"
    for name, result in results:
        returns = official["methods"][name]["returns"]
        faults = [list(_faults(official, kind, result, name)) for kind in returns]
        assert [] in faults, min(faults, key=len)


async def test_every_update_is_official(official, api, rina, telegram, picture, buttons):
    message = await api("sendMessage", chat_id=rina.id, text="<b>x</b>", parse_mode="HTML", reply_markup=buttons("Ya"))
    await rina.send("/tugas https://a.id", reply_to=message["message_id"])
    await rina.send_file("a.pdf", b"1", caption="@rina", media_group_id="7")
    await rina.send_photo(picture())
    await rina.send_voice(b"OggS")
    origins = _origins(official)
    for origin in origins:
        await rina.send("setujui", origin={"forward_origin": origin})
        await rina.send_file("a.pdf", b"1", origin={"forward_origin": origin})
    await rina.send("setujui", origin=VIA_BOT)
    await rina.press_forged(message["message_id"], "x", timeout=0)
    await rina.press_forged(999_999, "x", timeout=0)
    group = await telegram.group("Tim", [rina])
    await rina.send("/status", chat=group)
    await rina.block()

    updates = await api("getUpdates")

    assert {kind for update in updates for kind in update} == {
        "update_id",
        "message",
        "callback_query",
        "my_chat_member",
    }
    for update in updates:
        assert not list(_faults(official, "Update", update, "update"))
    assert len([update for update in updates if "forward_origin" in update.get("message", {})]) == 2 * len(origins)
    assert len([update for update in updates if "via_bot" in update.get("message", {})]) == 1


def _origins(official):
    """A message's origin of each official kind."""
    assert set(official["types"]["MessageOrigin"]["subtypes"]) == {f"MessageOrigin{kind}" for kind in ORIGINS}
    return list(ORIGINS.values())


async def _call_everything(api, rina, telegram, picture, buttons) -> list[tuple[str, Any]]:
    """Each method once, the sending ones with all that they can show."""
    results: list[tuple[str, Any]] = []

    async def call(method: str, **parameters: Any) -> Any:
        results.append((method, await api(method, **parameters)))
        return results[-1][1]

    rich = (
        '<b>a</b> <a href="https://a.id">b</a> <pre><code class="language-c">x</code></pre> <blockquote>q</blockquote>'
    )
    style = {"text": "Ya", "callback_data": "x", "style": "primary"}
    link, copy = {"text": "Tautan", "url": "https://a.id"}, {"text": "Salin", "copy_text": {"text": "kode"}}
    hers = await rina.send("halo")
    to_her = {"chat_id": rina.id, "reply_parameters": {"message_id": hers.id}, "protect_content": True}
    message = await call(
        "sendMessage",
        **to_her,
        text=rich,
        parse_mode="HTML",
        link_preview_options={"is_disabled": True},
        reply_markup={"inline_keyboard": [[style, link, copy]]},
    )
    document = await api.document(rina.id, caption="c")
    photo = await api.upload("sendPhoto", {"photo": ("a.png", picture())}, chat_id=rina.id)
    voice = await api.upload("sendVoice", {"voice": ("a.oga", b"OggS")}, chat_id=rina.id, duration=3)
    file_id = document["document"]["file_id"]
    await call("sendDocument", **to_her, document=file_id, caption="x", reply_markup=buttons("Ya"))
    await call(
        "sendPhoto", **to_her, photo=photo["photo"][-1]["file_id"], has_spoiler=True, show_caption_above_media=True
    )
    await call("sendVoice", **to_her, voice=voice["voice"]["file_id"])
    await call("sendMediaGroup", chat_id=rina.id, media=[{"type": "document", "media": file_id, "caption": "x"}] * 2)
    where = {"chat_id": rina.id, "message_id": message["message_id"]}
    await call("editMessageText", **where, text="baru", reply_markup=buttons("Ya"))
    await call("editMessageReplyMarkup", **where)
    await call("editMessageCaption", chat_id=rina.id, message_id=document["message_id"], caption="lain")
    open_source = {"chat_id": rina.id, "from_chat_id": rina.id, "message_id": document["message_id"]}
    await call("copyMessage", **open_source)
    await call("forwardMessage", **open_source)
    await call("deleteMessage", **where)
    press = await rina.press_forged(document["message_id"], "x", timeout=0)
    await call("answerCallbackQuery", callback_query_id=press.query_id)
    await call("getFile", file_id=file_id)
    await call("sendChatAction", chat_id=rina.id, action="typing")
    for method in ("getMe", "getUpdates"):
        await call(method)
    await call("getChat", chat_id=rina.id)
    budi = await telegram.person("Budi")
    group = await telegram.group("Tim", [rina])
    await call("getChatMember", chat_id=group.id, user_id=budi.id)
    await call("getChatMember", chat_id=group.id, user_id=rina.id)
    await call("setMyCommands", commands=[{"command": "tugas", "description": "Tugas"}])
    for method in ("getMyCommands", "deleteMyCommands", "setChatMenuButton", "getChatMenuButton"):
        await call(method)
    await call("setWebhook", url="http://127.0.0.1:9/never", allowed_updates=["message"], ip_address="127.0.0.1")
    await call("getWebhookInfo")
    await call("deleteWebhook")
    return results


def _faults(official: dict[str, Any], kind: str, value: Any, place: str):
    """What is wrong with a value of an official type: unknown or missing fields, wrong kinds of plain values."""
    plain = {"Integer": int, "String": str, "Boolean": bool, "True": bool, "Float": float}
    if kind in plain:
        if not isinstance(value, plain[kind]) or (kind == "Integer" and isinstance(value, bool)):
            yield f"{place}: {value!r} is no {kind}"
    elif kind.startswith("Array of "):
        if not isinstance(value, list):
            yield f"{place}: {value!r} is no {kind}"
            return
        for number, item in enumerate(value):
            yield from _faults(official, kind.removeprefix("Array of "), item, f"{place}[{number}]")
    elif subtypes := official["types"][kind].get("subtypes"):
        tries = [list(_faults(official, subtype, value, place)) for subtype in subtypes]
        yield from min(tries, key=len)
    elif not isinstance(value, dict):
        yield f"{place}: {value!r} is no {kind}"
    else:
        yield from _faults_of_object(official, kind, value, place)


def _faults_of_object(official: dict[str, Any], kind: str, value: dict[str, Any], place: str):
    fields = {field["name"]: field for field in official["types"][kind].get("fields", [])}
    yield from (f"{place}: {kind} has no {name}" for name in value.keys() - fields.keys())
    yield from (
        f"{place}: {name} is missing" for name, each in fields.items() if each["required"] and name not in value
    )
    for name in value.keys() & fields.keys():
        tries = [list(_faults(official, option, value[name], f"{place}.{name}")) for option in fields[name]["types"]]
        yield from min(tries, key=len)
