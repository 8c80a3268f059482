"""The screen of `/riwayat`: the case in order, one line an act, ten lines a page."""

import re
from dataclasses import replace
from datetime import date

import pytest

from alur.views import limits
from alur.views.environment import environment
from alur.views.notice.history import PAGE, told
from alur.workflow.events import Event
from alur.workflow.people import Invited
from alur.workflow.presses import PressCases, PressControlCard, PressHistoryPage
from handlers.callbacks import encode
from tests import acts, notices
from tests.factories import (
    ANALIS,
    BIRO,
    BUDI,
    JOKO,
    KABAG,
    SARI,
    SEKRETARIS,
    TU,
    a_calendar,
    a_file,
    a_reader,
    an_office,
    walked,
    with_budi,
)

CONTROL_CARD = ("Kartu Kendali", PressControlCard(case=7))
CONTROL_CARD = ("Kartu Kendali", PressControlCard(case=7))
SILENT = {"task_opened", "decision_released"}  # whatever it holds


def shown(walk, *, others=False, reader=KABAG, **about):
    screen = notices.shown(
        "history",
        {"others": others, **about},
        reader=a_reader(reader),
        s=walk and walk.s,
        case_id=7 if walk else None,
        trail=walk.trail if walk else [],
    )
    assert limits.length(screen.text) <= limits.MESSAGE
    for row in screen.buttons:
        for item in row:
            encode(item.press)
    return screen


def lines(walk):
    """Every line of the history, over all its pages, without its bullet."""
    count = len(told(walk.s, walk.trail))
    pages = [shown(walk, upto=last).text for last in range(PAGE, count + PAGE, PAGE) if last <= count] or [
        shown(walk).text
    ]
    if count > PAGE and count % PAGE:
        pages.append("\n".join(shown(walk).text.splitlines()[-(count % PAGE) :]))
    return [line.removeprefix("• ") for page in pages for line in page.splitlines() if line.startswith("• ")]


def last(walk):
    return lines(walk)[-1].partition(" · ")[2]


def presses(screen):
    return [(item.label, item.press) for row in screen.buttons for item in row]


def test_every_event_has_its_words_or_is_silent_on_purpose():
    kinds = {kind.model_fields["event"].default for kind in Event.__origin__.__args__}
    module = (
        environment()
        .get_template("history.html")
        .make_module(
            dict.fromkeys(("brief", "few", "letter_day", "task_of", "to_next", "sop", "doc", "title", "when"))
            | dict.fromkeys(("attendance_of", "role_title"))
        )
    )
    worded = {name for name in kinds if hasattr(module, name)}
    assert kinds == worded | SILENT
    assert worded & SILENT == set()


def withdrawn():
    walk = walked(2).upload(ANALIS, "data_capaian")
    return walk.do(acts.Withdraw(by=ANALIS, version=2))


def nudged():
    walk = walked(7)
    return walk.until(walk.at.replace(day=6)).nudge(KABAG)


def recounted():
    walk = walked(5)
    holiday = a_calendar(days_off={date(2026, 11, 5): "Cuti bersama"})
    walk.office = replace(walk.office, calendar=holiday)
    return walk.do(acts.Recount(by=0, task=walk.task.id))


def handed_to_the_invited():
    walk = walked(6)
    hadi = Invited(id=5, role="kabag_umum", name="Hadi", until=walk.at)
    walk.office = replace(walk.office, invited=(hadi,))
    return walk.do(acts.HandOverInvited(by=TU, task=walk.task.id, invitation=5))


def corrected():
    walk = walked(99).correct(TU, "open_case.letter_number", "B-4321/KP.05/SJP/2026")
    walk.correct(TU, "open_case.letter", a_file("surat yang benar.pdf")).correct(TU, "archive.location", "Lemari A-4")
    return walk.correct(KABAG, "attendance.units:4", ("Direktorat Teknik",))


def handed_to_one():
    return walked(5, office=with_budi(an_office())).assign(BUDI)


