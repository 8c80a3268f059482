"""Memeriksa berkas bukti suatu proses Alur tanpa jaringan, tanpa Alur, dan tanpa pustaka tambahan.

    python3 verifikasi.py [FOLDER] [--kunci KUNCI] [--checkpoint BERKAS]

Cara pemakaian dan arti statusnya ditulis oleh python3 verifikasi.py --help.

The one file of the house that is whole by itself: every bundle carries it byte for byte. What can be told from the trail and
its SOP (names of files, the table, the text for the reader) is made here alone, and `alur.services.evidence.bundle` asks the
same functions, so that a bundle can be made anew and compared. Standard library, Python 3.8.
"""

from __future__ import annotations

import sys

if __name__ == "__main__" and not (sys.flags.isolated or getattr(sys.flags, "safe_path", False)):
    del sys.path[0]  # the folder that is checked: a json.py in it is not to be run

import argparse
import base64
import hashlib
import json
import os
import re
import stat
import unicodedata
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, TextIO

if TYPE_CHECKING:  # Python 3.8 could not read these, and need not
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Json = dict[str, Any]
    Point = tuple[int, int, int, int]  # X, Y, Z, T
    Faults = list[str]

README, SUMS, PROGRAM, CHECKPOINT = "BACA-SAYA.txt", "SHA256SUMS", "verifikasi.py", "checkpoint.txt"
TRAIL, TABLE, PROCEDURE = "jejak-audit.jsonl", "jejak-audit.csv", "sop.yaml"
MADE = (
    "kartu-kendali.pdf",
    "daftar-isi-berkas.xlsx",
)  # files that are made of the trail elsewhere, and held against SHA256SUMS alone
FINAL, EARLIER, ATTACHED = "dokumen-akhir", "versi-sebelumnya", "lampiran"
LEFT_BEHIND = re.compile(  # what programs make in a folder that is looked at
    r"(?:.*/)?(?:\.~lock\.[^/]*#|~\$[^/]*|[^/]*\.pyc|\.DS_Store|Thumbs\.db|desktop\.ini)", re.DOTALL
)
LONGEST = 120  # characters of a name, with its folder
LARGEST = 44_900_000  # bytes of a file that still goes into a ZIP for a chat


class Damaged(Exception):
    """What was read is not what a bundle holds; its text is a clause in Bahasa Indonesia."""


# --- Ed25519 (RFC 8032, section 5.1) ---

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
NEUTRAL: Point = (0, 1, 1, 0)


def _added(a: Point, b: Point) -> Point:
    first, second = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    third, fourth = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = second - first, fourth - third, fourth + third, second + first
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _times(scalar: int, point: Point) -> Point:
    found = NEUTRAL
    while scalar:
        if scalar & 1:
            found = _added(found, point)
        point, scalar = _added(point, point), scalar >> 1
    return found


def _encoded(point: Point) -> bytes:
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _point(data: bytes) -> Point | None:
    """Only of the one encoding that a point has."""
    number = int.from_bytes(data, "little")
    y, sign = number & (1 << 255) - 1, number >> 255
    if len(data) != 32 or y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * ROOT_OF_MINUS_ONE % P
    if x * x % P != square or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = _point(BASE_Y.to_bytes(32, "little")) or NEUTRAL


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature is that key's of the message. A key of small order, and whatever is not written in the one way in
    which it can be, is refused.
    """
    key = _point(public)
    if key is None or len(signature) != 64 or _encoded(_times(8, key)) == _encoded(NEUTRAL):
        return False
    nonce, scalar = signature[:32], int.from_bytes(signature[32:], "little")
    if scalar >= ORDER or _point(nonce) is None:
        return False
    challenge = int.from_bytes(hashlib.sha512(nonce + public + message).digest(), "little") % ORDER
    minus: Point = (P - key[0], key[1], 1, P - key[3])
    return _encoded(_added(_times(scalar, BASE), _times(challenge, minus))) == nonce


# --- the signed note, the tree, and checkpoint.txt ---

NONE_YET = (
    "belum ada\n"
    "\n"
    "Entri terakhir proses ini belum tercakup oleh titik periksa (checkpoint). Isi folder ini dapat diperiksa terhadap\n"
    "dirinya sendiri, tetapi belum terhadap tanda tangan kantor.\n"
)
KEY_HEADING = "kunci publik (mohon dibandingkan dengan kunci yang diserahkan langsung oleh kantor):"
MARK = "\ufeff"
BESIDE = re.compile(r"^[\s>`\ufeff\u200b-\u200f\u2060-\u2069]+|[\s`\ufeff\u200b-\u200f\u2060-\u2069]+$")
SIGNED_BY = re.compile(r"(?:[\u2012-\u2015-]|--)\s*(\S+)(?:\s+(\S+))?")
SIGNATURE = 92  # characters of a key's number and an Ed25519 signature
OTHER_FORM = "bentuknya lain daripada yang ditulis oleh Alur"


class Signed(NamedTuple):
    origin: str
    size: int
    root: bytes
    text: str  # what was signed
    signatures: tuple[tuple[str, bytes], ...]  # name; key number and signature


class Key(NamedTuple):
    line: str
    name: str
    public: bytes

    @property
    def number(self) -> bytes:
        return hashlib.sha256(f"{self.name}\n".encode() + b"\x01" + self.public).digest()[:4]


class Checkpoint(NamedTuple):
    note: str
    key: str  # the verifier's line
    proofs: tuple[tuple[int, tuple[bytes, ...]], ...]  # the entry's place in the tree, and its path


def checkpoint_text(found: Checkpoint | None) -> str:
    """The note as it was signed, the key's line, and for each entry the lines of https://c2sp.org/tlog-proof that tell where
    it is: with that format's first line before and the note behind them they are such a proof.
    """
    if found is None:
        return NONE_YET
    proofs = "".join(
        f"\nindex {index}\n" + "".join(base64.b64encode(item).decode() + "\n" for item in path)
        for index, path in found.proofs
    )
    return f"{found.note}\n{KEY_HEADING}\n{found.key}\n{proofs}"


def read_checkpoint(text: str) -> Checkpoint | None:
    if text == NONE_YET:
        return None
    blocks = text[:-1].split("\n\n")
    if len(blocks) < 4:
        raise Damaged(f"{CHECKPOINT} bukan titik periksa dengan kunci dan bukti inklusi")
    heading, _, key = blocks[2].partition("\n")
    proofs = []
    for block in blocks[3:]:
        first, *path = block.split("\n")
        place = re.fullmatch(r"index (0|[1-9][0-9]{0,18})", first)
        if not place:
            raise Damaged(f"{CHECKPOINT}: {_line(first)} bukan awal suatu bukti inklusi")
        proofs.append((int(place.group(1)), tuple(map(decoded, path))))
    found = Checkpoint(note=f"{blocks[0]}\n\n{blocks[1]}\n", key=key, proofs=tuple(proofs))
    if heading != KEY_HEADING or checkpoint_text(found) != text:
        raise Damaged(f"{CHECKPOINT}: {OTHER_FORM}")
    return found


def read_note(text: str) -> Signed:
    body, parting, tail = text.rpartition("\n\n")
    lines = body.split("\n")
    if not parting or not tail.endswith("\n") or len(lines) != 3 or not lines[0]:
        raise Damaged("titik periksa harus terdiri atas tiga baris, satu baris kosong, dan tanda tangan")
    if any(ord(sign) < 32 and sign != "\n" for sign in text):
        raise Damaged("titik periksa memuat karakter yang tidak terlihat")
    if not re.fullmatch(r"0|[1-9][0-9]{0,18}", lines[1]):
        raise Damaged("baris kedua titik periksa harus berupa jumlah entri")
    root = decoded(lines[2])
    if len(root) != 32:
        raise Damaged("baris ketiga titik periksa harus berupa akar pohon (SHA-256)")
    signatures = []
    for line in tail[:-1].split("\n"):
        found = re.fullmatch(r"— (\S+) (\S+)", line)
        if not found:
            raise Damaged(f"titik periksa: {_line(line)} bukan tanda tangan")
        signatures.append((found.group(1), decoded(found.group(2))))
    return Signed(lines[0], int(lines[1]), root, f"{body}\n", tuple(signatures))


def read_key(line: str) -> Key:
    parts = line.strip().split("+", 2)
    value = decoded(parts[2]) if len(parts) == 3 else b""
    key = Key(line.strip(), parts[0], value[1:])
    if value[:1] != b"\x01" or len(value) != 33 or parts[1] != key.number.hex():
        raise Damaged("bukan kunci publik yang utuh (NAMA+NOMOR+KUNCI)")
    return key


def has_signed(key: Key, note: Signed) -> bool:
    return key.name == note.origin and any(
        name == key.name and value[:4] == key.number and is_signed(key.public, note.text.encode(), value[4:])
        for name, value in note.signatures
    )


def notes_in(pasted: str) -> list[str]:
    """Every checkpoint in what was copied from a chat, written as it was signed: whatever chats and editors put around it,
    before its lines and at their ends is left out. Whether it is signed is for the signature to say.
    """
    lines = [BESIDE.sub("", line) for line in re.split(r"\r\n|[\r\n\u2028\u2029]", pasted)]
    lines = [line for line in lines if line]
    found = []
    for at in range(1, len(lines) - 2):
        if not re.fullmatch(r"0|[1-9][0-9]{0,18}", lines[at]) or not re.fullmatch(r"[A-Za-z0-9+/]{43}=", lines[at + 1]):
            continue
        signed = _signatures(lines[at + 2 :])
        if signed:
            origin = BESIDE.sub(
                "", lines[at - 1].split()[-1]
            )  # some put the hour and the sender before a message's first line
            found.append(f"{origin}\n{lines[at]}\n{lines[at + 1]}\n\n{signed}")
    return found


def _signatures(lines: Sequence[str]) -> str:
    """Those that begin the lines, also where one was broken in two."""
    whole, at = "", 0
    while at < len(lines):
        begun = SIGNED_BY.fullmatch(lines[at])
        if not begun:
            break
        value, at = begun.group(2) or "", at + 1
        while len(value) < SIGNATURE and at < len(lines) and re.fullmatch("[A-Za-z0-9+/=]+", lines[at]):
            value, at = value + lines[at], at + 1
        whole += f"\u2014 {begun.group(1)} {value}\n"
    return whole


def decoded(text: str) -> bytes:
    try:
        value = base64.b64decode(text, validate=True)
    except ValueError:
        value = b""
    if not value or base64.b64encode(value).decode() != text:
        raise Damaged("ada kunci, hash, atau tanda tangan yang " + (f"keliru: {text[:80]!r}" if text else "kosong"))
    return value


def _line(text: str) -> str:
    return f"baris {text[:80]!r}" if text else "baris kosong"


def root_from(digest: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root to which the path of the leaf leads: RFC 9162, section 2.1.3.2."""
    if not 0 <= index < size:
        return None
    node, last = hashlib.sha256(b"\x00" + digest).digest(), size - 1
    for sibling in path:
        if last == 0:
            return None
        if index & 1 or index == last:
            node = hashlib.sha256(b"\x01" + sibling + node).digest()
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            node = hashlib.sha256(b"\x01" + node + sibling).digest()
        index, last = index >> 1, last >> 1
    return node if last == 0 else None


