"""What `make bench` measures can be held without a clock: how many statements one press takes."""

from sqlalchemy import event

from tests.bench.builds.present import Build

MOST = 34  # the build of `base.txt` took 33; the number of the entry in the tree is one more


def test_a_press_of_setujui_takes_no_more_statements_than_the_earlier_build(tmp_path):
    build = Build(tmp_path)
    first, second = build.cases(2)
    build.press(first)

    run = []
    event.listen(build.database.writer, "before_cursor_execute", lambda *given: run.append(given[2]))
    build.press(second)
    build.close()

    assert 0 < len(run) <= MOST, "\n".join(run)