WHOLE = (
    lambda: walked(99),
    lambda: walked(6).send_back(KABAG, documents=("data_awal",)),
    lambda: walked(7).send_back(SEKRETARIS, reason=None, file=a_file("coretan.jpg", kind="photo")),
    lambda: walked(4).answer(SARI, "present").answer(JOKO, "represented", representative="Tono").attend(),
    lambda: walked(4).call_off(),
    lambda: walked(5).hinder(ANALIS).grant(KABAG),
    lambda: walked(6).hand_over(TU, KABAG),
    handed_to_the_invited,
    lambda: walked(9).ask(ANALIS, "kabag_umum").reply(KABAG, 1).nadine(ANALIS, "nota_dinas_rapat"),
    lambda: walked(8).schedule(BIRO, 8).schedule(BIRO, 8, place="Aula"),
    lambda: walked(6).suspend().resume(),
    lambda: walked(4).cancel(),
    lambda: walked(6).holding().approve(KABAG).take_back(),
    lambda: handed_to_one().assign(None),
    lambda: walked(99).reopen(10),
    corrected,
    lambda: walked(6).ask(KABAG, "analis_sdm").do(acts.WithdrawAsk(by=KABAG, question=1)),
    lambda: walked(5).hinder(ANALIS).grant(KABAG).do(acts.WithdrawGrant(by=KABAG, obstacle=1)),
    withdrawn,
    nudged,
    recounted,
)


def test_each_event_that_speaks_was_heard_in_one_of_these_walks():
    heard = {
        item.event for make in WHOLE for walk in (make(),) for line in told(walk.s, walk.trail) for item in line.events
    }
    kinds = {kind.model_fields["event"].default for kind in Event.__origin__.__args__}
    assert heard == kinds - SILENT


