"""Posts that nobody holds: nothing is said to have reached them, whoever can mend it is told once, and who comes finds it all."""

from datetime import date

import pytest

from alur.storage import appointments, members
from tests.e2e.desk import MONDAY, enrol_everybody
from tests.papers import paper

NOBODY = "elum ada pegawai yang terdaftar sebagai Kepala Bagian Umum"
KEY = "Sudah Disampaikan"


@pytest.fixture
async def short_of(empty_office):
    async def short_of(*roles):
        enrol_everybody(empty_office.database, empty_office.settings, without=roles)
        await empty_office.come(without=roles)
        return empty_office

    return short_of


async def dispose(office):
    """The Sekretaris hands the letter on; what is said to his press."""
    await office.tap("sekretaris", "Disposisikan")
    answer = await office.tap("sekretaris", "Kirim")
    await office.settled()
    return answer


async def join(office, role, name, sapaan="Ibu"):
    phone = await office.telegram.person(name)
    await phone.send(f"/start {office.invite(role, name, sapaan=sapaan)}")
    return phone


async def test_nothing_is_said_to_have_reached_a_desk_that_nobody_holds_until_somebody_does(short_of):
    office = await short_of("kabag_umum")
    await office.walk_to(1)

    answer = await dispose(office)

    assert answer.text == f"Terima kasih, Bapak. Disposisi tercatat. B{NOBODY}."
    card = await office.says("sekretaris", "Disposisi tercatat pada", f"tetapi belum diteruskan karena b{NOBODY}.")
    await office["tata_usaha"].send("/status")
    await office.says("tata_usaha", f"B{NOBODY} · batas waktu")
    assert not await office.saying("tata_usaha", "Pada Kepala Bagian Umum")

    await join(office, "kabag_umum", "Dewi")
    await office.settled()

    assert "dan diteruskan kepada Kepala Bagian Umum." in (await office.now("sekretaris", card)).text


async def test_administrators_and_tata_usaha_are_told_each_what_he_can_do_and_read_there_who_has_come(short_of):
    office = await short_of("kabag_umum")
    await office.walk_to(1)
    await dispose(office)

    (of_admin,) = await office.saying("admin", NOBODY)
    (of_desk,) = await office.saying("tata_usaha", NOBODY)
    assert "Pegawainya dapat diundang dengan /kelola." in of_admin.text
    assert "Mohon menghubungi Bapak Eko (Administrator) agar pegawainya didaftarkan." in of_desk.text
    assert "/kelola" not in of_desk.text

    late = await join(office, "kabag_umum", "Dewi")

    card = await office.card(late, "Disposisikan")
    assert "Langkah 1/12" in card.text
    await office.settled()
    for role, told in (("admin", of_admin), ("tata_usaha", of_desk)):
        assert "Ibu Dewi telah terdaftar sebagai Kepala Bagian Umum" in (await office.now(role, told)).text


async def test_where_tata_usaha_is_missing_the_administrators_alone_are_told(short_of):
    office = await short_of("tata_usaha")
    office.members["tata_usaha"] = office.members["admin"]  # who opens the case in its stead
    await office.walk_to(12)

    (told,) = await office.saying("admin", "elum ada pegawai yang terdaftar sebagai Tata Usaha", "/kelola")
    assert "12/12" in told.text
    for role in ("sekretaris", "kabag_umum", "analis_sdm"):
        assert not await office.saying(role, "sehingga langkah 12/12")


async def test_the_opener_reads_before_he_sends_which_desks_nobody_holds(short_of):
    office = await short_of("kabag_umum", "analis_sdm", "biro_sdm", "unit_terkait")
    await office.begin()

    await office["tata_usaha"].send("/mulai")
    await office.tap("tata_usaha", "2026")
    await office.fill("tata_usaha", "B-1234/KP.05/SJP/2026", "30 Oktober 2026")
    assert "elum ada pegawai" not in (await office.asked("tata_usaha")).text
    await office["tata_usaha"].send_file("surat.pdf", paper("surat.pdf", b"%PDF-1.4 surat"))

    last = await office.card("tata_usaha", "Kirim")
    assert "Belum ada pegawai yang terdaftar: Kepala Bagian Umum dan Analis SDM Aparatur." in last.text
    assert "Undangan untuk Unit Terkait dan Biro SDM mohon disampaikan langsung" in last.text
    await office.tap("tata_usaha", "Kirim")
    opened = await office.says("tata_usaha", "telah dibuka")
    assert "Surat diteruskan kepada Sekretaris Direktorat Jenderal" in opened.text


