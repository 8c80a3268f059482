#!/bin/sh
# U+2060 (word joiner) in front of "/", "@", "#" or "$" does not keep Telegram from finding a command, mention, hashtag or
# cashtag, it makes one: "budi@rapat" holds no mention, "budi<U+2060>@rapat" does. The joiner counts as the end of a word,
# against its meaning in Unicode (no word ends there). Only behind the sign it keeps the finder away. In a domain both
# places work.
# Expected: nothing is found in a word that a joiner holds together.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check tdjson==1.8.69
cat >"$folder/try.py" <<'PY'
import json
import sys
from importlib.metadata import version

from tdjson import td_execute

JOINER = "\u2060"


def found(text):
    """What TDLib's own finder sees, without any network."""
    answer = json.loads(td_execute(json.dumps({"@type": "getTextEntities", "text": text}).encode()))
    return [item["type"]["@type"].removeprefix("textEntityType") for item in answer["entities"]]


td_execute(b'{"@type":"setLogVerbosityLevel","new_verbosity_level":0}')
print("tdjson", version("tdjson"))
as_said = {
    "budi@rapat": ([], ["Mention"], []),
    "12/OT": ([], ["BotCommand"], []),
    "12#OT": ([], ["Hashtag"], []),
    "12$USD": ([], ["Cashtag"], []),
    "notula.co": (["Url"], [], []),
}
seen = {}
for text in as_said:
    sign = next(item for item in "/@#$." if item in text)
    seen[text] = tuple(found(text.replace(sign, other)) for other in (sign, JOINER + sign, sign + JOINER))
    print(f"{text}: as it is {seen[text][0]}, joiner before {seen[text][1]}, joiner behind {seen[text][2]}")
sys.exit("the behaviour has changed" if seen != as_said else 0)
PY
"$folder/venv/bin/python" "$folder/try.py"
