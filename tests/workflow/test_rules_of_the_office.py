"""What the office works by, a sentence for each rule that is easily got wrong. 2 November 2026 is a Monday."""

from dataclasses import replace
from datetime import datetime, timedelta

import holidays
import pytest

from alur.workflow.calendar import Calendar
from alur.workflow.case import UNIT_FILE, ArchiveFields, Attendance
from alur.workflow.engine.acts.record_nadine import NadineRule
from alur.workflow.engine.filing import default_archive
from alur.workflow.errors import (
    AlreadyDecided,
    ApprovalUndone,
    FieldMissing,
    NotHolder,
    NotWanted,
    OutOfDate,
    ReasonMissing,
    Unknown,
)
from alur.workflow.outstanding import missing_papers, waits_outside
from alur.workflow.people import Invited, Office
from alur.workflow.presses import On
from tests import acts
from tests.factories import ADMIN, ANALIS, BIRO, JOKO, KABAG, PEOPLE, SARI, SEKRETARIS, SOP, TU, UNITS, WIB, a_file
from tests.workflow.walk import UNIT, Play, an_office_where, walk_to, wib

DECREED = dict(holidays.country_holidays("ID", years=(2026, 2027), categories=("public", "government"), language="id"))


def due(play):
    return f"{play.task.due:%Y-%m-%d %H:%M}" if play.task.due else None


def approve(play, by):
    return acts.Approve(by=by, task=play.task.id, revision=play.task.revision, text="Setuju.")


def reasons(play):
    return [play.case.returns[number - 1].reason for number in play.task.returns]


def upload(by, document, **changes):
    return acts.Upload(by=by, document=document, file=a_file("baru.pdf"), **changes)


# --- Returns


@pytest.mark.parametrize(
    ("step", "by", "target", "desk"),
    [(6, KABAG, 5, "analis_sdm"), (7, SEKRETARIS, 6, "kabag_umum"), (10, KABAG, 9, "analis_sdm")],
)
def test_a_return_goes_back_to_the_desk_that_the_sop_names(step, by, target, desk):
    play = walk_to(step).send_back(by, reason="Tabel belum sesuai.")

    assert (play.task.step, play.task.role, play.task.round) == (target, desk, 2)
    assert reasons(play) == ["Tabel belum sesuai."]


@pytest.mark.parametrize("place", [(3, 0), (11, 0), (1, 1), (4, 0), (12, 0)])
def test_no_other_step_can_be_returned(place):
    play = walk_to(*place)
    holder = next(item.member for item in PEOPLE if item.role == play.task.role)

    act = acts.ReturnWork(by=holder, task=play.task.id, revision=play.task.revision, reason="Tidak sesuai.")

    assert isinstance(play.refusal(act), Unknown)


def test_a_desk_that_redoes_a_step_after_two_returns_reads_both_reasons_the_newest_first():
    play = walk_to(7).send_back(SEKRETARIS, reason="Nomor surat keliru.").send_back(KABAG, reason="Lihat catatan.")

    assert play.place == (5, 0)
    assert reasons(play) == ["Lihat catatan.", "Nomor surat keliru."]


def test_a_reason_is_read_no_longer_once_the_work_has_gone_on():
    play = walk_to(6).send_back(KABAG).bring("data_awal").submit()

    assert reasons(play) == []
    assert reasons(play.send_back(KABAG, reason="Masih keliru.")) == ["Masih keliru."]


def test_a_return_without_ticks_means_all_documents_that_stood_there():
    play = walk_to(6).send_back(KABAG)

    assert play.case.returns[0].documents == ("konsep_nota_dinas_rapat", "data_awal")


def test_a_return_with_ticks_names_the_deficient_ones():
    play = walk_to(6).send_back(KABAG, documents=("data_awal",))

    assert play.case.returns[0].documents == ("data_awal",)


def test_the_limit_of_a_step_that_is_redone_starts_anew():
    play = walk_to(6).on("2026-11-16 10:00").send_back(KABAG)

    assert due(play) == "2026-11-19 16:00"
    assert [(item.number, f"{item.due:%d}") for item in play.case.rounds if item.step == 5][-1] == (2, "19")


def test_after_a_return_from_7_the_kabag_may_bring_the_corrected_version_himself():
    play = walk_to(7).send_back(SEKRETARIS).upload(KABAG, "konsep_nota_dinas_rapat").approve(KABAG)

    assert play.place == (7, 0)
    assert play.case.newest("nota_dinas_rapat").number == 2


