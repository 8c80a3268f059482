"""`alur demo` as its user runs it: a process, whose one address is read from what it prints."""

import asyncio
import os
import re
import signal
import socket
import sys
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from alur.storage import sop_files
from alur.workflow.office import joining
from bot.rehearsal import arrival, papers, profiles, samples
from bot.rehearsal.browser import is_seen
from bot.rehearsal.hours import JAKARTA
from bot.rehearsal.papers import LETTER_DAY, LETTER_NUMBER
from bot.rehearsal.people import TICKED
from simulator import SimulatorClient

PATIENCE = 180  # seconds for what takes three on two free cores, and a minute on busy ones
KEPT = {"rehearsal.txt", "telegram", "bot.log", "hari-libur.yaml", "alur.sqlite3"}  # older folders have these names too
OWN_SOPS = Path(__file__).parents[1] / "sops"
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
async def started(folder, *, port=0, **settings):
    """`alur demo` on that folder, which is killed at the end if it still runs."""
    command = [sys.executable, "-m", "bot.cli", "demo", "--no-browser", "--port", str(port), "--data", str(folder)]
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, env=os.environ | settings
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
    await clerk.wait_for(lambda message: "mengirim suratnya" in message.text, after=sent)
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


async def test_a_rehearsal_begins_with_seven_people_and_goes_on_where_it_was_stopped(tmp_path):
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
            having = {user_id for sample in laid for user_id in sample["for"]}
            assert [person.name for person in everyone if person.id not in having] == [profiles.ADMIN.name]
            assert all(sample["note"] for sample in laid)
            links = (await telegram.ask("GET", "/control/links"))["links"]
            assert [link["label"] for link in links] == [profile.label for profile in profiles.MAY_JOIN]
            assert {link["until"][:10] for link in links} == {"2026-11-09"}
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
            await _joins(telegram, link)
            assert link not in (await telegram.ask("GET", "/control/links"))["links"]
        assert await demo.ended(signal.SIGTERM) == 0
    assert "Traceback" not in demo.printed + (folder / "bot.log").read_text()


async def _joins(telegram, link):
    person = await telegram.person(link["name"])
    sent = await person.send(f"/start {link['payload']}")
    await person.wait_for(lambda message: "Selamat datang" in message.text, after=sent)


async def _new_links(telegram):
    for _ in range(PATIENCE * 10):
        if links := (await telegram.ask("GET", "/control/links"))["links"]:
            return links
        await asyncio.sleep(0.1)
    pytest.fail("waited in vain")


async def test_a_link_that_the_clock_has_passed_is_made_anew_for_the_same_person(tmp_path):
    assert joining.VALID_FOR == arrival.LINKS_VALID_FOR
    async with started(tmp_path) as demo, SimulatorClient(await demo.url()) as telegram:
        first, second = (await telegram.ask("GET", "/control/links"))["links"]
        await _joins(telegram, first)
        await telegram.advance(timedelta(days=8))
        assert (await telegram.ask("GET", "/control/links"))["links"] == []

        (anew,) = await _new_links(telegram)  # who has joined is not invited again
        assert (anew["label"], anew["payload"] == second["payload"]) == (second["label"], False)
        assert datetime.fromisoformat(anew["until"]) > await telegram.clock() + timedelta(days=6)
        await _joins(telegram, anew)


async def test_it_says_what_it_is_doing_before_it_does_it(tmp_path):
    async with started(tmp_path) as demo:
        await demo.url()

        said = [line for line in demo.printed.splitlines() if line.endswith("…")]
        assert [line.split()[0] for line in said] == ["Alur", "Starting", "The"]
        assert str(tmp_path) in said[1]
        assert "seven people" in said[2]


