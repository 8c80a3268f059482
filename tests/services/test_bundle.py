"""A case's bundle: what is in it, that it is the same wherever it is made, and what its own program says of it."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from base64 import b64decode
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest

from alur.evidence import checkpoint, tree, verifikasi
from alur.evidence.note import Signer
from alur.services.evidence.bundle import archive, chat, folder
from alur.services.evidence.bundle.folder import ExportFailed
from alur.services.evidence.bundle.plan import NotExportable, Plan, planned
from alur.services.evidence.checkpoints import TrailBroken
from alur.storage import audit, cases, checkpoints
from alur.storage.database import Database
from alur.storage.errors import FileDamaged
from alur.storage.file_store import FileStore
from alur.storage.migrations import migrate
from alur.storage.sop_files import content_hash, read
from alur.views import archive_list
from bot.papers import PAPERS
from tests.bahasa import faults
from tests.factories import MEMO, SOP, WIB, Walk, a_calendar, walked
from tests.services.bundled import FORMULA, NIP, SIGNER, Kept, a_long_walk, a_work, keep, office, refused, signed
from tests.unguarded import unguarded

ROOT = Path(__file__).parents[2]
RESERVED = {"con", "prn", "aux", "nul", "conin$", "conout$", *(f"{n}{i}" for n in ("com", "lpt") for i in range(1, 10))}


@pytest.fixture(scope="module")
def long_walk():
    return a_long_walk()


@dataclass(frozen=True)
class Made:
    """An archived case on SQLite, with its bundle; nobody changes anything of it."""

    database: Database
    store: FileStore
    kept: Kept
    plan: Plan
    bundle: Path


@pytest.fixture(scope="module")
def made(tmp_path_factory, long_walk):
    place = tmp_path_factory.mktemp("made")
    database, store = Database(f"sqlite:///{place / 'alur.sqlite'}"), FileStore(place / "files")
    migrate(database)
    with database.write() as session:
        kept = keep(a_work(session), store, long_walk)
    plan = planned_of(database, kept)
    yield Made(database, store, kept, plan, folder.written(plan, store, place / "out"))
    database.close()


@pytest.fixture
def bundle(made):
    return made.bundle


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path / "files")


@pytest.fixture
def kept(database, store, long_walk):
    """The same on each of the two databases, for tests that change something."""
    with database.write() as session:
        return keep(a_work(session), store, long_walk)


@pytest.fixture
def plan(database, kept):
    return planned_of(database, kept)


def planned_of(database, kept, zone=WIB):
    with database.read() as session:
        return planned(session, a_calendar(zone=zone), kept.case_id, papers=PAPERS)


def contents(place):
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}


def failed(place, **given):
    """The names of the checks that fail."""
    return [check.name for check in verifikasi.checks(place, **given) if check.faults]


def run(place, *options, python=sys.executable, program=None):
    """The bundle's own program, in a process that knows nothing of Alur."""
    program = program or place / "verifikasi.py"
    command = [python, "-I", str(program), *(() if program.parent == place else (str(place),)), *options]
    done = subprocess.run(command, cwd="/", env={}, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.stderr == "", done.stderr
    return done.returncode, done.stdout


def test_its_own_program_finds_it_whole_and_says_so(bundle):
    status, said = run(bundle, "--kunci", str(SIGNER.verifier))
    assert status == 0, said
    assert "GAGAL" not in said
    assert said.count("LULUS: ") == 10
    assert "Semua pemeriksaan lulus." in said
    assert faults(said.replace("LULUS: ", "")) == []
    first, digest, *_, not_told, _last = said.splitlines()
    assert "alur audit key" in first
    assert digest == f"    {sha256((bundle / 'verifikasi.py').read_bytes()).hexdigest()}"
    assert not_told.startswith("Yang TIDAK dibuktikan")


@pytest.mark.parametrize("version", ["3.8", "3.9", "3.10", "3.12", "3.13", "3.14"])
def test_other_pythons_say_the_same(bundle, version):
    """Those that this machine has; that the oldest can read it is held by its grammar, wherever it is tested."""
    found = shutil.which(f"python{version}")
    asked = [found or sys.executable, "-c", "import sys; print(sys.executable)"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)  # what is found may only stand for it
    if found is None or done.returncode:
        pytest.skip(f"there is no Python {version} here")
    assert run(bundle, python=done.stdout.strip()) == run(bundle)


def test_sha256sum_finds_it_whole_too(bundle):
    done = subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=bundle, check=False)
    assert done.returncode == 0
    assert set(contents(bundle)) == {
        "SHA256SUMS",
        *(line[66:] for line in (bundle / "SHA256SUMS").read_text().splitlines()),
    }


