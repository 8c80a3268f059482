"""The office decides as a case does: `decide(roster, act, at)` says what an act on members, appointments and invitations
leads to, `apply` alone changes the roster, and the entries of the office's chain replay to it.

A newcomer starts at `decide.py`, which holds the table; each kind of act has its file.
"""

from alur.workflow.office.decide import Decision, decide
from alur.workflow.office.roster import Invitation, Person, Roster

__all__ = ["Decision", "Invitation", "Person", "Roster", "decide"]
