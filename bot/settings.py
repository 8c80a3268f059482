"""Settings: read once from `.env` and the environment (which wins), all faults told at once and no secret printed.

Every name is in `.env.example`; only `bot` reads them, by `read_settings`. What one setting must be is a validator of its
field; what must hold between several is in `_together`; what is written where nobody reads it, `bot.setting_names` finds.
"""

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from alur.storage import key_file
from alur.workflow.errors import Fault
from bot.setting_names import NotText, unread

TELEGRAM = "https://api.telegram.org"
SERVED = (443, 80, 88, 8443)  # the ports to which Telegram's own server brings updates (Bot API, setWebhook)
PREFIX = "ALUR_"
FILE = Path(".env")
SHORTEST_SECRET = 16  # characters: whoever guesses it writes what people said


class SettingsInvalid(Fault):
    """The settings cannot be used; one line per fault, by name."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=FILE,
        env_file_encoding="utf-8-sig",  # a byte order mark is no part of the first name
        extra="ignore",
        frozen=True,
        env_ignore_empty=True,
    )

    bot_token: SecretStr = SecretStr("")
    api_url: str = TELEGRAM
    database_url: str = ""
    data_dir: Path = Path("data")
    timezone: str = "Asia/Jakarta"
    undo_seconds: int = Field(default=20, ge=0, le=3600)
    count_receipt_day: bool = False
    holidays_file: Path | None = None
    sop_dir: Path | None = None
    audit_key_file: Path | None = None
    webhook_url: str = ""
    webhook_listen: str = ""
    webhook_secret: SecretStr = SecretStr("")
    files_local: Path | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    clock_url: str = ""

    @field_validator("api_url")
    @classmethod
    def _is_root(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ValueError("must be the root of a Bot API server, such as https://api.telegram.org")
        return value.rstrip("/")

    @field_validator("timezone")
    @classmethod
    def _is_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError("must be a time zone such as Asia/Jakarta") from None
        return value

    @field_validator("database_url")
    @classmethod
    def _is_database(cls, value: str) -> str:
        if value:
            from alur.storage.address import fault_of  # noqa: PLC0415 - most commands need no database, and start sooner

            if fault := fault_of(value):
                raise ValueError(fault)
        return value

    @field_validator("holidays_file", "sop_dir", "files_local")
    @classmethod
    def _exists(cls, value: Path | None) -> Path | None:
        if value is not None and not value.exists():
            raise ValueError(f"{value} does not exist")
        return value

    @field_validator("webhook_listen")
    @classmethod
    def _is_address(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if value and not (host and port.isdigit() and int(port) < 65_536):
            raise ValueError("must be host:port, such as 127.0.0.1:8443")
        return value

    @field_validator("webhook_url")
    @classmethod
    def _is_public(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and not (parts.scheme in ("http", "https") and parts.hostname and re.fullmatch(r"\S+", value)):
            raise ValueError("must be an address such as https://alur.example.go.id/hook")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _is_secret(cls, value: SecretStr) -> SecretStr:
        secret = value.get_secret_value()
        if secret and not re.fullmatch(rf"[A-Za-z0-9_-]{{{SHORTEST_SECRET},256}}", secret):
            raise ValueError(f"must be {SHORTEST_SECRET} to 256 of the characters A-Z, a-z, 0-9, _ and -")
        return value

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'alur.sqlite3'}"

    @property
    def files_dir(self) -> Path:
        return self.data_dir / "files"

    @property
    def audit_key(self) -> Path:
        return self.audit_key_file or self.data_dir / key_file.FILE

    @property
    def token(self) -> str:
        return self.bot_token.get_secret_value()


def read_settings(*, needs_token: bool = False, **overrides: Any) -> Settings:
    """Raises `SettingsInvalid` with every fault, each beginning with the setting's name."""
    try:
        faults = list(unread(FILE, PREFIX, [name.upper() for name in Settings.model_fields]))
    except NotText as error:
        raise SettingsInvalid([str(error)]) from None
    settings, wrong = _validated(overrides)
    faults += [f"{_name(field)}: {message}" for field, message in wrong.items()]
    faults += [f"{_name(field)}: {message}" for field, message in _together(settings, wrong) if field not in wrong]
    if needs_token and not settings.token and "bot_token" not in wrong:
        faults.append(f"{_name('bot_token')}: is missing; @BotFather gives one to each bot")
    if faults:
        raise SettingsInvalid(faults)
    return settings


def _validated(overrides: dict[str, Any]) -> tuple[Settings, dict[str, str]]:
    """The settings, and what is wrong by field; a field that is wrong has its default, so that the others can be judged."""
    try:
        return Settings(**overrides), {}
    except ValidationError as error:
        wrong = {str(fault["loc"][0]).lower(): fault["msg"].removeprefix("Value error, ") for fault in error.errors()}
    sound = {name: Settings.model_fields[name].default for name in wrong}
    return Settings(**{**overrides, **sound}), wrong


def _together(settings: Settings, wrong: Collection[str]) -> Iterator[tuple[str, str]]:
    """What must hold between settings: each fault with the field that it is told of. What is wrong in itself is not judged
    again, neither as a fault nor as a reason for one.
    """
    is_telegrams = settings.api_url == TELEGRAM and "api_url" not in wrong
    if settings.webhook_url:
        if is_telegrams and urlsplit(settings.webhook_url).scheme != "https":
            yield "webhook_url", "Telegram brings updates to https addresses only"
        elif is_telegrams and (port := port_of(settings.webhook_url)) not in SERVED:
            yield (
                "webhook_url",
                f"Telegram brings updates to the ports {', '.join(map(str, SERVED))} only, not to {port}",
            )
        if not settings.webhook_listen:
            yield "webhook_listen", "is missing beside ALUR_WEBHOOK_URL"
        if not settings.webhook_secret.get_secret_value():
            yield "webhook_secret", "is missing beside ALUR_WEBHOOK_URL"
    if settings.clock_url and is_telegrams:
        yield "clock_url", "a simulated clock is refused where the API is Telegram's"


def port_of(url: str) -> int:
    """The port that an address means; ValueError where it has one that is no port."""
    parts = urlsplit(url)
    return parts.port if parts.port is not None else 80 if parts.scheme == "http" else 443


def _name(field: str) -> str:
    return f"{PREFIX}{field.upper()}"
