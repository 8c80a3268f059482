"""What the notices about half-done inputs are made from: a file whose document is asked for, and a form that gives way to
another. Called by `alur.views.notices` alone.
"""

from collections.abc import Callable, Mapping
from typing import Any

from alur.views import limits
from alur.views.environment import vocabulary
from alur.views.notice import Notice, Parts
from alur.views.screen import Button
from alur.workflow.older_presses import begins, place_of
from alur.workflow.presses import PressKeep, PressPlace
from alur.workflow.sop import LONGEST_LABEL


def _which_document(notice: Notice) -> Parts:
    """One button per document; its case's code stands on it only where several cases are offered."""
    options = notice.about["options"]
    several = len({item["case_id"] for item in options}) > 1
    upload = notice.about["upload"]

    def label(item: Mapping[str, Any]) -> str:
        """The title gives way: which case it is must not be cut off."""
        title = f"{item['title']} {vocabulary('titles')['signed']}" if item.get("signed") else item["title"]
        if not several:
            return limits.shortened(title, LONGEST_LABEL)
        of_case = vocabulary("titles")["of_case"]
        room = LONGEST_LABEL - len(of_case.format("", item["code"]))
        return of_case.format(limits.shortened(title, room), item["code"])

    rows = [(Button(label=label(item), press=PressPlace(upload=upload, place=place_of(item))),) for item in options]
    cancel = Button(label=vocabulary("labels")["cancel"], press=PressPlace(upload=upload, place=None))
    return {"codes": sorted({item["code"] for item in options})}, (*rows, (cancel,))


def _cancelled(notice: Notice) -> Parts:
    was = notice.about.get("was")
    return {"was": vocabulary("forms")[was] if was else None}, ()


def _replace_form(notice: Notice) -> Parts:
    """*Lanjut* is the press that begins the new form, as the service kept it; *Batal* keeps the old one."""
    go = Button(label=vocabulary("labels")["next"], press=begins(notice.about["new"]))
    keep = Button(label=vocabulary("labels")["cancel"], press=PressKeep(form=notice.about["form"]))
    return {"old": vocabulary("forms")[notice.about["old"]], "code": notice.about.get("code")}, ((go, keep),)


def _form_replaced(notice: Notice) -> Parts:
    return {"old": vocabulary("forms")[notice.about["old"]]}, ()


def _form_kept(notice: Notice) -> Parts:
    return _form_replaced(notice)


MAKERS: Mapping[str, Callable[[Notice], Parts]] = {
    "which_document": _which_document,
    "cancelled": _cancelled,
    "replace_form": _replace_form,
    "form_replaced": _form_replaced,
    "form_kept": _form_kept,
}
