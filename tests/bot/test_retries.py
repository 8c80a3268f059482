"""What is tried again, how often, and after what pause: written once, in `bot/retries.py`."""

import ast
from itertools import islice
from pathlib import Path

import pytest

from bot import retries

BOT = Path(retries.__file__).parent
TRYING = [path for path in BOT.rglob("*.py") if "rehearsal" not in path.parts and path.name != "retries.py"]


def pauses(retry):
    growing = retries.Growing(retry)
    return list(islice(iter(growing.take, None), 9))


@pytest.mark.parametrize(
    ("retry", "expected"),
    [
        (retries.OWN_FAULT, [0.5] * 9),
        (retries.SENDING, [0.5, 1, 2, 4, 8, 16, 32, 60, 60]),
        (retries.SLOWED, [1, 2, 4, 8, 16, 30, 30, 30, 30]),
        (retries.ANSWER, [0.5, 1, 2, 4, 8, 8, 8, 8, 8]),
        (retries.DOWNLOAD, [2] * 9),
    ],
)
def test_pauses_stay_or_double_up_to_the_longest(retry, expected):
    assert pauses(retry) == expected


def test_a_pause_after_ten_thousand_failures_is_the_longest():
    assert retries.SENDING.seconds(10_000) == 60


def test_nobody_sleeps_for_a_number_of_his_own_or_keeps_a_pause_or_a_count_of_tries():
    found = []
    for path in TRYING:
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(func=ast.Attribute(attr="sleep"), args=[ast.Constant()]):
                    found.append(f"{path.name}: sleeps")
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=int() | float())) if {
                    "PAUSE",
                    "PAUSES",
                    "TRIES",
                    "FAILURES",
                    "RETRIES",
                } & set(name.split("_")):
                    found.append(f"{path.name}: {name}")
    assert found == []
