"""The glossary holds the house's words, and only such as the code has."""

import ast
import importlib
import pkgutil
import re
from collections import Counter
from pathlib import Path
from typing import get_args

import alur.workflow
from alur.workflow.events import Event
from alur.workflow.model import Value
from alur.workflow.office.decide import OfficeAct
from alur.workflow.office.events import Event as OfficeEvent

ROOT = Path(__file__).parent.parent
ROOMS = ("alur", "bot", "handlers", "jobs")
# Acts of a case share `Act`; the others are known by the unions that name them all.
ACTS_AND_EVENTS = {*get_args(OfficeAct), *get_args(get_args(OfficeEvent)[0]), *get_args(get_args(Event)[0])}

# Values that need no word of their own, by name, each with the reason.
UNLISTED = {"OlderButton": "how rows of earlier builds kept a press; nothing of the house is made of it"}


def rows():
    """What stands in the first column, row by row."""
    text = (ROOT / "docs/glossary.md").read_text()
    cells = re.findall(r"^\| ([^|]+) \| [^|]+ \| [^|]+ \|$", text, re.MULTILINE)
    return [cell.split(", ") for cell in cells if cell != "in code"]


WORDS = [word for row in rows() for word in row]


def names(path):
    """What a module is called, and what it calls its things."""
    yield path.stem
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
                yield name


def values():
    for module in pkgutil.walk_packages(alur.workflow.__path__, "alur.workflow."):
        for found in vars(importlib.import_module(module.name)).values():
            is_value = isinstance(found, type) and issubclass(found, Value) and found is not Value
            if is_value and found.__module__ == module.name and not found.__name__.startswith("_"):
                yield found


def test_every_word_of_the_glossary_is_one_of_the_code():
    """A table or a module may name many of its thing."""
    known = {name for room in ROOMS for path in (ROOT / room).rglob("*.py") for name in names(path)}
    known |= {name.removesuffix("s").title() for name in known}
    assert WORDS
    assert [word for word in WORDS if word not in known] == []


def test_every_word_has_one_row():
    assert [word for word, count in Counter(WORDS).items() if count > 1] == []


def test_every_value_of_the_rules_has_its_word():
    """Acts and events are a family each, and need but the family's word."""
    found = [value for value in values() if value not in ACTS_AND_EVENTS]
    assert found
    missing = {
        f"{value.__module__}.{value.__name__}"
        for value in found
        if not {kind.__name__ for kind in value.__mro__} & {*WORDS, *UNLISTED}
    }
    assert missing == set()


def test_nothing_is_excused_that_has_its_word():
    assert set(UNLISTED) & set(WORDS) == set()
    assert set(UNLISTED) <= {value.__name__ for value in values()}
