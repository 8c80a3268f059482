"""A decision typed as a reply to a review card: the whole text "setujui", or "kembalikan: alasan". Anything else decides
nothing, also what only begins so: "Setujui saja deh" may be meant otherwise.
"""

import re
from dataclasses import dataclass

APPROVE = re.compile(r"[\s.]*setujui[\s.]*", re.IGNORECASE)
RETURN = re.compile(r"[\s.]*kembalikan\s*(?:[\s.]*|:(?P<reason>.*))", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    approves: bool
    reason: str | None = None  # of a return; None: it is still to be asked for


def verdict(text: str) -> Verdict | None:
    if APPROVE.fullmatch(text):
        return Verdict(approves=True)
    if found := RETURN.fullmatch(text):
        return Verdict(approves=False, reason=(found["reason"] or "").strip() or None)
    return None
