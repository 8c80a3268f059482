"""Everybody joins, Tata Usaha opens the case, and step 1: two dispositions, the second with a note."""

from bot.rehearsal import profiles
from bot.rehearsal.buttons import ASIDE, READING
from bot.rehearsal.papers import LETTER_DATE, LETTER_DAY, LETTER_NUMBER, paper
from bot.rehearsal.people import People

LETTER_LINE = f"Nomor {LETTER_NUMBER} tanggal {LETTER_DATE}"
FIRST_DAY = "batas waktu Selasa, 3 Nov 2026, 16.00 WIB"  # the working day after both dispositions of step 1


async def everybody_joins(people: People) -> None:
    await people.begin_part("Everybody joins by invitation", "2026-11-02 08:20")
    await people.give_phones()
    invited = (*profiles.INVITED, profiles.ABSENT_UNIT)
    code_of = dict(zip(invited, await people.invite(invited), strict=True))

    for profile in profiles.INVITED:
        if profile is not profiles.BIRO:
            await people[profile].write(f"/start {code_of[profile]}")
            await people[profile].sees("Selamat datang", profile.name)

    await people.stranger.write("Selamat pagi, boleh minta datanya?")
    refusal = await people.stranger.sees("Mohon maaf")
    people.expect.says("the refusal of a stranger", refusal.text, ["hanya untuk pegawai yang terdaftar", "Tata Usaha"])
    await people.stranger.write(f"/start {code_of[profiles.ADMIN]}")
    await people.stranger.sees("sudah pernah digunakan")

    await people.biro.write("/start")
    await people.biro.sees("hanya untuk pegawai yang terdaftar")
    await people.biro.write(code_of[profiles.BIRO])
    await people.biro.sees("Selamat datang", "Biro SDM")
    await people.admin.sees("Surya", "telah terdaftar")

    await people.units[0].write("/bantuan")
    await people.units[0].sees("Bantuan", "Hadir", "Telegram")


async def tata_usaha_opens_the_case(people: People) -> None:
    await people.begin_part("Tata Usaha opens the case", "2026-11-02 09:00")
    unit, clerk = people.units[0], people.tata_usaha
    await unit.write("/mulai")
    await unit.sees("menjadi kewenangan")

    await clerk.write("/mulai")
    form = await clerk.sees(button="2026")
    await clerk.tap(form, "2026")
    await clerk.answers(LETTER_NUMBER, "Proses baru")
    await clerk.answers("tanggal tiga puluh", "tanggal surat")
    await clerk.sees("Tanggal belum dapat kami baca")
    await clerk.write(LETTER_DAY)
    await clerk.answers(paper("surat_biro_sdm"), "PDF atau foto")
    opened = await clerk.sends_form(LETTER_NUMBER, "30 Okt 2026", "Surat Kepala Biro SDM.pdf")
    people.expect.says("the toast", opened.text, ["Terima kasih, Ibu", "Proses telah dibuka"])
    told = await clerk.sees("telah dibuka")
    people.expect.says("what Ibu Wati hears of her case", told.text, ["ip-asn-2026", FIRST_DAY])


async def two_dispositions(people: People) -> None:
    """Step 1: Disposisikan and Kirim are the two taps of the usual case."""
    await people.begin_part("Step 1 · Two dispositions", "2026-11-02 09:30")
    sekretaris, kabag = people.sekretaris, people.kabag
    letter = [paper("surat_biro_sdm")]
    card = await sekretaris.card(
        1,
        "Disposisikan",
        *ASIDE,
        says=["Yth. Sekretaris Direktorat Jenderal,", "ip-asn-2026", FIRST_DAY, LETTER_LINE],
        files=letter,
    )
    await sekretaris.tap(card, "Disposisikan")
    done = await sekretaris.sends_form()
    people.expect.says("the toast", done.text, ["Terima kasih, Ibu", "Disposisi tercatat"])
    await sekretaris.card(
        1, *READING, says=["Disposisi tercatat pada Senin, 2 Nov 2026", "diteruskan kepada Kepala Bagian Umum"]
    )

    card = await kabag.card(
        1,
        "Disposisikan",
        *ASIDE,
        says=["Yth. Kepala Bagian Umum,", "Siapkan data capaian IP ASN tahun berjalan", FIRST_DAY],
        files=letter,
    )
    await kabag.tap(card, "Disposisikan")
    form = await kabag.sees(button="Tambah Catatan")
    await kabag.tap(form, "Koordinasikan dengan unit terkait")
    await kabag.tap(form, "Tambah Catatan")
    await kabag.answers("Agar memakai data Sipeg per 31 Oktober.", "langkah 1/12", "ip-asn-2026")
    await kabag.sends_form("Agar memakai data Sipeg")
    await people.expect_no_buttons(1)
