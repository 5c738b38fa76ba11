"""A referral from before keeps its way through the upgrade: its text, its yes, the time that was proposed, its end."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from bot.referrals import store
from bot.referrals.agreed import store_consents
from bot.referrals.agreed.delivering import text_for
from bot.referrals.referral import Ending, Outcome, State, hash_of
from bot.storage.database import Database
from bot.storage.migrating import migrate
from bot.words import Language

ROOT = Path(__file__).resolve().parents[2]
AT = datetime(2026, 3, 5, 8, tzinfo=UTC)
PASSED_ON = {
    "code_name": "Kompass-101", "age_band": "18_28", "municipality": "LV-067", "language": "uk", "wish": "talk",
    "note": "Labprāt pēc pusdienām.", "referrer": "Marta",
}  # fmt: skip


def old_database(folder: Path) -> Path:
    """As the version before left it: Danylo referred to Ilze, in each of three ways."""
    path = folder / "old.db"
    made = Config(toml_file=str(ROOT / "pyproject.toml"))
    made.attributes["url"] = f"sqlite:///{path}"
    command.upgrade(made, "0004")
    moment = int(AT.timestamp()) * 1_000_000
    with closing(sqlite3.connect(path)) as connection, connection:
        for number, language, name in ((1, "uk", "Kompass-101"), (2, "lv", "Ilze")):
            connection.execute(
                "INSERT INTO people (id, telegram_id, language, language_chosen, code_name, created_at) "
                "VALUES (?, ?, ?, 1, ?, 0)",
                (number, number, language, name),
            )
        connection.execute(
            "INSERT INTO cases (id, youth_id, municipality, stage, stage_at, screening_outcome, age_band, opened_at, "
            "urgent, with_parent, meeting) VALUES (1, 1, 'LV-067', 'profiling', 0, 'likely', '18_28', 0, 0, 0, '{}')"
        )
        for state, proposed, outcome in (("accepted", moment, None), ("completed", None, "done"),
                                         ("completed", None, "did_not_happen")):  # fmt: skip
            connection.execute(
                "INSERT INTO referrals (case_id, kind, state, receiver_id, passed_on, text_hash, proposed_at, outcome, "
                "opened_at, changed_at, reminded) VALUES (1, 'psychologist', ?, 2, ?, 'an older hash', ?, ?, 0, 0, 0)",
                (state, json.dumps(PASSED_ON), proposed, outcome),
            )
    return path


@pytest.mark.feature("X8", "O2")
async def test_what_was_referred_before_keeps_its_way(tmp_path: Path) -> None:
    path = old_database(tmp_path)
    migrate(path)
    database = Database(f"sqlite+aiosqlite:///{path}")
    async with database.read() as db:
        found = [await store.circle(db, number) for number in (1, 2, 3)]
        (consent,) = await store_consents.of(db, 1)
        shown = await text_for(db, found[0]) if found[0] is not None else None
    await database.close()
    going_on, done, never = (one.referral for one in found if one is not None)
    assert going_on.text.startswith("Segvārds: Kompass-101\n")
    assert "Labprāt pēc pusdienām." in going_on.texts[Language.UK]
    assert going_on.text_hash == hash_of(going_on.text)
    assert (consent.text_hash, consent.recipient) == (going_on.text_hash, going_on.to.recipient)
    assert shown == going_on.text
    assert going_on.proposals is not None
    assert going_on.proposals.times == (AT,)
    assert going_on.to.name == "Ilze"
    assert (done.state, done.outcome, done.session) == (State.COMPLETED, Outcome.SETTLED, 1)
    assert (never.state, never.reason, never.outcome) == (State.FAILED, Ending.DID_NOT_HAPPEN, None)
