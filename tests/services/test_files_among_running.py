"""A file among more running cases than a question can name: nothing is taken without a word that might be another's."""

from datetime import timedelta

import pytest

from alur.services.incoming import files
from alur.services.incoming.replies import Reply
from alur.storage import cases, messages, sops
from alur.storage.sop_files import Procedure, content_hash
from alur.workflow.files import FileRef
from tests.factories import SOP, walked
from tests.papers import mime_of
from tests.services.house import a_procedure


@pytest.fixture
def put(house):
    """A case of a procedure and year."""

    def create(case, procedure, year="2026"):
        def fill(work):
            sops.store(work.session, procedure.sop, procedure.hash, at=work.now)
            own = {"code": f"{procedure.sop.id}-{year}", "period": year, "sop": procedure.sop.id}
            return cases.create(work.session, case.model_copy(update={**own, "sop_hash": procedure.hash})).id

        return house.transact(fill)

    return create


@pytest.fixture
def send(house, people):
    def sent(role, name, reply=None):
        file = FileRef(sha256="c" * 64, name=name, size=3, mime=mime_of(name))
        to = people.members[role].telegram_id
        house.transact(files.take, telegram_id=to, message_id=5, file=file, caption="", reply=reply)

    return sent


def received(house):
    return [row.about["case_id"] for row in house.queued("file_received")]


def offered(house):
    return {item["case_id"] for row in house.queued("which_document") for item in row.about["options"]}


def of_others(number):
    """A procedure whose letters others draft and file."""
    others = {"analis_sdm": "biro_sdm", "tata_usaha": "kabag_umum"}
    steps = tuple(
        step.model_copy(
            update={
                "tasks": tuple(
                    task.model_copy(update={"role": others.get(task.role, task.role)}) for task in step.tasks
                )
            }
        )
        for step in SOP.steps
    )
    sop = SOP.model_copy(update={"id": f"lain-{number}", "steps": steps})
    return Procedure(sop=sop, hash=content_hash(sop))


def test_the_year_that_a_file_names_finds_its_case_among_more_than_a_dozen(house, put, send):
    waiting = walked(3).case
    for number in range(12):
        put(waiting, a_procedure(SOP, number))
    wanted = put(waiting, a_procedure(SOP, 12), "2027")
    send("analis_sdm", "Konsep Undangan Rapat 2027.docx")
    assert received(house) == [wanted]


def test_of_more_than_a_dozen_none_is_taken_without_a_word(house, put, send):
    for number in range(11):
        put(walked(6).case, a_procedure(SOP, number))
    for number in (11, 12):
        put(walked(3).case, a_procedure(SOP, number))
    send("analis_sdm", "Konsep Undangan Rapat.docx")
    assert received(house) == []
    (question,) = house.queued("which_document")
    assert question.about["is_cut"]


def test_the_letters_of_others_take_nobody_his_place(house, put, send):
    done = walked(12).case
    mine = put(done, a_procedure(SOP, 100))
    for number in range(13):
        put(done, of_others(number))
    send("analis_sdm", "Nota dinas laporan capaian 2026.pdf")
    assert received(house) == [mine]


def test_of_two_letters_of_a_year_it_is_asked_which(house, put, send):
    done = walked(12).case
    mine = {put(done, a_procedure(SOP, 100)), put(done, a_procedure(SOP, 101))}
    for number in range(13):
        put(done, of_others(number))
    send("analis_sdm", "Nota dinas laporan capaian 2026.pdf")
    assert received(house) == []
    assert offered(house) == mine


def test_a_reply_to_an_archived_case_brings_it_into_the_question(house, put, send, people):
    over = walked(99).case
    old = put(over, house.procedures[0], "1900")
    for number, year in enumerate(range(2030, 2043)):
        later = over.finished_at + timedelta(days=number + 1)
        put(over.model_copy(update={"finished_at": later}), house.procedures[0], str(year))
    chat = people.members["tata_usaha"].telegram_id
    about = {"case_id": old, "task": over.tasks[-1].id, "revision": 2}
    house.transact(lambda work: messages.record(work.session, chat, 77, about))
    send("tata_usaha", "Nota dinas laporan capaian.pdf", Reply(message_id=77, to_bot=True))
    assert old in offered(house)


def test_a_file_in_hand_holds_up_every_case_that_it_may_concern(house, put, people):
    put_all = [put(walked(3).case, a_procedure(SOP, number)) for number in range(14)]
    found = house.look(lambda work: files.cases_for(work, people.members["analis_sdm"], None))
    assert set(put_all) <= found
