"""No text of ours holds a link, a command or a mention that nobody meant, whatever people and things are called."""

import re

import pytest

from alur.views.environment import environment
from alur.views.joiners import JOINER
from tests.finder import COMMANDS, differences, found, unmeant
from tests.once import once
from tests.views.managing import CODE
from tests.views.texts import Words, everything

PARTS = {
    "pieces.html",
    "history.html",
    "cards/base.html",
    "asks_again.html",
    "invitation_over.html",
    "vocabulary.yaml",
}  # of other templates


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    return once(tmp_path_factory, "every_text", everything)


def test_every_template_is_looked_at(texts):
    words = {name for name in environment().list_templates() if not name.startswith("print/")}
    assert {name for name, _, _ in texts} == words - PARTS


def test_what_is_given_would_be_links_without_us():
    words = Words()
    for given in (words.title, words.unit, words.other_unit, words.order, words.file, words.number, words.place):
        assert found(given) or found(f"Budi{given}")
    assert len(found(words.text)) == 8


def test_telegram_finds_nothing_that_was_not_meant(texts):
    """But for the one link that is meant: an invitation's."""
    links = {name: unmeant(text) for name, text, is_html in texts if is_html and CODE in text}
    assert set(links) == {"notices/invitation_link.html"}
    others = [text for _, text, is_html in texts if is_html and CODE not in text]
    assert {text: found for text in others if (found := unmeant(text))} == {}


def test_the_simulator_reads_every_text_as_telegram_does(texts):
    assert {text: found for _, text, is_html in texts if is_html and (found := differences(text))} == {}


def test_commands_of_ours_stay_commands(texts):
    """Also where an alert's words are told in a message; none stands in an expression of a template."""
    said = {name for name, text, is_html in texts if is_html and "/tugas" in text}
    assert not [text for _, text, _ in texts for command in COMMANDS if command.replace("/", f"/{JOINER}") in text]
    assert {"notices/not_understood.html", "notices/refused.html", "refusals/NotYours.txt"} <= said


def test_plain_texts_and_what_is_copied_hold_nothing_invisible(texts):
    """Alerts, and what stands as code."""
    for _, text, is_html in texts:
        assert not any(JOINER in words for words in (re.findall("<code>(.*?)</code>", text) if is_html else [text]))
