"""Letters as an intermediary signs them (PAdES, by pyHanko), with certificates made here; and what becomes of such a file when
somebody saves it once more.
"""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import cache

import pikepdf
from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

SIGNED_AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
RATNA, HADI = "Ratna Wulandari", "Hadi Prasetyo"
OWNER = "pemilik"


@cache
def signer(name: str) -> signers.SimpleSigner:
    """Somebody with a certificate of an authority that nobody knows."""
    authority, root = _certified("Otoritas Uji", None, None)
    key, certificate = _certified(name, authority, root)
    store = SimpleCertificateStore()
    store.register_multiple([_asn1(root)])
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return signers.SimpleSigner(
        signing_cert=_asn1(certificate), signing_key=keys.PrivateKeyInfo.load(private), cert_registry=store
    )


def _certified(
    name: str, issuer: rsa.RSAPrivateKey | None, by: x509.Certificate | None
) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(SIGNED_AT - timedelta(days=400))
        .not_valid_after(SIGNED_AT + timedelta(days=400))
        .add_extension(x509.BasicConstraints(ca=by is None, path_length=None), critical=True)
    )
    return key, made.sign(issuer or key, hashes.SHA256())


def _asn1(certificate: x509.Certificate) -> asn1.Certificate:
    return asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def letter(*, note: bool = True, ballast: int = 0, **saved: object) -> bytes:
    """A page with words, and a field that can be filled in; with as many things beside it as is wished."""
    with pikepdf.new() as file:
        file.add_blank_page(page_size=(595, 842))
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page = file.pages[0]
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=file.make_indirect(font)))
        page.Contents = file.make_stream(b"BT /F1 14 Tf 72 760 Td (NOTA DINAS) Tj ET")
        if note:
            field = pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx,
                T=pikepdf.String("Catatan"), V=pikepdf.String(""), DA=pikepdf.String("/F1 10 Tf"),
                Rect=[72, 600, 300, 620], F=4, P=page.obj,
            )  # fmt: skip
            field = file.make_indirect(field)
            page.Annots = file.make_indirect(pikepdf.Array([field]))
            file.Root.AcroForm = file.make_indirect(pikepdf.Dictionary(Fields=[field], DA=pikepdf.String("/F1 10 Tf")))
        if ballast:
            beside = [file.make_indirect(pikepdf.Dictionary(Nth=number)) for number in range(ballast)]
            file.Root.Beside = file.make_indirect(pikepdf.Array(beside))
        stream = io.BytesIO()
        file.save(stream, **saved)
    return stream.getvalue()


def signed(data: bytes, by: str = RATNA, *, field: str = "Tanda1", certifies: fields.MDPPerm | None = None) -> bytes:
    """With one more signature, and its visible stamp."""
    writer = _updates(data)
    place = len(field) * 20 + ord(field[-1]) % 10 * 60
    spec = fields.SigFieldSpec(field, on_page=0, box=(72, place, 220, place + 40))
    meta = signers.PdfSignatureMetadata(
        field_name=field,
        name=by,
        certify=certifies is not None,
        subfilter=fields.SigSeedSubFilter.PADES,
        **({"docmdp_permissions": certifies} if certifies is not None else {}),
    )
    by_hand = signers.PdfSigner(meta, signer(by), new_field_spec=spec)
    with ThreadPoolExecutor(1) as aside:  # pyHanko runs a loop of its own
        out = aside.submit(by_hand.sign_pdf, writer).result()
    return bytes(out.getvalue())


def _updates(data: bytes) -> IncrementalPdfFileWriter:
    writer = IncrementalPdfFileWriter(io.BytesIO(data), strict=False)
    if writer.prev.encrypted:
        writer.encrypt("")
    return writer


def updated(data: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    writer = _updates(data)
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def filled_in(writer: IncrementalPdfFileWriter) -> None:
    found = next(
        item.get_object() for item in writer.root["/AcroForm"]["/Fields"] if item.get_object().get("/T") == "Catatan"
    )
    found[pdf_name("/V")] = generic.pdf_string("Diterima")
    writer.update_container(found)


def annotated(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Text"),
            pdf_name("/Rect"): generic.ArrayObject([generic.NumberObject(n) for n in (300, 700, 320, 720)]),
            pdf_name("/Contents"): generic.pdf_string("Mohon dicek"),
        }
    )
    beside = page["/Annots"] if "/Annots" in page else ()  # noqa: SIM401 - `get` does not follow a reference
    page[pdf_name("/Annots")] = generic.ArrayObject([*beside, writer.add_object(note)])
    writer.update_container(page)


def rewritten(writer: IncrementalPdfFileWriter) -> None:
    """Other words on the page."""
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    words = generic.StreamObject(stream_data=b"BT /F1 14 Tf 72 760 Td (NOTA PALSU) Tj ET")
    page[pdf_name("/Contents")] = writer.add_object(words)
    writer.update_container(page)


def with_empty_field(data: bytes) -> bytes:
    spec = fields.SigFieldSpec("Tanda1", on_page=0, box=(72, 100, 220, 140))
    return updated(data, lambda writer: fields.append_signature_field(writer, spec))


def saved_again(data: bytes, **saved: object) -> bytes:
    """As any program saves it that does not only append."""
    with pikepdf.open(io.BytesIO(data)) as file:
        stream = io.BytesIO()
        file.save(stream, **saved)
    return stream.getvalue()


def locked() -> bytes:
    """For everybody to read, and for its owner to change."""
    return letter(encryption=pikepdf.Encryption(owner=OWNER, user="", R=6))
