"""The screens of `/berkas`: which case, which document, which of its older versions; and the files that are then sent.

What a screen offers is what its reader may read at that moment; the press is checked again by `alur.services.incoming.reading`.
"""

from collections.abc import Iterable, Mapping, Sequence

from alur.views import limits, words
from alur.views.attachments import papers
from alur.views.buttons import button, turning
from alur.views.environment import render, vocabulary
from alur.views.notice.maker import Given, Parts, make, step_of, wanted
from alur.views.screen import Attachment, Button, Reader
from alur.workflow import notices
from alur.workflow.case import Version
from alur.workflow.engine import Situation
from alur.workflow.engine.versions import is_draft
from alur.workflow.people import ADMIN, nearest_with
from alur.workflow.presses import (
    PressAllFiles,
    PressArchiveList,
    PressCases,
    PressDocumentsPage,
    PressHistoryPage,
    PressVersion,
    ReadingScreen,
)
from alur.workflow.reading import by_document, readable, reads_whole
from alur.workflow.sop import LONGEST_LABEL, Right, TaskKind

PAGE = 20  # buttons of documents on one screen, or of cases
# What a case that is chosen opens.
PAGES: Mapping[ReadingScreen, type[PressDocumentsPage | PressHistoryPage]] = {
    "documents": PressDocumentsPage,
    "history": PressHistoryPage,
}


def readable_by(s: Situation, reader: Reader) -> tuple[Version, ...]:
    return readable(s, member=reader.member, unit=reader.unit, roles=reader.reads)


def files(s: Situation, numbers: Sequence[int], reader: Reader) -> tuple[Attachment, ...]:
    """The versions of those numbers that the reader may read, each named by case, document, version, moment and maker."""
    by_number = {item.id: item for item in readable_by(s, reader)}
    return tuple(
        Attachment(version=item.id, file=item.file, caption=_caption(s, item, reader))
        for item in map(by_number.get, numbers)
        if item is not None
    )


def _caption(s: Situation, version: Version, reader: Reader) -> str:
    context = {
        "case": s.case,
        "title": words.document_title(s.sop, version),
        "version": version,
        "is_draft": _has_no_number(s, version, reader),
        "at": words.moment(version.at, s.office.calendar.zone),
        "by": words.signed(version.by, s.sop),
    }
    return render("file_caption.html", context, limit=limits.CAPTION)


@make.register
def _files(notice: notices.Files, given: Given) -> tuple[Attachment, ...] | None:
    return files(given.situation, notice.versions, given.reader) or None


@make.register
def _documents(notice: notices.Documents, given: Given) -> Parts:
    """The newest version of each document or the older ones, the newest of them first."""
    ask = next((nearest_with(sop, Right.REPORT) for sop in given.sops), ADMIN)
    if notice.case_id is None:
        return Parts({"shown": (), "is_older": False, "ask": ask, "own": None})
    s, case = given.situation, notice.case_id
    if notice.task is not None and (parts := _of_card(notice, given)):
        return parts
    found = by_document(s.sop, readable_by(s, given.reader))
    newest = tuple(group[-1] for group in found)
    older = tuple(item for group in found for item in _older(group))
    is_older = notice.older and bool(older)
    listed = older if is_older else newest
    start = _start(notice.start, len(listed))
    shown = listed[start : start + PAGE]
    rows: list[tuple[Button, ...]] = [(_button(s, item, case, given.reader),) for item in shown]
    if reads_whole(s.sop, given.reader.reads) and not is_older:
        rows.append((button(PressArchiveList(case=case)),))
    rows += turning(
        PressDocumentsPage(case=case, older=is_older, start=max(0, start - PAGE)) if start > 0 else None,
        PressDocumentsPage(case=case, older=is_older, start=start + PAGE) if start + PAGE < len(listed) else None,
    )
    last = [button(PressAllFiles(case=case))] if len(newest) > 1 and not is_older else []
    if older:
        label = "newest_versions" if is_older else "older_versions"
        last.append(button(PressDocumentsPage(case=case, older=not is_older), label=label))
    rows.append(tuple(last))
    if notice.others:
        rows.append((button(PressCases(screen="documents"), label="other_cases"),))
    return Parts({"shown": shown, "is_older": is_older, "ask": ask, "own": None}, tuple(row for row in rows if row))


def _of_card(notice: notices.Documents, given: Given) -> Parts | None:
    """The card's own papers, newest first, and the rest behind *Semua Berkas*; None where it has none of its own, or no other."""
    s, case = given.situation, wanted(notice.case_id)
    task = s.case.task(notice.task or 0)
    newest = tuple(group[-1] for group in by_document(s.sop, readable_by(s, given.reader)))
    own = papers(s, task, given.reader, readable_by(s, given.reader)) if task is not None else ()
    if task is None or not own or set(newest) <= set(own):
        return None
    rows: list[tuple[Button, ...]] = [(_button(s, item, case, given.reader),) for item in own[:PAGE]]
    if task.kind is TaskKind.ARCHIVE and reads_whole(s.sop, given.reader.reads):
        rows.append((button(PressArchiveList(case=case)),))
    rows.append((button(PressDocumentsPage(case=case), label="all_files"),))
    if notice.others:
        rows.append((button(PressCases(screen="documents"), label="other_cases"),))
    return Parts({"shown": own, "is_older": False, "ask": ADMIN, "own": step_of(s, task)}, tuple(rows))


def _has_no_number(s: Situation, version: Version, reader: Reader) -> bool:
    """What is being prepared: whoever did not bring it would read a number that may yet be another file's."""
    return version.by.member != reader.member and is_draft(s, version)


def _older(group: Sequence[Version]) -> Iterable[Version]:
    """Newest first; a product that was approved again with the same bytes kept its number, and stands there once."""
    known = {group[-1].number}
    for item in reversed(group[:-1]):
        if item.number not in known:
            known.add(item.number)
            yield item


def _button(s: Situation, version: Version, case: int, reader: Reader) -> Button:
    """The title gives way, the version stays readable."""
    label = vocabulary("titles")["draft" if _has_no_number(s, version, reader) else "version"]
    room = LONGEST_LABEL - len(label.format("", version.number))
    title = limits.shortened(words.document_title(s.sop, version), room)
    return Button(label=label.format(title, version.number), press=PressVersion(case=case, version=version.id))


def _start(wished: int, count: int) -> int:
    return wished if 0 <= wished < count else 0


@make.register
def _cases(notice: notices.Cases, given: Given) -> Parts:
    """A button for each case of the page that may have something for the reader."""
    page, shown, start = PAGES[notice.screen], wanted(given.choice), given.start
    label = "{} · {} {}"
    rows = tuple(
        (
            Button(
                label=limits.shortened(label.format(item.code, item.title, item.period), LONGEST_LABEL),
                press=page(case=item.id),
            ),
        )
        for item in shown
    )
    turns = turning(
        PressCases(screen=notice.screen, start=max(0, start - PAGE)) if start > 0 else None,
        PressCases(screen=notice.screen, start=start + PAGE) if given.has_more else None,
    )
    return Parts({"count": len(shown)}, (*rows, *turns))