# --- the trail ---

LINE = re.compile(r'(\{.*),"id":([1-9][0-9]{0,18}),"hash":"([0-9a-f]{64})"\}')
ENTRY_KEYS = {"at", "case", "entry", "member", "prev", "seq"}


def canonical(value: Any) -> str:
    """The one way in which an entry is written before it is hashed."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def trail_line(hashed: Json, number: int, digest: str) -> str:
    """What was hashed, as it was, with number and hash at its end: without these two it is the hash's preimage."""
    return f'{canonical(hashed)[:-1]},"id":{number},"hash":"{digest}"}}\n'


def read_trail(text: str) -> list[Json]:
    """The entries, `id` and `hash` among their keys. Raises `Damaged` at the first that is not bound to the one before."""
    lines = text.split("\n")
    if lines.pop() != "" or not lines:
        raise Damaged("jejak audit kosong atau terpotong")
    entries: list[Json] = []
    prev, number = "", 0
    for seq, line in enumerate(lines, 1):
        found = LINE.fullmatch(line)
        if not found:
            raise Damaged(f"entri {seq}: {OTHER_FORM}")
        hashed = found.group(1) + "}"
        if hashlib.sha256(hashed.encode()).hexdigest() != found.group(3):
            raise Damaged(f"entri {seq}: isinya bukan isi yang di-hash")
        entry = json.loads(hashed)
        if set(entry) != ENTRY_KEYS or canonical(entry) != hashed:
            raise Damaged(f"entri {seq}: bentuknya bukan bentuk baku")
        if entry["seq"] != seq or entry["prev"] != prev:
            raise Damaged(f"entri {seq}: tidak bersambung dengan entri sebelumnya")
        if int(found.group(2)) <= number or (entries and entry["case"] != entries[0]["case"]):
            raise Damaged(f"entri {seq}: bukan entri proses ini, atau urutannya keliru")
        number, prev = int(found.group(2)), found.group(3)
        entries.append({**entry, "id": number, "hash": prev})
    return entries


def events_of(entry: Json) -> list[Json]:
    """What happened; nothing where it was refused, or where an entry only notes something."""
    body = entry["entry"]
    return [] if "refusal" in body else list(body.get("events") or ())


# --- sop.yaml: block style, every text as JSON writes it ---

YAML_HEADING = "# SOP sebagaimana berlaku bagi proses ini sejak dibuka.\n"
YAML_KEY = re.compile(r"(- )?([a-z_][a-z0-9_]*):(?: (.+))?")
UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")  # what JSON may write as it is and YAML may not


