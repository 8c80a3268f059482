"""`make screenshots`: rehearses the SOP, in time, late and with people who change and mend, and keeps a picture of every kind of screen under `docs/screens/`.

The pictures and their page are made by this and by nothing else. Where an expectation of a script fails, a kind is not
seen or something lies over a picture, that is named, the status is 1, and the folder stays as it was.
"""

import argparse
import asyncio
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from io import StringIO
from pathlib import Path

from rich.console import Console

from bot.rehearsal.expectations import CannotGoOn
from bot.rehearsal.people import People
from bot.rehearsal.run import PLAYS, Play, Script, run_script
from bot.rehearsal.sandbox import Sandbox
from bot.rehearsal.transcript import Transcript
from tests.browser import CHROMIUM, IS_THERE, browsing
from tests.screens import extras
from tests.screens.camera import HEIGHT, STILL, WIDTH, Camera
from tests.screens.contents import TOGETHER, contents
from tests.screens.kinds import KINDS
from tests.screens.photographer import Photographer

FOLDER = Path(__file__).parents[2] / "docs" / "screens"
NARROW = {"width": WIDTH, "height": HEIGHT}
WIDE = {"width": 1440, "height": 900}  # of a notebook
# The scripts with what is a screen beside what they come to.
WITH_MORE: dict[Play, Callable[[Sandbox], Script]] = {
    "whole": lambda _: extras.follow,
    "late": lambda sandbox: partial(extras.follow_late, sandbox=sandbox),
    "people": lambda sandbox: partial(extras.follow_people, sandbox=sandbox),
}
SHARP = 2  # device pixels for one of CSS: the README shows the phones together smaller than they are


async def photograph(folder: Path) -> tuple[str, ...]:
    """Takes all pictures into the folder; returns what went wrong."""
    troubles: list[str] = []
    for play, (start, script_in) in PLAYS.items():
        with tempfile.TemporaryDirectory(prefix="alur-screens-") as data:
            try:
                async with Sandbox(Path(data), start=start) as sandbox:
                    script = WITH_MORE.get(play, script_in)(sandbox)
                    troubles += await _play(sandbox, folder, play, script)
            except CannotGoOn as stopped:  # the sandbox did not start
                troubles.append(str(stopped))
    return tuple(troubles)


async def _play(sandbox: Sandbox, folder: Path, play: Play, script: Script) -> tuple[str, ...]:
    async with browsing() as (visit, faults):
        camera = Camera(await visit(sandbox.telegram.url, viewport=NARROW, **STILL))
        photographer = Photographer(folder, camera, (kind for kind in KINDS if kind.play == play))
        if play == "whole":
            photographer.wide = await visit(sandbox.telegram.url, viewport=WIDE, device_scale_factor=SHARP, **STILL)
            photographer.slow = Camera(await visit(sandbox.telegram.url, viewport=NARROW, **STILL))
        silent = Transcript(Console(file=StringIO(), width=100))
        people = await run_script(sandbox, silent, script=partial(photographer.follow, script=script))
    for name, pixels in camera.tall.items():
        print(f"{name} is {pixels} pixels higher than a phone's screen")  # noqa: T201
    return tuple(faults_of(people, photographer, faults))


def faults_of(people: People, photographer: Photographer, faults: list[str]) -> Iterator[str]:
    """Every expectation of the script that failed, every kind that was not seen or not taken, every fault of the page."""
    for failed in people.expect.failed:
        yield f"the script, {failed.part}: {failed.sentence}; seen: {failed.seen}"
    if not people.ending:
        yield "the script did not come to its end"
    yield from photographer.troubles
    yield from (f"never seen: {kind.name}" for kind in photographer.missing)
    yield from (f"the page: {fault}" for fault in faults)


def _put(taken: Path, folder: Path) -> None:
    """The new pictures and their page, in the place of all older ones."""
    folder.mkdir(parents=True, exist_ok=True)
    for older in folder.glob("*.png"):
        older.unlink()
    for picture in taken.iterdir():
        shutil.copyfile(picture, folder / picture.name)
    (folder / "README.md").write_text(contents(), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.screens")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the pictures go (default: docs/screens)")
    parser.add_argument("--page", action="store_true", help="write the README alone, without taking pictures")
    given = parser.parse_args()
    if given.page:
        (given.folder / "README.md").write_text(contents(), encoding="utf-8")
        return 0
    if not IS_THERE:
        print(f"there is no browser at ALUR_TEST_CHROMIUM ({CHROMIUM})", file=sys.stderr)  # noqa: T201
        return 1
    with tempfile.TemporaryDirectory(prefix="alur-pictures-") as taken:
        troubles = list(asyncio.run(photograph(Path(taken))))
        pictures = {path.name for path in Path(taken).iterdir()}
        lost = {TOGETHER, *(kind.file for kind in KINDS)} - pictures
        troubles = troubles or [f"not taken: {name}" for name in sorted(lost)]
        if troubles:
            print("\n".join(troubles), f"\nNothing in {given.folder} was changed.", file=sys.stderr)  # noqa: T201
            return 1
        _put(Path(taken), given.folder)
    print(f"{len(pictures)} pictures are in {given.folder}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
