"""Callback data: what every press is written as, and that whatever a build of ours has written is still understood."""

from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from alur.services.incoming.places import place
from alur.workflow.case import UNIT_FILE
from alur.workflow.engine import Slot, slots
from alur.workflow.engine.acts import RULES
from alur.workflow.errors import Unknown
from alur.workflow.office.rooms import STAFF_RULES
from alur.workflow.presses import (
    FORM_MOVES,
    AnyPress,
    FormPress,
    On,
    PlaceId,
    PressAct,
    PressAllFiles,
    PressAppointment,
    PressAppointments,
    PressArchiveList,
    PressBoard,
    PressCancel,
    PressCard,
    PressCases,
    PressChange,
    PressControlCard,
    PressCorrect,
    PressDocumentsPage,
    PressFiles,
    PressHistory,
    PressHistoryPage,
    PressInvitation,
    PressKeep,
    PressLess,
    PressMore,
    PressNext,
    PressNote,
    PressOpen,
    PressOrder,
    PressPeople,
    PressPerson,
    PressPick,
    PressPlace,
    PressReport,
    PressSend,
    PressSkip,
    PressStaff,
    PressStatusCase,
    PressStatusPage,
    PressTasksPage,
    PressTick,
    PressVersion,
    PressWrite,
    known,
)
from handlers.callbacks import LONGEST, decode, encode
from tests.factories import ANALIS, SOP, TU, walked


def at(task, revision=0, **also):
    return On(task=task, revision=revision, **also)


