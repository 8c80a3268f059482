"""Desks that become vacant, or are so no longer, with a day: told once, and settled."""

from datetime import date, timedelta

from alur.services.people import reach, vacancies
from alur.storage import appointments, cards, members
from alur.storage import vacancies as rows
from alur.workflow.engine.acts.ask import Ask
from jobs.vacancies import follow_vacancies
from tests import acts
from tests.factories import only_task
from tests.workflow.walk import wib


def appoint(house, name, role, **term):
    """Somebody holds the role for a term; who he is."""

    def made(work):
        known = [item for item in members.all_(work.session) if item.name == name]
        number = 900 + len(members.all_(work.session))
        member = (
            known or [members.enrol(work.session, telegram_id=number, name=name, sapaan=None, unit=None, at=work.now)]
        )[0]
        appointments.add(work.session, member_id=member.id, role=role, **term)
        return member

    member = house.transact(made)
    house.known.clear()
    return member


def without(house, role):
    """Nobody holds the role from tomorrow on."""
    today = house.now.date()

    def ended(work):
        found = appointments.APPOINTMENTS
        work.session.connection().execute(found.update().where(found.c.role == role).values(ends=today))

    house.transact(ended)
    house.known.clear()


def who(house, template):
    return sorted(row.member_id for row in house.told(template))


async def test_a_desk_that_becomes_vacant_is_told_once_in_office_hours_and_by_whom_it_can_be_mended(
    house, people, opened
):
    without(house, "sekretaris")
    assert await follow_vacancies(house) == 0
    house.now = wib("2026-11-03 06:00")
    assert await follow_vacancies(house) == 0

    house.now = wib("2026-11-03 07:30")

    assert await follow_vacancies(house) == 1
    assert await follow_vacancies(house) == 0
    assert who(house, "role_vacant") == sorted((people.tata_usaha, people.admin))


async def test_where_somebodys_appointment_begins_he_gets_the_card_and_who_was_told_reads_it(house, people, opened):
    without(house, "sekretaris")
    house.now = wib("2026-11-03 09:00")
    await follow_vacancies(house)
    later = appoint(house, "Budi", "sekretaris", starts=date(2026, 11, 5))
    assert await follow_vacancies(house) == 0

    house.now = wib("2026-11-05 07:30")

    assert await follow_vacancies(house) == 1
    task = only_task(house.case(opened)).id
    assert later.id in {card.member_id for card in house.look(lambda work: cards.of_task(work.session, opened, task))}
    told = house.told("role_vacant")
    assert [row.about.get("anew") for row in told] == [None, None, told[0].id, told[1].id]
    assert house.look(lambda work: rows.all_(work.session)) == ()


async def test_a_desk_that_is_vacant_again_is_told_again(house, people, opened):
    without(house, "sekretaris")
    house.now = wib("2026-11-03 09:00")
    await follow_vacancies(house)
    appoint(house, "Budi", "sekretaris", starts=date(2026, 11, 4), ends=date(2026, 11, 4))
    house.now = wib("2026-11-04 09:00")
    await follow_vacancies(house)

    house.now = wib("2026-11-05 09:00")
    assert await follow_vacancies(house) == 1

    anew = [row for row in house.told("role_vacant") if "anew" not in row.about]
    assert len(anew) == 4


async def test_whoever_comes_and_cannot_be_reached_gets_his_text_by_hand(house, people, opened):
    without(house, "sekretaris")
    house.now = wib("2026-11-03 09:00")
    await follow_vacancies(house)
    later = appoint(house, "Budi", "sekretaris", starts=date(2026, 11, 4))
    house.transact(lambda work: reach.lost(work, telegram_id=later.telegram_id))
    house.now = wib("2026-11-04 09:00")

    await follow_vacancies(house)

    texts = [row for row in house.told("hand_over") if row.about.get("task")]
    assert sorted(row.member_id for row in texts) == sorted((people.tata_usaha, people.admin))


async def test_a_question_to_a_desk_that_was_vacant_is_put_to_who_comes(house, people, opened):
    task = only_task(house.case(opened))
    on = {"by": people.sekretaris, "task": task.id}
    without(house, "kabag_umum")
    house.now += timedelta(days=1)
    asked = house.act(opened, Ask(**on, to_role="kabag_umum", text="Siapa yang menangani?"))
    disposed = house.act(opened, acts.Dispose(**on, revision=task.revision, text="Mohon ditindaklanjuti."))
    assert (asked.vacant, disposed.vacant, disposed.refusal) == (("kabag_umum",), ("kabag_umum",), None)
    assert house.told("question") == []
    later = appoint(house, "Budi", "kabag_umum", starts=date(2026, 11, 4))
    house.now += timedelta(days=1)

    await follow_vacancies(house)

    assert who(house, "question") == [later.id]
    assert house.transact(vacancies.follow) == 0
