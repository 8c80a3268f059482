"""Notices about what proves the trail: checkpoints, their key, and the bundle of an archived case."""

from typing import ClassVar

from alur.workflow.notices.notice import AboutCase, Need, Notice


class Checkpoint(Notice):
    """The signed checkpoint of that size, to be kept outside of the office."""

    template: ClassVar[str] = "checkpoint"
    needs = frozenset({Need.CHECKPOINT})
    size: int  # entries of the trail that it covers
    has_new_key: bool = False  # another key signed the one before


class TrailBroken(Notice):
    """What was signed is no longer what stands in the trail; nothing is signed until somebody has looked."""

    template: ClassVar[str] = "trail_broken"
    size: int  # entries that were signed


class KeyChanged(Notice):
    """From this start on another key signs."""

    template: ClassVar[str] = "key_changed"
    key: str  # the verifier's line of it


class KeyGone(Notice):
    """The key's file no longer holds the key with which the office signs."""

    template: ClassVar[str] = "key_gone"


class Bundle(AboutCase):
    """One ZIP of the bundle of an archived case, as of the checkpoint of that size."""

    template: ClassVar[str] = "bundle"
    needs = frozenset({Need.BUNDLE})
    size: int
    part: int = 0  # from 0
    is_again: bool = False  # something was put right since an earlier bundle, or it was archived anew
