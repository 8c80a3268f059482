"""Every word that a person can see: each template in every text that it makes, its source, and the single words."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from alur.views.vocabulary import tables
from tests import bahasa
from tests.factories import PEOPLE, an_appointment, an_office
from tests.views import texts
from tests.views.gallery import Gallery

ROOT = Path(__file__).parents[2] / "templates"
TEMPLATES = sorted(str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if path.suffix in (".html", ".txt"))
SECOND = an_appointment(20, "kabag_umum", "Rudi Hartanto", sapaan="Bapak")  # two have one post
TITLED = [item.model_copy(update={"name": f"{item.name}, S.E."}) for item in PEOPLE]
GUESTS = ("Sari", "Joko", "Andi")  # units and outside parties
PLAIN = texts.Words(
    title=", S.E.",
    unit="Direktorat Teknik",
    other_unit="Direktorat Program",
    order="12/SPt/2026",
    file="berkas.pdf",
    number="B-12/KP.05/2026",
    place="Ruang Rapat Lantai 4",
    text="Belum sesuai notula.",
)


def pending(names):
    """What still speaks as before."""
    return [
        pytest.param(item, marks=pytest.mark.xfail(strict=True, reason=item)) if item in names else item
        for item in TEMPLATES
    ]


@pytest.fixture(scope="module")
def shown():
    """The texts of each template, and whether they are messages."""
    with texts.overheard() as seen:
        for people in (PEOPLE, [*TITLED, SECOND]):
            for _ in Gallery(office=an_office(people=people), words="Belum sesuai notula.").texts():
                pass
    found = defaultdict(set)
    for template, text, is_message in (*seen, *texts.everything(PLAIN)):
        found[template].add((text, is_message))
    return found


PENDING = ()
PEOPLES = tuple(item.name for item in (*PEOPLE, SECOND))


def test_every_rule_hears_what_was_said_before():
    unheard = [proof for pattern, _, proof in (*bahasa.OLD, *bahasa.DATES) if not re.search(pattern, proof)]
    assert unheard == []


@pytest.mark.parametrize("template", pending(PENDING))
def test_what_a_template_says_is_said_well(template, shown):
    found = {fault for text, is_message in shown[template] for fault in bahasa.faults(text, people=PEOPLES, is_message=is_message)}
    assert not found


@pytest.mark.parametrize("template", TEMPLATES)
def test_what_a_template_may_say_holds_none_of_the_old_words(template):
    source = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", (ROOT / template).read_text(), flags=re.DOTALL)
    assert not bahasa.old_words(source)


def test_the_single_words_are_well_chosen():
    found = {
        f"{table}.{name}": faults
        for table, words in tables(ROOT).items()
        for name, text in words.items()
        if (faults := bahasa.faults(text))
    }
    assert not found
