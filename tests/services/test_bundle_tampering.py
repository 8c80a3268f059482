"""A thousand random single changes of a bundle: its own program finds every one. Half of them are made by a careful hand, which
writes SHA256SUMS anew afterwards, so that the trail alone can tell.
"""

import json
import random
import shutil
import subprocess
import sys
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from alur.evidence import verifikasi
from alur.evidence.checkpoint import Checkpoint, signed
from alur.evidence.note import Signer
from alur.evidence.tree import Tree
from alur.evidence.verifikasi import CHECKPOINT, FAILED, PROGRAM, PROVED, SUMS, TABLE, TRAIL
from alur.services.evidence.bundle import folder
from alur.services.evidence.bundle.plan import planned
from alur.storage.database import Database
from alur.storage.file_store import FileStore
from alur.storage.migrations import migrate
from bot.papers import PAPERS
from tests.factories import a_calendar
from tests.services.bundled import SIGNER, a_long_walk, a_work, keep

GROUPS = 8
CHANGES = 1000 // GROUPS
AS_PROCESS = 25  # every so many of them by a Python that knows nothing of Alur


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    place = tmp_path_factory.mktemp("tampered")
    database, store = Database(f"sqlite:///{place / 'alur.sqlite'}"), FileStore(place / "files")
    migrate(database)
    with database.write() as session:
        kept = keep(a_work(session), store, a_long_walk())
    with database.read() as session:
        plan = planned(session, a_calendar(), kept.case_id, papers=PAPERS)
    database.close()
    shutil.copy(verifikasi.__file__, place / PROGRAM)
    return folder.written(plan, store, place / "out")


LEFT_BEHIND = (
    ".~lock.jejak-audit.csv#",
    "dokumen-akhir/~$13 Nota dinas.docx",
    "__pycache__/verifikasi.cpython-312.pyc",
    "lampiran/Thumbs.db",
    ".DS_Store",
    "lain/desktop.ini",
)
LOOK_ALIKES = (
    "BACA-SAYA.txt.bak",
    "catatan.txt",
    "dokumen-akhir/13 Nota dinas - versi 1.pdf",
    "lain/x.pdf",
    "__pycache__/x.py",
    "Thumbs.db.pdf",
    ".~lock.x.pdf",
    "x~$y.docx",
)


def byte_changed(dice, place, name):
    data = bytearray((place / name).read_bytes())
    data[dice.randrange(len(data))] ^= dice.randrange(1, 256)
    (place / name).write_bytes(data)


def bit_changed(dice, place, name):
    data = bytearray((place / name).read_bytes())
    data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    (place / name).write_bytes(data)


def byte_taken_out(dice, place, name):
    data = bytearray((place / name).read_bytes())
    del data[dice.randrange(len(data))]
    (place / name).write_bytes(data)


def truncated(dice, place, name):
    data = (place / name).read_bytes()
    (place / name).write_bytes(data[: dice.randrange(len(data))])


def lengthened(dice, place, name):
    with (place / name).open("ab") as file:
        file.write(dice.choice((b"\n", b" ", b"x", b"\0", b"\r\n")))


def removed(_dice, place, name):
    (place / name).unlink()


def renamed(dice, place, name):
    path = place / name
    path.rename(path.with_name(dice.choice((f"{path.stem}x{path.suffix}", f"{path.name} ", path.name.swapcase()))))


def added(dice, place, name):
    path = place / dice.choice((*LEFT_BEHIND, *LOOK_ALIKES))
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(dice.choice((b"", b"x", (place / name).read_bytes())))


def swapped(dice, place, name):
    """With one of other content."""
    own = (place / name).read_bytes()
    other = dice.choice([path for path in every(place) if path != name and (place / path).read_bytes() != own])
    (place / name).write_bytes((place / other).read_bytes())
    (place / other).write_bytes(own)


def linked(_dice, place, name):
    """The bytes stand elsewhere, and could be others tomorrow."""
    path = place / name
    shutil.copy(path, place.parent / "elsewhere")
    path.unlink()
    path.symlink_to(place.parent / "elsewhere")


def folder_added(dice, place, _name):
    (place / dice.choice(("baru", "dokumen-akhir/baru"))).mkdir()


FILES = (
    byte_changed,
    bit_changed,
    byte_taken_out,
    truncated,
    lengthened,
    removed,
    renamed,
    added,
    swapped,
    linked,
    folder_added,
)


def line_changed(dice, lines):
    number = dice.randrange(len(lines))
    line = lines[number]
    places = [place for place, sign in enumerate(line) if sign.isalnum()]
    place = dice.choice(places or [0])
    other = dice.choice([sign for sign in "0123456789abcdefghijklmnopqrstuvwxyzA" if sign != line[place : place + 1]])
    lines[number] = line[:place] + other + line[place + 1 :]


