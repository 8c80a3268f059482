"""The procedures of a run: the printed SOP under many ids, as one period is opened once per procedure."""

from alur.services.work import Procedure
from alur.storage.sop_files import content_hash
from tests.factories import SOP

HOW_MANY = 60  # 20 are open from the beginning, people open others, and a form has at most 100 buttons


def procedures() -> tuple[Procedure, ...]:
    copies = (
        SOP.model_copy(update={"id": f"{SOP.id}-{number:02}", "short_title": f"{SOP.short_title} {number:02}"})
        for number in range(1, HOW_MANY + 1)
    )
    return tuple(Procedure(sop=sop, hash=content_hash(sop)) for sop in copies)
