"""The certified signatures in a PDF (PAdES), read by pyHanko: whether there are any, and whether what they cover is unchanged.

Nobody is trusted or distrusted here: no list of authorities, no revocation, no network. This module is costly to import.
"""

import asyncio
import io
import logging
from collections.abc import Iterable
from datetime import UTC

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    FormUpdatingRule,
    GenericFieldModificationRule,
    ModificationLevel,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
)
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext

from alur.workflow.file_kinds import Signature, Signatures

MOST = 30  # signatures in one file
LONGEST_NAME = 100  # characters
YEARS = range(1990, 2200)  # in which somebody may have signed

# An intermediary certifies first and adds the others' stamps after it, as the format allows (ISO 32000-2, 12.8.2.2). By default
# pyHanko takes a visible stamp after a certification for another content.
POLICY = StandardDiffPolicy(
    global_rules=DEFAULT_DIFF_POLICY.global_rules,
    form_rule=FormUpdatingRule(
        field_rules=[
            SigFieldCreationRule(allow_new_visible_after_certify=True),  # type: ignore[no-untyped-call]
            SigFieldModificationRule(),
            GenericFieldModificationRule(),
        ]
    ),
)

logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # that it knows no authority
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


def look(data: bytes) -> Signatures:
    """Raises nothing but MemoryError and RecursionError: what cannot be read cannot be told."""
    try:
        return asyncio.run(_looked(data))
    except (MemoryError, RecursionError):
        raise
    except Exception:  # noqa: BLE001 - whatever a parser says of what somebody sent
        return Signatures("untold", why="unreadable")


async def _looked(data: bytes) -> Signatures:
    reader = PdfFileReader(io.BytesIO(data), strict=False)
    if reader.encrypted:
        reader.decrypt("")  # only its owner's password is asked for: everybody may read it
    found = reader.embedded_regular_signatures
    if len(found) > MOST:
        return Signatures("untold", why="too_much")
    given = tuple(_given(item) for item in found)
    if not given:
        return Signatures("none")
    are_whole = [await _is_whole(item) for item in found]
    return Signatures("whole" if all(are_whole) else "changed", given)


async def _is_whole(signature: EmbeddedPdfSignature) -> bool:
    nobody = ValidationContext(trust_roots=[], allow_fetching=False)
    status = await async_validate_pdf_signature(signature, signer_validation_context=nobody, diff_policy=POLICY)
    is_kept = status.modification_level is not ModificationLevel.OTHER and status.docmdp_ok
    return bool(status.intact and status.valid and is_kept)


def _given(signature: EmbeddedPdfSignature) -> Signature:
    subject = signature.signer_cert.subject.native
    named = subject.get("common_name")
    name = _printable(named if isinstance(named, str) else "")
    at = signature.self_reported_timestamp
    is_said = at is not None and at.tzinfo is not None and at.year in YEARS
    return Signature(by=name or None, at=at.astimezone(UTC) if at is not None and is_said else None)


def _printable(text: Iterable[str]) -> str:
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(shown.split())[:LONGEST_NAME]
