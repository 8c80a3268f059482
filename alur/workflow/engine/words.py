"""The words of an act: ticks, free text, reasons. What is empty is None."""

from alur.workflow.case import Task
from alur.workflow.engine.situation import Situation
from alur.workflow.errors import Unknown, WordsMissing
from alur.workflow.written import LONGEST_WORDS, read_text


def cleaned(text: str | None) -> str | None:
    return (text or "").strip() or None


def words_of(text: str | None, field: str, *, least: int = 1) -> str | None:
    """People's own words (a reason, a disposition, a question), however they came; None where there are none."""
    bare = cleaned(text)
    return read_text(bare, field, least=least, most=LONGEST_WORDS) if bare else None


def check_words(
    s: Situation, task: Task, ticks: tuple[str, ...], text: str | None
) -> tuple[tuple[str, ...], str | None]:
    """At least one tick of the SOP's own, or a text; the ticks in the SOP's order."""
    offered = s.definition(task).instructions
    if unknown := set(ticks) - set(offered):
        raise Unknown(subject=min(unknown))
    words = words_of(text, "text")
    if not ticks and words is None:
        raise WordsMissing(step=task.step)
    return tuple(tick for tick in offered if tick in ticks), words
