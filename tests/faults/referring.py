"""A process that refers young people one after the other through the bot's own database, and says what is committed.

`python -m tests.faults.referring FILE COUNT SEED lasting|passing`; each commit is acknowledged by a line in a file
beside it. Now and then somebody is erased, and the log is emptied, as the schedule does every minute.
"""

import asyncio
import os
import random
import sys
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import records
from bot.storage.database import Database
from bot.storage.migrating import migrate
from bot.storage.tables import cases, people, referrals

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def erased_by(number: int) -> int:
    """Whom the transaction of that number erases besides; 0 for nobody."""
    return number - 3 if number % 10 == 0 else 0


async def refer(file: Path, count: int, dice: random.Random, *, lasting: bool) -> None:
    database = Database(f"sqlite+aiosqlite:///{file}")
    acknowledged = os.open(file.parent / "acknowledged", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number in range(1, count + 1):
        if dice.random() < 0.5:  # what may be lost must not take with it what may not
            async with database.write(lasting=False) as db:
                await records.write(db, NOW, None, "passing", "", 0)
        async with database.write(lasting=lasting) as db:
            await _one(db, number)
            await db.execute(delete(people).where(people.c.id == erased_by(number)))
        os.write(acknowledged, f"{number}\n".encode())
        if dice.random() < 0.05:
            await database.empty_log()
    await database.close()


async def _one(db: AsyncConnection, number: int) -> None:
    """Somebody new, their case, and a referral with a long note, over several pages."""
    await db.execute(
        insert(people).values(id=number, telegram_id=number, language="lv", code_name=f"Bura-{number}", created_at=NOW)
    )
    case = {"stage": "contact", "stage_at": NOW, "screening_outcome": "likely", "age_band": "18_28", "opened_at": NOW}
    await db.execute(insert(cases).values(id=number, youth_id=number, **case))
    referral = {"kind": "psychologist", "state": "requested", "opened_at": NOW, "changed_at": NOW}
    await db.execute(insert(referrals).values(id=number, case_id=number, passed_on={"note": "x" * 3000}, **referral))


if __name__ == "__main__":
    file, count, seed, kind = sys.argv[1:]
    migrate(Path(file))
    asyncio.run(refer(Path(file), int(count), random.Random(int(seed)), lasting=kind == "lasting"))
