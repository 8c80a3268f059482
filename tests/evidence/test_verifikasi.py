"""The program that a bundle carries: its signatures against RFC 8032 and `cryptography`, its tree and notes against ours."""

import ast
import base64
import sys
from hashlib import sha512
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from alur.evidence import checkpoint, note, tree, verifikasi
from alur.evidence.verifikasi import BASE, ORDER, Damaged, P, is_signed
from alur.workflow import file_kinds
from alur.workflow.engine.acts import RULES
from alur.workflow.events import Event
from tests.bahasa import faults

RFC = (  # RFC 8032, section 7.1: public key, message, signature
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        b"",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        b"\x72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        b"\xaf\x82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        sha512(b"abc").digest(),
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
)
few = settings(max_examples=60, deadline=None)
KEY = st.binary(min_size=32, max_size=32).map(Ed25519PrivateKey.from_private_bytes)


@pytest.mark.parametrize(("public", "message", "signature"), RFC)
def test_the_vectors_of_the_rfc_are_right_and_of_another_message_wrong(public, message, signature):
    key, value = bytes.fromhex(public), bytes.fromhex(signature)
    assert is_signed(key, message, value)
    assert not is_signed(key, message + b"x", value)
    assert not is_signed(key, message, value[:-1])


@few
@given(key=KEY, message=st.binary(max_size=200))
def test_what_cryptography_signs_is_signed(key, message):
    assert is_signed(key.public_key().public_bytes_raw(), message, key.sign(message))


@few
@given(key=KEY, message=st.binary(min_size=1, max_size=40), where=st.integers(0, 10_000), change=st.integers(1, 255))
def test_of_one_changed_byte_both_say_the_same(key, message, where, change):
    """In the key, the message or the signature; it is right for neither."""
    public = key.public_key().public_bytes_raw()
    whole = bytearray(public + key.sign(message) + message)
    whole[where % len(whole)] ^= change
    public, signature, message = bytes(whole[:32]), bytes(whole[32:96]), bytes(whole[96:])
    with pytest.raises((InvalidSignature, ValueError)):
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    assert not is_signed(public, message, signature)


@few
@given(key=KEY, message=st.binary(max_size=40))
def test_a_signature_has_one_scalar(key, message):
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    more = int.from_bytes(signature[32:], "little") + ORDER
    assert not is_signed(public, message, signature[:32] + more.to_bytes(32, "little"))


# The eight points whose order divides eight, and encodings of them that are not the shortest.
SMALL = {
    *(y.to_bytes(32, "little") for y in (0, 1, P - 1, P, P + 1)),
    *((y | 1 << 255).to_bytes(32, "little") for y in (0, 1, P - 1, P, P + 1)),
    *(
        bytes.fromhex(point)
        for point in (
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        )
    ),
}


@pytest.mark.parametrize("public", sorted(SMALL))
def test_a_key_of_small_order_signs_nothing(public):
    """With such a key one signature fits many messages: S of zero, and for its nonce each of these points."""
    assert not any(is_signed(public, bytes([n]), nonce + bytes(32)) for n in range(8) for nonce in sorted(SMALL)[:4])


@pytest.mark.parametrize("public", [b"", bytes(31), (P + 3).to_bytes(32, "little"), b"\x02" + bytes(31)])
def test_what_is_no_point_signs_nothing(public):
    assert not is_signed(public, b"", bytes(64))


def test_the_base_point_is_the_one_of_the_rfc():
    assert BASE[0] == 15112221349535400772501151409588531511454012693041857206046113283949847762202
    assert verifikasi._encoded(verifikasi._times(ORDER, BASE)) == verifikasi._encoded(verifikasi.NEUTRAL)


@few
@given(leaves=st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=70), data=st.data())
def test_the_path_of_each_leaf_leads_to_our_root_and_no_other_does(leaves, data):
    whole = tree.Tree(leaves)
    index = data.draw(st.integers(0, len(leaves) - 1))
    path = whole.inclusion(index)
    assert verifikasi.root_from(leaves[index], index, len(leaves), path) == whole.root
    assert verifikasi.root_from(leaves[index], len(leaves), len(leaves), path) is None
    assert verifikasi.root_from(leaves[index], index, len(leaves), (*path, whole.root)) is None
    assert verifikasi.root_from(bytes(32), index, len(leaves), path) != whole.root or leaves[index] == bytes(32)


SIGNER = note.Signer("alur-audit-test", bytes(range(32)))
NOTE = checkpoint.signed(checkpoint.Checkpoint(origin="alur-audit-test", size=12, root=bytes(range(32))), SIGNER)


def test_a_note_of_ours_is_read_and_its_key_too():
    found, key = verifikasi.read_note(NOTE), verifikasi.read_key(str(SIGNER.verifier))
    assert (found.origin, found.size, found.root) == ("alur-audit-test", 12, bytes(range(32)))
    assert verifikasi.has_signed(key, found)
    assert not verifikasi.has_signed(key._replace(name="another"), found)


@few
@given(where=st.integers(0, len(NOTE) - 1), sign=st.characters(codec="utf-8"))
def test_a_note_of_which_one_character_is_another_is_not_signed(where, sign):
    changed = NOTE[:where] + sign + NOTE[where + 1 :]
    try:
        good = verifikasi.has_signed(verifikasi.read_key(str(SIGNER.verifier)), verifikasi.read_note(changed))
    except Damaged:
        good = False
    assert good == (changed == NOTE)


DASHED = NOTE.replace("\u2014", "--")
SIGNATURE = NOTE.split()[-1]


