"""health and calls of models, spending, rate limits, keys of clients; who wrote which words"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('client_keys',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('key_hash', sa.String(), nullable=False),
    sa.Column('scopes', sa.JSON(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('last_used_at', sa.DateTime(), nullable=True),
    sa.Column('revoked_at', sa.DateTime(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_client_keys')),
    sa.UniqueConstraint('key_hash', name=op.f('uq_client_keys_key_hash')),
    sa.UniqueConstraint('name', name=op.f('uq_client_keys_name'))
    )
    op.create_table('model_calls',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('model', sa.String(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('problem', sa.String(), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('first_ms', sa.Double(), nullable=True),
    sa.Column('total_ms', sa.Double(), nullable=False),
    sa.Column('input_tokens', sa.Integer(), nullable=False),
    sa.Column('output_tokens', sa.Integer(), nullable=False),
    sa.Column('estimated', sa.Boolean(), nullable=False),
    sa.Column('cost_usd', sa.Double(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.CheckConstraint("purpose IN ('answer', 'again', 'rewrite', 'test')", name=op.f('ck_model_calls_purpose')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_model_calls'))
    )
    with op.batch_alter_table('model_calls', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_model_calls_created_at'), ['created_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_model_calls_model_created_at'), ['model', 'created_at'], unique=False)

    op.create_table('model_health',
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('opened', sa.Integer(), nullable=False),
    sa.Column('resting_until', sa.DateTime(), nullable=True),
    sa.Column('probing_until', sa.DateTime(), nullable=True),
    sa.Column('taken_out', sa.Boolean(), nullable=False),
    sa.Column('last_problem', sa.String(), nullable=True),
    sa.Column('last_problem_at', sa.DateTime(), nullable=True),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.CheckConstraint("state IN ('closed', 'open', 'half_open')", name=op.f('ck_model_health_state')),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_model_health'))
    )
    op.create_table('rate_windows',
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('expires_at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_rate_windows'))
    )
    with op.batch_alter_table('rate_windows', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rate_windows_expires_at'), ['expires_at'], unique=False)

    op.create_table('spending',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('person_id', sa.String(), nullable=False),
    sa.Column('questions', sa.Integer(), nullable=False),
    sa.Column('cost_usd', sa.Double(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_spending_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('day', 'person_id', name=op.f('pk_spending'))
    )
    with op.batch_alter_table('spending', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_spending_person_id_day'), ['person_id', 'day'], unique=False)

    with op.batch_alter_table('traces', schema=None) as batch_op:
        batch_op.add_column(sa.Column('parts', sa.JSON(), server_default='[]', nullable=False))



def downgrade() -> None:
    # Not in a batch, which would make the table anew.
    op.execute('ALTER TABLE traces DROP COLUMN parts')

    with op.batch_alter_table('spending', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_spending_person_id_day'))

    op.drop_table('spending')
    with op.batch_alter_table('rate_windows', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rate_windows_expires_at'))

    op.drop_table('rate_windows')
    op.drop_table('model_health')
    with op.batch_alter_table('model_calls', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_model_calls_model_created_at'))
        batch_op.drop_index(batch_op.f('ix_model_calls_created_at'))

    op.drop_table('model_calls')
    op.drop_table('client_keys')
