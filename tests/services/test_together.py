"""What is told where desks decide together or are asked again, and a form that was begun before its procedure had ways."""

import pytest

from alur.services.incoming import forms, screens
from alur.storage import cases, sops
from alur.storage import forms as form_rows
from alur.storage.sop_files import Procedure, content_hash
from alur.workflow.presses import PressSend
from alur.workflow.sop import Start
from tests import acts
from tests.factories import KABAG, MEMO, a_file, walked
from tests.services.house import a_procedure


@pytest.mark.parametrize("again", [False, True])
def test_whoever_was_asked_to_follow_a_meeting_up_hears_of_the_later_limit_in_every_round(house, people, again):
    walk = walked(6).send_back(KABAG) if again else walked(5)
    procedure = house.procedures[0]

    def put(work):
        sops.store(work.session, procedure.sop, procedure.hash, at=work.now)
        return cases.create(work.session, walk.case.model_copy(update={"sop_hash": procedure.hash})).id

    number, house.now = house.transact(put), walk.at
    reason = "Data dari dua unit belum masuk."
    hindered = acts.ReportObstacle(by=people.analis_sdm, task=walk.task.id, reason=reason)
    assert house.act(number, hindered).refusal is None
    assert house.act(number, acts.GrantDays(by=people.kabag_umum, obstacle=1, days=2)).refusal is None
    assert len(house.queued("follow_up_moved")) == 1


def test_a_form_that_was_begun_before_its_procedure_had_ways_gets_them_instead_of_a_dead_end(house, people):
    plain = MEMO.model_copy(update={"start": Start()})
    house.procedures = (Procedure(sop=plain, hash=content_hash(plain)),)
    clerk = people.members["tata_usaha"]
    house.transact(screens.open_case, clerk)
    row = house.look(lambda work: form_rows.open_for(work.session, clerk.id))
    form = row.answers["form"]
    letter = a_file("surat.pdf").model_dump(mode="json")
    form["answers"] |= {"period": "2026", "letter_number": "B-1", "letter_date": "2026-10-30", "letter": letter}
    form["asking"] = None
    filled = {"answers": {**row.answers, "form": form}, "asking": None, "at": house.now}
    house.transact(lambda work: form_rows.save(work.session, row.id, **filled))

    house.procedures = (a_procedure(MEMO),)

    def press(way=None):
        sent = PressSend(form=row.id, way=way)
        return house.transact(forms.press, telegram_id=clerk.telegram_id, press=sent, message_id=9)

    assert press().is_refusal
    shown = house.look(lambda work: form_rows.open_for(work.session, clerk.id))
    assert [way["label"] for way in shown.answers["form"]["ways"]] == ["Dengan Disposisi", "Langsung Konsep"]
    assert not press(way=2).is_refusal
