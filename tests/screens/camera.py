"""The simulator's page before a lens: waits until it shows what is to be seen and nothing lies over it, then takes it.

Called by `photographer`. All waiting is for a condition: a page that never comes to it raises Playwright's TimeoutError.
"""

from pathlib import Path

from playwright.async_api import FloatRect, Locator, Page

from simulator import Message, Phone

WIDTH, HEIGHT = 390, 844  # CSS pixels of a phone's screen, as a common one has them
ROOM = 24  # pixels around a message that is higher than the screen
STILL = {"color_scheme": "light", "reduced_motion": "reduce"}  # how a page is to be visited
TRIES = 20  # a toast may come while the shutter is open: then it is taken again

SHOWS = """([user, id, text, labels]) => {
  const found = document.querySelector(`#phone-${user} [data-message="${id}"]`);
  const bare = (words) => (words ?? "").replace(/[\\s\\u2060]+/g, "");
  const keys = [...(found?.querySelectorAll(".key") ?? [])].map((key) => key.textContent);
  return found && bare(found.querySelector(".text")?.textContent) === bare(text) && keys.join("\\n") === labels.join("\\n");
}"""
IS_STILL = """() => document.getAnimations().every(({ playState }) => playState !== "running")
  && [...document.images].every((image) => image.complete || image.loading === "lazy")"""
HIDE_TOASTS = '() => document.querySelectorAll(".toast").forEach((toast) => (toast.textContent = ""))'
COVERED = '() => document.querySelectorAll(".toast:not(:empty)").length'
MISSING_HEIGHT = """(found) => {
  const log = found.closest(".log");
  return Math.max(0, Math.ceil(found.getBoundingClientRect().height) - log.clientHeight);
}"""
TO_END = '(phone) => { const log = phone.querySelector(".log"); log.scrollTop = log.scrollHeight; }'
TO_MIDDLE = '(found) => found.scrollIntoView({ block: "center" })'


class Camera:
    """A page on which one phone is seen at a time; `tall` says by how many pixels a message exceeded the screen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.tall: dict[str, int] = {}

    async def turn_to(self, phone: Phone) -> Locator:
        await self.page.get_by_role("navigation", name="Phones").get_by_text(phone.name, exact=True).click()
        return self._of(phone)

    async def take(self, path: Path, phone: Phone, message: Message, *, is_newest: bool) -> None:
        """The phone with the whole message: where it is higher than a phone's screen, the screen is made higher."""
        await self.grow(0)
        seen = await self.turn_to(phone)
        await self.page.wait_for_function(SHOWS, arg=[phone.id, message.id, message.text, list(message.labels)])
        article = seen.locator(f'[data-message="{message.id}"]')
        missing = await article.evaluate(MISSING_HEIGHT)
        if missing:
            self.tall[path.stem] = missing
            await self.grow(missing + ROOM)
        await (seen.evaluate(TO_END) if is_newest else article.evaluate(TO_MIDDLE))
        await shoot(self.page, path, seen)
        await seen.evaluate(TO_END)

    async def take_alert(self, path: Path, phone: Phone) -> None:
        seen = self._of(phone)
        await seen.get_by_role("alertdialog").wait_for()
        await self.grow(0)
        await seen.evaluate(TO_END)
        await shoot(self.page, path, seen, alerts=1)

    def _of(self, phone: Phone) -> Locator:
        return self.page.get_by_role("region", name=f"Phone of {phone.name}")

    async def grow(self, more: int) -> None:
        """A phone's height and so many pixels more, below whatever the page has above the phones by now."""
        above = await self.page.evaluate('() => document.getElementById("phones").getBoundingClientRect().top')
        await self.page.set_viewport_size({"width": WIDTH, "height": round(above) + HEIGHT + more})


async def shoot(page: Page, path: Path, *seen: Locator, alerts: int = 0) -> None:
    """A picture of the parts together. Toasts are closed first; alerts are there only where they are to be seen."""
    for _ in range(TRIES):
        await page.evaluate(HIDE_TOASTS)
        await page.wait_for_function(IS_STILL)
        await page.screenshot(path=path, clip=_around([await part.bounding_box() for part in seen]))
        if not await page.evaluate(COVERED):
            break
    else:
        raise AssertionError(f"toasts lie over {path.name}, however often they are closed")
    shown = await page.get_by_role("alertdialog").count()
    if shown != alerts:
        raise AssertionError(f"{shown} alerts lie over {path.name} instead of {alerts}")


def _around(boxes: list[FloatRect | None]) -> FloatRect:
    there = [box for box in boxes if box is not None]
    left, top = min(box["x"] for box in there), min(box["y"] for box in there)
    right = max(box["x"] + box["width"] for box in there)
    bottom = max(box["y"] + box["height"] for box in there)
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}
