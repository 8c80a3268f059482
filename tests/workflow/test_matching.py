"""Which document a file is, by its name and caption: with the titles and aliases of the real SOP."""

from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alur.workflow.matching import Candidate, Match, folded, match
from tests.factories import SOP


def a_candidate(document, *, key=None, period="2026", is_asked=True):
    kind = SOP.document(document)
    return Candidate(key=key or document, titles=(kind.title, *kind.aliases), period=period, is_asked=is_asked)


def candidates(*documents, **changes):
    return tuple(a_candidate(document, **changes) for document in documents)


def a_unit_file(unit, **changes):
    return Candidate(key=unit, titles=(f"Data {unit}",), period="2026", is_asked=True, **changes)


STEP_2 = candidates("data_capaian", "konsep_undangan")
STEP_3 = (*candidates("undangan", "data_capaian"), a_unit_file("Direktorat Teknik"), a_unit_file("Direktorat Program"))
STEP_5 = candidates("konsep_nota_dinas_rapat", "data_awal")


def test_a_file_without_a_word_is_taken_where_only_one_document_fits():
    assert match("scan0001.pdf", candidates("konsep_nota_dinas_laporan")) == Match(one="konsep_nota_dinas_laporan")


def test_a_file_without_a_word_is_a_question_where_several_fit():
    assert match("scan0001.pdf", STEP_2) == Match(several=("data_capaian", "konsep_undangan"))


@pytest.mark.parametrize(
    ("text", "places", "meant"),
    [
        ("Data capaian IP ASN.xlsx", STEP_2, "data_capaian"),
        ("DATA_CAPAIAN-2026 (final).XLSX", STEP_2, "data_capaian"),
        ("Konsep-Undangan_Rapat.docx", STEP_2, "konsep_undangan"),
        ("draf undangan rekonsiliasi v3.docx", STEP_2, "konsep_undangan"),
        ("Mohon diperiksa, konsep undangan terlampir. scan.pdf", STEP_2, "konsep_undangan"),
        ("Undangan rekonsiliasi data capaian IP ASN.pdf", STEP_3, "undangan"),
        ("Data Direktorat Teknik.xlsx", STEP_3, "Direktorat Teknik"),
        ("data_direktorat_program.xlsx", STEP_3, "Direktorat Program"),
        ("Konsep ND rapat internal.docx", STEP_5, "konsep_nota_dinas_rapat"),
        ("Data awal capaian.xlsx", STEP_5, "data_awal"),
    ],
)
def test_a_title_or_alias_in_name_or_caption_says_which(text, places, meant):
    assert match(text, places) == Match(one=meant)


def test_the_longest_title_wins_since_one_may_stand_inside_another():
    places = candidates("undangan", "konsep_undangan")

    assert match("Konsep undangan rapat.docx", places) == Match(one="konsep_undangan")
    assert match("Undangan rapat.docx", places) == Match(one="undangan")


def test_two_titles_of_the_same_length_are_a_question_between_those_two():
    places = (*candidates("notula_rekonsiliasi", "notula_validasi"), a_candidate("data_awal"))

    assert match("Notula.docx", places) == Match(several=("notula_rekonsiliasi", "notula_validasi"))


def test_a_title_counts_only_as_whole_words():
    assert match("undanganku.pdf", STEP_3).one is None


def test_what_could_only_be_replaced_is_never_taken_by_a_stray_file():
    places = candidates("konsep_nota_dinas_rapat", "data_awal", is_asked=False)

    assert match("scan.pdf", places) == Match(several=("konsep_nota_dinas_rapat", "data_awal"))
    assert match("scan.pdf", places[:1]) == Match(several=("konsep_nota_dinas_rapat",))


def test_what_could_be_replaced_is_taken_by_its_title():
    places = (*candidates("undangan", is_asked=False), *candidates("notula_rekonsiliasi"))

    assert match("Undangan rapat.pdf", places) == Match(one="undangan")
    assert match("scan.pdf", places) == Match(one="notula_rekonsiliasi")


def test_a_year_of_another_case_makes_it_a_question():
    places = (a_candidate("data_awal", key="old", period="2025"), a_candidate("konsep_undangan", key="new"))

    assert match("konsep undangan 2025.docx", places) == Match(several=("old", "new"))
    assert match("konsep undangan 2026.docx", places) == Match(one="new")
    assert match("konsep undangan 2025-2026.docx", places) == Match(one="new")


def test_a_year_of_no_case_says_nothing():
    assert match("Data capaian 2019.xlsx", STEP_2) == Match(one="data_capaian")


def test_the_same_title_in_two_cases_is_a_question():
    places = (a_candidate("data_awal", key="old", period="2025"), a_candidate("data_awal", key="new"))

    assert match("data awal.xlsx", places) == Match(several=("old", "new"))


def test_where_nothing_fits_there_is_nothing_to_choose():
    assert match("Undangan.pdf", ()) == Match()


