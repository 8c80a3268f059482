"""Files that are not taken, or that nobody waits for: why, and whom to ask or what to do."""

from collections.abc import Collection, Iterator

from alur.services.cases.perform import perform
from alur.services.cases.situations import situation
from alur.services.incoming import form_input
from alur.services.incoming.form_rows import ask_anew, form_of
from alur.services.incoming.places import MOST
from alur.services.incoming.replies import Reply
from alur.services.people.office import refuse as refuse_attempt
from alur.services.tell import person_of, tell
from alur.services.work import Work
from alur.storage import cases, inlets, tasks
from alur.storage.forms import open_for as open_form
from alur.storage.members import Member
from alur.workflow import notices
from alur.workflow.correcting import LETTER
from alur.workflow.engine.acts.upload import Upload
from alur.workflow.engine.correctable import correctable
from alur.workflow.engine.slots import refused_to
from alur.workflow.errors import CaseIsCancelled, FileOfAnother, FileRefused, NotWanted
from alur.workflow.file_kinds import PAPER, is_kind
from alur.workflow.files import FileRef
from alur.workflow.office.attempts import Attempt
from alur.workflow.people import roles_with
from alur.workflow.sop import Right

MOST_DESKS = 20  # of one case: more are not looked for


def refuse(
    work: Work,
    *,
    telegram_id: int,
    name: str | None,
    reason: str,
    reply: Reply | None,
    found: str | None = None,
    named: str | None = None,
) -> None:
    """Says kindly that the file was not taken, why, and how it can be sent; `found` is the kind that it is, `named` the one
    that its name told. The refusal stands in the office's trail.
    """
    member = work.member(telegram_id)
    if member is None:
        return
    form = form_input.waiting_for_file(work, member, reply, work.update_id)
    refuse_attempt(work, Attempt(what="send_file", by=member.id, name=name), FileRefused(fault=reason, name=name))
    asked = form_input.wanted_by(form) if form else None
    said = notices.FileRefused(reason=reason, name=name, found=found, named=named, asked=asked)
    if form is not None:
        ask_anew(work, form, said)
    else:
        tell(work, member, said)


def refuse_version(work: Work, member: Member, about: dict[str, object], file: FileRef) -> None:
    """A reply to a file of a step that is closed: the engine refuses, with whom to ask."""
    record = cases.get(work.session, int(str(about["case_id"])))
    version = record.case.version(int(str(about["version"]))) if record else None
    if record is None or version is None:
        say_unwanted(work, member, file)
        return
    act = Upload(by=member.id, document=version.document, file=file, unit=version.unit, signed=version.signed)
    decision = perform(work, record.id, act)
    if isinstance(decision.refusal, NotWanted):
        roles = decision.refusal.facts["roles"]
        holders = _holders(work, roles)
        tell(work, member, notices.FileUnwanted(name=file.name, case_id=record.id, roles=roles, by_name=holders))
    elif decision.refusal:
        tell(work, member, notices.Refused.by(decision.refusal, case_id=record.id))


def refuse_called_off(work: Work, member: Member, about: dict[str, object] | None, file: FileRef) -> bool:
    """Whether the file replies to a message of a case that was called off: it is refused, and lands nowhere else."""
    record = cases.get(work.session, int(str(about["case_id"]))) if about and "case_id" in about else None
    cancelled = record.case.cancellation if record else None
    if cancelled is None:
        return False
    refusal = CaseIsCancelled(**cancelled.by.as_facts, at=cancelled.at)
    refuse_attempt(work, Attempt(what="send_file", by=member.id, name=file.name), refusal)
    tell(work, member, notices.Refused.by(refusal, case_id=record.id if record else None))
    return True


def say_unwanted(work: Work, member: Member, file: FileRef) -> None:
    """No place waits for it: whom to ask, or what it probably is."""
    attempt = Attempt(what="send_file", by=member.id, name=file.name)
    if (others := next(_of_others(work, member), None)) is not None:
        refuse_attempt(work, attempt, others[1])
        tell(work, member, notices.Refused.by(others[1], case_id=others[0]))
        return
    refuse_attempt(work, attempt, NotWanted(document=None, roles=()))
    own, case_id, roles = work.office().roles(member.id, work.at), *_only_desks(work)
    told = notices.FileUnwanted(
        name=file.name,
        case_id=case_id,
        roles=roles,
        by_name=_holders(work, roles),
        may_return=tasks.has_review(work.session, own),  # it is probably his correction: that goes with *Kembalikan*
        is_second=_has_form_with_file(work, member),
        is_own=not set(roles).isdisjoint(own),
        may_correct=is_kind(file.mime, PAPER) and case_id is not None and _may_correct(work, member, case_id),
        may_open=is_kind(file.mime, PAPER) and not roles and _may_open(work, own),
    )
    tell(work, member, told)


def _of_others(work: Work, member: Member) -> Iterator[tuple[int, FileOfAnother]]:
    """The cases in which it would have a place, had the task not been handed to another."""
    office = work.office()
    numbers = inlets.first_cases_for(work.session, office.roles(member.id, work.at), MOST)
    for record in cases.of(work.session, numbers):
        refusal = refused_to(situation(work, record.case, office), member.id)
        if refusal is not None:
            yield record.id, refusal


def _may_open(work: Work, roles: Collection[str]) -> bool:
    return any(not set(roles_with(item.sop, Right.START)).isdisjoint(roles) for item in work.procedures)


def _may_correct(work: Work, member: Member, case_id: int) -> bool:
    """Whether he may put the case's letter right."""
    record = cases.get(work.session, case_id)
    return record is not None and any(
        item.name == LETTER for item in correctable(situation(work, record.case), member.id)
    )


def _has_form_with_file(work: Work, member: Member) -> bool:
    """Whether his open form has its file already: of two sheets that were sent together this is the second."""
    row = open_form(work.session, member.id)
    if row is None:
        return False
    form = form_of(row)
    return not form.answers.keys().isdisjoint(("file", *(item.name for item in form.fields if item.kind == "file")))


def _only_desks(work: Work) -> tuple[int | None, tuple[str, ...]]:
    """The running case, where there is one alone, and the roles on whose desks it lies."""
    found = tasks.desks(work.session, most=MOST_DESKS)
    cases_found = {item.case_id for item in found}
    return (cases_found.pop(), tuple(item.role for item in found)) if len(cases_found) == 1 else (None, ())


def _holders(work: Work, roles: Collection[str]) -> tuple[notices.Person, ...]:
    """Those who hold one of the roles, each once."""
    found = {item.member: item for role in roles for item in work.office().holders(role, work.at)}
    return tuple(person_of(item) for item in found.values())