def test_after_a_return_from_7_the_kabag_approves_the_same_version_only_with_a_note():
    play = walk_to(7).send_back(SEKRETARIS)
    bare = acts.Approve(by=KABAG, task=play.task.id, revision=play.task.revision)

    assert play.refusal(bare).name == "NoteMissing"
    assert play.do(bare.model_copy(update={"text": "Sudah sesuai notula."})).place == (7, 0)


def test_the_kabag_brings_nothing_at_6_before_it_was_returned_to_him():
    assert isinstance(walk_to(6).refusal(upload(KABAG, "konsep_nota_dinas_rapat")), NotWanted)


def test_the_analis_may_not_bring_a_version_while_the_kabag_corrects_after_a_return_from_7():
    play = walk_to(7).send_back(SEKRETARIS)

    assert play.refusal(upload(ANALIS, "konsep_nota_dinas_rapat")) == NotWanted(
        document="konsep_nota_dinas_rapat", roles=("kabag_umum",)
    )


# --- Limits


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-11-02 08:00", "2026-11-03 16:00"),
        ("2026-11-02 16:00", "2026-11-03 16:00"),
        ("2026-11-02 16:01", "2026-11-04 16:00"),
        ("2026-11-05 10:00", "2026-11-06 16:30"),
        ("2026-11-07 10:00", "2026-11-10 16:00"),
    ],
)
def test_a_limit_is_a_closing_and_what_comes_after_closing_counts_from_the_next_working_day(at, expected):
    assert due(Play(at=wib(at)).open()) == expected


def test_the_second_task_of_a_step_is_due_with_its_round_when_it_lands_in_time():
    play = Play(at=wib("2026-11-02 09:00")).open().on("2026-11-02 11:00").dispose(SEKRETARIS)

    assert due(play) == "2026-11-03 16:00"


def test_the_second_task_of_a_step_never_pays_for_the_first():
    play = Play(at=wib("2026-11-02 09:00")).open().on("2026-11-05 11:00").dispose(SEKRETARIS)

    assert due(play) == "2026-11-06 16:30"
    assert f"{play.case.round(1).due:%Y-%m-%d %H:%M}" == "2026-11-03 16:00"


def test_an_act_counts_when_it_was_received_though_it_is_applied_later_the_same_day():
    play = walk_to(6).on("2026-11-12 15:59", applied="2026-11-12 22:00").approve(KABAG)

    assert due(play) == "2026-11-13 16:30"
    assert play.case.tasks[-2].closing.at == wib("2026-11-12 15:59")


def test_after_an_outage_over_night_the_next_desk_s_limit_counts_from_the_application():
    play = walk_to(6).on("2026-11-12 15:00", applied="2026-11-13 09:00").approve(KABAG)

    assert due(play) == "2026-11-16 16:00"
    assert play.task.landed_at == wib("2026-11-13 09:00")
    assert play.case.tasks[-2].closing.at == wib("2026-11-12 15:00")


def test_after_an_outage_the_second_task_of_a_step_has_its_day_from_the_application_too():
    play = Play(at=wib("2026-11-02 09:00")).open()

    play.on("2026-11-03 15:00", applied="2026-11-04 09:00").dispose(SEKRETARIS)

    assert due(play) == "2026-11-05 16:00"


def test_after_an_outage_the_first_desk_of_a_new_case_counts_from_the_application():
    play = Play(at=wib("2026-11-02 15:00"), now=wib("2026-11-03 09:00")).open()

    assert due(play) == "2026-11-04 16:00"


def test_an_outage_over_a_weekend_that_ends_before_monday_costs_nobody_a_day():
    play = walk_to(6).on("2026-11-13 15:00", applied="2026-11-15 20:00").approve(KABAG)

    assert due(play) == "2026-11-16 16:00"


@pytest.mark.parametrize(
    ("starts", "entered", "landed", "expected"),
    [
        ("2026-11-20 09:00", "2026-11-09 10:00", "2026-11-10 10:00", "2026-11-23 16:00"),
        ("2026-11-05 09:00", "2026-11-09 10:00", "2026-11-10 10:00", "2026-11-11 16:00"),
    ],
)
def test_the_limit_of_the_internal_meeting_counts_from_the_meeting_or_the_landing(starts, entered, landed, expected):
    play = walk_to(3, 1).on(entered).schedule(ANALIS, 4, starts=wib(starts)).bring("undangan").on(landed).submit()

    assert due(play) == expected
    assert due_of_round(play, 4) == expected


