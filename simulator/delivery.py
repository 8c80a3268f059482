"""Delivers updates to the bot's webhook: in order within a chat, chats side by side, again until it answers 2xx."""

import asyncio
import os
from typing import Any

import aiohttp

from simulator.world import World

ANSWER_SECONDS = 60.0


class Delivery:
    """Runs as long as the simulator; without a webhook it sleeps."""

    def __init__(self, world: World, session: aiohttp.ClientSession) -> None:
        self._world = world
        self._session = session
        self._lanes: dict[int | None, asyncio.Task[None]] = {}
        self._awake = asyncio.Event()

    async def run(self) -> None:
        try:
            while not self._world.closing:
                hook = self._world.store.setting("webhook")
                if hook:
                    self._open_lanes(hook)
                await self._world.bells.wait("updates", 3600.0)
        finally:
            for lane in self._lanes.values():
                lane.cancel()
            await asyncio.gather(*self._lanes.values(), return_exceptions=True)

    def _open_lanes(self, hook: dict[str, Any]) -> None:
        for chat_id in self._world.updates.waiting_chats():
            if len(self._lanes) >= hook["connections"]:
                return
            if chat_id not in self._lanes:
                self._lanes[chat_id] = asyncio.create_task(self._work(chat_id))

    async def _work(self, chat_id: int | None) -> None:
        """Deliver one chat's updates until none waits or the webhook is taken away."""
        try:
            while update := self._oldest(chat_id):
                await self._deliver(*update)
        finally:
            del self._lanes[chat_id]
            self._world.bells.ring("updates")  # a chat that found no free connection may go on

    def _oldest(self, chat_id: int | None) -> tuple[int, dict[str, Any]] | None:
        if self._world.closing or not self._world.store.setting("webhook"):
            return None
        return self._world.updates.oldest(chat_id)

    async def _deliver(self, update_id: int, body: dict[str, Any]) -> None:
        wait, longest = self._world.options.webhook_backoff
        while (hook := self._world.store.setting("webhook")) and self._world.updates.is_waiting(update_id):
            failure = await self._post(hook, body)
            if failure is None:
                self._world.updates.confirm(update_id)
                return
            error = {"last_error_date": self._world.clock.stamp(), "last_error_message": failure}
            self._world.store.put_setting("webhook_error", error)
            await asyncio.sleep(wait)
            wait = min(wait * 2, longest)

    async def _post(self, hook: dict[str, Any], body: dict[str, Any]) -> str | None:
        """None when the webhook took the update, else what Telegram says in getWebhookInfo."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook["secret"]} if hook["secret"] else {}
        timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        try:
            # Certificates are the business of a real Telegram; the simulator is on loopback.
            async with self._session.post(
                hook["url"], json=body, headers=headers, timeout=timeout, ssl=False
            ) as response:
                if response.ok:
                    return None
                return f"Wrong response from the webhook: {response.status} {response.reason}"
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientConnectorDNSError as error:
            return f"Failed to resolve host: {error.strerror}"
        except aiohttp.ClientConnectorError as error:
            return os.strerror(error.errno) if error.errno else "Connection failed"
        except aiohttp.ClientError:
            return "Connection closed"
