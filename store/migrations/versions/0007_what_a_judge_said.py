"""verdicts of a model that judges answers for training data"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('judgements',
    sa.Column('message_id', sa.Integer(), nullable=False),
    sa.Column('judge', sa.String(), nullable=False),
    sa.Column('faithful', sa.Boolean(), nullable=False),
    sa.Column('useful', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['message_id'], ['messages.id'], name=op.f('fk_judgements_message_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('message_id', name=op.f('pk_judgements'))
    )
    op.create_index(op.f('ix_judgements_judge'), 'judgements', ['judge'])


def downgrade() -> None:
    op.drop_table('judgements')
