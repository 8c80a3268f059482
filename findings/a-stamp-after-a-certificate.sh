#!/usr/bin/env bash
# pyHanko 0.38.0 says of a good PDF that it was changed, where a second person put a visible signature into one that the first had
# certified (DocMDP) with leave to fill in forms and sign: modification level OTHER, docmdp_ok False. Expected: FORM_FILLING, as
# where the first signature is an ordinary one, or the second is invisible. ISO 32000-2 12.8.2.2 allows signing at levels 2 and 3,
# and readers show such a file as good; pyHanko writes it without a word. The default policy's
# SigFieldCreationRule(allow_new_visible_after_certify=False) is "stricter than Acrobat"; a policy of one's own can allow it.
# Output seen:
#   pyHanko 0.38.0
#   signed, then stamped: FORM_FILLING, docmdp_ok True
#   certified, then signed invisibly: FORM_FILLING, docmdp_ok True
#   certified, then stamped: OTHER, docmdp_ok False
#   certified, then stamped, where that is allowed: FORM_FILLING, docmdp_ok True
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyHanko==0.38.0 cryptography==50.0.2
"$folder/venv/bin/python" - <<'PY' | tee "$folder/seen"
import io
from datetime import datetime, timedelta
from importlib.metadata import version

from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.sign import fields, signers
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY, FormUpdatingRule, GenericFieldModificationRule, SigFieldCreationRule,
    SigFieldModificationRule, StandardDiffPolicy,
)
from pyhanko_certvalidator.registry import SimpleCertificateStore

key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Uji")])
builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
builder = builder.not_valid_before(datetime.now() - timedelta(1)).not_valid_after(datetime.now() + timedelta(9))
certificate = asn1.Certificate.load(builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER))
der = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
signer = signers.SimpleSigner(
    signing_cert=certificate, signing_key=keys.PrivateKeyInfo.load(der), cert_registry=SimpleCertificateStore()
)


def blank():
    made, stream = PdfFileWriter(), io.BytesIO()
    contents = made.add_object(StreamObject(stream_data=b" "))
    made.insert_page(PageObject(contents=contents, media_box=(0, 0, 595, 842)))
    made.write(stream)
    return stream.getvalue()


def signed(data, field, *, visible=True, certify=False):
    box = (72, 100 if field == "A" else 200, 220, 140 if field == "A" else 240) if visible else None
    spec = fields.SigFieldSpec(field, on_page=0, box=box)
    meta = signers.PdfSignatureMetadata(
        field_name=field, certify=certify, docmdp_permissions=fields.MDPPerm.FILL_FORMS
    )
    return signers.PdfSigner(meta, signer, new_field_spec=spec).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data))).getvalue()


def told(what, data, policy=None):
    first = PdfFileReader(io.BytesIO(data)).embedded_regular_signatures[0]
    first.compute_integrity_info(diff_policy=policy)
    level = getattr(first.diff_result, "modification_level", None)
    is_ok = first.summarise_integrity_info()["docmdp_ok"]
    print(f"{what}: {level.name if level is not None else 'OTHER'}, docmdp_ok {is_ok}")


allowing = StandardDiffPolicy(
    global_rules=DEFAULT_DIFF_POLICY.global_rules,
    form_rule=FormUpdatingRule(
        field_rules=[
            SigFieldCreationRule(allow_new_visible_after_certify=True), SigFieldModificationRule(), GenericFieldModificationRule()
        ]
    ),
)
print("pyHanko", version("pyHanko"))
certified = signed(blank(), "A", certify=True)
told("signed, then stamped", signed(signed(blank(), "A"), "B"))
told("certified, then signed invisibly", signed(certified, "B", visible=False))
told("certified, then stamped", signed(certified, "B"))
told("certified, then stamped, where that is allowed", signed(certified, "B"), allowing)
PY
diff - "$folder/seen" <<'SEEN'
pyHanko 0.38.0
signed, then stamped: FORM_FILLING, docmdp_ok True
certified, then signed invisibly: FORM_FILLING, docmdp_ok True
certified, then stamped: OTHER, docmdp_ok False
certified, then stamped, where that is allowed: FORM_FILLING, docmdp_ok True
SEEN
