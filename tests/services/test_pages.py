"""Whatever people ask to see, no case is read that is not shown: with 200 finished ones beside, and page by page."""

import re

import pytest

from alur.services.incoming import presses, reading, screens
from alur.storage import cards, cases, outbox, sops
from alur.views import status
from alur.views.notice.documents import PAGE
from alur.workflow.presses import (
    On,
    PressAct,
    PressCases,
    PressDocumentsPage,
    PressHistoryPage,
    PressStatusPage,
)
from bot import rendering
from tests.factories import walked
from tests.services.filled import fill
from tests.storage.parsed import parsed

CODE = re.compile(r"<b>(ip-asn-[\w-]+)</b>")


@pytest.fixture
def finished(house, people):
    """From the one finished last on; whole cases, with all that was sent to guests."""
    return house.transact(fill, walked(99).case)


def running(house, step, period):
    """A case of that period at that step; its number."""
    case = walked(step).case.model_copy(update={"code": f"ip-asn-{period}", "period": period})
    procedure = house.procedures[0]

    def create(work):
        sops.store(work.session, procedure.sop, procedure.hash, at=work.now)
        return cases.create(work.session, case).id

    return house.transact(create)


@pytest.fixture
def one(house, finished):
    return running(house, 6, "2026")


class Asked:
    """What one person was shown last, and how many cases were parsed for it."""

    def __init__(self, house, member):
        self.house, self.member = house, member
        self.count = self.screen = None

    def __call__(self, service, *args, **values):
        """The services and the delivery of what they said; cards are delivered too, and not looked at."""
        with self.house.database.write() as session:
            outbox.drop_member_notices(session, self.member.id, "said already", self.house.now)
        with parsed() as found:
            self.house.transact(service, *args, **values)
            self.in_service = found.count
            shown = self.house.look(rendering.next_shown, self.member.telegram_id)
            self.count = found.count
        self.screen = shown.content
        return self

    def turn(self, press):
        return self(presses.press_reading, telegram_id=self.member.telegram_id, press=press, message_id=5)

    @property
    def presses(self):
        return [item.press for row in self.screen.buttons for item in row]

    @property
    def labels(self):
        return [item.label for row in self.screen.buttons for item in row]

    def button(self, label):
        return next((item.press for row in self.screen.buttons for item in row if item.label == label), None)

    @property
    def codes(self):
        return CODE.findall(self.screen.text)


@pytest.fixture
def asked(house, people):
    return lambda role: Asked(house, people.members[role])


@pytest.mark.parametrize("role", ["tata_usaha", "sekretaris", "admin", "unit_terkait", "biro_sdm"])
def test_status_reads_as_many_cases_as_it_shows_and_its_pages_show_each_once(house, one, finished, asked, role):
    person = asked(role)
    person(screens.status, person.member)
    assert person.button("Sebelumnya") is None
    seen = []
    while True:
        assert (person.in_service, person.count) == (0, len(person.codes))
        first = len(seen) + 1
        seen += person.codes
        shown = f"ke-{first} s.d. ke-{len(seen)}." if len(seen) > first else f"ke-{first}."
        assert person.screen.text.endswith(f"Yang ditampilkan: proses {shown}")
        further = person.button("Berikutnya")
        if further is None:
            break
        assert person.count == status.PAGE
        person.turn(further)
    expected = ["ip-asn-2026"]
    assert seen == [*expected, *(f"ip-asn-lama-{number}" for number in finished)]
    back = []
    while (previous := person.button("Sebelumnya")) is not None:
        person.turn(previous)
        back.append(person.codes)
    assert back[-1] == seen[: status.PAGE]
    assert len(back) == (len(seen) - 1) // status.PAGE


def test_a_page_behind_the_last_is_the_first(one, asked):
    person = asked("tata_usaha")
    first = person(screens.status, person.member).screen
    assert person.turn(PressStatusPage(start=999_999)).screen == first
    choice = person.turn(PressCases(screen="documents")).screen
    assert person.turn(PressCases(screen="documents", start=999_999)).screen == choice


def test_where_all_cases_fit_on_one_page_nothing_is_said_of_pages(house, people, asked):
    running(house, 6, "2026")
    person = asked("tata_usaha")
    person(screens.status, person.member)
    assert (person.count, person.codes) == (1, ["ip-asn-2026"])
    assert "Yang ditampilkan" not in person.screen.text
    assert person.button("Berikutnya") is None


@pytest.mark.parametrize(
    ("command", "heading"), [(reading.documents, "<b>Berkas {}</b>"), (reading.history, "<b>Riwayat {}</b>")]
)
def test_of_one_running_case_that_one_is_read_and_of_none_the_one_finished_last(
    house, one, finished, asked, command, heading
):
    person = asked("tata_usaha")
    person(command, person.member)
    assert (person.in_service, person.count) == (0, 1)
    shown = (
        "Saat ini tidak ada" if command is reading.history else heading.format("ip-asn-2026")
    )  # no trail was written
    assert person.screen.text.startswith(shown)
    assert person.labels[-1] == "Proses Lain"
    house.transact(
        lambda work: cases.save(
            work.session,
            record := cases.lock(work.session, one),
            record.case.model_copy(update={"finished_at": house.now}),
        )
    )
    person(command, person.member)
    assert (person.in_service, person.count) == (0, 1)
    row = [row for row in house.told(person_template(command)) if row.member_id == person.member.id][-1]
    assert row.about["case_id"] == one


