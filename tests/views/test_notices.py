"""Messages that are sent once: each template in each of its branches."""

from dataclasses import replace
from datetime import datetime
from pkgutil import iter_modules

import pytest

from alur.views import cards, limits, notice
from alur.views.environment import vocabulary
from alur.views.notice import message
from alur.views.notice.maker import Packed, make
from alur.views.screen import Reader
from alur.views.status import PAGE
from alur.workflow.engine.paper import Signer
from alur.workflow.file_kinds import Signature, Signatures
from alur.workflow.notices import KINDS, NoticeUnreadable, read
from alur.workflow.presses import On, PlaceId, PressAct, PressKeep, PressPlace, PressStatusPage
from handlers.callbacks import encode
from tests import acts, notices
from tests.factories import (
    ADMIN,
    ANALIS,
    BIRO,
    KABAG,
    MEMO,
    PEOPLE,
    SARI,
    SEKRETARIS,
    SOP,
    START,
    TU,
    WIB,
    Walk,
    a_file,
    a_reader,
    walked,
)
from tests.probes import templates

HOSTILE = "<b>&x</b>"
LONG = "Kata yang panjang sekali & <b>tebal</b>. " * 200
STRANGER = Reader(member=0, name="", sapaan=None, unit=None, roles=())


def shown(template, about, member, walk=None, **extra):
    reader = member if isinstance(member, Reader) else a_reader(member)
    screen = notices.shown(
        template, about, reader=reader, s=walk.s if walk else None, case_id=7 if walk else None, **extra
    )
    assert limits.length(screen.text) <= limits.MESSAGE
    assert screen.text
    for row in screen.buttons:
        for item in row:
            encode(item.press)
    return screen


def labels(screen):
    return [[item.label for item in row] for row in screen.buttons]


def asked():
    return walked(9).ask(ANALIS, "kabag_umum", "Sumber datanya?")


def answered():
    return asked().reply(KABAG, 1, "Sipeg.")


def directed(walk):
    return next(task.id for task in walk.case.tasks if task.kind == "direct")


def sent_back():
    """Three were to give their paraf; one sent the draft back."""
    walk = Walk(sop=MEMO).open(way=2).upload(ANALIS, "konsep").submit()
    return walk.send_back(BIRO)


def ahead():
    """Of a case in which step 6 was opened again the dated meeting of step 8 is still to come."""
    return walked(8).schedule(BIRO, 8).reopen(6)


def without(role):
    """A case before the desk of that role, which nobody holds."""
    walk = walked(*DESKS[role])
    walk.office = replace(walk.office, appointments=tuple(item for item in PEOPLE if item.role != role))
    return walk


DESKS = {"kabag_umum": (1, 1), "tata_usaha": (12, 0)}
NEW = PressAct(rule="return", case=7, on=On(task=3, revision=2), replaces=True).model_dump(mode="json")
OPTION = {"case_id": 7, "code": "ip-asn-2026", "place": {"case": 7, "document": "undangan"}, "title": "Undangan rapat"}
PLH = {
    "id": 3,
    "member": ANALIS,
    "role": "kabag_umum",
    "name": "Rina",
    "sapaan": "Ibu",
    "kind": "plh",
    "order": "12/SPt/2026",
    "starts": "2026-12-07",
    "ends": "2026-12-11",
}
RINA = {"member": ANALIS, "role": "analis_sdm", "name": "Rina", "sapaan": "Ibu"}
EKO = {"member": ADMIN, "role": "admin", "name": "Eko", "sapaan": "Bapak"}

