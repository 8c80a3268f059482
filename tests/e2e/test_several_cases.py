"""Two cases open at once: every message names its own, and nothing that is sent or pressed goes to the other."""

from datetime import date

import pytest

from alur.services.cases.perform import open_, perform
from alur.storage import cases
from tests import acts
from tests.e2e.desk import has
from tests.factories import only_task
from tests.papers import paper

CODES = ("ip-asn-2026", "ip-asn-2027")


async def two_cases(office, step, index=0):
    """The case of 2026 at that task, and that of 2027 too."""
    await office.walk_to(step, index)
    await office.end()
    office.transact(second, office, step, index)
    await office.begin()


def second(work, office, step, index):
    letter = acts.OpenCase(
        by=office.members["tata_usaha"],
        period="2027",
        letter_number="B-77/KP.05/SJP/2027",
        letter_date=date(2026, 10, 30),
        file=office.stored("surat 2027.pdf"),
    )
    case_id = open_(work, work.procedures[0], letter)[1]
    while True:
        record = cases.get(work.session, case_id)
        task = only_task(record.case)
        if (task.step, task.index) == (step, index):
            return
        for act in office._move(work, record.case, task):
            assert perform(work, case_id, act).refusal is None


def case_of(office, period):
    with office.database.read() as session:
        return cases.by_code(session, f"ip-asn-{period}").case


def code_in(message):
    """The one code that the message names."""
    (code,) = [code for code in CODES if code in message.text]
    return code


async def test_tugas_posts_both_cards_and_each_names_its_case(any_office):
    office = any_office
    await two_cases(office, 6)
    await office["kabag_umum"].send("/tugas")
    await office.says("kabag_umum", "ada 2 tugas yang menunggu")
    await office.settled()
    cards = [item for item in await office["kabag_umum"].messages() if has(item, "Setujui")]
    assert sorted(map(code_in, cards)) == list(CODES)
    folded = [item for item in await office["kabag_umum"].messages() if "kartu terbaru tersedia di bawah" in item.text]
    assert sorted(map(code_in, folded)) == list(CODES)


async def test_a_press_decides_the_case_of_its_card_and_no_other(office):
    await two_cases(office, 6)
    card = next(
        item for item in await office["kabag_umum"].messages() if has(item, "Setujui") and CODES[1] in item.text
    )
    assert not (await office.tap("kabag_umum", "Setujui", card)).alert
    await office.settled()
    assert (only_task(case_of(office, "2026")).step, only_task(case_of(office, "2027")).step) == (6, 7)


async def test_status_tells_of_both_and_its_buttons_name_theirs(office):
    await two_cases(office, 9)
    await office["analis_sdm"].send("/status")
    said = await office.says("analis_sdm", "Pada Analis SDM Aparatur")
    assert all(code in said.text for code in CODES)
    numbers = tuple(label for label in said.labels if label.endswith("Isi Nomor Nadine"))
    assert numbers == tuple(f"{code} · Isi Nomor Nadine" for code in CODES)
    assert {label for label in said.labels if label not in numbers} <= {f"{code} · Lainnya" for code in CODES}
    await office.tap("analis_sdm", f"{CODES[1]} · Isi Nomor Nadine", said)
    prompt = await office.asked("analis_sdm")
    assert code_in(prompt) == CODES[1]
    await office["analis_sdm"].send("ND-7/2027", reply_to=prompt)
    await office.tap("analis_sdm", "Kirim")
    await office.settled()
    assert case_of(office, "2026").nadine == ()
    assert case_of(office, "2027").nadine == (("nota_dinas_rapat", "ND-7/2027"),)


async def test_a_file_that_fits_both_is_asked_about_with_case_and_document_on_each_button(office):
    await two_cases(office, 2)
    rina = office["analis_sdm"]
    await rina.send_file("Data capaian.xlsx", paper("Data capaian.xlsx", b"1"))
    question = await office.says(rina, "sebagai dokumen yang mana")
    assert question.labels == (*(f"Data capaian IP ASN · {code}" for code in CODES), "Batal")
    await office.tap(rina, f"Data capaian IP ASN · {CODES[1]}", question)
    receipt = await office.says(rina, "Berkas diterima")
    assert code_in(receipt) == CODES[1]
    assert case_of(office, "2026").newest("data_capaian") is None
    assert case_of(office, "2027").newest("data_capaian").file.name == "Data capaian.xlsx"


