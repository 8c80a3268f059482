"""Checkpoints in an office at work: the key is named, the tree measured in a snapshot, and what is signed is read by whoever
has the key's line.
"""

import pytest
from sqlalchemy import text

from alur.evidence import checkpoint
from alur.evidence.note import Signer, Verifier
from alur.evidence.tree import Tree, root_of
from alur.services.evidence.checkpoints import TrailBroken, begin_key, is_due, measured, sign
from alur.storage import audit, checkpoints, roster, signing_keys
from alur.workflow.office.events import KeyBegun
from tests.unguarded import unguarded
from tests.workflow.walk import wib

NAMED = "alur-audit-0123456789ab"


@pytest.fixture
def signer(house):
    made = Signer(NAMED, b"k" * 32)
    house.transact(begin_key, made)
    return made


@pytest.fixture
def written(house, opened):
    """Writes so many entries of the case."""

    def write(count=1):
        for number in range(count):
            house.transact(_append, opened, number)

    return write


def _append(work, case_id, number):
    audit.append(work.session, case_id=case_id, at=work.at, member=None, entry={"n": number})


def size(house):
    return house.look(lambda work: audit.tree_size(work.session).size)


def signed(house, signer):
    """As the job does it."""
    return house.transact(sign, house.look(measured), signer)


def last(house):
    return house.look(lambda work: checkpoints.last(work.session))


def tamper(house, *statements):
    with house.database.write() as session, unguarded(session):
        for statement in statements:
            assert session.connection().execute(text(statement)).rowcount == 1


def chain(house):
    return house.look(lambda work: audit.entries(work.session, None))


# The key.


def test_a_key_is_named_in_the_offices_chain_before_anything_is_signed(house, opened):
    signer, before = Signer(NAMED, b"k" * 32), size(house)

    assert house.transact(begin_key, signer) is False  # it took nobody's place

    entry = chain(house)[-1]
    assert entry.entry["act"] == {"act": "begin_key"}
    assert entry.entry["events"] == [KeyBegun(key=str(signer.verifier)).model_dump(mode="json")]
    assert (entry.member, entry.at) == (None, house.now)
    assert signer.line() not in str(entry.entry)
    assert size(house) == before + 1
    assert house.look(lambda work: signing_keys.all_(work.session)) == (str(signer.verifier),)
    assert house.look(lambda work: audit.verify(work.session, None)) == ()


def test_at_the_next_start_it_is_known(house, signer):
    before = size(house)

    assert house.transact(begin_key, signer) is False
    assert size(house) == before


def test_another_key_is_named_beside_it_and_said_to_have_taken_its_place(house, signer):
    other = Signer("alur-audit-ba9876543210", b"o" * 32)
    house.now = wib("2026-11-03 09:00")

    assert house.transact(begin_key, other) is True

    assert house.look(lambda work: signing_keys.all_(work.session)) == (str(signer.verifier), str(other.verifier))
    named = [event["key"] for entry in chain(house) for event in entry.entry["events"] if event["event"] == "key_begun"]
    assert named == [str(signer.verifier), str(other.verifier)]


def test_a_key_is_nobodys_appointment(house, people, signer):
    """The office's people are found from the same chain, and are who they were."""
    before = house.look(lambda work: roster.load(work.session))
    house.transact(begin_key, Signer("alur-audit-ba9876543210", b"o" * 32))

    assert house.look(lambda work: roster.load(work.session)) == before


# Measuring.


def test_the_tree_is_over_every_entry_of_every_chain(house, people, opened, signer, written):
    written(5)
    with house.database.read() as session:
        entries = [*audit.entries(session, None), *audit.entries(session, opened)]
    leaves = [bytes.fromhex(entry.hash) for entry in sorted(entries, key=lambda entry: entry.id)]

    found = house.look(measured)

    assert [entry.id for entry in sorted(entries, key=lambda entry: entry.id)] == list(range(1, len(entries) + 1))
    assert (found.size, found.root) == (len(leaves), root_of(leaves))


def test_what_is_written_meanwhile_belongs_to_the_next_one(house, signer, written):
    tree = house.look(measured)
    written(3)

    row = house.transact(sign, tree, signer)

    assert (row.size, row.root) == (tree.size, tree.root.hex())
    with house.database.read() as session:
        assert Tree(audit.leaves(session, upto=size(house))).root_at(row.size).hex() == row.root


def test_each_has_grown_out_of_the_one_before(house, signer, written):
    rows = []
    for count in (1, 1, 2, 7, 16, 5):
        written(count)
        rows.append(signed(house, signer))

    with house.database.read() as session:
        tree = Tree(audit.leaves(session, upto=size(house)))
    assert [row.size for row in rows] == sorted({row.size for row in rows})
    assert [tree.root_at(row.size).hex() for row in rows] == [row.root for row in rows]
    assert house.look(lambda work: checkpoints.all_(work.session)) == tuple(rows)


