"""Checkpoints by the rules of https://c2sp.org/tlog-checkpoint; what goes through a chat before it comes back; and nothing else."""

import base64

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from alur.evidence import verifikasi
from alur.evidence.checkpoint import Checkpoint, found, mended, names, read, signed, text_of
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


SPOILT = {
    "as it is": lambda note: note,
    "without the last line feed": lambda note: note[:-1],
    "a mark of the bytes' order": lambda note: f"\ufeff{note}",
    "line ends of Windows": lambda note: note.replace("\n", "\r\n"),
    "line ends of an old Mac": lambda note: note.replace("\n", "\r"),
    "the chat's words around it": lambda note: (
        "Yth. Bapak Eko, berikut titik periksa jejak audit yang mencakup 1.234 catatan. Pesan ini mohon disimpan.\n\n"
        f"{note}\nTerima kasih, Pak.\n"
    ),
    "Telegram's line of who sent it": lambda note: f"Alur, [30 Nov 2026 16.00.12]:\n{note}",
    "WhatsApp's stamp, as one platform writes it": lambda note: f"30/11/26 16.00 - Pak Eko: {note}",
    "WhatsApp's stamp, as the other does": lambda note: f"\u200e[30/11/26, 16.00.12] Eko: \u200e{note}Terima kasih.",
    "a word right below": lambda note: f"{note}Terima\nkasih\n",
    "quoted in a mail": lambda note: "".join(f"> {line}\n" for line in note.split("\n")),
    "quoted twice": lambda note: "".join(f"> > {line}\n" for line in note.split("\n")),
    "quoted without blanks": lambda note: "".join(f">{line}\n" for line in note.split("\n")),
    "indented": lambda note: "".join(f"\t    {line}\n" for line in note.split("\n")),
    "fenced": lambda note: f"```\n{note}```\n",
    "fenced on the lines themselves": lambda note: f"```{note[:-1]}```",
    "a fence with its language": lambda note: f"```text\n{note}```",
    "blanks at line ends": lambda note: note.replace("\n", " \t\u00a0\n"),
    "signs without a width at line ends": lambda note: note.replace("\n", "\u200b\n"),
    "no empty line": lambda note: note.replace("\n\n", "\n"),
    "two empty lines": lambda note: note.replace("\n\n", "\n\n\n"),
    "an empty line after each": lambda note: note.replace("\n", "\n\n"),
    "a hyphen": lambda note: note.replace("—", "-"),
    "two hyphens": lambda note: note.replace("—", "--"),
    "an en dash": lambda note: note.replace("—", "\u2013"),
    "a blank that does not break": lambda note: note.replace("— ", "—\u00a0"),
    "the signature wrapped at the blank": lambda note: f"{note[: note.rindex(' ')]}\n{note[note.rindex(' ') + 1 :]}",
    "the signature wrapped inside": lambda note: f"{note[:-40]}\n{note[-40:]}Terima\n",
    "the signature in three pieces, quoted": lambda note: f"> {note[:-60]}\n> {note[-60:-30]}\n> {note[-30:]}".replace(
        "\n\n", "\n>\n"
    ),
}


@pytest.mark.parametrize("how", SPOILT)
def test_the_note_is_found_in_what_people_paste(signer, note, how):
    assert found(SPOILT[how](note)) == (note,)
    assert read(found(SPOILT[how](note))[0], signer.verifier)[0].size == 20852163


@pytest.mark.parametrize("how", SPOILT)
def test_the_program_in_a_bundle_finds_it_in_the_same_pastes(signer, note, how):
    """It looks more freely, as it stands alone; of what it finds too nothing else is signed."""
    pasted = SPOILT[how](note)

    assert [item for item in verifikasi.notes_in(pasted) if accepted(item, signer.verifier)] == [note]


@pytest.mark.parametrize("how", SPOILT)
def test_several_are_found_each_with_its_own_words_around(signer, note, how):
    earlier = signed(Checkpoint(origin=NAMED, size=2, root=EMPTY), signer)

    assert found(f"{SPOILT[how](earlier)}\n{SPOILT[how](note)}") == (earlier, note)


def test_what_witnesses_signed_beside_is_found_with_it(signer, note):
    witness = Signer("witness.example", b"w" * 32)
    line = witness.signed(note.partition("\n\n")[0] + "\n").partition("\n\n")[2]

    assert found(f"Yth. Bapak,\n{note}{line}- Pak Eko\n— Budi Hartono\n") == (note + line,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "Selamat pagi, Pak.\n\n- satu\n- dua\n-- tiga empat\n— lima enam\n",
        "alur-audit-0123456789ab\n2\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "— alur-audit-0123456789ab AAAA",
        "a\nb\nc\n— d e\n",
    ],
)
def test_where_there_is_none_none_is_found(text):
    assert found(text) == ()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda note: note.replace("20852163", "20.852.163"),
        lambda note: note.replace("20852163", "208521 63"),
        lambda note: note.replace("\n20852163", "\n020852163"),
        lambda note: note.replace("alur-audit", "alur—audit", 1),
        lambda note: note.replace("alur-audit", "Alur-audit", 1),
        lambda note: note.replace("\n\n", "\n1791\n\n"),
        lambda note: note.replace("— ", "— x"),
        lambda note: note.replace("— ", "--- "),
        lambda note: note.replace("— ", "* "),
        lambda note: note[:-3] + "=\n",
        lambda note: note[: len(note) // 2],
    ],
)
def test_nothing_inside_of_the_lines_is_mended(signer, note, spoil):
    assert [accepted(item, signer.verifier) for item in found(spoil(note))] in ([], [None])


@given(at=st.integers(min_value=0), sign=st.characters())
def test_of_what_is_found_too_only_what_was_signed_is_accepted(signer, note, at, sign):
    at %= len(note)
    for changed in (note[:at] + sign + note[at + 1 :], note[:at] + sign + note[at:], note[:at] + note[at + 1 :]):
        assert {item for item in found(changed) if accepted(item, signer.verifier)} <= {note}


@given(text=st.text(alphabet="a1=+/-—\u2013 >`\n:]\r\t\ufeff", max_size=300))
def test_whatever_is_pasted_is_looked_through(text):
    for item in found(text):
        assert found(item) == (item,)
        names(item)


@given(text=st.text(st.characters(exclude_characters="\x00", codec="utf-8"), max_size=60))
def test_a_text_is_read_however_an_editor_saved_it(text):
    assume(not text.startswith("\ufeff"))
    for codec in ("utf-8", "utf-16", "utf-8-sig"):
        assert text_of(text.encode(codec)).removeprefix("\ufeff") == text


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_note_is_found_in_the_bytes_of_any_editor(note, codec):
    assert found(text_of(f"Yth. Bapak,\n{note}".encode(codec))) == (note,)


@given(data=st.binary(max_size=200))
def test_bytes_that_are_no_text_hold_none(data):
    assert found(text_of(data)) == ()


def test_whose_it_says_to_be_is_read_also_where_it_is_damaged(note):
    assert names(note) == (NAMED, NAMED)
    assert names(note.replace(NAMED, "lain", 1).replace("— ", "-- ")) == ("lain", NAMED)
    assert names("") == ("",)
