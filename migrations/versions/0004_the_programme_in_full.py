"""the programme and its check-ins in full: stages with reasons, plans, pauses, results, hours, times found together"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passed_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("opened", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name="fk_passed_links_made_by", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_passed_links_source_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_passed_links"),
        sa.UniqueConstraint("code", name="uq_passed_links_code"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_passed_links_made_by", "passed_links", ["made_by"])
    op.create_table(
        "programme_limits",
        sa.Column("municipality", sa.String(6), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("shortest", sa.Integer(), nullable=False),
        sa.Column("longest", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.BigInteger(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["set_by"], ["people.id"], name="fk_programme_limits_set_by", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("municipality", "from_on", name="pk_programme_limits"),
    )
    op.create_table(
        "case_stages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(30), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("moved_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_stages_case_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["moved_by"], ["people.id"], name="fk_case_stages_moved_by", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_case_stages"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_case_stages_case_id", "case_stages", ["case_id"])
    op.create_table(
        "deputies",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("named_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_deputies_case_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_deputies_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("case_id", name="pk_deputies"),
    )
    op.create_index("ix_deputies_person_id", "deputies", ["person_id"])
    op.create_table(
        "entry_snapshots",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=False),
        sa.Column("taken_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_entry_snapshots_case_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["taken_by"], ["people.id"], name="fk_entry_snapshots_taken_by", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("case_id", name="pk_entry_snapshots"),
    )
    op.create_table(
        "extensions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name="fk_extensions_asked_by", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_extensions_case_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name="fk_extensions_decided_by", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_extensions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_extensions_case_id", "extensions", ["case_id"])
    op.create_table(
        "goals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("template", sa.String(30), nullable=True),
        sa.Column("words", sa.String(200), nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_goals_case_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name="fk_goals_made_by", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_goals"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_goals_case_id", "goals", ["case_id"])
    op.create_table(
        "handovers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=True),
        sa.Column("to_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("handed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_handovers_case_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["from_id"], ["people.id"], name="fk_handovers_from_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["handed_by"], ["people.id"], name="fk_handovers_handed_by", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["to_id"], ["people.id"], name="fk_handovers_to_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_handovers"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_handovers_case_id", "handovers", ["case_id"])
    op.create_table(
        "hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(30), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_hours_case_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["mentor_id"], ["people.id"], name="fk_hours_mentor_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_hours"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_hours_case_id", "hours", ["case_id"])
    op.create_index("ix_hours_mentor_id", "hours", ["mentor_id"])
    op.create_table(
        "mentor_wishes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_mentor_wishes_case_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name="fk_mentor_wishes_decided_by", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_mentor_wishes"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_mentor_wishes_case_id", "mentor_wishes", ["case_id"])
    op.create_index("ix_mentor_wishes_next_at", "mentor_wishes", ["next_at"])
    op.create_table(
        "pauses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("resumes_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_pauses_case_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name="fk_pauses_made_by", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_pauses"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_pauses_case_id", "pauses", ["case_id"])
    op.create_index("ix_pauses_next_at", "pauses", ["next_at"])
    op.create_table(
        "plan_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(16), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("laid_at", sa.BigInteger(), nullable=False),
        sa.Column("laid_by", sa.Integer(), nullable=True),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_plan_decisions_case_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["people.id"], name="fk_plan_decisions_decided_by", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["laid_by"], ["people.id"], name="fk_plan_decisions_laid_by", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_plan_decisions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_plan_decisions_case_id", "plan_decisions", ["case_id"])
    op.create_index("ix_plan_decisions_next_at", "plan_decisions", ["next_at"])
    op.create_table(
        "profiles",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("own_words", sa.Text(), nullable=True),
        sa.Column("own_words_shared", sa.Boolean(), nullable=False),
        sa.Column("words_drop_at", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_profiles_case_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["changed_by"], ["people.id"], name="fk_profiles_changed_by", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("case_id", name="pk_profiles"),
    )
    op.create_index("ix_profiles_words_drop_at", "profiles", ["words_drop_at"])
    op.create_table(
        "results",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.String(30), nullable=True),
        sa.Column("answer", sa.String(30), nullable=True),
        sa.Column("better", sa.String(40), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", sa.BigInteger(), nullable=True),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_results_case_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["recorded_by"], ["people.id"], name="fk_results_recorded_by", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_results"),
        sa.UniqueConstraint("case_id", "kind", name="uq_results_case_id_kind"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_results_next_at", "results", ["next_at"])
    op.create_table(
        "silences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("noticed_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_silences_case_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_silences"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_silences_case_id", "silences", ["case_id"])
    op.create_index("ix_silences_next_at", "silences", ["next_at"])
    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(10), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_tasks_case_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["done_by"], ["people.id"], name="fk_tasks_done_by", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_tasks"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_tasks_case_id", "tasks", ["case_id"])
    op.create_index("ix_tasks_done_at_case_id", "tasks", ["done_at", "case_id"])
    op.create_table(
        "nudges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("checkin_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_nudges_case_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["checkin_id"], ["checkins.id"], name="fk_nudges_checkin_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_nudges"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_nudges_case_id", "nudges", ["case_id"])
    op.create_index("ix_nudges_next_at", "nudges", ["next_at"])
    op.create_table(
        "slot_offers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("checkin_id", sa.Integer(), nullable=False),
        sa.Column("moments", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("chosen", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["checkin_id"], ["checkins.id"], name="fk_slot_offers_checkin_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_slot_offers"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_slot_offers_checkin_id", "slot_offers", ["checkin_id"])
    op.create_index("ix_slot_offers_next_at", "slot_offers", ["next_at"])
    op.create_table(
        "steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("words", sa.String(200), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("helper", sa.String(20), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["changed_by"], ["people.id"], name="fk_steps_changed_by", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["goal_id"], ["goals.id"], name="fk_steps_goal_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_steps"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_steps_goal_id", "steps", ["goal_id"])
    op.add_column("cases", sa.Column("invited_at", sa.BigInteger(), nullable=True))
    op.add_column("cases", sa.Column("stage_reason", sa.String(30), nullable=True))
    op.add_column("cases", sa.Column("aftercare_until", sa.Date(), nullable=True))
    op.add_column("cases", sa.Column("extra_weekdays", sa.String(6), nullable=True))
    op.add_column("cases", sa.Column("often_until", sa.Date(), nullable=True))
    op.add_column("cases", sa.Column("monthday", sa.Integer(), nullable=True))
    op.add_column("cases", sa.Column("tapers_from", sa.Date(), nullable=True))
    op.add_column("cases", sa.Column("timing", sa.String(16), nullable=True))
    op.add_column("cases", sa.Column("pulses_off", sa.Boolean(), server_default=sa.text("0"), nullable=False))
    op.add_column("checkins", sa.Column("earliest_at", sa.BigInteger(), nullable=True))
    op.add_column("checkins", sa.Column("latest_at", sa.BigInteger(), nullable=True))
    op.add_column("checkins", sa.Column("agreed_at", sa.BigInteger(), nullable=True))
    op.add_column("checkins", sa.Column("sequence", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("checkins", sa.Column("mood", sa.Integer(), nullable=True))
    op.add_column("checkins", sa.Column("pulse_words", sa.Text(), nullable=True))
    op.add_column("checkins", sa.Column("words_shared", sa.Boolean(), server_default=sa.text("0"), nullable=False))
    op.add_column("people", sa.Column("zone", sa.String(40), nullable=True))
    op.add_column("people", sa.Column("digest_hour", sa.String(5), nullable=True))
    op.add_column("people", sa.Column("digest_at", sa.BigInteger(), nullable=True))
    op.add_column("people", sa.Column("feed_hash", sa.String(64), nullable=True))
    op.create_index("ix_people_digest_at", "people", ["digest_at"])
    op.create_index("ix_people_feed_hash", "people", ["feed_hash"], unique=True)
    op.create_index("ix_people_zone", "people", ["zone"], unique=False, sqlite_where=sa.text("zone IS NOT NULL"))


def downgrade() -> None:
    op.drop_index("ix_people_zone", table_name="people", sqlite_where=sa.text("zone IS NOT NULL"))
    op.drop_index("ix_people_feed_hash", table_name="people")
    op.drop_index("ix_people_digest_at", table_name="people")
    op.drop_column("people", "feed_hash")
    op.drop_column("people", "digest_at")
    op.drop_column("people", "digest_hour")
    op.drop_column("people", "zone")
    op.drop_column("checkins", "words_shared")
    op.drop_column("checkins", "pulse_words")
    op.drop_column("checkins", "mood")
    op.drop_column("checkins", "sequence")
    op.drop_column("checkins", "agreed_at")
    op.drop_column("checkins", "latest_at")
    op.drop_column("checkins", "earliest_at")
    op.drop_column("cases", "pulses_off")
    op.drop_column("cases", "timing")
    op.drop_column("cases", "tapers_from")
    op.drop_column("cases", "monthday")
    op.drop_column("cases", "often_until")
    op.drop_column("cases", "extra_weekdays")
    op.drop_column("cases", "aftercare_until")
    op.drop_column("cases", "stage_reason")
    op.drop_column("cases", "invited_at")
    op.drop_index("ix_steps_goal_id", table_name="steps")
    op.drop_table("steps")
    op.drop_index("ix_slot_offers_next_at", table_name="slot_offers")
    op.drop_index("ix_slot_offers_checkin_id", table_name="slot_offers")
    op.drop_table("slot_offers")
    op.drop_index("ix_nudges_next_at", table_name="nudges")
    op.drop_index("ix_nudges_case_id", table_name="nudges")
    op.drop_table("nudges")
    op.drop_index("ix_tasks_done_at_case_id", table_name="tasks")
    op.drop_index("ix_tasks_case_id", table_name="tasks")
    op.drop_table("tasks")
    op.drop_index("ix_silences_next_at", table_name="silences")
    op.drop_index("ix_silences_case_id", table_name="silences")
    op.drop_table("silences")
    op.drop_index("ix_results_next_at", table_name="results")
    op.drop_table("results")
    op.drop_index("ix_profiles_words_drop_at", table_name="profiles")
    op.drop_table("profiles")
    op.drop_index("ix_plan_decisions_next_at", table_name="plan_decisions")
    op.drop_index("ix_plan_decisions_case_id", table_name="plan_decisions")
    op.drop_table("plan_decisions")
    op.drop_index("ix_pauses_next_at", table_name="pauses")
    op.drop_index("ix_pauses_case_id", table_name="pauses")
    op.drop_table("pauses")
    op.drop_index("ix_mentor_wishes_next_at", table_name="mentor_wishes")
    op.drop_index("ix_mentor_wishes_case_id", table_name="mentor_wishes")
    op.drop_table("mentor_wishes")
    op.drop_index("ix_hours_mentor_id", table_name="hours")
    op.drop_index("ix_hours_case_id", table_name="hours")
    op.drop_table("hours")
    op.drop_index("ix_handovers_case_id", table_name="handovers")
    op.drop_table("handovers")
    op.drop_index("ix_goals_case_id", table_name="goals")
    op.drop_table("goals")
    op.drop_index("ix_extensions_case_id", table_name="extensions")
    op.drop_table("extensions")
    op.drop_table("entry_snapshots")
    op.drop_index("ix_deputies_person_id", table_name="deputies")
    op.drop_table("deputies")
    op.drop_index("ix_case_stages_case_id", table_name="case_stages")
    op.drop_table("case_stages")
    op.drop_table("programme_limits")
    op.drop_index("ix_passed_links_made_by", table_name="passed_links")
    op.drop_table("passed_links")
