"""Whose a pasted checkpoint is: this office's word, a fault of this office, or none of its business."""

import pytest

from alur.evidence import checkpoint
from alur.evidence.checkpoint import Checkpoint
from alur.evidence.note import Signer
from alur.services.evidence.inspection.notes import FOREIGN, Notes
from alur.services.evidence.inspection.pasted import inspect_pasted

OURS = Signer("alur-audit-aaaaaaaaaaaa", b"a" * 32)
FORMER = Signer("alur-audit-bbbbbbbbbbbb", b"b" * 32)
FORGER = Signer(OURS.verifier.name, b"f" * 32)
ELSEWHERE = Signer("alur-audit-eeeeeeeeeeee", b"e" * 32)
KEYS = (FORMER.verifier, OURS.verifier)


def note(signer, *, origin=None, size=7):
    return checkpoint.signed(Checkpoint(origin=origin or signer.verifier.name, size=size, root=b"r" * 32), signer)


def judged(*pasted, keys=KEYS):
    notes = Notes()
    found = [item.size for _, item in inspect_pasted(notes, keys, pasted)]
    return found, [(finding.what, finding.matter) for finding in notes.findings], notes.checkpoints


def test_each_that_a_key_of_the_office_signed_is_counted_whatever_stands_around():
    assert judged(f"Pak Eko:\n{note(OURS)}Terima kasih.\n{note(FORMER, size=3)}", note(OURS, size=9)) == (
        [7, 3, 9],
        [],
        3,
    )


@pytest.mark.parametrize(
    ("pasted", "why"),
    [
        (note(FORGER), "it says to be of this office (alur-audit-aaaaaaaaaaaa), and is not signed with its key"),
        (note(OURS).replace("\n7\n", "\n8\n"), "it says to be of this office (alur-audit-aaaaaaaaaaaa), and is damaged or"),
        (note(OURS).replace("\n7\n", "\n7.0\n"), "it says to be of this office (alur-audit-aaaaaaaaaaaa), and is damaged or"),
        (note(OURS)[:-9], "it says to be of this office (alur-audit-aaaaaaaaaaaa), and is damaged or altered"),
        (note(OURS, origin="alur-audit-cccccccccccc"), "it bears the name of this office's key (alur-audit-aaaaaaaaaaaa)"),
    ],
)  # fmt: skip
def test_what_bears_this_offices_name_and_is_not_its_word_is_a_fault_of_it(pasted, why):
    found, ((told, matter),), _ = judged(pasted)
    assert (found, matter) == ([], "")
    assert told.startswith(why)


@pytest.mark.parametrize(
    ("pasted", "why"),
    [
        (note(ELSEWHERE), "it is another office's (alur-audit-eeeeeeeeeeee): it says nothing of this one"),
        (note(ELSEWHERE).replace("\n7\n", "\n07\n"), "no signed note: a checkpoint is three lines"),
        ("Terima kasih, Pak.", "no signed note: "),
    ],
)
def test_what_is_another_offices_or_cannot_be_read_says_nothing_of_this_one(pasted, why):
    found, ((told, matter),), _ = judged(pasted)
    assert (found, matter) == ([], FOREIGN)
    assert told.startswith(why)


def test_an_office_that_knows_no_key_cannot_say_that_it_is_another_offices():
    _, ((told, matter),), _ = judged(note(OURS), keys=())
    assert matter == FOREIGN
    assert told == (
        "it is of alur-audit-aaaaaaaaaaaa, and this office knows no key: none has begun, or what told of it is gone"
    )
