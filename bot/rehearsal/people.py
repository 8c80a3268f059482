"""Everybody in a script, and what they share: Telegram, the transcript, the expectations, the clock.

Made by `run.run_script`; each part of a script gets it and calls its people by name.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from bot.rehearsal import hours, profiles
from bot.rehearsal.buttons import CHECKPOINT, ON_STATUS, READING, STEPS
from bot.rehearsal.expectations import Expectations
from bot.rehearsal.hours import JAKARTA
from bot.rehearsal.person import Person
from bot.rehearsal.profiles import Profile
from bot.rehearsal.transcript import Transcript
from simulator import Message, SimulatorClient
from simulator.shown import read_message

T = TypeVar("T")
Invite = Callable[[Sequence[Profile]], Awaitable[tuple[str, ...]]]  # payloads of invitation links

STAY = {"Isi Nomor Nadine", "Jawab", "Buka Kartu", *ON_STATUS, *READING}  # they decide nothing, and stay
LOOK_EVERY = 0.02  # seconds
SETTLED_WITHIN = 15.0  # seconds: a bound, not a measure
TICKED = 0.6  # seconds in which the bot, which looks at a moved clock four times a second, has done so


class Disturbance(Protocol):
    """Somebody who kills the bot in the middle. Answers to taps may then be lost, and all takes longer."""

    async def before_act(self, number: int) -> None:
        """Called with the number of the act that is about to happen, from 1."""

    async def over(self) -> None:
        """Returns when the bot is up again."""


class People:
    def __init__(
        self,
        *,
        telegram: SimulatorClient,
        invite: Invite,
        transcript: Transcript,
        is_idle: Callable[[], Awaitable[bool]],
        disturbance: Disturbance | None = None,
    ) -> None:
        self.telegram, self.invite, self.transcript = telegram, invite, transcript
        self._is_idle = is_idle
        self.expect = Expectations()
        self.disturbed: list[str] = []  # whose phone rang outside office hours, though he was not at work himself
        self._at_work: set[str] = set()  # who has done something since the clock was moved
        self.ending: str | None = None  # how the case stands when the script has come to its end
        self._disturbance = disturbance
        self._acts = 0
        self._moved_at = 0.0  # when the clock was last moved, on the loop's own
        self._told = 0  # the last change that the transcript knows
        self._people: dict[int, Person] = {}
        self._failures = 0

    @property
    def rough(self) -> bool:
        """Whether somebody disturbs the bot: what the screens show in between is then not judged."""
        return self._disturbance is not None

    @property
    def slowness(self) -> float:
        return 4.0 if self.rough else 1.0

    @property
    def answer_within(self) -> float:
        return 1.5 if self.rough else 10.0

    async def give_phones(self) -> None:
        """One to everybody who is invited, and to a stranger."""
        await self.give_phones_to(*profiles.INVITED, profiles.STRANGER)

    async def give_phones_to(self, *everybody: Profile) -> None:
        phones = await asyncio.gather(*(self.telegram.person(profile.name) for profile in everybody))
        for profile, phone in zip(everybody, phones, strict=True):
            self._people[phone.id] = Person(profile, phone, self)

    def __getitem__(self, profile: Profile) -> Person:
        return next(person for person in self._people.values() if person.profile == profile)

    @property
    def sekretaris(self) -> Person:
        return self[profiles.SEKRETARIS]

    @property
    def kabag(self) -> Person:
        return self[profiles.KABAG]

    @property
    def analis(self) -> Person:
        return self[profiles.ANALIS]

    @property
    def tata_usaha(self) -> Person:
        return self[profiles.TATA_USAHA]

    @property
    def biro(self) -> Person:
        return self[profiles.BIRO]

    @property
    def units(self) -> tuple[Person, Person]:
        return self[profiles.UNIT_ONE], self[profiles.UNIT_TWO]

    @property
    def admin(self) -> Person:
        return self[profiles.ADMIN]

    @property
    def stranger(self) -> Person:
        return self[profiles.STRANGER]

    async def begin_part(self, title: str, at: str) -> None:
        """Begins a part of the script at a moment of the office's day, such as "2026-11-04 10:00"."""
        now = await self._move_clock(at)
        self.expect.part = title
        self.transcript.begin_part(title, now)

    async def later(self, at: str) -> None:
        """The same part, some hours or days on."""
        self.transcript.clock(await self._move_clock(at))

    async def _move_clock(self, at: str) -> datetime:
        await self.settle()
        self._at_work.clear()
        self._moved_at = asyncio.get_running_loop().time()
        return await self.telegram.move_clock(_moment(at))

    async def ticked(self) -> None:
        """Waits until the bot has seen the moved clock, and has sent what falls due at it."""
        await asyncio.sleep(max(0.0, self._moved_at + TICKED - asyncio.get_running_loop().time()))
        await self.settle()

    async def begin_act(self, who: str, what: str) -> int:
        """Called before whatever a person does; returns the last change before it."""
        await self.drain()
        self._acts += 1
        self._at_work.add(who)
        if self._disturbance:
            await self._disturbance.before_act(self._acts)
        self.transcript.act(who, what)
        return await self.telegram.last_change()

    async def together(self, *acts: Awaitable[T]) -> list[T]:
        return list(await asyncio.gather(*acts))

    async def drain(self) -> None:
        """Tells the transcript what came since it was last told, and which expectations failed."""
        while changes := await self.telegram.changes(since=self._told):
            self._told = changes[-1]["change"]
            batch: dict[int, Any] = {}
            for change in changes:
                if _is_from_bot(change, "message", "edit") and not change.get("deleted"):
                    batch.setdefault(change["message_id"], change)
            for change in batch.values():
                person = self._people.get(change["chat_id"])
                if person:
                    message = read_message(change, person.phone.line)
                    self._look(person, message, is_new=change["kind"] == "message")
        for failed in self.expect.failed[self._failures :]:
            self.transcript.failed(failed)
        self._failures = len(self.expect.failed)

    def _look(self, person: Person, message: Message, *, is_new: bool) -> None:
        who = person.profile.label
        self.transcript.shown(who, message, edited=not is_new)
        if is_new and not message.silent and who not in self._at_work and not hours.are_open(message.date):
            self.disturbed.append(f"{who}: {message.text}")

    async def settle(self) -> None:
        """Waits until the bot has nothing more to say: it has received everything, done it, and sent what follows."""
        if self._disturbance:
            await self._disturbance.over()
        until = asyncio.get_running_loop().time() + SETTLED_WITHIN * self.slowness
        while await self.telegram.waiting_updates() or not await self._is_idle():
            if asyncio.get_running_loop().time() > until:
                self.expect.check("the bot comes to rest", held=self.rough, seen=f"busy for {SETTLED_WITHIN} s")
                break
            await asyncio.sleep(LOOK_EVERY)
        await self.drain()

    async def changes_nothing(self, what: str, act: Awaitable[T]) -> T:
        """The act, after which no message may have come or changed on any phone but his who did it."""
        await self.ticked()
        since = await self.telegram.last_change()
        result = await act
        await self.settle()
        changes = await self.telegram.changes(since=since)
        seen = [change for change in changes if _is_news(change, "message", "edit", "delete")]
        if not self.rough:
            self.expect.check(f"{what} changes nothing", not seen, seen=[change["message"] for change in seen])
        return result

    async def heard(self, since: int) -> dict[str, int]:
        """How many messages of the bot came to each person after the change `since`; mere edits make no sound. Checkpoints, which
        come with the end of a day, are for nobody to read.
        """
        changes = await self.telegram.changes(since=since)
        new = {(item["chat_id"], item["message_id"]) for item in changes if _is_news(item, "message")}
        return dict(Counter(self._people[chat].name for chat, _ in new))

    async def expect_no_buttons(self, step: int) -> None:
        """Once a step is decided, no phone has a button of it any more."""
        await self.settle()
        left = await self._buttons_of(step)
        if not self.rough:
            self.expect.check(f"no phone has a button that decides step {step} any more", not left, seen=left)

    async def _buttons_of(self, step: int) -> dict[str, list[str]]:
        place = f"Langkah {step}/{STEPS} "
        return {
            person.name: list(message.labels)
            for person in self._people.values()
            for message in await person.phone.messages()
            if place in message.text and set(message.labels) - STAY
        }

    async def expect_all_told(self, words: str, people: tuple[Person, ...]) -> tuple[Message, ...]:
        return tuple([await person.sees(words, new=False) for person in people])


def _is_news(change: Mapping[str, Any], *kinds: str) -> bool:
    """Whether the bot has said something to be read: a checkpoint comes with the end of a day, and is only to be kept."""
    return _is_from_bot(change, *kinds) and CHECKPOINT not in str(change["message"])


def _is_from_bot(change: Mapping[str, Any], *kinds: str) -> bool:
    return change["kind"] in kinds and bool(change.get("by_bot"))


def _moment(at: str) -> datetime:
    return datetime.fromisoformat(at).replace(tzinfo=JAKARTA)
