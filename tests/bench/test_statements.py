"""How many statements each use takes, its claim in the inbox included: whoever adds one says so here."""

import pytest
from sqlalchemy import event

from alur.services.incoming import files, forms, presses, reading, screens
from alur.services.work import Answer
from alur.storage import cards, members
from alur.storage import forms as form_rows
from alur.workflow.presses import On, PressAct, PressSend
from bot import rendering
from tests.bench.builds.present import Build
from tests.factories import ANALIS, KABAG, SARI, SEKRETARIS, TU, a_file, walked

COUNTS = {
    "Disposisikan": 11,
    "Kirim after Disposisikan": 30,
    "Ajukan": 26,
    "Setujui": 30,
    "Kembalikan": 11,
    "Hadir": 22,
    "Tanya": 11,
    "a file for the open step": 25,
    "a file that nobody waits for": 27,
    "/tugas": 9,
    "/status": 5,
    "/berkas": 11,
    "/riwayat": 13,
    "/mulai": 11,
}
SCREENS = {"a card": 11, "/status": 10, "/berkas": 9, "/riwayat": 10}


@pytest.fixture
def build(tmp_path):
    made = Build(tmp_path)
    yield made
    made.close()


class Desk:
    """One case at work, and what is said to the database since."""

    def __init__(self, build, walk):
        build.walk = walk
        (self.waiting,) = build.cases(1)
        self.build, self.walk = build, walk

    def said(self, service, *args, **values):
        """How many statements it takes as the whole work of an update."""
        run = []

        def hear(*given):
            run.append(given[2])

        event.listen(self.build.database.writer, "before_cursor_execute", hear)
        try:
            answer = self.build.loop.run_until_complete(
                self.build.house.apply(self.waiting.row, self.build.at, service, *args, **values)
            )
            assert not (isinstance(answer, Answer) and answer.is_refusal), answer.name
        finally:
            event.remove(self.build.database.writer, "before_cursor_execute", hear)
        return len(run)

    def press(self, who, rule, **more):
        task = self.walk.task
        about = On(
            task=task.id, revision=task.revision if rule in ("dispose", "submit", "approve", "return") else 0, **more
        )
        press = PressAct(rule=rule, case=self.waiting.case_id, on=about)
        return self.said(presses.press, telegram_id=who, press=press, message_id=None)

    def command(self, service, who):
        return self.said(lambda work: service(work, members.get(work.session, who)))

    def file(self, who, name):
        known = {"telegram_id": who, "message_id": 5, "caption": "", "reply": None}
        return self.said(files.take, file=a_file(name), **known)


def complete():
    """The draft and its data are there."""
    return walked(5).upload(ANALIS, "konsep_nota_dinas_rapat").upload(ANALIS, "data_awal")


USES = {
    "Disposisikan": (lambda: walked(1), lambda desk: desk.press(SEKRETARIS, "dispose")),
    "Ajukan": (complete, lambda desk: desk.press(ANALIS, "submit")),
    "Setujui": (lambda: walked(6), lambda desk: desk.press(KABAG, "approve")),
    "Kembalikan": (lambda: walked(6), lambda desk: desk.press(KABAG, "return")),
    "Hadir": (lambda: walked(4), lambda desk: desk.press(SARI, "present")),
    "Tanya": (lambda: walked(6), lambda desk: desk.press(KABAG, "ask")),
    "a file for the open step": (lambda: walked(2), lambda desk: desk.file(ANALIS, "Data capaian IP ASN.xlsx")),
    "a file that nobody waits for": (lambda: walked(6), lambda desk: desk.file(SARI, "foto.jpg")),
    "/tugas": (lambda: walked(6), lambda desk: desk.command(screens.tasks, KABAG)),
    "/status": (lambda: walked(6), lambda desk: desk.command(screens.status, KABAG)),
    "/berkas": (lambda: walked(6), lambda desk: desk.command(reading.documents, KABAG)),
    "/riwayat": (lambda: walked(6), lambda desk: desk.command(reading.history, KABAG)),
    "/mulai": (lambda: walked(6), lambda desk: desk.command(screens.open_case, TU)),
}


@pytest.mark.parametrize("use", USES)
def test_a_use_takes_just_so_many_statements(build, use):
    walk, do = USES[use]
    assert do(Desk(build, walk())) == COUNTS[use]


def test_what_is_sent_with_a_form_takes_just_so_many_statements(build):
    desk = Desk(build, walked(1))
    desk.press(SEKRETARIS, "dispose")
    with build.database.read() as session:
        form = form_rows.open_for(session, SEKRETARIS)
    (desk.waiting,) = build.cases(1)  # another update
    press = {"telegram_id": SEKRETARIS, "press": PressSend(form=form.id), "message_id": form.id}
    assert desk.said(forms.press, **press) == COUNTS["Kirim after Disposisikan"]


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_takes_just_so_many_statements(build, screen):
    services = {"/status": screens.status, "/berkas": reading.documents, "/riwayat": reading.history}
    desk = Desk(build, walked(6))
    run = []
    with build.database.write() as session:
        work = desk.build.work(session)
        if screen == "a card":
            about = {"case_id": desk.waiting.case_id, "task": desk.walk.task.id}
            cards.announce(session, **about, member_id=KABAG, at=build.at, ring=True)
        else:
            services[screen](work, members.get(session, KABAG))
    event.listen(build.database.reader, "before_cursor_execute", lambda *given: run.append(given[2]))
    with build.database.read() as session:
        rendering.next_shown(desk.build.work(session), KABAG)
    assert len(run) == SCREENS[screen]
