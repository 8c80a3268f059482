"""What it costs to look into a file of about 20 MB, against making its SHA-256: processor time and memory of the process beside."""

import asyncio
import io
import os
import random
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import docx
import openpyxl
import pikepdf
from PIL import Image

from bot.inspector import Inspector
from tests.papers import packed

MOST, MOST_MEMORY = 150, 100  # milliseconds for one file, MiB for the process
LOOKS = 10  # of each file: the system tells its time in steps of 10 ms


@dataclass(frozen=True, kw_only=True)
class Look:
    what: str
    size: int  # bytes
    cpu: float  # milliseconds
    hashed: float  # milliseconds
    memory: float  # MiB, the most of the process until then

    @property
    def ratio(self) -> float:
        return self.cpu / self.hashed


def looks() -> list[Look]:
    return list(asyncio.run(_looked()))


async def _looked() -> list[Look]:
    inspector, found = Inspector(), []
    try:
        await inspector.look(b"MZ")
        assert inspector._process is not None
        beside = Path("/proc", str(inspector._process.pid))
        for what, make in FILES.items():
            data = make(random.Random(1))
            begun = _cpu(beside)
            for _ in range(LOOKS):
                assert (await inspector.look(data)).fault is None
            cpu = (_cpu(beside) - begun) / LOOKS
            found.append(Look(what=what, size=len(data), cpu=cpu, hashed=_hashed(data), memory=_peak(beside)))
    finally:
        inspector.close()
    return found


def _cpu(process: Path) -> float:
    """Milliseconds, user and system."""
    told = (process / "stat").read_text().rpartition(") ")[2].split()
    return (int(told[11]) + int(told[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def _peak(process: Path) -> float:
    return int(re.search(r"VmHWM:\s+(\d+) kB", (process / "status").read_text())[1]) / 1024


def _hashed(data: bytes) -> float:
    begun = time.process_time()
    for _ in range(LOOKS):
        sha256(data).digest()
    return (time.process_time() - begun) * 1000 / LOOKS


def _word(chance: random.Random) -> bytes:
    document = docx.Document()
    for picture in _pictures(chance, 7):
        document.add_paragraph("Capaian unit kerja. " * 40)
        document.add_picture(picture)
    return _saved(document.save)


def _pictures(chance: random.Random, count: int) -> Iterator[io.BytesIO]:
    for _ in range(count):
        yield io.BytesIO(_picture(chance, 1000, "PNG"))


def _excel(chance: random.Random) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for _ in range(250_000):
        sheet.append(
            [f"{chance.randrange(10**18)}", chance.random(), chance.random(), f"Unit {chance.randrange(10**9)}"]
        )
    return _saved(book.save)


def _pdf(chance: random.Random) -> bytes:
    with pikepdf.new() as file:
        for _ in range(400):
            file.add_blank_page()
            file.pages[-1].Contents = file.make_stream(chance.randbytes(50_000))
        return _saved(file.save)


def _picture(chance: random.Random, side: int, form: str, **how: object) -> bytes:
    picture = Image.frombytes("RGB", (side, side), chance.randbytes(side * side * 3))
    return _saved(lambda stream: picture.save(stream, form, **how))


def _zip(chance: random.Random) -> bytes:
    return packed({f"{number}.jpg": chance.randbytes(2 * 1024 * 1024) for number in range(10)})


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    stream = io.BytesIO()
    save(stream)
    return stream.getvalue()


FILES: dict[str, Callable[[random.Random], bytes]] = {
    "DOCX with pictures": _word,
    "XLSX of 250,000 rows": _excel,
    "PDF of 400 pages": _pdf,
    "PNG": lambda chance: _picture(chance, 2600, "PNG"),
    "JPG, progressive": lambda chance: _picture(chance, 6000, "JPEG", progressive=True),
    "ZIP": _zip,
}
