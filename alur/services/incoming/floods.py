"""What is left of an update that changed nothing in a flood, once all that it did was rolled back. Called by `bot.telegram`,
which knows whose floods there are (`bot.floods`).
"""

from alur.services.people.office import refuse
from alur.services.tell import tell_chat
from alur.services.work import DROPPED, Answer, Work, refused
from alur.workflow import notices
from alur.workflow.errors import TooManyMessages
from alur.workflow.office.attempts import Attempt

WHAT = "flood"


def answer(work: Work, *, account: int, is_press: bool) -> Answer:
    """The update with which a flood begins: answered, and written into the trail, for all that follow."""
    member, refusal = work.member(account), TooManyMessages()
    attempt = Attempt(what=WHAT, by=member.id) if member else Attempt(what=WHAT, account=account)
    refuse(work, attempt, refusal)
    if not is_press:
        tell_chat(work, account, notices.Refused.by(refusal), member_id=member.id if member else None)
    return refused(refusal)


def drop(_work: Work) -> Answer:
    """Every further one: done, and nothing else."""
    return DROPPED
