"""What is set with Typst is the same bytes everywhere, and no text that somebody typed is markup or stops it."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from alur.views import typeset

AT = datetime(2026, 12, 1, 9, tzinfo=UTC)
NAME = f"echo-of-test-{os.getpid()}.typ"  # several processes test at once
ECHO = (
    '#import "page.typ": data, paper\n#show: paper.with(title: data.title)\n#data.text\n#metadata(data.text) <said>\n'
)


@pytest.fixture(scope="module", autouse=True)
def echo():
    """A template that says what it is given."""
    path = typeset.FOLDER / NAME
    path.write_text(ECHO)
    yield path.name
    path.unlink()


def said(text):
    """What the template was given, as Typst knows it."""
    given = {"sys_inputs": {"data": typeset.written({"title": "x", "text": text})}}
    template = typeset.FOLDER / NAME
    about = {"root": typeset.FOLDER, "ignore_system_fonts": True, "font_paths": [typeset.FONTS]}
    return json.loads(typst.query(template, "<said>", field="value", one=True, **about, **given))


def made(text, at=AT):
    return typeset.pdf(NAME, {"title": "Judul", "text": text}, at=at)


def test_several_may_ask_at_once():
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: made("Isi " * 400), range(24)))) == 1


def test_the_same_data_are_the_same_bytes_in_another_process(echo):
    program = (
        "import sys; from datetime import UTC, datetime; from alur.views import typeset;"
        f"sys.stdout.buffer.write(typeset.pdf({echo!r}, {{'title': 'Judul', 'text': 'Isi'}},"
        " at=datetime(2026, 12, 1, 9, tzinfo=UTC)))"
    )
    other = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, env=os.environ | {"TZ": "Asia/Jayapura"}
    )

    assert made("Isi").startswith(b"%PDF-")
    assert made("Isi") == made("Isi") == other.stdout
    assert made("Isi") != made("Isu")


def test_it_may_be_made_at_any_moment_of_any_zone():
    local = AT.astimezone(ZoneInfo("Asia/Jakarta"))

    assert made("Isi", at=local) == made("Isi", at=local.replace(microsecond=123_456)) == made("Isi")


@given(st.text(max_size=200))
def test_whatever_people_type_can_be_set(text):
    assert made(text).startswith(b"%PDF-")


@pytest.mark.parametrize("text", ["<&#[\\", "#panic()", "$x$ *a* _b_ `c` @d", 'a "b" \\u{41} // c', "Zoë \u2013 é"])
def test_signs_of_markup_are_only_signs(text):
    assert said(text) == text


def test_the_fonts_have_all_that_is_not_asked_about():
    usual = {point for point in range(0x110000) if not typeset.UNUSUAL.match(chr(point))} - {ord("\n")}

    assert usual <= typeset.known()


def test_what_the_fonts_do_not_have_is_a_box_and_a_long_word_can_be_divided():
    assert typeset.settable("a 漢\x00 b") == "a \u25a1\u25a1 b"
    assert typeset.settable({"x": ["y" * 50, 3]}) == {"x": ["y" * 24 + "\u00ad" + "y" * 24 + "\u00ad" + "yy", 3]}
    assert typeset.settable("two\nlines") == "two\nlines"
