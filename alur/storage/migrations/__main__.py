"""Drafts the next version: `python -m alur.storage.migrations "why"`. Needs no database; a passing one is made."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command

from alur.storage.database import Database
from alur.storage.migrations import configuration, head, migrate


def main(why: str) -> None:
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'draft.sqlite'}")
        migrate(database)
        config = configuration()
        with database.writer.connect() as connection:
            config.attributes["connection"] = connection
            command.revision(config, why, autogenerate=True, rev_id=f"{int(head()) + 1:04}")
        database.close()


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))
