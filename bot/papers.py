"""The papers that are printed for every bundle: what the views make, of what the bundle has (`verifikasi.MADE`)."""

from alur.services.evidence.bundle.source import Papers, Source
from alur.views import archive_list, control_card


def _control_card(source: Source) -> bytes:
    row = source.checkpoint
    note, signed = (row.note, row.at) if row is not None else (None, None)
    return control_card.of_trail(source.sop, source.trail, source.calendar, note=note, signed=signed)


def _archive_list(source: Source) -> bytes:
    return archive_list.of_trail(source.sop, source.trail, source.calendar)


PAPERS: Papers = {"kartu-kendali.pdf": _control_card, archive_list.NAME: _archive_list}
