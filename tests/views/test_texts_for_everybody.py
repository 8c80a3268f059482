"""What holds for every text: whoever has told us little of himself reads no gap, and whatever people write fits."""

import re

import pytest

from alur.views import cards, limits
from alur.views.environment import environment
from simulator import entities
from tests import notices
from tests.factories import ANALIS, BIRO, KABAG, PEOPLE, a_reader, an_office
from tests.views.gallery import Gallery, history_pages

GAPS = {
    "None": r"None",
    "two blanks": r"  ",
    "nothing in parentheses": r"\(\s*\)",
    "nobody addressed": r"Yth\.\s*,|Terima kasih, \.|Mohon maaf, \.",
    "a blank before a mark": r" [,.;](?:\s|$)",
    "an empty quotation": r"“\s*”",
    "two commas": r",\s*,",
}


def people(**changes):
    return [item.model_copy(update=changes) for item in PEOPLE]


PLAIN = an_office(people=people(sapaan=None, unit=None, order=None))
LONGEST = ('<b>"&amp; \N{GRINNING FACE} 1 < 2 & kata ' * 300)[:4096]
TITLED = 'Prof. Dr. Ir. <Dewi> & "Lestari" \N{GRINNING FACE} Kusumawardhani Wiryoatmojo, M.Sc., Ph.D.'
UNITS = (
    "Direktorat Teknik",
    *(f"Direktorat {number} <Pembinaan> & Pengawasan Teknik dan Lingkungan Ketenagalistrikan" for number in range(40)),
)


def judged(item):
    """The text as Telegram reads it, parsed by the simulator, which refuses a broken escape."""
    if item.is_plain:
        return item.text
    return entities.parse_html(item.text)[0] if item.text else ""


def different(gallery):
    """Of texts that are the same, and judged alike, one."""
    return {(item.text, item.limit, item.is_plain): item for item in gallery.texts()}.values()


@pytest.fixture
def used(monkeypatch):
    """The templates that were taken, also by others that extend, include or import them."""
    found, take = set(), environment().get_template

    def taken(name, *args, **kwargs):
        found.add(name)
        return take(name, *args, **kwargs)

    monkeypatch.setattr(environment(), "get_template", taken)
    return found


def test_a_person_without_sapaan_unit_order_or_last_name_reads_no_gap_in_any_text(used):
    faults = {}
    for item in different(Gallery(office=PLAIN, words="Belum sesuai notula.")):
        text = judged(item)
        for gap, pattern in GAPS.items():
            if found := re.search(pattern, text):
                faults.setdefault((gap, item.name), text[max(0, found.start() - 60) : found.end() + 20])
    assert not faults, f"{len(faults)}: {list(faults.items())[:8]}"
    words = environment().list_templates(extensions=["html", "txt"])
    assert used == {name for name in words if not name.startswith("print/")}


@pytest.mark.parametrize("office", [an_office(), an_office(people=people(name=TITLED), units=UNITS)])
def test_whatever_people_write_and_however_much_every_text_is_taken_by_telegram(office, monkeypatch):
    """And nothing but their own words gives way: what stands at the end (step, case, limit) is never cut off for it."""
    cut = []
    monkeypatch.setattr(limits, "fitted", lambda text, _limit: cut.append(text) or text)
    for item in different(Gallery(office=office, words=LONGEST)):
        assert limits.units(judged(item)) <= item.limit, item.name
    assert cut == []


@pytest.mark.parametrize("typed", [LONGEST, "x" * 4096, "kata " * 800])
def test_the_history_shows_every_word_of_the_longest_texts_and_no_page_breaks_an_escape(typed):
    walk = Gallery(office=an_office(), words=typed).returned()
    pages = [entities.parse_html(text)[0] for text in history_pages(walk, walk.office)]
    lines = [line.removeprefix("• ") for page in pages for line in page.splitlines() if line.startswith("• ")]
    told = "".join(line.removeprefix("(lanjutan) ").removesuffix(" …").replace(" ", "") for line in lines)
    whole = typed.strip().replace(" ", "")
    assert told.count(f"{whole}”") == sum(bool(task.closing and task.closing.text) for task in walk.case.tasks)
    assert all(limits.units(page) <= limits.MESSAGE for page in pages)


def test_a_card_shows_600_characters_of_a_reason_and_where_the_rest_is_to_be_read():
    walk = Gallery(office=an_office(), words="kata " * 800).returned()
    text = cards.card(walk.s, case_id=7, task=walk.task.id, reader=a_reader(ANALIS)).screen.text
    quotes = re.findall(r"<blockquote expandable>(.*?)</blockquote>", text)
    assert len(quotes) == 2
    for quote in quotes:
        shown, _, rest = quote.partition("…")
        assert 590 <= len(shown) <= 600
        assert rest == " <i>(selengkapnya di /riwayat)</i>"


def test_who_may_not_read_the_history_is_not_pointed_to_it_and_a_short_reason_points_nowhere():
    walk = Gallery(office=an_office(), words="kata " * 800).busy(6)
    question = {"reader": a_reader(BIRO), "s": walk.s, "case_id": 7}
    assert "selengkapnya" in notices.shown("question", {"question": 1}, **question | {"reader": a_reader(KABAG)}).text
    assert "selengkapnya" not in notices.shown("question", {"question": 1}, **question).text
    short = Gallery(office=an_office(), words="Belum sesuai notula.").returned()
    text = cards.card(short.s, case_id=7, task=short.task.id, reader=a_reader(ANALIS)).screen.text
    assert "selengkapnya" not in text
