"""`alur audit export` and `alur audit key`, as people type them, and what an auditor does with what they write."""

import asyncio
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from alur.evidence import verifikasi
from alur.evidence.note import Signer
from alur.services.evidence import checkpoints
from alur.storage import key_file
from tests import forked
from tests.e2e.desk import TOKEN

PROGRAM_HASH = sha256(Path(verifikasi.__file__).read_bytes()).hexdigest()


@pytest.fixture
def folder(tmp_path_factory):
    """Outside of the office's own."""
    return tmp_path_factory.mktemp("auditor")


@pytest.fixture
def alur(folder):
    async def run(*arguments, **settings):
        given = {f"ALUR_{name.upper()}": str(value) for name, value in settings.items()}
        status, out, error = await asyncio.to_thread(forked.said, *arguments, folder=folder, settings=given)
        assert "Traceback" not in error, error
        return status, out, error

    return run


def settings_of(office):
    return {"bot_token": TOKEN, "api_url": office.settings.api_url, "data_dir": office.settings.data_dir}


def verified(place, *options):
    command = [sys.executable, "-I", str(place / "verifikasi.py"), *options]
    done = subprocess.run(command, cwd="/", env={}, capture_output=True, text=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout


def signed(work, signer):
    checkpoints.begin_key(work, signer)
    return checkpoints.sign(work, checkpoints.measured(work), signer)


async def test_a_case_is_exported_and_verified_without_us(office, alur, folder):
    await office.walk_to(6)
    await office.end()
    settings = settings_of(office)
    status, out, error = await alur("audit", "export", "ip-asn-2026", "--to", "early", **settings)
    assert (status, error) == (0, "")
    assert "No checkpoint covers its last entry yet" in out
    assert (folder / "early" / "ip-asn-2026" / "checkpoint.txt").read_text().startswith("belum ada\n")
    assert verified(folder / "early" / "ip-asn-2026")[0] == 3

    signer = key_file.load_or_make(office.settings.data_dir / "audit.key")
    row = office.transact(signed, signer)
    (folder / "pasted.txt").write_text(row.note)
    (status, out, error), (told, key, program), (packed, _, _) = [
        await alur("audit", "export", "ip-asn-2026", "--to", "late", **settings),
        await alur("audit", "key", **settings),
        await alur("audit", "export", "ip-asn-2026", "--to", "zips", "--zip", **settings),
    ]
    assert (status, told, packed, error) == (0, 0, 0, "")
    assert f"The checkpoint of {row.size} entries covers them." in out
    place = folder / "late" / "ip-asn-2026"
    assert str(place.relative_to(folder)) in out
    assert key.strip() == str(signer.verifier)
    assert sha256((place / "verifikasi.py").read_bytes()).hexdigest() in program
    status, said = verified(place, "--kunci", key.strip(), "--checkpoint", str(folder / "pasted.txt"))
    assert status == 0, said
    with ZipFile(folder / "zips" / "ip-asn-2026.zip") as archive:
        archive.extractall(folder / "unpacked")
    assert verified(folder / "unpacked" / "ip-asn-2026", "--kunci", key.strip())[0] == 0
    again, _, error = await alur("audit", "export", "ip-asn-2026", "--to", "late", **settings)
    assert again == 1
    assert error.splitlines() == ["nothing was exported: late/ip-asn-2026 exists already"]


async def test_what_cannot_be_exported_is_said_in_one_sentence_and_nothing_is_made(office, alur, folder):
    await office.walk_to(2)
    await office.end()
    settings, before = settings_of(office), set(folder.iterdir())
    unknown = await alur("audit", "export", "ip-asn-1999", "--to", "out", **settings)
    capitals = await alur("audit", "export", "IP-ASN-2026", "--to", "out", **settings)
    own = office.settings.data_dir
    inside = await alur("audit", "export", "ip-asn-2026", "--to", own / "files" / ".." / "taken", **settings)
    nowhere = await alur("audit", "export", "ip-asn-2026", "--to", "out", data_dir="nowhere")
    keyless = await alur("audit", "key", data_dir="nowhere")
    for path in office.settings.files_dir.rglob("*"):
        if path.is_file():
            path.write_bytes(b"other")
    damaged = await alur("audit", "export", "ip-asn-2026", "--to", "out", **settings)
    for (status, out, error), why in (
        (unknown, "no case 'ip-asn-1999'\n"),
        (capitals, "no case 'IP-ASN-2026'; meant is perhaps ip-asn-2026"),
        (inside, "lies in the office's own data folder"),
        (nowhere, "has not begun to work"),
        (keyless, "does not exist; `alur run` makes it"),
        (damaged, ") is gone or has other bytes"),
    ):
        assert (status, out, len(error.splitlines())) == (1, "", 1)
        assert why in error
    assert set(folder.iterdir()) == before
    assert not (own / "taken").exists()


async def test_audit_key_says_where_the_office_has_not_begun_the_files_key_and_prints_all_that_it_had(office, alur):
    await office.walk_to(2)
    await office.end()
    settings, path = settings_of(office), office.settings.audit_key
    assert path.exists()
    first, second = key_file.load(path), Signer("alur-audit-second", bytes(range(32)))
    own, program = f"{first.verifier}\n", f"SHA-256 of verifikasi.py in bundles of this release: {PROGRAM_HASH}\n"
    assert await alur("audit", "key", **settings) == (0, own, program)
    path.write_text(second.line())
    status, out, error = await alur("audit", "key", **settings)
    assert (status, out) == (0, f"{second.verifier}\n")
    assert error == program + (
        "This office has not begun this key yet: the next start of `alur run` begins alur-audit-second, in the place of "
        f"{first.verifier.name}.\n"
    )
    assert await alur("audit", "key", "--all", **settings) == (0, f"{first.verifier}\n", "")
    office.transact(lambda work: checkpoints.begin_key(replace(work, now=work.now + timedelta(days=1)), second))
    both = f"{first.verifier}\n{second.verifier}\n"
    assert await alur("audit", "key", **settings) == (0, f"{second.verifier}\n", program)
    path.unlink()
    assert await alur("audit", "key", "--all", **settings) == (0, both, "")
    status, out, error = await alur("audit", "key", **settings)
    assert (status, out, error.count("\n")) == (1, "", 1)
    assert "`alur audit key --all` prints the keys" in error
