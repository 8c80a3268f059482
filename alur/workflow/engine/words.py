"""The words of an act: ticks, free text, reasons, and how a form asks for them. What is empty is None."""

from typing import Any

from alur.workflow.case import Task
from alur.workflow.engine.situation import Situation
from alur.workflow.errors import Unknown, WordsMissing
from alur.workflow.forms import Field, Form, Option, WayOffered
from alur.workflow.written import LONGEST_WORDS, read_text

SHORTEST_REASON = 5  # characters
NOTE = Field(name="text", kind="text", on_demand=True, most=LONGEST_WORDS)
TOLD = Field(name="text", kind="text", most=LONGEST_WORDS)


def cleaned(text: str | None) -> str | None:
    return (text or "").strip() or None


def words_of(text: str | None, field: str, *, least: int = 1) -> str | None:
    """People's own words (a reason, a disposition, a question), however they came; None where there are none."""
    bare = cleaned(text)
    return read_text(bare, field, least=least, most=LONGEST_WORDS) if bare else None


def worded(s: Situation, task: Task) -> dict[str, Any]:
    """Parts of a form of ticks, the SOP's own set to begin with, and a note that may be added; and the ways at its end."""
    definition = s.definition(task)
    options = tuple(Option(value=item, label=item) for item in definition.instructions)
    ticks = Field(name="ticks", kind="ticks", options=options, inline=True)
    ways = tuple(WayOffered(to=way.to, label=way.label) for way in definition.ways)
    return {"fields": (ticks, NOTE), "answers": {"ticks": list(definition.preset)}, "ways": ways}


def ticks_and_text(form: Form | None) -> tuple[tuple[str, ...], str | None]:
    answers = form.answers if form else {}
    return tuple(answers.get("ticks", ())), answers.get("text")


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
