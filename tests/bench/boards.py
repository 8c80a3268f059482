"""What it costs to draw a board, each time another one: the first procedure's, fresh and of a case that has come to its eighth
step, and one with ways.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from statistics import median

from alur.views.board import picture
from alur.workflow.sop import Sop
from tests.bench.spent import cpu_spent
from tests.factories import MEMO, SOP, walked

MOST = 100  # milliseconds of CPU for a picture
TIMES = 9


@dataclass(frozen=True, kw_only=True)
class Drawn:
    what: str
    size: int  # bytes
    cpu: float  # milliseconds


def boards() -> list[Drawn]:
    s = walked(8).s
    return [
        _drawn("the SOP of 12 steps", lambda nth: picture.png(_another(SOP, nth))),
        _drawn("a case at its eighth step", lambda nth: picture.png(SOP, replace(s, now=s.now + timedelta(hours=nth)))),
        _drawn("an SOP with ways and desks together", lambda nth: picture.png(_another(MEMO, nth))),
    ]


def _another(sop: Sop, nth: int) -> Sop:
    return sop.model_copy(update={"title": f"{sop.title} {nth}"})


def _drawn(what: str, draw: Callable[[int], bytes]) -> Drawn:
    size, spent = len(draw(0)), []
    for nth in range(1, TIMES + 1):
        begun = cpu_spent()  # the process that draws included
        draw(nth)
        spent.append(cpu_spent() - begun)
    return Drawn(what=what, size=size, cpu=median(spent) * 1000)
