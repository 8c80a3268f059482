"""`alur` as people type it: one clear sentence for what is wrong, no traceback, no secret."""

import asyncio
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

import pytest
from sqlalchemy import text

from alur.evidence.note import Signer
from alur.services.evidence import checkpoints
from alur.services.work import Work
from alur.storage import key_file, outbox
from alur.storage.database import Database
from alur.storage.migrations import is_current
from tests import forked, probes
from tests.e2e.desk import MONDAY, TOKEN
from tests.pooler import pooling
from tests.unguarded import unguarded

ROOT = Path(__file__).parents[2]


def ended(folder, *arguments, **settings):
    """Status, output and errors of the command in an empty folder, with these settings and no others."""
    given = {f"ALUR_{name.upper()}": str(value) for name, value in settings.items()}
    status, out, error = forked.said(*arguments, folder=folder, settings=given)
    assert "Traceback" not in error, error
    return status, out, error


@pytest.fixture
def alur(tmp_path):
    async def run(*arguments, **settings):
        return await asyncio.to_thread(ended, tmp_path, *arguments, **settings)

    return run


WRONG = {
    "bot_token": "123456:very-secret",
    "api_url": "ftp://nowhere",
    "timezone": "Mars/Olympus",
    "undo_seconds": "soon",
    "database_url": "mysql://user:hidden-password@host/db",
    "sop_dir": "/does/not/exist",
    "log_level": "LOUD",
}
MEMO = ROOT / "tests" / "sops" / "nota-dinas.yaml"
GOOD_SOP = ROOT / "sops" / "ip-asn.yaml"


COMMANDS = {
    "invite": (("invite", "camat", "--name", "Budi"), {"bot_token": TOKEN}),
    "check wrong": (("check",), WRONG),
    "check nothing": (("check",), {}),
    "sop good": (("sop", "check", str(GOOD_SOP)), {}),
    "sop board": (("sop", "board", str(GOOD_SOP)), {}),
    "sop board pdf": (("sop", "board", str(MEMO), "--to", "papan.pdf"), {}),
    "sop board gif": (("sop", "board", str(GOOD_SOP), "--to", "papan.gif"), {}),
    "sop board away": (("sop", "board", str(GOOD_SOP), "--to", "nowhere/papan.png"), {}),
    "sop broken": (("sop", "check", "broken.yaml"), {}),
    "due": (("calendar", "due", "2026-12-23 10:00", "1"), {}),
    "due besok": (("calendar", "due", "besok", "1"), {}),
    "year 2028": (("calendar", "year", "2028"), {}),
    "year doubtful": (("calendar", "year", "2026"), {"holidays_file": "libur.yaml"}),
    "due into 2028": (("calendar", "due", "2027-12-30 10:00", "3"), {}),
    "due beyond": (("calendar", "due", "9999-12-30 10:00", "3"), {}),
    "memory": (("migrate",), {"database_url": "sqlite:///:memory:"}),
    "hosts": (("audit", "verify"), {"database_url": "postgresql://alur:hidden-password@one:1,two:2/db"}),
    "away": (("backup", "x.tar.gz"), {"database_url": "postgresql://alur:hidden-password@127.0.0.1:1/db"}),
    "usage": (("calendar", "due"), {}),
    "version": (("--version",), {"timezone": "Mars/Olympus"}),
    "verify nothing": (("audit", "verify"), {"data_dir": "nowhere"}),
    "verify empty": (("audit", "verify", "ip-asn-2026"), {"database_url": "sqlite:///empty.sqlite3"}),
    "backup nothing": (("backup", "office.tar.gz"), {"data_dir": "nowhere-else"}),
    "members nothing": (("members",), {"data_dir": "nowhere-at-all"}),
    "env": (("sop", "check", str(GOOD_SOP)), {"timezon": "Asia/Jakarta"}),
    "env year": (("calendar", "year", "2026"), {"timezon": "Asia/Jakarta"}),
}


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """What the commands say that need neither Telegram nor a case."""
    folder = tmp_path_factory.mktemp("commands")
    broken = GOOD_SOP.read_text().replace("returns_to: 5", "returns_to: 11").replace("needs: [undangan,", "needs: [x,")
    (folder / "broken.yaml").write_text(broken)
    (folder / "libur.yaml").write_text("removed:\n  - {date: 2026-12-23, decree: SKB}\n")
    (folder / "empty.sqlite3").touch()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        running = {
            name: pool.submit(ended, folder, *arguments, **settings) for name, (arguments, settings) in COMMANDS.items()
        }
        found = {name: each.result() for name, each in running.items()}
    assert not list(folder.glob("nowhere*/**/*")), "what only looks makes nothing"
    assert (folder / "empty.sqlite3").stat().st_size == 0
    return found


