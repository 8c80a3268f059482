"""The page `docs/authority.md`: what somebody may in his role, and what of it is left by the way in which he holds it."""

from alur.workflow.people import ADMIN
from tests.authority.moments import CANCELLED, GRANTED, MOMENTS, SUSPENDED
from tests.authority.people import EVERYBODY, ROLES, Kind, who
from tests.authority.rights import GROUPS, cell, versions_for
from tests.factories import SOP

DASH = "\N{EN DASH}"
NAMES = tuple(moment.name for moment in MOMENTS)
TITLES = {role.id: role.title for role in SOP.roles} | {ADMIN: "Administrator"}
LEGEND = """\
# Who may do and read what

Asked of the rules themselves (`tests/authority/`), for the procedure {number}; `make authority` writes this page, and
`tests/services/test_authority.py` tries it over the real services, on both databases.

A field names the desks at which the case lies when somebody may: "3.2" is the second of step 3, "{granted}" is step 5
where days have just been granted, "held" is while the approval of step 6 is held back, "{still}" and "{off}" are step 9 of a case that stands still, or was called off; "{end}" is
after the archive, "all" is at any time. Everything asked for at a desk has been brought, dated and asked there, and its limit is over.
A field says who may at all: what he brings must still be complete, the copy that he presses the newest, and nobody
approves or disposes what he drafted himself.
"""
IN_ROLES = """\
Of definitive holders. The sections after it say what the other ways to hold a role leave of it."""
IN_KINDS = """\
"As the role" is all that a definitive holder may. What is named behind it is tied to the person and not to the role: what
somebody brought himself, or what his unit was sent. In a group nothing is done and nothing shown, whoever writes there."""
FILES = """\
What those may open who do not read the case whole, after its end; before it, what had come to them by then."""


def contents():
    """The page, as it stands in the folder."""
    parts = [
        LEGEND.format(number=SOP.number, end=NAMES[-1], granted=GRANTED, still=SUSPENDED, off=CANCELLED),
        f"## By role\n\n{IN_ROLES}\n",
    ]
    for group, rows in GROUPS.items():
        lines = [[row.title, *(_places(cell(row, who(role))) for role in ROLES)] for row in rows]
        parts.append(_table([group, *(TITLES[role] for role in ROLES)], lines))
    lines = [[kind.value, *(_left(kind, rows) for rows in GROUPS.values())] for kind in Kind]
    parts += [f"## By how it is held\n\n{IN_KINDS}\n", _table(["", *GROUPS], lines)]
    parts += [f"## Files of those who were sent some\n\n{FILES}\n", _table(["", "Documents"], list(_sent()))]
    return "\n".join(parts)


def _table(head, lines):
    return "\n".join(f"| {' | '.join(line)} |" for line in (head, ["---"] * len(head), *lines)) + "\n"


def _places(names):
    """Neighbours as one, from the first to the last; nothing as a dash."""
    if names == NAMES:
        return "all"
    runs = []
    for name in names:
        place = NAMES.index(name)
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    ends = ((NAMES[run[0]], NAMES[run[-1]]) for run in runs)
    return ", ".join(first if first == last else f"{first}{DASH}{last}" for first, last in ends) or DASH


def _left(kind, rows):
    """What of the role's rights is left to whoever holds it so."""
    people = [item for item in EVERYBODY if item.kind is kind]
    if not any(cell(row, item) for item in people for row in rows):
        return "nothing"
    others = {}
    for item in people:
        for row in rows:
            found, usual = cell(row, item), cell(row, who(item.role))
            if found != usual:
                others.setdefault(row.title, []).append(f"{TITLES[item.role]} {_places(found)}")
    said = "; ".join(f"{title}: {', '.join(places)}" for title, places in others.items())
    return f"as the role, but {said}" if said else "as the role"


def _sent():
    end = MOMENTS[-1]
    for item in EVERYBODY:
        found = versions_for(end, item.member) if item.member is not None else ()
        if found and len(found) < len(end.s.case.versions) and item.kind in (Kind.HOLDER, Kind.OF_OTHER_UNIT):
            titles = dict.fromkeys(
                SOP.document(version.document).title if version.unit is None else f"Data {version.unit}"
                for version in found
            )
            yield [f"{TITLES[item.role]}, {item.kind.value}", "; ".join(titles)]
