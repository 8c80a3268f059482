"""The page says what the rules say; `make authority` writes it."""

from tests.authority.__main__ import PAGE
from tests.authority.page import contents


def test_the_page_is_as_it_would_be_written_anew():
    assert PAGE.read_text(encoding="utf-8") == contents()