@pytest.mark.parametrize(
    ("starts", "entered", "expected"),
    [
        ("2026-11-25 09:00", "2026-11-18 10:00", "2026-11-26 16:00"),
        ("2026-11-05 09:00", "2026-11-18 10:00", "2026-11-19 16:00"),
        ("2026-11-05 09:00", "2026-11-18 16:30", "2026-11-20 16:30"),
    ],
)
def test_the_limit_of_step_8_counts_from_the_meeting_or_the_entry_of_its_date(starts, entered, expected):
    play = walk_to(8).on(entered).schedule(BIRO, 8, starts=wib(starts))

    assert due(play) == expected
    assert due_of_round(play, 8) == expected


def test_a_corrected_date_moves_the_limit():
    play = (
        walk_to(8).schedule(BIRO, 8, starts=wib("2026-11-20 09:00")).schedule(KABAG, 8, starts=wib("2026-11-24 09:00"))
    )

    assert due(play) == "2026-11-25 16:00"
    assert play.case.meeting(8).sequence == 1


def due_of_round(play, step):
    return f"{play.case.round(step).due:%Y-%m-%d %H:%M}"


def test_the_whole_sop_started_on_1_december_2026_and_done_at_each_limit_ends_on_29_december_at_16():
    calendar = Calendar(days_off=DECREED, first_year=2026, last_year=2027, zone=WIB)
    office = Office(calendar=calendar, appointments=PEOPLE, units=UNITS)
    play = Play(office=office, at=wib("2026-12-01 09:00"), pace=timedelta(0)).open()
    limits = []

    def at_limit():
        limits.append(f"{play.task.due:%m-%d %H:%M}")
        play.at = play.task.due
        return play

    play.dispose(SEKRETARIS)  # at once, so that the second desk has the step's day
    at_limit().dispose(KABAG)
    at_limit().bring("data_capaian", "konsep_undangan").submit()
    play.dispose(KABAG)
    at_limit().schedule(ANALIS, 4, starts=play.at).bring("undangan").submit()  # the meeting is held at once
    at_limit().bring("notula_rekonsiliasi", "pemutakhiran_data").meet()
    at_limit().bring("konsep_nota_dinas_rapat", "data_awal").submit()
    at_limit().approve(KABAG)
    play.schedule(BIRO, 8, starts=play.task.due)  # the invitation came early, for the day on which step 7 ends
    at_limit().approve(SEKRETARIS)
    at_limit().bring("notula_validasi", "data_validasi").meet()
    at_limit().bring("konsep_nota_dinas_laporan").submit()
    at_limit().approve(KABAG)
    at_limit().direct()
    at_limit().archive()

    assert limits == [
        "12-02 16:00",
        "12-07 16:00",
        "12-08 16:00",
        "12-09 16:00",
        "12-14 16:00",
        "12-15 16:00",
        "12-16 16:00",
        "12-17 16:00",
        "12-22 16:00",
        "12-23 16:00",
        "12-28 16:00",
        "12-29 16:00",
    ]
    assert play.case.finished_at == wib("2026-12-29 16:00")


# --- Meetings


def test_step_8_waits_for_the_outside_party_without_a_deadline():
    play = walk_to(8)

    assert play.task.due is None
    assert waits_outside(SOP, play.case, play.task)


def test_while_it_waits_files_may_come_and_questions_be_asked():
    play = walk_to(8).bring("notula_validasi").ask(KABAG, "analis_sdm")

    assert play.task.due is None


def test_the_wait_ends_with_the_date():
    play = walk_to(8).schedule(KABAG, 8, starts=wib("2026-11-20 09:00"))

    assert not waits_outside(SOP, play.case, play.task)


@pytest.mark.parametrize("member", [BIRO, KABAG, ANALIS])
@pytest.mark.parametrize("step", [1, 2, 5, 7])
def test_the_date_of_step_8_may_be_entered_early(member, step):
    play = walk_to(step).schedule(member, 8, starts=wib("2026-12-15 09:00"))

    assert play.case.meeting(8).by.member == member


def test_a_date_that_was_entered_early_gives_step_8_its_limit_when_it_lands():
    play = walk_to(7).schedule(BIRO, 8, starts=wib("2026-12-15 09:00")).approve(SEKRETARIS)

    assert due(play) == "2026-12-16 16:00"
    assert not waits_outside(SOP, play.case, play.task)


