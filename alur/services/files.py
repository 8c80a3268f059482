"""Files that people send: which document one is, and its way into the case.

A file is stored before its transaction begins (DESIGN, "Files first"); here it is only placed.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from alur.services import forms
from alur.services.form_rows import form_of
from alur.services.perform import perform
from alur.services.replies import Reply
from alur.services.replies import about as subject_of
from alur.services.situations import situation
from alur.services.tell import tell
from alur.services.work import UNKNOWN, Answer, Work, note_in_office_trail, refused
from alur.storage import cases, messages, uploads
from alur.storage.forms import open_for as open_form
from alur.storage.members import Member
from alur.workflow import acts
from alur.workflow.case import UNIT_FILE, FileRef
from alur.workflow.engine import Situation, Slot, slots
from alur.workflow.matching import Candidate, match
from alur.workflow.sop import TaskKind

LARGEST = 20 * 1024 * 1024  # bytes: what Telegram hands to a bot (Bot API, getFile)
EXTENSIONS = frozenset({".pdf", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".csv", ".jpg", ".jpeg", ".png", ".zip"})


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """What is known of a file before it is fetched."""

    name: str
    size: int  # bytes
    kind: str  # document, photo or voice


@dataclass(frozen=True, kw_only=True)
class Place:
    """A slot in one of the running cases."""

    case_id: int
    s: Situation
    slot: Slot

    @property
    def title(self) -> str:
        if self.slot.document == UNIT_FILE:
            return unit_title(self.s, self.slot.unit or "", self.slot.task)
        return self.s.sop.document(self.slot.document).title

    @property
    def token(self) -> str:
        """Names the place in a button: `<case>.<document>`, with a mark for a signed copy or for the unit."""
        if self.slot.unit:
            return f"{self.case_id}.{self.slot.document}.{hashlib.sha256(self.slot.unit.encode()).hexdigest()[:8]}"
        return f"{self.case_id}.{self.slot.document}" + (".s" if self.slot.signed else "")

    def candidate(self) -> Candidate:
        aliases = () if self.slot.document == UNIT_FILE else self.s.sop.document(self.slot.document).aliases
        return Candidate(
            key=self.token, titles=(self.title, *aliases), period=self.s.case.period, is_asked=self.slot.is_asked
        )


def unit_title(s: Situation, unit: str, task: int | None) -> str:
    found = s.case.task(task) if task else None
    prefix = s.definition(found).unit_files if found else None
    return f"{prefix or ''} {unit}".strip()


def fault_of(incoming: Incoming, *, is_reason: bool) -> str | None:
    """Why a file is not taken: empty, too large, or of a kind that no office program reads. A reason may be spoken."""
    if incoming.size == 0:
        return "empty"
    if incoming.size > LARGEST:
        return "size"
    if incoming.kind == "voice":
        return None if is_reason else "kind"
    if incoming.kind == "document" and PurePath(incoming.name).suffix.lower() not in EXTENSIONS:
        return "kind"
    return None


def check(work: Work, *, telegram_id: int, incoming: Incoming, reply: Reply | None) -> tuple[str, str | None]:
    """Before the file is fetched, and without writing: ("take", None), ("refuse", why) or ("stranger", None)."""
    if work.member(telegram_id) is None:
        return ("stranger", None)
    is_reason = forms.wants_file(work, telegram_id=telegram_id, reply=reply)
    fault = fault_of(incoming, is_reason=is_reason)
    return ("refuse", fault) if fault else ("take", None)


def refuse(work: Work, *, telegram_id: int, name: str, reason: str) -> None:
    """Says kindly that the file was not taken, and why. The refusal stands in the office's trail."""
    member = work.member(telegram_id)
    if member is None:
        return
    entry = {"act": {"act": "send_file", "by": member.id, "name": name}, "refusal": "FileRefused", "reason": reason}
    note_in_office_trail(work, member=member.id, entry=entry)
    tell(work, member, "file_refused", {"reason": reason, "name": name})


