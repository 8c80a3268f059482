"""A year's report in chat and on paper: what it says, that it stays within its place, and that the same cases give the same bytes."""

import os
import subprocess
import sys
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from itertools import pairwise

import openpyxl
import pikepdf
from PIL import Image

from alur.views import limits, report
from alur.views.report import chart, paper, told
from alur.workflow.record.report import CaseTaken, Reports, StepTaken, YearTaken, reports
from alur.workflow.record.rounds import Days
from tests import notices
from tests.factories import ANALIS, KABAG, SEKRETARIS, WIB, a_reader, walked
from tests.views.control_cards import LONG, renamed
from tests.views.reported import busy, many, one_year, quiet, taken, three_years

INK = 200


def bars(found):
    return {row["number"]: row for row in chart.rows(found)}


def without_space(text):
    return " ".join(text.split())


def monster():
    """Titles of three hundred characters, and what people type as long."""
    one, sop = taken(busy()), renamed(busy().sop)
    titled = sop.model_copy(
        update={
            "short_title": LONG,
            "steps": tuple(item.model_copy(update={"title": f"{item.number} {LONG}"[:300]}) for item in sop.steps),
        }
    )
    filed = one.archive.model_copy(update=dict.fromkeys(one.archive.model_dump(), LONG))
    changed = {"sop": titled, "archive": filed, "code": LONG[:60]}
    cases = [CaseTaken(**{name: getattr(one, name) for name in one.__slots__} | changed) for _ in range(30)]
    (found,) = reports(cases, 2027, one.ended_at)
    return found


# What it says


def test_the_lines_name_what_matters_and_the_years_before():
    assert told.lines(one_year(busy(), 2027)) == [
        "Proses: 1 selesai, 0 berjalan",
        "Lama proses yang selesai: 19 hari kerja (batas waktu seluruh langkah 18)",
        "Dalam batas waktu: 13 dari 16 pelaksanaan langkah (81%)",
        "3 langkah melewati batas waktu, paling lama langkah 5 (5 hari kerja dari batas 3)",
        "Menunggu jadwal dari Biro SDM: 5 hari kerja; dikembalikan: 2 kali",
    ]
    assert told.lines(three_years()) == [
        "Proses: 0 selesai, 1 berjalan, 1 dibatalkan dan tidak dihitung (ip-asn-2028)",
        "Dalam batas waktu: 8 dari 8 pelaksanaan langkah (100%); tahun 2027: 81%; tahun 2026: 100%",
        "Masih berjalan melewati batas waktu: langkah 7",
        "Dikembalikan: 1 kali",
    ]
    assert told.lines(one_year(quiet(), 2026))[3] == "Tidak ada langkah yang melewati batas waktu"


def test_a_share_is_whole_only_where_nothing_is_missing():
    assert (told.share(199, 200), told.share(200, 200), told.share(0, 3), told.share(0, 0)) == ("99%", "100%", "0%", "")
    assert [told.share(part, whole) for part, whole in ((2, 3), (6, 7), (1, 3), (1, 8), (1, 300))] == [
        *("67%", "86%", "33%", "13%", "1%")
    ]
    assert (told.number(2), told.number(2.5)) == ("2", "2,5")


def test_the_message_has_its_years_to_turn_and_says_where_there_is_nothing():
    found = Reports(year=2028, told=(three_years(),), earlier=2027, later=None)
    screen = notices.shown("report", {"year": 2028}, reader=a_reader(SEKRETARIS), reports=found)
    assert screen.text.startswith("<b>Laporan 2028</b>\n<b>Laporan Capaian IP ASN</b> · keadaan per Senin, 20 Nov 2028")
    assert [[item.label for item in row] for row in screen.buttons] == [["Sebelumnya"]]
    assert screen.buttons[0][0].press.year == 2027
    none = Reports(year=2024, told=(), earlier=None, later=2026)
    screen = notices.shown("report", {"year": 2024}, reader=a_reader(SEKRETARIS), reports=none)
    assert "Tidak ada proses tahun 2024 yang dapat kami tampilkan, Bapak." in screen.text
    assert [item.label for row in screen.buttons for item in row] == ["Berikutnya"]
    for template in ("report_charts", "report_papers"):
        assert notices.shown(template, {"year": 2024}, reader=a_reader(SEKRETARIS), reports=none) is None


def test_of_many_procedures_the_message_tells_as_many_as_it_holds():
    found = Reports(year=2027, told=(monster(),) * 40, earlier=None, later=None)
    text = notices.shown("report", {"year": 2027}, reader=a_reader(SEKRETARIS), reports=found).text
    assert limits.length(text) <= limits.MESSAGE
    assert "SOP lainnya dimuat dalam berkas." in text
    pictures = notices.shown("report_charts", {"year": 2027}, reader=a_reader(SEKRETARIS), reports=found)
    assert len(pictures) == 10


