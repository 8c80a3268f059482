"""The wire, held against a small server on this machine."""

import asyncio
import json
import logging
import socket
import ssl
import traceback
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import quote

import pytest
from aiohttp import web
from telegram import Bot, InputMediaDocument
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TimedOut
from telegram.request import BaseRequest

from bot.telegram.network import AiohttpRequest, NotBuilt, NotSent
from bot.telegram.outcomes import Kind, outcome_of

TOKEN = "4242:SECRET-token_of_the_bot"
MESSAGE = {"message_id": 7, "date": int(datetime(2026, 12, 1, tzinfo=UTC).timestamp()), "chat": {"id": 1, "type": "x"}}


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@asynccontextmanager
async def serving(answer):
    """A web server whose every request is answered by `answer`; yields its root."""

    async def handle(request):
        return await answer(request)

    app = web.Application(client_max_size=64 * 1024**2)
    app.router.add_route("*", "/{path:.*}", handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield "http://{}:{}".format(*runner.addresses[0])
    finally:
        await runner.cleanup()


@asynccontextmanager
async def a_socket(speak):
    """A bare TCP server that handles each connection with `speak`; yields its root."""

    async def handle(reader, writer):
        try:
            await speak(reader, writer)
        finally:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    try:
        yield "http://{}:{}".format(*server.sockets[0].getsockname())
    finally:
        server.close()


@asynccontextmanager
async def a_bot(root, **settings):
    async with AiohttpRequest(**settings) as request:
        yield Bot(TOKEN, f"{root}/bot", f"{root}/file/bot", request=request, get_updates_request=AiohttpRequest())


def accepted(result):
    return web.json_response({"ok": True, "result": result})


def check_no_token_in(error):
    shown = "".join(traceback.format_exception(error)) + repr(error) + str(error)
    assert TOKEN not in shown
    assert "SECRET" not in shown


async def test_parameters_arrive_as_telegram_expects_them():
    seen = []

    async def answer(request):
        seen.append((request.method, request.path, dict(await request.post()), request.headers["User-Agent"]))
        return accepted(MESSAGE)

    async with serving(answer) as root, a_bot(root) as bot:
        message = await bot.send_message(1, "Yth. Bapak & Ibu & é", disable_notification=True)

    ((method, path, parameters, agent),) = seen
    assert message.message_id == 7
    assert (method, path) == ("POST", f"/bot{TOKEN}/sendMessage")
    assert parameters == {"chat_id": "1", "text": "Yth. Bapak & Ibu & é", "disable_notification": "true"}
    assert agent == BaseRequest.USER_AGENT


async def test_a_call_without_parameters_is_a_call():
    async def answer(request):
        assert not await request.read()
        return accepted(True)

    async with serving(answer) as root, AiohttpRequest() as request:
        assert await request.post(f"{root}/bot{TOKEN}/logOut") is True


@pytest.mark.parametrize("as_handle", [False, True])
async def test_an_upload_arrives_with_its_bytes_name_and_mime(as_handle):
    content = bytes(range(256)) * 8 * 1024  # 2 MiB
    seen = {}

    async def answer(request):
        form = await request.post()
        file = form["document"]
        seen.update(name=file.filename, mime=file.content_type, bytes=file.file.read(), caption=form["caption"])
        return accepted(MESSAGE)

    async with serving(answer) as root, a_bot(root) as bot:
        document = BytesIO(content) if as_handle else content
        await bot.send_document(1, document, caption="Versi 2", filename='Nota "Dinas" Résumé.pdf')

    assert seen == {
        "name": 'Nota "Dinas" Résumé.pdf',
        "mime": "application/pdf",
        "bytes": content,
        "caption": "Versi 2",
    }


async def test_an_open_file_is_uploaded_from_disk(tmp_path):
    path = tmp_path / "Data awal.xlsx"
    path.write_bytes(b"PK" * 500_000)
    seen = []

    async def answer(request):
        file = (await request.post())["document"]
        seen.append((file.filename, file.file.read()))
        return accepted(MESSAGE)

    async with serving(answer) as root, a_bot(root) as bot:
        with path.open("rb") as file:
            await bot.send_document(1, file, read_timeout=5)

    assert seen == [("Data awal.xlsx", b"PK" * 500_000)]


async def test_an_album_carries_each_of_its_files():
    seen = {}

    async def answer(request):
        form = await request.post()
        for item in json.loads(form["media"]):
            file = form[item["media"].removeprefix("attach://")]
            seen[file.filename] = file.file.read()
        return accepted([MESSAGE, MESSAGE])

    files = {"Undangan.pdf": b"one", "Data.xlsx": b"two"}
    async with serving(answer) as root, a_bot(root) as bot:
        await bot.send_media_group(1, [InputMediaDocument(data, filename=name) for name, data in files.items()])

    assert seen == files


async def test_a_name_that_would_break_the_header_is_mended():
    seen = []

    async def answer(request):
        seen.append((await request.post())["document"].filename)
        return accepted(MESSAGE)

    async with serving(answer) as root, a_bot(root) as bot:
        await bot.send_document(1, b"x", filename="Nota\r\nDinas.pdf")
        await bot.send_document(1, b"x", filename="Data\x1bcapaian\x7f\ud800.xlsx")

    assert seen == ["Nota  Dinas.pdf", "Data capaian \ufffd.xlsx"]


async def test_what_a_stored_text_holds_of_half_a_pair_is_sent_as_what_cannot_be_shown():
    seen = []

    async def answer(request):
        seen.append((await request.post())["text"])
        return accepted(MESSAGE)

    async with serving(answer) as root, a_bot(root) as bot:
        await bot.send_message(1, "a\ud800b\x00c")

    assert seen == ["a\ufffdb c"]


async def test_a_request_that_cannot_be_built_is_told_from_a_network_that_is_away(monkeypatch):
    def refuses(_data):
        raise ValueError(TOKEN)

    monkeypatch.setattr("bot.telegram.network._form", refuses)
    async with serving(lambda _: accepted(MESSAGE)) as root, a_bot(root) as bot:
        with pytest.raises(NotBuilt) as failed:
            await bot.send_message(1, "x")

    assert not isinstance(failed.value, NetworkError)
    check_no_token_in(failed.value)


async def test_a_file_is_downloaded_byte_for_byte():
    content = bytes(range(256)) * 4096

    async def answer(request):
        if request.path.endswith("/getFile"):
            return accepted({"file_id": "f", "file_unique_id": "u", "file_path": "documents/Nota Dinas.pdf"})
        assert request.method == "GET"
        assert request.path == f"/file/bot{TOKEN}/documents/Nota Dinas.pdf"
        return web.Response(body=content)

    async with serving(answer) as root, a_bot(root) as bot:
        file = await bot.get_file("f")
        assert bytes(await file.download_as_bytearray()) == content


async def test_telegrams_refusals_keep_their_meaning(monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # else PTB warns of its own future
    replies = iter(
        [
            (400, {"ok": False, "description": "Bad Request: chat not found"}),
            (429, {"ok": False, "description": "Too Many Requests", "parameters": {"retry_after": 7}}),
        ]
    )

    async def answer(_):
        status, body = next(replies)
        return web.json_response(body, status=status)

    async with serving(answer) as root, a_bot(root) as bot:
        with pytest.raises(BadRequest, match=r"[Cc]hat not found"):
            await bot.send_message(1, "x")
        with pytest.raises(RetryAfter):
            await bot.send_message(1, "x")


@pytest.mark.parametrize("status", [302, 404, 502])
async def test_an_error_page_that_quotes_the_url_does_not_give_the_token_away(status):
    seen = []

    async def answer(request):
        seen.append(request.path)
        return web.Response(status=status, text=f"can not reach {request.url}", headers={"Location": "/elsewhere"})

    async with serving(answer) as root, a_bot(root) as bot:
        with pytest.raises(NetworkError, match=f"proxy's, HTTP {status}") as failed:
            await bot.send_message(1, "x")

    check_no_token_in(failed.value)
    assert len(seen) == 1


@pytest.mark.parametrize("page", ["<html>", "", "[]", '{"error": "unauthorized"}', '{"ok": "no"}'])
@pytest.mark.parametrize("status", [400, 401, 403, 404, 407, 409, 429])
async def test_a_proxys_page_says_nothing_about_token_chat_or_message(status, page):
    async def answer(_):
        return web.Response(status=status, text=page)

    async with serving(answer) as root, a_bot(root) as bot:
        with pytest.raises(NetworkError) as failed:
            await bot.send_message(1, "x")

    assert outcome_of(failed.value).kind is Kind.AGAIN
    assert type(failed.value) is NetworkError


@pytest.mark.parametrize(("status", "description"), [(401, "Unauthorized"), (404, "Not Found")])
async def test_telegrams_own_refusal_of_a_token_is_one(status, description):
    async def answer(_):
        return web.json_response({"ok": False, "error_code": status, "description": description}, status=status)

    async with serving(answer) as root, a_bot(root) as bot:
        with pytest.raises(InvalidToken):
            await bot.get_me()


async def test_a_proxy_that_refuses_to_connect_has_sent_nothing(monkeypatch):
    async def answer(_):
        return web.Response(status=407)

    async with serving(answer) as proxy:
        monkeypatch.setenv("https_proxy", proxy)
        monkeypatch.setenv("no_proxy", "")
        async with a_bot("https://api.example.test") as bot:
            with pytest.raises(NotSent, match=r"proxy refuses with HTTP 4\d\d") as failed:
                await bot.send_message(1, "x")
    check_no_token_in(failed.value)


async def test_a_failed_download_does_not_give_the_token_away_however_it_is_quoted():
    async def answer(request):
        if request.path.endswith("/getFile"):
            return accepted({"file_id": "f", "file_unique_id": "u", "file_path": "documents/a.pdf"})
        return web.Response(status=502, text=f"{request.path} {quote(request.path, safe='')} {request.raw_path}")

    async with serving(answer) as root, a_bot(root) as bot:
        file = await bot.get_file("f")
        with pytest.raises(NetworkError, match="<token>") as failed:
            await file.download_as_bytearray()

    check_no_token_in(failed.value)


async def test_a_refused_connection_is_not_sent():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    async with a_bot(f"http://127.0.0.1:{port}") as bot:
        with pytest.raises(NotSent) as failed:
            await bot.send_message(1, "x")

    check_no_token_in(failed.value)


async def test_a_failed_tls_handshake_is_not_sent():
    async def speak(reader, writer):
        await reader.read(1)
        writer.write(b"this is no TLS\r\n")
        await writer.drain()

    async with a_socket(speak) as root, a_bot(root.replace("http", "https")) as bot:
        with pytest.raises(NotSent) as failed:
            await bot.send_message(1, "x")

    check_no_token_in(failed.value)


async def test_a_pool_that_stays_full_is_not_sent():
    release = asyncio.Event()
    arrived = asyncio.Event()

    async def answer(_):
        arrived.set()
        await release.wait()
        return accepted(MESSAGE)

    async with (
        serving(answer) as root,
        a_bot(root, connection_pool_size=1, pool_timeout=0.1, connect_timeout=0.1) as bot,
    ):
        first = asyncio.create_task(bot.send_message(1, "x"))
        await arrived.wait()
        with pytest.raises(NotSent) as failed:
            await bot.send_message(2, "y")
        release.set()
        assert (await first).message_id == 7

    check_no_token_in(failed.value)


async def test_a_connection_cut_after_the_request_is_uncertain():
    async def speak(reader, _):
        await reader.readuntil(b"\r\n\r\n")

    async with a_socket(speak) as root, a_bot(root) as bot:
        with pytest.raises(NetworkError) as failed:
            await bot.send_message(1, "x")

    assert not isinstance(failed.value, NotSent)
    check_no_token_in(failed.value)


async def test_an_answer_cut_in_the_middle_is_uncertain():
    async def speak(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"ok"')
        await writer.drain()

    async with a_socket(speak) as root, a_bot(root) as bot:
        with pytest.raises(NetworkError) as failed:
            await bot.send_message(1, "x")

    assert not isinstance(failed.value, NotSent)
    check_no_token_in(failed.value)


async def test_a_server_that_does_not_answer_is_timed_out():
    async def speak(reader, _):
        await reader.read()

    async with a_socket(speak) as root, a_bot(root, read_timeout=0.1) as bot:
        with pytest.raises(TimedOut) as failed:
            await bot.send_message(1, "x")

    check_no_token_in(failed.value)


async def test_a_server_that_does_not_read_an_upload_is_timed_out():
    done = asyncio.Event()

    async def speak(*_):
        await done.wait()

    limits = {"media_write_timeout": 0.1, "read_timeout": 0.1, "pool_timeout": 0.1, "connect_timeout": 0.1}
    async with a_socket(speak) as root, a_bot(root, **limits) as bot:
        with pytest.raises(TimedOut) as failed:
            await bot.send_document(1, bytes(32 * 1024**2), filename="besar.bin")
        done.set()

    check_no_token_in(failed.value)


async def test_a_long_download_lasts_as_long_as_bytes_keep_coming():
    async def answer(request):
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(12):
            await asyncio.sleep(0.05)
            await response.write(b"bytes")
        return response

    limits = {"read_timeout": 0.3, "write_timeout": 0.05, "connect_timeout": 0.05, "pool_timeout": 0.05}  # 0.45 in all
    async with serving(answer) as root, AiohttpRequest(**limits) as request:
        assert await request.retrieve(f"{root}/file/bot{TOKEN}/a.pdf") == b"bytes" * 12


async def test_a_timeout_given_with_the_call_wins_and_none_is_without_limit():
    async def answer(_):
        await asyncio.sleep(0.3)
        return accepted(MESSAGE)

    async with serving(answer) as root, a_bot(root, read_timeout=0.1, write_timeout=0.1) as bot:
        assert (await bot.send_message(1, "x", read_timeout=5)).message_id == 7
        assert (await bot.send_message(1, "x", read_timeout=None)).message_id == 7
        with pytest.raises(TimedOut):
            await bot.send_message(1, "x")


async def test_300_requests_at_once_are_all_answered():
    async def answer(request):
        chat = int((await request.post())["chat_id"])
        await asyncio.sleep(0.02)
        return accepted(MESSAGE | {"message_id": chat})

    async with serving(answer) as root, a_bot(root) as bot:
        messages = await asyncio.gather(*(bot.send_message(chat, "x") for chat in range(1, 301)))

    assert [message.message_id for message in messages] == list(range(1, 301))


async def test_a_connection_is_used_again():
    ports = set()

    async def answer(request):
        ports.add(request.transport.get_extra_info("peername")[1])
        return accepted(MESSAGE)

    async with serving(answer) as root, a_bot(root) as bot:
        for _ in range(5):
            await bot.send_message(1, "x")

    assert len(ports) == 1


async def test_it_may_be_opened_twice_closed_twice_and_opened_again():
    async def answer(_):
        return accepted(MESSAGE)

    async with serving(answer) as root:
        request = AiohttpRequest(read_timeout=3.5, ssl=ssl.create_default_context())
        assert request.read_timeout == 3.5
        await request.initialize()
        await request.initialize()
        await request.shutdown()
        await request.shutdown()
        with pytest.raises(RuntimeError, match="not initialized"):
            await request.do_request(root, "GET")
        await request.initialize()
        assert (await request.do_request(root, "GET"))[0] == 200
        await request.shutdown()


async def test_a_proxy_is_used_only_where_the_environment_names_one(monkeypatch):
    seen = []

    async def answer(request):
        seen.append(request.raw_path)
        return accepted(MESSAGE)

    async with serving(answer) as proxy:
        monkeypatch.setenv("http_proxy", proxy)
        monkeypatch.setenv("no_proxy", "")
        async with a_bot("http://api.example.test") as bot:
            await bot.send_message(1, "x")
        async with a_bot(proxy, trust_env=False) as bot:
            await bot.send_message(1, "x")

    assert seen == [f"http://api.example.test/bot{TOKEN}/sendMessage", f"/bot{TOKEN}/sendMessage"]


async def test_no_log_line_at_any_level_holds_the_token(caplog):
    caplog.set_level(logging.DEBUG)

    async def speak(reader, _):
        await reader.readuntil(b"\r\n\r\n")

    async with a_socket(speak) as root, a_bot(root) as bot:
        caplog.clear()  # PTB's own Bot logs its URL when it is made, at DEBUG
        try:
            await bot.send_message(1, "x")
        except NetworkError:
            logging.getLogger("bot").exception("sending failed")

    assert "sending failed" in caplog.text
    assert "SECRET" not in caplog.text
