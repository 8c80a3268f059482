"""Who may do and read what (`docs/authority.md`): every field of the matrix tried over the real services, by every kind of
person, with buttons that are fresh, stale, forged, or another case's or person's. Allowed exactly where the matrix says;
elsewhere nothing changes, nothing is told, and the attempt stands in a trail.
"""

from types import SimpleNamespace

import pytest
from telegram import CallbackQuery, Chat, Document, Message, MessageEntity, Update, User

from alur.services.cases.perform import open_, perform
from alur.services.incoming import presses
from alur.services.work import UNKNOWN
from alur.workflow.engine.acts import RULES
from alur.workflow.engine.acts.open_case import OpenCaseRule
from alur.workflow.engine.acts.upload import Upload
from alur.workflow.office.rooms import STAFF_RULES
from alur.workflow.presses import (
    FormPress,
    On,
    PlaceId,
    PressAct,
    PressAllFiles,
    PressArchiveList,
    PressBoard,
    PressCard,
    PressControlCard,
    PressDocumentsPage,
    PressFiles,
    PressHistory,
    PressHistoryPage,
    PressLess,
    PressMore,
    PressOpen,
    PressPlace,
    PressReport,
    PressStaff,
    PressStatusCase,
    PressVersion,
)
from handlers import taps
from handlers.callbacks import encode
from handlers.register import nothing, register
from handlers.texts import SCREENS
from tests.authority.moments import MOMENTS
from tests.authority.people import ASKED, EVERYBODY, MEMBERS, ROLES, Kind, who
from tests.authority.rights import (
    ALL_FILES,
    ARCHIVE_LIST,
    BOARD,
    CARD,
    DOCUMENTS,
    GROUPS,
    HISTORY,
    OPENING,
    REPORT,
    ROWS,
    SOME_FILES,
    STAFF_ACTS,
    STATUS_PART,
    STATUS_WHOLE,
    allows,
    allows_staff,
    cell,
    everything,
    landing,
    refusal_of,
    staff_ons,
    the_letter,
    versions_for,
)
from tests.authority.stage import OWNER, Stage
from tests.factories import a_file

GONE = (Kind.PLH_BEFORE, Kind.ENDED, Kind.UNLINKED, Kind.STRANGER)
PRESSED = [rule for rule in RULES if rule.name and not isinstance(rule, OpenCaseRule)]
NO_CASE, NO_TASK = 9_999, 99
FORGED = {
    "document": "tidak_ada",
    **dict.fromkeys(("question", "obstacle", "member", "invitation", "step", "days", "way", "version"), NO_TASK),
}
AT = {moment.name: moment for moment in MOMENTS}
TYPED = {
    "text": "Kami sampaikan alasannya.",
    "reason": "Tabel belum sesuai.",
    "number": "5.Und/OT.02/2026",
    "date": "2026-11-24",
    "time": "09:00",
}


# What is refused before anything is stored is the same on both: PostgreSQL is asked about each act, screen and file once.
on_sqlite = pytest.mark.parametrize("shared_database", ["sqlite"], indirect=True, scope="module")


@pytest.fixture(scope="module")
def stage(shared_database):
    return Stage(shared_database)


def may(row, somebody, moment):
    return moment.name in cell(row, somebody)


def first_of_each(row):
    """A moment for each set of people who may."""
    found = {}
    for moment in MOMENTS:
        found.setdefault(frozenset(item for item in EVERYBODY if may(row, item, moment)), moment)
    return found.values()


def places(rule):
    """Who may press the rule's button, and a moment with what it is about there; for each set of people one."""
    found = {}
    for moment in MOMENTS:
        for on in moment.ons(rule):
            allowed = frozenset(item for item in MEMBERS if pressed(rule, moment, item, on))
            if allowed:
                found.setdefault(allowed, (moment, on))
    return tuple((allowed, *place) for allowed, place in found.items())


def pressed(rule, moment, somebody, on):
    return somebody.member is not None and allows(rule, moment.s, somebody.member, on)


def some(allowed):
    """Everybody of the roles that may, the holders of the others, and a stranger."""
    roles = {item.role for item in allowed}
    return [item for item in EVERYBODY if item.role in roles or item.kind in (Kind.HOLDER, Kind.STRANGER)]


