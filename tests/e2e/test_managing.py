"""/kelola: the people of the office, invited, changed and let go in chat by those who may."""

import asyncio
from datetime import timedelta
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from alur.storage import invites, roster
from alur.workflow.people import ADMIN

NAME = "Rini <b>&</b> Co"


@pytest.fixture
async def desk(any_office):
    await any_office.begin()
    return any_office


async def opened(desk, role="admin"):
    """The list, as /kelola shows it below what was said so far."""
    asked = await desk.phone(role).send("/kelola")
    return await desk.says(role, "Pegawai", after=asked)


async def page(desk, name, role="admin"):
    """A person's page, or an invitation's, turned in the list's own message."""
    shown = await opened(desk, role)
    await desk.tap(role, name, shown)
    await desk.settled()
    return await desk.now(role, shown)


async def invited(desk, *, role="Kepala Bagian Umum", name="Rina Wati", beside=None, unit=None, by="admin"):
    """The form of *Undang Pegawai*, filled in and sent."""
    await desk.tap(by, "Undang Pegawai", await opened(desk, by))
    await desk.tap(by, role)
    if beside:
        await desk.tap(by, beside)
    await desk.fill(by, name)
    await desk.tap(by, "Ibu")
    if unit:
        await desk.fill(by, unit)
    return await desk.tap(by, "Kirim")


async def link(desk, by="admin"):
    """The text to pass on, and its code."""
    text = await desk.says(by, "berikut tautan pendaftaran")
    return text, text.text.partition("?start=")[2].split()[0]


def roster_now(desk):
    with desk.database.read() as session:
        return roster.load(session)


def codes(desk):
    with desk.database.read() as session:
        return [invites.code_of(session, item.id) for item in invites.all_(session)]


async def confirm(desk, *taps, by="admin"):
    """Presses one button after the other; what the last of them is answered."""
    answer = None
    for label in taps:
        answer = await desk.tap(by, label)
        await desk.settled()
    return answer


# --- Who may


async def test_an_administrator_sees_everybody_with_post_state_and_when_he_was_last_seen(desk):
    shown = await opened(desk)

    assert "Bapak Eko\nAdministrator, mulai 2 Nov 2026\naktif, terakhir terlihat Sen 2 Nov, 09.00" in shown.text
    assert "Bapak Joko (Direktorat Program)\nUnit Terkait, mulai 2 Nov 2026\naktif" in shown.text
    assert shown.labels[0] == "Undang Pegawai"
    assert {"Ibu Dewi", "Bapak/Ibu Andi", "Ibu Wulan"} <= set(shown.labels)


async def test_a_list_that_does_not_fit_is_turned_in_its_own_message(desk):
    for number in range(1, 5):
        await desk.enrol("unit_terkait", f"Tambahan {number}", unit="Direktorat Program")
    shown = await opened(desk)
    assert "(1\N{EN DASH}8 dari 11)" in shown.text

    await desk.tap("admin", "Berikutnya", shown)
    await desk.settled()
    second = await desk.now("admin", shown)
    assert "(9\N{EN DASH}11 dari 11)" in second.text
    assert "Tambahan 4" in second.text

    await desk.tap("admin", "Sebelumnya", second)
    await desk.settled()
    assert "Ibu Rina" in (await desk.now("admin", shown)).text


async def test_tata_usaha_sees_and_invites_the_people_of_units_alone(desk):
    shown = await opened(desk, "tata_usaha")
    assert "Joko" in shown.text
    assert "Dewi" not in shown.text

    await desk.tap("tata_usaha", "Bapak Joko", shown)
    await desk.settled()
    assert (await desk.now("tata_usaha", shown)).labels == ("Daftar Pegawai",)

    await desk.tap("tata_usaha", "Undang Pegawai", await opened(desk, "tata_usaha"))
    asked = await desk.card("tata_usaha", "Unit Terkait")
    assert not {"Kepala Bagian Umum", "Administrator"} & set(asked.labels)
    assert {"kelola"} <= set(await desk["tata_usaha"].menu())


@pytest.mark.parametrize("role", ["kabag_umum", "unit_terkait"])
async def test_others_are_told_whose_it_is_and_no_forged_press_helps_them(desk, role):
    await desk[role].send("/kelola")
    said = await desk.says(role, "menjadi kewenangan Administrator")
    assert "kelola" not in await desk[role].menu()

    for data in ("people:o:0", "person:p1:0", "unlink:p1:0", "invite:o:0", "end:p1:0", "change_person:p1:0"):
        answer = await desk[role].press_forged(said, data)
        assert answer.alert, data
    assert set(desk.refusals(of_office=True)) == {"NotHolder"}
    assert len(roster_now(desk).people) == 7


