"""The single words: one file, whose faults are found before anybody reads them."""

import re
import shutil
from pathlib import Path

import pytest
from pydantic import ValidationError
from ruamel.yaml.constructor import DuplicateKeyError

from alur.services.people.menus import EVERY
from alur.views.menu import STRANGERS
from alur.views.vocabulary import FILE, tables
from alur.workflow.agenda import TOPICS
from alur.workflow.case import Attendance, Outcome
from alur.workflow.letter_days import LetterOddity
from alur.workflow.meeting_days import Oddity
from alur.workflow.office.conflicts import ConflictKind
from alur.workflow.people import AppointmentKind, Stage
from alur.workflow.sop import TaskKind
from tests.filling import FORMS

ROOT = Path(__file__).parents[2]
WORDS = tables(ROOT / "templates")
CODE = "".join(path.read_text() for room in ("alur", "bot", "handlers") for path in (ROOT / room).rglob("*.py"))
TEMPLATES = "".join(path.read_text() for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".txt"))


def read(folder, text):
    (folder / FILE).write_text(text)
    return tables(folder)


@pytest.mark.parametrize(
    "text",
    ['labels:\n  ask: "Tanya"\n  ask: "Jawab"\n', 'labels:\n  ask: "Tanya"\nlabels:\n  answer: "Jawab"\n'],
    ids=["key", "table"],
)
def test_a_key_that_stands_twice_is_refused_with_its_line(tmp_path, text):
    with pytest.raises(DuplicateKeyError, match=rf'{FILE}", line \d'):
        read(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        'labels:\n  ask: ""\n',
        "labels:\n  ask:\n",
        'labels:\n  ask: "Tanya "\n',
        "labels:\n  ask: 7\n",
        "labels:\n  ask: true\n",
        "labels:\n  7: Tanya\n",
        "labels:\n  ask: [Tanya]\n",
        "labels: Tanya\n",
        "- Tanya\n",
        "",
    ],
)
def test_what_is_no_table_of_text_to_text_is_refused(tmp_path, text):
    with pytest.raises(ValidationError):
        read(tmp_path, text)


def test_words_that_were_truths_once_are_words(tmp_path):
    assert read(tmp_path, "labels:\n  no: Tidak\n  yes: Ya\n  on: Pada\n") == {
        "labels": {"no": "Tidak", "yes": "Ya", "on": "Pada"}
    }


def test_the_file_that_is_shipped_is_packaged(tmp_path):
    """The folder's data is named by pattern in `pyproject.toml`; a file of another kind would stay behind."""
    patterns = re.search(r"^templates = \[(.*)\]$", (ROOT / "pyproject.toml").read_text(), re.MULTILINE)[1]
    packaged = {path for pattern in re.findall('"(.*?)"', patterns) for path in (ROOT / "templates").glob(pattern)}
    assert packaged == {path for path in (ROOT / "templates").rglob("*") if path.is_file()}
    shutil.copy(ROOT / "templates" / FILE, tmp_path)
    assert tables(tmp_path) == WORDS


@pytest.mark.parametrize(
    ("table", "kinds"),
    [
        ("commands", {*EVERY, *STRANGERS}),
        ("acting", set(AppointmentKind) - {AppointmentKind.DEFINITIVE}),
        ("attendances", set(Attendance)),
        ("outcomes", set(Outcome)),
        ("asked", set(TaskKind)),
        ("forms", FORMS),
        ("topics", set(TOPICS)),
        ("stages", set(Stage)),
        ("kinds", set(AppointmentKind)),
        ("conflicts", set(ConflictKind)),
        ("oddities", set(Oddity)),
        ("letter_oddities", set(LetterOddity)),
    ],
)
def test_every_kind_has_its_word_and_no_other_has(table, kinds):
    assert set(WORDS[table]) == {str(kind) for kind in kinds}


def test_nobody_keeps_a_word_that_nobody_uses():
    assert [table for table in WORDS if not is_read(table)] == []
    assert {
        table: unused for table, words in WORDS.items() if (unused := [key for key in words if not is_named(key)])
    } == {}


def is_read(table):
    by_views = rf"""vocabulary\(["']{table}["']\)"""
    return re.search(by_views, CODE) or re.search(rf"\b{table}[.\[(]", TEMPLATES)


def is_named(key):
    """By the code, or by a template; "kind.field" by the kind of form and the field's name."""
    kind, dot, field = key.rpartition(".")
    if dot and kind not in FORMS:
        return False
    return f'"{field}"' in CODE or re.search(rf"""\w\.{field}\b|["']{field}["']""", TEMPLATES)
