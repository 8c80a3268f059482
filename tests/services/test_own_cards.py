"""What somebody who reads only what he is sent brings himself changes what his other cards offer him to read."""

import pytest

from alur.services.cases.perform import open_, perform
from alur.storage import cards
from tests import acts
from tests.factories import MEMO, a_file
from tests.services.house import a_procedure


@pytest.fixture
def again(house, people):
    """Three desks gave their paraf; one of two sent the letter back to them: the case, and what its people do."""
    procedure = a_procedure(MEMO)

    class Played:
        def do(self, role, kind, **more):
            by = people.members[role].id
            task = next((task for task in self.case.open_tasks if task.role == role), None)
            on = {"task": task.id, "revision": task.revision} if task and "document" not in more else {}
            decision = house.transact(perform, self.number, kind(by=by, **on, **more))
            assert decision.refusal is None, decision.refusal
            return self

        @property
        def case(self):
            return house.case(self.number)

        def wanted(self, role):
            """How often each of the role's cards was to be shown, by its task."""
            found = house.look(lambda work: cards.of_member(work.session, self.number, people.members[role].id))
            return {card.task: card.wanted for card in found}

    played = Played()
    letter = {"letter_number": "B-1", "letter_date": house.now.date(), "file": a_file("surat.pdf"), "way": 2}
    act = acts.OpenCase(by=people.members["tata_usaha"].id, period="2026", **letter)
    _, played.number = house.transact(open_, procedure, act)
    played.do("analis_sdm", acts.Upload, document="konsep", file=a_file("konsep.docx")).do("analis_sdm", acts.Submit)
    for role in ("kabag_umum", "tata_usaha", "biro_sdm"):
        played.do(role, acts.Approve)
    return played.do("kabag_umum", acts.ReturnWork, reason="Mohon diperbaiki.")


def test_all_cards_of_a_guest_who_brings_a_file_are_shown_anew(again):
    before = again.wanted("biro_sdm")
    assert len(before) == 3
    again.do("biro_sdm", acts.Upload, document="konsep", file=a_file("konsep 2.docx"))
    after = again.wanted("biro_sdm")
    assert [task for task in before if after[task] > before[task]] == list(before)


def test_of_whoever_reads_the_case_whole_only_the_open_cards_change(again):
    before = again.wanted("tata_usaha")
    again.do("tata_usaha", acts.Upload, document="konsep", file=a_file("konsep 2.docx"))
    after = again.wanted("tata_usaha")
    assert [task for task in before if after[task] > before[task]] == [max(before)]
