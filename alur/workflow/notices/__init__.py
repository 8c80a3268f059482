"""Notices: messages that are sent once, each a value of its own class, a room for each topic.

Written by services as `notices.Question(case_id=…, question=…)`; read back from a row by `read`.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from alur.workflow.errors import Fault
from alur.workflow.notices.cases import (
    Directions,
    Finished,
    FollowUp,
    NadineRequest,
    Question,
    QuestionAnswer,
    TaskEnded,
)
from alur.workflow.notices.deadlines import (
    Agenda,
    DaysGranted,
    DeadlineMoved,
    FollowUpMoved,
    Nudge,
    Obstacle,
)
from alur.workflow.notices.files import (
    FileKept,
    FileReceived,
    FileRefused,
    FileSettled,
    FileUnwanted,
    PlaceOffered,
    WhichDocument,
)
from alur.workflow.notices.inputs import (
    Cancelled,
    CardReply,
    FormKept,
    FormReplaced,
    MessageChanged,
    Recorded,
    Refused,
    ReplaceForm,
)
from alur.workflow.notices.notice import AboutCase, Need, Notice, Person
from alur.workflow.notices.people import (
    Appointed,
    Appointments,
    AppointmentShown,
    CodesBlocked,
    Conflicting,
    Delivered,
    Enrolled,
    HandOver,
    InviteRefused,
    NotJoined,
    OrderSent,
    PhoneUnlinked,
    RoleVacant,
    Stranger,
    TasksCome,
    Unreached,
    Welcome,
)
from alur.workflow.notices.screens import (
    Cases,
    Documents,
    Files,
    Forwarded,
    Help,
    History,
    Menu,
    NotUnderstood,
    Status,
    Tasks,
)
from alur.workflow.notices.staff import (
    InvitationLink,
    InvitationPicture,
    InvitationShown,
    InvitationTried,
    People,
    PersonShown,
    StaffNews,
)
from alur.workflow.notices.trouble import BackupFailed, CalendarFaulty, ChatWaits, Parked, SendingFailed, UpdateFailed
from alur.workflow.notices.year import CalendarGap, CaseOpened, Year

__all__ = [
    "KINDS",
    "AboutCase",
    "Agenda",
    "Appointed",
    "AppointmentShown",
    "Appointments",
    "BackupFailed",
    "CalendarFaulty",
    "CalendarGap",
    "Cancelled",
    "CardReply",
    "CaseOpened",
    "Cases",
    "ChatWaits",
    "CodesBlocked",
    "Conflicting",
    "DaysGranted",
    "DeadlineMoved",
    "Delivered",
    "Directions",
    "Documents",
    "Enrolled",
    "FileKept",
    "FileReceived",
    "FileRefused",
    "FileSettled",
    "FileUnwanted",
    "Files",
    "Finished",
    "FollowUp",
    "FollowUpMoved",
    "FormKept",
    "FormReplaced",
    "Forwarded",
    "HandOver",
    "Help",
    "History",
    "InvitationLink",
    "InvitationPicture",
    "InvitationShown",
    "InvitationTried",
    "InviteRefused",
    "Menu",
    "MessageChanged",
    "NadineRequest",
    "Need",
    "NotJoined",
    "NotUnderstood",
    "Notice",
    "NoticeUnreadable",
    "Nudge",
    "Obstacle",
    "OrderSent",
    "Parked",
    "People",
    "Person",
    "PersonShown",
    "PhoneUnlinked",
    "PlaceOffered",
    "Question",
    "QuestionAnswer",
    "Recorded",
    "Refused",
    "ReplaceForm",
    "RoleVacant",
    "SendingFailed",
    "StaffNews",
    "Status",
    "Stranger",
    "TaskEnded",
    "Tasks",
    "TasksCome",
    "Unreached",
    "UpdateFailed",
    "Welcome",
    "WhichDocument",
    "Year",
    "read",
]

ALL: tuple[type[Notice], ...] = (
    Stranger,
    InviteRefused,
    Welcome,
    Enrolled,
    Appointed,
    Appointments,
    AppointmentShown,
    OrderSent,
    Conflicting,
    PhoneUnlinked,
    TasksCome,
    RoleVacant,
    HandOver,
    Delivered,
    Menu,
    Help,
    Tasks,
    Status,
    Documents,
    Files,
    History,
    Cases,
    NotUnderstood,
    Forwarded,
    Refused,
    Recorded,
    CardReply,
    FileReceived,
    FileRefused,
    FileKept,
    FileUnwanted,
    WhichDocument,
    FileSettled,
    Cancelled,
    MessageChanged,
    ReplaceForm,
    FormReplaced,
    FormKept,
    CaseOpened,
    Question,
    QuestionAnswer,
    NadineRequest,
    FollowUp,
    Directions,
    TaskEnded,
    Finished,
    Agenda,
    Nudge,
    Obstacle,
    DaysGranted,
    DeadlineMoved,
    FollowUpMoved,
    Year,
    CalendarGap,
    UpdateFailed,
    Parked,
    SendingFailed,
    ChatWaits,
    CodesBlocked,
    BackupFailed,
    CalendarFaulty,
    People,
    PersonShown,
    InvitationShown,
    InvitationLink,
    InvitationPicture,
    InvitationTried,
    StaffNews,
)
KINDS: dict[str, type[Notice]] = {kind.template: kind for kind in ALL}


class NoticeUnreadable(Fault):
    """A row says something that no notice says: it is set aside like whatever cannot be sent."""


def read(template: str, about: Mapping[str, Any]) -> Notice:
    """The notice that a row keeps, also one of an older build; else `NoticeUnreadable`."""
    kind = KINDS.get(template)
    if kind is None:
        raise NoticeUnreadable(f"there is no notice {template}")
    try:
        return kind.model_validate(about)
    except ValidationError as error:
        faults = ", ".join(f"{'.'.join(map(str, item['loc']))}: {item['type']}" for item in error.errors())
        raise NoticeUnreadable(f"{template}: {faults}") from error
