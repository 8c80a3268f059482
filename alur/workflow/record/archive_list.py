"""What a case's *Daftar isi berkas* says, without a word of it: one item a paper that is filed, and one for all that led to them.
`alur.views.archive_list` makes a workbook of it; before the case is filed, of what would be entered.
"""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum

from alur.workflow.case import ArchiveFields, Case, Version
from alur.workflow.engine.filed import behind, filed, result_of
from alur.workflow.engine.filing import default_archive
from alur.workflow.record.shelf import Shelf, shelved
from alur.workflow.sop import BRINGS, Sop


class Remark(StrEnum):
    SIGNED = "signed"  # elsewhere, as far as could be told
    NO_SIGNATURE = "no_signature"  # came as the signed document, and holds none: a scan, as it may be
    CHANGED = "changed"  # after it was signed
    UNSIGNED = "unsigned"  # a letter whose signed document has not come
    UNNUMBERED = "unnumbered"
    LATE = "late"  # came after the case was filed
    SHEET = "sheet"  # on which a decision was taken, as a picture of it
    PICTURE = "picture"  # a photo of a paper
    UNSUBMITTED = "unsubmitted"  # its desk still has it
    BEHIND = "behind"  # kept electronically alone


NO_ORIGINAL = frozenset({Remark.UNSIGNED, Remark.NO_SIGNATURE, Remark.CHANGED, Remark.SHEET, Remark.PICTURE})
COPY = "Salinan"


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    number: int
    version: Version | None  # None: what led to the others
    letter_number: str
    since: date
    until: date  # the same day, but for several papers
    count: int
    stage: str
    remarks: tuple[Remark, ...]
    reason: str = ""  # why it was filed without what is missing


@dataclass(frozen=True, kw_only=True, slots=True)
class ArchiveList:
    fields: ArchiveFields  # what was entered; before that, what the bot would fill in
    is_filed: bool
    unit: str
    shelf: Shelf
    items: tuple[Item, ...]


def archive_list(sop: Sop, case: Case, zone: tzinfo) -> ArchiveList:
    """Of the case alone, by the days of the office in that zone: the same whenever and by whom it is asked for."""
    is_filed = case.archive is not None and case.finished_at is not None
    fields = case.archive if case.archive is not None and is_filed else _ahead(sop, case, zone)
    papers = filed(sop, case)
    items = [_item(sop, case, zone, fields, number, version) for number, version in enumerate(papers, 1)]
    rest = behind(case, papers)
    if rest:
        items.append(_together(len(items) + 1, [_day(item.at, zone) for item in rest]))
    return ArchiveList(
        fields=fields,
        is_filed=is_filed,
        unit=fields.unit or next(reversed(sop.organisation), ""),
        shelf=shelved(fields.location),
        items=tuple(items),
    )


def _ahead(sop: Sop, case: Case, zone: tzinfo) -> ArchiveFields:
    unknown = dict.fromkeys(("letter_number", "classification", "file_number", "location"), "")
    return ArchiveFields.model_validate(unknown | default_archive(sop, case, zone))


def _item(sop: Sop, case: Case, zone: tzinfo, fields: ArchiveFields, number: int, version: Version) -> Item:
    letter_number = _letter_number(sop, case, fields, version)
    remarks = tuple(_remarks(sop, case, version, letter_number))
    day = _dated(sop, case, zone, version)
    is_short = not {Remark.UNSIGNED, Remark.UNNUMBERED}.isdisjoint(remarks)
    return Item(
        number=number,
        version=version,
        letter_number=letter_number,
        since=day,
        until=day,
        count=1,
        stage=COPY if not NO_ORIGINAL.isdisjoint(remarks) else fields.stage,
        remarks=remarks,
        reason=(fields.reason_missing or "") if is_short else "",
    )


def _together(number: int, days: list[date]) -> Item:
    return Item(
        number=number,
        version=None,
        letter_number="",
        since=min(days),
        until=max(days),
        count=len(days),
        stage="",
        remarks=(Remark.BEHIND,),
    )


def _letter_number(sop: Sop, case: Case, fields: ArchiveFields, version: Version) -> str:
    """The number of the letter that was received, of one that Nadine has numbered, and of the one that is filed."""
    if version.document == sop.letter:
        return case.letter.number
    result = result_of(sop, case)
    if result is not None and version.document == result.id and fields.letter_number:
        return fields.letter_number
    return case.nadine_number(version.document) or ""


def _remarks(sop: Sop, case: Case, version: Version, letter_number: str) -> list[Remark]:
    is_letter = any(item.id == version.document and item.numbered for item in sop.documents)
    task = case.task(version.task or 0)
    is_sheet = version.sheet_of is not None
    state = version.file.signatures.state if version.file.signatures is not None else None  # None: not looked for
    found = {
        Remark.SIGNED: version.signed and state not in ("none", "changed"),
        Remark.NO_SIGNATURE: version.signed and state == "none",
        Remark.CHANGED: version.signed and state == "changed",
        Remark.UNSIGNED: is_letter and not version.signed,
        Remark.UNNUMBERED: is_letter and not letter_number,
        Remark.SHEET: is_sheet,
        Remark.PICTURE: not is_sheet and (version.file.kind == "photo" or version.file.mime.startswith("image/")),
        Remark.LATE: version.late,
        Remark.UNSUBMITTED: task is not None and task.is_open and task.kind in BRINGS and not version.signed,
    }
    return [remark for remark, holds in found.items() if holds]


def _dated(sop: Sop, case: Case, zone: tzinfo, version: Version) -> date:
    """The day that the paper bears: of the letter that was received its own, of one that is signed elsewhere that of its approval, of
    a sheet that of its decision; of all others the day on which they came.
    """
    if version.document == sop.letter:
        return case.letter.dated
    if version.signed:
        approved = case.standing(version.document)
        return _day(approved.at if approved is not None else version.at, zone)
    sheet = next((item for item in case.tasks if (item.step, item.index, item.round) == version.sheet_of), None)
    closing = sheet.closing if sheet is not None else None
    return _day(closing.at if closing is not None and closing.paper is not None else version.at, zone)


def _day(moment: datetime, zone: tzinfo) -> date:
    return moment.astimezone(zone).date()
