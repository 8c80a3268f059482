"""A desk for tests: a simulated Telegram, the bot beside it, and its people on their phones.

Tests act by pressing what stands on the screen; `walk_to` alone takes the short way through the services, so that a
test begins at the step that it is about. Nothing here sleeps for a fixed time: it asks until what must come has come.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import bot as bot_package
from alur.services.cases.perform import open_, perform
from alur.services.incoming.form_rows import form_of
from alur.services.people import enrolment
from alur.services.people.office import rules
from alur.services.work import Work
from alur.storage import audit, cases, forms, inbox, members, outbox
from alur.storage.database import Database
from alur.storage.file_store import FileStore
from alur.workflow.case import ArchiveFields
from alur.workflow.engine.filing import default_archive
from alur.workflow.files import FileRef
from alur.workflow.office.joining import Invite
from alur.workflow.sop import TaskKind
from bot import wiring
from bot.run import run
from bot.settings import Settings
from simulator import Message, Phone, PressAnswer, Simulator, SimulatorClient
from tests import acts
from tests.factories import only_task
from tests.papers import mime_of, paper, photo

WIB = ZoneInfo("Asia/Jakarta")
TOKEN = "123456:TEST-token-for-the-simulator-only"
MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=WIB)
MEETING = datetime(2026, 11, 12, 9, 30, tzinfo=WIB)
PATIENCE = 20.0  # seconds until what must come has come: a bound, not a measure
LOOK_EVERY = 0.015  # seconds
MORE = "Lainnya"
RARE = (
    "Tarik Pertanyaan",
    "Batalkan Rapat",
    "Daftar Hadir",
    "Batalkan Berkas",
    "Ada Kendala",
    "Riwayat",
)  # stand behind it on open cards
BOT_SOURCES = str(Path(bot_package.__file__).parent)

# Role to Telegram id, name, sapaan and unit. The order is that of enrolment.
PEOPLE = {
    "admin": (7_000_000_001, "Eko", "Bapak", None),
    "sekretaris": (7_000_000_002, "Hartono", "Bapak", None),
    "kabag_umum": (7_000_000_003, "Dewi", "Ibu", None),
    "analis_sdm": (7_000_000_004, "Rina", "Ibu", None),
    "unit_terkait": (7_000_000_005, "Joko", "Bapak", "Direktorat Program"),
    "biro_sdm": (7_000_000_006, "Andi", None, None),
    "tata_usaha": (7_000_000_007, "Wulan", "Ibu", None),
}


def work_in(session, settings: Settings) -> Work:
    calendar, procedures = wiring.calendar(settings, MONDAY), wiring.procedures(settings)
    return Work(session=session, at=MONDAY, now=MONDAY, calendar=calendar, procedures=procedures)


def transact(database: Database, settings: Settings, service, *args, **kwargs):
    with database.write() as session:
        return service(work_in(session, settings), *args, **kwargs)


def enrolled(work: Work, *, telegram_id: int, role: str, name: str, sapaan: str | None, unit: str | None) -> None:
    """Enrols a person without a word to anybody; one whose role no SOP at hand has, as nobody who is appointed to anything."""
    if role not in rules(work).roles:
        members.enrol(work.session, telegram_id=telegram_id, name=name, sapaan=sapaan, unit=unit, at=work.now)
        return
    code = enrolment.invite(work, Invite(role=role, name=name, sapaan=sapaan, unit=unit, also=True))
    assert enrolment.enrol(work, telegram_id=telegram_id, code=code).events
    for person in PEOPLE.values():
        if known := work.member(person[0]):
            outbox.drop_member_notices(work.session, known.id, "said already", work.now)
    outbox.drop_member_notices(work.session, work.member(telegram_id).id, "said already", work.now)


def enrol_everybody(database: Database, settings: Settings, *, without: tuple[str, ...] = ()) -> None:
    def all_of_them(work: Work) -> None:
        for role, (telegram_id, name, sapaan, unit) in PEOPLE.items():
            if role not in without:
                enrolled(work, telegram_id=telegram_id, role=role, name=name, sapaan=sapaan, unit=unit)

    transact(database, settings, all_of_them)


@dataclass
class Desk:
    simulator: Simulator
    telegram: SimulatorClient
    settings: Settings
    database: Database
    people: dict[str, Phone] = field(default_factory=dict)  # by role, the first of each
    members: dict[str, int] = field(default_factory=dict)  # by role
    _bot: asyncio.Task[None] | None = None
    _stop: asyncio.Event = field(default_factory=asyncio.Event)

    # The house

    async def begin(self) -> None:
        """Starts the bot, and waits until it has said what it had to say."""
        self.start()
        await self.settled()

    def start(self) -> None:
        assert self._bot is None
        self._stop = asyncio.Event()
        self._bot = asyncio.create_task(run(self.settings, self._stop))

    async def end(self) -> None:
        """Stops the bot in good order; what ended it before is raised here."""
        if self._bot is not None:
            self._stop.set()
            bot, self._bot = self._bot, None
            await bot

    async def kill(self) -> None:
        """Ends everything that the bot has in hand where it stands: only transactions that have begun are finished."""
        assert self._bot is not None
        ours = [task for task in asyncio.all_tasks() if _is_of_bot(task)]
        for task in ours:
            task.cancel()
        self._bot = None
        await asyncio.gather(*ours, return_exceptions=True)

    async def close(self) -> None:
        try:
            await self.end()
        finally:
            self.database.close()

    async def until(self, holds: Callable[[], object | Awaitable[object]], what: str = "it") -> object:
        """Asks until it holds; fails after a bounded time."""
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while True:
            found = holds()
            if isinstance(found, Awaitable):
                found = await found
            if found:
                return found
            assert asyncio.get_running_loop().time() < deadline, f"waited {PATIENCE} s in vain for {what}"
            if self._bot is not None and self._bot.done():
                await self.end()
            await asyncio.sleep(LOOK_EVERY)

    async def settled(self) -> None:
        """Until nothing is left to receive, to work or to deliver."""

        async def is_quiet() -> bool:
            return self.simulator.is_at_rest and await asyncio.to_thread(self._has_nothing_waiting)

        await self.until(is_quiet, "quiet")

    def _has_nothing_waiting(self) -> bool:
        with self.database.read() as session:
            return inbox.oldest_pending(session) is None and outbox.oldest_unsent(session) is None

    # The case

    @property
    def case(self):
        return self.record.case

    @property
    def record(self):
        with self.database.read() as session:
            (found,) = cases.all_(session)
        return found

    @property
    def task(self):
        return only_task(self.case)

    def trail(self, *, of_office: bool = False):
        """What stands in the chain of the case, or of the office."""
        with self.database.read() as session:
            chain = None if of_office else cases.all_(session)[0].id
            assert audit.verify(session, chain) == ()
            return [item.entry for item in audit.entries(session, chain)]

    def refusals(self, *, of_office: bool = False):
        return [entry["refusal"] for entry in self.trail(of_office=of_office) if "refusal" in entry]

    def transact(self, service, *args, **kwargs):
        """One transaction of a service, as the bot would run it, at the simulator's first moment."""
        return transact(self.database, self.settings, service, *args, **kwargs)

    def _work(self, session) -> Work:
        return work_in(session, self.settings)

    # The people

    async def come(self, *, without: tuple[str, ...] = ()) -> None:
        """The people start the bot on their phones; whether they are members is another matter."""
        for role, (user_id, name, _, _) in PEOPLE.items():
            if role not in without:
                self.people[role] = await self._phone(name, user_id=user_id)
                self.members[role] = self._member(user_id)

    async def enrol(self, role: str, name: str, *, sapaan: str | None = None, unit: str | None = None) -> Phone:
        """One person more, who has started the bot and is a member."""
        phone = await self._phone(name)
        self.transact(enrolled, telegram_id=phone.id, role=role, name=name, sapaan=sapaan, unit=unit)
        return phone

    def invite(self, role: str, name: str, *, sapaan: str | None = None, unit: str | None = None) -> str:
        return self.transact(enrolment.invite, Invite(role=role, name=name, sapaan=sapaan, unit=unit, also=True))

    async def _phone(self, name: str, **details: int) -> Phone:
        return await self.telegram.person(name, standing="started", **details)

    def _member(self, telegram_id: int) -> int:
        with self.database.read() as session:
            return self._work(session).member(telegram_id).id

    def __getitem__(self, role: str) -> Phone:
        return self.people[role]

    # The short way

    async def walk_to(self, step: int, index: int = 0) -> None:
        """Brings the case by the straight path to a task, and the bot to having delivered its cards."""
        self.transact(self._walk, step, index)
        if self._bot is None:
            self.start()
        await self.settled()

    def _walk(self, work: Work, step: int, index: int) -> None:
        if not cases.all_(work.session):
            letter = acts.OpenCase(
                by=self.members["tata_usaha"],
                period="2026",
                letter_number="B-1234/KP.05/SJP/2026",
                letter_date=date(2026, 10, 30),
                file=self.stored("surat.pdf"),
            )
            assert open_(work, work.procedures[0], letter)[0].refusal is None
        while True:
            (record,) = cases.all_(work.session)
            task = only_task(record.case)
            if (task.step, task.index) == (step, index):
                return
            for act in self._move(work, record.case, task):
                decision = perform(work, record.id, act)
                assert decision.refusal is None, (act, decision.refusal)

    def _move(self, work, case, task):
        """The acts by which an open task is done as it should be."""
        sop = next(item.sop for item in work.procedures if item.sop.id == case.sop)
        step, definition = sop.step(task.step), sop.task(task.step, task.index)
        by = self.members[task.role]
        touched = 0
        if task.kind in (TaskKind.PREPARE, TaskKind.CONVENE):
            held = definition.schedules or (task.step if definition.waits_for else None)
            if held:
                yield acts.ScheduleMeeting(by=by, step=held, starts=MEETING, place="Ruang Rapat Lantai 4")
            for document in step.uploads:
                touched += 1
                yield acts.Upload(by=by, document=document, file=self.stored(f"{document}.pdf"))
        on = {"by": by, "task": task.id, "revision": task.revision + touched}
        on |= {"way": min(way.to for way in definition.ways)} if definition.ways else {}
        match task.kind:
            case TaskKind.DISPOSE:
                yield acts.Dispose(**on, ticks=definition.preset)
            case TaskKind.PREPARE:
                yield acts.Submit(**on)
            case TaskKind.CONVENE:
                yield acts.CloseMeeting(**on)
            case TaskKind.REVIEW:
                yield acts.Approve(**on, ticks=definition.preset)
            case TaskKind.DIRECT:
                yield acts.Direct(**on, ticks=definition.preset)
            case TaskKind.ARCHIVE:
                asked = dict.fromkeys(("letter_number", "classification", "file_number", "location"), "17")
                fields = default_archive(sop, case, WIB) | asked | {"reason_missing": "Menyusul dari Nadine."}
                yield acts.Archive(**on, fields=ArchiveFields(**fields))

    def stored(self, name: str) -> FileRef:
        """A file in the bot's own store."""
        data = f"%PDF-1.4 {name}".encode()
        sha256 = FileStore(self.settings.files_dir).put(data)
        return FileRef(sha256=sha256, name=name, size=len(data), mime=mime_of(name))

    # What is on the phones

    async def card(self, role: str | Phone, button: str, **options) -> Message:
        """The newest message with the button; of a card, maybe behind *Lainnya*."""
        return await self.phone(role).wait_for(lambda message: offers(message, button), timeout=PATIENCE, **options)

    async def tap(self, role: str | Phone, button: str, under: Message | None = None) -> PressAnswer:
        """Presses the newest button of that label, ticked or not, or the one under a message as it was when read; where it
        stands behind *Lainnya*, that one first.
        """
        phone = self.phone(role)
        message = under or await self.card(phone, button)
        if not has(message, button):
            message = await self.unfold(phone, message, button)
        label = next(item for item in message.labels if item.endswith(button))
        answer = await phone.press(message, label)
        assert answer.answered, f"the tap on {button} was not answered"
        return answer

    async def unfold(self, role: str | Phone, card: Message, button: str) -> Message:
        """The card with what stands behind *Lainnya*."""
        phone = self.phone(role)
        answer = await phone.press(card, MORE)
        assert answer.answered, f"the tap on {MORE} was not answered"
        return await phone.wait_for(lambda item: item.id >= card.id and has(item, button), timeout=PATIENCE)

    async def asked(self, role: str | Phone) -> Message:
        """The form that waits for what he types or sends: his one open form, as it stands below all that he wrote."""
        phone = self.phone(role)
        asking = None
        async with asyncio.timeout(PATIENCE):
            while asking is None:
                await self.settled()  # what was tapped or typed before may still stand on the screen
                asking = next((item for item in await phone.messages() if item.id == self._asking(phone)), None)
        return asking

    def _asking(self, phone: Phone) -> int | None:
        with self.database.read() as session:
            member = members.by_telegram_id(session, phone.id)
            row = forms.open_for(session, member.id) if member else None
            field = form_of(row).asked if row else None
            return row.message_id if field and field.is_typed else None

    async def fill(self, role: str | Phone, *answers: str) -> None:
        """Types one answer after the other, without a reply; where a form offers something to tap, without *Lain…*."""
        for text in answers:
            await self.asked(role)
            await self.phone(role).send(text)

    async def tap_through_opening(self, *, letter: str = "document", period: str = "2026") -> None:
        """Opens a case in chat, as Tata Usaha does it."""
        phone = self.phone("tata_usaha")
        await phone.send("/mulai")
        await self.tap(phone, period)
        await self.fill(phone, "B-1234/KP.05/SJP/2026", "30 Oktober 2026")
        prompt = await self.asked(phone)
        if letter == "photo":
            await phone.send_photo(photo(), reply_to=prompt)
        else:
            await phone.send_file("surat.pdf", paper("surat.pdf", b"%PDF-1.4 surat"), reply_to=prompt)
        await self.tap(phone, "Kirim")
        await self.settled()

    async def says(self, role: str | Phone, *words: str, **options) -> Message:
        """The newest message of the bot with all these words."""
        return await self.phone(role).wait_for(
            lambda message: all(word in message.text for word in words), timeout=PATIENCE, **options
        )

    async def now(self, role: str | Phone, message: Message) -> Message:
        """The same message as it stands now."""
        return next(item for item in await self.phone(role).messages() if item.id == message.id)

    async def saying(self, role: str | Phone, *words: str) -> list[Message]:
        """All messages of the bot with these words, when everything has been said."""
        await self.settled()
        return [
            item
            for item in await self.phone(role).messages()
            if item.by_bot and all(word in item.text for word in words)
        ]

    async def calls(self, method: str, *, since: int = 0):
        return await self.telegram.calls(method=method, since=since)

    async def last_call(self) -> int:
        """A cursor for `calls`."""
        found = await self.telegram.calls()
        return found[-1]["number"] if found else 0

    def phone(self, role: str | Phone) -> Phone:
        return role if isinstance(role, Phone) else self.people[role]

    async def advance(self, **time: float) -> None:
        await self.telegram.advance(timedelta(**time))


def has(message: Message, button: str) -> bool:
    return any(label.endswith(button) for label in message.labels)


def offers(message: Message, button: str) -> bool:
    """At once, or behind *Lainnya*."""
    return has(message, button) or (button in RARE and MORE in message.labels)


def _is_of_bot(task: asyncio.Task[object]) -> bool:
    code = getattr(task.get_coro(), "cr_code", None)
    return code is not None and code.co_filename.startswith(BOT_SOURCES)
