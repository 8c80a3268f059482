"""The page of pictures names exactly the kinds of screens; the pictures themselves are made by `make screenshots`."""

import os
import re
from pathlib import Path

import pytest

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
    """A new kind's picture comes with the next `make screenshots`; CI does not wait for it."""
    there = {path.name for path in FOLDER.glob("*.png")}
    astray = sorted(there ^ set(named()))
    if astray and not os.environ.get("CI"):
        pytest.skip(f"make screenshots has not been run since the kinds were changed: {', '.join(astray)}")
    assert astray == []
