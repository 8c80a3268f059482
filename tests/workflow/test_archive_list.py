"""What is filed of a case, and with what: rules of the archive's list, of its form, and of the days in them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alur.storage.sop_files import content_hash
from alur.workflow.apply import replay
from alur.workflow.case import ArchiveFields
from alur.workflow.engine import begin
from alur.workflow.engine.acts import named
from alur.workflow.engine.acts.open_case import check_period
from alur.workflow.engine.filed import behind, filed
from alur.workflow.engine.filing import (
    ASKED,
    CHOICES,
    LASTING,
    PREFILLED,
    as_filed_before,
    default_archive,
    kept_up,
)
from alur.workflow.errors import FieldMissing
from alur.workflow.events import EVENTS
from alur.workflow.file_kinds import Signatures
from alur.workflow.form_moves import chosen, typed
from alur.workflow.forms import begun
from alur.workflow.presses import On
from alur.workflow.record.archive_list import Remark, archive_list
from alur.workflow.record.shelf import shelved
from alur.workflow.sop import SECURITY, Filing
from tests import acts
from tests.factories import (
    ANALIS,
    MEMO,
    SOP,
    START,
    TU,
    WIB,
    Walk,
    a_file,
    an_office,
    walked,
)

RESULT = "nota_dinas_laporan"
ASKING = SOP.model_copy(update={"archive": Filing(asks=("active", "fate"), active="1 tahun", security="Rahasia")})


@cache
def at_the_archive():
    """To be read alone: whatever moves it begins a walk of its own."""
    return walked(12)


def items(walk):
    return archive_list(walk.sop, walk.case, WIB).items


def item_of(walk, document, *, unit=None):
    named = [item for item in items(walk) if item.version is not None]
    (found,) = (item for item in named if (item.version.document, item.version.unit) == (document, unit))
    return found


def asked_in(form):
    return [field.name for field in form.sequence]


def form_of(walk, sop=None):
    if sop is not None:
        walk = replace(walk, sop=sop)
    return named("archive").begin(walk.s, TU, On(task=walk.task.id, revision=walk.task.revision))


# --- What is filed


@pytest.mark.parametrize("step", range(2, 14))
def test_every_content_that_was_not_taken_back_is_filed_or_stands_behind_once(step):
    walk = walked(step)
    papers = filed(SOP, walk.case)
    led = behind(walk.case, papers)
    all_of_it = {item.file.sha256 for item in walk.case.versions if not item.withdrawn}
    assert {item.file.sha256 for item in (*papers, *led)} == all_of_it
    assert len({item.file.sha256 for item in led}) == len(led)
    assert not {item.file.sha256 for item in papers} & {item.file.sha256 for item in led}
    assert len({(item.document, item.unit) for item in papers}) == len(papers)


def test_drafts_are_not_filed_and_stand_in_one_line_at_the_end():
    walk = walked(12).archive()
    documents = [item.version.document for item in items(walk)[:-1]]
    assert documents == sorted(documents, key=[*(kind.id for kind in SOP.documents), "unit_file"].index)
    assert not [name for name in documents if name.startswith("konsep") or name == "data_awal"]
    last = items(walk)[-1]
    assert (last.version, last.remarks, last.stage) == (None, (Remark.BEHIND,), "")
    assert last.count == len(behind(walk.case, filed(SOP, walk.case)))
    assert [item.number for item in items(walk)] == list(range(1, len(documents) + 2))


def test_a_signed_letter_is_filed_in_the_place_of_what_was_approved_and_one_that_comes_late_says_so():
    walk = walked(12).upload(ANALIS, RESULT, "bertanda tangan.pdf", signed=True)
    assert item_of(walk, RESULT).remarks == (Remark.SIGNED, Remark.UNNUMBERED)
    assert item_of(walk, RESULT).stage == "Asli"
    assert item_of(walk, RESULT).since == walk.case.standing(RESULT).at.astimezone(WIB).date()
    walk.archive()
    assert item_of(walk, RESULT).remarks == (Remark.SIGNED,)
    other = item_of(walk, "nota_dinas_rapat")
    assert (other.stage, other.reason) == ("Salinan", "Nomor menyusul dari Nadine.")
    assert other.remarks == (Remark.UNSIGNED, Remark.UNNUMBERED)
    walk.upload(ANALIS, "nota_dinas_rapat", "susulan.pdf", signed=True).nadine(ANALIS, "nota_dinas_rapat", "1/2026")
    late = item_of(walk, "nota_dinas_rapat")
    assert (late.remarks, late.stage, late.letter_number, late.reason) == (
        (Remark.SIGNED, Remark.LATE),
        "Asli",
        "1/2026",
        "",
    )


@pytest.mark.parametrize(
    ("state", "remark", "stage"),
    [
        ("whole", Remark.SIGNED, "Asli"),
        ("untold", Remark.SIGNED, "Asli"),
        ("none", Remark.NO_SIGNATURE, "Salinan"),
        ("changed", Remark.CHANGED, "Salinan"),
    ],
)
def test_what_came_as_the_signed_document_is_remarked_as_what_it_is(state, remark, stage):
    walk = walked(12).upload(ANALIS, RESULT, "bertanda tangan.pdf", signed=True)
    last = walk.case.versions[-1]
    looked_at = last.file.model_copy(update={"signatures": Signatures(state=state)})
    versions = (*walk.case.versions[:-1], last.model_copy(update={"file": looked_at}))
    walk.case = walk.case.model_copy(update={"versions": versions})
    assert (item_of(walk, RESULT).remarks[0], item_of(walk, RESULT).stage) == (remark, stage)


def test_a_sheet_is_filed_with_the_day_of_its_decision_and_is_a_copy():
    walk = walked(1)
    walk.until(START + timedelta(days=3)).record(dated=date(2026, 11, 3), ticks=("Tindak lanjuti",))
    sheet = next(item for item in items(walk) if item.version.sheet_of is not None)
    assert (sheet.remarks, sheet.stage, sheet.since) == ((Remark.SHEET,), "Salinan", date(2026, 11, 3))


def test_a_photo_is_a_copy_and_what_a_desk_still_has_is_not_submitted():
    walk = Walk().open(file=a_file("surat.jpg", kind="photo", mime="image/jpeg"))
    assert item_of(walk, SOP.letter).remarks == (Remark.PICTURE,)
    assert item_of(walk, SOP.letter).stage == "Salinan"
    walk = walked(2).upload(ANALIS, "data_capaian")
    assert item_of(walk, "data_capaian").remarks == (Remark.UNSUBMITTED,)


def test_before_it_is_filed_the_list_says_what_the_bot_would_fill_in():
    walk = walked(12)
    found = archive_list(SOP, walk.case, WIB)
    assert (found.is_filed, found.fields.file_number, found.fields.security) == (False, "", "Terbatas")
    assert found.unit == SOP.archive.unit
    filed_ = archive_list(SOP, walk.archive().case, WIB)
    assert (filed_.is_filed, filed_.fields, filed_.shelf.shelf) == (True, walk.case.archive, "Lemari A-3")


def test_the_list_of_a_case_of_an_earlier_build_has_what_that_asked_for():
    walk = walked(12).archive()
    old = {name: value for name, value in walk.case.archive.model_dump().items() if name not in PREFILLED[3:]}
    case = walk.case.model_copy(update={"archive": ArchiveFields.model_validate(old | {"security": "Rahasia"})})
    found = archive_list(MEMO.model_copy(update={"documents": SOP.documents}), case, WIB)
    assert found.unit == MEMO.organisation[-1]
    assert (found.fields.active, found.fields.fate, found.items[0].stage) == ("", "", "")


# --- Where it lies

WORDS = st.text(st.characters(exclude_categories=("Cs", "Zs", "Cc", "Zl", "Zp"), exclude_characters=",;/"), min_size=1)
NAMED = st.sampled_from(["Ruang", "Rak", "Boks", "Folder", "laci", "LEMARI", "box", "map", "3", "A-12"])


@given(st.lists(st.tuples(st.one_of(WORDS, NAMED), st.sampled_from([" ", ", ", "; ", "\n"]))))
def test_no_word_of_a_location_is_lost_or_said_twice(parts):
    location = "".join(word + gap for word, gap in parts)
    shelf = shelved(location)
    said = f"{shelf.room} {shelf.shelf} {shelf.box} {shelf.folder}".replace(",", " ").split()
    assert sorted(said) == sorted(location.replace(",", " ").replace(";", " ").split())


@pytest.mark.parametrize(
    ("location", "parts"),
    [
        ("Rak 3, Boks 12", ("", "Rak 3", "Boks 12", "")),
        ("Ruang Arsip Lantai 2, Rak 3, Boks 12, Folder 4", ("Ruang Arsip Lantai 2", "Rak 3", "Boks 12", "Folder 4")),
        ("Lemari A-3", ("", "Lemari A-3", "", "")),
        ("lemari B laci 2 map merah", ("", "lemari B laci 2", "", "map merah")),
        ("Bagian Umum", ("Bagian Umum", "", "", "")),
        ("Ruang 203/Rak B/Box 5/Map 7", ("Ruang 203", "Rak B", "Box 5", "Map 7")),
        ("Rak-3 / Boks-12/2026", ("", "Rak-3", "Boks-12/2026", "")),
        ("Rak.3, Boks:12", ("", "Rak.3", "Boks:12", "")),
        ("LANTA\u0130 2", ("LANTA\u0130 2", "", "", "")),  # which a pattern takes for an i, and a table does not
        ("Raker, Mapping, Boks12", ("Raker, Mapping", "", "Boks12", "")),
        ("rak 3; folder 4; rak 5", ("", "rak 3, rak 5", "", "folder 4")),
        ("", ("", "", "", "")),
    ],
)
def test_a_location_is_read_in_the_parts_that_it_names(location, parts):
    shelf = shelved(location)
    assert (shelf.room, shelf.shelf, shelf.box, shelf.folder) == parts


# --- Days


@given(st.integers(0, 150 * 24 * 60), st.sampled_from(["Asia/Jakarta", "Asia/Jayapura"]))
def test_the_span_ends_on_the_day_of_the_office_on_which_the_last_task_landed(minutes, zone):
    office, filing = ZoneInfo(zone), at_the_archive().case
    landed = START.astimezone(UTC) + timedelta(minutes=minutes)
    task = filing.tasks[-1].model_copy(update={"landed_at": landed})
    case = filing.model_copy(update={"tasks": (*filing.tasks[:-1], task)})
    day = landed.astimezone(office).date()
    assert default_archive(SOP, case, office)["span"].split(" s.d. ")[1].split()[0] == str(day.day)


def test_what_landed_before_seven_in_the_morning_is_of_that_day():
    walk = walked(12)
    landed = datetime(2026, 11, 29, 20, 45, tzinfo=UTC)  # 30 November, 03.45 WIB
    task = walk.case.tasks[-1].model_copy(update={"landed_at": landed})
    case = walk.case.model_copy(update={"tasks": (*walk.case.tasks[:-1], task)})
    assert default_archive(SOP, case, WIB)["span"] == "30 Okt 2026 s.d. 30 Nov 2026"


def test_what_came_at_night_is_dated_by_the_office():
    walk = walked(3)
    version = walk.case.newest("data_capaian")
    night = version.model_copy(update={"at": datetime(2026, 11, 3, 20, 45, tzinfo=UTC)})
    versions = tuple(night if item == version else item for item in walk.case.versions)
    walk.case = walk.case.model_copy(update={"versions": versions})
    assert item_of(walk, "data_capaian").since == date(2026, 11, 4)


def test_the_years_of_which_a_case_may_be_opened_are_counted_from_the_offices_year():
    office = an_office()
    new_year = datetime(2026, 12, 31, 20, 0, tzinfo=UTC)  # 1 January, 03.00 WIB
    check_period("2028", date(2027, 1, 1))
    with pytest.raises(FieldMissing):
        check_period("2025", date(2027, 1, 1))
    act = acts.OpenCase(
        by=TU, period="2025", letter_number="1", letter_date=date(2026, 12, 30), file=a_file("surat.pdf")
    )
    assert begin(SOP, content_hash(SOP), act, new_year, office).refusal == FieldMissing(field="period")
    begun_then = begin(SOP, content_hash(SOP), act.model_copy(update={"period": "2028"}), new_year, office)
    assert begun_then.refusal is None


# --- What the form asks, and fills in


def test_four_questions_are_asked_as_before_and_all_that_is_new_is_filled_in():
    form = form_of(walked(12))
    assert asked_in(form) == ["reason_missing", *ASKED]
    assert [field.name for field in form.changeable if field.prefilled] == list(PREFILLED)
    assert form.answers["unit"] == "Sekretariat Direktorat Jenderal Ketenagalistrikan"
    assert (form.answers["stage"], form.answers["security"], form.answers["active"]) == ("Asli", "Terbatas", "")


def test_what_the_sop_wants_is_asked_after_the_four_and_nothing_is_filed_without_it():
    walk = replace(walked(12), sop=ASKING)
    form = form_of(walk)
    assert asked_in(form) == ["reason_missing", *ASKED, "active", "fate"]
    assert {"active", "fate"}.isdisjoint(form.answers)
    for text in ("Menyusul.", "1/2026", "OT.02", "17", "Rak 3", "2 tahun"):
        form = typed(form, text, today=date(2026, 11, 30), zone=WIB)
    assert form.asking == "fate"
    form = chosen(form, "fate", "Permanen")
    fields = named("archive").made(TU, form.on, form, WIB).fields
    assert (fields.active, fields.fate, fields.security) == ("2 tahun", "Permanen", "Rahasia")
    without = acts.Archive(by=TU, task=walk.task.id, revision=walk.task.revision, fields=_but(fields, active=" "))
    assert walk.refusal(without) == FieldMissing(field="active")
    walk.do(acts.Archive(by=TU, task=walk.task.id, revision=walk.task.revision, fields=fields))
    assert walk.case.archive.fate == "Permanen"


def _but(fields, **changes):
    return fields.model_copy(update=changes)


LAST_YEAR = {
    "unit": "Bagian Umum",
    "stage": "Salinan",
    "active": "2 tahun",
    "inactive": "3 tahun",
    "fate": "Musnah",
    "security": "Rahasia",
}


def test_what_was_entered_last_year_is_filled_in_and_where_it_is_asked_for_a_tap():
    form = as_filed_before(form_of(walked(12)), LAST_YEAR)
    assert {name: form.answers[name] for name in LAST_YEAR} == LAST_YEAR
    asking = as_filed_before(form_of(walked(12), ASKING), LAST_YEAR)
    assert [option.value for option in asking.field("active").options] == ["2 tahun"]
    assert {"active", "fate"}.isdisjoint(asking.answers)
    assert as_filed_before(form, {}) == form


@given(st.sampled_from(SECURITY), st.sampled_from([None, *SECURITY]))
def test_no_case_is_less_secret_than_the_sop_says_nor_than_the_one_before(last, own):
    sop = SOP.model_copy(update={"archive": Filing(security=own)})
    form = as_filed_before(form_of(at_the_archive(), sop), {"security": last})
    level = SECURITY.index(form.answers["security"])
    assert level == max(SECURITY.index(last), SECURITY.index(own or "Terbatas"))


@given(st.dictionaries(st.sampled_from([*LASTING, "description", "location", "x"]), st.text(max_size=5)))
def test_whatever_a_row_of_last_year_says_the_form_stays_one_that_can_be_sent(before):
    form = as_filed_before(form_of(at_the_archive()), before)
    assert form.sequence == form_of(at_the_archive()).sequence
    assert form.answers["description"] == form_of(at_the_archive()).answers["description"]
    for name, known in CHOICES.items():
        assert form.answers[name] in ("", *known)


def test_what_last_year_gave_stays_when_the_case_moves_and_what_the_bot_counted_is_counted_anew():
    walk = walked(12)
    form = as_filed_before(form_of(walk), LAST_YEAR)
    before = walk.case
    walk.upload(ANALIS, RESULT, "bertanda tangan.pdf", signed=True)
    kept = kept_up(form, walk.s, before)
    assert {name: kept.answers[name] for name in LAST_YEAR} == LAST_YEAR
    assert kept.fields == form.fields


def test_a_form_that_an_earlier_build_began_is_sent_as_it_was():
    walk = walked(12)
    form = form_of(walk)
    new = {"unit", "stage", "active", "inactive", "fate"}
    old = form.model_copy(
        update={
            "fields": tuple(item for item in form.fields if item.name not in new),
            "answers": {name: value for name, value in form.answers.items() if name not in new},
        }
    )
    before = walk.case
    walk.upload(ANALIS, RESULT, "bertanda tangan.pdf", signed=True)
    kept = begun(kept_up(old, walk.s, before))
    for text in ("Menyusul.", "1/2026", "OT.02", "17", "Rak 3"):
        kept = typed(kept, text, today=date(2026, 11, 30), zone=WIB)
    fields = named("archive").made(TU, kept.on, kept, WIB).fields
    walk.do(acts.Archive(by=TU, task=walk.task.id, revision=walk.task.revision, fields=fields))
    assert (walk.case.archive.unit, walk.case.archive.security) == ("", "Terbatas")


def test_what_an_earlier_build_wrote_down_replays_to_a_case_that_can_be_put_right():
    walk = walked(12).archive()
    new = {"unit", "stage", "active", "inactive", "fate"}
    events = [event for _, entry in walk.trail for event in entry["events"]]
    old = [
        event | {"archive": {name: value for name, value in event["archive"].items() if name not in new}}
        if "archive" in event
        else event
        for event in events
    ]
    assert old != events
    walk.case = replay(EVENTS.validate_python(old))
    assert (walk.case.archive.active, walk.case.archive.location) == ("", "Lemari A-3")
    walk.correct(TU, "archive.active", "2 tahun").correct(TU, "archive.fate", "Permanen")
    assert (walk.case.archive.active, walk.case.archive.fate) == ("2 tahun", "Permanen")
