"""The wire between scripted people and the simulator: one HTTP session and the control API's requests over it."""

from collections.abc import Mapping
from typing import Any

import aiohttp


class SimulatorRefusedError(Exception):
    """The control API said no; the message is its reason."""


class Line:
    """Opened and closed by `SimulatorClient`; used by it, by phones and by the files of messages."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        connector = aiohttp.TCPConnector(limit=0)  # a person who waits must not keep another from acting
        self._session = aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=120))

    async def close(self) -> None:
        if self._session:
            await self._session.close()
        self._session = None

    async def ask(
        self, verb: str, path: str, given: Any = None, *, query: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """One request of the control API; a dict goes as JSON, a form as multipart. Raises SimulatorRefusedError."""
        body = {"data": given} if isinstance(given, aiohttp.FormData) else {"json": given}
        values = {name: str(value) for name, value in (query or {}).items()}
        async with self._opened.request(verb, f"{self.url}{path}", params=values, **body) as response:
            found: dict[str, Any] = await response.json()
            if not response.ok:
                raise SimulatorRefusedError(found.get("error", response.reason))
            return found

    async def download(self, file_id: str) -> bytes:
        async with self._opened.get(f"{self.url}/control/files/{file_id}") as response:
            if not response.ok:
                raise SimulatorRefusedError((await response.json())["error"])
            return await response.read()

    @property
    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("use the client in an `async with` block")
        return self._session
