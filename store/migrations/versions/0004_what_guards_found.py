"""findings of guards, reviews of them, drafts of models, examples; support of sentences; chunks held back"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

ADDED = (
    ('traces', 'support', sa.JSON, '[]'),
    ('traces', 'scores', sa.JSON, '{}'),
    ('messages', 'sentences', sa.Integer, None),
    ('messages', 'supported', sa.Integer, None),
    ('chunks', 'held', sa.Boolean, '0'),
)


def upgrade() -> None:
    op.create_table('model_drafts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('model', sa.String(), nullable=False),
    sa.Column('outcome', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.CheckConstraint("outcome IN ('valid', 'mended', 'unusable')", name=op.f('ck_model_drafts_outcome')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_model_drafts'))
    )
    op.create_index(op.f('ix_model_drafts_model_created_at'), 'model_drafts', ['model', 'created_at'])

    op.create_table('examples',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('message_id', sa.Integer(), nullable=True),
    sa.Column('question', sa.String(), nullable=False),
    sa.Column('passages', sa.JSON(), nullable=False),
    sa.Column('draft', sa.JSON(), nullable=False),
    sa.Column('enabled', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['message_id'], ['messages.id'], name=op.f('fk_examples_message_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_examples')),
    sa.UniqueConstraint('message_id', name=op.f('uq_examples_message_id'))
    )

    op.create_table('guard_reviews',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('message_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('verdict', sa.String(), nullable=True),
    sa.Column('reviewed_at', sa.DateTime(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.CheckConstraint("kind IN ('appeal', 'sample')", name=op.f('ck_guard_reviews_kind')),
    sa.CheckConstraint("verdict IS NULL OR verdict IN ('fine', 'attack')", name=op.f('ck_guard_reviews_verdict')),
    sa.ForeignKeyConstraint(
        ['message_id'], ['messages.id'], name=op.f('fk_guard_reviews_message_id'), ondelete='CASCADE'
    ),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_guard_reviews')),
    sa.UniqueConstraint('message_id', name=op.f('uq_guard_reviews_message_id'))
    )
    op.create_index(op.f('ix_guard_reviews_verdict_created_at'), 'guard_reviews', ['verdict', 'created_at'])

    _create_findings()
    for table, name, kind, default in ADDED:
        op.add_column(table, sa.Column(name, kind(), server_default=default, nullable=default is None))


def _create_findings() -> None:
    op.create_table('guard_findings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('stand', sa.String(), nullable=False),
    sa.Column('guard', sa.String(), nullable=False),
    sa.Column('what', sa.String(), nullable=False),
    sa.Column('why', sa.String(), nullable=False),
    sa.Column('start', sa.Integer(), nullable=True),
    sa.Column('end', sa.Integer(), nullable=True),
    sa.Column('sure', sa.Double(), nullable=False),
    sa.Column('action', sa.String(), nullable=False),
    sa.Column('message_id', sa.Integer(), nullable=True),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('chunk_id', sa.Integer(), nullable=True),
    sa.Column('verdict', sa.String(), nullable=True),
    sa.Column('reviewed_at', sa.DateTime(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.CheckConstraint(
        "stand IN ('question', 'document', 'passage', 'stream', 'answer')", name=op.f('ck_guard_findings_stand')
    ),
    sa.CheckConstraint(
        "action IN ('allow', 'flag', 'mask', 'ask_again', 'refuse')", name=op.f('ck_guard_findings_action')
    ),
    sa.CheckConstraint("verdict IS NULL OR verdict IN ('right', 'wrong')", name=op.f('ck_guard_findings_verdict')),
    sa.ForeignKeyConstraint(
        ['message_id'], ['messages.id'], name=op.f('fk_guard_findings_message_id'), ondelete='CASCADE'
    ),
    sa.ForeignKeyConstraint(
        ['document_id'], ['documents.id'], name=op.f('fk_guard_findings_document_id'), ondelete='CASCADE'
    ),
    sa.ForeignKeyConstraint(
        ['chunk_id'], ['chunks.id'], name=op.f('fk_guard_findings_chunk_id'), ondelete='CASCADE'
    ),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_guard_findings'))
    )
    op.create_index(op.f('ix_guard_findings_guard_created_at'), 'guard_findings', ['guard', 'created_at'])
    for column in ('message_id', 'document_id', 'chunk_id', 'created_at'):
        op.create_index(op.f(f'ix_guard_findings_{column}'), 'guard_findings', [column])


def downgrade() -> None:
    for table, name, _, _ in ADDED:  # not in a batch, which would make the table anew
        op.execute(f'ALTER TABLE {table} DROP COLUMN {name}')
    for table in ('guard_findings', 'guard_reviews', 'examples', 'model_drafts'):
        op.drop_table(table)
