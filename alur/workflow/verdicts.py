"""A decision typed as a reply to a review card: the whole text "setujui", where there are several ways the label of one, or
"kembalikan: alasan". Anything else decides nothing, also what only begins so: "Setujui saja deh" may be meant otherwise.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from alur.workflow.sop import Way

APPROVE = re.compile(r"[\s.]*setujui[\s.]*", re.IGNORECASE)
RETURN = re.compile(r"[\s.]*kembalikan\s*(?:[\s.]*|:(?P<reason>.*))", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    approves: bool
    reason: str | None = None  # of a return; None: it is still to be asked for
    way: int | None = None  # of an approval: the step that its label leads to


def verdict(text: str, ways: Iterable[Way] = ()) -> Verdict | None:
    for way in ways:
        if text.strip(" .\n").casefold() == way.label.casefold():
            return Verdict(approves=True, way=way.to)
    if APPROVE.fullmatch(text):
        return Verdict(approves=True)
    if found := RETURN.fullmatch(text):
        return Verdict(approves=False, reason=(found["reason"] or "").strip() or None)
    return None