def settings_of(office):
    return {"bot_token": TOKEN, "api_url": office.settings.api_url, "data_dir": office.settings.data_dir}


async def test_an_invitation_is_one_link_that_enrols_while_the_bot_runs(office, alur):
    await office.begin()
    clock = {"clock_url": office.settings.clock_url}
    status, out, _ = await alur(
        "invite", "kabag_umum", "--also", "--name", "Budi", "--sapaan", "Bapak", **settings_of(office), **clock
    )
    assert status == 0
    link, _, code = out.strip().partition("?start=")
    assert link == "https://t.me/alur_simulator_bot"
    guest = await office.telegram.person("Budi")
    await guest.send(f"/start {code}")
    await office.says(guest, "Selamat datang, Bapak Budi")


async def test_a_post_that_is_held_takes_a_word_and_nothing_is_made_without(office, alur):
    await office.begin()
    known = {**settings_of(office), "clock_url": office.settings.clock_url}
    status, out, error = await alur("invite", "kabag_umum", "--name", "Budi", **known)
    assert (status, out) == (1, "")
    assert "sudah dipegang oleh" in error
    status, out, error = await alur("invite", "unit_terkait", "--name", "Budi", **known)
    assert (status, "Nama unit diperlukan" in error) == (1, True)


async def test_an_appointment_is_entered_listed_and_ended_while_the_bot_runs(office, alur):
    await office.begin()
    known = {**settings_of(office), "clock_url": office.settings.clock_url}
    tata_usaha, kabag = office.members["tata_usaha"], office.members["kabag_umum"]
    plh = ("appoint", "kabag_umum", "--kind", "plh", "--order", "12/SPt/2026", "--from", "2026-11-02")
    whose = ("--member", str(tata_usaha))
    status, out, error = await alur(*plh, *whose, "--to", "2026-11-06", **known)
    assert status == 0, error
    number = out.split()[-1]
    await office.says(
        office["tata_usaha"], "ditugaskan sebagai Plh. Kepala Bagian Umum (Surat Perintah Nomor 12/SPt/2026)"
    )
    await office.says(office["kabag_umum"], "dijalankan oleh Plh. Kepala Bagian Umum")

    status, out, _ = await alur("members", "--json", **known)
    held = {
        item["member"]: [(each["role"], each["kind"], each["stage"]) for each in item["appointments"]]
        for item in json.loads(out)
    }
    assert ("kabag_umum", "plh", "active") in held[tata_usaha]
    assert held[kabag] == [("kabag_umum", "definitif", "active")]

    status, _, error = await alur(*plh, "--member", str(kabag), "--to", "2026-11-06", **known)
    assert (status, "sendiri yang memegang jabatan itu" in error) == (1, True)
    assert (await alur("end", number, **known))[0] == 0
    await office.says(office["tata_usaha"], "telah berakhir")
    status, _, error = await alur("end", "99", **known)
    assert (status, error) == (1, "there is no appointment 99; `alur members` lists them\n")


def test_an_invitation_for_a_role_that_there_is_not_names_those_that_there_are(said):
    status, out, error = said["invite"]
    assert (status, out) == (1, "")
    assert len(error.splitlines()) == 1
    for word in ("camat", "kabag_umum", "admin"):
        assert word in error


def test_check_names_every_wrong_setting_and_prints_no_secret(said):
    status, out, error = said["check wrong"]
    assert status == 1
    for name in WRONG:
        assert (f"ALUR_{name.upper()}" in error) == (name != "bot_token"), name
    for secret in ("very-secret", "hidden-password"):
        assert secret not in out + error


def test_check_names_a_missing_token(said):
    status, _, error = said["check nothing"]
    assert status == 1
    assert "ALUR_BOT_TOKEN" in error


