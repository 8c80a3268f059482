"""/plh over real HTTP: Tata Usaha enters a Plh by taps, a name in part, and the order's file; whoever it concerns hears of it."""

from datetime import date

from alur.storage.members import by_telegram_id
from alur.workflow.people import AppointmentKind
from tests.papers import paper

TU = "tata_usaha"
SENTENCE = "Plh. Kepala Bagian Umum: Bapak Hartono, Senin, 2 Nov s.d. Jumat, 6 Nov 2026, Surat Perintah Nomor 12/"


async def begin_form(office, *, person="hart", kind="Plh. (pejabat tidak di tempat)"):
    await office[TU].send("/plh")
    await office.tap(TU, "Tugaskan")
    await office.tap(TU, "Kepala Bagian Umum")
    await office.says(TU, "Siapakah yang ditugaskan?")
    await office[TU].send(person)
    await office.tap(TU, kind)


async def fill_days_and_order(office):
    await office.tap(TU, "Sen 2 Nov", under=await office.says(TU, "memilih hari pertama"))
    await office.tap(TU, "Jum 6 Nov", under=await office.says(TU, "memilih hari terakhir"))
    await office.fill(TU, "Nomor : 12 / SPt / 2026")
    await office.tap(TU, "Jum 30 Okt", under=await office.says(TU, "memilih tanggal Surat Perintah"))


async def enter(office):
    """A Plh with the file of his order; what is said to *Kirim*."""
    await begin_form(office)
    await fill_days_and_order(office)
    prompt = await office.asked(TU)
    await office[TU].send_file("Surat Perintah.pdf", paper("Surat Perintah.pdf", b"%PDF-1.4 perintah"), reply_to=prompt)
    await office.says(TU, SENTENCE)
    answer = await office.tap(TU, "Kirim")
    await office.settled()
    return answer


def appointments(office):
    return office.transact(lambda work: [item for item in work.office().appointments if item.is_acting])


def member(office, role):
    return office.transact(lambda work: by_telegram_id(work.session, office[role].id).id)


async def test_tata_usaha_enters_a_plh_and_everybody_concerned_hears_of_it(any_office):
    office = any_office
    await office.begin()

    answer = await enter(office)

    assert answer.text == "Perubahan tercatat."
    (entered,) = appointments(office)
    assert (entered.member, entered.role, entered.kind) == (
        member(office, "sekretaris"),
        "kabag_umum",
        AppointmentKind.PLH,
    )
    assert (entered.starts, entered.ends, entered.order) == (date(2026, 11, 2), date(2026, 11, 6), "12/SPt/2026")
    assert entered.in_place_of == member(office, "kabag_umum")
    await office.says(TU, "Penugasan tercatat: Plh. Kepala Bagian Umum: Bapak Hartono")
    await office.says("sekretaris", "ditugaskan sebagai Plh. Kepala Bagian Umum (Surat Perintah Nomor 12/")
    await office.says("kabag_umum", "tugas Kepala Bagian Umum dijalankan oleh Plh. Kepala Bagian Umum (Hartono")
    listed = await office.says(TU, "Penugasan Plh. dan Plt.", "Bapak Hartono")  # the screen on which it was begun
    assert "Bapak Hartono · Plh. Kepala Bagian Umum" in listed.labels


async def test_the_orders_file_reaches_whoever_is_appointed_and_nobody_else(any_office):
    office = any_office
    await office.begin()
    await enter(office)

    news = await office.says("sekretaris", "ditugaskan sebagai Plh. Kepala Bagian Umum")
    await office.tap("sekretaris", "Lihat Surat Perintah", under=news)
    await office.settled()

    sent = [item for item in await office["sekretaris"].messages() if item.by_bot and item.files]
    assert [item.files[0].name for item in sent] == ["Surat Perintah.pdf"]
    assert not (await office.now("kabag_umum", await office.says("kabag_umum", "dijalankan oleh Plh."))).labels


