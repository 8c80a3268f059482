"""The menu of commands in each chat: what its person may use. A menu is a row of the outbox like any message, so that it is
never lost; the newest row says which menu a chat has, so that nothing is asked of Telegram twice.
"""

from alur.services.tell import tell
from alur.services.work import Work
from alur.storage import members
from alur.storage.members import Member
from alur.storage.notices import newest_menus
from alur.workflow.notices import Menu
from alur.workflow.people import Office, roles_with
from alur.workflow.reading import reads_whole
from alur.workflow.sop import Right

EVERY = ("mulai", "tugas", "status", "berkas", "riwayat", "laporan", "plh", "kelola", "batal", "bantuan")


def commands(work: Work, member: Member, office: Office | None = None) -> tuple[str, ...]:
    """The commands that the member may use, without their slash, in the order of the menu."""
    office = office or work.office()
    roles, reads = office.roles(member.id, work.now), office.reads(member.id, work.now)
    sops = [item.sop for item in work.procedures]
    may = {
        "mulai": any(not set(roles_with(sop, Right.START)).isdisjoint(roles) for sop in sops),
        "plh": any(not set(roles_with(sop, Right.APPOINT)).isdisjoint(roles) for sop in sops),
        "riwayat": any(reads_whole(sop, reads) for sop in sops),
        "laporan": any(reads_whole(sop, reads) for sop in sops),
        "kelola": any(not set(roles_with(sop, Right.APPOINT)).isdisjoint(roles) for sop in sops),
    }
    return tuple(name for name in EVERY if may.get(name, True))


def refresh(work: Work, *people: Member) -> None:
    """Queues the menu of each whose chat has another one. To be called when somebody's roles have changed."""
    office, shown = work.office(), newest_menus(work.session)
    for member in people:
        wanted = Menu(commands=commands(work, member, office))
        if shown.get(member.id) != wanted.kept():
            tell(work, member, wanted)


def catch_up(work: Work) -> None:
    """The same for everybody, once at start: who was enrolled by an older Alur has no menu yet."""
    refresh(work, *members.all_(work.session))
