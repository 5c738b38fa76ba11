"""One that fell due and fails holds up nobody: the others hear what they wait for, and it is tried again."""

from datetime import UTC

import pytest
from sqlalchemy import text

from tests.chats.casework import in_programme, read_all
from tests.chats.test_digest import TUESDAY, wants
from tests.town.town import Town

UNREADABLE = "of-a-newer-version"


@pytest.mark.feature("X18")
async def test_a_digest_that_cannot_be_made_holds_up_no_other(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    anna, marta, liene = await in_programme(town)
    danylo, oksana, _ = await in_programme(town, "danylo", "oksana")
    await wants(marta, "09:00")
    await wants(oksana, "09:00")
    read_all(anna, danylo, liene, marta, oksana)
    case = (await town.rows("SELECT id FROM cases ORDER BY id"))[0].id
    plant = text("INSERT INTO tasks (case_id, audience, kind, opened_at) VALUES (:case, 'mentor', :kind, 1)")
    async with town.open_database() as database, database.write() as db:
        await db.execute(plant, {"case": case, "kind": UNREADABLE})
    await town.move_to(TUESDAY.replace(hour=9, minute=1).astimezone(UTC))
    oksana.sees("checkins.staff.digest")
    marta.sees_nothing()
    assert "one that fell due failed" in [record.getMessage() for record in caplog.records]
    async with town.open_database() as database, database.write() as db:
        await db.execute(text("DELETE FROM tasks WHERE kind = :kind"), {"kind": UNREADABLE})
    await town.tick()
    marta.sees("checkins.staff.digest")
    read_all(anna, danylo, liene)
