"""The screens of `/berkas`: which case, which document, which of its older versions; and the files that are then sent.

Makers for `alur.views.notices`; `files` is called by delivery itself. What a screen offers is what its reader may read
at that moment; the press is checked again by `alur.services.reading`.
"""

from collections.abc import Callable, Mapping, Sequence

from alur.views import limits, words
from alur.views.buttons import button
from alur.views.environment import render, vocabulary
from alur.views.notice import Notice, Parts
from alur.views.screen import Attachment, Button, Reader
from alur.views.subjects import NO_CASE, case_subject
from alur.workflow.case import Version
from alur.workflow.engine import Situation
from alur.workflow.people import ADMIN, nearest_with
from alur.workflow.reading import by_document, readable, reads_whole
from alur.workflow.sop import LONGEST_LABEL, Right

PAGE = 20  # buttons of documents on one screen
MOST_CASES = 40  # the newest; an office opens one a year and procedure


def readable_by(s: Situation, reader: Reader) -> tuple[Version, ...]:
    return readable(s, member=reader.member, unit=reader.unit, roles=reader.roles)


def files(s: Situation, numbers: Sequence[int], reader: Reader) -> tuple[Attachment, ...]:
    """The versions of those numbers that the reader may read, each named by case, document, version, moment and maker."""
    by_number = {item.id: item for item in readable_by(s, reader)}
    return tuple(
        Attachment(version=item.id, file=item.file, caption=_caption(s, item))
        for item in map(by_number.get, numbers)
        if item is not None
    )


def _caption(s: Situation, version: Version) -> str:
    context = {
        "case": s.case,
        "title": words.document_title(s.sop, version),
        "version": version,
        "at": words.moment(version.at, s.office.calendar.zone),
        "by": words.signed(version.by, s.sop),
    }
    return render("file_caption.html", context, limit=limits.CAPTION)


def _documents(notice: Notice) -> Parts:
    """The newest version of each document or, where `about` says so, the older ones, the newest of them first."""
    ask = next((nearest_with(sop, Right.REPORT) for sop in notice.sops), ADMIN)
    if notice.s is None:
        return {"shown": (), "is_older": False, "ask": ask}, ()
    s, subject = notice.s, notice.subject
    found = by_document(s.sop, readable_by(s, notice.reader))
    newest = tuple(group[-1] for group in found)
    older = tuple(item for group in found for item in reversed(group[:-1]))
    is_older = bool(notice.about.get("older")) and bool(older)
    listed = older if is_older else newest
    start = _start(notice.about.get("start", 0), len(listed))
    shown = listed[start : start + PAGE]
    rows: list[tuple[Button, ...]] = [(_button(s, item, subject),) for item in shown]
    rows.append(_turning(start, len(listed), subject, mark="o" if is_older else "n"))
    last = [button("all_files", subject)] if len(newest) > 1 and not is_older else []
    if older:
        label = "newest_versions" if is_older else "older_versions"
        last.append(button("documents", subject, argument="n0" if is_older else "o0", label=label))
    rows.append(tuple(last))
    if notice.about.get("others"):
        rows.append((button("documents", NO_CASE, label="other_cases"),))
    return {"shown": shown, "is_older": is_older, "ask": ask}, tuple(row for row in rows if row)


def _button(s: Situation, version: Version, subject: str) -> Button:
    """The title gives way, the version stays readable."""
    label = vocabulary("titles")["version"]
    room = LONGEST_LABEL - len(label.format("", version.number))
    title = limits.shortened(words.document_title(s.sop, version), room)
    return Button(label=label.format(title, version.number), act="version", subject=subject, argument=str(version.id))


def _start(wished: int, count: int) -> int:
    return wished if 0 <= wished < count else 0


def _turning(start: int, count: int, subject: str, *, mark: str) -> tuple[Button, ...]:
    turns = []
    if start > 0:
        turns.append(button("documents", subject, argument=f"{mark}{max(0, start - PAGE)}", label="previous"))
    if start + PAGE < count:
        turns.append(button("documents", subject, argument=f"{mark}{start + PAGE}", label="further"))
    return tuple(turns)


def _cases(notice: Notice) -> Parts:
    """A button for each case that the reader may look into, running ones first, of those the newest first."""
    found = sorted(notice.extra["cases"], key=lambda item: (item[1].case.finished_at is not None, -item[0]))
    act = notice.about["screen"]
    shown = [(number, s) for number, s in found if _opens(act, s, notice.reader)][:MOST_CASES]
    label = "{} · {} {}"
    rows = tuple(
        (
            Button(
                label=limits.shortened(label.format(s.case.code, s.sop.short_title, s.case.period), LONGEST_LABEL),
                act=act,
                subject=case_subject(number),
            ),
        )
        for number, s in shown
    )
    return {"count": len(shown)}, rows


def _opens(act: str, s: Situation, reader: Reader) -> bool:
    """Whether the screen of that name has something of the case to show to the reader."""
    return bool(readable_by(s, reader)) if act == "documents" else reads_whole(s.sop, reader.roles)


MAKERS: Mapping[str, Callable[[Notice], Parts]] = {"documents": _documents, "cases": _cases}
