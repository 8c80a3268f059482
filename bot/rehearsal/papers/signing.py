"""A certified signature on a letter, as an intermediary gives one: with a key and a certificate that are made on the spot, which nobody
knows and nobody should trust.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cache
from io import BytesIO

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

FIELD = "Tanda tangan"
VALID = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)


def signed(data: bytes, by: str) -> bytes:
    """The PDF with a signature of that name (PAdES) behind it, whose own bytes stay as they are."""
    meta = signers.PdfSignatureMetadata(field_name=FIELD, name=by, subfilter=fields.SigSeedSubFilter.PADES)
    signing = signers.PdfSigner(meta, _signer(by), new_field_spec=fields.SigFieldSpec(FIELD))
    with ThreadPoolExecutor(1) as aside:  # pyHanko runs a loop of its own
        made = aside.submit(signing.sign_pdf, IncrementalPdfFileWriter(BytesIO(data))).result()
    return bytes(made.getvalue())


@cache
def _signer(name: str) -> signers.SimpleSigner:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    begins, ends = VALID
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .sign(key, hashes.SHA256())
    )
    both = pkcs12.serialize_key_and_certificates(None, key, certificate, None, serialization.NoEncryption())
    made: signers.SimpleSigner | None = signers.SimpleSigner.load_pkcs12_data(both, other_certs=[])
    if made is None:
        raise TypeError("pyHanko does not read the key")
    return made
