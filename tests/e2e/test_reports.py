"""/laporan on a phone, and `alur report` as people type it."""

import asyncio
from io import BytesIO

import openpyxl
import pikepdf
import pytest
from PIL import Image

from alur.storage import cases
from tests import forked
from tests.e2e.desk import TOKEN


async def delivered(office, role):
    """The message and what came below it."""
    await office[role].send("/laporan")
    said = await office.says(role, "Laporan 2026")
    await office.settled()
    return said, [item for item in await office[role].messages() if item.by_bot and item.id > said.id]


def earlier_year(office):
    """The same case once more, as one of the year before."""

    def another(work):
        record = office.record
        old = record.case.model_copy(update={"code": "ip-asn-2025", "period": "2025"})
        cases.create(work.session, old)

    office.transact(another)


async def test_whoever_reads_cases_whole_has_lines_picture_and_files(any_office):
    office = any_office
    await office.walk_to(6)
    said, below = await delivered(office, "sekretaris")
    assert said.text.split("\n") == [
        "Laporan 2026",
        "Laporan Capaian IP ASN · keadaan per Senin, 2 Nov 2026, 09.00 WIB",
        "• Proses: 0 selesai, 1 berjalan",
        "• Dalam batas waktu: 5 dari 5 pelaksanaan langkah (100%)",
        "• Tidak ada langkah yang melewati batas waktu",
        "• Dikembalikan: 0 kali",
        "",
        "Grafik dan berkasnya tersedia di bawah.",
    ]
    assert said.labels == ()
    assert [[file.kind for file in item.files] for item in below] == [["photo"], ["document"], ["document"]]
    picture, pdf, xlsx = [await item.download() for item in below]
    assert Image.open(BytesIO(picture)).width == 1170
    with pikepdf.open(BytesIO(pdf)) as made:
        assert len(made.pages) >= 1
    assert openpyxl.load_workbook(BytesIO(xlsx)).sheetnames == ["Langkah", "Tahun", "Proses"]
    assert [item.files[0].name for item in below[1:]] == ["laporan-2026.pdf", "laporan-2026.xlsx"]


async def test_a_year_is_turned_in_its_message_and_its_files_come_once(office):
    await office.walk_to(6)
    earlier_year(office)
    said, _ = await delivered(office, "tata_usaha")
    assert "tahun 2025: 100%" in said.text
    assert said.labels == ("Sebelumnya",)
    last = (await office["tata_usaha"].messages())[-1].id
    answer = await office.tap("tata_usaha", "Sebelumnya", said)
    assert not answer.alert
    await office.settled()
    turned = await office.now("tata_usaha", said)
    assert turned.text.startswith("Laporan 2025\n")
    assert turned.labels == ("Berikutnya",)
    below = [item for item in await office["tata_usaha"].messages() if item.id > last]
    assert [item.files[0].name for item in below][1:] == ["laporan-2025.pdf", "laporan-2025.xlsx"]
    await office.tap("tata_usaha", "Berikutnya", turned)
    await office.settled()
    again = await office.now("tata_usaha", said)
    await office.tap("tata_usaha", "Sebelumnya", again)
    await office.settled()
    last = [item.files[0].name for item in await office["tata_usaha"].messages() if item.id > below[-1].id]
    assert last[1:] == ["laporan-2026.pdf", "laporan-2026.xlsx"]


async def test_a_guest_is_told_politely_and_a_forged_press_is_refused_and_recorded(office):
    await office.walk_to(6)
    for role in ("unit_terkait", "biro_sdm"):
        await office[role].send("/laporan")
        said = await office.says(role, "hanya dapat dibaca oleh")
        count = len(await office[role].messages())
        assert (await office[role].press_forged(said.id, "report:o:0:2026")).alert
        await office.settled()
        assert len(await office[role].messages()) == count
    assert office.refusals(of_office=True) == ["NotReadable"] * 4


async def test_an_administrator_reads_it_and_a_year_without_a_case_says_so(office):
    await office.walk_to(2)
    said, below = await delivered(office, "admin")
    assert len(below) == 3
    assert not (await office["admin"].press_forged(said.id, "report:o:0:1999")).alert
    await office.settled()
    turned = await office.now("admin", said)
    assert "Tidak ada proses tahun 1999 yang dapat kami tampilkan" in turned.text
    assert turned.labels == ("Berikutnya",)
    assert [item for item in await office["admin"].messages() if item.id > below[-1].id] == []