def check_refused(tried, about):
    assert tried.is_refused, about
    check_nothing_came(tried, about)
    assert tried.refusals, about


def check_nothing_came(tried, about):
    assert tried.is_untouched, about
    assert tried.tells_nothing, (about, tried.told)


def check_pressed(stage, somebody, press, *, is_allowed):
    tried = stage.presses(somebody, press)
    if is_allowed:
        assert not tried.is_refused, (str(somebody), press, tried.refusals)
    else:
        check_refused(tried, (str(somebody), press))


# The matrix itself


def test_every_act_press_and_command_has_its_row():
    assert {item for row in ROWS for item in row.of} == everything()


def test_no_two_rows_are_called_the_same():
    assert len({row.title for row in ROWS}) == len(ROWS)


def test_every_right_is_somebodys_but_for_the_clocks():
    unused = [row.title for row in ROWS if not any(cell(row, item) for item in EVERYBODY)]
    assert {row.of[0].name for row in ROWS if row.title in unused} == {""}


@pytest.mark.parametrize("role", ROLES)
def test_a_plh_in_force_and_a_plt_may_what_a_holder_beside_them_may(role):
    for row in ROWS:
        beside = cell(row, who(role, Kind.BESIDE))
        assert cell(row, who(role, Kind.PLH)) == cell(row, who(role, Kind.PLT)) == beside, row.title


@pytest.mark.parametrize("role", ROLES)
def test_an_absent_holder_decides_nothing_and_reads_what_the_holder_reads(role):
    absent, holder = who(role, Kind.ABSENT), who(role)
    for group in ("Acts of a case", "Decisions about people"):
        assert [row.title for row in GROUPS[group] if cell(row, absent)] == []
    for row in GROUPS["Reading"]:
        assert cell(row, absent) == (() if row is CARD else cell(row, holder)), row.title


@pytest.mark.parametrize("somebody", [item for item in EVERYBODY if item.kind in GONE], ids=str)
def test_whoever_holds_nothing_does_and_reads_nothing(somebody):
    rows = [row for group, rows in GROUPS.items() if group != "One's own" for row in rows]
    assert [row.title for row in rows if cell(row, somebody)] == []


# Acts of a case


@pytest.mark.parametrize("rule", PRESSED, ids=lambda rule: rule.name)
def test_a_button_is_taken_from_whoever_may_and_from_nobody_else(stage, rule):
    for place, (allowed, moment, on) in enumerate(places(rule)):
        press = PressAct(rule=rule.name, case=stage.numbers[moment.name], on=on)
        for somebody in some(allowed) if place else EVERYBODY:
            check_pressed(stage, somebody, press, is_allowed=pressed(rule, moment, somebody, on))


@on_sqlite
@pytest.mark.parametrize("rule", PRESSED, ids=lambda rule: rule.name)
def test_a_stale_button_is_taken_where_it_decides_over_no_versions(stage, rule):
    """Or where whoever presses it brought all that is newer."""
    for allowed, moment, on in places(rule)[:2]:
        stale = on.model_copy(update={"revision": max(on.revision - 1, 0) or on.revision + 1})
        press = PressAct(rule=rule.name, case=stage.numbers[moment.name], on=stale)
        for somebody in some(allowed):
            check_pressed(stage, somebody, press, is_allowed=pressed(rule, moment, somebody, stale))


@on_sqlite
@pytest.mark.parametrize("rule", PRESSED, ids=lambda rule: rule.name)
def test_a_forged_button_is_nobodys(stage, rule):
    for allowed, moment, on in places(rule)[:2]:
        number = stage.numbers[moment.name]
        of_nothing = on.model_copy(update={"task": NO_TASK} | {name: FORGED[name] for name in rule.names})
        forged = [
            PressAct(rule=rule.name, case=NO_CASE, on=on),
            PressAct(rule=rule.name, case=number),
            PressAct(rule=rule.name, case=number, on=of_nothing),
        ]
        real = [on, *((On(),) if rule.on_status else ())]  # one that names nothing but its case cannot name less
        forged = [press for press in forged if press.case == NO_CASE or press.on not in real]
        for somebody in some(allowed):
            for press in forged:
                check_pressed(stage, somebody, press, is_allowed=False)


