"""The house keeps its own rules: imports go one way, every setting is explained, nothing is packaged by accident."""

import importlib
import re
import subprocess
import sys
import tomllib
from functools import cached_property
from pathlib import Path

import pytest

from alur.services.cases.announce import Announcer
from alur.workflow.engine.acts import RULES
from alur.workflow.events import Event
from alur.workflow.model import Value
from bot.settings import Settings
from tests.probes import templates

ROOT = Path(__file__).parent.parent
ROOMS = ("alur", "bot", "handlers", "jobs", "simulator")


def test_imports_go_one_way():
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_setting_is_explained_in_the_example_and_nothing_else_is():
    explained = set(re.findall(r"^(ALUR_[A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert explained == {f"ALUR_{name.upper()}" for name in Settings.model_fields}


def test_the_example_is_a_valid_beginning():
    settings = Settings(_env_file=ROOT / ".env.example")
    assert settings.api_url == "https://api.telegram.org"
    assert settings.undo_seconds == 20


def test_every_room_is_packaged():
    packaged = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]["find"]["include"]
    assert {pattern.removesuffix("*") for pattern in packaged} == {*ROOMS, "sops", "templates"}


@pytest.mark.parametrize("room", ROOMS)
def test_every_module_says_what_lives_there(room):
    silent = [
        str(path.relative_to(ROOT))
        for path in (ROOT / room).rglob("*.py")
        if path.stat().st_size and not path.read_text().lstrip().startswith('"""')
    ]
    assert silent == []


BESIDE_THE_DOOR = {
    "database.py",  # what a connection is set to, and how its transaction begins
    "dumps.py",  # copies of the whole database
    "guards.py",  # triggers, in the transaction of a migration
    "lead.py",  # the lock of the leader's own session
    "postgresql.py",  # what a connection is set to
    "server.py",  # what a server is asked before anything is begun
    "ready.py",  # the door's way to the driver
    "statements.py",  # the door
}


def found_in(room, pattern):
    """The modules in which it stands, each as often as it does."""
    return [
        str(path.relative_to(ROOT / room))
        for path in sorted((ROOT / room).rglob("*.py"))
        if "migrations" not in path.parts
        for _ in re.findall(pattern, path.read_text())
    ]


def test_a_statement_runs_in_one_place():
    runs = r"\.(?:execute|exec|exec_driver_sql|scalars?|add|merge|flush)\((?!\))"
    asked = r"(?:session|connection|cursor|copy)(?:\(\))?" + runs
    assert set(found_in("alur/storage", asked)) == BESIDE_THE_DOOR
    for room in ("alur/services", "alur/views", "alur/workflow", "handlers", "jobs"):
        assert found_in(room, asked) == []


def test_a_case_and_the_office_are_each_read_in_one_place():
    assert found_in("alur", r"\bCase\.model_validate") == ["storage/cases.py"]
    assert found_in("alur/services", r"\bOffice\(") == ["work.py"]
    assert found_in("alur/services", r"\bappointments\.with_unlinked\(") == ["work.py"]


def test_every_event_has_an_audience():
    """`Announcer.post` ends in assert_never, which mypy checks; here the names are held against each other."""
    source = Path(sys.modules[Announcer.__module__].__file__).read_text()
    kinds = [kind.__name__ for kind in Event.__origin__.__args__]
    assert kinds
    assert [name for name in kinds if f"{name}(" not in source] == []


def test_every_act_that_a_button_begins_says_with_which_text_it_is_answered():
    begun = [rule for rule in RULES if rule.name]
    assert [rule.name for rule in begun if rule.answer not in templates("answers")] == []
    assert len({rule.name for rule in begun}) == len(begun)


def test_no_text_for_people_stands_in_the_code():
    """Indonesian words that belong into templates: a few that every message would use."""
    words = re.compile(r"\b(Mohon|Terima kasih|Yth\.|Bapak/Ibu|Silakan)\b")
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for room in ("alur", "handlers", "jobs", "bot/telegram")
        for path in (ROOT / room).rglob("*.py")
        for match in words.finditer(re.sub(r'"""(?:.|\n)*?"""|#.*', "", path.read_text()))
    ]
    assert found == []


def test_no_value_remembers_what_it_was_asked():
    """Pydantic's `model_copy` takes a cached property's answer along: the copy would tell of the value before it
    (findings/a-copy-keeps-an-old-answer.sh).
    """
    for module in sorted((ROOT / "alur").rglob("*.py")):
        if "migrations" not in module.parts and module.name != "__main__.py":
            importlib.import_module(".".join(module.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    kinds = list(_below(Value))
    assert len(kinds) > 100
    remembering = [kind for kind in kinds if any(isinstance(item, cached_property) for item in vars(kind).values())]
    assert remembering == []


def _below(kind):
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)
