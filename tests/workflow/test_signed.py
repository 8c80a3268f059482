"""The signed copy of a letter: who reads it, and who takes one back that is none."""

import json
from datetime import timedelta

import pytest

from alur.workflow.apply import replay
from alur.workflow.case import Case
from alur.workflow.engine.acts import named
from alur.workflow.errors import AlreadyDecided, NotHolder, Unknown
from alur.workflow.events import EVENTS
from alur.workflow.file_kinds import Signature, Signatures
from alur.workflow.outstanding import missing_papers
from alur.workflow.presses import On
from alur.workflow.reading import readable
from tests import acts
from tests.factories import ANALIS, BIRO, JOKO, KABAG, SARI, SEKRETARIS, SOP, START, TU, Walk, a_file, walked
from tests.filling import signed_form

LETTER = "nota_dinas_laporan"
WHOLE = Signatures("whole", (Signature("Ratna Wulandari", START), Signature(None, None)))
NONE, CHANGED, UNTOLD = Signatures("none"), Signatures("changed", WHOLE.given), Signatures("untold", why="unreadable")


def with_copy(found, walk=None, *, by=ANALIS, document=LETTER):
    return (walk or walked(11)).upload(by, document, "nota.pdf", signed=True, signatures=found)


def take_back(walk, by=ANALIS, version=None):
    return acts.WithdrawSigned(by=by, version=version or walk.case.versions[-1].id)


@pytest.mark.parametrize("found", [NONE, CHANGED])
def test_whoever_brought_a_copy_that_is_none_takes_it_back_and_it_is_missing_again(found):
    walk = with_copy(found)
    assert (LETTER, "signed") not in missing_papers(SOP, walk.case)
    revisions = [task.revision for task in walk.case.tasks]
    walk.do(take_back(walk))
    assert walk.case.signed_copy(LETTER) is None
    assert (LETTER, "signed") in missing_papers(SOP, walk.case)
    assert [task.revision for task in walk.case.tasks] == revisions


@pytest.mark.parametrize("found", [WHOLE, UNTOLD, None])
def test_a_copy_that_may_be_whole_is_handed_out_and_stays(found):
    walk = with_copy(found)
    assert isinstance(walk.refusal(take_back(walk)), Unknown)
    assert not named("withdraw_signed").offers(walk.s, ANALIS, On(version=walk.case.versions[-1].id))


def test_nobody_takes_back_what_another_brought():
    walk = with_copy(NONE)
    for member in (TU, KABAG, SEKRETARIS, SARI):
        assert isinstance(walk.refusal(take_back(walk, member)), NotHolder)


def test_what_is_no_signed_copy_or_is_gone_is_not_taken_back_by_this():
    walk = with_copy(NONE)
    number = walk.case.versions[-1].id
    for other in (1, number - 1, 99, 0):
        assert isinstance(walk.refusal(take_back(walk, version=other or 10_000)), Unknown)
    walk.do(take_back(walk))
    assert isinstance(walk.refusal(take_back(walk, version=number)), Unknown)


def test_what_the_archive_has_filed_stays_and_what_came_afterwards_does_not():
    filed = with_copy(NONE, walked(12))
    number = filed.case.versions[-1].id
    filed.archive(TU)
    assert isinstance(filed.refusal(take_back(filed, version=number)), AlreadyDecided)
    late = with_copy(CHANGED, walked(99))
    assert late.case.versions[-1].late
    late.do(take_back(late))
    assert late.case.signed_copy(LETTER) is None


def test_the_form_names_the_file_that_is_taken_back():
    walk = with_copy(NONE)
    (field,) = signed_form(walk.s).fields
    assert [item.label for item in field.options] == ["nota.pdf"]


def test_what_was_found_is_kept_in_the_trail_and_older_entries_know_of_none():
    walk = walked(11)
    before = walk.case
    with_copy(WHOLE, walk)
    assert walk.case.versions[-1].file.signatures == WHOLE
    assert Case.model_validate_json(walk.case.model_dump_json()) == walk.case
    _, entry = walk.trail[-1]
    assert replay(EVENTS.validate_python(entry["events"]), before) == walk.case
    older = json.loads(json.dumps(entry["events"]))
    del older[0]["version"]["file"]["signatures"]
    assert replay(EVENTS.validate_python(older), before).versions[-1].file.signatures is None


# Who reads it


def read_by(walk, member, unit=None):
    return readable(walk.s, member=member, unit=unit, roles=walk.office.roles(member, walk.at))


def test_whoever_reads_the_case_whole_reads_it_and_no_guest_of_this_procedure_does():
    walk = with_copy(WHOLE)
    copy = walk.case.versions[-1]
    for member in (SEKRETARIS, KABAG, ANALIS, TU):
        assert copy in read_by(walk, member)
    for member in (SARI, JOKO, BIRO):
        assert copy not in read_by(walk, member)


def sending(document):
    """The procedure, by which Biro SDM is sent that letter with its data."""
    steps = list(SOP.steps)
    first = steps[7].tasks[0]
    steps[7] = steps[7].model_copy(update={"tasks": (first.model_copy(update={"sends": (*first.sends, document)}),)})
    return SOP.model_copy(update={"steps": tuple(steps)})


def test_a_guest_reads_the_signed_copy_of_a_letter_that_the_procedure_sends_him_whenever_it_came():
    walk = walked(8, walk=Walk(sop=sending("nota_dinas_rapat")).open())
    letter = walk.case.newest("nota_dinas_rapat")
    assert letter in read_by(walk, BIRO)
    with_copy(WHOLE, walk, document="nota_dinas_rapat")
    copy = walk.case.versions[-1]
    assert copy in read_by(walk, BIRO)
    assert copy not in read_by(walk, SARI)


def test_of_a_letter_that_was_approved_anew_since_he_reads_no_copy_before_he_was_sent_it():
    walk = walked(8, walk=Walk(sop=sending("nota_dinas_rapat")).open())
    assert walk.case.versions[-1] in read_by(with_copy(WHOLE, walk, document="nota_dinas_rapat"), BIRO)
    other = walk.case.versions[-1].model_copy(update={"id": len(walk.case.versions) + 1, "signed": False})
    again = other.model_copy(update={"file": a_file("lain.pdf"), "at": walk.at + timedelta(days=400)})
    copy = walk.case.versions[-1].model_copy(update={"id": again.id + 1, "number": 2})
    walk.case = walk.case.model_copy(update={"versions": (*walk.case.versions, again, copy)})
    assert copy not in read_by(walk, BIRO)
