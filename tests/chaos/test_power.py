"""A short run in which the power fails, in `make test`; `make chaos POWER=1` runs as long as one likes."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.power.disk import shim

SEED = os.environ.get("ALUR_CHAOS_SEED", "69")
SECONDS, CASES, COPIES, UPDATES = "5", "4", "1", "1"
SOURCES = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return shim(tmp_path_factory.mktemp("power"))


def test_whatever_a_power_cut_takes_nobody_had_been_told_of_it(library):
    least = ("--seconds", SECONDS, "--copies", COPIES, "--updates", UPDATES)
    command = [sys.executable, "-m", "tests.chaos", "--power", *least, "--cases", CASES, "--seed", SEED]
    done = subprocess.run(
        command,
        cwd=SOURCES,
        env={**os.environ, "LD_PRELOAD": str(library)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    cuts, started = (
        int(re.search(rf"{what}: (\d+)", done.stdout)[1]) for what in ("power cuts", "copies started anew")
    )
    assert started == cuts > 0