async def test_what_one_person_alone_would_hold_is_said_before_it_is_sent_and_told_when_it_is_so(any_office):
    office = any_office
    await office.begin()
    await begin_form(office, person="rina")
    await fill_days_and_order(office)
    await office.tap(TU, "Lewati")
    warned = await office.says(TU, "Perlu diperhatikan: langkah 3, 6, dan 10 tidak dapat diputuskan oleh siapa pun")
    await office.tap(TU, "Kirim", under=warned)
    await office.settled()

    for role in ("sekretaris", "admin"):
        assert len(await office.saying(role, "Ibu Rina menjalankan tugas Kepala Bagian Umum")) == 1
    assert not await office.saying(TU, "kami sampaikan bahwa langkah")


async def test_what_does_not_stand_beside_the_others_is_refused_and_the_form_stays_to_be_changed(any_office):
    office = any_office
    await office.begin()
    await begin_form(office, kind="Plt. (jabatan kosong)")
    await fill_days_and_order(office)
    await office.tap(TU, "Lewati")

    refused = await office.tap(TU, "Kirim")

    assert refused.alert
    assert "masih dipegang oleh Ibu Dewi" in refused.text
    assert appointments(office) == []
    await office.tap(TU, "Ubah")
    await office.tap(TU, "Jenis penugasan: Plt. (jabatan kosong)")
    await office.tap(TU, "Plh. (pejabat tidak di tempat)")
    await office.says(TU, SENTENCE)
    await office.tap(TU, "Kirim")
    await office.settled()
    assert len(appointments(office)) == 1


async def test_an_appointment_is_changed_on_its_page_and_its_file_is_there(any_office):
    office = any_office
    await office.begin()
    await enter(office)

    await office[TU].send("/plh")
    await office.tap(TU, "Bapak Hartono · Plh. Kepala Bagian Umum")
    page = await office.says(TU, "Menggantikan Ibu Dewi")
    assert "Lihat Surat Perintah" in page.labels
    await office.tap(TU, "Ubah", under=page)
    form = await office.says(TU, "Perubahan penugasan")
    await office.tap(TU, "Ubah", under=form)
    await office.tap(TU, "Hari terakhir: Jumat, 6 Nov 2026")
    await office.fill(TU, "10 November 2026")
    await office.tap(TU, "Kirim", under=await office.says(TU, "s.d. Selasa, 10 Nov 2026", "Bila sudah sesuai"))
    await office.settled()

    (changed,) = appointments(office)
    assert changed.ends == date(2026, 11, 10)
    await office.says(TU, "Perubahan penugasan tercatat")
    assert "10 Nov 2026" in (await office.now(TU, page)).text


async def test_a_name_that_nobody_has_is_said_and_the_question_stays(office):
    await office.begin()
    await office[TU].send("/plh")
    await office.tap(TU, "Tugaskan")
    await office.tap(TU, "Kepala Bagian Umum")
    await office.says(TU, "Siapakah yang ditugaskan?")

    await office[TU].send("Zulkifli")

    again = await office.says(TU, "Belum ada pegawai terdaftar yang bernama “Zulkifli”", "Siapakah yang ditugaskan?")
    assert "Bapak Hartono · Sekretaris Direktorat Jenderal" in again.labels


async def test_whoever_may_not_is_told_whom_to_ask(office):
    await office.begin()
    for role in ("kabag_umum", "analis_sdm", "unit_terkait"):
        await office[role].send("/plh")
        await office.says(role, "kewenangan Tata Usaha")
    assert office.refusals(of_office=True) == ["NotHolder"] * 3


async def test_what_is_pressed_by_others_shows_nothing_and_sends_no_file(office):
    await office.begin()
    await enter(office)
    card = await office.says("kabag_umum", "dijalankan oleh Plh. Kepala Bagian Umum")

    for data in ("appointments:o:0:0", "appointment:p8:0", "order:p8:0", "amend:p8:0", "appoint:o:0"):
        answer = await office["kabag_umum"].press_forged(card, data)
        assert "kewenangan" in answer.text
    await office.settled()

    assert not [item for item in await office["kabag_umum"].messages() if item.by_bot and item.files]
