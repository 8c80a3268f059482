"""An invitation as people paste it, where the client has dropped the link's payload."""

import pytest

LINK = "t.me/alur_simulator_bot?start={}"
PASTED = {
    "link": f"https://{LINK}",
    "link without scheme": LINK,
    "old link in capitals": "HTTP://TELEGRAM.ME/alur_simulator_bot?start={}",
    "deep link": "tg://resolve?domain=alur_simulator_bot&start={}",
    "link with words around": f"Silakan bergabung melalui https://{LINK}.\nTerima kasih.",
    "link over two lines": "https://t.me/alur_simulator_bot?start=\n{}",
    "link in brackets": f"(https://{LINK})",
    "start": "start {}",
    "Start": "Start: {}",
    "command over two lines": "/start\n{}",
    "command to the bot": "/start@alur_simulator_bot {}",
    "command with a link": f"/start https://{LINK}",
    "backticks": "`{}`",
    "quotation marks": "“{}”",
    "full stop": "{}.",
    "word": "kode: {}",
    "zero width": "\u200b{}\u2060",
}


@pytest.mark.parametrize("way", PASTED)
async def test_it_enrols_as_the_bare_code_does(office, way):
    await office.begin()
    guest = await office.telegram.person("Tamu")
    await guest.send(PASTED[way].format(office.invite("analis_sdm", "Nina")))
    await office.says(guest, "Selamat datang", "Analis SDM Aparatur")
    assert not office.refusals(of_office=True)


async def test_a_code_with_blanks_and_breaks_inside_enrols(office):
    await office.begin()
    guest = await office.telegram.person("Tamu")
    code = office.invite("analis_sdm", "Nina")
    await guest.send(f"{code[:8]} {code[8:15]}\n{code[15:]}")
    await office.says(guest, "Selamat datang")


@pytest.mark.parametrize("way", ["link", "start", "link with words around"])
async def test_a_member_who_pastes_it_again_is_told_so(office, way):
    await office.begin()
    guest = await office.telegram.person("Tamu")
    code = office.invite("analis_sdm", "Nina")
    await guest.send(code)
    await office.says(guest, "Selamat datang")
    await guest.send(PASTED[way].format(code))
    await office.says(guest, "sudah Bapak/Ibu gunakan sehingga pendaftaran tidak perlu diulang")


@pytest.mark.parametrize("way", ["link", "start", "command over two lines", "link with words around"])
async def test_a_wrong_one_is_refused_as_the_bare_code_is(office, way):
    await office.begin()
    guest = await office.telegram.person("Tamu")
    await guest.send(PASTED[way].format("A" * 22))
    await office.says(guest, "tidak kami kenali")
    assert office.refusals(of_office=True) == ["InviteRefused"]


@pytest.mark.parametrize(
    "text", ["mohon maaf saya terlambat", "Start dari mana ya?", "kode apa?", "https://t.me/durov"]
)
async def test_other_words_are_no_invitation(office, text):
    await office.begin()
    guest = await office.telegram.person("Tamu")
    await guest.send(text)
    await office.says(guest, "hanya untuk pegawai yang terdaftar")
    assert office.refusals(of_office=True) == ["NotMember"]


async def test_anothers_link_inside_an_answer_is_part_of_the_answer(office):
    await office.walk_to(6)
    await office.tap("kabag_umum", "Tanya")
    await office.settled()
    code = office.invite("tata_usaha", "Nina")
    question = f"Mohon tautan https://t.me/alur_simulator_bot?start={code} diteruskan."
    await office.tap("kabag_umum", "Analis SDM Aparatur")
    await office.fill("kabag_umum", question)
    await office.tap("kabag_umum", "Kirim")
    await office.settled()
    assert office.case.questions[0].text == question
    guest = await office.telegram.person("Tamu")
    await guest.send(code)
    await office.says(guest, "Selamat datang")
