"""The process beside the bot that looks into files: warm, replaced when it overruns, and no hindrance to anybody else."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from alur.workflow.file_kinds import Finding, Signatures
from bot.inspector import Inspector
from handlers.context import NotLookedAt
from tests.contents import samples
from tests.contents import signed as made
from tests.contents.signed import signed
from tests.papers import packed, paper

UNSIGNED = Finding("pdf", signatures=Signatures("none"))
LITTLE = 0.001  # seconds: less than one look costs


@pytest.fixture
def begin():
    begun = []

    def inspector(**bounds):
        begun.append(Inspector(**bounds))
        return begun[-1]

    yield inspector
    for one in begun:
        one.close()


def costly():
    """A file that is read for more than a moment, and harmless."""
    return samples.word(lines=20_000)


async def test_one_process_looks_into_all_files_and_is_begun_at_the_first(begin):
    inspector = begin()
    assert inspector._process is None
    assert await inspector.look(paper("a.docx")) == Finding("docx")
    process = inspector._process
    assert await inspector.look(b"MZ") == Finding("program")
    assert await asyncio.gather(*[inspector.look(paper("a.pdf", str(n))) for n in range(9)]) == [UNSIGNED] * 9
    assert inspector._process is process


async def test_a_file_that_costs_more_time_than_it_may_is_too_much_and_the_next_is_looked_at(begin):
    inspector = begin(cpu=LITTLE)
    assert await inspector.look(costly()) == Finding("unknown", "too_much")
    assert inspector._process is None
    assert await inspector.look(b"MZ") == Finding("program")


async def test_a_file_that_takes_more_memory_than_it_may_is_too_much_and_the_next_is_looked_at(begin):
    inspector, many = begin(memory=0), packed({f"{number}.txt": b"" for number in range(9_000)})
    assert (await inspector.look(many)).fault == "too_much"
    assert await inspector.look(b"MZ") == Finding("program")


async def test_a_process_that_somebody_ended_is_begun_anew_and_the_file_is_looked_at(begin):
    inspector = begin()
    await inspector.look(b"MZ")
    os.kill(inspector._process.pid, signal.SIGKILL)
    assert await inspector.look(paper("a.pdf")) == UNSIGNED


async def test_where_no_process_has_time_for_it_nothing_is_said_of_the_file(begin):
    inspector = begin(patience=0.0)
    with pytest.raises(NotLookedAt):
        await inspector.look(paper("a.pdf"))


async def test_whoever_waits_at_the_end_is_told_that_nothing_can_be_said(begin):
    inspector = begin()
    await inspector.look(b"MZ")
    os.kill(inspector._process.pid, signal.SIGSTOP)
    looks = asyncio.create_task(inspector.look(paper("a.pdf")))
    await asyncio.sleep(0.1)
    process = inspector._process
    await asyncio.to_thread(inspector.close)
    with pytest.raises(NotLookedAt):
        await looks
    assert process.poll() is not None


async def test_the_loop_goes_on_while_a_file_is_looked_into(begin):
    inspector = begin()
    await inspector.look(b"MZ")
    os.kill(inspector._process.pid, signal.SIGSTOP)
    looks = asyncio.create_task(inspector.look(paper("a.pdf")))
    began = time.monotonic()
    for _ in range(10):
        await asyncio.sleep(0.01)
    assert not looks.done()
    assert time.monotonic() - began < 5
    os.kill(inspector._process.pid, signal.SIGCONT)
    assert await looks == UNSIGNED


async def test_it_is_given_neither_the_token_nor_the_database(begin, monkeypatch):
    monkeypatch.setenv("ALUR_BOT_TOKEN", "1:rahasia")
    inspector = begin()
    await inspector.look(b"MZ")
    assert b"rahasia" not in Path(f"/proc/{inspector._process.pid}/environ").read_bytes()  # noqa: ASYNC240 - a moment


async def test_what_is_signed_in_a_letter_is_told_with_what_it_is(begin):
    inspector, letter = begin(), signed(signed(made.letter()), made.HADI, field="Tanda2")
    found = await inspector.look(letter)
    assert (found.kind, found.fault, found.signatures.state) == ("pdf", None, "whole")
    assert [(item.by, item.at.tzinfo is not None) for item in found.signatures.given] == [
        (made.RATNA, True),
        (made.HADI, True),
    ]
    process = inspector._process
    assert await inspector.look(paper("a.pdf")) == UNSIGNED
    assert inspector._process is process


async def test_signatures_that_cost_more_time_than_they_may_leave_the_letter_what_it_is(begin):
    inspector, letter = begin(cpu_signed=LITTLE), signed(made.letter(ballast=30_000))
    assert await inspector.look(letter) == Finding("pdf", signatures=Signatures("untold", why="too_much"))
    assert inspector._process is None
    assert await inspector.look(b"MZ") == Finding("program")


async def test_signatures_that_take_more_memory_than_they_may_leave_the_letter_what_it_is(begin):
    inspector, letter = begin(cpu_signed=60.0, memory=4 * 1024 * 1024), signed(made.letter(ballast=30_000))
    found = await inspector.look(letter)
    # Where it is the stack that may not grow any more, the system ends the process, and nobody knows why.
    assert found in [Finding("pdf", signatures=Signatures("untold", why=why)) for why in ("too_much", "unreadable")]
    assert await inspector.look(b"MZ") == Finding("program")


async def test_what_reads_signatures_is_loaded_for_a_signed_letter_alone(begin):
    inspector = begin()
    await inspector.look(paper("a.pdf"))
    bare = resident(inspector._process.pid)
    await inspector.look(signed(made.letter()))
    assert resident(inspector._process.pid) > bare + 10 * 1024 * 1024


def test_the_bot_itself_loads_nothing_that_reads_signatures():
    told = subprocess.run(
        [sys.executable, "-c", "import bot.run, sys; print([n for n in sys.modules if n.startswith('pyhanko')])"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert told.stdout.strip() == "[]"


def resident(pid):
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
