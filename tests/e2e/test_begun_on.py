"""What a form was begun on, once it was sent: the message says what became of it, and no button that has done its work stays."""

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