SURVEY = {
    # template: what it is about, who reads it, the case, a word that it must hold
    "welcome": ({"roles": ["unit_terkait"]}, SARI, None, "Unit Terkait (Direktorat Teknik)"),
    "stranger": ({"posts": ["tata_usaha", "admin"]}, STRANGER, None, "Tata Usaha atau Administrator"),
    "staff_news": (
        {"what": "unlinked", "member": {"name": "Rina", "sapaan": "Ibu"}},
        ADMIN,
        None,
        "Telepon Ibu Rina telah dilepas.",
    ),
    "appointed": ({"appointment": PLH, "how": "entered"}, ANALIS, None, "Plh. Kepala Bagian Umum (Surat Perintah"),
    "tasks_come": (
        {"role": "kabag_umum", "kind": "plh", "count": 2},
        ANALIS,
        None,
        "Plh. Kepala Bagian Umum. Ada 2 tugas",
    ),
    "phone_unlinked": ({"on": 9}, STRANGER, None, "tidak lagi terhubung"),
    "invite_refused": ({"reason": "used", "posts": ["admin"]}, STRANGER, None, "Administrator"),
    "codes_blocked": (
        {"until": "2026-11-02T10:44:00.5+07:00", "posts": ["admin"]},
        STRANGER,
        None,
        "2 Nov, 10.45 WIB",
    ),
    "file_received": ({"version": 2}, ANALIS, lambda: walked(9), "<b>Data capaian IP ASN</b>, versi 1"),
    "file_refused": ({"reason": "kind", "name": "a.exe"}, ANALIS, None, "PDF, DOCX"),
    "file_kept": ({"name": "a.pdf", "form": "open_case", "field": "letter"}, TU, None, "kami simpan sebagai"),
    "file_unwanted": ({"name": "a.pdf", "role": "kabag_umum", "by_name": ["Dewi"]}, ANALIS, None, "Dewi"),
    "which_document": ({"upload": 3, "name": "x.pdf", "options": [OPTION]}, ANALIS, None, "ip-asn-2026"),
    "file_settled": ({"name": "x.pdf", "is_dropped": True}, ANALIS, None, "tidak digunakan"),
    "form_replaced": ({"old": "schedule"}, ANALIS, None, "Isian jadwal rapat ditutup, tidak ada yang dicatat"),
    "form_kept": ({"old": "schedule"}, ANALIS, None, "Isian jadwal rapat dilanjutkan"),
    "not_understood": ({}, ANALIS, None, "/bantuan"),
    "forwarded": ({}, ANALIS, None, "mengetiknya sendiri"),
    "message_changed": ({"is_file": True}, ANALIS, None, "sebagai pesan baru"),
    "help": ({"roles": ["analis_sdm"], "commands": ["tugas"]}, ANALIS, None, "tugas yang menunggu"),
    "status": ({}, KABAG, None, "tidak ada proses"),
    "tasks": ({"count": 2}, ANALIS, None, "ada 2 tugas"),
    "nadine_request": ({"document": "nota_dinas_rapat"}, ANALIS, lambda: walked(9), "telah disetujui"),
    "question": ({"question": 1}, KABAG, asked, "Sumber datanya?"),
    "question_answer": ({"question": 1}, ANALIS, answered, "Sipeg."),
    "follow_up": ({"step": 4}, SARI, lambda: walked(5), "data dukung masing-masing ASN pada Aplikasi Sipeg"),
    "directions": ({"task": 13}, KABAG, lambda: walked(12), "• Tingkatkan capaian IP ASN"),
    "paper_recorded": (
        {"task": 9},
        SEKRETARIS,
        lambda: walked(7).record(signer=Signer(member=SEKRETARIS)),
        "keputusan tertulis Bapak pada",
    ),
    "task_ended": ({"task": 3}, KABAG, sent_back, "untuk diperbaiki sehingga tidak perlu diputuskan lagi"),
    "task_assigned": (
        {"task": 7, "to": RINA, "by": EKO, "reason": "Budi sedang cuti."},
        KABAG,
        lambda: walked(5),
        "dialihkan kepada Analis SDM Aparatur (Rina) oleh Administrator (Eko)",
    ),
    "erratum": (
        {"corrected": [["archive.location", "Lemari A-3", "Lemari A-4"]], "by": RINA},
        KABAG,
        lambda: walked(99),
        "Lokasi simpan: semula Lemari A-3, menjadi <b>Lemari A-4</b>",
    ),
    "letter_corrected": (
        {"task": 1, "version": 2, "by": RINA},
        SEKRETARIS,
        lambda: walked(2).correct(TU, "open_case.letter", a_file("benar.pdf")),
        "Disposisi Bapak pada langkah 1/12 diberikan atas berkas semula dan tetap berlaku.",
    ),
    "nadine_corrected": (
        {"document": "nota_dinas_rapat", "was": "12/2026", "number": "21/2026", "by": RINA},
        TU,
        lambda: walked(9),
        "diperbaiki oleh Analis SDM Aparatur (Rina): semula 12/2026, menjadi <b>21/2026</b>",
    ),
    "grant_withdrawn": (
        {"task": 7, "days": 2, "by": RINA},
        ANALIS,
        lambda: walked(5),
        "ditarik kembali oleh Analis SDM Aparatur (Rina)",
    ),
    "step_reopened": ({"reopened": 1}, KABAG, lambda: walked(99).reopen(10), "di luar alur SOP"),
    "meeting_moved": (
        {"step": 8},
        ANALIS,
        lambda: ahead().schedule(BIRO, 8, place="Aula"),
        "Andi (Biro SDM) menjadi <b>Kamis, 12 Nov 2026, 09.30 WIB</b>, di Aula.",
    ),
    "suspended": ({"nth": 1}, SARI, lambda: walked(4).suspend(), "ditunda oleh Plh. Kepala Bagian Umum (Dewi Lestari"),
    "resumed": (
        {"nth": 1},
        ANALIS,
        lambda: walked(5).suspend().resume(),
        "Batas waktu penyusunan konsep nota dinas rapat internal: <b>Jumat, 6 Nov 2026, 16.30 WIB</b>",
    ),
    "called_off": (
        {},
        SARI,
        lambda: walked(4).cancel(),
        "yang dijadwalkan pada Kamis, 12 Nov 2026, 09.30 WIB tidak jadi diselenggarakan",
    ),
    "finished": ({}, SEKRETARIS, lambda: walked(99), "telah selesai dan diarsipkan oleh Tata Usaha"),
    "hand_over": ({"member": {"id": SARI, "name": "Sari"}, "task": 6}, TU, lambda: walked(4), "mohon kehadiran Ibu"),
    "role_vacant": (
        {"role": "kabag_umum", "task": 2},
        ADMIN,
        lambda: without("kabag_umum"),
        "dapat diundang dengan /kelola",
    ),
    "refused": ({"refusal": "NotHolder", "facts": {"role": "kabag_umum"}}, ANALIS, None, "Kepala Bagian Umum"),
    "recorded": (
        {"decided": 8, "outcome": "returned", "to": "analis_sdm"},
        KABAG,
        lambda: walked(6).send_back(KABAG),
        "kepada Analis SDM Aparatur",
    ),
    "card_reply": ({"task": 8}, KABAG, lambda: walked(6), "<b>kembalikan: catatan perbaikan</b>"),
    "cancelled": ({"was": "return"}, ANALIS, None, "pengembalian untuk perbaikan"),
    "replace_form": ({"form": 5, "old": "schedule", "code": "ip-asn-2026", "new": NEW}, ANALIS, None, "jadwal rapat"),
    "update_failed": ({}, ANALIS, None, "Mohon mengulanginya"),
    "parked": ({"update_id": 12, "error": "ValueError: x"}, ADMIN, None, "update 12"),
    "calendar_faulty": ({"error": "libur.yaml:3: no decree"}, ADMIN, None, "libur.\u2060yaml:3"),
    "backup_failed": ({"date": "2026-11-03", "error": "disk full", "missing": []}, ADMIN, None, "disk full"),
    "sending_failed": ({"what": "card 5", "error": "400"}, ADMIN, None, "card 5"),
    "chat_waits": ({"member": None, "until": "2026-11-02T04:46:00+00:00"}, ADMIN, None, "2 Nov 2026, 11.46 WIB"),
    "checkpoint": ({"size": 1240}, ADMIN, None, "mencakup 1.240 catatan"),
    "trail_broken": ({"size": 1240}, ADMIN, None, "alur audit verify"),
    "key_changed": ({"key": "alur-audit-1+2+3"}, ADMIN, None, "alur-audit-1+2+3"),
    "key_gone": ({}, ADMIN, None, "ALUR_AUDIT_KEY_FILE"),
    "enrolled": ({"name": "Rina", "role": "analis_sdm"}, TU, None, "Rina telah terdaftar sebagai Analis SDM Aparatur"),
    "delivered": ({"name": "Sari", "by": "Wulan"}, ADMIN, None, "oleh Wulan"),
}


