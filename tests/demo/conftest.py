"""The play is put on a stage of the test's own folder; its files are looked into afterwards, and all that the bot sent."""

from io import StringIO

import pytest
from rich.console import Console
from typer.testing import CliRunner

from bot.cli.app import application
from bot.demo import performance
from bot.demo.transcript import Transcript


@pytest.fixture
def transcript():
    """One that writes nowhere."""
    return Transcript(Console(file=StringIO(), width=100))


@pytest.fixture
def played(tmp_path, monkeypatch):
    """`alur demo --play` with these words: its exit status, what was printed, and every call of the bot."""
    calls = []
    put_on = performance.put_on

    async def overheard(stage, *args, **kwargs):
        company = await put_on(stage, *args, **kwargs)
        calls.extend(await stage.telegram.calls())
        return company

    monkeypatch.setattr(performance, "put_on", overheard)

    def play(*words):
        result = CliRunner().invoke(application(["demo"]), ["demo", "--play", *words, "--data", str(tmp_path / "data")])
        return result.exit_code, result.output, calls

    return play
