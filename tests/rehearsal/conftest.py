"""A script is run in a sandbox of the test's own folder; its files are looked into afterwards, and all that the bot sent."""

from io import StringIO

import pytest
from rich.console import Console
from typer.testing import CliRunner

from bot.cli.app import application
from bot.rehearsal import run
from bot.rehearsal.transcript import Transcript


@pytest.fixture
def transcript():
    """One that writes nowhere."""
    return Transcript(Console(file=StringIO(), width=100))


@pytest.fixture
def played(tmp_path, monkeypatch):
    """`alur demo --play` with these words: its exit status, what was printed, and every call of the bot."""
    calls = []
    run_script = run.run_script

    async def overheard(sandbox, *args, **kwargs):
        people = await run_script(sandbox, *args, **kwargs)
        calls.extend(await sandbox.telegram.calls())
        return people

    monkeypatch.setattr(run, "run_script", overheard)

    def play(*words):
        result = CliRunner().invoke(application(["demo"]), ["demo", "--play", *words, "--data", str(tmp_path / "data")])
        return result.exit_code, result.output, calls

    return play