@pytest.mark.parametrize("member", [SEKRETARIS, SARI, JOKO, TU, ADMIN])
def test_nobody_else_enters_the_date_of_step_8(member):
    act = acts.ScheduleMeeting(by=member, step=8, starts=wib("2026-12-15 09:00"), place="Ruang Rapat")

    assert isinstance(walk_to(5).refusal(act), NotHolder)


def test_a_meeting_may_lie_in_the_past():
    play = walk_to(8).on("2026-11-18 10:00").schedule(ANALIS, 8, starts=wib("2026-10-20 09:00"))

    assert play.bring("notula_validasi", "data_validasi").meet().place == (9, 0)


def test_a_meeting_may_be_closed_before_its_date():
    play = walk_to(8).schedule(ANALIS, 8, starts=wib("2026-12-15 09:00"))

    assert play.bring("notula_validasi", "data_validasi").meet().place == (9, 0)


@pytest.mark.parametrize("step", [5, 8])
def test_a_date_beyond_the_calendar_is_asked_for_again_instead_of_stopping_the_case_later(step):
    act = acts.ScheduleMeeting(by=BIRO, step=8, starts=wib("2035-12-15 09:00"), place="Ruang Rapat")

    assert walk_to(step).refusal(act) == FieldMissing(field="date")


def test_an_answer_may_be_changed_until_the_meeting_closes():
    play = walk_to(4).answer(SARI, Attendance.PRESENT).answer(SARI, Attendance.ABSENT)

    assert [(item.by.member, item.attendance) for item in play.case.meeting(4).answers] == [(SARI, "absent")]

    late = acts.AnswerInvitation(by=SARI, task=play.task.id, attendance=Attendance.PRESENT)
    play.bring("notula_rekonsiliasi", "pemutakhiran_data").meet()
    assert isinstance(play.refusal(late), AlreadyDecided)


@pytest.mark.parametrize("name", [None, "", "   "])
def test_diwakili_needs_a_name(name):
    play = walk_to(4)
    act = acts.AnswerInvitation(by=SARI, task=play.task.id, attendance=Attendance.REPRESENTED, representative=name)

    assert play.refusal(act) == FieldMissing(field="representative")


def test_a_representative_is_named_only_while_he_represents():
    play = walk_to(4).answer(SARI, Attendance.REPRESENTED, representative=" Budi ")
    assert play.case.meeting(4).answers[0].representative == "Budi"

    play.answer(SARI, Attendance.PRESENT, representative="Budi")
    assert play.case.meeting(4).answers[0].representative is None


def test_the_meeting_goes_on_without_answers():
    assert walk_to(4).bring("notula_rekonsiliasi", "pemutakhiran_data").meet().place == (5, 0)


@pytest.mark.parametrize("member", [BIRO, KABAG])
def test_nobody_is_invited_to_the_meeting_that_biro_sdm_calls_itself(member):
    play = walk_to(8).schedule(BIRO, 8)
    act = acts.AnswerInvitation(by=member, task=play.task.id, attendance=Attendance.PRESENT)

    assert isinstance(play.refusal(act), Unknown)


def test_biro_sdm_may_bring_its_invitation_and_take_it_back_but_nobody_s_else():
    play = walk_to(8).upload(BIRO, "undangan_validasi").bring("notula_validasi")
    notula = play.case.newest("notula_validasi")

    assert isinstance(play.refusal(acts.Withdraw(by=BIRO, version=notula.id)), NotHolder)
    assert play.take_back(BIRO, "undangan_validasi").case.newest("undangan_validasi") is None


@pytest.mark.parametrize(
    "move",
    [
        lambda w: w.answer(SARI, Attendance.PRESENT),
        lambda w: w.ask(KABAG, "analis_sdm").reply(ANALIS, 1),
        lambda w: w.schedule(BIRO, 8, starts=wib("2026-12-15 09:00")),
        lambda w: w.upload(ANALIS, "undangan"),
    ],
    ids=["answer", "question", "date", "a replaced invitation"],
)
def test_what_does_not_change_the_decision_kills_no_button(move):
    play = walk_to(4)
    revision = play.task.revision

    move(play)

    assert play.task.revision == revision


# --- Documents


def test_each_unit_may_be_sent_a_file_of_its_own_and_each_counts_for_itself():
    play = walk_to(3, 1)
    play.upload(ANALIS, UNIT_FILE, unit=UNIT).upload(ANALIS, UNIT_FILE, unit=UNIT)
    play.upload(ANALIS, UNIT_FILE, unit="Direktorat Pembinaan")

    files = [(item.unit, item.number) for item in play.case.versions if item.document == UNIT_FILE]
    assert files == [(UNIT, 1), (UNIT, 2), ("Direktorat Pembinaan", 1)]


