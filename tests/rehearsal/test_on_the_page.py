"""The demo as a newcomer sees it: the real bot, and the page in a real browser. Nothing but clicks, typing and files."""

from playwright.async_api import expect

from bot.rehearsal import papers
from bot.rehearsal.papers import LETTER_NUMBER
from tests.browser import browsing
from tests.rehearsal.test_interactive import started

PATIENCE = 30_000  # milliseconds for what takes a tenth of a second on two free cores
DESK, HEAD, ANALYST, BOSS = "Wati", "Hadi", "Rina", "Ratna"


class Phones:
    """What a person can do on the page, by what he sees there."""

    def __init__(self, page):
        self.page = page

    def of(self, name):
        return self.page.get_by_role("region", name=f"Phone of {name}")

    def newest(self, name, button):
        return self.of(name).locator("[data-message]").get_by_role("button", name=button, exact=True).last

    async def tap(self, name, button):
        await expect(self.newest(name, button)).to_be_enabled(timeout=PATIENCE)
        await self.newest(name, button).click()

    async def type(self, name, text):
        box = self.of(name).get_by_label("Message to Alur")
        await box.fill(text)
        await box.press("Enter")

    async def sample(self, name, file):
        """The file that is due lies on top."""
        await self.of(name).get_by_role("button", name="Sample files").click()
        top = self.of(name).get_by_role("group", name="Sample files").get_by_role("button").first
        await expect(top).to_contain_text(file)
        await top.click()

    async def sees(self, name, words):
        """A message, not only a toast."""
        await expect(self.of(name).locator("[data-message]").filter(has_text=words).last).to_be_visible(
            timeout=PATIENCE
        )

    async def opens_the_case(self):
        await self.type(DESK, "/mulai")
        await self.tap(DESK, "2026")
        await self.sees(DESK, "Mohon mengetik nomor surat")
        await self.type(DESK, LETTER_NUMBER)
        await self.tap(DESK, "Jum 30 Okt")
        await self.sees(DESK, "Mohon mengirim suratnya")
        await self.sample(DESK, "Surat Kepala Biro SDM.pdf")
        await self.tap(DESK, "Kirim")

    async def disposes(self, name):
        await self.tap(name, "Disposisikan")
        await self.tap(name, "Kirim")


async def test_steps_1_to_6_by_clicking_and_uploading_with_a_reload_and_a_return(tmp_path):
    async with started(tmp_path / "gladi") as demo, browsing() as (visit, faults):
        phones = Phones(await visit(await demo.url(), viewport={"width": 2300, "height": 1000}))
        await phones.opens_the_case()
        await phones.disposes(BOSS)
        await phones.disposes(HEAD)

        await phones.sees(ANALYST, "Langkah 2/12")
        await phones.sample(ANALYST, "Data capaian IP ASN 2026.xlsx")
        await phones.sees(ANALYST, "Berkas diterima: Data capaian IP ASN, versi 1")
        await phones.page.reload()
        await phones.sees(ANALYST, "Berkas diterima: Data capaian IP ASN, versi 1")
        await pick(phones, ANALYST, papers.paper("konsep_undangan"))
        await phones.sees(ANALYST, "Berkas diterima: Konsep undangan rapat, versi 1")
        await phones.tap(ANALYST, "Ajukan")

        await phones.disposes(HEAD)
        await phones.tap(ANALYST, "Jadwalkan Rapat")
        await phones.tap(ANALYST, "Jum 6 Nov")
        await phones.tap(ANALYST, "09.00")
        await phones.sees(ANALYST, "Mohon mengetik tempat rapat")
        await phones.type(ANALYST, "Ruang Rapat Lantai 4")
        await phones.tap(ANALYST, "Kirim")
        await phones.sample(ANALYST, "Undangan rapat.docx")
        await phones.sees(ANALYST, "Berkas diterima: Undangan rapat, versi 1")
        await phones.tap(ANALYST, "Ajukan")
        await phones.tap("Bima", "Hadir")
        await phones.sees(HEAD, "akan hadir 1")

        for paper in ("Notula rapat rekonsiliasi.docx", "Pemutakhiran data capaian.xlsx"):
            await phones.sample(ANALYST, paper)
        await phones.sees(ANALYST, "Dokumen telah lengkap dan menunggu")
        await phones.tap(HEAD, "Rapat Selesai")
        await phones.tap(HEAD, "Kirim")  # the clock stands before the meeting's hour
        await phones.sees(ANALYST, "Langkah 5/12")
        for paper in ("Konsep nota dinas laporan rapat.docx", "Data awal capaian.xlsx"):
            await phones.sample(ANALYST, paper)
        await phones.sees(ANALYST, "Berkas diterima: Data awal capaian IP ASN, versi 1")
        await phones.tap(ANALYST, "Ajukan")

        await phones.tap(HEAD, "Kembalikan")
        await phones.tap(HEAD, "Lanjut")
        await phones.sees(HEAD, "Mohon mengetik catatan perbaikan")
        await phones.type(HEAD, "Tabel per unit belum sesuai notula.")
        await phones.tap(HEAD, "Kirim")

        await phones.sees(ANALYST, "Catatan perbaikan dari")
        await phones.sees(ANALYST, "Tabel per unit belum sesuai notula.")
    assert faults == []


async def pick(phones, name, paper):
    """A file of his own, from the picker; it lies ready until it is sent."""
    phone = phones.of(name)
    async with phones.page.expect_file_chooser() as chooser:
        await phone.get_by_role("button", name="Attach files").click()
    await (await chooser.value).set_files({"name": paper.name, "mimeType": paper.mime, "buffer": paper.data})
    await phone.get_by_role("button", name="Send", exact=True).click()
