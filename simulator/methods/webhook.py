"""setWebhook, deleteWebhook and getWebhookInfo; the delivery itself is in `simulator.delivery`.

Telegram wants https; here http is taken too, since everything is on loopback.
"""

import re
from typing import Any
from urllib.parse import urlsplit

from simulator.errors import BadRequest
from simulator.methods.call import Call, Method, file, flag, integer, structure, text
from simulator.world import World

DEFAULT_CONNECTIONS = 40


def set_webhook(world: World, call: Call) -> bool:
    """An empty url takes the webhook away."""
    url = call.text("url")
    if url and (urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname):
        raise BadRequest("bad webhook: An HTTPS URL must be provided for webhook")
    secret = call.text("secret_token")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise BadRequest("secret token contains unallowed characters")
    connections = call.integer("max_connections") or DEFAULT_CONNECTIONS
    hook = {
        "url": url,
        "secret": secret,
        "connections": min(max(connections, 1), 100),
        "certificate": call.has("certificate"),
        "ip_address": call.text("ip_address"),
    }
    if isinstance(call.json("allowed_updates"), list):
        world.updates.allow(call.json("allowed_updates"))
    _put(world, hook if url else None, drop=call.flag("drop_pending_updates"))
    return True


def delete_webhook(world: World, call: Call) -> bool:
    _put(world, None, drop=call.flag("drop_pending_updates"))
    return True


def _put(world: World, hook: dict[str, Any] | None, *, drop: bool) -> None:
    world.store.put_setting("webhook", hook)
    world.store.put_setting("webhook_error", None)
    if drop:
        world.updates.confirm_all()
    world.bells.ring("updates", "webhook")


def get_webhook_info(world: World, _call: Call) -> dict[str, Any]:
    hook = world.store.setting("webhook") or {}
    info: dict[str, Any] = {
        "url": hook.get("url", ""),
        "has_custom_certificate": hook.get("certificate", False),
        "pending_update_count": world.updates.count(),
    }
    if hook:
        info["max_connections"] = hook["connections"]
        if hook["ip_address"]:
            info["ip_address"] = hook["ip_address"]
        info |= world.store.setting("webhook_error") or {}
    if allowed := world.updates.allowed():
        info["allowed_updates"] = allowed
    return info


METHODS = (
    Method(
        name="setWebhook",
        parameters=(
            text("url", required=True),
            file("certificate"),
            text("ip_address"),
            integer("max_connections"),
            structure("allowed_updates"),
            flag("drop_pending_updates"),
            text("secret_token"),
        ),
        run=set_webhook,
    ),
    Method(name="deleteWebhook", parameters=(flag("drop_pending_updates"),), run=delete_webhook),
    Method(name="getWebhookInfo", parameters=(), run=get_webhook_info),
)
