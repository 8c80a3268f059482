"""What is wrong with the settings: all of it at once, by name, whichever way it was written."""

import os

import pytest

from bot.settings import SettingsInvalid, read_settings

GOOD_SECRET = "a-secret_of-16-c"


@pytest.fixture(autouse=True)
def _nothing_is_set(tmp_path, monkeypatch):
    """An empty working directory, and an environment without settings."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("ALUR_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def written(tmp_path):
    def write(text, encoding="utf-8"):
        (tmp_path / ".env").write_text(text, encoding=encoding)

    return write


def faults(**given):
    with pytest.raises(SettingsInvalid) as refused:
        read_settings(**given)
    return refused.value.faults


def names(**given):
    return [fault.partition(":")[0] for fault in faults(**given)]


def test_all_that_webhooks_need_is_asked_for_at_once():
    assert names(webhook_url="http://alur.id/hook") == [
        "ALUR_WEBHOOK_URL",
        "ALUR_WEBHOOK_LISTEN",
        "ALUR_WEBHOOK_SECRET",
    ]


def test_a_fault_of_one_field_hides_none_between_several_and_is_told_once():
    found = names(
        needs_token=True,
        undo_seconds="soon",
        webhook_url="https://alur.id/hook",
        webhook_listen="somewhere",
        clock_url="http://127.0.0.1:1/now",
    )
    assert sorted(found) == [
        "ALUR_BOT_TOKEN",
        "ALUR_CLOCK_URL",
        "ALUR_UNDO_SECONDS",
        "ALUR_WEBHOOK_LISTEN",
        "ALUR_WEBHOOK_SECRET",
    ]


def test_what_is_wrong_in_itself_gives_no_reason_for_another_fault():
    hook = {"webhook_listen": "127.0.0.1:8443", "webhook_secret": GOOD_SECRET}
    assert names(api_url="ftp://nowhere", webhook_url="http://127.0.0.1/hook", **hook) == ["ALUR_API_URL"]


@pytest.mark.parametrize("secret", ["abc", "fifteen-letters", "a secret of sixteen", "é" * 16, "a" * 257])
def test_a_secret_that_is_short_or_unfit_for_telegram_is_refused_and_not_printed(secret):
    (fault,) = faults(webhook_secret=secret)
    assert fault == "ALUR_WEBHOOK_SECRET: must be 16 to 256 of the characters A-Z, a-z, 0-9, _ and -"


@pytest.mark.parametrize("secret", ["", GOOD_SECRET, "a" * 256])
def test_a_secret_of_sixteen_characters_is_taken_and_none_is_asked_for_without_webhooks(secret):
    assert read_settings(webhook_secret=secret).webhook_secret.get_secret_value() == secret


@pytest.mark.parametrize("address", ["alur.id/hook", "https://", "ftp://alur.id", "https://alur .id/", "https://[1"])
def test_a_webhook_needs_an_address(address):
    assert names(webhook_url=address, webhook_listen="127.0.0.1:8443", webhook_secret=GOOD_SECRET) == [
        "ALUR_WEBHOOK_URL"
    ]


@pytest.mark.parametrize(
    ("encoding", "place"), [("latin-1", ".env, line 2"), ("utf-16", ".env, line 1"), ("utf-16-le", ".env")]
)
def test_a_file_in_another_encoding_is_one_sentence(written, encoding, place):
    written(
        "ALUR_TIMEZONE=Asia/Jakarta\n# Catatan untuk André\n".replace("é", "e" if "16" in encoding else "é"), encoding
    )
    (fault,) = faults()
    assert fault.startswith(f"{place}: is not UTF-8 text")


def test_a_byte_order_mark_hides_no_setting(written):
    written("ALUR_TIMEZONE=Asia/Makassar\n", "utf-8-sig")
    assert read_settings().timezone == "Asia/Makassar"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("ALUR_HOLIDAY_FILE", "ALUR_HOLIDAYS_FILE"),
        ("ALUR_TIMEZON", "ALUR_TIMEZONE"),
        ("ALUR_TOKEN", "ALUR_BOT_TOKEN"),
        ("alur_sops_dir", "ALUR_SOP_DIR"),
        ("ALURTIMEZONE", "ALUR_TIMEZONE"),
    ],
)
def test_a_mistyped_name_is_named_with_the_one_that_is_meant(written, monkeypatch, name, meant):
    written(f"# ours\n\n{name}=x\n")
    assert faults() == [f".env, line 3: there is no setting {name}; meant is perhaps {meant}"]
    written("")
    monkeypatch.setenv(name, "x")
    assert faults() == [f"the environment: there is no setting {name}; meant is perhaps {meant}"]


def test_mistyped_names_stand_beside_all_other_faults(written):
    written(
        "ALUR_TIMEZON=Asia/Jakarta\nALUR_QUITE_UNKNOWN=1\nALUR_BOT_TOKEN: 1:a\nALUR_DATA_DIR\nALUR_UNDO_SECONDS=z\n"
    )
    assert names(needs_token=True) == [
        ".env, line 1",
        ".env, line 2",
        ".env, line 3",
        ".env, line 4",
        "ALUR_UNDO_SECONDS",
        "ALUR_BOT_TOKEN",
    ]


def test_names_of_others_are_left_alone(written, monkeypatch):
    written("POSTGRES_PASSWORD=x\nCOMPOSE\n'quoted'=1\nalur_timezone=Asia/Jayapura\n")
    for name in ("ALUR_PORT_80_TCP", "ALUR_SERVICE_HOST", "ALUR_TEST_POSTGRES", "ALUR_SHARED", "ALUR_CHAOS_SEED"):
        monkeypatch.setenv(name, "x")
    assert read_settings().timezone == "Asia/Jayapura"
