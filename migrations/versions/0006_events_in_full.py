"""events in full: places and waiting lists, changes, networks, partnerships"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def carry_over() -> None:
    """Invitations from before: who said yes has a place, and specialists were asked together with partners."""
    op.execute("UPDATE invitations SET seat = 'held' WHERE answer = 'yes'")
    op.execute("UPDATE invitations SET invited_at = (SELECT e.sent_at FROM events e WHERE e.id = invitations.event_id)")
    op.execute(
        "UPDATE events SET audience = json_insert(audience, '$.groups[#]', 'partners') "
        "WHERE EXISTS (SELECT 1 FROM json_each(audience, '$.groups') WHERE value = 'specialists')"
    )


def upgrade() -> None:
    op.create_table(
        "coverage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(6), nullable=False),
        sa.Column("subject", sa.String(20), nullable=False),
        sa.Column("value", sa.String(10), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("noted_by", sa.Integer(), nullable=True),
        sa.Column("noted_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["noted_by"], ["people.id"], name="fk_coverage_noted_by", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_coverage"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_coverage_municipality_subject", "coverage", ["municipality", "subject"])
    op.create_index("ix_coverage_noted_by", "coverage", ["noted_by"])
    op.create_table(
        "event_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("countries", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name="fk_event_series_created_by", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_event_series"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_series_created_by", "event_series", ["created_by"])
    op.create_table(
        "municipality_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(6), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("file_id", sa.String(200), nullable=True),
        sa.Column("name", sa.String(120), nullable=True),
        sa.Column("link", sa.String(300), nullable=True),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("retired_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["added_by"], ["people.id"], name="fk_municipality_files_added_by", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_municipality_files"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_municipality_files_added_by", "municipality_files", ["added_by"])
    op.create_index("ix_municipality_files_municipality", "municipality_files", ["municipality"])
    op.create_table(
        "mutes",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(40), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_mutes_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "subject", name="pk_mutes"),
    )
    op.create_table(
        "networks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("municipality", sa.String(6), nullable=True),
        sa.Column("led_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("join_hash", sa.String(64), nullable=True),
        sa.Column("join_until", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["led_by"], ["people.id"], name="fk_networks_led_by", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_networks"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_networks_led_by", "networks", ["led_by"])
    op.create_index("ix_networks_municipality", "networks", ["municipality"])
    op.create_table(
        "partner_wishes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organization", sa.String(120), nullable=True),
        sa.Column("side", sa.String(12), nullable=False),
        sa.Column("subject", sa.String(200), nullable=True),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("countries", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("contact", sa.String(200), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_partner_wishes_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_partner_wishes"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_partner_wishes_next_at", "partner_wishes", ["next_at"])
    op.create_index("ix_partner_wishes_person_id", "partner_wishes", ["person_id"])
    op.create_table(
        "practice_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(6), nullable=True),
        sa.Column("country", sa.String(2), nullable=True),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column("text", sa.String(1500), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("link", sa.String(300), nullable=True),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("retired_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["written_by"], ["people.id"], name="fk_practice_notes_written_by", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_practice_notes"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_practice_notes_written_by", "practice_notes", ["written_by"])
    op.create_table(
        "event_approvals",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("submitted_by", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(8), nullable=False),
        sa.Column("stated", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("decision", sa.String(10), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(300), nullable=True),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["people.id"], name="fk_event_approvals_decided_by", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_event_approvals_event_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["people.id"], name="fk_event_approvals_submitted_by", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("event_id", name="pk_event_approvals"),
    )
    op.create_index("ix_event_approvals_next_at", "event_approvals", ["next_at"])
    op.create_table(
        "event_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("old", sa.JSON(), nullable=False),
        sa.Column("new", sa.JSON(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("cursor", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["people.id"], name="fk_event_changes_changed_by", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_event_changes_event_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_event_changes"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_changes_event_id", "event_changes", ["event_id"])
    op.create_index("ix_event_changes_state", "event_changes", ["state"])
    op.create_table(
        "event_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(10), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("file_id", sa.String(200), nullable=True),
        sa.Column("name", sa.String(120), nullable=True),
        sa.Column("link", sa.String(300), nullable=True),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_event_files_event_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_event_files"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_files_event_id", "event_files", ["event_id"])
    op.create_table(
        "event_organisers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_event_organisers_event_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name="fk_event_organisers_organization_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_event_organisers"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_organisers_event_id", "event_organisers", ["event_id"])
    op.create_table(
        "event_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(500), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.String(1000), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("bring_to", sa.Integer(), nullable=True),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("shared_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["people.id"], name="fk_event_questions_answered_by", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["bring_to"], ["events.id"], name="fk_event_questions_bring_to", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_event_questions_event_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_event_questions_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_event_questions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_questions_event_id", "event_questions", ["event_id"])
    op.create_index("ix_event_questions_next_at", "event_questions", ["next_at"])
    op.create_index("ix_event_questions_person_id", "event_questions", ["person_id"])
    op.create_table(
        "expert_offers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("expert_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(100), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(200), nullable=True),
        sa.Column("starts_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_expert_offers_event_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["expert_id"], ["people.id"], name="fk_expert_offers_expert_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_expert_offers"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_expert_offers_expert_id", "expert_offers", ["expert_id"])
    op.create_table(
        "expert_slots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("expert_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(100), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("booked_by", sa.Integer(), nullable=True),
        sa.Column("about", sa.String(300), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("cancelled_at", sa.BigInteger(), nullable=True),
        sa.Column("came", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["booked_by"], ["people.id"], name="fk_expert_slots_booked_by", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_expert_slots_event_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["expert_id"], ["people.id"], name="fk_expert_slots_expert_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_expert_slots"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_expert_slots_booked_by", "expert_slots", ["booked_by"])
    op.create_index("ix_expert_slots_event_id", "expert_slots", ["event_id"])
    op.create_index("ix_expert_slots_expert_id", "expert_slots", ["expert_id"])
    op.create_index("ix_expert_slots_next_at", "expert_slots", ["next_at"])
    op.create_table(
        "network_members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("stands_for", sa.String(20), nullable=False),
        sa.Column("municipality", sa.String(6), nullable=True),
        sa.Column("region", sa.String(10), nullable=True),
        sa.Column("organization", sa.String(120), nullable=True),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.Column("left_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name="fk_network_members_network_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_network_members_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_network_members"),
        sa.UniqueConstraint("network_id", "person_id", name="uq_network_members_network_id_person_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_network_members_person_id", "network_members", ["person_id"])
    op.create_table(
        "opinion_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("question", sa.String(1500), nullable=False),
        sa.Column("deadline", sa.BigInteger(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("cursor", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name="fk_opinion_requests_asked_by", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name="fk_opinion_requests_network_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_opinion_requests"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_opinion_requests_asked_by", "opinion_requests", ["asked_by"])
    op.create_index("ix_opinion_requests_network_id", "opinion_requests", ["network_id"])
    op.create_index("ix_opinion_requests_next_at", "opinion_requests", ["next_at"])
    op.create_table(
        "partner_matches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wish_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("wish_says", sa.String(5), nullable=True),
        sa.Column("other_says", sa.String(5), nullable=True),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("reminded_at", sa.BigInteger(), nullable=True),
        sa.Column("introduced_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["other_id"], ["partner_wishes.id"], name="fk_partner_matches_other_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["wish_id"], ["partner_wishes.id"], name="fk_partner_matches_wish_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_partner_matches"),
        sa.UniqueConstraint("wish_id", "other_id", name="uq_partner_matches_wish_id_other_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_partner_matches_next_at", "partner_matches", ["next_at"])
    op.create_index("ix_partner_matches_other_id", "partner_matches", ["other_id"])
    op.create_table(
        "topics",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("proposed_by", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(200), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_topics_event_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["network_id"], ["networks.id"], name="fk_topics_network_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["proposed_by"], ["people.id"], name="fk_topics_proposed_by", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_topics"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_topics_event_id", "topics", ["event_id"])
    op.create_index("ix_topics_network_id", "topics", ["network_id"])
    op.create_index("ix_topics_proposed_by", "topics", ["proposed_by"])
    op.create_table(
        "opinion_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(2000), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_opinion_answers_person_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["request_id"], ["opinion_requests.id"], name="fk_opinion_answers_request_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_opinion_answers"),
        sa.UniqueConstraint("request_id", "person_id", name="uq_opinion_answers_request_id_person_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_opinion_answers_person_id", "opinion_answers", ["person_id"])
    op.create_table(
        "topic_votes",
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_topic_votes_person_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name="fk_topic_votes_topic_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("topic_id", "person_id", name="pk_topic_votes"),
    )
    op.create_index("ix_topic_votes_person_id", "topic_votes", ["person_id"])
    op.drop_index("ix_consents_person_id", table_name="consents")
    op.create_index("ix_consents_person_id_purpose", "consents", ["person_id", "purpose", "withdrawn_at"])
    op.add_column("events", sa.Column("kind", sa.String(24), server_default="other", nullable=False))
    op.add_column("events", sa.Column("series_id", sa.Integer(), nullable=True))
    op.add_column("events", sa.Column("ends_at", sa.BigInteger(), nullable=True))
    op.add_column("events", sa.Column("particulars", sa.JSON(), server_default=sa.text("'{}'"), nullable=False))
    op.add_column("events", sa.Column("terms", sa.JSON(), server_default=sa.text("'{}'"), nullable=False))
    op.add_column("events", sa.Column("reply_by", sa.BigInteger(), nullable=True))
    op.add_column("events", sa.Column("listed", sa.Boolean(), server_default=sa.text("0"), nullable=False))
    op.add_column("events", sa.Column("sequence", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("events", sa.Column("send_at", sa.BigInteger(), nullable=True))
    op.add_column("events", sa.Column("progress_message", sa.BigInteger(), nullable=True))
    op.add_column("events", sa.Column("progress_at", sa.BigInteger(), nullable=True))
    op.add_column("events", sa.Column("progress_shown", sa.String(60), nullable=True))
    op.add_column("events", sa.Column("remind_soon_at", sa.BigInteger(), nullable=True))
    op.add_column("events", sa.Column("ask_at", sa.BigInteger(), nullable=True))
    op.add_column("events", sa.Column("unnamed_came", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.create_index("ix_events_ask_at", "events", ["ask_at"])
    op.create_index("ix_events_progress_at", "events", ["progress_at"])
    op.create_index("ix_events_remind_soon_at", "events", ["remind_soon_at"])
    op.create_index("ix_events_series_id", "events", ["series_id"])
    op.create_index("ix_events_state_send_at", "events", ["state", "send_at"])
    op.add_column("invitations", sa.Column("via", sa.String(10), server_default="sent", nullable=False))
    op.add_column("invitations", sa.Column("audience_group", sa.String(12), nullable=True))
    op.add_column("invitations", sa.Column("invited_at", sa.BigInteger(), nullable=True))
    op.add_column("invitations", sa.Column("answered_sequence", sa.Integer(), nullable=True))
    op.add_column("invitations", sa.Column("seat", sa.String(10), nullable=True))
    op.add_column("invitations", sa.Column("queued_at", sa.BigInteger(), nullable=True))
    op.add_column("invitations", sa.Column("offer_until", sa.BigInteger(), nullable=True))
    op.add_column("invitations", sa.Column("needs", sa.String(300), nullable=True))
    op.add_column("invitations", sa.Column("travel", sa.Boolean(), nullable=True))
    op.add_column("invitations", sa.Column("under_age", sa.Boolean(), nullable=True))
    op.add_column("invitations", sa.Column("guardian_at", sa.BigInteger(), nullable=True))
    op.add_column("invitations", sa.Column("reminded_soon_at", sa.BigInteger(), nullable=True))
    op.add_column("invitations", sa.Column("calendar_sequence", sa.Integer(), nullable=True))
    op.add_column("invitations", sa.Column("calendar_turns", sa.Integer(), nullable=True))
    op.add_column("invitations", sa.Column("came_at", sa.BigInteger(), nullable=True))
    op.add_column("invitations", sa.Column("asked_at", sa.BigInteger(), nullable=True))
    op.add_column("invitations", sa.Column("rating", sa.String(10), nullable=True))
    op.create_index(
        "ix_invitations_calendar_sequence",
        "invitations",
        ["calendar_sequence"],
        unique=False,
        sqlite_where=sa.text("calendar_sequence IS NOT NULL"),
    )
    op.create_index(
        "ix_invitations_event_id_seat",
        "invitations",
        ["event_id", "seat"],
        unique=False,
        sqlite_where=sa.text("seat IS NOT NULL"),
    )
    op.create_index("ix_invitations_offer_until", "invitations", ["offer_until"])
    op.create_index("ix_invitations_person_id_invited_at", "invitations", ["person_id", "invited_at"])
    op.add_column("outbox", sa.Column("picture", sa.JSON(), nullable=True))
    op.add_column("people", sa.Column("events_feed_hash", sa.String(64), nullable=True))
    op.create_index("ix_people_events_feed_hash", "people", ["events_feed_hash"], unique=True)
    op.create_index("ix_people_municipality", "people", ["municipality"])
    carry_over()


def downgrade() -> None:
    op.drop_index("ix_people_municipality", table_name="people")
    op.drop_index("ix_people_events_feed_hash", table_name="people")
    op.drop_column("people", "events_feed_hash")
    op.drop_column("outbox", "picture")
    op.drop_index("ix_invitations_person_id_invited_at", table_name="invitations")
    op.drop_index("ix_invitations_offer_until", table_name="invitations")
    op.drop_index("ix_invitations_event_id_seat", table_name="invitations", sqlite_where=sa.text("seat IS NOT NULL"))
    op.drop_index(
        "ix_invitations_calendar_sequence",
        table_name="invitations",
        sqlite_where=sa.text("calendar_sequence IS NOT NULL"),
    )
    op.drop_column("invitations", "rating")
    op.drop_column("invitations", "asked_at")
    op.drop_column("invitations", "came_at")
    op.drop_column("invitations", "calendar_turns")
    op.drop_column("invitations", "calendar_sequence")
    op.drop_column("invitations", "reminded_soon_at")
    op.drop_column("invitations", "guardian_at")
    op.drop_column("invitations", "under_age")
    op.drop_column("invitations", "travel")
    op.drop_column("invitations", "needs")
    op.drop_column("invitations", "offer_until")
    op.drop_column("invitations", "queued_at")
    op.drop_column("invitations", "seat")
    op.drop_column("invitations", "answered_sequence")
    op.drop_column("invitations", "invited_at")
    op.drop_column("invitations", "audience_group")
    op.drop_column("invitations", "via")
    op.drop_index("ix_events_state_send_at", table_name="events")
    op.drop_index("ix_events_series_id", table_name="events")
    op.drop_index("ix_events_remind_soon_at", table_name="events")
    op.drop_index("ix_events_progress_at", table_name="events")
    op.drop_index("ix_events_ask_at", table_name="events")
    op.drop_column("events", "unnamed_came")
    op.drop_column("events", "ask_at")
    op.drop_column("events", "remind_soon_at")
    op.drop_column("events", "progress_shown")
    op.drop_column("events", "progress_at")
    op.drop_column("events", "progress_message")
    op.drop_column("events", "send_at")
    op.drop_column("events", "sequence")
    op.drop_column("events", "listed")
    op.drop_column("events", "reply_by")
    op.drop_column("events", "terms")
    op.drop_column("events", "particulars")
    op.drop_column("events", "ends_at")
    op.drop_column("events", "series_id")
    op.drop_column("events", "kind")
    op.drop_index("ix_consents_person_id_purpose", table_name="consents")
    op.create_index("ix_consents_person_id", "consents", ["person_id"])
    op.drop_index("ix_topic_votes_person_id", table_name="topic_votes")
    op.drop_table("topic_votes")
    op.drop_index("ix_opinion_answers_person_id", table_name="opinion_answers")
    op.drop_table("opinion_answers")
    op.drop_index("ix_topics_proposed_by", table_name="topics")
    op.drop_index("ix_topics_network_id", table_name="topics")
    op.drop_index("ix_topics_event_id", table_name="topics")
    op.drop_table("topics")
    op.drop_index("ix_partner_matches_other_id", table_name="partner_matches")
    op.drop_index("ix_partner_matches_next_at", table_name="partner_matches")
    op.drop_table("partner_matches")
    op.drop_index("ix_opinion_requests_next_at", table_name="opinion_requests")
    op.drop_index("ix_opinion_requests_network_id", table_name="opinion_requests")
    op.drop_index("ix_opinion_requests_asked_by", table_name="opinion_requests")
    op.drop_table("opinion_requests")
    op.drop_index("ix_network_members_person_id", table_name="network_members")
    op.drop_table("network_members")
    op.drop_index("ix_expert_slots_next_at", table_name="expert_slots")
    op.drop_index("ix_expert_slots_expert_id", table_name="expert_slots")
    op.drop_index("ix_expert_slots_event_id", table_name="expert_slots")
    op.drop_index("ix_expert_slots_booked_by", table_name="expert_slots")
    op.drop_table("expert_slots")
    op.drop_index("ix_expert_offers_expert_id", table_name="expert_offers")
    op.drop_table("expert_offers")
    op.drop_index("ix_event_questions_person_id", table_name="event_questions")
    op.drop_index("ix_event_questions_next_at", table_name="event_questions")
    op.drop_index("ix_event_questions_event_id", table_name="event_questions")
    op.drop_table("event_questions")
    op.drop_index("ix_event_organisers_event_id", table_name="event_organisers")
    op.drop_table("event_organisers")
    op.drop_index("ix_event_files_event_id", table_name="event_files")
    op.drop_table("event_files")
    op.drop_index("ix_event_changes_state", table_name="event_changes")
    op.drop_index("ix_event_changes_event_id", table_name="event_changes")
    op.drop_table("event_changes")
    op.drop_index("ix_event_approvals_next_at", table_name="event_approvals")
    op.drop_table("event_approvals")
    op.drop_index("ix_practice_notes_written_by", table_name="practice_notes")
    op.drop_table("practice_notes")
    op.drop_index("ix_partner_wishes_person_id", table_name="partner_wishes")
    op.drop_index("ix_partner_wishes_next_at", table_name="partner_wishes")
    op.drop_table("partner_wishes")
    op.drop_index("ix_networks_municipality", table_name="networks")
    op.drop_index("ix_networks_led_by", table_name="networks")
    op.drop_table("networks")
    op.drop_table("mutes")
    op.drop_index("ix_municipality_files_municipality", table_name="municipality_files")
    op.drop_index("ix_municipality_files_added_by", table_name="municipality_files")
    op.drop_table("municipality_files")
    op.drop_index("ix_event_series_created_by", table_name="event_series")
    op.drop_table("event_series")
    op.drop_index("ix_coverage_noted_by", table_name="coverage")
    op.drop_index("ix_coverage_municipality_subject", table_name="coverage")
    op.drop_table("coverage")
