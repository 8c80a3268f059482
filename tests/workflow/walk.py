"""A case played through the real SOP at moments of the test's choosing, with every event kept."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from alur.workflow.apply import replay
from alur.workflow.case import UNIT_FILE
from alur.workflow.engine import begin, decide
from tests import acts, factories
from tests.factories import ANALIS, KABAG, PEOPLE, SEKRETARIS, TU, WIB, a_file, an_appointment, an_office

HOUR = timedelta(hours=1)
UNIT = "Direktorat Teknik"


def wib(text):
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


def an_office_where(member, role, name="Pengganti", **changes):
    """The usual office with one more appointment."""
    return an_office(people=(*PEOPLE, an_appointment(member, role, name, **changes)))


@dataclass
class Play(factories.Walk):
    """`at` moves on by `pace` before each act; `now` is when acts are applied, where that is later."""

    pace: timedelta = HOUR
    now: datetime | None = None
    events: tuple = ()

    def open(self, *, period="2026"):
        letter = {"letter_number": "B-1234/KP.05/SJP/2026", "letter_date": date(2026, 10, 30)}
        act = acts.OpenCase(by=TU, period=period, file=a_file("surat.pdf"), **letter)
        self.events = begin(self.sop, "hash", act, self.at, self.office, now=self.now).events
        self.case = replay(self.events)
        return self

    def do(self, act):
        self.at += self.pace
        decision = decide(self.sop, self.case, act, self.at, self.office, now=self.now)
        assert decision.refusal is None, (act, decision.refusal, decision.refusal and decision.refusal.facts)
        self.events = (*self.events, *decision.events)
        self.case = replay(decision.events, self.case)
        return self

    def on(self, text, *, applied=None):
        """The next act is received at that moment, and applied then, unless the office was out of order."""
        self.at = wib(text) - self.pace
        self.now = wib(applied) if applied else None
        return self

    def copy(self):
        return replace(self)

    def bring(self, *documents, by=ANALIS):
        for document in documents:
            self.upload(by, document)
        return self

    def take_back(self, by, document):
        return self.do(acts.Withdraw(by=by, version=self.case.newest(document).id))

    @property
    def place(self):
        return (self.task.step, self.task.index) if self.task else None


def walk_to(step, index=0, *, office=None, at=None):
    """A case by the straight path up to that task, as it lands: nothing is brought yet."""
    play = Play(office=office or an_office(), at=at or factories.START).open()
    for place, move in STRAIGHT.items():
        if play.place == (step, index):
            return play
        assert play.place == place
        move(play)
    assert play.place is None
    return play


STRAIGHT = {
    (1, 0): lambda w: w.dispose(SEKRETARIS),
    (1, 1): lambda w: w.dispose(KABAG),
    (2, 0): lambda w: w.bring("data_capaian", "konsep_undangan").submit(),
    (3, 0): lambda w: w.dispose(KABAG),
    (3, 1): lambda w: w.schedule(ANALIS, 4).bring("undangan").upload(ANALIS, UNIT_FILE, unit=UNIT).submit(),
    (4, 0): lambda w: w.bring("notula_rekonsiliasi").bring("pemutakhiran_data", by=KABAG).meet(),
    (5, 0): lambda w: w.bring("konsep_nota_dinas_rapat", "data_awal").submit(),
    (6, 0): lambda w: w.approve(KABAG),
    (7, 0): lambda w: w.approve(SEKRETARIS),
    (8, 0): lambda w: (
        w.schedule(ANALIS, 8, starts=wib("2026-11-10 09:00")).bring("notula_validasi", "data_validasi").meet()
    ),
    (9, 0): lambda w: w.bring("konsep_nota_dinas_laporan").submit(),
    (10, 0): lambda w: w.approve(KABAG),
    (11, 0): lambda w: w.direct(),
    (12, 0): lambda w: w.archive(TU),
}
