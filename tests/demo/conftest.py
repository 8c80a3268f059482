"""The play is put on a stage of the test's own folder; only its files are looked into afterwards."""

from io import StringIO

import pytest
from rich.console import Console

from bot.demo.transcript import Transcript


@pytest.fixture
def transcript():
    """One that writes nowhere."""
    return Transcript(Console(file=StringIO(), width=100))
