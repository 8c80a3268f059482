"""The board: no line runs over another or through a shape, nothing leaves its column, and the same case is the same picture."""

import os
import subprocess
import sys
from datetime import timedelta
from itertools import combinations, pairwise

import pytest
import typst
from hypothesis import HealthCheck, given, settings

from alur.views import typeset
from alur.views.board import metrics, picture
from alur.views.board.sheet import LEADING, MARGIN, PHONE, sheet
from alur.workflow.record.flow import Shape
from tests.factories import ANALIS, KABAG, MEMO, OUTSIDER, SEKRETARIS, SOP, START, Walk, an_office
from tests.factories import walked as walks_to
from tests.views.control_cards import in_the_middle
from tests.workflow.charts import sops, the_largest
from tests.workflow.walk import STRAIGHT, Play

APART = 2.9  # points between two lines that run side by side: seen as two on a phone
TINY = 0.02


def segments(line):
    return list(pairwise(line))


def is_upright(segment):
    (x1, y1), (x2, y2) = segment
    return abs(x1 - x2) < TINY and abs(y1 - y2) >= TINY


def run(segment):
    """Along which axis it runs: where across, from, to."""
    (x1, y1), (x2, y2) = segment
    return (x1, min(y1, y2), max(y1, y2)) if is_upright(segment) else (y1, min(x1, x2), max(x1, x2))


def crosses(segment, box):
    (x1, y1), (x2, y2) = segment
    beside = max(x1, x2) < box.x - box.width / 2 + TINY or min(x1, x2) > box.x + box.width / 2 - TINY
    above = max(y1, y2) < box.y - box.height / 2 + TINY or min(y1, y2) > box.y + box.height / 2 - TINY
    return not beside and not above


def is_on_edge(point, box):
    x, y = point
    beside = abs(abs(x - box.x) - box.edge_beside(y)) < TINY if abs(y - box.y) <= box.height / 2 else False
    below = abs(abs(y - box.y) - box.edge_below(x)) < TINY if abs(x - box.x) <= box.width / 2 else False
    return beside or below


def check_lines(made):
    routes, edges = made.routes, made.flow.edges
    assert len(routes.lines) == len(edges)
    for edge, line in zip(edges, routes.lines, strict=True):
        assert is_on_edge(line[0], routes.boxes[edge.source])
        assert is_on_edge(line[-1], routes.boxes[edge.target])
        for segment in segments(line):
            (x1, y1), (x2, y2) = segment
            assert (abs(x1 - x2) < TINY) != (abs(y1 - y2) < TINY), "neither upright nor level, or nothing"
        assert all(made.left <= x <= made.right and y >= made.top for x, y in line), "it leaves the lanes"
        for at, box in enumerate(routes.boxes):
            inner = segments(line)
            if at == edge.source:
                inner = inner[1:]
            if at == edge.target:
                inner = inner[:-1]
            assert not any(crosses(segment, box) for segment in inner), "it runs through a shape"
    alone = [(at, segment) for at, line in enumerate(routes.lines) for segment in segments(line)]
    for (one, first), (other, second) in combinations(alone, 2):
        if one == other or is_upright(first) != is_upright(second):
            continue
        (here, low, high), (there, begin, end) = run(first), run(second)
        if min(high, end) - max(low, begin) > -TINY:
            assert abs(here - there) > APART, "two lines run over each other"


def check_boxes(made):
    for one, other in combinations(made.routes.boxes, 2):
        beside = abs(one.x - other.x) >= (one.width + other.width) / 2 - TINY
        assert beside or abs(one.y - other.y) >= (one.height + other.height) / 2 - TINY
    for box in made.routes.boxes:
        assert made.left <= box.x - box.width / 2
        assert box.x + box.width / 2 <= made.right


def check_texts(made):
    """No text over another or over the lanes, none off the page."""
    seen = []
    for x, y, size, bold, _, lines in made.drawing["texts"]:
        wide = max(metrics.width(line, size, bold=bold) for line in lines)
        seen.append((x, y, x + wide, y + len(lines) * size * LEADING))
    for left, top, right, bottom in seen:
        assert left >= MARGIN
        assert right <= made.width - MARGIN + TINY
        assert bottom <= made.height
        is_beside_lanes = made.top <= top < max(box.y for box in made.routes.boxes)
        assert not is_beside_lanes or right <= made.left or left >= made.right
    for one, other in combinations(seen, 2):
        apart = one[2] <= other[0] + TINY or other[2] <= one[0] + TINY
        assert apart or one[3] <= other[1] + TINY or other[3] <= one[1] + TINY


