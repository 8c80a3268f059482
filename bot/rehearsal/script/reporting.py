"""Steps 5 to 7: the draft report is returned by Bapak Hadi, then by Ibu Ratna to him, and at last goes through."""

from dataclasses import replace

from bot.rehearsal.buttons import ASIDE, DECIDING, READING
from bot.rehearsal.papers import corrected_page, paper
from bot.rehearsal.people import People
from bot.rehearsal.person import Person
from simulator import Message

DRAFT, REVISED, CORRECTED = (paper("konsep_nota_dinas_rapat", version=number) for number in (1, 2, 3))
SENT_AS = replace(REVISED, name="Perbaikan.docx")  # a name that says nothing: the reply says which document it is
CORRECTED_AS = replace(CORRECTED, name="Koreksi Kabag.docx")
DATA = paper("data_awal")
REASON = "Tabel per unit belum sesuai notula butir 2."


async def the_first_draft(people: People) -> Message:
    """Step 5; returns the message with the draft, which a later version answers."""
    await people.begin_part("Step 5 · The draft report", "2026-11-12 10:00")
    analis = people.analis
    card = await analis.card(
        5,
        "Ajukan",
        *ASIDE,
        says=["batas waktu Jumat, 13 Nov 2026, 16.30 WIB"],
        files=[paper("notula_rekonsiliasi"), paper("pemutakhiran_data")],
    )
    sent = await analis.send(DRAFT)
    await analis.sees("Berkas diterima", "Konsep nota dinas laporan rapat internal", "versi 1")
    await analis.send(DATA)
    await analis.sees("Berkas diterima", "Data awal", "versi 1")
    card = await analis.card(5, "Ajukan", *ASIDE, says=[DRAFT.name, DATA.name])
    await analis.tap(card, "Ajukan")
    await people.expect_no_buttons(5)
    return sent


async def a_question_and_a_return(people: People) -> Message:
    """Step 6; returns the card as Bapak Hadi saw it before he decided."""
    await people.begin_part("Step 6 · Bapak Hadi asks, and returns the draft", "2026-11-12 13:00")
    kabag, analis = people.kabag, people.analis
    due = "batas waktu Jumat, 13 Nov 2026, 16.30 WIB"
    card = await kabag.card(6, *DECIDING, says=["Analis SDM Aparatur", due], files=[DRAFT, DATA])

    await kabag.tap(card, "Tanya")
    await kabag.tap(await kabag.sees(button="Analis SDM Aparatur"), "Analis SDM Aparatur")
    await kabag.answers("Apakah sertifikat bulan Oktober sudah termasuk?", "langkah 6/12")
    asked = await kabag.sends_form("Oktober")
    people.expect.says("the toast", asked.text, ["Pertanyaan tercatat"])
    question = await analis.sees("Apakah sertifikat bulan Oktober sudah termasuk?", button="Jawab", new=False)
    await analis.tap(question, "Jawab")
    await analis.answers("Sudah, sampai dengan 31 Oktober.", "jawabannya")
    answered = await analis.sends_form("Sudah, sampai dengan 31 Oktober.")
    people.expect.says("the toast", answered.text, ["Jawaban tercatat"])
    await kabag.sees("menjawab", "Sudah, sampai dengan 31 Oktober.", new=False)
    await kabag.card(6, *DECIDING, says=["Sudah, sampai dengan 31 Oktober.", due])

    await kabag.tap(card, "Kembalikan")
    form = await kabag.sees(button="Lanjut")
    await kabag.tap(form, "Konsep nota dinas laporan rapat internal")
    await kabag.tap(form, "Lanjut")
    await kabag.answers("Oke", "langkah 6/12", "catatan perbaikan")
    await kabag.sees("paling sedikit 5 karakter", new=True)
    await kabag.write(REASON)
    back = await kabag.sends_form(REASON)
    people.expect.says("the toast", back.text, ["Pengembalian kepada Analis SDM Aparatur tercatat"])
    await people.expect_no_buttons(6)
    return card


