"""What every text says of versions: which came anew after a return, which stayed, what was replaced, and drafts."""

import pytest

from alur.views import answers
from alur.views.notice import documents
from alur.workflow.presses import PressVersion
from tests import acts, notices
from tests.factories import ANALIS, JOKO, KABAG, MEMO, SARI, SEKRETARIS, SOP, TU, Walk, a_reader, walked
from tests.views.test_cards import text

KONSEP, DATA = "konsep_nota_dinas_rapat", "data_awal"
KONSEP_NEW = "• Konsep nota dinas laporan rapat internal · baru: versi 2\n"
KONSEP_SAME = "• Konsep nota dinas laporan rapat internal · tidak berubah (versi 1)\n"
DATA_NEW = "• Data awal capaian IP ASN · baru: versi 2\n"
DATA_SAME = "• Data awal capaian IP ASN · tidak berubah (versi 1)\n"


def told(template, about, member, walk, **known):
    reader = a_reader(member, walk.office)
    return notices.shown(template, about, reader=reader, s=walk.s, case_id=7, trail=walk.trail, **known)


def came_back(*corrected):
    walk = walked(6).send_back(KABAG)
    for document in corrected:
        walk.upload(ANALIS, document)
    return walk.submit(note=None if corrected else "Sudah sesuai.")


@pytest.mark.parametrize(
    ("corrected", "lines"),
    [
        ((KONSEP,), KONSEP_NEW + DATA_SAME),
        ((DATA,), KONSEP_SAME + DATA_NEW),
        ((KONSEP, DATA), KONSEP_NEW + DATA_NEW),
        ((), KONSEP_SAME + DATA_SAME),
    ],
)
def test_the_next_desk_and_whoever_submitted_read_which_document_came_anew_and_which_stayed(corrected, lines):
    walk = came_back(*corrected)

    for_the_desk, for_the_drafter = text(walk, KABAG), text(walk, ANALIS, task=walk.task.id - 1)

    assert f"telah kami terima kembali dari Analis SDM Aparatur:\n{lines}" in for_the_desk
    assert f"diteruskan kepada Kepala Bagian Umum:\n{lines}" in for_the_drafter
    assert "telah diperbaiki" not in for_the_desk + for_the_drafter


def test_a_first_submission_says_nothing_of_it():
    walk = walked(6)

    for said in (text(walk, KABAG), text(walk, ANALIS, task=walk.task.id - 1)):
        assert "baru:" not in said
        assert "tidak berubah" not in said


def test_two_desks_further_the_products_are_named():
    walk = walked(7).send_back(SEKRETARIS).send_back(KABAG).upload(ANALIS, DATA).submit().approve(KABAG)

    assert (
        "• Nota dinas laporan rapat internal · tidak berubah (versi 1)\n• Data capaian IP ASN · baru: versi 3\n"
    ) in text(walk, SEKRETARIS)


def test_a_reviewer_who_corrects_reads_what_he_has_corrected():
    walk = walked(7).send_back(SEKRETARIS)
    assert "baru: versi" not in text(walk, KABAG)

    said = text(walk.upload(KABAG, DATA), KABAG)
    assert DATA_NEW in said
    assert KONSEP_SAME not in said


def test_desks_beside_each_other_read_it_too():
    walk = Walk(sop=MEMO).open(way=2)
    walk.upload(ANALIS, "konsep").submit().approve(TU).send_back(KABAG).upload(ANALIS, "konsep").submit()

    for task, member in zip(walk.case.open_tasks, (KABAG, TU), strict=False):
        assert "• Konsep nota dinas · baru: versi 2\n" in text(walk, member, task=task.id)


def test_the_history_tells_it_and_that_a_document_was_replaced():
    walk = came_back(DATA).upload(ANALIS, DATA)

    said = told("history", {"others": False}, KABAG, walk).text

    assert (
        "mengajukan dokumen langkah 5 kali ke-2 kepada Kepala Bagian Umum (konsep nota dinas laporan rapat internal tidak "
        "berubah, versi 1; data awal capaian IP ASN baru: versi 2)"
    ) in said
    assert "mengganti data awal capaian IP ASN menjadi versi 3" in said


def test_a_receipt_says_what_was_returned_and_has_not_been_corrected():
    walk = walked(6).send_back(KABAG).upload(ANALIS, DATA)

    said = told("file_received", {"version": len(walk.case.versions)}, ANALIS, walk).text

    assert "Dikembalikan dan belum diperbarui: konsep nota dinas laporan rapat internal." in said


def test_a_text_that_is_handed_over_tells_it_too():
    walk = came_back(DATA)

    said = told("hand_over", {"member": {"id": KABAG, "name": "Dewi"}, "task": walk.task.id}, TU, walk).text

    assert KONSEP_SAME + DATA_NEW in said


def test_the_bytes_that_were_returned_are_not_called_new():
    walk = walked(6).send_back(KABAG)
    first = walk.case.newest(DATA).file
    walk.upload(ANALIS, DATA).do(acts.Upload(by=ANALIS, document=DATA, file=first))

    said = text(walk, ANALIS)

    assert "Data awal capaian IP ASN: belum diperbarui" in said
    assert "Perbaikannya telah lengkap" not in said


