"""Settings: read once from `.env` and the environment (which wins), all faults told at once and no secret printed.

Every name is in `.env.example`; only `bot` reads them.
"""

import re
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from alur.workflow.errors import Fault

TELEGRAM = "https://api.telegram.org"
PREFIX = "ALUR_"


class SettingsInvalid(Fault):
    """The settings cannot be used; one line per fault, by name."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True
    )

    bot_token: SecretStr = SecretStr("")
    api_url: str = TELEGRAM
    database_url: str = ""
    data_dir: Path = Path("data")
    timezone: str = "Asia/Jakarta"
    undo_seconds: int = Field(default=0, ge=0, le=3600)
    count_receipt_day: bool = False
    holidays_file: Path | None = None
    sop_dir: Path | None = None
    webhook_url: str = ""
    webhook_listen: str = ""
    webhook_secret: SecretStr = SecretStr("")
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

    @field_validator("holidays_file", "sop_dir")
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

    @field_validator("webhook_secret")
    @classmethod
    def _is_secret(cls, value: SecretStr) -> SecretStr:
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", value.get_secret_value()):
            raise ValueError("must be 1 to 256 of the characters A-Z, a-z, 0-9, _ and -")
        return value

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> Self:
        if self.webhook_url:
            if urlsplit(self.webhook_url).scheme != "https" and self.api_url == TELEGRAM:
                raise ValueError("ALUR_WEBHOOK_URL: Telegram brings updates to https addresses only")
            if not self.webhook_listen:
                raise ValueError("ALUR_WEBHOOK_LISTEN: is missing beside ALUR_WEBHOOK_URL")
            if not self.webhook_secret.get_secret_value():
                raise ValueError("ALUR_WEBHOOK_SECRET: is missing beside ALUR_WEBHOOK_URL")
        return self

    @model_validator(mode="after")
    def _clock_is_for_play(self) -> Self:
        if self.clock_url and self.api_url == TELEGRAM:
            raise ValueError("ALUR_CLOCK_URL: a simulated clock is refused where the API is Telegram's")
        return self

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
    def token(self) -> str:
        return self.bot_token.get_secret_value()


def read_settings(*, needs_token: bool = False, **overrides: Any) -> Settings:
    """Raises `SettingsInvalid` with every fault, each beginning with the setting's name."""
    try:
        settings = Settings(**overrides)
    except ValidationError as error:
        raise SettingsInvalid([_line(fault["loc"], fault["msg"]) for fault in error.errors()]) from None
    if needs_token and not settings.token:
        raise SettingsInvalid(["ALUR_BOT_TOKEN: is missing; @BotFather gives one to each bot"])
    return settings


def _line(location: tuple[int | str, ...], message: str) -> str:
    text = message.removeprefix("Value error, ")
    return f"{PREFIX}{str(location[0]).upper()}: {text}" if location else text