def test_a_unit_s_file_is_no_condition_and_kills_no_button():
    play = walk_to(3, 1).schedule(ANALIS, 4).bring("undangan")
    act = acts.Submit(by=ANALIS, task=play.task.id, revision=play.task.revision)

    assert play.upload(ANALIS, UNIT_FILE, unit=UNIT).do(act).place == (4, 0)


def test_kept_data_is_handed_on_as_it_is():
    play = walk_to(4)

    assert [item.number for item in play.case.versions if item.document == "data_capaian"] == [1]
    assert play.case.newest("data_capaian").step == 2


def test_of_kept_data_a_newer_version_may_be_uploaded():
    play = walk_to(3, 1).bring("data_capaian")

    assert (play.case.newest("data_capaian").number, play.case.newest("data_capaian").step) == (2, 3)


def test_an_approval_at_6_makes_letter_and_data_of_the_same_bytes():
    play = walk_to(7)

    def made(product, source):
        new, old = play.case.newest(product), play.case.newest(source)
        return new.file == old.file and new.source == old.id and new.step == 6

    assert made("nota_dinas_rapat", "konsep_nota_dinas_rapat")
    assert made("data_capaian", "data_awal")


def test_the_numbers_of_what_an_approval_makes_go_on_where_the_uploads_ended():
    play = walk_to(7)
    assert play.case.newest("data_capaian").number == 2

    play.send_back(SEKRETARIS).upload(KABAG, "data_awal").approve(KABAG)
    assert (play.case.newest("data_capaian").number, play.case.newest("nota_dinas_rapat").number) == (3, 1)
    assert play.case.newest("data_capaian").file == play.case.newest("data_awal").file


def test_an_approval_at_10_makes_the_last_letter():
    play = walk_to(11)

    assert play.case.newest("nota_dinas_laporan").file == play.case.newest("konsep_nota_dinas_laporan").file


def test_what_was_taken_back_is_missing_again():
    play = walk_to(2).bring("data_capaian", "konsep_undangan").take_back(ANALIS, "data_capaian")
    act = acts.Submit(by=ANALIS, task=play.task.id, revision=play.task.revision)

    assert play.refusal(act).facts == {"documents": ("data_capaian",)}


def test_taking_back_an_older_version_changes_nothing_under_the_decision():
    play = walk_to(2).bring("data_capaian", "data_capaian", "konsep_undangan")
    revision = play.task.revision

    play.do(acts.Withdraw(by=ANALIS, version=play.case.newest("data_capaian").id - 1))

    assert play.task.revision == revision


def test_what_was_submitted_may_be_replaced_until_the_next_task_closes_and_that_kills_the_old_button():
    play = walk_to(6)
    shown = approve(play, KABAG)

    play.upload(ANALIS, "konsep_nota_dinas_rapat")
    assert play.refusal(shown) == OutOfDate(step=6)

    play.approve(KABAG)
    assert play.case.newest("nota_dinas_rapat").file == play.case.newest("konsep_nota_dinas_rapat").file
    assert play.refusal(upload(ANALIS, "konsep_nota_dinas_rapat")) == NotWanted(
        document="konsep_nota_dinas_rapat", roles=("sekretaris",)
    )


def test_only_whoever_brought_a_document_may_replace_it():
    play = walk_to(6, office=an_office_where(20, "analis_sdm", "Putri"))

    assert isinstance(play.refusal(upload(20, "konsep_nota_dinas_rapat")), NotWanted)


def test_a_helper_may_replace_what_he_brought_to_the_meeting():
    play = walk_to(5)

    assert play.upload(ANALIS, "notula_rekonsiliasi").case.newest("notula_rekonsiliasi").number == 2
    assert isinstance(play.refusal(upload(KABAG, "notula_rekonsiliasi")), NotWanted)


def test_a_helper_takes_back_only_what_he_brought_himself_the_holder_everything():
    play = walk_to(4).bring("notula_rekonsiliasi").bring("pemutakhiran_data", by=KABAG)
    of_kabag = play.case.newest("pemutakhiran_data")

    assert isinstance(play.refusal(acts.Withdraw(by=ANALIS, version=of_kabag.id)), NotHolder)
    assert play.take_back(KABAG, "notula_rekonsiliasi").case.newest("notula_rekonsiliasi") is None


