"""What earlier cases offer to a form stands in rows of its own, which follow the cases."""

import pytest
from sqlalchemy import event

from alur.storage import cases, entered
from alur.workflow.case import ArchiveFields, Meeting

FILED = ArchiveFields(
    letter_number="1",
    classification="KP.05",
    file_number="17",
    location="Lemari A-3",
    description="IP ASN",
    span="2026",
    quantity="1 berkas",
)


@pytest.fixture
def meeting(actor, later):
    def make(place, *, step=4, minutes=0, **changes):
        return Meeting(step=step, starts=later(600), place=place, by=actor, at=later(minutes), **changes)

    return make


@pytest.fixture
def save(database):
    """The record after the case was saved with changes."""

    def save(record, **changes):
        with database.write() as session:
            return cases.save(session, record, record.case.model_copy(update=changes))

    return save


def test_places_come_from_the_newest_date_on_and_may_be_those_of_one_step(database, record, new_case, meeting, save):
    with database.write() as session:
        second = cases.create(session, new_case("2027").model_copy(update={"sop": "other"}))
    save(record, meetings=(meeting("Aula", minutes=1), meeting("Biro", step=8, minutes=3)))
    save(second, meetings=(meeting("Ruang B", step=8, minutes=2),))

    with database.read() as session:
        assert entered.places(session) == ("Biro", "Ruang B", "Aula")
        assert entered.places(session, only=("ip-asn", 8)) == ("Biro",)
        assert entered.places(session, only=("other", 8)) == ("Ruang B",)
        assert entered.places(session, only=("other", 4)) == ()


def test_of_a_meeting_that_was_moved_the_last_place_is_kept_and_of_one_that_was_cancelled_too(
    database, record, meeting, save, later
):
    record = save(record, meetings=(meeting("Aula", minutes=1), meeting("Biro", step=8, minutes=2)))
    record = save(record, meetings=(meeting("Biro", step=8, minutes=2), meeting("Ruang B", minutes=3, sequence=1)))
    save(record, meetings=(meeting("Biro", step=8, minutes=2, cancelled_at=later(5)), record.case.meetings[1]))

    with database.read() as session:
        assert entered.places(session) == ("Ruang B", "Biro")


def test_where_a_case_was_filed_is_known_from_the_one_that_was_filed_last(database, record, new_case, save, later):
    with database.write() as session:
        second = cases.create(session, new_case("2027"))
        assert entered.last_filed(session, "ip-asn") is None
    save(second, archive=FILED, finished_at=later(10))
    save(record, archive=FILED.model_copy(update={"location": "Lemari B-1"}), finished_at=later(20))

    with database.read() as session:
        assert entered.last_filed(session, "ip-asn") == ("KP.05", "Lemari B-1")
        assert entered.last_filed(session, "other") is None


def test_what_stays_the_same_from_year_to_year_is_known_from_the_one_that_was_filed_last(
    database, record, new_case, save, later
):
    with database.write() as session:
        assert entered.filed_before(session, "ip-asn") == {}
        second = cases.create(session, new_case("2027"))
    record = save(record, archive=FILED.model_copy(update={"active": "2 tahun", "unit": "Umum"}), finished_at=later(1))
    second = save(second, archive=FILED.model_copy(update={"fate": "Musnah"}), finished_at=later(2))
    with database.read() as session:
        assert entered.filed_before(session, "ip-asn") == {"fate": "Musnah", "security": "Terbatas"}
        assert entered.filed_before(session, "other") == {}
    save(second, finished_at=None)  # it was opened again
    with database.read() as session:
        found = entered.filed_before(session, "ip-asn")
        assert found == {"unit": "Umum", "active": "2 tahun", "security": "Terbatas"}
    save(record, archive=record.case.archive.model_copy(update={"active": "5 tahun"}))
    with database.read() as session:
        assert entered.filed_before(session, "ip-asn")["active"] == "5 tahun"


def test_what_an_earlier_build_filed_has_no_row_of_what_that_did_not_ask(database, record, save, later):
    save(record, archive=FILED, finished_at=later(1))
    with database.read() as session:
        assert entered.last_filed(session, "ip-asn") == ("KP.05", "Lemari A-3")
        assert entered.filed_before(session, "ip-asn") == {}


def test_no_more_than_forty_are_read(database, record, meeting, save):
    save(record, meetings=tuple(meeting(f"Ruang {number}", step=number, minutes=number) for number in range(50)))

    with database.read() as session:
        found = entered.places(session)
    assert (len(found), found[0], found[-1]) == (entered.MOST, "Ruang 49", "Ruang 10")


def test_a_case_that_is_saved_without_a_new_place_asks_nothing_of_these_rows(database, record, meeting, save, moved_on):
    record = save(record, meetings=(meeting("Aula"),))
    said = []
    event.listen(database.writer, "before_cursor_execute", lambda *given: said.append(given[2]))

    answered = record.case.meetings[0].model_copy(update={"attended": ("Direktorat",)})
    save(record, meetings=(answered,), tasks=moved_on(record.case).tasks)

    assert said
    assert [statement for statement in said if "entered" in statement] == []
