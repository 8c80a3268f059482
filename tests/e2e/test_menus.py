"""The menu of commands in each chat: by role, set once, never lost."""

import pytest

from alur.storage import appointments
from tests.e2e.desk import PEOPLE

COMMON = ["tugas", "status", "berkas", "batal", "bantuan"]
READER = ["tugas", "status", "berkas", "riwayat", "laporan", "batal", "bantuan"]
STARTER = ["mulai", *READER]
APPOINTING = ["mulai", "tugas", "status", "berkas", "riwayat", "laporan", "plh", "kelola", "batal", "bantuan"]
BY_ROLE = {
    "admin": APPOINTING,
    "sekretaris": STARTER,
    "tata_usaha": APPOINTING,
    "kabag_umum": READER,
    "analis_sdm": READER,
    "unit_terkait": COMMON,
    "biro_sdm": COMMON,
}


async def test_each_chat_has_the_commands_that_its_person_may_use(any_office):
    office = any_office
    await office.begin()
    assert {role: list(await office[role].menu()) for role in PEOPLE} == BY_ROLE
    assert (await office["tata_usaha"].menu())["mulai"] == "membuka proses baru"


async def test_a_strangers_menu_has_only_start_and_help(office):
    await office.begin()
    stranger = await office.telegram.person("Tamu")
    assert list(await stranger.menu()) == ["start", "bantuan"]


async def test_who_is_enrolled_gets_his_menu_and_a_second_role_another(office):
    await office.begin()
    person = await office.telegram.person("Sinta")
    await person.send(f"/start {office.invite('unit_terkait', 'Sinta', unit='Direktorat Teknik')}")
    await office.says(person, "Selamat datang")
    await office.settled()
    assert list(await person.menu()) == COMMON
    await person.send(office.invite("tata_usaha", "Sinta"))
    await office.settled()
    assert list(await person.menu()) == APPOINTING


async def test_a_menu_that_is_set_is_not_set_again_at_the_next_start(office):
    await office.begin()
    await office.end()
    since = await office.last_call()
    office.start()
    await office["analis_sdm"].send("/bantuan")
    await office.says("analis_sdm", "Bantuan")
    calls = await office.calls("setMyCommands", since=since)
    assert [call["parameters"]["scope"] for call in calls if "chat_id" in str(call["parameters"]["scope"])] == []
    assert len(calls) == 1


@pytest.mark.parametrize("kind", ["server_error", "cut_before", "cut_after"])
async def test_a_menu_is_tried_until_it_stands(office, kind):
    await office.begin()
    person = await office.telegram.person("Sinta")
    await office.telegram.faults(kind, "setMyCommands")
    await person.send(f"/start {office.invite('kabag_umum', 'Sinta')}")
    await office.says(person, "Selamat datang")
    await office.settled()
    assert list(await person.menu()) == READER


async def test_who_comes_back_after_a_block_has_the_menu_of_what_he_holds_now(office):
    await office.begin()
    surya = office["biro_sdm"]
    await surya.block()
    await office.settled()
    await office.end()
    member = office.members["biro_sdm"]
    office.transact(lambda work: appointments.add(work.session, member_id=member, role="tata_usaha"))
    await office.begin()
    assert list(await surya.menu()) == COMMON
    await surya.unblock()
    await surya.send("/tugas")
    await office.says(surya, "tidak ada tugas")
    await office.settled()
    assert list(await surya.menu()) == APPOINTING
