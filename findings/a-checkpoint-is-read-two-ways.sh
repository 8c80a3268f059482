#!/usr/bin/env bash
# A checkpoint of a log, as C2SP writes it (c2sp.org/tlog-checkpoint: a size in ASCII digits without leading zeros, lines ended
# by U+000A), is read by two packages for Python, and each takes what the other refuses. sigstore 4.5.1 (SignedCheckpoint) holds
# the signature against the text as it came, and takes a size that int() takes: 070, 7_0, Arabic digits. tlog-scales 0.0.3 holds
# it against the text as it would have written it, so that the same signed text with CRLF, without its last line feed, or with
# its size written otherwise afterwards is valid, and a log that signed 070 itself is not. A tree of minus 70 entries, which its
# log has signed, is valid for both. sigstore passes over a line among the signatures that is none; the format has none such.
# Nothing false is proven by any of these: what is read is what was signed. But whoever keeps, compares or counts checkpoints
# by their text gets another answer than by what is read of them.
# Expected: the first line of the output valid for both, the others for none. Output seen:
#   sigstore 4.5.1, tlog-scales 0.0.3
#   as it was signed: sigstore valid, 70; tlog-scales valid, 70
#   signed with 070: sigstore valid, 70; tlog-scales refused
#   signed with 7_0: sigstore valid, 70; tlog-scales refused
#   signed with U+0667 U+0660: sigstore valid, 70; tlog-scales refused
#   signed with -70: sigstore valid, -70; tlog-scales valid, -70
#   changed to 070 afterwards: sigstore refused; tlog-scales valid, 70
#   changed to 7_0 afterwards: sigstore refused; tlog-scales valid, 70
#   CRLF: sigstore refused; tlog-scales valid, 70
#   no last line feed: sigstore refused; tlog-scales valid, 70
#   a line that is no signature: sigstore valid, 70; tlog-scales refused
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check sigstore==4.5.1 tlog-scales==0.0.3
cat >"$folder/try.py" <<'PY'
import base64
from hashlib import sha256
from importlib.metadata import version

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sigstore._internal.rekor.checkpoint import SignedCheckpoint
from sigstore.errors import VerificationError
from tlog_scales.signing import Vkey
from tlog_scales.tlog import Checkpoint

NAME = "log.example"
secret = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
public = secret.public_key()
typed = b"\x01" + public.public_bytes_raw()
number = sha256(f"{NAME}\n".encode() + typed).digest()[:4]


class Keyring:
    """What sigstore's own reader asks: whether the key has signed these bytes."""

    def verify(self, *, key_id, signature, data):
        try:
            public.verify(signature, data)
        except InvalidSignature as error:
            raise VerificationError("another text") from error


def signed(size):
    text = f"{NAME}\n{size}\n{base64.b64encode(b'r' * 32).decode()}\n"
    return f"{text}\n\u2014 {NAME} {base64.b64encode(number + secret.sign(text.encode())).decode()}\n"


def by_sigstore(note):
    found = SignedCheckpoint.from_text(note)
    found.signed_note.verify(Keyring(), number)
    return found.checkpoint.log_size


def by_tlog_scales(note):
    found = Checkpoint.from_text(note)
    found.verify(Vkey(NAME, None, 1, typed[1:]))
    return found.size


def told(read, note):
    try:
        return f"valid, {read(note)}"
    except (VerificationError, InvalidSignature, ValueError):
        return "refused"


note = signed("70")
cases = {
    "as it was signed": note,
    "signed with 070": signed("070"),
    "signed with 7_0": signed("7_0"),
    "signed with U+0667 U+0660": signed("\u0667\u0660"),
    "signed with -70": signed("-70"),
    "changed to 070 afterwards": note.replace("\n70\n", "\n070\n"),
    "changed to 7_0 afterwards": note.replace("\n70\n", "\n7_0\n"),
    "CRLF": note.replace("\n", "\r\n"),
    "no last line feed": note[:-1],
    "a line that is no signature": note + "remark\n",
}
print(f"sigstore {version('sigstore')}, tlog-scales {version('tlog-scales')}")
for name, case in cases.items():
    print(f"{name}: sigstore {told(by_sigstore, case)}; tlog-scales {told(by_tlog_scales, case)}")
PY
"$folder/venv/bin/python" "$folder/try.py" | tee "$folder/seen"
diff - "$folder/seen" <<'SEEN'
sigstore 4.5.1, tlog-scales 0.0.3
as it was signed: sigstore valid, 70; tlog-scales valid, 70
signed with 070: sigstore valid, 70; tlog-scales refused
signed with 7_0: sigstore valid, 70; tlog-scales refused
signed with U+0667 U+0660: sigstore valid, 70; tlog-scales refused
signed with -70: sigstore valid, -70; tlog-scales valid, -70
changed to 070 afterwards: sigstore refused; tlog-scales valid, 70
changed to 7_0 afterwards: sigstore refused; tlog-scales valid, 70
CRLF: sigstore refused; tlog-scales valid, 70
no last line feed: sigstore refused; tlog-scales valid, 70
a line that is no signature: sigstore valid, 70; tlog-scales refused
SEEN
