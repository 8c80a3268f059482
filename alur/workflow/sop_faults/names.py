"""Ids, references and names: whether each is known, used, and means one thing."""

from collections.abc import Iterator

from alur.workflow.sop import DocumentKind, Sop
from alur.workflow.sop_faults.fault import Location, SopFault, each_step, each_task, fault, repeated


def identities(sop: Sop) -> Iterator[SopFault]:
    for key, ids in (("roles", [role.id for role in sop.roles]), ("documents", [kind.id for kind in sop.documents])):
        for index, value in repeated(ids):
            yield fault(f"the id {value!r} is used twice in {key}", key, index, "id")
    for at, step in each_step(sop):
        for index, value in repeated(item.document or item.words for item in step.yields):
            yield fault(f"the step yields {value!r} twice", *at, "yields", index)
        for index, value in repeated(item.source for item in step.yields):
            yield fault(f"two documents are made from {value!r}", *at, "yields", index, "from")


def references(sop: Sop) -> Iterator[SopFault]:
    named_roles, named_documents = tuple(_role_names(sop)), tuple(_document_names(sop))
    roles, documents = {role.id for role in sop.roles}, {kind.id for kind in sop.documents}
    for what, known, named in (("role", roles, named_roles), ("document", documents, named_documents)):
        for at, value in named:
            if value not in known:
                yield fault(f"unknown {what} {value!r}", *at)

    busy = {value for _, value in named_roles} | {role.id for role in sop.roles if role.may}
    for index, role in enumerate(sop.roles):
        if role.id not in busy:
            yield fault(f"the role {role.id!r} is never used", "roles", index)
        if role.escalates_to == role.id:
            yield fault(f"the role {role.id!r} escalates to itself", "roles", index, "escalates_to")
    for index, kind in enumerate(sop.documents):
        if kind.id not in {value for _, value in named_documents}:
            yield fault(f"the document {kind.id!r} is never used", "documents", index)


def filing(sop: Sop) -> Iterator[SopFault]:
    known = {kind.id for kind in sop.documents}
    for index, value in repeated(sop.archive.asks):
        yield fault(f"{value!r} is asked for twice", "archive", "asks", index)
    for index, value in enumerate(sop.archive.drafts):
        if value not in known:
            yield fault(f"unknown document {value!r}", "archive", "drafts", index)
        elif value == sop.letter:
            yield fault("the letter with which a case begins is filed", "archive", "drafts", index)


def _role_names(sop: Sop) -> Iterator[tuple[Location, str]]:
    for index, role in enumerate(sop.roles):
        if role.escalates_to:
            yield ("roles", index, "escalates_to"), role.escalates_to
    for at, _, task in each_task(sop):
        yield (*at, "role"), task.role
        if task.waits_for:
            yield (*at, "waits_for"), task.waits_for
        for key, ids in (("helpers", task.helpers), ("participants", task.participants), ("tells", task.tells)):
            yield from (((*at, key, index), value) for index, value in enumerate(ids))


def _document_names(sop: Sop) -> Iterator[tuple[Location, str]]:
    yield ("letter",), sop.letter
    for at, step in each_step(sop):
        yield from (((*at, "needs", index), value) for index, value in enumerate(step.needs))
        for index, item in enumerate(step.yields):
            if item.document:
                yield (*at, "yields", index, "document"), item.document
            if item.source:
                yield (*at, "yields", index, "from"), item.source
    for at, _, task in each_task(sop):
        for key, ids in (("sends", task.sends), ("accepts", task.accepts)):
            yield from (((*at, key, index), value) for index, value in enumerate(ids))


def names(sop: Sop) -> Iterator[SopFault]:
    """A file is known by a title or alias in its name: within a step one name must not mean two documents."""
    kinds = {kind.id: (index, kind) for index, kind in enumerate(sop.documents)}
    told = set[tuple[str, str, str]]()
    for step in sop.steps:
        accepted = (value for task in step.tasks for value in task.accepts)
        bringable = dict.fromkeys((*step.uploads, *step.kept, *step.sources, *accepted))
        owners: dict[str, str] = {}
        for index, kind in (kinds[value] for value in bringable if value in kinds):
            for at, name in _spellings(kind):
                owner = owners.setdefault(name, kind.id)
                if owner != kind.id and (owner, kind.id, name) not in told:
                    told.add((owner, kind.id, name))
                    message = f"in step {step.number} {name!r} may mean {owner!r} as well as {kind.id!r}"
                    yield fault(message, "documents", index, *at)


def _spellings(kind: DocumentKind) -> Iterator[tuple[Location, str]]:
    """Title and aliases as they are compared: case, `_` and `-` ignored."""
    for at, text in (("title",), kind.title), *((("aliases", i), alias) for i, alias in enumerate(kind.aliases)):
        yield at, " ".join(text.casefold().replace("_", " ").replace("-", " ").split())
