"""The rules: `decide` says what an act leads to. A newcomer starts at `acts/`: its table holds every act, and each act has a
room of its own with all that is to be known of it.
"""

from alur.workflow.engine.decide import Decision, begin, decide
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.slots import Slot, slots

__all__ = ["Decision", "Situation", "Slot", "begin", "decide", "slots"]
