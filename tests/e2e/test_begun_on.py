"""What a form was begun on, once it was sent: the message says what became of it, and no button that has done its work stays."""

from alur.storage.notices import NOTICES
from tests.papers import paper


async def fill_opening(office, period="2026"):
    phone = office["tata_usaha"]
    await office.tap(phone, period)
    await office.fill(phone, "B-1234/KP.05/SJP/2026", "30 Oktober 2026")
    await office.asked(phone)
    await phone.send_file("surat.pdf", paper("surat.pdf", b"%PDF-1.4 surat"))
    await office.tap(phone, "Kirim")
    await office.settled()


async def called(office):
    """The yearly call in the chat of Tata Usaha."""
    office.start()
    await office.settled()
    await office.advance(days=7)
    call = await office.card("tata_usaha", "Mulai Proses")
    await office.settled()
    return call


async def test_the_yearly_call_on_which_a_case_was_opened_says_so_and_goes_on_saying_it(any_office):
    office = any_office
    call = await called(office)
    await office.tap("tata_usaha", "Mulai Proses", call)
    await fill_opening(office)

    now = await office.now("tata_usaha", call)
    assert "telah dibuka dengan kode ip-asn-2026" in now.text
    assert now.labels == ()
    others = [item for item in await office["admin"].messages() if "belum dimulai" in item.text]
    assert others == []


async def test_a_call_that_was_told_again_for_another_year_says_that_its_own_has_begun(office):
    call = await called(office)
    await office.tap("tata_usaha", "Mulai Proses", call)
    await fill_opening(office, "2027")
    assert "belum dimulai" in (await office.now("tata_usaha", call)).text
    await office.tap("tata_usaha", "Mulai Proses", call)
    await fill_opening(office)

    now = await office.now("tata_usaha", call)
    assert "telah dibuka dengan kode ip-asn-2026" in now.text
    assert now.labels == ()


async def date_step_8(office, phone, status):
    """In the place of the form of an obstacle, which is open."""
    await office.tap(phone, "Ada Kendala")
    await office.settled()
    await office.tap(phone, "Jadwalkan Rapat", status)
    await office.tap(phone, "Buka Isian Baru")
    await office.fill(phone, "19-11-2026", "09.30", "Ruang BIRO")
    await office.tap(phone, "Kirim")
    await office.settled()


async def status_of(office, phone, button):
    await phone.send("/status")
    await office.settled()
    return [item for item in await phone.messages() if "Langkah" in item.text and button in item.labels][-1]


async def test_a_meeting_that_no_own_card_shows_leaves_a_line_that_says_when_and_where(office):
    await office.walk_to(5)
    phone = office["analis_sdm"]
    await date_step_8(office, phone, await status_of(office, phone, "Jadwalkan Rapat"))

    (line,) = [item for item in await phone.messages() if "tercatat." in item.text]
    for words in ("Jadwal rapat", "ip-asn-2026", "langkah 8", "Kamis, 19 Nov 2026", "09.30 WIB", "Ruang BIRO"):
        assert words in line.text
    assert line.labels == ()


async def test_a_form_in_the_place_of_another_is_told_where_its_own_button_was_pressed(office):
    await office.walk_to(5)
    phone = office["analis_sdm"]
    status = await status_of(office, phone, "Jadwalkan Rapat")
    await date_step_8(office, phone, status)

    now = await office.now(phone, status)
    assert "19 Nov 2026" in now.text
    assert "Jadwalkan Rapat" not in now.labels


async def test_a_question_of_a_build_before_this_still_opens_the_new_form(office):
    """It kept no message on which the new form was begun."""
    await office.walk_to(5)
    phone = office["analis_sdm"]
    status = await status_of(office, phone, "Jadwalkan Rapat")
    await office.tap(phone, "Ada Kendala")
    await office.settled()
    await office.tap(phone, "Jadwalkan Rapat", status)
    await office.settled()

    def as_before(work):
        for row in work.session.execute(NOTICES.select().where(NOTICES.c.template == "replace_form")).all():
            about = {name: value for name, value in row.about.items() if name != "begun_on"}
            work.session.execute(NOTICES.update().where(NOTICES.c.id == row.id).values(about=about))

    office.transact(as_before)
    await office.tap(phone, "Buka Isian Baru")
    await office.fill(phone, "19-11-2026", "09.30", "Ruang BIRO")
    await office.tap(phone, "Kirim")
    await office.says(phone, "Jadwal rapat", "tercatat.")
    assert office.case.meeting(8)


async def test_a_number_entered_in_the_place_of_another_form_leaves_no_button_where_it_was_pressed(office):
    await office.walk_to(8)
    phone = office["analis_sdm"]
    await office.settled()
    status = await status_of(office, phone, "Isi Nomor Nadine")
    await office.tap(phone, "Jadwalkan Rapat")
    await office.settled()
    await office.tap(phone, "Isi Nomor Nadine", status)
    await office.tap(phone, "Buka Isian Baru")
    await office.fill(phone, "ND-1/2026")
    await office.tap(phone, "Kirim")
    await office.settled()

    assert "Isi Nomor Nadine" not in (await office.now(phone, status)).labels


async def test_a_form_that_is_shown_again_from_a_second_message_is_told_on_both(office):
    await office.walk_to(8)
    phone = office["analis_sdm"]
    await office.settled()
    first = await status_of(office, phone, "Isi Nomor Nadine")
    second = await status_of(office, phone, "Isi Nomor Nadine")
    assert first.id < second.id
    for status in (first, second):
        await office.tap(phone, "Isi Nomor Nadine", status)
    await office.fill(phone, "ND-1/2026")
    await office.tap(phone, "Kirim")
    await office.settled()

    for status in (first, second):
        assert "Isi Nomor Nadine" not in (await office.now(phone, status)).labels
