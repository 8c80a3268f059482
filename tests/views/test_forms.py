"""Forms on the screen: every question of every kind, and what is left of it."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from alur.views import forms, limits
from alur.views.environment import vocabulary
from alur.views.oddities import Around
from alur.workflow.engine.acts import named
from alur.workflow.errors import Unchanged
from alur.workflow.file_kinds import Signatures
from alur.workflow.form_moves import changing, chosen, correcting, filed, noting, proceeded, toggled, typed, writing
from alur.workflow.forms import Field, Form, Option
from alur.workflow.presses import On, PressPick, PressTick
from alur.workflow.sop import LONGEST_LABEL
from handlers.callbacks import encode
from tests.factories import (
    ADMIN,
    ANALIS,
    KABAG,
    SEKRETARIS,
    SOP,
    TU,
    WIB,
    a_calendar,
    a_file,
    an_office,
    walked,
    with_budi,
)
from tests.filling import (
    FormKind,
    answer_form,
    case_form,
    meeting_form,
    nadine_form,
    open_case_form,
    signed_form,
    task_form,
)

TODAY = date(2026, 11, 2)
CAME = "attendance.units:4"
TYPED = {"date": "15-12-2026", "time": "9.30", "text": "Isian", "number": "12 / OT.03", "reason": "Alasannya ini"}


def shown(form, walk=None):
    screen = forms.screen(5, form, walk and walk.s, (SOP,))
    assert limits.length(screen.text) <= limits.MESSAGE
    for row in screen.buttons:
        for item in row:
            assert item.press.form == 5
            encode(item.press)
    return screen


def labels(screen):
    return [[item.label for item in row] for row in screen.buttons]


def typing(form, *texts):
    for text in texts:
        form = typed(form, text, today=TODAY, zone=WIB)
    return form


def returned_walk():
    return walked(6).send_back(KABAG)


def own_upload():
    return walked(2).upload(ANALIS, "data_capaian", "Data.xlsx")


def asked_walk():
    return walked(6).ask(KABAG, "analis_sdm", "Sumber datanya?")


def asked_twice():
    return asked_walk().ask(KABAG, "tata_usaha", "Di mana suratnya?")


def brought_early():
    """A meeting whose papers are there before its hour."""
    return walked(4).upload(ANALIS, "notula_rekonsiliasi").upload(ANALIS, "pemutakhiran_data")


def in_december():
    walk = walked(7)
    return walk.until(walk.at.replace(month=12, day=20))


def unsigned_copy():
    return walked(11).upload(ANALIS, "nota_dinas_laporan", "nota.pdf", signed=True, signatures=Signatures("none"))


FORMS = {
    FormKind.OPEN_CASE: (lambda _: open_case_form((SOP,), today=TODAY), lambda: None),
    FormKind.DISPOSE: (lambda w: task_form(w.s, FormKind.DISPOSE, w.task), lambda: walked(1)),
    FormKind.SUBMIT: (lambda w: task_form(w.s, FormKind.SUBMIT, w.task), returned_walk),
    FormKind.APPROVE: (lambda w: task_form(w.s, FormKind.APPROVE, w.task), lambda: walked(7)),
    FormKind.RETURN: (lambda w: task_form(w.s, FormKind.RETURN, w.task), lambda: walked(6)),
    FormKind.SCHEDULE: (lambda w: meeting_form(w.s, 8), lambda: walked(6)),
    FormKind.REPRESENT: (lambda w: task_form(w.s, FormKind.REPRESENT, w.task), lambda: walked(4)),
    FormKind.DIRECT: (lambda w: task_form(w.s, FormKind.DIRECT, w.task), lambda: walked(11)),
    FormKind.ARCHIVE: (lambda w: task_form(w.s, FormKind.ARCHIVE, w.task), lambda: walked(12)),
    FormKind.NADINE: (lambda w: nadine_form(w.s, "nota_dinas_rapat"), lambda: walked(9)),
    FormKind.ASK: (lambda w: task_form(w.s, FormKind.ASK, w.task), lambda: walked(6)),
    FormKind.ANSWER: (lambda w: answer_form(w.s, 1), asked_walk),
    FormKind.WITHDRAW: (lambda w: task_form(w.s, FormKind.WITHDRAW, w.task), own_upload),
    FormKind.WITHDRAW_SIGNED: (lambda w: signed_form(w.s), unsigned_copy),
    FormKind.WITHDRAW_ASK: (lambda w: task_form(w.s, FormKind.WITHDRAW_ASK, w.task), asked_twice),
    FormKind.CORRECT: (lambda w: case_form(w.s, FormKind.CORRECT), lambda: walked(6)),
    FormKind.OBSTACLE: (lambda w: task_form(w.s, FormKind.OBSTACLE, w.task), lambda: walked(7)),
    FormKind.CANCEL_MEETING: (lambda w: task_form(w.s, FormKind.CANCEL_MEETING, w.task), lambda: walked(4)),
    FormKind.MEET: (lambda w: task_form(w.s, FormKind.MEET, w.task), brought_early),
    FormKind.ASSIGN: (lambda w: case_form(w.s, FormKind.ASSIGN), lambda: walked(5, office=with_budi(an_office()))),
    FormKind.SUSPEND: (lambda w: case_form(w.s, FormKind.SUSPEND), lambda: walked(6)),
    FormKind.CANCEL_CASE: (lambda w: case_form(w.s, FormKind.CANCEL_CASE), lambda: walked(6)),
    FormKind.REOPEN: (lambda w: case_form(w.s, FormKind.REOPEN), lambda: walked(7)),
    FormKind.ATTENDANCE: (lambda w: task_form(w.s, FormKind.ATTENDANCE, w.task), lambda: walked(4)),
    FormKind.PAPER: (lambda w: task_form(w.s, FormKind.PAPER, w.task), in_december),
}


@pytest.mark.parametrize("kind", FormKind)
def test_every_form_is_asked_to_its_end_and_sent(kind):
    """Every field has its question and heading; the last screen has *Kirim* and *Batal*."""
    make, begin = FORMS[kind]
    walk = begin()
    form = make(walk)
    destroys = vocabulary("destroys").get(kind, "Ya, Batalkan")
    send, cancel = (destroys, "Tidak Jadi") if kind in forms.DESTROYING else ("Kirim", "Batal")
    for _ in range(12):
        screen = shown(form, walk)
        assert cancel in labels(screen)[-1]
        field = form.asked
        if field is None:
            break
        assert ("Lain…" in labels(screen)[-1]) == bool(field.is_typed and field.options)
        assert (send in labels(screen)[-1]) is False
        if field.kind == "ticks":
            form = proceeded(form)
        elif field.kind == "choice":
            form = chosen(form, field.name, field.options[0].value)
        elif field.kind == "file":
            form = filed(form, a_file("surat.pdf"))
        else:
            form = typing(form, TYPED[field.kind])
    assert form.is_ready
    assert send in labels(screen)[-1]


@pytest.mark.parametrize("kind", FormKind)
@pytest.mark.parametrize("how", ["sent", "cancelled", "overtaken"])
def test_a_form_that_is_over_leaves_one_line(kind, how):
    make, begin = FORMS[kind]
    screen = forms.ended(make(begin()), how)
    assert "\n" not in screen.text
    assert vocabulary("forms")[kind].lower() in screen.text.lower()
    assert screen.buttons == ()
    assert "\n" not in forms.folded(make(begin())).text


def test_disposing_is_two_taps():
    walk = walked(1)
    screen = shown(task_form(walk.s, FormKind.DISPOSE, walk.task), walk)
    assert labels(screen)[0] == ["☑ Siapkan data capaian IP ASN tahun berjalan"]
    assert labels(screen)[1] == ["☐ Tindak lanjuti"]
    assert labels(screen)[-1] == ["Tambah Catatan", "Kirim", "Batal"]
    assert screen.buttons[1][0].press == PressTick(form=5, field="ticks", option=1)


def test_a_note_is_asked_for_on_demand_and_shown():
    walk = walked(1)
    form = noting(task_form(walk.s, FormKind.DISPOSE, walk.task))
    assert "Mohon mengetik catatan" in shown(form, walk).text
    assert labels(shown(form, walk))[-1] == ["Kirim", "Batal"]
    form = typing(form, "Segera")
    assert "Catatan: Segera" in shown(form, walk).text


def test_where_the_same_papers_are_decided_again_it_is_said_why_a_note_is_asked_for():
    same = walked(7).send_back(SEKRETARIS)
    asked = shown(task_form(same.s, FormKind.APPROVE, same.task), same).text
    assert "Isi dokumen tidak berubah sejak keputusan sebelumnya. Mohon mengetik penjelasannya." in asked
    back = returned_walk()
    asked = shown(task_form(back.s, FormKind.SUBMIT, back.task), back).text
    assert "Isi dokumen belum berubah sejak pengajuan sebelumnya." in asked


def test_what_is_ticked_already_is_said_to_be_proposed_and_nothing_else_is():
    walk = walked(1)
    form = task_form(walk.s, FormKind.DISPOSE, walk.task)
    assert (
        "telah kami usulkan dan dapat diubah. Bila sudah sesuai, mohon menekan <b>Kirim</b>." in shown(form, walk).text
    )
    bare = shown(toggled(form, "ticks", walk.s.definition(walk.task).preset[0]), walk).text
    assert "Mohon memilih isi disposisinya, kemudian menekan <b>Kirim</b>." in bare
    assert "usulkan" not in bare


def test_ticks_of_deficient_documents_come_before_the_reason():
    walk = walked(6)
    form = task_form(walk.s, FormKind.RETURN, walk.task)
    assert labels(shown(form, walk))[-1] == ["Lanjut", "Batal"]
    form = proceeded(toggled(form, "documents", "data_awal"))
    assert "Yang perlu diperbaiki: Data awal capaian IP ASN" in shown(form, walk).text
    assert "ip-asn-2026 · langkah 6/12" in shown(form, walk).text
    form = filed(form, a_file("coretan.jpg", kind="photo"))
    assert "Lampiran catatan: coretan.jpg (1,2 MB)" in shown(form, walk).text


def test_a_meeting_is_summed_up_in_words():
    walk = walked(6)
    form = typing(meeting_form(walk.s, 8), "15-12-2026", "9.30", "Ruang A")
    text = shown(form, walk).text
    assert "Tanggal: Selasa, 15 Des 2026\nWaktu: 09.30 WIB\nTempat: Ruang A" in text
    assert labels(shown(form, walk)) == [["Kirim", "Ubah", "Batal"]]


def test_an_obstacle_is_typed_and_days_are_offered_to_whoever_grants_them_himself():
    walk = walked(7)
    form = typing(task_form(walk.s, FormKind.OBSTACLE, walk.task), "Sedang dinas luar.")
    screen = shown(form, walk)
    assert labels(screen) == [["1 hari kerja"], ["2 hari kerja"], ["3 hari kerja"], ["Lewati", "Batal"]]
    assert "Tambahan waktu: 2 hari kerja" in shown(chosen(form, "days", "2"), walk).text
    assert "Tambahan waktu" not in shown(proceeded(form), walk).text
    walk = walked(5)
    form = typing(task_form(walk.s, FormKind.OBSTACLE, walk.task), "Data belum masuk.")
    assert labels(shown(form, walk)) == [["Kirim", "Ubah", "Batal"]]
    assert "Kendala: Data belum masuk." in shown(form, walk).text


def test_calling_off_a_meeting_is_confirmed_once():
    walk = walked(4)
    screen = shown(task_form(walk.s, FormKind.CANCEL_MEETING, walk.task), walk)
    assert labels(screen) == [["Ya, Batalkan", "Tidak Jadi"]]
    assert [button.style for button in screen.buttons[-1]] == ["danger", None]
    assert screen.text.endswith(
        "Rapat berikut akan dibatalkan dan pembatalannya disampaikan kepada para undangan.\n"
        "Kamis, 12 Nov 2026, 09.30 WIB, di Ruang Rapat Lantai 4\n\n"
        "Apakah rapat ini jadi dibatalkan?"
    )


def test_a_meeting_that_is_closed_before_its_hour_is_asked_about():
    walk = brought_early()
    screen = shown(task_form(walk.s, FormKind.MEET, walk.task), walk)
    assert labels(screen) == [["Kirim", "Batal"]]
    assert "Kamis, 12 Nov 2026, 09.30 WIB, di Ruang Rapat Lantai 4" in screen.text
    assert "Waktu rapat ini belum tiba. Bila rapat memang telah selesai, mohon" in screen.text


def test_an_empty_list_of_who_came_is_asked_about():
    walk = walked(4)
    form = task_form(walk.s, FormKind.ATTENDANCE, walk.task).model_copy(update={"is_doubted": True})
    assert "Belum ada unit yang dipilih. Bila memang tidak ada unit yang hadir, mohon" in shown(form, walk).text
    assert "Mohon memilih unit yang hadir" in shown(toggled(form, "units", "Direktorat Teknik"), walk).text


def test_who_came_is_ticked_by_unit():
    walk = walked(4)
    form = task_form(walk.s, FormKind.ATTENDANCE, walk.task)
    screen = shown(toggled(form, "units", "Direktorat Teknik"), walk)
    assert labels(screen) == [
        ["☐ Direktorat Program"],
        ["☑ Direktorat Teknik"],
        ["☐ Direktorat Pembinaan"],
        ["Kirim", "Batal"],
    ]
    assert "Mohon memilih unit yang hadir" in screen.text


def test_a_new_date_asks_for_a_new_invitation_which_may_be_skipped_unless_the_meeting_was_called_off():
    walk = walked(4)
    form = typing(task_form(walk.s, FormKind.SCHEDULE, walk.task), "16-11-2026", "9.30", "Ruang A")
    assert "Mohon mengirim undangan yang baru" in shown(form, walk).text
    assert labels(shown(form, walk)) == [["Lewati", "Batal"]]
    filled = shown(filed(form, a_file("undangan baru.pdf")), walk)
    assert "Undangan baru: undangan baru.pdf (1,2 MB)" in filled.text
    walk.call_off()
    form = typing(task_form(walk.s, FormKind.SCHEDULE, walk.task), "16-11-2026", "9.30", "Ruang A")
    assert labels(shown(form, walk)) == [["Batal"]]


def test_days_and_hours_stand_in_short_rows_and_lain_leads_to_typing():
    walk = walked(6)  # on Tuesday, 3 November
    form = meeting_form(walk.s, 8)
    screen = shown(form, walk)
    assert labels(screen) == [
        ["Sel 3 Nov", "Rab 4 Nov"],
        ["Kam 5 Nov", "Jum 6 Nov"],
        ["Sen 9 Nov", "Sel 10 Nov"],
        ["Rab 11 Nov", "Kam 12 Nov"],
        ["Jum 13 Nov", "Sen 16 Nov"],
        ["Lain…", "Batal"],
    ]
    assert screen.buttons[1][0].press == PressPick(form=5, field="date", option=2)
    assert "Mohon memilih tanggal rapat atau mengetiknya, misalnya 15-12-2026." in screen.text
    hours = labels(shown(chosen(form, "date", "2026-11-12"), walk))
    assert hours == [
        ["08.00", "09.00", "10.00", "11.00"],
        ["13.00", "14.00", "15.00"],
        ["12.00 (waktu istirahat)"],
        ["Lain…", "Batal"],
    ]
    friday = shown(chosen(form, "date", "2026-11-06"), walk)
    assert labels(friday)[:2] == [["08.00", "09.00", "10.00", "11.00"], ["13.00", "14.00", "15.00"]]
    assert "12.00" not in str(labels(friday))
    assert friday.buttons[1][0].press == PressPick(form=5, field="time", option=5)
    words = shown(writing(form), walk)
    assert "Mohon mengetik tanggal rapat" in words.text
    assert labels(words)[-2:] == [["Jum 13 Nov", "Sen 16 Nov"], ["Batal"]]


def test_ubah_shows_each_part_with_what_it_holds():
    walk = walked(6)
    form = changing(typing(meeting_form(walk.s, 8), "15-12-2026", "9.30", "Ruang A"))
    screen = shown(form, walk)
    assert labels(screen) == [
        ["Tanggal: Selasa, 15 Des 2026"],
        ["Waktu: 09.30 WIB"],
        ["Tempat: Ruang A"],
        ["Kirim", "Batal"],
    ]
    assert "Bagian mana yang diubah?" in screen.text
    form = correcting(form, "place")
    assert labels(shown(form, walk)) == [["Ruang A"], ["Batal"]]
    assert "tempat rapat" in shown(form, walk).text
    walk = walked(12)
    form = changing(typing(task_form(walk.s, FormKind.ARCHIVE, walk.task), "Menyusul.", "1", "2", "3", "4"))
    assert labels(shown(form, walk))[-8:] == [
        ["Unit pengolah: Sekretariat Direktorat Jenderal…"],
        ["Tingkat perkembangan: Asli"],
        ["Klasifikasi keamanan: Terbatas"],
        ["Retensi"],
        ["JRA aktif"],
        ["JRA inaktif"],
        ["Nasib akhir"],
        ["Kirim", "Batal"],
    ]
    for item in form.changeable:
        assert "Batal" in labels(shown(correcting(form, item.name), walk))[-1]


def test_a_date_is_asked_for_with_an_example():
    walk = walked(6)
    text = shown(writing(meeting_form(walk.s, 8)), walk).text
    assert "misalnya 15-12-2026" in text
    assert "Rapat validasi dengan Biro SDM" in text


def test_opening_a_case_offers_years_and_sums_up():
    form = open_case_form((SOP,), today=TODAY)
    assert labels(shown(form)) == [["2026"], ["2027"], ["Batal"]]
    form = chosen(form, "period", "2026")
    form = filed(typing(form, "B-1", "1 Nov 2026"), a_file("surat.pdf"))
    text = shown(form).text
    assert "Laporan Capaian IP ASN" in text
    assert "Periode: 2026\nNomor surat: B-1\nTanggal surat: Minggu, 1 Nov 2026\nSurat: surat.pdf (1,2 MB)" in text


def test_with_several_sops_the_first_question_is_which():
    other = SOP.model_copy(update={"id": "lain", "short_title": "Laporan Lain"})
    form = open_case_form((SOP, other), today=TODAY)
    screen = forms.screen(5, form, None, (SOP, other))
    assert labels(screen)[:2] == [["Laporan Capaian IP ASN"], ["Laporan Lain"]]
    after = forms.screen(5, chosen(form, "sop", "lain"), None, (SOP, other))
    assert "SOP: Laporan Lain" in after.text


def test_a_known_number_is_offered_for_the_archive():
    walk = walked(12).nadine(ANALIS, "nota_dinas_laporan", "5.Und/2026")
    form = typing(task_form(walk.s, FormKind.ARCHIVE, walk.task), "Menyusul saja")
    screen = shown(form, walk)
    assert screen.buttons[0][0].label == "5.Und/2026"
    assert screen.buttons[0][0].press == PressPick(form=5, field="letter_number", option=0)
    form = typing(chosen(form, "letter_number", "5.Und/2026"), "OT.02", "17", "Lemari")
    text = shown(form, walk).text
    assert "dicatat pula" not in text
    assert "Nomor naskah: 5.Und/2026\nKode klasifikasi: OT.02" in text
    assert "Uraian: Nota dinas laporan capaian IP ASN 2026" in text
    assert "Klasifikasi keamanan: Terbatas" in text


def test_the_archive_says_by_name_what_is_missing_before_it_asks_for_anything():
    walk = walked(12).nadine(ANALIS, "nota_dinas_rapat")
    form = task_form(walk.s, FormKind.ARCHIVE, walk.task)
    text = shown(form, walk).text
    assert "• Nota dinas laporan rapat internal: dokumen bertanda tangan\n" in text
    assert "• Nota dinas laporan capaian IP ASN: nomor Nadine dan dokumen bertanda tangan\n" in text
    assert "dapat menyusul" in text
    assert text.index("dapat menyusul") < text.index("Mohon mengetik alasan")
    later = shown(typing(form, "Menyusul."), walk).text
    assert "Belum ada" not in later
    assert "Nomor naskah yang diketik dicatat pula sebagai nomor Nadine nota dinas laporan capaian IP ASN." in later
    summary = shown(typing(form, "Menyusul.", "5.ND/2026", "OT.02", "17", "Lemari"), walk).text
    assert "Nomor naskah ini dicatat pula sebagai nomor Nadine nota dinas laporan capaian IP ASN." in summary


def test_an_answer_stands_under_its_question():
    walk = asked_walk()
    form = answer_form(walk.s, 1)
    assert "Pertanyaan Plh. Kepala Bagian Umum:\n<blockquote>Sumber datanya?</blockquote>" in shown(form, walk).text


def test_an_optional_question_can_be_skipped():
    form = Form(
        kind=FormKind.ASK,
        fields=(Field(name="text", kind="text", optional=True),),
        asking="text",
    )
    assert labels(shown(form)) == [["Lewati", "Batal"]]


def test_hostile_and_long_answers_are_escaped_and_fit():
    walk = walked(1)
    form = noting(task_form(walk.s, FormKind.DISPOSE, walk.task))
    form = typing(form, ("<b>&x</b> " * 100).strip())
    text = shown(form, walk).text
    assert "<b>&x" not in text
    assert "&lt;b&gt;&amp;x" in text
    option = Option(value="x", label="Pilihan yang amat panjang " * 10)
    form = Form(kind=FormKind.ASK, fields=(Field(name="role", kind="choice", options=(option,)),), asking="role")
    assert len(shown(form).buttons[0][0].label) <= LONGEST_LABEL


def test_a_form_can_ask_to_press_again():
    walk = walked(7)
    form = task_form(walk.s, FormKind.APPROVE, walk.task)
    asking = forms.screen(5, form, walk.s, (SOP,), asks_again=True)
    assert asking.text.endswith("mohon ditekan kembali.</b>")
    assert asking.buttons == shown(form, walk).buttons
    assert "terputus" not in shown(form, walk).text


NATAL, LEAVE = date(2026, 12, 25), date(2026, 12, 24)
ODD_CALENDAR = {
    "days_off": {NATAL: "Hari Raya Natal", LEAVE: "Cuti <Natal>"},
    "joint_leave": frozenset({LEAVE}),
    "without_joint_leave": frozenset({2028}),
}


def scheduled(*answers):
    """The screen of a meeting's form on Tuesday, 3 November 2026, in an office with these days off."""
    walk = walked(6)
    walk.office = replace(walk.office, calendar=a_calendar(**ODD_CALENDAR))
    return shown(typing(meeting_form(walk.s, 8), *answers), walk)


