"""Answers to presses: a text for every name, outcome and refusal, within an alert's 200 characters."""

from datetime import datetime
from itertools import product

import pytest

from alur.views import answers, limits
from alur.workflow.case import Attendance, Outcome
from alur.workflow.engine.acts import RULES
from alur.workflow.errors import Refusal
from tests import acts
from tests.factories import KABAG, SOP, WIB, walked
from tests.probes import templates

LONG = "Direktorat Pembinaan dan Pengawasan & Teknik " * 20
FACTS = {
    "roles": ("kabag_umum", "tata_usaha"),
    "ways": ("Tanda Tangani", "Bahas Dahulu"),
    "role": "kabag_umum",
    "document": "konsep_nota_dinas_rapat",
    "unit": None,
    "signed": False,
    "to": "Budi",
    "number": 2,
    "wants": "correction",
    "act": "submit",
    "with_note": True,
    "step": 12,
    "kind": "review",
    "outcome": "returned",
    "appointment": "plh",
    "by": "Prof. Dr. Ir. Dewi Lestari Kusumawardhani Wiryoatmojo, M.Sc., Ph.D.",
    "at": datetime(2026, 12, 15, 9, 10, tzinfo=WIB),
    "code": "ip-asn-2026",
    "documents": ("notula_rekonsiliasi", "pemutakhiran_data"),
    "least": 5,
    "length": 1240,
    "most": 200,
    "how": "sent",
    "field": "place",
    "subject": "c7.3",
    "days": 2,
    "readings": ("2026-12-15", "2026-11-17", "2027-12-15"),
    "zone": "WITA",
    "sapaan_of": "Bapak",
    "starts": "2026-12-07",
    "ends": "2026-12-11",
    "until": "2026-12-11",
    "reason": "used",
    "fault": "kind",
    "kinds": ("pdf", "jpg", "png"),
    "is_link": True,
    "is_outside": True,
    "why": "papers",
    "text": "Zulkifli",
    "value": "B-12/KP.05/2026",
    "name": "Konsep nota dinas laporan rekonsiliasi IP ASN dengan lampiran rekapitulasi per unit kerja.docx",
}


def refusals(root=Refusal):
    yield root
    for child in root.__subclasses__():
        yield from refusals(child)


def said(refusal, facts, **values):
    text = answers.text("refused", {"refusal": refusal, "facts": facts, "sapaan": "Bapak", **values})
    assert 0 < limits.units(text) <= limits.TOAST
    return text


def test_every_refusal_has_a_text_and_no_text_is_left_over():
    assert set(templates("refusals")) == {item.__name__ for item in refusals()}


@pytest.mark.parametrize("kind", list(refusals()), ids=lambda item: item.__name__)
@pytest.mark.parametrize("values", [{}, {"sop": SOP}, {"sops": (SOP,)}, {"sapaan": None}])
def test_a_refusal_says_why_with_and_without_its_sop(kind, values):
    facts = {name: FACTS[name] for name in kind.fields}
    text = said(kind.__name__, facts, **values)
    assert text.startswith("Mohon maaf, ")
    assert text.endswith(".")


@pytest.mark.parametrize("kind", list(refusals()), ids=lambda item: item.__name__)
def test_a_refusal_with_the_longest_words_fits(kind):
    long = FACTS | {
        "by": LONG,
        "to": LONG,
        "role": LONG,
        "roles": (LONG, LONG),
        "ways": (LONG, LONG),
        "document": LONG,
        "documents": (LONG, LONG),
        "field": LONG,
    }
    said(kind.__name__, {name: long[name] for name in kind.fields})


def test_a_day_that_cannot_be_says_what_it_is_ahead_of():
    bounds = {"starts": "2026-11-02", "ends": "2026-11-02"}
    words = [said("DayOutside", bounds | {"why": why}) for why in ("now", "task", "papers", "meeting", None)]
    assert [item.partition("Tanggal itu ")[2].partition(" (2 Nov)")[0] for item in words] == [
        "belum tiba",
        "mendahului diterimanya tugas ini",
        "mendahului diterimanya dokumen yang diputuskan",
        "mendahului rapatnya",
        "di luar waktu yang mungkin",
    ]


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("name", "Bila yang dimaksud Bapak Hartono, mohon mengubah pejabatnya."),
        ("holder", "Sekretaris Direktorat Jenderal pada 7 Des adalah Bapak Hartono."),
        ("acting", "Bapak Hartono belum tercatat sebagai Sekretaris Direktorat Jenderal pada 7 Des."),
    ],
)
def test_who_signed_is_asked_about_by_name(reason, words):
    facts = {"reason": reason, "role": "sekretaris", "appointment": "definitif", "by": "Hartono"}
    text = said("SignerDoubtful", facts | {"sapaan_of": "Bapak", "starts": "2026-12-07"}, sop=SOP)
    assert words in text
    assert text.endswith("mohon menekan “Kirim” sekali lagi.")


def test_a_sheet_of_another_kind_is_not_called_a_letter():
    text = said("FileRefused", {"fault": "paper", "name": "lembar.docx"})
    assert text.endswith("Mohon mengirimnya sebagai PDF atau foto, bukan “lembar.docx”.")


REASONS = [
    ("AppointmentRefused", reason)
    for reason in (
        *("days", "over", "ended", "past", "later", "order", "end", "himself", "holds"),
        *("overlap", "held", "chain", "absent", "which", "last"),
    )
] + [("MemberRefused", reason) for reason in ("unit", "near", "held", "no_holder", "used", "linked", "unlinked")]


