"""Names stay names: judged by Telegram's own finder."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alur.views import limits
from alur.views.environment import render
from alur.views.joiners import JOINER, bare, bared, guarded
from tests.finder import found, found_in

LINKS = [
    "Budi Santoso, S.ST., M.SI",
    "Sari, S.KM",
    "Ahmad, S.AG, Lc.MA",
    "Rina, S.TR, S.PT, M.TR",
    "H.M.SI",
    "data.xls.id",
    "notula.co",
    "arsip.zip",
    "12 /OT.03/SDL/2026",
    "(/OT)",
    "B-12 @sekjen",
    "rapat #koordinasi",
    "10 $USD",
    "4111 1111 1111 1111",
    "198012312005011009",
    "peladen 10.1.1.1",
    "menit 12:30",
    "t.me/abc",
    "tg://resolve?domain=abc",
    "ftp://data.id",
    "Budi@S.ST",
    "дом.рф",
]


@pytest.mark.parametrize("text", LINKS)
def test_what_telegram_would_make_a_link_of_stays_plain_and_reads_the_same(text):
    assert found(text)
    assert found(guarded(text)) == []
    assert bare(guarded(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "Ir. Dewi Lestari, M.Si., Ph.D",
        "laporan.docx",
        "Data.XLSX",
        "682.K/OT.02/DJL.1/2022",
        "pukul 09.30 WIB",
        "1.240",
    ],
)
def test_what_telegram_leaves_alone_is_left_alone(text):
    assert found(text) == []
    assert guarded(text) == text


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://us02web.zoom.us/j/823?pwd=aB.c1", "https://us02web.zoom.us/j/823?pwd=aB.c1"),
        ("Daring (https://meet.google.com/abc-defg-hij).", "https://meet.google.com/abc-defg-hij"),
        ("mohon ke budi.s@esdm.go.id, terima kasih", "budi.s@esdm.go.id"),
    ],
)
def test_an_address_that_is_written_out_stays_a_link_and_can_be_copied(text, link):
    assert guarded(text) == text
    assert [words for _, words in found(text)] == [link]


WORDS = [
    "S",
    "ST",
    "M",
    "SI",
    "Si",
    "Lc",
    "MA",
    "id",
    "co",
    "xls",
    "pdf",
    "go",
    "OT",
    "03",
    "2026",
    "USD",
    "https",
    "www",
]
WORDS += ["198012312005011009", "budi", "zoom", "us", "é", "рф", "1", "_", "xn--p1ai", "t", "me", "K", "bot", "tonsite"]
SIGNS = [*"./@#$:-, ?&=%~+()[]\"'“”·!;_*<>\n", "://", " /", " @"]


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.sampled_from([*WORDS, *SIGNS]), max_size=14).map("".join))
def test_of_no_name_title_number_or_file_a_link_is_made(text):
    """Unless an address is written out; and without the joiners it is what was written."""
    told = guarded(text)
    assert bare(told) == text
    assert guarded(told) == told
    for kind, words in found(told):
        assert kind in ("url", "email")
        assert words in text
        assert "@" in words or words.lower().startswith("http")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*WORDS, *SIGNS]), max_size=10).map("".join))
def test_in_a_message_and_in_a_quote_nothing_is_found_either(text):
    html = render("cards/folded.html", {"step": _Step(text), "total": 12, "case": _Case(text)})
    assert all(kind in ("url", "email") for kind, _ in found_in(html))


class _Step:
    number = 1

    def __init__(self, title):
        self.title = title


class _Case:
    def __init__(self, code):
        self.code = code


@pytest.mark.parametrize("limit", [*range(40, 200), limits.CAPTION, limits.MESSAGE])
def test_with_joiners_a_text_fits_and_where_it_is_cut_no_link_begins(limit):
    title = "Rina, S.ST., M.SI /OT @sekjen #rapat 4111111111111111 " * 99
    html = render("caption.html", {"title": title, "number": None}, limit=limit)
    assert JOINER in html
    assert limits.length(html) <= limit
    assert found_in(html) == []


def test_what_is_copied_from_a_message_comes_back_without_joiners():
    told = guarded("12 /OT.03, S.ST")
    assert JOINER in told
    update = {"message": {"text": told, "entities": [{"offset": 0}], "reply_to_message": {"caption": told}}}
    plain = {"message": {"text": "12 /OT.03, S.ST", "entities": [{"offset": 0}]}}
    plain["message"]["reply_to_message"] = {"caption": "12 /OT.03, S.ST"}
    assert bared(update) == plain
