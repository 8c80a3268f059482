"""Runs a script in a sandbox: `alur demo --play` calls `play`, the tests `run_script`; `PLAYS` are the scripts by name.

Everything is kept in a temporary folder unless one is given.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from bot.rehearsal import own_settings
from bot.rehearsal.expectations import CannotGoOn
from bot.rehearsal.idle import IdleCheck
from bot.rehearsal.people import Disturbance, People
from bot.rehearsal.sandbox import START, TEMPORARY, Sandbox
from bot.rehearsal.script import late_case, people_case, whole_case
from bot.rehearsal.transcript import Transcript
from simulator import NothingCameError

Script = Callable[[People], Awaitable[None]]
Play = Literal["whole", "late", "people"]

# When each begins, and what is done; some need the sandbox, too.
PLAYS: dict[Play, tuple[datetime, Callable[[Sandbox], Script]]] = {
    "whole": (START, lambda _: whole_case.follow),
    "late": (late_case.START, lambda sandbox: partial(late_case.follow, sandbox=sandbox)),
    "people": (START, lambda sandbox: partial(people_case.follow, sandbox=sandbox)),
}


async def run_script(
    sandbox: Sandbox,
    transcript: Transcript,
    *,
    script: Script = whole_case.follow,
    disturbance: Disturbance | None = None,
) -> People:
    """A whole script in a sandbox that has been started; the people know their expectations, also where it could not go on."""
    idle = IdleCheck(sandbox.database, sandbox.telegram.clock)
    people = People(
        telegram=sandbox.telegram,
        invite=sandbox.invite,
        transcript=transcript,
        is_idle=idle.is_idle,
        disturbance=disturbance,
    )
    trouble = None
    try:
        await script(people)
    except (CannotGoOn, NothingCameError) as stopped:
        trouble = str(stopped)
        people.expect.check("the script goes on to its end", held=False, seen=trouble)
    await people.settle()
    idle.close()
    transcript.end(people.expect, ending=people.ending, trouble=trouble)
    if people.expect.failed:
        transcript.note(f"The bot's last lines:\n{sandbox.tail()}")
    return people


def play(data_dir: Path | None, *, which: Play = "whole", port: int = 0) -> int:
    """`alur demo --play`, with `--late` or `--people`: 0 if it came to its end and every expectation held, else 1. `data_dir` is kept."""
    if data_dir is not None and data_dir.exists() and any(data_dir.iterdir()):
        print(f"{data_dir} is not empty: --play needs a folder of its own", file=sys.stderr)  # noqa: T201
        return 1
    for sentence in own_settings.told_of_script():
        print(sentence, file=sys.stderr)  # noqa: T201
    if data_dir is not None:
        return asyncio.run(_play(data_dir, which=which, port=port))
    with TemporaryDirectory(prefix=TEMPORARY) as folder:
        return asyncio.run(_play(Path(folder), which=which, port=port))


async def _play(folder: Path, *, which: Play, port: int) -> int:
    start, script_in = PLAYS[which]
    try:
        async with Sandbox(folder, start=start, port=port) as sandbox:
            people = await run_script(sandbox, Transcript(), script=script_in(sandbox))
    except (CannotGoOn, OSError) as stopped:
        print(stopped, file=sys.stderr)  # noqa: T201 - the sandbox did not start
        return 1
    return 0 if people.ending and not people.expect.failed else 1
