"""Names on real phones: what Telegram makes of all that is sent, and what comes back when it is copied and pasted."""

from alur.views.joiners import JOINER
from tests.e2e.desk import Desk
from tests.finder import previewed, sent, unmeant
from tests.papers import paper

NUMBER = "12 /OT.03/SDL/2026"
PLACE = "Gedung S.ST, 10.1.1.1 @lantai_empat"
ONLINE = "https://us02web.zoom.us/j/823?pwd=aB.c1"


async def opened(office: Desk, number: str) -> None:
    await office.begin()
    phone = office["tata_usaha"]
    await phone.send("/mulai")
    await office.tap(phone, "2026")
    await office.fill(phone, number, "30 Oktober 2026")
    await phone.send_file(
        "Surat S.KM.id.pdf", paper("Surat S.KM.id.pdf", b"%PDF-1.4 surat"), reply_to=await office.asked(phone)
    )
    await office.tap(phone, "Kirim")
    await office.settled()


async def dated(office: Desk, place: str) -> None:
    await office.tap("analis_sdm", "Jadwalkan Rapat")
    await office.fill("analis_sdm", "12 November 2026", "09.30", place)
    await office.tap("analis_sdm", "Kirim")
    await office.settled()


async def test_a_whole_case_of_signs_holds_no_link_and_shows_no_preview(office):
    andi = await office.enrol("analis_sdm", "Andi, S.ST., Lc.MA", sapaan="Bapak")
    await opened(office, NUMBER)
    await office.walk_to(3, 1)
    await dated(office, PLACE)
    await andi.send_file("Undangan data.xls.id.pdf", paper("Undangan data.xls.id.pdf", b"%PDF-1.4 undangan"))
    await office["analis_sdm"].send("/status")
    await office.settled()
    calls = await office.calls("*")
    texts = list(sent(calls))
    assert any(JOINER in text for text in texts)
    assert {text: found for text in texts if (found := unmeant(text))} == {}
    assert list(previewed(calls)) == []
    for call in calls:  # what is on buttons, in input fields and in toasts is no text in which anything is looked for
        given = call["parameters"]
        plain = [
            given.get("reply_markup", ""),
            given.get("text", "") if call["method"] == "answerCallbackQuery" else "",
        ]
        assert not any(sign in str(item) for sign in (JOINER, r"\u2060") for item in plain)
    assert office.case.letter.number == "12/OT.03/SDL/2026"
    assert office.case.meeting(4).place == PLACE


async def test_the_address_of_a_meeting_stays_as_it_was_typed_and_can_be_followed(office):
    await office.walk_to(3, 1)
    await dated(office, ONLINE)
    card = await office.says("analis_sdm", "Jadwal rapat", ONLINE)
    assert ONLINE in card.raw["text"]
    assert [(item["type"]) for item in card.entities if item["type"] == "url"] == ["url"]


async def test_what_is_copied_from_a_card_is_taken_as_it_reads(office):
    """A place, pasted; and a reason that quotes it."""
    await office.walk_to(3, 1)
    await dated(office, PLACE)
    raw = (await office.says("analis_sdm", "Jadwal rapat", PLACE)).raw["text"]
    copied = raw[raw.index("Gedung") : raw.index("lantai_empat") + len("lantai_empat")]
    assert copied.count(JOINER) == 3
    await office.tap("analis_sdm", "Ubah Jadwal")
    await office.fill("analis_sdm", "13 November 2026", "10.00", copied)
    await office.tap("analis_sdm", "Kirim")
    await office.settled()
    assert office.case.meeting(4).starts.day == 13
    assert office.case.meeting(4).place == PLACE


async def test_a_file_that_is_named_by_a_copy_and_its_caption_are_taken_as_they_read(office):
    await office.walk_to(2)
    await office["analis_sdm"].send_file(
        f"Data.{JOINER}xls.{JOINER}pdf",
        paper("Data.xls.pdf"),
        caption=f"Data capaian S.{JOINER}ST",
    )
    await office.settled()
    assert office.case.versions[-1].file.name == "Data.xls.pdf"