# --- Joining


async def test_who_invites_gets_a_text_to_pass_on_and_its_picture_and_reads_there_who_has_come(desk):
    answer = await invited(desk, beside="Menggantikan Ibu Dewi")
    assert answer.text == "Perubahan tercatat."
    text, code = await link(desk)
    assert text.text.startswith("Yth. Ibu Rina Wati,")
    assert "sebagai Kepala Bagian Umum" in text.text
    assert "berlaku sampai dengan Senin, 9 Nov 2026, 09.00 WIB" in text.text
    picture = await desk.says("admin", "Kode QR pendaftaran Ibu Rina Wati")
    (read,) = zxingcpp.read_barcodes(Image.open(BytesIO(await picture.download())))
    assert (read.format.name, read.text) == ("QRCode", f"https://t.me/alur_simulator_bot?start={code}")
    await desk.says("admin", "Pendaftaran Ibu Rina Wati sebagai Kepala Bagian Umum telah dibuat.")

    newcomer = await desk.telegram.person("Rini")
    await newcomer.send(f"/start {code}")
    await desk.says(newcomer, "Selamat datang", "Kepala Bagian Umum")
    await desk.settled()

    said = (await desk.now("admin", text)).text
    assert said == "Pendaftaran untuk Ibu Rina Wati sebagai Kepala Bagian Umum sudah digunakan oleh Ibu Rina Wati."
    held = {item.name: item.ends for item in roster_now(desk).appointments if item.role == "kabag_umum"}
    assert held["Rina Wati"] is None
    assert held["Dewi"] is not None


async def test_of_a_code_nothing_is_left_once_its_link_was_sent(desk):
    await invited(desk, role="Administrator")
    _, code = await link(desk)
    await desk.says("admin", "Kode QR")
    await desk.settled()

    assert codes(desk)[-1] is None
    with desk.database.read() as session:
        kept = session.connection().exec_driver_sql("SELECT about FROM notices").scalars().all()
        kept += session.connection().exec_driver_sql("SELECT answers FROM forms").scalars().all()
        kept += session.connection().exec_driver_sql("SELECT entry FROM audit").scalars().all()
    assert not [text for text in kept if code in str(text)]


async def test_a_link_that_was_not_sent_in_time_goes_with_its_code(desk):
    await invited(desk, role="Administrator")
    await desk.settled()
    with desk.database.write() as session:
        number = invites.all_(session)[-1].id
        invites.keep_code(session, number, "unsent")
        expires = invites.all_(session)[-1].expires_at
        assert invites.forget_codes(session, expires) == 0
        assert invites.forget_codes(session, expires + timedelta(seconds=1)) == 1
        assert invites.code_of(session, number) is None


async def test_a_post_that_is_held_is_asked_about_and_a_newcomer_may_come_beside_its_holder(desk):
    await invited(desk, role="Analis SDM Aparatur", beside="Mendampingi Ibu Rina")
    _, code = await link(desk)
    newcomer = await desk.telegram.person("Rini")
    await newcomer.send(code)
    await desk.says(newcomer, "Selamat datang")

    held = [item.ends for item in roster_now(desk).appointments if item.role == "analis_sdm"]
    assert held == [None, None]


@pytest.mark.parametrize(
    ("taken", "unit"),
    [
        ("Direktorat Program (sudah terdaftar)", "Direktorat Program"),
        ("Direktorat Programm (unit baru)", "Direktorat Programm"),
    ],
)
async def test_a_unit_that_is_nearly_called_as_another_is_asked_about(desk, taken, unit):
    answer = await invited(desk, role="Unit Terkait", unit="Direktorat Programm", by="tata_usaha")
    assert answer.alert
    assert "mirip dengan unit yang sudah terdaftar" in answer.text

    await desk.tap("tata_usaha", taken)
    await desk.tap("tata_usaha", "Kirim")
    await link(desk, "tata_usaha")
    assert roster_now(desk).invitations[-1].unit == unit


