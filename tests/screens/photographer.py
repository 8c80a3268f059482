"""Goes with a script, looks at the phones before each act, and takes what has not been taken yet.

Made by `__main__` for each of the scripts. What could not be taken is told in `troubles`, and the script goes on.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from playwright.async_api import Error, Page, Route

from bot.rehearsal.people import People
from bot.rehearsal.person import Person
from bot.rehearsal.run import Script
from simulator import Message
from tests.screens.camera import TO_END, Camera, shoot
from tests.screens.contents import TOGETHER
from tests.screens.kinds import Kind, Where

MIDWAY = "review"  # the kind at which the phones are taken side by side, and after which a phone no longer hears
IN_HAND = "Hadi"  # whose phone is the tallest of its column there


class Photographer:
    """`wide` shows phones side by side, `slow` is the page of somebody who hears late; both only where they are due."""

    def __init__(self, folder: Path, camera: Camera, kinds: Iterable[Kind]) -> None:
        self.folder, self.camera, self.missing = folder, camera, list(kinds)
        self.wide: Page | None = None
        self.slow: Camera | None = None
        self.troubles: list[str] = []
        self._seen = 0  # the last change that was looked at
        self._held: list[Route] | None = None  # what the slow page would hear, while it does not
        self._stale: Message | None = None  # the card as the slow page still shows it

    async def follow(self, people: People, script: Script) -> None:
        begin, move_clock = people.begin_act, people._move_clock

        async def look_and_begin(who: str, what: str) -> int:
            await self.look(people)
            return await begin(who, what)

        async def look_and_move(at: str) -> datetime:
            await self.look(people)
            return await move_clock(at)

        people.begin_act, people._move_clock = look_and_begin, look_and_move  # type: ignore[method-assign]
        await script(people)
        await self.look(people)

    async def look(self, people: People) -> None:
        await people.settle()
        since, self._seen = self._seen, await people.telegram.last_change()
        for person in people._people.values():
            messages = [message for message in await person.phone.messages() if message.by_bot]
            for kind in tuple(self.missing):
                changed = [message for message in messages if message.change > since]
                looked_at = messages[-1:] if kind.where is Where.NEWEST else changed
                found = next((message for message in reversed(looked_at) if kind.is_it(message)), None)
                if found:
                    await self._take(kind, person, found)
        await people.settle()

    async def _take(self, kind: Kind, person: Person, message: Message) -> None:
        path = self.folder / kind.file
        self.missing.remove(kind)
        try:
            if kind.where is Where.ALERT:
                await self._take_late_tap(path, person)
            else:
                await self.camera.take(path, person.phone, message, is_newest=kind.where is Where.NEWEST)
            if kind.name == MIDWAY:
                await self._take_side_by_side()
                await self._hold(person, message)
        except (Error, AssertionError) as trouble:
            self.troubles.append(f"{kind.name}: {trouble}")

    async def _take_side_by_side(self) -> None:
        if self.wide is None:
            return
        await self.wide.get_by_role("region", name=f"Phone of {IN_HAND}").locator(".head").click()
        for phone in await self.wide.locator("section.phone").all():
            await phone.evaluate(TO_END)
        await shoot(self.wide, self.folder / TOGETHER, self.wide.locator("body"))

    async def _hold(self, person: Person, message: Message) -> None:
        """From now on the slow page hears nothing, and shows this card as it is now."""
        if self.slow is None:
            return
        self._held, self._stale = [], message

        async def hold(route: Route) -> None:
            if self._held is None:
                await route.continue_()
            else:
                self._held.append(route)

        await self.slow.page.route("**/control/stream*", hold)
        await self.slow.page.route("**/press", _press_what_is_seen)
        await self.slow.page.reload()
        await self.slow.turn_to(person.phone)

    async def _take_late_tap(self, path: Path, person: Person) -> None:
        """Taps what the slow page still shows, and lets it hear."""
        if self.slow is None or self._held is None or self._stale is None:
            raise AssertionError("no page shows an older state")
        card = self.slow.page.locator(f'#phone-{person.phone.id} [data-message="{self._stale.id}"]')
        await card.get_by_role("button", name="Setujui", exact=True).click()
        held, self._held = self._held, None
        await _let_go(held)
        await self.slow.take_alert(path, person.phone)


async def _press_what_is_seen(route: Route) -> None:
    """The simulator takes a press of a button that is gone by now only from one who says that he knows."""
    await route.continue_(post_data=json.dumps(route.request.post_data_json | {"forged": True}))


async def _let_go(held: Sequence[Route]) -> None:
    """The page may have given up some of them meanwhile, and has asked again."""
    for route in held:
        try:
            await route.continue_()
        except Error:
            continue
