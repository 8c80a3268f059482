"""What a typed text is: an answer to an open form or to a question, a word on a review card, or nothing that is understood.
Called by `handlers.texts`, after commands and invitations were told apart.
"""

from alur.services.incoming import form_input, long_texts
from alur.services.incoming.presses import answer_to_question
from alur.services.incoming.replies import Reply
from alur.services.incoming.replies import about as subject_of
from alur.services.incoming.verdicts import decide
from alur.services.people.office import refuse
from alur.services.tell import tell
from alur.services.work import Work
from alur.storage import invites
from alur.storage.forms import open_for as open_form
from alur.storage.members import Member
from alur.workflow import notices
from alur.workflow.errors import Forwarded
from alur.workflow.office.attempts import Attempt
from alur.workflow.taken import AsAct, AsNothing, Taken


def not_understood(work: Work, member: Member) -> None:
    """Where a form is open it waits for a tap: what is typed would have been its answer otherwise."""
    row = open_form(work.session, member.id)
    tell(work, member, notices.NotUnderstood(waits=row.kind if row else None))


def forwarded(work: Work, member: Member) -> None:
    """Words that are not the sender's own: nothing follows from them, and he is told what to do. It stands in the trail, for
    they may have been meant as a decision.
    """
    refuse(work, Attempt(what="forwarded", by=member.id), Forwarded())
    tell(work, member, notices.Forwarded())


def awaits_text(work: Work, member: Member, reply: Reply | None) -> bool:
    """Whether a text may be an answer: to an open form, or to the message that it replies to."""
    return reply is not None or open_form(work.session, member.id) is not None


def number_of_form(work: Work, member: Member) -> int | None:
    """Of the one that is open."""
    row = open_form(work.session, member.id)
    return row.id if row else None


def is_invitation(work: Work, code: str) -> bool:
    """Whether a word typed by somebody who is enrolled already is an invitation, and no answer to a question."""
    return invites.of_code(work.session, code) is not None


def text(work: Work, member: Member, *, body: str, reply: Reply | None, message_id: int) -> Taken:
    """A typed text: for the open form, for the question or card that it replies to, or not understood."""
    parts = long_texts.parts_before(work, member, body, reply, message_id)
    taken: Taken | None = long_texts.refuse(work, member, body, parts) if parts else None
    if taken is None and not (parts and long_texts.would_swallow(work, member)):
        taken = form_input.typed_text(work, telegram_id=member.telegram_id, text=body, reply=reply)
    if taken is not None:
        return taken
    about = subject_of(work, member, reply)
    if about and "question" in about:
        case_id = int(about["case_id"])
        refusal = answer_to_question(work, member, case_id=case_id, question=int(about["question"]), text=body)
        if refusal:
            tell(work, member, notices.Refused.by(refusal, case_id=case_id))
        return AsAct()
    if decide(work, member, text=body, reply=reply, about=about):
        return AsAct()
    not_understood(work, member)
    return AsNothing()
