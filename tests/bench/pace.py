"""A thousand messages before a Telegram that takes thirty in any second and not one more: how near to the least time."""

import asyncio
from datetime import datetime
from pathlib import Path

from bench.bots import office
from bench.presses import ROOT
from bench.rows import Row

MESSAGES, MOST, OFFICES = 1000, 30, 30
TOO_MANY = 429


def paced(folder: Path) -> list[Row]:
    return asyncio.run(_measured(folder))


async def _measured(folder: Path) -> list[Row]:
    async with office("present", ROOT, folder, offices=OFFICES, notices=MESSAGES, most=MOST) as bot:
        calls = [call for call in await bot.telegram.calls() if call["method"] == "sendMessage"]
    sent = [datetime.fromisoformat(call["at"]) for call in calls if call["answer"]["ok"]]
    refused = sum(call["answer"].get("error_code") == TOO_MANY for call in calls)
    assert len(sent) >= MESSAGES, len(sent)
    least = (len(sent) - 1) // MOST  # the first thirty need no time
    took = (sent[-1] - sent[0]).total_seconds()
    row = Row(
        name=f"paced_{MESSAGES}",
        what=f"{len(sent):,} messages, {MOST} in any second: the least time against the time; {refused} were refused (429)",
        ratios=(least / took,),
        target=0.95,
        at_least=True,
        is_spoiled=refused > 0,
    )
    return [row]
