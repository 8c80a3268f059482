"""Holds the desks on which work lies against who holds them now, as appointments begin and end with a day. Used by `ticking`."""

from alur.services.people import vacancies
from jobs.context import House


async def follow_vacancies(house: House) -> int:
    """How many desks have become vacant, or are so no longer."""
    return await house.write(vacancies.follow) if await house.read(vacancies.is_due) else 0