@given(text=st.text(max_size=60), chosen=st.lists(st.sampled_from(SOP.documents), unique_by=lambda kind: kind.id))
def test_whatever_the_name_the_answer_is_one_of_the_places_or_all_that_remain(text, chosen):
    places = candidates(*(kind.id for kind in chosen))
    keys = {place.key for place in places}

    found = match(text, places)

    assert (found.one in keys) if found.one else (set(found.several) <= keys and bool(found.several) == bool(keys))


@given(st.sampled_from(SOP.documents))
def test_each_title_of_the_sop_names_its_own_document_among_all_others(kind):
    places = candidates(*(item.id for item in SOP.documents))

    assert match(f"{kind.title}.pdf", places) == Match(one=kind.id)


@pytest.mark.parametrize(
    ("step", "name", "meant"),
    [
        (2, "Draft undangan.docx", "konsep_undangan"),
        (2, "DRAF_UNDANGAN rapat rekonsiliasi.docx", "konsep_undangan"),
        (2, "Konsep undangan rapat rekonsiliasi data capaian IP ASN.docx", "konsep_undangan"),
        (2, "Rekap capaian per unit.xlsx", "data_capaian"),
        (3, "Undangan rapat internal rekonsiliasi data capaian IP ASN.pdf", "undangan"),
        (4, "Notulen rapat rekonsiliasi.docx", "notula_rekonsiliasi"),
        (4, "Notulensi rapat.docx", "notula_rekonsiliasi"),
        (4, "Risalah rapat.docx", "notula_rekonsiliasi"),
        (4, "Update data capaian.xlsx", "pemutakhiran_data"),
        (5, "Konsep nodin.docx", "konsep_nota_dinas_rapat"),
        (5, "Nodin laporan rapat internal.docx", "konsep_nota_dinas_rapat"),
        (5, "Draft laporan.docx", "konsep_nota_dinas_rapat"),
        (8, "Notulen rapat validasi.docx", "notula_validasi"),
        (8, "Risalah rapat.docx", "notula_validasi"),
        (8, "Surat undangan Biro SDM.pdf", "undangan_validasi"),
        (9, "Konsep nodin.docx", "konsep_nota_dinas_laporan"),
        (9, "Draft ND laporan capaian.docx", "konsep_nota_dinas_laporan"),
    ],
)
def test_names_as_people_write_them_are_known(step, name, meant):
    """Beside a document of the same step, and one that fits nowhere: a single place would take any file."""
    assert match(name, (*at(step), a_candidate("surat_biro_sdm"))) == Match(one=meant)


def at(step):
    """All that may come at the step."""
    found = SOP.step(step)
    accepted = (document for task in found.tasks for document in task.accepts)
    return candidates(*dict.fromkeys((*found.uploads, *found.kept, *found.sources, *accepted)))


def test_two_titles_beside_each_other_in_one_name_are_a_question():
    text = "Konsep undangan dan Data capaian IP ASN 2026.docx"

    assert match(text, STEP_2) == Match(several=("data_capaian", "konsep_undangan"))
    assert match("Konsep undangan.docx", STEP_2) == Match(one="konsep_undangan")


def test_a_caption_and_a_name_that_say_two_things_are_a_question_and_one_thing_twice_is_none():
    assert match("Data awal; Konsep ND.docx", STEP_5).several == ("konsep_nota_dinas_rapat", "data_awal")
    assert match("Konsep nota dinas rapat. konsep_nodin_rapat.docx", STEP_5) == Match(one="konsep_nota_dinas_rapat")


def test_of_several_only_those_that_are_named_are_offered():
    places = (*STEP_3, a_candidate("data_awal"))

    assert match("Undangan rapat dan data awal.zip", places) == Match(several=("undangan", "data_awal"))


BRINGABLE = [at(step.number) for step in SOP.steps if at(step.number)]
NAMED = [(places, place.key, name) for places in BRINGABLE for place in places for name in place.titles]


@pytest.mark.parametrize("pattern", ["{}.docx", "{} 2026 final v2.pdf", "Mohon diperiksa: {} terlampir", "({})"])
def test_every_title_and_alias_names_its_document_at_its_step(pattern):
    for places, key, name in NAMED:
        for text in (name, name.upper(), name.replace(" ", "_"), name.replace(" ", "-")):
            assert match(pattern.format(text), places) == Match(one=key), text


@pytest.mark.parametrize("joint", ["{} dan {}", "{}, {}", "{} & {}", "{}+{}", "{}; {}", "{} hasil telaahan atas {}"])
def test_every_two_names_of_two_documents_of_a_step_are_a_question_about_these_two(joint):
    for places in BRINGABLE:
        for one, other in permutations(places, 2):
            for first, second in product(one.titles, other.titles):
                found = match(f"{joint.format(first, second)}.docx", places)
                assert found.one is None
                assert set(found.several) == {one.key, other.key}, (first, second)


