"""Which cases concern a role, page by page: found from rows, and no case is parsed for it."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from alur.storage import case_roles, cases
from alur.workflow.reading import Concern
from tests.storage.parsed import parsed
from tests.storage.plans import scanned

READS, GUEST = "sekretaris", "unit_terkait"


@pytest.fixture
def ids(database, record, new_case, at):
    """Three running cases and three finished ones; the guest was sent something of each but the first, and of the last of
    each sort only waits to be.
    """
    with database.write() as session:
        found = [record.id, *(cases.create(session, new_case(str(2030 + number))).id for number in range(5))]
        run = session.connection().execute
        rows = case_roles.ROLES
        run(rows.delete())
        for number, case_id in enumerate(found):
            finished = at + timedelta(days=number) if number >= 3 else None
            run(insert(rows), {"case_id": case_id, "role": READS, "concern": "whole", "finished_at": finished})
            if number:
                concern = "awaited" if number in (2, 5) else "sent"
                run(insert(rows), {"case_id": case_id, "role": GUEST, "concern": concern, "finished_at": finished})
    return found


def pages(session, roles, most=2, **how):
    found, start, more = [], 0, True
    while more:
        page, more = case_roles.page(session, roles, start=start, most=most, **how)
        assert page
        found.append(page)
        start += most
    return found


def test_running_cases_come_in_order_of_opening_then_the_finished_ones_from_the_last_on(database, ids):
    one, two, three, four, five, six = ids
    with database.read() as session, parsed() as found:
        assert pages(session, [READS]) == [(one, two), (three, six), (five, four)]
        assert pages(session, [READS], newest_first=True) == [(three, two), (one, six), (five, four)]
        assert pages(session, [READS, GUEST], most=4) == [(one, two, three, six), (five, four)]
        assert pages(session, [GUEST], most=9) == [(two, three, five, four)]
        assert case_roles.page(session, [READS], start=99, most=2) == ((), False)
        assert case_roles.page(session, [], start=0, most=2) == ((), False)
    assert found.count == 0


def test_only_what_has_the_wished_concern_is_found(database, ids):
    _, two, _, four, five, _ = ids
    with database.read() as session:
        assert pages(session, [GUEST], most=9, concerns=(Concern.SENT,)) == [(two, five, four)]
        assert case_roles.running(session, [GUEST], most=9, concerns=(Concern.WHOLE,)) == ()


def test_a_finished_case_awaits_nobody(database, ids):
    with database.read() as session:
        assert ids[5] not in case_roles.finished(session, [GUEST], most=9)
        assert ids[5] in case_roles.finished(session, [READS, GUEST], most=9)


@pytest.mark.parametrize("newest_first", [False, True])
def test_a_page_is_found_by_the_indices_for_however_many_roles(database, newest_first):
    for count in (1, 3):
        with database.read() as session:
            assert scanned(session, case_roles._page_of(count, newest_first=newest_first)) == set()
