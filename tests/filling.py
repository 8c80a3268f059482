"""Forms as the rules of their acts begin them, and the acts that they make."""

from enum import StrEnum

from alur.workflow.engine.acts import RULES, named
from alur.workflow.engine.acts.open_case import open_case_form
from alur.workflow.office.rooms import STAFF_RULES
from alur.workflow.presses import On

__all__ = [
    "FormKind",
    "act_of",
    "answer_form",
    "case_form",
    "meeting_form",
    "nadine_form",
    "open_case_form",
    "task_form",
]

FormKind = StrEnum("FormKind", {rule.name.upper(): rule.name for rule in RULES if rule.asks})
FORMS = {*FormKind, *(rule.name for rule in STAFF_RULES)}  # of a case, and about people


def task_form(s, kind, task):
    """The form about `task`, as its holder is asked."""
    holder = s.office.holders(task.role, s.at)[0].member
    return named(kind).form(s, holder, On(task=task.id, revision=task.revision))


def meeting_form(s, step):
    return named("schedule").form(s, 0, On(step=step))


def nadine_form(s, document):
    return named("nadine").form(s, 0, On(document=document))


def answer_form(s, question):
    return named("answer").form(s, 0, On(question=question))


def signed_form(s):
    """About the last version, a signed copy that is none, as whoever brought it is asked."""
    version = s.case.versions[-1]
    return named("withdraw_signed").begin(s, version.by.member, On(version=version.id))


def case_form(s, kind):
    """The form about the whole case, as an administrator is asked."""
    admin = s.office.holders("admin", s.at)[0].member
    return named(kind).begin(s, admin, On())


def act_of(form, member, *, zone):
    return named(form.kind).made(member, form.on, form, zone)