@pytest.mark.parametrize("make", WHOLE)
def test_every_act_is_one_line_that_says_when_and_what(make):
    walk = make()
    found = lines(walk)
    assert len(found) == len(told(walk.s, walk.trail)) == len(walk.trail)
    for line in found:
        when, dot, what = line.partition(" · ")
        assert dot
        assert when.split()[0] in {"Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min"}
        assert what.strip()
        assert "None" not in what


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (
            lambda: walked(1),
            "Tata Usaha (Wulan) membuka proses dengan Surat Nomor B-1234/KP.05/SJP/2026 tanggal 30 Oktober 2026",
        ),
        (
            lambda: walked(1, 1),
            (
                "Sekretaris Direktorat Jenderal (Hartono) memberikan disposisi langkah 1 kepada Kepala Bagian Umum: "
                "“Siapkan data capaian IP ASN tahun berjalan”"
            ),
        ),
        (
            lambda: walked(2).upload(ANALIS, "data_capaian"),
            "Analis SDM Aparatur (Rina) menyampaikan data capaian IP ASN versi 1",
        ),
        (withdrawn, "Analis SDM Aparatur (Rina) membatalkan berkas data capaian IP ASN “data_capaian.docx”"),
        (lambda: walked(3), "Analis SDM Aparatur (Rina) mengajukan dokumen langkah 2 kepada Kepala Bagian Umum"),
        (
            lambda: walked(3, 1).schedule(ANALIS, 4),
            (
                "Analis SDM Aparatur (Rina) menetapkan jadwal rapat langkah 4: Kamis, 12 Nov 2026, 09.30 WIB, "
                "di Ruang Rapat Lantai 4"
            ),
        ),
        (
            lambda: walked(8).schedule(BIRO, 8).schedule(BIRO, 8, place="Aula"),
            "Andi (Biro SDM) mengubah jadwal rapat langkah 8",
        ),
        (
            lambda: walked(4).call_off(),
            "Plh. Kepala Bagian Umum (Dewi Lestari, Surat Perintah Nomor 12/SPt/2026) membatalkan rapat langkah 4",
        ),
        (
            lambda: walked(4).answer(SARI, "absent"),
            "Sari (Direktorat Teknik) menjawab undangan langkah 4: Tidak akan hadir",
        ),
        (
            lambda: walked(4).answer(SARI, "represented", representative="<Dian>"),
            "menjawab undangan langkah 4: Akan diwakili oleh &lt;Dian&gt;",
        ),
        (lambda: walked(4).attend(), "mencatat kehadiran 2 unit pada rapat langkah 4"),
        (lambda: walked(5), "menyatakan rapat langkah 4 selesai, mendahului jadwalnya"),
        (lambda: walked(7), "menyetujui dokumen langkah 6, diteruskan kepada Sekretaris Direktorat Jenderal"),
        (
            lambda: walked(6).send_back(KABAG),
            (
                "Plh. Kepala Bagian Umum (Dewi Lestari, Surat Perintah Nomor 12/SPt/2026) mengembalikan konsep nota dinas laporan rapat internal dan data awal "
                "capaian IP ASN (langkah 6) untuk diperbaiki pada langkah 5: “Tabel per unit belum sesuai notula.”"
            ),
        ),
        (
            lambda: walked(7).send_back(SEKRETARIS, reason=None, file=a_file("coretan.jpg", kind="photo")),
            "untuk diperbaiki pada langkah 6 (catatan terlampir)",
        ),
        (
            lambda: walked(6).send_back(KABAG).submit(note="Sudah sesuai."),
            "mengajukan dokumen langkah 5 kali ke-2 kepada",
        ),
        (handed_to_one, "mengalihkan langkah 5 kepada Analis SDM Aparatur (Budi): “"),
        (lambda: walked(5).hinder(ANALIS), "menyampaikan kendala pada langkah 5: “Data dari dua unit belum masuk.”"),
        (
            lambda: walked(5).hinder(ANALIS).grant(KABAG),
            "menambah 2 hari kerja untuk langkah 5, batas waktu menjadi Selasa, 10 Nov 2026, 16.00 WIB",
        ),
        (nudged, "mengingatkan Sekretaris Direktorat Jenderal tentang langkah 7"),
        (recounted, "Karena perubahan hari libur, batas waktu langkah 5 menjadi Senin, 9 Nov 2026, 16.00 WIB"),
        (
            lambda: walked(9).ask(ANALIS, "kabag_umum"),
            "bertanya kepada Kepala Bagian Umum: “Apakah data unit sudah lengkap?”",
        ),
        (lambda: walked(9).ask(ANALIS, "kabag_umum").reply(KABAG, 1), "menjawab pertanyaan: “Sudah, per 1 November.”"),
        (
            lambda: walked(9).nadine(ANALIS, "nota_dinas_rapat"),
            "mencatat Nomor Nadine nota dinas laporan rapat internal: 5.Und/OT.02/DJL.1/2026",
        ),
        (
            handed_to_the_invited,
            "Tata Usaha (Wulan) menyampaikan teks untuk langkah 6 secara langsung",
        ),
        (
            lambda: walked(6).hand_over(TU, KABAG),
            "Tata Usaha (Wulan) menyampaikan teks untuk langkah 6 secara langsung",
        ),
        (lambda: walked(12), "memberikan arahan pada langkah 11: “Tingkatkan capaian IP ASN”"),
        (lambda: walked(99), "; mengarsipkan dokumen langkah 12; proses selesai"),
        (lambda: walked(99).upload(TU, "nota_dinas_rapat", signed=True), "bertanda tangan versi 1 (susulan)"),
    ],
)
def test_an_act_is_told_in_these_words(make, words):
    assert words in last(make())


def test_a_refusal_changed_nothing_and_is_not_told_and_a_text_handed_over_is_also_of_an_older_trail():
    walk = walked(4)
    before = len(told(walk.s, walk.trail))
    walk.trail.append((walk.at, {"act": {"act": "approve", "by": SARI}, "refusal": "NotHolder", "role": "kabag_umum"}))
    assert len(told(walk.s, walk.trail)) == before
    walk.trail.append((walk.at, {"act": {"act": "delivered", "by": TU, "task": 6, "to": JOKO}, "events": []}))
    assert last(walk) == "Tata Usaha (Wulan) menyampaikan teks untuk langkah 4 secara langsung"


