"""words of items as those see them from whom personal data is hidden; items to be looked at again; whose a filter is"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

SEARCH = (
    "CREATE VIRTUAL TABLE item_masked_fts USING fts5(words, tokenize = 'porter unicode61')",
    """CREATE TRIGGER item_masked_fts_deleted AFTER DELETE ON review_items BEGIN
        DELETE FROM item_masked_fts WHERE rowid = old.message_id;
    END""",
)
# What is there already: its words are to be masked, and what cites an earlier version of a document is looked at again.
DUE = (
    "INSERT INTO items_due (message_id, what, at) SELECT message_id, 'mask', :at FROM review_items",
    """INSERT INTO items_due (message_id, what, at)
        SELECT DISTINCT review_items.message_id, 'refresh', :at FROM review_items
        JOIN citations ON citations.message_id = review_items.message_id
        JOIN documents ON documents.id = citations.document_id AND citations.version < documents.version""",
)


def upgrade() -> None:
    op.create_table('items_due',
    sa.Column('message_id', sa.Integer(), nullable=False),
    sa.Column('what', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.CheckConstraint("what IN ('mask', 'refresh')", name=op.f('ck_items_due_what')),
    sa.ForeignKeyConstraint(['message_id'], ['review_items.message_id'], name=op.f('fk_items_due_message_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('message_id', 'what', name=op.f('pk_items_due'))
    )
    op.create_index(op.f('ix_items_due_what'), 'items_due', ['what'], unique=False)
    with op.batch_alter_table('saved_filters') as batch:
        batch.drop_constraint(op.f('uq_saved_filters_name'), type_='unique')
        batch.add_column(sa.Column('owner', sa.String(), nullable=True))
        batch.create_foreign_key(op.f('fk_saved_filters_owner'), 'people', ['owner'], ['id'], ondelete='CASCADE')
    op.create_index(op.f('ix_saved_filters_owner'), 'saved_filters', ['owner'], unique=False)
    if op.get_bind().dialect.name == 'sqlite':
        for statement in SEARCH:
            op.execute(statement)
    at = sa.bindparam('at', datetime.now(UTC).replace(tzinfo=None), sa.DateTime())
    for statement in DUE:
        op.execute(sa.text(statement).bindparams(at))


def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('DROP TRIGGER item_masked_fts_deleted')
        op.execute('DROP TABLE item_masked_fts')
    op.drop_index(op.f('ix_saved_filters_owner'), 'saved_filters')
    op.execute('DELETE FROM saved_filters WHERE owner IS NOT NULL')  # nobody else was to see them
    op.execute('DELETE FROM saved_filters WHERE id NOT IN (SELECT MAX(id) FROM saved_filters GROUP BY name)')
    with op.batch_alter_table('saved_filters') as batch:
        batch.drop_constraint(op.f('fk_saved_filters_owner'), type_='foreignkey')
        batch.drop_column('owner')
        batch.create_unique_constraint(op.f('uq_saved_filters_name'), ['name'])
    op.drop_table('items_due')
