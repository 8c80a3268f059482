"""The house of `house.py` with its people, on an empty database."""

from types import SimpleNamespace

import pytest

from tests.factories import SOP, a_calendar
from tests.services.house import House, a_procedure
from tests.storage.parsed import parsed
from tests.workflow.walk import wib


@pytest.fixture
def house(database):
    """Monday 2 November 2026 at nine; a calendar without holidays."""
    return House(database=database, calendar=a_calendar(), procedures=(a_procedure(SOP),), now=wib("2026-11-02 09:00"))


@pytest.fixture
def people(house):
    names = {
        "sekretaris": "Hartono",
        "kabag_umum": "Dewi",
        "analis_sdm": "Rina",
        "unit_terkait": "Sari",
        "biro_sdm": "Andika",
        "tata_usaha": "Wulan S",
        "admin": "Eko Pras",
    }
    found = {
        role: house.enrol(name, role, unit="Direktorat" if role == "unit_terkait" else None)
        for role, name in names.items()
    }
    return SimpleNamespace(**{role: member.id for role, member in found.items()}, members=found)


@pytest.fixture
def opened(house, people):
    """A case of the house's first procedure, opened now."""
    return house.open(house.procedures[0], people.tata_usaha)[0]


@pytest.fixture
def read():
    """The cases that have been parsed since."""
    with parsed() as found:
        yield found.numbers
