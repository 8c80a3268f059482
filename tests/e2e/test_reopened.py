"""*Alihkan Tugas* and *Buka Kembali Langkah* over real HTTP, on /status."""

from alur.services.cases.perform import perform
from tests.e2e.desk import has

ADMIN = "admin"


async def on_status(office, button):
    await office[ADMIN].send("/status")
    return await office.tap(ADMIN, button)


async def archived(office):
    await office.walk_to(11)
    directed = await office.card("sekretaris", "Beri Arahan")
    await office.walk_to(12)
    office.transact(_archive, office)
    await office.settled()
    await office.says("kabag_umum", "telah selesai dan diarsipkan")
    return directed


def _archive(work, office):
    (act,) = office._move(work, office.case, office.task)
    assert perform(work, office.record.id, act).refusal is None


async def test_an_archived_case_is_opened_again_at_step_10_decided_and_archived_once_more(any_office):
    office = any_office
    old = await archived(office)
    assert "Arahan tercatat" in (await office.now("sekretaris", old)).text

    await on_status(office, "Buka Kembali Langkah")
    await office.tap(ADMIN, "10. Pemeriksaan konsep laporan capaian IP ASN")
    await office.fill(ADMIN, "Nota dinas yang disetujui bukan versi terakhir.")
    answer = await office.tap(ADMIN, "Kirim")
    await office.settled()

    assert "Langkah dibuka kembali dan disampaikan kepada Kepala Bagian Umum" in answer.text
    assert (office.task.step, office.task.round, office.case.finished_at) == (10, 2, None)
    card = await office.card("kabag_umum", "Setujui")
    assert "di luar alur SOP" in card.text
    assert "Nota dinas yang disetujui bukan versi terakhir." in card.text
    for role in ("sekretaris", "tata_usaha", "analis_sdm"):
        assert len(await office.saying(role, "bahwa langkah 10/12", "dibuka kembali oleh Administrator (Eko)")) == 1
    assert "tidak berlaku lagi" in (await office.now("sekretaris", old)).text
    await office["tata_usaha"].send("/status")
    await office.says("tata_usaha", "Langkah 10/12 (kali ke-2, dibuka kembali di luar alur SOP)")

    # The same papers are approved with a note only.
    await office.tap("kabag_umum", "Setujui", under=card)
    await office.fill("kabag_umum", "Sudah diperiksa kembali dan tetap sesuai.")
    await office.tap("kabag_umum", "Kirim")
    await office.tap("sekretaris", "Beri Arahan")
    await office.tap("sekretaris", "Kirim", under=await office.says("sekretaris", "Arahan", "mohon menekan Kirim"))
    await office.tap("tata_usaha", "Sudah Diarsipkan")
    await office.fill("tata_usaha", "Menyusul dari Nadine.")
    for _ in ("number", "classification", "file", "location"):
        asked = await office.says("tata_usaha", "menekan", "berikut bila sesuai")
        await office.tap("tata_usaha", asked.labels[0], under=asked)
        await office.settled()
    await office.tap("tata_usaha", "Kirim")
    await office.settled()

    assert office.case.finished_at is not None
    await office.says("kabag_umum", "telah selesai kembali dan diarsipkan ulang")
    await office["tata_usaha"].send("/riwayat")
    await office.says("tata_usaha", "membuka kembali langkah 10 di luar alur SOP")


async def test_of_two_analysts_one_gets_the_task_and_the_others_press_is_refused_with_his_name(office):
    budi = await office.enrol("analis_sdm", "Budi", sapaan="Bapak")
    await office.walk_to(2)
    await office.card(budi, "Ajukan")
    dead = await office.card("analis_sdm", "Ajukan")

    await on_status(office, "Alihkan Tugas")
    await office.tap(ADMIN, "Bapak Budi")
    await office.fill(ADMIN, "Ibu Rina sedang bertugas di luar kota.")
    await office.tap(ADMIN, "Kirim")
    await office.settled()

    mine = await office.card(budi, "Ajukan")
    assert "Tugas ini dialihkan kepada Bapak oleh Administrator (Eko)" in mine.text
    now = await office.now("analis_sdm", dead)
    assert "dialihkan kepada Analis SDM Aparatur (Budi)" in now.text
    assert not has(now, "Ajukan")
    assert (
        len(await office.saying("analis_sdm", "dialihkan kepada Analis SDM Aparatur (Budi) oleh", "langkah 2/12")) == 1
    )
    pressed = await office["analis_sdm"].press_forged(now, f"submit:c1.{office.task.id}:{office.task.revision}")
    assert "dialihkan kepada Analis SDM Aparatur (Budi)" in pressed.text
    await office["analis_sdm"].send("/tugas")
    await office.says("analis_sdm", "Saat ini tidak ada tugas yang menunggu")

    await on_status(office, "Alihkan Tugas")
    await office.tap(ADMIN, "Semua pemegang jabatan")
    await office.tap(ADMIN, "Kirim", under=await office.says(ADMIN, "Semua pemegang jabatan", "mohon menekan Kirim"))
    await office.settled()
    assert office.task.assigned is None
    await office.card("analis_sdm", "Ajukan")
    assert [entry["act"]["to"] for entry in office.trail() if entry["act"]["act"] == "assign_task"] != []
