"""What was approved and came back: no message says any more that it is approved, and its button is dead."""

import re

import pytest

from alur.services.cases.perform import perform
from tests import acts
from tests.e2e.desk import has

LETTER = "nota_dinas_rapat"
APPROVED = re.compile("disetujui|Persetujuan tercatat", re.IGNORECASE)


def act_on(office, kind, role, **values):
    act = kind(by=office.members[role], **values)
    decision = office.transact(perform, office.record.id, act)
    assert decision.refusal is None, decision.refusal


def decide(office, kind, role, **values):
    act_on(office, kind, role, task=office.task.id, revision=office.task.revision, **values)


async def return_at(office, role, reason):
    await office.tap(role, "Kembalikan")
    await office.tap(role, "Lanjut")
    await office.fill(role, reason)
    await office.tap(role, "Kirim")
    await office.settled()


async def claims(office):
    """What the people's messages say of an approval."""
    found = []
    for role, phone in office.people.items():
        told = [message.text for message in await phone.messages() if message.by_bot]
        found += [(role, text) for text in told if APPROVED.search(text)]
    return found


@pytest.fixture
async def returned(any_office):
    """Approved at 6 by two words of the Kabag, returned at 7 and at 6."""
    office = any_office
    colleague = await office.enrol("kabag_umum", "Budi", sapaan="Bapak")
    await office.walk_to(6)
    await office["kabag_umum"].send("setujui", reply_to=await office.card("kabag_umum", "Setujui"))
    request = await office.card("analis_sdm", "Isi Nomor Nadine")
    assert "telah disetujui" in request.text
    assert await claims(office)
    await return_at(office, "sekretaris", "Mohon dilengkapi dasar hukumnya.")
    await return_at(office, "kabag_umum", "Lengkapi dasar hukum sesuai arahan.")
    assert office.task.step == 5
    office.people["colleague"] = colleague
    return office, request


async def test_after_returns_at_7_and_6_nothing_says_approved_and_the_button_is_gone(returned):
    office, request = returned
    now = await office.now("analis_sdm", request)
    assert "dikembalikan oleh Sekretaris Direktorat Jenderal (Hartono) pada Senin, 2 Nov 2026" in now.text
    assert now.labels == ()
    assert await claims(office) == []


async def test_a_press_on_the_dead_button_is_refused_with_the_reason_and_stands_in_the_trail(returned):
    office, request = returned
    answer = await office.tap("analis_sdm", "Isi Nomor Nadine", request)
    assert answer.alert
    assert "dikembalikan oleh Sekretaris Direktorat Jenderal (Hartono) pada 2 Nov, 09." in answer.text
    assert office.refusals()[-1] == "ApprovalUndone"
    assert office.case.nadine_number(LETTER) is None


async def test_the_number_is_asked_for_once_more_when_it_is_approved_again(returned):
    office, request = returned
    document = {"document": "konsep_nota_dinas_rapat", "file": office.stored("Konsep baru.pdf")}
    act_on(office, acts.Upload, "analis_sdm", **document)
    decide(office, acts.Submit, "analis_sdm")
    await office.settled()
    await office.tap("kabag_umum", "Setujui")
    anew = await office.card("analis_sdm", "Isi Nomor Nadine")
    assert anew.id > request.id
    assert "telah disetujui" in anew.text
    await office.settled()
    old = await office.now("analis_sdm", request)
    assert (old.labels, "disetujui" in old.text) == ((), False)
    await office.tap("analis_sdm", "Isi Nomor Nadine", anew)
    await office.fill("analis_sdm", "231.ND/KP.05/DLB/2026")
    await office.tap("analis_sdm", "Kirim")
    assert office.case.nadine_number(LETTER) == "231.ND/KP.05/DLB/2026"


