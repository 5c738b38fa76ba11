"""first contact in full: sources with posters, figures, contact cards, alerts, discretion, blocks, what is kept how long"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "questionnaires",
        sa.Column("version", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_questionnaires"),
    )
    op.create_table(
        "accesses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("viewer_id", sa.Integer(), nullable=True),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["viewer_id"], ["people.id"], name="fk_accesses_viewer_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["youth_id"], ["people.id"], name="fk_accesses_youth_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_accesses"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_accesses_youth_id_at", "accesses", ["youth_id", "at"])
    op.create_table(
        "alerts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=True),
        sa.Column("municipality", sa.String(6), nullable=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("drill", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("acknowledged_by", sa.Integer(), nullable=True),
        sa.Column("acknowledged_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.String(30), nullable=True),
        sa.ForeignKeyConstraint(
            ["acknowledged_by"], ["people.id"], name="fk_alerts_acknowledged_by", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["opened_by"], ["people.id"], name="fk_alerts_opened_by", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["youth_id"], ["people.id"], name="fk_alerts_youth_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_alerts"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_alerts_next_at", "alerts", ["next_at"])
    op.create_index("ix_alerts_youth_id", "alerts", ["youth_id"])
    op.create_table(
        "blocks",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(30), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("appeal", sa.Text(), nullable=True),
        sa.Column("appealed_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name="fk_blocks_by", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_blocks_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", name="pk_blocks"),
    )
    op.create_table(
        "child_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("reported_to", sa.String(20), nullable=True),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("reported_at", sa.BigInteger(), nullable=True),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name="fk_child_reports_made_by", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["youth_id"], ["people.id"], name="fk_child_reports_youth_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_child_reports"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_child_reports_next_at", "child_reports", ["next_at"])
    op.create_index("ix_child_reports_youth_id", "child_reports", ["youth_id"])
    op.create_table(
        "contact_cards",
        sa.Column("municipality", sa.String(6), nullable=False),
        sa.Column("office", sa.String(120), nullable=True),
        sa.Column("phone", sa.String(40), nullable=True),
        sa.Column("email", sa.String(120), nullable=True),
        sa.Column("address", sa.String(200), nullable=True),
        sa.Column("hours", sa.String(200), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["changed_by"], ["people.id"], name="fk_contact_cards_changed_by", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("municipality", name="pk_contact_cards"),
    )
    op.create_table(
        "heard",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_heard_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "message_id", name="pk_heard"),
    )
    op.create_index("ix_heard_at", "heard", ["at"])
    op.create_table(
        "local_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(6), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("hours", sa.String(80), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("min_age", sa.Integer(), nullable=True),
        sa.Column("max_age", sa.Integer(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["people.id"], name="fk_local_lines_added_by", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_local_lines"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_local_lines_municipality", "local_lines", ["municipality"])
    op.create_table(
        "makings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_makings_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_makings"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_makings_not_before", "makings", ["not_before"])
    op.create_index("ix_makings_person_id", "makings", ["person_id"])
    op.create_table(
        "reached",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(40), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_reached_person_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_reached_source_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_reached"),
        sa.UniqueConstraint("person_id", "stage", name="uq_reached_person_id_stage"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reached_source_id_stage_week", "reached", ["source_id", "stage", "week"])
    op.create_table(
        "safety_plans",
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(20), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["changed_by"], ["people.id"], name="fk_safety_plans_changed_by", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["youth_id"], ["people.id"], name="fk_safety_plans_youth_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("youth_id", name="pk_safety_plans"),
    )
    op.create_table(
        "warned",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("data_class", sa.String(30), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=False),
        sa.Column("delete_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_warned_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "data_class", name="pk_warned"),
    )
    op.create_index("ix_warned_delete_at", "warned", ["delete_at"])
    op.create_table(
        "alert_tellings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=False),
        sa.Column("acknowledged_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name="fk_alert_tellings_alert_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_alert_tellings_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_alert_tellings"),
        sa.UniqueConstraint("alert_id", "person_id", name="uq_alert_tellings_alert_id_person_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_alert_tellings_person_id", "alert_tellings", ["person_id"])
    op.add_column("outbox", sa.Column("attachment_kind", sa.String(10), nullable=True))
    op.add_column("outbox", sa.Column("location", sa.JSON(), nullable=True))
    op.add_column("outbox", sa.Column("deletes", sa.JSON(), nullable=True))
    op.add_column("people", sa.Column("discreet", sa.Boolean(), server_default=sa.text("0"), nullable=False))
    op.add_column("people", sa.Column("notice_asked", sa.String(20), nullable=True))
    op.add_column("screenings", sa.Column("remind_at", sa.BigInteger(), nullable=True))
    op.add_column("screenings", sa.Column("reminded", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.create_index("ix_screenings_remind_at", "screenings", ["remind_at"])
    op.add_column("sources", sa.Column("name", sa.String(80), nullable=True))
    op.add_column("sources", sa.Column("kind", sa.String(20), nullable=True))
    op.add_column("sources", sa.Column("language", sa.String(2), nullable=True))
    op.add_column("sources", sa.Column("disabled_at", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("sources", "disabled_at")
    op.drop_column("sources", "language")
    op.drop_column("sources", "kind")
    op.drop_column("sources", "name")
    op.drop_index("ix_screenings_remind_at", table_name="screenings")
    op.drop_column("screenings", "reminded")
    op.drop_column("screenings", "remind_at")
    op.drop_column("people", "notice_asked")
    op.drop_column("people", "discreet")
    op.drop_column("outbox", "deletes")
    op.drop_column("outbox", "location")
    op.drop_column("outbox", "attachment_kind")
    op.drop_index("ix_alert_tellings_person_id", table_name="alert_tellings")
    op.drop_table("alert_tellings")
    op.drop_index("ix_warned_delete_at", table_name="warned")
    op.drop_table("warned")
    op.drop_table("safety_plans")
    op.drop_index("ix_reached_source_id_stage_week", table_name="reached")
    op.drop_table("reached")
    op.drop_index("ix_makings_person_id", table_name="makings")
    op.drop_index("ix_makings_not_before", table_name="makings")
    op.drop_table("makings")
    op.drop_index("ix_local_lines_municipality", table_name="local_lines")
    op.drop_table("local_lines")
    op.drop_index("ix_heard_at", table_name="heard")
    op.drop_table("heard")
    op.drop_table("contact_cards")
    op.drop_index("ix_child_reports_youth_id", table_name="child_reports")
    op.drop_index("ix_child_reports_next_at", table_name="child_reports")
    op.drop_table("child_reports")
    op.drop_table("blocks")
    op.drop_index("ix_alerts_youth_id", table_name="alerts")
    op.drop_index("ix_alerts_next_at", table_name="alerts")
    op.drop_table("alerts")
    op.drop_index("ix_accesses_youth_id_at", table_name="accesses")
    op.drop_table("accesses")
    op.drop_table("questionnaires")
