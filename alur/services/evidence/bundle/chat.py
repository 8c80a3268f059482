"""Stand-in."""

from io import BytesIO
from zipfile import ZipFile

from alur.services.work import Work
from alur.storage import audit, cases
from alur.storage.file_store import FileStore


def part_names(work: Work, case_id: int, size: int) -> tuple[str, ...]:
    record = cases.get(work.session, case_id)
    assert record is not None
    return (f"{record.case.code}.zip",)


def left_out(work: Work, case_id: int, size: int) -> tuple[str, ...]:
    return ()


def part(work: Work, store: FileStore, case_id: int, size: int, number: int) -> bytes:
    record = cases.get(work.session, case_id)
    assert record is not None
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for version in record.case.versions:
            archive.writestr(f"{version.id} {version.file.name}", store.read(version.file.sha256))
        archive.writestr(
            "jejak-audit.jsonl", "\n".join(i.hash for i in audit.entries(work.session, case_id) if i.id <= size)
        )
    return made.getvalue()