def test_what_is_sent_beside_it_is_a_picture_and_two_files():
    found = Reports(year=2028, told=(three_years(),), earlier=2027, later=None)
    given = {"reader": a_reader(SEKRETARIS), "reports": found}
    (picture,) = notices.shown("report_charts", {"year": 2028}, **given)
    assert (picture.file.kind, picture.file.name) == ("photo", "laporan-ip-asn-2028.png")
    pdf, xlsx = notices.shown("report_papers", {"year": 2028}, **given)
    assert (pdf.file.name, xlsx.file.name) == ("laporan-2028.pdf", "laporan-2028.xlsx")
    assert {pdf.file.kind, xlsx.file.kind} == {"document"}


# The picture


def test_a_step_is_red_where_a_round_was_late_or_is_over_its_limit():
    found = bars(one_year(busy(), 2027))
    assert {number for number, row in found.items() if row["is_late"]} == {"1", "5", "9"}
    assert (found["5"]["said"], found["5"]["more"], found["9"]["said"]) == (
        "0 dari 3 hari",
        "terlama 5 hari",
        "4 dari 3 hari",
    )
    runs = bars(three_years())
    assert (runs["7"]["said"], runs["7"]["is_late"], runs["8"]["said"]) == ("kini melewati batas", True, "belum ada")
    assert [bar["is_own"] for bar in runs["1"]["bars"]] == [True, False, False]


def test_a_bar_beyond_the_limit_that_was_in_time_says_what_was_granted():
    walk = walked(2)
    walk.until(walk.task.due + timedelta(days=7)).hinder(ANALIS).grant(KABAG)
    walk.upload(ANALIS, "data_capaian").upload(ANALIS, "konsep_undangan").submit()
    row = bars(one_year(walk, 2026))["2"]
    assert (row["said"], row["more"], row["is_late"]) == ("9 dari 3 hari", "tambahan 2 hari", False)
    assert bars(one_year(busy(), 2027))["9"]["more"] == ""


def test_a_bar_is_beyond_its_limit_exactly_where_it_took_longer():
    for row, step in zip(chart.rows(one_year(busy(), 2027)), one_year(busy(), 2027).own.steps, strict=True):
        for bar in row["bars"]:
            assert (bar["worst"] > row["limit"]) == (step.worst > step.limit)


def test_one_round_of_a_year_does_not_make_all_others_invisible():
    found = one_year(busy(), 2027)
    own = found.own
    long = tuple(
        StepTaken(**{name: getattr(item, name) for name in item.__slots__} | {"days": (0, 900), "done": 2})
        if item.number == 2
        else item
        for item in own.steps
    )
    year = YearTaken(year=2027, sop=own.sop, cases=own.cases, steps=long)
    rows = chart.rows(type(found)(year=2027, as_of=found.as_of, years=(year,)))
    assert rows[1]["bars"][0]["is_cut"]
    assert rows[1]["bars"][0]["worst"] == 1
    assert rows[0]["limit"] >= 1 / 15


def ink(content):
    return Image.open(BytesIO(content)).convert("L").point(lambda value: 255 if value < INK else 0)


def test_the_picture_is_as_wide_as_a_phone_and_taken_by_telegram_and_nothing_leaves_it():
    for found in (three_years(), one_year(busy(), 2027), monster()):
        content = report.picture(found, WIB)[1]
        image = ink(content)
        assert image.width == 1170
        assert image.width + image.height <= 10_000
        assert len(content) < 10_000_000
        left, top, right, bottom = image.getbbox()
        assert min(left, image.width - right) >= 40
        assert min(top, image.height - bottom) >= 20


# On paper


def pages(found):
    with pikepdf.open(BytesIO(report.pdf(found, WIB)[1])) as made:
        return len(made.pages)


def test_the_paper_lists_the_cases_newest_first_with_what_was_filed():
    cases = paper.data([three_years()], WIB)["reports"][0]["cases"]
    assert [(case["code"], case["state"], case["days"]) for case in cases] == [
        ("ip-asn-2028-2", "Berjalan, langkah 7", "12"),
        ("ip-asn-2028", "Dibatalkan, tidak dihitung", "–"),  # noqa: RUF001
        ("ip-asn-2027", "Selesai", "19"),
        ("ip-asn-2026", "Selesai", "4"),
    ]
    assert cases[0]["archive"] == cases[1]["archive"] == ""
    assert "Nomor berkas: 17 · Lokasi simpan: Lemari A-3" in cases[2]["archive"]


def test_a_paper_is_bounded():
    found = paper.data([many(400)], WIB)["reports"][0]
    assert (len(found["cases"]), found["left_out"]) == (200, "200 proses lainnya dimuat dalam berkas XLSX.")
    assert pages([monster()]) < 60
    assert pages([three_years(), one_year(busy(), 2027)]) >= 2