def sop_canonical(value: Any) -> str:
    """What is hashed of a procedure."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sop_text(value: Json) -> str:
    return YAML_HEADING + "".join(f"{line}\n" for line in _block(value))


def read_sop(text: str) -> Json:
    if not text.startswith(YAML_HEADING):
        raise Damaged(f"{PROCEDURE}: {OTHER_FORM}")
    lines = text[len(YAML_HEADING) : -1].split("\n")
    value, rest = _read_block(lines, 0, 0)
    if rest != len(lines) or not isinstance(value, dict) or sop_text(value) != text:
        raise Damaged(f"{PROCEDURE}: {OTHER_FORM}")
    return value


def _block(value: Any) -> list[str]:
    if isinstance(value, dict):
        lines = []
        for key, item in value.items():
            lines += [f"{key}: {_scalar(item)}"] if _is_plain(item) else [f"{key}:", *_indented(_block(item))]
        return lines
    items = []
    for item in value:
        first, *others = [_scalar(item)] if _is_plain(item) else _block(item)
        items += [f"- {first}", *_indented(others)]
    return items


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _is_plain(value: Any) -> bool:
    return not isinstance(value, (dict, list)) or not value


def _scalar(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def _read_block(lines: list[str], at: int, indent: int) -> tuple[Any, int]:
    """The value that begins in that line, and where the next begins."""
    pad = " " * indent
    if at >= len(lines) or not lines[at].startswith(pad):
        raise Damaged(f"{PROCEDURE} terpotong")
    if lines[at][indent:].startswith("- "):
        items = []
        while at < len(lines) and lines[at].startswith(f"{pad}- "):
            inner = lines[at][indent + 2 :]
            if YAML_KEY.fullmatch(inner) or inner.startswith("- "):
                lines[at] = f"{pad}  {inner}"
                value, at = _read_block(lines, at, indent + 2)
            else:
                value, at = json.loads(inner), at + 1
            items.append(value)
        return items, at
    found: Json = {}
    while at < len(lines) and lines[at].startswith(pad) and not lines[at][indent:].startswith((" ", "- ")):
        parts = YAML_KEY.fullmatch(lines[at][indent:])
        if not parts or parts.group(1):
            raise Damaged(f"{lines[at][:80]!r} tidak dapat dibaca")
        if parts.group(3) is not None:
            found[parts.group(2)], at = json.loads(parts.group(3)), at + 1
        else:
            found[parts.group(2)], at = _read_block(lines, at + 1, indent + 2)
    return found, at


# --- which files there are, and what they are called ---

ENDINGS = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "text/csv": "csv",
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/zip": "zip",
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
}
SHEET = re.compile(r"sheet([0-9]+)\.([0-9]+)(?:\.([0-9]+))?")
CARRIED = {
    "work_returned": "Catatan perbaikan",
    "step_reopened": "Catatan perbaikan",
    "task_closed": "Berkas keputusan",
}
REFUSED_FILE, OTHER_FILE = "Berkas yang ditolak", "Berkas"


class Named(NamedTuple):
    path: str
    sha256: str
    size: int


class Layout(NamedTuple):
    files: tuple[Named, ...]  # in the order of their folders and names
    versions: dict[int, str]  # the path of each version of a document, by its number in the case
    hashes: dict[str, str]  # a path for each content


def layout(entries: Sequence[Json], sop: Json) -> Layout:
    """Every file that the trail names. A version of a document stands once: under the final documents where it is the newest
    and no letter was made of it, else under the earlier versions. What came beside documents stands with the attachments.
    """
    versions = _versions(entries)
    newest = {_kind(item): item["id"] for item in versions.values() if not item["withdrawn"]}
    drafts = {item["source"] for item in versions.values() if item.get("source") and not item["withdrawn"]}
    taken: dict[str, int] = {}
    found: list[Named] = []
    places: dict[int, str] = {}
    for number, item in versions.items():
        if SHEET.fullmatch(item["document"]):
            folder, name = ATTACHED, title_of(item, sop)
        else:
            is_final = newest.get(_kind(item)) == number and number not in drafts
            folder, name = (FINAL if is_final else EARLIER), f"{title_of(item, sop)} - {_state(item)}"
        path = _path(folder, item["step"], name, item["file"], taken)
        found.append(Named(path, item["file"]["sha256"], item["file"]["size"]))
        places[number] = path
    known = {item.sha256 for item in found}
    for step, name, file in _carried(entries):
        if file["sha256"] not in known:
            known.add(file["sha256"])
            found.append(Named(_path(ATTACHED, step, name, file, taken), file["sha256"], file["size"]))
    folders = (FINAL, ATTACHED, EARLIER)
    found.sort(key=lambda item: (folders.index(item.path.split("/")[0]), item.path))
    return Layout(tuple(found), places, {item.sha256: item.path for item in reversed(found)})


def _versions(entries: Sequence[Json]) -> dict[int, Json]:
    """As they stand after all entries, by number."""
    found: dict[int, Json] = {}
    for entry in entries:
        for event in events_of(entry):
            if event.get("event") == "version_added":
                version = event["version"]
                found[version["id"]] = {**version, "withdrawn": bool(version.get("withdrawn"))}
            elif event.get("event") == "version_withdrawn":
                found[event["version"]]["withdrawn"] = True
                for number, counted in event.get("renumbered") or ():
                    found[number]["number"] = counted
    return found


def _kind(version: Json) -> tuple[Any, ...]:
    return (version["document"], version.get("unit"), bool(version.get("signed")))


def title_of(version: Json, sop: Json) -> str:
    sheet = SHEET.fullmatch(version["document"])
    if sheet:
        again = f" kali ke-{sheet.group(3)}" if sheet.group(3) else ""
        return f"Lembar keputusan langkah {sheet.group(1)}{again}"
    if version["document"] == "unit_file":
        return f"{_unit_title(sop, version['step'])} {version.get('unit') or ''}"
    title = next((item["title"] for item in sop["documents"] if item["id"] == version["document"]), "Dokumen")
    return f"{title} bertanda tangan" if version.get("signed") else str(title)


def _unit_title(sop: Json, number: int) -> str:
    tasks = next((step["tasks"] for step in sop["steps"] if step["number"] == number), ())
    return next((task["unit_files"] for task in tasks if task.get("unit_files")), "Data")


def _state(version: Json) -> str:
    late = ", susulan" if version.get("late") else ""
    return ("dibatalkan" if version["withdrawn"] else f"versi {version['number']}") + late


def _carried(entries: Sequence[Json]) -> Iterator[tuple[int, str, Json]]:
    """Files in the order in which the trail names them, versions among them: step, title, file."""
    steps = task_steps(entries)
    for entry in entries:
        for event in events_of(entry):
            for file in _files_in(event):
                yield _step_of(event, steps), CARRIED.get(str(event.get("event")), OTHER_FILE), file
        act = entry["entry"].get("act")
        for file in _files_in(entry["entry"]):
            step = _step_of(act, steps) if isinstance(act, dict) else 0
            yield step, REFUSED_FILE if "refusal" in entry["entry"] else OTHER_FILE, file


def _files_in(value: Any) -> Iterator[Json]:
    if isinstance(value, dict):
        if isinstance(value.get("sha256"), str) and "size" in value:
            yield value
        value = value.values()
    elif not isinstance(value, list):
        return
    for item in value:
        yield from _files_in(item)


def task_steps(entries: Sequence[Json]) -> dict[int, int]:
    """The step of each task."""
    opened = (event for entry in entries for event in events_of(entry) if event.get("event") == "task_opened")
    return {event["task"]: event["step"] for event in opened}


def _step_of(value: Json, steps: dict[int, int]) -> int:
    """The step that an event or an act is about; 0 where it is about none."""
    carried = [item for item in value.values() if isinstance(item, dict)]
    for item in (value, *carried):
        if isinstance(item.get("to_step"), int) and not isinstance(item.get("task"), int):
            return int(item["to_step"])
        if isinstance(item.get("step"), int):
            return int(item["step"])
        if isinstance(item.get("task"), int):
            return steps.get(item["task"], 0)
    return 0


def _path(folder: str, step: int, name: str, file: Json, taken: dict[str, int]) -> str:
    """A name that every system can make, and that differs from the others by more than case."""
    ending = ENDINGS.get(str(file.get("mime")).split(";")[0].strip().lower(), "bin")
    room = LONGEST - len(f"{folder}/00 .{ending}") - len(" (99999)")
    stem = f"{folder}/{step:02d} {portable(name, room)}"
    nth = taken.get(f"{stem}.{ending}".lower(), 0) + 1
    while nth > 1 and f"{stem} ({nth}).{ending}".lower() in taken:
        nth += 1
    path = f"{stem} ({nth}).{ending}" if nth > 1 else f"{stem}.{ending}"
    taken[f"{stem}.{ending}".lower()] = nth
    taken.setdefault(path.lower(), 1)
    return path


def portable(name: str, room: int) -> str:
    """ASCII that stands in a name on Windows, macOS and Linux alike, whatever code page unpacks it. Of a name that is too long
    its end is kept: there stands which version it is.
    """
    ascii_ = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    clean = re.sub(r"\s+", " ", re.sub(r'[<>:"/\\|?*\x00-\x1f\x7f]+', " ", ascii_)).strip(" .")
    if len(clean) > room:
        head, dash, tail = clean.rpartition(" - ")
        tail = f"{dash}{tail}" if dash and len(tail) < 40 else ""
        clean = (head if tail else clean)[: room - len(tail)].strip(" .") + tail
    return clean or "berkas"


# --- jejak-audit.csv ---

COLUMNS = ("nomor", "waktu", "pelaku", "tindakan", "langkah", "rincian", "hash")
FORMULA = re.compile("(^|[;,|\"'])(\\s*)([=+\\-@\uff1d\uff0b\uff0d\uff20])")
UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+"
)  # breaks lines, or turns them round
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(?:Z|[+-][0-9]{2}:[0-9]{2})")
ACTING = {"plh": "Plh. ", "plt": "Plt. "}
OUTCOMES = {
    "disposed": "Memberikan disposisi",
    "submitted": "Mengajukan dokumen",
    "approved": "Menyetujui dokumen",
    "returned": "Mencatat pengembalian",
    "met": "Menyatakan rapat selesai",
    "directed": "Memberikan arahan",
    "archived": "Mengarsipkan dokumen",
    "ended": "Tugas berakhir bersama tugas lain",
    "reopened": "Tugas berakhir karena langkah dibuka kembali",
    "cancelled": "Tugas berakhir karena proses dibatalkan",
}
# What is said of an event, and which of its values are told, each with its heading; the first event that is told here names
# the act of its entry, in the order of this table where there are several.
EVENTS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "case_opened": (
        "Membuka proses",
        (("SOP", "sop"), ("periode", "period"), ("nomor surat", "letter.number"), ("tanggal surat", "letter.dated")),
    ),
    "case_cancelled": ("Membatalkan proses", (("alasan", "cancellation.reason"),)),
    "case_suspended": ("Menunda proses", (("alasan", "suspension.reason"),)),
    "case_resumed": ("Melanjutkan proses", ()),
    "step_reopened": ("Membuka kembali langkah", (("langkah", "back.to_step"), ("alasan", "back.reason"))),
    "work_returned": (
        "Mengembalikan untuk diperbaiki",
        (("ke langkah", "back.to_step"), ("dokumen", "back.documents"), ("catatan", "back.reason")),
    ),
    "decision_withdrawn": ("Menarik keputusan", ()),
    "decision_released": ("Meneruskan keputusan", ()),
    "case_finished": (
        "Mengarsipkan dokumen",
        (
            ("nomor surat", "archive.letter_number"),
            ("kode klasifikasi", "archive.classification"),
            ("nomor berkas", "archive.file_number"),
            ("lokasi simpan", "archive.location"),
            ("uraian", "archive.description"),
            ("kurun waktu", "archive.span"),
            ("jumlah", "archive.quantity"),
            ("klasifikasi keamanan", "archive.security"),
            ("retensi", "archive.retention"),
            ("alasan belum lengkap", "archive.reason_missing"),
        ),
    ),
    "task_closed": (
        "Memutuskan",
        (
            ("isi", "closing.ticks"),
            ("catatan", "closing.text"),
            ("dilanjutkan ke langkah", "closing.way"),
            ("dicatat dari lembar tertulis oleh", "closing.paper.by.name"),
            ("ditahan sampai", "closing.held.until"),
        ),
    ),
    "task_assigned": (
        "Mengalihkan tugas",
        (("kepada", "assignment.to.name"), ("alasan", "assignment.reason")),
    ),
    "version_withdrawn": ("Membatalkan berkas", ()),
    "version_added": ("Menyampaikan berkas", ()),
    "meeting_scheduled": (
        "Menetapkan jadwal rapat",
        (("waktu rapat", "meeting.starts"), ("tempat", "meeting.place")),
    ),
    "meeting_cancelled": ("Membatalkan rapat", ()),
    "attendance_recorded": ("Mencatat kehadiran", (("hadir", "units"), ("semula", "was"))),
    "obstacle_reported": ("Menyampaikan kendala", (("kendala", "obstacle.reason"),)),
    "days_granted": ("Menambah waktu", (("hari kerja", "grant.days"),)),
    "grant_withdrawn": ("Menarik tambahan waktu", (("hari kerja", "grant.days"),)),
    "desk_nudged": ("Mengingatkan", ()),
    "invitation_answered": (
        "Menjawab undangan",
        (("jawaban", "answer.attendance"), ("diwakili oleh", "answer.representative")),
    ),
    "question_asked": ("Bertanya", (("kepada", "question.to_role"), ("pertanyaan", "question.text"))),
    "question_answered": ("Menjawab pertanyaan", (("jawaban", "answer"),)),
    "question_withdrawn": ("Menarik pertanyaan", ()),
    "card_handed_over": ("Menyampaikan kartu secara langsung", ()),
    "nadine_recorded": ("Mencatat nomor surat", (("nomor", "number"), ("semula", "was"))),
    "letter_corrected": (
        "Memperbaiki data surat",
        (
            ("nomor surat", "letter.number"),
            ("tanggal surat", "letter.dated"),
            ("nomor semula", "was.number"),
            ("tanggal semula", "was.dated"),
        ),
    ),
    "archive_corrected": ("Memperbaiki data arsip", ()),
    "deadline_set": ("Batas waktu berubah", ()),
    "task_opened": ("Tugas dibuka", ()),
}
ACTS = {  # as a refusal names them; what else the trail notes keeps its own name
    "answer_invitation": "menjawab undangan",
    "answer_question": "menjawab pertanyaan",
    "approve": "menyetujui dokumen",
    "archive": "mengarsipkan dokumen",
    "ask": "bertanya",
    "assign_task": "mengalihkan tugas",
    "cancel_case": "membatalkan proses",
    "cancel_meeting": "membatalkan rapat",
    "close_meeting": "menyatakan rapat selesai",
    "correct": "memperbaiki isian",
    "direct": "memberikan arahan",
    "dispose": "memberikan disposisi",
    "grant_days": "menambah waktu",
    "hand_on": "meneruskan keputusan",
    "hand_over": "menyampaikan kartu secara langsung",
    "hand_over_invited": "menyampaikan kartu secara langsung",
    "nudge_desk": "mengingatkan",
    "open_case": "membuka proses",
    "recount": "menghitung ulang batas waktu",
    "record_attendance": "mencatat kehadiran",
    "record_nadine": "mencatat nomor surat",
    "record_paper": "mencatat keputusan tertulis",
    "reopen_step": "membuka kembali langkah",
    "report_obstacle": "menyampaikan kendala",
    "resume": "melanjutkan proses",
    "return": "mengembalikan untuk diperbaiki",
    "schedule_meeting": "menetapkan jadwal rapat",
    "submit": "mengajukan dokumen",
    "suspend": "menunda proses",
    "upload": "menyampaikan berkas",
    "withdraw": "membatalkan berkas",
    "withdraw_ask": "menarik pertanyaan",
    "withdraw_decision": "menarik keputusan",
    "withdraw_signed": "membatalkan dokumen bertanda tangan",
    "withdraw_grant": "menarik tambahan waktu",
}
NOTES = {  # what failed outside of anybody's act
    "message_set_aside": "Pesan tidak dapat disampaikan",
    "not_reached": "Pegawai tidak terjangkau",
    "chat_held": "Penyampaian tertunda oleh Telegram",
    "update_set_aside": "Pesan masuk tidak dapat diolah",
}
LIMITS = ("task_opened", "deadline_set", "days_granted", "grant_withdrawn")  # that tell a limit
ARCHIVE = EVENTS["case_finished"][1]
VALUES = {"present": "hadir", "absent": "tidak hadir", "represented": "diwakili"}
REFUSED, NOTED, THE_CLOCK = "Ditolak", "Catatan", "Sistem"


def table_text(entries: Sequence[Json], sop: Json) -> str:
    """One row an entry, all in the one offset that the trail tells. Separated by semicolons, as a spreadsheet set to Indonesian reads; every cell in quotation marks and
    more than a number, so that none loses digits; what would be read as a formula has an apostrophe before it.
    """
    files, steps = layout(entries, sop), task_steps(entries)
    names = {found["member"]: found for entry in entries for found in _actors(entry["entry"])}
    rows, zone = [COLUMNS], zone_of(entries)
    for entry in entries:
        at = moment_of(entry["at"])
        events = sorted(events_of(entry), key=_weight)
        told = [item for event in events for item in _details(event, files, sop, zone)]
        told = told if events else _noted(entry, files, names, sop, zone)
        rows.append(
            (
                str(entry["seq"]),
                at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S ") + _offset_text(zone),
                _who(entry, events, names, sop),
                _deed(entry, events),
                " dan ".join(str(step) for step in _steps_of(entry, events, steps, files)),
                "; ".join(dict.fromkeys(told)),
                f"sha256:{entry['hash']}",
            )
        )
    return MARK + "".join(";".join(map(_cell, row)) + "\r\n" for row in rows)


def zone_of(entries: Sequence[Json]) -> timezone:
    """The office's offset, as the last entry was applied in it: it is hashed with that entry."""
    told = [entry["entry"]["applied"] for entry in entries if "applied" in entry["entry"]]
    return timezone((moment_of(told[-1]).utcoffset() if told else None) or timedelta(0))


