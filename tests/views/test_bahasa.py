"""Every word that a person can see: each template in every text that it makes, its source, and the single words."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from alur.views.vocabulary import tables
from tests import bahasa
from tests.factories import PEOPLE, an_appointment, an_office
from tests.once import once
from tests.views import texts
from tests.views.gallery import Gallery

ROOT = Path(__file__).parents[2] / "templates"
TEMPLATES = sorted(str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if path.suffix in (".html", ".txt"))
SECOND = an_appointment(20, "kabag_umum", "Rudi Hartanto", sapaan="Bapak")  # two have one post
TITLED = [item.model_copy(update={"name": f"{item.name}, S.E."}) for item in PEOPLE]
GUESTS = ("Sari", "Joko", "Andi")  # people of units and of an outside party
OFFICIALS = tuple(item.name for item in (*PEOPLE, SECOND) if item.name not in GUESTS)
WORDS = "Belum sesuai notula."
PLAIN = texts.Words(
    title=", S.E.",
    unit="Direktorat Teknik",
    other_unit="Direktorat Program",
    order="12/SPt/2026",
    file="berkas.pdf",
    number="B-12/KP.05/2026",
    place="Ruang Rapat Lantai 4",
    text=WORDS,
)


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """The texts of each template, and whether they are messages."""
    return once(tmp_path_factory, "shown", _shown)


def _shown():
    with texts.overheard() as seen:
        for _ in Gallery(office=an_office(people=[*TITLED, SECOND]), words=WORDS).texts():
            pass
    found = defaultdict(set)
    for template, text, is_message in (*seen, *texts.everything(PLAIN)):
        if ">None<" not in text:  # a moment that only a limit has, told of a task without one
            found[template].add((text.replace(WORDS, "…"), is_message))
    return found


def test_every_rule_hears_what_was_said_before():
    unheard = [proof for pattern, _, proof in (*bahasa.OLD, *bahasa.DATES) if not re.search(pattern, proof)]
    assert unheard == []
    said = "Yth. Ibu Plh. Kepala Bagian Umum, mohon menekan Ajukan atau menekan “Ajukkan”. Rina telah memeriksanya."
    assert bahasa.addresses(said) == ["'Yth. Ibu Plh. Kepala Bagian Umum': addressed twice"]
    assert len(bahasa.buttons(said, is_message=True)) == 2
    assert len(bahasa.names(said, ("Rina", "Wulan"))) == 1
    assert bahasa.buttons("Mohon menekan <b>Kirim</b>.", is_message=False) == ["<b>: bold in an alert"]
    assert len(bahasa.long_sentences("kata " * 31)) == 1


def test_what_is_well_said_is_let_through():
    well = (
        "Yth. Plh. Kepala Bagian Umum, mohon perkenan Ibu menekan <b>Rapat Selesai</b>. Rapat dibuka oleh Ibu Rina, S.E. "
        "atau Kepala Bagian Umum (Rudi) pada Senin, 2 Nov 2026, 09.30 WIB. “Anda terlambat, karena hujan.”"
    )
    assert bahasa.faults(well, people=("Rina", "Rudi")) == bahasa.addresses(well) == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_what_a_template_says_is_said_well(template, shown):
    found = set()
    for text, is_message in shown[template]:
        found.update(bahasa.faults(text, people=OFFICIALS, is_message=is_message))
    assert not found


@pytest.mark.parametrize("template", TEMPLATES)
def test_what_a_template_may_say_holds_none_of_the_old_words(template):
    source = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", (ROOT / template).read_text(), flags=re.DOTALL)
    assert not bahasa.old_words(source)


HEADS = {"control_card.title"}  # of a paper that is called like its button


def test_the_single_words_are_well_chosen():
    found = {
        f"{table}.{name}": faults
        for table, words in tables(ROOT).items()
        if table != "labels"
        for name, text in words.items()
        if (faults := bahasa.faults(text)) and f"{table}.{name}" not in HEADS
    }
    assert not found


def test_nobody_is_addressed_twice(shown):
    assert not {fault for found in shown.values() for text, _ in found for fault in bahasa.addresses(text)}


def test_no_guest_is_called_by_the_bare_name(shown):
    ours = (bahasa.without_own_words(text) for found in shown.values() for text, _ in found)
    assert not {fault for text in ours for fault in bahasa.names(text, GUESTS)}
