"""The procedures of a run, each under many ids, as one period is opened once per procedure: the printed SOP, and for every
third the one of the tests, whose desks decide together and choose ways.
"""

from alur.storage.sop_files import Procedure, content_hash
from tests.factories import MEMO, SOP

HOW_MANY = 60  # 20 are open from the beginning, people open others, and a form has at most 100 buttons


def procedures() -> tuple[Procedure, ...]:
    copies = (
        sop.model_copy(update={"id": f"{sop.id}-{number:02}", "short_title": f"{sop.short_title} {number:02}"})
        for number in range(1, HOW_MANY + 1)
        for sop in [SOP if number % 3 else MEMO]
    )
    return tuple(Procedure(sop=sop, hash=content_hash(sop)) for sop in copies)
