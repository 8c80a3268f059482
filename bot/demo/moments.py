"""The moments of the late play: the clock is moved, and exactly those whom the moment concerns hear of it, once."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from bot.demo.company import Company
from bot.demo.person import Person
from simulator import Message


class House(Protocol):
    """What the late play does to the bot itself."""

    holidays: Path  # the office's own file of holidays

    async def stop(self) -> None: ...

    async def restart(self) -> None: ...


async def moment(company: Company, at: str, *people: Person, scene: str | None = None) -> Mapping[Person, Message]:
    """Moves the clock to the moment; returns what each of `people` was told then. Without any: nobody may be told."""
    await company.settle()
    since = await company.telegram.last_change()
    if scene:
        await company.scene(scene, at)
    else:
        await company.later(at)
    return await told(company, since, *people)


async def told(company: Company, since: int, *people: Person) -> Mapping[Person, Message]:
    """What each was told after the change `since`: one audible message, and nobody else any."""
    if not people:
        await company.ticked()
    found = {person: await person.hears(since) for person in people}
    await company.settle()
    wanted = {person.name: 1 for person in people}
    seen = await company.heard(since)
    expect = company.expect
    if people:
        expect.equal(f"one message each for {', '.join(wanted)}, and none for others", seen, wanted)
        expect.check("nobody is reminded without a sound", not any(message.silent for message in found.values()))
    else:
        expect.equal("nobody hears anything", seen, wanted)
    return found
