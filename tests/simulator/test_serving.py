"""What the page is given over HTTP: its own files, people's files that can do no harm, and the stream of changes."""

import json

import aiohttp
import pytest

from simulator import Options, Simulator, page


@pytest.fixture
async def browser(simulator):
    async with aiohttp.ClientSession(simulator.url) as session:
        yield session


async def test_every_file_of_the_page_is_served_with_its_type_and_nothing_else_is(browser):
    async with browser.get("/") as index:
        assert (index.status, index.content_type) == (200, "text/html")
        assert "default-src 'none'" in index.headers["Content-Security-Policy"]
    names = [path.name for path in page.HERE.iterdir() if path.suffix in page.TYPES]
    assert {"index.html", "style.css", "main.js"} <= set(names)
    for name in names:
        async with browser.get(f"/page/{name}") as file:
            assert file.status == 200
            assert file.headers["Content-Type"] == page.TYPES[(page.HERE / name).suffix]
    for name in ("__init__.py", "none.js", "..%2Fserver.py"):
        async with browser.get(f"/page/{name}") as refused:
            assert refused.status == 404


async def test_a_file_that_came_up_is_saved_and_never_run(rina, browser):
    sent = await rina.send_file("halaman é.html", b"<script>alert(1)</script>", mime_type="text/html")

    async with browser.get(f"/control/files/{sent.files[0].file_id}") as file:
        assert file.content_type == "application/octet-stream"
        assert file.headers["Content-Disposition"].startswith("attachment; ")
        assert "halaman%20%C3%A9.html" in file.headers["Content-Disposition"]
        assert file.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_photo_is_shown_by_what_its_bytes_are(rina, picture, browser):
    sent = await rina.send_file("foto.jpg", picture(), kind="photo", mime_type="text/html")

    async with browser.get(f"/control/files/{sent.files[0].file_id}") as file:
        assert file.content_type == "image/png"
        assert "Content-Disposition" not in file.headers


async def test_a_sample_is_handed_out_as_a_download(telegram, browser):
    sample = await telegram.add_sample("a.html", b"<b>", mime_type="text/html")

    async with browser.get(f"/control/samples/{sample}") as file:
        assert await file.read() == b"<b>"
        assert file.headers["Content-Disposition"] == 'attachment; filename="a.html"'


async def events(response, *names):
    """The first event of each name, in order; other events are passed over."""
    wanted = list(names)
    async for line in response.content:
        name, _, value = line.decode().rstrip("\n").partition(": ")
        if name == "event":
            event = value
        elif name == "data" and event == wanted[0]:
            yield json.loads(value)
            wanted.pop(0)
            if not wanted:
                return


async def test_the_stream_tells_the_clock_the_connection_and_what_changes(telegram, api, rina, browser):
    since = await telegram.last_change()

    async with browser.get("/control/stream", params={"since": since}) as response:
        following = events(response, "world", "state", "change", "change")
        world, state = await anext(following), await anext(following)
        message = await api("sendMessage", chat_id=rina.id, text="halo")
        first = await anext(following)
        await telegram.add_link("Kabag", "kode")
        second = await anext(following)

    assert world["change"] == since
    assert (state["connected"], state["waiting"]) == (False, 0)
    assert (first["kind"], first["message"]["message_id"]) == ("message", message["message_id"])
    assert (second["kind"], second["what"]) == ("tray", "links")


async def test_a_page_that_lost_the_line_goes_on_where_it_was(telegram, rina, browser):
    await telegram.add_link("Kabag", "satu")
    heard = await telegram.last_change()
    await rina.send("halo")

    async with browser.get("/control/stream?since=0", headers={"Last-Event-ID": str(heard)}) as response:
        change = await anext(events(response, "change"))

    assert change["message"]["text"] == "halo"


async def test_a_press_is_seen_by_everybody_who_watches(telegram, api, rina, buttons):
    await api("sendMessage", chat_id=rina.id, text="Kartu", reply_markup=buttons("Ya"))
    card = await rina.wait_for(lambda message: message.labels)
    since = await telegram.last_change()

    pressed = await rina.press(card, "Ya", timeout=0)
    await api("answerCallbackQuery", callback_query_id=pressed.query_id, text="Tercatat")

    press, answer = await telegram.changes(since=since)
    assert (press["kind"], press["user_id"], press["pressed"], press["data"]) == ("press", rina.id, card.id, "act:Ya")
    assert (answer["query_id"], answer["answer"]["text"]) == (press["query_id"], "Tercatat")


async def test_a_world_is_the_same_as_long_as_its_state_is(tmp_path):
    async def identity(options: Options) -> str:
        async with (
            Simulator(options) as running,
            aiohttp.ClientSession(running.url) as session,
            session.get("/control/stream") as response,
        ):
            return (await anext(events(response, "world")))["id"]

    kept, again = await identity(Options(data=tmp_path)), await identity(Options(data=tmp_path))

    assert kept == again
    assert await identity(Options()) != await identity(Options())
