"""referrals and the directory in full: organizations and services, consents, appointments, closing by both sides"""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def carry_over() -> None:
    """What was referred before keeps its way: the text that was agreed to is written out, a proposed time is the one
    of several now, and an outcome that only the receiver told becomes what it was."""
    op.execute(
        "UPDATE referrals SET state = 'failed', reason = 'did_not_happen', outcome = NULL "
        "WHERE outcome = 'did_not_happen'"
    )
    op.execute("UPDATE referrals SET outcome = 'settled', session = 1 WHERE outcome IN ('goes_on', 'done')")
    old = sa.text(
        "SELECT r.id, r.passed_on, r.text_hash, r.receiver_id, r.proposed_at, r.changed_at, y.language AS own, "
        "p.language AS theirs, coalesce(p.name, p.code_name) AS name "
        "FROM referrals r JOIN cases c ON c.id = r.case_id JOIN people y ON y.id = c.youth_id "
        "LEFT JOIN people p ON p.id = r.receiver_id"
    )
    for row in op.get_bind().execute(old).all():
        _write_out(row)


def _write_out(row: sa.Row) -> None:
    # The words come from the catalogues; whoever has nothing referred yet need not load them.
    from bot.referrals.agreed.wording import texts_of
    from bot.referrals.referral import PassedOn, hash_of
    from bot.words import Language

    reads = Language(row.theirs or row.own)
    what = PassedOn.from_json(json.loads(row.passed_on))
    texts = texts_of(what, frozenset({reads, Language(row.own)}), ZoneInfo("Europe/Riga"))
    text_hash = hash_of(texts[reads]) if row.text_hash else None
    proposals = None
    if row.proposed_at is not None:
        at = datetime.fromtimestamp(row.proposed_at / 1_000_000, UTC)
        proposals = json.dumps({"by": "receiver", "times": [at.isoformat()]})
    op.get_bind().execute(
        sa.text(
            "UPDATE referrals SET texts = :texts, reads = :reads, receiver_name = :name, text_hash = :hash, "
            "proposals = :proposals WHERE id = :id"
        ),
        {
            "texts": json.dumps(dict(texts)), "reads": reads.value, "name": row.name, "hash": text_hash,
            "proposals": proposals, "id": row.id,
        },
    )  # fmt: skip
    if text_hash is not None and row.receiver_id is not None:
        consent = {
            "referral": row.id, "recipient": f"person:{row.receiver_id}", "hash": text_hash, "own": row.own,
            "at": row.changed_at,
        }  # fmt: skip
        op.get_bind().execute(
            sa.text(
                "INSERT INTO referral_consents (referral_id, recipient, text_hash, language, given_at) "
                "VALUES (:referral, :recipient, :hash, :own, :at)"
            ),
            consent,
        )