async def test_before_the_first_case_there_is_nothing_to_report(office):
    await office.begin()
    said, below = await delivered(office, "kabag_umum")
    assert "Tidak ada proses tahun 2026" in said.text
    assert (said.labels, below) == ((), [])


async def test_after_the_archive_status_and_history_say_where_it_lies(office):
    await office.walk_to(12)
    desk = office["tata_usaha"]
    await office.tap(desk, "Sudah Diarsipkan")
    await office.fill(
        desk, "Belum ada tanda tangan dari Nadine.", "682.K/OT.02/DJL.1/2026", "OT.02", "17", "Lemari A-3, Rak 2"
    )
    await office.tap(desk, "Kirim")
    await office.settled()
    lies = "Nomor berkas 17 · kode klasifikasi OT.02 · lokasi simpan: Lemari A-3, Rak 2"
    for command in ("/status", "/riwayat"):
        await office["analis_sdm"].send(command)
        await office.says("analis_sdm", lies)
    said, _ = await delivered(office, "sekretaris")
    assert "Proses: 1 selesai, 0 berjalan" in said.text
    await office["unit_terkait"].send("/status")
    guest = await office.says("unit_terkait", "Rapat internal")
    assert "Lemari" not in guest.text


@pytest.fixture
def alur(tmp_path):
    async def run(*arguments, **settings):
        given = {f"ALUR_{name.upper()}": str(value) for name, value in settings.items()}
        status, out, error = await asyncio.to_thread(forked.said, *arguments, folder=tmp_path, settings=given)
        assert "Traceback" not in error, error
        return status, out, error

    return run


async def test_the_command_line_prints_the_table_and_writes_the_files(any_office, alur, tmp_path):
    office = any_office
    await office.walk_to(6)
    known = {
        "bot_token": TOKEN,
        "api_url": office.settings.api_url,
        "data_dir": office.settings.data_dir,
        "database_url": office.settings.database,
        "clock_url": office.settings.clock_url,
    }
    status, out, error = await alur("report", **known)
    assert (status, error) == (0, "")
    head, columns, first, *_ = out.splitlines()
    assert head == "68.SOP/OT.03/SDL.4/2023: Laporan Capaian IP ASN, 2026, as of 2026-11-02 09:00 WIB"
    assert columns.split() == [
        "step",
        "limit",
        "done",
        "median",
        "worst",
        "in",
        "time",
        "granted",
        "returned",
        "waited",
        "running",
    ]
    assert first.split() == ["1", "1", "1", "0", "0", "1", "-", "-", "-", "-"]
    assert "  ip-asn-2026: running at 6, 0 working days" in out
    status, out, error = await alur("report", "2026", "--to", "made/here", **known)
    assert (status, error) == (0, "")
    made = [tmp_path / "made" / "here" / f"laporan-2026.{kind}" for kind in ("pdf", "xlsx")]
    assert out.splitlines()[-2:] == [f"made/here/{path.name}" for path in made]
    assert made[0].read_bytes().startswith(b"%PDF")
    assert openpyxl.load_workbook(made[1]).sheetnames == ["Langkah", "Tahun", "Proses"]


async def test_what_is_wrong_is_one_sentence(office, alur, tmp_path):
    await office.walk_to(2)
    known = {"bot_token": TOKEN, "api_url": office.settings.api_url, "data_dir": office.settings.data_dir}
    known["clock_url"] = office.settings.clock_url
    assert await alur("report", "2031", **known) == (1, "", "there is no case of 2031\n")
    assert (await alur("report", "26", **known))[0] == 2
    (tmp_path / "taken").write_text("")
    status, _, error = await alur("report", "--to", "taken", **known)
    assert (status, error) == (1, "cannot write taken/laporan-2026.pdf: File exists\n")
    status, _, error = await alur("report", "2026", data_dir="nowhere")
    assert (status, "this office has not begun to work" in error) == (1, True)