async def test_check_finds_all_in_order_or_a_token_that_telegram_rejects(office, alur):
    (status, out, error), rejected = await asyncio.gather(
        alur("check", **settings_of(office)),
        alur("check", **settings_of(office) | {"bot_token": "1:wrong-secret"}),
    )
    assert (status, error) == (0, "")
    assert "token: good" in out
    status, out, error = rejected
    assert status == 1
    assert "ALUR_BOT_TOKEN" in error
    assert "wrong-secret" not in out + error


async def test_check_names_what_was_set_aside_and_is_no_reason_to_keep_the_office_shut(office, alur):
    await office.walk_to(6)
    with office.database.write() as session:
        row = probes.cards_of(session, office.members["kabag_umum"])[-1]
        outbox.park(session, row, "KeyError: 'x'", MONDAY, failures=5)

    status, out, error = await alur("check", **settings_of(office))

    assert (status, error) == (0, "")
    assert 'messages: 1 card of ip-asn-2026 set aside since 2026-11-02 09:00: see the log, "was parked"' in out


def test_sop_check_accepts_the_first_procedure(said):
    status, out, _ = said["sop good"]
    assert status == 0
    assert "12 steps" in out


def test_sop_board_draws_a_procedure_as_a_picture_or_a_page(said):
    assert said["sop board"][0] == said["sop board pdf"][0] == 0
    assert said["sop board"][1].startswith("papan-ip-asn.png: 68.SOP/OT.03/SDL.4/2023, 12 steps, ")
    assert said["sop board pdf"][1].startswith("papan.pdf: 1.SOP/TEST/2026, 8 steps, ")


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("sop board gif", "a board is a .png or a .pdf, not papan.gif\n"),
        ("sop board away", "nowhere/papan.png cannot be written: No such file or directory\n"),
    ],
)
def test_sop_board_says_in_a_sentence_why_there_is_none(said, command, told):
    assert said[command] == (1, "", told)


def test_sop_check_refuses_a_broken_procedure_with_every_fault_by_line(said):
    status, _, error = said["sop broken"]
    assert status == 1
    assert len([line for line in error.splitlines() if line.startswith("broken.yaml:")]) >= 2


def test_calendar_due_prints_one_moment(said):
    assert said["due"] == (0, "2026-12-28T16:00:00+07:00\n", "")


@pytest.mark.parametrize("command", ["due besok", "due beyond"])
def test_calendar_due_refuses_what_is_no_moment(said, command):
    status, _, error = said[command]
    assert (status, len(error.splitlines())) == (1, 1)


@pytest.mark.parametrize(
    ("command", "last"), [("year 2028", "2028: 247 working days"), ("due into 2028", "2028-01-04T16:00:00+07:00")]
)
def test_calendar_warns_of_a_year_whose_decree_is_not_known_and_prints_what_it_always_does(said, command, last):
    status, out, error = said[command]
    assert (status, out.splitlines()[-1]) == (0, last)
    (warning,) = error.splitlines()
    assert "no cuti bersama is known for 2028" in warning


def test_calendar_names_an_entry_of_the_offices_file_that_changes_nothing(said):
    status, out, error = said["year doubtful"]
    assert (status, out.splitlines()[-1]) == (0, "2026: 240 working days")
    assert error == "libur.yaml:2: 2026-12-23 is removed, but it is no day off\n"


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("verify nothing", "this office has not begun to work: there is no database nowhere/alur.sqlite3"),
        ("verify empty", "this office has not begun to work"),
        ("backup nothing", "the database is empty"),
    ],
)
def test_an_office_that_never_ran_is_said_to_be_so_and_nothing_is_made(said, command, says):
    status, out, error = said[command]
    assert (status, out, len(error.splitlines())) == (1, "", 1)
    assert says in error


def test_a_mistyped_name_stops_what_reads_settings(said):
    assert said["env"][0] == 0
    status, _, error = said["env year"]
    assert (status, len(error.splitlines())) == (1, 1)
    assert "ALUR_TIMEZON; meant is perhaps ALUR_TIMEZONE" in error


def test_wrong_usage_exits_with_two(said):
    assert said["usage"][0] == 2


