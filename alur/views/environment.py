"""The words: Jinja2 over the files in `templates/`, rendered within a limit.

Every view calls `render`; nobody else touches Jinja. `templates/vocabulary.yaml` holds single words (labels, names of
fields) as tables, which templates see as globals and views read with `vocabulary`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, pass_eval_context, select_autoescape
from jinja2.nodes import EvalContext
from markupsafe import Markup

from alur.views import joiners, limits
from alur.views.vocabulary import tables
from alur.workflow.notices import Person
from alur.workflow.sop import Sop

# How much of people's own texts and lists is shown: tried in order until the whole fits.
ROOMS = ((1000, 40), (400, 20), (250, 16), (150, 12), (60, 6), (25, 3))  # characters of a text, items of a list
WORDS = 600  # characters shown of a reason, disposition, direction, question, answer or obstacle; *Riwayat* has all


@cache
def environment() -> Environment:
    """One environment for the process.

    The folder lies beside the package `alur`; its own name is too generic for a package loader (see
    `alur.storage.sop_files.default_folder`).
    """
    folder = Path(str(files("alur"))).parent / "templates"
    made = Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        # Plain text (alerts) is not HTML; all else is escaped.
        autoescape=select_autoescape(("html",), ("txt",), default_for_string=True, default=True),
        finalize=_guarded,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    made.filters.update(
        lowered=lowered,
        listed=listed,
        joined=joined,
        capitalised=capitalised,
        title_of=title_of,
        role_of=role_of,
        titled_by=titled_by,
        names=names,
        called=called,
        unstopped=unstopped,
        shortened=limits.shortened,
        counted=counted,
    )
    made.globals.update(tables(folder))
    return made


def vocabulary(table: str) -> Mapping[str, str]:
    """One of the tables of `templates/vocabulary.yaml`. An unknown table is a KeyError."""
    return cast("Mapping[str, str]", environment().globals[table])


def render(name: str, context: Mapping[str, Any], *, limit: int = limits.MESSAGE) -> str:
    """The template's text, at most `limit` UTF-16 units after parsing.

    Templates pass people's own texts through `brief` (what has a limit of its own), or `words` (what may fill a message;
    `is_cut` says whether all of it is shown), and lists through `few`; all get shorter until the whole fits. What still
    does not fit is cut at its end.
    """
    is_plain = name.endswith(".txt")
    return _rendered(environment().get_template(name), context, limit=limit, is_plain=is_plain)


def fits(name: str, context: Mapping[str, Any], *, limit: int = limits.MESSAGE) -> bool:
    """Whether the template's text is within the limit without a cut at its end; people's own words may be shorter in it."""
    return _whole(environment().get_template(name), context, limit=limit, is_plain=name.endswith(".txt"))[1]


def render_within(name: str, context: Mapping[str, Any], *, limit: int = limits.MESSAGE) -> Markup:
    """A template of plain text (an alert's words) as a part of a message: its values are escaped and guarded, its own
    commands stay commands.
    """
    template = _environment_within().get_template(name)
    return Markup(_rendered(template, context, limit=limit, is_plain=False))  # noqa: S704 - it was escaped by Jinja


def _rendered(template: Template, context: Mapping[str, Any], *, limit: int, is_plain: bool) -> str:
    text, is_whole = _whole(template, context, limit=limit, is_plain=is_plain)
    if is_whole:
        return text
    return limits.shortened(text, limit) if is_plain else limits.fitted(text, limit)


def _whole(template: Template, context: Mapping[str, Any], *, limit: int, is_plain: bool) -> tuple[str, bool]:
    """The text with as much of people's own words as fits, and whether it does."""
    measured = limits.units if is_plain else limits.length
    text = ""
    for characters, items in ROOMS:
        room, own = min(characters, limit), min(characters, WORDS, limit)
        shorteners = {
            "brief": partial(brief, limit=room),
            "words": partial(brief, limit=own),
            "is_cut": partial(is_cut, limit=own),
            "few": partial(few, most=items),
        }
        text = tidied(template.render(context, **shorteners))
        if measured(text) <= limit:
            return text, True
    return text, False


def tidied(text: str) -> str:
    """No blanks at the ends of lines, no line break more than a paragraph needs; nothing invisible in what is copied."""
    text = re.sub(r"<(code|pre)\b.*?</\1>", lambda found: joiners.bare(found[0]), text, flags=re.DOTALL)
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in text.strip().splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def brief(text: str, *, limit: int) -> str:
    return limits.shortened(_dense(text), limit)


def is_cut(text: str, *, limit: int) -> bool:
    return limits.units(_dense(text)) > limit


def _dense(text: str) -> str:
    return re.sub(r"\n\s*\n+", "\n", text.strip())


def few(items: Any, *, most: int) -> list[Any]:
    return list(items)[:most]


def lowered(text: str) -> str:
    """A title inside a sentence: "Data awal" becomes "data awal", "IP ASN" stays."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def counted(number: int) -> str:
    """As in "1.240"."""
    return str(format_decimal(number, locale="id_ID"))


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def listed(titles: Iterable[str]) -> str:
    """Documents as a phrase: "A", "A dan b", "A, b, dan c". The first keeps its capital, as it begins the sentence."""
    return joined(title if index == 0 else lowered(title) for index, title in enumerate(titles))


def joined(names: Iterable[str]) -> str:
    """The same for names and posts, which keep their capitals."""
    words = list(names)
    match words:
        case []:
            return ""
        case [only]:
            return only
        case [one, other]:
            return f"{one} dan {other}"
        case [*others, last]:
            return f"{', '.join(others)}, dan {last}"
    raise AssertionError(words)


def title_of(document: str, sop: Sop) -> str:
    return sop.document(document).title


def role_of(role: str, sop: Sop) -> str:
    return sop.role(role).title


def titled_by(role: str, titled: Callable[[str], str]) -> str:
    return titled(role)


def names(people: Iterable[str]) -> str:
    """People as alternatives: "Budi atau Sari"; a name keeps its capital."""
    words = list(people)
    return " atau ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def called(person: Person) -> str:
    """How a sentence names somebody to another: "Ibu Wati", "Ibu Wati (Tata Usaha)"."""
    sapaan = vocabulary("titles")["sapaan"] if person.sapaan is None else person.sapaan
    named = f"{sapaan} {person.name}".strip()
    return f"{named} ({person.title})" if person.title else named


def unstopped(text: str) -> str:
    """A name or place at the end of a sentence that has a full stop of its own: "oleh Dian, S.E.", with one stop."""
    return text.removesuffix(".")


@pass_eval_context
def _guarded(context: EvalContext, value: Any) -> Any:
    """What Jinja calls for every value that enters a text: in a message it makes no link of it. What a macro or another
    template has made was guarded there.
    """
    is_bare = context.autoescape and isinstance(value, str) and not hasattr(value, "__html__")
    return joiners.guarded(value) if is_bare else value


@cache
def _environment_within() -> Environment:
    return environment().overlay(autoescape=True)
