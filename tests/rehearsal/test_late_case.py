from typer.testing import CliRunner

from bot.cli.app import application
from bot.rehearsal.phone_calendar import read
from bot.rehearsal.transcript import PLAIN_WIDTH
from tests.finder import judge

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


def test_every_kind_of_reminder_comes_once_at_its_moment_and_telegram_makes_no_link_of_a_name(tmp_path, played):
    status, told, calls = played("--late")
    assert status == 0, told[-6000:]
    assert "The case goes on at step 8" in told
    assert max(map(len, told.splitlines())) <= PLAIN_WIDTH
    assert "Cuti Bersama" in (tmp_path / "data" / "hari-libur.yaml").read_text()
    judge(calls)


def test_late_without_play_is_refused():
    result = CliRunner().invoke(application(["demo"]), ["demo", "--late"])
    assert (result.exit_code, "--play" in result.output) == (2, True)


def test_a_phones_calendar_knows_a_cancelled_meeting():
    entry = read(CANCELLED)
    assert (entry.uid, entry.sequence, entry.is_cancelled) == ("rapat-1", 3, True)
    assert entry.starts.isoformat() == "2026-11-03T06:30:00+00:00"
