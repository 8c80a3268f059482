"""What people ask to see, and who may see what."""

from tests.e2e.desk import has
from tests.papers import paper

CALENDAR = "rapat-ip-asn-2026-4.ics"  # everybody's, and made by the bot


async def test_tugas_posts_the_open_cards_anew_at_the_bottom_and_shrinks_the_older_copy(any_office):
    office = any_office
    await office.walk_to(6)
    old = await office.card("kabag_umum", "Setujui")
    sent = await office["kabag_umum"].send("/tugas")
    said = await office.says("kabag_umum", "ada 1 tugas yang menunggu")
    await office.settled()
    new = await office.card("kabag_umum", "Setujui")
    assert old.id < sent.id < said.id < new.id
    shrunk = await office.now("kabag_umum", old)
    assert shrunk.labels == ()
    assert "kartu terbaru tersedia di bawah" in shrunk.text
    assert "\n" not in shrunk.text


async def test_tugas_of_somebody_without_tasks_says_so(office):
    await office.walk_to(6)
    await office["analis_sdm"].send("/tugas")
    await office.says("analis_sdm", "Saat ini tidak ada tugas yang menunggu, Ibu")


async def test_status_says_where_every_case_stands(office):
    await office.walk_to(6)
    await office["tata_usaha"].send("/status")
    said = await office.says("tata_usaha", "Langkah 6/12")
    for words in ("ip-asn-2026", "Kepala Bagian Umum", "batas waktu Selasa, 3 Nov 2026, 16.00 WIB", "B-1234"):
        assert words in said.text


async def test_status_without_a_case_says_so(office):
    await office.begin()
    await office["tata_usaha"].send("/status")
    await office.says("tata_usaha", "tidak ada proses")


async def test_a_units_person_sees_nothing_of_the_case_but_what_he_was_sent(office):
    await office.walk_to(5)
    await office["unit_terkait"].send("/status")
    said = await office.says("unit_terkait", "Rapat internal rekonsiliasi data capaian:")
    whole = "\n".join(item.text for item in await office["unit_terkait"].messages())
    for hidden in ("B-1234", "Langkah 5", "batas waktu", "Konsep nota dinas", "Data awal"):
        assert hidden not in whole
    assert said.labels == ()


async def test_a_units_person_is_sent_no_other_units_file(office):
    await office.enrol("unit_terkait", "Lia", unit="Direktorat Teknik")
    await office.walk_to(3, 1)
    rina = office["analis_sdm"]
    await office.tap(rina, "Jadwalkan Rapat")
    await office.fill(rina, "12-11-2026", "9", "Aula")
    await office.tap(rina, "Kirim")
    for name in ("Undangan rapat.pdf", "Data Direktorat Teknik.xlsx"):
        await rina.send_file(name, paper(name, name.encode()))
        await office.says(rina, "Berkas diterima", name)
    await office.tap(rina, "Ajukan")
    await office.settled()
    lia = next(phone for phone in await office.telegram.people() if phone.name == "Lia")
    names = {
        phone.name: {item.files[0].name for item in await phone.messages() if item.files} - {CALENDAR}
        for phone in (office["unit_terkait"], lia)
    }
    assert names == {"Joko": {"Undangan rapat.pdf"}, "Lia": {"Undangan rapat.pdf", "Data Direktorat Teknik.xlsx"}}


async def test_help_is_by_role_and_says_what_telegram_sees(office):
    await office.begin()
    await office["tata_usaha"].send("/bantuan")
    said = await office.says("tata_usaha", "Bantuan")
    assert "/mulai" in said.text
    assert "Sudah Diarsipkan" in said.text
    assert "tanpa enkripsi ujung ke ujung" in said.text
    await office["unit_terkait"].send("/bantuan")
    other = await office.says("unit_terkait", "Bantuan")
    assert "/mulai" not in other.text
    assert "Sudah Diarsipkan" not in other.text


async def test_an_unknown_command_or_text_is_answered_and_changes_nothing(office):
    await office.walk_to(6)
    before = office.case
    for text in ("/apa", "selamat pagi", "setuju"):
        sent = await office["kabag_umum"].send(text)
        await office.says("kabag_umum", "belum dapat kami proses dan tidak mengubah apa pun", after=sent)
    assert office.case == before


async def test_commands_are_understood_with_the_bots_name_and_in_capitals(office):
    await office.walk_to(6)
    await office["kabag_umum"].send("/TUGAS@alur_simulator_bot")
    await office.says("kabag_umum", "ada 1 tugas")


async def test_whoever_may_not_open_a_case_is_refused(office):
    await office.begin()
    await office["analis_sdm"].send("/mulai")
    await office.says("analis_sdm", "Mohon maaf, Ibu", "kewenangan")
    assert office.refusals(of_office=True) == ["NotHolder"]


async def test_a_group_is_answered_with_silence(office):
    await office.walk_to(6)
    group = await office.telegram.group("Bagian Umum", [office["kabag_umum"]])
    since = await office.last_call()
    await office["kabag_umum"].send("/tugas", chat=group)
    await office.settled()
    assert await office.calls("send*", since=since) == []
    assert not any(has(item, "Setujui") for item in await office["kabag_umum"].messages(chat=group))