@pytest.mark.parametrize(
    ("day", "hour", "said"),
    [
        ("15-11-2026", "9.30", ["tanggal rapat jatuh pada hari Minggu"]),
        ("14-11-2026", "9.30", ["tanggal rapat jatuh pada hari Sabtu"]),
        ("25-12-2026", "9.30", ["tanggal rapat jatuh pada hari libur (Hari Raya Natal)"]),
        ("24-12-2026", "9.30", ["tanggal rapat jatuh pada cuti bersama (Cuti &lt;Natal&gt;)"]),
        ("2-11-2026", "9.30", ["waktu rapat sudah lewat"]),
        ("1-11-2026", "9.30", ["waktu rapat sudah lewat", "tanggal rapat jatuh pada hari Minggu"]),
        ("16-11-2026", "6.30", ["rapat dimulai di luar jam kerja (07.30 s.d. 16.00)"]),
        ("16-11-2026", "11.59", []),
        ("16-11-2026", "12.00", ["rapat dimulai pada waktu istirahat (12.00 s.d. 13.00)"]),
        ("16-11-2026", "13.00", []),
        ("20-11-2026", "11.30", ["rapat dimulai pada waktu istirahat dan salat Jumat (11.30 s.d. 13.00)"]),
        ("20-11-2026", "13.00", []),
        ("16-11-2026", "16.00", ["rapat dimulai di luar jam kerja (07.30 s.d. 16.00)"]),
        ("20-11-2026", "16.15", []),
        ("16-11-2026", "9.30", []),
        ("14-2-2028", "9.30", ["cuti bersama tahun 2028 belum kami ketahui"]),
        ("14-2-2029", "9.30", ["cuti bersama tahun 2029 belum kami ketahui"]),
    ],
)
def test_what_is_unusual_about_a_meetings_day_or_hour_is_said_before_kirim_and_it_stays_allowed(day, hour, said):
    screen = scheduled(day, hour, "Ruang A")
    found = [line for line in screen.text.splitlines() if "Perlu diperhatikan" in line]
    assert found == [f"<i>Perlu diperhatikan: {item}.</i>" for item in said]
    assert labels(screen) == [["Kirim", "Ubah", "Batal"]]