async def the_second_draft(people: People, older: Message, decided: Message) -> None:
    await people.begin_part("Steps 5 and 6 again · A better draft goes through", "2026-11-13 09:00")
    analis, kabag = people.analis, people.kabag
    due = "Selasa, 17 Nov 2026, 16.00 WIB"
    said = ["Catatan perbaikan dari Kepala Bagian Umum:", REASON, due, "kali ke-2"]
    await analis.card(5, "Ajukan", *ASIDE, says=said, files=[paper("notula_rekonsiliasi"), paper("pemutakhiran_data")])
    await analis.send(SENT_AS, reply_to=older)
    await analis.sees("Berkas diterima", "Konsep nota dinas laporan rapat internal", "versi 2")
    card = await analis.card(5, "Ajukan", *ASIDE, says=[f"versi 2, {SENT_AS.name}"])
    await analis.tap(card, "Ajukan")

    late = await people.changes_nothing("a tap on the card that was decided", kabag.tap(decided, "Setujui", stale=True))
    people.expect.says("the alert", late.text, ["Mohon maaf, Bapak", "sudah dikembalikan", "Hadi", "12 Nov"])

    await people.later("2026-11-13 10:00")
    due = "batas waktu Senin, 16 Nov 2026, 16.00 WIB"
    card = await kabag.card(6, *DECIDING, says=[due, "kali ke-2"], files=[SENT_AS, DATA])
    done = await kabag.tap(card, "Setujui")
    people.expect.says("the toast", done.text, ["Persetujuan tercatat"])
    await kabag.card(
        6,
        *READING,
        says=["Persetujuan tercatat pada Jumat, 13 Nov 2026", "Tanda tangan elektronik tetap dilakukan di Nadine"],
    )
    await people.expect_no_buttons(6)


async def the_secretary_returns(people: People) -> None:
    await people.begin_part("Step 7 · Ibu Ratna returns it, with a photo", "2026-11-13 14:00")
    sekretaris, kabag = people.sekretaris, people.kabag
    due = "batas waktu Senin, 16 Nov 2026, 16.00 WIB"
    card = await sekretaris.card(
        7, *DECIDING, says=["Yth. Sekretaris Direktorat Jenderal,", due], files=[SENT_AS, DATA]
    )
    await sekretaris.write("/tugas")
    await sekretaris.sees("ada 1 tugas yang menunggu")
    card = await sekretaris.card(7, *DECIDING, says=[due], below=card)

    await sekretaris.tap(card, "Kembalikan")
    await sekretaris.tap(await sekretaris.sees(button="Lanjut"), "Lanjut")
    await sekretaris.asked("catatan perbaikan")
    await sekretaris.send_photo(corrected_page())
    await sekretaris.sends_form("Lampiran catatan")
    await sekretaris.card(7, *READING, says=["dikembalikan kepada Kepala Bagian Umum untuk diperbaiki"])

    said = ["Sekretaris Direktorat Jenderal", "mengembalikan", "Catatan perbaikannya terlampir", due, "kali ke-3"]
    await kabag.card(6, *DECIDING, says=said, files=[SENT_AS, DATA, corrected_page()])


async def the_head_corrects_it_himself(people: People, plh: Person | None = None) -> None:
    """Bapak Hadi, or whoever acts in his place."""
    kabag = plh or people.kabag
    await people.begin_part(f"Step 6 again · {kabag.name} corrects it himself", "2026-11-16 09:00")
    card = await kabag.card(6, *DECIDING)
    await kabag.send(CORRECTED_AS, reply_to=await kabag.newest_file(SENT_AS.name))
    await kabag.sees("Berkas diterima", "Konsep nota dinas laporan rapat internal", "versi 3")
    card = await kabag.card(6, *DECIDING, says=["kali ke-3"], files=[CORRECTED_AS, DATA, corrected_page()], below=card)
    await kabag.tap(card, "Setujui")


async def the_secretary_approves(people: People) -> None:
    await people.begin_part("Step 7 again · Ibu Ratna approves", "2026-11-16 11:00")
    sekretaris = people.sekretaris
    due = "batas waktu Selasa, 17 Nov 2026, 16.00 WIB"
    card = await sekretaris.card(7, *DECIDING, says=[due, "kali ke-2"], files=[CORRECTED_AS, DATA])
    await sekretaris.tap(card, "Setujui")
    done = await sekretaris.sends_form()
    people.expect.says("the toast", done.text, ["Persetujuan tercatat"])
    await sekretaris.card(
        7, *READING, says=["Persetujuan tercatat pada Senin, 16 Nov 2026", "Lakukan rekonsiliasi data dengan Biro SDM"]
    )
    await people.expect_no_buttons(7)