async def test_one_day_on_at_14_brings_what_falls_due_on_the_way_and_nothing_on_a_day_off(tmp_path):
    """Of step 1, one working day, opened on Monday: due on Tuesday, late from Wednesday on, reported on Friday."""
    async with started(tmp_path) as demo, SimulatorClient(await demo.url()) as telegram:
        clerk, boss, head = (await telegram.people())[:3]
        admin = (await telegram.people())[-1]
        await _open_the_case(telegram, clerk)
        told = {}
        for _ in range(6):
            since = await telegram.last_change()
            now = datetime.fromisoformat((await telegram.ask("POST", "/clock", {"next": "day", "at": "14:00"}))["now"])
            day = f"{now.astimezone(JAKARTA):%a %H.%M}"
            if day.startswith(("Tue", "Wed", "Thu", "Fri")):
                await boss.wait_for(lambda message: "disposisi" in message.text, after=since)
            if day.startswith("Fri"):
                await admin.wait_for(lambda message: "disposisi" in message.text, after=since)
            await asyncio.sleep(TICKED)
            found = await telegram.changes(since=since)
            texts = [(each["chat_id"], each["message"].get("text", "")) for each in found if each["kind"] == "message"]
            told[day] = {chat for chat, text in texts if "disposisi" in text.lower()}

    assert told["Tue 14.00"] == told["Thu 14.00"] == {boss.id}
    assert told["Wed 14.00"] == {boss.id, head.id}
    assert told["Fri 14.00"] == {boss.id, head.id, admin.id}
    assert told["Sat 14.00"] == told["Sun 14.00"] == set()


async def test_the_users_own_procedures_are_rehearsed_with_a_phone_for_each_role_of_theirs(tmp_path):
    folder = tmp_path / "gladi"
    own = {"ALUR_SOP_DIR": str(OWN_SOPS), "ALUR_TIMEZONE": "Asia/Makassar"}
    real = {"ALUR_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "ALUR_BOT_TOKEN": "1:secret"}
    (sop,) = sop_files.read_folder(OWN_SOPS)
    async with started(folder, **own, **real) as demo:
        async with SimulatorClient(await demo.url()) as telegram:
            people = (await telegram.ask("GET", "/control/people"))["people"]
            posts = [person["about"].partition(" · ")[0] for person in people]
            assert sorted(posts) == sorted([*(role.title for role in sop.roles), "Administrator"])
            assert people[0]["about"] == "Tata Usaha · opens the case with /mulai"
            assert (await telegram.ask("GET", "/control/hours"))["zone"] == "Asia/Makassar"
            clerk = (await telegram.people())[0]
            sent = await clerk.send("/mulai")
            await clerk.wait_for(lambda message: "2026" in message.labels, after=sent)
            samples = (await telegram.ask("GET", "/control/samples"))["samples"]
            assert {sample["name"] for sample in samples} >= {"Surat masuk.pdf", "Konsep nota dinas.pdf"}
            assert (await telegram.clock()).astimezone(ZoneInfo("Asia/Makassar")).hour == 8
        assert await demo.ended(signal.SIGINT) == 0
    assert f"The procedures of {OWN_SOPS}: {sop.short_title}." in demo.printed
    assert "WITA" in demo.printed
    assert "Set aside: ALUR_BOT_TOKEN" in demo.printed
    assert not [value for value in real.values() if value in demo.printed + (folder / "bot.log").read_text()]
    assert (folder / "alur.sqlite3").exists()

    async with started(folder) as demo:  # without the settings, of which it keeps what it was begun with
        async with SimulatorClient(await demo.url()) as telegram:
            clerk = (await telegram.people())[0]
            sent = await clerk.send("/mulai")
            await clerk.wait_for(lambda message: sop.short_title in message.text, after=sent)
        assert await demo.ended(signal.SIGINT) == 0


async def test_what_can_not_be_begun_says_what_to_do_and_leaves_nothing(tmp_path):
    async with started(tmp_path / "one", ALUR_SOP_DIR="/there/is/none") as demo:
        assert await demo.ended() == 1
    assert "ALUR_SOP_DIR: there is no folder /there/is/none" in demo.printed
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with started(tmp_path / "two", port=port) as demo:
            assert await demo.ended() == 1
    assert f"Port {port} is taken by another program: name another with --port" in demo.printed
    assert [list((tmp_path / name).iterdir()) for name in ("one", "two")] == [[], []]


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