def test_the_day_is_hinted_at_as_soon_as_it_is_entered_and_the_hour_when_it_is():
    assert "hari Minggu" in scheduled("15-11-2026").text
    assert "di luar jam kerja" not in scheduled("16-11-2026").text
    assert "di luar jam kerja" in scheduled("16-11-2026", "18.00").text


def test_an_hour_of_today_that_is_over_is_past():
    assert "sudah lewat" not in scheduled("3-11-2026").text
    assert "sudah lewat" in scheduled("3-11-2026", "0.30").text


def test_an_hour_of_another_zone_is_shown_as_the_offices_and_as_it_was_written():
    walk = walked(6)
    walk.office = replace(walk.office, calendar=a_calendar(zone=ZoneInfo("Asia/Makassar")))
    form = meeting_form(walk.s, 8)
    for text in ("16-11-2026", "09.00-11.00 WIB", "Ruang A"):
        form = typed(form, text, today=TODAY, zone=walk.office.calendar.zone)
    screen = shown(form, walk)

    assert "Waktu: 10.00 WITA (09.00 WIB)" in screen.text
    assert "yang dicatat hanya waktu mulai rapat, bukan waktu selesainya (11.00 WIB)" in screen.text

    again = typed(correcting(changing(form), "time"), "10.00 WITA", today=TODAY, zone=walk.office.calendar.zone)
    assert "Waktu: 10.00 WITA\n" in shown(again, walk).text
    assert "waktu selesainya" not in shown(again, walk).text


