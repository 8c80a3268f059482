#!/usr/bin/env bash
# SQLite 3.54.1 takes an INSERT that names one column twice with two values, and says nothing. Of most columns the first value
# counts, of the INTEGER PRIMARY KEY the last, also where it is named once by its own name and once as rowid; in UPDATE the last
# counts always. So "REPLACE INTO t (id, note, rowid) VALUES (99, …, 1)", in which a reader sees row 99, takes the place of
# row 1; and of a table whose primary key is a text, REPLACE with a rowid takes out a row of which it names no key: a trigger
# BEFORE DELETE hears of neither (that REPLACE asks none is documented), and one BEFORE INSERT that looks for the same key
# finds none. It has to look for NEW.rowid as well.
# Expected: refused, as CREATE TABLE refuses "duplicate column name", and as PostgreSQL refuses the INSERT ("column specified
# more than once"); or one rule for all. Output seen:
#   apsw 3.54.1.0 with SQLite 3.54.1
#   CREATE TABLE twice (a, a): refused, duplicate column name: a
#   INSERT INTO t (id, note, note) VALUES (1, 'first', 'last'): [(1, 'first')]
#   INSERT INTO t (id, id, note) VALUES (2, 3, 'x'): [(3, 'x')]
#   INSERT INTO t (id, note, rowid) VALUES (4, 'x', 5): [(5, 'x')]
#   INSERT INTO t (rowid, note, id) VALUES (6, 'x', 7): [(7, 'x')]
#   UPDATE t SET note = 'first', note = 'last' WHERE id = 1: [(1, 'last')]
#   REPLACE INTO t (id, note, rowid) VALUES (99, 'other', 1): [(1, 'other')]
#   REPLACE INTO named (name, rowid) VALUES ('other', 1): [('other',)]
#   rows of t: 1 3 5 7, of named: other
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check apsw==3.54.1.0
cat >"$folder/try.py" <<'PY'
import apsw

MADE = """
    CREATE TABLE t (id INTEGER PRIMARY KEY, note TEXT);
    CREATE TABLE named (name TEXT PRIMARY KEY);
    INSERT INTO named VALUES ('kept');
    CREATE TRIGGER t_kept BEFORE DELETE ON t BEGIN SELECT RAISE(ABORT, 'kept'); END;
    CREATE TRIGGER named_kept BEFORE DELETE ON named BEGIN SELECT RAISE(ABORT, 'kept'); END;
    CREATE TRIGGER named_once BEFORE INSERT ON named WHEN EXISTS (SELECT 1 FROM named WHERE name = NEW.name)
        BEGIN SELECT RAISE(ABORT, 'kept'); END;
"""
connection = apsw.Connection(":memory:")
connection.execute(MADE)
print("apsw", apsw.apsw_version(), "with SQLite", apsw.sqlite_lib_version())
for statement in (
    "CREATE TABLE twice (a, a)",
    "INSERT INTO t (id, note, note) VALUES (1, 'first', 'last')",
    "INSERT INTO t (id, id, note) VALUES (2, 3, 'x')",
    "INSERT INTO t (id, note, rowid) VALUES (4, 'x', 5)",
    "INSERT INTO t (rowid, note, id) VALUES (6, 'x', 7)",
    "UPDATE t SET note = 'first', note = 'last' WHERE id = 1",
    "REPLACE INTO t (id, note, rowid) VALUES (99, 'other', 1)",
    "REPLACE INTO named (name, rowid) VALUES ('other', 1)",
):
    returning = "" if statement.startswith("CREATE") else " RETURNING *"
    try:
        print(f"{statement}:", list(connection.execute(statement + returning)))
    except apsw.Error as error:
        print(f"{statement}: refused,", error)
rows = " ".join(str(row[0]) for row in connection.execute("SELECT id FROM t ORDER BY id"))
print(f"rows of t: {rows}, of named:", *(row[0] for row in connection.execute("SELECT name FROM named")))
PY
"$folder/venv/bin/python" "$folder/try.py" | tee "$folder/seen"
diff - "$folder/seen" <<'SEEN'
apsw 3.54.1.0 with SQLite 3.54.1
CREATE TABLE twice (a, a): refused, duplicate column name: a
INSERT INTO t (id, note, note) VALUES (1, 'first', 'last'): [(1, 'first')]
INSERT INTO t (id, id, note) VALUES (2, 3, 'x'): [(3, 'x')]
INSERT INTO t (id, note, rowid) VALUES (4, 'x', 5): [(5, 'x')]
INSERT INTO t (rowid, note, id) VALUES (6, 'x', 7): [(7, 'x')]
UPDATE t SET note = 'first', note = 'last' WHERE id = 1: [(1, 'last')]
REPLACE INTO t (id, note, rowid) VALUES (99, 'other', 1): [(1, 'other')]
REPLACE INTO named (name, rowid) VALUES ('other', 1): [('other',)]
rows of t: 1 3 5 7, of named: other
SEEN