def moment_of(text: str) -> datetime:
    whole = re.sub(r"\.([0-9]{1,6})[0-9]*", lambda found: f".{found.group(1):0<6}", re.sub(r"Z$", "+00:00", text))
    at = datetime.fromisoformat(whole)  # which knew neither Z nor other fractions before Python 3.11
    if at.utcoffset() is None:
        raise Damaged(f"{text[:40]!r} tanpa zona waktu")
    return at


def _offset_text(zone: timezone) -> str:
    minutes = int(zone.utcoffset(None).total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _zone_name(zone: timezone) -> str:
    """As people say it: UTC+7 (WIB)."""
    text = _offset_text(zone)
    name = {"+07:00": " (WIB)", "+08:00": " (WITA)", "+09:00": " (WIT)"}.get(text, "")
    minutes = "" if text.endswith(":00") else f".{text[4:]}"
    return f"UTC{text[0]}{int(text[1:3])}{minutes}{name}"


def _cell(text: str) -> str:
    flat = UNSEEN.sub(" ", text).strip()
    flat = "".join(sign if not 0xD800 <= ord(sign) < 0xE000 else "\ufffd" for sign in flat)
    return '"' + FORMULA.sub(r"\1\2'\3", flat).replace('"', '""') + '"'


def _weight(event: Json) -> int:
    known = list(EVENTS)
    name = event.get("event")
    return known.index(name) if name in EVENTS else len(known)


def _deed(entry: Json, events: Sequence[Json]) -> str:
    body = entry["entry"]
    if "refusal" in body:
        return REFUSED
    if not events:
        return NOTES.get(_act_of(body), NOTED)
    event = events[0]
    if event.get("event") == "task_closed":
        return OUTCOMES.get(event["closing"]["outcome"], EVENTS["task_closed"][0])
    if event.get("event") == "version_added" and event.get("use") == "correction":
        return "Memperbaiki berkas"
    return EVENTS.get(str(event.get("event")), (NOTED,))[0]


def _details(event: Json, files: Layout, sop: Json, zone: timezone) -> list[str]:
    name = str(event.get("event"))
    told = []
    for heading, path in EVENTS.get(name, ("", ()))[1]:
        said = _said(_at(event, path), sop, zone)
        if said:
            told.append(f"{heading}: {said}")
    if name == "version_added":
        version = event["version"]
        place, was = files.versions[version["id"]], version["file"]["name"]
        told += [f"dokumen: {title_of(version, sop)}", f"berkas: {place}", f"nama semula: {was}"]
    elif name == "version_withdrawn":
        told.append(f"berkas: {files.versions[event['version']]}")
    elif name == "archive_corrected":
        for heading, path in ARCHIVE:
            now, was = _at(event, path), _at(event, path.replace("archive.", "was."))
            if now != was:
                told.append(f"{heading}: {_said(now, sop, zone)} (semula: {_said(was, sop, zone)})")
    elif name in CARRIED:
        told += [f"berkas: {files.hashes[file['sha256']]}" for file in _files_in(event)]
    if name in LIMITS and event.get("due"):
        heading = "batas waktu" if name != "task_opened" else f"batas waktu langkah {event['step']}"
        told.append(f"{heading}: {_said(event['due'], sop, zone)}")
    if name == "case_resumed":
        told += [f"batas waktu: {_said(item['due'], sop, zone)}" for item in event["limits"] if item.get("due")]
    return told


def _noted(entry: Json, files: Layout, names: dict[int, Json], sop: Json, zone: timezone) -> list[str]:
    """Of a refusal, and of what only notes something: what was tried, and what the trail says of it."""
    body = entry["entry"]
    act, name = body.get("act"), _act_of(body)
    told = [f"tindakan: {ACTS.get(name, name)}"] if name and name not in NOTES else []
    told += [f"berkas: {files.hashes[file['sha256']]}" for file in _files_in(act)]
    if "refusal" in body:
        told.append(f"kode alasan: {body['refusal']}")
    elif name in NOTES:
        member = names.get(act["member"]) if isinstance(act.get("member"), int) else None
        said = (("pegawai", member and member["name"]), ("pesan", act.get("message")), ("sampai", act.get("until")))
        told += [
            f"{heading}: {_said(value, sop, zone)}" for heading, value in (*said, ("sebab", act.get("error"))) if value
        ]
    return told


def _act_of(body: Json) -> str:
    act = body.get("act")
    return str(act.get("act") or "") if isinstance(act, dict) else ""


def _said(value: Any, sop: Json, zone: timezone) -> str:
    if isinstance(value, list):
        return ", ".join(_said(item, sop, zone) for item in value)
    if value is None or isinstance(value, dict):
        return ""
    text = str(value)
    if MOMENT.fullmatch(text):
        return moment_of(text).astimezone(zone).strftime("%Y-%m-%d %H:%M")
    titles = {item["id"]: item["title"] for item in (*sop["documents"], *sop["roles"])}
    return VALUES.get(text) or str(titles.get(text, text))


def _at(value: Any, path: str) -> Any:
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _actors(value: Any) -> Iterator[Json]:
    if isinstance(value, dict):
        if isinstance(value.get("name"), str) and isinstance(value.get("member"), int) and "role" in value:
            yield value
        value = value.values()
    elif not isinstance(value, list):
        return
    for item in value:
        yield from _actors(item)


def _who(entry: Json, events: Sequence[Json], names: dict[int, Json], sop: Json) -> str:
    """Who acted, with the post and its basis as the trail tells it."""
    for event in events:
        for found in (event, *(item for item in event.values() if isinstance(item, dict))):
            by = found.get("by")
            if isinstance(by, dict) and "name" in by:
                return _actor(by, sop)
    member = entry["member"]
    if member is None:
        return THE_CLOCK
    known = names.get(member)
    return _actor(known, sop) if known else f"Pegawai nomor {member}"


def _actor(by: Json, sop: Json) -> str:
    post = next((item["title"] for item in sop["roles"] if item["id"] == by["role"]), None)
    post = post or {"admin": "Administrator"}.get(by["role"], by["role"])
    unit = f", {by['unit']}" if by.get("unit") else ""
    order = f", berdasarkan Surat Perintah Nomor {by['order']}" if by.get("order") else ""
    return f"{by['name']} ({ACTING.get(str(by.get('kind')), '')}{post}{unit}{order})"


def _steps_of(entry: Json, events: Sequence[Json], steps: dict[int, int], files: Layout) -> list[int]:
    """The steps at which the act was done: not those that opened by it."""
    found = {_step_of(event, steps) for event in events if event.get("event") != "task_opened"}
    withdrawn = [files.versions[event["version"]] for event in events if event.get("event") == "version_withdrawn"]
    found |= {int(path.split("/")[1].split(" ")[0]) for path in withdrawn}
    act = entry["entry"].get("act")
    if not any(found) and isinstance(act, dict):
        found = {_step_of(act, steps)}
    return sorted(found - {0})


# --- BACA-SAYA.txt and SHA256SUMS ---


STATUSES = "0 semua lulus, 1 ada yang gagal, 2 perintahnya keliru, 3 belum terbukti (tanpa titik periksa)"


def readme_text(entries: Sequence[Json], sop: Json, *, has_checkpoint: bool, left_out: Sequence[str]) -> str:
    ended = {"case_finished": "telah diarsipkan", "case_cancelled": "dibatalkan", "step_reopened": "masih berjalan"}
    states = [
        ended[name] for entry in entries for event in events_of(entry) for name in ended if event["event"] == name
    ]
    signed = (
        (
            f"4. Titik periksa (checkpoint) bertanda tangan tersedia di {CHECKPOINT}. Yang membuktikan ialah kunci yang",
            f"   diserahkan langsung oleh kantor: python3 {PROGRAM} --kunci KUNCI",
            "   atau titik periksa yang sama dari percakapan administrator, disimpan sebagai berkas:",
            f"   python3 {PROGRAM} --checkpoint BERKAS",
        )
        if has_checkpoint
        else (
            "4. Titik periksa (checkpoint) bertanda tangan belum ada, jadi isi folder ini BELUM TERBUKTI: siapa pun dapat",
            "   membuatnya. Berkas bukti baru dapat diminta kepada kantor setelah titik periksa berikutnya.",
        )
    )
    lines = [
        f"BERKAS BUKTI PROSES {entries[0]['case']}",
        f"{sop['title']} (SOP Nomor {sop['number']}), {len(entries)} entri jejak audit; proses {(states or ['masih berjalan'])[-1]}.",
        "",
        f"1. {FINAL}/ memuat versi terakhir setiap dokumen; {EARLIER}/ memuat konsep dan versi yang lain; {ATTACHED}/",
        "   memuat lembar keputusan, catatan perbaikan, dan berkas lain yang disebut oleh jejak audit. Dua angka di depan",
        "   nama ialah nomor langkah SOP.",
        f"2. {TABLE} dapat dibuka dengan aplikasi lembar kerja (UTF-8, pemisah titik koma); {TRAIL} memuat entri yang",
        f"   sama persis seperti saat di-hash; {PROCEDURE} ialah SOP yang berlaku sejak proses dibuka.",
        f"3. Cara memeriksa, tanpa jaringan, dengan Python 3.8 atau yang lebih baru: python3 {PROGRAM}",
        *signed,
        "5. Setiap tekanan tombol yang tercatat ialah persetujuan dalam aplikasi, bukan tanda tangan elektronik tersertifikasi.",
        f"6. Isi folder ini tidak boleh ditambah, dikurangi, atau diubah namanya; {SUMS} memuat daftar lengkapnya.",
        f"7. Tidak terikat pada jejak audit: {', '.join(MADE)}. Isinya dibuat dari jejak audit, tetapi",
        f"   hanya cocok dengan {SUMS}, yang dapat ditulis ulang oleh siapa pun. Yang membuktikan ialah jejak audit; bila",
        "   perlu, yang baru dapat diminta kepada kantor.",
        f"   Demikian pula {PROGRAM}: SHA-256-nya dibandingkan dengan yang ditulis oleh alur audit key di kantor.",
        f"8. Status {PROGRAM}: {STATUSES}.",
    ]
    if left_out:
        lines.append("9. Terlalu besar untuk dikirim melalui percakapan, tersedia melalui alur audit export di server:")
        lines += [f"   {name}" for name in left_out]
    return "".join(f"{line}\n" for line in lines)


def sums_text(hashes: dict[str, str]) -> str:
    return "".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes))