def test_the_newest_ten_acts_come_first_and_the_pages_are_counted_by_acts():
    walk = walked(99)
    count = len(told(walk.s, walk.trail))
    newest = shown(walk)
    assert f"Tindakan {count - 9} s.d. {count} dari {count}" in newest.text
    assert newest.text.count("\n• ") == PAGE
    assert "proses selesai" in newest.text.splitlines()[-1]
    assert presses(newest) == [("Lebih Lama", PressHistoryPage(case=7, upto=count - 10)), CONTROL_CARD]
    middle = shown(walk, upto=count - 10)
    assert presses(middle) == [
        ("Lebih Lama", PressHistoryPage(case=7, upto=count - 20)),
        ("Lebih Baru", PressHistoryPage(case=7, upto=count)),
        CONTROL_CARD,
    ]
    left_over = count % PAGE
    oldest = shown(walk, upto=left_over)
    assert f"Tindakan 1 s.d. {left_over} dari {count}" in oldest.text
    assert "membuka proses" in oldest.text.split("• ")[1]
    assert presses(oldest) == [("Lebih Baru", PressHistoryPage(case=7, upto=left_over + PAGE)), CONTROL_CARD]
    assert shown(walk, upto=99999).text == newest.text


def test_a_short_history_has_no_pages_and_another_case_is_one_away():
    assert presses(shown(walked(1))) == [CONTROL_CARD]
    assert presses(shown(walked(1), others=True)) == [CONTROL_CARD, ("Proses Lain", PressCases(screen="history"))]


def test_without_a_case_it_is_said_so():
    assert "tidak ada proses" in shown(None).text


def test_who_does_not_read_cases_whole_is_told_nothing_of_one_that_was_queued_for_him():
    screen = shown(walked(7), reader=SARI)
    assert "tidak ada proses" in screen.text
    assert "ip-asn-2026" not in screen.text
    assert screen.buttons == ()


def test_a_page_holds_as_many_acts_as_fit_and_every_act_stands_on_one():
    walk = walked(9)
    for number in range(PAGE):
        walk.ask(ANALIS, "kabag_umum", f"Nomor {number}: " + "Kata & <b>tebal</b>\n" * 60)
    page, seen = shown(walk), []
    while True:
        assert page.text.count("\n• ") <= PAGE
        seen += re.findall(r"Nomor \d:", page.text)
        older = [item for item in presses(page) if item[0] == "Lebih Lama"]
        if not older:
            break
        page = shown(walk, upto=older[0][1].upto)
    assert sorted(set(seen)) == [f"Nomor {number}:" for number in range(PAGE)]
    assert len(seen) == PAGE
    assert "&lt;b&gt;" in shown(walk).text


def test_each_act_stands_on_one_page_and_the_way_back_shows_the_same_pages():
    walk = walked(9)
    for number in range(4):
        walk.ask(ANALIS, "kabag_umum", " ".join(f"{number}.{place}" for place in range(600)))
    back = [shown(walk)]
    while older := [item for item in presses(back[-1]) if item[0] == "Lebih Lama"]:
        back.append(shown(walk, upto=older[0][1].upto))
    onward = [back[-1]]
    while newer := [item for item in presses(onward[-1]) if item[0] == "Lebih Baru"]:
        onward.append(shown(walk, upto=newer[0][1].upto))
    assert [page.text for page in onward] == [page.text for page in reversed(back)]
    words = [word for page in onward for word in re.findall(r"\b\d\.\d+\b", page.text.replace("…", " "))]
    assert all(words.count(f"{number}.{place}") == 1 for number in range(4) for place in range(600))
    assert sum(page.text.count("membuka proses") for page in onward) == 1


def test_an_act_of_another_year_names_it():
    walk = walked(2)
    walk.until(walk.at.replace(year=2027, month=1, day=4))
    assert lines(walk)[0].startswith("Sen 2 Nov 2026, 09.00 · ")
    assert lines(walked(2))[0].startswith("Sen 2 Nov, 09.00 · ")
