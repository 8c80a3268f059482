"""What Alembic runs for every command. The connection is given by `alur.storage.migrations`, in a transaction."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import TypeDecorator

from alur.storage.tables import METADATA

PLAIN = {"AutoString": "sa.String()", "UtcMoment": "MOMENT", "Json": "sa.Text()", "Numbers": "sa.Text()"}


def render(kind: str, item: Any, _autogenerate: Any) -> str | Literal[False]:
    """Our types as plain ones: a migration must mean for ever what it means today."""
    return PLAIN[type(item).__name__] if kind == "type" and isinstance(item, TypeDecorator) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_item=render,
    # SQLite cannot alter a table: it is rebuilt. And both dialects roll back what DDL did.
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
