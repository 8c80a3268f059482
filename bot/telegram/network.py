"""The wire to the Bot API server: python-telegram-bot's own seam `BaseRequest`, over aiohttp.

`bot` builds two, one for getUpdates and one for everything else; PTB opens, uses and closes them. PTB's default
back-end is most of the cost of a bot under load, and aiohttp is here anyway. Whoever sends needs to know of a
failure whether the request may have arrived: `NotSent` says that it has not, every other NetworkError leaves it
open. URLs hold the bot's token, and so do aiohttp's exceptions; neither leaves this module.
"""

import asyncio
import json
import re
import time
from collections.abc import Callable
from io import BytesIO
from ssl import SSLContext
from urllib.parse import quote, unquote
from urllib.request import getproxies

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientHttpProxyError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
    FormData,
    TCPConnector,
)
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.telegram import cleaning

KEPT_IDLE_SECONDS = 300  # the first tap after a pause pays one round trip, not the three of a new TLS connection
TOKEN_IN_URL = re.compile(r"/bot([^/?]+)")


class NotSent(NetworkError):
    """The request never left this machine, so that sending it again can not send it twice."""


class NotBuilt(TelegramError):
    """The request could not even be built from what it was given: a fault of ours, and nothing was sent. No NetworkError,
    as which python-telegram-bot would pass it on.
    """


class AiohttpRequest(BaseRequest):
    """HTTP/1.1 over one pool of connections, kept open between requests.

    Timeouts are seconds, None is without limit; each can be given anew with a request. `read_timeout` is the
    longest silence while an answer is awaited or read. `write_timeout` covers the whole body of a request, and
    `media_write_timeout` that of one with files: 50 MB, the Bot API's limit, at 1.4 Mbit/s. `pool_timeout` is
    the wait for a free connection. Proxies are those that the environment names at `initialize`, unless
    `trust_env` is off. Redirects are not followed: they would carry the token elsewhere. `may_call` is asked
    before each request: whoever no longer leads calls nobody. `observe` is told of each the method, the status or
    the kind of failure, and the seconds that it took.
    """

    def __init__(
        self,
        *,
        connection_pool_size: int = 256,
        read_timeout: float | None = 5.0,
        write_timeout: float | None = 5.0,
        media_write_timeout: float | None = 300.0,
        connect_timeout: float | None = 5.0,
        pool_timeout: float | None = 5.0,
        ssl: SSLContext | None = None,
        trust_env: bool = True,
        may_call: Callable[[], bool] = lambda: True,
        observe: Callable[[str, str, float], None] = lambda method, status, seconds: None,  # noqa: ARG005 - nobody looks
    ) -> None:
        self._connection_pool_size = connection_pool_size
        self._read_timeout = read_timeout
        self._write_timeout = write_timeout
        self._media_write_timeout = media_write_timeout
        self._connect_timeout = connect_timeout
        self._pool_timeout = pool_timeout
        self._ssl = ssl
        self._trust_env = trust_env
        self._may_call, self._observe = may_call, observe
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the pool in the running event loop; again has no effect, and after a shutdown it opens anew."""
        if self._session is not None:
            return
        self._session = ClientSession(
            connector=TCPConnector(
                limit=self._connection_pool_size,
                keepalive_timeout=KEPT_IDLE_SECONDS,
                ssl=self._ssl or True,
            ),
            cookie_jar=DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT},
            # Asked once: aiohttp would read the environment and ~/.netrc, in a thread, for every request.
            trust_env=self._trust_env and bool(getproxies()),
        )

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body of the answer, whatever the status.

        Raises NotSent, NotBuilt, or TimedOut or another NetworkError where the request may have arrived. An error page that
        is not Telegram's is one of these.
        """
        if self._session is None:
            raise RuntimeError("this AiohttpRequest is not initialized")
        if not self._may_call():
            raise NotSent("not sent, this process stands by")
        with_files = request_data is not None and request_data.contains_files
        read = _seconds(read_timeout, self._read_timeout)
        write = _seconds(write_timeout, self._media_write_timeout if with_files else self._write_timeout)
        connect = _seconds(connect_timeout, self._connect_timeout)
        wait = _sum(_seconds(pool_timeout, self._pool_timeout), connect)
        limits = ClientTimeout(total=None, connect=wait, sock_connect=connect, sock_read=read)
        failure: TelegramError
        began, became = time.monotonic(), "cancelled"
        try:
            body = _form(request_data) if request_data is not None else None
            async with (
                # aiohttp has no limit for writing: until the answer begins, this clock is it.
                asyncio.timeout(_sum(wait, write, read)) as until_answered,
                self._session.request(method, url, data=body, timeout=limits, allow_redirects=False) as response,
            ):
                until_answered.reschedule(None)
                payload = await response.read()
                became = str(response.status)
                if response.status < 300:
                    return response.status, payload
                if not _is_telegrams(payload) and not _is_file(url):
                    raise NetworkError(f"not Telegram's answer but a proxy's, HTTP {response.status}")
                return response.status, _without_token(payload, url)
        except (ClientError, OSError) as error:  # TimeoutError is an OSError
            failure = _told_apart(error)
            became = type(failure).__name__
        except (ValueError, TypeError, LookupError) as error:  # of a parameter, or of a file's name in its header
            failure = NotBuilt(f"the request cannot be built, {type(error).__name__}")
            became = type(failure).__name__
        finally:
            self._observe(_method(url), became, time.monotonic() - began)
        # Raised out here, it has neither cause nor context: a logged traceback would print their text, token and all.
        raise failure


