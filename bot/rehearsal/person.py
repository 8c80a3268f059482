"""One person of a script on his phone: writes, sends papers, taps; and looks at what came.

Whatever a person does is told to the transcript, and every tap is expected to be answered.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from bot.rehearsal import phone_calendar
from bot.rehearsal.buttons import CHECKPOINT, DECIDE_ON_FILES, FURTHER_UP, HANDED_OUT, LEAVE, MORE, STEPS, offers
from bot.rehearsal.expectations import CannotGoOn
from bot.rehearsal.papers import Paper
from bot.rehearsal.profiles import Profile
from simulator import Message, NothingCameError, Phone, PressAnswer

if TYPE_CHECKING:
    from bot.rehearsal.people import People

PATIENCE = 8.0  # seconds until what must come has come


class Person:
    def __init__(self, profile: Profile, phone: Phone, people: "People") -> None:
        self.profile, self.phone = profile, phone
        self._people = people
        self._since = 0  # the last change before his own last act

    @property
    def name(self) -> str:
        return f"{self.profile.sapaan or ''} {self.profile.name}".strip()

    # What he does

    async def write(self, text: str, *, reply_to: Message | None = None) -> None:
        await self._begin(f"replies: {text}" if reply_to else f"writes: {text}")
        await self.phone.send(text, reply_to=reply_to)

    async def send(self, paper: Paper, *, caption: str | None = None, reply_to: Message | None = None) -> Message:
        how = " in reply to the older file" if reply_to and reply_to.files else ""
        told = f" with “{caption}”" if caption else ""
        await self._begin(f"sends {paper.name} ({len(paper.data)} bytes){told}{how}")
        return await self.phone.send_file(
            paper.name, paper.data, caption=caption, reply_to=reply_to, mime_type=paper.mime
        )

    async def send_photo(self, paper: Paper) -> None:
        await self._begin("sends a photo")
        await self.phone.send_photo(paper.data)

    async def tap(self, message: Message, label: str, *, stale: bool = False) -> PressAnswer:
        """Presses the button whose label ends so (a tick stands before it), and *Lainnya* first where it stands behind it;
        `stale`: as he saw it, not as it is.
        """
        shown = message if stale else await self._opened(await self._as_it_is(message), label)
        found = next((item for item in shown.labels if item.endswith(label)), None)
        if found is None:
            raise CannotGoOn(f"{self.name} finds no [{label}] among {list(shown.labels)} under:\n{shown.text}")
        await self._begin(f"taps [{label}]")
        return self._answered(label, await self.phone.press(shown, found, timeout=self._people.answer_within))

    async def tap_twice(self, message: Message, label: str) -> tuple[PressAnswer, PressAnswer]:
        """Two presses before the first is answered, as a hasty thumb does it."""
        shown = await self._as_it_is(message)
        await self._begin(f"taps [{label}] twice")
        one, other = await self._people.together(*(self.phone.press(shown, label) for _ in "12"))
        return self._answered(label, one), self._answered(label, other)

    async def forge(self, data: str, *, under: Message, what: str) -> PressAnswer:
        """Sends a press that no button of his would send."""
        await self._begin(what)
        return self._answered(what, await self.phone.press_forged(under.id, data))

    # What he sees

    async def sees(self, *words: str, button: str | None = None, new: bool = True) -> Message:
        """The newest message with these words, and this button; `new`: changed since his own last act."""

        def wanted(message: Message) -> bool:
            has_button = button is None or any(label.endswith(button) for label in message.labels)
            return has_button and all(word in message.text for word in words)

        return await self._wait(wanted, new=new, what=" and ".join(map(repr, words)) or f"[{button}]")

    async def card(
        self,
        step: int,
        *labels: str,
        says: Sequence[str] = (),
        files: Sequence[Paper] | None = None,
        below: Message | None = None,
    ) -> Message:
        """His card of the step with exactly these buttons and words, and these files right before it; `below` an
        older copy, where it must have come anew.
        """
        place = f"Langkah {step}/{STEPS}"

        def complete(message: Message) -> bool:
            is_new = below is None or message.id > below.id
            has_words = place in message.text and all(part in message.text for part in says)
            return is_new and has_words and message.labels == labels

        try:
            found = await self._wait(complete, new=False, what=place)
        except CannotGoOn:
            found = await self._wait(lambda message: place in message.text, new=False, what=place, patience=0)
        expect = self._people.expect
        expect.equal(f"{self.name}'s card of step {step} has the buttons {list(labels)}", found.labels, labels)
        expect.says(f"{self.name}'s card of step {step}", found.text, says)
        if files is not None:
            await self.expect_files(found, files)
        return found

    async def card_with(self, step: int, button: str, *says: str, below: Message | None = None) -> Message:
        """His newest card of the step that has this button, maybe behind *Lainnya*, and these words; `below` an older copy."""
        place = f"Langkah {step}/{STEPS} ·"

        def wanted(message: Message) -> bool:
            is_new = below is None or message.id > below.id
            return is_new and offers(message, button) and all(part in message.text for part in (place, *says))

        return await self._wait(wanted, new=False, what=f"{place} with [{button}] and {says}")

    async def hears(self, since: int) -> Message:
        """The newest message that came, not merely changed, after the change `since`."""

        def is_new(message: Message) -> bool:
            return message.edited is None and CHECKPOINT not in message.text

        return await self._wait(is_new, after=since, what="a new message")

    async def expect_files(self, card: Message, papers: Sequence[Paper]) -> None:
        """The papers stand right before the card, with their names and the very bytes that were sent; what stood in the chat
        before is not there again: the card is a reply to the newest of it, and says so where it decides on it.
        """
        wanted = [(None if paper.mime.startswith("image/") else paper.name, paper.data) for paper in papers]
        above = [message for message in await self.files_above(card) if not _is_for_calendar(message)]
        found_above = [(await _sheet(message), HANDED_OUT in message.text) for message in above]
        # A signed letter is handed out when it comes, whichever card follows it in the chat.
        here = [sheet for sheet, is_handed_out in found_above if sheet in wanted or not is_handed_out]
        further = [sheet for sheet in wanted if sheet not in here]
        older = {
            message.id: await _sheet(message) for message in await self.phone.messages() if _is_file(message, card)
        }
        found = Counter([*here, *(sheet for sheet in further if sheet in older.values())])
        expect = self._people.expect
        names = Counter(name for name, _ in found.elements())
        expect.equal(f"{self.name} has {len(papers)} files before the card", names, Counter(name for name, _ in wanted))
        expect.check(f"{self.name} has them with the very bytes", found == Counter(wanted))
        if further:
            if not DECIDE_ON_FILES.isdisjoint(card.labels):
                expect.says(f"{self.name}'s card says what stands further up", card.text, [FURTHER_UP])
            newest = max((number for number, sheet in older.items() if sheet in further), default=None)
            expect.equal(f"{self.name}'s card is a reply to the newest of it", card.reply_to, newest)

    async def files_above(self, card: Message) -> tuple[Message, ...]:
        """The unbroken run of files that the bot sent before the card."""
        found: list[Message] = []
        for message in reversed(await self.phone.messages()):
            if message.id >= card.id:
                continue
            if not (message.by_bot and message.files):
                break
            found.append(message)
        return tuple(reversed(found))

    async def calendar_entry(self, card: Message) -> phone_calendar.Entry:
        """What his phone's calendar makes of the file that stands before the card of an invitation."""
        found = [message for message in await self.files_above(card) if _is_for_calendar(message)]
        if not found:
            raise CannotGoOn(f"{self.name} finds no {phone_calendar.SUFFIX} file before:\n{card.text}")
        return phone_calendar.read(await found[-1].download())

    async def newest_file(self, name: str) -> Message:
        """The message with which the bot last showed him the file of that name."""
        return await self._wait(lambda message: any(file.name == name for file in message.files), new=False, what=name)

    async def asked(self, *says: str) -> Message:
        """The form that asks him in these words: it alone can be left."""

        def wanted(message: Message) -> bool:
            return not LEAVE.isdisjoint(message.labels) and all(part in message.text for part in says)

        return await self._wait(wanted, new=True, what=f"a question with {says}")

    async def answers(self, answer: str | Paper, *says: str) -> None:
        """Types, or sends, the answer to the question with these words."""
        await self.asked(*says)
        if isinstance(answer, Paper):
            await self.send(answer)
        else:
            await self.write(answer)

    async def picks(self, label: str, *says: str) -> PressAnswer:
        """Taps the answer to the question with these words."""
        return await self.tap(await self.sees(*says, button=label), label)

    async def sends_form(self, *says: str, button: str = "Kirim") -> PressAnswer:
        """Looks at the filled form, and taps Kirim, or what stands in its place."""
        form = await self.sees(*says, button=button)
        return await self.tap(form, button)

    # How

    async def _as_it_is(self, message: Message) -> Message:
        now = {item.id: item for item in await self.phone.messages()}
        return now.get(message.id, message)

    async def _opened(self, message: Message, label: str) -> Message:
        """With what stands behind *Lainnya*, where the label is one of these."""
        if label in message.labels or not offers(message, label):
            return message
        await self._begin(f"taps [{MORE}]")
        self._answered(MORE, await self.phone.press(message, MORE, timeout=self._people.answer_within))
        return await self._wait(lambda item: item.id == message.id and label in item.labels, what=f"[{label}]")

    async def _begin(self, what: str) -> None:
        self._since = await self._people.begin_act(self.profile.label, what)

    def _answered(self, label: str, given: PressAnswer) -> PressAnswer:
        self._people.transcript.answer(given)
        if not self._people.rough:
            self._people.expect.check(f"{self.name}'s tap [{label}] is answered", given.answered)
        return given

    async def _wait(
        self,
        wanted: Callable[[Message], object],
        *,
        what: str,
        new: bool = False,
        after: int | None = None,
        patience: float = PATIENCE,
    ) -> Message:
        """`new`: changed since his own last act; else since the change `after`, where one is given."""
        after = self._since if new else after
        try:
            return await self.phone.wait_for(wanted, after=after, timeout=patience * self._people.slowness)
        except NothingCameError as nothing:
            raise CannotGoOn(f"{self.name} waits for {what}: {nothing}") from nothing


def _is_for_calendar(message: Message) -> bool:
    return any((file.name or "").endswith(phone_calendar.SUFFIX) for file in message.files)


def _is_file(message: Message, card: Message) -> bool:
    """Whether it is a file of the bot further up than the card."""
    return bool(message.by_bot and message.files) and message.id < card.id


async def _sheet(message: Message) -> tuple[str | None, bytes]:
    """Name and bytes of its file; a photo has no name."""
    file = message.files[0]
    return (file.name if file.kind == "document" else None), await message.download()