# As the build before presses were values wrote them (commit 6550453): they stand on people's phones.
STANDING = {
    "absent:c1.6:0": PressAct(rule="absent", case=1, on=at(6)),
    "acts:c1:0": PressHistoryPage(case=1),
    "acts:c1:0:13": PressHistoryPage(case=1, upto=13),
    "acts:o:0": PressCases(screen="history"),
    "acts:o:0:40": PressCases(screen="history", start=40),
    "all_files:c1:0": PressAllFiles(case=1),
    "archive_list:c1:0": PressArchiveList(case=1),
    "control_card:c1:0": PressControlCard(case=1),
    "report:o:0:2026": PressReport(year=2026),
    "status_case:c1:0": PressStatusCase(case=1),
    "board:c1:0": PressBoard(case=1),
    "undo:c1.8:0": PressAct(rule="undo", case=1, on=at(8)),
    "answer:c1:0:1": PressAct(rule="answer", case=1, on=On(question=1)),
    "approve:c1.10:1": PressAct(rule="approve", case=1, on=at(10, 1)),
    "archive:c1.14:1": PressAct(rule="archive", case=1, on=at(14, 1)),
    "ask:c1.10:0": PressAct(rule="ask", case=1, on=at(10)),
    "ask:c1.8:1:!": PressAct(rule="ask", case=1, on=at(8, 1), replaces=True),
    "attendance:c1.6:0": PressAct(rule="attendance", case=1, on=at(6)),
    "cancel:f10:0": PressCancel(form=10),
    "cancel_meeting:c1.10:0": PressAct(rule="cancel_meeting", case=1, on=at(10)),
    "card:c4.7:0": PressCard(case=4, task=7),
    "more:c4.7:0": PressMore(case=4, task=7),
    "less:c4.7:0": PressLess(case=4, task=7),
    "change:f10:0": PressChange(form=10),
    "correct:f1:0:letter_number": PressCorrect(form=1, field="letter_number"),
    "delivered:c7.10:0:6": PressAct(rule="delivered", case=7, on=at(10, member=6)),
    "handed:c7.10:0:5": PressAct(rule="handed", case=7, on=at(10, invitation=5)),
    "direct:c1.13:1": PressAct(rule="direct", case=1, on=at(13, 1)),
    "dispose:c1.1:1": PressAct(rule="dispose", case=1, on=at(1, 1)),
    "documents:c1:0": PressDocumentsPage(case=1),
    "documents:c1:0:n0": PressDocumentsPage(case=1),
    "documents:c1:0:n20": PressDocumentsPage(case=1, start=20),
    "documents:c1:0:o0": PressDocumentsPage(case=1, older=True),
    "documents:o:0": PressCases(screen="documents"),
    "documents:o:0:20": PressCases(screen="documents", start=20),
    "file:u1:0:0": PressPlace(upload=1, place=None),
    "file:u1:0:1.data_capaian": PressPlace(upload=1, place=PlaceId(case=1, document="data_capaian")),
    "file:u1:0:1.nota_dinas_rapat.s": PressPlace(
        upload=1, place=PlaceId(case=1, document="nota_dinas_rapat", signed=True)
    ),
    "file:u9:0:9.unit_file.f3dd4e58": PressPlace(
        upload=9, place=PlaceId(case=9, document="unit_file", unit="f3dd4e58")
    ),
    "files:c1.10:0": PressFiles(case=1, task=10),
    "files:c1:0": PressFiles(case=1),
    "grant:c1:0:1.2": PressAct(rule="grant", case=1, on=On(obstacle=1, days=2)),
    "history:c1.10:0": PressHistory(case=1, task=10),
    "keep:f1:0": PressKeep(form=1),
    "meet:c1.10:1": PressAct(rule="meet", case=1, on=at(10, 1)),
    "paper:c1.10:0": PressAct(rule="paper", case=1, on=at(10)),
    "nadine:c1:0:nota_dinas_laporan": PressAct(rule="nadine", case=1, on=On(document="nota_dinas_laporan")),
    "nadine:c1:0:nota_dinas_rapat!": PressAct(rule="nadine", case=1, on=On(document="nota_dinas_rapat"), replaces=True),
    "next:f11:0": PressNext(form=11),
    "note:f13:0": PressNote(form=13),
    "nudge:c7.7:0": PressAct(rule="nudge", case=7, on=at(7)),
    "obstacle:c1.8:1:!": PressAct(rule="obstacle", case=1, on=at(8, 1), replaces=True),
    "open:o:0": PressOpen(),
    "appoint:o:0": PressStaff(rule="appoint"),
    "amend:p6:0": PressStaff(rule="amend", on=On(appointment=6)),
    "amend:p6:0:!": PressStaff(rule="amend", on=On(appointment=6), replaces=True),
    "appointments:o:0:0": PressAppointments(start=0),
    "appointments:o:0:8": PressAppointments(start=8),
    "appointment:p6:0": PressAppointment(appointment=6),
    "order:p6:0": PressOrder(appointment=6),
    "people:o:0": PressPeople(),
    "people:o:0:8": PressPeople(start=8),
    "person:p3:0": PressPerson(member=3),
    "invitation:p5:0": PressInvitation(invitation=5),
    "invite:o:0": PressStaff(rule="invite"),
    "invite:o:0:!": PressStaff(rule="invite", replaces=True),
    "invite_again:p5:0": PressStaff(rule="invite_again", on=On(invitation=5)),
    "relink:p3:0": PressStaff(rule="relink", on=On(member=3)),
    "withdraw_invite:p5:0": PressStaff(rule="withdraw_invite", on=On(invitation=5)),
    "change_person:p3:0": PressStaff(rule="change_person", on=On(member=3)),
    "hand_over_role:p6:0": PressStaff(rule="hand_over_role", on=On(appointment=6)),
    "end:p6:0": PressStaff(rule="end", on=On(appointment=6)),
    "unlink:p3:0": PressStaff(rule="unlink", on=On(member=3)),
    "unlink:p3:0:!": PressStaff(rule="unlink", on=On(member=3), replaces=True),
    "open:o:0:!": PressOpen(replaces=True),
    "pick:f15:0:date.0": PressPick(form=15, field="date", option=0),
    "present:c1.6:0": PressAct(rule="present", case=1, on=at(6)),
    "represent:c1.6:0": PressAct(rule="represent", case=1, on=at(6)),
    "return:c2.8:1:!": PressAct(rule="return", case=2, on=at(8, 1), replaces=True),
    "schedule:c1.10:0": PressAct(rule="schedule", case=1, on=at(10)),
    "schedule:c1:0:8": PressAct(rule="schedule", case=1, on=On(step=8)),
    "send:f10:0": PressSend(form=10),
    "skip:f1:0": PressSkip(form=1),
    "status:o:0:0": PressStatusPage(start=0),
    "status:o:0:16": PressStatusPage(start=16),
    "submit:c1.11:1": PressAct(rule="submit", case=1, on=at(11, 1)),
    "tasks:c7.3:0": PressTasksPage(case=7, task=3),
    "tasks:c7.3:0:1793000000": PressTasksPage(case=7, task=3, due=1_793_000_000),
    "correct:c1:0": PressAct(rule="correct", case=1),
    "correct:c1:0:nota_dinas_rapat": PressAct(rule="correct", case=1, on=On(document="nota_dinas_rapat")),
    "withdraw_ask:c1.7:0": PressAct(rule="withdraw_ask", case=1, on=at(7)),
    "withdraw_ask:c1:0:2": PressAct(rule="withdraw_ask", case=1, on=On(question=2)),
    "withdraw_grant:c1:0:1": PressAct(rule="withdraw_grant", case=1, on=On(obstacle=1)),
    "assign:c1:0": PressAct(rule="assign", case=1),
    "reopen:c1:0": PressAct(rule="reopen", case=1),
    "suspend:c1:0": PressAct(rule="suspend", case=1),
    "suspend:c1:0:!": PressAct(rule="suspend", case=1, replaces=True),
    "resume:c1:0": PressAct(rule="resume", case=1),
    "cancel_case:c1:0": PressAct(rule="cancel_case", case=1),
    "tick:f11:0:documents.0": PressTick(form=11, field="documents", option=0),
    "tick:f13:0:ticks.12": PressTick(form=13, field="ticks", option=12),
    "version:c1:0:17": PressVersion(case=1, version=17),
    "withdraw_signed:c1:0:12": PressAct(rule="withdraw_signed", case=1, on=On(version=12)),
    "withdraw:c1.11:0": PressAct(rule="withdraw", case=1, on=at(11)),
    "write:f15:0": PressWrite(form=15),
}
WRITTEN_NO_MORE = {"documents:c1:0"}  # the first page, as a choice of cases once named it
# What builds since then write too.
STANDING |= {
    "approve:c1.10:1:8": PressAct(rule="approve", case=1, on=at(10, 1, way=8)),
    "submit:c1.10:1:8": PressAct(rule="submit", case=1, on=at(10, 1, way=8)),
    "send:f10:0:8": PressSend(form=10, way=8),
}
FORGED = [
    "",
    "x",
    "a:b:c",
    "approve:c1.10",
    "approve:c1.10:-1",
    "approve:c1.10:\uff11",
    "approve:c\uff11.10:1",
    "approve:c1.10:1:2.3",
    "return:c1.10:1:2",
    "archive:c1.10:1:2",
    "send:f5:0:-1",
    "send:f5:0:",
    "approve:c1.10:1:",
    "approve:c1.10.2:1",
    "explode:c1.10:1",
    "upload:c1.10:1",
    "answer:c1:0:-1",
    "answer:c1:0:01",
    "answer:c1:0:1_0",
    "answer:c1:0:x",
    "grant:c1:0:1",
    "grant:c1:0:1.2.3",
    "grant:c1:0:1.+2",
    "card:c1:0",
    "card:c1.1:0:2",
    "files:o:0",
    "files:c1:0:1",
    "version:c1:0",
    "version:o:0:1",
    "version:c1.2:0:1",
    "documents:c1:0:x3",
    "documents:o:0:n0",
    "acts:c1:0:n0",
    "acts:o:0:1000000",
    "documents:o:0:",
    "documents:o:0:-20",
    "status:o:0",
    "status:o:0:-8",
    "status:o:0:1000000",
    "status:c1:0:8",
    "status:u1:0:8",
    "tasks:o:0",
    "tasks:c7:0",
    "tasks:c7.3:0:",
    "tasks:c7.3:0:x",
    "all_files:c1:0:1",
    "archive_list:c1:0:1",
    "control_card:c1:0:1",
    "report:o:0",
    "report:o:0:26",
    "report:o:0:02026",
    "report:o:0:20260",
    "report:c1:0:2026",
    "control_card:c1.2:0",
    "open:c1:0",
    "open:u1:0",
    "open:o:0:?",
    "send:c1:0",
    "send:f1:0:x",
    "send:f1.1:0",
    "pick:f1:0:date",
    "pick:f1:0:date.-1",
    "pick:f1:0:.1",
    "correct:f1:0",
    "file:u1:0",
    "file:u1:0:00",
    "file:u1:0:x.undangan",
    "file:f1:0:0",
    "send:u1:0",
    "approve:c1.10:1\n",
]


