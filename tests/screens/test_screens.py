"""The page of pictures names exactly the kinds of screens; the pictures themselves are made by `make screenshots`."""

import re
from pathlib import Path
from types import SimpleNamespace

from bot.rehearsal.expectations import Expectations
from tests.screens.__main__ import faults_of
from tests.screens.contents import TOGETHER, contents
from tests.screens.kinds import KINDS

FOLDER = Path(__file__).parents[2] / "docs" / "screens"


def named():
    return re.findall(r"!\[.*\]\((.+)\)", (FOLDER / "README.md").read_text(encoding="utf-8"))


def test_the_page_names_every_kind_once_and_in_order():
    assert named() == [TOGETHER, *(kind.file for kind in KINDS)]
    assert len(set(named())) == len(named())


def test_the_page_is_as_it_would_be_written_anew():
    assert (FOLDER / "README.md").read_text(encoding="utf-8") == contents()


def test_each_kind_is_told_in_one_sentence():
    assert [kind.name for kind in KINDS if not kind.about.endswith((".", "…")) or "\n" in kind.about] == []


def test_the_folder_holds_the_pictures_that_the_page_names_and_no_others():
    """A new kind's picture comes with the next `make screenshots`."""
    assert {path.name for path in FOLDER.glob("*.png")} == set(named())


def test_what_fails_in_the_play_is_not_seen_or_covers_a_picture_is_named():
    expect = Expectations(part="Step 6")
    expect.check("the card is there", held=False, seen="nothing")
    people = SimpleNamespace(expect=expect, ending=None)
    photographer = SimpleNamespace(troubles=["review: toasts lie over it"], missing=[KINDS[0]])
    named = "\n".join(faults_of(people, photographer, ["404"]))
    for words in ("Step 6: the card is there; seen: nothing", "its end", "toasts", KINDS[0].name, "404"):
        assert words in named


def test_nothing_is_named_where_all_held():
    people = SimpleNamespace(expect=Expectations(), ending="The case is archived")
    assert list(faults_of(people, SimpleNamespace(troubles=[], missing=[]), [])) == []