def test_an_hour_that_is_kept_keeps_what_was_written_beside_it():
    walk = walked(6)
    form = typing(meeting_form(walk.s, 8), "16-11-2026", "10.30 WITA", "Ruang A")
    kept = chosen(correcting(changing(form), "time"), "time", "09:30")

    assert "Waktu: 09.30 WIB (10.30 WITA)" in shown(kept, walk).text


def lettered(number, dated, *numbered):
    """The screen of a letter on Tuesday, 3 November 2026, in an office with the days off of above."""
    form = typing(chosen(open_case_form((SOP,), today=TODAY), "period", "2026"), number, dated)
    around = Around(calendar=a_calendar(**ODD_CALENDAR), now=walked(6).s.now, numbered=numbered)
    text = forms.screen(5, form, None, (SOP,), around=around).text
    return [line for line in text.splitlines() if "Perlu diperhatikan" in line]


@pytest.mark.parametrize(
    ("dated", "said"),
    [
        ("2-11-2026", []),
        ("3-11-2026", []),
        ("4-11-2026", ["tanggal surat belum tiba"]),
        ("1-11-2026", ["tanggal surat jatuh pada hari Minggu"]),
        ("5-12-2026", ["tanggal surat belum tiba", "tanggal surat jatuh pada hari Sabtu"]),
        ("25-12-2026", ["tanggal surat belum tiba", "tanggal surat jatuh pada hari libur (Hari Raya Natal)"]),
        ("24-12-2026", ["tanggal surat belum tiba", "tanggal surat jatuh pada cuti bersama (Cuti &lt;Natal&gt;)"]),
        ("2-11-2018", []),
    ],
)
def test_what_is_unusual_about_a_letters_date_is_said_before_kirim(dated, said):
    assert lettered("B-12", dated) == [f"<i>Perlu diperhatikan: {item}.</i>" for item in said]