def read_sums(text: str) -> dict[str, str]:
    found = {}
    for line in text[:-1].split("\n"):
        parts = re.fullmatch(r"([0-9a-f]{64})  (.+)", line)
        if not parts:
            raise Damaged(f"{SUMS}: {_line(line)} bukan SHA-256 dengan nama berkas")
        found[parts.group(2)] = parts.group(1)
    if sums_text(found) != text:
        raise Damaged(f"{SUMS}: {OTHER_FORM}")
    return found


# --- the checks ---


PROVED, FAILED, WRONG_USE, NOT_PROVED = 0, 1, 2, 3  # statuses
GOOD, BAD, NOT_YET, UNCHECKED, INCOMPARABLE = (
    "LULUS",
    "GAGAL",
    "BELUM ADA",
    "BELUM DIPERIKSA",
    "TIDAK DAPAT DIBANDINGKAN",
)
SIGNED_CHECK, GIVEN_KEY, GIVEN_POINT = (
    "Tanda tangan titik periksa (checkpoint)",
    "Kunci yang diberikan",
    "Titik periksa yang diberikan",
)
LINE_ENDS = "akhir barisnya telah diubah; ZIP aslinya mohon diekstrak kembali"


class Check(NamedTuple):
    name: str
    faults: tuple[str, ...]
    state: str = GOOD
    says: str = ""  # in its state: what is proved, or why nothing is


