"""More cases than one message holds: pages of `/status`, of the choice of `/berkas`, and ten cards of `/tugas` at a time."""

import re

from alur.storage import cases
from alur.storage.file_store import FileStore
from alur.views import status
from alur.views.notice.documents import PAGE
from tests.e2e.desk import has
from tests.e2e.test_delivery import delete
from tests.factories import walked
from tests.services.filled import fill

CODE = re.compile(r"^ip-asn-[\w-]+", re.MULTILINE)
OLD = 2 * PAGE


async def many_cases(office):
    """One that runs, and finished ones on more than two pages."""
    await office.walk_to(2)
    await office.end()
    office.transact(fill, walked(99).case, count=OLD)
    await office.begin()


def listed(message):
    return CODE.findall(message.text)


async def turned(office, person, message, button):
    """The message after that button of it was pressed: it has changed where it stands, without a word."""
    answer = await office.tap(person, button, message)
    assert (answer.alert, answer.text) == (False, None), answer
    await office.settled()
    return await office.now(person, message)


async def test_status_is_turned_page_by_page_in_its_own_message(any_office):
    office = any_office
    await many_cases(office)
    person = office["tata_usaha"]
    await person.send("/status")
    first = await office.says(person, "Yang ditampilkan: proses ke-1 s.d. ke-8.")
    assert listed(first) == ["ip-asn-2026", *(f"ip-asn-lama-{1000 + number}" for number in range(status.PAGE - 1))]
    assert first.labels[-1] == "Berikutnya"
    second = await turned(office, person, first, "Berikutnya")
    assert listed(second)[0] == f"ip-asn-lama-{1000 + status.PAGE - 1}"
    assert "Yang ditampilkan: proses ke-9 s.d. ke-16." in second.text
    assert second.labels[-2:] == ("Sebelumnya", "Berikutnya")
    third = await turned(office, person, second, "Berikutnya")
    assert not set(listed(third)) & {*listed(first), *listed(second)}
    assert (await turned(office, person, third, "Sebelumnya")).text == second.text
    assert (await turned(office, person, second, "Sebelumnya")).text == first.text
    assert len(await office.saying(person, "Yang ditampilkan")) == 1


async def test_a_page_that_is_forged_is_the_first_or_nothing_at_all(office):
    await many_cases(office)
    person = office["tata_usaha"]
    await person.send("/status")
    first = await office.says(person, "Yang ditampilkan: proses ke-1 s.d. ke-8.")
    second = await turned(office, person, first, "Berikutnya")
    assert not (await person.press_forged(second.id, "status:o:0:999999")).alert
    await office.settled()
    assert (await office.now(person, first)).text == first.text
    for data in ("status:o:0:-8", "status:o:0", "status:c1:0:8", "tasks:o:0", "documents:o:0:1000000"):
        assert (await person.press_forged(first.id, data)).alert
    await office.settled()
    assert (await office.now(person, first)).text == first.text
    assert office.refusals(of_office=True) == ["Unknown"] * 5


async def test_somebody_elses_pages_show_a_guest_nothing_that_is_not_his(office):
    await many_cases(office)
    guest = office["unit_terkait"]
    await guest.send("/status")
    first = await office.says(guest, "Yang ditampilkan: proses ke-1 s.d. ke-8.")
    assert "ip-asn-2026" not in first.text  # he is not invited to anything yet
    await guest.press_forged(first.id, "status:o:0:32")
    await office.settled()
    last = await office.now(guest, first)
    assert listed(last) == [f"ip-asn-lama-{number}" for number in range(1032, 1000 + OLD)]
    assert "Surat Nomor" not in last.text


async def test_a_page_is_turned_also_where_its_message_is_gone(office):
    await many_cases(office)
    person = office["tata_usaha"]
    await person.send("/status")
    first = await office.says(person, "Yang ditampilkan")
    data = first.button("Berikutnya").data
    await delete(office, first)
    await person.press_forged(first.id, data)
    assert (await office.says(person, "proses ke-9 s.d. ke-16")).id > first.id


async def test_a_case_is_chosen_from_a_later_page(office):
    await many_cases(office)
    person = office["tata_usaha"]
    await person.send("/berkas")
    screen = await office.says(person, "Berkas ip-asn-2026")
    first = await turned(office, person, screen, "Proses Lain")
    assert first.labels[0] == "ip-asn-2026 · Laporan Capaian IP ASN 2026"
    assert first.labels[-1] == "Berikutnya"
    second = await turned(office, person, first, "Berikutnya")
    assert second.labels[PAGE:] == ("Sebelumnya", "Berikutnya")
    chosen = second.labels[3]
    shown = await turned(office, person, second, chosen)
    assert shown.text.startswith(f"Berkas {chosen.partition(' ')[0]}")
    assert await turned(office, person, shown, "Proses Lain")


async def test_of_many_tasks_ten_cards_come_and_the_next_on_request(any_office):
    office = any_office
    await office.walk_to(6)
    await office.end()
    office.transact(fill_with_running, office, 11)
    await office.begin()
    kabag = office["kabag_umum"]
    sent = await kabag.send("/tugas")
    said = await office.says(kabag, "ada 12 tugas yang menunggu", "ke-1 s.d. ke-10", after=sent)
    await office.settled()
    posted = await cards_after(kabag, said)
    assert len(posted) == 10
    answer = await office.tap(kabag, "Berikutnya", said)
    assert answer.text == "Yang diminta kami sampaikan di bawah."
    more = await office.says(kabag, "ke-11 s.d. ke-12")
    await office.settled()
    assert more.labels == ()
    rest = await cards_after(kabag, more)
    assert len({re.search(r"ip-asn-\d+", item.text)[0] for item in (*posted, *rest)}) == 12


async def cards_after(person, message):
    return [item for item in await person.messages() if item.id > message.id and has(item, "Setujui")]


def fill_with_running(work, office, count):
    store = FileStore(office.settings.files_dir)
    for number in range(count):
        case = walked(6).case.model_copy(update={"code": f"ip-asn-{2040 + number}", "period": str(2040 + number)})
        for version in case.versions:
            store.put(version.file.name.encode())  # as `a_file` hashes it
        cases.create(work.session, case)
