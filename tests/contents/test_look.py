"""What a content is found to be, and under which name it is kept: files of the field's libraries, and of people."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alur.contents import office, pdf, pictures
from alur.contents.look import look
from alur.workflow.file_kinds import FOREIGN, TAKEN, Finding, Unfit, ending_of, fitting, kept_name, named_kind
from tests.contents import samples
from tests.papers import packed

DOCX, PDF = TAKEN["docx"].mime, TAKEN["pdf"].mime


@pytest.mark.parametrize("sample", samples.TAKEN)
def test_what_can_be_opened_is_taken_under_its_name(sample):
    kind, name, data = samples.TAKEN[sample]
    assert fitting(look(data), name=name, mime="application/octet-stream") == (name, TAKEN[kind].mime)


@pytest.mark.parametrize("sample", samples.REFUSED)
def test_what_cannot_be_opened_or_is_something_else_is_not(sample):
    fault, kind, name, data = samples.REFUSED[sample]
    with pytest.raises(Unfit) as refused:
        fitting(look(data), name=name, mime="application/octet-stream")
    assert (refused.value.fault, refused.value.found) == (fault, kind)


@pytest.mark.parametrize("sample", samples.TAKEN)
def test_wherever_a_file_was_cut_something_is_said_of_it(sample):
    _, _, data = samples.TAKEN[sample]
    for end in range(0, len(data), max(1, len(data) // 40)):
        found = look(data[:end])
        assert found.kind in (*TAKEN, *FOREIGN)


@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"%PDF-1.7", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", samples.OLD_OFFICE]))  # fmt: skip
def test_whatever_comes_something_is_said_of_it(data, head):
    assert look(head + data).kind in (*TAKEN, *FOREIGN)


# The name under which it is kept


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("", "berkas.docx"),
        ("Konsep undangan", "Konsep undangan.docx"),
        ("Konsep undangan.docx ", "Konsep undangan.docx"),
        ("Konsep undangan.docx.", "Konsep undangan.docx"),
        ("Konsep undangan.docx (1)", "Konsep undangan (1).docx"),
        ("Konsep undangan.docx(2)", "Konsep undangan(2).docx"),
        ("Konsep undangan No. 12", "Konsep undangan No. 12.docx"),
        ("Konsep undangan v1.2", "Konsep undangan v1.2.docx"),
        ("Konsep undangan.final", "Konsep undangan.final.docx"),
        ("Konsep undangan.DOCX", "Konsep undangan.DOCX"),
        ("Konsep undangan.doc", "Konsep undangan.docx"),
        (".docx", "berkas.docx"),
    ],
)
def test_a_name_gets_the_ending_of_its_content(name, kept):
    assert fitting(Finding("docx"), name=name, mime="") == (kept, DOCX)


@pytest.mark.parametrize("name", ["Foto.heic", "Foto.webp", "Foto.jpeg", "Foto.JPG", "Foto.png", "Foto"])
def test_a_picture_may_bear_the_ending_of_another(name):
    kept, mime = fitting(Finding("jpg"), name=name, mime="")
    assert mime == "image/jpeg"
    assert named_kind(kept) == "jpg"


@pytest.mark.parametrize(
    ("name", "mime", "kind"),
    [
        ("Data.csv", "", "csv"),
        ("Data", "text/csv", "csv"),
        ("Data", "text/plain", None),
        ("Data.txt", "text/plain", None),
    ],
)
def test_a_table_as_text_is_told_by_its_name_or_media_type(name, mime, kind):
    if kind is None:
        with pytest.raises(Unfit, match="text"):
            fitting(Finding("text"), name=name, mime=mime)
    else:
        assert fitting(Finding("text"), name=name, mime=mime)[1] == TAKEN[kind].mime


@given(st.text(max_size=40), st.sampled_from(sorted(TAKEN)))
def test_every_kept_name_tells_its_kind_and_stays_as_it_is(name, kind):
    kept = kept_name(name, TAKEN[kind])
    assert ending_of(kept) in TAKEN[kind].endings
    assert kept_name(kept, TAKEN[kind]) == kept


# Bounds


def test_a_zip_that_unpacks_to_too_much_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(office, "UNPACKED", 1000)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("nol.txt", bytes(1001))
    assert look(stream.getvalue()) == Finding("zip", "too_much")


def test_a_zip_of_too_many_entries_is_not_read(monkeypatch):
    monkeypatch.setattr(office, "MOST_ENTRIES", 3)
    assert look(packed({f"{number}.txt": b"1" for number in range(3)})) == Finding("zip")
    assert look(packed({f"{number}.txt": b"1" for number in range(4)})) == Finding("zip", "too_much")


def test_a_document_whose_list_of_parts_is_too_long_is_told_by_the_names_of_its_parts(monkeypatch):
    monkeypatch.setattr(office, "SMALL", 100)
    assert look(samples.word()) == Finding("docx", "too_much")
    assert look(samples.workbook()) == Finding("xlsx", "too_much")


def test_a_directory_that_is_too_long_is_not_read(monkeypatch):
    monkeypatch.setattr(office, "DIRECTORY", 100)
    assert look(packed({"a.txt": b"1"})) == Finding("zip")
    assert look(packed({f"{'a' * 80}.txt": b"1"})) == Finding("zip", "too_much")


def test_xml_deeper_than_any_programs_is_not_read(monkeypatch):
    def nested(deep):
        body = b"<a>" * deep + b"</a>" * deep
        return samples.repacked(samples.word(), lambda name, part: body if name == "word/document.xml" else part)

    monkeypatch.setattr(office, "DEEPEST", 20)
    assert look(nested(20)) == Finding("docx")
    assert look(nested(21)) == Finding("docx", "too_much")


def test_entities_are_no_document_of_an_office_program():
    body = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    data = samples.repacked(samples.word(), lambda name, part: body if name == "word/document.xml" else part)
    assert look(data) == Finding("docx", "damaged")


def test_of_long_xml_the_beginning_is_read(monkeypatch):
    long = samples.repacked(samples.word(lines=2000), lambda name, part: part[:-20] if "document" in name else part)
    assert look(long) == Finding("docx", "damaged")
    monkeypatch.setattr(office, "READ", 10_000)
    assert look(long) == Finding("docx")


def test_a_pdf_of_too_many_pages_is_too_much(monkeypatch):
    monkeypatch.setattr(pdf, "MOST_PAGES", 4)
    assert look(samples.pdf(pages=4)) == Finding("pdf")
    assert look(samples.pdf(pages=5)) == Finding("pdf", "too_much")


def test_a_picture_of_too_many_points_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(pictures, "MOST", 300 * 300 - 1)
    assert look(samples.picture("PNG")) == Finding("png", "too_much")
    assert look(samples.picture("JPEG")) == Finding("jpg", "too_much")
