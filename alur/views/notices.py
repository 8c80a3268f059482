"""Messages that are sent once. A template's name and what it is about were recorded; the words are made here, from the
state at the moment of sending.

Called by delivery. What each template needs is in `alur.views.notice_kinds`, `form_notices`, `time_notices`, `documents`
and `history`.
"""

from collections.abc import Mapping
from typing import Any

from alur.views import documents, facts, form_notices, history, notice_kinds, time_notices, words
from alur.views.environment import render as rendered
from alur.views.notice import Notice
from alur.views.screen import Reader, Screen
from alur.workflow.engine import Situation

MAKERS = {
    **notice_kinds.MAKERS,
    **form_notices.MAKERS,
    **time_notices.MAKERS,
    **documents.MAKERS,
    **history.MAKERS,
}


def render(
    template: str,
    about: Mapping[str, Any],
    *,
    reader: Reader,
    s: Situation | None,
    case_id: int | None,
    extra: Mapping[str, Any],
) -> Screen:
    """The message of that name for that reader. An unknown name is a KeyError."""
    notice = Notice(about=about, reader=reader, s=s, case_id=case_id, extra=extra)
    context, buttons = MAKERS[template](notice)
    text = rendered(f"notices/{template}.html", {**_common(notice), **context})
    return Screen(text=text, buttons=buttons)


def _common(notice: Notice) -> dict[str, Any]:
    known = {
        "reader": notice.reader,
        "sapaan": words.sapaan(notice.reader),
        "salutation": words.salutation(notice.reader, notice.role, notice.s),
        "size": words.size,
        "case": None,
        "titled": lambda role: words.role_title(role, notice.sops),
        "contacts": (),
        "may_return": False,
        "is_second": False,
        "whole": False,
        "is_own": False,
        "letter_date": words.letter_day,
        "moment_of": lambda s, at: words.moment(at, s.office.calendar.zone),
    }
    own = facts.common(notice.s, reader=notice.reader, role=notice.role) if notice.s else {}
    return {**known, **own, **notice.about}
