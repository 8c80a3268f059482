"""Puts the play on a stage: `alur demo --play` calls `play`, the tests `put_on`.

Everything is kept in a temporary folder unless one is given.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.demo import late
from bot.demo.company import Company, Disturbance
from bot.demo.expectations import CannotGoOn
from bot.demo.play import perform
from bot.demo.rest import Rest
from bot.demo.stage import CURTAIN, Stage
from bot.demo.transcript import Transcript
from simulator import NothingCameError

Script = Callable[[Company], Awaitable[None]]


async def put_on(
    stage: Stage, transcript: Transcript, *, script: Script = perform, disturbance: Disturbance | None = None
) -> Company:
    """The whole play on a stage that is set; the company knows its expectations, also where it could not go on."""
    rest = Rest(stage.folder, stage.telegram.clock)
    company = Company(
        telegram=stage.telegram,
        invite=stage.invite,
        transcript=transcript,
        is_idle=rest.has_come,
        disturbance=disturbance,
    )
    trouble = None
    try:
        await script(company)
    except (CannotGoOn, NothingCameError) as stopped:
        trouble = str(stopped)
        company.expect.check("the play goes on to its end", held=False, seen=trouble)
    await company.settle()
    rest.close()
    transcript.end(company.expect, ending=company.ending, trouble=trouble)
    if company.expect.failed:
        transcript.note(f"The bot's last lines:\n{stage.tail()}")
    return company


def play(data_dir: Path | None, *, is_late: bool = False, port: int = 0) -> int:
    """`alur demo --play`, and `--late`: 0 if it came to its end and every expectation held, else 1. `data_dir` is kept."""
    if data_dir is not None and data_dir.exists() and any(data_dir.iterdir()):
        print(f"{data_dir} is not empty: the play needs a folder of its own", file=sys.stderr)  # noqa: T201
        return 1
    if data_dir is not None:
        return asyncio.run(_play(data_dir, is_late=is_late, port=port))
    with TemporaryDirectory(prefix="alur-demo-") as folder:
        return asyncio.run(_play(Path(folder), is_late=is_late, port=port))


async def _play(folder: Path, *, is_late: bool, port: int) -> int:
    try:
        async with Stage(folder, curtain=late.CURTAIN if is_late else CURTAIN, port=port) as stage:
            script = partial(late.perform, house=stage) if is_late else perform
            company = await put_on(stage, Transcript(), script=script)
    except (CannotGoOn, OSError) as stopped:
        print(stopped, file=sys.stderr)  # noqa: T201 - the stage could not be set
        return 1
    return 0 if company.ending and not company.expect.failed else 1