ELSEWHERE = {
    # in test_agenda and test_time_notices
    "agenda",
    "nudge",
    "obstacle",
    "days_granted",
    "deadline_moved",
    "follow_up_moved",
    "year",
    "calendar_gap",
    "case_opened",
    # in test_appointments
    "appointments",
    "appointment",
    "conflicting",
    # in test_managing
    "people",
    "person",
    "invitation",
    "invitation_link",
    "invitation_tried",
    # in test_documents and test_history
    "documents",
    "cases",
    "history",
    # in test_report
    "report",
}


WITHOUT_WORDS = {
    "menu",
    "files",
    "order",
    "invitation_picture",
    "meeting_taken_out",
    "bundle",
    "archive_list",
    "control_card",
    "report_charts",
    "report_papers",
    "board",
}  # what is sent is no text


def test_every_notice_has_a_template_a_maker_and_a_test():
    assert set(templates("notices")) == set(KINDS) - WITHOUT_WORDS == set(SURVEY) | ELSEWHERE
    assert {kind.__name__ for kind in KINDS.values() if make.dispatch(kind) is make.dispatch(object)} == set()


def test_every_maker_stands_in_a_room_that_is_read():
    rooms = {f"alur.views.notice.{item.name}" for item in iter_modules(notice.__path__)}
    assert {room.__name__ for room in message.ROOMS} == rooms - {message.__name__, make.__module__}


@pytest.mark.parametrize("template", SURVEY)
def test_a_notice_says_what_it_is_about(template):
    about, member, walk, words = SURVEY[template]
    extra = {"cases": []} if template == "status" else {}
    assert words in shown(template, about, member, walk and walk(), **extra).text


def test_a_checkpoint_stands_there_as_it_was_signed_and_says_when_its_key_is_new():
    text = shown("checkpoint", {"size": 1240}, ADMIN).text
    assert f"<pre>{notices.NOTE.rstrip()}</pre>" in text
    assert "baru" not in text
    assert "Kunci penanda tangannya baru" in shown("checkpoint", {"size": 1240, "has_new_key": True}, ADMIN).text


def test_a_part_of_a_bundle_says_how_it_is_checked_and_what_no_part_holds():
    def caption(about, **packed):
        known = {"bundle": Packed(**{"name": "ip-asn-2026.zip", "count": 2, "left_out": (), **packed})}
        made = notices.shown("bundle", {"size": 60} | about, reader=a_reader(TU), s=walked(99).s, case_id=7, **known)
        return made and made.caption

    first = caption({}, left_out=(HOSTILE, "rekaman.pdf"))
    assert "bagian 1 dari 2" in first
    assert "jejak audit, kartu kendali, dan daftar isi berkas" in first
    assert "verifikasi.py" in first
    assert "&lt;b&gt;&amp;x&lt;/b&gt;, rekaman.pdf. Semuanya tersedia melalui <code>alur audit export</code>" in first
    assert "Tidak termuat" not in caption({"part": 1}, left_out=("rekaman.pdf",))
    assert "menggantikan" in caption({"is_again": True})
    assert "semua bagian" not in caption({}, count=1)
    assert caption({"part": 2}) is None


def test_of_a_case_that_was_opened_again_no_bundle_goes_out():
    known = {"bundle": Packed(name="x.zip", count=1)}
    again = walked(99).reopen(12)
    assert notices.shown("bundle", {"size": 60}, reader=a_reader(TU), s=again.s, case_id=7, **known) is None


def test_an_unknown_notice_is_an_error():
    with pytest.raises(NoticeUnreadable):
        read("nothing", {})


def test_a_backup_that_lacks_files_names_them_and_one_that_failed_says_how_to_mend_it():
    about = {"date": "2026-11-03", "error": "", "missing": ["a" * 64, "b" * 64]}
    text = shown("backup_failed", about, ADMIN).text
    assert "Selasa, 3 Nov 2026 telah dibuat, tetapi tanpa 2 berkas" in text
    assert "a" * 64 in text
    assert "b" * 64 in text
    assert "alur backup" in shown("backup_failed", {**about, "error": HOSTILE, "missing": []}, ADMIN).text
    shown("backup_failed", {**about, "missing": ["c" * 64] * 500}, ADMIN)


@pytest.mark.parametrize("reason", ["used", "expired", "unknown", "withdrawn", "taken"])
def test_a_refused_invitation_says_why_and_whom_to_ask(reason):
    assert "Tata Usaha" in shown("invite_refused", {"reason": reason}, STRANGER).text
    told = {"reason": reason, "posts": ["admin"], "are_told": True}
    assert "Administrator telah kami beri tahu" in shown("invite_refused", told, STRANGER).text


def test_a_stranger_is_sent_to_tata_usaha_where_nobody_is_named():
    assert "Tata Usaha" in shown("stranger", {}, STRANGER).text


@pytest.mark.parametrize("about", list(notices.refused_files()))
def test_a_refused_file_says_why_and_how_it_can_be_sent(about):
    text = shown("file_refused", about | {"name": "a.exe"}, ANALIS).text
    assert "a.\u2060exe" in text
    assert text.endswith(".")
    assert len(text.splitlines()) == 2
    assert "mohon" in text.splitlines()[1].lower() or "Jenis yang diterima" in text


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({"reason": "password", "found": "pdf"}, "dilindungi kata sandi. Mohon mengirimnya tanpa kata sandi"),
        ({"reason": "kind", "found": "web_page", "named": "docx"}, "tampaknya halaman web, bukan DOCX"),
        (
            {"reason": "kind", "found": "doc", "named": "docx"},
            "Word lama (DOC), bukan DOCX. Mohon menyimpannya sebagai DOCX",
        ),
        ({"reason": "kind", "found": "xls", "named": None}, "Excel lama (XLS). Mohon menyimpannya sebagai XLSX"),
        ({"reason": "kind", "found": "xlsx", "named": "docx"}, "Isinya tampaknya XLSX, bukan DOCX"),
        ({"reason": "kind", "found": "jpg", "named": "pdf"}, "Isinya tampaknya JPG, bukan PDF"),
        ({"reason": "kind", "found": "picture", "named": None}, "Mohon mengirim gambar ini sebagai foto"),
        (
            {"reason": "kind", "found": "video", "named": None, "asked": "reason"},
            "merekam catatannya sebagai pesan suara",
        ),
        ({"reason": "kind", "found": "audio", "named": None, "asked": "paper"}, "PDF atau foto"),
        ({"reason": "voice", "asked": "paper"}, "Mohon mengirimnya sebagai PDF atau foto"),
        ({"reason": "macros", "found": "xlsx"}, "XLSX tanpa makro"),
    ],
)
def test_each_way_out_is_named(about, words):
    assert words in shown("file_refused", about | {"name": "a"}, ANALIS).text


