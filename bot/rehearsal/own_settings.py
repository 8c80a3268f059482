"""What a rehearsal takes of its user's settings, and what it sets aside: it touches no real database, and no real Telegram.

What is taken (the procedures, the zone, how days are counted) is written into the `.env` of the rehearsal's folder when it
begins. The bot reads it there, and so does the next demo in that folder, whatever the settings are by then. `interactive`
calls it; a script (`run`) takes nothing, for it plays one SOP in one zone.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values, set_key

from bot.rehearsal.hours import ZONE
from bot.settings import FILE, PREFIX, Settings

SOP_DIR, TIMEZONE = "ALUR_SOP_DIR", "ALUR_TIMEZONE"
TAKEN = (SOP_DIR, TIMEZONE, "ALUR_COUNT_RECEIPT_DAY", "ALUR_LOG_LEVEL")
ASIDE = {  # why, of those that a rehearsal never takes; each setting that is in neither is set aside as the last
    "the Telegram of a rehearsal is on this machine": (
        "ALUR_BOT_TOKEN",
        "ALUR_API_URL",
        "ALUR_FILES_LOCAL",
        "ALUR_WEBHOOK_URL",
        "ALUR_WEBHOOK_SECRET",
        "ALUR_WEBHOOK_LISTEN",
        "ALUR_CLOCK_URL",
    ),
    "its database, files and holidays are in a folder of its own": (
        "ALUR_DATABASE_URL",
        "ALUR_DATA_DIR",
        "ALUR_HOLIDAYS_FILE",
    ),
    "a rehearsal has its own": (),
}
SCRIPTED = f"the script plays the SOP that comes with Alur, in {ZONE}; without --play they count"


class SettingUnusable(Exception):
    """A setting that would be taken; the message names it."""


@dataclass(frozen=True, kw_only=True)
class OwnSettings:
    """Those that the bot of a rehearsal reads; `sop_dir` None is the folder that comes with Alur."""

    sop_dir: Path | None
    zone: tzinfo
    zone_name: str


def begin(folder: Path) -> None:
    """Writes what is taken into the folder. Raises SettingUnusable."""
    taken = _taken(_given())
    _read(taken)
    for name, value in taken.items():
        set_key(folder / FILE, name, value)


def of(folder: Path) -> OwnSettings:
    """Of a rehearsal that was begun there. Raises SettingUnusable, also where its procedures have gone since."""
    return _read(_values(folder / FILE))


def told(folder: Path) -> Iterator[str]:
    """A sentence for what is taken, and one for what is set aside, of the settings that somebody has changed."""
    given, kept = _given(), _values(folder / FILE)
    if kept:
        yield f"Taken from the settings: {', '.join(kept)}."
    late = tuple(name for name, value in _taken(given).items() if value != kept.get(name))
    yield from _set_aside(given, {f"this rehearsal was begun without; {folder / FILE} says with what": late})


def told_of_script() -> Iterator[str]:
    yield from _set_aside(_given(), {SCRIPTED: TAKEN})


def _taken(given: Mapping[str, str]) -> dict[str, str]:
    """Those of them that a rehearsal takes, a folder by its whole path: its bot works elsewhere."""
    whole = {SOP_DIR: str(Path(given[SOP_DIR]).expanduser().resolve())} if SOP_DIR in given else {}
    return {name: value for name, value in (dict(given) | whole).items() if name in TAKEN}


def _set_aside(given: Mapping[str, str], more: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    reasons = {name: reason for reason, names in (ASIDE | dict(more)).items() for name in names}
    rest = list(ASIDE)[-1]
    aside: dict[str, list[str]] = {}
    for name in given:
        if name in reasons or name not in TAKEN:
            aside.setdefault(reasons.get(name, rest), []).append(name)
    if aside:
        yield "Set aside: " + "; ".join(f"{', '.join(names)} ({reason})" for reason, names in aside.items()) + "."


def _given() -> dict[str, str]:
    """The settings of the environment and of `.env` here that are not as they come, by name. Values are not for showing."""
    defaults = {f"{PREFIX}{name.upper()}": field.default for name, field in Settings.model_fields.items()}
    here = {name.upper(): value for name, value in os.environ.items()}
    found = _values(FILE) | {name: value for name, value in here.items() if value}
    return {
        name: found[name]
        for name, default in defaults.items()
        if name in found and found[name].lower() != str(default).lower()
    }


def _values(file: Path) -> dict[str, str]:
    """What stands in a file of settings; one that cannot be read says nothing, and `alur check` says why."""
    try:
        pairs = dotenv_values(file, encoding="utf-8-sig") if file.is_file() else {}
    except (OSError, UnicodeDecodeError):
        return {}
    return {name.upper(): value for name, value in pairs.items() if value}


def _read(values: Mapping[str, str]) -> OwnSettings:
    folder = Path(values[SOP_DIR]) if SOP_DIR in values else None
    if folder and not folder.is_dir():
        raise SettingUnusable(f"{SOP_DIR}: there is no folder {folder}")
    name = values.get(TIMEZONE, ZONE)
    try:
        return OwnSettings(sop_dir=folder, zone=ZoneInfo(name), zone_name=name)
    except (ZoneInfoNotFoundError, ValueError):
        raise SettingUnusable(f"{TIMEZONE}: there is no time zone {name}") from None
