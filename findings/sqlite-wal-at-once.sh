#!/bin/sh
# A SQLite database is still without a write-ahead log, and one connection is inside BEGIN IMMEDIATE. Another one that has
# set busy_timeout asks for "PRAGMA journal_mode = WAL": it is refused with "database is locked" at once, without waiting. The
# same connection's BEGIN IMMEDIATE waits for as long as it was told. Two programs that make the same new file at once, each
# with a timeout of seconds, so lose one of the two now and then.
# Expected: the pragma waits as every other statement that needs the lock does.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check apsw==3.54.1.0
cat >"$folder/try.py" <<'PY'
import sys
import time

import apsw

PATIENCE = 1000  # milliseconds
path = sys.argv[1]
first, second = apsw.Connection(path), apsw.Connection(path)
first.execute("CREATE TABLE t (x); BEGIN IMMEDIATE; INSERT INTO t VALUES (1)")
second.set_busy_timeout(PATIENCE)


def refused_after(statement):
    """Seconds until it was refused; None where it was not."""
    began = time.monotonic()
    try:
        second.execute(statement)
    except apsw.BusyError:
        return time.monotonic() - began
    return None


print("apsw", apsw.apsw_version(), "with SQLite", apsw.sqlite_lib_version())
pragma, begin = refused_after("PRAGMA journal_mode = WAL"), refused_after("BEGIN IMMEDIATE")
print(f"busy_timeout {PATIENCE / 1000} s: the pragma was refused after {pragma:.1f} s, BEGIN IMMEDIATE after {begin:.1f} s")
sys.exit("the behaviour has changed" if not (pragma < 0.2 and begin > 0.9) else 0)
PY
"$folder/venv/bin/python" "$folder/try.py" "$folder/new.sqlite3"