@pytest.mark.parametrize(("kind", "reason"), REASONS)
@pytest.mark.parametrize("words", ["Dewi", LONG])
def test_every_reason_about_people_has_a_sentence_of_its_own(kind, reason, words):
    fields = next(item.fields for item in refusals() if item.__name__ == kind)
    about = {name: FACTS[name] for name in fields} | {"reason": reason, "by": words}
    text = said(kind, about | ({"unit": words} if "unit" in fields else {}), sop=SOP)
    other = said(kind, about | {"reason": "?"}, sop=SOP)
    assert text != other
    assert text.endswith(".")


def test_a_second_tap_is_told_who_decided_what_and_when():
    walk = walked(6)
    task = walk.task
    walk.approve(KABAG)
    refusal = walk.refusal(acts.Approve(by=KABAG, task=task.id, revision=task.revision))
    text = said(refusal.name, refusal.record(), sop=SOP)
    assert "Langkah 6/12 sudah disetujui oleh Plh. Kepala Bagian Umum (Dewi Lestari) pada " in text
    assert text.endswith("WIB. Tidak ada tindakan yang diperlukan.")


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_has_its_words_when_refused(outcome):
    assert said("AlreadyDecided", FACTS | {"outcome": outcome.value}, sop=SOP)


@pytest.mark.parametrize("outcome", [*(item for item in Outcome if item.is_decision), "opened"])
def test_every_outcome_has_its_words_when_recorded(outcome):
    assert answers.text("recorded", {"outcome": outcome, "sapaan": "Ibu"}).startswith("Terima kasih, Ibu. ")


@pytest.mark.parametrize("field", ["date", "letter_date", "time", "period", "place", "letter", "text", "whatever"])
def test_a_field_that_cannot_be_read_says_how(field):
    assert said("FieldMissing", {"field": field})


def test_a_day_that_is_unclear_is_asked_about_by_its_readings():
    weekday = said("DayUnclear", {"field": "date", "readings": ["2026-12-15", "2026-12-16"]})
    assert (
        "Hari dan tanggalnya tidak sesuai. Apakah yang dimaksud Selasa, 15 Des 2026 atau Rabu, 16 Des 2026?" in weekday
    )
    year = said("DayUnclear", {"field": "date", "readings": ["2026-06-01", "2027-06-01"]})
    assert "Tahunnya belum jelas. Apakah yang dimaksud Senin, 1 Jun 2026 atau Selasa, 1 Jun 2027?" in year


def test_an_unwanted_file_without_a_desk_points_to_tata_usaha():
    assert "Tata Usaha" in said("NotWanted", {"document": "undangan", "roles": ()}, sop=SOP)


VALUES = {
    "recorded": {"outcome": "approved"},
    "invitation_answered": {"attendance": "present"},
}


@pytest.mark.parametrize("name", templates("answers"))
def test_every_answer_fits_and_needs_no_more_than_its_values(name):
    text = answers.text(name, VALUES.get(name, {}))
    assert limits.units(text) <= limits.TOAST
    assert text or name in ("form_changed", "dropped")


def test_a_return_names_the_desk_to_which_it_goes():
    values = {"outcome": "returned", "sapaan": "Ibu", "to": ("analis_sdm",), "sop": SOP}
    assert "Pengembalian kepada Analis SDM Aparatur tercatat" in answers.text("recorded", values)
    assert "Pengembalian tercatat." in answers.text("recorded", values | {"to": (), "sop": None})
    long = values | {"to": (LONG, LONG), "sapaan": "Bapak/Ibu"}
    assert limits.units(answers.text("recorded", long)) <= limits.TOAST


def test_whoever_decides_beside_others_reads_for_whom_the_step_waits():
    values = {"outcome": "approved", "sapaan": "Ibu", "awaits": ("kabag_umum", "tata_usaha"), "sop": SOP}
    said_to_her = answers.text("recorded", values)
    assert said_to_her == "Terima kasih, Ibu. Persetujuan tercatat. Masih menunggu Kepala Bagian Umum dan Tata Usaha."
    long = values | {"awaits": (LONG, LONG), "sapaan": "Bapak/Ibu"}
    assert limits.units(answers.text("recorded", long)) <= limits.TOAST


def test_a_refusal_that_an_older_build_recorded_still_names_whom_to_ask():
    assert "Kepala Bagian Umum" in said("NotWanted", {"document": "undangan", "role": "kabag_umum"}, sop=SOP)


def test_a_strangers_tap_is_not_pointed_to_tasks():
    assert "/tugas" in answers.text("unknown", {})
    text = said("NotMember", {})
    assert "pegawai yang terdaftar" in text
    assert "/tugas" not in text


def test_a_desk_that_is_not_due_says_since_when_it_may_be_nudged():
    assert "Batas waktunya 15 Des, 09.10 WIB." in said("NotYetDue", {"at": FACTS["at"]})
    assert "menunggu jadwal rapat" in said("NotYetDue", {"at": None})


@pytest.mark.parametrize("attendance", Attendance)
def test_each_answer_to_an_invitation_is_named(attendance):
    assert "tercatat: " in answers.text("invitation_answered", {"attendance": attendance.value})


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.name], ids=lambda rule: rule.name)
def test_every_act_that_a_button_begins_is_answered(rule):
    assert answers.text(rule.answer, rule.values)


def test_an_alert_is_plain_text():
    text = said("AlreadyDecided", FACTS | {"by": "A & <b>"}, sop=SOP)
    assert "A & <b>" in text


@pytest.mark.parametrize(("sapaan", "zone"), list(product(["Ibu", None], [WIB, None])))
def test_sapaan_and_zone_may_be_missing(sapaan, zone):
    text = answers.text("refused", {"refusal": "AlreadyDecided", "facts": FACTS, "sapaan": sapaan, "zone": zone})
    assert f"Mohon maaf, {sapaan or 'Bapak/Ibu'}." in text
    assert "15 Des, 09.10 WIB" in text
