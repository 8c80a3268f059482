"""Checkpoints by the rules of https://c2sp.org/tlog-checkpoint; what goes through a chat before it comes back; and nothing else."""

import base64

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from alur.evidence.checkpoint import Checkpoint, mended, read, signed
from alur.evidence.note import NoteInvalid, Signer
from alur.evidence.tree import EMPTY, Tree

NAMED = "alur-audit-0123456789ab"
ROOT = Tree([b"satu", b"dua"]).root


@pytest.fixture(scope="module")
def signer():
    return Signer(NAMED, bytes(range(32)))


@pytest.fixture(scope="module")
def note(signer):
    return signed(Checkpoint(origin=NAMED, size=20852163, root=ROOT), signer)


def accepted(note, *verifiers):
    """What it says, or None."""
    try:
        return read(note, *verifiers)[0]
    except NoteInvalid:
        return None


def test_it_is_three_lines_and_a_signature(note):
    text, _, tail = note.partition("\n\n")

    assert text == f"{NAMED}\n20852163\n{base64.b64encode(ROOT).decode()}"
    assert tail.startswith(f"— {NAMED} ")
    assert tail.count("\n") == 1
    assert tail.endswith("\n")


@given(size=st.integers(0, 10**18), root=st.binary(min_size=32, max_size=32))
def test_what_was_signed_is_read_back_with_whose_word_it_is(signer, size, root):
    made = Checkpoint(origin=NAMED, size=size, root=root)

    assert read(signed(made, signer), signer.verifier) == (made, signer.verifier)