def test_an_unwanted_file_names_the_role_or_points_to_the_status():
    assert (
        "Kepala Bagian Umum" in shown("file_unwanted", {"name": "a", "role": "kabag_umum", "by_name": []}, ANALIS).text
    )
    about = {"name": "a", "role": "kabag_umum", "by_name": ["Dewi"], "may_return": True}
    assert "Kembalikan" in shown("file_unwanted", about, KABAG).text
    assert "/status" in shown("file_unwanted", {"name": "a", "role": None, "by_name": []}, ANALIS).text
    second = about | {"is_second": True}
    assert "menjadi satu PDF" in shown("file_unwanted", second, KABAG).text


def test_people_are_named_with_bapak_or_ibu_and_as_they_were_where_only_the_name_was_kept():
    about = {"name": "a", "role": "kabag_umum", "by_name": [{"name": "Dewi", "sapaan": "Ibu"}]}
    assert "dengan Ibu Dewi (Kepala Bagian Umum)." in shown("file_unwanted", about, ANALIS).text
    joined = {"member": {"name": "Rina", "sapaan": "Ibu"}, "role": "analis_sdm"}
    assert shown("enrolled", joined, ADMIN).text == "Ibu Rina telah terdaftar sebagai Analis SDM Aparatur."
    handed = {"member": {"name": "Joko"}, "by": {"name": "Wulan", "sapaan": "Ibu"}}
    assert "Bapak/Ibu Joko telah disampaikan langsung oleh Ibu Wulan." in shown("delivered", handed, ADMIN).text


def test_a_delay_of_whoever_stands_above_is_told_otherwise():
    late = walked(7).until(datetime(2026, 11, 20, 9, 0, tzinfo=WIB))
    text = shown("status", {}, KABAG, cases=[(7, late.s)]).text
    assert "Pada Sekretaris Direktorat Jenderal · masih ditunggu, batas waktu" in text
    assert "melewati" not in text


def test_a_received_file_names_case_document_version_size_and_what_is_missing():
    walk = walked(2)
    walk.upload(ANALIS, "data_capaian", "Data.xlsx")
    text = shown("file_received", {"version": 2}, ANALIS, walk).text
    assert "ip-asn-2026 · Data.xlsx (1,2 MB)" in text
    assert "Masih ditunggu: konsep undangan rapat." in text


def test_what_is_missing_is_told_to_the_desk_and_not_to_a_guest():
    walk = walked(8).schedule(BIRO, 8).upload(BIRO, "undangan_validasi")
    about = {"version": walk.case.versions[-1].id}
    assert "Masih ditunggu" not in shown("file_received", about, BIRO, walk).text
    assert "Masih ditunggu: notula rapat validasi" in shown("file_received", about, ANALIS, walk).text


def test_a_late_file_is_called_so():
    walk = walked(99)
    walk.upload(TU, "nota_dinas_laporan", signed=True)
    text = shown("file_received", {"version": walk.case.versions[-1].id}, TU, walk).text
    assert "bertanda tangan</b>, versi 1 (susulan)" in text


def test_which_document_offers_one_button_each_and_batal():
    other = OPTION | {"case_id": 8, "code": "ip-asn-2027", "place": {"case": 8, "document": "undangan"}}
    about = {"upload": 3, "name": "x.pdf", "options": [OPTION, other]}
    screen = shown("which_document", about, ANALIS)
    assert labels(screen) == [["Undangan rapat · ip-asn-2026"], ["Undangan rapat · ip-asn-2027"], ["Batal"]]
    assert [row[0].press for row in screen.buttons] == [
        PressPlace(upload=3, place=PlaceId(case=7, document="undangan")),
        PressPlace(upload=3, place=PlaceId(case=8, document="undangan")),
        PressPlace(upload=3, place=None),
    ]


def test_which_document_cuts_the_title_and_never_the_case():
    long = OPTION | {"title": "Surat Kepala Biro SDM hal rekonsiliasi data IP ASN", "signed": True}
    other = OPTION | {"case_id": 8, "code": "ip-asn-2027", "place": {"case": 8, "document": "undangan"}}
    screen = shown("which_document", {"upload": 3, "name": "x.pdf", "options": [long, other]}, ANALIS)
    assert screen.buttons[0][0].label.endswith("… · ip-asn-2026")
    alone = shown("which_document", {"upload": 3, "name": "x.pdf", "options": [OPTION | {"signed": True}]}, ANALIS)
    assert labels(alone)[0] == ["Undangan rapat bertanda tangan"]


def test_a_refusal_that_comes_as_a_message_names_its_case():
    refusal = {"refusal": "AlreadyAnswered", "facts": {"role": "kabag_umum", "by": "Dewi", "at": START.isoformat()}}
    assert shown("refused", refusal, ANALIS, walked(9)).text.endswith("<b>ip-asn-2026</b>")


CANCELLERS = (
    "pembatalan proses menjadi kewenangan Sekretaris Direktorat Jenderal, Kepala Bagian Umum, dan Administrator."
)
ABOUT_A_CASE = {name for name, (_, _, walk, _) in SURVEY.items() if walk is not None}


@pytest.mark.parametrize("template", sorted(ABOUT_A_CASE))
def test_a_notice_about_a_case_names_it(template):
    about, member, walk, _ = SURVEY[template]
    played = walk()
    assert played.case.code in shown(template, about, member, played).text


@pytest.mark.parametrize(
    ("member", "said", "unsaid"),
    [
        (SEKRETARIS, ["Disposisikan", "Setujui", "Tunda Proses</b>, <b>Batalkan Proses"], ["Rapat Selesai", "Ajukan"]),
        (KABAG, ["Rapat Selesai", "Kembalikan"], ["Sudah Diarsipkan"]),
        (ANALIS, ["Ajukan", "Di /status: <b>Perbaiki Isian</b>."], ["Setujui", "Batalkan Proses"]),
        (SARI, ["Tidak Hadir"], ["Setujui", "Nadine", "Di /status"]),
        (BIRO, ["Jadwalkan Rapat"], ["Hadir"]),
        (TU, ["Sudah Diarsipkan", "Catat Keputusan Tertulis", CANCELLERS], ["Setujui", "Tunda Proses"]),
        (ADMIN, ["/mulai", "membuka proses baru"], ["Setujui", "/riwayat"]),
    ],
)
def test_help_is_short_by_role_and_tells_what_telegram_sees(member, said, unsaid):
    about = {"roles": list(a_reader(member).roles), "commands": ["mulai", "berkas"]}
    text = shown("help", about, member).text
    assert all(word in text for word in said)
    assert not any(word in text for word in unsaid)
    assert "luar negeri tanpa enkripsi ujung ke ujung" in text


