"""What is wrong with a procedure although each of its fields is well formed: found by `faults`, all at once.

Called by `alur.storage.sop_files` when a file is read, before any case can run on it. A fault carries a path into the
data, with the keys of the file, so that the reader can name the line.
"""

from alur.workflow.sop import Sop
from alur.workflow.sop_faults.course import flow, order, together, ways
from alur.workflow.sop_faults.fault import Location, SopFault, fault
from alur.workflow.sop_faults.names import filing, identities, names, references
from alur.workflow.sop_faults.tasks import kinds, makers, meetings, targets, words

__all__ = ["Location", "SopFault", "faults"]

CHECKS = (identities, references, order, ways, together, flow, makers, kinds, targets, meetings, words, names, filing)


def faults(sop: Sop) -> tuple[SopFault, ...]:
    """All faults of the procedure, none if it can be run. Steps are known by their place, whatever their number says."""
    if not sop.steps:
        return (fault("a procedure has at least one step", "steps"),)
    return tuple(found for check in CHECKS for found in check(sop))
