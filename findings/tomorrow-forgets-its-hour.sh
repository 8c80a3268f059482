#!/usr/bin/env bash
# dateparser 1.5.0 reads an hour with a full stop, as Indonesian writes it, alone, behind a weekday and behind a date. Behind
# "besok" (tomorrow) or "hari ini" (today) it drops the hour without a word and puts the hour of now in its place: at 8.00,
# "besok pukul 14.30" is tomorrow at 8.00. With a colon the hour is read; with a word that it does not know the whole is
# None. German does the same, as do English, Danish, Finnish and Italian. Expected: 14.30, or None. Only the period of
# get_date_data(), under RETURN_TIME_AS_PERIOD, tells that no hour was found: "day" in place of "time".
# Output seen (it is 8.00 on Monday, 30 November 2026):
#   dateparser 1.5.0
#   id: pukul 14.30 -> 30-11 14:30, time
#   id: Senin pukul 14.30 -> 07-12 14:30, time
#   id: 1 Desember 2026 pukul 14.30 -> 01-12 14:30, time
#   id: besok pukul 14:30 -> 01-12 14:30, time
#   id: besok pukul 14.30 -> 01-12 08:00, day
#   id: hari ini pukul 14.30 -> 30-11 08:00, day
#   id: besok pukul sekian -> None
#   de: morgen um 14:30 Uhr -> 01-12 14:30, time
#   de: morgen um 14.30 Uhr -> 01-12 08:00, day
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check dateparser==1.5.0
"$folder/venv/bin/python" - <<'PY' | tee "$folder/seen"
from datetime import datetime
from importlib.metadata import version

from dateparser.date import DateDataParser

SETTINGS = {
    "RELATIVE_BASE": datetime(2026, 11, 30, 8, 0),
    "PREFER_DATES_FROM": "future",
    "RETURN_TIME_AS_PERIOD": True,
}


def told(language, text):
    read = DateDataParser(languages=[language], settings=SETTINGS).get_date_data(text)
    found = f"{read.date_obj:%d-%m %H:%M}, {read.period}" if read.date_obj else None
    print(f"{language}: {text} -> {found}")


print("dateparser", version("dateparser"))
told("id", "pukul 14.30")
told("id", "Senin pukul 14.30")
told("id", "1 Desember 2026 pukul 14.30")
told("id", "besok pukul 14:30")
told("id", "besok pukul 14.30")
told("id", "hari ini pukul 14.30")
told("id", "besok pukul sekian")
told("de", "morgen um 14:30 Uhr")
told("de", "morgen um 14.30 Uhr")
PY
diff - "$folder/seen" <<'SEEN'
dateparser 1.5.0
id: pukul 14.30 -> 30-11 14:30, time
id: Senin pukul 14.30 -> 07-12 14:30, time
id: 1 Desember 2026 pukul 14.30 -> 01-12 14:30, time
id: besok pukul 14:30 -> 01-12 14:30, time
id: besok pukul 14.30 -> 01-12 08:00, day
id: hari ini pukul 14.30 -> 30-11 08:00, day
id: besok pukul sekian -> None
de: morgen um 14:30 Uhr -> 01-12 14:30, time
de: morgen um 14.30 Uhr -> 01-12 08:00, day
SEEN