def test_every_version_of_every_document_stands_in_it_once(made, bundle):
    with made.database.read() as session:
        case = cases.get(session, made.kept.case_id).case
    layout = verifikasi.layout(
        verifikasi.read_trail((bundle / "jejak-audit.jsonl").read_text()),
        verifikasi.read_sop((bundle / "sop.yaml").read_text()),
    )
    assert set(layout.versions) == {version.id for version in case.versions}
    assert len(set(layout.versions.values())) == len(case.versions) > 20
    for version in case.versions:
        assert sha256((bundle / layout.versions[version.id]).read_bytes()).hexdigest() == version.file.sha256
    standing = {case.standing(item.id) for item in SOP.documents} - {None}
    drafts = {version.source for version in case.versions}
    final = {number for number, path in layout.versions.items() if path.startswith("dokumen-akhir/")}
    assert {version.id for version in standing if version.id not in drafts} <= final
    assert not final & drafts
    assert not any(case.versions[number - 1].withdrawn for number in final)


def test_what_came_beside_the_documents_stands_with_the_attachments(bundle):
    found = {path.name for path in (bundle / "lampiran").iterdir()}
    assert found == {"00 Berkas yang ditolak.pdf", "03 Lembar keputusan langkah 3.pdf", "06 Catatan perbaikan.ogg"}


def test_every_file_that_the_trail_names_is_in_it(made, bundle):
    named = set()
    with made.database.read() as session:
        for entry in audit.entries(session, made.kept.case_id):
            json.loads(json.dumps(entry.entry), object_hook=lambda value: named.add(value.get("sha256")))
    assert named - {None} <= {sha256(data).hexdigest() for data in contents(bundle).values()}


def test_every_name_is_one_that_any_system_can_make(bundle):
    paths = [path.relative_to(bundle).as_posix() for path in bundle.rglob("*")]
    for path in paths:
        assert len(path) <= 120
        for part in path.split("/"):
            assert not set(part) & set('<>:"\\|?*')
            assert part.isprintable()
            assert part == part.strip(" .")
            assert part.split(".")[0].lower() not in RESERVED
    folded = [unicodedata.normalize("NFKC", path).casefold() for path in paths]
    assert len(set(folded)) == len(folded)


def test_titles_of_any_length_and_twins_get_names_of_their_own():
    title = "Laporan " * 40
    sop = {"documents": [{"id": "a", "title": title}, {"id": "b", "title": title.upper()}], "roles": [], "steps": []}
    file = {"sha256": "0" * 64, "size": 1, "mime": "application/pdf", "name": "x"}
    versions = [{"id": n, "document": "ab"[n % 2], "number": 1, "step": 3, "file": file} for n in range(1, 30)]
    entries = [{"entry": {"events": [{"event": "version_added", "version": item} for item in versions]}}]
    paths = [item.path for item in verifikasi.layout(entries, sop).files]
    assert len({path.lower() for path in paths}) == 29
    assert max(map(len, paths)) <= 120
    assert all(" - versi 1" in path for path in paths)


def test_each_line_of_the_trail_is_what_was_hashed(made, bundle):
    with made.database.read() as session:
        entries = audit.entries(session, made.kept.case_id)
    lines = (bundle / "jejak-audit.jsonl").read_text().splitlines()
    assert len(lines) == len(entries) == made.kept.entries > 60
    for line, entry in zip(lines, entries, strict=True):
        hashed, _, rest = line.rpartition(',"id":')
        assert sha256(f"{hashed}}}".encode()).hexdigest() == entry.hash
        assert rest == f'{entry.id},"hash":"{entry.hash}"}}'
        assert json.loads(line)["entry"] == entry.entry


def test_what_is_filed_stands_in_it_as_the_chat_gets_it(made, long_walk, bundle):
    content = (bundle / archive_list.NAME).read_bytes()
    with made.database.read() as session:
        case = cases.get(session, made.kept.case_id).case
    assert content == archive_list.content_of(long_walk.sop, case, WIB)
    assert content == archive_list.content_of(long_walk.sop, long_walk.case, WIB)