class Undecided(Exception):
    """Nothing failed, and nothing is proved; its arguments are the state, and a clause in Bahasa Indonesia."""


class Bundle:
    """A folder that is to be checked. What one check has read is at hand for the next; what cannot be read raises `Damaged`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names, self.empty, self.strange = _walk(folder)
        self._read: dict[str, Any] = {}
        self._hashes: dict[str, str] = {}

    @property
    def is_one(self) -> bool:
        """Whether anything in it is a bundle's."""
        return not {README, SUMS, CHECKPOINT, TRAIL, TABLE, PROCEDURE}.isdisjoint(self.names)

    def bytes(self, name: str) -> bytes:
        try:
            return (self.folder / name).read_bytes()
        except OSError as error:
            raise Damaged(f"{name} {_why(error)}") from None

    def text(self, name: str) -> str:
        try:
            found: str = self.once(name, lambda: self.bytes(name).decode())
        except UnicodeDecodeError:
            raise Damaged(f"{name} bukan teks UTF-8") from None
        if ("\r" in found) if name != TABLE else (found.count("\n") != found.count("\r\n")):
            raise Damaged(f"{name}: {LINE_ENDS}")
        return found

    def sha256(self, name: str) -> str:
        if name not in self._hashes:
            digest = hashlib.sha256()
            try:
                with (self.folder / name).open("rb") as file:
                    for piece in iter(lambda: file.read(1 << 20), b""):
                        digest.update(piece)
            except OSError as error:
                raise Damaged(f"{name} {_why(error)}") from None
            self._hashes[name] = digest.hexdigest()
        return self._hashes[name]

    def once(self, what: str, read: Callable[[], Any]) -> Any:
        if what not in self._read:
            self._read[what] = read()
        return self._read[what]

    def sums(self) -> dict[str, str]:
        found: dict[str, str] = self.once("the sums", lambda: read_sums(self.text(SUMS)))
        return found

    def trail(self) -> list[Json]:
        found: list[Json] = self.once("the trail", lambda: read_trail(self.text(TRAIL)))
        return found

    def sop(self) -> Json:
        found: Json = self.once("the procedure", lambda: read_sop(self.text(PROCEDURE)))
        return found

    def checkpoint(self) -> Checkpoint:
        found: Checkpoint | None = self.once("the checkpoint", lambda: read_checkpoint(self.text(CHECKPOINT)))
        if found is None:
            raise Undecided(NOT_YET, "entri terakhir belum tercakup")
        return found

    def layout(self) -> Layout:
        found: Layout = self.once("the layout", lambda: layout(self.trail(), self.sop()))
        return found

    def left_out(self) -> list[str]:
        """Large files that neither the folder nor its list has: as it comes by chat."""
        listed = self.sums()
        found = (item for item in self.layout().files if item.size > LARGEST)
        return [item.path for item in found if item.path not in listed and item.path not in self.names]

    def left_behind(self) -> list[str]:
        """What programs made in it, and empty folders: no part of it, whatever is in them. What its own list names is."""
        try:
            listed = self.sums()
        except Damaged:
            listed = {}
        found = [name for name in self.names if LEFT_BEHIND.fullmatch(name) and name not in listed]
        return found + [f"{name}/" for name in self.empty]


