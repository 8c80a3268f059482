"""What survives the end of the simulator: everything, and its numbers go on counting."""

import asyncio
import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from simulator import Options, Simulator, SimulatorClient
from simulator.state.store import Store


@pytest.fixture
def options(tmp_path):
    return Options(data=tmp_path / "telegram", start=datetime.now(UTC))


async def test_chats_files_updates_clock_and_numbers_survive(options):
    async with Simulator(options) as first, SimulatorClient(first.url) as telegram:
        rina = await telegram.person("Rina")
        before = await rina.send_file("a.pdf", b"isi")
        await telegram.advance(timedelta(days=1, seconds=-60))
        moment = await telegram.clock()

    async with Simulator(options) as second, SimulatorClient(second.url) as telegram:
        (again,) = await telegram.people()
        after = await again.send("sesudah")
        budi = await telegram.person("Budi")
        (kept, _) = await again.messages()
        async with aiohttp.ClientSession() as session, session.get(f"{second.url}/bot{second.token}/getUpdates") as got:
            updates = (await got.json())["result"]

        assert again == rina
        assert await kept.download() == b"isi"
        assert after.id == before.id + 1
        assert [update["update_id"] for update in updates] == [before.update_id, after.update_id]
        assert budi.id == rina.id + 1
        assert await telegram.clock() >= moment


async def test_a_clock_that_waits_goes_on_where_the_simulator_was_stopped(tmp_path):
    start = datetime.fromisoformat("2026-11-02T08:15:00+07:00")
    options = Options(data=tmp_path, start=start, clock_waits=True)
    async with Simulator(options) as first, SimulatorClient(first.url) as telegram:
        moment = await telegram.advance(timedelta(days=1))

    # Ten years pass while nobody is there: the same stored state, seen by a clock whose offset has not kept up.
    store = Store(tmp_path)
    store.put_setting("clock_offset", timedelta(days=3650).total_seconds())
    store.close()
    async with Simulator(options) as second, SimulatorClient(second.url) as telegram:
        assert moment <= await telegram.clock() < moment + timedelta(hours=1)


async def test_as_a_process_it_prints_its_address_and_survives_a_kill(tmp_path):
    command = [sys.executable, "-m", "simulator", "--data", str(tmp_path), "--token", "42:abc"]
    root = Path(__file__).parents[2]

    async def start() -> tuple[asyncio.subprocess.Process, str]:
        process = await asyncio.create_subprocess_exec(*command, cwd=root, stdout=asyncio.subprocess.PIPE)
        assert process.stdout
        line = (await asyncio.wait_for(process.stdout.readline(), 10)).decode().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", line)
        return process, line

    process, url = await start()
    async with SimulatorClient(url) as telegram:
        rina = await telegram.person("Rina")
        before = await rina.send("/start")
    process.kill()
    await process.communicate()

    process, url = await start()
    async with SimulatorClient(url) as telegram:
        (again,) = await telegram.people()
        after = await again.send("lagi")
        assert (await telegram.ask("GET", "/control/bot"))["user"]["id"] == 42
    process.terminate()
    await process.communicate()

    assert after.id == before.id + 1
    assert process.returncode == 0


async def test_it_stops_at_once_though_somebody_polls(until):
    loop = asyncio.get_running_loop()
    simulator = Simulator()
    await simulator.start()
    async with aiohttp.ClientSession() as session:
        poll = asyncio.create_task(session.get(f"{simulator.url}/bot{simulator.token}/getUpdates?timeout=50"))
        async with SimulatorClient(simulator.url) as telegram:
            await until(telegram.is_polled)
        began = loop.time()

        await simulator.stop()

        assert loop.time() - began < 2
        (await poll).close()
