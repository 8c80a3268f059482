"""Cards: what each person reads at each moment of a case that runs by the real SOP."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from alur.views import cards, limits
from alur.views.joiners import JOINER
from alur.views.screen import Reader
from alur.workflow.case import UNIT_FILE, Attendance, Meeting
from alur.workflow.engine import slots
from alur.workflow.people import AppointmentKind
from alur.workflow.sop import TaskKind
from handlers.callbacks import encode
from tests import acts
from tests.factories import (
    ADMIN,
    ANALIS,
    BIRO,
    JOKO,
    KABAG,
    PEOPLE,
    SARI,
    SEKRETARIS,
    SOP,
    TU,
    WIB,
    Walk,
    a_file,
    a_reader,
    an_appointment,
    an_office,
    walked,
)

EVERYBODY = (SEKRETARIS, KABAG, ANALIS, SARI, JOKO, BIRO, TU, ADMIN)
DESKS = [(step.number, index) for step in SOP.steps for index in range(len(step.tasks))]
CALENDAR = None  # the meeting's calendar file is no version of the case
MISSING = "\N{EN DASH}"  # what a checklist puts before a document that is not there
TAGS = re.compile(r"</?(?:b|i|code|blockquote)(?: expandable)?>")


def card(walk, member, *, task=None):
    reader = member if isinstance(member, Reader) else a_reader(member, walk.office)
    return cards.card(walk.s, case_id=7, task=task or walk.case.tasks[-1].id, reader=reader)


def text(walk, member, *, task=None):
    return card(walk, member, task=task).screen.text


def all_labels(walk, member, *, task=None):
    return [[button.label for button in row] for row in card(walk, member, task=task).screen.buttons]


def labels(walk, member, *, task=None):
    """Without the last row, which opens what may be read and has tests of its own."""
    found = all_labels(walk, member, task=task)
    return found[:-1] if found and found[-1][0] == "Lihat Berkas" else found


def rare(walk, member, *, task=None):
    """What stands behind *Lainnya*."""
    number, reader = task or walk.case.tasks[-1].id, a_reader(member, walk.office)
    post = cards.card(walk.s, case_id=7, task=number, reader=reader, is_unfolded=True)
    return [button.label for row in post.screen.buttons for button in row]


def shown(walk, member, *, task=None):
    return [item.version for item in card(walk, member, task=task).files]


def check_fits(post):
    """Telegram's limits, and nothing but Telegram's markup."""
    assert limits.length(post.screen.text) <= limits.MESSAGE
    assert "<" not in TAGS.sub("", post.screen.text)
    assert "\n\n\n" not in post.screen.text
    assert "None" not in post.screen.text
    for row in post.screen.buttons:
        for item in row:
            encode(item.press)
    for item in post.files:
        assert item.caption is None or limits.length(item.caption) <= limits.CAPTION


@pytest.mark.parametrize(("step", "index"), DESKS)
def test_every_desk_has_a_card_for_everybody_open_and_closed(step, index):
    walk = walked(step, index)
    number = walk.task.id
    for member in EVERYBODY:
        post = card(walk, member)
        check_fits(post)
        if walk.office.appointment(member, (walk.task.role,), walk.at):
            assert f"Langkah {step}/12 · <b>ip-asn-2026</b>" in post.screen.text
            assert post.screen.buttons
    walked_on = walked(99)
    for member in EVERYBODY:
        post = card(walked_on, member, task=number)
        check_fits(post)
        assert labels(walked_on, member, task=number) == []
        assert post.files == ()


@pytest.mark.parametrize(("step", "index"), DESKS)
def test_a_closed_card_keeps_the_files_under_which_it_was_decided(step, index):
    """Else delivery would post them once more."""
    walk = walked(step, index)
    if walk.task.kind == "convene" and SOP.task(step, index).waits_for:
        walk.schedule(BIRO, step)
    brings = walk.task.kind in ("prepare", "convene")
    for document in SOP.step(step).uploads if brings else ():
        if walk.case.brought(document, step=step) is None:
            walk.upload(ANALIS, document)
    if SOP.task(step, index).schedules:
        walk.schedule(ANALIS, 4)
    task = walk.task
    before = card(walk, next(item.member for item in PEOPLE if item.role == task.role), task=task.id).files_key
    holder = next(item.member for item in PEOPLE if item.role == task.role)
    decide = {
        "dispose": lambda: walk.dispose(holder),
        "prepare": lambda: walk.submit(holder),
        "review": lambda: walk.approve(holder),
        "convene": lambda: walk.meet(holder),
        "direct": lambda: walk.direct(holder),
        "archive": lambda: walk.archive(holder),
    }
    decide[task.kind]()
    assert card(walk, holder, task=task.id).files_key == before


@pytest.mark.parametrize(("step", "index"), DESKS)
def test_whoever_reads_cases_opens_files_and_history_from_the_last_row_of_every_card(step, index):
    """The history from behind *Lainnya*, where something is to be done on the card."""
    walk = walked(step, index)
    number = walk.task.id
    history, more = ("Riwayat", f"history:c7.{number}:0"), ("Lainnya", f"more:c7.{number}:0")
    for stage in (walk, walked(99)):
        for member in (SEKRETARIS, KABAG, ANALIS, TU, ADMIN):
            *above, last = card(stage, member, task=number).screen.buttons
            assert [(item.label, encode(item.press)) for item in last] == [
                ("Lihat Berkas", f"files:c7.{number}:0"),
                more if above else history,
            ]
            assert not above or rare(stage, member, task=number)[-2:] == ["Riwayat", "Kembali"]


def test_a_guests_card_opens_files_only_where_he_was_sent_some_and_never_the_history():
    assert all_labels(walked(4), SARI)[-1] == ["Lihat Berkas"]
    assert all_labels(walked(5), SARI, task=6) == [["Lihat Berkas"]]
    assert all_labels(walked(8), BIRO)[-1] == ["Lihat Berkas"]
    assert all_labels(walked(4), BIRO) == []
    assert "Riwayat" not in str([all_labels(walked(99), member, task=6) for member in (SARI, JOKO, BIRO)])


def test_an_official_is_addressed_by_his_post_and_asked_for_his_leave():
    walk = walked(6)
    assert text(walk, KABAG).startswith("Yth. Plh. Kepala Bagian Umum,\n\n")
    assert "Mohon perkenan Ibu memeriksanya." in text(walk, KABAG)
    assert "telah kami terima dari Analis SDM Aparatur" in text(walk, KABAG)


def test_a_definitive_official_has_no_prefix():
    people = [
        an_appointment(KABAG, "kabag_umum", "Dewi", sapaan="Ibu") if item.member == KABAG else item for item in PEOPLE
    ]
    assert text(walked(6, office=an_office(people=people)), KABAG).startswith("Yth. Kepala Bagian Umum,")


def test_staff_is_addressed_by_name_and_given_a_task():
    said = text(walked(2), ANALIS)
    assert said.startswith("Yth. Ibu Rina,")
    assert "Mohon agar dokumen berikut disiapkan dan diajukan kepada Kepala Bagian Umum." in said


def test_people_of_units_are_addressed_by_name_and_unit_without_a_sapaan_too():
    walk = walked(4)
    assert text(walk, SARI).startswith("Yth. Ibu Sari (Direktorat Teknik),")
    assert text(walk, JOKO).startswith("Yth. Bapak/Ibu Joko (Direktorat Program),")
    assert text(walked(8), BIRO).startswith("Yth. Bapak Andi (Biro SDM),")


@pytest.mark.parametrize(("step", "index"), DESKS)
def test_nobody_is_called_anda_or_kamu(step, index):
    walk = walked(step, index)
    for member in EVERYBODY:
        assert not re.search(r"\b(?:anda|kamu|notulen|ditolak|terlambat)\b", text(walk, member), re.IGNORECASE)


def test_the_first_card_shows_the_letter_and_whom_it_is_disposed_to():
    walk = walked(1)
    assert "Nomor B-1234/KP.05/SJP/2026 tanggal 30 Oktober 2026 telah kami terima." in text(walk, SEKRETARIS)
    assert "kepada Kepala Bagian Umum" in text(walk, SEKRETARIS)
    assert "batas waktu <b>Selasa, 3 Nov 2026, 16.00 WIB</b>." in text(walk, SEKRETARIS)
    assert "Keterangan SOP: Penyusunan laporan" in text(walk, SEKRETARIS)
    assert text(walk, SEKRETARIS).count("B-1234/KP.05/SJP/2026") == 1
    assert labels(walk, SEKRETARIS) == [["Disposisikan"], ["Tanya"]]
    assert shown(walk, SEKRETARIS) == [1]


def test_a_disposition_stands_before_the_request_with_ticks_text_and_order():
    walk = walked(1)
    walk.dispose(SEKRETARIS, text="Mohon selesai November.")
    said = text(walk, KABAG)
    assert "Disposisi Sekretaris Direktorat Jenderal (Hartono):" in said
    assert "• Siapkan data capaian IP ASN tahun berjalan\nMohon selesai November." in said
    assert said.index("Disposisi") < said.index("Mohon perkenan")
    walk.dispose(KABAG)
    assert "Plh. Kepala Bagian Umum (Dewi Lestari, Surat Perintah Nomor 12/SPt/2026):" in text(walk, ANALIS)


def test_the_checklist_says_what_is_there_and_what_is_missing():
    walk = walked(2)
    walk.upload(ANALIS, "data_capaian", "Data 2026.xlsx")
    said = text(walk, ANALIS)
    assert "✓ Data capaian IP ASN: Data 2026.xlsx" in said
    assert f"{MISSING} Konsep undangan rapat: belum ada" in said
    assert labels(walk, ANALIS) == [["Ajukan"], ["Tanya"]]
    assert rare(walk, ANALIS) == ["Batalkan Berkas", "Ada Kendala", "Riwayat", "Kembali"]


def test_there_is_nothing_to_withdraw_before_the_first_file():
    assert rare(walked(2), ANALIS) == ["Ada Kendala", "Riwayat", "Kembali"]


def test_a_note_of_whoever_submitted_is_read_first():
    walk = walked(2)
    walk.upload(ANALIS, "data_capaian")
    walk.upload(ANALIS, "konsep_undangan")
    walk.submit(note="Data unit X menyusul.")
    assert "Catatan Analis SDM Aparatur (Rina):\n<blockquote>Data unit X menyusul." in text(walk, KABAG)


def test_the_invitation_names_its_receivers_once_it_can_be_submitted():
    walk = walked(3, 1)
    assert labels(walk, ANALIS) == [["Ajukan"], ["Jadwalkan Rapat"], ["Tanya"]]
    assert f"{MISSING} Jadwal rapat: belum ditetapkan" in text(walk, ANALIS)
    walk.schedule(ANALIS, 4)
    walk.upload(ANALIS, UNIT_FILE, "teknik.xlsx", unit="Direktorat Teknik")
    said = text(walk, ANALIS)
    assert "✓ Jadwal rapat: Kamis, 12 Nov 2026, 09.30 WIB, di Ruang Rapat Lantai 4" in said
    assert "Undangan akan kami sampaikan" not in said
    walk.upload(ANALIS, "undangan")
    assert "Undangan akan kami sampaikan kepada Direktorat Program dan Direktorat Teknik.\n" in text(walk, ANALIS)
    assert labels(walk, ANALIS)[1] == ["Ubah Jadwal"]


def test_a_participant_answers_sees_his_answer_and_may_change_it():
    walk = walked(4)
    assert labels(walk, SARI) == [["Hadir", "Tidak Hadir", "Diwakili"]]
    assert "Mohon jawaban melalui tombol di bawah." in text(walk, SARI)
    revision = walk.task.revision
    walk.answer(SARI, Attendance.REPRESENTED, representative="Tono")
    assert "Jawaban Ibu telah tercatat: <b>Akan diwakili</b> oleh Tono." in text(walk, SARI)
    assert labels(walk, SARI) == [["Hadir", "Tidak Hadir", "Diwakili"]]
    assert "Jawaban undangan: akan diwakili 1, belum menjawab 1." in text(walk, KABAG)
    before = card(walk, SARI).screen
    task = walk.task.id
    walk.upload(ANALIS, "notula_rekonsiliasi")
    assert walk.task.revision > revision
    assert card(walk, SARI).screen == before
    walk.upload(ANALIS, "pemutakhiran_data")
    walk.meet()
    assert "dinyatakan selesai pada" in text(walk, SARI, task=task)
    assert "Jawaban Ibu: Akan diwakili oleh Tono." in text(walk, SARI, task=task)
    assert labels(walk, SARI, task=task) == []


def test_a_name_that_ends_with_its_degree_does_not_double_the_full_stop():
    walk = walked(4).answer(SARI, Attendance.REPRESENTED, representative="Tono, S.E.")
    shown = text(walk, SARI).replace(JOINER, "")
    assert "Akan diwakili</b> oleh Tono, S.E. Jawaban dapat diubah" in shown


def test_a_participant_gets_what_is_sent_and_the_file_of_his_own_unit_alone():
    walk = walked(4)
    undangan = walk.case.newest("undangan").id
    own = walk.case.newest(UNIT_FILE, unit="Direktorat Teknik").id
    assert shown(walk, SARI) == [undangan, own, CALENDAR]
    assert shown(walk, JOKO) == [undangan, CALENDAR]
    assert card(walk, SARI).files[1].caption == "Data Direktorat Teknik · versi 1"


def test_a_participant_reads_neither_the_letter_nor_questions():
    walk = walked(4)
    walk.ask(KABAG, "analis_sdm")
    assert "B-1234" not in text(walk, SARI)
    assert "Pertanyaan" not in text(walk, SARI)
    assert "batas waktu" not in text(walk, SARI)


@pytest.mark.parametrize("member", [KABAG, ANALIS, SARI])
def test_a_place_that_ends_with_a_full_stop_has_one(member):
    walk = walked(3, 1).schedule(ANALIS, 4, place="Ruang Rapat Gd. A.").upload(ANALIS, "undangan").submit()
    said = text(walk, member)
    assert "di Ruang Rapat Gd. A." in said.replace(JOINER, "").replace("</b>", "")
    assert ".." not in said.replace("</b>", "").replace(JOINER, "")


def test_the_meeting_card_gathers_papers_and_shows_them_once_complete():
    walk = walked(4)
    needs = [walk.case.newest("undangan").id, walk.case.newest("data_capaian").id]
    walk.upload(ANALIS, "notula_rekonsiliasi")
    assert shown(walk, KABAG) == [*needs, CALENDAR]
    key = card(walk, KABAG).files_key
    walk.upload(ANALIS, "pemutakhiran_data")
    assert shown(walk, KABAG) == [*needs, *(version.id for version in walk.case.versions[-2:]), CALENDAR]
    assert card(walk, KABAG).files_key != key
    assert shown(walk, ANALIS) == [*needs, CALENDAR]
    assert "Setelah rapat, mohon perkenan Ibu menekan <b>Rapat Selesai</b>." in text(walk, KABAG)


def test_after_the_meeting_it_may_be_closed_and_before_it_the_card_says_that_it_was_early():
    walk = walked(4)
    for document in walk.s.sop.step(4).uploads:
        walk.upload(ANALIS, document)
    early = walk.meet(KABAG)
    assert "mendahului jadwalnya (Kamis, 12 Nov 2026, 09.30 WIB)" in text(early, KABAG, task=early.task.id - 1)
    after = walked(4).until(datetime(2026, 11, 12, 12, tzinfo=ZoneInfo("Asia/Jakarta")))
    for document in after.s.sop.step(4).uploads:
        after.upload(ANALIS, document)
    assert "telah lengkap. Mohon perkenan Ibu menekan <b>Rapat Selesai</b>." in text(after, KABAG)
    assert "mendahului" not in text(after.meet(KABAG), KABAG, task=after.task.id - 1)


def test_a_helper_prepares_for_the_holder_and_takes_back_only_his_own():
    walk = walked(4)
    assert "Mohon mengirim dokumen berikut untuk Kepala Bagian Umum." in text(walk, ANALIS)
    behind = ["Batalkan Rapat", "Daftar Hadir", "Ada Kendala", "Riwayat", "Kembali"]
    assert (labels(walk, ANALIS), rare(walk, ANALIS)) == ([["Ubah Jadwal"]], behind)
    walk.upload(KABAG, "notula_rekonsiliasi")
    assert (labels(walk, ANALIS), rare(walk, ANALIS)) == ([["Ubah Jadwal"]], behind)
    walk.upload(ANALIS, "pemutakhiran_data")
    assert rare(walk, ANALIS) == [*behind[:2], "Batalkan Berkas", *behind[2:]]
    assert "telah lengkap dan menunggu Kepala Bagian Umum" in text(walk, ANALIS)


def test_questions_and_answers_stand_on_the_card():
    walk = walked(6)
    walk.ask(KABAG, "analis_sdm", "Sumber datanya?")
    assert "Pertanyaan kepada Analis SDM Aparatur: “Sumber datanya?”\n<i>Menunggu jawaban.</i>" in text(walk, KABAG)
    walk.reply(ANALIS, 1, "Sipeg.")
    assert "Jawaban Analis SDM Aparatur: “Sipeg.”" in text(walk, KABAG)


def test_a_return_is_read_first_with_its_documents_reason_and_new_limit():
    walk = walked(6)
    walk.send_back(KABAG, documents=("data_awal",))
    said = text(walk, ANALIS)
    assert said.startswith(
        "Yth. Ibu Rina,\n\nCatatan perbaikan dari Plh. Kepala Bagian Umum:\n<blockquote>Tabel per unit belum sesuai notula.</blockquote>"
    )
    assert "diperbaiki, dikirim sebagai versi baru, dan diajukan kembali kepada Kepala Bagian Umum." in said
    assert "· kali ke-2 · batas waktu" in said
    assert f"{MISSING} Data awal capaian IP ASN: belum diperbarui" in said
    assert "✓ Konsep nota dinas laporan rapat internal: " in said
    walk.upload(ANALIS, "data_awal", "rev1.xlsx")
    assert "✓ Data awal capaian IP ASN: versi 2, rev1.xlsx (baru)\n" in text(walk, ANALIS)
    assert "✓ Konsep nota dinas laporan rapat internal: konsep_nota_dinas_rapat.docx (tidak berubah)\n" in text(
        walk, ANALIS
    )


def test_all_reasons_are_read_newest_first_and_their_files_stand_before_the_card():
    walk = walked(7)
    voice = a_file("catatan.ogg", kind="voice")
    walk.send_back(SEKRETARIS, reason=None, file=voice)
    said = text(walk, KABAG)
    assert "Sekretaris Direktorat Jenderal mengembalikan" in said
    assert "untuk diperbaiki. Catatan perbaikannya terlampir." in said
    assert "atau mengembalikannya kepada Analis SDM Aparatur" in said
    assert card(walk, KABAG).files[-1].file == voice
    assert card(walk, KABAG).files[-1].version is None
    walk.send_back(KABAG, reason="Sesuai catatan di atas.")
    said = text(walk, ANALIS)
    assert said.index("Sesuai catatan") < said.index("dari Sekretaris Direktorat Jenderal terlampir.")
    assert card(walk, ANALIS).files[-1].file == voice


def test_a_long_reason_is_folded():
    walk = walked(6)
    walk.send_back(KABAG, reason="Perlu diperbaiki. " * 30)
    assert "<blockquote expandable>" in text(walk, ANALIS)


def test_a_review_shows_the_versions_under_decision_and_both_decisions():
    walk = walked(6)
    newest = [walk.case.newest("konsep_nota_dinas_rapat").id, walk.case.newest("data_awal").id]
    assert shown(walk, KABAG) == newest
    assert labels(walk, KABAG) == [["Setujui", "Kembalikan"], ["Tanya"]]
    key = card(walk, KABAG).files_key
    walk.upload(ANALIS, "data_awal", "lebih baru.xlsx")
    assert card(walk, KABAG).files_key != key


def test_whoever_decided_is_thanked_and_the_record_names_the_order():
    walk = walked(6)
    task = walk.task.id
    walk.approve(KABAG)
    said = text(walk, KABAG, task=task)
    assert said.startswith("Terima kasih, Ibu.\nPersetujuan tercatat ")
    assert "diteruskan kepada Sekretaris Direktorat Jenderal." in said
    assert "Tanda tangan elektronik tetap dilakukan di Nadine." in said
    assert "Plh. Kepala Bagian Umum (Dewi Lestari, Surat Perintah Nomor 12/SPt/2026)" in said


def test_a_colleague_reads_who_decided():
    second = an_appointment(20, "kabag_umum", "Rudi", sapaan="Bapak")
    walk = walked(6, office=an_office(people=(*PEOPLE, second)))
    task = walk.task.id
    walk.approve(20)
    said = text(walk, KABAG, task=task)
    assert "telah disetujui oleh Kepala Bagian Umum (Rudi) pada" in said
    assert said.count("Tidak ada tindakan yang diperlukan.") == 1
    assert "Terima kasih" not in said


def test_a_return_closes_the_card_with_its_reason():
    walk = walked(6)
    task = walk.task.id
    walk.send_back(KABAG, documents=("data_awal",))
    said = text(walk, KABAG, task=task)
    assert "Data awal capaian IP ASN dikembalikan kepada Analis SDM Aparatur untuk diperbaiki." in said
    assert said.count("Tabel per unit belum sesuai notula.") == 1
    assert "Nadine" not in said


@pytest.mark.parametrize("step", [1, 3])
def test_a_closed_disposition_says_nothing_of_signatures(step):
    walk = walked(step)
    task = walk.task
    walk.dispose(SEKRETARIS if step == 1 else KABAG)
    holder = SEKRETARIS if step == 1 else KABAG
    assert "Disposisi tercatat" in text(walk, holder, task=task.id)
    assert "Nadine" not in text(walk, holder, task=task.id)


def test_a_meeting_waits_for_an_outside_party_without_a_limit():
    walk = walked(8)
    assert "menunggu undangan Biro SDM." in text(walk, KABAG)
    assert labels(walk, KABAG) == [["Jadwalkan Rapat"], ["Tanya"]]
    assert labels(walk, ANALIS) == [["Jadwalkan Rapat"]]
    assert "telah siap divalidasi" in text(walk, BIRO)
    assert labels(walk, BIRO) == [["Jadwalkan Rapat"]]
    assert shown(walk, BIRO) == [walk.case.newest("data_capaian").id]


def test_a_dated_outside_meeting_can_be_corrected_and_closed():
    walk = walked(8)
    walk.schedule(BIRO, 8)
    assert labels(walk, KABAG) == [["Rapat Selesai"], ["Ubah Jadwal"], ["Tanya"]]
    assert rare(walk, KABAG) == ["Batalkan Rapat", "Ada Kendala", "Riwayat", "Kembali"]
    assert labels(walk, BIRO) == [["Ubah Jadwal"]]
    assert "<b>Kamis, 12 Nov 2026, 09.30 WIB" in text(walk, BIRO)
    walk.upload(BIRO, "undangan_validasi")
    assert "✓ Undangan Biro SDM untuk validasi data\n" in text(walk, ANALIS)
    assert "Undangan Biro SDM untuk" not in text(walk, KABAG)  # it stands before his card


def test_the_outside_partys_invitation_stands_before_the_card_of_those_who_did_not_bring_it():
    walk = walked(8).schedule(BIRO, 8).upload(BIRO, "undangan_validasi")
    invitation = walk.case.versions[-1].id
    assert invitation in shown(walk, KABAG)
    assert invitation in shown(walk, ANALIS)
    assert invitation not in shown(walk, BIRO)
    own = walked(8).upload(ANALIS, "undangan_validasi")
    assert own.case.versions[-1].id in shown(own, KABAG)
    assert own.case.versions[-1].id not in shown(own, ANALIS)


def test_the_archive_card_says_which_papers_are_missing():
    walk = walked(12)
    said = text(walk, TU)
    assert "diberkaskan, kemudian data arsipnya diisi melalui <b>Sudah Diarsipkan</b>." in said
    assert (
        "Nota dinas laporan rapat internal dan nota dinas laporan capaian IP ASN: "
        "nomor Nadine dan dokumen bertanda tangan belum ada.\n"
    ) in said
    numbers = [["Isi Nomor Nadine"], ["Isi Nomor Nadine · Nota dinas laporan capaian IP ASN"]]
    assert labels(walk, TU) == [["Sudah Diarsipkan"], *numbers, ["Tanya"]]
    walk.nadine(ANALIS, "nota_dinas_rapat")
    walk.upload(TU, "nota_dinas_laporan", signed=True)
    assert "Nomor 5.Und/OT.02/DJL.1/2026; dokumen bertanda tangan belum ada." in text(walk, TU)
    assert card(walk, TU).files[-1].caption == "Nota dinas laporan capaian IP ASN bertanda tangan · versi 1"
    buttons = [button for row in card(walk, TU).screen.buttons for button in row if button.press.name == "nadine"]
    assert [encode(item.press) for item in buttons] == ["nadine:c7:0:nota_dinas_laporan"]


def test_a_card_is_an_onlookers_when_the_role_has_passed_on():
    walk = walked(6)
    former = Reader(member=99, name="Mantan", sapaan=None, unit=None, roles=())
    assert labels(walk, former) == []
    assert shown(walk, former) == []
    assert "Tidak ada tindakan yang diperlukan." in text(walk, former)


def test_an_older_copy_shrinks_to_one_line():
    walk = walked(6)
    folded = cards.folded(walk.s, task=walk.task.id)
    assert "\n" not in folded.text
    assert "Langkah 6/12 · ip-asn-2026" in folded.text
    assert folded.buttons == ()


def test_a_task_that_does_not_exist_has_no_card():
    with pytest.raises(ValueError, match="no task 99"):
        card(walked(1), SEKRETARIS, task=99)


HOSTILE = "<b>&x</b> <script>"


def test_what_people_write_is_never_markup():
    people = tuple(
        item.model_copy(
            update={"name": HOSTILE, "unit": HOSTILE if item.unit else None, "order": HOSTILE if item.order else None}
        )
        for item in PEOPLE
    )
    walk = walked(3, 1, office=an_office(people=people, units=(HOSTILE,)))
    walk.schedule(ANALIS, 4, place=HOSTILE)
    walk.upload(ANALIS, "undangan", HOSTILE)
    walk.submit(note=HOSTILE)
    walk.answer(SARI, Attendance.REPRESENTED, representative=HOSTILE)
    walk.ask(KABAG, "analis_sdm", HOSTILE)
    for member in EVERYBODY:
        said = text(walk, member)
        assert "<script>" not in said
        assert "<b>&x" not in said
        check_fits(card(walk, member))
    assert "&lt;b&gt;&amp;x&lt;/b&gt;" in text(walk, KABAG)


def test_the_longest_words_still_fit():
    long = "Kata yang panjang sekali & <b>tebal</b>. " * 24  # about a form's longest text
    people = [
        *PEOPLE,
        *(an_appointment(100 + n, "unit_terkait", f"{long[:80]} {n}", unit=f"{long[:90]} {n}") for n in range(80)),
    ]
    units = tuple(f"{long[:90]} {n}" for n in range(90))
    walk = walked(3, 1, office=an_office(people=people, units=units))
    walk.schedule(ANALIS, 4, place=long)
    walk.upload(ANALIS, "undangan", "u" * 255)
    walk.submit(note=long)
    for _ in range(12):
        walk.ask(KABAG, "analis_sdm", long)
    post = card(walk, KABAG)
    check_fits(post)
    assert "batas waktu" in post.screen.text  # the foot is not cut off


def test_many_long_returns_still_fit():
    long = "Perlu diperbaiki sesuai notula. " * 31
    walk = walked(7)
    for _ in range(6):
        walk.send_back(SEKRETARIS, reason=long)
        walk.send_back(KABAG, reason=long)
        check_fits(card(walk, ANALIS))
        walk.submit(note=long)
        walk.approve(KABAG, ticks=(), text=long)
        check_fits(card(walk, SEKRETARIS))


def test_slots_and_cards_agree_on_who_may_bring_files():
    walk = walked(4)
    assert {slot.document for slot in slots(walk.s, ANALIS)} >= set(SOP.step(4).uploads)


def test_a_plt_is_named_as_one():
    people = [
        item.model_copy(update={"kind": AppointmentKind.PLT}) if item.member == KABAG else item for item in PEOPLE
    ]
    assert "Yth. Plt. Kepala Bagian Umum," in text(walked(6, office=an_office(people=people)), KABAG)


def test_times_are_named_in_the_office_zone():
    walk = Walk().open()
    walk.at = datetime(2026, 11, 2, 10, 0, tzinfo=WIB)
    walk.do(acts.Dispose(by=SEKRETARIS, task=1, revision=1, ticks=("Pantau",)))
    assert "Senin, 2 Nov 2026, 11.00 WIB" in text(walk, SEKRETARIS, task=1)


def in_ranks(*, official):
    """The SOP with everybody an official, or nobody: whom others report to is addressed by his post."""
    roles = tuple(role.model_copy(update={"escalates_to": role.id if official else None}) for role in SOP.roles)
    return SOP.model_copy(update={"roles": roles})


@pytest.mark.parametrize("official", [True, False])
@pytest.mark.parametrize(("step", "index"), DESKS)
def test_each_kind_of_desk_has_words_for_officials_and_for_staff(step, index, official):
    walk = walked(step, index)
    if SOP.task(step, index).waits_for:
        walk.sop = in_ranks(official=official)
        check_fits(card(walk, ANALIS))
        check_fits(card(walk, KABAG))
        walk.schedule(BIRO, step)
    walk.sop = in_ranks(official=official)
    holder = next(item.member for item in PEOPLE if item.role == walk.task.role)
    said = text(walk, holder)
    check_fits(card(walk, holder))
    assert ("Mohon perkenan" in said or "mohon perkenan" in said) is official


@pytest.mark.parametrize("official", [True, False])
@pytest.mark.parametrize("step", [6, 7])
def test_returned_work_has_words_for_officials_and_for_staff(step, official):
    walk = walked(step)
    walk.send_back(KABAG if step == 6 else SEKRETARIS)
    walk.sop = in_ranks(official=official)
    said = text(walk, ANALIS if step == 6 else KABAG)
    assert "perbaik" in said.split("</blockquote>")[1]
    assert ("Mohon perkenan" in said) is official


@pytest.mark.parametrize("official", [True, False])
def test_a_complete_card_asks_to_hand_on_and_no_longer_to_prepare(official):
    walk = walked(2).upload(ANALIS, "data_capaian").upload(ANALIS, "konsep_undangan")
    walk.sop = in_ranks(official=official)
    said = text(walk, ANALIS)
    assert "Dokumen telah lengkap." in said
    assert "disiapkan" not in said
    assert ("mengajukannya kepada Kepala Bagian Umum" if official else "Mohon diajukan kepada") in said
    dating = walked(3, 1).upload(ANALIS, "undangan")
    assert "Mohon agar jadwal rapat ditetapkan dan dokumen diajukan" in text(dating, ANALIS)
    assert "Mohon diajukan." in text(dating.schedule(ANALIS, 4), ANALIS)


def test_a_new_version_is_asked_for_only_while_nothing_new_has_come():
    walk = walked(6).send_back(KABAG, documents=("data_awal",))
    assert "dikirim sebagai versi baru," in text(walk, ANALIS)
    walk.upload(ANALIS, "data_awal", "rev1.xlsx")
    assert "versi baru" not in text(walk, ANALIS)
    assert "Perbaikannya telah lengkap. Mohon diajukan kembali" in text(walk, ANALIS)


def test_the_second_look_says_that_it_is_one_and_why_it_was_returned():
    walk = walked(6).send_back(KABAG, reason="Tabel per unit belum sesuai notula. " * 20)
    walk.upload(ANALIS, "data_awal", "rev1.xlsx").submit()
    said = text(walk, KABAG)
    assert (
        "Dokumen berikut telah kami terima kembali dari Analis SDM Aparatur:\n"
        "• Konsep nota dinas laporan rapat internal · tidak berubah (versi 1)\n"
        "• Data awal capaian IP ASN · baru: versi 2\n\n"
        "Catatan sebelumnya: “Tabel"
    ) in said
    assert said.count("Tabel per unit") < 8
    assert "kami terima kembali" not in text(walked(6), KABAG)


def test_what_came_back_with_a_note_alone_is_not_called_corrected():
    walk = walked(7).send_back(SEKRETARIS).approve(KABAG, ticks=(), text="Sesuai notula.")
    said = text(walk, SEKRETARIS)
    assert (
        "Dokumen berikut telah kami terima kembali dari Plh. Kepala Bagian Umum:\n"
        "• Nota dinas laporan rapat internal · tidak berubah (versi 1)\n"
        "• Data capaian IP ASN · tidak berubah (versi 2)\n"
    ) in said
    assert "diperbaiki" not in said


def test_a_direction_after_a_return_is_a_second_look_too():
    """No desk of this SOP returns work before a direction; another SOP's may."""
    walk = walked(6).send_back(KABAG).upload(ANALIS, "data_awal", "rev1.xlsx").submit()
    task = walk.task.model_copy(update={"kind": TaskKind.DIRECT})
    walk.case = walk.case.model_copy(update={"tasks": (*walk.case.tasks[:-1], task)})
    assert "• Data awal capaian IP ASN · baru: versi 2\n" in text(walk, KABAG)


