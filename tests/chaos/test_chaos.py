"""A short run on each database, in `make test`; `make chaos` runs as long as one likes.

`ALUR_CHAOS_SEED` repeats a seed, as far as a run can be repeated: what is broken and what people choose follows from it.
"""

import os

import pytest

from tests.chaos import cluster
from tests.chaos.run import Plan, run

SEED = int(os.environ.get("ALUR_CHAOS_SEED", "69"))
SECONDS = 12.0


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request):
    if request.param == "postgresql" and not cluster.is_to_be_had():
        request.getfixturevalue("postgres")  # a schema of that server, or skipped
    return request.param


@pytest.mark.long
async def test_whatever_breaks_nothing_is_lost_and_nothing_doubled(database):
    report = await run(Plan(seconds=SECONDS, seed=SEED, database=database))

    assert report.faults == [], f"{report}\n{report.tail}"
    assert report.facts["acts"] > 0
