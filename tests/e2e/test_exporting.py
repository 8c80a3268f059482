"""`alur audit export` and `alur audit key`, as people type them, and what an auditor does with what they write."""

import asyncio
import subprocess
import sys
from hashlib import sha256
from zipfile import ZipFile

import pytest

from alur.services.evidence import checkpoints
from alur.storage import key_file
from tests import forked
from tests.e2e.desk import TOKEN


@pytest.fixture
def alur(tmp_path):
    async def run(*arguments, **settings):
        given = {f"ALUR_{name.upper()}": str(value) for name, value in settings.items()}
        status, out, error = await asyncio.to_thread(forked.said, *arguments, folder=tmp_path, settings=given)
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


async def test_a_case_is_exported_and_verified_without_us(office, alur, tmp_path):
    await office.walk_to(6)
    await office.end()
    settings = settings_of(office)
    status, out, error = await alur("audit", "export", "ip-asn-2026", "--to", "early", **settings)
    assert (status, error) == (0, "")
    assert "No checkpoint covers its last entry yet" in out
    assert (tmp_path / "early" / "ip-asn-2026" / "checkpoint.txt").read_text().startswith("belum ada\n")
    assert verified(tmp_path / "early" / "ip-asn-2026")[0] == 3

    signer = key_file.load_or_make(office.settings.data_dir / "audit.key")
    row = office.transact(signed, signer)
    (tmp_path / "pasted.txt").write_text(row.note)
    (status, out, error), (told, key, program), (packed, _, _) = [
        await alur("audit", "export", "ip-asn-2026", "--to", "late", **settings),
        await alur("audit", "key", **settings),
        await alur("audit", "export", "ip-asn-2026", "--to", "zips", "--zip", **settings),
    ]
    assert (status, told, packed, error) == (0, 0, 0, "")
    assert f"The checkpoint of {row.size} entries covers them." in out
    place = tmp_path / "late" / "ip-asn-2026"
    assert str(place.relative_to(tmp_path)) in out
    assert key.strip() == str(signer.verifier)
    assert sha256((place / "verifikasi.py").read_bytes()).hexdigest() in program
    status, said = verified(place, "--kunci", key.strip(), "--checkpoint", str(tmp_path / "pasted.txt"))
    assert status == 0, said
    with ZipFile(tmp_path / "zips" / "ip-asn-2026.zip") as archive:
        archive.extractall(tmp_path / "unpacked")
    assert verified(tmp_path / "unpacked" / "ip-asn-2026", "--kunci", key.strip())[0] == 0
    again, _, error = await alur("audit", "export", "ip-asn-2026", "--to", "late", **settings)
    assert again == 1
    assert error.splitlines() == ["nothing was exported: late/ip-asn-2026 exists already"]


async def test_what_cannot_be_exported_is_said_in_one_sentence_and_nothing_is_made(office, alur, tmp_path):
    await office.walk_to(2)
    await office.end()
    settings, before = settings_of(office), set(tmp_path.iterdir())
    unknown = await alur("audit", "export", "ip-asn-1999", "--to", "out", **settings)
    nowhere = await alur("audit", "export", "ip-asn-2026", "--to", "out", data_dir="nowhere")
    keyless = await alur("audit", "key", data_dir="nowhere")
    for path in office.settings.files_dir.rglob("*"):
        if path.is_file():
            path.write_bytes(b"other")
    damaged = await alur("audit", "export", "ip-asn-2026", "--to", "out", **settings)
    for (status, out, error), why in (
        (unknown, "no case 'ip-asn-1999'"),
        (nowhere, "has not begun to work"),
        (keyless, "does not exist; `alur run` makes it"),
        (damaged, "is gone or has other bytes"),
    ):
        assert (status, out, len(error.splitlines())) == (1, "", 1)
        assert why in error
    assert set(tmp_path.iterdir()) - before <= {tmp_path / "out"}
    assert not (tmp_path / "out").exists() or list((tmp_path / "out").iterdir()) == []
