"""A folder on a disk whose power can be cut, and work that is watched there."""

from itertools import count

import pytest

from tests.power.disk import Disk, shim
from tests.power.worker import Worker


@pytest.fixture(scope="session")
def library(tmp_path_factory):
    """The shim, built once."""
    return shim(tmp_path_factory.mktemp("power"))


@pytest.fixture(scope="session")
def worker(library):
    found = Worker(library)
    yield found
    found.close()


@pytest.fixture
def disk(library, tmp_path):
    (tmp_path / "root").mkdir()
    return Disk(tmp_path / "root", tmp_path / "book", library)


@pytest.fixture
def watched(disk, worker):
    """Does work on the disk until it is over or, with `cut`, until the power fails before that sync; its exit status."""

    def run(function, *arguments, cut=None):
        when = {"ALUR_POWER_CUT": str(cut)} if cut else {}
        return worker.run({**disk.environment, **when}, function, *arguments)

    return run


@pytest.fixture
def after(disk, tmp_path):
    """What a cut just now leaves, in a folder of its own."""
    numbers = count()

    def left(dice=None):
        return disk.remains(tmp_path / f"left-{next(numbers)}", dice)

    return left
