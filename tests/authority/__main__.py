"""`make authority`: asks the rules who may do and read what, and keeps the answer in `docs/authority.md`."""

from pathlib import Path

from tests.authority.page import contents

PAGE = Path(__file__).parents[2] / "docs" / "authority.md"

if __name__ == "__main__":
    PAGE.write_text(contents(), encoding="utf-8")