def check(made):
    check_lines(made)
    check_boxes(made)
    check_texts(made)


@given(sops())
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_of_any_sop_no_line_runs_over_another_or_through_a_shape(sop):
    check(sheet(sop))


@pytest.mark.parametrize("sop", [SOP, MEMO], ids=lambda sop: sop.id)
def test_both_procedures_of_ours_are_drawn_so(sop):
    check(sheet(sop))


def test_the_largest_is_drawn_so_too_and_no_picture_is_too_large():
    sop = the_largest()
    made = sheet(sop)
    check(made)
    assert len(picture.png(sop)) < 20_000_000


def test_the_first_procedure_is_as_wide_as_a_phone():
    assert sheet(SOP).width == pytest.approx(PHONE, abs=2)


def walked(until=None):
    play = Play(office=an_office(), at=START, pace=timedelta(hours=5)).open()
    for place, move in STRAIGHT.items():
        if place == until:
            break
        move(play)
    return play


def returned():
    play = walked((6, 0))
    play.send_back(KABAG)
    play.bring("konsep_nota_dinas_rapat", "data_awal")
    play.submit()
    play.record(signer=OUTSIDER)
    play.send_back(SEKRETARIS)
    play.at += timedelta(days=6)
    return play


def said(made, step=None):
    """All that is written, or what is beside a step: from its number to the next."""
    lines = [" ".join(lines) for *_, lines in made.drawing["texts"]]
    if step is None:
        return " ".join(lines)
    begin = lines.index(f"{step}.")
    following = f"{step + 1}."
    return " ".join(lines[begin : lines.index(following) if following in lines else None])


def states(made):
    return {(shape[6], shape[0]): shape[5] for shape in made.drawing["shapes"] if shape[6]}


def test_a_case_shows_who_decided_when_what_came_back_and_what_is_late():
    play = returned()
    made = sheet(SOP, play.s)
    check(made)

    assert "Diajukan 3 Nov oleh Analis SDM Aparatur (Rina)" in said(made, 2)
    assert "Didisposisikan 2 Nov oleh Plh. Kepala Bagian Umum (Dewi Lestari)" in said(made, 1)
    assert "Kali ke-3" in said(made, 6)
    assert "Masih ditunggu dari Plh. Kepala Bagian Umum, batas waktu" in said(made, 6)
    assert "Dikembalikan 6 Nov oleh Sekretaris Direktorat Jenderal (Hartono) Akan diulang" in said(made, 7)
    found = states(made)
    assert (found["5", "box"], found["6", "diamond"], found["7", "diamond"]) == ("done", "overdue", "ahead")


def test_the_head_says_what_is_late_and_has_the_colour_of_the_legend():
    def head(walk):
        texts = sheet(SOP, walk.s).drawing["texts"]
        (found,) = ((tone, " ".join(lines)) for *_, tone, lines in texts if lines[0].startswith(("Sedang", "Selesai")))
        return found

    assert head(walks_to(6)) == ("current", "Sedang berjalan: langkah 6 dari 12")
    assert head(in_the_middle()) == ("overdue", "Sedang berjalan: langkah 6 dari 12, melewati batas waktu")
    assert head(walks_to(99))[0] == "done"


def test_mutu_baku_keeps_the_days_of_the_sop_and_says_what_was_added_to_them():
    walk = in_the_middle()
    assert "Waktu: 3 + 2 hari kerja Terpakai: 6 hari kerja termasuk masa penundaan" in said(sheet(SOP, walk.s), 5)

    late = walks_to(2)
    late.until(late.task.due + timedelta(days=7)).hinder(ANALIS).grant(KABAG)
    made = sheet(SOP, late.s)
    check(made)
    assert "Waktu: 3 + 2 hari kerja Terpakai: 9 hari kerja tambahan diberikan setelah batas waktu" in said(made, 2)
    assert "Waktu: 1 hari kerja" in said(made, 3)


def test_a_decision_on_paper_is_said_to_be_one():
    play = walked((6, 0))
    play.record(signer=OUTSIDER)
    made = sheet(SOP, play.s)

    assert "(Prof. Baskoro) Berdasarkan lembar tertulis" in said(made, 6)
    assert "Berdasarkan lembar tertulis" not in said(made, 5)