async def test_an_open_form_for_the_number_ends_and_its_kirim_is_refused_with_the_reason(office):
    await office.walk_to(7)
    await office.tap("analis_sdm", "Isi Nomor Nadine")
    await office.fill("analis_sdm", "231.ND/KP.05/DLB/2026")
    form = await office.card("analis_sdm", "Kirim")
    await return_at(office, "sekretaris", "Mohon dilengkapi dasar hukumnya.")
    assert "tidak berlaku lagi" in (await office.now("analis_sdm", form)).text
    answer = await office.tap("analis_sdm", "Kirim", form)
    assert "dikembalikan oleh Sekretaris Direktorat Jenderal" in answer.text
    assert office.refusals() == ["ApprovalUndone"]


async def test_status_names_no_letter_that_was_returned(returned):
    office, _ = returned
    await office["tata_usaha"].send("/status")
    status = await office.says("tata_usaha", "Langkah 5/12")
    assert "nomor Nadine" not in status.text
    assert not has(status, "Isi Nomor Nadine")


async def test_the_history_tells_the_approval_and_the_return(returned):
    office, _ = returned
    await office["tata_usaha"].send("/riwayat")
    told = (await office.says("tata_usaha", "Riwayat ip-asn-2026")).text
    assert "menyetujui dokumen langkah 6" in told
    assert "mengembalikan nota dinas laporan rapat internal" in told


async def test_a_request_that_was_not_yet_delivered_when_its_letter_came_back_says_so(office):
    await office.walk_to(6)
    await office.end()
    decide(office, acts.Approve, "kabag_umum")
    decide(office, acts.ReturnWork, "sekretaris", reason="Mohon dilengkapi.")
    await office.begin()
    (request,) = await office.saying("analis_sdm", "Nota dinas laporan rapat internal (ip-asn-2026) dikembalikan")
    assert request.labels == ()
    assert await claims(office) == []


async def test_a_question_that_a_colleague_has_answered_asks_nobody_any_more(office):
    colleague = await office.enrol("analis_sdm", "Budi", sapaan="Bapak")
    await office.walk_to(6)
    ask = {"task": office.task.id, "to_role": "analis_sdm", "text": "Sumber datanya?"}
    act_on(office, acts.Ask, "kabag_umum", **ask)
    asked = [await office.card(phone, "Jawab") for phone in ("analis_sdm", colleague)]
    await office.tap(colleague, "Jawab", asked[1])
    await office.fill(colleague, "Sipeg dan surat dari unit.")
    form = await office.card(colleague, "Kirim")
    await office["analis_sdm"].send("Sipeg.", reply_to=asked[0])
    await office.settled()
    for phone, question in zip(("analis_sdm", colleague), asked, strict=True):
        now = await office.now(phone, question)
        assert (
            "Dijawab:\nSipeg." if phone == "analis_sdm" else "Dijawab oleh Analis SDM Aparatur:\nSipeg."
        ) in now.text
        assert now.labels == ()
    answer = await office.tap(colleague, "Kirim", form)
    assert "Pertanyaan ini sudah dijawab oleh Analis SDM Aparatur (Rina) pada 2 Nov, 09." in answer.text
    assert office.refusals() == ["AlreadyAnswered"]


async def test_an_obstacle_whose_step_is_done_or_granted_offers_no_days_any_more(office):
    await office.walk_to(5)
    for reason in ("Data dari dua unit belum masuk.", "Aplikasi Sipeg belum dapat dibuka."):
        act_on(office, acts.ReportObstacle, "analis_sdm", task=office.task.id, reason=reason)
    told = [await office.says("kabag_umum", "Kami laporkan kendala", words) for words in ("dua unit", "Sipeg")]
    assert all(has(message, "2 hari kerja") for message in told)
    act_on(office, acts.GrantDays, "kabag_umum", obstacle=1, days=2)
    await office.settled()
    first, second = [await office.now("kabag_umum", message) for message in told]
    assert (has(first, "2 hari kerja"), has(second, "2 hari kerja")) == (False, True)
    for document in ("konsep_nota_dinas_rapat", "data_awal"):
        act_on(office, acts.Upload, "analis_sdm", document=document, file=office.stored(f"{document}.pdf"))
    decide(office, acts.Submit, "analis_sdm")
    await office.settled()
    assert not has(await office.now("kabag_umum", told[1]), "2 hari kerja")
