"""How Alembic reaches the database: through the connection it is handed, or the configured one on the command line."""

import os
from typing import Literal

from alembic import context
from sqlalchemy import Connection

from store.engine import Database
from store.models import Model, Moment


def plain_types(kind: str, item: object, _: object) -> str | Literal[False]:
    """Migrations name the database's types, not ours, which may change."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, Moment) else False


def run(connection: Connection) -> None:
    # FTS5 keeps its shadow tables in the same schema; they are not ours to compare.
    context.configure(
        connection=connection,
        target_metadata=Model.metadata,
        render_as_batch=True,
        render_item=plain_types,
        include_name=lambda name, kind, _: kind != "table" or name in Model.metadata.tables,
    )
    with context.begin_transaction():
        context.run_migrations()


handed = context.config.attributes.get("connection")
if handed is not None:
    run(handed)
else:
    database = Database(os.environ.get("FOOTNOTE_DATABASE_URL", "sqlite:///.footnote/footnote.db"))
    with database.connect() as opened:
        run(opened)
        opened.commit()
