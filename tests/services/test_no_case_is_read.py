"""An office with many finished cases: what opens a case, the year's call and what a form offers reads none of them."""

from datetime import timedelta

import pytest

from alur.services.clock import year
from alur.services.incoming import files, presses, screens
from alur.services.incoming.form_rows import form_of
from alur.storage import cases, forms, sops, timers
from alur.workflow.files import FileRef
from alur.workflow.presses import On, PressAct
from tests.factories import only_task
from tests.services.house import a_procedure
from tests.services.past import finished_cases
from tests.storage.parsed import parsed
from tests.workflow.walk import walk_to, wib

MANY = 200


@pytest.fixture
def past(house):
    return finished_cases(house, MANY)


@pytest.fixture
def press(house, people):
    def press(role, case_id, rule, **on):
        """The form that the press began, and the cases that were read for it."""
        member = people.members[role]
        act = PressAct(rule=rule, case=case_id, on=On(**on))
        with parsed() as found:
            answer = house.transact(presses.press, telegram_id=member.telegram_id, press=act)
        assert answer.name == "form_opened", answer
        return house.look(lambda work: form_of(forms.open_for(work.session, member.id))), found

    return press


@pytest.fixture
def at_the_archive(house, people):
    """A case that waits to be filed."""

    def fill(work):
        procedure = house.procedures[0]
        sops.store(work.session, procedure.sop, procedure.hash, at=house.now)
        case = walk_to(12).case.model_copy(update={"sop_hash": procedure.hash})
        return cases.create(work.session, case).id

    return house.transact(fill)


def offered(form, field):
    return [option.value for item in form.fields if item.name == field for option in item.options]


def test_opening_a_case_reads_none(house, people, past):
    with parsed() as found:
        answer = house.transact(screens.open_case, people.members["tata_usaha"])

    assert answer.name == "form_opened"
    assert found.count == 0


def test_nor_does_the_refusal_where_the_near_years_are_taken_which_names_the_case_opened_last_of_them(
    house, people, opened
):
    house.open(house.procedures[0], people.tata_usaha, period="2027")
    finished_cases(house, MANY)  # opened later, but of no year that is near

    with parsed() as found:
        answer = house.transact(screens.open_case, people.members["tata_usaha"])

    assert (answer.values["refusal"], answer.values["facts"]["code"]) == ("PeriodTaken", "ip-asn-2027")
    assert found.count == 0


def test_of_two_procedures_a_year_is_open_until_both_have_its_case(house, people, past, opened):
    house.procedures = (*house.procedures, a_procedure(house.procedures[0].sop, 2))
    house.open(house.procedures[0], people.tata_usaha, period="2027")
    house.open(house.procedures[1], people.tata_usaha, period="2027")

    house.transact(screens.open_case, people.members["tata_usaha"])

    form = house.look(lambda work: form_of(forms.open_for(work.session, people.tata_usaha)))
    assert offered(form, "period") == ["2026"]


def test_a_second_opening_of_a_year_is_refused_without_reading_its_case(house, people, past, opened):
    with parsed() as found, pytest.raises(AssertionError, match="PeriodTaken"):
        house.open(house.procedures[0], people.tata_usaha)

    assert found.count == 0


@pytest.mark.parametrize("is_open", [False, True])
def test_the_years_call_reads_none(house, people, past, is_open):
    house.now = wib("2026-09-01 09:00")
    house.transact(year.keep_in_step)
    if is_open:
        house.open(house.procedures[0], people.tata_usaha)
    house.now = wib("2026-10-01 07:30")

    with parsed() as found:
        for timer in house.look(lambda work: timers.of(work.session, None)):
            house.transact(year.fire, timer.id, timer.at)

    assert len(house.told("year")) == (0 if is_open else 2)
    assert found.count == 0


def test_a_year_that_a_file_names_is_asked_for_without_reading_its_case(house, people, past, opened):
    member = people.members["analis_sdm"]
    file = FileRef(sha256="c" * 64, name="Data 2101.xlsx", size=3, mime="application/vnd.ms-excel")

    with parsed() as found:
        house.transact(files.take, telegram_id=member.telegram_id, message_id=5, file=file, caption="", reply=None)

    assert found.count == 0


def test_the_form_of_a_meetings_date_offers_the_places_of_the_last_and_reads_its_own_case_alone(
    house, people, past, opened, press
):
    form, found = press("kabag_umum", opened, "schedule", step=8)

    assert offered(form, "place") == ["Ruang 199", "Ruang 198", "Ruang 197"]
    assert (found.ids, found.count) == ({opened}, 1)


def test_the_party_from_outside_is_offered_the_places_of_the_meeting_that_it_dates(house, people, past, opened, press):
    finished_cases(house, 5, first=2500, place="Biro {}", step=8)
    other = a_procedure(house.procedures[0].sop, 7)
    finished_cases(house, 5, first=2600, place="Lain {}", step=8, procedure=other)

    form, found = press("biro_sdm", opened, "schedule", step=8)

    assert offered(form, "place") == ["Biro 4", "Biro 3", "Biro 2"]
    assert (found.ids, found.count) == ({opened}, 1)


def test_one_place_of_many_meetings_is_offered_once(house, people, opened, press):
    house.now -= timedelta(days=100)
    finished_cases(house, 3, place="Aula {}")
    house.now += timedelta(days=100)
    finished_cases(house, 30, first=2500, place="Ruang Rapat")

    form, _ = press("kabag_umum", opened, "schedule", step=8)

    assert offered(form, "place") == ["Ruang Rapat", "Aula 2", "Aula 1"]


def test_the_archives_form_offers_where_the_last_case_of_its_procedure_was_filed(
    house, people, past, at_the_archive, press
):
    other = a_procedure(house.procedures[0].sop, 7)
    finished_cases(house, 250, procedure=other)
    task = only_task(house.case(at_the_archive))

    form, found = press("tata_usaha", at_the_archive, "archive", task=task.id, revision=task.revision)

    assert (offered(form, "classification"), offered(form, "location")) == (["KP.199"], ["Lemari 199"])
    assert (found.ids, found.count) == ({at_the_archive}, 1)
