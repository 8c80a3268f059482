"""Signed notes by the rules of https://c2sp.org/signed-note, and the example by which Go's own implementation is documented."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alur.evidence.note import KeyInvalid, NoteInvalid, Signer, Verifier, parsed

SECRET = bytes(range(32))
NAMED = "alur-audit-0123456789ab"
TEXT = "satu\ndua\n"

# Of the documentation of golang.org/x/mod/sumdb/note.
KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SIGNING = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
SAID = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


@pytest.fixture(scope="module")
def signer():
    return Signer(NAMED, SECRET)


@pytest.fixture(scope="module")
def note(signer):
    return signer.signed(TEXT)


def line_of(signer, text, **change):
    """One signature's line of that text, with what is to be otherwise about it."""
    line = signer.signed(text).removeprefix(f"{text}\n")
    for was, now in change.get("change", ()):
        assert was in line
        line = line.replace(was, now)
    return line


def encoded(data):
    return base64.b64encode(data).decode()


def is_accepted(note, verifier):
    try:
        return verifier.has_signed(parsed(note))
    except NoteInvalid:
        return False


def test_what_go_has_signed_is_read():
    note = parsed(SAID)

    assert Verifier.of(KEY).has_signed(note)
    assert note.text == SAID.partition("\n\n")[0] + "\n"


def test_we_sign_the_same_bytes_as_go():
    signer = Signer.of(SIGNING)

    assert signer.signed(SAID.partition("\n\n")[0] + "\n") == SAID
    assert str(signer.verifier) == KEY
    assert signer.line() == SIGNING


def test_a_text_may_have_empty_lines(signer):
    text = "Ognuno sta solo\n\n\ned è subito sera.\n"

    assert parsed(signer.signed(text)).text == text
    assert is_accepted(signer.signed(text), signer.verifier)


def test_signatures_of_others_stand_beside_ours(signer, note):
    stranger = Signer("stranger.example", b"s" * 32)
    other = line_of(stranger, TEXT)

    for whole in (note + other, f"{TEXT}\n{other}" + line_of(signer, TEXT), note + other + other):
        assert signer.verifier.has_signed(parsed(whole))
        assert stranger.verifier.has_signed(parsed(whole))


def test_of_sixteen_signatures_ours_is_found(signer):
    others = [line_of(Signer(f"witness-{number}", bytes([number]) * 32), TEXT) for number in range(16)]

    assert signer.verifier.has_signed(
        parsed(f"{TEXT}\n{''.join(others[:8])}{line_of(signer, TEXT)}{''.join(others[8:])}")
    )


def test_a_signature_that_shares_a_name_or_a_number_alone_is_a_strangers(signer):
    namesake = Signer(NAMED, b"s" * 32)
    number = Verifier("somebody", signer.verifier.public)
    number.key_id = signer.verifier.key_id

    assert not signer.verifier.has_signed(parsed(namesake.signed(TEXT)))
    assert not number.has_signed(parsed(signer.signed(TEXT)))


def test_a_note_with_a_wrong_signature_of_a_key_that_is_known_is_refused_whole(signer, note):
    wrong = line_of(signer, "tiga\n")

    for whole in (f"{TEXT}\n{wrong}", note + wrong, f"{TEXT}\n{wrong}" + line_of(signer, TEXT)):
        with pytest.raises(NoteInvalid, match="not of this text"):
            signer.verifier.has_signed(parsed(whole))


@pytest.mark.parametrize("length", [1, 32, 63, 65, 72])
def test_a_signature_of_another_length_is_wrong(signer, length):
    value = encoded(signer.verifier.key_id + b"x" * length)

    with pytest.raises(NoteInvalid):
        signer.verifier.has_signed(parsed(f"{TEXT}\n— {NAMED} {value}\n"))