@on_sqlite
@pytest.mark.parametrize("rule", PRESSED, ids=lambda rule: rule.name)
def test_a_button_of_another_case_is_judged_by_that_case(stage, rule):
    for allowed, moment, on in places(rule)[:2]:
        other = MOMENTS[MOMENTS.index(moment) - 1]
        press = PressAct(rule=rule.name, case=stage.numbers[other.name], on=on)
        for somebody in some(allowed):
            check_pressed(stage, somebody, press, is_allowed=pressed(rule, other, somebody, on))


@on_sqlite
@pytest.mark.parametrize("rule", PRESSED, ids=lambda rule: rule.name)
def test_an_act_that_comes_without_its_button_is_done_for_whoever_may_and_for_nobody_else(stage, rule):
    for allowed, moment, on in places(rule):
        first = min(allowed, key=lambda item: item.id)
        for somebody in some(allowed):
            if somebody.member is None:  # nothing comes from him
                continue
            is_allowed = pressed(rule, moment, somebody, on)
            asked = answered(rule.form(moment.s, somebody.id if is_allowed else first.id, on), moment)
            act = rule.made(somebody.id, on, asked, stage.house.calendar.zone)
            tried = stage.tries(perform, case_id=stage.numbers[moment.name], act=act)
            check_done(tried, (str(somebody), act), is_allowed=is_allowed)


def check_done(tried, about, *, is_allowed):
    decision = tried.answer[0] if isinstance(tried.answer, tuple) else tried.answer
    assert (decision.refusal is None) == is_allowed, (about, decision.refusal and decision.refusal.record())
    if not is_allowed:
        check_nothing_came(tried, about)
        assert tried.refusals, about


def answered(form, moment):
    """The form with an answer to each of its questions; what is asked about once was asked about."""
    if form is None:
        return None
    answers = dict(form.answers)
    for field in form.fields:
        match field.kind:
            case "ticks":
                answers.setdefault(field.name, [])
                answers[field.name] = answers[field.name] or [field.options[0].value]
            case "choice":
                answers[field.name] = field.options[0].value
            case "file":
                answers[field.name] = another_file(moment, "undangan baru.pdf").model_dump(mode="json")
            case "date" if field.latest is not None:
                answers[field.name] = field.latest.isoformat()
            case kind:
                answers[field.name] = answers.get(field.name) or TYPED[kind]
    return form.model_copy(update={"answers": answers, "asking": None, "is_doubted": True})


def another_file(moment, name):
    """One that no version of the case is."""
    return a_file(f"{moment.name} {name}")


@on_sqlite
@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: moment.name)
def test_a_file_becomes_a_version_where_it_is_awaited_from_its_sender_and_nowhere_else(stage, moment):
    of_each = {item: {place(slot): slot for slot in landing(moment.s, item.id)} for item in MEMBERS}
    every = {found: slot for of_one in of_each.values() for found, slot in of_one.items()}
    for (document, unit, signed), slot in every.items():
        kind = "pdf" if slot.use in ("letter", "signed") else "docx"
        for somebody in some({item for item in MEMBERS if (document, unit, signed) in of_each[item]}):
            if somebody.member is None:
                continue
            act = Upload(
                by=somebody.id, document=document, file=another_file(moment, f"baru.{kind}"), unit=unit, signed=signed
            )
            tried = stage.tries(perform, case_id=stage.numbers[moment.name], act=act)
            check_done(tried, (str(somebody), act), is_allowed=(document, unit, signed) in of_each[somebody])


def place(slot):
    return (slot.document, slot.unit, slot.signed)


@on_sqlite
def test_a_case_is_opened_by_whoever_may_and_by_nobody_else(stage):
    for somebody in EVERYBODY:
        is_allowed = cell(OPENING, somebody) != ()
        check_pressed(stage, somebody, PressOpen(), is_allowed=is_allowed)
        assert stage.commands(somebody, "mulai").is_untouched != is_allowed, str(somebody)
        if somebody.member is not None:
            tried = stage.tries(open_, procedure=stage.house.procedures[0], act=the_letter(somebody.member))
            check_done(tried, str(somebody), is_allowed=is_allowed)


# Decisions about people


