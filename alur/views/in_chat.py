"""Which files of a card stand in its reader's chat already: these are not sent with it again; the card names them, and is a
reply to the newest (decision 31). Pure: the same rows give the same answer, also after half of a post.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from alur.views.screen import Attachment


@dataclass(frozen=True, kw_only=True)
class InChat:
    """What delivery knows of the chat; as it is made by default, nothing stands there."""

    sent: Mapping[tuple[str, str], Sequence[int]] = field(default_factory=dict)  # SHA-256 and name -> messages
    sent_as: Mapping[int, int] = field(default_factory=dict)  # message -> the version as which it brought its file
    copy: int | None = None  # the card's message as it stands
    with_copy: tuple[int, ...] = ()  # the files that were sent before that copy, or for the one that is being posted
    key: str | None = None  # for which files that was
    is_due: bool = True  # whether the card is to be posted as a new message, rather than edited


@dataclass(frozen=True, kw_only=True)
class Parted:
    """A card's files, by where they stand."""

    missing: tuple[Attachment, ...]  # to be sent
    own: tuple[int, ...]  # the messages that this post has sent already, right above its card
    above: tuple[Attachment, ...]  # further up
    sent_as: tuple[int | None, ...]  # the version as which each of these stands there
    newest: int | None  # the newest message of these


def parted(files: Sequence[Attachment], key: str, chat: InChat) -> Parted:
    """A post goes on only for the very files that it was begun for, and below the copy before."""
    goes_on = chat.key == key and all(number > (chat.copy or 0) for number in chat.with_copy)
    own = chat.with_copy if goes_on or not chat.is_due else ()
    missing, above, newest, sent_as = [], [], None, []
    for item in files:
        messages = chat.sent.get((item.file.sha256, item.file.name), ())
        if not chat.is_due and chat.copy is not None:  # what came since does not stand above it
            messages = [number for number in messages if number < chat.copy]
        if not messages:
            missing.append(item)
        elif set(messages).isdisjoint(own):
            above.append(item)
            sent_as.append(chat.sent_as.get(max(messages)))
            newest = max(newest or 0, *messages)
    return Parted(missing=tuple(missing), own=own, above=tuple(above), sent_as=tuple(sent_as), newest=newest)
