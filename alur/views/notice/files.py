"""Makers of the notices about a file that was sent: taken or not, and which document it is."""

from alur.views import facts, limits
from alur.views.buttons import own_card, withdraw_signed_button
from alur.views.environment import vocabulary
from alur.views.headings import heading
from alur.views.notice.maker import Given, Parts, make, plain
from alur.views.screen import Button
from alur.workflow import notices
from alur.workflow.file_kinds import TAKEN
from alur.workflow.presses import PlaceId, PressPlace
from alur.workflow.sop import LONGEST_LABEL

make.register(notices.FileSettled)(plain)


@make.register
def _file_unwanted(notice: notices.FileUnwanted, given: Given) -> Parts:
    if notice.case_id is None:
        return Parts({})
    return Parts({}, own_card(given.situation, case_id=notice.case_id, reader=given.reader))


@make.register
def _file_refused(_notice: notices.FileRefused, _given: Given) -> Parts:
    return Parts({"taken": tuple(TAKEN)})


@make.register
def _file_kept(notice: notices.FileKept, given: Given) -> Parts:
    context = {"heading": heading(notice.form, notice.field), "title": vocabulary("forms")[notice.form]}
    if notice.case_id is None:
        return Parts(context)
    return Parts(context, own_card(given.situation, case_id=notice.case_id, reader=given.reader))


@make.register
def _file_received(notice: notices.FileReceived, given: Given) -> Parts:
    """What is still missing is the desk's business, not that of a guest who sent his own paper."""
    s = given.situation
    version = s.case.version(notice.version)
    if version is None:
        raise ValueError(f"{s.case.code} has no version {notice.version}")
    task = s.case.task(version.task) if version.task is not None else None
    concerns = task is not None and task.is_open and not set(s.desk(task)).isdisjoint(given.reader.roles)
    outputs = facts.outputs(s, task) if task and concerns else ()
    missing = [item.title for item in outputs if item.is_required and item.version is None]
    stale = [item.title for item in outputs if item.is_stale]
    was = s.case.version(notice.was) if notice.was is not None else None
    found = version.file.signatures if version.signed else None
    takes_back = withdraw_signed_button(s, case_id=notice.case_id, reader=given.reader, version=version.id)
    context = {
        "version": version,
        "missing": missing,
        "stale": stale,
        "was": was,
        "signatures": found,
        "signers": [item for item in found.given if item.by] if found else [],
        "may_withdraw": bool(takes_back),
    }
    return Parts(context, (*takes_back, *own_card(s, case_id=notice.case_id, reader=given.reader)))


@make.register
def _which_document(notice: notices.WhichDocument, _given: Given) -> Parts:
    """One button per document; its case's code stands on it only where several cases are offered."""
    several = len({item.case_id for item in notice.options}) > 1

    def label(item: notices.PlaceOffered) -> str:
        """The title gives way: which case it is must not be cut off."""
        title = f"{item.title} {vocabulary('titles')['signed']}" if item.signed else item.title
        if item.form is not None and item.field is not None:
            title = vocabulary("titles")["of_form"].format(item.title or heading(item.form, item.field))
            return limits.shortened(title, LONGEST_LABEL)
        if not several:
            return limits.shortened(title, LONGEST_LABEL)
        of_case = vocabulary("titles")["of_case"]
        room = LONGEST_LABEL - len(of_case.format("", item.code))
        return of_case.format(limits.shortened(title, room), item.code)

    def choice(label: str, place: PlaceId | None) -> Button:
        return Button(label=label, press=PressPlace(upload=notice.upload, place=place))

    rows = [(choice(label(item), item.place),) for item in notice.options]
    cancel = choice(vocabulary("labels")["cancel"], None)
    codes = sorted({item.code for item in notice.options if item.code})
    return Parts({"codes": codes, "has_more": notice.is_cut}, (*rows, (cancel,)))