def test_a_helper_does_not_close_the_meeting():
    play = walk_to(4).bring("notula_rekonsiliasi", "pemutakhiran_data")
    act = acts.CloseMeeting(by=ANALIS, task=play.task.id, revision=play.task.revision)

    assert play.refusal(act) == NotHolder(role="kabag_umum")


def test_the_letter_may_be_replaced_until_it_is_disposed():
    play = Play().open()
    shown = acts.Dispose(by=SEKRETARIS, task=1, revision=1, text="Tindak lanjuti.")
    play.upload(TU, "surat_biro_sdm")

    assert play.refusal(shown) == OutOfDate(step=1)
    assert play.case.newest("surat_biro_sdm").number == 2

    play.dispose(SEKRETARIS)
    assert isinstance(play.refusal(upload(TU, "surat_biro_sdm")), NotWanted)


@pytest.mark.parametrize("member", [ANALIS, TU])
def test_a_signed_letter_is_an_attachment_that_kills_nothing(member):
    play = walk_to(7)
    shown = approve(play, SEKRETARIS)
    play.upload(member, "nota_dinas_rapat", signed=True)

    assert play.do(shown).place == (8, 0)
    assert play.case.newest("nota_dinas_rapat").signed is False
    assert play.case.newest("nota_dinas_rapat", signed=True).number == 1


def test_a_signed_letter_is_no_draft_and_cannot_be_taken_back():
    play = walk_to(7).upload(ANALIS, "nota_dinas_rapat", signed=True)
    signed = play.case.newest("nota_dinas_rapat", signed=True)

    assert isinstance(play.refusal(acts.Withdraw(by=ANALIS, version=signed.id)), Unknown)


# --- Letters and the archive


def archive_act(play, reason):
    fields = dict.fromkeys(("letter_number", "classification", "file_number", "location"), "17")
    filled = ArchiveFields(**default_archive(SOP, play.case, WIB) | fields | {"reason_missing": reason})
    return acts.Archive(by=TU, task=play.task.id, revision=play.task.revision, fields=filled)


def completed(play):
    for letter in ("nota_dinas_rapat", "nota_dinas_laporan"):
        play.nadine(TU, letter).upload(TU, letter, signed=True)
    return play


def test_the_archive_card_can_say_what_is_missing():
    play = walk_to(12).nadine(ANALIS, "nota_dinas_rapat").upload(TU, "nota_dinas_laporan", signed=True)

    assert missing_papers(SOP, play.case) == (("nota_dinas_rapat", "signed"), ("nota_dinas_laporan", "number"))


def test_the_number_of_what_is_filed_is_its_nadine_number_where_that_is_missing():
    play = walk_to(12)
    play.do(archive_act(play, "Menyusul."))

    assert [event.event for event in play.events[-3:]] == ["nadine_recorded", "task_closed", "case_finished"]
    recorded = play.events[-3]
    assert (recorded.document, recorded.number, recorded.by.role, recorded.late) == (
        "nota_dinas_laporan",
        "17",
        "tata_usaha",
        False,
    )
    assert play.case.nadine == (("nota_dinas_laporan", "17"),)


def test_a_nadine_number_that_is_known_is_not_overwritten_by_what_is_filed():
    play = walk_to(12).nadine(ANALIS, "nota_dinas_laporan", "5.ND/2026")
    play.do(archive_act(play, "Menyusul."))

    assert play.case.nadine_number("nota_dinas_laporan") == "5.ND/2026"
    assert play.case.archive.letter_number == "17"


def test_no_reason_is_wanted_for_the_one_number_that_filing_brings():
    play = walk_to(12).nadine(TU, "nota_dinas_rapat")
    for letter in ("nota_dinas_rapat", "nota_dinas_laporan"):
        assert isinstance(play.refusal(archive_act(play, None)), ReasonMissing)
        play.upload(TU, letter, signed=True)

    assert play.do(archive_act(play, None)).case.finished_at
    assert missing_papers(SOP, play.case) == ()


def returned_to_5():
    play = walk_to(7).nadine(ANALIS, "nota_dinas_rapat").upload(ANALIS, "nota_dinas_rapat", signed=True)
    return play.send_back(SEKRETARIS).send_back(KABAG)


