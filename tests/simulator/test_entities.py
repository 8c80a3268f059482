"""HTML to text with entities, counted in UTF-16 units."""

import pytest

from simulator.entities import find_typed, parse_html, seen, trim
from simulator.errors import BadRequest
from tests.finder import differences, parsed


def entity(kind: str, offset: int, length: int, **extra):
    return {"type": kind, "offset": offset, "length": length, **extra}


TEXTS = [
    ("<b>a</b>", "a", [entity("bold", 0, 1)]),
    ("<B>a</B>", "a", [entity("bold", 0, 1)]),
    ("😀<i>é</i>", "😀é", [entity("italic", 2, 1)]),
    ("<b>a <i>b</i></b>", "a b", [entity("bold", 0, 3), entity("italic", 2, 1)]),
    ("&lt;&amp;&gt;&quot;&#39;&#x41;&nbsp;", "<&>\"'A&nbsp;", []),
    (
        '<a href="https://kemenkeu.go.id/?a=1&amp;b=2">x</a>',
        "x",
        [entity("text_link", 0, 1, url="https://kemenkeu.go.id/?a=1&b=2")],
    ),
    ("<a>x</a>", "x", []),
    ('<a href="tel:+622112345">x</a>', "x", []),
    ("<blockquote>q</blockquote>", "q", [entity("blockquote", 0, 1)]),
    ("<blockquote expandable>q</blockquote>", "q", [entity("expandable_blockquote", 0, 1)]),
    ("<tg-spoiler>q</tg-spoiler>", "q", [entity("spoiler", 0, 1)]),
    ('<span class="tg-spoiler">q</span>', "q", [entity("spoiler", 0, 1)]),
    ('<pre><code class="language-python">x</code></pre>', "x", [entity("pre", 0, 1, language="python")]),
    (
        '<tg-time unix="1700000000" format="wDT">x</tg-time>',
        "x",
        [entity("date_time", 0, 1, unix_time=1_700_000_000, date_time_format="wDT")],
    ),
    ("<b></b>x", "x", []),
    ("a > b & c", "a > b & c", []),
]


@pytest.mark.parametrize(("html", "text", "entities"), TEXTS)
def test_html_becomes_text_and_entities(html, text, entities):
    assert parse_html(html) == (text, entities)


FAULTS = [
    ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
    ("x</b>", "Unexpected end tag at byte offset 1"),
    ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
    ("é<div>x</div>", 'Unsupported start tag "div" at byte offset 2'),
    ("1 < 2", "Unclosed start tag at byte offset 2"),
    ("x</b", "Unclosed end tag at byte offset 1"),
    ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
]


@pytest.mark.parametrize(("html", "words"), FAULTS)
def test_faulty_html_is_refused(html, words):
    with pytest.raises(BadRequest) as caught:
        parse_html(html)
    assert caught.value.description == f"Bad Request: can't parse entities: {words}"


def test_white_space_around_is_cut_and_entities_with_it():
    assert trim("\n x y \n", [entity("bold", 0, 4), entity("italic", 5, 2)]) == ("x y", [entity("bold", 0, 2)])


def test_commands_addresses_and_mentions_are_found_outside_code():
    text = "/start@alur_bot x https://a.id/b, @rina #satu 1/2"

    found = [(each["type"], each["offset"], each["length"]) for each in find_typed(text, [])]

    assert found == [("bot_command", 0, 15), ("url", 18, 14), ("mention", 34, 5), ("hashtag", 40, 5)]
    assert find_typed("/start", [entity("code", 0, 6)]) == [entity("code", 0, 6)]


def test_a_phone_shows_no_word_joiner_and_the_entities_stay_on_their_words():
    text, entities = parse_html("😀 S.\u2060ST <b>M.\u2060SI</b> <i>x</i>")
    assert seen(text, entities) == ("😀 S.ST M.SI x", [entity("bold", 8, 4), entity("italic", 13, 1)])


@pytest.mark.parametrize("html", [case[0] for case in TEXTS])
def test_telegrams_own_parser_sees_the_same(html):
    assert not differences(html)


@pytest.mark.parametrize("html", [case[0] for case in FAULTS])
def test_telegrams_own_parser_refuses_the_same(html):
    with pytest.raises(ValueError, match=r"parse entities|tag"):
        parsed(html)
