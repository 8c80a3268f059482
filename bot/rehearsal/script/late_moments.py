"""The moments of a late case: the clock is moved, and exactly those whom the moment concerns hear of it, once."""

from collections.abc import Mapping

from bot.rehearsal.people import People
from bot.rehearsal.person import Person
from simulator import Message


async def moment(people: People, at: str, *concerned: Person, part: str | None = None) -> Mapping[Person, Message]:
    """Moves the clock to the moment; returns what each of `concerned` was told then. Without any: nobody may be told."""
    await people.settle()
    since = await people.telegram.last_change()
    if part:
        await people.begin_part(part, at)
    else:
        await people.later(at)
    return await told(people, since, *concerned)


async def told(people: People, since: int, *concerned: Person) -> Mapping[Person, Message]:
    """What each was told after the change `since`: one audible message, and nobody else any."""
    if not concerned:
        await people.ticked()
    found = {person: await person.hears(since) for person in concerned}
    await people.settle()
    wanted = {person.name: 1 for person in concerned}
    seen = await people.heard(since)
    expect = people.expect
    if concerned:
        expect.equal(f"one message each for {', '.join(wanted)}, and none for others", seen, wanted)
        expect.check("nobody is reminded without a sound", not any(message.silent for message in found.values()))
    else:
        expect.equal("nobody hears anything", seen, wanted)
    return found
