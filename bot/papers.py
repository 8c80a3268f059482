"""The papers that are printed for every bundle: what the views make, of what the bundle has (`verifikasi.MADE`)."""

from alur.services.evidence.bundle.source import Papers, Source


def _control_card(source: Source) -> bytes:
    from alur.views import control_card  # noqa: PLC0415 - one after the other: each is read when it is made

    row = source.checkpoint
    note, signed = (row.note, row.at) if row is not None else (None, None)
    return control_card.of_trail(source.sop, source.trail, source.calendar, note=note, signed=signed)


def _archive_list(source: Source) -> bytes:
    from alur.views import archive_list  # noqa: PLC0415 - see `_control_card`

    return archive_list.of_trail(source.sop, source.trail, source.calendar)


PAPERS: Papers = {"kartu-kendali.pdf": _control_card, "daftar-isi-berkas.xlsx": _archive_list}
