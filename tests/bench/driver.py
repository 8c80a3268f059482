"""A process of one build: for each line read, a turn of presses; their cost is written as one line of JSON.

Started by `presses.py` with that build's root on PYTHONPATH. Knows no name of any build: those are in the adapter.
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
    for _ in sys.stdin:
        waiting = build.cases(int(presses))
        statements, begun = 0, time.process_time()
        for case in waiting:
            build.press(case)
        spent = time.process_time() - begun
        cost = {"cpu": spent / len(waiting), "statements": statements / len(waiting)}
        sys.stdout.write(f"{json.dumps(cost)}\n")
        sys.stdout.flush()
    build.close()


main(*sys.argv[1:])
