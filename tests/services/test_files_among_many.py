"""A file finds its place among the cases of many years, and no case is read that it is none of."""

import pytest

from alur.services.incoming import files
from alur.services.incoming.replies import Reply
from alur.storage import cases, messages, sops
from alur.workflow.files import FileRef
from tests.factories import walked
from tests.papers import mime_of
from tests.storage.parsed import parsed

YEARS = (*range(1800, 1980), *range(2030, 2050))


@pytest.fixture
def past(house, people):
    """Two hundred archived cases, each with its two letters; each of a year long past or to come."""
    case, procedure = walked(99).case, house.procedures[0]

    def fill(work):
        sops.store(work.session, procedure.sop, procedure.hash, at=house.now)
        for year in YEARS:
            own = {"code": f"ip-asn-{year}", "period": str(year), "sop_hash": procedure.hash}
            cases.create(work.session, case.model_copy(update=own))

    house.transact(fill)


@pytest.fixture
def send(house, people):
    def sent(role, name, *, caption="", reply=None):
        file = FileRef(sha256="c" * 64, name=name, size=3, mime=mime_of(name))
        telegram_id = people.members[role].telegram_id
        with parsed() as found:
            house.transact(files.take, telegram_id=telegram_id, message_id=5, file=file, caption=caption, reply=reply)
        return found

    return sent


def received(house):
    return [(row.about["case_id"], row.about["version"]) for row in house.queued("file_received")]


def offered(house):
    (row,) = house.queued("which_document")
    return [(item["case_id"], item["place"]["document"]) for item in row.about["options"]]


def number_of(house, period):
    with house.database.read() as session:
        return cases.codes(session)[f"ip-asn-{period}"]


def test_a_file_that_nobody_waits_for_reads_no_case(house, past, send):
    assert send("analis_sdm", "data.xlsx").count == 0
    assert house.queued("file_unwanted")


def test_a_signed_letter_goes_to_the_archived_case_whose_year_it_names(house, past, send):
    found = send("tata_usaha", "Nota dinas laporan capaian 2037.pdf")
    assert [case_id for case_id, _ in received(house)] == [number_of(house, 2037)]
    assert found.ids == {number_of(house, 2037)}


def test_without_a_year_the_last_are_offered_and_none_is_read(house, past, send):
    found = send("tata_usaha", "Nota dinas laporan capaian.pdf")
    assert len(offered(house)) == 12
    assert {document for _, document in offered(house)} == {"nota_dinas_laporan"}
    assert found.count == 0


def test_a_guest_who_may_not_complete_a_letter_is_offered_none(house, past, send):
    assert send("biro_sdm", "Nota dinas laporan capaian 2037.pdf").count == 0
    assert house.queued("file_unwanted")


def test_the_running_case_alone_is_read_for_what_its_desk_waits_for(house, opened, past, send):
    found = send("tata_usaha", "Surat Biro SDM.pdf")
    assert received(house)[0][0] == opened
    assert found.ids == {opened}


def test_a_reply_is_about_its_own_case(house, past, send, people):
    case_id = number_of(house, 1803)
    chat = people.members["analis_sdm"].telegram_id
    about = {"case_id": case_id, "document": "nota_dinas_laporan", "notice": 1}
    house.transact(lambda work: messages.record(work.session, chat, 77, about))
    found = send("analis_sdm", "scan.pdf", reply=Reply(message_id=77, to_bot=True))
    assert received(house)[0][0] == case_id
    assert found.ids == {case_id}


def test_which_cases_a_file_may_concern_is_known_without_reading_one(house, opened, past, people):
    with parsed() as found:
        concerned = house.look(lambda work: files.cases_for(work, people.members["tata_usaha"], None))
    assert opened in concerned
    assert found.count == 0
