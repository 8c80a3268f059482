"""What the scripts do not come to, and what is a screen all the same: after the last act of each."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from alur.storage import reception
from alur.storage.database import Database
from bot.rehearsal import profiles
from bot.rehearsal.buttons import ASIDE
from bot.rehearsal.papers import paper
from bot.rehearsal.people import People
from bot.rehearsal.sandbox import Sandbox
from bot.rehearsal.script import late_case, people_case, whole_case

ON_PAPER = "Catat Keputusan Tertulis"
OUTAGE = timedelta(minutes=10)  # more than a press lives at Telegram


async def follow(people: People) -> None:
    await whole_case.follow(people)
    await people.sekretaris.write("/bantuan")
    await people.sekretaris.sees("Bantuan", "Disposisikan")
    await _the_board(people)
    await _a_correction(people)
    await _on_a_card(people)
    await _in_a_list(people)
    await _a_plh(people)
    await _an_invitation(people)
    await _on_paper(people)


async def _the_board(people: People) -> None:
    await people.sekretaris.write("/status")
    await people.sekretaris.tap(await people.sekretaris.sees("ip-asn-2026", button="Papan"), "Papan")
    await people.sekretaris.sees("Papan ip-asn-2026", "Keadaan pada")


async def _a_correction(people: People) -> None:
    """Tata Usaha finds a slip in what was filed; everybody who had the report reads it as it should have been."""
    desk = people.tata_usaha
    await desk.write("/status")
    await desk.tap(await desk.sees("ip-asn-2026", button="Perbaiki Isian"), "Perbaiki Isian")
    await desk.picks("Lokasi simpan", "Isian manakah")
    await desk.answers("Lemari A-4, Rak 2", "lokasi simpan")
    await desk.sends_form("Lemari A-4, Rak 2")
    await people.sekretaris.sees("RALAT", "Lemari A-4, Rak 2")


async def _on_a_card(people: People) -> None:
    """And has all of the case on one paper."""
    desk = people.tata_usaha
    await desk.write("/riwayat")
    await desk.tap(await desk.sees("Riwayat ip-asn-2026", button="Kartu Kendali"), "Kartu Kendali")
    await desk.sees("Kartu Kendali ip-asn-2026", "Keadaan per")


async def _in_a_list(people: People) -> None:
    """And what is filed, for its own register."""
    desk = people.tata_usaha
    await desk.write("/berkas")
    await desk.tap(await desk.sees("Berkas ip-asn-2026", button="Daftar Isi Berkas"), "Daftar Isi Berkas")
    await desk.sees("Daftar isi berkas ip-asn-2026")


async def _a_plh(people: People) -> None:
    """Tata Usaha enters who acts for the Kabag, and looks at it."""
    desk = people.tata_usaha
    await desk.write("/plh")
    await desk.tap(await desk.sees("Penugasan Plh. dan Plt.", button="Tugaskan"), "Tugaskan")
    await desk.picks("Kepala Bagian Umum", "Jabatan manakah")
    await desk.answers("sekretaris", "Siapakah yang ditugaskan?")
    await desk.picks("Plh. (pejabat tidak di tempat)", "jenis penugasannya")
    await desk.answers("4 Januari 2027", "memilih hari pertama")
    await desk.answers("8 Januari 2027", "hari terakhir penugasan")
    await desk.answers("12/SPt/2026", "nomor Surat Perintah")
    await desk.picks("Lewati", "tanggal Surat Perintah")
    await desk.picks("Lewati", "mengirim Surat Perintahnya")
    await desk.sends_form("Plh. Kepala Bagian Umum")
    await desk.write("/plh")
    await desk.sees("Penugasan Plh. dan Plt.", "terjadwal", button="Tugaskan")


async def _an_invitation(people: People) -> None:
    """The administrator looks at everybody, at one of them, and invites another."""
    admin = people.admin
    await admin.write("/kelola")
    listed = await admin.sees("Pegawai", button="Undang Pegawai")
    await admin.tap(listed, next(label for label in listed.labels if "Hadi" in label))
    await admin.sees("Keadaan:", "Kepala Bagian Umum", button="Serahkan Jabatan", new=False)
    await admin.write("/kelola")
    await admin.tap(await admin.sees("Pegawai", button="Undang Pegawai"), "Undang Pegawai")
    await admin.picks("Unit Terkait", "sebagai apa")
    await admin.answers("Lestari", "nama")
    await admin.picks("Ibu", "disapa")
    await admin.answers("Direktorat Konservasi Energi", "unit")
    await admin.sends_form("Lestari")
    await admin.sees("berikut tautan pendaftaran")


async def _on_paper(people: People) -> None:
    """Of the next year's case the first disposition was signed on paper, by somebody who is nobody here."""
    desk = people.tata_usaha
    await desk.write("/mulai")
    await desk.picks("2027", "tahun periodenya")
    await desk.answers("B-77/KP.05/SJP/2026", "nomor surat")
    await desk.answers("30 November 2026", "tanggal surat")
    await desk.answers(paper("surat_biro_sdm"), "PDF atau foto")
    await desk.sends_form("B-77/KP.05/SJP/2026")
    await desk.write("/status")
    shown = await desk.sees("ip-asn-2027")
    if ON_PAPER not in shown.labels:
        await desk.picks("Lainnya", "ip-asn-2027")
    await desk.picks(ON_PAPER, "ip-asn-2027")
    await desk.answers("Prof. Baskoro", "Siapakah yang memutuskan?")
    await desk.picks("Plt. (jabatan kosong)", "bertugas sebagai apa")
    await desk.answers("7/SPt/DLB/2026", "nomor Surat Perintah")
    await desk.answers("hari ini", "memilih tanggal lembar")
    await desk.picks("Tindak lanjuti", "isi keputusan pada lembar itu")
    await desk.picks("Lanjut", "isi keputusan pada lembar itu")
    await desk.answers(paper("surat_biro_sdm"), "pindaian lembarnya")
    await desk.sends_form("Prof. Baskoro", "Tanggal lembar")
    await people.sekretaris.sees("telah dicatat oleh Tata Usaha berdasarkan lembar tertulis", new=False)
    await people.kabag.sees("Dicatat oleh Tata Usaha berdasarkan lembar tertulis", new=False)


