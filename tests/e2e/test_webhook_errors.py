"""A webhook that Telegram cannot reach: named in the log, by health, metrics and check, and forgotten when it is over."""

import asyncio
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import structlog
from telegram import WebhookInfo
from telegram.error import BadRequest, NetworkError

from bot.cli import check
from bot.settings import SettingsInvalid, read_settings
from bot.telegram.hook import Hook
from simulator import Options
from tests.e2e.desk import MONDAY, TOKEN
from tests.e2e.test_serving import SECRET, asked, free_port, hooked, http, serve, taken
from tests.nginx import nginx

__all__ = ["http"]

ADDRESS = "https://alur.example.go.id/hook/kept-to-ourselves"
NOT_FOUND = "Wrong response from the webhook: 404 Not Found"
PASSED = "location /hook/ {{ proxy_pass http://{address}; }}"
PASSED_WRONGLY = "location /hook/ {{ proxy_pass http://{address}/; }}"  # the slash cuts the path off


@pytest.fixture
def options():
    return Options(token=TOKEN, start=MONDAY, webhook_backoff=(0.05, 0.2))


@pytest.fixture
def asks_often(monkeypatch):
    monkeypatch.setattr("bot.telegram.hook.ASK_EVERY", 0.1)


def behind(office, *, at=None):
    """The office's webhook is at another port of this machine; returns the root of its own server, and that port."""
    root, port = serve(office), at or free_port()
    office.settings = office.settings.model_copy(update={"webhook_url": f"http://127.0.0.1:{port}/hook/alur"})
    return root, port


async def comes_to(office, http, root, status):
    async def is_so():
        found, told = await asked(http, root)
        return told if found == status else None

    return await office.until(is_so, f"health to be {status}")


# Behind a real proxy


async def test_a_proxy_that_cuts_the_path_off_is_told_and_one_that_passes_it_brings_what_waited(
    office, http, asks_often
):
    root, port = behind(office)
    address = root.removeprefix("http://")
    async with nginx(port, PASSED_WRONGLY.format(address=address)):
        with structlog.testing.capture_logs() as logs:
            await hooked(office)
            await office["analis_sdm"].send("/tugas")
            told = await comes_to(office, http, root, 503)
        faults = await asyncio.to_thread(lambda: list(check._webhook(office.settings)))
    assert told["webhook_error"] == NOT_FOUND
    assert [line["error"] for line in logs if line["event"] == "Telegram cannot bring updates"] == [NOT_FOUND]
    assert faults == [f"ALUR_WEBHOOK_URL: 1 updates wait at Telegram: {NOT_FOUND}"]
    async with http.get(f"{root}/metrics") as answer:
        metrics = await answer.text()
    assert "alur_webhook_error 1.0" in metrics
    assert "alur_updates_at_telegram 1.0" in metrics

    async with nginx(port, PASSED.format(address=address)):
        assert (await comes_to(office, http, root, 200))["webhook_error"] is None
        await office.says("analis_sdm", "tidak ada tugas")
        await taken(office)
        assert await asyncio.to_thread(lambda: list(check._webhook(office.settings))) == []


async def test_an_update_that_the_proxy_takes_for_too_large_is_told_while_others_arrive(office, http, asks_often):
    root, port = behind(office)
    inside = "client_max_body_size 2k;" + PASSED.format(address=root.removeprefix("http://"))
    async with nginx(port, inside):
        await hooked(office)
        await office["kabag_umum"].send("panjang " * 500)
        told = await comes_to(office, http, root, 503)
        await office["analis_sdm"].send("/tugas")
        await office.says("analis_sdm", "tidak ada tugas")
    assert told["webhook_error"] == "Wrong response from the webhook: 413 Request Entity Too Large"


async def test_a_port_at_which_nobody_listens_is_told(office, http, asks_often):
    root, _ = behind(office, at=free_port())
    await hooked(office)
    await office["analis_sdm"].send("/tugas")
    assert (await comes_to(office, http, root, 503))["webhook_error"] == "Connection refused"


async def test_a_webhook_that_was_out_of_reach_was_no_reception(office, http, asks_often, monkeypatch):
    noted = []
    monkeypatch.setattr("alur.services.clock.outage.received", lambda _work, at: bool(noted.append(at)))
    root, _ = behind(office)
    await hooked(office)
    await office["analis_sdm"].send("/tugas")
    await comes_to(office, http, root, 503)
    before, since = len(noted), await office.last_call()
    await office.until(lambda: office.calls("getWebhookInfo", since=since), "one more question")
    assert len(noted) == before


# What counts, minute by minute


@pytest.fixture
def hook():
    return Hook(ADDRESS, SECRET, secrets=("/hook/kept-to-ourselves", TOKEN))


class Telegram:
    """What the hook sees of Telegram: one answer after the other."""

    def __init__(self, hook):
        self.hook, self.noted, self.info = hook, [], None

    async def get_webhook_info(self):
        return self.info

    async def minute(self, waiting=0, failed=None, words=NOT_FOUND, url=ADDRESS):
        """The next minute's question; `failed` is the minute of the last error. Returns what is wrong by then."""
        date = None if failed is None else datetime(2026, 11, 2, 9, 0, tzinfo=UTC) + timedelta(minutes=failed)
        self.info = WebhookInfo(
            url=url,
            has_custom_certificate=False,
            pending_update_count=waiting,
            last_error_date=date,
            last_error_message=words if date else None,
        )

        async def noted(*, more):
            self.noted.append(more)

        await self.hook._ask(self, noted)
        return self.hook.error