def test_a_case_that_stands_still_was_called_off_or_is_filed_says_so():
    still, off, filed = walked((3, 0)), walked((3, 0)), walked()
    still.suspend()
    off.cancel()
    for play in (still, off, filed):
        check(sheet(SOP, play.s))

    assert "Ditunda sejak Selasa, 3 Nov 2026" in said(sheet(SOP, still.s))
    assert "sedang ditunda" in said(sheet(SOP, still.s), 3)
    assert "Dibatalkan pada Selasa, 3 Nov 2026" in said(sheet(SOP, off.s))
    assert "Selesai dan diarsipkan pada" in said(sheet(SOP, filed.s))
    assert set(states(sheet(SOP, filed.s)).values()) == {"done"}


def test_a_meeting_without_a_date_waits_and_one_with_a_date_names_it():
    play = walked((8, 0))
    made = sheet(SOP, play.s)
    assert "Pada Plh. Kepala Bagian Umum, menunggu jadwal rapat" in said(made, 8)
    assert "Rapat: 12 Nov, 09.30 WIB" in said(made, 4)
    assert states(made)["8", "box"] == "waiting"


def test_what_people_typed_is_only_text_and_a_picture_is_made_of_it():
    walk = Walk(office=an_office()).open(number="<&#[\\ #panic() $x$ 漢 " + "y" * 200)
    made = sheet(SOP, walk.s)
    check(made)
    assert "<&#[\\ #panic() $x$ \u25a1" in said(made)
    assert picture.png(SOP, walk.s).startswith(b"\x89PNG")


def test_widths_are_those_of_typst():
    """None of our lines is set wider than we think."""
    lines = [line for *_, lines in sheet(SOP).drawing["texts"] for line in lines] + ["AVAWA To. Ty \u2013 (Plh.)"]
    for bold in (False, True):
        source = (
            '#set text(font: "Noto Sans", size: 7pt, kerning: false, ligatures: false, '
            f"weight: {'700' if bold else '400'})\n"
            f"#let lines = json(bytes(sys.inputs.data))\n"
            "#context [#metadata(lines.map(line => measure(line).width.pt())) <w>]"
        )
        found = typst.query(
            source.encode(),
            "<w>",
            field="value",
            one=True,
            ignore_system_fonts=True,
            font_paths=[typeset.FONTS],
            sys_inputs={"data": typeset.json.dumps(lines)},
        )
        for line, width in zip(lines, typeset.json.loads(found), strict=True):
            assert width <= metrics.width(line, 7, bold=bold) <= width * 1.03 + 0.1, line


def test_long_words_are_divided_and_what_is_too_much_ends_with_dots():
    lines = metrics.broken("Ketenagalistrikan" * 4 + " dan lain", 40, 7, most=3)
    assert len(lines) == 3
    assert lines[0].endswith("-")
    assert lines[2].endswith("…")
    assert all(metrics.width(line, 7) <= 40 for line in lines)


def test_the_same_case_at_the_same_moment_is_the_same_bytes_in_another_process():
    program = (
        "import sys; from tests.views.test_board import returned; from alur.views.board import picture;"
        "s = returned().s; sys.stdout.buffer.write(picture.png(s.sop, s) + picture.pdf(s.sop, s))"
    )
    other = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        check=True,
        env=os.environ | {"TZ": "Asia/Jayapura", "PYTHONHASHSEED": "7"},
    )
    s = returned().s
    assert picture.png(SOP, s) + picture.pdf(SOP, s) == other.stdout
    later = walked((6, 0)).s
    assert picture.png(SOP, later) not in other.stdout


def test_the_file_is_a_document_and_names_the_case():
    found = picture.attachment(walked((8, 0)).s)
    assert (found.file.kind, found.file.mime, found.file.name) == ("document", "image/png", "papan-ip-asn-2026.png")
    assert found.file.size == len(found.content)
    assert "Keadaan pada" in found.caption


@pytest.mark.parametrize("shape", Shape)
def test_every_shape_has_a_size_and_its_template_draws_it(shape):
    template = (typeset.FOLDER / picture.TEMPLATE).read_text()
    assert f'"{shape}"' in template or shape is Shape.BOX
