"""What is found of the signatures in a PDF, as an intermediary makes them and as people spoil them."""

import io
import os
from datetime import UTC, datetime, timedelta
from functools import cache

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyhanko.sign.fields import MDPPerm

from alur.contents import pdf
from alur.contents.signatures import LONGEST_NAME, MOST, look
from alur.workflow.file_kinds import Signatures
from tests.contents import signed as made
from tests.contents.signed import HADI, RATNA, letter, saved_again, signed, updated
from tests.papers import paper

STREAMS = {"object_stream_mode": pikepdf.ObjectStreamMode.generate}


@cache
def one():
    return signed(letter())


@cache
def two():
    return signed(one(), HADI, field="Tanda2")


def certified(permission):
    return signed(letter(), certifies=permission)


WHOLE = {
    "of one person": one,
    "of two, the earlier one under the later": two,
    "a field filled in afterwards": lambda: updated(two(), made.filled_in),
    "without any other field": lambda: signed(letter(note=False)),
    "linearized before": lambda: signed(letter(linearize=True)),
    "with streams of cross-references": lambda: signed(signed(letter(**STREAMS)), HADI, field="Tanda2"),
    "under an owner's password": lambda: signed(signed(made.locked()), HADI, field="Tanda2"),
    "certified": lambda: certified(MDPPerm.NO_CHANGES),
    "certified, then stamped by another": lambda: signed(certified(MDPPerm.FILL_FORMS), HADI, field="Tanda2"),
    "certified, then filled in": lambda: updated(certified(MDPPerm.FILL_FORMS), made.filled_in),
    "with a line behind its end": lambda: one() + b"\n",
}
CHANGED = {
    "other words on the page": lambda: updated(two(), made.rewritten),
    "a remark beside the words": lambda: updated(one(), made.annotated),
    "a remark where the certificate allows it": lambda: updated(certified(MDPPerm.ANNOTATE), made.annotated),
    "filled in where the certificate forbids it": lambda: updated(certified(MDPPerm.NO_CHANGES), made.filled_in),
    "saved whole": lambda: saved_again(one()),
    "saved whole and packed": lambda: saved_again(two(), **STREAMS),
    "linearized afterwards": lambda: saved_again(one(), linearize=True),
    "a byte inside": lambda: one().replace(b"[ 0 0 595 842 ]", b"[ 0 0 595 843 ]"),
}


@pytest.mark.parametrize("sort", WHOLE)
def test_what_signing_and_filling_in_adds_leaves_a_letter_whole(sort):
    data = WHOLE[sort]()
    assert pdf.may_be_signed(data)
    found = look(data)
    assert (found.state, found.why) == ("whole", None)
    assert {item.by for item in found.given} <= {RATNA, HADI}


@pytest.mark.parametrize("sort", CHANGED)
def test_what_was_changed_after_the_signed_range_is_told(sort):
    data = CHANGED[sort]()
    assert data not in (one(), two())
    assert pdf.may_be_signed(data)
    found = look(data)
    assert (found.state, found.is_doubtful) == ("changed", True)
    assert found.given


def test_who_signed_and_when_is_as_the_file_says():
    given = look(two()).given
    assert [item.by for item in given] == [RATNA, HADI]
    assert all(datetime.now(UTC) - timedelta(hours=1) < item.at <= datetime.now(UTC) for item in given)


def test_a_name_is_shown_on_one_line_and_no_longer_than_a_line():
    (given,) = look(signed(letter(), "Ir. Hadi\nPrasetyo\u202e " + "M" * 40)).given
    assert given.by.startswith("Ir. Hadi Prasetyo M")
    assert given.by.isprintable()
    assert len(given.by) <= LONGEST_NAME


@pytest.mark.parametrize("data", [letter(), paper("a.pdf"), letter(**STREAMS), made.locked()])
def test_a_letter_without_a_signature_holds_none(data):
    assert not pdf.may_be_signed(data)
    assert look(data) == Signatures("none")


def test_a_field_that_waits_for_its_signature_is_none():
    assert look(made.with_empty_field(letter())) == Signatures("none")


def test_more_signatures_than_anybody_gives_are_not_judged(monkeypatch):
    monkeypatch.setattr("alur.contents.signatures.MOST", 0)
    assert MOST > 0
    assert look(one()) == Signatures("untold", why="too_much")


def test_wherever_a_signed_letter_was_cut_or_spoilt_something_is_said_of_it():
    data = two()
    for end in range(0, len(data), len(data) // 40):
        assert look(data[:end]).state in ("none", "untold", "changed", "whole")
    for place in range(0, len(data), len(data) // 60):
        spoilt = data[:place] + os.urandom(20) + data[place + 20 :]
        assert look(spoilt).state != "none" or not pdf.may_be_signed(spoilt)


@given(st.binary(max_size=400))
def test_whatever_comes_something_is_said_of_it(data):
    assert look(b"%PDF-1.7\n" + data).state in ("none", "untold")


def test_a_form_that_holds_itself_is_looked_at_and_no_further():
    with pikepdf.new() as file:
        file.add_blank_page()
        field = file.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=pikepdf.String("x")))
        field.Kids = pikepdf.Array([field, field])
        file.Root.AcroForm = pikepdf.Dictionary(Fields=[field])
        stream = io.BytesIO()
        file.save(stream)
    assert pdf.may_be_signed(stream.getvalue())
    assert look(stream.getvalue()).state in ("none", "untold")
