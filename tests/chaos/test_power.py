"""A short run in which the power fails, in `make test`; `make chaos POWER=1` runs as long as one likes."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.power.disk import shim

SEED = os.environ.get("ALUR_CHAOS_SEED", "69")
SECONDS, CASES = "6", "4"
SOURCES = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return shim(tmp_path_factory.mktemp("power"))


def test_whatever_a_power_cut_takes_nobody_had_been_told_of_it(library):
    command = [sys.executable, "-m", "tests.chaos", "--power", "--seconds", SECONDS, "--cases", CASES, "--seed", SEED]
    done = subprocess.run(
        command,
        cwd=SOURCES,
        env={**os.environ, "LD_PRELOAD": str(library)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert int(re.search(r"power cuts: (\d+)", done.stdout)[1]) > 0
