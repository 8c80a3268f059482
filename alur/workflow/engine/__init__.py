"""The rules: `decide` says what an act leads to. A newcomer starts at `decide.py`, which holds the table of transitions;
each kind of task has its file.
"""

from alur.workflow.engine.decide import Decision, begin, decide
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.slots import Slot, slots

__all__ = ["Decision", "Situation", "Slot", "begin", "decide", "slots"]
