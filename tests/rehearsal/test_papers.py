from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook

from alur.contents import signatures
from alur.storage import sop_files
from bot.rehearsal import papers
from bot.rehearsal.papers import excel

SUFFIXES = {"xlsx": papers.XLSX, "docx": papers.DOCX, "pdf": papers.PDF}


def test_every_document_of_the_sop_that_is_uploaded_has_a_paper():
    (sop,) = sop_files.read_folder(sop_files.default_folder())
    uploaded = {document for step in sop.steps for document in step.uploads}
    assert uploaded <= set(papers.MAKERS) <= {document.id for document in sop.documents}


@pytest.mark.parametrize("document", papers.MAKERS)
def test_a_paper_is_what_its_name_says(document):
    paper = papers.paper(document)
    suffix = paper.name.rpartition(".")[2]
    assert paper.mime == SUFFIXES[suffix]
    match suffix:
        case "xlsx":
            assert load_workbook(BytesIO(paper.data)).active.max_row > 40
        case "docx":
            assert any(paragraph.text for paragraph in Document(BytesIO(paper.data)).paragraphs)
        case "pdf":
            assert paper.data.startswith(b"%PDF-")


@pytest.mark.parametrize("document", [key for key in papers.MAKERS if papers.paper(key).mime != papers.PDF])
def test_a_revised_draft_differs_in_name_and_bytes(document):
    first, second = papers.paper(document), papers.paper(document, version=2)
    assert first.name != second.name
    assert first.sha256 != second.sha256


def test_no_two_versions_of_an_invitation_say_the_same():
    """Else they are one file where they are made in one moment, and the bot says so."""
    said = [
        "\n".join(cell.text for table in Document(BytesIO(made.data)).tables for cell in table._cells)
        for made in (papers.paper("undangan", version=version) for version in (1, 2, 3))
    ]
    assert len(set(said)) == 3


def test_both_reports_are_signed_and_whole():
    for document in ("nota_dinas_rapat", "nota_dinas_laporan"):
        found = signatures.look(papers.paper(document).data)
        assert (found.state, [item.by for item in found.given]) == ("whole", [papers.SIGNER])


def test_the_same_paper_is_the_same_bytes():
    assert papers.paper("konsep_undangan") is papers.paper("konsep_undangan")


def test_the_data_are_averages_of_groups_and_name_nobody():
    rows = list(load_workbook(BytesIO(papers.paper("data_capaian").data)).active.iter_rows(min_row=5, values_only=True))
    groups = rows[:-1]
    assert len(groups) == 40
    assert all(row[3] >= excel.SMALLEST_GROUP for row in groups)
    assert all(0 < row[4] <= 25 and 0 < row[5] <= 40 and 0 < row[6] <= 30 and 0 < row[7] <= 5 for row in groups)


def test_an_invitation_has_the_parts_that_an_office_expects():
    tables = Document(BytesIO(papers.paper("undangan").data)).tables
    parts = [row.cells[0].text for table in tables for row in table.rows]
    assert parts == [
        *("Nomor", "Sifat", "Lampiran", "Hal", "Tanggal", "Yth."),
        *("Hari/tanggal", "Pukul", "Tempat", "Acara"),
    ]


def test_the_photo_is_a_picture():
    assert papers.corrected_page().data.startswith(b"\x89PNG\r\n")
