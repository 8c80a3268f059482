"""The real services over a real database that holds everybody of `people.py` and a case at each of `moments.py`. What is tried
there is seen, and undone: every try begins with the same office.
"""

import json
import re
from dataclasses import dataclass, fields

from sqlmodel import select

from alur.services.incoming import form_rows
from alur.services.people import staff
from alur.services.work import Answer, Work
from alur.storage import appointments, cases, forms, invites, members, outbox, sops, uploads
from alur.storage.appointments import APPOINTMENTS
from alur.storage.audit import AUDIT
from alur.storage.cases import CASES
from alur.storage.forms import FORMS
from alur.storage.invites import INVITES
from alur.storage.members import MEMBERS
from alur.storage.notices import NOTICES
from alur.storage.outbox import Head
from alur.storage.uploads import UPLOADS
from alur.workflow.engine.acts import named
from alur.workflow.notices import read
from alur.workflow.presses import On
from bot import rendering
from handlers import taps, texts
from tests.authority.moments import MOMENTS
from tests.authority.people import ASKED, ROSTER, Kind, who
from tests.factories import CALENDAR, SOP, a_file
from tests.services.house import House, a_procedure

KEPT = tuple(
    select(*columns).order_by(columns[0])
    for columns in (
        (CASES.c.id, CASES.c.revision),
        (FORMS.c.id, FORMS.c.answers, FORMS.c.ended_at),
        (UPLOADS.c.id, UPLOADS.c.settled_at),
        (MEMBERS.c.id, MEMBERS.c.telegram_id, MEMBERS.c.name, MEMBERS.c.unit),
        (APPOINTMENTS.c.id, APPOINTMENTS.c.starts, APPOINTMENTS.c.ends),
        (INVITES.c.id, INVITES.c.used_by, INVITES.c.withdrawn_at),
    )
)
TRAILS = select(AUDIT.c.entry)
TOLD = select(NOTICES).order_by(NOTICES.c.id)
REFUSALS = ("refused", "stranger", "invite_refused")  # notices that tell nothing of a case


@dataclass(frozen=True, kw_only=True)
class Tried:
    answer: object
    is_untouched: bool  # whether cases, forms and files that wait for their place, and the office, are as before
    refusals: tuple  # of the entries that came to the trails
    told: tuple  # (chat, notice), in their order
    shown: tuple  # the same as they would be sent, where that was asked for

    @property
    def is_refused(self):
        return isinstance(self.answer, Answer) and (self.answer.is_refusal or self.answer.name == "unknown")

    @property
    def tells_nothing(self):
        return all(notice.template in REFUSALS for _, notice in self.told)


# He has an open form, and is asked which document his file is: what is under others' thumbs.
OWNER = who(MOMENTS[1].s.case.open_tasks[0].role, Kind.BESIDE)


class Stage:
    def __init__(self, database):
        self.house = House(database=database, calendar=CALENDAR, procedures=(a_procedure(SOP),), now=ASKED)
        self.numbers = {}  # of the cases, by their moments' names
        self.form = self.upload = 0  # the owner's
        self.house.transact(self._fill)
        self.kept = self.house.look(_kept)

    def _fill(self, work):
        for person in ROSTER.people:
            members.save(work.session, person, at=ASKED)
        for appointment in ROSTER.appointments:
            appointments.save(work.session, appointment)
        for invitation in ROSTER.invitations:
            invites.add(work.session, invitation, code=f"code {invitation.id}")
            if invitation.used_by is not None:
                invites.use(work.session, invitation.id, account=invitation.used_by, at=ASKED)
        procedure = self.house.procedures[0]
        sops.store(work.session, SOP, procedure.hash, at=ASKED)
        for place, moment in enumerate(MOMENTS):
            another = {"code": code_at(moment), "period": str(1_900 + place), "sop_hash": procedure.hash}
            self.numbers[moment.name] = cases.create(work.session, moment.s.case.model_copy(update=another)).id
        task = MOMENTS[1].s.case.open_tasks[0]
        form = named("dispose").form(MOMENTS[1].s, OWNER.id, On(task=task.id, revision=task.revision))
        answers = form_rows.kept(form.model_copy(update={"case": self.numbers[MOMENTS[1].name]}), begun_by=None)
        self.form = forms.start(work.session, member_id=OWNER.id, kind=form.kind, at=ASKED, answers=answers).id
        own = {"member_id": OWNER.id, "message_id": 5, "file": a_file("data.docx")}
        self.upload = uploads.add(work.session, at=ASKED, **own).id

    def tries(self, service, *, shown_to=None, **values):
        """What came of it, before it was undone; `shown_to` is the account whose messages are looked at."""
        with self.house.database.write() as session:
            work = self.house.work(session)
            answer = service(work, **values)
            found = Tried(
                answer=answer,
                is_untouched=_kept(work) == self.kept,
                refusals=_refusals(work),
                told=_told(work),
                shown=tuple(_shown(work, shown_to)) if shown_to else (),
            )
            session.get_transaction().rollback()
        return found

    def presses(self, somebody, press, *, message_id=1, **more):
        """Under a message of which nothing is known, as of a copy that came to be by chance."""
        values = {"person": somebody.account, "press": press, "message_id": message_id}
        return self.tries(taps._press, **values, **more)

    def decides(self, act):
        """About people, whom the house must not think to know."""
        return self.tries(lambda work: staff.act(_unknowing(work), act))

    def commands(self, somebody, name):
        values = {"said": None, "name": name, "argument": ""}
        return self.tries(texts._command, person=somebody.account, shown_to=somebody.account, **values)

    def named(self, tried):
        """The moments whose cases are named in what was shown, by their codes or by buttons."""
        said = " ".join(tried.shown)
        known = {
            moment.name: rf"{code_at(moment)}(?![\w-])|case(_id)?={self.numbers[moment.name]}(?!\d)"
            for moment in MOMENTS
        }
        return {name for name, words in known.items() if re.search(words, said)}


def _unknowing(work):
    return Work(**{item.name: getattr(work, item.name) for item in fields(Work)})


def code_at(moment):
    return f"{SOP.id}-{moment.name.replace('.', '-')}"


def _rows(work, statement):
    return work.session.connection().execute(statement).all()


def _kept(work):
    return [_rows(work, statement) for statement in KEPT]


def _refusals(work):
    entries = (json.loads(row.entry) for row in _rows(work, TRAILS))
    return tuple(entry for entry in entries if "refusal" in entry)


def _told(work):
    return tuple((row.chat_id, read(row.template, row.about)) for row in _rows(work, TOLD))


def _shown(work, account):
    """What was told to the account, as it would be sent: texts with their buttons, and the files' names."""
    for told in _rows(work, TOLD):
        if told.chat_id == account:
            row = outbox.load(work.session, Head(kind=outbox.NOTICE, id=told.id, failures=0))
            yield repr(rendering._shown(work, row, "alur_bot").content)
