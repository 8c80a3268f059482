"""Who is handed the signed copy of a letter: everybody who may read it, the bytes as they came. One that is no signed letter, as
far as can be told, is its bringer's to take back until the archive closes, and goes out with the final report.
"""

from alur.services.cases.board import Board
from alur.services.tell import occasion, tell
from alur.storage import cards, members
from alur.workflow import notices
from alur.workflow.case import Version
from alur.workflow.people import ADMIN, readers
from alur.workflow.reading import readable


def came(board: Board, version: Version) -> None:
    signatures = version.file.signatures
    if version.late or signatures is None or not signatures.is_doubtful:
        _hand_out(board, version)


def finished(board: Board) -> None:
    for document in board.s.sop.documents:
        version = board.s.case.signed_copy(document.id) if document.numbered else None
        if version is not None:
            _hand_out(board, version)
    for version in board.s.case.versions:
        if version.signed:  # no answer to one offers to take it back any more
            board.anew(notices.FileReceived, version.id)


def _hand_out(board: Board, version: Version) -> None:
    """To each once; not to whoever brought it, nor to administrators who have no part in the case."""
    s, work = board.s, board.work
    roles = [role for role in readers(s.sop) if role != ADMIN]
    held = (item.member for role in roles for item in s.office.holders(role, work.now))
    sent = notices.Files(case_id=board.case_id, versions=(version.id,))
    for number in dict.fromkeys((*held, *cards.members_of(work.session, board.case_id))):
        member = members.get(work.session, number) if number != version.by.member else None
        if member is None:
            continue
        own = s.office.reads(member.id, work.now)
        if version in readable(s, member=member.id, unit=member.unit, roles=own):
            tell(work, member, sent, once=occasion(notices.Files, board.case_id, version.id))