def test_an_obstacle_and_the_days_granted_stand_on_the_card():
    walk = walked(5).hinder(ANALIS)
    assert "Kendala dari Analis SDM Aparatur: “Data dari dua unit belum masuk.”" in text(walk, ANALIS)
    assert "Ditambah" not in text(walk, ANALIS)
    walk.grant(KABAG, days=2)
    assert "Batas waktunya ditambah 2 hari kerja oleh Plh. Kepala Bagian Umum." in text(walk, ANALIS)
    assert "batas waktu <b>Selasa, 10 Nov 2026, 16.00 WIB</b>" in text(walk, ANALIS)
    assert "Kendala" not in text(walked(4).hinder(ANALIS), SARI)


def test_there_is_no_obstacle_while_the_clock_stands_still():
    assert "Ada Kendala" not in rare(walked(8), KABAG)
    assert "Ada Kendala" not in rare(walked(4).call_off(), KABAG)


def test_the_desk_of_a_meeting_may_move_it_call_it_off_and_note_who_came():
    walk = walked(4)
    assert labels(walk, KABAG) == [["Rapat Selesai"], ["Ubah Jadwal"], ["Tanya"]]
    assert rare(walk, KABAG) == ["Batalkan Rapat", "Daftar Hadir", "Ada Kendala", "Riwayat", "Kembali"]
    task = walk.task.id
    walk.attend(units=("Direktorat Teknik", "Direktorat Program"))
    assert "Yang hadir dalam rapat: 2 unit." in text(walk, KABAG)
    assert "Yang hadir dalam rapat: Direktorat" not in text(walk, SARI)
    walk.upload(ANALIS, "notula_rekonsiliasi").upload(ANALIS, "pemutakhiran_data").meet()
    assert "Yang hadir dalam rapat: Direktorat Program dan Direktorat Teknik." in text(walk, KABAG, task=task)
    assert "Yang hadir dalam rapat: Direktorat" not in text(walk, SARI, task=task)


