"""Numbers of letters and texts as people write them. Read for the typed answers of forms, and by the engine for words that
come another way. Days and hours stand in modules of their own.
"""

import re
import unicodedata

from alur.workflow.errors import FieldMissing, NumberMissing, ReasonMissing, TooLong

LONGEST_WORDS = 4096  # characters of people's own words: as many as Telegram takes in one message, counted as it does
LONGEST_FIELD = 1000  # characters of any other answer: a number, a place, a name
LONGEST_NAME = 100  # characters of a person's or a unit's name
DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-") | dict.fromkeys("\u2018\u2019", "'"))
LABEL = re.compile(
    r"(?:nomor|nomer|no)(?:\s+(?:surat|naskah|nota dinas|berkas|nadine)\b)?(?:\s*[.:=]+\s*|\s+|(?=\d))[.:=\s]*",
    re.IGNORECASE,
)
CALLED = frozenset(("bapak", "ibu", "bpk", "bpk.", "pak", "bu", "sdr", "sdr.", "sdri", "sdri."))
TITLE = re.compile(r"(?:prof|dr|drs|dra|drg|ir|h|hj)\.")
ROMAN = re.compile(r"(?<![A-Za-z])[IVXL]+(?![A-Za-z])")


def plain(text: str) -> str:
    """With one kind of blank, dash and figure, and nothing around it."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(DASHES).split()).strip(" ,.;")


def read_name(text: str, field: str) -> str:
    """A person's name as it was written: the dot of an initial or a degree belongs to it."""
    return read_text(" ".join(unicodedata.normalize("NFKC", text).split()).strip(" ,;"), field, most=LONGEST_NAME)


def name_words(name: str) -> tuple[str, ...]:
    """By these two spellings of a name are held together: without degrees, and without what stands before a name."""
    words = [word.casefold() for word in plain(name.partition(",")[0]).split()]
    bare = [word.strip(".") for word in words if word not in CALLED and not TITLE.fullmatch(word)]
    return tuple(bare or (word.strip(".") for word in words))


def is_longer_spelling(one: str, other: str) -> bool:
    """Whether one of the two names is the other with more of it written: "Rina", "Rina S.", "Rina Suryani"."""
    first, second = name_words(one), name_words(other)
    pairs = list(zip(first, second, strict=False))
    return bool(pairs) and first[0] == second[0] and all(_begin_alike(*pair) for pair in pairs)


def is_part_of_name(text: str, name: str) -> bool:
    """Whether somebody of that name may be meant: each word of the shorter begins a word of the longer."""
    shorter, longer = sorted((name_words(text), name_words(name)), key=len)
    return bool(shorter) and all(any(_begin_alike(word, item) for item in longer) for word in shorter)


def _begin_alike(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def read_number(text: str, field: str = "number") -> str:
    """The number of a letter or folder, without the word before it and the blanks at its slashes: "Nomor : 12 / OT.03/2026"
    is "12/OT.03/2026". Raises `NumberMissing` where nothing counts in it: "-", "tidak ada".
    """
    bare = text.strip()
    label = LABEL.match(bare)
    bare = re.sub(r"\s*/\s*", "/", bare[label.end() :] if label else bare)
    if bare and not any(mark.isdecimal() for mark in bare) and not ROMAN.search(bare):
        raise NumberMissing(field=field)
    return bare


def number_key(number: str) -> str:
    """By this two spellings of one number are the same."""
    return "".join(plain(number).casefold().split())


def read_text(text: str, field: str, *, least: int = 1, most: int = LONGEST_FIELD) -> str:
    """The text without the blanks around it, of `least` to `most` characters. One rule for all ways in which it comes: what
    Telegram took as a message (it counts code points) is never refused as words.
    """
    bare = text.strip()
    if len(bare) < least:
        raise ReasonMissing(field=field, least=least, length=len(bare)) if least > 1 else FieldMissing(field=field)
    if len(bare) > most:
        raise TooLong(field=field, length=len(bare), most=most)
    return bare
