"""Forms: each kind walked from its first question to the act, and days and hours read as people write them."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alur.workflow.case import Attendance
from alur.workflow.engine.acts import named
from alur.workflow.engine.filing import CHOICES, PREFILLED, kept_up
from alur.workflow.errors import (
    DayUnclear,
    FieldMissing,
    HourElsewhere,
    NumberMissing,
    QuestionPassed,
    ReasonMissing,
    TooLong,
    Unknown,
)
from alur.workflow.file_kinds import Signatures
from alur.workflow.form_moves import (
    changing,
    chosen,
    correcting,
    filed,
    noting,
    proceeded,
    refiled,
    retyped,
    toggled,
    typed,
    writing,
)
from alur.workflow.forms import Field, Form, Option, begun, begun_also_on, offering
from alur.workflow.presses import On
from alur.workflow.written import LONGEST_FIELD
from alur.workflow.written_days import read_date
from alur.workflow.written_hours import read_hour
from tests import acts
from tests.factories import ANALIS, BIRO, KABAG, SARI, SEKRETARIS, SOP, TU, WIB, a_file
from tests.filling import (
    FormKind,
    act_of,
    answer_form,
    meeting_form,
    nadine_form,
    open_case_form,
    signed_form,
    task_form,
)
from tests.workflow.walk import walk_to

TODAY = date(2026, 11, 2)


def form_on(play, kind):
    return task_form(play.s, kind, play.task)


def read_time(text, zone=WIB):
    return read_hour(text, zone=zone, day=TODAY).clock


def typing(form, *texts):
    for text in texts:
        form = typed(form, text, today=TODAY, zone=WIB)
    return form


def act_by(form, member):
    assert form.is_ready
    return act_of(form, member, zone=WIB)


# --- Each kind, from the first question to an act that the engine takes


def test_a_case_is_opened_by_period_number_date_and_file():
    form = chosen(open_case_form((SOP,), today=TODAY), "period", "2026")
    form = filed(typing(form, "B-12/KP.05/2026", "30 Okt"), a_file("surat.pdf"))

    assert act_by(form, TU) == acts.OpenCase(
        by=TU,
        period="2026",
        letter_number="B-12/KP.05/2026",
        letter_date=date(2026, 10, 30),
        file=a_file("surat.pdf"),
    )


@pytest.mark.parametrize("typed_number", ["12 /OT.03/SDL/2026", "12/ OT.03 / SDL/2026", "12/OT.03/SDL/2026"])
def test_a_number_has_no_blanks_at_its_slashes(typed_number):
    form = chosen(open_case_form((SOP,), today=TODAY), "period", "2026")
    assert typing(form, typed_number).answers["letter_number"] == "12/OT.03/SDL/2026"
    walk = walk_to(9)
    assert typing(nadine_form(walk.s, "nota_dinas_rapat"), typed_number).answers["number"] == "12/OT.03/SDL/2026"
    archive = form_on(walk_to(12), FormKind.ARCHIVE)
    typed_in = typing(archive, "Menyusul.", typed_number, "OT.03", typed_number, "Lemari 1 / Rak 2").answers
    assert (typed_in["letter_number"], typed_in["file_number"]) == ("12/OT.03/SDL/2026", "12/OT.03/SDL/2026")
    assert typed_in["location"] == "Lemari 1 / Rak 2"  # no number


@pytest.mark.parametrize(
    ("today", "years"), [(date(2026, 6, 30), ["2026", "2025"]), (date(2026, 7, 1), ["2026", "2027"])]
)
def test_the_period_is_this_year_or_the_one_that_is_near(today, years):
    assert [option.value for option in open_case_form((SOP,), today=today).asked.options] == years


def test_with_several_sops_the_sop_is_asked_first():
    other = SOP.model_copy(update={"id": "lain", "short_title": "Lain"})

    form = chosen(open_case_form((SOP, other), today=TODAY), "sop", "lain")

    assert (form.answers["sop"], form.asking) == ("lain", "period")


def test_a_later_question_is_not_answered_before_its_turn():
    other = SOP.model_copy(update={"id": "lain"})

    with pytest.raises(Unknown):
        chosen(open_case_form((SOP, other), today=TODAY), "period", "2026")


def test_an_option_that_is_tapped_twice_is_taken_once():
    form = chosen(open_case_form((SOP,), today=TODAY), "period", "2026")

    assert chosen(form, "period", "2026") == form


def test_a_disposition_is_one_screen_of_ticks_that_may_be_sent_at_once():
    play = walk_to(1)
    form = form_on(play, FormKind.DISPOSE)

    act = act_by(form, SEKRETARIS)
    assert (act.ticks, act.text) == (("Siapkan data capaian IP ASN tahun berjalan",), None)
    assert play.do(act).place == (1, 1)


def test_ticks_are_set_and_taken_away_and_a_note_added():
    play = walk_to(1)
    form = toggled(form_on(play, FormKind.DISPOSE), "ticks", "Pantau")
    form = toggled(form, "ticks", "Siapkan data capaian IP ASN tahun berjalan")
    form = typing(noting(form), " Segera. ")

    act = act_by(form, SEKRETARIS)
    assert (act.ticks, act.text) == (("Pantau",), "Segera.")
    assert play.do(act).place == (1, 1)


def test_a_note_may_be_typed_anew():
    form = typing(noting(form_on(walk_to(1), FormKind.DISPOSE)), "Segera.")

    assert act_by(typing(noting(form), "Besok."), SEKRETARIS).text == "Besok."


def test_an_approval_with_disposition_is_ticked_likewise():
    play = walk_to(7)

    assert play.do(act_by(form_on(play, FormKind.APPROVE), SEKRETARIS)).place == (8, 0)


def test_directions_are_ticked_likewise():
    play = walk_to(11)

    assert play.do(act_by(form_on(play, FormKind.DIRECT), SEKRETARIS)).place == (12, 0)


@pytest.mark.parametrize("step", [6, 10])
def test_an_approval_without_disposition_is_one_tap(step):
    assert form_on(walk_to(step), FormKind.APPROVE) is None


@pytest.mark.parametrize("step", [2, 5, 9])
def test_a_submission_is_one_tap(step):
    assert form_on(walk_to(step), FormKind.SUBMIT) is None


def test_a_submission_that_needs_a_note_asks_for_it():
    play = walk_to(6).send_back(KABAG)

    act = act_by(typing(form_on(play, FormKind.SUBMIT), "Tabel sudah sesuai."), ANALIS)

    assert play.do(act).place == (6, 0)


def test_an_approval_that_needs_a_note_asks_for_it():
    play = walk_to(7).send_back(SEKRETARIS)

    assert play.do(act_by(typing(form_on(play, FormKind.APPROVE), "Sudah sesuai."), KABAG)).place == (7, 0)


def test_a_new_version_makes_the_note_needless():
    play = walk_to(6).send_back(KABAG).bring("data_awal")

    assert form_on(play, FormKind.SUBMIT) is None


def test_a_return_ticks_the_deficient_documents_and_then_asks_for_the_reason():
    play = walk_to(6)
    form = toggled(form_on(play, FormKind.RETURN), "documents", "data_awal")
    form = typing(proceeded(form), "Tabel per unit belum sesuai.")

    play.do(act_by(form, KABAG))

    assert play.case.returns[0].documents == ("data_awal",)
    assert play.case.returns[0].reason == "Tabel per unit belum sesuai."


def test_a_return_of_one_document_asks_only_for_the_reason():
    assert form_on(walk_to(10), FormKind.RETURN).asking == "reason"


def test_a_reason_may_be_a_voice_note():
    play = walk_to(10)
    note = a_file("suara.oga", kind="voice")

    play.do(act_by(filed(form_on(play, FormKind.RETURN), note), KABAG))

    assert (play.case.returns[0].reason, play.case.returns[0].file) == (None, note)


@pytest.mark.parametrize("text", ["", "ubah", "   ubah   "])
def test_a_reason_that_is_too_short_is_asked_for_again(text):
    with pytest.raises(ReasonMissing) as refused:
        typing(form_on(walk_to(10), FormKind.RETURN), text)

    assert refused.value == ReasonMissing(field="reason", least=5, length=len(text.strip()))


def test_a_meeting_is_dated_by_day_hour_and_place():
    play = walk_to(3, 1)
    form = typing(form_on(play, FormKind.SCHEDULE), "12 November 2026", "pukul 09.30 WIB", "Ruang Rapat")
    act = act_of(form.model_copy(update={"step": 4}), ANALIS, zone=WIB)

    assert play.do(act).case.meeting(4).starts == datetime(2026, 11, 12, 9, 30, tzinfo=WIB)


def test_a_meeting_s_date_may_be_entered_before_its_step():
    play = walk_to(2)
    form = typing(meeting_form(play.s, 8), "15/12/2026", "9", "Jakarta")

    assert play.do(act_by(form, BIRO)).case.meeting(8).place == "Jakarta"


def test_a_meeting_is_dated_by_three_taps_where_places_are_known():
    play = walk_to(3, 1)
    form = offering(form_on(play, FormKind.SCHEDULE), "place", ("Aula", "Ruang A"))
    for name, value in (("date", "2026-11-12"), ("time", "09:00"), ("place", "Ruang A")):
        assert not form.awaits_message
        form = chosen(form, name, value)
    act = act_of(form.model_copy(update={"step": 4}), ANALIS, zone=WIB)

    meeting = play.do(act).case.meeting(4)
    assert (meeting.starts, meeting.place) == (datetime(2026, 11, 12, 9, tzinfo=WIB), "Ruang A")


def test_lain_asks_for_the_answer_in_words_and_leaves_the_next_question_to_taps():
    form = writing(form_on(walk_to(3, 1), FormKind.SCHEDULE))
    assert (form.awaits_message, writing(form)) == (True, form)

    form = typing(form, "1 Februari 2028")
    assert (form.answers["date"], form.asking, form.awaits_message) == ("2028-02-01", "time", False)


def test_an_answer_is_typed_at_once_while_the_taps_stand():
    assert typing(form_on(walk_to(3, 1), FormKind.SCHEDULE), "20 Okt").answers == {"date": "2026-10-20"}


def test_a_new_date_offers_the_one_that_stands():
    form = form_on(walk_to(4), FormKind.SCHEDULE)

    assert "2026-11-12" in [option.value for option in form.field("date").options]
    assert "09:30" in [option.value for option in form.field("time").options]


def test_an_option_of_a_question_that_has_passed_is_refused():
    form = chosen(form_on(walk_to(3, 1), FormKind.SCHEDULE), "date", "2026-11-12")

    with pytest.raises(QuestionPassed):
        chosen(form, "date", "2026-11-13")
    with pytest.raises(Unknown):
        chosen(form, "time", "25:00")


def test_ticks_of_a_question_that_has_passed_are_refused():
    form = proceeded(form_on(walk_to(6), FormKind.RETURN))

    with pytest.raises(QuestionPassed):
        toggled(form, "documents", "data_awal")


def test_nothing_else_is_typed_where_only_options_answer():
    with pytest.raises(QuestionPassed):
        writing(form_on(walk_to(6), FormKind.ASK))


def test_diwakili_asks_for_the_name():
    play = walk_to(4)
    act = act_by(typing(form_on(play, FormKind.REPRESENT), "Budi Santoso"), SARI)

    answer = play.do(act).case.meeting(4).answers[0]
    assert (answer.attendance, answer.representative) == (Attendance.REPRESENTED, "Budi Santoso")


def test_the_archive_asks_why_papers_are_missing_and_then_its_four_fields_one_by_one():
    play = walk_to(12)
    form = form_on(play, FormKind.ARCHIVE)
    asked = []
    while not form.is_ready:
        asked.append(form.asking)
        form = typing(form, f"Isian {len(asked)}")

    assert asked == ["reason_missing", "letter_number", "classification", "file_number", "location"]
    archived = play.do(act_by(form, TU)).case.archive
    assert (archived.letter_number, archived.location, archived.reason_missing) == ("Isian 2", "Isian 5", "Isian 1")
    assert play.case.nadine_number("nota_dinas_laporan") == "Isian 2"


def test_the_archive_asks_for_no_reason_where_only_the_number_is_missing_that_it_asks_for():
    play = completed(walk_to(12), but=(("nota_dinas_laporan", "number"),))

    form = typing(form_on(play, FormKind.ARCHIVE), "5.ND/2026", "2", "3", "4")

    assert form.is_ready
    assert play.do(act_by(form, TU)).case.nadine_number("nota_dinas_laporan") == "5.ND/2026"


def test_an_open_archive_form_goes_on_to_its_first_field_once_nothing_is_missing_any_more():
    before = walk_to(12)
    form, play = form_on(before, FormKind.ARCHIVE), completed(before.copy())

    kept = kept_up(form, play.s, before.case)

    assert (kept.asking, [option.value for option in kept.asked.options]) == (
        "letter_number",
        ["5.Und/OT.02/DJL.1/2026"],
    )
    assert "reason_missing" not in {item.name for item in kept.fields}


def completed(play, *, but=()):
    """Each letter with its number and its signed copy."""
    for letter in ("nota_dinas_rapat", "nota_dinas_laporan"):
        if (letter, "number") not in but:
            play.nadine(TU, letter)
        if (letter, "signed") not in but:
            play.upload(TU, letter, signed=True)
    return play


def test_a_number_that_is_known_already_is_one_tap():
    play = walk_to(12).nadine(ANALIS, "nota_dinas_laporan", "5.ND/2026")
    form = typing(form_on(play, FormKind.ARCHIVE), "Menyusul.")

    assert [option.value for option in form.asked.options] == ["5.ND/2026"]
    form_after = chosen(form, "letter_number", "5.ND/2026")
    assert (form_after.asking, form_after.asked.options) == ("classification", ())
    assert typing(form, "6.ND/2026").answers["letter_number"] == "6.ND/2026"


def test_the_classification_is_read_from_the_number():
    play = walk_to(12).nadine(ANALIS, "nota_dinas_laporan", "231.ND/KP.05/DLB/2026")
    form = form_on(play, FormKind.ARCHIVE)
    like_the_last = offering(offering(form, "classification", ("OT.02",)), "location", ("Rak 3",))

    offered = {item.name: [option.value for option in item.options] for item in like_the_last.fields if item.options}
    assert offered == {
        "letter_number": ["231.ND/KP.05/DLB/2026"],
        "classification": ["KP.05"],  # what is known of this letter goes before what the last one had
        "location": ["Rak 3"],
        "stage": ["Asli", "Salinan", "Tembusan"],
        "security": ["Biasa", "Terbatas", "Rahasia", "Sangat Rahasia"],
        "fate": ["Musnah", "Permanen", "Dinilai kembali"],
    }


def test_a_complete_bundle_is_asked_for_no_reason():
    play = completed(walk_to(12))

    form = typing(form_on(play, FormKind.ARCHIVE), "1", "2", "3", "4")

    assert play.do(act_by(form, TU)).case.finished_at


def archive_filled():
    return typing(form_on(walk_to(12), FormKind.ARCHIVE), "Menyusul.", "1", "2", "3", "4")


def test_a_change_asks_for_the_chosen_part_alone_and_comes_back_to_the_summary():
    choosing = changing(archive_filled())
    assert (choosing.asking, choosing.is_ready) == (None, True)

    form = correcting(choosing, "location")
    assert (form.asking, form.awaits_message, form.is_ready) == ("location", True, False)

    changed = typing(form, "Rak 9")
    assert (changed.asking, changed.is_changing) == (None, False)
    assert changed.answers == archive_filled().answers | {"location": "Rak 9"}


def test_the_answer_that_stands_is_kept_by_a_tap():
    form = correcting(changing(archive_filled()), "location")
    assert [option.value for option in form.offers(form.asked)] == ["4"]

    assert chosen(form, "location", "4") == archive_filled()


@pytest.mark.parametrize("name", PREFILLED)
def test_what_the_bot_filled_in_may_be_changed(name):
    form = correcting(changing(archive_filled()), name)

    value = CHOICES[name][-1] if name in CHOICES else "Lain"
    form = chosen(form, name, value) if name in CHOICES else typing(form, value)

    assert getattr(act_by(form, TU).fields, name) == value


def test_a_part_that_is_empty_or_a_file_is_kept_by_skipping():
    form = archive_filled()
    assert proceeded(correcting(changing(form), "retention")) == form
    form = filed(form_on(walk_to(10), FormKind.RETURN), a_file("suara.oga", kind="voice"))
    assert proceeded(changing(form)) == form


def test_a_form_with_one_part_is_changed_at_once():
    form = typing(form_on(walk_to(4), FormKind.REPRESENT), "Budi")

    assert typing(changing(form), "Tono").answers == {"representative": "Tono"}


@pytest.mark.parametrize(
    ("move", "refusal"),
    [
        (changing, QuestionPassed()),
        (lambda form: correcting(form, "location"), QuestionPassed()),
        (lambda form: correcting(form, "tidak_ada"), Unknown(subject="tidak_ada")),
    ],
)
def test_nothing_is_changed_while_a_question_is_open(move, refusal):
    with pytest.raises(type(refusal)) as refused:
        move(form_on(walk_to(12), FormKind.ARCHIVE))

    assert refused.value == refusal


def test_another_part_is_not_chosen_before_the_first_is_answered():
    form = correcting(changing(archive_filled()), "location")

    with pytest.raises(QuestionPassed):
        correcting(form, "span")


def test_a_number_from_nadine_is_one_question():
    play = walk_to(7)
    act = act_by(typing(nadine_form(play.s, "nota_dinas_rapat"), "5.ND/2026"), ANALIS)

    assert play.do(act).case.nadine == (("nota_dinas_rapat", "5.ND/2026"),)


def test_a_number_that_was_entered_may_be_kept_or_corrected():
    form = nadine_form(walk_to(9).nadine(ANALIS, "nota_dinas_rapat", "5.ND/2026").s, "nota_dinas_rapat")

    assert chosen(form, "number", "5.ND/2026").is_ready
    assert typing(form, "6.ND/2026").answers == {"number": "6.ND/2026"}


def test_a_question_asks_for_the_desk_and_the_text_and_is_answered_by_a_text():
    play = walk_to(6)
    form = form_on(play, FormKind.ASK)
    assert [option.value for option in form.asked.options] == ["sekretaris", "analis_sdm", "tata_usaha"]

    play.do(act_by(typing(chosen(form, "role", "analis_sdm"), "Sudah lengkap?"), KABAG))
    play.do(act_by(typing(answer_form(play.s, 1), "Sudah."), ANALIS))

    assert (play.case.question(1).text, play.case.question(1).answer) == ("Sudah lengkap?", "Sudah.")


def test_a_file_that_is_taken_back_is_chosen_from_those_of_the_task():
    play = walk_to(2).bring("data_capaian", "konsep_undangan")
    form = form_on(play, FormKind.WITHDRAW)
    assert [option.label for option in form.asked.options] == ["data_capaian.docx", "konsep_undangan.docx"]

    play.do(act_by(chosen(form, "version", form.asked.options[0].value), ANALIS))

    assert play.case.newest("data_capaian") is None


def test_a_form_decides_about_the_revision_at_which_it_was_begun():
    play = walk_to(6)
    form = typing(proceeded(form_on(play, FormKind.RETURN)), "Tabel belum sesuai.")
    play.bring("data_awal")

    assert play.refusal(act_by(form, KABAG)).name == "OutOfDate"


@pytest.mark.parametrize("kind", [FormKind.OPEN_CASE, FormKind.NADINE, FormKind.ANSWER])
def test_a_form_that_is_about_no_task_is_not_begun_from_one(kind):
    play = walk_to(6)
    with pytest.raises(Unknown):
        named(kind).begin(play.s, ANALIS, On(task=play.task.id, revision=play.task.revision))


# --- Presses that do not belong


@pytest.mark.parametrize(
    "move",
    [
        lambda form: toggled(form, "ticks", "Bukan dari SOP"),
        lambda form: toggled(form, "tidak_ada", "Pantau"),
        lambda form: toggled(form, "text", "Pantau"),
        lambda form: chosen(form, "ticks", "Pantau"),
        lambda form: typed(form, "Teks", today=TODAY, zone=WIB),
        lambda form: filed(form, a_file("a.pdf")),
        proceeded,
    ],
)
def test_a_press_that_the_form_does_not_know_is_refused(move):
    with pytest.raises(Unknown):
        move(form_on(walk_to(1), FormKind.DISPOSE))


def test_a_question_that_must_be_answered_is_not_skipped():
    with pytest.raises(Unknown):
        proceeded(form_on(walk_to(12), FormKind.ARCHIVE))


def test_a_form_without_a_note_takes_none():
    with pytest.raises(Unknown):
        noting(form_on(walk_to(12), FormKind.ARCHIVE))


def test_an_optional_question_may_be_skipped():
    form = begun(
        Form(
            kind=FormKind.ASK,
            fields=(Field(name="one", kind="text", optional=True), Field(name="two", kind="text")),
        )
    )

    assert proceeded(form).asking == "two"


def test_a_form_survives_as_json_in_the_middle():
    form = typing(form_on(walk_to(12), FormKind.ARCHIVE), "Menyusul.", "2")

    assert Form.model_validate_json(form.model_dump_json()) == form


# --- Days and hours


@pytest.mark.parametrize(
    "text",
    [
        "15-12-2026",
        "15/12/2026",
        "15.12.2026",
        "15 12 2026",
        "15/12/26",
        "15 - 12 - 2026",
        "15 Desember 2026",
        "15 desember 2026",
        "15 Des 2026",
        "15 DES 26",
        "15-Des-2026",
        "15 Des. 2026",
        "Selasa, 15 Des 2026",
        "selasa 15 desember 2026",
        " 15-12-2026. ",
        "15-12",
        "15 Des",
        "Selasa, 15 Des",
    ],
)
def test_a_day_is_read_as_people_write_it(text):
    assert read_date(text, TODAY) == date(2026, 12, 15)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("Januari", 1),
        ("Februari", 2),
        ("Pebruari", 2),
        ("Maret", 3),
        ("April", 4),
        ("Mei", 5),
        ("Juni", 6),
        ("Juli", 7),
        ("Agustus", 8),
        ("Agt", 8),
        ("Ags", 8),
        ("September", 9),
        ("Sept", 9),
        ("Oktober", 10),
        ("November", 11),
        ("Nopember", 11),
        ("Desember", 12),
    ],
)
def test_months_have_their_names(text, month):
    assert read_date(f"5 {text} 2026", TODAY) == date(2026, month, 5)


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("5 Jan", date(2026, 12, 20), date(2027, 1, 5)),
        ("20 Des", date(2027, 1, 5), date(2026, 12, 20)),
        ("29 Feb", date(2026, 11, 2), None),
        ("29 Feb", date(2027, 11, 2), date(2028, 2, 29)),
    ],
)
def test_a_day_without_a_year_is_the_nearest_that_exists(text, today, day):
    if day is None:
        with pytest.raises(FieldMissing):
            read_date(text, today)
    else:
        assert read_date(text, today) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "besok",
        "2026",
        "15",
        "31-11-2026",
        "30 Feb 2026",
        "15-13-2026",
        "0-1-2026",
        "15 Dec 2026",
        "15 Foo 2026",
        "15-12-202",
        "15-12-0026",
        "15-12-1999",
        "15-12-2126",
        "15-12-2026 09.30",
    ],
)
def test_what_is_no_day_of_these_years_is_asked_for_again(text):
    with pytest.raises(FieldMissing) as refused:
        read_date(text, TODAY, "letter_date")

    assert refused.value == FieldMissing(field="letter_date")


@pytest.mark.parametrize(
    "text",
    ["09.30", "9.30", "9:30", "0930", "930", "09.30 WIB", "pukul 09.30", "Pukul 9.30 wib", "jam 9.30", "pkl. 09.30."],
)
def test_an_hour_is_read_as_people_write_it(text):
    assert read_time(text) == time(9, 30)


@pytest.mark.parametrize(("text", "hour"), [("9", 9), ("13", 13), ("0", 0), ("00.00", 0), ("23", 23)])
def test_a_full_hour_needs_no_minutes(text, hour):
    assert read_time(text) == time(hour)


@pytest.mark.parametrize("text", ["", "pagi", "24.00", "9.60", "9.3", "-1", "9.30.00", "09.30 s.d.", "WIB"])
def test_what_is_no_hour_is_asked_for_again(text):
    with pytest.raises(FieldMissing):
        read_time(text)


# --- Whatever is typed

ASKED_AGAIN = (DayUnclear, FieldMissing, HourElsewhere, NumberMissing, ReasonMissing, TooLong)
KINDS = ("text", "number", "reason", "date", "time", "ticks", "choice", "file")
some_dates = st.dates(date(2000, 1, 1), date(2099, 12, 31))
near_dates = st.from_regex(r"\A\d{1,3}[ ./-]{0,2}([0-9]{1,3}|[A-Za-z]{2,10})[ ./-]{0,2}[0-9]{0,5}\Z")
near_times = st.from_regex(
    r"\A(pukul |jam )?(setengah )?[0-9]{0,3}[.:]?[0-9]{0,3}( pagi| sore)?( wib| wit| gmt[+-][0-9]{0,5})?( ?- ?[0-9]{0,4})?\Z"
)
near_numbers = st.from_regex(r"\A(Nomor|no\.?)? ?:?[ 0-9A-Z/.-]{0,12}\Z")
anything = (
    st.text(max_size=40)
    | near_dates
    | near_times
    | near_numbers
    | st.integers(0, 1100).map(lambda length: "x" * length)
)


@given(kind=st.sampled_from(KINDS), text=anything, today=some_dates)
@example(kind="date", text="1-1-0001", today=date(2026, 1, 1))
@example(kind="date", text="31-12-9999", today=date(2026, 1, 1))
def test_whatever_is_typed_is_a_value_or_a_refusal_that_asks_again(kind, text, today):
    form = begun(Form(kind=FormKind.ASK, fields=(Field(name="one", kind=kind, least=5 if kind == "reason" else 1),)))

    try:
        value = typed(form, text, today=today, zone=WIB).answers["one"]
    except ASKED_AGAIN:
        return
    except Unknown:
        assert kind in ("ticks", "choice", "file")
        return

    match kind:
        case "date":
            assert abs(date.fromisoformat(value) - today) <= timedelta(days=3653)
        case "time":
            assert time.fromisoformat(value).second == 0
        case "number":
            assert "".join(text.split()).endswith("".join(value.split()))
            assert any(mark.isdecimal() or mark in "IVXLivxl" for mark in value)
        case _:
            assert value == text.strip()
            assert 1 <= len(value) <= LONGEST_FIELD


@given(st.dates(date(2017, 1, 1), date(2036, 1, 1)), st.sampled_from(["-", "/", ".", " "]))
def test_every_day_within_ten_years_is_read_back_from_its_figures(day, mark):
    assert read_date(mark.join((f"{day.day}", f"{day.month:02}", f"{day.year}")), TODAY) == day


@given(st.times())
def test_every_hour_and_minute_is_read_back(moment):
    assert read_time(f"{moment:%H.%M}") == moment.replace(second=0, microsecond=0)


presses = st.one_of(
    st.tuples(st.just(toggled), st.sampled_from(["ticks", "documents", "text", "role", "version", "?"]), anything),
    st.tuples(st.just(chosen), st.sampled_from(["ticks", "documents", "text", "role", "period", "?"]), anything),
    st.tuples(st.sampled_from([proceeded, noting, changing, writing])),
    st.tuples(st.just(correcting), st.sampled_from(["place", "location", "security", "reason", "?"])),
    st.tuples(st.just(typed), anything),
    st.tuples(st.just(filed)),
)


@given(kind=st.sampled_from(FormKind), moves=st.lists(presses, max_size=12), data=st.data())
def test_no_press_breaks_a_form_and_a_ready_form_always_makes_an_act(kind, moves, data):
    form = any_form(kind)
    for move, *arguments in moves:
        try:
            form = pressed(form, move, arguments, data)
        except (*ASKED_AGAIN, QuestionPassed, Unknown):
            continue
        assert form.asking is None or form.field(form.asking)

    if form.is_ready:
        assert act_of(form, 1, zone=WIB).by == 1


def pressed(form, move, arguments, data):
    """Half of the presses are on a button that is shown, the others anywhere."""
    field = form.asked
    if field and form.offers(field) and data.draw(st.booleans()):
        value = data.draw(st.sampled_from(form.offers(field))).value
        return (toggled if field.kind == "ticks" else chosen)(form, field.name, value)
    if move is typed:
        return typed(form, *arguments, today=TODAY, zone=WIB)
    return filed(form, a_file("a.pdf")) if move is filed else move(form, *arguments)


def any_form(kind):
    place = {
        "dispose": 1,
        "submit": 5,
        "approve": 7,
        "schedule": 8,
        "represent": 4,
        "direct": 11,
        "archive": 12,
        "attendance": 4,
        "cancel_meeting": 4,
    }
    play = PLAYS[place.get(kind.value, 6)]
    match kind:
        case FormKind.OPEN_CASE:
            return open_case_form((SOP,), today=TODAY)
        case FormKind.SUBMIT:
            return begun(Form(kind=kind, on=On(task=7, revision=1), fields=(Field(name="text", kind="text"),)))
        case FormKind.NADINE:
            return nadine_form(play.s, "nota_dinas_rapat")
        case FormKind.ANSWER:
            return begun(Form(kind=kind, on=On(question=1), fields=(Field(name="text", kind="text"),)))
        case FormKind.MEET:
            return form_on(walk_to(4).bring("notula_rekonsiliasi", "pemutakhiran_data"), kind)
        case FormKind.WITHDRAW_SIGNED:
            copy = {"signed": True, "signatures": Signatures("none")}
            return signed_form(walk_to(11).upload(ANALIS, "nota_dinas_laporan", "nota.pdf", **copy).s)
        case FormKind.WITHDRAW:
            options = (Option(value="1", label="a.pdf"),)
            return begun(Form(kind=kind, fields=(Field(name="version", kind="choice", options=options),)))
    return form_on(play, kind)


PLAYS = {step: walk_to(step) for step in (1, 4, 5, 6, 7, 8, 11, 12)}


# --- What is changed inside the message that answered


def opened(*texts):
    return typing(chosen(open_case_form((SOP,), today=TODAY), "period", "2026"), *texts)


def test_another_text_takes_the_place_of_the_first_and_the_question_stays():
    form = opened("B-12/KP.05/2026", "30 Okt")

    changed = retyped(form, "letter_number", "B-13/KP.05/2026", today=TODAY, zone=WIB)
    changed = retyped(changed, "letter_date", "29 Okt", today=TODAY, zone=WIB)

    assert changed.answers["letter_number"] == "B-13/KP.05/2026"
    assert changed.answers["letter_date"] == "2026-10-29"
    assert changed.asking == form.asking == "letter"


def test_another_text_for_the_question_in_hand_answers_it():
    form = opened("B-12/KP.05/2026")

    assert retyped(form, "letter_date", "30 Okt", today=TODAY, zone=WIB) == typing(form, "30 Okt")


def test_another_text_that_cannot_be_read_is_refused():
    with pytest.raises(FieldMissing):
        retyped(opened("B-12/KP.05/2026", "30 Okt"), "letter_date", "bukan tanggal", today=TODAY, zone=WIB)


def test_another_of_the_options_is_typed_and_anything_else_is_unknown():
    form = opened("B-12/KP.05/2026")

    changed = retyped(form, "period", "2027", today=TODAY, zone=WIB)

    assert (changed.answers["period"], changed.asking) == ("2027", form.asking)
    with pytest.raises(Unknown):
        retyped(form, "period", "1999", today=TODAY, zone=WIB)


def test_another_file_and_what_stands_under_it_take_the_place_of_the_first():
    form = form_on(walk_to(6), "return")
    form = filed(proceeded(form) if form.asking == "documents" else form, a_file("koreksi.jpg"), "Halaman 2")

    changed = refiled(form, "reason", a_file("lain.jpg"), "Halaman 3")

    assert (changed.answers["file"]["name"], changed.answers["reason"]) == ("lain.jpg", "Halaman 3")
    assert changed.asking == form.asking


@pytest.mark.parametrize(("stored", "messages"), [(5, (5,)), (None, ()), ([5, 7], (5, 7))])
def test_a_form_of_a_build_that_knew_one_message_is_read(stored, messages):
    kept = {"kind": "obstacle", "fields": [], "begun_on": stored}
    form = Form.model_validate(kept)
    assert form.begun_on == messages
    assert begun_also_on(begun_also_on(form, 9), 9).begun_on == (*messages, 9)
    assert begun_also_on(form, None) == form