def take(work: Work, *, telegram_id: int, message_id: int, file: FileRef, caption: str, reply: Reply | None) -> None:
    """Places a stored file: for the open form, for the slot that it names, or after one question."""
    member = work.member(telegram_id)
    if member is None:
        return
    if forms.take_file(work, member, file, reply):
        return
    places = places_of(work, member)
    about = subject_of(work, member, reply)
    narrowed = _narrowed(places, about) if about else None
    if narrowed is not None and len(narrowed) == 1 and (is_pdf(file) or not narrowed[0].slot.signed):
        _upload(work, member, narrowed[0], file, message_id)
        return
    if about is not None and not narrowed and "version" in about and "case_id" in about:
        _refuse_version(work, member, about, file)
        return
    found = [place for place in narrowed or places if not place.slot.signed or is_pdf(file)]
    periods = [record.case.period for record in cases.all_(work.session)]
    result = match(f"{caption} {file.name}", tuple(place.candidate() for place in found), periods)
    by_token = {place.token: place for place in found}
    if result.one is not None:
        _upload(work, member, by_token[result.one], file, message_id)
    elif not found:
        _unwanted(work, member, file)
    else:
        _ask_which(work, member, file, message_id, [by_token[key] for key in result.several])


def choose(work: Work, *, telegram_id: int, upload_id: int, place: str) -> Answer:
    """The answer to "which document is this?"; "0" leaves the file aside."""
    member = work.member(telegram_id)
    upload = uploads.get(work.session, upload_id)
    if member is None or upload is None or upload.member_id != member.id:
        return UNKNOWN
    if upload.settled_at is not None:
        return Answer(name="form_over", alert=True)
    if place == "0":
        uploads.settle(work.session, upload_id, at=work.now)
        return Answer(name="form_cancelled")
    found = next((item for item in places_of(work, member) if item.token == place), None)
    if found is None:
        return Answer(name="form_over", alert=True)
    uploads.settle(work.session, upload_id, at=work.now)
    return _upload(work, member, found, upload.file, upload.message_id)


def is_pdf(file: FileRef) -> bool:
    """A letter that was signed outside comes as PDF: its signature is inside."""
    return file.name.lower().endswith(".pdf")


def places_of(work: Work, member: Member) -> tuple[Place, ...]:
    """Every slot of the member in every case, running ones first."""
    office = work.office()
    records = sorted(cases.all_(work.session), key=lambda record: record.case.finished_at is not None)
    found = []
    for record in records:
        s = situation(work, record.case, office)
        found += [Place(case_id=record.id, s=s, slot=slot) for slot in slots(s, member.id)]
    return tuple(found)


def _narrowed(places: Sequence[Place], about: dict[str, object]) -> list[Place]:
    """The places that a reply means: those of the card's task, of the older version's document, of the letter asked
    for. A product means its source, while that is open.
    """
    case_places = [place for place in places if place.case_id == about.get("case_id")]
    if "version" in about:
        return [place for place in case_places if _means(place, int(str(about["version"])))]
    if "document" in about:
        return [place for place in case_places if place.slot.document == about["document"] and place.slot.signed]
    if "task" in about:
        task = int(str(about["task"]))
        return [place for place in case_places if place.slot.task == task or (task == 1 and place.slot.use == "letter")]
    return case_places


def _means(place: Place, version_id: int) -> bool:
    version = place.s.case.version(version_id)
    if version is None:
        return False
    if (place.slot.document, place.slot.unit) == (version.document, version.unit):
        return not place.slot.signed or not _has_unsigned_place(place, version_id)
    source = place.s.case.version(version.source) if version.source else None
    return source is not None and place.slot.document == source.document


