"""A case with all that a bundle can hold, on a database and in a store: returns, notes, sheets, a Plh, corrections, refusals,
and names that no system could make.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from alur.evidence.note import Signer
from alur.services.evidence import checkpoints
from alur.services.work import Work
from alur.storage import audit, cases, sops
from alur.workflow.apply import replay
from alur.workflow.case import UNIT_FILE
from alur.workflow.events import EVENTS
from bot.papers import PAPERS
from tests import acts
from tests.factories import ADMIN, ANALIS, CALENDAR, JOKO, KABAG, SEKRETARIS, TU, WIB, Walk, a_file

SIGNER = Signer("alur-audit-test", bytes(range(32)))
NIP = "197012312000121001"
FORMULA = '=HYPERLINK("http://127.0.0.1";"x")'
NAMES = ("CON.docx", "a b\\c:d*?.pdf", "  titik. . .xlsx", "=1+1.docx", "nama\u202eterbalik.docx", "e\u0301.docx")
NOTE = a_file("suara.ogg", mime="audio/ogg", kind="voice")


@dataclass(frozen=True, kw_only=True)
class Kept:
    case_id: int
    code: str
    entries: int


def a_long_walk():
    """From the letter to the archive, through everything that brings a file or a word, and what came after."""
    walk = Walk().open(number=NIP, file=a_file(NAMES[1]))
    walk.dispose(SEKRETARIS, text=FORMULA).dispose(KABAG)
    walk.upload(ANALIS, "data_capaian", NAMES[2]).upload(ANALIS, "konsep_undangan", NAMES[3])
    walk.upload(ANALIS, "konsep_undangan", "keliru.docx")
    walk.do(acts.Withdraw(by=ANALIS, version=walk.case.versions[-1].id))
    walk.ask(ANALIS, "kabag_umum", "-2+3 apakah benar;=A1?").reply(KABAG, 1, "Benar.\n@Rina")
    walk.submit().record()
    walk.schedule(ANALIS, 4).upload(ANALIS, "undangan").upload(
        ANALIS, UNIT_FILE, "data teknik.xlsx", unit="Direktorat Teknik"
    )
    walk.upload(ANALIS, UNIT_FILE, "data.xlsx", unit="Direktorat Program").submit()
    walk.answer(JOKO, "represented", representative="Bu Ina").hinder(ANALIS, days=None)
    walk.upload(ANALIS, "notula_rekonsiliasi", NAMES[0]).upload(ANALIS, "pemutakhiran_data").meet()
    walk.upload(ANALIS, "konsep_nota_dinas_rapat").upload(ANALIS, "data_awal").submit()
    walk.send_back(KABAG, file=NOTE)
    walk.upload(ANALIS, "konsep_nota_dinas_rapat", NAMES[4]).submit().approve(KABAG).send_back(SEKRETARIS)
    walk.upload(KABAG, "konsep_nota_dinas_rapat", NAMES[5]).approve(KABAG).approve(SEKRETARIS)
    walk.upload(ANALIS, "nota_dinas_rapat", "Nota Dinas bertanda tangan.pdf", signed=True)
    walk.schedule(ANALIS, 8, starts=datetime(2026, 11, 20, 9, 0, tzinfo=WIB))
    walk.upload(ANALIS, "notula_validasi").upload(ANALIS, "data_validasi").meet()
    walk.suspend().resume().holding().upload(
        ANALIS, "konsep_nota_dinas_laporan"
    ).submit().take_back().submit().hand_on()
    walk.approve(KABAG).hand_on().direct().hand_on().archive().hand_on()
    walk.correct(TU, "archive.location", "Lemari A-4").correct(TU, "open_case.letter", a_file("surat pembetulan.pdf"))
    return walk


def keep(work, store, walk, *, sign=True, size=None):
    """The walk as the services would have written it, among entries of the office, with its files' bytes in the store."""
    sops.store(work.session, walk.sop, walk.case.sop_hash, work.now)
    trail = [(at, _with_bytes(entry, store, size)) for at, entry in walk.trail]
    case = replay(event for _, entry in trail for event in EVENTS.validate_python(entry["events"]))
    case_id = cases.create(work.session, case).id
    office(work, 3)
    for number, (at, entry) in enumerate(trail):
        by = entry["act"]["by"] or None
        moments = {"applied": at.isoformat(), "update": number}
        audit.append(work.session, case_id=case_id, at=at, member=by, entry={**entry, **moments})
        if number % 5 == 0:
            office(work, 2)
            refused(work, store, case_id, at)
    entries = audit.count(work.session, case_id)
    office(work, 4)
    if sign:
        signed(work)
    return Kept(case_id=case_id, code=case.code, entries=entries)


def office(work, count):
    for number in range(count):
        audit.append(
            work.session, case_id=None, at=work.now, member=ADMIN, entry={"act": {"act": "screen", "n": number}}
        )


def refused(work, store, case_id, at):
    file = {**a_file("ditolak.pdf").model_dump(mode="json")}
    act = {"act": "upload", "by": SEKRETARIS, "document": "undangan", "file": file, "caption": "\ud83d setengah"}
    entry = _with_bytes({"act": act, "refusal": "NotWanted", "applied": at.isoformat(), "update": 1}, store)
    audit.append(work.session, case_id=case_id, at=at, member=SEKRETARIS, entry=entry)


def signed(work):
    checkpoints.begin_key(work, SIGNER)
    return checkpoints.sign(work, checkpoints.measured(work), SIGNER)


def a_work(session, at=None):
    at = at or datetime(2026, 12, 18, 9, 0, tzinfo=WIB)
    return Work(session=session, at=at, now=at + timedelta(seconds=1), calendar=CALENDAR, procedures=(), papers=PAPERS)


def _with_bytes(value, store, size=None):
    """The same with files that are there, of that size if one is given: each name of a file's content becomes that of real
    bytes.
    """
    if isinstance(value, list | tuple):
        return [_with_bytes(item, store, size) for item in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("sha256"), str) and "size" in value:
        data = f"%PDF the bytes of {value['sha256']}\n".encode() * 7
        data = data if size is None else data.ljust(size, b"x")
        store.put(data)
        return value | {"sha256": sha256(data).hexdigest(), "size": len(data)}
    return {key: _with_bytes(item, store, size) for key, item in value.items()}
