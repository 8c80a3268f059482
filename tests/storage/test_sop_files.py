"""A procedure's file is read or refused, with every fault and its line."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from alur.storage.sop_files import SopFileError, SopFolderError, content_hash, default_folder, read, read_folder, said
from alur.workflow.sop import Filing, Sop

REAL = default_folder() / "ip-asn.yaml"

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file: bytes as they are, or the real procedure with the first of each pair replaced by the second."""

    def write(*changes: bytes | tuple[str, str], name: str = "sop.yaml") -> Path:
        content = REAL.read_bytes()
        for change in changes:
            if isinstance(change, bytes):
                content = change
                continue
            old, new = (text.encode() for text in change)
            assert old in content, f"{change[0]!r} does not stand in {REAL.name}"
            content = content.replace(old, new, 1)
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def refused(path: Path) -> tuple[tuple[int, str], ...]:
    with pytest.raises(SopFileError) as caught:
        read(path)
    return caught.value.faults


def line_of(path: Path, text: str) -> int:
    """The only line in which the text stands."""
    (line,) = [number for number, content in enumerate(path.read_text().splitlines(), 1) if text in content]
    return line


def test_the_real_procedure_is_read():
    sop = read(REAL)

    assert (sop.id, len(sop.steps), sum(step.working_days for step in sop.steps)) == ("ip-asn", 12, 18)


def test_folded_text_holds_no_mark_of_the_loader():
    said = read(REAL).model_dump_json()

    assert ">-" in REAL.read_text()
    assert "\\u0007" not in said


def test_the_default_folder_is_found_from_anywhere(tmp_path: Path):
    (tmp_path / "sops").mkdir()  # a stranger's folder of the same name
    program = "from alur.storage.sop_files import *; print([sop.id for sop in read_folder(default_folder())])"

    result = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)

    assert result.stdout.strip() == "['ip-asn']"


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"", 1, "the file is empty"),
        (b"# only a comment\n", 1, "the file is empty"),
        (b"\n- a\n- b\n", 2, "the file must be a mapping of keys to values"),
        (b"id: a\nnumber: [1\ntitle: b\n", 3, "not YAML: while parsing a flow sequence, expected ',' or ']'"),
        (b"id: a\nnumber: *b\n", 2, "not YAML: found undefined alias 'b'"),
        (b"id: a\n---\nid: b\n", 2, "not YAML: expected a single document in the stream"),
        (b"id: a\ntitle: \xff\n", 2, "is not UTF-8 text"),
        (b"id: a\ntitle: \x01\n", 2, "not YAML: a control character is not allowed"),
        (b"id: " + b"9" * 5000, 1, "not YAML: "),
    ],
)
def test_what_is_no_procedure_at_all_is_one_clear_fault(write: Write, content: bytes, line: int, message: str):
    ((found_line, found_message),) = refused(write(content))

    assert (found_line, found_message[: len(message)]) == (line, message)


