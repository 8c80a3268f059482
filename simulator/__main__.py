"""python -m simulator [--host H] [--port N] [--data DIR] [--token T] [--start ISO]: prints its address on one line."""

import argparse
import asyncio
import signal
from datetime import datetime
from pathlib import Path

from simulator.server import Simulator
from simulator.world import DEFAULT_TOKEN, Options


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError("the moment needs its offset from UTC")
    return moment


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="simulator", description="A Telegram Bot API server on loopback.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 lets the system choose")
    parser.add_argument("--data", type=Path, help="folder in which the state is kept; without it, in memory")
    parser.add_argument("--token", default=DEFAULT_TOKEN)
    parser.add_argument("--start", type=_moment, help="the clock's first moment, ISO 8601 with offset")
    return parser.parse_args()


async def _serve(given: argparse.Namespace) -> None:
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    options = Options(token=given.token, data=given.data, start=given.start)
    async with Simulator(options, host=given.host, port=given.port) as telegram:
        print(telegram.url, flush=True)  # noqa: T201 - the one line that whoever started us reads
        await ended.wait()


if __name__ == "__main__":
    asyncio.run(_serve(_arguments()))
