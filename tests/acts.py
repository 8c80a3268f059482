"""Every act of the rules by its name, for whoever plays them: `acts.Approve(by=…, task=…, revision=…)`."""

from alur.workflow.engine.acts import RULES
from alur.workflow.engine.rule import Act, Deciding

__all__ = ["Act", "Deciding"]

globals().update({rule.act.__name__: rule.act for rule in RULES})
