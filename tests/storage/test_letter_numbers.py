"""The numbers of letters stand in rows of their own, which follow the cases: one that comes twice is found without a case."""

import json

import pytest
from sqlalchemy import event, text

from alur.storage import cases, letter_numbers, sops
from alur.storage.migrations import migrate
from alur.workflow.case import Letter

BEFORE = "0011"
MANY = 450  # more than are in memory at once
INSERT = """
INSERT INTO cases (id, code, sop_id, period, sop_hash, state, shape, revision, opened_at, finished_at, audit_head, audit_length)
VALUES (:id, :code, 'ip-asn', :period, 'hash-1', :state, 2, 1, :at, NULL, '', 0)
"""


@pytest.fixture
def numbered(database, new_case, at):
    """A case whose letter has this number."""

    def numbered(period, number, **changes):
        letter = Letter(number=number, dated=at.date())
        with database.write() as session:
            return cases.create(session, new_case(period).model_copy(update={"letter": letter, **changes}))

    return numbered


def having(database, number, **which):
    with database.read() as session:
        return letter_numbers.having(session, number, **which)


def test_a_number_is_found_however_it_is_spelled(database, record, numbered):
    found = numbered("2027", "B-12/KP.05/2026")

    for spelling in ("B-12/KP.05/2026", "b-12 / kp.05/2026", "B\u201312/KP.05/2026."):
        assert having(database, spelling) == (found.id,)
    assert having(database, "B-13/KP.05/2026") == ()


def test_a_number_of_nadine_is_found_too_and_follows_its_correction(database, record, numbered):
    made = numbered("2027", "B-12")
    with database.write() as session:
        made = cases.save(
            session, made, made.case.model_copy(update={"nadine": (("nota", "7/ND"), ("laporan", "8/ND"))})
        )
    assert having(database, "7/nd") == (made.id,)
    assert having(database, "7/ND", besides=(made.id, "nota")) == ()
    assert having(database, "7/ND", besides=(made.id, "laporan")) == (made.id,)

    with database.write() as session:
        cases.save(session, made, made.case.model_copy(update={"nadine": (("laporan", "8/ND"), ("nota", "9/ND"))}))
    assert having(database, "7/ND") == ()
    assert having(database, "9/ND") == (made.id,)
    assert having(database, "B-12") == (made.id,)


def test_the_first_three_cases_are_named_each_once(database, record, numbered):
    made = [numbered(str(year), "B-12", nadine=(("nota", "B-12"),)).id for year in range(2027, 2032)]

    assert having(database, "B-12") == tuple(made[:3])


def test_a_number_of_any_length_is_kept(database, record, numbered):
    number = "\N{GRINNING FACE}" * 1000
    made = numbered("2027", number)

    assert having(database, number) == (made.id,)


def test_a_case_that_is_saved_without_a_new_number_asks_nothing_of_these_rows(database, record, moved_on):
    said = []
    event.listen(database.writer, "before_cursor_execute", lambda *given: said.append(given[2]))

    with database.write() as session:
        cases.save(session, record, record.case.model_copy(update={"tasks": moved_on(record.case).tasks}))

    assert said
    assert [statement for statement in said if "letter_numbers" in statement] == []


# --- Databases of the version before


@pytest.fixture
def older(at_version):
    return at_version(BEFORE)


def put(database, sop, at, states):
    with database.write() as session:
        sops.store(session, sop, "hash-1", at)
        moment = at.replace(tzinfo=None) if database.dialect == "sqlite" else at
        rows = [
            {"id": number, "code": f"ip-asn-{number}", "period": str(number), "state": json.dumps(state), "at": moment}
            for number, state in enumerate(states, 1)
        ]
        session.connection().execute(text(INSERT), rows)


def kept(database):
    with database.read() as session:
        rows = session.connection().execute(letter_numbers.NUMBERS.select()).mappings().all()
    return sorted((dict(row) for row in rows), key=lambda row: (row["case_id"], row["document"]))


def test_every_case_has_the_rows_that_it_would_have_got_when_it_was_saved(older, sop, at, new_case):
    letters = ("B-{} / KP.05/2026", "Nomor\u00a0{}", "b\u2013{}/KP.05.", "{} " + "x" * 999)
    made = [
        new_case(str(number)).model_copy(
            update={
                "letter": Letter(number=letters[number % 4].format(number), dated=at.date()),
                "nadine": (("nota", f"{number} /ND"),) if number % 2 else (),
            }
        )
        for number in range(1, MANY + 1)
    ]
    put(older, sop, at, [item.model_dump(mode="json") for item in made])

    migrate(older)

    expected = [row for number, item in enumerate(made, 1) for row in letter_numbers._rows(number, item).values()]
    assert kept(older) == sorted(expected, key=lambda row: (row["case_id"], row["document"]))


def test_what_a_state_of_an_early_build_does_not_say_makes_no_row(older, sop, at, new_case):
    put(older, sop, at, [{"code": "ip-asn-1"}, {**new_case("2").model_dump(mode="json"), "nadine": []}])

    migrate(older)

    assert [(row["case_id"], row["document"], row["key"]) for row in kept(older)] == [(2, "", "1")]
