"""The maker of *Daftar isi berkas*: a file that is made when it is sent, of the case as it then is."""

from alur.views import limits
from alur.views.environment import render
from alur.views.notice.maker import Given, make
from alur.views.screen import Attachment
from alur.workflow import notices
from alur.workflow.engine import Situation
from alur.workflow.reading import reads_whole
from alur.workflow.record.archive_list import archive_list as listed


@make.register
def _archive_list(_notice: notices.ArchiveList, given: Given) -> tuple[Attachment, ...] | None:
    """Nothing for whoever does not read the case whole any more."""
    s = given.situation
    if not reads_whole(s.sop, given.reader.reads):
        return None
    from alur.views import archive_list  # noqa: PLC0415 - a workbook's library is 15 MB, and few days ask for one

    file, content = archive_list.file_of(s.sop, s.case, s.office.calendar.zone)
    return (Attachment(version=None, file=file, caption=caption(s), content=content),)


def caption(s: Situation) -> str:
    context = {"case": s.case, "sop": s.sop, "list": listed(s.sop, s.case, s.office.calendar.zone)}
    return render("archive_list_caption.html", context, limit=limits.CAPTION)
