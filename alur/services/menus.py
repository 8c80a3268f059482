"""The menu of commands in each chat: what its person may use. A menu is a row of the outbox like any message, so that it is
never lost; the newest row says which menu a chat has, so that nothing is asked of Telegram twice.
"""

from alur.services.tell import tell
from alur.services.work import Work
from alur.storage import members, notices
from alur.storage.members import Member
from alur.workflow.people import roles_with
from alur.workflow.reading import reads_whole
from alur.workflow.sop import Right

EVERY = ("mulai", "tugas", "status", "berkas", "riwayat", "batal", "bantuan")
MENU = "menu"  # the name under which it stands among the notices


def commands(work: Work, member: Member) -> tuple[str, ...]:
    """The commands that the member may use, without their slash, in the order of the menu."""
    roles = work.office().roles(member.id, work.now)
    sops = [item.sop for item in work.procedures]
    may = {
        "mulai": any(not set(roles_with(sop, Right.START)).isdisjoint(roles) for sop in sops),
        "riwayat": any(reads_whole(sop, roles) for sop in sops),
    }
    return tuple(name for name in EVERY if may.get(name, True))


def refresh(work: Work, member: Member) -> None:
    """Queues the member's menu, if it is another than the one that his chat has. To be called when his roles change."""
    wanted = list(commands(work, member))
    newest = notices.newest(work.session, member_id=member.id, template=MENU)
    if newest is None or newest["commands"] != wanted:
        tell(work, member, MENU, {"commands": wanted})


def catch_up(work: Work) -> None:
    """The same for everybody, once at start: who was enrolled by an older Alur has no menu yet."""
    for member in members.all_(work.session):
        refresh(work, member)