@pytest.mark.parametrize("data", STANDING)
def test_what_stands_on_peoples_phones_is_understood(data):
    assert decode(data) == STANDING[data]


@pytest.mark.parametrize("data", [data for data in STANDING if data not in WRITTEN_NO_MORE])
def test_a_press_is_written_as_it_always_was(data):
    assert encode(STANDING[data]) == data


def test_every_class_of_press_and_every_rule_with_a_button_stands_among_them():
    kinds = {type(press) for press in STANDING.values()}
    assert kinds == {*get_args(AnyPress)} - {FormPress} | {PressTick, PressPick, PressCorrect, PressSend, *FORM_MOVES}
    assert {*FormPress.__subclasses__()} == {PressTick, PressPick, PressCorrect, PressSend, *FORM_MOVES}
    rules = {press.rule for press in STANDING.values() if isinstance(press, PressAct)}
    assert rules == {rule.name for rule in RULES if rule.name} - {"open_case"}


@pytest.mark.parametrize("data", FORGED)
def test_what_no_build_has_written_says_nothing(data):
    assert decode(data) is None


NUMBERS = st.integers(min_value=0, max_value=999_999)
NAMES = st.from_regex(r"[a-z]{1,8}(_[a-z]{1,8})?", fullmatch=True)
UNITS = st.from_regex(r"[0-9a-f]{8}", fullmatch=True)
PLACES = st.one_of(
    st.builds(PlaceId, case=NUMBERS, document=NAMES, signed=st.booleans()),
    st.builds(PlaceId, case=NUMBERS, document=NAMES, unit=UNITS),
)
ACTS = st.one_of(
    st.builds(
        PressAct,
        rule=st.just(rule.name),
        case=NUMBERS,
        on=st.builds(
            On,
            task=NUMBERS | st.none(),
            revision=NUMBERS,
            **{name: NAMES if name == "document" else NUMBERS for name in rule.names},
        ),
        replaces=st.booleans(),
    )
    for rule in RULES
    if rule.name
)


