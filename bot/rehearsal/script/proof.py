"""What proves the trail: the day's checkpoint on the administrator's phone, and the bundle on Tata Usaha's after the archive."""

import asyncio
import io
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from alur.evidence import checkpoint
from alur.evidence.note import Note, NoteInvalid, parsed
from bot.rehearsal.buttons import CHECKPOINT
from bot.rehearsal.people import People
from simulator import Message

PROGRAM = "verifikasi.py"
PATIENCE = 60.0  # seconds for the program


async def the_day_is_signed(people: People) -> None:
    await people.begin_part("The first day ends · The trail is signed", "2026-11-02 16:01")
    message = await people.admin.sees(CHECKPOINT, new=False)
    people.expect.check("the checkpoint comes without a sound", message.silent)
    people.expect.check("what is copied of it is a signed note", _note(message) is not None, seen=message.text)


async def the_archive_is_signed(people: People) -> None:
    """Another checkpoint, whatever the hour, and a program that checks the bundle without us."""
    bundle = await people.tata_usaha.sees("Arsip proses ip-asn-2026", "bagian 1 dari 1", new=False)
    signed = [item for item in await people.admin.phone.messages() if CHECKPOINT in item.text]
    sizes = [_size(item) for item in signed]
    people.expect.check("each checkpoint covers more than the one before", sizes == sorted(set(sizes)), seen=sizes)
    today = signed[-1].date.date() == bundle.date.date()
    people.expect.check("the archive is signed at once", today, seen=signed[-1].text)
    people.transcript.note(
        f"Ibu Wati unpacks {bundle.files[0].name} on another machine, and runs {PROGRAM} there with the administrator's checkpoint."
    )
    status, said = await _checked(await bundle.download(), copied(signed[-1]))
    people.expect.check(f"{PROGRAM} finds the bundle proved", status == 0, seen=said[-2000:])


def copied(message: Message) -> str:
    """What a tap on the block brings to the clipboard."""
    block = next(item for item in message.entities if item["type"] == "pre")
    first, last = (2 * int(number) for number in (block["offset"], block["offset"] + block["length"]))
    units = str(message.raw["text"]).encode("utf-16-le")
    return units[first:last].decode("utf-16-le")


def _note(message: Message) -> Note | None:
    try:
        return parsed(checkpoint.mended(copied(message)))
    except NoteInvalid:
        return None


def _size(message: Message) -> int:
    note = _note(message)
    return int(note.text.split("\n")[1]) if note else 0


async def _checked(data: bytes, checkpoint: str) -> tuple[int, str]:
    """What the program in the ZIP says of all that is in it, and of that checkpoint."""
    with TemporaryDirectory(prefix="arsip-") as folder:
        archive = ZipFile(io.BytesIO(data))
        archive.extractall(folder)
        program = Path(folder, next(name for name in archive.namelist() if name.endswith(PROGRAM)))
        running = await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            program.name,
            "--checkpoint",
            "-",
            cwd=program.parent,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        async with asyncio.timeout(PATIENCE):
            said, _ = await running.communicate(checkpoint.encode())
    return running.returncode or 0, said.decode(errors="replace")
