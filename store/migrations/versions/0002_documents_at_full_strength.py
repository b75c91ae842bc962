"""documents with versions, tags, switches and uses; a fuller queue"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


STATES = ('queued', 'reading', 'embedding', 'done', 'known', 'failed', 'splitting', 'cancelled')


def _states(allowed: tuple[str, ...]) -> sa.CheckConstraint:
    """A batch makes the table anew, without its old conditions."""
    named = ', '.join(f"'{state}'" for state in allowed)
    return sa.CheckConstraint(f'state IN ({named})', name=op.f('ck_entries_state'))


def _keep_states(allowed: tuple[str, ...]) -> None:
    """Elsewhere no table is made anew, so the condition is put back by itself."""
    if op.get_bind().dialect.name != 'sqlite':
        named = ', '.join(f"'{state}'" for state in allowed)
        op.create_check_constraint(op.f('ck_entries_state'), 'entries', f'state IN ({named})')


def upgrade() -> None:
    op.create_table('document_tags',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('tag', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_document_tags_document_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('document_id', 'tag', name=op.f('pk_document_tags'))
    )
    with op.batch_alter_table('document_tags', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_document_tags_tag'), ['tag'], unique=False)

    op.create_table('earlier_texts',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('replaced_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_earlier_texts_document_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('document_id', 'version', name=op.f('pk_earlier_texts'))
    )
    op.create_table('chunk_uses',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('message_id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('chunk_id', sa.Integer(), nullable=True),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.Column('cited', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['chunk_id'], ['chunks.id'], name=op.f('fk_chunk_uses_chunk_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_chunk_uses_document_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['message_id'], ['messages.id'], name=op.f('fk_chunk_uses_message_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chunk_uses'))
    )
    with op.batch_alter_table('chunk_uses', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_chunk_uses_chunk_id'), ['chunk_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_chunk_uses_document_id'), ['document_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_chunk_uses_message_id'), ['message_id'], unique=False)

    with op.batch_alter_table('chunks', schema=None) as batch_op:
        batch_op.add_column(sa.Column('enabled', sa.Boolean(), server_default='1', nullable=False))

    with op.batch_alter_table('citations', schema=None) as batch_op:
        batch_op.add_column(sa.Column('version', sa.Integer(), server_default='1', nullable=False))

    with op.batch_alter_table('documents', schema=None) as batch_op:
        batch_op.add_column(sa.Column('source', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('version', sa.Integer(), server_default='1', nullable=False))
        batch_op.add_column(sa.Column('enabled', sa.Boolean(), server_default='1', nullable=False))
        batch_op.add_column(sa.Column('findings', sa.JSON(), server_default='[]', nullable=False))
        batch_op.create_index(batch_op.f('ix_documents_source'), ['source'], unique=False)

    op.execute("UPDATE documents SET source = name WHERE source = ''")
    with op.batch_alter_table('entries', schema=None, table_args=(_states(STATES),), table_kwargs={'sqlite_autoincrement': True}) as batch_op:
        batch_op.drop_constraint(op.f('ck_entries_state'), type_='check')
        batch_op.add_column(sa.Column('source', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('parent_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('tags', sa.JSON(), server_default='[]', nullable=False))
        batch_op.add_column(sa.Column('notice', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('parts_done', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('parts', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('reading_since', sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column('cancelling', sa.Boolean(), server_default='0', nullable=False))
        batch_op.create_index(batch_op.f('ix_entries_parent_id'), ['parent_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_entries_parent_id'), 'entries', ['parent_id'], ['id'], ondelete='CASCADE')
    op.execute("UPDATE entries SET source = name WHERE source = ''")
    _keep_states(STATES)


def downgrade() -> None:
    op.execute("DELETE FROM entries WHERE state IN ('splitting', 'cancelled')")
    with op.batch_alter_table('entries', schema=None, table_args=(_states(STATES[:6]),), table_kwargs={'sqlite_autoincrement': True}) as batch_op:
        batch_op.drop_constraint(op.f('ck_entries_state'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_entries_parent_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_entries_parent_id'))
        for column in ('cancelling', 'reading_since', 'parts', 'parts_done', 'notice', 'tags', 'parent_id', 'source'):
            batch_op.drop_column(column)
    _keep_states(STATES[:6])
    op.drop_table('chunk_uses')
    op.drop_table('earlier_texts')
    op.drop_table('document_tags')
    op.drop_index('ix_documents_source', 'documents')
    # Not in batches: those make a table anew and drop the old one, which takes along what points to its rows.
    for table, column in (
        ('documents', 'findings'), ('documents', 'enabled'), ('documents', 'version'), ('documents', 'source'),
        ('citations', 'version'), ('chunks', 'enabled'),
    ):
        op.execute(f'ALTER TABLE {table} DROP COLUMN {column}')
