"""What is read of a decision on paper: by the next desk, by whoever signed, by guests, in the history."""

from alur.views import cards, forms
from alur.views.words import document_title
from alur.workflow.engine.acts import named
from alur.workflow.engine.paper import Signer
from alur.workflow.form_moves import chosen, filed, proceeded, toggled, typed
from alur.workflow.presses import On
from tests import acts, notices
from tests.factories import (
    ANALIS,
    KABAG,
    MEMO,
    SARI,
    SEKRETARIS,
    SOP,
    TU,
    WIB,
    Walk,
    a_file,
    a_reader,
    an_office,
    walked,
)
from tests.views.gallery import Gallery

NOTE = "Angka kinerja perlu dicek."
MARK = "icatat oleh Tata Usaha berdasarkan lembar tertulis"


def text(walk, member, task=None):
    reader = a_reader(member, walk.office, at=walk.at)
    return cards.card(walk.s, case_id=7, task=task or walk.task.id, reader=reader).screen.text


def told(template, about, member, walk, **extra):
    reader = a_reader(member, walk.office, at=walk.at)
    return notices.shown(template, about, reader=reader, s=walk.s, case_id=7, **extra).text


def met():
    walk = Gallery(office=an_office(), words=NOTE).meeting()
    walk.upload(ANALIS, "notula_rekonsiliasi").upload(ANALIS, "pemutakhiran_data")
    return walk.record(dated=walk.at.date(), signer=Signer(member=KABAG, kind="plh"))


def test_the_next_desk_reads_what_was_recorded():
    assert f"Penyelesaian rapat d{MARK}." in text(met(), ANALIS)


def test_where_a_note_is_announced_the_note_stands():
    walk = walked(7).record(kind=acts.ReturnWork, reason=NOTE, signer=Signer(member=SEKRETARIS))
    said = text(walk, KABAG)
    assert f"Catatan perbaikannya:\n<blockquote>{NOTE}\n<i>D{MARK}.</i></blockquote>" in said


def test_of_its_moment_everybody_reads_the_day_alone():
    walk = met()
    task = walk.case.tasks[-2]
    for member in (KABAG, SARI, TU):
        said = text(walk, member, task.id)
        assert "pada Kamis, 12 Nov 2026" in said, member
        assert "12 Nov 2026, " not in said, member


def test_the_history_names_who_recorded_it():
    walk = walked(7).record()
    assert "dicatat oleh Tata Usaha (Wulan) berdasarkan lembar tertulis" in told(
        "history", {"others": False}, KABAG, walk, trail=walk.trail
    )


def test_the_receipt_waits_for_whom_the_answer_waits():
    walk = Walk(sop=MEMO, office=an_office()).open(way=2).upload(ANALIS, "konsep").submit()
    task = walk.case.open_tasks[0]
    walk.record(task=task, signer=Signer(name="Prof. Baskoro"))
    receipt = told("recorded", {"decided": task.id, "outcome": "approved"}, TU, walk)
    assert "Persetujuan tercatat. Masih menunggu Tata Usaha" in receipt
    assert "diteruskan" not in receipt


def test_a_second_sheet_of_a_step_says_so():
    walk = walked(7).record(kind=acts.ReturnWork, reason=NOTE)
    walk.approve(KABAG, text="Sudah sesuai.").record()
    titles = [document_title(SOP, item) for item in walk.case.versions if item.sheet_of]
    assert titles == ["Lembar keputusan langkah 7", "Lembar keputusan langkah 7 kali ke-2"]


def test_a_name_that_is_asked_about_is_asked_about_where_it_is_sent():
    walk = walked(7)
    form = chosen(named("paper").begin(walk.s, TU, On(task=walk.task.id)), "decision", "approve")
    form = chosen(typed(form, "Rat", today=walk.at.date(), zone=WIB), "kind", "definitif")
    form = typed(form, "hari ini", today=walk.at.date(), zone=WIB)
    form = filed(proceeded(toggled(form, "ticks", form.field("ticks").options[0].value)), a_file("lembar.pdf"))
    asked = forms.screen(5, form.model_copy(update={"is_doubted": True}), walk.s, (SOP,)).text
    assert "Bila namanya memang demikian, mohon menekan <b>Kirim</b> sekali lagi." in asked
    assert "Pejabat: Rat\n" in asked