def rows_of(bundle):
    text = (bundle / "jejak-audit.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    assert text.count(b"\r\n") == text.count(b"\n")
    return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_the_table_tells_each_entry_in_a_row(made, bundle):
    rows = rows_of(bundle)
    assert list(rows[0]) == ["nomor", "waktu", "pelaku", "tindakan", "langkah", "rincian", "hash"]
    assert [row["nomor"] for row in rows] == [str(number) for number in range(1, made.kept.entries + 1)]
    assert rows[0]["waktu"] == "2026-11-02 09:00:00 +07:00"
    assert rows[0]["pelaku"] == "Wulan (Tata Usaha)"
    assert f"nomor surat: {NIP};" in rows[0]["rincian"]
    plh = "Dewi Lestari (Plh. Kepala Bagian Umum, berdasarkan Surat Perintah Nomor 12/SPt/2026)"
    assert {row["pelaku"] for row in rows} >= {plh, "Sistem", "Joko (Unit Terkait, Direktorat Program)"}
    returned = next(row for row in rows if row["tindakan"] == "Mengembalikan untuk diperbaiki")
    assert returned["langkah"] == "6"
    assert "berkas: lampiran/06 Catatan perbaikan.ogg" in returned["rincian"]
    assert any(row["tindakan"] == "Ditolak" and "NotWanted" in row["rincian"] for row in rows)
    moved = next(row for row in rows if row["tindakan"] == "Memperbaiki data arsip")
    assert moved["rincian"] == "lokasi simpan: Lemari A-4 (semula: Lemari A-3)"
    assert all("; None" not in row["rincian"] and "{" not in row["rincian"] for row in rows)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_no_cell_of_the_table_is_a_formula_or_a_bare_number_wherever_it_is_parted(bundle, separator):
    """Also where a spreadsheet parts it elsewhere than we do."""
    text = (bundle / "jejak-audit.csv").read_text(encoding="utf-8-sig")
    assert FORMULA[1:10] in text
    for row in csv.reader(io.StringIO(text), delimiter=separator):
        for cell in row:
            assert not cell.strip(" \"'").startswith(("=", "+", "-", "@", "\t")) or cell.strip(' "').startswith("'")
            assert len(cell) <= 4 or not cell.isdigit()


@pytest.mark.parametrize(
    "cell", ["=1+1", "\t=1", " =1", "a;=1", 'a";=1', "a,\r\n=1", "@SUM(1)", "-1", "+1", "\uff1d1", "a|=1"]
)
def test_what_would_run_as_a_formula_has_an_apostrophe_before_it(cell):
    made = verifikasi._cell(cell)
    assert "'" in made
    assert "\n" not in made
    assert "\t" not in made


def test_the_procedure_is_that_of_the_trail_for_the_house_too(bundle):
    assert content_hash(read(bundle / "sop.yaml")) == content_hash(SOP)
    assert "roles:" in (bundle / "sop.yaml").read_text()


def test_a_procedure_with_ways_and_desks_together_is_written_so_too(tmp_path):
    from alur.storage.sop_files import said

    text = verifikasi.sop_text(said(MEMO))
    (tmp_path / "sop.yaml").write_text(text)
    assert content_hash(read(tmp_path / "sop.yaml")) == content_hash(MEMO)
    canonical = verifikasi.sop_canonical(verifikasi.read_sop(text))
    assert sha256(canonical.encode()).hexdigest() == content_hash(MEMO)


def test_the_checkpoint_is_the_note_as_it_was_signed_and_its_proofs_lead_to_it(made, bundle):
    with made.database.read() as session:
        row = checkpoints.last(session)
    text = (bundle / "checkpoint.txt").read_text()
    assert text.startswith(row.note)
    found, _ = checkpoint.read(row.note, SIGNER.verifier)
    entries = verifikasi.read_trail((bundle / "jejak-audit.jsonl").read_text())
    for entry, block in zip(entries, text[:-1].split("\n\n")[3:], strict=True):
        first, *path = block.split("\n")
        leaf, index = bytes.fromhex(entry["hash"]), int(first.removeprefix("index "))
        assert tree.root_from(leaf, index, found.size, [b64decode(item) for item in path]) == found.root


def test_the_first_checkpoint_after_the_last_entry_is_taken_and_later_ones_change_nothing(database, kept, store, plan):
    with database.write() as session:
        office(a_work(session), 5)
        assert signed(a_work(session)) is not None
    with database.read() as session:
        assert planned(session, a_calendar(), kept.case_id, papers=PAPERS) == plan


def test_what_comes_later_changes_nothing_of_what_the_chat_got(database, kept, store, plan):
    size = plan.checkpoint.size
    with database.read() as session:
        before = chat.part(a_work(session), store, kept.case_id, size, 0)
    with database.write() as session:
        refused(a_work(session), store, kept.case_id, a_work(session).now)
    with database.read() as session:
        assert planned(session, a_calendar(), kept.case_id, papers=PAPERS).checkpoint is None
        assert chat.part(a_work(session), store, kept.case_id, size, 0) == before
    with database.write() as session:
        signed(a_work(session))
    with database.read() as session:
        assert chat.part(a_work(session), store, kept.case_id, size, 0) == before


def test_before_there_is_a_checkpoint_it_says_so_and_is_whole(database, store, long_walk, tmp_path):
    with database.write() as session:
        made = keep(a_work(session), store, long_walk, sign=False)
    plan = planned_of(database, made)
    place = folder.written(plan, store, tmp_path / "out")
    assert (place / "checkpoint.txt").read_text().splitlines()[0] == "belum ada"
    status, said = run(place)
    assert status == 3
    assert "BELUM ADA: Tanda tangan titik periksa (checkpoint)" in said
    assert "BELUM ADA: Bukti inklusi setiap entri" in said
    assert "BELUM TERBUKTI" in said.splitlines()[-1]
    assert "Semua pemeriksaan lulus." not in said
    text = (place / "BACA-SAYA.txt").read_text()
    assert "BELUM TERBUKTI" in text
    assert "--kunci" not in text
    status, said = run(place, "--kunci", str(SIGNER.verifier))
    assert status == 3
    assert "BELUM ADA: Kunci yang diberikan" in said


def test_it_is_held_against_another_key_and_against_a_checkpoint_from_the_chat(made, bundle, tmp_path):
    with made.database.read() as session:
        note = checkpoints.last(session).note
    other = Signer("alur-audit-test", bytes(32))
    size = checkpoint.read(note, SIGNER.verifier)[0].size
    forged = checkpoint.signed(checkpoint.Checkpoint(origin="alur-audit-test", size=size, root=bytes(32)), SIGNER)
    longer = checkpoint.signed(checkpoint.Checkpoint(origin="alur-audit-test", size=size + 1, root=bytes(32)), SIGNER)
    assert failed(bundle, key=str(SIGNER.verifier), pasted=note.replace("\n", "\r\n").rstrip()) == []
    assert failed(bundle, key=str(other.verifier)) == ["Kunci yang diberikan"]
    foreign = checkpoint.signed(
        checkpoint.Checkpoint(origin="alur-audit-lain", size=size + 1, root=bytes(32)),
        Signer("alur-audit-lain", bytes(32)),
    )
    by_other = checkpoint.signed(checkpoint.Checkpoint(origin="alur-audit-test", size=size + 1, root=bytes(32)), other)
    for pasted in (forged, foreign, by_other, f"{note}\n{forged}", note.replace("alur", "elur")):
        assert failed(bundle, pasted=pasted) == ["Titik periksa yang diberikan"]
    (tmp_path / "pasted.txt").write_text(forged)
    status, said = run(bundle, "--checkpoint", str(tmp_path / "pasted.txt"))
    assert status == 1
    assert "GAGAL: Titik periksa yang diberikan\n    akar pohonnya lain" in said
    for pasted, key, expected in (
        (longer, (), 0),
        (longer, ("--kunci", str(SIGNER.verifier)), 0),
        (note, (), 0),
        (f"{longer}\n{note}", (), 0),
    ):
        (tmp_path / "pasted.txt").write_text(f"Yth. Ibu Dewi,\n\n{pasted}\nTerima kasih.", encoding="utf-16")
        status, said = run(bundle, "--checkpoint", str(tmp_path / "pasted.txt"), *key)
        assert status == expected, said
        assert ("TIDAK DAPAT DIBANDINGKAN: Titik periksa yang diberikan" in said) == (pasted == longer)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--kunci", "nothing"], "--kunci: bukan kunci publik yang utuh (NAMA+NOMOR+KUNCI)."),
        (["--kunci", ""], "--kunci: bukan kunci publik yang utuh (NAMA+NOMOR+KUNCI)."),
        (["--kunci"], "Perintahnya keliru. Pemakaian: python3 verifikasi.py"),
        (["--unknown"], "Perintahnya keliru. Pemakaian: python3 verifikasi.py"),
        (["a", "b"], "Perintahnya keliru. Pemakaian: python3 verifikasi.py"),
        (["--checkpoint", "nowhere.txt"], "--checkpoint: nowhere.txt tidak ada."),
        (["--checkpoint", "empty"], "--checkpoint: empty tidak dapat dibaca."),
        (["--checkpoint", "words.txt"], "--checkpoint: words.txt tidak memuat titik periksa"),
        (["nowhere"], "nowhere: ini bukan folder berkas bukti."),
        (["empty"], "empty: ini bukan folder berkas bukti."),
        (["."], ".: ini bukan folder berkas bukti."),
    ],
)
def test_a_wrong_use_is_one_sentence_and_says_nothing_of_the_bundle(bundle, tmp_path, options, sentence):
    (tmp_path / "empty").mkdir()
    (tmp_path / "words.txt").write_text("Terima kasih, Pak.")
    folder_ = [str(bundle)] if options[0].startswith("--") else []
    command = [sys.executable, "-I", str(bundle / "verifikasi.py"), *folder_, *options]
    done = subprocess.run(command, cwd=tmp_path, env={}, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert done.stderr.startswith(sentence)
    assert faults(done.stderr) == []


def test_its_help_tells_every_status_and_speaks_as_the_house_does(bundle):
    status, said = run(bundle, "--help")
    assert status == 0
    for number in "0123":
        assert f"{number} " in said.splitlines()[-1]
    assert faults(said) == []
    assert not {"usage", "options", "show this", "positional"} & set(said.split())


def test_another_zone_of_the_machine_another_seed_and_another_umask_make_the_same_bytes(made, tmp_path):
    program = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "os.umask(0o077)\n"
        "from tests.services.test_bundle import made_at\n"
        "made_at(Path(sys.argv[1]))\n"
    )
    other = {"PYTHONHASHSEED": "7", "TZ": "America/New_York", "LC_ALL": "C", "PYTHONPATH": str(ROOT)}
    subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], cwd=tmp_path, env={**os.environ, **other}, check=True
    )
    assert contents(tmp_path / "out" / "ip-asn-2026") == contents(made.bundle)
    assert (tmp_path / "out" / "ip-asn-2026.zip").read_bytes() == archive.packed(made.plan, made.store, 0)


