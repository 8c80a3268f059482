"""`alur demo` as its user runs it: a process, whose one address is read from what it prints."""

import asyncio
import os
import re
import signal
import sys
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from alur.storage import sop_files
from bot.rehearsal import papers, profiles, samples
from bot.rehearsal.browser import is_seen
from bot.rehearsal.papers import LETTER_DAY, LETTER_NUMBER
from simulator import SimulatorClient

PATIENCE = 60  # seconds for what takes three on two free cores
KEPT = {"rehearsal.txt", "telegram", "bot.log", "hari-libur.yaml", "alur.sqlite3"}  # older folders have these names too
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


class Demo:
    """The process, and what it has printed so far."""

    def __init__(self, process):
        self.process = process
        self.printed = ""

    async def url(self):
        async with asyncio.timeout(PATIENCE):
            while not ADDRESS.search(self.printed):
                line = (await self.process.stdout.readline()).decode()
                assert line, f"it ended and had printed only:\n{self.printed}"
                self.printed += line
        return ADDRESS.search(self.printed).group()

    async def ended(self, number=None):
        """Its exit status, after the signal if one is given."""
        if number is not None:
            self.process.send_signal(number)
        rest, _ = await asyncio.wait_for(self.process.communicate(), PATIENCE)
        self.printed += rest.decode()
        return self.process.returncode


@asynccontextmanager
async def started(folder):
    """`alur demo` on that folder, which is killed at the end if it still runs."""
    command = [sys.executable, "-m", "bot.cli", "demo", "--no-browser", "--port", "0", "--data", str(folder)]
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    demo = Demo(process)
    try:
        yield demo
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def _eventually(holds):
    for _ in range(PATIENCE * 50):
        if holds():
            return
        await asyncio.sleep(0.02)
    pytest.fail("waited in vain")