@pytest.mark.parametrize(
    ("name", "why"), [("memory", "must be a file"), ("hosts", "several hosts"), ("away", "does not answer: connection")]
)
def test_a_database_that_cannot_be_used_is_one_sentence(said, name, why):
    status, out, error = said[name]
    assert (status, out, len(error.splitlines())) == (1, "", 1)
    assert error.startswith("ALUR_DATABASE_URL: ")
    assert why in error
    assert "hidden-password" not in error


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_check_and_run_refuse_a_pooler_that_lends_sessions_and_an_unknown_database(database_url, alur):
    from sqlalchemy import make_url

    with pooling(database_url, "transaction") as lent:
        unknown = make_url(database_url).set(database="nowhere").render_as_string(hide_password=False)
        token = {"bot_token": TOKEN, "api_url": "http://127.0.0.1:1"}
        checked, run, nowhere, begun = await asyncio.gather(
            alur("check", database_url=lent, **token),
            alur("run", database_url=lent, **token),
            alur("check", database_url=unknown, **token),
            alur("run", database_url=unknown, **token),
        )
    for (status, _, error), why in [
        (checked, "pool_mode"),
        (run, "pool_mode"),
        (nowhere, "nowhere"),
        (begun, "nowhere"),
    ]:
        assert status == 1
        assert why in next(line for line in error.splitlines() if line.startswith("ALUR_DATABASE_URL: "))


def signs(office):
    """The office's key is made and begun, and a checkpoint signed; the note, as it is posted."""
    signer = key_file.load_or_make(office.settings.audit_key)
    with office.database.write() as session:
        about = {"at": MONDAY, "now": MONDAY, "calendar": None, "procedures": ()}
        work = Work(session=session, **about)
        checkpoints.begin_key(work, signer)
        return checkpoints.sign(work, checkpoints.measured(work), signer).note


async def test_audit_verify_says_that_the_office_is_whole_and_names_each_fault(office, alur, tmp_path):
    await office.walk_to(6)
    await office.end()
    note = signs(office)
    (tmp_path / "pasted.txt").write_text(f"\ufeff{note}\n\n".replace("\n", "\r\n") + note, newline="")
    (tmp_path / "wrong.txt").write_text(note.replace("\n", "\n1", 1))
    own = settings_of(office)
    said = await asyncio.gather(
        alur("audit", "verify", **own),
        alur("audit", "verify", "ip-asn-2026", "--checkpoint", "pasted.txt", **own),
        alur("audit", "verify", "--checkpoint", "wrong.txt", **own),
        alur("audit", "verify", "--checkpoint", "nowhere.txt", **own),
        alur("audit", "verify", "ip-asn-1999", **own),
        alur("audit", "verify", "Ip-ASN-2026", **own),
    )
    (whole, one, wrong, unread, unknown, capitals) = said
    assert (whole[0], whole[2]) == (one[0], one[2]) == (0, "")
    assert whole[1].endswith(", 1 checkpoint checked: whole\n")
    assert " entries, 1 case, " in one[1]
    assert one[1].endswith(", 3 checkpoints checked: whole\n")
    assert (wrong[0], wrong[2].count("\n")) == (1, 1)
    assert wrong[1].startswith("pasted checkpoint 1: it says to be of this office (alur-audit-")
    assert wrong[2] == "the office is not whole: 1 fault\n"
    assert (unread[0], unread[1], "--checkpoint nowhere.txt: it cannot be read" in unread[2]) == (1, "", True)
    assert capitals == (1, "", "no case 'Ip-ASN-2026'; meant is perhaps ip-asn-2026\n")
    assert (unknown[0], unknown[1], "ip-asn-1999" in unknown[2], unknown[2].count("\n")) == (1, "", True, 1)

    with office.database.write() as session, unguarded(session):
        session.execute(text("UPDATE audit SET entry = replace(entry, 'Rina', 'Lina') WHERE case_id IS NOT NULL"))
        session.execute(text("UPDATE audit SET entry = '{' WHERE case_id IS NOT NULL AND seq = 1"))
        session.execute(text("UPDATE cases SET state = '[' WHERE id = 1"))
    status, out, error = await alur("audit", "verify", "ip-asn-2026", **own)
    assert (status, error.count("\n")) == (1, 1)
    assert "ip-asn-2026, entry 1: unreadable\n" in out
    assert ": altered\n" in out
    assert "ip-asn-2026: its state cannot be read" in out
    assert out.endswith("checked: not whole\n")


