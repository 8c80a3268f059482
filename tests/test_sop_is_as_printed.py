"""The data file says, cell by cell, what the printed procedure says.

Nothing printed is repeated here: the text is parsed and compared, white space folded. It is not part of the project;
`ALUR_SHARED` names the folder that holds it (default: `shared`, beside the project).
"""

import os
import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from babel.dates import get_month_names

from alur.storage.sop_files import default_folder, read
from alur.workflow.sop import Sop

ROOT = Path(__file__).resolve().parents[1]
PRINTED = Path(os.environ.get("ALUR_SHARED", ROOT.parent / "shared")) / "sop" / "68.SOP-OT.03-SDL.4-2023.txt"

pytestmark = pytest.mark.skipif(
    not PRINTED.is_file(),
    reason=f"left out: whether sops/ip-asn.yaml is as printed, for {PRINTED.name} is not there (set ALUR_SHARED)",
)

MONTHS = {name: number for number, name in get_month_names(locale="id").items()}
ROLE_COLUMNS = 6
FIRST_NUMBER = re.compile(r"1\.? ")  # the only record is printed "1 Laporan", without the full stop


def fold(text: str) -> str:
    return " ".join(text.split())


def items(text: str, first: int = 1) -> tuple[str, ...]:
    """The items of a numbered list, whether each has a line of its own or all stand in one cell."""
    rest = fold(text)
    if first == 1:
        rest = FIRST_NUMBER.sub("1. ", rest, count=1) if FIRST_NUMBER.match(rest) else f"1. {rest}"
    found = list[str]()
    number = first
    head = f"{number}. "
    assert rest.startswith(head), f"expected a list from {number} on: {rest!r}"
    while True:
        rest = rest.removeprefix(head)
        number += 1
        head = f"{number}. "
        item, separator, tail = rest.partition(f" {head}")
        found.append(item)
        if not separator:
            return tuple(found)
        rest = head + tail


def printed_date(text: str) -> date | None:
    if text == "-":
        return None
    day, month, year = text.split()
    return date(int(year), MONTHS[month], int(day))


class Printed:
    """The printed form, taken apart: every line of it belongs to exactly one of these parts."""

    def __init__(self, text: str) -> None:
        front, *tables = re.split(r"^(?=SOP .*\n\nNo\.\t)", text, flags=re.MULTILINE)
        letterhead, header, lists = front.split("\n\n", maxsplit=2)
        self.organisation = tuple(map(fold, letterhead.splitlines()))
        self.header = {key: fold(value) for key, value in (line.split("\t") for line in header.splitlines())}

        # The lists stand in two columns. What did not fit is printed further down, without a heading: first the rest
        # of the left column, then of the right; each goes on with the number after its last.
        self.lists: dict[str, str] = {}
        self.overflow = list[str]()
        nothing, *parts = re.split(r"^(.+) :\n", lists, flags=re.MULTILINE)
        assert not nothing
        for heading, body in zip(parts[::2], parts[1::2], strict=True):
            self.lists[heading], *more = body.strip().split("\n\n")
            self.overflow += more

        self.titles = tuple(fold(table.splitlines()[0]) for table in tables)
        self.heads = list[tuple[str, ...]]()
        self.rows = list[tuple[str, ...]]()
        for table in tables:
            _, first, second, *rows = (self._cells(line) for line in table.splitlines() if line.strip())
            self.heads.append((*first, *second))
            self.rows += rows

    @staticmethod
    def _cells(line: str) -> tuple[str, ...]:
        """Without the empty ones: the columns of the roles hold only arrows, and rows differ in how many they skip."""
        return tuple(cell for cell in map(fold, line.split("\t")) if cell)


@pytest.fixture(scope="module")
def printed() -> Printed:
    return Printed(PRINTED.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def sop() -> Sop:
    return read(default_folder() / "ip-asn.yaml")


def folded(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(fold, texts))


def test_the_letterhead_is_as_printed(sop: Sop, printed: Printed):
    assert folded(sop.organisation) == printed.organisation


def test_the_header_is_as_printed(sop: Sop, printed: Printed):
    assert printed.header == {
        "NOMOR SOP": sop.number,
        "TGL. PEMBUATAN": printed.header["TGL. PEMBUATAN"],
        "TGL. REVISI": printed.header["TGL. REVISI"],
        "TGL. EFEKTIF": printed.header["TGL. EFEKTIF"],
        "DISAHKAN OLEH": fold(sop.approved_by),
        "NAMA SOP": fold(sop.title),
    }
    assert sop.created == printed_date(printed.header["TGL. PEMBUATAN"])
    assert sop.revised == printed_date(printed.header["TGL. REVISI"])
    assert sop.effective == printed_date(printed.header["TGL. EFEKTIF"])


def test_the_title_over_each_part_of_the_table_is_as_printed(sop: Sop, printed: Printed):
    assert printed.titles == (f"SOP {fold(sop.title)}",) * 2


def test_the_lists_of_the_first_page_are_as_printed(sop: Sop, printed: Printed):
    left, right = printed.overflow
    related, equipment = items(printed.lists["Keterkaitan"]), items(printed.lists["Peralatan/Perlengkapan"])

    assert {
        "Dasar Hukum": folded(sop.legal_basis),
        "Keterkaitan": folded(sop.related),
        "Kualifikasi Pelaksana": folded(sop.qualifications),
        "Peralatan/Perlengkapan": folded(sop.equipment),
        "Peringatan": folded(sop.warnings),
        "Pencatatan dan Pendataan": folded(sop.records),
    } == {heading: items(text) for heading, text in printed.lists.items()} | {
        "Keterkaitan": related + items(left, first=len(related) + 1),
        "Peralatan/Perlengkapan": equipment + items(right, first=len(equipment) + 1),
    }


def test_the_lists_have_as_many_items_as_the_form(sop: Sop):
    """Guards the parsing above, which would be content with two lists that it cut wrongly in the same way."""
    lists = (sop.legal_basis, sop.related, sop.qualifications, sop.equipment, sop.warnings, sop.records)

    assert tuple(map(len, lists)) == (8, 9, 4, 8, 1, 1)


def test_the_heads_of_the_columns_are_as_printed(sop: Sop, printed: Printed):
    roles = folded(role.name for role in sop.roles)

    assert len(roles) == ROLE_COLUMNS
    assert (
        printed.heads
        == [("No.", "Aktivitas", "Pelaksana", "Mutu Baku", "Keterangan", *roles, "Kelengkapan", "Waktu", "Output")] * 2
    )


def test_there_are_as_many_steps_as_rows(sop: Sop, printed: Printed):
    assert [step.number for step in sop.steps] == [int(row[0]) for row in printed.rows]
    assert all(int(later[0]) == int(row[0]) + 1 for row, later in pairwise(printed.rows))


@pytest.mark.parametrize("number", range(1, 13))
def test_a_step_is_as_printed(sop: Sop, printed: Printed, number: int):
    step = sop.step(number)
    _, activity, requisites, time, outputs, *notes = printed.rows[number - 1]

    assert fold(step.activity) == activity
    assert folded(step.requisites) == items(requisites)
    assert f"{step.working_days} hari kerja" == time.casefold()  # step 9 prints "3 hari Kerja"
    assert folded(step.outputs) == items(outputs)
    assert folded(step.notes) == tuple(item for note in notes for item in items(note))
