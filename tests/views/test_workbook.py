"""Workbooks: whatever people write stands in its cell as they wrote it, and does nothing."""

from datetime import date
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from alur.views import workbook
from tests.factories import START

RUNNING = ("=1+1", "+1", "-1+2", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1", "#N/A", "'=1", "=cmd|' /C calc'!A0")


def made(*values):
    book = workbook.new()
    workbook.table(book.active, 1, ["Isi"], [[value] for value in values], [20])
    workbook.on_a4(book.active, "&P")
    return workbook.written(book, title="Uji", at=START)


def cells(content):
    sheet = load_workbook(BytesIO(content)).active
    return [sheet.cell(row, 1) for row in range(2, sheet.max_row + 1)]


@pytest.mark.parametrize("text", RUNNING)
def test_nothing_runs(text):
    (cell,) = cells(made(text))
    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")
    with ZipFile(BytesIO(made(text))) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_numbers_of_eighteen_digits_stay_and_days_are_days():
    long, day, count = cells(made("199001012015031001", date(2026, 12, 15), 14))
    assert (long.value, long.data_type) == ("199001012015031001", "s")
    assert (day.value.date(), day.is_date) == (date(2026, 12, 15), True)
    assert (count.value, count.data_type) == (14, "n")


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=80))
def test_every_text_comes_back_as_it_was_but_for_what_no_file_can_hold(text):
    (cell,) = cells(made("x" + text))
    known = workbook.UNREADABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    assert unescape(cell.value) == "x" + known


def test_what_looks_like_an_escaped_character_is_shown_as_it_was_written():
    (cell,) = cells(made("a_x0041_b"))
    assert cell.value == "a_x005F_x0041_b"  # which spreadsheets show as a_x0041_b


def test_the_same_cells_give_the_same_bytes_stored_and_without_a_clock():
    assert made("a", 1) == made("a", 1) != made("a", 2)
    with ZipFile(BytesIO(made("a"))) as parts:
        assert {(item.date_time, item.compress_type) for item in parts.infolist()} == {(workbook.EPOCH, ZIP_STORED)}
        assert b"2026-11-02T02:00:00Z" in parts.read("docProps/core.xml")


@given(st.text(alphabet="abcdefgh iIlmW", max_size=300), st.integers(6, 40))
def test_a_row_is_never_reckoned_lower_than_its_words_need_at_the_narrowest(text, width):
    lines = workbook.lines_in(text, width)
    assert lines >= len(text.replace(" ", "")) * 0.5 // width
    assert lines >= workbook.lines_in(text, width + 5)
    assert workbook.lines_in(f"{text}\n{text}", width) == 2 * lines
