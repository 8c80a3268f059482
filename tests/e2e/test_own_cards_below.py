"""What arrives below a card leads back to it, and a button that has done its work goes at once and says what was entered."""

from alur.services.cases.perform import perform
from alur.services.tell import report_unreachable
from alur.storage import members
from tests import acts
from tests.e2e.desk import has
from tests.papers import paper


def act(office, kind, role, **values):
    made = office.transact(perform, office.record.id, kind(by=office.members[role], **values))
    assert made.refusal is None, made.refusal


async def ring(office):
    """Delivery is rung by whatever somebody sends."""
    await office["admin"].send("/bantuan")
    await office.settled()


async def test_an_answer_and_granted_days_lead_back_to_the_card(office):
    await office.walk_to(5)
    task = office.task.id
    act(office, acts.Ask, "analis_sdm", task=task, to_role="kabag_umum", text="Sumber datanya?")
    act(office, acts.ReportObstacle, "analis_sdm", task=task, reason="Data dari dua unit belum masuk.")
    act(office, acts.AnswerQuestion, "kabag_umum", question=1, text="Sipeg.")
    act(office, acts.GrantDays, "kabag_umum", obstacle=1, days=2)
    await ring(office)
    card = await office.card("analis_sdm", "Ajukan")
    for words in ("menjawab pertanyaan", "tambahan 2 hari kerja"):
        (told,) = await office.saying("analis_sdm", words)
        assert (told.labels, told.id > card.id) == (("Buka Kartu",), True)
    await office.tap("analis_sdm", "Buka Kartu", told)
    await office.settled()
    assert (await office.card("analis_sdm", "Ajukan")).id > told.id


async def test_the_question_of_a_desk_that_has_its_own_card_has_both_buttons_and_then_the_card_alone(office):
    await office.walk_to(4)
    act(office, acts.Ask, "kabag_umum", task=office.task.id, to_role="analis_sdm", text="Siapa notulisnya?")
    await ring(office)
    question = await office.card("analis_sdm", "Jawab")
    assert question.labels == ("Jawab", "Buka Kartu")
    await office.tap("analis_sdm", "Jawab", question)
    await office.fill("analis_sdm", "Saya sendiri.")
    await office.tap("analis_sdm", "Kirim")
    await office.settled()
    now = await office.now("analis_sdm", question)
    assert (now.labels, "Dijawab:\nSaya sendiri." in now.text) == (("Buka Kartu",), True)


async def test_a_file_that_is_one_of_several_leads_back_to_the_card_and_so_does_a_word_that_decides_nothing(office):
    await office.walk_to(2)
    await office["analis_sdm"].send_file("Data capaian.pdf", paper("Data capaian.pdf", b"1"))
    assert (await office.says("analis_sdm", "Berkas diterima", "Masih ditunggu")).labels == ("Buka Kartu",)
    await office.settled()
    await office.walk_to(6)
    card = await office.card("kabag_umum", "Setujui")
    await office["kabag_umum"].send("baik", reply_to=card)
    assert (await office.says("kabag_umum", "tidak memutuskan apa pun")).labels == ("Buka Kartu",)


async def test_a_number_that_was_entered_stands_in_the_request_and_only_the_other_letters_button_stays(office):
    await office.walk_to(12)
    requests = [item for item in await office["analis_sdm"].messages() if has(item, "Isi Nomor Nadine")]
    first, second = requests
    await office["tata_usaha"].send("/status")
    status = await office.says("tata_usaha", "Langkah 12/12")
    internal = "Isi Nomor Nadine"
    assert {internal, "Isi Nomor Nadine · Nota dinas laporan capaian IP ASN"} < set(status.labels)
    await office.tap("tata_usaha", internal, status)
    await office.fill("tata_usaha", "231.ND/KP.05/DLB/2026")
    await office.tap("tata_usaha", "Kirim")
    await office.settled()
    now = await office.now("analis_sdm", first)
    assert (now.labels, "Nomor Nadine: 231.ND" in now.text) == (("Perbaiki Isian",), True)
    assert has(await office.now("analis_sdm", second), "Isi Nomor Nadine")
    shown = await office.now("tata_usaha", status)
    assert shown.labels.count("Isi Nomor Nadine") == 1
    assert "Nomor 231.ND" in shown.text
    card = await office.card("tata_usaha", "Sudah Diarsipkan")
    assert card.labels.count("Isi Nomor Nadine") == 1