def line_removed(dice, lines):
    del lines[dice.randrange(len(lines))]


def line_doubled(dice, lines):
    number = dice.randrange(len(lines))
    lines.insert(dice.randrange(len(lines)), lines[number])


def lines_swapped(dice, lines):
    first, second = sorted(dice.sample(range(len(lines)), 2))
    lines[first], lines[second] = lines[second], lines[first]


LINES = (line_changed, line_removed, line_doubled, lines_swapped)
TEXTS = (SUMS, TRAIL, CHECKPOINT, TABLE, "sop.yaml", "BACA-SAYA.txt")


def every(place):
    return sorted(path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file())


def write_sums(place):
    hashes = {name: sha256((place / name).read_bytes()).hexdigest() for name in every(place) if name != SUMS}
    (place / SUMS).write_text(verifikasi.sums_text(hashes))


def contents(place):
    return {path: (place / path).read_bytes() for path in every(place)}


def restore(place, whole):
    for path in sorted(place.rglob("*"), reverse=True):
        name = path.relative_to(place).as_posix()
        if path.is_symlink() or (path.is_file() and name not in whole):
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    for name, data in whole.items():
        if not (place / name).exists() or (place / name).read_bytes() != data:
            (place / name).write_bytes(data)


def tamper(dice, place, whole, *, careful):
    """One change, and what it was: in words, and in what it leaves a folder. What only SHA256SUMS tells of is not for the careful hand:
    the program itself, and papers, which are never called proved.
    """
    name = dice.choice([name for name in sorted(whole) if not (careful and name in (PROGRAM, SUMS, *verifikasi.MADE))])
    if dice.random() < 0.4:
        change, name = dice.choice(LINES), dice.choice([text for text in TEXTS if not (careful and text == SUMS)])
        end = "\r\n" if name == TABLE else "\n"
        lines = whole[name].decode().split(end)[:-1]
        change(dice, lines)
        (place / name).write_bytes("".join(line + end for line in lines).encode())
    else:
        change = dice.choice(FILES)
        change(dice, place, name)
    if contents(place) == whole and change not in (linked, folder_added):
        return None
    if careful:
        write_sums(place)
    return f"{change.__name__} of {name}{', carefully' if careful else ''}"


def told_of(place, extra):
    """What must be named of files that do not count, and of folders without any; never nothing."""
    empty = [path for path in place.rglob("*") if path.is_dir() and not any(path.iterdir())]
    names = [*extra, *(f"{path.relative_to(place).as_posix()}/" for path in empty)]
    assert names
    return names


@pytest.mark.parametrize("group", range(GROUPS))
def test_every_single_change_is_found(bundle, tmp_path, group):
    dice, place, missed, made = random.Random(group), tmp_path / bundle.name, [], 0
    program = bundle.parent.parent / PROGRAM
    whole = contents(bundle)
    shutil.copytree(bundle, place)
    while made < CHANGES:
        restore(place, whole)
        said = tamper(dice, place, whole, careful=made % 2 == 1)
        if said is None:
            continue  # two lines that were alike, or a twin's bytes
        made += 1
        lines, status = verifikasi.report(place)
        is_found = status == FAILED and "GAGAL" in str(lines)
        extra = {*every(place)} - {*whole}
        if not is_found and (extra <= {*LEFT_BEHIND} or "folder_added" in said):
            is_found = all(
                f"DAPAT DIHAPUS: {name} (bukan bagian berkas bukti)" in lines for name in told_of(place, extra)
            )
        if not is_found:
            missed.append(said)
        if made % AS_PROCESS == 0:
            command = [sys.executable, "-I", str(program), str(place)]
            done = subprocess.run(command, cwd=tmp_path, env={}, capture_output=True, text=True, check=False)
            assert (done.returncode, done.stderr) == (status, ""), (said, done)
            assert "GAGAL" in done.stdout or "DAPAT DIHAPUS" in done.stdout
    assert missed == []


def test_the_bundle_that_nobody_touched_is_whole(bundle, tmp_path):
    place = tmp_path / bundle.name
    shutil.copytree(bundle, place)
    write_sums(place)
    assert (place / SUMS).read_bytes() == (bundle / SUMS).read_bytes()
    assert verifikasi.report(place, key=str(SIGNER.verifier))[1] == PROVED


def test_a_check_names_what_it_found(bundle, tmp_path):
    place = tmp_path / bundle.name
    shutil.copytree(bundle, place)
    victim = next(name for name in every(place) if name.startswith("dokumen-akhir/"))
    (place / victim).write_bytes(b"%PDF another")
    write_sums(place)
    lines, _ = verifikasi.report(place)
    found = [line for line in lines if "GAGAL" in line or victim in line]
    assert found == [
        "GAGAL: Dokumen sesuai dengan jejak audit",
        f"    isinya bukan yang disebut oleh jejak audit: {victim}",
    ]