@pytest.fixture
def telegram(hook):
    return Telegram(hook)


async def test_an_old_error_is_no_fault_while_updates_arrive(hook, telegram):
    assert await telegram.minute(waiting=3, failed=-500) is None
    hook.took()
    assert await telegram.minute(waiting=5, failed=-500) is None
    assert await telegram.minute(waiting=0, failed=-500) is None
    assert telegram.noted == [True, True, False]


async def test_an_error_that_comes_anew_while_updates_wait_is_one_until_they_have_arrived(hook, telegram):
    await telegram.minute(waiting=1, failed=0)
    assert await telegram.minute(waiting=1, failed=1) == NOT_FOUND
    assert await telegram.minute(waiting=1, failed=1) == NOT_FOUND  # Telegram pauses up to a minute between two tries
    hook.took()
    assert await telegram.minute(waiting=1, failed=2) == NOT_FOUND  # another chat's arrive
    hook.took()
    assert await telegram.minute(waiting=1, failed=2) is None
    assert await telegram.minute(waiting=0, failed=3) is None


async def test_updates_that_wait_while_none_arrives_are_a_fault_also_without_an_error(hook, telegram):
    assert await telegram.minute(waiting=2) is None
    assert await telegram.minute(waiting=4) == "4 updates wait at Telegram, and none arrives"
    hook.took()
    assert await telegram.minute(waiting=4) is None


@pytest.mark.parametrize(("url", "said"), [("", "taken away"), ("https://other.example.go.id/hook", "another address")])
async def test_a_webhook_that_is_no_longer_ours_is_a_fault(telegram, url, said):
    assert said in await telegram.minute(url=url)
    assert await telegram.minute() is None


async def test_what_is_told_holds_no_secret_and_no_endless_text(telegram):
    words = f"no {SECRET}, {TOKEN} or {ADDRESS} " + "x" * 500
    await telegram.minute(waiting=1, failed=0)
    told = await telegram.minute(waiting=1, failed=1, words=words)
    assert told.startswith("no …, … or https://alur.example.go.id… x")
    assert len(told) == 200


class Bot:
    """Telegram, for a whole run of the hook, which ends with its `most`th pause."""

    def __init__(self, monkeypatch, *, refuses=(), waiting=0, most=4):
        self.refuses, self.waiting, self.most = list(refuses), waiting, most
        self.pauses, self.said = [], []
        monkeypatch.setattr("bot.telegram.hook.asyncio", SimpleNamespace(sleep=self.sleep))

    async def sleep(self, seconds):
        self.pauses.append(seconds)
        self.said.append(self.hook.error)
        if len(self.pauses) == self.most:
            raise asyncio.CancelledError

    async def set_webhook(self, *_, **__):
        if self.refuses:
            raise self.refuses.pop(0)

    async def get_webhook_info(self):
        return WebhookInfo(url=ADDRESS, has_custom_certificate=False, pending_update_count=self.waiting)

    async def run(self, hook):
        async def noted(*, more):
            pass

        self.hook = hook
        with pytest.raises(asyncio.CancelledError):
            await hook.run(self, noted)


async def test_telegram_is_asked_once_a_minute_also_while_updates_wait(hook, monkeypatch):
    bot = Bot(monkeypatch, waiting=7)
    await bot.run(hook)
    assert bot.pauses == [60, 60, 60, 60]


async def test_a_webhook_that_telegram_refuses_is_a_fault_until_it_takes_it(hook, monkeypatch):
    words = "Bad webhook: webhook can be set up only on ports 80, 88, 443 or 8443"
    bot = Bot(monkeypatch, refuses=[NetworkError("away"), BadRequest(words)], most=3)
    await bot.run(hook)
    assert bot.pauses == [1, 60, 60]
    assert bot.said == [None, words, None]


# The port


def settings_with(url, **more):
    names = {"webhook_url": url, "webhook_listen": "127.0.0.1:8080", "webhook_secret": SECRET}
    return read_settings(_env_file=None, bot_token=TOKEN, **names, **more)


@pytest.mark.parametrize("port", ["", ":443", ":80", ":88", ":8443"])
def test_the_ports_that_telegram_serves_are_taken(port):
    assert settings_with(f"https://alur.example.go.id{port}/hook").webhook_url


@pytest.mark.parametrize("port", [":9443", ":0", ":8080"])
def test_another_port_is_refused_where_the_api_is_telegrams_own(port):
    with pytest.raises(SettingsInvalid, match=r"ALUR_WEBHOOK_URL: .*443, 80, 88, 8443 only") as refused:
        settings_with(f"https://alur.example.go.id{port}/hook")
    assert SECRET not in str(refused.value)
    assert settings_with(f"https://alur.example.go.id{port}/hook", api_url="http://127.0.0.1:8081").webhook_url
