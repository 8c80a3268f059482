"""An office after many years: what people ask for costs no more than what they are shown."""

import json

import pytest
from sqlalchemy import insert, select

from alur.services.incoming import files, screens
from alur.storage import cases, outbox
from alur.storage.cases import CASES
from alur.workflow.files import FileRef
from tests.papers import mime_of

MANY = 60


@pytest.fixture
def finished(house, people, opened):
    """Many finished cases beside the one that is open; the periods are years long past and to come."""

    def fill(work):
        for member in people.members.values():
            outbox.drop_member_notices(work.session, member.id, "said already", work.now)
        row = dict(work.session.connection().execute(select(CASES)).mappings().one())
        ended = "2026-10-30T10:00:00Z"
        closing = {"outcome": "disposed", "by": None, "at": ended}
        for number in range(MANY):
            code, period = f"ip-asn-old-{number}", str(2030 + number)
            state = json.loads(row["state"]) | {"code": code, "period": period, "finished_at": ended}
            for task in state["tasks"]:
                task["closing"] = {**closing, "by": state["opened_by"]}
            values = {"id": 100 + number, "code": code, "period": period, "state": json.dumps(state)}
            values["finished_at"] = house.now
            work.session.connection().execute(insert(CASES), {**row, **values})

    house.transact(fill)
    return range(100, 100 + MANY)


@pytest.fixture
def read(monkeypatch):
    """The finished cases whose state was read since."""
    found = []
    record = cases._record

    def noted(session, **values):
        made = record(session, **values)
        if made.case.finished_at is not None:
            found.append(made.id)
        return made

    monkeypatch.setattr(cases, "_record", noted)
    return found


def test_opening_a_case_reads_no_finished_one(house, people, finished, read):
    house.transact(screens.open_case, people.members["tata_usaha"])

    assert read == []


def upload(house, member, name):
    file = FileRef(sha256="c" * 64, name=name, size=3, mime=mime_of(name))
    house.transact(files.take, telegram_id=member.telegram_id, message_id=5, file=file, caption="", reply=None)


def test_a_file_is_placed_without_the_finished_cases(house, people, finished, read):
    upload(house, people.members["analis_sdm"], "data.xlsx")

    assert read == []


def test_a_letter_that_may_be_a_signed_one_is_placed_without_them_too(house, people, finished, read):
    upload(house, people.members["analis_sdm"], "Nota Dinas 2031.pdf")

    assert read == []


def test_what_is_found_without_its_state_is_in_order_of_opening(house, finished):
    with house.database.read() as session:
        assert list(cases.codes(session))[:2] == ["ip-asn-2026", "ip-asn-old-0"]
        assert len(cases.codes(session)) == MANY + 1