@pytest.mark.parametrize("name", [TRAIL, CHECKPOINT, TABLE, "sop.yaml", SUMS, "BACA-SAYA.txt"])
@pytest.mark.parametrize(
    "data",
    [b"", b"\n", b"\n\n\n\n", b"\xff\xfe", b"\0" * 100, b"{" * 50_000, b"[" * 100_000, b"- " * 20_000, b"a:\n" * 3000,
     b'{"a":' * 3000 + b',"id":1,"hash":"' + b"0" * 64 + b'"}\n', "—\u2028\ud7ff".encode()],
)  # fmt: skip
def test_damage_of_any_kind_is_a_fault_and_never_a_traceback(bundle, tmp_path, name, data):
    place = tmp_path / bundle.name
    shutil.copytree(bundle, place)
    for whole in (data, (bundle / name).read_bytes() + data, data + (bundle / name).read_bytes()):
        if whole != (bundle / name).read_bytes():
            (place / name).write_bytes(whole)
            write_sums(place) if name != SUMS else None
            assert verifikasi.report(place)[1] == FAILED


def test_a_name_that_is_no_text_is_shown_and_ends_nothing(bundle, tmp_path):
    place = tmp_path / bundle.name
    shutil.copytree(bundle, place)
    Path(f"{place}/ab\udcff\x1b[31m").write_bytes(b"")
    command = [sys.executable, "-I", str(bundle.parent.parent / PROGRAM), str(place)]
    done = subprocess.run(command, env={}, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"\\udcff\\x1b[31m" in done.stdout


@pytest.fixture
def copy(bundle, tmp_path):
    place = tmp_path / bundle.name
    shutil.copytree(bundle, place)
    shutil.copytree(bundle, tmp_path / "whole")
    return place


def failing(place, **given):
    return [check.name for check in verifikasi.checks(place, **given) if check.faults]


def trail_anew(place):
    """Another wrote the whole trail: one word in it, and all that follows from it."""
    entries = verifikasi.read_trail((place / TRAIL).read_text())
    prev, lines = "", []
    for entry in entries:
        number, hashed = entry["id"], {key: entry[key] for key in verifikasi.ENTRY_KEYS}
        hashed = json.loads(json.dumps(hashed).replace("Tabel per unit", "Judul saja")) | {"prev": prev}
        prev = sha256(verifikasi.canonical(hashed).encode()).hexdigest()
        lines.append(verifikasi.trail_line(hashed, number, prev))
    (place / TRAIL).write_text("".join(lines))
    sop = verifikasi.read_sop((place / "sop.yaml").read_text())
    made = verifikasi.table_text(verifikasi.read_trail("".join(lines)), sop)
    (place / TABLE).write_bytes(made.encode())
    write_sums(place)
    return [bytes.fromhex(entry["hash"]) for entry in verifikasi.read_trail("".join(lines))]


def test_a_trail_that_was_written_anew_as_a_whole_is_not_in_the_signed_tree(copy):
    trail_anew(copy)
    assert failing(copy) == ["Bukti inklusi setiap entri"]


def test_who_signs_anew_with_a_key_of_his_own_is_known_by_the_key_alone(copy, bundle):
    """What is forged as a whole fits itself: that is why the key is given by hand."""
    leaves = trail_anew(copy)
    ours = verifikasi.read_checkpoint((copy / CHECKPOINT).read_text())
    forger, tree = Signer("alur-audit-test", bytes(32)), Tree(leaves)
    entries = [json.loads(line) for line in (copy / TRAIL).read_text().splitlines()]
    text = "".join(
        verifikasi.trail_line({key: entry[key] for key in verifikasi.ENTRY_KEYS}, number, entry["hash"])
        for number, entry in enumerate(entries, 1)
    )
    (copy / TRAIL).write_text(text)
    note = signed(Checkpoint(origin="alur-audit-test", size=tree.size, root=tree.root), forger)
    proofs = tuple((index, tree.inclusion(index)) for index in range(tree.size))
    forged = verifikasi.Checkpoint(note=note, key=str(forger.verifier), proofs=proofs)
    (copy / CHECKPOINT).write_text(verifikasi.checkpoint_text(forged))
    write_sums(copy)
    assert failing(copy) == []
    assert failing(copy, key=ours.key) == ["Kunci yang diberikan"]
    assert failing(copy, pasted=ours.note) == ["Titik periksa yang diberikan"]


def test_a_checkpoint_that_its_key_did_not_sign_is_known(copy):
    found = verifikasi.read_checkpoint((copy / CHECKPOINT).read_text())
    note = verifikasi.read_note(found.note)
    own = Checkpoint(origin=note.origin, size=note.size, root=note.root)
    forged = found._replace(note=signed(own, Signer(note.origin, bytes(32))))
    (copy / CHECKPOINT).write_text(verifikasi.checkpoint_text(forged))
    write_sums(copy)
    assert failing(copy) == ["Tanda tangan titik periksa (checkpoint)"]


def test_another_program_is_known_by_the_sums_alone(copy):
    with (copy / PROGRAM).open("a") as file:
        file.write("\n")
    assert failing(copy) == [SUMS]


@pytest.mark.parametrize("name", verifikasi.MADE)
def test_a_paper_that_was_forged_with_its_sum_is_never_called_proved(copy, name):
    """It cannot be made anew: that nothing binds it is said of it, forged or not."""
    (copy / name).write_bytes(b"%PDF forged")
    write_sums(copy)
    lines, status = verifikasi.report(copy, key=str(SIGNER.verifier))
    assert status == PROVED
    assert f"TIDAK TERIKAT: {name}" in lines
    assert f"TIDAK TERIKAT: {PROGRAM}" in lines
    assert not [line for line in lines if line.startswith("LULUS") and name in line]
    (copy / name).write_bytes(b"%PDF forged again")
    assert failing(copy) == [SUMS]


def test_who_has_no_key_reads_that_the_key_is_still_to_be_compared(copy):
    lines, status = verifikasi.report(copy)
    assert status == PROVED
    assert "BELUM DIBANDINGKAN" in lines[-1]
    assert "Semua pemeriksaan lulus." not in lines


@pytest.mark.parametrize("name", ["BACA-SAYA.txt", CHECKPOINT, SUMS, TRAIL, "sop.yaml", PROGRAM, TABLE])
def test_line_ends_that_were_changed_are_told_as_that(copy, name):
    unix = (copy / name).read_bytes().replace(b"\r\n", b"\n")
    (copy / name).write_bytes(unix if name == TABLE else unix.replace(b"\n", b"\r\n"))
    lines, status = verifikasi.report(copy)
    assert status == FAILED
    assert f"    {name}: akhir barisnya telah diubah; ZIP aslinya mohon diekstrak kembali" in lines
    assert not any("berubah: " in line for line in lines)


def test_one_damaged_line_of_the_trail_is_told_once(copy):
    text = (copy / TRAIL).read_text()
    (copy / TRAIL).write_text(text.replace("Wulan", "Wulam", 1))
    write_sums(copy)
    lines, status = verifikasi.report(copy)
    assert status == FAILED
    assert sum("isinya bukan isi yang di-hash" in line for line in lines) == 1
    assert f"BELUM DIPERIKSA: {TABLE} (lihat di atas)" in lines


@pytest.mark.parametrize("offset", ["+08:00", "+00:00", "-12:00"])
@pytest.mark.parametrize("rows", [1, 1000])
def test_the_hours_of_the_table_are_those_of_the_trail(copy, offset, rows):
    """The same moments, told in another zone: in one row, or in all."""
    text = (copy / TABLE).read_bytes().decode()
    lines = text.split("\r\n")
    for number, line in enumerate(lines[1:-1][:rows], 1):
        at = datetime.strptime(line.split('"')[3], "%Y-%m-%d %H:%M:%S %z").astimezone(
            datetime.strptime(offset, "%z").tzinfo
        )
        moved = f"{at:%Y-%m-%d %H:%M:%S} {offset}"
        lines[number] = line.replace(line.split('"')[3], moved)
    (copy / TABLE).write_bytes("\r\n".join(lines).encode())
    write_sums(copy)
    assert failing(copy) == [TABLE]
    assert "Waktu dalam tabel: UTC+7 (WIB), menurut jejak audit." in verifikasi.report(copy.parent / "whole")[0]


def test_a_module_that_lies_in_the_folder_is_not_run(copy):
    """Python would take it for its own, and so would whoever was told that it may be left there."""
    (copy / "json.py").write_text("print('Semua pemeriksaan lulus.'); raise SystemExit(0)")
    command = [sys.executable, PROGRAM]
    done = subprocess.run(command, cwd=copy, env={}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (FAILED, "")
    assert "    tidak termasuk: json.py" in done.stdout


def test_without_its_tail_the_trail_is_told_by_the_proofs(copy):
    text = (copy / TRAIL).read_text()
    (copy / TRAIL).write_text("".join(text.splitlines(keepends=True)[:-1]))
    write_sums(copy)
    assert "Bukti inklusi setiap entri" in failing(copy)