def _why(error: OSError) -> str:
    return "tidak ada" if isinstance(error, FileNotFoundError) else "tidak dapat dibaca"


def _walk(folder: Path) -> tuple[list[str], list[str], list[str]]:
    """The files, the empty folders, and what else there is: links, whatever cannot be read."""
    names, empty, strange = [], [], []
    for place, folders, files in os.walk(str(folder), onerror=lambda error: strange.append(_inside(folder, error))):
        inside = Path(place).relative_to(folder)
        if not folders and not files and inside.parts:
            empty.append(inside.as_posix())
        for name in (*folders, *files):
            path = inside / name
            mode = (folder / path).lstat().st_mode
            if stat.S_ISREG(mode):
                names.append(path.as_posix())
            elif not stat.S_ISDIR(mode):
                strange.append(path.as_posix())
    return sorted(names), sorted(empty), sorted(strange)


def _inside(folder: Path, error: OSError) -> str:
    return os.path.relpath(str(error.filename), str(folder))


def _names(bundle: Bundle) -> Faults:
    listed = {*bundle.sums(), SUMS}
    wanted = {README, SUMS, PROGRAM, CHECKPOINT, TRAIL, TABLE, PROCEDURE, *MADE}
    wanted |= {item.path for item in bundle.layout().files} - set(bundle.left_out())
    there = set(bundle.names) - set(bundle.left_behind())
    return [
        *(f"tidak ada: {_shown(name)}" for name in sorted((listed | wanted) - there)),
        *(f"tidak termasuk: {_shown(name)}" for name in sorted(there - (listed & wanted))),
        *(f"bukan berkas biasa: {_shown(name)}" for name in bundle.strange),
    ]


def _sums(bundle: Bundle) -> Faults:
    listed, found = bundle.sums(), []
    for name in sorted({*listed} & {*bundle.names}):
        if bundle.sha256(name) != listed[name]:
            unix = bundle.bytes(name).replace(b"\r\n", b"\n")
            was = (unix, unix.replace(b"\n", b"\r\n"))
            is_mended = any(hashlib.sha256(data).hexdigest() == listed[name] for data in was)
            found.append(f"{_shown(name)}: {LINE_ENDS}" if is_mended else f"berubah: {_shown(name)}")
    return found


def _chain(bundle: Bundle) -> Faults:
    first = events_of(bundle.trail()[0])
    return [] if first and first[0].get("event") == "case_opened" else ["entri pertama bukan pembukaan proses"]


def _sop(bundle: Bundle) -> Faults:
    digest = hashlib.sha256(sop_canonical(bundle.sop()).encode()).hexdigest()
    wanted = events_of(bundle.trail()[0])[0]["sop_hash"]
    return [] if digest == wanted else ["isinya bukan SOP yang disebut oleh entri pertama jejak audit"]


def _documents(bundle: Bundle) -> Faults:
    absent = set(bundle.left_out())
    found = []
    for item in bundle.layout().files:
        if item.path in absent:
            continue
        if item.path not in bundle.names:
            found.append(f"tidak ada: {item.path}")
        elif bundle.sha256(item.path) != item.sha256:
            found.append(f"isinya bukan yang disebut oleh jejak audit: {item.path}")
    return found


def _table(bundle: Bundle) -> Faults:
    text = bundle.text(TABLE)
    return [] if table_text(bundle.trail(), bundle.sop()) == text else [f"isinya lain daripada {TRAIL}"]


def _readme(bundle: Bundle) -> Faults:
    signed = read_checkpoint(bundle.text(CHECKPOINT)) is not None
    left_out = bundle.left_out()
    made = readme_text(bundle.trail(), bundle.sop(), has_checkpoint=signed, left_out=left_out)
    return [] if made == bundle.text(README) else [f"{README}: isinya lain daripada yang ditulis oleh Alur"]


def _signature(bundle: Bundle) -> Faults:
    found = bundle.checkpoint()
    good = has_signed(read_key(found.key), read_note(found.note))
    return [] if good else ["titik periksa tidak ditandatangani dengan kunci yang tertulis di bawahnya"]


def _inclusion(bundle: Bundle) -> Faults:
    found, entries = bundle.checkpoint(), bundle.trail()
    note = read_note(found.note)
    if [index for index, _ in found.proofs] != [entry["id"] - 1 for entry in entries]:
        return ["bukti inklusi tidak tersedia untuk setiap entri, satu demi satu"]
    return [
        f"entri {entry['seq']}: bukti inklusinya tidak menuju akar pohon pada titik periksa"
        for entry, (index, path) in zip(entries, found.proofs)  # noqa: B905 - as many of both, and Python 3.8
        if root_from(bytes.fromhex(entry["hash"]), index, note.size, path) != note.root
    ]


def _key(bundle: Bundle, line: str) -> Faults:
    good = has_signed(read_key(line), read_note(bundle.checkpoint().note))
    return [] if good else ["titik periksa tidak ditandatangani dengan kunci yang diberikan"]


def _pasted(bundle: Bundle, text: str, line: str | None) -> Faults:
    """Of several, each of the same size is compared; the others prove nothing, and disprove nothing."""
    found, given = bundle.checkpoint(), [read_note(item) for item in notes_in(text)]
    own, key = read_note(found.note), read_key(line or found.key)
    if not given:
        return [NO_POINT]
    if any(item.size == own.size and item.root != own.root for item in given):
        return ["akar pohonnya lain: jejak audit ini bukan yang dahulu ditandatangani"]
    signed = [item for item in given if has_signed(key, item)]
    if not signed and own.origin not in {item.origin for item in given}:
        return [f"titik periksa yang diberikan ialah milik {given[0].origin}, bukan {own.origin}"]
    if not signed:
        return ["titik periksa yang diberikan tidak ditandatangani dengan kunci kantor"]
    if not any(item.size == own.size for item in signed):
        sizes = ", ".join(str(item.size) for item in signed)
        raise Undecided(INCOMPARABLE, f"mencakup {sizes} entri, yang di sini {own.size}")
    return []


NO_POINT = "tidak memuat titik periksa (checkpoint); kelima barisnya mohon disalin dari percakapan"


def checks(folder: Path, *, key: str | None = None, pasted: str | None = None) -> list[Check]:
    """Every check of the bundle; damage of any kind is a fault of the check that met it first."""
    return _checks(Bundle(folder), key, pasted)


