"""A reader that is not ours: Go's own packages for signed notes and tlogs (golang.org/x/mod/sumdb), as Debian packs them, read
our checkpoints and trees, and we read their notes. Left out where there is no Go, but never with `CI` set.
"""

import base64
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from alur.evidence.checkpoint import Checkpoint, read, signed
from alur.evidence.note import NoteInvalid, Signer, Verifier
from alur.evidence.tree import Tree
from alur.services.evidence.checkpoints import begin_key, measured, sign
from alur.storage import audit, key_file
from tests.factories import CALENDAR, SOP
from tests.services.house import House, a_procedure
from tests.workflow.walk import wib

DEBIANS = Path("/usr/share/gocode")  # of golang-golang-x-mod-dev
READER = Path(__file__).parent / "reader"
NAMED = "alur-audit-0123456789ab"
SIGNER = Signer(NAMED, bytes(range(32)))
OTHER = Signer("witness.example", b"w" * 32)
LEAVES = [bytes([number]) * 32 for number in range(70)]
TREE = Tree(LEAVES)
NOTE = signed(Checkpoint(origin=NAMED, size=TREE.size, root=TREE.root), SIGNER)
FOREIGN = "lain\n"
TEXT = NOTE.partition("\n\n")[0] + "\n"


@pytest.fixture(scope="session")
def go(tmp_path_factory):
    """Asks the reader, which is built once."""
    if not shutil.which("go") or not (DEBIANS / "src/golang.org/x/mod").is_dir():
        reason = "there is no Go with golang.org/x/mod here (Debian: golang-go golang-golang-x-mod-dev)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("go")
    own = {"GOPATH": str(DEBIANS), "GO111MODULE": "off", "GOCACHE": str(folder / "cache"), "CGO_ENABLED": "0"}
    reader = folder / "reader"
    command = ["go", "build", "-o", reader, "main.go"]
    subprocess.run(command, cwd=READER, env=os.environ | own, check=True, timeout=300)

    def ask(**question):
        asked = json.dumps(question, default=lambda data: base64.b64encode(data).decode())
        done = subprocess.run([reader], input=asked + "\n", capture_output=True, text=True, check=True, timeout=60)
        return json.loads(done.stdout)

    return ask


def about(tree):
    """What the reader is told of a tree: each leaf's path, and the root at each size."""
    return {
        "Paths": [tree.inclusion(index) for index in range(tree.size)],
        "Roots": [tree.root_at(size) for size in range(1, tree.size + 1)],
    }


def test_go_reads_our_checkpoint_with_our_keys_line(go):
    told = go(Keys=[str(SIGNER.verifier)], Note=NOTE)

    assert (told["Refused"], told["Signed"], told["Text"]) == ("", [NAMED], TEXT)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 64, 70])
def test_go_builds_the_same_tree_and_takes_each_path_and_each_growth(go, size):
    tree = Tree(LEAVES[:size])
    note = signed(Checkpoint(origin=NAMED, size=size, root=tree.root), SIGNER)

    told = go(Keys=[str(SIGNER.verifier)], Note=note, Leaves=LEAVES[:size], **about(tree))

    assert (told["Refused"], told["Tree"], told["Proofs"], told["Extended"]) == ("", "same", size, size)


def test_the_reader_finds_what_is_wrong(go):
    """So that what it says of the right ones means something."""
    facts = {"Keys": [str(SIGNER.verifier)], "Note": NOTE, "Leaves": LEAVES, **about(TREE)}
    swapped = [LEAVES[1], LEAVES[0], *LEAVES[2:]]
    paths = [TREE.inclusion(1), TREE.inclusion(0), *facts["Paths"][2:]]

    assert "the root of 1 leaves is another" in go(**facts | {"Leaves": swapped})["Refused"]
    assert "leaf 0" in go(**facts | {"Paths": paths})["Refused"]
    assert "another tree" in go(**facts | {"Leaves": LEAVES[:69], "Roots": facts["Roots"][:69]})["Refused"]
    assert "invalid signature" in go(Keys=[str(SIGNER.verifier)], Note=NOTE.replace("\n70\n", "\n71\n"))["Refused"]
    assert "no verifiable signatures" in go(Keys=[str(OTHER.verifier)], Note=NOTE)["Refused"]


def test_we_read_what_go_has_signed_with_a_key_of_its_own(go):
    told = go(Sign="go.example/tlog\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")

    found, by = read(told["Note"], Verifier.of(told["Key"]))

    assert (found.origin, found.size, found.root) == ("go.example/tlog", 0, Tree([]).root)
    assert str(by) == told["Key"]


