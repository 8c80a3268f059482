"""Many cases like one, by their rows alone: a case is copied in any build that has the tables `cases` and `timers`."""

from sqlalchemy import MetaData, Table, insert, select


def cloned(database, case_id: int, number: int) -> None:
    """So many more running cases with the state and the timers of the one, each of a period of its own."""
    with database.write() as session:
        connection, known = session.connection(), MetaData()
        cases, timers = (Table(name, known, autoload_with=connection) for name in ("cases", "timers"))
        case = dict(connection.execute(select(cases).where(cases.c.id == case_id)).mappings().one())
        rows = [dict(row) for row in connection.execute(select(timers).where(timers.c.case_id == case_id)).mappings()]
        copies = range(case_id + 1, case_id + 1 + number)
        named = [{**case, "id": copy, "code": f"copy-{copy}", "period": f"copy {copy}"} for copy in copies]
        connection.execute(insert(cases), named)
        own = [{**row, "case_id": copy} for copy in copies for row in rows]
        for row in own:
            del row["id"]
        connection.execute(insert(timers), own)
