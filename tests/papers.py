"""The smallest files that are what their names say, each with a mark inside by which it differs from others."""

import io
import zipfile

from PIL import Image, PngImagePlugin

from alur.workflow.file_kinds import TAKEN, named_kind

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
OOXML = {
    "docx": ("word/document.xml", "wordprocessingml.document"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet"),
    "pptx": ("ppt/presentation.xml", "presentationml.presentation"),
}


def paper(name: str, mark: bytes | str = b"1") -> bytes:
    """A file of the kind that the name's ending tells; the same mark makes the same bytes."""
    ending = name.rsplit(".", 1)[-1].lower()
    text = (mark if isinstance(mark, str) else mark.decode(errors="replace")).encode().hex()
    if ending in OOXML:
        return _ooxml(*OOXML[ending], text)
    return {"pdf": _pdf, "jpg": photo, "jpeg": photo, "png": _png, "csv": _csv, "zip": _zip}[ending](text)


def mime_of(name: str) -> str:
    """The media type under which the bot keeps a file of that name."""
    return TAKEN[named_kind(name) or "pdf"].mime


def photo(mark: str = "1", size: tuple[int, int] = (1, 1)) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size).save(stream, "JPEG", comment=mark.encode())
    return stream.getvalue()


def packed(parts: dict[str, bytes | str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name), content)
    return stream.getvalue()


def _ooxml(part: str, kind: str, mark: str) -> bytes:
    main = f"application/vnd.openxmlformats-officedocument.{kind}.main+xml"
    override = f'<Override PartName="/{part}" ContentType="{main}"/>'
    relation = f'<Relationship Id="r1" Type="{OFFICE_DOCUMENT}" Target="{part}"/>'
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{TYPES}">{override}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{RELATIONS}">{relation}</Relationships>',
            part: f"<document><!-- {mark} --></document>",
        }
    )


def _pdf(mark: str) -> bytes:
    parts = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    )
    data, places = b"%PDF-1.4\n%" + mark.encode() + b"\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(data)
    return data + b"xref\n0 4\n0000000000 65535 f \n" + table + end


def _png(mark: str) -> bytes:
    stream, info = io.BytesIO(), PngImagePlugin.PngInfo()
    info.add_text("mark", mark)
    Image.new("RGB", (1, 1)).save(stream, "PNG", pnginfo=info)
    return stream.getvalue()


def _csv(mark: str) -> bytes:
    return f"nama;nilai\n{mark};1\n".encode()


def _zip(mark: str) -> bytes:
    return packed({f"{mark or 'isi'}.txt": mark})
