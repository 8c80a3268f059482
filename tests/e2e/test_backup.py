"""A restore drill, as the README tells it: back up while people work, lose the machine, restore, go on with the case."""

from dataclasses import replace

from alur.storage.database import Database
from bot import assembly, wiring
from tests.e2e.test_the_command_line import alur, settings_of

__all__ = ["alur"]


async def test_a_case_goes_on_from_a_backup_that_was_made_while_it_ran(office, alur, tmp_path):
    await office.walk_to(6)
    card = await office.card("kabag_umum", "Setujui")
    archive, place = tmp_path / "office.tar.gz", tmp_path / "new"

    status, out, error = await alur("backup", archive, **settings_of(office))
    assert (status, error) == (0, "")
    assert ".env" in out.splitlines()[-1]
    refused = await alur("restore", archive, **settings_of(office))
    assert refused[0] == 1
    assert "another process works on" in refused[2]
    await office.tap("kabag_umum", "Setujui")  # after the backup: this is lost with the machine
    await office.settled()
    await office.end()

    status, out, error = await alur("restore", archive, **settings_of(office) | {"data_dir": place})
    assert (status, error) == (0, "")
    assert "1 case, " in out
    settings = office.settings.model_copy(update={"data_dir": place})
    restored = replace(office, settings=settings, database=Database(settings.database), _bot=None)
    try:
        assert restored.task.step == 6
        await restored.begin()
        answer = await restored.tap("kabag_umum", "Setujui", card)
        assert answer.text.startswith("Terima kasih")
        await restored.settled()
        assert restored.task.step == 7
        await restored.card("sekretaris", "Setujui")
        restored.trail()
        status, out, error = await alur("audit", "verify", **settings_of(restored))
        assert (status, error) == (0, "")
    finally:
        await restored.close()


async def test_what_goes_wrong_is_one_sentence(office, alur, tmp_path):
    taken, broken = tmp_path / "taken.tar.gz", tmp_path / "broken.tar.gz"
    taken.touch()
    broken.write_bytes(b"no archive")
    new = settings_of(office) | {"data_dir": tmp_path / "new"}

    for command, settings, words in (
        (("backup", taken), settings_of(office), "exists already"),
        (("backup", tmp_path / "a.tar.gz"), new, "the database is empty"),
        (("restore", broken), new, "broken.tar.gz: its beginning cannot be read"),
        (("restore", tmp_path / "nothing.tar.gz"), new, "there is no file"),
    ):
        status, out, error = await alur(*command, **settings)
        assert (status, out) == (1, ""), command
        assert len(error.splitlines()) == 1
        assert words in error
    assert (await alur("backup", **new))[0] == 2


async def test_a_backup_without_a_lost_file_is_kept_and_told(office, alur, tmp_path):
    await office.walk_to(1, 1)
    await office.end()
    digest = office.stored("surat.pdf").sha256
    wiring.store(office.settings).path(digest).unlink()
    archive = tmp_path / "office.tar.gz"

    backed_up = await alur("backup", archive, **settings_of(office))
    restored = await alur("restore", archive, **settings_of(office) | {"data_dir": tmp_path / "new"})

    for status, _, error in (backed_up, restored):
        assert status == 1
        assert len(error.splitlines()) == 1
        assert digest in error
    assert archive.exists()


async def test_the_nightly_backup_belongs_to_the_machines_own_clock(office):
    assert assembly.nightly_backup(office.settings, office) is None
    assert assembly.nightly_backup(office.settings.model_copy(update={"clock_url": ""}), office) is not None


async def test_the_working_bot_makes_the_nights_backup_and_tells_the_administrator_what_is_lost(office, monkeypatch):
    make = assembly.nightly_backup
    monkeypatch.setattr(
        assembly, "nightly_backup", lambda settings, bot: make(settings.model_copy(update={"clock_url": ""}), bot)
    )
    monkeypatch.setattr("jobs.ticking.BACKUP", 0.05)
    lost = office.stored("hilang.pdf").sha256
    wiring.store(office.settings).path(lost).write_bytes(b"damaged")

    await office.begin()
    told = await office.says("admin", "Cadangan data pada Senin, 2 Nov 2026 telah dibuat, tetapi tanpa 1 berkas")

    assert lost in told.text
    assert [path.name for path in (office.settings.data_dir / "backups").iterdir()] == ["alur-2026-11-02.tar.gz"]
