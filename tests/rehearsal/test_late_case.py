import asyncio
import sys

from bot.rehearsal.phone_calendar import read
from bot.rehearsal.transcript import PLAIN_WIDTH
from tests.finder import judge

PATIENCE = 60  # seconds
CANCELLED = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//x//x//ID\r
BEGIN:VEVENT\r
UID:rapat-1\r
SEQUENCE:3\r
STATUS:CANCELLED\r
DTSTART:20261103T063000Z\r
LOCATION:Ruang Rapat\r
END:VEVENT\r
END:VCALENDAR\r
"""


async def _demo(*words):
    """Exit status and what was printed."""
    command = [sys.executable, "-m", "bot.cli", "demo", *words]
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    try:
        printed, _ = await asyncio.wait_for(process.communicate(), PATIENCE)
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()
    return process.returncode, printed.decode()


def test_every_kind_of_reminder_comes_once_at_its_moment_and_telegram_makes_no_link_of_a_name(tmp_path, played):
    status, told, calls = played("--late")
    assert status == 0, told[-6000:]
    assert "The case goes on at step 8" in told
    assert max(map(len, told.splitlines())) <= PLAIN_WIDTH
    assert "Cuti Bersama" in (tmp_path / "data" / "hari-libur.yaml").read_text()
    judge(calls)


async def test_late_without_play_is_refused():
    status, told = await _demo("--late")
    assert status == 2
    assert "--play" in told


def test_a_phones_calendar_knows_a_cancelled_meeting():
    entry = read(CANCELLED)
    assert (entry.uid, entry.sequence, entry.is_cancelled) == ("rapat-1", 3, True)
    assert entry.starts.isoformat() == "2026-11-03T06:30:00+00:00"
