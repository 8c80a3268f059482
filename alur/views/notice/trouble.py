"""Makers of the notices about what could not be done."""

from alur.views import words
from alur.views.notice.maker import Given, Parts, make, plain
from alur.workflow import notices

for kind in (notices.UpdateFailed, notices.Parked, notices.SendingFailed, notices.CalendarFaulty):
    make.register(kind)(plain)


@make.register
def _chat_waits(notice: notices.ChatWaits, given: Given) -> Parts:
    return Parts({"until": words.moment(notice.until, given.zone)})


@make.register
def _backup_failed(notice: notices.BackupFailed, _given: Given) -> Parts:
    return Parts({"day": words.day(notice.date)})
