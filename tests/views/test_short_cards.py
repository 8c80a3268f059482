"""An official reads a card in ten seconds: no open card has more than 70 words of its own, nor more than six buttons."""

import re

import pytest

from alur.views import cards
from alur.views.in_chat import InChat
from simulator import entities
from tests.factories import a_reader, an_office
from tests.views.gallery import EVERYBODY, Gallery

MOST_WORDS, MOST_BUTTONS = 70, 6
QUOTED = re.compile(r"<blockquote.*?</blockquote>|“[^”]*”", re.DOTALL)
GALLERY = Gallery(
    office=an_office(), words="Sesuai."
)  # what people write is not the card's own, and here one word each


def own_words(html):
    """As a reader sees them, without what the card quotes of people's own. What is said after an outage stands above the card
    for a while, and is not counted either.
    """
    return len(entities.parse_html(QUOTED.sub("", html))[0].split())


def posts(walk, task, reader):
    """The card as it comes with its files, below them, and with what stands behind *Lainnya*."""
    first = cards.card(walk.s, case_id=7, task=task.id, reader=reader)
    there = InChat(sent={(item.file.sha256, item.file.name): [1] for item in first.files})
    yield first
    for is_unfolded in (False, True):
        yield cards.card(walk.s, case_id=7, task=task.id, reader=reader, in_chat=there, is_unfolded=is_unfolded)


@pytest.mark.parametrize("states", [GALLERY.states, GALLERY.memos], ids=["ip-asn", "nota-dinas"])
def test_every_open_card_is_read_in_ten_seconds(states):
    """The longest is a meeting's whose invitation was replaced: 70."""
    long = []
    for name, walk in states():
        for task in walk.case.open_tasks:
            for member in EVERYBODY:
                for post in posts(walk, task, a_reader(member, GALLERY.office)):
                    words, buttons = own_words(post.screen.text), sum(map(len, post.screen.buttons))
                    if words > MOST_WORDS or buttons > MOST_BUTTONS:
                        long.append((words, buttons, name, member, post.screen.text))
    assert not long, max(long)
