"""A running simulator, people on their phones, and a bare caller of the Bot API, all over real HTTP."""

import asyncio
import json
import re
import struct
import zlib
from typing import Any

import aiohttp
import pytest

from simulator import Options, Phone, Simulator, SimulatorClient


class RefusedError(Exception):
    """What the Bot API answered instead of a result."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        super().__init__(body["description"])
        self.status = status
        self.body = body


class Api:
    """Calls methods as a bot without any library would."""

    def __init__(self, simulator: Simulator, session: aiohttp.ClientSession) -> None:
        self.root = f"{simulator.url}/bot{simulator.token}"
        self.files = f"{simulator.url}/file/bot{simulator.token}"
        self.session = session

    async def __call__(self, method: str, **parameters: Any) -> Any:
        async with self.session.post(f"{self.root}/{method}", json=parameters) as response:
            return _result(response.status, await response.json())

    async def upload(self, method: str, uploads: dict[str, tuple[str, bytes]], **parameters: Any) -> Any:
        """uploads: part name to (file name, bytes)."""
        form = aiohttp.FormData(quote_fields=False)
        for name, value in parameters.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        for name, (file_name, data) in uploads.items():
            form.add_field(name, data, filename=file_name)
        async with self.session.post(f"{self.root}/{method}", data=form) as response:
            return _result(response.status, await response.json())

    async def document(self, chat_id: int, data: bytes = b"bytes", name: str = "a.pdf", **parameters: Any) -> Any:
        return await self.upload("sendDocument", {"document": (name, data)}, chat_id=chat_id, **parameters)


def _result(status: int, body: dict[str, Any]) -> Any:
    if not body["ok"]:
        assert body["error_code"] == status
        raise RefusedError(status, body)
    return body["result"]


def make_picture(width: int = 4, height: int = 3) -> bytes:
    """A black PNG."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" * (width + 1)) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.fixture
def picture():
    return make_picture


@pytest.fixture
def refused():
    """Expects a call to be answered by exactly this description; the raised error has the HTTP status."""

    def expect(description: str):
        return pytest.raises(RefusedError, match=f"^{re.escape(description)}$")

    return expect


@pytest.fixture
def until():
    """Asks an async condition until it holds, for 5 seconds at most."""

    async def wait(condition) -> None:
        for _ in range(500):
            if await condition():
                return
            await asyncio.sleep(0.01)
        pytest.fail("waited 5 s in vain")

    return wait


@pytest.fixture
def options():
    """Overridden by tests that need another simulator."""
    return Options(webhook_backoff=(0.02, 0.1))


@pytest.fixture
async def simulator(options):
    async with Simulator(options) as running:
        yield running


@pytest.fixture
async def telegram(simulator):
    async with SimulatorClient(simulator.url) as client:
        yield client


@pytest.fixture
async def api(simulator):
    async with aiohttp.ClientSession() as session:
        yield Api(simulator, session)


@pytest.fixture
async def rina(telegram, api):
    return await started(telegram, api)


async def started(telegram: SimulatorClient, api: Api) -> Phone:
    """She has started the bot, and the bot has received it."""
    person = await telegram.person("Rina", username="rina")
    await person.send("/start")
    await confirm_all(api)
    return person


async def confirm_all(api: Api) -> None:
    updates = await api("getUpdates")
    if updates:
        await api("getUpdates", offset=updates[-1]["update_id"] + 1, limit=1)


def keyboard(*labels: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": label, "callback_data": f"act:{label}"}] for label in labels]}


@pytest.fixture
def buttons():
    return keyboard