def _method(url: str) -> str:
    """Of the Bot API; "file" where the URL is that of a file."""
    return "file" if _is_file(url) else url.rpartition("/")[2]


def _is_file(url: str) -> bool:
    return "/file/bot" in url


def _is_telegrams(refusal: bytes) -> bool:
    """Whether a refusal has the form of the Bot API's. A page of a proxy on the way says nothing about token, chat or
    message, though PTB reads its status as if it did: 401 and 404 as a rejected token, 403 as a blocked bot, 400 as a
    message that will never be taken. A file may lie on any server, whose refusals have no form.
    """
    try:
        said = json.loads(refusal)
    except ValueError:
        return False
    return isinstance(said, dict) and said.get("ok") is False


def _seconds(given: object, default: float | None) -> float | None:
    """What was given with the request; PTB marks what was not with an object of its own."""
    return given if given is None or isinstance(given, int | float) else default


def _sum(*seconds: float | None) -> float | None:
    """The limit of several spans, one after the other: none where one of them has none."""
    return None if None in seconds else sum(span for span in seconds if span is not None)


def _form(request_data: RequestData) -> FormData:
    """The parameters as a form, in several parts where there are files."""
    # Telegram takes names as they are written and would show "Nota%20Dinas.pdf" where they are quoted.
    parameters = {name: cleaning.text(value) for name, value in request_data.json_parameters.items()}
    form = FormData(parameters, quote_fields=False)
    for part, (name, content, mime) in request_data.multipart_data.items():
        # Raw bytes would be written in one go, holding up the loop; a file is written piece by piece.
        file = BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(part, file, filename=cleaning.header(name), content_type=mime)
    return form


def _told_apart(error: ClientError | OSError) -> NetworkError:
    """The failure as its sender must see it, in words that hold no URL."""
    reason = type(error).__name__
    if isinstance(error, ClientConnectorError) and error.strerror:
        reason = f"{reason}: {error.strerror}"
    if isinstance(error, ClientHttpProxyError):
        return NotSent(f"not sent, the proxy refuses with HTTP {error.status}")
    if isinstance(error, ClientConnectorError | ConnectionTimeoutError):
        return NotSent(f"not sent, {reason}")
    if isinstance(error, TimeoutError):
        return TimedOut(f"no answer in time, {reason}")
    return NetworkError(f"connection failed, {reason}")


def _without_token(payload: bytes, url: str) -> bytes:
    """The body of a refusal, which PTB quotes in its exceptions; a proxy's error page quotes the URL.

    PTB itself percent-encodes the token's colon in the URL of a file and leaves it elsewhere.
    """
    found = TOKEN_IN_URL.search(url)
    token = unquote(found[1]) if found else ""
    for written in (token, quote(token, safe="")) if token else ():
        payload = payload.replace(written.encode(), b"<token>")
    return payload
