#!/bin/sh
# In a message sent as HTML, <a href="mailto:budi@contoh.example"> becomes a link to the web address
# "http://mailto:budi@contoh.example/" (user "mailto", password "budi"): the tap opens a browser on contoh.example, not a mail
# program. No error is given. <a href="tel:…"> loses its link without an error.
# Expected: the address as it was given, or an error.
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


def links(html):
    """TDLib's own parser of HTML, which the Bot API server uses, without any network."""
    request = {"@type": "parseTextEntities", "text": html, "parse_mode": {"@type": "textParseModeHTML"}}
    parsed = json.loads(td_execute(json.dumps(request).encode()))
    return [item["type"].get("url", item["type"]["@type"]) for item in parsed["entities"]]


td_execute(b'{"@type":"setLogVerbosityLevel","new_verbosity_level":0}')
print("tdjson", version("tdjson"))
seen = {}
for href in ("https://contoh.example/a", "mailto:budi@contoh.example", "tel:+622112345"):
    seen[href] = links(f'<a href="{href}">tulis</a>')
    print(f"{href} -> {seen[href]}")
as_said = {
    "https://contoh.example/a": ["https://contoh.example/a"],
    "mailto:budi@contoh.example": ["http://mailto:budi@contoh.example/"],
    "tel:+622112345": [],
}
sys.exit("the behaviour has changed" if seen != as_said else 0)
PY
"$folder/venv/bin/python" "$folder/try.py"