async def follow_people(people: People, sandbox: Sandbox) -> None:
    await people_case.follow(people, sandbox)
    await _to_a_colleague(people)
    await _opened_again(people)


async def _to_a_colleague(people: People) -> None:
    """Two hold the desk before which next year's case lies: the administrator hands it to one of them."""
    colleague = replace(profiles.SEKRETARIS, name="Bagas", sapaan="Bapak")
    await people.give_phones_to(colleague)
    (code,) = await people.invite((colleague,))
    await people[colleague].write(f"/start {code}")
    await people[colleague].card(1, "Disposisikan", *ASIDE)
    admin = people.admin
    await admin.write("/status")
    await admin.picks("ip-asn-2027-2 · Lainnya", "ip-asn-2027-2")
    await admin.picks("Alihkan Tugas", "ip-asn-2027-2")
    await admin.picks("Bapak Bagas", "dialihkan kepada siapa")
    await admin.answers("Ibu Ratna sedang dinas luar.", "alasan pengalihannya")
    await admin.sends_form("Bapak Bagas")
    await people.sekretaris.sees("dialihkan kepada", "Tidak ada tindakan", new=False)


async def _opened_again(people: People) -> None:
    """A report that was filed with a mistake in it."""
    admin = people.admin
    await admin.write("/status")
    await admin.picks("ip-asn-2026 · Lainnya", "ip-asn-2026")
    await admin.picks("Buka Kembali Langkah", "ip-asn-2026")
    await admin.tap(
        listed := await admin.sees("Langkah manakah"), next(it for it in listed.labels if it.startswith("10."))
    )
    await admin.answers("Tabel 3 memuat angka tahun lalu.", "alasan")
    await admin.sends_form("Tabel 3")
    await people.kabag.sees("di luar alur SOP", "Tabel 3", button="Setujui", new=False)
    await people.sekretaris.sees("dibuka kembali oleh", "di luar alur SOP", new=False)


async def follow_late(people: People, sandbox: Sandbox) -> None:
    await late_case.follow(people, sandbox=sandbox)
    await _an_outage(people, sandbox)
    await _a_plh_at_once(people, sandbox)


async def _a_plh_at_once(people: People, sandbox: Sandbox) -> None:
    """From this day on another acts for the Kabag."""
    listed = json.loads(await sandbox.alur("members", "--json"))
    other = next(item["member"] for item in listed if item["name"] == people.tata_usaha.profile.name)
    days = ("--from", "2026-12-28", "--to", "2026-12-30")
    order = ("--kind", "plh", "--order", "14/SPt/DLB/2026")
    await sandbox.alur("appoint", "kabag_umum", "--member", str(other), *order, *days)
    await people.kabag.sees("ditindaklanjuti oleh Plh.", new=False)
    await people.settle()


async def _an_outage(people: People, sandbox: Sandbox) -> None:
    """The bot is started again as if it had last received some minutes ago, by the machine's own clock."""
    await people.later("2026-12-28 10:00")
    await sandbox.stop()
    await asyncio.to_thread(_heard_last, sandbox, datetime.now(UTC) - OUTAGE)
    await sandbox.restart()
    await people.kabag.sees("mohon ditekan kembali", new=False)
    await people.settle()


def _heard_last(sandbox: Sandbox, at: datetime) -> None:
    database = Database(f"sqlite:///{(sandbox.folder / 'alur.sqlite3').resolve()}")
    with database.write() as session:
        reception.heard(session, at)
    database.close()