def made_at(place):
    database, store = Database(f"sqlite:///{place / 'alur.sqlite'}"), FileStore(place / "files")
    migrate(database)
    with database.write() as session:
        made = keep(a_work(session), store, a_long_walk())
    plan = planned_of(database, made)
    database.close()
    folder.written(plan, store, place / "out")
    archive.written(plan, store, place / "out")


def test_both_databases_make_the_same_bytes(made, bundle, plan, store, tmp_path):
    assert contents(folder.written(plan, store, tmp_path / "out")) == contents(bundle)


def test_the_zip_unpacks_to_the_folder_and_has_nothing_of_this_machine(made, bundle, tmp_path):
    (path,) = archive.written(made.plan, made.store, tmp_path / "zips")
    assert path.name == "ip-asn-2026.zip"
    with ZipFile(path) as packed:
        packed.extractall(tmp_path / "unpacked")
        for info in packed.infolist():
            assert (info.date_time, info.external_attr >> 16, info.create_system) == (
                made.plan.at.timetuple()[:6],
                0o100644,
                3,
            )
    assert contents(tmp_path / "unpacked" / "ip-asn-2026") == contents(bundle)
    assert archive.packed(made.plan, made.store, 0) == path.read_bytes()


def test_what_is_too_much_for_one_zip_comes_in_several_none_larger_than_allowed(made, bundle, tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MOST", 150_000)
    names = archive.names(made.plan)
    assert len(names) > 1
    assert names[0] == f"ip-asn-2026 - 1 dari {len(names)}.zip"
    for path in archive.written(made.plan, made.store, tmp_path / "zips"):
        assert path.stat().st_size <= 150_000
        with ZipFile(path) as packed:
            packed.extractall(tmp_path / "unpacked")
    assert contents(tmp_path / "unpacked" / "ip-asn-2026") == contents(bundle)
    sizes = [
        archive.END + sum(archive.HEADERS + 2 * len(f"{made.plan.code}/{i.name}") + i.size for i in part)
        for part in archive.parts(made.plan)
    ]
    assert [len(archive.packed(made.plan, made.store, number)) for number in range(len(names))] == sizes
    with pytest.raises(IndexError):
        archive.packed(made.plan, made.store, len(names))


def test_a_file_that_no_chat_carries_is_named_and_left_out(database, kept, store, plan, tmp_path, monkeypatch):
    large = next(item for item in plan.items if item.data is None)
    monkeypatch.setattr(verifikasi, "LARGEST", large.size - 1)
    with database.read() as session:
        work, size = a_work(session), plan.checkpoint.size
        left = chat.left_out(work, kept.case_id, size)
        parts = [
            chat.part(work, store, kept.case_id, size, number)
            for number in range(len(chat.part_names(work, kept.case_id, size)))
        ]
        assert planned(session, a_calendar(), kept.case_id, papers=PAPERS).left_out == ()
    assert large.name in left
    for part in parts:
        with ZipFile(io.BytesIO(part)) as packed:
            packed.extractall(tmp_path / "unpacked")
    place = tmp_path / "unpacked" / "ip-asn-2026"
    assert not (place / large.name).exists()
    assert f"   {large.name}\n" in (place / "BACA-SAYA.txt").read_text()
    lines, status = verifikasi.report(place, key=str(SIGNER.verifier))
    assert status == verifikasi.PROVED, lines
    assert any(line.startswith(f"TIDAK DISERTAKAN: {large.name}") for line in lines)
    whole = folder.written(plan, store, tmp_path / "out")
    (whole / large.name).unlink()
    assert failed(whole)


def test_a_folder_that_has_something_in_it_is_refused_and_nothing_is_left_behind(made, tmp_path):
    (tmp_path / "out" / "ip-asn-2026").mkdir(parents=True)
    place = folder.written(made.plan, made.store, tmp_path / "out")
    before = contents(place)
    with pytest.raises(ExportFailed, match="exists already"):
        folder.written(made.plan, made.store, tmp_path / "out")
    (tmp_path / "file").write_text("")
    for out in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(ExportFailed):
            folder.written(made.plan, made.store, out)
        with pytest.raises(ExportFailed):
            archive.written(made.plan, made.store, out)
    assert contents(place) == before
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["ip-asn-2026"]


def test_a_stored_file_that_is_gone_or_damaged_stops_it_and_nothing_is_left_behind(
    database, kept, plan, store, tmp_path
):
    digest = plan.items[-1].sha256
    name = next(item.name for item in plan.items if item.sha256 == digest)
    store.path(digest).write_bytes(b"other")
    for write in (folder.written, archive.written):
        with pytest.raises(FileDamaged, match=re.escape(f"{digest} ({name})")):
            write(plan, store, tmp_path / "out" / "below")
    assert not (tmp_path / "out").exists()
    (tmp_path / "out").mkdir()
    for write in (folder.written, archive.written):
        with pytest.raises(FileDamaged):
            write(plan, store, tmp_path / "out" / "below")
    assert list((tmp_path / "out").iterdir()) == []
    store.path(digest).unlink()
    with database.read() as session, pytest.raises(FileDamaged):
        chat.part(a_work(session), store, kept.case_id, plan.checkpoint.size, 0)


def test_of_a_trail_that_is_not_whole_nothing_is_made(database, kept):
    from sqlalchemy import text

    for change, why in (
        ("UPDATE audit SET entry = replace(entry, 'Rina', 'Lina') WHERE case_id IS NOT NULL", NotExportable),
        ("UPDATE audit SET entry = '{' WHERE case_id IS NOT NULL AND seq = 7", NotExportable),
        ("UPDATE audit SET hash = prev_hash WHERE case_id IS NULL AND seq = 2", TrailBroken),
    ):
        with database.write() as session:
            with unguarded(session):
                session.execute(text(change))
            with pytest.raises(why):
                planned(session, a_calendar(), kept.case_id, papers=PAPERS)
            session.rollback()


def test_an_office_in_another_zone_reads_its_own_hours(database, store, tmp_path):
    walk = Walk().open()
    walk = replace(walk, trail=[(at.astimezone(ZoneInfo("Asia/Jayapura")), entry) for at, entry in walk.trail])
    with database.write() as session:
        made = keep(a_work(session), store, walk)
    place = folder.written(planned_of(database, made), store, tmp_path / "out")
    assert rows_of(place)[0]["waktu"] == "2026-11-02 11:00:00 +09:00"
    lines, status = verifikasi.report(place, key=str(SIGNER.verifier))
    assert status == verifikasi.PROVED
    assert "Waktu dalam tabel: UTC+9 (WIT), menurut jejak audit." in lines


def test_a_case_that_has_just_begun_has_its_letter(database, store, tmp_path):
    with database.write() as session:
        made = keep(a_work(session), store, Walk().open())
    plan = planned_of(database, made)
    place = folder.written(plan, store, tmp_path / "out")
    assert failed(place) == []
    assert "masih berjalan" in (place / "BACA-SAYA.txt").read_text()
    assert {path.parent.name for path in place.rglob("*.pdf")} == {place.name, "dokumen-akhir", "lampiran"}


def test_a_case_that_was_called_off_or_opened_again_says_so(database, store, tmp_path):
    for number, (walk, said) in enumerate(
        ((Walk().open().cancel(), "dibatalkan"), (walked(99).reopen(9), "masih berjalan"))
    ):
        with database.write() as session:
            made = keep(a_work(session), FileStore(tmp_path / "files"), replace_code(walk, f"ip-asn-{number}"))
        plan = planned_of(database, made)
        place = folder.written(plan, store, tmp_path / "out")
        assert failed(place) == []
        assert f"proses {said}." in (place / "BACA-SAYA.txt").read_text()


def replace_code(walk, code):
    """The walk as a case of another code and period."""
    text = json.dumps([entry for _, entry in walk.trail])
    entries = json.loads(text.replace('"ip-asn-2026"', f'"{code}"').replace('"period": "2026"', f'"period": "{code}"'))
    return replace(walk, trail=[(at, entry) for (at, _), entry in zip(walk.trail, entries, strict=True)])


def test_what_a_computer_puts_into_a_folder_that_is_looked_at_is_named_and_is_no_part_of_it(bundle, tmp_path):
    shutil.copytree(bundle, tmp_path / "copy")
    (tmp_path / "copy" / "lampiran" / "Thumbs.db").write_bytes(b"x")
    (tmp_path / "copy" / "baru").mkdir()
    lines, status = verifikasi.report(tmp_path / "copy", key=str(SIGNER.verifier))
    assert status == verifikasi.PROVED
    for name in ("lampiran/Thumbs.db", "baru/"):
        assert f"DAPAT DIHAPUS: {name} (bukan bagian berkas bukti)" in lines
    (tmp_path / "copy" / ".DS_Store").symlink_to("sop.yaml")
    lines, status = verifikasi.report(tmp_path / "copy")
    assert status == verifikasi.FAILED
    assert "    bukan berkas biasa: .DS_Store" in lines


def test_what_failed_outside_of_anybodys_act_is_told_by_name(database, store, tmp_path):
    with database.write() as session:
        work = a_work(session)
        made = keep(work, store, Walk().open(), sign=False)
        for act in (
            {"act": "message_set_aside", "message": "card 5", "member": 7, "error": "BadRequest"},
            {"act": "chat_held", "member": 7, "until": (work.now + timedelta(hours=1)).isoformat()},
            {"act": "what a later build knows"},
        ):
            entry = {"act": act, "events": [], "applied": work.now.isoformat(), "update": None}
            audit.append(session, case_id=made.case_id, at=work.now, member=None, entry=entry)
    plan = planned_of(database, made)
    place = folder.written(plan, store, tmp_path / "out")
    assert failed(place) == []
    told = [(row["pelaku"], row["tindakan"], row["rincian"]) for row in rows_of(place)[-3:]]
    assert told == [
        ("Sistem", "Pesan tidak dapat disampaikan", "pegawai: Wulan; pesan: card 5; sebab: BadRequest"),
        ("Sistem", "Penyampaian tertunda oleh Telegram", "pegawai: Wulan; sampai: 2026-12-18 10:00"),
        ("Sistem", "Catatan", "tindakan: what a later build knows"),
    ]


def test_the_text_for_the_reader_speaks_as_the_house_does(bundle):
    text = (bundle / "BACA-SAYA.txt").read_text()
    assert faults(text) == []
    assert "bukan tanda tangan elektronik" in text
    assert "telah diarsipkan" in text