def test_a_name_that_parts_its_own_words_is_known_with_and_without():
    places = (a_unit_file("Direktorat Mutu, Teknik & Data"), *candidates("undangan"))

    for text in ("Data Direktorat Mutu, Teknik & Data.xlsx", "data_direktorat_mutu_teknik_data.xlsx"):
        assert match(text, places) == Match(one="Direktorat Mutu, Teknik & Data")


WORDS = ("konsep", "undangan", "rapat", "data", "capaian", "ip", "asn", "dan", "awal", "nota", "dinas", "laporan", "x")


@given(words=st.lists(st.sampled_from(WORDS), max_size=10), chosen=st.sampled_from(BRINGABLE))
def test_one_is_meant_only_where_every_title_that_occurs_is_its_own_or_lies_across_a_longer_one(words, chosen):
    """Held against another way to find them: word by word, the longest first."""
    said, named, used = list(words), set(), set()
    titles = sorted(
        {(folded(title), place.key) for place in chosen for title in place.titles}, key=lambda item: -len(item[0])
    )
    for title, key in titles:
        size = len(title.split())
        for start in range(len(said) - size + 1):
            place = set(range(start, start + size))
            if said[start : start + size] == title.split():
                longer = [other for other in used if other[0] > len(title) and place & set(other[1])]
                if not longer:
                    used.add((len(title), tuple(sorted(place))))
                    named.add(key)

    found = match(" ".join(words), chosen)

    if len(named) == 1:
        assert found == Match(one=named.pop())
    elif named:
        assert set(found.several) == named


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)


# Documents that have no place now


def elsewhere(places):
    """The titles of all documents of the SOP but these."""
    placed = {item.key for item in places}
    return [name for item in SOP.documents if item.id not in placed for name in (item.title, *item.aliases)]


@pytest.mark.parametrize(
    ("step", "text"),
    [
        (2, "Undangan rapat internal rekonsiliasi data capaian IP ASN.docx"),
        (4, "Notulen Validasi.docx"),
        (5, "Nota dinas laporan capaian IP ASN.docx"),
        (5, "Konsep laporan capaian IP ASN.docx"),
        (8, "Notula rapat hasil rekonsiliasi data capaian IP ASN.docx"),
        (9, "Konsep nota dinas rapat.docx"),
        (9, "Data capaian.xlsx"),
    ],
)
def test_a_name_of_another_document_is_never_taken_for_what_is_asked(step, text):
    places = at(step)
    assert match(text, places, (), elsewhere(places)) == Match(several=tuple(item.key for item in places))


@pytest.mark.parametrize("text", ["Notulen dan Draft nodin.docx", "Notulen + undangan Biro SDM.pdf"])
def test_a_name_that_also_tells_of_another_document_is_a_question_about_the_one_that_is_asked_for(text):
    places = candidates("notula_rekonsiliasi", "pemutakhiran_data")
    assert match(text, places, (), elsewhere(places)) == Match(several=("notula_rekonsiliasi",))


def test_what_could_only_be_replaced_is_not_offered_for_a_name_of_another_document():
    places = candidates("nota_dinas_rapat", is_asked=False)
    assert match("Undangan Biro SDM.pdf", places, (), elsewhere(places)) == Match()
    assert match("scan001.pdf", places, (), elsewhere(places)) == Match(several=("nota_dinas_rapat",))


def test_every_title_and_alias_names_its_document_though_others_have_no_place_now():
    for places in BRINGABLE:
        for place in places:
            for name in place.titles:
                assert match(f"{name}.docx", places, (), elsewhere(places)) == Match(one=place.key), name


@pytest.mark.parametrize("output", ["Konsep nota dinas laporan rapat internal rekonsiliasi data capaian IP ASN", "Konsep Nota Dinas Laporan Rapat Rekonsiliasi Data Capaian IP ASN 2026"])  # fmt: skip
def test_the_printed_name_is_known(output):
    assert match(f"{output}.docx", STEP_5, (), elsewhere(STEP_5)) == Match(one="konsep_nota_dinas_rapat")


@pytest.mark.parametrize("joint", ["{} - {}", "{}_{}", "{} ({})", "{}. {}", "{} / {}", "{}\n{}"])
def test_two_documents_are_seen_whatever_stands_between_them(joint):
    text = joint.format("Konsep undangan", "Data capaian")
    assert set(match(f"{text}.pdf", STEP_2).several) == {"konsep_undangan", "data_capaian"}


@pytest.mark.parametrize(
    ("draft", "product"),
    [
        ("konsep_undangan", "undangan"),
        ("konsep_nota_dinas_rapat", "nota_dinas_rapat"),
        ("konsep_nota_dinas_laporan", "nota_dinas_laporan"),
    ],
)
def test_a_draft_is_known_by_every_name_of_what_it_is_to_become(draft, product):
    step = next(step.number for step in SOP.steps if draft in step.uploads)
    places, kind = at(step), SOP.document(product)
    for word in ("Konsep", "draf", "DRAFT"):
        for name in (kind.title, *kind.aliases):
            assert match(f"{word} {name}.docx", places, (), elsewhere(places)) == Match(one=draft), name