def test_without_a_unit_there_is_no_list_of_who_came():
    walk = walked(4)
    walk.office = an_office(units=())
    assert "Daftar Hadir" not in rare(walk, KABAG)


def test_a_meeting_that_was_moved_is_announced_as_moved():
    """But not one whose date was only corrected before anybody was invited."""
    early = walked(3, 1).schedule(ANALIS, 4).schedule(ANALIS, 4).upload(ANALIS, "undangan").submit()
    assert "telah berubah" not in text(early, SARI)
    walk = walked(4).answer(SARI, Attendance.PRESENT)
    key = card(walk, SARI).files_key
    walk.schedule(ANALIS, 4, starts=datetime(2026, 11, 16, 9, 30, tzinfo=WIB))
    assert "Jadwal rapat telah berubah (semula Kamis, 12 Nov 2026, 09.30 WIB).\nMohon kehadiran Ibu" in text(walk, SARI)
    assert "Mohon jawaban melalui tombol di bawah." in text(walk, SARI)
    assert card(walk, SARI).files_key != key


def test_what_did_not_change_of_a_meeting_is_not_named_as_what_it_was():
    walk = walked(4).schedule(ANALIS, 4, place="Aula")
    assert "Jadwal rapat telah berubah (semula di Ruang Rapat Lantai 4)." in text(walk, SARI)
    walk.schedule(ANALIS, 4, place="Aula")  # with a new invitation alone
    assert "telah berubah" not in text(walk, SARI)


