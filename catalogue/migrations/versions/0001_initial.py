"""The first schema: catalogue, ledger, accounts and traces."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('agency',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('folded_name', sa.Text(), nullable=False),
    sa.Column('short_name', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('level', sa.String(length=20), nullable=False),
    sa.Column('code', sa.String(length=60), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('phone', sa.String(length=60), nullable=False),
    sa.Column('email', sa.String(length=120), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.CheckConstraint('valid_until IS NULL OR valid_from IS NULL OR valid_from < valid_until', name=op.f('ck_agency_dates')),
    sa.ForeignKeyConstraint(['parent_id'], ['agency.id'], name=op.f('fk_agency_parent_id_agency')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agency'))
    )
    op.create_index('ix_agency_folded_name', 'agency', ['folded_name'], unique=False)
    op.create_table('holiday',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_holiday'))
    )
    op.create_table('legal_document',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=80), nullable=False),
    sa.Column('number_key', sa.String(length=80), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('issuer', sa.Text(), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.Column('effective_from', sa.Date(), nullable=True),
    sa.Column('effective_until', sa.Date(), nullable=True),
    sa.Column('replaced_by', sa.Text(), nullable=False),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_legal_document'))
    )
    op.create_index(op.f('ix_legal_document_edited_at'), 'legal_document', ['edited_at'], unique=False)
    op.create_index('uq_legal_document_identity', 'legal_document', ['number_key', 'issuer', 'issued_on'], unique=True)
    op.create_table('procedure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('code', sa.String(length=80), nullable=True),
    sa.Column('register', sa.String(length=20), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_procedure')),
    sa.UniqueConstraint('code', name=op.f('uq_procedure_code')),
    sa.UniqueConstraint('key', name=op.f('uq_procedure_key'))
    )
    op.create_index(op.f('ix_procedure_register'), 'procedure', ['register'], unique=False)
    op.create_table('question_count',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('week', sa.Date(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('asked', sa.Integer(), nullable=False),
    sa.Column('unanswered', sa.Integer(), nullable=False),
    sa.Column('unsure', sa.Integer(), nullable=False),
    sa.Column('opened', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question_count')),
    sa.UniqueConstraint('week', 'digest', name=op.f('uq_question_count_week'))
    )
    op.create_table('sector',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('slug', sa.String(length=200), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sector')),
    sa.UniqueConstraint('slug', name=op.f('uq_sector_slug'))
    )
    op.create_table('setting',
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_setting'))
    )
    op.create_table('stored_file',
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('media_type', sa.String(length=120), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=False),
    sa.Column('stored_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_stored_file'))
    )
    op.create_table('account',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('username', sa.String(length=60), nullable=False),
    sa.Column('full_name', sa.String(length=120), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('roles', sa.String(length=200), nullable=False),
    sa.Column('password_hash', sa.String(length=300), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_account_agency_id_agency')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
    sa.UniqueConstraint('username', name=op.f('uq_account_username'))
    )
    op.create_table('agency_role',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_agency_role_agency_id_agency')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agency_role')),
    sa.UniqueConstraint('agency_id', 'name', name=op.f('uq_agency_role_agency_id'))
    )
    op.create_index(op.f('ix_agency_role_agency_id'), 'agency_role', ['agency_id'], unique=False)
    op.create_table('agency_succession',
    sa.Column('predecessor_id', sa.Integer(), nullable=False),
    sa.Column('successor_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['predecessor_id'], ['agency.id'], name=op.f('fk_agency_succession_predecessor_id_agency')),
    sa.ForeignKeyConstraint(['successor_id'], ['agency.id'], name=op.f('fk_agency_succession_successor_id_agency')),
    sa.PrimaryKeyConstraint('predecessor_id', 'successor_id', name=op.f('pk_agency_succession'))
    )
    op.create_table('imported_record',
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('record_key', sa.String(length=200), nullable=False),
    sa.Column('procedure_id', sa.Integer(), nullable=True),
    sa.Column('imported_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['procedure_id'], ['procedure.id'], name=op.f('fk_imported_record_procedure_id_procedure')),
    sa.PrimaryKeyConstraint('fingerprint', name=op.f('pk_imported_record'))
    )
    op.create_index(op.f('ix_imported_record_record_key'), 'imported_record', ['record_key'], unique=False)
    op.create_table('index_task',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('procedure_id', sa.Integer(), nullable=False),
    sa.Column('queued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['procedure_id'], ['procedure.id'], name=op.f('fk_index_task_procedure_id_procedure')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_index_task'))
    )
    op.create_index('ix_index_task_pending', 'index_task', ['id'], unique=False, sqlite_where=sa.text('done_at IS NULL'), postgresql_where=sa.text('done_at IS NULL'))
    op.create_table('procedure_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('procedure_id', sa.Integer(), nullable=False),
    sa.Column('level', sa.String(length=20), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content_hash', sa.String(length=64), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('sort_name', sa.Text(), nullable=False),
    sa.Column('name_key', sa.String(length=32), nullable=False),
    sa.Column('sector_id', sa.Integer(), nullable=True),
    sa.Column('friendly_name', sa.Text(), nullable=False),
    sa.Column('agency_name', sa.Text(), nullable=False),
    sa.Column('subjects', sa.Text(), nullable=False),
    sa.Column('time_text', sa.Text(), nullable=False),
    sa.Column('fee_text', sa.Text(), nullable=False),
    sa.Column('online', sa.String(length=20), nullable=False),
    sa.Column('fee_free', sa.Boolean(), nullable=False),
    sa.Column('non_territorial', sa.Boolean(), nullable=False),
    sa.Column('awaits_content', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['procedure_id'], ['procedure.id'], name=op.f('fk_procedure_version_procedure_id_procedure')),
    sa.ForeignKeyConstraint(['sector_id'], ['sector.id'], name=op.f('fk_procedure_version_sector_id_sector')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_procedure_version')),
    sa.UniqueConstraint('procedure_id', 'number', name=op.f('uq_procedure_version_procedure_id'))
    )
    op.create_index(op.f('ix_procedure_version_name_key'), 'procedure_version', ['name_key'], unique=False)
    op.create_index(op.f('ix_procedure_version_procedure_id'), 'procedure_version', ['procedure_id'], unique=False)
    op.create_index(op.f('ix_procedure_version_sector_id'), 'procedure_version', ['sector_id'], unique=False)
    op.create_table('audit_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor', sa.String(length=120), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('action', sa.String(length=60), nullable=False),
    sa.Column('subject_type', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=True),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_audit_entry_account_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entry'))
    )
    op.create_index('ix_audit_entry_subject', 'audit_entry', ['subject_type', 'subject_id'], unique=False)
    op.create_table('decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('register', sa.String(length=20), nullable=False),
    sa.Column('status', sa.String(length=20), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('number_key', sa.String(length=80), nullable=True),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('issuer_id', sa.Integer(), nullable=True),
    sa.Column('issuer_text', sa.Text(), nullable=False),
    sa.Column('signed_on', sa.Date(), nullable=True),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('signer', sa.Text(), nullable=False),
    sa.Column('capacity', sa.Text(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('bases', sa.JSON(), nullable=False),
    sa.Column('proposal', sa.Text(), nullable=False),
    sa.Column('articles', sa.JSON(), nullable=False),
    sa.Column('recipients', sa.JSON(), nullable=False),
    sa.Column('effect_type', sa.String(length=20), nullable=False),
    sa.Column('effect_text', sa.Text(), nullable=False),
    sa.Column('effect_from', sa.Date(), nullable=True),
    sa.Column('effect_until', sa.Date(), nullable=True),
    sa.Column('stated', sa.JSON(), nullable=False),
    sa.Column('confirmed', sa.JSON(), nullable=False),
    sa.Column('import_notes', sa.JSON(), nullable=False),
    sa.Column('editors', sa.JSON(), nullable=False),
    sa.Column('drafter_id', sa.Integer(), nullable=True),
    sa.Column('reviewer_id', sa.Integer(), nullable=True),
    sa.Column('approver_id', sa.Integer(), nullable=True),
    sa.Column('issuer_account_id', sa.Integer(), nullable=True),
    sa.Column('approved_plan', sa.String(length=64), nullable=False),
    sa.Column('return_note', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reviewed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('db_entered_on', sa.Date(), nullable=True),
    sa.Column('file_sha256', sa.String(length=64), nullable=True),
    sa.Column('seal', sa.String(length=64), nullable=False),
    sa.Column('adopted_by_id', sa.Integer(), nullable=True),
    sa.Column('workflows_public', sa.Boolean(), nullable=False),
    sa.Column('lock_version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['adopted_by_id'], ['decision.id'], name=op.f('fk_decision_adopted_by_id_decision'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['approver_id'], ['account.id'], name=op.f('fk_decision_approver_id_account')),
    sa.ForeignKeyConstraint(['drafter_id'], ['account.id'], name=op.f('fk_decision_drafter_id_account')),
    sa.ForeignKeyConstraint(['file_sha256'], ['stored_file.sha256'], name=op.f('fk_decision_file_sha256_stored_file')),
    sa.ForeignKeyConstraint(['issuer_account_id'], ['account.id'], name=op.f('fk_decision_issuer_account_id_account')),
    sa.ForeignKeyConstraint(['issuer_id'], ['agency.id'], name=op.f('fk_decision_issuer_id_agency')),
    sa.ForeignKeyConstraint(['reviewer_id'], ['account.id'], name=op.f('fk_decision_reviewer_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision'))
    )
    op.create_index(op.f('ix_decision_adopted_by_id'), 'decision', ['adopted_by_id'], unique=False)
    op.create_index('ix_decision_signed_on', 'decision', ['signed_on'], unique=False)
    op.create_index(op.f('ix_decision_status'), 'decision', ['status'], unique=False)
    op.create_index('uq_decision_identity', 'decision', ['number_key', 'issuer_id', 'year'], unique=True, sqlite_where=sa.text('adopted_by_id IS NULL'), postgresql_where=sa.text('adopted_by_id IS NULL'))
    op.create_table('missing_content',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('noted_by_id', sa.Integer(), nullable=False),
    sa.Column('noted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done_by_id', sa.Integer(), nullable=True),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['done_by_id'], ['account.id'], name=op.f('fk_missing_content_done_by_id_account')),
    sa.ForeignKeyConstraint(['noted_by_id'], ['account.id'], name=op.f('fk_missing_content_noted_by_id_account')),
    sa.ForeignKeyConstraint(['owner_id'], ['account.id'], name=op.f('fk_missing_content_owner_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_missing_content'))
    )
    op.create_table('validity',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('procedure_id', sa.Integer(), nullable=False),
    sa.Column('level', sa.String(length=20), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('opened_by', sa.Integer(), nullable=False),
    sa.CheckConstraint('valid_until IS NULL OR valid_from < valid_until', name=op.f('ck_validity_period')),
    sa.ForeignKeyConstraint(['procedure_id'], ['procedure.id'], name=op.f('fk_validity_procedure_id_procedure')),
    sa.ForeignKeyConstraint(['version_id'], ['procedure_version.id'], name=op.f('fk_validity_version_id_procedure_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_validity')),
    sa.UniqueConstraint('procedure_id', 'level', 'valid_from', name=op.f('uq_validity_procedure_id'))
    )
    op.create_index('ix_validity_period', 'validity', ['valid_from', 'valid_until'], unique=False)
    op.create_index(op.f('ix_validity_version_id'), 'validity', ['version_id'], unique=False)
    op.create_index('uq_validity_open', 'validity', ['procedure_id', 'level'], unique=True, sqlite_where=sa.text('valid_until IS NULL'), postgresql_where=sa.text('valid_until IS NULL'))
    op.create_table('version_basis',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('number_key', sa.String(length=80), nullable=False),
    sa.ForeignKeyConstraint(['version_id'], ['procedure_version.id'], name=op.f('fk_version_basis_version_id_procedure_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_version_basis')),
    sa.UniqueConstraint('version_id', 'number_key', name=op.f('uq_version_basis_version_id'))
    )
    op.create_index('ix_version_basis_key', 'version_basis', ['number_key'], unique=False)
    op.create_table('word_rule',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('phrases', sa.JSON(), nullable=False),
    sa.Column('legal', sa.Text(), nullable=False),
    sa.Column('removes', sa.Boolean(), nullable=False),
    sa.Column('replaces_id', sa.Integer(), nullable=True),
    sa.Column('replaces_shipped', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=True),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('proposer_id', sa.Integer(), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('effect', sa.JSON(), nullable=False),
    sa.Column('override', sa.Text(), nullable=False),
    sa.Column('ended_by_id', sa.Integer(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['decided_by_id'], ['account.id'], name=op.f('fk_word_rule_decided_by_id_account')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['word_rule.id'], name=op.f('fk_word_rule_ended_by_id_word_rule')),
    sa.ForeignKeyConstraint(['owner_id'], ['account.id'], name=op.f('fk_word_rule_owner_id_account')),
    sa.ForeignKeyConstraint(['proposer_id'], ['account.id'], name=op.f('fk_word_rule_proposer_id_account')),
    sa.ForeignKeyConstraint(['replaces_id'], ['word_rule.id'], name=op.f('fk_word_rule_replaces_id_word_rule')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_word_rule'))
    )
    op.create_index('ix_word_rule_state', 'word_rule', ['state', 'kind'], unique=False)
    op.create_table('workflow',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('procedure_id', sa.Integer(), nullable=False),
    sa.Column('level', sa.String(length=20), nullable=False),
    sa.Column('track', sa.Text(), nullable=False),
    sa.Column('symbol', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=True),
    sa.Column('content_hash', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['procedure_id'], ['procedure.id'], name=op.f('fk_workflow_procedure_id_procedure')),
    sa.ForeignKeyConstraint(['version_id'], ['procedure_version.id'], name=op.f('fk_workflow_version_id_procedure_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workflow'))
    )
    op.create_index(op.f('ix_workflow_procedure_id'), 'workflow', ['procedure_id'], unique=False)
    op.create_index(op.f('ix_workflow_version_id'), 'workflow', ['version_id'], unique=False)
    op.create_table('decision_act',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('decision_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('target_id', sa.Integer(), nullable=True),
    sa.Column('target_text', sa.Text(), nullable=False),
    sa.Column('serials', sa.Text(), nullable=False),
    sa.Column('sentence', sa.Text(), nullable=False),
    sa.Column('whole', sa.Boolean(), nullable=False),
    sa.Column('effective_on', sa.Date(), nullable=True),
    sa.Column('confirmed_by_id', sa.Integer(), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('dismissed', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['account.id'], name=op.f('fk_decision_act_confirmed_by_id_account')),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_decision_act_decision_id_decision')),
    sa.ForeignKeyConstraint(['target_id'], ['decision.id'], name=op.f('fk_decision_act_target_id_decision')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision_act'))
    )
    op.create_index(op.f('ix_decision_act_decision_id'), 'decision_act', ['decision_id'], unique=False)
    op.create_index(op.f('ix_decision_act_target_id'), 'decision_act', ['target_id'], unique=False)
    op.create_table('decision_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('decision_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('annex', sa.Text(), nullable=False),
    sa.Column('part', sa.Text(), nullable=False),
    sa.Column('section', sa.Text(), nullable=False),
    sa.Column('ordinal', sa.Text(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('code_printed', sa.Text(), nullable=False),
    sa.Column('code_key', sa.String(length=80), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('level', sa.String(length=20), nullable=False),
    sa.Column('sector', sa.Text(), nullable=False),
    sa.Column('changed_parts', sa.Text(), nullable=False),
    sa.Column('basis', sa.Text(), nullable=False),
    sa.Column('effect_type', sa.String(length=20), nullable=False),
    sa.Column('effect_text', sa.Text(), nullable=False),
    sa.Column('effect_from', sa.Date(), nullable=True),
    sa.Column('effect_until', sa.Date(), nullable=True),
    sa.Column('resolved_by', sa.Text(), nullable=False),
    sa.Column('replaces', sa.JSON(), nullable=False),
    sa.Column('successors', sa.JSON(), nullable=False),
    sa.Column('lock_version', sa.Integer(), nullable=False),
    sa.Column('cells', sa.JSON(), nullable=False),
    sa.Column('doubts', sa.JSON(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('written', sa.JSON(), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_decision_line_decision_id_decision')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision_line')),
    sa.UniqueConstraint('decision_id', 'position', name=op.f('uq_decision_line_decision_id'))
    )
    op.create_index(op.f('ix_decision_line_code_key'), 'decision_line', ['code_key'], unique=False)
    op.create_index(op.f('ix_decision_line_decision_id'), 'decision_line', ['decision_id'], unique=False)
    op.create_table('electronic_workflow',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workflow_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(length=20), nullable=False),
    sa.Column('drafter_id', sa.Integer(), nullable=False),
    sa.Column('editors', sa.JSON(), nullable=False),
    sa.Column('approver_id', sa.Integer(), nullable=True),
    sa.Column('drafted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('content_hash', sa.String(length=64), nullable=False),
    sa.Column('lock_version', sa.Integer(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['approver_id'], ['account.id'], name=op.f('fk_electronic_workflow_approver_id_account')),
    sa.ForeignKeyConstraint(['drafter_id'], ['account.id'], name=op.f('fk_electronic_workflow_drafter_id_account')),
    sa.ForeignKeyConstraint(['workflow_id'], ['workflow.id'], name=op.f('fk_electronic_workflow_workflow_id_workflow')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_electronic_workflow'))
    )
    op.create_index(op.f('ix_electronic_workflow_workflow_id'), 'electronic_workflow', ['workflow_id'], unique=False)
    op.create_table('leftover',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('decision_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('handled_by_id', sa.Integer(), nullable=True),
    sa.Column('handled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('handling', sa.String(length=20), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_leftover_decision_id_decision')),
    sa.ForeignKeyConstraint(['handled_by_id'], ['account.id'], name=op.f('fk_leftover_handled_by_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_leftover'))
    )
    op.create_index(op.f('ix_leftover_decision_id'), 'leftover', ['decision_id'], unique=False)
    op.create_table('ordered_task',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('decision_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('article', sa.Text(), nullable=False),
    sa.Column('sentence', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done_by_id', sa.Integer(), nullable=True),
    sa.Column('done_note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_ordered_task_decision_id_decision'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['done_by_id'], ['account.id'], name=op.f('fk_ordered_task_done_by_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ordered_task')),
    sa.UniqueConstraint('decision_id', 'kind', 'article', name=op.f('uq_ordered_task_decision_id'))
    )
    op.create_index(op.f('ix_ordered_task_decision_id'), 'ordered_task', ['decision_id'], unique=False)
    op.create_table('word_rule_procedure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rule_id', sa.Integer(), nullable=False),
    sa.Column('procedure_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['procedure_id'], ['procedure.id'], name=op.f('fk_word_rule_procedure_procedure_id_procedure')),
    sa.ForeignKeyConstraint(['rule_id'], ['word_rule.id'], name=op.f('fk_word_rule_procedure_rule_id_word_rule'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_word_rule_procedure')),
    sa.UniqueConstraint('rule_id', 'procedure_id', name=op.f('uq_word_rule_procedure_rule_id'))
    )
    op.create_index(op.f('ix_word_rule_procedure_procedure_id'), 'word_rule_procedure', ['procedure_id'], unique=False)
    op.create_table('workflow_confirmation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workflow_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_workflow_confirmation_account_id_account')),
    sa.ForeignKeyConstraint(['version_id'], ['procedure_version.id'], name=op.f('fk_workflow_confirmation_version_id_procedure_version')),
    sa.ForeignKeyConstraint(['workflow_id'], ['workflow.id'], name=op.f('fk_workflow_confirmation_workflow_id_workflow')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workflow_confirmation')),
    sa.UniqueConstraint('workflow_id', 'version_id', name=op.f('uq_workflow_confirmation_workflow_id'))
    )
    op.create_index(op.f('ix_workflow_confirmation_version_id'), 'workflow_confirmation', ['version_id'], unique=False)
    op.create_index(op.f('ix_workflow_confirmation_workflow_id'), 'workflow_confirmation', ['workflow_id'], unique=False)
    op.create_table('workflow_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('decision_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('action', sa.String(length=20), nullable=False),
    sa.Column('annex', sa.Text(), nullable=False),
    sa.Column('ordinal', sa.Text(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('code_printed', sa.Text(), nullable=False),
    sa.Column('code_key', sa.String(length=80), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('level', sa.String(length=20), nullable=False),
    sa.Column('expires_text', sa.Text(), nullable=False),
    sa.Column('expires_id', sa.Integer(), nullable=True),
    sa.Column('dismissed', sa.Text(), nullable=False),
    sa.Column('lock_version', sa.Integer(), nullable=False),
    sa.Column('doubts', sa.JSON(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_workflow_line_decision_id_decision')),
    sa.ForeignKeyConstraint(['expires_id'], ['workflow.id'], name=op.f('fk_workflow_line_expires_id_workflow')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workflow_line')),
    sa.UniqueConstraint('decision_id', 'position', name=op.f('uq_workflow_line_decision_id'))
    )
    op.create_index(op.f('ix_workflow_line_code_key'), 'workflow_line', ['code_key'], unique=False)
    op.create_index(op.f('ix_workflow_line_decision_id'), 'workflow_line', ['decision_id'], unique=False)
    op.create_table('workflow_validity',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workflow_id', sa.Integer(), nullable=False),
    sa.Column('procedure_id', sa.Integer(), nullable=False),
    sa.Column('level', sa.String(length=20), nullable=False),
    sa.Column('track', sa.Text(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('opened_by', sa.Integer(), nullable=False),
    sa.CheckConstraint('valid_until IS NULL OR valid_from < valid_until', name=op.f('ck_workflow_validity_period')),
    sa.ForeignKeyConstraint(['procedure_id'], ['procedure.id'], name=op.f('fk_workflow_validity_procedure_id_procedure')),
    sa.ForeignKeyConstraint(['workflow_id'], ['workflow.id'], name=op.f('fk_workflow_validity_workflow_id_workflow')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workflow_validity')),
    sa.UniqueConstraint('procedure_id', 'level', 'track', 'valid_from', name=op.f('uq_workflow_validity_procedure_id'))
    )
    op.create_index(op.f('ix_workflow_validity_procedure_id'), 'workflow_validity', ['procedure_id'], unique=False)
    op.create_index(op.f('ix_workflow_validity_workflow_id'), 'workflow_validity', ['workflow_id'], unique=False)
    op.create_index('uq_workflow_validity_open', 'workflow_validity', ['procedure_id', 'level', 'track'], unique=True, sqlite_where=sa.text('valid_until IS NULL'), postgresql_where=sa.text('valid_until IS NULL'))
    op.create_table('act_row',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('act_id', sa.Integer(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['act_id'], ['decision_act.id'], name=op.f('fk_act_row_act_id_decision_act')),
    sa.ForeignKeyConstraint(['line_id'], ['decision_line.id'], name=op.f('fk_act_row_line_id_decision_line')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_act_row')),
    sa.UniqueConstraint('act_id', 'line_id', name=op.f('uq_act_row_act_id'))
    )
    op.create_index(op.f('ix_act_row_act_id'), 'act_row', ['act_id'], unique=False)
    op.create_index(op.f('ix_act_row_line_id'), 'act_row', ['line_id'], unique=False)
    op.create_table('line_target',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=False),
    sa.Column('procedure_id', sa.Integer(), nullable=False),
    sa.Column('level', sa.String(length=20), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=True),
    sa.Column('effective_on', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('corrects_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['corrects_id'], ['line_target.id'], name=op.f('fk_line_target_corrects_id_line_target')),
    sa.ForeignKeyConstraint(['line_id'], ['decision_line.id'], name=op.f('fk_line_target_line_id_decision_line')),
    sa.ForeignKeyConstraint(['procedure_id'], ['procedure.id'], name=op.f('fk_line_target_procedure_id_procedure')),
    sa.ForeignKeyConstraint(['version_id'], ['procedure_version.id'], name=op.f('fk_line_target_version_id_procedure_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_line_target')),
    sa.UniqueConstraint('line_id', 'procedure_id', 'level', name=op.f('uq_line_target_line_id'))
    )
    op.create_index(op.f('ix_line_target_line_id'), 'line_target', ['line_id'], unique=False)
    op.create_index(op.f('ix_line_target_procedure_id'), 'line_target', ['procedure_id'], unique=False)
    op.create_index(op.f('ix_line_target_version_id'), 'line_target', ['version_id'], unique=False)
    op.create_table('succession',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=False),
    sa.Column('old_procedure_id', sa.Integer(), nullable=False),
    sa.Column('new_procedure_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['line_id'], ['decision_line.id'], name=op.f('fk_succession_line_id_decision_line')),
    sa.ForeignKeyConstraint(['new_procedure_id'], ['procedure.id'], name=op.f('fk_succession_new_procedure_id_procedure')),
    sa.ForeignKeyConstraint(['old_procedure_id'], ['procedure.id'], name=op.f('fk_succession_old_procedure_id_procedure')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_succession')),
    sa.UniqueConstraint('line_id', 'old_procedure_id', 'new_procedure_id', name=op.f('uq_succession_line_id'))
    )
    op.create_index(op.f('ix_succession_line_id'), 'succession', ['line_id'], unique=False)
    op.create_index(op.f('ix_succession_new_procedure_id'), 'succession', ['new_procedure_id'], unique=False)
    op.create_index(op.f('ix_succession_old_procedure_id'), 'succession', ['old_procedure_id'], unique=False)
    op.create_table('unsaved_text',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=False),
    sa.Column('section', sa.String(length=40), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('typed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_unsaved_text_account_id_account')),
    sa.ForeignKeyConstraint(['line_id'], ['decision_line.id'], name=op.f('fk_unsaved_text_line_id_decision_line'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unsaved_text')),
    sa.UniqueConstraint('line_id', 'section', 'account_id', name=op.f('uq_unsaved_text_line_id'))
    )
    op.create_table('workflow_configuration',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('electronic_id', sa.Integer(), nullable=False),
    sa.Column('system', sa.Text(), nullable=False),
    sa.Column('configured_by', sa.Text(), nullable=False),
    sa.Column('configured_on', sa.Date(), nullable=False),
    sa.Column('tested_on', sa.Date(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['electronic_id'], ['electronic_workflow.id'], name=op.f('fk_workflow_configuration_electronic_id_electronic_workflow')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['account.id'], name=op.f('fk_workflow_configuration_recorded_by_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workflow_configuration'))
    )
    op.create_index(op.f('ix_workflow_configuration_electronic_id'), 'workflow_configuration', ['electronic_id'], unique=False)
    op.create_table('workflow_target',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=False),
    sa.Column('procedure_id', sa.Integer(), nullable=False),
    sa.Column('level', sa.String(length=20), nullable=False),
    sa.Column('track', sa.Text(), nullable=False),
    sa.Column('workflow_id', sa.Integer(), nullable=True),
    sa.Column('effective_on', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['line_id'], ['workflow_line.id'], name=op.f('fk_workflow_target_line_id_workflow_line')),
    sa.ForeignKeyConstraint(['procedure_id'], ['procedure.id'], name=op.f('fk_workflow_target_procedure_id_procedure')),
    sa.ForeignKeyConstraint(['workflow_id'], ['workflow.id'], name=op.f('fk_workflow_target_workflow_id_workflow')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workflow_target'))
    )
    op.create_index(op.f('ix_workflow_target_line_id'), 'workflow_target', ['line_id'], unique=False)
    op.create_index(op.f('ix_workflow_target_procedure_id'), 'workflow_target', ['procedure_id'], unique=False)
    op.create_index(op.f('ix_workflow_target_workflow_id'), 'workflow_target', ['workflow_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_workflow_target_workflow_id'), table_name='workflow_target')
    op.drop_index(op.f('ix_workflow_target_procedure_id'), table_name='workflow_target')
    op.drop_index(op.f('ix_workflow_target_line_id'), table_name='workflow_target')
    op.drop_table('workflow_target')
    op.drop_index(op.f('ix_workflow_configuration_electronic_id'), table_name='workflow_configuration')
    op.drop_table('workflow_configuration')
    op.drop_table('unsaved_text')
    op.drop_index(op.f('ix_succession_old_procedure_id'), table_name='succession')
    op.drop_index(op.f('ix_succession_new_procedure_id'), table_name='succession')
    op.drop_index(op.f('ix_succession_line_id'), table_name='succession')
    op.drop_table('succession')
    op.drop_index(op.f('ix_line_target_version_id'), table_name='line_target')
    op.drop_index(op.f('ix_line_target_procedure_id'), table_name='line_target')
    op.drop_index(op.f('ix_line_target_line_id'), table_name='line_target')
    op.drop_table('line_target')
    op.drop_index(op.f('ix_act_row_line_id'), table_name='act_row')
    op.drop_index(op.f('ix_act_row_act_id'), table_name='act_row')
    op.drop_table('act_row')
    op.drop_index('uq_workflow_validity_open', table_name='workflow_validity', sqlite_where=sa.text('valid_until IS NULL'), postgresql_where=sa.text('valid_until IS NULL'))
    op.drop_index(op.f('ix_workflow_validity_workflow_id'), table_name='workflow_validity')
    op.drop_index(op.f('ix_workflow_validity_procedure_id'), table_name='workflow_validity')
    op.drop_table('workflow_validity')
    op.drop_index(op.f('ix_workflow_line_decision_id'), table_name='workflow_line')
    op.drop_index(op.f('ix_workflow_line_code_key'), table_name='workflow_line')
    op.drop_table('workflow_line')
    op.drop_index(op.f('ix_workflow_confirmation_workflow_id'), table_name='workflow_confirmation')
    op.drop_index(op.f('ix_workflow_confirmation_version_id'), table_name='workflow_confirmation')
    op.drop_table('workflow_confirmation')
    op.drop_index(op.f('ix_word_rule_procedure_procedure_id'), table_name='word_rule_procedure')
    op.drop_table('word_rule_procedure')
    op.drop_index(op.f('ix_ordered_task_decision_id'), table_name='ordered_task')
    op.drop_table('ordered_task')
    op.drop_index(op.f('ix_leftover_decision_id'), table_name='leftover')
    op.drop_table('leftover')
    op.drop_index(op.f('ix_electronic_workflow_workflow_id'), table_name='electronic_workflow')
    op.drop_table('electronic_workflow')
    op.drop_index(op.f('ix_decision_line_decision_id'), table_name='decision_line')
    op.drop_index(op.f('ix_decision_line_code_key'), table_name='decision_line')
    op.drop_table('decision_line')
    op.drop_index(op.f('ix_decision_act_target_id'), table_name='decision_act')
    op.drop_index(op.f('ix_decision_act_decision_id'), table_name='decision_act')
    op.drop_table('decision_act')
    op.drop_index(op.f('ix_workflow_version_id'), table_name='workflow')
    op.drop_index(op.f('ix_workflow_procedure_id'), table_name='workflow')
    op.drop_table('workflow')
    op.drop_index('ix_word_rule_state', table_name='word_rule')
    op.drop_table('word_rule')
    op.drop_index('ix_version_basis_key', table_name='version_basis')
    op.drop_table('version_basis')
    op.drop_index('uq_validity_open', table_name='validity', sqlite_where=sa.text('valid_until IS NULL'), postgresql_where=sa.text('valid_until IS NULL'))
    op.drop_index(op.f('ix_validity_version_id'), table_name='validity')
    op.drop_index('ix_validity_period', table_name='validity')
    op.drop_table('validity')
    op.drop_table('missing_content')
    op.drop_index('uq_decision_identity', table_name='decision', sqlite_where=sa.text('adopted_by_id IS NULL'), postgresql_where=sa.text('adopted_by_id IS NULL'))
    op.drop_index(op.f('ix_decision_status'), table_name='decision')
    op.drop_index('ix_decision_signed_on', table_name='decision')
    op.drop_index(op.f('ix_decision_adopted_by_id'), table_name='decision')
    op.drop_table('decision')
    op.drop_index('ix_audit_entry_subject', table_name='audit_entry')
    op.drop_table('audit_entry')
    op.drop_index(op.f('ix_procedure_version_sector_id'), table_name='procedure_version')
    op.drop_index(op.f('ix_procedure_version_procedure_id'), table_name='procedure_version')
    op.drop_index(op.f('ix_procedure_version_name_key'), table_name='procedure_version')
    op.drop_table('procedure_version')
    op.drop_index('ix_index_task_pending', table_name='index_task', sqlite_where=sa.text('done_at IS NULL'), postgresql_where=sa.text('done_at IS NULL'))
    op.drop_table('index_task')
    op.drop_index(op.f('ix_imported_record_record_key'), table_name='imported_record')
    op.drop_table('imported_record')
    op.drop_table('agency_succession')
    op.drop_index(op.f('ix_agency_role_agency_id'), table_name='agency_role')
    op.drop_table('agency_role')
    op.drop_table('account')
    op.drop_table('stored_file')
    op.drop_table('setting')
    op.drop_table('sector')
    op.drop_table('question_count')
    op.drop_index(op.f('ix_procedure_register'), table_name='procedure')
    op.drop_table('procedure')
    op.drop_index('uq_legal_document_identity', table_name='legal_document')
    op.drop_index(op.f('ix_legal_document_edited_at'), table_name='legal_document')
    op.drop_table('legal_document')
    op.drop_table('holiday')
    op.drop_index('ix_agency_folded_name', table_name='agency')
    op.drop_table('agency')