def test_days_that_cannot_be_counted_are_said_to_be_none():
    one = busy()
    bare = CaseTaken(
        **{name: getattr(taken(one), name) for name in CaseTaken.__slots__}
        | {
            "rounds": tuple(
                type(item)(**{name: getattr(item, name) for name in item.__slots__} | {"days": None})
                for item in taken(one).rounds
            )
        }
    )
    (found,) = reports([bare], 2027, one.at)
    assert paper.data([found], WIB)["reports"][0]["uncounted"]
    text = notices.shown(
        "report",
        {"year": 2027},
        reader=a_reader(SEKRETARIS),
        reports=Reports(year=2027, told=(found,), earlier=None, later=None),
    ).text
    assert "Sebagian hari kerja tidak dapat dihitung" in text
    assert pages([found]) >= 1


# The workbook


def sheet(content, name):
    rows = openpyxl.load_workbook(BytesIO(content))[name].iter_rows(values_only=True)
    head, *rest = rows
    return [dict(zip(head, row, strict=True)) for row in rest]


def test_the_workbook_has_every_figure_as_a_number():
    content = report.xlsx([three_years()], WIB)[1]
    steps = sheet(content, "Langkah")
    assert len(steps) == 36
    worst = next(row for row in steps if (row["Tahun"], row["Langkah"]) == (2027, 5))
    assert (worst["Batas (hari kerja)"], worst["Median (hari kerja)"], worst["Terlama (hari kerja)"]) == (3, 0, 5)
    assert (worst["Pelaksanaan"], worst["Dalam batas waktu"], worst["Dalam batas waktu (%)"]) == (3, 2, 67)
    years = sheet(content, "Tahun")
    assert [(row["Tahun"], row["Proses"], row["Dibatalkan"]) for row in years] == [
        (2028, 2, 1),
        (2027, 1, 0),
        (2026, 1, 0),
    ]
    cases = {row["Kode proses"]: row for row in sheet(content, "Proses")}
    assert cases["ip-asn-2027"]["Dibuka"] == datetime(2027, 11, 2)  # noqa: DTZ001 - a day of the office
    assert cases["ip-asn-2027"]["Nomor berkas"] == "17"
    assert cases["ip-asn-2028"]["Keadaan"] == "Dibatalkan, tidak dihitung"


def test_half_a_day_stays_one_and_what_was_typed_runs_nowhere():
    one = taken(busy())
    filed = one.archive.model_copy(update={"location": '=HYPERLINK("http://x")', "file_number": "198012312005011009"})
    halved = tuple(
        type(item)(
            **{name: getattr(item, name) for name in item.__slots__} | {"days": Days(limit=1, used=number, waited=0)}
        )
        for number, item in enumerate(one.rounds)
    )
    changed = {"archive": filed, "rounds": (*halved, *halved[1:2])}
    case = CaseTaken(**{name: getattr(one, name) for name in one.__slots__} | changed)
    (found,) = reports([case], 2027, one.ended_at)
    content = report.xlsx([found], WIB)[1]
    row = sheet(content, "Proses")[0]
    assert (row["Lokasi simpan"], row["Nomor berkas"]) == ('=HYPERLINK("http://x")', "198012312005011009")
    fifth = sheet(content, "Langkah")[4]
    assert fifth["Median (hari kerja)"] == found.own.steps[4].median
    book = openpyxl.load_workbook(BytesIO(content))
    assert {cell.data_type for page in book for line in page.iter_rows() for cell in line} <= {
        "s",
        "n",
        "d",
        "inlineStr",
    }
    shown = {cell.number_format for cell in book["Langkah"]["G"] if isinstance(cell.value, float)}
    assert shown <= {"General"}


# The same cases, the same bytes

SCRIPT = """
from hashlib import sha256
from alur.views import report
from tests.factories import WIB
from tests.views.reported import three_years
found = three_years()
for content in (report.picture(found, WIB), report.pdf([found], WIB), report.xlsx([found], WIB)):
    print(sha256(content[1]).hexdigest())
"""


def test_the_same_cases_give_the_same_bytes_in_another_process_zone_and_hash_seed():
    here = [
        sha256(made[1]).hexdigest()
        for made in (
            report.picture(three_years(), WIB),
            report.pdf([three_years()], WIB),
            report.xlsx([three_years()], WIB),
        )
    ]
    env = {**os.environ, "TZ": "America/New_York", "PYTHONHASHSEED": "77"}
    done = subprocess.run([sys.executable, "-c", SCRIPT], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.split() == here


def test_a_step_that_nobody_did_has_no_bar_and_the_rows_stand_in_order():
    rows = chart.rows(three_years())
    assert all(int(one["number"]) < int(other["number"]) for one, other in pairwise(rows))
    assert not [bar for bar in rows[7]["bars"] if bar["is_own"]]