@pytest.mark.parametrize("title", STAFF_ACTS)
def test_people_are_decided_about_by_whoever_may_and_by_nobody_else(stage, title):
    for somebody in MEMBERS:
        if somebody.kind is Kind.UNLINKED:
            continue
        act = STAFF_ACTS[title].model_copy(update={"by": somebody.id})
        is_allowed = refusal_of(act, somebody.id) is None
        tried = stage.decides(act)
        check_done(tried, str(somebody), is_allowed=is_allowed)
        assert tried.is_untouched != is_allowed, str(somebody)


@on_sqlite
@pytest.mark.parametrize("rule", STAFF_RULES, ids=lambda rule: rule.name)
def test_a_button_about_people_is_taken_from_whoever_may_and_from_nobody_else(stage, rule):
    on = next(on for on in staff_ons(rule) if any(allows_staff(rule, item.id, on) for item in MEMBERS))
    forged = [] if rule.about is None else [On(), On(**{rule.about: NO_CASE})]
    for somebody in EVERYBODY:
        is_allowed = somebody.member is not None and allows_staff(rule, somebody.member, on)
        check_pressed(stage, somebody, PressStaff(rule=rule.name, on=on), is_allowed=is_allowed)
        for press in (PressStaff(rule=rule.name, on=on) for on in forged):
            check_pressed(stage, somebody, press, is_allowed=False)


# Reading


SCREENS_OF_A_CASE = {
    BOARD: (PressBoard,),
    ARCHIVE_LIST: (PressArchiveList,),
    DOCUMENTS: (PressFiles, PressDocumentsPage),
    HISTORY: (PressHistory, PressHistoryPage, PressControlCard),
    CARD: (PressCard, PressMore, PressLess),
}


@pytest.mark.parametrize("row", SCREENS_OF_A_CASE, ids=lambda row: row.title)
def test_a_screen_of_a_case_is_shown_to_whoever_may_read_it_and_to_nobody_else(stage, row):
    for moment in first_of_each(row):
        tasks = moment.s.case.open_tasks or moment.s.case.tasks
        about = {"case": stage.numbers[moment.name], "task": tasks[-1].id}
        for kind in SCREENS_OF_A_CASE[row]:
            press = kind(**{name: value for name, value in about.items() if name in kind.model_fields})
            for somebody in some({item for item in EVERYBODY if may(row, item, moment)}) if row is CARD else EVERYBODY:
                check_pressed(stage, somebody, press, is_allowed=may(row, somebody, moment))


@on_sqlite
def test_a_case_stands_on_status_alone_for_whoever_may_read_of_it_and_for_nobody_else(stage):
    for moment in first_of_each(STATUS_WHOLE):
        press = PressStatusCase(case=stage.numbers[moment.name])
        for somebody in EVERYBODY:
            is_allowed = may(STATUS_WHOLE, somebody, moment) or may(STATUS_PART, somebody, moment)
            check_pressed(stage, somebody, press, is_allowed=is_allowed)


@on_sqlite
def test_a_report_is_shown_to_whoever_reads_cases_whole_and_to_nobody_else(stage):
    for moment in first_of_each(REPORT):
        for somebody in EVERYBODY:
            is_allowed = may(REPORT, somebody, moment)
            check_pressed(stage, somebody, PressReport(year=2026), is_allowed=is_allowed)
            assert bool(stage.commands(somebody, "laporan").refusals) != is_allowed, str(somebody)


@pytest.mark.parametrize("moment", [AT["4"], MOMENTS[-1]], ids=lambda moment: moment.name)
def test_a_file_is_sent_to_whoever_may_read_it_and_to_nobody_else(stage, moment):
    number = stage.numbers[moment.name]
    for somebody in some({item for item in EVERYBODY if may(SOME_FILES, item, moment)}):
        own = {item.id for item in versions_for(moment, somebody.member)} if somebody.member else set()
        assert bool(own) == (may(ALL_FILES, somebody, moment) or may(SOME_FILES, somebody, moment))
        for version in moment.s.case.versions:
            check_pressed(stage, somebody, PressVersion(case=number, version=version.id), is_allowed=version.id in own)
        tried = stage.presses(somebody, PressAllFiles(case=number))
        assert tried.is_refused == (not own), str(somebody)
        assert {found for _, notice in tried.told for found in getattr(notice, "versions", ())} <= own, str(somebody)