def test_status_tells_those_who_read_cases_where_each_stands():
    screen = shown("status", {}, ANALIS, cases=[(7, walked(9).s), (8, walked(99).s)])
    assert "Langkah 9/12: Penyusunan konsep laporan" in screen.text
    assert "Pada Analis SDM Aparatur · batas waktu" in screen.text
    assert "Selesai dan diarsipkan" in screen.text
    assert "Nota dinas laporan rapat internal: nomor Nadine belum ada" in screen.text
    assert [(row[0].label, encode(row[0].press)) for row in screen.buttons] == [
        ("ip-asn-2026 · Isi Nomor Nadine", "nadine:c7:0:nota_dinas_rapat"),
        ("ip-asn-2026 · Lainnya", "status_case:c7:0"),
        ("ip-asn-2026 · Isi Nomor Nadine", "nadine:c8:0:nota_dinas_rapat"),
        ("ip-asn-2026 · Lainnya", "status_case:c8:0"),
    ]


def test_the_buttons_of_status_name_their_case_only_where_several_cases_have_some():
    screen = shown("status", {}, BIRO, cases=[(7, walked(3).s), (8, walked(9).s)])
    assert labels(screen) == [["Jadwalkan Rapat"]]
    screen = shown("status", {}, ANALIS, cases=[(7, walked(9).s)])
    assert labels(screen) == [["Isi Nomor Nadine"], ["Papan", "Perbaiki Isian"]]


def test_status_dates_an_outside_meeting_before_at_and_not_after_its_step():
    early = shown("status", {}, ANALIS, cases=[(7, walked(3).s)])
    assert "Rapat validasi dengan Biro SDM (langkah 8): jadwal belum ditetapkan" in early.text
    assert [(item.label, encode(item.press)) for (item,) in early.buttons] == [
        ("Jadwalkan Rapat", "schedule:c7:0:8"),
        ("Papan", "board:c7:0"),
    ]
    walk = walked(3).schedule(BIRO, 8)
    assert ("Ubah Jadwal", "schedule:c7:0:8") in [
        (item.label, encode(item.press)) for (item,) in shown("status", {}, BIRO, cases=[(7, walk.s)]).buttons
    ]
    waiting = walked(8)
    at_step = shown("status", {}, BIRO, cases=[(7, waiting.s)])
    assert [(item.label, encode(item.press)) for (item,) in at_step.buttons] == [
        ("Jadwalkan Rapat", f"schedule:c7.{waiting.task.id}:0")
    ]
    assert "menunggu undangan Biro SDM" in shown("status", {}, KABAG, cases=[(7, waiting.s)]).text
    assert shown("status", {}, BIRO, cases=[(7, walked(9).s)]).buttons == ()


def test_status_offers_a_reminder_to_those_who_wait_for_a_desk_that_is_due():
    walk = walked(7).until(START.replace(day=6))
    assert [
        (item.label, encode(item.press)) for item in shown("status", {}, KABAG, cases=[(7, walk.s)]).buttons[0]
    ] == [("Ingatkan", f"nudge:c7.{walk.task.id}:0")]
    assert "Ingatkan" not in str(labels(shown("status", {}, ANALIS, cases=[(7, walk.s)])))
    assert "Ingatkan" not in str(labels(shown("status", {}, SEKRETARIS, cases=[(7, walk.s)])))
    assert "Ingatkan" not in str(labels(shown("status", {}, SARI, cases=[(7, walk.s)])))
    assert "Ingatkan" not in str(labels(shown("status", {}, KABAG, cases=[(7, walked(7).s)])))
    walk.nudge(KABAG)
    assert "Ingatkan" not in str(labels(shown("status", {}, KABAG, cases=[(7, walk.s)])))
    assert (
        shown("status", {}, TU, cases=[(7, walked(5).until(START.replace(day=6)).s)]).buttons[0][0].label == "Ingatkan"
    )


def test_status_says_when_a_limit_is_exceeded_and_which_round_it_is():
    walk = walked(6)
    walk.send_back(KABAG)
    walk.at = walk.at.replace(month=12)
    text = shown("status", {}, SEKRETARIS, cases=[(7, walk.s)]).text
    assert "melewati batas waktu" in text
    assert "(kali ke-2)" in text


def test_status_shows_a_unit_only_its_meetings():
    assert "tidak ada proses" in shown("status", {}, SARI, cases=[(7, walked(2).s)]).text
    walk = walked(4)
    walk.answer(SARI, "present")
    text = shown("status", {}, SARI, cases=[(7, walk.s)]).text
    assert "Kamis, 12 Nov 2026, 09.30 WIB" in text
    assert "jawaban: Akan hadir" in text
    assert "Surat Nomor" not in text
    assert "(selesai)" in shown("status", {}, SARI, cases=[(7, walked(9).s)]).text


def test_a_meeting_that_stands_as_dated_while_an_earlier_step_is_done_again_is_said_so_to_all_whom_it_concerns():
    walk, said = ahead(), "Kamis, 12 Nov 2026, 09.30 WIB, di Ruang Rapat Lantai 4 (jadwal tetap, langkahnya menyusul)"
    for reader in (BIRO, KABAG, SEKRETARIS):
        screen = shown("status", {}, reader, cases=[(7, walk.s)])
        assert said in screen.text
        assert "(selesai)" not in screen.text
        assert any("Ubah Jadwal" in row for row in labels(screen)) is (reader != SEKRETARIS)
        told = shown("step_reopened", {"reopened": 1}, reader, walk).text
        assert "tetap dijadwalkan pada <b>Kamis, 12 Nov 2026, 09.30 WIB</b>" in told
    walk.until(walk.case.meeting(8).starts)
    assert "jadwal tetap" not in shown("status", {}, BIRO, cases=[(7, walk.s)]).text


def test_no_open_task_is_said_too():
    assert "tidak ada tugas" in shown("tasks", {"count": 0}, SEKRETARIS).text


