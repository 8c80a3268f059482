"""Checkpoints on the administrator's phone, and the bundle on Tata Usaha's: what is copied from there proves the trail."""

import io
from zipfile import ZipFile

import aiohttp
from sqlalchemy import text

from alur.evidence import checkpoint
from alur.evidence.note import Verifier
from alur.storage import audit, checkpoints
from alur.storage import key_file as keys
from alur.storage.file_store import FileStore
from tests.e2e.test_serving import serve
from tests.e2e.test_the_command_line import alur, settings_of
from tests.unguarded import unguarded

__all__ = ["alur"]

WORDS = "titik periksa jejak audit"


def copied(message):
    """What a tap on the block brings to the clipboard."""
    (block,) = [item for item in message.entities if item["type"] == "pre"]
    units = message.raw["text"].encode("utf-16-le")
    return units[2 * block["offset"] : 2 * (block["offset"] + block["length"])].decode("utf-16-le")


async def archived(office):
    await office.tap("tata_usaha", "Sudah Diarsipkan")
    await office.settled()
    await office.fill("tata_usaha", "12/2026", "KP.05", "17", "Rak 3", "Menyusul dari Nadine.")
    await office.tap("tata_usaha", "Kirim")


async def test_the_days_checkpoint_is_copied_from_the_phone_and_read_with_the_offices_key(any_office, alur, tmp_path):
    office = any_office
    await office.walk_to(2)
    assert await office.saying("admin", WORDS) == []
    await office.advance(hours=7, minutes=1)
    message = await office.says("admin", WORDS)
    assert message.silent

    key = Verifier.of(str(keys.load(office.settings.audit_key).verifier))
    found, _ = checkpoint.read(checkpoint.mended(copied(message)), key)
    with office.database.read() as session:
        (row,) = checkpoints.all_(session)
    assert (found.size, found.root.hex()) == (row.size, row.root)
    assert checkpoint.mended(copied(message)) == row.note

    pasted = tmp_path / "pasted.txt"
    pasted.write_text(copied(message), encoding="utf-8")  # without its last line feed, as the clipboard has it
    settings = settings_of(office) | {"database_url": str(office.settings.database)}
    status, out, error = await alur("audit", "verify", "--checkpoint", pasted, **settings)
    assert (status, error) == (0, ""), out
    pasted.write_text(copied(message).replace("\n", "\n1", 1), encoding="utf-8")
    assert (await alur("audit", "verify", "--checkpoint", pasted, **settings))[0] == 1

    await office.advance(hours=1)
    await office.settled()
    assert len(await office.saying("admin", WORDS)) == 1


async def test_an_archived_case_brings_its_bundle_with_every_file(any_office):
    office = any_office
    await office.walk_to(12)
    await archived(office)
    sent = await office.says("tata_usaha", "Arsip proses ip-asn-2026", "bagian 1 dari 1")
    assert (await office.says("admin", WORDS)).silent

    archive = ZipFile(io.BytesIO(await sent.download()))
    assert archive.testzip() is None
    names = archive.namelist()
    assert any(name.endswith("jejak-audit.jsonl") for name in names)
    store = FileStore(office.settings.files_dir)
    packed = {archive.read(name) for name in names}
    assert {store.read(item.file.sha256) for item in office.case.versions} <= packed


async def test_a_second_holder_gets_the_same_archive_without_another_upload(office):
    second = await office.enrol("tata_usaha", "Tini", sapaan="Ibu")
    await office.walk_to(12)
    await archived(office)
    one = await office.says("tata_usaha", "Arsip proses")
    other = await office.says(second, "Arsip proses")
    assert await one.download() == await other.download()
    with office.database.read() as session:
        known = session.execute(text("SELECT count(*) FROM files WHERE name LIKE '%.zip'")).scalar_one()
    assert known == 1


async def test_a_damaged_file_keeps_the_bundle_back_alone_and_is_told(any_office):
    office = any_office
    await office.walk_to(12)
    store = FileStore(office.settings.files_dir)
    letter = office.case.versions[0].file
    store.path(letter.sha256).write_bytes(b"other bytes")
    await archived(office)
    told = await office.says("admin", "kami sisihkan", letter.sha256[:8])
    assert "ip-asn-2026" in told.text
    await office["tata_usaha"].send("/bantuan")
    await office.says("tata_usaha", "Bantuan")
    assert await office.saying("tata_usaha", "Arsip proses") == []
    (failure,) = [entry for entry in office.trail() if entry["act"]["act"] == "message_set_aside"]
    assert failure["act"]["what"] == "bundle"


async def test_a_broken_trail_is_told_and_shown_by_health_and_the_office_goes_on(office):
    root = serve(office, is_hooked=False)
    await office.walk_to(2)
    await office.advance(hours=7, minutes=1)
    await office.says("admin", WORDS)
    with office.database.write() as session, unguarded(session):
        session.connection().execute(text("UPDATE audit SET hash = :it WHERE id = 2"), {"it": "0" * 64})
    await office["kabag_umum"].send("/mulai")  # which is refused, and stands in the trail
    await office.settled()
    await office.advance(hours=24)
    await office.says("admin", "alur audit verify")
    async with aiohttp.ClientSession() as http, http.get(f"{root}/healthz") as answer:
        told = await answer.json()
    assert "entries are not what they were" in told["trail_fault"]
    await office["kabag_umum"].send("/bantuan")
    await office.says("kabag_umum", "Bantuan")
    with office.database.read() as session:
        assert len(checkpoints.all_(session)) == 1
        assert audit.verify(session, None) != ()