def test_a_letter_that_was_returned_is_approved_no_more_until_it_is_approved_again():
    play = returned_to_5()
    assert play.case.standing("nota_dinas_rapat") is None
    assert missing_papers(SOP, play.case) == ()
    refusal = play.refusal(acts.RecordNadine(by=ANALIS, document="nota_dinas_rapat", number="7/ND/2026"))
    assert isinstance(refusal, ApprovalUndone)
    assert (refusal.facts["by"], refusal.facts["role"]) == ("Hartono", "sekretaris")

    play.upload(ANALIS, "konsep_nota_dinas_rapat", "konsep baru.docx").submit().approve(KABAG)
    assert play.case.standing("nota_dinas_rapat").number == 2


@pytest.mark.parametrize(("name", "lacks"), [("konsep baru.docx", True), (None, False)])
def test_number_and_signed_copy_count_for_the_bytes_that_were_approved_when_they_came(name, lacks):
    play = returned_to_5()
    if name:
        play.upload(ANALIS, "konsep_nota_dinas_rapat", name)
    play.submit(note="Sudah sesuai.").approve(KABAG, text="Sudah sesuai.")
    papers = (("nota_dinas_rapat", "number"), ("nota_dinas_rapat", "signed"))
    assert missing_papers(SOP, play.case) == (papers if lacks else ())
    number = play.case.entered_number("nota_dinas_rapat")
    form = NadineRule().form(play.s, ANALIS, On(document="nota_dinas_rapat"))
    assert [item.value for item in form.field("number").options] == [number]  # it may hold: one tap says so
    again = play.nadine(ANALIS, "nota_dinas_rapat", number)
    assert (again.case.nadine_number("nota_dinas_rapat"), again.events[-1].was) == (number, None)


def test_an_approval_that_a_later_return_does_not_reach_stands():
    play = walk_to(10).send_back(KABAG)
    assert play.case.standing("nota_dinas_rapat") is not None
    assert all(play.case.undone(task) is None for task in play.case.tasks if task.step < 9)


@pytest.mark.parametrize("reason", [None, "  ", "nihi"])
def test_archiving_without_numbers_and_signed_letters_needs_a_reason(reason):
    play = walk_to(12)

    assert play.refusal(archive_act(play, reason)) == ReasonMissing(
        field="reason_missing", least=5, length=len((reason or "").strip())
    )


@pytest.mark.parametrize("letter", ["nota_dinas_rapat", "nota_dinas_laporan"])
@pytest.mark.parametrize("signed", [True, False])
def test_a_single_missing_paper_needs_the_reason_too(letter, signed):
    play = walk_to(12)
    for other in ("nota_dinas_rapat", "nota_dinas_laporan"):
        if (other, signed) != (letter, True):
            play.upload(TU, other, signed=True)
        if (other, signed) != (letter, False):
            play.nadine(TU, other)

    is_brought = (letter, signed) == ("nota_dinas_laporan", False)  # by the number under which it is filed
    wanted = ReasonMissing(field="reason_missing", least=5, length=0)
    assert play.refusal(archive_act(play, None)) == (None if is_brought else wanted)


def test_a_complete_bundle_is_archived_without_a_reason():
    play = completed(walk_to(12))

    assert play.do(archive_act(play, None)).case.finished_at == play.at


def test_what_comes_after_archiving_is_filed_as_late():
    play = walk_to(13).nadine(ANALIS, "nota_dinas_laporan").upload(TU, "nota_dinas_laporan", signed=True)

    assert play.case.newest("nota_dinas_laporan", signed=True).late is True
    assert play.events[-3].late is True
    assert play.case.nadine_number("nota_dinas_laporan")


def test_what_comes_before_archiving_is_not_late():
    play = walk_to(12).nadine(ANALIS, "nota_dinas_laporan").upload(TU, "nota_dinas_laporan", signed=True)

    assert (play.events[-2].late, play.events[-1].version.late) == (False, False)


def test_a_later_number_corrects_an_earlier_one():
    play = walk_to(7).nadine(ANALIS, "nota_dinas_rapat", "1.ND/2026").nadine(TU, "nota_dinas_rapat", " 2.ND/2026 ")

    assert play.case.nadine == (("nota_dinas_rapat", "2.ND/2026"),)


def test_the_bot_fills_in_what_the_archive_need_not_ask():
    play = walk_to(12).nadine(ANALIS, "nota_dinas_laporan", "5.ND/2026")
    filled = default_archive(SOP, play.case, WIB)

    assert filled["description"] == "Nota dinas laporan capaian IP ASN 2026"
    assert filled["span"].startswith("30 Okt 2026 s.d. ")
    assert (filled["security"], filled["retention"], filled["letter_number"]) == ("Terbatas", "", "5.ND/2026")


# --- Words and questions


