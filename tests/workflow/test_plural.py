"""One of a thing, and several."""

import pytest

from alur.workflow.plural import plural


@pytest.mark.parametrize(
    ("number", "told"), [(0, "0 entries"), (1, "1 entry"), (2, "2 entries"), (1234, "1,234 entries")]
)
def test_a_number_stands_with_its_noun(number, told):
    assert plural(number, "entry", "entries") == told
    assert plural(number, "case") == told.replace("entries", "cases").replace("entry", "case")