def test_the_example_of_the_specification_is_read_but_for_its_signature():
    """Its key is not told there."""
    example = (
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        "— example.com/behind-the-sofa "
        "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    )

    with pytest.raises(NoteInvalid, match="none of the keys"):
        read(example)


def test_the_key_that_signed_is_found_among_all_that_the_office_had(signer, note):
    others = [Signer(f"alur-audit-{number:012}", bytes([number]) * 32).verifier for number in range(3)]

    assert read(note, *others, signer.verifier)[1] is signer.verifier
    assert accepted(note, *others) is None
    assert accepted(note) is None


def test_a_signature_of_a_key_that_bears_another_name_than_the_tree_does_not_count(signer):
    other = Signer("alur-audit-ba9876543210", b"o" * 32)
    foreign = other.signed(Checkpoint(origin=NAMED, size=2, root=ROOT).text)

    assert accepted(foreign, signer.verifier, other.verifier) is None


def test_witnesses_may_sign_beside(signer, note):
    witness = Signer("witness.example", b"w" * 32)
    line = witness.signed(note.partition("\n\n")[0] + "\n").partition("\n\n")[2]

    assert accepted(note + line, signer.verifier) == accepted(note, signer.verifier)
    assert read(note + line, witness.verifier, signer.verifier)[1] is signer.verifier


def test_a_wrong_signature_of_any_key_of_the_office_refuses_the_whole(signer, note):
    former = Signer("alur-audit-ba9876543210", b"f" * 32)
    wrong = former.signed("lain\n").partition("\n\n")[2]

    assert accepted(note + wrong, signer.verifier) is not None
    assert accepted(note + wrong, signer.verifier, former.verifier) is None


@pytest.mark.parametrize(
    "text",
    [
        f"{NAMED}\n2\n{{root}}\n1791\n",  # an extension line: others may have them, ours have none
        f"{NAMED}\n2\n{{root}}\n\n",
        f"\n{NAMED}\n2\n{{root}}\n",
        f"{NAMED}\n2\n",
        f"{NAMED}\n02\n{{root}}\n",
        f"{NAMED}\n00\n{{root}}\n",
        f"{NAMED}\n+2\n{{root}}\n",
        f"{NAMED}\n-2\n{{root}}\n",
        f"{NAMED}\n 2\n{{root}}\n",
        f"{NAMED}\n2 \n{{root}}\n",
        f"{NAMED}\n1_0\n{{root}}\n",
        f"{NAMED}\n2.0\n{{root}}\n",
        f"{NAMED}\n٢\n{{root}}\n",
        f"{NAMED}\n\n{{root}}\n",
        f"{NAMED}\n{10**19}\n{{root}}\n",
        f"{NAMED}\n2\n{{root}} \n",
        f"{NAMED}\n2\n\n",
        f"{NAMED}\n2\nAAAA\n",
        f"{NAMED}\n2\n{{root}}AAAA\n",
        f"{NAMED} \n2\n{{root}}\n",
        "alur audit\n2\n{root}\n",
        "\n2\n{root}\n",
    ],
)
def test_whatever_else_is_no_checkpoint_of_ours_even_if_our_key_signed_it(signer, text):
    root = Checkpoint(origin="x", size=2, root=ROOT).text.split("\n")[2]

    assert accepted(signer.signed(text.format(root=root)), signer.verifier) is None


def test_a_root_that_base64_would_write_otherwise_is_none(signer):
    root = Checkpoint(origin="x", size=2, root=EMPTY).text.split("\n")[2]
    same = root[:-2] + chr(ord(root[-2]) + 1) + "="  # the bits that it changes belong to no byte

    assert accepted(signer.signed(f"{NAMED}\n2\n{root}\n"), signer.verifier)
    assert accepted(signer.signed(f"{NAMED}\n2\n{same}\n"), signer.verifier) is None
    assert accepted(signer.signed(f"{NAMED}\n2\n{root[:-1]}\n"), signer.verifier) is None


@given(at=st.integers(min_value=0), sign=st.characters())
def test_one_changed_character_is_never_accepted(signer, note, at, sign):
    at %= len(note)
    changed = note[:at] + sign + note[at + 1 :]

    assert (accepted(changed, signer.verifier) is not None) == (changed == note)


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda note: note,
        lambda note: note[:-1],
        lambda note: note + "\n\n\n",
        lambda note: "\n\n" + note,
        lambda note: "\ufeff" + note,
        lambda note: note.replace("\n", "\r\n"),
        lambda note: note.replace("\n", "\r\n")[:-2],
        lambda note: note.replace("\n", "\r"),
        lambda note: "\ufeff\r\n" + note.replace("\n", "\r\n") + "\r\n\r\n",
    ],
)
def test_what_chats_editors_and_clipboards_do_is_undone(signer, note, spoilt):
    assert mended(spoilt(note)) == note
    assert accepted(mended(spoilt(note)), signer.verifier)


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda note: note.replace("—", "-"),
        lambda note: note.replace("—", "--"),
        lambda note: note.replace("— ", "—\u00a0"),
        lambda note: note.replace("\n\n", "\n"),
        lambda note: note.replace("\n\n", "\n\n\n"),
        lambda note: note.replace("\n", " \n"),
        lambda note: note.replace("\n", "\n\n"),
        lambda note: "".join(f"> {line}\n" for line in note.split("\n")),
        lambda note: f"```\n{note}```\n",
        lambda note: f"Alur, [30 Nov 2026 16.00]\n{note}",
        lambda note: " " + note,
        lambda note: note[:-1] + " ",
        lambda note: note.replace("20852163", "20.852.163"),
        lambda note: note.replace("=\n\n", "=\n\u200b\n"),
        lambda note: "\n\ufeff" + note,
        lambda note: note[: len(note) // 2],
        lambda note: note + note,
        lambda note: note[:0],
        lambda note: note[-1:],
    ],
)
def test_nothing_else_is_undone(signer, note, spoilt):
    assert accepted(mended(spoilt(note)), signer.verifier) is None


@given(at=st.integers(min_value=0), sign=st.characters())
def test_after_mending_too_only_what_was_signed_is_accepted(signer, note, at, sign):
    at %= len(note)
    for changed in (note[:at] + sign + note[at + 1 :], note[:at] + sign + note[at:], note[:at] + note[at + 1 :]):
        assume(mended(changed) != note)
        assert accepted(mended(changed), signer.verifier) is None


@given(text=st.text())
def test_mending_twice_is_mending_once_but_for_another_mark(text):
    assume("\ufeff" not in text)

    assert mended(mended(text)) == mended(text)
