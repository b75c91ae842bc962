"""readers' actions and visits; the inbox of analysts, its history, and what becomes of feedback; topics"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

TABLES = ('audit_entries', 'topics', 'saved_filters', 'visits', 'approved_answers', 'cases', 'document_tasks', 'question_vectors', 'replies', 'review_events', 'review_items', 'signals', 'source_conflicts', 'verified_answers', 'item_facets')
ADDED = (
    ('feedback', 'diff', sa.JSON, '[]'),
    ('feedback', 'sources', sa.JSON, '[]'),
    ('people', 'name', sa.String, None),
    ('people', 'consent', sa.Boolean, None),
    ('people', 'demo', sa.Boolean, '0'),
)
# Of feedback: looked up for each message and person that is deleted.
SOUGHT = ('message_id', 'person_id')
# Words of items, to be searched. An item's entry goes with it, and it goes with its answer.
SEARCH = (
    "CREATE VIRTUAL TABLE item_fts USING fts5(words, tokenize = 'porter unicode61')",
    """CREATE TRIGGER item_fts_deleted AFTER DELETE ON review_items BEGIN
        DELETE FROM item_fts WHERE rowid = old.message_id;
    END""",
)


def upgrade() -> None:
    op.create_table('audit_entries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('actor', sa.String(), nullable=False),
    sa.Column('act', sa.String(), nullable=False),
    sa.Column('conversation_id', sa.String(), nullable=True),
    sa.Column('message_id', sa.Integer(), nullable=True),
    sa.Column('detail', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entries'))
    )
    op.create_index(op.f('ix_audit_entries_created_at'), 'audit_entries', ['created_at'], unique=False)

    op.create_table('topics',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(), nullable=False),
    sa.Column('terms', sa.JSON(), nullable=False),
    sa.Column('centre', sa.LargeBinary(), nullable=False),
    sa.Column('named_by', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_topics'))
    )

    op.create_table('saved_filters',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('wanted', sa.JSON(), nullable=False),
    sa.Column('by', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['by'], ['people.id'], name=op.f('fk_saved_filters_by'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_filters')),
    sa.UniqueConstraint('name', name=op.f('uq_saved_filters_name'))
    )
    op.create_index(op.f('ix_saved_filters_by'), 'saved_filters', ['by'], unique=False)

    op.create_table('visits',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.String(), nullable=False),
    sa.Column('started_at', sa.DateTime(), nullable=False),
    sa.Column('last_at', sa.DateTime(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('questions', sa.Integer(), nullable=False),
    sa.Column('returned', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_visits_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visits'))
    )
    op.create_index(op.f('ix_visits_day'), 'visits', ['day'], unique=False)
    op.create_index(op.f('ix_visits_person_id_started_at'), 'visits', ['person_id', 'started_at'], unique=False)

    op.create_table('approved_answers',
    sa.Column('message_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['by'], ['people.id'], name=op.f('fk_approved_answers_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['message_id'], ['messages.id'], name=op.f('fk_approved_answers_message_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('message_id', name=op.f('pk_approved_answers'))
    )
    op.create_index(op.f('ix_approved_answers_by'), 'approved_answers', ['by'], unique=False)

    op.create_table('cases',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('message_id', sa.Integer(), nullable=True),
    sa.Column('dataset', sa.String(), nullable=False),
    sa.Column('question', sa.String(), nullable=False),
    sa.Column('answerable', sa.Boolean(), nullable=False),
    sa.Column('sources', sa.JSON(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('by', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['by'], ['people.id'], name=op.f('fk_cases_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['message_id'], ['messages.id'], name=op.f('fk_cases_message_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cases')),
    sa.UniqueConstraint('message_id', name=op.f('uq_cases_message_id'))
    )
    op.create_index(op.f('ix_cases_by'), 'cases', ['by'], unique=False)
    op.create_index(op.f('ix_cases_dataset'), 'cases', ['dataset'], unique=False)

    op.create_table('document_tasks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('other_id', sa.Integer(), nullable=True),
    sa.Column('message_id', sa.Integer(), nullable=True),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('assignee', sa.String(), nullable=True),
    sa.Column('by', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('closed_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint("kind IN ('missing', 'outdated', 'contradicting')", name=op.f('ck_document_tasks_kind')),
    sa.CheckConstraint("status IN ('open', 'done', 'dropped')", name=op.f('ck_document_tasks_status')),
    sa.ForeignKeyConstraint(['assignee'], ['people.id'], name=op.f('fk_document_tasks_assignee'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['by'], ['people.id'], name=op.f('fk_document_tasks_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_document_tasks_document_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['message_id'], ['messages.id'], name=op.f('fk_document_tasks_message_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['other_id'], ['documents.id'], name=op.f('fk_document_tasks_other_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document_tasks'))
    )
    op.create_index(op.f('ix_document_tasks_assignee'), 'document_tasks', ['assignee'], unique=False)
    op.create_index(op.f('ix_document_tasks_by'), 'document_tasks', ['by'], unique=False)
    op.create_index(op.f('ix_document_tasks_document_id'), 'document_tasks', ['document_id'], unique=False)
    op.create_index(op.f('ix_document_tasks_message_id'), 'document_tasks', ['message_id'], unique=False)
    op.create_index(op.f('ix_document_tasks_other_id'), 'document_tasks', ['other_id'], unique=False)
    op.create_index(op.f('ix_document_tasks_status'), 'document_tasks', ['status'], unique=False)

    op.create_table('question_vectors',
    sa.Column('message_id', sa.Integer(), nullable=False),
    sa.Column('model', sa.String(), nullable=False),
    sa.Column('vector', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['message_id'], ['messages.id'], name=op.f('fk_question_vectors_message_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('message_id', name=op.f('pk_question_vectors'))
    )

    op.create_table('replies',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('message_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('seen_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['by'], ['people.id'], name=op.f('fk_replies_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['message_id'], ['messages.id'], name=op.f('fk_replies_message_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_replies'))
    )
    op.create_index(op.f('ix_replies_by'), 'replies', ['by'], unique=False)
    op.create_index(op.f('ix_replies_message_id'), 'replies', ['message_id'], unique=False)

    op.create_table('review_events',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('message_id', sa.Integer(), nullable=False),
    sa.Column('actor', sa.String(), nullable=True),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('detail', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['actor'], ['people.id'], name=op.f('fk_review_events_actor'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['message_id'], ['messages.id'], name=op.f('fk_review_events_message_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review_events'))
    )
    op.create_index(op.f('ix_review_events_actor'), 'review_events', ['actor'], unique=False)
    op.create_index(op.f('ix_review_events_message_id'), 'review_events', ['message_id'], unique=False)

    op.create_table('review_items',
    sa.Column('message_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.String(), nullable=False),
    sa.Column('visit_id', sa.Integer(), nullable=True),
    sa.Column('topic_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('writer', sa.String(), nullable=True),
    sa.Column('prompt', sa.String(), nullable=False),
    sa.Column('rating', sa.Integer(), nullable=False),
    sa.Column('corrected', sa.Boolean(), nullable=False),
    sa.Column('appealed', sa.Boolean(), nullable=False),
    sa.Column('support', sa.String(), nullable=True),
    sa.Column('sentences', sa.Integer(), nullable=False),
    sa.Column('supported', sa.Integer(), nullable=False),
    sa.Column('resolved', sa.Boolean(), nullable=False),
    sa.Column('worth', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('assignee', sa.String(), nullable=True),
    sa.Column('first_ms', sa.Double(), nullable=True),
    sa.Column('total_ms', sa.Double(), nullable=True),
    sa.Column('cost_usd', sa.Double(), nullable=True),
    sa.Column('input_tokens', sa.Integer(), nullable=False),
    sa.Column('output_tokens', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.CheckConstraint("status IN ('new', 'in_review', 'fixed', 'wont_fix')", name=op.f('ck_review_items_status')),
    sa.ForeignKeyConstraint(['assignee'], ['people.id'], name=op.f('fk_review_items_assignee'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['message_id'], ['messages.id'], name=op.f('fk_review_items_message_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_review_items_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['topic_id'], ['topics.id'], name=op.f('fk_review_items_topic_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['visit_id'], ['visits.id'], name=op.f('fk_review_items_visit_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('message_id', name=op.f('pk_review_items'))
    )
    op.create_index(op.f('ix_review_items_assignee'), 'review_items', ['assignee'], unique=False)
    op.create_index(op.f('ix_review_items_day'), 'review_items', ['day'], unique=False)
    op.create_index(op.f('ix_review_items_person_id'), 'review_items', ['person_id'], unique=False)
    op.create_index(op.f('ix_review_items_prompt_day'), 'review_items', ['prompt', 'day'], unique=False)
    op.create_index(op.f('ix_review_items_status_worth_message_id'), 'review_items', ['status', 'worth', 'message_id'], unique=False)
    op.create_index(op.f('ix_review_items_topic_id_day'), 'review_items', ['topic_id', 'day'], unique=False)
    op.create_index(op.f('ix_review_items_visit_id'), 'review_items', ['visit_id'], unique=False)
    op.create_index(op.f('ix_review_items_worth_message_id'), 'review_items', ['worth', 'message_id'], unique=False)

    op.create_table('signals',
    sa.Column('message_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('detail', sa.String(), nullable=False),
    sa.Column('first_at', sa.DateTime(), nullable=False),
    sa.Column('last_at', sa.DateTime(), nullable=False),
    sa.CheckConstraint("kind IN ('copied', 'citation_opened', 'follow_up', 'asked_again', 'rephrased', 'stopped', 'left', 'returned')", name=op.f('ck_signals_kind')),
    sa.ForeignKeyConstraint(['message_id'], ['messages.id'], name=op.f('fk_signals_message_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('message_id', 'kind', name=op.f('pk_signals'))
    )

    op.create_table('source_conflicts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('message_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('first', sa.Integer(), nullable=False),
    sa.Column('second', sa.Integer(), nullable=True),
    sa.Column('first_words', sa.String(), nullable=False),
    sa.Column('second_words', sa.String(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('other_id', sa.Integer(), nullable=True),
    sa.Column('why', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.CheckConstraint("kind IN ('number', 'date', 'older')", name=op.f('ck_source_conflicts_kind')),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_source_conflicts_document_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['message_id'], ['messages.id'], name=op.f('fk_source_conflicts_message_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['other_id'], ['documents.id'], name=op.f('fk_source_conflicts_other_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_source_conflicts'))
    )
    op.create_index(op.f('ix_source_conflicts_document_id'), 'source_conflicts', ['document_id'], unique=False)
    op.create_index(op.f('ix_source_conflicts_message_id'), 'source_conflicts', ['message_id'], unique=False)
    op.create_index(op.f('ix_source_conflicts_other_id'), 'source_conflicts', ['other_id'], unique=False)

    op.create_table('verified_answers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('message_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('citations', sa.JSON(), nullable=False),
    sa.Column('sources', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('expired_why', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('served', sa.Integer(), nullable=False),
    sa.Column('served_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint("state IN ('live', 'expired', 'off')", name=op.f('ck_verified_answers_state')),
    sa.ForeignKeyConstraint(['by'], ['people.id'], name=op.f('fk_verified_answers_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['message_id'], ['messages.id'], name=op.f('fk_verified_answers_message_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_verified_answers')),
    sa.UniqueConstraint('message_id', name=op.f('uq_verified_answers_message_id'))
    )
    op.create_index(op.f('ix_verified_answers_by'), 'verified_answers', ['by'], unique=False)
    op.create_index(op.f('ix_verified_answers_state'), 'verified_answers', ['state'], unique=False)

    op.create_table('item_facets',
    sa.Column('message_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('label', sa.String(), nullable=False),
    sa.CheckConstraint("kind IN ('reason', 'signal', 'guard', 'document', 'conflict', 'tag')", name=op.f('ck_item_facets_kind')),
    sa.ForeignKeyConstraint(['message_id'], ['review_items.message_id'], name=op.f('fk_item_facets_message_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('message_id', 'kind', 'label', name=op.f('pk_item_facets')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_item_facets_kind_label_message_id'), 'item_facets', ['kind', 'label', 'message_id'], unique=False)
    for table, name, kind, default in ADDED:
        op.add_column(table, sa.Column(name, kind(), server_default=default, nullable=default is None))
    for column in SOUGHT:
        op.create_index(op.f(f'ix_feedback_{column}'), 'feedback', [column], unique=False)
    if op.get_bind().dialect.name == 'sqlite':
        for statement in SEARCH:
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('DROP TRIGGER item_fts_deleted')
        op.execute('DROP TABLE item_fts')
    for column in SOUGHT:
        op.drop_index(op.f(f'ix_feedback_{column}'), 'feedback')
    for table, name, _, _ in ADDED:  # not in a batch, which would make the table anew
        op.execute(f'ALTER TABLE {table} DROP COLUMN {name}')
    for table in reversed(TABLES):
        op.drop_table(table)
