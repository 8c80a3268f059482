"""What people's devices put into names and texts: it is replaced, place by place, and nothing else is touched."""

import json
import random
import sys

import pytest

from bot.cli import invite
from bot.telegram import cleaning

TEXT = "Nota Dinas № 5 · “Résumé” 👨‍👩‍👧 \t\r\nbaris"


def test_what_people_write_stays_as_it_is():
    assert cleaning.text(TEXT) == TEXT


@pytest.mark.parametrize("odd", ["\x00", "\x1b", "\x08", "\x7f", "\x85", "\x9f"])
def test_control_characters_become_blanks(odd):
    assert cleaning.text(f"a{odd}b") == "a b"
    assert cleaning.header(f"a{odd}b") == "a b"


@pytest.mark.parametrize("half", [chr(0xD800), chr(0xDFFF)])
def test_half_a_pair_becomes_the_sign_for_what_cannot_be_shown(half):
    assert cleaning.text(f"a{half}b") == cleaning.header(f"a{half}b") == "a\ufffdb"


def test_a_name_is_one_line():
    assert cleaning.header("a\tb\r\nc") == "a b  c"
    assert cleaning.received({"document": {"file_name": "a\nb"}, "text": "a\nb"}) == {
        "document": {"file_name": "a b"},
        "text": "a\nb",
    }


def test_any_text_keeps_its_length_in_telegrams_units_and_can_be_written_everywhere():
    dice = random.Random(11)
    for _ in range(200):
        odd = "".join(
            chr(dice.choice((dice.randrange(0x200), dice.randrange(0xD000, sys.maxunicode)))) for _ in range(30)
        )
        clean = cleaning.received(json.loads(json.dumps({"text": odd})))["text"]
        assert clean.encode()
        assert "\x00" not in clean
        assert len(clean.encode("utf-16-le")) == len(odd.encode("utf-16-le", "surrogatepass"))


def test_numbers_and_nothing_stay():
    update = {"update_id": 5, "a": [None, True, 1.5, "\x00"]}
    assert cleaning.received(update) == {"update_id": 5, "a": [None, True, 1.5, " "]}


def test_a_name_as_a_terminal_of_another_encoding_gives_it_is_one_that_every_database_takes(monkeypatch):
    asked = []

    async def links(_settings, invitations):
        asked.extend(invitations)
        return []

    monkeypatch.setattr(invite, "links", links)
    monkeypatch.setattr(invite, "read_settings", lambda **_: None)
    invite.invite("admin", name="Ek\udcffo\x1b ", sapaan=None, unit="Biro\x00 SDM")

    assert [(item.name, item.unit) for item in asked] == [("Ek\ufffdo", "Biro  SDM")]