@on_sqlite
@pytest.mark.parametrize(
    "press", [PressFiles, PressHistory, PressDocumentsPage, PressHistoryPage, PressAllFiles, PressControlCard]
)
def test_of_a_case_that_there_is_none_of_nothing_is_shown(stage, press):
    for somebody in EVERYBODY:
        check_pressed(stage, somebody, press(case=NO_CASE), is_allowed=False)


def test_a_command_names_no_case_to_whom_it_is_not_for(stage):
    """/tugas and /start name some where not all cards are posted at once."""
    rows = {
        "status": (STATUS_WHOLE, STATUS_PART),
        "berkas": (DOCUMENTS,),
        "riwayat": (HISTORY,),
        "tugas": (CARD,),
        "start": (CARD,),
    }
    for name in SCREENS:
        for somebody in EVERYBODY:
            tried = stage.commands(somebody, name)
            own = {item.name for item in MOMENTS for row in rows.get(name, ()) if may(row, somebody, item)}
            named = stage.named(tried)
            assert named <= own, (name, str(somebody))
            assert bool(named) == bool(own) or CARD in rows[name], (name, str(somebody))
            assert {chat for chat, _ in tried.told} <= {somebody.account}, (name, str(somebody))
            assert tried.refusals or somebody.member is not None, (name, str(somebody))


# What is somebody's own


@on_sqlite
@pytest.mark.parametrize("kind", FormPress.__subclasses__(), ids=lambda kind: kind.name)
def test_a_form_is_pressed_by_its_person_and_by_nobody_else(stage, kind):
    known = {"field": "ticks", "option": 0}
    press = kind(form=stage.form, **{name: value for name, value in known.items() if name in kind.model_fields})
    for somebody in some({OWNER}):
        tried = stage.presses(somebody, press)
        if somebody is OWNER:
            assert tried.answer.name != "unknown", press
        else:
            check_refused(tried, (str(somebody), press))


@on_sqlite
def test_which_document_a_file_is_its_sender_says_and_nobody_else(stage):
    places = (None, PlaceId(case=stage.numbers["2"], document="data_capaian"))
    for somebody in EVERYBODY:
        for place in places:
            tried = stage.presses(somebody, PressPlace(upload=stage.upload, place=place))
            if somebody is OWNER and place is None:
                assert tried.answer.name == "file_dropped"
            else:
                check_refused(tried, (str(somebody), place))


# Groups


class Heard:
    """What a handler asks of the bot: it keeps what was to be done, and does nothing."""

    def __init__(self):
        self.done, self.answers = [], []

    async def attempt(self, service, **_values):
        self.done.append(service)
        return UNKNOWN

    async def answer(self, name, **_values):
        self.answers.append(name)


def an_update(kind, **message):
    """What a holder does in a chat of that kind."""
    user = User(id=who(ROLES[0]).account, first_name="Pegawai", is_bot=False)
    chat = Chat(id=-5, type=kind)
    said = Message(message_id=7, date=ASKED, chat=chat, from_user=user, **message)
    return user, said


@pytest.mark.parametrize("kind", [Chat.GROUP, Chat.SUPERGROUP, Chat.CHANNEL])
async def test_a_button_that_is_pressed_in_a_group_is_forged(kind):
    press = PressAct(rule="dispose", case=1, on=On(task=1, revision=1))
    user, said = an_update(kind)
    query = CallbackQuery(id="1", from_user=user, chat_instance="1", data=encode(press), message=said)
    heard = Heard()
    await taps.tap(Update(update_id=1, callback_query=query), heard)
    assert heard.done == [presses.forged]
    assert heard.answers == ["unknown"]


@pytest.mark.parametrize("kind", [Chat.GROUP, Chat.SUPERGROUP])
def test_what_is_written_in_a_group_is_heard_by_nobody(kind):
    handlers = []
    register(SimpleNamespace(add_handlers=handlers.extend))
    for name in (*SCREENS, "batal"):
        entity = MessageEntity(type=MessageEntity.BOT_COMMAND, offset=0, length=len(name) + 1)
        file = {"document": Document(file_id="berkas", file_unique_id="berkas")}
        for message in ({"text": f"/{name}", "entities": [entity]}, {"text": "Setujui"}, file):
            _, said = an_update(kind, **message)
            update = Update(update_id=1, message=said)
            assert next(item.callback for item in handlers if item.check_update(update)) is nothing