STAFF = st.one_of(
    st.builds(
        PressStaff,
        rule=st.just(rule.name),
        on=st.builds(On, **({rule.about: NUMBERS} if rule.about else {})),
        replaces=st.booleans(),
    )
    for rule in STAFF_RULES
)


def built(kind):
    """Presses of a class, any of them."""
    if kind in (PressAct, PressStaff):
        return ACTS if kind is PressAct else STAFF
    parts = {
        "screen": st.sampled_from(["documents", "history"]),
        "place": PLACES | st.none(),
        "upto": NUMBERS | st.none(),
        "task": NUMBERS if kind in (PressCard, PressMore, PressLess, PressTasksPage) else NUMBERS | st.none(),
        "due": NUMBERS | st.none(),
        "field": NAMES,
        "older": st.booleans(),
        "year": st.integers(min_value=1000, max_value=9999),
        "replaces": st.booleans(),
        "option": st.integers(min_value=0, max_value=9999),
    }
    return st.builds(kind, **{name: parts.get(name, NUMBERS) for name in kind.model_fields})


@pytest.mark.parametrize("kind", sorted({type(press) for press in STANDING.values()}, key=lambda kind: kind.__name__))
@given(data=st.data())
def test_every_press_is_read_as_it_was_written(kind, data):
    press = data.draw(built(kind))
    written = encode(press)
    assert len(written.encode()) <= LONGEST
    assert decode(written) == press


SLIPS = st.builds(
    lambda data, place, slip, gone: data[: place % len(data)] + slip + data[place % len(data) + gone :],
    st.sampled_from(sorted(STANDING)),
    st.integers(min_value=0, max_value=64),
    st.text(alphabet="abcfous.:!-0123456789_ \n\uff11\ud800\x00", max_size=3) | st.just("x" * 64),
    st.integers(min_value=0, max_value=3),
)


@given(SLIPS | st.text(max_size=70))
@example("correct:f1:0:\ud800letter_number")
def test_whatever_is_read_says_the_same_when_it_is_written_again(data):
    press = decode(data)
    assert press is None or decode(encode(press)) == press


@pytest.mark.parametrize(
    "press",
    [
        PressAct(rule="nadine", case=7, on=On(document="nota_dinas_" * 9)),
        PressAct(rule="no_such", case=7, on=at(3)),
        PressAct(rule="approve", case=7, on=at(3, -1)),
        PressAct(rule="approve", case=7, on=at(3, member=4)),
        PressPlace(upload=1, place=PlaceId(case=7, document="a:b" * 20)),
        PressCard(case=-7, task=1),
    ],
)
def test_what_could_not_be_read_again_is_never_put_on_a_button(press):
    with pytest.raises(ValueError, match="not a button's data"):
        encode(press)


def test_a_press_that_does_not_name_its_task_or_form_is_no_press():
    for kind, parts in ((PressCard, {"case": 7}), (PressSend, {}), (PressVersion, {"case": 7, "version": None})):
        with pytest.raises(ValidationError):
            kind(**parts)


def test_what_is_not_named_is_never_number_0():
    assert known(0, "question") == 0
    with pytest.raises(Unknown) as refused:
        known(None, "question")
    assert refused.value == Unknown(subject="question")


def test_every_place_of_a_file_has_a_name_of_its_own_that_fits_its_button():
    s = walked(3, 1).s
    names = [place(7, s, slot).id for slot in slots(s, ANALIS)]
    assert names[:2] == [PlaceId(case=7, document="undangan"), PlaceId(case=7, document="data_capaian")]
    assert len(set(names)) == len(names)
    done = walked(99).s
    signed = [place(7, done, slot).id for slot in slots(done, TU)]
    assert PlaceId(case=7, document="nota_dinas_laporan", signed=True) in signed
    longest = max((document.id for document in SOP.documents), key=len)
    for slot in (
        Slot(document=longest, use="signed", role="x", step=1),
        Slot(document=UNIT_FILE, use="unit", role="x", step=1, unit="Direktorat " * 30),
    ):
        press = PressPlace(upload=99_999_999, place=place(9_999_999, s, slot).id)
        assert len(encode(press).encode()) <= LONGEST
