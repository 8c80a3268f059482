"""How people join, and what strangers hear."""

from datetime import timedelta

import pytest

from alur.storage import roster
from alur.workflow.office.trail import roster_of
from tests.e2e.desk import enrol_everybody
from tests.papers import paper

STRANGER_IS_TOLD = "hanya untuk pegawai yang terdaftar"


@pytest.fixture
async def stranger(office):
    await office.begin()
    return await office.telegram.person("Tamu")


async def test_a_strangers_text_is_refused_politely_and_names_whom_to_ask(office, stranger):
    await stranger.send("Selamat pagi")
    said = await office.says(stranger, STRANGER_IS_TOLD)
    assert "Mohon maaf" in said.text
    assert "Tata Usaha" in said.text
    assert "Wulan" not in said.text
    assert "Kode pendaftaran dapat juga diketik" in said.text


@pytest.mark.parametrize("command", ["/start", "/tugas", "/mulai", "/batal"])
async def test_a_strangers_command_is_refused(office, stranger, command):
    await stranger.send(command)
    await office.says(stranger, STRANGER_IS_TOLD)
    (entry,) = [item for item in office.trail(of_office=True) if "refusal" in item]
    assert entry["refusal"] == "NotMember"
    assert entry["act"] == {"act": "attempt", "what": command, "account": stranger.id}


async def test_a_strangers_file_is_refused_and_not_fetched(office, stranger):
    await stranger.send_file("surat.pdf", paper("surat.pdf", b"%PDF-1.4"))
    await office.says(stranger, STRANGER_IS_TOLD)
    assert await office.calls("getFile") == []


async def test_a_strangers_sticker_is_refused_too(office, stranger):
    body = {"message_id": 900, "date": 1, "chat": {"id": stranger.id, "type": "private", "first_name": "Tamu"}}
    sender = {"id": stranger.id, "is_bot": False, "first_name": "Tamu"}
    await stranger.send("/start")
    await office.settled()
    await office.telegram.inject({"message": {**body, "from": sender, "location": {"latitude": 0, "longitude": 0}}})
    assert len(await office.saying(stranger, STRANGER_IS_TOLD)) == 2


async def test_a_strangers_tap_is_answered_and_changes_nothing(office, stranger):
    await office.walk_to(6)
    await stranger.send("/start")
    card = await office.card("kabag_umum", "Setujui")
    before = office.case
    answer = await stranger.press_forged(1, card.button("Setujui").data)
    assert answer.answered
    assert answer.alert
    assert answer.text.startswith("Mohon maaf")
    assert office.case == before
    assert office.refusals(of_office=True)[-1] == "NotMember"


async def test_a_code_enrols_and_says_as_what(office, stranger):
    code = office.invite("kabag_umum", "Budi", sapaan="Bapak")
    await stranger.send(f"/start {code}")
    said = await office.says(stranger, "Selamat datang")
    assert "Bapak" in said.text
    assert "Kepala Bagian Umum" in said.text
    await office.says("admin", "Budi", "telah terdaftar sebagai Kepala Bagian Umum")


async def test_a_code_typed_as_a_message_enrols_too(office, stranger):
    await stranger.send("/start")
    await stranger.send(office.invite("analis_sdm", "Nina"))
    await office.says(stranger, "Selamat datang", "Analis SDM Aparatur")


async def test_a_used_code_says_that_it_was_used(office, stranger):
    code = office.invite("analis_sdm", "Nina")
    await stranger.send(f"/start {code}")
    await office.says(stranger, "Selamat datang")
    other = await office.telegram.person("Lain")
    await other.send(f"/start {code}")
    said = await office.says(other, "kode pendaftaran ini sudah pernah digunakan")
    assert "Tata Usaha" in said.text
    assert "Wulan" not in said.text
    assert "InviteRefused" in office.refusals(of_office=True)


async def test_an_expired_code_says_that_it_expired(office, stranger):
    code = office.invite("analis_sdm", "Nina")
    await office.telegram.advance(timedelta(days=7, minutes=1))
    await stranger.send(f"/start {code}")
    await office.says(stranger, "sudah habis masa berlakunya")


async def test_an_unknown_code_says_that_it_is_unknown(office, stranger):
    await stranger.send("/start AAAAAAAAAAAAAAAAAAAAAA")
    await office.says(stranger, "tidak kami kenali")


async def test_the_same_link_tapped_twice_by_the_same_person_is_welcomed_again(office, stranger):
    code = office.invite("analis_sdm", "Nina")
    await stranger.send(f"/start {code}")
    await stranger.send(f"/start {code}")
    assert len(await office.saying(stranger, "Selamat datang")) == 2
    acts = [item["act"]["act"] for item in office.trail(of_office=True)]
    assert acts[-2:] == ["invite", "enrol"]


async def test_start_without_a_code_welcomes_a_member_again_with_his_open_cards(office):
    await office.walk_to(6)
    card = await office.card("kabag_umum", "Setujui")
    await office["kabag_umum"].send("/start")
    again = await office.card("kabag_umum", "Setujui", after=card)
    assert again.id > card.id


async def test_a_role_without_members_tells_the_administrators_and_a_late_enrolment_delivers_what_waits(empty_office):
    office = empty_office
    enrol_everybody(office.database, office.settings, without=("kabag_umum",))
    await office.come(without=("kabag_umum",))
    await office.walk_to(1, 1)
    told = await office.says("admin", "Belum ada pegawai yang terdaftar sebagai Kepala Bagian Umum")
    assert "/kelola" in told.text
    late = await office.telegram.person("Dewi")
    await late.send(f"/start {office.invite('kabag_umum', 'Dewi', sapaan='Ibu')}")
    card = await office.card(late, "Disposisikan")
    assert "Langkah 1/12" in card.text
    letter = next(item for item in await late.messages() if item.files)
    assert letter.id < card.id


async def test_a_second_role_is_added_to_a_member_who_stays_the_same_person(office):
    await office.begin()
    await office["analis_sdm"].send(f"/start {office.invite('tata_usaha', 'Rina')}")
    said = await office.says("analis_sdm", "Selamat datang", "Tata Usaha")
    assert "Analis SDM Aparatur" in said.text


async def test_the_offices_trail_replays_to_the_people_who_stand_in_the_database(office, stranger):
    await stranger.send(f"/start {office.invite('analis_sdm', 'Nina')}")
    await office.says(stranger, "Selamat datang")
    await stranger.block()
    await office.settled()

    with office.database.read() as session:
        stored = roster.load(session)
    assert roster_of(office.trail(of_office=True)) == stored
    assert [person.name for person in stored.people if not person.reachable] == ["Nina"]
