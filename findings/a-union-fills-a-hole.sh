#!/usr/bin/env bash
# SQLAlchemy 2.1.9 (sqlalchemy.dialects.postgresql.Range, in Python, without a database) calls two ranges of dates adjacent
# between which two days are missing, and their union() holds these days: "before the 10th" and "after the 11th" become one
# range with the 10th and 11th in it. Expected: adjacent_to() false and union() a ValueError, as it is with one missing day
# or three; PostgreSQL 15 says false to the same two dateranges and refuses their sum ("would not be contiguous"). It takes
# an upper bound ")" and a lower bound "("; integers do the same. Who writes every range as "[)", which is also how
# PostgreSQL gives them back, does not meet it. Output seen:
#   sqlalchemy 2.1.9
#   [2027-01-01,2027-01-10) and (2027-01-10,2027-01-20]: 1 in neither, adjacent False, union refused
#   [2027-01-01,2027-01-10) and (2027-01-11,2027-01-20]: 2 in neither, adjacent True, union has 2 of them
#   [2027-01-01,2027-01-10) and (2027-01-12,2027-01-20]: 3 in neither, adjacent False, union refused
#   [2027-01-01,2027-01-10) and [2027-01-12,2027-01-20]: 2 in neither, adjacent False, union refused
#   [1,10) and (10,20]: 1 in neither, adjacent False, union refused
#   [1,10) and (11,20]: 2 in neither, adjacent True, union has 2 of them
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check sqlalchemy==2.1.9
"$folder/venv/bin/python" - <<'PY' | tee "$folder/seen"
from datetime import date
from importlib.metadata import version

from sqlalchemy.dialects.postgresql import Range


def told(made, bound, start):
    """Of the first to the twentieth: what two ranges leave out, and what their union has of it."""
    first, second = Range(made(1), made(10), bounds="[)"), Range(made(start), made(20), bounds=bound + "]")
    every = [made(number) for number in range(1, 21)]
    left_out = [item for item in every if not first.contains(item) and not second.contains(item)]
    try:
        together = first.union(second)
        union = f"has {sum(together.contains(item) for item in left_out)} of them"
    except ValueError:
        union = "refused"
    adjacent = first.adjacent_to(second)
    print(f"{first} and {second}: {len(left_out)} in neither, adjacent {adjacent}, union {union}")


def day(number):
    return date(2027, 1, number)


print("sqlalchemy", version("sqlalchemy"))
told(day, "(", 10)
told(day, "(", 11)
told(day, "(", 12)
told(day, "[", 12)
told(int, "(", 10)
told(int, "(", 11)
PY
diff - "$folder/seen" <<'SEEN'
sqlalchemy 2.1.9
[2027-01-01,2027-01-10) and (2027-01-10,2027-01-20]: 1 in neither, adjacent False, union refused
[2027-01-01,2027-01-10) and (2027-01-11,2027-01-20]: 2 in neither, adjacent True, union has 2 of them
[2027-01-01,2027-01-10) and (2027-01-12,2027-01-20]: 3 in neither, adjacent False, union refused
[2027-01-01,2027-01-10) and [2027-01-12,2027-01-20]: 2 in neither, adjacent False, union refused
[1,10) and (10,20]: 1 in neither, adjacent False, union refused
[1,10) and (11,20]: 2 in neither, adjacent True, union has 2 of them
SEEN
