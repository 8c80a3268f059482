"""What people and the clock ask of an office of many years, against a young one: CPU and memory, as ratios in one run.

Each office is written in bulk by a process of its own and then asked by another, which answers a line with a line. The offices
are asked by turns, so that whatever else the machine does falls on both.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
ROUNDS = 5
TURNS = 8  # of each use in a round
PRESSES = 10  # of a turn
FINISHED = (100, 100_000)
RUNNING = (100, 10_000)
BULK = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"


@dataclass(frozen=True, kw_only=True)
class Ratio:
    what: str
    few: float  # milliseconds of CPU, or MiB
    many: float
    ratios: tuple[float, ...]  # of the rounds

    @property
    def ratio(self) -> float:
        return median(self.ratios)


Against = tuple[
    str, tuple[int, int], dict[str, float], list[Ratio]
]  # what, how many, what each ratio may be, what it is


def against(folder: Path) -> Iterator[Against]:
    """With a hundred thousand finished cases against a hundred, and with ten thousand running against a hundred."""
    offices = [(f"finished-{n}", n, 0) for n in FINISHED]
    yield "finished cases", FINISHED, {"press": 1.1, "memory (MiB)": 1.1, "": 1.2}, _between(folder, offices, USES)
    offices = [(f"running-{n}", 0, n) for n in RUNNING]
    yield "running cases", RUNNING, {"": 1.2}, _between(folder, offices, OF_RUNNING)


def _between(folder: Path, offices: list[tuple[str, int, int]], uses: tuple[str, ...]) -> list[Ratio]:
    with ExitStack() as stack:
        asked = []
        for name, finished, running in offices:
            place = folder / name
            place.mkdir()
            _child("make", place, str(finished), str(running))
            asked.append(stack.enter_context(_serving(place)))
        few, many = asked
        found = [_ratio(use, few, many) for use in uses]
        sizes = [office("memory") for office in asked]
    return [*found, Ratio(what="memory (MiB)", few=sizes[0], many=sizes[1], ratios=(sizes[1] / sizes[0],))]


def _ratio(use: str, few: Callable[[str], float], many: Callable[[str], float]) -> Ratio:
    for office in (few, many):
        office(use)  # once that nobody counts
    costs: list[tuple[float, float]] = []
    for _ in range(ROUNDS):
        turns = [(few(use), many(use)) if turn % 2 else (many(use), few(use))[::-1] for turn in range(TURNS)]
        costs.append((median(one for one, _ in turns), median(other for _, other in turns)))
    one, other = (median(column) * 1000 for column in zip(*costs, strict=True))
    return Ratio(what=use, few=one, many=other, ratios=tuple(b / a for a, b in costs))


def _child(*arguments: object) -> None:
    subprocess.run([sys.executable, __file__, *map(str, arguments)], env=_environment(), check=True)


@contextmanager
def _serving(place: Path) -> Iterator[Callable[[str], float]]:
    command = [sys.executable, __file__, "serve", str(place)]
    with subprocess.Popen(
        command, env=_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:

        def ask(what: str) -> float:
            print(what, file=process.stdin, flush=True)
            line = process.stdout.readline()
            if not line:
                raise RuntimeError(f"the office in {place.name} ended")
            return float(json.loads(line))

        try:
            yield ask
        finally:
            process.stdin.close()


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests")))}


# In the processes themselves


def make(folder: Path, finished: int, running: int) -> None:
    """An office with one case that is played, and copies of a finished and of a running one, row by row."""
    from bench.builds.present import Build
    from factories import PEOPLE, SOP, TU, walked

    from alur.services.work import Work
    from alur.storage import audit, cards, cases, messages, notices
    from alur.storage.sop_files import content_hash
    from alur.workflow.notices import Finished

    build = Build(folder)
    whole = walked(99)
    with build.database.write() as session:
        known = {"calendar": build.calendar, "procedures": build.procedures}
        work = Work(session=session, at=build.walk.at, now=build.walk.at, **known)
        own = {"code": "ip-asn-2026", "period": "2026", "sop_hash": content_hash(SOP)}
        played = cases.create(session, build.walk.case.model_copy(update=own))
        for at, entry in build.walk.trail:
            audit.append(session, case_id=played.id, at=at, member=TU, entry=entry)
        own |= {"code": "ip-asn-old", "period": "old"}
        over = cases.create(session, whole.case.model_copy(update=own))
        for at, entry in whole.trail[:5]:
            audit.append(session, case_id=over.id, at=at, member=TU, entry=entry)
        for person in PEOPLE:
            told = {"chat_id": person.member, "member_id": person.member, "at": work.at}
            number = notices.add(session, notice=Finished(case_id=over.id), **told)
            messages.record(session, person.member, 10_000 + number, {"case_id": over.id, "notice": number})
            cards.announce(session, case_id=over.id, task=1, member_id=person.member, at=work.at, ring=False)
        connection = session.connection()
        connection.exec_driver_sql("UPDATE notices SET sent_at = queued_at")
        connection.exec_driver_sql("UPDATE cards SET message_id = id, shown = wanted, rung = ring")
    waiting = build.cases(1)[0].case_id if running else 0
    with build.database.writer.connect() as connection:
        driver = connection.connection.driver_connection
        driver.execute("BEGIN")
        for one, count in ((over.id, finished), (waiting, running)):
            if count:
                _multiply(driver, one, count)
        driver.execute("COMMIT")
    build.close()


def _multiply(driver, one: int, count: int) -> None:
    """So many copies of every row of one case."""
    apart = 10_000_000 + one * 1_000_000  # added to numbers, so that copies of two cases never meet
    tables = [row[0] for row in driver.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in sorted(tables, key=lambda name: name != "cases"):
        columns = [row[1] for row in driver.execute(f"PRAGMA table_info({table})")]
        if "case_id" not in columns and table not in ("cases", "notices", "messages"):
            continue
        chosen = {name: f"t.{name}" for name in columns}
        if "case_id" in columns:
            chosen["case_id"], where = f"{apart} + n.i", f"t.case_id = {one}"
        elif table == "cases":
            code = f"'x{one}-' || n.i"
            state = f"replace(t.state, '\"code\":\"' || t.code || '\"', '\"code\":\"' || {code} || '\"')"
            chosen |= {"id": f"{apart} + n.i", "code": code, "period": code, "state": state}
            where = f"t.id = {one}"
        else:
            where = f"t.about LIKE '%\"case_id\":{one}%'"
        if "id" in columns and table != "cases":
            chosen["id"] = f"{apart} + t.id * {count} + n.i"
        if table == "messages":
            chosen["message_id"] = f"{apart} + t.message_id * {count} + n.i"
        if "finished_at" in columns:
            earlier = "strftime('%Y-%m-%d %H:%M:%f000', t.finished_at, '-' || n.i || ' minutes')"
            chosen["finished_at"] = f"CASE WHEN t.finished_at IS NULL THEN NULL ELSE {earlier} END"
        if "code" in columns and table != "cases":
            chosen["code"] = chosen["period"] = f"'x{one}-' || n.i"
        if table == "timers":
            chosen["id"] = f"{apart} + t.id * {count} + n.i"
        into, values = ", ".join(f'"{name}"' for name in columns), ", ".join(chosen.values())
        driver.execute(
            f"{BULK.format(count=count)} INSERT INTO {table} ({into}) SELECT {values} FROM {table} AS t, n WHERE {where}"
        )


class Office:
    def __init__(self, folder: Path) -> None:
        from bench.builds.present import Build

        self.build = Build(folder)

    def ask(self, what: str) -> float:
        """Seconds of CPU of one use; of the memory, the process's most in MiB."""
        if what == "memory":
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        if what == "press":
            waiting = self.build.cases(PRESSES)
            begun = time.process_time()
            for item in waiting:
                self.build.press(item)
            return (time.process_time() - begun) / PRESSES
        if what in ("a tick", "the start"):
            begun = time.process_time()
            self.build.loop.run_until_complete(self._of_the_clock(what))
            return time.process_time() - begun
        use = self._uses()[what]
        with self.build.database.write() as session:
            begun = time.process_time()
            use(self._work(session))
            spent = time.process_time() - begun
            session.rollback()  # the next finds what this one found
        return spent

    async def _of_the_clock(self, what: str) -> None:
        from alur.services.clock import year
        from alur.storage import timers
        from jobs.due_timers import fire_due_timers
        from jobs.recount import recount_where_changed

        house = self.build.house
        if what == "a tick":
            await fire_due_timers(house)
            await house.read(lambda work: timers.nearest(work.session))
        else:
            await house.write(year.keep_in_step)
            await recount_where_changed(house)

    def _work(self, session):
        from alur.services.work import Work

        known = {"calendar": self.build.calendar, "procedures": self.build.procedures}
        return Work(session=session, at=self.build.at, now=self.build.at, **known)

    def _uses(self):
        from factories import ANALIS, KABAG, TU, a_file

        from alur.services.incoming import files, reading, screens
        from alur.storage import members
        from bot import rendering

        def screen(service, who):
            def use(work):
                member = members.get(work.session, who)
                service(work, member)
                while rendering.next_shown(work, member.telegram_id) is None:
                    raise AssertionError("nothing is shown")

            return use

        def upload(work):
            files.take(
                work,
                telegram_id=members.get(work.session, ANALIS).telegram_id,
                message_id=5,
                file=a_file("Nota dinas rapat.pdf"),
                caption="",
                reply=None,
            )

        return {
            "/tugas": screen(screens.tasks, KABAG),
            "/status": screen(screens.status, KABAG),
            "/berkas": screen(reading.documents, KABAG),
            "/riwayat": screen(reading.history, KABAG),
            "/mulai": lambda work: screens.open_case(work, members.get(work.session, TU)),
            "an upload": upload,
        }


OF_RUNNING = ("press", "/status", "an upload", "a tick", "the start")
USES = ("press", "/tugas", "/status", "/berkas", "/riwayat", "/mulai", "an upload", "a tick", "the start")


def serve(folder: Path) -> None:
    office = Office(folder)
    for line in sys.stdin:
        sys.stdout.write(f"{json.dumps(office.ask(line.strip()))}\n")
        sys.stdout.flush()
    office.build.close()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["make", folder, finished, running]:
            make(Path(folder), int(finished), int(running))
        case ["serve", folder]:
            serve(Path(folder))
