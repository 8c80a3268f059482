"""A process of one build: for each line read, a turn of presses, or the job that the line names with its numbers; what it cost
is written as one line of JSON.

Started by `presses.py` and `clock.py` with that build's root on PYTHONPATH. Knows no name of any build: those are in the
adapter.
"""

import importlib
import json
import sys
import time
from pathlib import Path

from sqlalchemy import event


def main(adapter: str, root: str, data: str, presses: str) -> None:
    build = importlib.import_module(f"builds.{adapter}").Build(Path(data))
    import alur  # after the adapter, which would notice another

    assert Path(alur.__file__).is_relative_to(root), f"{alur.__file__} is not of {root}"
    statements = 0

    def count(*_):
        nonlocal statements
        statements += 1

    event.listen(build.database.writer, "before_cursor_execute", count)
    for line in sys.stdin:
        name, *numbers = line.split()
        waiting = build.cases(int(presses)) if name == "turn" else ()
        statements, begun = 0, time.process_time()
        for case in waiting:
            build.press(case)
        made = getattr(build, name)(*map(int, numbers)) if name != "turn" else None
        spent, each = time.process_time() - begun, len(waiting) or 1
        cost = {"cpu": spent / each, "statements": statements / each, **({} if name == "turn" else {"made": made})}
        sys.stdout.write(f"{json.dumps(cost)}\n")
        sys.stdout.flush()
    build.close()


main(*sys.argv[1:])