async def test_what_is_pasted_and_proves_nothing_is_told_apart_from_the_offices_faults(office, alur, tmp_path):
    await office.walk_to(2)
    await office.end()
    note = signs(office)
    own, key = settings_of(office), key_file.load(office.settings.audit_key)
    words, _, signature = note.partition("\n\n")
    forger = Signer(key.verifier.name, b"\x07" * 32)
    elsewhere = Signer("alur-audit-ffffffffffff", b"\x08" * 32)
    files = {
        "chat": f"Yth. Bapak Eko,\n\n> {words}\n\n\n-- {signature[2:-30]}\n{signature[-30:]}\nTerima kasih, Pak.\n".encode(
            "utf-16"
        ),
        "none": b"Terima kasih, Pak.\n",
        "picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xff",
        "forged": forger.signed(f"{words}\n").encode(),
        "foreign": elsewhere.signed(f"{words}\n".replace(key.verifier.name, elsewhere.verifier.name)).encode(),
        "mixed": elsewhere.signed(f"{words}\n").replace(elsewhere.verifier.name, key.verifier.name, 1).encode(),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    said = await asyncio.gather(*(alur("audit", "verify", "--checkpoint", name, **own) for name in files))
    chat, none, picture, forged, foreign, mixed = said
    assert (chat[0], chat[2]) == (0, ""), chat
    assert chat[1].endswith(", 2 checkpoints checked: whole\n")
    for name, (status, out, error) in (("none", none), ("picture", picture)):
        assert (status, out.count("\n"), out.endswith(", 1 checkpoint checked: whole\n")) == (1, 1, True)
        assert error == f"{name} holds no checkpoint: paste the block of five lines from the chat\n"
    assert (forged[0], forged[2]) == (1, "the office is not whole: 1 fault\n")
    assert f"of this office ({key.verifier.name}), and is not signed with its key: another has signed\n" in forged[1]
    assert (foreign[0], foreign[2]) == (1, "1 pasted checkpoint proves nothing of this office: see above\n")
    assert "it is another office's (alur-audit-ffffffffffff): it says nothing of this one\n" in foreign[1]
    assert foreign[1].endswith("checked: whole\n")
    assert (
        mixed[0],
        "and is damaged or altered: no signed note" in mixed[1] or "not signed with its key" in mixed[1],
    ) == (1, True)

    with office.database.write() as session, unguarded(session):
        session.execute(text("UPDATE cases SET state = '[' WHERE id = 1"))
    status, out, error = await alur("audit", "verify", "--checkpoint", "none", "--checkpoint", "foreign", **own)
    assert (status, out.endswith("checked: not whole\n")) == (1, True)
    assert error.splitlines() == [
        "the office is not whole: 1 fault",
        "1 pasted checkpoint proves nothing of this office: see above",
        "none holds no checkpoint: paste the block of five lines from the chat",
    ]


async def test_a_checkpoint_is_taken_from_what_is_piped(office, tmp_path):
    await office.walk_to(2)
    await office.end()
    note = signs(office)
    settings = {f"ALUR_{name.upper()}": str(value) for name, value in settings_of(office).items()}

    async def piped(data):
        command = [sys.executable, "-m", "bot.cli", "audit", "verify", "--checkpoint", "-"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **settings}
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        out, error = await process.communicate(data)
        return process.returncode, out.decode(), error.decode()

    status, out, error = await piped(f"Pak Eko:\n{note}".encode())
    assert (status, error, out.endswith(", 2 checkpoints checked: whole\n")) == (0, "", True)
    status, out, error = await piped(b"")
    assert (status, error) == (
        1,
        "what was typed or piped holds no checkpoint: paste the block of five lines from the chat\n",
    )


async def test_check_tells_what_is_wrong_with_the_signing_key_and_run_that_others_may_read_it(office, alur):
    await office.begin()
    await office.end()
    own, path = settings_of(office), office.settings.audit_key
    first = key_file.load(path)
    assert (await alur("check", **own))[::2] == (0, "")

    path.chmod(0o640)
    status, out, error = await alur("check", **own)
    assert (status, error) == (1, f"ALUR_AUDIT_KEY_FILE: {path} can be read by others: chmod 600 {path}\n")
    assert "signing key: not good\n" in out
    status, out, error = await alur("run", **own | {"bot_token": "1:wrong-secret"})
    assert (out + error).count(f"chmod 600 {path}") == 1
    path.chmod(0o600)

    path.rename(path.with_name("away"))
    status, out, error = await alur("check", **own)
    assert (status, error) == (0, "")
    assert f"signing key: {path} is missing, and the office has signed with {first.verifier.name}: put it back" in out
    assert not path.exists()
    key_file.load_or_make(path)
    status, out, error = await alur("check", **own)
    assert (status, error) == (0, "")
    other = key_file.load(path).verifier.name
    assert f"signing key: the next start of `alur run` begins {other}, in the place of {first.verifier.name}\n" in out

    path.write_text("no key")
    status, out, error = await alur("check", **own)
    assert (status, error.count("\n"), "is no key of Alur's" in error) == (1, 1, True)
    path.unlink()
    path.mkdir()
    status, out, error = await alur("check", **own)
    assert (status, error.count("\n"), "cannot be read: Is a directory" in error) == (1, 1, True)


def test_the_version_is_told_without_settings(said):
    assert said["version"] == (0, f"alur {version('alur')}\n", "")


async def test_audit_verify_finds_what_was_cut_off_by_the_checkpoint_alone_also_in_an_office_put_back(
    office, alur, tmp_path
):
    """The database as it was before the key began: it knows neither the key nor what was signed with it."""
    await office.walk_to(3)
    await office.end()
    earlier = tmp_path / "earlier.sqlite3"
    with closing(sqlite3.connect(office.database.url.database)) as now, closing(sqlite3.connect(earlier)) as copy:
        now.backup(copy)
    await office.walk_to(4)
    await office.end()
    (tmp_path / "pasted.txt").write_text(signs(office))
    put_back = settings_of(office) | {"database_url": f"sqlite:///{earlier}"}
    assert (await alur("audit", "verify", **put_back))[0] == 0
    status, out, _ = await alur("audit", "verify", "--checkpoint", "pasted.txt", **put_back)
    assert status == 1
    assert "some were cut off" in out


async def test_check_and_audit_verify_tell_that_a_guard_is_missing_until_it_is_put_up(office, alur):
    await office.end()
    with office.database.write() as session:
        session.execute(text("DROP TRIGGER audit_no_DELETE"))
    own = settings_of(office)
    for command in (("check",), ("audit", "verify")):
        status, out, error = await alur(*command, **own)
        assert status == 1
        assert "the database's guard of audit is missing; `alur migrate` puts it up" in out + error
    assert (await alur("migrate", **own))[0] == 0
    assert (await alur("audit", "verify", **own))[0] == 0


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_run_refuses_an_outdated_postgresql_until_it_is_migrated(options, database_url, alur):
    from simulator import Simulator

    async with Simulator(options) as telegram:
        settings = {"bot_token": TOKEN, "api_url": telegram.url, "database_url": database_url}
        status, _, error = await alur("run", **settings)
        assert status == 1
        assert "alur migrate" in error
        status, _, error = await alur("audit", "verify", **settings)
        assert (status, len(error.splitlines())) == (1, 1)
        assert "its database has no tables" in error
        status, out, _ = await alur("migrate", **settings)
        assert status == 0
        assert "revision" in out
    database = Database(database_url)
    assert is_current(database)
    database.close()


async def test_run_refuses_a_rejected_token_without_printing_it(office, alur):
    status, out, error = await alur("run", **settings_of(office) | {"bot_token": "1:wrong-secret"})
    assert status == 1
    assert "ALUR_BOT_TOKEN" in error
    assert "wrong-secret" not in out + error
    assert "Unclosed" not in error


def test_the_console_script_is_installed_and_is_the_module():
    assert shutil.which("alur", path=str(Path(sys.executable).parent))
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "calendar", "due"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, "Traceback" in done.stderr, "Usage" in done.stderr) == (2, False, True)
