"""Which papers of a case are filed: one of each document, as it stands at the end, and each sheet on which a decision was taken.
What led to them, drafts and earlier versions, stands behind them.
"""

from collections.abc import Iterable

from alur.workflow.case import Case, Version
from alur.workflow.sop import DocumentKind, Sop


def result_of(sop: Sop, case: Case) -> DocumentKind | None:
    """The last approved letter of the SOP: the document that is filed."""
    return next((item for item in reversed(sop.documents) if item.numbered and case.standing(item.id)), None)


def filed(sop: Sop, case: Case) -> tuple[Version, ...]:
    """In the order of the SOP's documents, then the sheets and the files of units. Of a letter the signed document where there is
    one. No drafts: what an approval makes a document of, and what the SOP calls so.
    """
    drafts = {source for step in sop.steps for source in step.sources} | set(sop.archive.drafts)
    known = [item.id for item in sop.documents if item.id not in drafts]
    listed = (case.signed_copy(document) or case.standing(document) for document in known)
    others = {
        (item.document, item.unit): item
        for item in _taken(case)
        if item.document not in drafts and item.document not in known
    }
    units = sorted((item for item in others.values() if item.unit is not None), key=lambda item: item.unit or "")
    sheets = (item for item in others.values() if item.unit is None)
    return (*(item for item in listed if item is not None), *sheets, *units)


def behind(case: Case, papers: Iterable[Version]) -> tuple[Version, ...]:
    """The versions that are not filed themselves, each content once."""
    seen = {item.file.sha256 for item in papers}
    found = []
    for item in _taken(case):
        if item.file.sha256 not in seen:
            seen.add(item.file.sha256)
            found.append(item)
    return tuple(found)


def _taken(case: Case) -> tuple[Version, ...]:
    """What was not taken back."""
    return tuple(item for item in case.versions if not item.withdrawn)
