"""What is kept beside a case of the files that may come to it: nothing that the engine would take is missing."""

import pytest

from alur.workflow.engine import slots
from alur.workflow.inlets import inlets, letters
from tests.factories import ANALIS, BIRO, KABAG, MEMO, PEOPLE, SEKRETARIS, SOP, TU, Walk, walked
from tests.storage.test_migration_0007 import CASES


def memos():
    walk = Walk(sop=MEMO).open(way=2)
    yield walk.case
    yield walk.upload(ANALIS, "konsep").case
    yield walk.submit().case
    yield walk.approve(TU).case
    yield walk.approve(BIRO).approve(KABAG).case
    yield walk.send_back(KABAG).case
    yield walk.upload(KABAG, "konsep").case
    yield Walk(sop=MEMO).open(way=1).case


EVERY = [(SOP, case) for case in CASES] + [(MEMO, case) for case in memos()]


@pytest.mark.parametrize(("sop", "case"), EVERY)
def test_whoever_may_bring_a_file_is_among_the_roles_that_are_kept(sop, case):
    s = Walk(sop=sop, case=case).s
    for person in PEOPLE:
        found = slots(s, person.member)
        assert {slot.role for slot in found if not slot.signed} <= inlets(sop, case)
        assert {slot.document for slot in found if slot.signed} <= {*letters(sop, case)}


@pytest.mark.parametrize(("sop", "case"), EVERY)
def test_no_letter_is_kept_whose_signed_copy_nobody_may_bring(sop, case):
    s = Walk(sop=sop, case=case).s
    assert {slot.document for slot in slots(s, ANALIS) if slot.signed} == {*letters(sop, case)}


def test_a_finished_case_takes_none_but_signed_copies():
    case = walked(99).case
    assert (inlets(SOP, case), letters(SOP, case)) == (frozenset(), ("nota_dinas_rapat", "nota_dinas_laporan"))
    assert SEKRETARIS not in {slot.role for slot in slots(Walk(case=case).s, SEKRETARIS)}