def test_a_meeting_that_was_changed_by_an_older_build_is_announced_as_changed():
    walk = walked(4).schedule(ANALIS, 4, place="Aula")
    kept = walk.case.meetings[0].model_dump(mode="json")
    del kept["was"]
    older = Meeting.model_validate(kept)
    walk.case = walk.case.model_copy(update={"meetings": (older,)})
    assert "Jadwal rapat telah berubah.\n" in text(walk, SARI)
    assert "</b> (jadwal telah berubah)." in text(walk, KABAG)


def test_a_meeting_that_was_called_off_invites_nobody():
    walk = walked(4).call_off()
    assert "dibatalkan. Jadwal baru akan kami sampaikan kemudian." in text(walk, SARI)
    assert labels(walk, SARI) == []
    assert [item.file.name for item in card(walk, SARI).files] == ["rapat-ip-asn-2026-4.ics"]
    assert labels(walk, ANALIS) == [["Jadwalkan Rapat"]]
    assert labels(walk, KABAG) == [["Jadwalkan Rapat"], ["Tanya"]]
    assert "Mohon perkenan Ibu menetapkan tanggal, waktu, dan tempatnya beserta undangan yang baru." in text(
        walk, KABAG
    )
    assert "menunggu jadwal rapat" in text(walk, KABAG)
    for member in EVERYBODY:
        check_fits(card(walk, member))


