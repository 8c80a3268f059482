"""Presses: what a button under a message asks for, one class each.

The views put them into buttons, `alur.services` does what they ask (each checks it again: a press is believed in nothing),
and `handlers.callbacks` alone writes them into callback data and reads them back. A notice that asks whether a new form may
take the place of an open one keeps the press that would begin it. `name` is what the trail calls a press that is refused,
and the key of its label, where it has one.
"""

from typing import Annotated, ClassVar, Literal, TypeVar

from pydantic import Field, NonNegativeInt

from alur.workflow.errors import Unknown
from alur.workflow.model import Value

T = TypeVar("T")
Year = Annotated[int, Field(ge=1000, le=9999)]
ReadingScreen = Literal["documents", "history"]  # that of /berkas, that of /riwayat


class On(Value):
    """What a press or a form is about within its case: a task at the revision that was shown, or whatever else its rule
    says that a button names (`Rule.names`). The rest is None.
    """

    task: int | None = None
    revision: int = 0  # 0 where nothing is decided over versions
    step: NonNegativeInt | None = None
    document: str | None = None
    version: NonNegativeInt | None = None
    question: NonNegativeInt | None = None
    obstacle: NonNegativeInt | None = None
    days: NonNegativeInt | None = None
    member: NonNegativeInt | None = None
    appointment: NonNegativeInt | None = None
    invitation: NonNegativeInt | None = None  # of somebody who has not joined
    way: NonNegativeInt | None = None  # the step that was chosen, where the SOP offers several


def known(value: T | None, what: str) -> T:
    """What must be named. A press that does not name it is forged: raises `Unknown`, and never means number 0."""
    if value is None:
        raise Unknown(subject=what)
    return value


class Press(Value):
    """What all of them have in common; `AnyPress` lists them."""


class PressAct(Press):
    """Does an act of a case, or begins the form that it needs."""

    rule: str  # its name
    case: int
    on: On = On()
    replaces: bool = False  # in the place of a form that is open

    @property
    def name(self) -> str:
        return self.rule


class PressStaff(Press):
    """Does an act about people, or begins the form that it needs (`alur.workflow.office.rooms`)."""

    rule: str  # its name
    on: On = On()
    replaces: bool = False  # in the place of a form that is open

    @property
    def name(self) -> str:
        return self.rule


class PressPeople(Press):
    """A page of /kelola."""

    name: ClassVar[str] = "people"
    start: NonNegativeInt = 0  # how many people stand before it


class PressPerson(Press):
    """A member's page."""

    name: ClassVar[str] = "person"
    member: NonNegativeInt


class PressInvitation(Press):
    """The page of an invitation that nobody has redeemed."""

    name: ClassVar[str] = "invitation"
    invitation: NonNegativeInt


class PressOpen(Press):
    """*Mulai Proses*: opens a case, as /mulai does."""

    name: ClassVar[str] = "open"
    replaces: bool = False


class PressAppointments(Press):
    """A page of `/plh`; the first is also what *Kembali* on an appointment's own page shows."""

    name: ClassVar[str] = "appointments"
    start: NonNegativeInt = 0  # how many appointments stand before it


class PressAppointment(Press):
    """An appointment on a page of `/plh`: its own page."""

    name: ClassVar[str] = "appointment"
    appointment: int


class PressOrder(Press):
    """*Surat Perintah*: the file of the order behind an appointment."""

    name: ClassVar[str] = "order"
    appointment: int


class PressCard(Press):
    """*Buka Kartu*: a task's card anew, at the bottom of the chat."""

    name: ClassVar[str] = "card"
    case: int
    task: int


class PressFiles(Press):
    """*Lihat Berkas*: the case's documents, in a message of their own. Under a card its task is named."""

    name: ClassVar[str] = "files"
    case: int
    task: int | None = None


class PressHistory(Press):
    """*Riwayat*, likewise."""

    name: ClassVar[str] = "history"
    case: int
    task: int | None = None


class PressMore(Press):
    """*Lainnya*: what stands behind a card's buttons, in their place."""

    name: ClassVar[str] = "more"
    case: int
    task: int


class PressLess(Press):
    """*Kembali*: the card's own buttons again."""

    name: ClassVar[str] = "less"
    case: int
    task: int


class PressStatusPage(Press):
    """A page of `/status`."""

    name: ClassVar[str] = "status"
    start: NonNegativeInt  # how many cases stand before it


class PressStatusCase(Press):
    """One case of `/status` alone, with all that can be done about it."""

    name: ClassVar[str] = "status_case"
    case: int


class PressBoard(Press):
    """*Papan*: how the case stands on the chart of its SOP, as a picture."""

    name: ClassVar[str] = "board"
    case: int


