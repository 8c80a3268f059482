"""What counts as a typed decision, word for word."""

import pytest

from alur.workflow.sop import Way
from alur.workflow.verdicts import Verdict, verdict

APPROVED = Verdict(approves=True)
ASKED = Verdict(approves=False)


@pytest.mark.parametrize("text", ["setujui", "Setujui", " SETUJUI. ", "setujui\n", ".setujui…".replace("…", "...")])
def test_the_whole_text_approves(text):
    assert verdict(text) == APPROVED


@pytest.mark.parametrize("text", ["kembalikan", "Kembalikan.", "kembalikan:", " kembalikan :  "])
def test_a_return_without_a_reason_asks_for_it(text):
    assert verdict(text) == ASKED


@pytest.mark.parametrize("text", ["kembalikan: tabel salah", "Kembalikan :\ntabel salah ", "KEMBALIKAN:tabel salah"])
def test_a_return_has_its_reason_after_the_colon(text):
    assert verdict(text) == Verdict(approves=False, reason="tabel salah")


def test_a_reason_may_have_several_lines_and_colons():
    assert verdict("kembalikan: satu: a\ndua: b").reason == "satu: a\ndua: b"


@pytest.mark.parametrize(
    "text",
    [
        "Setujui saja deh",
        "tidak setujui",
        "setuju",
        "disetujui",
        "setujui!",
        "setujui?",
        "setujui setujui",
        "setujui: ya",
        "kembalikan tabel salah",
        "jangan kembalikan: ya",
        "dikembalikan: ya",
        "",
        ".",
    ],
)
def test_anything_else_decides_nothing(text):
    assert verdict(text) is None


WAYS = (Way(label="Tanda Tangani", to=8), Way(label="Bahas Dahulu", to=6))


@pytest.mark.parametrize(
    ("text", "way"), [("Tanda Tangani", 8), (" bahas dahulu. ", 6), ("setujui", None), ("TANDA TANGANI", 8)]
)
def test_the_label_of_a_way_chooses_it(text, way):
    assert verdict(text, WAYS) == Verdict(approves=True, way=way)


@pytest.mark.parametrize("text", ["Tanda", "Tanda Tangani saja", "tidak"])
def test_what_only_resembles_a_label_decides_nothing(text):
    assert verdict(text, WAYS) is None
    assert verdict("Tanda Tangani") is None