def test_the_ticks_are_kept_in_the_order_of_the_sop_beside_the_text():
    play = Play().open().dispose(SEKRETARIS, ticks=("Pantau", "Pelajari"), text=" Segera. ")

    (closing,) = play.case.dispositions(play.task)
    assert (closing.ticks, closing.text) == (("Pelajari", "Pantau"), "Segera.")


def test_a_return_is_not_read_as_a_disposition():
    play = walk_to(6).send_back(KABAG)

    assert play.case.dispositions(play.task) == ()


def test_the_directions_of_step_11_are_words_of_which_one_is_enough():
    play = walk_to(11)
    act = acts.Direct(by=SEKRETARIS, task=play.task.id, revision=play.task.revision, text="Tingkatkan.")

    assert play.do(act).case.tasks[-2].closing.text == "Tingkatkan."


def test_a_question_decides_nothing_and_its_answer_may_come_after_the_task():
    play = walk_to(6)
    shown = approve(play, KABAG)
    play.ask(KABAG, "analis_sdm")
    play.do(shown).reply(ANALIS, 1, " Sudah. ")

    question = play.case.question(1)
    assert (question.answer, question.answered_by.name, question.answered_at) == ("Sudah.", "Rina", play.at)


def test_a_task_of_a_role_without_members_waits_for_its_first():
    without_analis = tuple(item for item in PEOPLE if item.role != "analis_sdm")
    play = Play()
    play.office = Office(calendar=play.office.calendar, appointments=without_analis, units=UNITS)
    play.open().dispose(SEKRETARIS).dispose(KABAG)
    assert play.place == (2, 0)

    play.office = Play().office
    assert play.bring("data_capaian", "konsep_undangan").submit().place == (3, 0)


def test_a_plh_is_recorded_with_his_order():
    closing = walk_to(2).case.tasks[1].closing

    assert (closing.by.kind, closing.by.name, closing.by.order) == ("plh", "Dewi Lestari", "12/SPt/2026")


def test_a_moment_in_another_zone_is_the_same_moment():
    play = walk_to(8)
    starts = datetime.fromisoformat("2026-11-20T02:00:00+00:00")

    assert play.schedule(BIRO, 8, starts=starts).case.meeting(8).starts == wib("2026-11-20 09:00")
    assert due(play) == "2026-11-23 16:00"


@pytest.mark.parametrize("member", [TU, ADMIN])
def test_a_text_that_was_handed_over_is_recorded_by_whoever_is_told_of_it_and_moves_nothing(member):
    play = walk_to(6)
    before = play.case

    play.do(acts.HandOver(by=member, task=play.task.id, to=KABAG))

    assert play.case == before


@pytest.mark.parametrize("member", [SEKRETARIS, KABAG, ANALIS, SARI, BIRO])
def test_nobody_else_records_that_a_text_was_handed_over(member):
    play = walk_to(6)

    assert play.refusal(acts.HandOver(by=member, task=play.task.id, to=KABAG)) == NotHolder(role="tata_usaha")


def test_a_text_for_nobody_or_of_no_task_cannot_be_handed_over():
    play = walk_to(6)

    assert isinstance(play.refusal(acts.HandOver(by=TU, task=play.task.id, to=999)), Unknown)
    assert isinstance(play.refusal(acts.HandOver(by=TU, task=99, to=KABAG)), Unknown)


def invited_to(play, role):
    """Somebody whose invitation has the number 5, and whom nobody has seen yet."""
    hadi = Invited(id=5, role=role, name="Hadi", until=play.at)
    play.office = replace(play.office, invited=(hadi,))
    return play


@pytest.mark.parametrize("member", [TU, ADMIN])
def test_a_text_handed_over_to_who_has_not_joined_is_recorded_by_his_invitation_and_moves_nothing(member):
    play = invited_to(walk_to(6), "kabag_umum")
    before = play.case

    play.do(acts.HandOverInvited(by=member, task=play.task.id, invitation=5))

    assert play.case == before


def test_nobody_else_records_that_and_none_for_whom_no_invitation_stands():
    play = invited_to(walk_to(6), "kabag_umum")

    assert play.refusal(acts.HandOverInvited(by=ANALIS, task=play.task.id, invitation=5)) == NotHolder(
        role="tata_usaha"
    )
    assert isinstance(play.refusal(acts.HandOverInvited(by=TU, task=play.task.id, invitation=6)), Unknown)
    assert isinstance(play.refusal(acts.HandOverInvited(by=TU, task=99, invitation=5)), Unknown)
