"""Whether a member can be written to: Telegram says that he cannot (blocked, deactivated, never started), or he writes
again. Both are told once: what is known already changes nothing.
"""

from typing import Literal

from alur.workflow.errors import NotMember
from alur.workflow.model import Value
from alur.workflow.office.events import ContactLost, ContactRegained, Event
from alur.workflow.office.roster import Person
from alur.workflow.office.situation import OfficeSituation


class LoseContact(Value):
    act: Literal["lose_contact"] = "lose_contact"
    account: int


class RegainContact(Value):
    act: Literal["regain_contact"] = "regain_contact"
    account: int


def lose_contact(s: OfficeSituation, act: LoseContact) -> tuple[Event, ...]:
    person = _member(s, act.account)
    return (ContactLost(person=person.id),) if person.reachable else ()


def regain_contact(s: OfficeSituation, act: RegainContact) -> tuple[Event, ...]:
    person = _member(s, act.account)
    return () if person.reachable else (ContactRegained(person=person.id),)


def _member(s: OfficeSituation, account: int) -> Person:
    person = s.roster.with_account(account)
    if person is None:
        raise NotMember
    return person
