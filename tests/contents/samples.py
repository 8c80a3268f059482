"""Files as programs and people make them, each by the library that the field uses: what is taken, and what is not."""

import io
import zipfile
from collections.abc import Callable
from functools import cache

import docx
import msoffcrypto
import msoffcrypto.format.ooxml
import openpyxl
import pikepdf
import pyzipper
from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText
from odf.table import Table, TableCell, TableRow
from odf.text import P
from PIL import Image

from tests.papers import packed

PASSWORD = "rahasia"
LOGIN = b"<!DOCTYPE html>\n<html><head><title>Masuk</title></head><body><form>Kata sandi</form></body></html>"
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")  # MS-CFB 2.2
TRANSITIONAL = b"http://schemas.openxmlformats.org/"
STRICT = (  # ISO 29500-1, annex A
    (b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"),
    (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships", b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
)  # fmt: skip


@cache
def word(*, lines: int = 3) -> bytes:
    document, stream = docx.Document(), io.BytesIO()
    document.core_properties.author = "Analis"
    for number in range(lines):
        document.add_paragraph(f"Butir {number}")
    document.save(stream)
    return stream.getvalue()


@cache
def workbook() -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["NIP", "Nilai"])
    book.active.append(["198012312005011009", 81.5])
    book.save(stream)
    return stream.getvalue()


@cache
def pdf(*, pages: int = 1, **saved: object) -> bytes:
    with pikepdf.new() as file:
        for _ in range(pages):
            file.add_blank_page()
        stream = io.BytesIO()
        file.save(stream, **saved)
    return stream.getvalue()


@cache
def picture(form: str, *, size: int = 300) -> bytes:
    stream = io.BytesIO()
    Image.effect_noise((size, size), 50).convert("RGB").save(stream, form)
    return stream.getvalue()


@cache
def text_document(*, locked: bool = False) -> bytes:
    document, stream = OpenDocumentText(), io.BytesIO()
    document.text.addElement(P(text="Risalah"))
    document.write(stream)
    return _locked_odf(stream.getvalue()) if locked else stream.getvalue()


@cache
def table_document() -> bytes:
    document, stream = OpenDocumentSpreadsheet(), io.BytesIO()
    table, row, cell = Table(name="Data"), TableRow(), TableCell()
    cell.addElement(P(text="81,5"))
    row.addElement(cell)
    table.addElement(row)
    document.spreadsheet.addElement(table)
    document.write(stream)
    return stream.getvalue()


@cache
def locked(data: bytes) -> bytes:
    """As Office saves it with a password to open it: a container of before 2007, the document encrypted inside."""
    stream = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(data)).encrypt(PASSWORD, stream)
    return stream.getvalue()


@cache
def old(name: str) -> bytes:
    """A container of before 2007 whose stream bears that name."""
    data, place = locked(word()), locked(word()).index("EncryptedPackage".encode("utf-16-le"))
    entry = name.encode("utf-16-le").ljust(64, b"\x00") + ((len(name) + 1) * 2).to_bytes(2, "little")  # MS-CFB 2.6.1
    return data[:place] + entry + data[place + len(entry) :]


@cache
def locked_pdf(*, to_open: bool) -> bytes:
    return pdf(encryption=pikepdf.Encryption(owner="pemilik", user=PASSWORD if to_open else ""))


@cache
def locked_zip() -> bytes:
    stream = io.BytesIO()
    with pyzipper.AESZipFile(stream, "w", encryption=pyzipper.WZ_AES) as file:
        file.setpassword(PASSWORD.encode())
        file.writestr("Data capaian.xlsx", workbook())
    return stream.getvalue()


@cache
def locked_parts(data: bytes) -> bytes:
    """A document whose parts a packer has encrypted one by one; their names stay readable."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as file,
        pyzipper.AESZipFile(stream, "w", encryption=pyzipper.WZ_AES) as copy,
    ):
        copy.setpassword(PASSWORD.encode())
        for name in file.namelist():
            copy.writestr(name, file.read(name))
    return stream.getvalue()


def repacked(data: bytes, change: Callable[[str, bytes], bytes | None] = lambda _name, content: content) -> bytes:
    """The same parts, changed, or left out where the change is None."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts = {name: change(name, file.read(name)) for name in file.namelist()}
    return packed({name: content for name, content in parts.items() if content is not None})


