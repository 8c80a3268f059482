"""Offices beside one another in one database, in any build: copies of the SOP whose roles are others, and their people."""

import re
from hashlib import sha256

ROLES = ("sekretaris", "kabag_umum", "analis_sdm", "unit_terkait", "biro_sdm", "tata_usaha")
_ROLE = re.compile(rf"\b({'|'.join(ROLES)})\b")
FIRST = 1  # the office that every build has: its people are the factories'
APART = 1000  # between the Telegram ids of two offices


def renamed(text: str, office: int) -> str:
    """The SOP's YAML, or a case's JSON, with the roles and the SOP of that office."""
    return re.sub(r"\bip-asn\b", f"ip-asn-{office}", _ROLE.sub(rf"\1_{office}", text))


def telegram_id(office: int, role: str) -> int:
    return office * APART + ROLES.index(role)


def contents(versions) -> list[bytes]:
    """The bytes of the factories' files, of which there are a name and a hash alone: see `a_file` and `upload` there."""
    names = {version.file.name for version in versions}
    guesses = [*names, *(f"{name} {number}" for name in names for number in range(len(versions) + 1))]
    known = {sha256(guess.encode()).hexdigest(): guess.encode() for guess in guesses}
    return [known[digest] for digest in {version.file.sha256 for version in versions}]