def test_a_letter_that_was_approved_again_unchanged_is_not_called_corrected():
    walk = walked(7)
    first = walk.case.newest("nota_dinas_rapat").id
    walk.send_back(SEKRETARIS).upload(KABAG, DATA).approve(KABAG)

    said = told("nadine_request", {"document": "nota_dinas_rapat", "approved": first}, ANALIS, walk).text

    assert "telah disetujui kembali tanpa perubahan" in said


# --- Replaced after it was handed on


def test_what_was_replaced_after_it_was_submitted_is_named_on_the_new_card():
    walk = walked(3).upload(ANALIS, "konsep_undangan")

    assert "Konsep undangan rapat telah diganti (versi 2)." in text(walk, KABAG)
    assert "diganti" not in text(walked(3), KABAG)


def test_of_what_was_replaced_twice_the_newest_is_named_and_the_next_desk_hears_of_none():
    walk = walked(3).upload(ANALIS, "konsep_undangan").upload(ANALIS, "konsep_undangan")
    said = text(walk, KABAG)
    assert said.count("diganti") == 1
    assert "versi 3" in said

    assert "diganti" not in text(walk.dispose(KABAG), ANALIS)


def test_guests_read_it_of_what_they_were_sent_and_of_nothing_else():
    walk = walked(4).upload(ANALIS, "undangan")
    assert "Undangan rapat telah diganti (versi 2)." in text(walk, SARI)

    walk = walked(4).upload(ANALIS, "unit_file", unit="Direktorat Teknik")
    assert "Data Direktorat Teknik telah diganti (versi 2)." in text(walk, SARI)
    assert "diganti" not in text(walk, JOKO)


def test_a_letter_and_the_papers_of_a_meeting_too():
    assert "Berkasnya telah diganti (versi 2)." in text(walked(1).upload(TU, "surat_biro_sdm"), SEKRETARIS)
    assert "Pemutakhiran data capaian IP ASN telah diganti (versi 2)." in text(
        walked(5).upload(ANALIS, "pemutakhiran_data"), ANALIS
    )


# --- Drafts


def test_what_is_being_prepared_has_a_number_only_for_whoever_brought_it():
    walk = walked(2).upload(ANALIS, "data_capaian")

    def labels(member):
        screen = told("documents", {"older": False, "start": 0, "others": False}, member, walk)
        return {item.label for row in screen.buttons for item in row if isinstance(item.press, PressVersion)}

    (file,) = documents.files(walk.s, [2], a_reader(KABAG, walk.office))

    assert "Data capaian IP ASN · sedang disiapkan" in labels(KABAG)
    assert "Data capaian IP ASN · versi 1" in labels(ANALIS)
    assert "sedang disiapkan" in file.caption
    assert "versi" not in file.caption


def test_a_draft_that_was_taken_back_is_told_without_a_number():
    walk = walked(2).upload(ANALIS, "data_capaian").upload(ANALIS, "data_capaian")
    walk.do(acts.Withdraw(by=ANALIS, version=2))

    said = told("history", {"others": False}, KABAG, walk).text

    assert "menyampaikan data capaian IP ASN “data_capaian.docx”, kemudian dibatalkan" in said
    assert "menyampaikan data capaian IP ASN versi 1" in said
    assert "versi 2" not in said
    assert "versi 0" not in told("file_received", {"version": 2}, ANALIS, walk).text


def test_a_letter_approved_twice_with_the_same_bytes_is_listed_once():
    walk = walked(7).send_back(SEKRETARIS).upload(KABAG, DATA).approve(KABAG)

    screen = told("documents", {"older": True, "start": 0, "others": False}, KABAG, walk)
    labels = [item.label for row in screen.buttons for item in row if isinstance(item.press, PressVersion)]

    assert not [label for label in labels if label.startswith("Nota dinas")]


# --- The same file


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "Berkas ini sama dengan data awal capaian IP ASN versi 1. Mohon mengirim berkas yang sudah diperbaiki."),
        ({"act": "submit"}, "berkas yang sudah diperbaiki atau menekan “Ajukan”."),
        ({"act": "submit", "with_note": True}, "atau menekan “Ajukan” dengan catatan."),
        ({"act": "approve", "with_note": True}, "atau menekan “Setujui” dengan catatan."),
        (
            {"document": "unit_file", "unit": "Direktorat Teknik", "step": 3},
            "sama dengan data Direktorat Teknik versi 1.",
        ),
        (
            {"document": "nota_dinas_rapat", "signed": True},
            "sama dengan nota dinas laporan rapat internal bertanda tangan versi 1.",
        ),
        (
            {"document": "nota_dinas_rapat", "wants": "signature"},
            "versi 1 yang belum bertanda tangan. Mohon mengirim PDF yang sudah bertanda tangan.",
        ),
    ],
)
def test_the_same_file_is_refused_with_the_version_that_it_is_and_with_what_to_do(facts, said):
    usual = {"document": DATA, "unit": None, "step": 5, "signed": False, "number": 1}
    usual |= {"wants": "correction", "act": None, "with_note": False}

    text = answers.text("refused", {"refusal": "SameFile", "facts": usual | facts, "sapaan": "Ibu", "sop": SOP})

    assert text.startswith("Mohon maaf, Ibu.")
    assert said in text
