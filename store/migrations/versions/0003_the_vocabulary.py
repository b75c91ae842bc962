"""the words of the full-text index, counted"""

from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


# A view of the index by word, with the number of chunks each stands in; it stores nothing of its own. SQLite only.
FULL_TEXT = ("CREATE VIRTUAL TABLE chunk_words USING fts5vocab('chunk_fts', 'row')",)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for statement in FULL_TEXT:
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE chunk_words")