def _children(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


async def _read(telegram, path):
    async with aiohttp.ClientSession() as session, session.get(f"{telegram.url}{path}") as answer:
        return await answer.read()


async def _open_the_case(telegram, clerk):
    """With nothing but what the terminal says: /mulai, number, date, the first of her samples."""
    sent = await clerk.send("/mulai")
    form = await clerk.wait_for(lambda message: "2026" in message.labels, after=sent)
    await clerk.press(form, "2026")
    await clerk.wait_for(lambda message: "nomor surat" in message.text, after=sent)
    sent = await clerk.send(LETTER_NUMBER)
    await clerk.wait_for(lambda message: "Lain…" in message.labels, after=sent)
    sent = await clerk.send(LETTER_DAY)
    await clerk.wait_for(lambda message: "dikirim suratnya" in message.text, after=sent)
    laid = (await telegram.ask("GET", "/control/samples"))["samples"]
    letter = next(sample for sample in laid if clerk.id in sample["for"])
    sent = await clerk.send_file(letter["name"], await _read(telegram, f"/control/samples/{letter['id']}"))
    await clerk.press(await clerk.wait_for(lambda message: "Kirim" in message.labels, after=sent), "Kirim")
    await clerk.wait_for(lambda message: "telah dibuka" in message.text)


async def _chats(telegram):
    """What stands on each phone, by the name of who holds it."""
    return {phone.name: await phone.messages() for phone in await telegram.people()}


def _welcomes(messages):
    return sum("Selamat datang" in message.text for message in messages)


async def test_a_rehearsal_begins_with_six_people_and_goes_on_where_it_was_stopped(tmp_path):
    folder = tmp_path / "gladi"
    names = [profile.name for profile in profiles.REHEARSING]

    async with started(folder) as demo:
        async with SimulatorClient(await demo.url()) as telegram:
            chats = await _chats(telegram)
            assert list(chats) == names
            assert all(_welcomes(messages) == 1 for messages in chats.values())
            everyone = await telegram.people()
            clerk, boss = everyone[:2]
            assert "/mulai" in chats[clerk.name][-1].text

            laid = (await telegram.ask("GET", "/control/samples"))["samples"]
            assert {person.id for person in everyone} == {user_id for sample in laid for user_id in sample["for"]}
            assert all(sample["note"] for sample in laid)
            assert [link["label"] for link in (await telegram.ask("GET", "/control/links"))["links"]] == [
                f"{profile.label}, until 9 Nov" for profile in profiles.MAY_JOIN
            ]
            days = (await telegram.ask("GET", "/control/hours"))["days"]
            assert (days["2026-11-06"], "2026-12-25" in days, "2027-12-31" in days) == (["07:30", "16:30"], False, True)

            await _open_the_case(telegram, clerk)
            await boss.wait_for(lambda message: "Disposisikan" in message.labels)
            async with started(folder) as other:
                assert await other.ended() == 1
                assert "in use by another rehearsal" in other.printed
            moment = await telegram.advance(timedelta(hours=2))
            chats = await _chats(telegram)
        assert await demo.ended(signal.SIGINT) == 0
    assert {path.name for path in folder.iterdir()} >= KEPT
    assert f"alur demo --data {folder}" in demo.printed
    assert len(ADDRESS.findall(demo.printed)) == 1

    async with started(folder) as demo:
        async with SimulatorClient(await demo.url()) as telegram:
            assert moment <= await telegram.clock() < moment + timedelta(seconds=2 * PATIENCE)
            again = await _chats(telegram)
            assert list(again) == names
            assert all(_welcomes(messages) == 1 for messages in again.values())
            assert all(again[name][: len(messages)] == messages for name, messages in chats.items())
            clerk = (await telegram.people())[0]
            sent = await clerk.send("/status")
            await clerk.wait_for(lambda message: "ip-asn-2026" in message.text, after=sent)

            link = (await telegram.ask("GET", "/control/links"))["links"][0]
            admin = await telegram.person(profiles.ADMIN.name)
            sent = await admin.send(f"/start {link['payload']}")
            await admin.wait_for(lambda message: "Selamat datang" in message.text, after=sent)
        assert await demo.ended(signal.SIGTERM) == 0
    assert "Traceback" not in demo.printed + (folder / "bot.log").read_text()


async def test_a_set_up_that_is_broken_off_leaves_nothing_behind(tmp_path):
    async with started(tmp_path) as demo:
        await _eventually((tmp_path / "telegram").exists)
        assert await demo.ended(signal.SIGINT) == 0
    assert list(tmp_path.iterdir()) == []
    assert "Continue" not in demo.printed
    assert "Traceback" not in demo.printed


async def test_a_demo_that_is_killed_leaves_no_bot_behind_and_can_be_continued(tmp_path):
    async with started(tmp_path) as demo:
        await demo.url()
        await demo.ended(signal.SIGKILL)
        await _eventually(lambda: "alur has stopped" in (tmp_path / "bot.log").read_text())
    async with started(tmp_path) as demo:
        async with SimulatorClient(await demo.url()) as telegram:
            assert len(await telegram.people()) == len(profiles.REHEARSING)
        assert await demo.ended(signal.SIGINT) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="the bot's process is found under /proc")
async def test_a_bot_that_ends_by_itself_is_told_with_its_last_lines(tmp_path):
    async with started(tmp_path) as demo:
        await demo.url()
        (bot,) = _children(demo.process.pid)
        os.kill(bot, signal.SIGTERM)
        assert await demo.ended() == 1
    assert "The bot has ended by itself" in demo.printed
    assert "alur has stopped" in demo.printed
    assert f"alur demo --data {tmp_path}" in demo.printed


async def test_a_folder_with_something_else_in_it_is_refused_and_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    async with started(tmp_path) as demo:
        assert await demo.ended() == 1
    assert "holds no rehearsal" in demo.printed
    assert [item.name for item in tmp_path.iterdir()] == ["letter.txt"]


def test_what_each_step_uploads_lies_on_a_phone_that_may_bring_it():
    (sop,) = sop_files.read_folder(sop_files.default_folder())
    laid = {(sample.paper.name, profile.role) for sample in samples.all_() for profile in sample.people}
    for step in sop.steps:
        bringing = {role for task in step.tasks for role in (task.role, *task.helpers)}
        for document in step.uploads:
            name = papers.paper(document).name
            assert laid & {(name, role) for role in bringing}, f"step {step.number}: nobody has {name}"


@pytest.mark.parametrize(
    ("environment", "platform", "seen"),
    [
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "linux", False),
        ({}, "darwin", True),
        ({"CI": "true", "DISPLAY": ":0"}, "linux", False),
        ({"CI": "true"}, "darwin", False),
    ],
)
def test_the_browser_is_opened_only_where_somebody_can_see_it(environment, platform, seen):
    assert is_seen(environment, platform) is seen