async def test_a_case_before_a_first_desk_that_nobody_holds_says_so_to_its_opener_until_somebody_does(short_of):
    office = await short_of("sekretaris")
    await office.begin()
    await office.tap_through_opening()

    opened = await office.says("tata_usaha", "telah dibuka")
    assert "terdaftar sebagai Sekretaris Direktorat Jenderal sehingga suratnya belum diteruskan." in opened.text

    await join(office, "sekretaris", "Hartono", "Bapak")
    await office.settled()

    said = (await office.now("tata_usaha", opened)).text
    assert "Surat diteruskan kepada Sekretaris Direktorat Jenderal" in said


async def test_a_question_to_a_desk_without_anybody_waits_for_whoever_comes(short_of):
    office = await short_of("kabag_umum")
    await office.walk_to(1)
    await office.tap("sekretaris", "Tanya")
    await office.tap("sekretaris", "Kepala Bagian Umum · belum ada pegawai")
    await office.fill("sekretaris", "Siapa yang menangani?")
    answer = await office.tap("sekretaris", "Kirim")
    assert answer.text == f"Pertanyaan tercatat. B{NOBODY}."
    await office.says("sekretaris", "Pertanyaan kepada Kepala Bagian Umum", "Belum ada pegawai yang terdaftar.")
    await dispose(office)

    late = await join(office, "kabag_umum", "Dewi")

    await office.says(late, "menyampaikan pertanyaan", "Siapa yang menangani?")


async def test_the_text_for_who_was_invited_and_has_not_joined_is_handed_over_and_his_card_waits_for_him(short_of):
    office = await short_of("kabag_umum")
    code = office.invite("kabag_umum", "Hadi", sapaan="Bapak")
    await office.walk_to(1)
    await dispose(office)

    told = await office.card("tata_usaha", KEY)
    of_admin = await office.card("admin", KEY)
    for words in (f"B{NOBODY}.", "Pendaftaran Bapak Hadi belum digunakan", "Yth. Kepala Bagian Umum,", "Langkah 1/12"):
        assert words in told.text
    assert not await office.saying("tata_usaha", "sehingga langkah 1/12")

    answer = await office.tap("tata_usaha", KEY, told)
    await office.settled()

    assert "tercatat" in answer.text
    assert office.trail()[-1]["act"] == {
        "act": "hand_over_invited",
        "by": office.members["tata_usaha"],
        "task": office.task.id,
        "invitation": office.trail()[-1]["act"]["invitation"],
    }
    for role, message in (("tata_usaha", told), ("admin", of_admin)):
        shown = await office.now(role, message)
        assert (shown.labels, "Bapak Hadi telah disampaikan langsung oleh Ibu Wulan" in shown.text) == ((), True)

    late = await office.telegram.person("Hadi")
    await late.send(f"/start {code}")
    card = await office.card(late, "Disposisikan")
    assert "Langkah 1/12" in card.text


async def test_a_text_that_nobody_has_handed_over_says_that_he_has_joined(short_of):
    office = await short_of("kabag_umum")
    code = office.invite("kabag_umum", "Hadi", sapaan="Bapak")
    await office.walk_to(1)
    await dispose(office)
    told = await office.card("tata_usaha", KEY)

    late = await office.telegram.person("Hadi")
    await late.send(f"/start {code}")
    await office.card(late, "Disposisikan")
    await office.settled()

    shown = await office.now("tata_usaha", told)
    assert (shown.labels, "Bapak Hadi telah terdaftar sebagai Kepala Bagian Umum" in shown.text) == ((), True)
    forged = await office["tata_usaha"].press_forged(told, told.button(KEY).data)
    assert forged.alert


async def test_a_desk_whose_holders_appointment_ends_is_told_once_at_the_next_opening(short_of):
    office = await short_of("kabag_umum")
    phone = await office._phone("Dewi")

    def appoint(work):
        member = members.enrol(work.session, telegram_id=phone.id, name="Dewi", sapaan="Ibu", unit=None, at=MONDAY)
        appointments.add(work.session, member_id=member.id, role="kabag_umum", ends=date(2026, 11, 2))
        office.members["kabag_umum"] = member.id

    office.transact(appoint)
    await office.walk_to(1, 1)
    await office.card(phone, "Disposisikan")
    assert not await office.saying("admin", NOBODY)

    await office.advance(hours=20)  # 05.00
    await office.settled()
    assert not await office.saying("admin", NOBODY)
    await office.advance(hours=4)

    await office.says("admin", NOBODY)
    await office.advance(hours=2)
    assert len(await office.saying("admin", NOBODY)) == 1
    assert len(await office.saying("tata_usaha", NOBODY)) == 1
