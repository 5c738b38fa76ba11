"""what waits for somebody, and what lapses, is found without reading all that waits"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

LAPSES = sa.text("expires_at IS NOT NULL")


def upgrade() -> None:
    op.create_index("ix_outbox_person_id_state", "outbox", ["person_id", "state", "priority"])
    op.drop_index("ix_outbox_person_id", "outbox")
    op.create_index(
        "ix_outbox_state_expires_at",
        "outbox",
        ["state", "expires_at"],
        sqlite_where=LAPSES,
        postgresql_where=LAPSES,
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_state_expires_at", "outbox")
    op.create_index("ix_outbox_person_id", "outbox", ["person_id"])
    op.drop_index("ix_outbox_person_id_state", "outbox")
