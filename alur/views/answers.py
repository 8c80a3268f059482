"""The answer to a press: a toast or an alert of at most 200 characters, plain text.

Called by `bot` right after the commit with the name and values that a handler gave. A refusal says why, and what to do
instead; each class of `alur.workflow.errors` has its text in `templates/refusals/`.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from markupsafe import Markup

from alur.views import limits, words
from alur.views.environment import joined, listed, render, render_within, vocabulary
from alur.views.headings import heading
from alur.workflow.case import UNIT_FILE
from alur.workflow.correcting import LETTER_DATE, asked_as
from alur.workflow.sop import Sop

UNTIL_THE_SECOND = ("DecisionHeld", "FileHeld", "WaitsForDecision")  # refusals that hold for seconds alone


def text(name: str, values: Mapping[str, Any]) -> str:
    """The words for `name`. Empty where a press is answered without words.

    `values` may always hold `sapaan` (of whoever pressed), `zone`, and the SOP by which posts and documents are named:
    `sop`, or `sops`, all that there are. Without them, or where they are None, the text is more general. "refused" wants the
    class's name as `refusal`, and `facts` as the refusal holds them or as the trail recorded them; `headed` is what the field in
    question is called in its form.
    """
    return render(*_worded(name, values), limit=limits.TOAST)


def within(name: str, values: Mapping[str, Any]) -> Markup:
    """The same as a part of a message, for an act that was typed."""
    return render_within(*_worded(name, values))


def _worded(name: str, values: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The template, and what it may say."""
    common = _common(values)
    if name != "refused":
        common["awaited"] = _titles(values.get("awaits", ()), common["sops"])
        common["unheld"] = _titles(values.get("vacant", ()), common["sops"])
        return f"answers/{name}.txt", {**common, **{key: value for key, value in values.items() if value is not None}}
    facts: Mapping[str, Any] = values.get("facts", {})
    known = {"field": None} | {key: _moment(value) if key == "at" else value for key, value in facts.items()}
    sops = common["sops"]
    common["documents_listed"] = listed(_title(document, sops) for document in facts.get("documents", ()))
    if facts.get("step") is not None and facts.get("number") is not None:
        common["title"] = _version_title(facts, sops)
    common["document_title"] = _title(facts.get("document"), sops)
    common["headed"] = values.get("headed")
    field = str(facts.get("field") or "")
    if "." in field:  # of a correction, which asks as another form did
        common["headed"], known["field"] = heading("", field), asked_as("", field).field
    if field == LETTER_DATE and facts.get("value"):
        known["value"] = words.short_date(date.fromisoformat(facts["value"]))
    roles = facts.get("roles") or ([facts["role"]] if facts.get("role") else [])  # of an older build one
    common["role_title"] = joined(words.role_title(role, sops) for role in roles) or None
    if "readings" in facts:
        days = [date.fromisoformat(item) for item in facts["readings"]]
        common["is_year_open"] = len({(item.month, item.day) for item in days}) == 1
        known["readings"] = [words.day(item) for item in days]
    for limit in ("until", "starts", "ends"):
        if values["refusal"] in UNTIL_THE_SECOND and limit == "until":
            known[limit] = _moment(facts[limit])
        elif facts.get(limit):
            known[limit] = words.short_date(date.fromisoformat(facts[limit]))
    if facts.get("sapaan_of"):
        common["called_of"] = f"{facts['sapaan_of']} {facts['by']}"
    if facts.get("appointment"):
        common["decider"] = words.post(facts["role"], facts["appointment"], sops)
    return f"refusals/{values['refusal']}.txt", {**common, **known}


def _common(values: Mapping[str, Any]) -> dict[str, Any]:
    zone = values.get("zone") or words.JAKARTA
    sop: Sop | None = values.get("sop")
    sops: tuple[Sop, ...] = (sop,) if sop else tuple(values.get("sops", ()))
    return {
        "sapaan": values.get("sapaan") or words.sapaan(None),
        "days": None,
        "filed": None,
        "sops": sops,
        "decider": None,
        "called_of": None,
        "total": len(sops[0].steps) if len(sops) == 1 else None,
        "desk": _titles(values.get("to", ()), sops),
        "short": partial(words.short_moment, zone=zone),
        "clock": partial(words.clock, zone=zone),
        "until": None,
        "held_as": vocabulary("held_as"),
    }


def _titles(roles: Iterable[str], sops: Iterable[Sop]) -> str | None:
    return joined(words.role_title(role, sops) for role in roles) or None


def _title(document: str | None, sops: Iterable[Sop]) -> str:
    titles = (item.title for sop in sops for item in sop.documents if item.id == document)
    return next(titles, (document or "").replace("_", " "))


def _version_title(facts: Mapping[str, Any], sops: Iterable[Sop]) -> str:
    """The document of a version; a file for a unit as it is called at the step, a signed copy as such."""
    if facts["document"] == UNIT_FILE:
        sop = next(iter(sops), None)
        return words.unit_title(sop, facts["step"], facts["unit"]) if sop else facts["unit"]
    title = _title(facts["document"], sops)
    return f"{title} {vocabulary('titles')['signed']}" if facts["signed"] else title


def _moment(value: datetime | str) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value
