"""Who may read what: whole cases, or what was sent to him and nothing else."""

import pytest

from alur.views import cards
from alur.workflow.case import UNIT_FILE
from alur.workflow.reading import by_document, readable, reads_whole
from tests.factories import (
    ADMIN,
    ANALIS,
    BIRO,
    JOKO,
    KABAG,
    MEMO,
    PEOPLE,
    SARI,
    SEKRETARIS,
    SOP,
    TU,
    UNITS,
    Walk,
    a_reader,
    walked,
)

GUESTS = (SARI, JOKO, BIRO)
DESKS = [(step.number, index) for step in SOP.steps for index in range(len(step.tasks))]


def read_by(walk, member):
    reader = a_reader(member, walk.office)
    return readable(walk.s, member=member, unit=reader.unit, roles=reader.roles)


def documents(walk, member):
    return [(item.document, item.number) for item in read_by(walk, member)]


@pytest.mark.parametrize("member", [SEKRETARIS, KABAG, ANALIS, TU, ADMIN])
def test_who_reads_cases_whole_reads_every_version_but_those_taken_back(member):
    walk = walked(9)
    assert read_by(walk, member) == walk.case.versions
    walk.upload(ANALIS, "konsep_nota_dinas_laporan")
    from tests import acts

    walk.do(acts.Withdraw(by=ANALIS, version=walk.case.versions[-1].id))
    assert read_by(walk, member) == walk.case.versions[:-1]


def test_whoever_holds_no_role_reads_nothing():
    walk = walked(99)
    assert readable(walk.s, member=ANALIS, unit=None, roles=()) == ()
    assert not reads_whole(SOP, ())


def test_a_unit_reads_its_invitation_and_its_own_file_from_the_meeting_on():
    before = walked(3, 1)
    before.schedule(ANALIS, 4).upload(ANALIS, "undangan").upload(ANALIS, UNIT_FILE, unit="Direktorat Teknik")
    assert documents(before, SARI) == []
    walk = walked(4)
    assert documents(walk, SARI) == [("undangan", 1), (UNIT_FILE, 1)]
    assert documents(walk, JOKO) == [("undangan", 1)]
    assert documents(walked(99), JOKO) == [("undangan", 1)]


def test_biro_sdm_reads_the_data_it_was_sent_and_what_it_brought_but_nothing_later():
    walk = walked(8)
    assert documents(walk, BIRO) == [("data_capaian", 2)]
    walk.schedule(BIRO, 8).upload(BIRO, "undangan_validasi")
    assert documents(walk, BIRO) == [("data_capaian", 2), ("undangan_validasi", 1)]
    assert documents(walked(7), BIRO) == []
    assert documents(walked(99), BIRO) == [("data_capaian", 2)]


def test_an_invitation_that_was_replaced_is_an_older_version_of_it():
    walk = walked(4).upload(ANALIS, "undangan", "Undangan baru.pdf")
    assert documents(walk, JOKO) == [("undangan", 1), ("undangan", 2)]


@pytest.mark.parametrize(("step", "index"), DESKS)
@pytest.mark.parametrize("member", [item.member for item in PEOPLE])
def test_what_stands_above_a_card_can_be_read_again_and_a_guest_reads_nothing_else(step, index, member):
    walk, above = walked(step, index), set()
    reader = a_reader(member, walk.office)
    for task in walk.case.tasks:
        post = cards.card(walk.s, case_id=7, task=task.id, reader=reader)
        above |= {item.version for item in post.files if item.version}
    own = {item.id for item in read_by(walk, member)}
    assert above <= own
    if member in GUESTS:
        sent = {"undangan", UNIT_FILE, "data_capaian"}
        assert {item.document for item in read_by(walk, member)} <= sent
        assert {item.unit for item in read_by(walk, member)} <= {None, reader.unit}


def test_documents_stand_in_the_order_of_the_sop_signed_copies_behind_their_letter_and_units_at_the_end():
    walk = walked(99)
    walk.upload(TU, "nota_dinas_rapat", signed=True)
    found = by_document(SOP, walk.case.versions)
    order = [(group[-1].document, group[-1].signed) for group in found]
    at = order.index(("nota_dinas_rapat", False))
    assert order[0] == ("surat_biro_sdm", False)
    assert order[at + 1] == ("nota_dinas_rapat", True)
    assert order[-1] == (UNIT_FILE, False)
    assert [item.number for item in found[1]] == [1, 2]
    assert found[-1][0].unit in UNITS


def test_a_desk_that_reads_only_what_it_is_sent_reads_what_its_card_was_made_of():
    walk = Walk(sop=MEMO).open(way=2).upload(ANALIS, "konsep").submit()
    assert named(walk, BIRO) == ["konsep"]
    walk.approve(BIRO).approve(TU).approve(KABAG)
    assert named(walk, BIRO) == ["konsep", "nota_dinas"]  # the letter came with step 4
    walk.approve(KABAG).upload(TU, "nota_dinas", "signed.pdf", signed=True)
    assert named(walk, BIRO) == ["konsep", "nota_dinas"]


def named(walk, member):
    roles = walk.office.roles(member, walk.at)
    return [item.document for item in readable(walk.s, member=member, unit=None, roles=roles)]