def test_a_number_that_stands_in_other_cases_is_pointed_out():
    (line,) = lettered("B-12", "2-11-2026", "ip-asn-2024", "ip-asn-2025")
    assert "nomor ini sudah tercatat pada naskah proses ip-asn-2024 dan ip-asn-2025" in line


def test_a_number_that_differs_from_the_letters_nadine_number_is_pointed_out():
    walk = walked(12)
    form = typing(task_form(walk.s, FormKind.ARCHIVE, walk.task), "Menyusul.", "ND-1", "OT.02", "17", "Lemari")
    assert "dicatat pula" in shown(form, walk).text
    walk.nadine(ANALIS, "nota_dinas_laporan", "ND-9")
    text = shown(form, walk).text
    assert "dicatat pula" not in text
    assert "Perlu diperhatikan: nomor Nadine yang tercatat untuk naskah ini adalah ND-9." in text
    walk.nadine(ANALIS, "nota_dinas_laporan", "nd - 1")
    assert "Perlu diperhatikan" not in shown(form, walk).text


@pytest.mark.parametrize(
    ("what", "is_said"), [("archive.location", True), ("nadine.number:nota_dinas_laporan", True), (CAME, False)]
)
def test_before_kirim_a_correction_says_whether_a_ralat_goes_out(what, is_said):
    walk = walked(99)
    form = chosen(named("correct").begin(walk.s, ADMIN, On()), "what", what)
    form = proceeded(form) if what == CAME else typing(form, "99.ND/OT.02/DJL.1/2026")
    assert ("disampaikan sebagai RALAT" in shown(form, walk).text) is is_said


def test_a_number_entered_anew_on_an_old_request_says_it_too():
    walk = walked(99)
    text = shown(typing(nadine_form(walk.s, "nota_dinas_laporan"), "99/2026"), walk).text
    assert "disampaikan sebagai RALAT" in text


def test_what_is_put_right_is_named_once_and_told_from_its_new_value():
    walk = walked(99).nadine(ANALIS, "nota_dinas_rapat", "1/2026")
    form = named("correct").begin(walk.s, ANALIS, On(document="nota_dinas_rapat"))
    assert shown(form, walk).text.lower().count("nota dinas laporan rapat internal") == 1
    form = chosen(named("correct").begin(walk.s, TU, On()), "what", "open_case.letter_number")
    with pytest.raises(Unchanged):
        typing(form, walk.case.letter.number)
    changed = changing(typing(form, "B-9/2026"))
    assert [row[0] for row in labels(shown(changed, walk))][:2] == [
        "Perbaikan atas: Nomor surat",
        "Nomor surat: B-9/2026",
    ]
