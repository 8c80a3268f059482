"""`make screenshots`: plays the SOP, late and in time, and keeps a picture of every kind of screen under `docs/screens/`.

The pictures are made by this script and by nothing else; it says where they are, and which kinds were never seen.
"""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from io import StringIO
from pathlib import Path

from playwright.async_api import Page
from rich.console import Console

from bot.demo import late, play
from bot.demo.company import Company
from bot.demo.performance import Script, put_on
from bot.demo.stage import CURTAIN, Stage
from bot.demo.transcript import Transcript
from tests.browser import browsing
from tests.screens.kinds import LATE, PLAY, Kind

FOLDER = Path(__file__).parents[2] / "docs" / "screens"
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1600, "height": 1000}
TOGETHER = "review"  # the kind at which the phones are taken side by side
SETTLED = 400  # milliseconds for what moves on the page


class Photographer:
    """Looks at the phones before each act, and takes what has not been taken yet."""

    def __init__(self, page: Page, together: Page | None, kinds: Sequence[Kind], taken: dict[Kind, Path]) -> None:
        self.page, self.together, self.kinds, self.taken = page, together, kinds, taken

    async def perform(self, company: Company, script: Script) -> None:
        begin, move_clock = company.begin_act, company._move_clock

        async def look_and_begin(who: str, what: str) -> int:
            await self.look(company)
            return await begin(who, what)

        async def look_and_move(at: str) -> datetime:
            await self.look(company)
            return await move_clock(at)

        company.begin_act, company._move_clock = look_and_begin, look_and_move  # type: ignore[method-assign]
        await script(company)
        await self.look(company)

    async def look(self, company: Company) -> None:
        await company.settle()
        for person in company._people.values():
            newest = (await person.phone.messages())[-1:]
            for kind in [item for item in self.kinds if item not in self.taken]:
                if newest and newest[0].by_bot and kind.is_it(newest[0]):
                    await self.take(kind, person.phone.name, newest[0].id)

    async def take(self, kind: Kind, name: str, message: int) -> None:
        await self.page.get_by_role("navigation", name="Phones").get_by_text(name, exact=True).click()
        phone = self.page.get_by_role("region", name=f"Phone of {name}")
        await phone.locator(f'[data-message="{message}"]').wait_for()
        await self.page.wait_for_timeout(SETTLED)
        number = len(self.taken) + 1
        self.taken[kind] = FOLDER / f"{number:02}-{kind.name}.png"
        await phone.screenshot(path=self.taken[kind])
        if self.together is not None and kind.name == TOGETHER:
            await self.together.get_by_role("region", name="Phone of Bima").scroll_into_view_if_needed()
            await self.together.wait_for_timeout(SETTLED)
            await self.together.screenshot(path=FOLDER / "phones.png")


async def photograph() -> int:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    taken: dict[Kind, Path] = {}
    for kinds, curtain, is_late in ((PLAY, CURTAIN, False), (LATE, late.CURTAIN, True)):
        with tempfile.TemporaryDirectory(prefix="alur-screens-") as folder:
            async with Stage(Path(folder), curtain=curtain) as stage, browsing() as (visit, _):
                page = await visit(stage.telegram.url, viewport=PHONE, color_scheme="light")
                desktop = None if is_late else await visit(stage.telegram.url, viewport=DESKTOP, color_scheme="light")
                photographer = Photographer(page, desktop, kinds, taken)
                script: Script = partial(late.perform, house=stage) if is_late else play.perform
                silent = Transcript(Console(file=StringIO(), width=100))
                await put_on(stage, silent, script=partial(photographer.perform, script=script))
    lines = [f"## {kind.about}\n\n![{kind.about}]({path.name})\n" for kind, path in taken.items()]
    head = "# The screens\n\nMade by `make screenshots` from the scripted plays, at a phone's width.\n\n"
    (FOLDER / "README.md").write_text(head + "\n".join(lines), encoding="utf-8")
    unseen = [kind.name for kind in (*PLAY, *LATE) if kind not in taken]
    print(f"{len(taken)} pictures are in {FOLDER}" + (f"; never seen: {', '.join(unseen)}" if unseen else ""))  # noqa: T201
    return 1 if unseen else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(photograph()))