async def test_an_invitation_that_was_withdrawn_enrols_nobody_and_says_so_where_it_stands(desk):
    await invited(desk, role="Administrator")
    text, code = await link(desk)
    shown = await page(desk, "Ibu Rina Wati")
    assert "diundang, sebagai Administrator, pendaftarannya berlaku sampai dengan Senin, 9 Nov 2026" in shown.text

    asked = await desk.tap("admin", "Tarik Pendaftaran", shown)
    assert not asked.alert
    question = await desk.card("admin", "Ya, Tarik")
    assert "Apakah pendaftaran ini jadi ditarik?" in question.text
    assert question.labels == ("Ya, Tarik", "Tidak Jadi")
    await confirm(desk, "Ya, Tarik")

    over = "Pendaftaran untuk Ibu Rina Wati sebagai Administrator telah ditarik sehingga tautannya tidak berlaku lagi."
    assert (await desk.now("admin", text)).text == over
    assert (await desk.now("admin", shown)).text == over
    assert "Ibu Rina Wati" not in (await opened(desk)).text
    stranger = await desk.telegram.person("Rini")
    await stranger.send(code)
    await desk.says(stranger, "Mohon maaf, kode pendaftaran ini sudah ditarik.")


async def test_whoever_comes_too_late_is_told_that_those_are_told_who_can_help_and_they_once(desk):
    await invited(desk, role="Administrator")
    _, code = await link(desk)
    await desk.telegram.advance(timedelta(days=7, hours=1))
    late = await desk.telegram.person("Rini")
    await late.send(code)

    said = await desk.says(late, "sudah habis masa berlakunya")
    assert "Administrator telah kami beri tahu agar tautan pendaftaran yang baru dibuat." in said.text
    assert "Eko" not in said.text
    await late.send(code)
    (told,) = await desk.saying("admin", "Pendaftaran untuk Ibu Rina Wati sebagai Administrator telah habis")

    await desk.tap("admin", "Undang Pegawai", told)
    ready = await desk.card("admin", "Kirim")
    assert "Nama: Rina Wati" in ready.text
    assert "Jabatan: Administrator" in ready.text
    await confirm(desk, "Kirim")

    assert "Pendaftaran baru untuk Ibu Rina Wati" in (await desk.now("admin", told)).text
    _, again = await link(desk)
    await late.send(again)
    await desk.says(late, "Selamat datang")


# --- People


async def test_a_persons_data_are_changed_whatever_signs_are_in_them(desk):
    shown = await page(desk, "Ibu Rina")
    await confirm(desk, "Ubah Data")
    await desk.tap("admin", "Ubah")
    await desk.tap("admin", "Nama: Rina")
    await desk.fill("admin", NAME)
    await confirm(desk, "Kirim")

    await desk.says("admin", f"Data Ibu {NAME} telah diubah.")
    assert (await desk.now("admin", shown)).text.startswith(f"Ibu {NAME}\n")
    assert f"Ibu {NAME}" in (await opened(desk)).text


async def test_data_that_stay_as_they_are_are_not_said_to_have_changed(desk):
    await page(desk, "Ibu Rina")
    answer = await confirm(desk, "Ubah Data", "Kirim")
    assert answer.text == "Tidak ada yang diubah."
    assert not await desk.saying("admin", "telah diubah")


async def test_an_appointment_is_ended_at_once_or_with_a_last_day(desk):
    await desk.telegram.advance(timedelta(days=1))
    shown = await page(desk, "Ibu Rina")
    await confirm(desk, "Akhiri Penugasan", "Pada tanggal tertentu")
    await desk.fill("admin", "13 November 2026")
    question = await desk.card("admin", "Ya, Akhiri")
    assert "Jabatan: Analis SDM Aparatur" in question.text
    assert "Apakah penugasan ini jadi diakhiri?" in question.text
    await confirm(desk, "Ya, Akhiri")
    await desk.says("admin", "Penugasan Ibu Rina sebagai Analis SDM Aparatur berakhir pada Jumat, 13 Nov 2026.")
    assert "2\N{EN DASH}13 Nov 2026 (berlaku)" in (await desk.now("admin", shown)).text

    await confirm(desk, "Akhiri Penugasan", "Saat ini juga", "Ya, Akhiri")
    await desk.says("admin", "Penugasan Ibu Rina sebagai Analis SDM Aparatur telah diakhiri.")
    shown = await desk.now("admin", shown)
    assert "(berakhir)" in shown.text
    assert "Akhiri Penugasan" not in shown.labels
    await desk.says("analis_sdm", "telah berakhir")


