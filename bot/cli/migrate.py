"""`alur migrate`: brings the database to this version's tables."""

import typer

from alur.storage.migrations import head
from alur.storage.migrations import migrate as migrate_database
from bot import wiring
from bot.settings import read_settings


def migrate() -> None:
    """Brings the database to the tables of this version."""
    database = wiring.database(read_settings())
    try:
        migrate_database(database)
    finally:
        database.close()
    typer.echo(f"The database is at revision {head()}.")