async def test_the_way_back_goes_when_it_is_pressed_after_its_desk_has_decided(office):
    await office.walk_to(6)
    act(office, acts.Ask, "kabag_umum", task=office.task.id, to_role="analis_sdm", text="Sumber datanya?")
    act(office, acts.AnswerQuestion, "analis_sdm", question=1, text="Sipeg.")
    await ring(office)
    answer = await office.card("kabag_umum", "Buka Kartu")
    await office.tap("kabag_umum", "Setujui")
    await office.settled()
    assert (await office.tap("kabag_umum", "Buka Kartu", answer)).alert
    await office.settled()
    assert (await office.now("kabag_umum", answer)).labels == ()


async def test_a_signed_copy_is_no_longer_asked_for_once_it_has_come(office):
    await office.walk_to(7)
    request = await office.card("analis_sdm", "Isi Nomor Nadine")
    signed = acts.Upload(
        by=office.members["tata_usaha"], document="nota_dinas_rapat", file=office.stored("nd.pdf"), signed=True
    )
    assert office.transact(perform, office.record.id, signed).refusal is None
    await ring(office)
    now = await office.now("analis_sdm", request)
    assert "Dokumen bertanda tangan sudah kami terima." in now.text
    assert now.labels == ("Isi Nomor Nadine",)


async def test_a_reminder_that_was_sent_from_the_status_stands_there_and_its_button_goes(office):
    await office.walk_to(5)
    await office.advance(days=10)
    await office["kabag_umum"].send("/status")
    status = await office.card("kabag_umum", "Ingatkan")
    await office.tap("kabag_umum", "Ingatkan", status)
    await office.settled()
    now = await office.now("kabag_umum", status)
    assert (has(now, "Ingatkan"), "diingatkan pada 12 Nov" in now.text) == (False, True)
    told = await office.says("analis_sdm", "Kepala Bagian Umum", "mengingatkan")
    assert told.labels == ("Buka Kartu", "Ada Kendala")
    await office.tap("analis_sdm", "Ada Kendala", told)
    await office.fill("analis_sdm", "Data dari dua unit belum masuk.")
    await office.tap("analis_sdm", "Kirim")
    await office.settled()
    after = await office.now("analis_sdm", told)
    assert (after.labels, "Kendala tercatat: “Data dari dua unit belum masuk.”" in after.text) == (
        ("Buka Kartu",),
        True,
    )


async def test_a_text_that_one_has_handed_over_asks_nobody_else(office):
    await office.walk_to(5)

    def lose(work):
        lost = members.get(work.session, office.members["analis_sdm"])
        report_unreachable(work, lost, case_id=office.record.id, task=office.task.id)

    office.transact(lose)
    await ring(office)
    asked = {role: await office.card(role, "Sudah Disampaikan") for role in ("tata_usaha", "admin")}
    await office.tap("tata_usaha", "Sudah Disampaikan", asked["tata_usaha"])
    await office.settled()
    for role, text in asked.items():
        now = await office.now(role, text)
        assert (now.labels, "Penyampaiannya tercatat" in now.text) == ((), True)


async def test_an_unknown_copy_of_a_question_says_its_answer_when_it_is_pressed(office):
    await office.walk_to(6)
    await office.telegram.faults("cut_after", "sendMessage", chat_id=office["analis_sdm"].id)
    act(office, acts.Ask, "kabag_umum", task=office.task.id, to_role="analis_sdm", text="Sumber datanya?")
    await ring(office)
    orphan, known = [item for item in await office["analis_sdm"].messages() if has(item, "Jawab")]
    act(office, acts.AnswerQuestion, "analis_sdm", question=1, text="Sipeg.")
    await ring(office)
    assert not has(await office.now("analis_sdm", known), "Jawab")
    assert (await office.tap("analis_sdm", "Jawab", orphan)).alert
    await office.settled()
    assert "Dijawab:\nSipeg." in (await office.now("analis_sdm", orphan)).text
