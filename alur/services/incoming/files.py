"""Files that people send: which document one is, and its way into the case.

A file is stored before its transaction begins (DESIGN, "Files first"); here it is only placed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alur.services.cases.perform import perform
from alur.services.incoming import form_file, form_input, unwanted
from alur.services.incoming.form_file import FORM, FormPlace
from alur.services.incoming.places import Place, cases_of, elsewhere, narrowed, places_in, places_of
from alur.services.incoming.replies import Reply
from alur.services.incoming.replies import about as subject_of
from alur.services.people.office import refuse as refuse_attempt
from alur.services.people.office import refuse_stranger
from alur.services.tell import occasion, on, tell
from alur.services.work import UNKNOWN, Answer, Work, refused
from alur.storage import cases, messages, own_messages, uploads
from alur.storage import notices as notice_rows
from alur.storage.members import Member
from alur.workflow import notices
from alur.workflow.case import Version
from alur.workflow.engine.acts.upload import Upload
from alur.workflow.engine.acts.withdraw import Withdraw
from alur.workflow.errors import InputOver, Unknown
from alur.workflow.file_kinds import is_kind
from alur.workflow.files import FileRef
from alur.workflow.matching import folded, match, years
from alur.workflow.office.attempts import Attempt
from alur.workflow.presses import PlaceId, PressPlace
from alur.workflow.taken import AsNothing, AsUpload, Taken

LARGEST = 20 * 1024 * 1024  # bytes: what Telegram hands to a bot (Bot API, getFile)


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """What is known of a file before it is fetched."""

    name: str
    size: int | None  # bytes; None where Telegram does not tell
    kind: str  # document, photo or voice


def fault_of(incoming: Incoming, *, is_reason: bool) -> str | None:
    """Why a file is not even fetched: empty, too large, or spoken where it is no reason. What it is, its content tells
    (`alur.workflow.file_kinds`).
    """
    if incoming.size == 0:
        return "empty"
    if incoming.size is not None and incoming.size > LARGEST:
        return "size"
    return "voice" if incoming.kind == "voice" and not is_reason else None


def check(
    work: Work, *, telegram_id: int, incoming: Incoming, reply: Reply | None, update_id: int
) -> tuple[str, str | None]:
    """Before the file is fetched, and without writing: ("take", None), ("refuse", why) or ("stranger", None)."""
    if work.member(telegram_id) is None:
        return ("stranger", None)
    is_reason = form_input.wanted(work, telegram_id=telegram_id, reply=reply, update_id=update_id) == "reason"
    fault = fault_of(incoming, is_reason=is_reason)
    return ("refuse", fault) if fault else ("take", None)


def is_stranger(work: Work, *, telegram_id: int) -> bool:
    return work.member(telegram_id) is None


def cases_for(work: Work, member: Member, reply: Reply | None) -> frozenset[int]:
    """The cases in which a file of his may land, by what it replies to or by its places; an open form is apart."""
    about = subject_of(work, member, reply)
    if about is not None and "case_id" in about:
        return frozenset({int(about["case_id"])})
    return cases_of(work, member)


def take(work: Work, *, telegram_id: int, message_id: int, file: FileRef, caption: str, reply: Reply | None) -> Taken:
    """Places a stored file: for the open form, for the slot that it names, or after one question. What it was taken as; of
    which version it became its message says (`messages`).
    """
    member = work.member(telegram_id)
    if member is None:
        return AsNothing()
    if taken := form_input.take_file(work, member, file, reply, caption=caption):
        return taken
    about = subject_of(work, member, reply)
    if unwanted.refuse_called_off(work, member, about, file):
        return AsNothing()
    text = f"{caption}; {file.name}"
    named = years(text)
    meant = _meant(work, member, about)
    if meant is not None and len(meant) == 1 and (is_pdf(file) or not meant[0].slot.signed):
        _upload(work, member, meant[0], file, message_id)
        return AsNothing()
    if about is not None and not meant and "version" in about and "case_id" in about:
        unwanted.refuse_version(work, member, about, file)
        return AsNothing()
    offered, is_cut = (meant, False) if meant else _offered(work, member, file, named, about)
    places = [place for place in offered if not place.slot.signed or is_pdf(file)]
    found: list[Place | FormPlace] = [*places]
    if not meant and (waiting := form_file.place_in_form(work, member, reply)):
        found.append(waiting)
    periods = cases.known_periods(work.session, named) if named else ()
    result = match(text, tuple(place.candidate() for place in found), periods, elsewhere(places))
    by_id = {place.id: place for place in found}
    if result.one is not None and not is_cut:
        return _put(work, member, by_id[result.one], file, message_id, caption)
    wanted = [by_id[key] for key in (result.several or (result.one,)) if key is not None]
    if not wanted and not is_pdf(file) and _is_signed_letter(work, member, text):
        unwanted.refuse(work, telegram_id=telegram_id, name=file.name, reason="signed", reply=reply)
        return AsNothing()
    if not wanted:
        unwanted.say_unwanted(work, member, file)
        return AsNothing()
    return _ask_which(work, member, file, message_id, wanted, is_cut=is_cut)


def _is_signed_letter(work: Work, member: Member, text: str) -> bool:
    """Whether a letter is named whose signed copy may come, which is a PDF."""
    letters = [item for procedure in work.procedures for item in procedure.sop.documents if item.numbered]
    if not any(f" {folded(name)} " in f" {folded(text)} " for item in letters for name in (item.title, *item.aliases)):
        return False
    found = places_of(work, member, periods=years(text), with_letters=True).found
    candidates = tuple(place.candidate() for place in found if place.slot.signed)
    return match(text, candidates, (), elsewhere(found)).one is not None


def _put(
    work: Work, member: Member, place: Place | FormPlace, file: FileRef, message_id: int, caption: str = ""
) -> Taken:
    if isinstance(place, FormPlace):
        return form_file.keep(work, member, place, file, caption)
    _upload(work, member, place, file, message_id)
    return AsNothing()


def _meant(work: Work, member: Member, about: dict[str, Any] | None) -> list[Place] | None:
    """The places that a reply means; None where there is no reply."""
    if about is None:
        return None
    case_id = about.get("case_id")
    record = cases.get(work.session, case_id) if case_id is not None else None
    return narrowed(places_in(work, member, record.id), about, record.case) if record else []


def _offered(
    work: Work, member: Member, file: FileRef, named: set[str], about: dict[str, Any] | None
) -> tuple[list[Place], bool]:
    """Where the file may land by its name alone, those of the case that it replies to first; and whether there are more."""
    replied = places_in(work, member, int(about["case_id"])) if about and "case_id" in about else ()
    others = places_of(work, member, periods=named, with_letters=is_pdf(file))
    found = {item.id: item for item in (*replied, *others.found)}
    return list(found.values()), others.is_cut


def choose(work: Work, *, telegram_id: int, press: PressPlace, message_id: int) -> Answer:
    """The answer to "which document is this?". What became of it is said where it was asked."""
    member = work.member(telegram_id)
    upload = uploads.get(work.session, press.upload)
    if member is None:
        return refuse_stranger(work, telegram_id=telegram_id, button=press.name)
    if upload is None or upload.member_id != member.id:
        refuse_attempt(work, Attempt(what=press.name, by=member.id), Unknown(subject=f"u{press.upload}"))
        return UNKNOWN
    asked = on(work, member, message_id)
    if upload.settled_at is not None:
        if messages.about(work.session, member.telegram_id, message_id) is None:  # a copy that has not been told yet
            tell(work, member, notices.FileSettled(name=upload.file.name, is_dropped=False, on=asked))
        return _over(work, member, "placed", upload.settled_at)
    if press.place is None:
        uploads.settle(work.session, upload.id, at=work.now)
        tell(work, member, notices.FileSettled(name=upload.file.name, is_dropped=True, on=asked))
        return Answer(name="file_dropped")
    if press.place.case == FORM:
        return _into_form(work, member, press.place, upload, asked)
    found = next((item for item in places_in(work, member, press.place.case) if item.id == press.place), None)
    if found is None:
        return _over(work, member, "overtaken", work.now)
    uploads.settle(work.session, upload.id, at=work.now)
    return _upload(work, member, found, upload.file, upload.message_id, asked)


def _into_form(work: Work, member: Member, place: PlaceId, upload: uploads.Upload, asked: int | None) -> Answer:
    found = form_file.place_in_form(work, member, None)
    if found is None or found.id != place:
        return _over(work, member, "overtaken", work.now)
    uploads.settle(work.session, upload.id, at=work.now)
    taken = form_file.keep(work, member, found, upload.file, "", on=asked)
    own_messages.retake(work.session, member.telegram_id, upload.message_id, taken)
    return Answer(name="file_taken")


def _over(work: Work, member: Member, how: str, at: datetime) -> Answer:
    """A press on a question about a file that is answered already, or whose place is gone."""
    refusal = InputOver(how=how, at=at)
    refuse_attempt(work, Attempt(what=PressPlace.name, by=member.id), refusal)
    return refused(refusal)


def is_pdf(file: FileRef) -> bool:
    """A letter that was signed outside comes as PDF: its signature is inside."""
    return is_kind(file.mime, ("pdf",))


def _upload(
    work: Work,
    member: Member,
    place: Place,
    file: FileRef,
    message_id: int,
    asked: int | None = None,
    *,
    moved: Version | None = None,
) -> Answer:
    act = Upload(
        by=member.id,
        document=place.slot.document,
        file=file,
        unit=place.slot.unit,
        signed=place.slot.signed,
    )
    decision = perform(work, place.case_id, act)
    if decision.refusal:
        tell(work, member, notices.Refused.by(decision.refusal, case_id=place.case_id, on=asked))
        return refused(decision.refusal, place.sop)
    version = next(event.version.id for event in decision.events if event.event == "version_added")
    if moved is not None and not moved.withdrawn:
        gone = perform(work, place.case_id, Withdraw(by=member.id, version=moved.id)).refusal is None
        moved = moved if gone else None
    was = moved.id if moved is not None else None
    received = notices.FileReceived(case_id=place.case_id, version=version, was=was, on=asked)
    messages.record(
        work.session, member.telegram_id, message_id, received.subject()
    )  # a reply to it means this document
    tell(work, member, received, once=occasion(notices.FileReceived, place.case_id, version))
    return Answer(name="file_taken")


def move(work: Work, member: Member, place: Place, version: Version, file: FileRef, message_id: int) -> None:
    """The message that brought a version brings one of another document of its case, and that version is taken back."""
    _upload(work, member, place, file, message_id, moved=version)


def _ask_which(
    work: Work, member: Member, file: FileRef, message_id: int, places: Sequence[Place | FormPlace], *, is_cut: bool
) -> Taken:
    upload = uploads.add(work.session, member_id=member.id, message_id=message_id, file=file, at=work.now)
    options = tuple(place.offered() for place in places)
    asked = notices.WhichDocument(upload=upload.id, name=file.name, options=options, is_cut=is_cut)
    tell(work, member, asked, once=_question(upload))
    return AsUpload(upload=upload.id)


def give_up(work: Work, member: Member, upload: uploads.Upload) -> None:
    """The question which document it is, is over where it stands, or will come to stand: there is another file."""
    uploads.settle(work.session, upload.id, at=work.now)
    for row in notice_rows.of_occasions(work.session, [f"{_question(upload)}:{member.id}"]):
        tell(work, member, notices.FileSettled(name=upload.file.name, is_dropped=False, anew=row.id))


def _question(upload: uploads.Upload) -> str:
    return f"{notices.WhichDocument.template}:u{upload.id}"
