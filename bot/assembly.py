"""Builds what a running bot needs from the settings, beside the office that it works for (`bot.wiring`). Nothing here runs."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

import structlog
from telegram import LinkPreviewOptions
from telegram.ext import Defaults, ExtBot

from alur.evidence.note import Signer
from alur.storage import key_file
from alur.workflow.calendar import Calendar
from bot import wiring
from bot.clock import Clock, SimulatedClock, SystemClock
from bot.holidays import warnings, years_needed
from bot.house import House
from bot.inspector import Inspector
from bot.settings import Settings
from bot.telegram.hook import Hook
from bot.telegram.network import AiohttpRequest
from jobs.backup import NightlyBackup
from jobs.checkpoints import Checkpoints

log = structlog.get_logger()

LOOPBACK = ("127.0.0.1", "localhost", "::1")
POLLS = 2  # connections for the long poll beside all others


def working_calendar(settings: Settings, today: datetime) -> Calendar:
    """The calendar by which the office works, with what is doubtful about it in the log."""
    made = wiring.calendar(settings, today)
    for doubt in warnings(years_needed(today), settings.holidays_file):
        log.warning("the calendar may be wrong", reason=doubt)
    return made


def clock(settings: Settings) -> Clock:
    """The machine's, or the one that a demo moves; the latter is to be entered as a context manager."""
    return SimulatedClock(settings.clock_url) if settings.clock_url else SystemClock(settings.zone)


def inspector() -> Inspector:
    return Inspector()


def nightly_backup(settings: Settings, house: House) -> NightlyBackup | None:
    """None where the clock is a simulated one, whose nights mean nothing."""
    if settings.clock_url:
        return None
    return NightlyBackup(house, house.database, wiring.store(settings), settings.data_dir / "backups")


def checkpoints(settings: Settings, house: House, signer: Signer) -> Checkpoints:
    return Checkpoints(house, signer, is_kept=lambda: key_file.holds(settings.audit_key, signer))


def requests(
    settings: Settings,
    *,
    may_call: Callable[[], bool] = lambda: True,
    observe: Callable[[str, str, float], None] = lambda method, status, seconds: None,  # noqa: ARG005 - nobody looks
) -> tuple[AiohttpRequest, AiohttpRequest]:
    """The wires to the Bot API, for the long poll and for all other calls. A proxy of the environment is not asked for an
    address on this machine.
    """
    trust_env = urlsplit(settings.api_url).hostname not in LOOPBACK

    def request(size: int) -> AiohttpRequest:
        return AiohttpRequest(
            connection_pool_size=size, read_timeout=20, trust_env=trust_env, may_call=may_call, observe=observe
        )

    return request(POLLS), request(256)


def hook(settings: Settings) -> Hook:
    """Where Telegram is to bring updates. The path may be a secret of its own."""
    path = urlsplit(settings.webhook_url).path.rstrip("/")
    return Hook(settings.webhook_url, settings.webhook_secret.get_secret_value(), secrets=(path, settings.token))


def bot(settings: Settings, wires: tuple[AiohttpRequest, AiohttpRequest] | None = None) -> ExtBot[None]:
    polls, calls = wires or requests(settings)
    return ExtBot(
        settings.token,
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        request=calls,
        get_updates_request=polls,
        defaults=Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True)),  # of whatever is sent or edited
    )
