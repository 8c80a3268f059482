"""A case is parsed once, and never is taken for the case what it is no longer."""

from sqlalchemy import event, text

from alur.storage import cases
from alur.storage.database import Database
from alur.storage.kept import MOST
from tests.storage.parsed import parsed


def named(record, name):
    """The case with somebody else's name in it."""
    return record.case.model_copy(update={"opened_by": record.case.opened_by.model_copy(update={"name": name})})


def test_what_is_read_again_is_not_parsed_again_whichever_way_it_is_asked_for(database, record):
    with database.write() as session, parsed() as found:
        first = cases.get(session, record.id)
        assert cases.lock(session, record.id).case is first.case
        assert cases.by_code(session, "ip-asn-2026").case is first.case
        assert cases.of(session, [record.id]) == (first,)
        assert found.codes == ["ip-asn-2026"]


def test_a_case_is_locked_by_its_own_statement_also_where_it_was_read_before(database, record):
    said = []
    with database.write() as session:
        cases.get(session, record.id)
        event.listen(session.connection(), "before_cursor_execute", lambda *given: said.append(given[2]))
        cases.lock(session, record.id)
    assert len(said) == 1
    assert said[0].endswith("FOR UPDATE") == (database.dialect == "postgresql")


def test_what_was_saved_is_known_as_it_was_saved(database, record):
    with database.write() as session, parsed() as found:
        before = cases.get(session, record.id)
        cases.save(session, before, named(before, "Budi"))
        assert cases.get(session, record.id).case.opened_by.name == "Budi"
        assert cases.get(session, record.id).revision == 2
        stored = session.connection().execute(text("SELECT state FROM cases")).scalar_one()
        assert cases.parsed(stored) == cases.get(session, record.id).case
    assert found.count == 1  # before it was saved


def test_what_others_wrote_between_two_statements_is_seen(database, record):
    """Also under the revision that was read: it is the text that counts."""
    with database.write() as session:
        cases.get(session, record.id)
        session.connection().execute(text("UPDATE cases SET state = replace(state, '\"Siti\"', '\"Budi\"')"))
        again = cases.get(session, record.id)
    assert (again.case.opened_by.name, again.revision) == ("Budi", 1)


def test_nothing_is_remembered_of_what_was_rolled_back(database, record):
    """The revision is given a second time: of another case than the first."""
    with database.write() as session:
        session.begin_nested()
        cases.save(session, record, named(record, "Budi"))
        assert cases.get(session, record.id).case.opened_by.name == "Budi"
        session.get_nested_transaction().rollback()
        assert cases.get(session, record.id).case == record.case
        cases.save(session, record, named(record, "Rina"))
        again = cases.get(session, record.id)
    assert (again.case.opened_by.name, again.revision) == ("Rina", 2)


def test_another_session_knows_it_too_and_sees_what_another_program_wrote_meanwhile(database, record):
    other = Database(database.url.render_as_string(hide_password=False))
    with parsed(is_kept=True) as found:
        for begin in (database.write, database.read, database.write):
            with begin() as session:
                first = cases.get(session, record.id)
        assert found.count == 1
        with other.write() as session:
            session.connection().execute(text("UPDATE cases SET state = replace(state, '\"Siti\"', '\"Budi\"')"))
        for begin in (database.read, database.write):
            with begin() as session:
                again = cases.get(session, record.id)
                assert (again.case.opened_by.name, again.revision) == ("Budi", first.revision)
    assert found.count == 2
    other.close()


def test_who_reads_many_cases_holds_few_of_them(database, record, new_case):
    with database.write() as session:
        others = [cases.create(session, new_case(str(3000 + number))).id for number in range(MOST)]
    with database.read() as session, parsed() as found:
        cases.get(session, record.id)
        cases.of(session, others)
        cases.of(session, others)
        assert found.count == len(others) + 1
        cases.get(session, record.id)
        assert found.count == len(others) + 2


def test_cases_are_read_by_number_in_the_order_in_which_they_are_asked_for(database, record, new_case):
    with database.write() as session:
        second = cases.create(session, new_case("2027"))
        assert cases.of(session, [second.id, 99, record.id]) == (second, record)
        assert cases.of(session, []) == ()
        with parsed() as found:
            names = cases.names_of(session, [second.id, 99, record.id])
    assert [(name.code, name.period) for name in names] == [("ip-asn-2027", "2027"), ("ip-asn-2026", "2026")]
    assert found.count == 0