def person_template(command):
    return "documents" if command is reading.documents else "history"


@pytest.mark.parametrize(
    ("command", "page"), [(reading.documents, PressDocumentsPage), (reading.history, PressHistoryPage)]
)
def test_a_choice_of_cases_reads_none_and_lists_each_once_the_newest_running_one_first(
    house, one, finished, asked, command, page
):
    other = running(house, 3, "2027")
    person = asked("tata_usaha")
    person(command, person.member)
    listed = []
    while True:
        assert (person.in_service, person.count) == (0, 0)
        here = [press.case for press in person.presses if isinstance(press, page)]
        listed += here
        further = person.button("Berikutnya")
        if further is None:
            break
        assert len(here) == PAGE
        person.turn(further)
    assert listed == [other, one, *finished]
    person.turn(person.button("Sebelumnya"))
    assert [press.case for press in person.presses if isinstance(press, page)] == listed[-len(here) - PAGE : -len(here)]


def test_a_choice_names_code_procedure_and_period(house, one, asked):
    running(house, 3, "2027")
    person = asked("tata_usaha")
    person(reading.documents, person.member)
    assert person.labels[:2] == [
        "ip-asn-2027 · Laporan Capaian IP ASN 2027",
        "ip-asn-2026 · Laporan Capaian IP ASN 2026",
    ]


def test_a_guest_is_offered_only_what_he_was_sent_something_of(house, one, asked):
    """The meeting of a second case will wait for Biro SDM, and nothing has been sent there yet."""
    early = running(house, 2, "2027")
    person = asked("biro_sdm")
    person(reading.documents, person.member)
    assert (person.in_service, person.count) == (0, 1)
    assert person.screen.text.startswith("<b>Berkas ip-asn-lama-1000</b>")
    person.turn(PressCases(screen="documents"))
    assert not {early, one} & {press.case for press in person.presses if isinstance(press, PressDocumentsPage)}


def test_where_there_is_nothing_no_case_is_read(house, people, asked):
    running(house, 2, "2026")
    person = asked("unit_terkait")
    person(reading.documents, person.member)
    assert (person.in_service, person.count) == (0, 0)
    assert "belum ada berkas" in person.screen.text
    assert person.presses == []


def test_a_page_that_is_pressed_reads_its_case_for_the_right_and_for_the_words(house, one, finished, asked):
    person = asked("tata_usaha")
    person.turn(PressDocumentsPage(case=finished[7]))
    assert (person.in_service, person.count) == (1, 2)
    assert person.codes == []
    assert "ip-asn-lama-1007" in person.screen.text


def test_help_reads_no_case(one, asked):
    person = asked("tata_usaha")
    person(screens.help_, person.member)
    assert person.count == 0


def test_tugas_reads_no_case_and_a_card_its_own(house, one, asked):
    person = asked("kabag_umum")
    person(screens.tasks, person.member)
    assert (person.in_service, person.count) == (0, 0)
    assert "ada 1 tugas yang menunggu" in person.screen.text
    house.transact(lambda work: outbox.drop_member_notices(work.session, person.member.id, "said", work.now))
    with parsed() as found:
        card = house.look(rendering.next_shown, person.member.telegram_id)
    assert "ip-asn-2026" in card.post.screen.text
    assert found.codes == ["ip-asn-2026"]


def test_a_press_of_setujui_reads_its_case_once(house, one, asked):
    person, case = asked("kabag_umum"), house.case(one)
    (task,) = case.open_tasks
    press = PressAct(rule="approve", case=one, on=On(task=task.id, revision=task.revision))
    house.transact(cards_announced, one, task.id, person.member.id)
    with parsed() as found:
        answer = house.transact(presses.press, telegram_id=person.member.telegram_id, press=press, message_id=5)
    assert (answer.name, found.codes) == ("recorded", ["ip-asn-2026"])
    assert house.case(one).task(task.id).closing


def cards_announced(work, case_id, task, member):
    cards.announce(work.session, case_id=case_id, task=task, member_id=member, at=work.now, ring=True)


def test_what_concerns_a_guest_may_hold_no_file_yet_and_what_does_not_is_refused(house, people, asked):
    """All that he was sent was taken back again; and whom a meeting will only wait for, was sent nothing."""
    procedure, walk = house.procedures[0], walked(4)
    versions = tuple(item.model_copy(update={"withdrawn": True}) for item in walk.case.versions)

    def create(work):
        sops.store(work.session, procedure.sop, procedure.hash, at=work.now)
        return cases.create(work.session, walk.case.model_copy(update={"versions": versions})).id

    case_id = house.transact(create)
    guest = asked("unit_terkait")
    guest(reading.documents, guest.member)
    assert "belum ada berkas" in guest.screen.text
    assert "belum ada berkas" in guest.turn(PressDocumentsPage(case=case_id)).screen.text
    assert house.told("refused") == []
    biro = people.members["biro_sdm"]
    about = {"telegram_id": biro.telegram_id, "press": PressDocumentsPage(case=case_id), "message_id": 5}
    answer = house.transact(presses.press_reading, **about)
    assert (answer.name, answer.values["refusal"]) == ("refused", "NotReadable")