def test_the_request_for_a_number_asks_only_for_what_is_missing():
    walk = walked(9)
    about = {"document": "nota_dinas_rapat"}
    screen = shown("nadine_request", about, ANALIS, walk)
    assert labels(screen) == [["Isi Nomor Nadine"]]
    assert "mengisi nomornya melalui tombol di bawah dan mengirim PDF bertanda tangan" in screen.text
    walk.nadine(ANALIS, "nota_dinas_rapat")
    screen = shown("nadine_request", about, ANALIS, walk)
    assert labels(screen) == [["Perbaiki Isian"]]
    assert "Nomor Nadine: <b>5.Und/" in screen.text
    assert (
        "mohon mengirim PDF bertanda tangan ke percakapan ini. Dokumen itu dapat menyusul, sebaiknya sebelum pengarsipan."
        in screen.text
    )
    walk.upload(ANALIS, "nota_dinas_rapat", signed=True)
    done = shown("nadine_request", about, ANALIS, walk).text
    assert "Nomor Nadine: <b>5.Und/" in done
    assert "Dokumen bertanda tangan sudah kami terima." in done
    assert "mohon" not in done


def test_of_a_letter_that_was_approved_with_other_bytes_the_number_is_asked_anew():
    walk = walked(7).nadine(ANALIS, "nota_dinas_rapat", "5.Und/2026").send_back(SEKRETARIS).send_back(KABAG)
    about = {"document": "nota_dinas_rapat"}
    returned = shown("nadine_request", about, ANALIS, walk).text
    assert "belum dapat diisi" not in returned
    assert "Nomor yang sudah diisi berlaku kembali bila isinya tidak berubah" in returned
    walk.upload(ANALIS, "konsep_nota_dinas_rapat", "konsep baru.docx").submit().approve(KABAG)
    screen = shown("nadine_request", about, ANALIS, walk)
    assert labels(screen) == [["Isi Nomor Nadine"]]
    assert "Nomor Nadine versi sebelumnya: <b>5.Und/2026</b>" in screen.text
    assert "mengisi nomornya melalui tombol" in screen.text


def test_a_question_can_be_answered_once():
    screen = shown("question", {"question": 1}, KABAG, asked())
    assert [(item.label, encode(item.press)) for (item,) in screen.buttons] == [("Jawab", "answer:c7:0:1")]
    assert "Mohon perkenan Ibu menjawabnya" in screen.text
    assert "Dijawab:" in shown("question", {"question": 1}, KABAG, answered()).text
    assert shown("question", {"question": 1}, KABAG, answered()).buttons == ()


def test_a_question_to_staff_is_put_plainly():
    walk = walked(6).ask(KABAG, "analis_sdm")
    assert "Mohon menjawab" in shown("question", {"question": 1}, ANALIS, walk).text


def test_an_answer_that_is_not_there_yet_is_said():
    assert "belum dijawab" in shown("question_answer", {"question": 1}, ANALIS, asked()).text


def test_units_are_told_what_to_upload_and_until_when():
    walk = walked(5)
    text = shown("follow_up", {"step": 4}, SARI, walk).text
    assert "paling lambat <b>Jumat, 6 Nov 2026, 16.30 WIB</b>" in text
    assert "paling lambat" not in shown("follow_up", {"step": 4}, SARI, walked(4)).text


def test_directions_say_by_whom_and_when():
    walk = walked(12)
    text = shown("directions", {"task": directed(walk)}, ANALIS, walk).text
    assert "Sekretaris Direktorat Jenderal (Hartono) memberikan arahan" in text


def test_a_decision_on_paper_is_told_to_its_desk_by_whom_it_was_recorded():
    walk = walked(7).record(signer=Signer(member=SEKRETARIS))
    own = shown("paper_recorded", {"task": 9}, SEKRETARIS, walk).text
    assert "dicatat oleh Tata Usaha berdasarkan lembar tertulis: " in own
    assert "(langkah 7/12 · <b>ip-asn-2026</b>) disetujui." in own
    assert "Bapak pada Selasa, 3 Nov 2026 telah" in own  # of what stands on paper the day alone is known
    back = walked(7).record(kind=acts.ReturnWork, reason="Tabel belum sesuai.")
    other = shown("paper_recorded", {"task": 9}, SEKRETARIS, back).text
    assert "keputusan tertulis Sekretaris Direktorat Jenderal (Prof. Baskoro)" in other
    assert "dikembalikan untuk diperbaiki." in other


def test_the_end_tells_guests_nothing_of_the_archive():
    assert "Nomor naskah 682.K" in shown("finished", {}, KABAG, walked(99)).text
    assert "682.K" not in shown("finished", {}, SARI, walked(99)).text


@pytest.mark.parametrize(
    ("member", "name", "step", "said"),
    [
        (
            KABAG,
            "Dewi Lestari",
            6,
            "mohon perkenan Ibu memeriksa konsep nota dinas laporan rapat internal dan data awal",
        ),
        (ANALIS, "Rina", 5, "mohon penyusunan konsep nota dinas rapat internal ditindaklanjuti"),
        (SARI, "Sari", 4, "mohon kehadiran Ibu pada rapat internal"),
        (BIRO, "Andi", 8, "telah siap divalidasi"),
        (SEKRETARIS, "Hartono", 1, "mohon perkenan Bapak menelaah dan mendisposisikan surat Kepala Biro SDM"),
    ],
)
def test_a_text_to_hand_over_is_written_to_the_person_himself(member, name, step, said):
    walk = walked(step)
    screen = shown("hand_over", {"member": {"id": member, "name": name}, "task": walk.task.id}, TU, walk)
    assert said in screen.text
    button = screen.buttons[0][0]
    assert button.label == "Sudah Disampaikan"
    assert button.press == PressAct(rule="delivered", case=7, on=On(task=walk.task.id, member=member))


def test_a_text_to_hand_over_tells_reasons_and_disposition():
    walk = walked(6).send_back(KABAG)
    assert (
        "Tabel per unit"
        in shown("hand_over", {"member": {"id": ANALIS, "name": "Rina"}, "task": walk.task.id}, TU, walk).text
    )
    walk = walked(2)
    about = {"member": {"id": ANALIS, "name": "Rina"}, "task": walk.task.id}
    screen = shown("hand_over", about, TU, walk)
    assert "Mutakhirkan dan siapkan" in screen.text
    assert screen.buttons[0][0].press.on.member == ANALIS