async def test_a_reply_to_a_card_or_to_a_receipt_stays_with_its_case(office):
    await two_cases(office, 2)
    rina = office["analis_sdm"]
    card = next(item for item in await rina.messages() if has(item, "Ajukan") and CODES[1] in item.text)
    await rina.send_file("Data capaian.xlsx", paper("Data capaian.xlsx", b"1"), reply_to=card)
    receipt = await office.says(rina, "Berkas diterima")
    assert code_in(receipt) == CODES[1]
    await rina.send_file("perbaikan.xlsx", paper("perbaikan.xlsx", b"2"), reply_to=receipt)
    again = await office.says(rina, "Berkas diterima", "versi 2")
    assert code_in(again) == CODES[1]
    assert case_of(office, "2026").newest("data_capaian") is None


async def test_a_form_of_one_case_is_replaced_by_the_others_only_after_a_question_that_names_it(office):
    await two_cases(office, 6)
    cards = [item for item in await office["kabag_umum"].messages() if has(item, "Kembalikan")]
    one, other = sorted(cards, key=code_in)
    await office.tap("kabag_umum", "Kembalikan", one)
    await office.tap("kabag_umum", "Lanjut")
    assert code_in(await office.asked("kabag_umum")) == CODES[0]
    await office.tap("kabag_umum", "Kembalikan", other)
    question = await office.says("kabag_umum", "belum dikirim")
    assert code_in(question) == CODES[0]
    await office.tap("kabag_umum", "Buka Isian Baru", question)
    form = await office.says("kabag_umum", "Pengembalian", CODES[1])
    await office.tap("kabag_umum", "Lanjut", form)
    prompt = await office.asked("kabag_umum")
    assert code_in(prompt) == CODES[1]
    await office["kabag_umum"].send("Tabel belum sesuai.", reply_to=prompt)
    await office.tap("kabag_umum", "Kirim")
    await office.settled()
    assert (only_task(case_of(office, "2026")).step, only_task(case_of(office, "2027")).step) == (6, 5)


async def test_questions_of_both_cases_are_answered_each_by_its_own_message(office):
    await two_cases(office, 6)
    cards = sorted((item for item in await office["kabag_umum"].messages() if has(item, "Tanya")), key=code_in)
    for number, card in enumerate(cards):
        await office.tap("kabag_umum", "Tanya", card)
        await office.tap("kabag_umum", "Analis SDM Aparatur")
        await office.fill("kabag_umum", f"Pertanyaan ke-{number}?")
        await office.tap("kabag_umum", "Kirim")
        await office.settled()
    questions = [item for item in await office["analis_sdm"].messages() if has(item, "Jawab")]
    assert [code_in(item) for item in questions] == list(CODES)
    await office["analis_sdm"].send("Jawaban kedua.", reply_to=questions[1])
    await office.says("kabag_umum", "Jawaban kedua.", CODES[1])
    await office.tap("analis_sdm", "Jawab", questions[0])
    prompt = await office.asked("analis_sdm")
    assert code_in(prompt) == CODES[0]
    await office["analis_sdm"].send("Jawaban pertama.", reply_to=prompt)
    await office.tap("analis_sdm", "Kirim")
    await office.settled()
    answers = [case_of(office, period).questions[0].answer for period in ("2026", "2027")]
    assert answers == ["Jawaban pertama.", "Jawaban kedua."]
    await office["analis_sdm"].send("Sekali lagi.", reply_to=questions[1])
    refused = await office.says("analis_sdm", "sudah dijawab")
    assert code_in(refused) == CODES[1]


@pytest.mark.parametrize(("command", "heading"), [("/berkas", "Berkas"), ("/riwayat", "Riwayat")])
async def test_what_is_read_is_asked_for_by_case_and_another_is_one_tap_away(office, command, heading):
    await two_cases(office, 3)
    kabag = office["kabag_umum"]
    await kabag.send(command)
    question = await office.says(kabag, f"{heading} proses manakah")
    assert [label.partition(" ")[0] for label in question.labels] == [CODES[1], CODES[0]]
    await office.tap(kabag, question.labels[0], question)
    await office.settled()
    shown = await office.now(kabag, question)
    assert shown.text.startswith(f"{heading} {CODES[1]}")
    await office.tap(kabag, "Proses Lain", shown)
    await office.settled()
    assert (await office.now(kabag, question)).text == question.text
    await office.tap(kabag, question.labels[1], question)
    await office.settled()
    assert (await office.now(kabag, question)).text.startswith(f"{heading} {CODES[0]}")


async def test_the_buttons_of_a_card_show_its_own_case(office):
    await two_cases(office, 6)
    card = next(
        item for item in await office["kabag_umum"].messages() if has(item, "Setujui") and CODES[0] in item.text
    )
    await office.tap("kabag_umum", "Riwayat", card)
    assert (await office.says("kabag_umum", "Tindakan")).text.startswith(f"Riwayat {CODES[0]}")
    await office.tap("kabag_umum", "Lihat Berkas", card)
    assert (await office.says("kabag_umum", "Mohon memilih berkas")).text.startswith(f"Berkas {CODES[0]}")