def test_a_missing_file_and_a_folder_in_its_place_are_named(tmp_path: Path):
    assert refused(tmp_path / "none.yaml") == ((1, "there is no such file"),)
    assert refused(tmp_path) == ((1, "cannot be read: Is a directory"),)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("working_days: 1", "working_days: satu", "working_days must be a whole number"),
        ("working_days: 1", "working_days: 0", "working_days must be at least 1"),
        ("kept: true", "kept: perhaps", "kept must be true or false"),
        ("created: 2023-10-31", "created: 2023-13-45", "created must be a date such as 2023-10-31"),
        ("created: 2023-10-31", "created: 2023-10-31 10:00:00", "created must be a date without a time"),
        ("may: [hold]", "may: hold", "may must be a list"),
        ("may: [hold]", "may: [fly]", "item 1 of may must be 'start', 'hold', 'appoint', 'paper' or 'report'"),
        ("needs: [data_capaian]", "needs: data_capaian", "needs must be a list"),
        ("period: year", "period: month", "period must be 'year'"),
        ("id: ip-asn", "id: IP ASN", "id must match ^[a-z0-9]+(-[a-z0-9]+)*$"),
        ("id: ip-asn", f"id: {'a' * 25}", "id has more than 24 characters"),
        ("short_title: L", "titel: L", "unknown key titel"),
        ("- Printer", "- {a: b}", "item 8 of equipment must be text"),
        ("- Printer", "- 12", "item 8 of equipment must be text"),
        ("  - words: arsip", "  - kept: true", "a yield is either a document or words"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(write: Write, old: str, new: str, message: str):
    path = write((old, new + " # here"))

    assert (line_of(path, "# here"), message) in [(line, text[: len(message)]) for line, text in refused(path)]


def test_a_missing_key_is_named_where_its_mapping_begins(write: Write):
    path = write(("    title: Tata Usaha\n", ""))

    assert refused(path) == ((line_of(path, "id: tata_usaha"), "title is missing"),)


def test_a_wrong_task_does_not_make_its_list_too_short(write: Write):
    path = write(("kind: archive", "kind: burn"))

    assert [line for line, _ in refused(path)] == [line_of(path, "kind: burn")]


def test_every_key_that_stands_twice_is_named(write: Write):
    path = write(("    notes:\n", "    notes: []\n    notes:\n"), ("may: [hold]", "may: [hold]\n    may: [start]"))

    first, second = refused(path)

    assert first == (line_of(path, "    may: [start]"), f"the key may stands twice (first in line {first[0] - 1})")
    assert second[1] == f"the key notes stands twice (first in line {second[0] - 1})"


def test_all_faults_of_the_shape_come_at_once_in_the_order_of_lines(write: Write):
    path = write(
        ("kind: archive", "kind: burn"), ("period: year", "period: month"), ("letter: s", "letter: a\nletter: s")
    )

    assert [message for _, message in refused(path)] == [
        "period must be 'year'",
        f"the key letter stands twice (first in line {line_of(path, 'letter: a')})",
        "kind must be 'dispose', 'prepare', 'review', 'convene', 'direct' or 'archive'",
    ]


def test_faults_between_the_parts_come_at_once_with_their_lines(write: Write):
    path = write(("returns_to: 9", "returns_to: 11"), ("helpers: [analis_sdm]", "helpers: [analis]"))

    assert refused(path) == (
        (line_of(path, "helpers: [analis] "), "unknown role 'analis'"),
        (line_of(path, "returns_to: 11"), "step 11 is not one before step 10"),
    )


def test_the_error_reads_as_one_line_a_fault(write: Write):
    path = write(("period: year", "period: month"), ("id: ip-asn", "id: IP"))

    with pytest.raises(SopFileError) as caught:
        read(path)

    assert caught.value.path == path
    assert str(caught.value).splitlines() == [
        f"{path}:5: id must match ^[a-z0-9]+(-[a-z0-9]+)*$",
        f"{path}:{line_of(path, 'period: month')}: period must be 'year'",
    ]


def test_a_folder_is_read_in_the_order_of_its_names(write: Write):
    folder = write(name="b.yaml").parent
    write(("id: ip-asn", "id: other"), name="a.yml")
    (folder / "README.txt").write_text("not a procedure")

    assert [sop.id for sop in read_folder(folder)] == ["other", "ip-asn"]


def test_two_files_with_one_id_are_a_fault_of_the_second(write: Write):
    write(name="a.yaml")
    second = write(name="b.yaml")

    with pytest.raises(SopFolderError) as caught:
        read_folder(second.parent)

    assert str(caught.value) == f"{second}:5: the id 'ip-asn' belongs to a.yaml already"


def test_a_folder_shows_the_faults_of_all_its_files(write: Write):
    first = write(("period: year", "period: month"), name="a.yaml")
    second = write(b"", name="b.yaml")

    with pytest.raises(SopFolderError) as caught:
        read_folder(first.parent)

    assert [error.path for error in caught.value.files] == [first, second]
    assert len(caught.value.faults) == 2
    assert [line.split(":")[0] for line in str(caught.value).splitlines()] == [str(first), str(second)]


def test_a_folder_that_is_missing_or_without_procedures_is_refused(tmp_path: Path):
    with pytest.raises(SopFileError, match="the folder holds no procedure"):
        read_folder(tmp_path)
    with pytest.raises(SopFileError, match="there is no such folder"):
        read_folder(tmp_path / "none")


def test_the_hash_is_that_of_the_content_not_of_the_file(write: Write):
    sop = read(REAL)

    assert content_hash(read(write(("may: [start, hold]", "may: [hold, start] # as before")))) == content_hash(sop)
    assert content_hash(Sop.model_validate_json(sop.model_dump_json(by_alias=True))) == content_hash(sop)
    assert content_hash(read(write(("- Printer", "- Pencetak")))) != content_hash(sop)


def test_a_key_that_says_nothing_is_no_part_of_the_hash_inside_of_another_key_either():
    sop = read(REAL)
    plain, active = (sop.model_copy(update={"archive": Filing(**filing)}) for filing in ({}, {"active": "2 tahun"}))
    assert "archive" not in said(plain)
    assert said(active)["archive"] == {"active": "2 tahun"}
    assert content_hash(active) != content_hash(plain)


def test_a_fate_that_archives_do_not_know_is_refused_with_its_line(write: Write):
    path = write(("  stage: Asli", "  stage: Asli\n  fate: Dibakar"), ("  security: Terbatas", "  security: Umum"))
    messages = [message for _, message in refused(path)]
    assert messages == [
        "security must be 'Biasa', 'Terbatas', 'Rahasia' or 'Sangat Rahasia'",
        "fate must be 'Musnah', 'Permanen' or 'Dinilai kembali'",
    ]


def test_the_hash_is_the_same_in_every_process():
    program = "from alur.storage.sop_files import *; print(content_hash(read(default_folder() / 'ip-asn.yaml')))"
    hashes = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout.strip()
        for seed in ("1", "2", "3", "4")
    }

    assert hashes == {content_hash(read(REAL))}