@cache
def streamed(data: bytes) -> bytes:
    """As Android writes a ZIP, whose sizes stand behind each part."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.written = b""

        def writable(self) -> bool:
            return True

        def write(self, data) -> int:
            self.written += bytes(data)
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(io.BytesIO(data)) as file, zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in file.namelist():
            copy.writestr(name, file.read(name))
    return pipe.written


def without_properties(data: bytes) -> bytes:
    """As Google Docs, and some of WPS, write it: nothing tells who wrote it and when."""

    def change(name: str, content: bytes) -> bytes | None:
        if name.startswith("docProps/"):
            return None
        if name in ("_rels/.rels", "[Content_Types].xml"):
            return _without(content, b"docProps/")
        return content

    return repacked(data, change)


def strict(data: bytes) -> bytes:
    """As Office saves a "Strict Open XML Document"."""

    def change(_name: str, content: bytes) -> bytes:
        for transitional, own in STRICT:
            content = content.replace(transitional, own)
        return content

    return repacked(data, change)


def with_macros(data: bytes) -> bytes:
    main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return repacked(
        data, lambda _name, part: part.replace(main, b"application/vnd.ms-word.document.macroEnabled.main+xml")
    )


def template(data: bytes) -> bytes:
    return repacked(data, lambda _name, part: part.replace(b"document.main+xml", b"template.main+xml"))


def _without(content: bytes, mark: bytes) -> bytes:
    """Leaves out the elements that speak of it."""
    head, *rest = content.split(b"><")
    return b"><".join([head, *(item for item in rest if mark not in item)])


def _locked_odf(data: bytes) -> bytes:
    """As LibreOffice saves it with a password: what is encrypted stands in the manifest (ODF 1.2, part 3, 3.4)."""
    entry = b"<manifest:encryption-data manifest:checksum=''/></manifest:manifest>"
    return repacked(
        data,
        lambda name, part: part.replace(b"</manifest:manifest>", entry) if name == "META-INF/manifest.xml" else part,
    )


# Kind, name, media type, content.
TAKEN: dict[str, tuple[str, str, bytes]] = {
    "word": ("docx", "Konsep.docx", word()),
    "excel": ("xlsx", "Data.xlsx", workbook()),
    "pdf": ("pdf", "Surat.pdf", pdf()),
    "linearized": ("pdf", "Surat.pdf", pdf(linearize=True)),
    "object streams": ("pdf", "Surat.pdf", pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate)),
    "owner's password only": ("pdf", "Surat.pdf", locked_pdf(to_open=False)),
    "junk before": ("pdf", "Surat.pdf", b"X-Scanner: 1\r\n\r\n" + pdf()),
    "line feeds behind": ("pdf", "Surat.pdf", pdf() + b"\r\n" * 20),
    "zeros behind": ("pdf", "Surat.pdf", pdf() + bytes(10_000)),
    "table is off": ("pdf", "Surat.pdf", pdf().replace(b"startxref\n", b"startxref\n9")),
    "strict": ("docx", "Konsep.docx", strict(word())),
    "streamed word": ("docx", "Konsep.docx", streamed(word())),
    "streamed zip": ("zip", "Foto.zip", streamed(packed({"foto.jpg": picture("JPEG")}))),
    "no properties": ("docx", "Konsep.docx", without_properties(word())),
    "no properties, excel": ("xlsx", "Data.xlsx", without_properties(workbook())),
    "odt": ("odt", "Lampiran.odt", text_document()),
    "ods": ("ods", "Data.ods", table_document()),
    "jpg": ("jpg", "Foto.jpg", picture("JPEG")),
    "png": ("png", "Foto.png", picture("PNG")),
    "zip": ("zip", "Berkas.zip", packed({"Konsep.docx": word()})),
    "csv": ("csv", "Data.csv", b"NIP;Nilai\n1980;81,5\n"),
    "csv of Excel": ("csv", "Data.csv", "NIP\tNilai\n1980\t81,5\n".encode("utf-16")),
    "csv of old Excel": ("csv", "Data.csv", "NIP;Unit\n1980;Büro\n".encode("cp1252")),
}
# Fault, kind, name, content.
REFUSED: dict[str, tuple[str, str, str, bytes]] = {
    "locked word": ("password", "ole", "Konsep.docx", locked(word())),
    "locked excel": ("password", "ole", "Data.xlsx", locked(workbook())),
    "locked pdf": ("password", "pdf", "Surat.pdf", locked_pdf(to_open=True)),
    "locked zip": ("password", "zip", "Data.zip", locked_zip()),
    "locked parts": ("password", "docx", "Konsep.docx", locked_parts(word())),
    "locked odf parts": ("password", "odf", "Data.ods", locked_parts(table_document())),
    "locked odt": ("password", "odt", "Risalah.odt", text_document(locked=True)),
    "half a word": ("damaged", "docx", "Konsep.docx", word()[: len(word()) // 2]),
    "half an excel": ("damaged", "xlsx", "Data.xlsx", workbook()[: len(workbook()) // 2]),
    "half a pdf": ("damaged", "pdf", "Surat.pdf", pdf(pages=40)[: len(pdf(pages=40)) // 2]),
    "half a jpg": ("damaged", "jpg", "Foto.jpg", picture("JPEG")[: len(picture("JPEG")) // 2]),
    "half a png": ("damaged", "png", "Foto.png", picture("PNG")[: len(picture("PNG")) // 2]),
    "half an odt": ("damaged", "odt", "Risalah.odt", text_document()[:300]),
    "word without its document": (
        "damaged",
        "docx",
        "Konsep.docx",
        repacked(word(), lambda name, part: None if name == "word/document.xml" else part),
    ),
    "word that is no XML": (
        "damaged",
        "docx",
        "Konsep.docx",
        repacked(word(), lambda name, part: part[:-20] if name == "word/document.xml" else part),
    ),
    "empty zip": ("empty", "zip", "Konsep.docx", packed({})),
    "zip of folders": ("empty", "zip", "Data.zip", packed({"Data/": b""})),
    "pdf without pages": ("empty", "pdf", "Surat.pdf", pdf(pages=0)),
    "zeros": ("empty", "unknown", "Surat.pdf", bytes(5000)),
    "login page": ("kind", "web_page", "Konsep.docx", LOGIN),
    "html as excel": ("kind", "web_page", "Data.xlsx", b"<table><tr><td>81,5</td></tr></table>"),
    "page with a mark": ("kind", "web_page", "Data.xls", b"\xef\xbb\xbf  <!-- SIASN --><html></html>"),
    "archived page": ("kind", "web_page", "Data.xls", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n"),
    "program": ("kind", "program", "Surat.pdf", b"MZ" + bytes(range(256)) * 8),
    "excel as word": ("kind", "xlsx", "Konsep.docx", workbook()),
    "word as excel": ("kind", "docx", "Data.xlsx", word()),
    "jpg as pdf": ("kind", "jpg", "Nota dinas laporan capaian bertanda tangan.pdf", picture("JPEG")),
    "zip as word": ("kind", "zip", "Konsep.docx", packed({"Konsep.txt": b"isi"})),
    "text as word": ("kind", "text", "Konsep.docx", b"Yth. Kepala Bagian Umum"),
    "json as pdf": ("kind", "text", "Surat.pdf", b'{"ok": false}'),
    "old word": ("kind", "doc", "Konsep.doc", old("WordDocument")),
    "old word as word": ("kind", "doc", "Konsep.docx", old("WordDocument")),
    "old excel": ("kind", "xls", "Data.xls", old("Workbook")),
    "old powerpoint": ("kind", "ppt", "Paparan.ppt", old("PowerPoint Document")),
    "old office's header": ("kind", "ole", "Konsep.docx", OLD_OFFICE + bytes(504)),
    "macros": ("macros", "docx", "Konsep.docm", with_macros(word())),
    "template": ("template", "docx", "Konsep.dotx", template(word())),
    "rtf": ("kind", "rtf", "Konsep.doc", b"{\\rtf1\\ansi Konsep}"),
    "webp": ("kind", "picture", "Foto.webp", picture("WEBP")),
    "gif": ("kind", "picture", "Foto.gif", picture("GIF")),
    "heic": ("kind", "picture", "IMG_0001.HEIC", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(64)),
    "mp3": ("kind", "audio", "rapat.mp3", b"ID3\x04\x00\x00\x00\x00\x00\x00" + bytes(64)),
    "m4a": ("kind", "audio", "rapat.m4a", b"\x00\x00\x00\x1cftypM4A \x00\x00\x00\x00M4A mp42isom" + bytes(64)),
    "rar": ("kind", "archive", "Data.rar", b"Rar!\x1a\x07\x01\x00" + bytes(64)),
    "pages": ("kind", "iwork", "Konsep.pages", packed({"Index/Document.iwa": b"1"})),
}  # fmt: skip