def test_after_a_stretch_each_reads_what_is_his():
    """A desk its limit, a guest when his meeting is, whoever was asked for something until when."""
    at_meeting, after_it = (walked(step).suspend().resume(SEKRETARIS) for step in (4, 5))
    guest = shown("resumed", {"nth": 1}, SARI, at_meeting).text
    assert "Jadwal rapat internal" in guest
    assert "Batas waktu" not in guest
    assert "Batas waktu mengunggah data dukung" in shown("resumed", {"nth": 1}, SARI, after_it).text
    assert "Batas waktu" not in shown("resumed", {"nth": 1}, SEKRETARIS, after_it).text


@pytest.mark.parametrize(("member", "is_told"), [(SARI, False), (BIRO, False), (ANALIS, True)])
def test_why_a_case_stands_still_or_was_called_off_is_kept_from_guests(member, is_told):
    held, gone = walked(4).suspend(reason="Rahasia dapur."), walked(4).cancel(reason="Rahasia dapur.")
    told = [shown("suspended", {"nth": 1}, member, held), shown("called_off", {}, member, gone)]
    told += [shown("status", {}, member, cases=[(7, walk.s)]) for walk in (held, gone)]
    told += [
        cards.card(walk.s, case_id=7, task=walk.case.tasks[-1].id, reader=a_reader(member)).screen
        for walk in (held, gone)
    ]
    assert [("Rahasia dapur." in item.text, "Alasan:" in item.text) for item in told if item.text] == [
        (is_told,) * 2
    ] * 6


@pytest.mark.parametrize(
    ("member", "may"), [(SEKRETARIS, False), (KABAG, False), (ANALIS, True), (TU, True), (ADMIN, True)]
)
def test_the_report_offers_corrections_to_whoever_may_put_right_what_it_says(member, may):
    """The Kabag may put right who came to his meeting: that stands on /status."""
    about = {"corrected": [["archive.location", "A", "B"]]}
    for screen in (shown("finished", {}, member, walked(99)), shown("erratum", about, member, walked(99))):
        assert (["Perbaiki Isian"] in labels(screen)) is may


@pytest.mark.parametrize(("member", "may"), [(TU, True), (SEKRETARIS, True), (KABAG, False), (SARI, False)])
def test_who_may_open_a_case_reads_that_the_period_is_free(member, may):
    assert ("/mulai" in shown("called_off", {}, member, walked(5).cancel()).text) is may


def test_what_was_asked_for_in_a_case_that_was_called_off_is_asked_no_more():
    walk = walked(9).ask(ANALIS, "kabag_umum").hinder(ANALIS).cancel()
    for template, about in (
        ("question", {"question": 1}),
        ("obstacle", {"obstacle": 1}),
        ("nadine_request", {"document": "nota_dinas_rapat"}),
    ):
        screen = shown(template, about, KABAG if template != "nadine_request" else ANALIS, walk)
        assert "Proses ini telah dibatalkan pada" in screen.text
        assert screen.buttons == ()


def test_a_meeting_that_was_called_off_is_handed_over_as_such():
    walk = walked(4).call_off()
    text = shown("hand_over", {"member": {"id": SARI, "name": "Sari"}, "task": walk.task.id}, TU, walk).text
    assert "rapat internal rekonsiliasi data capaian dibatalkan. Jadwalnya akan kami sampaikan kemudian." in text


def test_a_lost_member_without_a_task_is_only_named():
    screen = shown("hand_over", {"member": {"id": SARI, "name": "Sari"}, "case_id": None, "task": None}, TU)
    assert "Sari belum dapat kami hubungi" in screen.text
    assert screen.buttons == ()


def test_a_member_without_an_appointment_is_welcome_too():
    assert "belum ada penugasan untuk" in shown("welcome", {"roles": []}, SARI).text


@pytest.mark.parametrize(
    ("member", "said", "unsaid"),
    [
        (ADMIN, ["Hal yang perlu ditangani", "/mulai", "/status", "kepada Tata Usaha"], ["batas waktunya", "tombol"]),
        (TU, ["berkas dan batas waktunya", "tombol di bawah kartunya", "/mulai", "kepada Administrator"], []),
        (SEKRETARIS, ["tombol di bawah kartunya", "/mulai", "kepada Tata Usaha"], []),
        (ANALIS, ["berkas dan batas waktunya", "tombol di bawah kartunya"], ["/mulai"]),
        (SARI, ["Undangan rapat akan kami sampaikan", "dijawab melalui tombol"], ["/mulai", "batas waktunya"]),
        (BIRO, ["Data yang siap divalidasi", "Jadwal rapat"], ["/mulai", "Undangan"]),
    ],
)
def test_the_welcome_tells_each_in_three_lines_what_comes_what_to_do_and_whom_to_ask(member, said, unsaid):
    text = shown("welcome", {"roles": list(a_reader(member).roles)}, member).text
    greeting, _, body = text.split("\n\n")
    assert greeting.startswith("Selamat datang, ")
    assert [line[:2] for line in body.splitlines()] == ["• "] * 3
    assert "/bantuan" in body.splitlines()[-1]
    assert all(word in body for word in said)
    assert not any(word in body for word in unsaid)


def test_a_stranger_reads_by_their_posts_whom_to_ask():
    posts = {"posts": ["tata_usaha", "admin"]}
    assert "menghubungi Tata Usaha atau Administrator." in shown("stranger", posts, STRANGER).text
    assert (
        "menghubungi Tata Usaha atau Administrator."
        in shown("invite_refused", posts | {"reason": "used"}, STRANGER).text
    )


def test_nothing_was_cancelled():
    assert "Tidak ada isian" in shown("cancelled", {"was": None}, ANALIS).text


@pytest.mark.parametrize("kind", vocabulary("forms"))
def test_an_open_form_is_replaced_only_after_a_question(kind):
    screen = shown("replace_form", {"form": 5, "old": kind, "code": None, "new": NEW}, ANALIS)
    (keep,), (go,) = screen.buttons
    assert (keep.label, keep.press) == ("Teruskan Isian Lama", PressKeep(form=5))
    assert (go.label, encode(go.press)) == ("Buka Isian Baru", "return:c7.3:2:!")