@pytest.mark.parametrize(
    "statements",
    [
        ("UPDATE audit SET hash = substr(hash, 2) || substr(hash, 1, 1) WHERE id = 3",),
        ("UPDATE audit SET hash = upper(hash) WHERE id = 3",),
        ("UPDATE audit SET hash = '' WHERE id = 3",),
        ("DELETE FROM audit WHERE id = 3",),
        (
            "DELETE FROM audit WHERE id = 3",
            "UPDATE audit SET id = 3 WHERE id = 4",
            "UPDATE audit SET id = 4 WHERE id = 5",
        ),
        (
            "UPDATE audit SET id = -3 WHERE id = 3",
            "UPDATE audit SET id = 3 WHERE id = 4",
            "UPDATE audit SET id = 4 WHERE id = -3",
        ),
        ("UPDATE audit_tree SET size = 2",),  # cut: the tree is smaller than what was signed
        ("UPDATE audit_tree SET size = 1000",),
        ("UPDATE checkpoints SET root = substr(root, 2) || substr(root, 1, 1)",),
        ("UPDATE checkpoints SET size = size + 1",),
    ],
)
def test_where_the_trail_is_not_what_was_signed_nothing_more_is(house, signer, written, statements):
    written(5)
    row = signed(house, signer)
    assert row.size > 5
    written(3)
    house.look(measured)

    tamper(house, *statements)

    with pytest.raises(TrailBroken, match="run `alur audit verify`"):
        house.look(measured)
    assert last(house).note == row.note


@pytest.mark.parametrize(
    ("statement", "first"), [("DELETE FROM audit WHERE id = 3", 3), ("UPDATE audit_tree SET size = 2", None)]
)
def test_it_is_said_how_far_the_trail_is_no_longer_what_it_was(house, signer, written, statement, first):
    written(5)
    row = signed(house, signer)
    tamper(house, statement)

    with pytest.raises(TrailBroken) as broken:
        house.look(measured)

    assert broken.value.size == (first or row.size)


def test_a_tail_that_nobody_has_signed_is_cut_without_this_being_seen(house, signer, written):
    """What a checkpoint is not for: what was written after the last one. The chain's owner tells of it, until it is set to fit."""
    written(2)
    signed(house, signer)
    written(2)
    number = size(house)
    tamper(house, f"DELETE FROM audit WHERE id = {number}", f"UPDATE audit_tree SET size = {number - 1}")

    assert house.look(measured).size == number - 1


# Signing.


def test_what_was_signed_is_read_by_whoever_has_the_keys_line(house, signer, written):
    written(3)
    tree, row = house.look(measured), signed(house, signer)

    found, by = checkpoint.read(row.note, Verifier.of(row.key))

    assert (found.origin, found.size, found.root) == (NAMED, tree.size, tree.root)
    assert str(by) == row.key == str(signer.verifier)
    assert (row.size, row.root, row.at) == (found.size, found.root.hex(), house.now)
    assert last(house) == row


def test_of_one_size_there_is_one(house, signer, written):
    written()
    tree = house.look(measured)
    row = house.transact(sign, tree, signer)

    assert house.transact(sign, tree, signer) is None
    assert last(house) == row


def test_what_was_measured_before_a_later_one_was_signed_is_not_signed_any_more(house, signer, written):
    early = house.look(measured)
    written(2)
    row = signed(house, signer)

    assert house.transact(sign, early, signer) is None
    assert house.look(lambda work: checkpoints.all_(work.session)) == (row,)


def test_the_first_that_covers_an_entry_is_found(house, signer, written):
    rows = []
    for count in (2, 3, 4):
        written(count)
        rows.append(signed(house, signer))

    def first_over(number):
        return house.look(lambda work: checkpoints.first_over(work.session, number))

    assert first_over(1) == rows[0]
    assert first_over(rows[0].size) == rows[0]
    assert first_over(rows[0].size + 1) == rows[1]
    assert first_over(rows[2].size) == rows[2]
    assert first_over(rows[2].size + 1) is None
    assert house.look(lambda work: checkpoints.of_size(work.session, rows[1].size)) == rows[1]
    assert house.look(lambda work: checkpoints.of_size(work.session, rows[1].size + 1)) is None


# When one is due. When an office's first is due is its job's own test.


@pytest.fixture
def monday(house, signer, written):
    """One was signed on Monday 2 November at nine."""
    written()
    return signed(house, signer)


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        ("2026-11-02 09:01", False),
        ("2026-11-02 15:59", False),
        ("2026-11-02 16:00", True),
        ("2026-11-02 23:00", True),
        ("2026-11-03 09:00", True),
        ("2026-11-08 12:00", True),
    ],
)
def test_one_is_due_when_the_office_has_closed_since(house, monday, written, moment, due):
    written()
    house.now = wib(moment)

    assert house.look(is_due) is due


def test_none_is_due_where_nothing_was_written(house, monday):
    for moment in ("2026-11-02 16:00", "2026-11-09 09:00", "2027-01-04 09:00"):
        house.now = wib(moment)
        assert house.look(is_due) is False


def test_one_a_working_day_however_often_it_is_asked(house, signer, monday, written):
    made = []
    for hours in range(24 * 14):
        house.now = wib("2026-11-02 09:00") + hours * (wib("2026-11-02 10:00") - wib("2026-11-02 09:00"))
        written()
        if house.look(is_due):
            made.append(signed(house, signer).at)

    assert [moment.astimezone(house.now.tzinfo).strftime("%a %d %H:%M") for moment in made] == [
        "Mon 02 16:00",
        "Tue 03 16:00",
        "Wed 04 16:00",
        "Thu 05 16:00",
        "Fri 06 17:00",
        "Mon 09 16:00",
        "Tue 10 16:00",
        "Wed 11 16:00",
        "Thu 12 16:00",
        "Fri 13 17:00",
    ]


def test_one_that_is_wanted_is_due_at_once_and_once(house, signer, monday, written):
    written()
    assert house.look(is_due) is False

    house.transact(lambda work: audit.want_checkpoint(work.session))
    assert house.look(is_due) is True

    signed(house, signer)
    written()
    assert house.look(is_due) is False


def test_one_that_was_wanted_and_is_covered_already_is_not_due(house, signer, monday):
    house.transact(lambda work: audit.want_checkpoint(work.session))

    assert house.look(is_due) is False