def test_an_outside_meeting_that_was_called_off_waits_again():
    walk = walked(8).schedule(BIRO, 8).call_off()
    said = text(walk, KABAG)
    assert "dibatalkan.\nSetelah undangan Biro SDM diterima, mohon perkenan Ibu mengisi" in said
    assert "menunggu undangan Biro SDM." in said
    assert labels(walk, BIRO) == [["Jadwalkan Rapat"]]


def test_after_the_submission_units_without_a_member_are_named_for_delivery_by_hand():
    walk = walked(4)
    said = text(walk, ANALIS, task=walk.task.id - 1)
    assert "Undangan disampaikan kepada peserta rapat." in said
    assert (
        "Undangan untuk Direktorat Pembinaan mohon disampaikan langsung karena belum ada pegawainya yang terdaftar."
    ) in said


def test_a_last_desk_hands_on_to_nobody():
    walk = walked(10)
    task = walk.task.id
    walk.approve(KABAG)
    walk.sop = SOP.model_copy(update={"steps": SOP.steps[:10]})
    assert "diteruskan." in text(walk, KABAG, task=task)
    assert "None" not in text(walk, KABAG, task=task)


@pytest.mark.parametrize(("step", "index"), DESKS)
def test_every_open_card_can_ask_to_press_again_and_a_closed_one_never_does(step, index):
    walk = walked(step, index)
    holder = next(item.member for item in PEOPLE if item.role == walk.task.role)

    def said(task):
        post = cards.card(walk.s, case_id=7, task=task, reader=a_reader(holder, walk.office), asks_again=True)
        check_fits(post)
        return post.screen.text

    assert said(walk.task.id).startswith(
        "<b>Sambungan kami sempat terputus. Bila tombol sudah ditekan tetapi belum ada tanggapan, mohon ditekan kembali.</b>\n\nYth."
    )
    assert "terputus" not in text(walk, holder)
    if walk.task.id > 1:
        assert "terputus" not in said(walk.task.id - 1)


