#!/usr/bin/env bash
# typst 0.15.2 (the Python package) keeps in memory what it has set: the layouts of the last compilations stay in a cache of the
# process, also after the compiler is deleted and garbage is collected. With another text each time, memory grows with each page
# until some ten compilations are remembered, and is then level at several times of what one needs; no call gives it back, and a
# new compiler of the same process goes on with it. A service that sets one page a day holds ten of them for good.
# Expected: what a compilation took is given back with its compiler, or there is a call that empties the cache.
# Output seen (megabytes above the first page; they differ by a few from run to run, the words do not):
#   typst 0.15.2
#   grows from the 2nd to the 10th page: True
#   is level from the 15th to the 40th: True
#   is given back when the compiler is deleted: False
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check typst==0.15.2
cat >"$folder/try.py" <<'PY'
import gc
import re
import sys
from importlib.metadata import version
from pathlib import Path

import typst

SOURCE = """
#let row(nth) = layout(room => par(text(size: 7pt, sys.inputs.of + " " + str(nth) + " " + lorem(30 + calc.rem(nth, 7)))))
#table(columns: (1fr, 1fr, 1fr), ..range(300).map(row))
"""


def held():
    """Megabytes of this process's own memory."""
    return int(re.search(r"RssAnon:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024


compiler, source, seen = typst.Compiler(root=sys.argv[1]), SOURCE.encode(), []
for nth in range(40):
    compiler.compile(input=source, format="pdf", sys_inputs={"of": f"page {nth}"})
    seen.append(held())
del compiler
gc.collect()
left = held()
second, tenth, fifteenth, last = (seen[nth] - seen[0] for nth in (1, 9, 14, 39))
print(f"above the first page: {second:.0f}, {tenth:.0f}, {fifteenth:.0f}, {last:.0f}; left: {left - seen[0]:.0f}", file=sys.stderr)
print("typst", version("typst"))
print("grows from the 2nd to the 10th page:", tenth > 3 * second > 0)
print("is level from the 15th to the 40th:", abs(last - fifteenth) < 0.25 * fifteenth)
print("is given back when the compiler is deleted:", left - seen[0] < 0.25 * last)
PY
"$folder/venv/bin/python" "$folder/try.py" "$folder" | tee "$folder/seen"
diff - "$folder/seen" <<'SEEN'
typst 0.15.2
grows from the 2nd to the 10th page: True
is level from the 15th to the 40th: True
is given back when the compiler is deleted: False
SEEN