@pytest.mark.parametrize(
    "pasted",
    [
        NOTE[:-1],
        f"\ufeff{NOTE}\n\n",
        NOTE.replace("\n", "\r\n"),
        NOTE.replace("\n", " \t\n"),
        NOTE.replace("\n\n", "\n"),
        NOTE.replace("\n\n", "\n\n\n"),
        f"Yth. Ibu Dewi, berikut titik periksa jejak audit yang mencakup 12 catatan.\n\n{NOTE}\nTerima kasih, Pak.\n",
        f"[12/2/26, 09.00] Ibu Dewi: {NOTE}",
        "".join(f"> {line}\n" for line in NOTE.splitlines()),
        f"```\n{NOTE}```\n",
        DASHED,
        NOTE.replace(SIGNATURE, f"{SIGNATURE[:50]}\n{SIGNATURE[50:]}"),
        NOTE.replace(f" {SIGNATURE}", f"\n{SIGNATURE}"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_checkpoint_is_found_in_whatever_it_was_pasted_with(pasted, encoding):
    data = pasted.encode(encoding, "ignore")
    assert verifikasi.notes_in(verifikasi.text_in(data)) == [NOTE]


def test_every_checkpoint_of_a_long_chat_is_found_and_none_where_there_is_none():
    other = checkpoint.signed(checkpoint.Checkpoint(origin="alur-audit-test", size=13, root=bytes(32)), SIGNER)
    assert verifikasi.notes_in(f"Senin\n{NOTE}\nSelasa\n{other}") == [NOTE, other]
    without = "\n".join(NOTE.splitlines()[:3])
    for text in ("", "Terima kasih.", without, NOTE.replace("12", "dua belas"), "\n".join(NOTE.splitlines()[1:])):
        assert verifikasi.notes_in(text) == []


@few
@given(where=st.integers(0, len(NOTE) - 1), sign=st.characters(codec="utf-8"))
def test_what_is_mended_is_the_signed_note_or_is_not_signed(where, sign):
    key = verifikasi.read_key(str(SIGNER.verifier))
    for found in verifikasi.notes_in(NOTE[:where] + sign + NOTE[where + 1 :]):
        try:
            good = verifikasi.has_signed(key, verifikasi.read_note(found))
        except Damaged:
            good = False
        assert good == (found == NOTE)


@few
@given(paths=st.lists(st.lists(st.binary(min_size=32, max_size=32), max_size=4), min_size=1, max_size=5))
def test_checkpoint_txt_is_read_back_and_each_proof_is_one_of_c2sp(paths):
    proofs = tuple((index * 3, tuple(path)) for index, path in enumerate(paths))
    made = verifikasi.Checkpoint(note=NOTE, key=str(SIGNER.verifier), proofs=proofs)
    text = verifikasi.checkpoint_text(made)
    assert text.startswith(NOTE)
    assert verifikasi.read_checkpoint(text) == made
    block = text[:-1].split("\n\n")[-1]
    first, *hashes = block.split("\n")
    assert first == f"index {proofs[-1][0]}"
    assert [base64.b64decode(line) for line in hashes] == list(proofs[-1][1])


def test_it_is_written_for_python_3_8_and_needs_nothing_but_it():
    source = Path(verifikasi.__file__).read_text()
    parsed = ast.parse(source, feature_version=(3, 8))
    needed = {
        name.split(".")[0]
        for item in ast.walk(parsed)
        if isinstance(item, ast.Import | ast.ImportFrom)
        for name in ([item.module] if isinstance(item, ast.ImportFrom) else [each.name for each in item.names])
    }
    assert needed <= sys.stdlib_module_names
    assert "cryptography" not in source


def test_every_event_and_every_act_has_its_words():
    kinds = [kind.model_fields["event"].default for kind in Event.__origin__.__args__]
    assert set(kinds) == set(verifikasi.EVENTS)
    acts = {rule.act.model_fields["act"].annotation.__args__[0] for rule in RULES}
    assert acts <= set(verifikasi.ACTS)


def test_every_kind_of_file_that_the_office_takes_has_its_ending():
    assert {kind.mime: kind.endings[0] for kind in file_kinds.TAKEN.values()}.items() <= verifikasi.ENDINGS.items()


def test_the_words_of_the_table_and_of_the_checks_are_those_of_the_house():
    said = [word for word, _ in verifikasi.EVENTS.values()]
    said += [heading for _, told in verifikasi.EVENTS.values() for heading, _ in told]
    said += [*verifikasi.OUTCOMES.values(), *verifikasi.ACTS.values(), *verifikasi.NOTES.values()]
    assert [(text, found) for text in said if (found := list(faults(text)))] == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18), 10**18) | st.text(st.characters(codec="utf-8"), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), inner, max_size=3),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(value=st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), JSON, min_size=1, max_size=4))
def test_what_is_written_as_yaml_is_read_back_by_our_reader_and_by_ruamel(value):
    from ruamel.yaml import YAML

    text = verifikasi.sop_text(value)
    assert verifikasi.read_sop(text) == value
    assert YAML(typ="safe", pure=True).load(text) == value


PATHS = st.text(st.characters(), max_size=200)


@settings(max_examples=300, deadline=None)
@given(names=st.lists(PATHS, min_size=1, max_size=6), room=st.integers(60, 100))
def test_every_name_is_one_that_windows_can_make(names, room):
    for name in names:
        made = verifikasi.portable(name, room)
        assert made.isascii()
        assert 0 < len(made) <= room
        assert not set(made) & set('<>:"/\\|?*')
        assert made.isprintable()
        assert made == made.strip(" .")