@pytest.mark.parametrize("words", [HOSTILE, LONG])
def test_what_people_write_is_escaped_and_shortened(words):
    walk = walked(9)
    walk.ask(ANALIS, "kabag_umum", words[:4096])
    cases = [
        ("stranger", {"contacts": [words] * 50}, None),
        ("file_refused", {"reason": "size", "name": words}, None),
        ("file_unwanted", {"name": words, "role": "kabag_umum", "by_name": [words] * 50}, None),
        ("which_document", {"upload": 1, "name": words, "options": [OPTION | {"title": words}]}, None),
        ("question", {"question": 1}, walk),
        ("parked", {"update_id": 1, "error": words}, None),
        ("calendar_faulty", {"error": words}, None),
        ("sending_failed", {"what": words, "error": words}, None),
        ("enrolled", {"name": words, "role": "analis_sdm"}, None),
        ("delivered", {"name": words, "by": words}, None),
    ]
    for template, about, case in cases:
        text = shown(template, about, ADMIN, case).text
        assert "<b>&x" not in text
        assert "<b>tebal" not in text


def pages_of_status(cases, member):
    """Every page of `/status`, as one turns them: how many cases each shows, and its screen."""
    found, start = [], 0
    while True:
        page = cases[start : start + PAGE]
        has_more = start + len(page) < len(cases)
        screen = shown("status", {"start": start}, member, cases=page, has_more=has_more)
        assert limits.length(screen.text) <= limits.MESSAGE
        assert "Yang ditampilkan: " in screen.text.rpartition("\n")[2]
        found.append((screen.text.count("<b>ip-asn-2026</b>"), screen))
        turns = [item.press for row in screen.buttons for item in row if isinstance(item.press, PressStatusPage)]
        if not turns or turns[-1].start <= start:
            return found
        start = turns[-1].start


def test_a_page_of_status_holds_eight_cases_where_nobody_was_verbose():
    found = pages_of_status([(number, walked(9).s) for number in range(2 * PAGE + 1)], SEKRETARIS)
    assert [count for count, _ in found] == [PAGE, PAGE, 1]
    said = [screen.text.rpartition("\n")[2] for _, screen in found]
    assert said == [f"Yang ditampilkan: proses {which}." for which in ("ke-1 s.d. ke-8", "ke-9 s.d. ke-16", "ke-17")]
    assert labels(found[1][1])[-1] == ["Sebelumnya", "Berikutnya"]
    assert found[1][1].buttons[-1][0].press == PressStatusPage(start=0)


def test_where_the_cases_of_a_page_are_too_long_for_a_message_it_holds_fewer_and_none_is_cut_or_passed_over():
    """Many desks, meetings and letters make a case long; what people wrote is shortened before."""
    step = SOP.steps[7]
    title = step.title + " dan penyampaian hasilnya kepada seluruh unit kerja terkait" * 9
    steps = tuple(item.model_copy(update={"title": title}) if item == step else item for item in SOP.steps)
    walk = walked(8)
    walk.sop = SOP.model_copy(update={"steps": steps})
    count = 2 * PAGE
    found = pages_of_status([(number, walk.s) for number in range(count)], ANALIS)
    assert sum(count for count, _ in found) == count
    assert max(count for count, _ in found) < PAGE
    first, screen = found[0]
    assert screen.text.endswith(f"Yang ditampilkan: proses ke-1 s.d. ke-{first}.")
    assert len({button.press.case for (button, *_) in screen.buttons[:-1]}) == first


def test_status_names_also_a_case_of_which_it_has_nothing_more_to_tell_its_reader():
    """He brought a file, and was invited to nothing: a page of ten cases would else show nine."""
    walk = walked(2)
    first = walk.case.versions[0]
    brought = first.model_copy(update={"by": first.by.model_copy(update={"role": "unit_terkait"})})
    s = replace(walk.s, case=walk.case.model_copy(update={"versions": (brought,)}))
    text = shown("status", {}, SARI, cases=[(7, s)]).text
    assert text == "<b>ip-asn-2026</b> · Laporan Capaian IP ASN 2026"


def test_the_cards_that_follow_are_counted_where_not_all_do():
    further = {"case": 7, "task": 3, "due": 1_793_000_000}
    screen = shown("tasks", {"count": 23, "start": 10, "posted": 10, "further": further}, ANALIS)
    assert "ada 23 tugas" in screen.text
    assert "kartu ke-11 s.d. ke-20" in screen.text
    assert [(item.label, encode(item.press)) for (item,) in screen.buttons] == [
        ("Berikutnya", "tasks:c7.3:0:1793000000")
    ]
    last = shown("tasks", {"count": 21, "start": 20, "posted": 1}, ANALIS)
    assert "kartu ke-21 kami sampaikan" in last.text
    assert last.buttons == ()


def test_a_receipt_of_the_first_releases_which_names_no_task_says_what_was_recorded():
    about = {"outcome": "returned", "to": "analis_sdm"}
    walk = walked(6).send_back(KABAG)
    named = shown("recorded", about | {"decided": walk.task.id - 1}, KABAG, walk)
    assert shown("recorded", about, KABAG, walk) == named


SIGNED = "Nota dinas laporan capaian IP ASN bertanda tangan elektronik: "


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Signatures("whole", (Signature("Ratna", START), Signature(None, None))), "nota.pdf (2 tanda tangan elektronik, utuh (menurut berkas: Ratna))"),
        (Signatures("none"), "belum ada; nota.pdf tidak memuat tanda tangan elektronik"),
        (Signatures("changed", (Signature("Ratna", START),)), "nota.pdf (berubah setelah ditandatangani)"),
        (Signatures("untold", why="too_much"), "nota.pdf (tanda tangan elektroniknya tidak dapat kami periksa)"),
        (None, "nota.pdf"),
    ],
)  # fmt: skip
def test_the_final_report_and_its_erratum_name_the_signed_copies_as_what_they_are(found, words):
    walk = walked(12).upload(ANALIS, "nota_dinas_laporan", "nota.pdf", signed=True, signatures=found).archive(TU)
    about = {"corrected": (("archive.location", "A", "B"),)}
    for screen in (shown("finished", {}, SEKRETARIS, walk), shown("erratum", about, SEKRETARIS, walk)):
        lines = screen.text.splitlines()
        assert SIGNED + words in lines
        assert "Nota dinas laporan rapat internal bertanda tangan elektronik: belum ada" in lines
    assert "bertanda tangan" not in shown("finished", {}, SARI, walk).text