def test_go_reads_what_an_office_has_signed(go, database, tmp_path):
    """From the key's file to the note that goes to the administrators, and each entry of its trail with its proof."""
    house = House(database=database, calendar=CALENDAR, procedures=(a_procedure(SOP),), now=wib("2026-11-02 09:00"))
    house.open(house.procedures[0], house.enrol("Wulan S", "tata_usaha").id)
    signer = key_file.load_or_make(tmp_path / "audit.key")
    house.transact(begin_key, signer)
    row = house.transact(sign, house.look(measured), signer)
    leaves = house.look(lambda work: list(audit.leaves(work.session, upto=row.size)))

    told = go(Keys=[row.key], Note=row.note, Leaves=leaves, **about(Tree(leaves)))

    assert (told["Refused"], told["Tree"], told["Proofs"]) == ("", "same", row.size)


def lines(text, *signers):
    return "".join(signer.signed(text).removeprefix(f"{text}\n") for signer in signers)


def otherwise(note):
    """The last bits of the signature, which belong to no byte of it, are others."""
    at = note.rindex("=\n") - (2 if note.endswith("==\n") else 1)
    return note[:at] + chr(ord(note[at]) + 1) + note[at + 1 :]


BOTH_TAKE = {
    "as it was signed": NOTE,
    "another's signature before": f"{TEXT}\n{lines(TEXT, OTHER, SIGNER)}",
    "another's signature after": f"{TEXT}\n{lines(TEXT, SIGNER, OTHER)}",
    "an unknown one of our name": f"{TEXT}\n{lines(TEXT, Signer(NAMED, b'x' * 32), SIGNER)}",
    "the same signature twice": f"{TEXT}\n{lines(TEXT, SIGNER, SIGNER)}",
}
BOTH_REFUSE = {
    "CRLF": NOTE.replace("\n", "\r\n"),
    "no last line feed": NOTE[:-1],
    "an empty line at the end": NOTE + "\n",
    "an empty line before": "\n" + NOTE,
    "a BOM": "\ufeff" + NOTE,
    "a hyphen for the dash": NOTE.replace("—", "-"),
    "a plus in a signer's name": f"{TEXT}\n{lines(TEXT, SIGNER)}— a+b AAAAAAA=\n",
    "a signature of four bytes": f"{TEXT}\n{lines(TEXT, SIGNER)}— a AAAAAA==\n",
    "a line that is no signature": f"{TEXT}\n{lines(TEXT, SIGNER)}catatan\n",
    "a tab": NOTE.replace("\n70\n", "\n\t70\n"),
    "a wrong signature of ours first": f"{TEXT}\n{lines(FOREIGN, SIGNER)}{lines(TEXT, SIGNER)}",
}
ONLY_GO_TAKES = {  # of which ours are none, and which Go's note leaves to whoever reads its text
    "a wrong signature of ours second": f"{TEXT}\n{lines(TEXT, SIGNER)}{lines(FOREIGN, SIGNER)}",
    "base64 with other last bits": otherwise(NOTE),
    "an extension line": SIGNER.signed(f"{TEXT}1791\n"),
    "a size with a zero before": SIGNER.signed(TEXT.replace("\n70\n", "\n070\n")),
    "a blank in whose tree it is": SIGNER.signed(TEXT.replace(NAMED, "alur audit")),
    "another's tree": SIGNER.signed(TEXT.replace(NAMED, "lain")),
    "an empty line in the text": SIGNER.signed(f"{TEXT}\n"),
}


def is_taken_by_us(note):
    try:
        read(note, SIGNER.verifier)
    except NoteInvalid:
        return False
    return True


@pytest.mark.parametrize("note", [*BOTH_TAKE.values(), *BOTH_REFUSE.values()], ids=[*BOTH_TAKE, *BOTH_REFUSE])
def test_go_and_we_agree(go, note):
    told = go(Keys=[str(SIGNER.verifier)], Note=note)

    assert is_taken_by_us(note) == (told["Refused"] == "") == (note in BOTH_TAKE.values())


@pytest.mark.parametrize("note", ONLY_GO_TAKES.values(), ids=ONLY_GO_TAKES)
def test_where_go_takes_more_we_are_the_stricter(go, note):
    """Whatever we take is taken by Go as well: nothing is shown as valid here that a public reader refuses."""
    assert go(Keys=[str(SIGNER.verifier)], Note=note)["Refused"] == ""
    assert not is_taken_by_us(note)