class PressTasksPage(Press):
    """*Berikutnya* under the number of tasks that wait: the cards of those behind this one. Its place among them is named,
    not counted: what was decided meanwhile would move the count, and a task would be passed over.
    """

    name: ClassVar[str] = "tasks"
    case: int
    task: int
    due: NonNegativeInt | None = None  # its limit, in seconds since 1970; None where it has none


class PressCases(Press):
    """*Proses Lain* on a screen of `/berkas` or `/riwayat`: which case is to be read. Also a page of that choice."""

    screen: ReadingScreen
    start: NonNegativeInt = 0  # how many cases stand before it

    @property
    def name(self) -> str:
        return PressDocumentsPage.name if self.screen == "documents" else PressHistoryPage.name


class PressDocumentsPage(Press):
    """A page of `/berkas`: of the newest version of each document, or of the older ones."""

    name: ClassVar[str] = "documents"
    case: int
    older: bool = False
    start: int = 0  # how many stand before it


class PressHistoryPage(Press):
    """A page of `/riwayat`."""

    name: ClassVar[str] = "acts"
    case: int
    upto: int | None = None  # the last part on it; None for the newest page


class PressVersion(Press):
    """A version on a screen of `/berkas`, to be sent."""

    name: ClassVar[str] = "version"
    case: int
    version: int


class PressAllFiles(Press):
    """*Semua Berkas*: the newest version of each document."""

    name: ClassVar[str] = "all_files"
    case: int


class PlaceId(Value):
    """Names a place in which a file may land, in a few characters: a unit's name may be long and of any script, so that
    eight digits of its hash stand for it.
    """

    case: int
    document: str
    signed: bool = False
    unit: str | None = None


class PressArchiveList(Press):
    """*Daftar Isi Berkas*: what is filed of the case, as a workbook."""

    name: ClassVar[str] = "archive_list"
    case: int


class PressControlCard(Press):
    """*Kartu Kendali*: the case on paper, as it stands now."""

    name: ClassVar[str] = "control_card"
    case: int


class PressReport(Press):
    """The report of another year."""

    name: ClassVar[str] = "report"
    year: Year


class PressPlace(Press):
    """An answer to "which document is this?"."""

    name: ClassVar[str] = "file"
    upload: int
    place: PlaceId | None  # None leaves the file aside


class FormPress(Press):
    """A press under a form. An option is counted, not named: what it stands for may be long."""

    name: ClassVar[str]
    form: int


class PressTick(FormPress):
    name: ClassVar[str] = "tick"
    field: str
    option: int


class PressPick(FormPress):
    name: ClassVar[str] = "pick"
    field: str
    option: int


class PressWrite(FormPress):
    """*Lain…*"""

    name: ClassVar[str] = "write"


class PressNext(FormPress):
    """*Lanjut*"""

    name: ClassVar[str] = "next"


class PressSkip(FormPress):
    """*Lewati*"""

    name: ClassVar[str] = "skip"


class PressNote(FormPress):
    """*Tambah Catatan*"""

    name: ClassVar[str] = "note"


class PressChange(FormPress):
    """*Ubah*"""

    name: ClassVar[str] = "change"


class PressCorrect(FormPress):
    """The part that is to be changed."""

    name: ClassVar[str] = "correct"
    field: str


class PressSend(FormPress):
    """*Kirim*, or the way that stands in its place."""

    name: ClassVar[str] = "send"
    way: NonNegativeInt | None = None


class PressCancel(FormPress):
    """*Batal*"""

    name: ClassVar[str] = "cancel"


class PressKeep(FormPress):
    """The open form is to stay, and the new one is not begun."""

    name: ClassVar[str] = "keep"


FORM_MOVES = (PressWrite, PressNext, PressSkip, PressNote, PressChange, PressCancel, PressKeep)

CardPress = PressAct | PressCard | PressFiles | PressHistory | PressMore | PressLess
ReadingPress = (
    PressStatusPage
    | PressStatusCase
    | PressBoard
    | PressTasksPage
    | PressCases
    | PressDocumentsPage
    | PressHistoryPage
    | PressVersion
    | PressAllFiles
    | PressArchiveList
    | PressControlCard
)
AppointmentPress = PressAppointments | PressAppointment | PressOrder
PeoplePress = PressPeople | PressPerson | PressInvitation
BeginningPress = PressAct | PressOpen | PressStaff
AnyPress = (
    CardPress
    | ReadingPress
    | AppointmentPress
    | PeoplePress
    | PressReport
    | PressOpen
    | PressStaff
    | PressPlace
    | FormPress
)
