"""Webhook delivery: secret, order, again until 2xx."""

import pytest
from aiohttp import web


class Hook:
    """A bot's webhook that answers as told and remembers what it took."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.seen: list[tuple[str | None, int, str]] = []
        self.url = ""

    async def handle(self, request: web.Request) -> web.Response:
        update = await request.json()
        status = self.answers.pop(0) if self.answers else 200
        text = update.get("message", {}).get("text", "")
        self.seen.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), status, text))
        return web.Response(status=status)

    def took(self, count: int):
        async def has_taken() -> bool:
            return len(self.seen) >= count

        return has_taken


@pytest.fixture
async def hook():
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def test_updates_are_posted_in_order_with_the_secret(api, rina, hook, until):
    await api("setWebhook", url=hook.url, secret_token="rahasia_1")

    for text in ("satu", "dua", "tiga"):
        await rina.send(text)

    await until(hook.took(3))
    assert hook.seen == [("rahasia_1", 200, "satu"), ("rahasia_1", 200, "dua"), ("rahasia_1", 200, "tiga")]


async def test_an_update_is_posted_again_until_the_webhook_takes_it(api, rina, hook, until):
    hook.answers = [503, 500]
    await api("setWebhook", url=hook.url)

    await rina.send("satu")
    await rina.send("dua")

    await until(hook.took(4))
    assert [(status, text) for _, status, text in hook.seen] == [
        (503, "satu"),
        (500, "satu"),
        (200, "satu"),
        (200, "dua"),
    ]
    info = await api("getWebhookInfo")
    assert info["last_error_message"].startswith("Wrong response from the webhook: 500")


async def test_what_waited_before_the_webhook_was_set_is_delivered_too(api, rina, hook, until):
    await rina.send("menunggu")

    await api("setWebhook", url=hook.url)

    await until(hook.took(1))
    assert hook.seen[0][2] == "menunggu"


async def test_a_dead_webhook_keeps_updates_waiting_for_polling(api, rina, until):
    await api("setWebhook", url="http://127.0.0.1:9/dead")
    await rina.send("tidak hilang")

    async def has_failed() -> bool:
        return "last_error_message" in await api("getWebhookInfo")

    await until(has_failed)
    info = await api("getWebhookInfo")

    await api("deleteWebhook")

    assert info["pending_update_count"] == 1
    assert [update["message"]["text"] for update in await api("getUpdates")] == ["tidak hilang"]


async def test_a_bad_address_or_secret_is_refused(api, refused):
    with refused("Bad Request: bad webhook: An HTTPS URL must be provided for webhook"):
        await api("setWebhook", url="ftp://127.0.0.1/hook")
    with refused("Bad Request: secret token contains unallowed characters"):
        await api("setWebhook", url="http://127.0.0.1/hook", secret_token="tidak boleh")