async def test_a_post_is_handed_over_with_the_tasks_that_lie_on_it(desk):
    await desk.walk_to(6)
    spare = await desk.enrol("unit_terkait", "Sinta", sapaan="Ibu", unit="Direktorat Program")
    await page(desk, "Ibu Dewi")
    await confirm(desk, "Serahkan Jabatan")
    asked = await desk.card("admin", "Ibu Sinta")
    assert "Tugas yang ikut beralih: 1" in asked.text
    assert "Ibu Dewi" not in asked.labels
    await desk["admin"].send("sint")
    await desk.settled()
    await confirm(desk, "Lewati", "Lewati", "Kirim")

    await desk.says("admin", "Jabatan Kepala Bagian Umum telah dialihkan dari Ibu Dewi kepada Ibu Sinta.")
    await desk.card(spare, "Setujui")
    held = {item.name: item.ends for item in roster_now(desk).appointments if item.role == "kabag_umum"}
    assert (held["Sinta"], held["Dewi"] is None) == (None, False)


async def test_a_lost_phone_is_unlinked_and_its_person_gets_another(desk):
    other = await desk.enrol(ADMIN, "Lina", sapaan="Ibu")
    shown = await page(desk, "Ibu Rina")
    await confirm(desk, "Lepas Telepon")
    question = await desk.card("admin", "Ya, Lepas")
    assert "Pegawai: Ibu Rina" in question.text
    assert "tidak berlaku lagi" in question.text
    await confirm(desk, "Ya, Lepas")

    await desk.says("admin", "Telepon Ibu Rina telah dilepas.")
    await desk.says(other, "Telepon Ibu Rina telah dilepas oleh Bapak Eko.")
    assert not await desk.saying("admin", "dilepas oleh")
    shown = await desk.now("admin", shown)
    assert "Keadaan: telepon dilepas" in shown.text
    assert "Lepas Telepon" not in shown.labels

    await confirm(desk, "Undang Pegawai", "Kirim")
    text, code = await link(desk)
    assert "pendaftaran telepon yang baru" in text.text
    phone = await desk.telegram.person("Rina yang baru")
    await phone.send(code)
    await desk.says(phone, "Selamat datang, Ibu Rina", "Analis SDM Aparatur")
    assert len(roster_now(desk).people) == 8


# --- Administrators


async def test_the_last_administrator_has_no_button_that_removes_him_and_no_forged_press_does(desk):
    shown = await page(desk, "Bapak Eko")
    assert not {"Akhiri Penugasan", "Lepas Telepon"} & set(shown.labels)

    own = next(item for item in roster_now(desk).appointments if item.role == ADMIN)
    for data in (f"end:p{own.id}:0", f"unlink:p{own.member}:0"):
        answer = await desk["admin"].press_forged(shown, data)
        assert "administrator terakhir" in answer.text


async def test_of_two_administrators_who_remove_each_other_in_the_same_second_one_stays(desk):
    other = await desk.enrol(ADMIN, "Lina", sapaan="Ibu")
    for by, name in (("admin", "Ibu Lina"), (other, "Bapak Eko")):
        await page(desk, name, by)
        await confirm(desk, "Akhiri Penugasan", "Saat ini juga", by=by)
    asked = [await desk.card(by, "Ya, Akhiri") for by in ("admin", other)]

    answers = await asyncio.gather(
        *(desk.phone(by).press(card, "Ya, Akhiri") for by, card in zip(("admin", other), asked, strict=True))
    )
    await desk.settled()

    assert sorted(answer.alert for answer in answers) == [False, True]
    left = [item for item in roster_now(desk).appointments if item.role == ADMIN and item.ends is None]
    assert len(left) == 1


async def test_who_becomes_an_administrator_is_told_to_the_others(desk):
    other = await desk.enrol(ADMIN, "Lina", sapaan="Ibu")
    await page(desk, "Ibu Lina")
    await confirm(desk, "Serahkan Jabatan")
    await desk["admin"].send("Wulan")
    await desk.settled()
    await confirm(desk, "Lewati", "Lewati", "Kirim")

    await desk.says("tata_usaha", "ditugaskan sebagai Administrator")
    await desk.settled()
    assert not await desk.saying("admin", "Ibu Wulan ditugaskan sebagai Administrator")
    assert not await desk.saying(other, "Ibu Wulan ditugaskan")


# --- Strangers


@pytest.mark.parametrize("sent", ["Selamat pagi", "AAAAAAAAAAAAAAAAAAAAAA", "/tugas"])
async def test_a_stranger_reads_posts_and_nobodys_name(desk, sent):
    stranger = await desk.telegram.person("Tamu")
    await stranger.send(sent)

    said = await desk.says(stranger, "mohon menghubungi Tata Usaha atau Administrator")
    assert not [item.name for item in roster_now(desk).people if item.name in said.text]
