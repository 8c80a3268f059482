"""A real browser for tests of the page: Debian's Chromium, headless. Without one they are left out, but never in CI."""

import os
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import async_playwright, expect

CHROMIUM = os.environ.get("ALUR_TEST_CHROMIUM", "/usr/bin/chromium")
IS_THERE = Path(CHROMIUM).exists()
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@asynccontextmanager
async def a_browser():
    if not IS_THERE:
        reason = f"there is no browser at ALUR_TEST_CHROMIUM ({CHROMIUM}): the page is not tried"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield chromium
        await chromium.close()


@asynccontextmanager
async def pages_of(chromium):
    """Opens pages, each as in a browser of its own, and collects their faults; a page may have none when it is closed."""
    faults, contexts = [], []

    async def visit(url, **context):
        contexts.append(await chromium.new_context(**context))
        page = await contexts[-1].new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if _is_fault(line) else None)
        await page.goto(url)
        await expect(page.get_by_role("heading", level=1)).to_be_visible()  # from here on nothing is missed
        return page

    yield visit, faults
    for each in contexts:
        await each.close()


@asynccontextmanager
async def browsing():
    """The pages of a browser that is begun for them."""
    async with a_browser() as chromium, pages_of(chromium) as found:
        yield found


def _is_fault(line):
    """Chromium reports a refusal of the control API by itself; the page shows it to people, and a test sees to that."""
    return line.type in {"error", "warning"} and "400 (Bad Request)" not in line.text