@pytest.mark.parametrize(
    "whole",
    [
        "",
        "\n",
        "\n\n",
        "teks",
        "teks\n",
        "teks\n\n",
        "teks\n— a AAAAAAA=\n",  # no empty line
        "teks\n\n— a AAAAAAA=",  # the last line is not ended
        "teks\n\n— a AAAAAAA=\n\n",  # an empty line at the end parts nothing
        "teks\n\n- a AAAAAAA=\n",  # hyphen
        "teks\n\n– a AAAAAAA=\n",  # en dash  # noqa: RUF001
        "teks\n\n― a AAAAAAA=\n",  # horizontal bar
        "teks\n\n—a AAAAAAA=\n",
        "teks\n\n—\u00a0a AAAAAAA=\n",  # a blank that is none of ASCII
        "teks\n\n—  a AAAAAAA=\n",
        "teks\n\n— a  AAAAAAA=\n",
        "teks\n\n— a AAAAAAA= \n",
        "teks\n\n — a AAAAAAA=\n",
        "teks\n\n— a b AAAAAAA=\n",
        "teks\n\n— a+b AAAAAAA=\n",  # a plus parts a key's line
        "teks\n\n— a\u2003b AAAAAAA=\n",
        "teks\n\n— AAAAAAA=\n",
        "teks\n\n— a AAAAAA==\n",  # four bytes, and none of a signature
        "teks\n\n— a AAAAAAA\n",
        "teks\n\n— a AAAAAAB=\n",  # the last bits are not zero
        "teks\n\n— a AAAAAAA==\n",
        "teks\n\n— a AAA=AAAA\n",
        "teks\n\n— a AAAA*AAA=\n",
        "teks\n\n— a AAAA_-A=\n",  # the alphabet of URLs
        "teks\n\n— a ＡAAAAAA=\n",  # noqa: RUF001
        "teks\n\n— a AAAAAAA=\ntext\n",
        "teks\r\n\r\n— a AAAAAAA=\r\n",
        "te\tks\n\n— a AAAAAAA=\n",
        "te\x00ks\n\n— a AAAAAAA=\n",
        "te\ud800ks\n\n— a AAAAAAA=\n",
        "teks\n\n— a\udfff AAAAAAA=\n",
    ],
)
def test_what_is_no_note_is_refused(whole):
    with pytest.raises(NoteInvalid):
        parsed(whole)


def test_the_smallest_note_is_one():
    """So that what the test above refuses is refused for what it names."""
    assert parsed("teks\n\n— a AAAAAAA=\n").signatures[0].value == b"\0"
    assert parsed("\n\n— a AAAAAAA=\n").text == "\n"


@given(at=st.integers(min_value=0), sign=st.characters())
def test_one_changed_character_is_never_accepted(signer, note, at, sign):
    at %= len(note)
    changed = note[:at] + sign + note[at + 1 :]

    assert is_accepted(changed, signer.verifier) == (changed == note)


@given(at=st.integers(min_value=0), sign=st.characters())
def test_one_character_more_or_less_is_never_accepted(signer, note, at, sign):
    at %= len(note)

    assert not is_accepted(note[:at] + sign + note[at:], signer.verifier)
    assert not is_accepted(note[:at] + note[at + 1 :], signer.verifier)


@given(
    text=st.text(st.characters(min_codepoint=0x20, exclude_categories=["Cs"])),
    secret=st.binary(min_size=32, max_size=32),
)
def test_whatever_is_signed_is_read_back(text, secret):
    signer = Signer(NAMED, secret)
    whole = parsed(signer.signed(f"{text}\n"))

    assert whole.text == f"{text}\n"
    assert signer.verifier.has_signed(whole)


@given(secret=st.binary(min_size=32, max_size=32))
def test_a_key_comes_back_from_its_lines(secret):
    signer = Signer(NAMED, secret)

    assert Signer.of(f"{signer.line()}\n").line() == signer.line()
    assert str(Verifier.of(f" {signer.verifier}\r\n")) == str(signer.verifier)
    assert Verifier.of(str(signer.verifier)).has_signed(parsed(signer.signed(TEXT)))


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u00a0b", "naïve", "a\n", "a\tb", "\x7f"])
def test_a_name_is_ascii_without_blanks_and_plus(name):
    with pytest.raises(KeyInvalid, match="name"):
        Signer(name, SECRET)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "PeterNeumann",
        "PeterNeumann+c74f20a3",
        "PeterNeumann+c74f20a3+",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TX",  # another key
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",  # another number
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",  # written otherwise
        "PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",  # another name
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",  # another algorithm
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW=",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10Q=",  # a byte too few
        SIGNING,
    ],
)
def test_what_is_no_key_is_refused(line):
    with pytest.raises(KeyInvalid):
        Verifier.of(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        KEY,
        f"PRIVATE+KEY+{KEY}",  # the public half as if it were the secret
        SIGNING.replace("c74f20a3", "c74f20a4"),
        SIGNING.replace("Peter", "Petra"),
        SIGNING[:-1],
        SIGNING[:-1] + "A",
        SIGNING.removeprefix("PRIVATE+KEY+"),
        SIGNING * 2,
    ],
)
def test_what_is_no_signers_key_is_refused_without_a_word_of_it(line):
    with pytest.raises(KeyInvalid) as refused:
        Signer.of(line)

    assert "AYEKFALVFGyN" not in str(refused.value)
    assert refused.value.__context__ is None or "AYEKFALVFGyN" not in str(refused.value.__context__)
