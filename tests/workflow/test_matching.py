"""Which document a file is, by its name and caption: with the titles and aliases of the real SOP."""

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


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)
