"""What a rehearsal takes of its user's settings, and what it says that it sets aside."""

import shutil
from pathlib import Path

import pytest

from bot.rehearsal import own_settings
from bot.rehearsal.own_settings import SettingUnusable
from bot.settings import Settings, read_settings


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A working directory without settings; `rehearsal` is a folder in it."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"ALUR_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rehearsal").mkdir()
    return tmp_path


def test_nothing_is_said_of_settings_as_they_come(here):
    shutil.copy(Path(__file__).parents[2] / ".env.example", here / ".env")

    own_settings.begin(here / "rehearsal")

    assert list(own_settings.told(here / "rehearsal")) == []
    assert list(own_settings.told_of_script()) == []
    assert own_settings.of(here / "rehearsal").sop_dir is None


def test_a_folder_of_procedures_is_taken_by_its_whole_path_and_read_by_the_bot_of_the_rehearsal(here, monkeypatch):
    (here / "sops").mkdir()
    (here / ".env").write_text("ALUR_SOP_DIR=sops\nALUR_TIMEZONE=Asia/Jayapura\n")
    own_settings.begin(here / "rehearsal")

    monkeypatch.chdir(here / "rehearsal")
    read, own = read_settings(), own_settings.of(here / "rehearsal")

    assert read.sop_dir == own.sop_dir == here / "sops"
    assert read.timezone == own.zone_name == "Asia/Jayapura"


def test_every_setting_is_taken_or_said_to_be_set_aside_with_a_reason_and_without_its_value(here, monkeypatch):
    names = [f"ALUR_{name.upper()}" for name in Settings.model_fields]
    (here / "sops").mkdir()
    for name in names:
        monkeypatch.setenv(name, {"ALUR_SOP_DIR": "sops", "ALUR_TIMEZONE": "Asia/Makassar"}.get(name, "geheim"))
    own_settings.begin(here / "rehearsal")

    taken, aside = own_settings.told(here / "rehearsal")
    (script,) = own_settings.told_of_script()

    assert [name for name in names if (name in taken) == (name in aside)] == []
    assert [name for name in names if name not in script] == []
    assert "without --play they count" in script
    assert "geheim" not in taken + aside + script


def test_a_rehearsal_that_goes_on_keeps_what_it_was_begun_with_and_says_so(here, monkeypatch):
    own_settings.begin(here / "rehearsal")
    (here / "sops").mkdir()
    monkeypatch.setenv("ALUR_SOP_DIR", "sops")

    (said,) = own_settings.told(here / "rehearsal")

    assert said.startswith("Set aside: ALUR_SOP_DIR (this rehearsal was begun without")
    assert own_settings.of(here / "rehearsal").sop_dir is None


@pytest.mark.parametrize(("name", "value"), [("ALUR_SOP_DIR", "nowhere"), ("ALUR_TIMEZONE", "Asia/Nowhere")])
def test_what_cannot_be_taken_is_named_and_nothing_is_written(here, monkeypatch, name, value):
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingUnusable, match=name):
        own_settings.begin(here / "rehearsal")

    assert list((here / "rehearsal").iterdir()) == []