def upgrade() -> None:
    op.create_table(
        "keys",
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("value", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_keys"),
    )
    op.create_table(
        "partner_watch",
        sa.Column("municipality", sa.String(6), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("municipality", name="pk_partner_watch"),
    )
    op.create_index("ix_partner_watch_next_at", "partner_watch", ["next_at"])
    op.create_table(
        "fullness",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("said_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_fullness_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", name="pk_fullness"),
    )
    op.create_table(
        "organizations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("website", sa.String(200), nullable=True),
        sa.Column("municipality", sa.String(6), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("retired_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name="fk_organizations_owner_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_organizations"),
        sa.UniqueConstraint("code", name="uq_organizations_code"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_organizations_municipality", "organizations", ["municipality"])
    op.create_index("ix_organizations_owner_id", "organizations", ["owner_id"])
    op.create_table(
        "received_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.String(200), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_received_files_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_received_files"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_received_files_person_id", "received_files", ["person_id"])
    op.create_table(
        "agreements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(6), nullable=False),
        sa.Column("strategic", sa.Boolean(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("remind_at", sa.BigInteger(), nullable=True),
        sa.Column("noted_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["noted_by"], ["people.id"], name="fk_agreements_noted_by", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name="fk_agreements_organization_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_agreements"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_agreements_municipality", "agreements", ["municipality"])
    op.create_index("ix_agreements_noted_by", "agreements", ["noted_by"])
    op.create_index("ix_agreements_organization_id", "agreements", ["organization_id"])
    op.create_index("ix_agreements_remind_at", "agreements", ["remind_at"])
    op.create_table(
        "contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("title", sa.String(120), nullable=True),
        sa.Column("email", sa.String(254), nullable=True),
        sa.Column("phone", sa.String(40), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name="fk_contacts_organization_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_contacts"),
        sa.UniqueConstraint("code", name="uq_contacts_code"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_contacts_organization_id", "contacts", ["organization_id"])
    op.create_table(
        "guardian_consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("form", sa.String(20), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_guardian_consents_case_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["people.id"], name="fk_guardian_consents_recorded_by", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_guardian_consents"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_guardian_consents_case_id", "guardian_consents", ["case_id"])
    op.create_index("ix_guardian_consents_recorded_by", "guardian_consents", ["recorded_by"])
    op.create_table(
        "locations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("address", sa.String(200), nullable=True),
        sa.Column("municipality", sa.String(6), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name="fk_locations_organization_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_locations"),
        sa.UniqueConstraint("code", name="uq_locations_code"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_locations_organization_id", "locations", ["organization_id"])
    op.create_table(
        "referral_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("without_mentor", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_referral_requests_case_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_referral_requests"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_referral_requests_case_id", "referral_requests", ["case_id"])
    op.create_index("ix_referral_requests_next_at", "referral_requests", ["next_at"])
    op.create_table(
        "services",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("eligibility", sa.Text(), nullable=True),
        sa.Column("offers", sa.JSON(), nullable=False),
        sa.Column("minimum_age", sa.Integer(), nullable=True),
        sa.Column("maximum_age", sa.Integer(), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("email", sa.String(254), nullable=True),
        sa.Column("phone", sa.String(40), nullable=True),
        sa.Column("receiver_id", sa.Integer(), nullable=True),
        sa.Column("reads", sa.String(2), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("full_until", sa.Date(), nullable=True),
        sa.Column("full_said_at", sa.BigInteger(), nullable=True),
        sa.Column("verified_at", sa.BigInteger(), nullable=True),
        sa.Column("verified_by", sa.Integer(), nullable=True),
        sa.Column("verify_at", sa.BigInteger(), nullable=True),
        sa.Column("asked_times", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("retired_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name="fk_services_organization_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["receiver_id"], ["people.id"], name="fk_services_receiver_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["verified_by"], ["people.id"], name="fk_services_verified_by", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_services"),
        sa.UniqueConstraint("code", name="uq_services_code"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_services_kind", "services", ["kind"])
    op.create_index("ix_services_organization_id", "services", ["organization_id"])
    op.create_index("ix_services_receiver_id", "services", ["receiver_id"])
    op.create_index("ix_services_verify_at", "services", ["verify_at"])
    op.create_table(
        "referral_consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(40), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("given_at", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name="fk_referral_consents_referral_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_referral_consents"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_referral_consents_referral_id", "referral_consents", ["referral_id"])
    op.create_table(
        "referral_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.String(64), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=True),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.Column("wrong_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name="fk_referral_links_referral_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_referral_links"),
        sa.UniqueConstraint("secret_hash", name="uq_referral_links_secret_hash"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_referral_links_referral_id", "referral_links", ["referral_id"])
    op.create_table(
        "referral_sessions",
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("provider_said", sa.String(20), nullable=True),
        sa.Column("youth_said", sa.String(20), nullable=True),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name="fk_referral_sessions_referral_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("referral_id", "number", name="pk_referral_sessions"),
    )
    op.create_table(
        "referral_states",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("change", sa.String(30), nullable=False),
        sa.Column("side", sa.String(10), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name="fk_referral_states_referral_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_referral_states"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_referral_states_referral_id", "referral_states", ["referral_id"])
    op.create_table(
        "relays",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("until_at", sa.BigInteger(), nullable=False),
        sa.Column("agreed_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["opened_by"], ["people.id"], name="fk_relays_opened_by", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["referral_id"], ["referrals.id"], name="fk_relays_referral_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_relays"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_relays_next_at", "relays", ["next_at"])
    op.create_index("ix_relays_opened_by", "relays", ["opened_by"])
    op.create_index("ix_relays_referral_id", "relays", ["referral_id"])
    op.create_table(
        "service_at_location",
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["location_id"], ["locations.id"], name="fk_service_at_location_location_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["services.id"], name="fk_service_at_location_service_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("service_id", "location_id", name="pk_service_at_location"),
    )
    op.create_index("ix_service_at_location_location_id", "service_at_location", ["location_id"])
    op.add_column("outbox", sa.Column("mail_to", sa.String(254), nullable=True))
    op.add_column("people", sa.Column("about_me", sa.String(300), nullable=True))
    op.add_column("referrals", sa.Column("service_id", sa.Integer(), nullable=True))
    op.add_column("referrals", sa.Column("mail_to", sa.String(254), nullable=True))
    op.add_column("referrals", sa.Column("reads", sa.String(2), server_default="lv", nullable=False))
    op.add_column("referrals", sa.Column("receiver_name", sa.String(120), nullable=True))
    op.add_column("referrals", sa.Column("without_mentor", sa.Boolean(), server_default=sa.text("0"), nullable=False))
    op.add_column("referrals", sa.Column("texts", sa.JSON(), nullable=True))
    op.add_column("referrals", sa.Column("override_reason", sa.String(300), nullable=True))
    op.add_column("referrals", sa.Column("guardian", sa.String(10), nullable=True))
    op.add_column("referrals", sa.Column("proposals", sa.JSON(), nullable=True))
    op.add_column("referrals", sa.Column("place", sa.String(200), nullable=True))
    op.add_column("referrals", sa.Column("spoken", sa.String(2), nullable=True))
    op.add_column("referrals", sa.Column("interpreter", sa.Boolean(), server_default=sa.text("0"), nullable=False))
    op.add_column("referrals", sa.Column("sequence", sa.Integer(), server_default="0", nullable=False))
    op.add_column("referrals", sa.Column("session", sa.Integer(), server_default="0", nullable=False))
    op.add_column("referrals", sa.Column("provider_said", sa.String(20), nullable=True))
    op.add_column("referrals", sa.Column("youth_said", sa.String(20), nullable=True))
    op.create_index("ix_referrals_receiver_id_state", "referrals", ["receiver_id", "state"])
    op.create_index("ix_referrals_service_id", "referrals", ["service_id"])
    carry_over()
    op.drop_column("referrals", "proposed_at")


def downgrade() -> None:
    op.add_column("referrals", sa.Column("proposed_at", sa.BIGINT(), nullable=True))
    op.drop_index("ix_referrals_service_id", table_name="referrals")
    op.drop_index("ix_referrals_receiver_id_state", table_name="referrals")
    op.drop_column("referrals", "youth_said")
    op.drop_column("referrals", "provider_said")
    op.drop_column("referrals", "session")
    op.drop_column("referrals", "sequence")
    op.drop_column("referrals", "interpreter")
    op.drop_column("referrals", "spoken")
    op.drop_column("referrals", "place")
    op.drop_column("referrals", "proposals")
    op.drop_column("referrals", "guardian")
    op.drop_column("referrals", "override_reason")
    op.drop_column("referrals", "texts")
    op.drop_column("referrals", "without_mentor")
    op.drop_column("referrals", "receiver_name")
    op.drop_column("referrals", "reads")
    op.drop_column("referrals", "mail_to")
    op.drop_column("referrals", "service_id")
    op.drop_column("people", "about_me")
    op.drop_column("outbox", "mail_to")
    op.drop_index("ix_service_at_location_location_id", table_name="service_at_location")
    op.drop_table("service_at_location")
    op.drop_index("ix_relays_referral_id", table_name="relays")
    op.drop_index("ix_relays_opened_by", table_name="relays")
    op.drop_index("ix_relays_next_at", table_name="relays")
    op.drop_table("relays")
    op.drop_index("ix_referral_states_referral_id", table_name="referral_states")
    op.drop_table("referral_states")
    op.drop_table("referral_sessions")
    op.drop_index("ix_referral_links_referral_id", table_name="referral_links")
    op.drop_table("referral_links")
    op.drop_index("ix_referral_consents_referral_id", table_name="referral_consents")
    op.drop_table("referral_consents")
    op.drop_index("ix_services_verify_at", table_name="services")
    op.drop_index("ix_services_receiver_id", table_name="services")
    op.drop_index("ix_services_organization_id", table_name="services")
    op.drop_index("ix_services_kind", table_name="services")
    op.drop_table("services")
    op.drop_index("ix_referral_requests_next_at", table_name="referral_requests")
    op.drop_index("ix_referral_requests_case_id", table_name="referral_requests")
    op.drop_table("referral_requests")
    op.drop_index("ix_locations_organization_id", table_name="locations")
    op.drop_table("locations")
    op.drop_index("ix_guardian_consents_recorded_by", table_name="guardian_consents")
    op.drop_index("ix_guardian_consents_case_id", table_name="guardian_consents")
    op.drop_table("guardian_consents")
    op.drop_index("ix_contacts_organization_id", table_name="contacts")
    op.drop_table("contacts")
    op.drop_index("ix_agreements_remind_at", table_name="agreements")
    op.drop_index("ix_agreements_organization_id", table_name="agreements")
    op.drop_index("ix_agreements_noted_by", table_name="agreements")
    op.drop_index("ix_agreements_municipality", table_name="agreements")
    op.drop_table("agreements")
    op.drop_index("ix_received_files_person_id", table_name="received_files")
    op.drop_table("received_files")
    op.drop_index("ix_organizations_owner_id", table_name="organizations")
    op.drop_index("ix_organizations_municipality", table_name="organizations")
    op.drop_table("organizations")
    op.drop_table("fullness")
    op.drop_index("ix_partner_watch_next_at", table_name="partner_watch")
    op.drop_table("partner_watch")
    op.drop_table("keys")
