"""What follows from a checkpoint, from a key and from a trail that is broken: who is told what. Called by `jobs.checkpoints`
and, at the start, by `bot.run`.
"""

from alur.evidence.note import Signer
from alur.services.evidence import checkpoints
from alur.services.evidence.checkpoints import Measured
from alur.services.tell import tell_administrators
from alur.services.work import Work
from alur.storage import checkpoints as rows
from alur.workflow import notices


def begin(work: Work, signer: Signer) -> None:
    """Names the key in the trail, at each start; where it took another's place the administrators hear of it."""
    if checkpoints.begin_key(work, signer):
        tell_administrators(work, notices.KeyChanged(key=str(signer.verifier)))


def sign(work: Work, tree: Measured, signer: Signer, *, is_kept: bool) -> bool:
    """Whether it was signed; then every administrator gets it, without a sound. `is_kept` tells whether the key's file still
    holds the key: without it the next start begins another.
    """
    before = rows.last(work.session)
    row = checkpoints.sign(work, tree, signer)
    if row is None:
        return False
    has_new_key = before is not None and before.key != row.key
    tell_administrators(work, notices.Checkpoint(size=row.size, has_new_key=has_new_key), silent=True)
    if not is_kept:
        tell_administrators(work, notices.KeyGone(), once=f"{notices.KeyGone.template}:{work.today}")
    return True


def tell_broken(work: Work, size: int) -> None:
    """The trail's first `size` entries are not those that were signed: once a day for each administrator."""
    tell_administrators(work, notices.TrailBroken(size=size), once=f"{notices.TrailBroken.template}:{work.today}")
