"""A small office to remember: an SOP, cases of it, and members."""

from datetime import UTC, date, datetime, timedelta

import pytest
from alembic import command

from alur.storage import cases, members, sops
from alur.storage.database import Database
from alur.storage.migrations import configuration
from alur.workflow.case import Case, Closing, Letter, Outcome, Task, Version
from alur.workflow.files import FileRef
from alur.workflow.people import Actor
from alur.workflow.sop import Role, Sop, Step, TaskDef, TaskKind, Yield

MONDAY = datetime(2026, 7, 6, 8, 0, tzinfo=UTC)


@pytest.fixture
def at_version(database_url):
    """Makes a database whose tables are those of an earlier version."""
    made = []

    def make(version):
        made.append(Database(database_url))
        with made[-1].writer.begin() as connection:
            config = configuration()
            config.attributes["connection"] = connection
            command.upgrade(config, version)
        return made[-1]

    yield make
    for database in made:
        database.close()


@pytest.fixture
def at():
    return MONDAY


@pytest.fixture
def later():
    return lambda minutes: MONDAY + timedelta(minutes=minutes)


@pytest.fixture
def sop():
    step = Step(
        number=1,
        title="Disposisi",
        activity="Mendisposisikan surat",
        working_days=1,
        requisites=("Surat",),
        outputs=("Disposisi",),
        yields=(Yield(document="nota", **{"from": "konsep"}),),
        tasks=(TaskDef(role="sekretaris", kind=TaskKind.DISPOSE),),
    )
    return Sop(
        id="ip-asn",
        number="68",
        title="Indeks",
        short_title="IP ASN",
        period="year",
        organisation=("Kementerian",),
        created=date(2023, 1, 1),
        effective=date(2023, 2, 1),
        approved_by="Sekretaris",
        legal_basis=(),
        related=(),
        qualifications=(),
        equipment=(),
        warnings=(),
        records=(),
        letter="surat",
        roles=(Role(id="sekretaris", name="Sekretaris", title="Sekretaris"),),
        documents=(),
        steps=(step, step.model_copy(update={"number": 2, "title": "Penyiapan"})),
    )


@pytest.fixture
def actor():
    return Actor(member=1, role="sekretaris", name="Siti")


@pytest.fixture
def new_case(actor, at):
    """A case whose first task is open and has the letter as its only version."""

    def make(period="2026", *, letter="a" * 64):
        task = Task(id=1, step=1, index=0, round=1, role="sekretaris", kind=TaskKind.DISPOSE, landed_at=at, due=None)
        file = FileRef(sha256=letter, name="surat.pdf", size=3, mime="application/pdf")
        version = Version(id=1, document="surat", number=1, file=file, by=actor, at=at, step=1)
        return Case(
            code=f"ip-asn-{period}",
            sop="ip-asn",
            sop_hash="hash-1",
            period=period,
            letter=Letter(number="1", dated=at.date()),
            opened_by=actor,
            opened_at=at,
            tasks=(task,),
            versions=(version,),
        )

    return make


@pytest.fixture
def moved_on(actor, later):
    """The same case after its open task went to the next desk, with a limit."""

    def move(case, *, role="kabag_umum"):
        closing = Closing(outcome=Outcome.DISPOSED, by=actor, at=later(5))
        closed = case.tasks[-1].model_copy(update={"closing": closing})
        following = Task(
            id=closed.id + 1,
            step=2,
            index=0,
            round=1,
            role=role,
            kind=TaskKind.PREPARE,
            landed_at=later(5),
            due=later(600),
        )
        return case.model_copy(update={"tasks": (*case.tasks[:-1], closed, following)})

    return move


@pytest.fixture
def record(database, sop, new_case, at):
    """A stored case."""
    with database.write() as session:
        sops.store(session, sop, "hash-1", at)
        return cases.create(session, new_case())


@pytest.fixture
def enrol(database, at):
    def add(telegram_id, name="Siti"):
        with database.write() as session:
            return members.enrol(session, telegram_id=telegram_id, name=name, sapaan="Ibu", unit=None, at=at)

    return add


@pytest.fixture
def siti(enrol):
    """A member whose id is beyond 32 bits, as Telegram's are by now."""
    return enrol(7_000_000_001)


@pytest.fixture
def budi(enrol):
    return enrol(7_000_000_002, "Budi")