def test_nobody_waits_for_an_invitation_that_has_come():
    walk = walked(8)
    reader = a_reader(KABAG, walk.office)

    def text():
        return cards.card(walk.s, case_id=7, task=walk.task.id, reader=reader).screen.text

    assert "menunggu undangan Biro SDM" in text()
    walk.upload(BIRO, "undangan_validasi")
    assert "menunggu jadwal rapat" in text()
    assert "undangan Biro SDM diterima" not in text()


@pytest.mark.parametrize(("step", "member", "says"), [(4, SARI, "Kelanjutan rapat"), (6, KABAG, "disesuaikan")])
def test_the_card_of_a_case_that_stands_still_says_so_and_can_only_be_read(step, member, says):
    walk = walked(step).suspend(SEKRETARIS)
    task = walk.task.id
    screen = cards.card(walk.s, case_id=7, task=task, reader=a_reader(member)).screen
    assert "Proses ini ditunda oleh Sekretaris Direktorat Jenderal (Hartono)" in screen.text
    assert says in screen.text
    labels = {item.label for row in screen.buttons for item in row}
    assert labels <= {"Lihat Berkas", "Riwayat"}
    walk.cancel()
    post = cards.card(walk.s, case_id=7, task=task, reader=a_reader(member))
    assert "dibatalkan bersama prosesnya" in post.screen.text or "Pembatalan proses tercatat" in post.screen.text
    assert post.files == ()


def test_the_first_card_says_who_put_the_letter_right():
    walk = walked(1).correct(TU, "open_case.letter", a_file("benar.pdf"))
    assert "Suratnya telah diperbaiki oleh Tata Usaha (versi 2)." in text(walk, SEKRETARIS)
    assert "diganti" not in text(walk, SEKRETARIS)
    assert "diperbaiki" not in text(walk.dispose(SEKRETARIS), KABAG)  # it came with the right one