def _checks(bundle: Bundle, key: str | None, pasted: str | None) -> list[Check]:
    whole: list[tuple[str, Callable[[], Faults], str]] = [
        ("Rantai jejak audit", lambda: _chain(bundle), "entri saling mengikat"),
        (PROCEDURE, lambda: _sop(bundle), "SOP sejak dibuka"),
        (SUMS, lambda: _sums(bundle), "salinan tidak rusak"),
        ("Nama berkas lengkap dan tidak ada yang lain", lambda: _names(bundle), "sesuai jejak audit"),
        ("Dokumen sesuai dengan jejak audit", lambda: _documents(bundle), "isinya yang tercatat"),
        (TABLE, lambda: _table(bundle), "sama dengan jejak"),
        (README, lambda: _readme(bundle), "sama dengan jejak"),
        (SIGNED_CHECK, lambda: _signature(bundle), "kunci yang tertulis"),
        ("Bukti inklusi setiap entri", lambda: _inclusion(bundle), "tercakup titik periksa"),
    ]
    if key is not None:
        whole.append((GIVEN_KEY, lambda: _key(bundle, str(key)), "penanda tangan benar"))
    if pasted is not None:
        whole.append((GIVEN_POINT, lambda: _pasted(bundle, str(pasted), key), "sama seperti dahulu"))
    found: list[Check] = []
    for name, check, says in whole:
        made = _found(name, check, says)
        told = {fault for earlier in found for fault in earlier.faults}
        found.append(
            Check(name, (), UNCHECKED, "lihat di atas") if made.faults and told.issuperset(made.faults) else made
        )
    return found


def _found(name: str, check: Callable[[], Faults], says: str) -> Check:
    try:
        faults = tuple(check())
    except Damaged as error:
        faults = (str(error),)
    except Undecided as why:
        return Check(name, (), *map(str, why.args))
    except Exception:  # noqa: BLE001 - whatever a changed byte leads to is a fault, and never ends the program
        faults = (f"{name}: isinya tidak dapat dibaca",)
    return Check(name, faults, BAD if faults else GOOD, "" if faults else says)


def _shown(name: str) -> str:
    return ascii(name)[1:-1]


def report(folder: Path, *, key: str | None = None, pasted: str | None = None) -> tuple[list[str], int]:
    """The lines to be printed, and the status."""
    bundle = Bundle(folder)
    found = _checks(bundle, key, pasted)
    lines = []
    for check in found:
        lines.append(f"{check.state}: {check.name}" + (f" ({check.says})" if check.says else ""))
        lines += [f"    {fault}" for fault in check.faults[:20]]
        if len(check.faults) > 20:
            lines.append(f"    dan {len(check.faults) - 20} lagi")
    lines += [f"DAPAT DIHAPUS: {_shown(name)} (bukan bagian berkas bukti)" for name in bundle.left_behind()]
    if any(check.state in (BAD, UNCHECKED) for check in found):
        return [*lines, "Berkas bukti ini TIDAK utuh: ada yang gagal, sebagaimana disebut di atas."], FAILED
    lines += [
        f"TIDAK DISERTAKAN: {name} (terlalu besar untuk percakapan; alur audit export di server)"
        for name in bundle.left_out()
    ]
    lines += [f"TIDAK TERIKAT: {name}" for name in (*MADE, PROGRAM)]
    lines += [
        f"    Hanya cocok dengan {SUMS}, yang dapat ditulis ulang oleh siapa pun. {', '.join(MADE)}: dibuat dari jejak audit;",
        "    yang membuktikan ialah jejak audit. Bila perlu, yang baru dapat diminta kepada kantor.",
        f"Waktu dalam tabel: {_zone_name(zone_of(bundle.trail()))}, menurut jejak audit.",
    ]
    told, status = _ending(bundle, {check.name for check in found if check.state == GOOD})
    return [*lines, *told], status


def _ending(bundle: Bundle, passed: set[str]) -> tuple[list[str], int]:
    """Where nothing failed: what is proved, what is not, and what would prove it."""
    not_told = "Yang TIDAK dibuktikan: bahwa isi entri itu benar, dan bahwa tidak ada entri sesudahnya."
    try:
        saved = bundle.checkpoint()
    except Undecided:
        return [
            not_told,
            "Tidak ada yang gagal, tetapi BELUM TERBUKTI: titik periksa bertanda tangan belum ada. Siapa pun dapat membuat folder ini.",
        ], NOT_PROVED
    if passed.isdisjoint((GIVEN_KEY, GIVEN_POINT)):
        return [
            f"Kunci yang tertulis: {saved.key}",
            "    Pembandingnya: kunci dari kantor (--kunci KUNCI) atau titik periksa dari percakapan (--checkpoint BERKAS).",
            not_told,
            "Semua pemeriksaan lulus, tetapi kunci di atas BELUM DIBANDINGKAN: siapa pun dapat menandatangani dengan kunci sendiri.",
        ], PROVED
    return [not_told, "Semua pemeriksaan lulus."], PROVED


# --- the command ---

USAGE = f"python3 {PROGRAM} [FOLDER] [--kunci KUNCI] [--checkpoint BERKAS]"
HELP = f"""Memeriksa berkas bukti suatu proses Alur, tanpa jaringan.

    {USAGE}

FOLDER               folder berkas bukti; tanpa itu, folder tempat program ini berada
--kunci KUNCI        kunci publik yang diserahkan langsung oleh kantor (alur audit key)
--checkpoint BERKAS  titik periksa (checkpoint) yang disalin dari percakapan; - untuk masukan baku
--help               menampilkan keterangan ini

Status: {STATUSES}.
"""


class WrongUse(Exception):
    """Its text is a sentence in Bahasa Indonesia."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:  # noqa: ARG002 - it is in English
        raise WrongUse(f"Perintahnya keliru. Pemakaian: {USAGE}")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = _Parser(add_help=False, allow_abbrev=False)
    parser.add_argument("folder", nargs="?")
    parser.add_argument("--kunci")
    parser.add_argument("--checkpoint")
    parser.add_argument("-h", "--help", action="store_true")
    try:
        given = parser.parse_args(arguments)
        if given.help:
            _write(sys.stdout, [HELP.rstrip()])
            return PROVED
        folder = Path(given.folder) if given.folder else Path(__file__).resolve().parent
        _usable(folder, given.kunci)
        pasted = _text_of(given.checkpoint) if given.checkpoint is not None else None
    except WrongUse as error:
        _write(sys.stderr, [str(error)])
        return WRONG_USE
    lines, status = report(folder, key=given.kunci, pasted=pasted)
    own = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    about = "Program yang memeriksa; SHA-256-nya mohon dibandingkan dengan yang ditulis oleh alur audit key di kantor:"
    _write(sys.stdout, [about, f"    {own}", *lines])
    return status


def _usable(folder: Path, key: str | None) -> None:
    if not folder.is_dir() or not Bundle(folder).is_one:
        raise WrongUse(f"{_shown(str(folder))}: ini bukan folder berkas bukti.")
    if key is not None:
        try:
            read_key(key)
        except (Damaged, ValueError):
            raise WrongUse("--kunci: bukan kunci publik yang utuh (NAMA+NOMOR+KUNCI).") from None


def _text_of(name: str) -> str:
    """What a chat or an editor saved, in whichever of the usual ways it is written."""
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except (OSError, ValueError) as error:
        why = "tidak ada" if isinstance(error, FileNotFoundError) else "tidak dapat dibaca"
        raise WrongUse(f"--checkpoint: {_shown(name)} {why}.") from None
    text = text_in(data)
    if not notes_in(text):
        raise WrongUse(f"--checkpoint: {_shown(name)} {NO_POINT}.")
    return text


def text_in(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if b"\0" in data:
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _write(to: TextIO, lines: Sequence[str]) -> None:
    to.buffer.write("".join(f"{line}\n" for line in lines).encode())
    to.flush()


if __name__ == "__main__":
    sys.exit(main())
