"""Each fault is shown by one small change to the real procedure, which itself has none."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from alur.storage.sop_files import default_folder, read
from alur.workflow.sop import Sop
from alur.workflow.sop_faults import faults
from alur.workflow.sop_faults.tasks import FIELD_KINDS
from tests.factories import MEMO

Data = dict[str, Any]


@cache
def real() -> Sop:
    return read(default_folder() / "ip-asn.yaml")


def plain(value: Any) -> Any:
    """Lists instead of tuples and sets, so that a test can change them."""
    match value:
        case dict():
            return {key: plain(item) for key, item in value.items()}
        case tuple() | frozenset():
            return [plain(item) for item in value]
    return value


def found(change: Callable[[Data], object]) -> set[tuple[str, str]]:
    """Location, written "steps.5.tasks.0.returns_to", and message of each fault after the change."""
    data = plain(real().model_dump(by_alias=True))
    change(data)
    return {(".".join(map(str, fault.location)), fault.message) for fault in faults(Sop.model_validate(data))}


def step(data: Data, number: int) -> Data:
    found: Data = data["steps"][number - 1]
    return found


def task(data: Data, number: int, index: int = 0) -> Data:
    found: Data = step(data, number)["tasks"][index]
    return found


def test_the_real_procedure_has_no_fault():
    assert faults(real()) == ()


def test_the_short_texts_of_the_real_procedure_fit_a_phone():
    ticks = {tick for step in real().steps for task in step.tasks for tick in task.instructions}

    assert [text for text in (*ticks, *(step.title for step in real().steps)) if len(text) > 45] == []


def test_superiors_may_tell_each_other():
    roles = {role.id: role.escalates_to for role in real().roles}

    assert roles["sekretaris"] == "kabag_umum"
    assert roles["kabag_umum"] == "sekretaris"
    assert faults(real()) == ()


def test_a_procedure_without_steps_is_one_fault():
    assert found(lambda data: data.update(steps=[])) == {("steps", "a procedure has at least one step")}


CHANGES: list[tuple[str, Callable[[Data], object], str, str]] = [
    (
        "a role's id used twice",
        lambda data: data["roles"].append(dict(data["roles"][0])),
        "roles.6.id",
        "the id 'sekretaris' is used twice in roles",
    ),
    (
        "a document's id used twice",
        lambda data: data["documents"].append(dict(data["documents"][0])),
        "documents.14.id",
        "the id 'surat_biro_sdm' is used twice in documents",
    ),
    (
        "the same yield twice",
        lambda data: step(data, 2)["yields"].append({"document": "data_capaian"}),
        "steps.1.yields.2",
        "the step yields 'data_capaian' twice",
    ),
    (
        "two documents from one",
        lambda data: step(data, 6)["yields"][1].update({"from": "konsep_nota_dinas_rapat"}),
        "steps.5.yields.1.from",
        "two documents are made from 'konsep_nota_dinas_rapat'",
    ),
    (
        "an unknown role does a task",
        lambda data: task(data, 2).update(role="bendahara"),
        "steps.1.tasks.0.role",
        "unknown role 'bendahara'",
    ),
    (
        "an unknown superior",
        lambda data: data["roles"][2].update(escalates_to="menteri"),
        "roles.2.escalates_to",
        "unknown role 'menteri'",
    ),
    (
        "an unknown helper",
        lambda data: task(data, 4)["helpers"].append("x"),
        "steps.3.tasks.0.helpers.1",
        "unknown role 'x'",
    ),
    (
        "an unknown participant",
        lambda data: task(data, 4)["participants"].append("x"),
        "steps.3.tasks.0.participants.1",
        "unknown role 'x'",
    ),
    (
        "an unknown party to wait for",
        lambda data: task(data, 8).update(waits_for="x"),
        "steps.7.tasks.0.waits_for",
        "unknown role 'x'",
    ),
    (
        "an unknown role is told",
        lambda data: task(data, 11)["tells"].append("x"),
        "steps.10.tasks.0.tells.2",
        "unknown role 'x'",
    ),
    ("an unknown letter", lambda data: data.update(letter="x"), "letter", "unknown document 'x'"),
    (
        "an unknown need",
        lambda data: step(data, 9)["needs"].append("x"),
        "steps.8.needs.2",
        "unknown document 'x'",
    ),
    (
        "an unknown yield",
        lambda data: step(data, 9)["yields"].append({"document": "x"}),
        "steps.8.yields.1.document",
        "unknown document 'x'",
    ),
    (
        "an unknown source",
        lambda data: step(data, 10)["yields"][0].update({"from": "x"}),
        "steps.9.yields.0.from",
        "unknown document 'x'",
    ),
    (
        "an unknown document is sent",
        lambda data: task(data, 4)["sends"].append("x"),
        "steps.3.tasks.0.sends.1",
        "unknown document 'x'",
    ),
    (
        "an unknown document is accepted",
        lambda data: task(data, 8)["accepts"].append("x"),
        "steps.7.tasks.0.accepts.1",
        "unknown document 'x'",
    ),
    (
        "a role that nobody mentions",
        lambda data: data["roles"].append({"id": "x", "name": "X", "title": "X"}),
        "roles.6",
        "the role 'x' is never used",
    ),
    (
        "a role that is its own superior",
        lambda data: data["roles"][1].update(escalates_to="kabag_umum"),
        "roles.1.escalates_to",
        "the role 'kabag_umum' escalates to itself",
    ),
    (
        "a document that nobody mentions",
        lambda data: data["documents"].append({"id": "x", "title": "X"}),
        "documents.14",
        "the document 'x' is never used",
    ),
    (
        "a gap in the numbers",
        lambda data: step(data, 5).update(number=6),
        "steps.4.number",
        "steps are numbered 1, 2, 3 …: expected 5",
    ),
    (
        "a case without an end",
        lambda data: data["steps"].pop(),
        "steps.10.tasks.0.kind",
        "the last task must be archive: the case would never end",
    ),
    (
        "a disposition to nobody",
        lambda data: (data["steps"].pop(), task(data, 11).update(kind="dispose")),
        "steps.10.tasks.0.kind",
        "the last task must be archive: nobody follows to whom it could hand on",
    ),
    (
        "a step after the end",
        lambda data: data["steps"].append({**step(data, 11), "number": 13}),
        "steps.12",
        "is never reached: the case ends with the archive of step 12",
    ),
    (
        "a task after the end",
        lambda data: step(data, 12)["tasks"].append(task(data, 11)),
        "steps.11.tasks.1",
        "is never reached: the case ends with the archive of step 12",
    ),
    (
        "a need that comes into being only later",
        lambda data: step(data, 5)["needs"].append("data_validasi"),
        "steps.4.needs.2",
        "nothing before this step yields 'data_validasi'",
    ),
    (
        "a need that is only accepted",
        lambda data: step(data, 9)["needs"].append("undangan_validasi"),
        "steps.8.needs.2",
        "nothing before this step yields 'undangan_validasi'",
    ),
    (
        "a document is sent before it exists",
        lambda data: task(data, 4).update(sends=["nota_dinas_rapat"]),
        "steps.3.tasks.0.sends.0",
        "nothing before this step yields 'nota_dinas_rapat'",
    ),
    (
        "a source that the step does not need",
        lambda data: step(data, 10)["yields"][0].update({"from": "konsep_nota_dinas_rapat"}),
        "steps.9.yields.0.from",
        "hands on 'konsep_nota_dinas_rapat', which the step does not need",
    ),
    (
        "a document is kept that the step does not have",
        lambda data: step(data, 3).update(needs=["konsep_undangan"]),
        "steps.2.yields.1.document",
        "hands on 'data_capaian', which the step does not need",
    ),
    (
        "an upload where there is only a disposition",
        lambda data: step(data, 1)["yields"].append({"document": "data_awal"}),
        "steps.0.yields.1",
        "no task of the step can upload 'data_awal' (prepare or convene could)",
    ),
    (
        "an upload at a review",
        lambda data: step(data, 7)["yields"].append({"document": "data_awal"}),
        "steps.6.yields.1",
        "no task of the step can upload 'data_awal' (prepare or convene could)",
    ),
    (
        "a product without a review",
        lambda data: step(data, 9)["yields"].append({"document": "data_capaian", "from": "data_validasi"}),
        "steps.8.yields.1.from",
        "no review in the step can make 'data_capaian' from 'data_validasi'",
    ),
    (
        "words that nobody gives",
        lambda data: step(data, 1)["yields"][0].update(words="arahan"),
        "steps.0.yields.0.words",
        "no task of the step gives arahan",
    ),
    (
        "a preparation of nothing",
        lambda data: step(data, 9).update(yields=[]),
        "steps.8.tasks.0.kind",
        "prepare, and nothing to upload",
    ),
    (
        "a return to a later step",
        lambda data: task(data, 6).update(returns_to=7),
        "steps.5.tasks.0.returns_to",
        "step 7 is not one before step 6",
    ),
    (
        "a return to itself",
        lambda data: task(data, 6).update(returns_to=6),
        "steps.5.tasks.0.returns_to",
        "step 6 is not one before step 6",
    ),
    (
        "a return to an unknown step",
        lambda data: task(data, 6).update(returns_to=0),
        "steps.5.tasks.0.returns_to",
        "step 0 is not one before step 6",
    ),
    (
        "a review that cannot return",
        lambda data: task(data, 6).update(returns_to=None),
        "steps.5.tasks.0",
        "a review names the step that it returns_to",
    ),
    (
        "an earlier meeting is scheduled",
        lambda data: task(data, 5).update(schedules=4),
        "steps.4.tasks.0.schedules",
        "step 4 is not one of steps 6 to 12",
    ),
    (
        "a meeting in an unknown step is scheduled",
        lambda data: task(data, 3, 1).update(schedules=13),
        "steps.2.tasks.1.schedules",
        "step 13 is not one of steps 4 to 12",
    ),
    (
        "a meeting is scheduled where there is none",
        lambda data: task(data, 3, 1).update(schedules=5),
        "steps.2.tasks.1.schedules",
        "schedules step 5, where nobody convenes",
    ),
    (
        "a meeting that nobody gives a date",
        lambda data: task(data, 8).update(waits_for=None),
        "steps.7.tasks.0",
        "nothing sets the date: no earlier task schedules this step, and it waits_for nobody",
    ),
    (
        "files for units without an invitation",
        lambda data: task(data, 2).update(unit_files="Data"),
        "steps.1.tasks.0.unit_files",
        "files for units go with an invitation, but no meeting is scheduled here",
    ),
    (
        "documents are sent to nobody",
        lambda data: task(data, 4).update(participants=[]),
        "steps.3.tasks.0.sends",
        "sends documents, and nobody is there to receive them",
    ),
    (
        "nobody to follow up",
        lambda data: task(data, 8).update(follow_up="data"),
        "steps.7.tasks.0.follow_up",
        "a follow_up needs participants to follow it",
    ),
    (
        "a disposition without ticks",
        lambda data: task(data, 1).update(instructions=[], preset=[]),
        "steps.0.tasks.0",
        "instructions are needed: the ticks that are offered",
    ),
    (
        "directions without ticks",
        lambda data: task(data, 11).update(instructions=[], preset=[]),
        "steps.10.tasks.0",
        "instructions are needed: the ticks that are offered",
    ),
    (
        "an approval with a disposition but without ticks",
        lambda data: task(data, 7).update(instructions=[], preset=[]),
        "steps.6.tasks.0",
        "instructions are needed: the ticks that are offered",
    ),
    (
        "ticks that nobody sees",
        lambda data: task(data, 6).update(instructions=["Pelajari"]),
        "steps.5.tasks.0.instructions",
        "instructions, and the task gives no words",
    ),
    (
        "roles that are told nothing",
        lambda data: task(data, 6).update(tells=["analis_sdm"]),
        "steps.5.tasks.0.tells",
        "tells, and the task gives no words",
    ),
    (
        "a preset that is no tick",
        lambda data: task(data, 1).update(preset=["Segera"]),
        "steps.0.tasks.0.preset.0",
        "'Segera' is not one of the instructions",
    ),
    (
        "the same tick twice",
        lambda data: task(data, 1)["instructions"].append("Pantau"),
        "steps.0.tasks.0.instructions.6",
        "the instruction 'Pantau' stands there twice",
    ),
    (
        "a tick that no phone shows whole",
        lambda data: task(data, 1)["instructions"].append("x" * 61),
        "steps.0.tasks.0.instructions.6",
        "an instruction has 1 to 60 characters, this one 61",
    ),
    (
        "an empty tick",
        lambda data: task(data, 1)["instructions"].append(""),
        "steps.0.tasks.0.instructions.6",
        "an instruction has 1 to 60 characters, this one 0",
    ),
    (
        "one name for two documents of a step",
        lambda data: data["documents"][2]["aliases"].append("DATA_capaian"),
        "documents.2.aliases.44",
        "in step 2 'data capaian' may mean 'data_capaian' as well as 'konsep_undangan'",
    ),
    (
        "one name for an upload and what is accepted beside it",
        lambda data: data["documents"][9]["aliases"].append("Notula-Rapat"),
        "documents.9.aliases.7",
        "in step 8 'notula rapat' may mean 'notula_validasi' as well as 'undangan_validasi'",
    ),
]


@pytest.mark.parametrize(
    ("change", "location", "message"),
    [pytest.param(*values, id=name) for name, *values in CHANGES],
)
def test_a_fault_is_found_and_placed(change: Callable[[Data], object], location: str, message: str):
    assert (location, message) in found(change)


VALUES = {
    "returns_to": 1,
    "with_disposition": True,
    "follow_up": "data",
    "schedules": 8,
    "unit_files": "Data",
    "waits_for": "biro_sdm",
    "helpers": ["analis_sdm"],
    "participants": ["unit_terkait"],
    "sends": ["data_capaian"],
    "accepts": ["data_awal"],
}


@pytest.mark.parametrize("key", [key for key in FIELD_KINDS if key != "ways"])
def test_a_field_at_the_wrong_kind_of_task_is_a_fault(key: str):
    message = f"{key} belongs to {' or '.join(FIELD_KINDS[key])}, not to dispose"

    assert (f"steps.0.tasks.0.{key}", message) in found(lambda data: task(data, 1).update({key: VALUES[key]}))


WAYS = [{"label": "Setuju", "to": 7}, {"label": "Rapat", "to": 8}]


def with_ways(number: int, *ways: Data, index: int = 0, **rest: Any) -> Callable[[Data], object]:
    return lambda data: task(data, number, index).update(ways=list(ways), **rest)


def memo() -> Data:
    return plain(MEMO.model_dump(by_alias=True))


def found_in_memo(change: Callable[[Data], object]) -> set[tuple[str, str]]:
    data = memo()
    change(data)
    return {(".".join(map(str, fault.location)), fault.message) for fault in faults(Sop.model_validate(data))}


def test_a_procedure_of_tasks_together_and_of_ways_has_no_fault():
    assert faults(MEMO) == ()


def test_ways_may_skip_a_step_that_nothing_depends_on():
    assert found(with_ways(10, {"label": "Arahkan", "to": 11}, {"label": "Arsipkan", "to": 12})) == set()


@pytest.mark.parametrize(
    ("change", "location", "message"),
    [
        (with_ways(6, WAYS[0]), "steps.5.tasks.0.ways", "one way alone is no choice"),
        (with_ways(6, WAYS[0], WAYS[0] | {"label": "B"}), "steps.5.tasks.0.ways.1.to", "two ways lead to step 7"),
        (
            with_ways(6, WAYS[0], WAYS[1] | {"label": "Setuju"}),
            "steps.5.tasks.0.ways.1.label",
            "the label 'Setuju' stands there twice",
        ),
        (
            with_ways(6, WAYS[0], {"label": " ", "to": 8}),
            "steps.5.tasks.0.ways.1.label",
            "a label has 1 to 60 characters, this one 1",
        ),
        (
            with_ways(6, WAYS[0], {"label": "Lagi", "to": 6}),
            "steps.5.tasks.0.ways.1.to",
            "step 6 is not one of steps 7 to 12",
        ),
        (
            with_ways(6, WAYS[0], {"label": "Lagi", "to": 13}),
            "steps.5.tasks.0.ways.1.to",
            "step 13 is not one of steps 7 to 12",
        ),
        (
            with_ways(1, {"label": "A", "to": 2}, {"label": "B", "to": 3}),
            "steps.0.tasks.0.ways",
            "the way is chosen by the last task of a step",
        ),
        (
            with_ways(12, *WAYS),
            "steps.11.tasks.0.ways",
            "ways belongs to dispose or prepare or review or convene or direct, not to archive",
        ),
        (
            with_ways(8, {"label": "A", "to": 9}, {"label": "B", "to": 10}),
            "steps.9.needs.0",
            "'konsep_nota_dinas_laporan' comes only from a step that may be skipped",
        ),
        (
            with_ways(2, {"label": "A", "to": 3}, {"label": "B", "to": 4}),
            "steps.3.tasks.0.sends.0",
            "'undangan' comes only from a step that may be skipped",
        ),
        (
            with_ways(5, {"label": "A", "to": 7}, {"label": "B", "to": 8}),
            "steps.5",
            "is never reached: every way goes past it",
        ),
        (
            lambda data: data.update(start={"ways": [{"label": "A", "to": 1}, {"label": "B", "to": 13}]}),
            "start.ways.1.to",
            "step 13 is not one of steps 1 to 12",
        ),
        (
            lambda data: data.update(start={"ways": [{"label": "A", "to": 2}, {"label": "B", "to": 3}]}),
            "steps.0",
            "is never reached: every way goes past it",
        ),
        (
            lambda data: step(data, 6).update(together="all"),
            "steps.5.together",
            "one task alone is together with none",
        ),
        (
            lambda data: step(data, 3).update(together="all"),
            "steps.2.tasks.1.kind",
            "prepare cannot be open together with others",
        ),
    ],
)
def test_a_fault_of_the_course_is_found_and_placed(
    change: Callable[[Data], object], location: str, message: str
) -> None:
    assert (location, message) in found(change)


@pytest.mark.parametrize(
    ("change", "location", "message"),
    [
        (
            lambda data: task(data, 3, 1).update(role="kabag_umum"),
            "steps.2.tasks.1.role",
            "the role 'kabag_umum' has two tasks at once",
        ),
        (
            lambda data: task(data, 3).update(ways=[{"label": "A", "to": 4}, {"label": "B", "to": 5}]),
            "steps.2.tasks.0.ways",
            "desks that must all decide cannot each choose a way",
        ),
        (
            lambda data: task(data, 4).update(kind="dispose", returns_to=None, instructions=["Pelajari"]),
            "steps.3.together",
            "tasks that are open together are of one kind",
        ),
    ],
)
def test_a_fault_of_tasks_together_is_found_and_placed(
    change: Callable[[Data], object], location: str, message: str
) -> None:
    assert (location, message) in found_in_memo(change)


def test_where_one_of_two_is_enough_each_may_choose_a_way():
    ways = [{"label": "A", "to": 5}, {"label": "B", "to": 6}]
    assert found_in_memo(lambda data: task(data, 4).update(ways=ways)) == set()


def test_two_steps_may_share_a_name_for_their_documents():
    shared = {alias for kind in real().documents[6:7] for alias in kind.aliases}

    assert "Konsep nota dinas" in shared & set(real().document("konsep_nota_dinas_laporan").aliases)


def test_a_role_is_used_if_it_only_opens_cases():
    clerk = {"id": "x", "name": "X", "title": "X", "may": ["start"]}

    assert found(lambda data: data["roles"].append(clerk)) == set()


def test_a_broken_procedure_shows_all_its_faults_at_once():
    def break_it(data: Data) -> None:
        data["letter"] = "x"
        task(data, 2)["role"] = "y"
        task(data, 6)["returns_to"] = 9
        task(data, 8)["waits_for"] = None

    locations = {location for location, _ in found(break_it)}

    assert {"letter", "steps.1.tasks.0.role", "steps.5.tasks.0.returns_to", "steps.7.tasks.0"} <= locations


def test_what_is_filed_is_known_and_asked_for_once():
    filing = {"asks": ["active", "fate", "active"], "drafts": ["konsep_undangan", "tidak_ada", "surat_biro_sdm"]}
    assert found(lambda data: data["archive"].update(filing)) == {
        ("archive.asks.2", "'active' is asked for twice"),
        ("archive.drafts.1", "unknown document 'tidak_ada'"),
        ("archive.drafts.2", "the letter with which a case begins is filed"),
    }