def _has_unsigned_place(place: Place, version_id: int) -> bool:
    """Whether the version's source is open, and is therefore meant rather than a signed copy."""
    version = place.s.case.version(version_id)
    source = place.s.case.version(version.source) if version and version.source else None
    task = place.s.case.open_task
    return bool(source and task and source.document in place.s.step(task).uploads)


def _upload(work: Work, member: Member, place: Place, file: FileRef, message_id: int) -> Answer:
    act = acts.Upload(
        by=member.id,
        document=place.slot.document,
        file=file,
        unit=place.slot.unit,
        signed=place.slot.signed,
    )
    decision = perform(work, place.case_id, act)
    if decision.refusal:
        tell(work, member, "refused", {"case_id": place.case_id, **decision.refusal.as_notice()})
        return refused(decision.refusal, place.s.sop)
    version = next(event.version.id for event in decision.events if event.event == "version_added")
    about = {"case_id": place.case_id, "version": version}
    messages.record(work.session, member.telegram_id, message_id, about)  # a reply to it means this document
    tell(work, member, "file_received", about)
    return Answer(name="file_taken")


def _refuse_version(work: Work, member: Member, about: dict[str, object], file: FileRef) -> None:
    """A reply to a file of a step that is closed: the engine refuses, with whom to ask."""
    record = cases.get(work.session, int(str(about["case_id"])))
    version = record.case.version(int(str(about["version"]))) if record else None
    if record is None or version is None:
        _unwanted(work, member, file)
        return
    act = acts.Upload(by=member.id, document=version.document, file=file, unit=version.unit, signed=version.signed)
    decision = perform(work, record.id, act)
    if decision.refusal:
        role = decision.refusal.facts.get("role")
        tell(work, member, "file_unwanted", {"name": file.name, **_whom_to_ask(work, record.id, role)})


def _unwanted(work: Work, member: Member, file: FileRef) -> None:
    entry = {"act": {"act": "send_file", "by": member.id, "name": file.name}, "refusal": "NotWanted"}
    note_in_office_trail(work, member=member.id, entry=entry)
    running = cases.unfinished(work.session)
    task = running[0].case.open_task if len(running) == 1 else None
    whom = _whom_to_ask(work, running[0].id, task.role) if task else {"role": None, "by_name": []}
    about = {"may_return": _may_return(work, member), "is_second": _has_form_with_file(work, member)}
    tell(work, member, "file_unwanted", {"name": file.name, **whom, **about})


def _has_form_with_file(work: Work, member: Member) -> bool:
    """Whether his open form has its file already: of two sheets that were sent together this is the second."""
    row = open_form(work.session, member.id)
    if row is None:
        return False
    form = form_of(row)
    return not form.answers.keys().isdisjoint(("file", *(item.name for item in form.fields if item.kind == "file")))


def _may_return(work: Work, member: Member) -> bool:
    """Whether the file is probably his correction of a draft that lies before him: that goes with *Kembalikan*."""
    roles = work.office().roles(member.id, work.at)
    tasks = (record.case.open_task for record in cases.unfinished(work.session))
    return any(task and task.kind is TaskKind.REVIEW and task.role in roles for task in tasks)


def _whom_to_ask(work: Work, case_id: int, role: object) -> dict[str, object]:
    if not isinstance(role, str):
        return {"case_id": case_id, "role": None, "by_name": []}
    names = [item.name for item in work.office().holders(role, work.at)]
    return {"case_id": case_id, "role": role, "by_name": names}


def _ask_which(work: Work, member: Member, file: FileRef, message_id: int, places: Sequence[Place]) -> None:
    upload = uploads.add(work.session, member_id=member.id, message_id=message_id, file=file, at=work.now)
    options = [
        {
            "case_id": place.case_id,
            "code": place.s.case.code,
            "token": place.token,
            "title": place.title,
            "signed": place.slot.signed,
        }
        for place in places
    ]
    tell(work, member, "which_document", {"upload": upload.id, "name": file.name, "options": options})
