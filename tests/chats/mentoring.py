"""A team with young people to hand over: cases put straight into the database, as months of work leave them."""

from collections.abc import Sequence
from datetime import timedelta

from bot.people import notice
from bot.people.rules import Purpose
from bot.storage.tables import cases, consents
from tests.town.inhabitant import Inhabitant
from tests.town.town import START, Town

OGRE = "LV-067"


async def guided(
    town: Town, mentor: str, youths: Sequence[str], *, stage: str = "programme", place: str | None = OGRE
) -> list[Inhabitant]:
    """Young people whom this mentor guides, everything read; they agreed to be written to."""
    mentor_id = (await town.person(mentor)).id
    found = []
    for name in youths:
        youth = await town.youth(name)
        youth_id = (await town.person(name)).id
        async with town.open_database() as database, database.write() as db:
            await db.execute(
                cases.insert().values(
                    youth_id=youth_id,
                    mentor_id=mentor_id,
                    municipality=place,
                    stage=stage,
                    stage_at=START,
                    screening_outcome="likely",
                    age_band="18_28",
                    opened_at=START,
                    starts_on=START.date(),
                    ends_on=(START + timedelta(days=120)).date(),
                )
            )
            await db.execute(
                consents.insert().values(
                    person_id=youth_id,
                    purpose=Purpose.CONTACT.value,
                    version=notice.version(town.settings),
                    language=youth.language.value,
                    given_at=START,
                )
            )
        found.append(youth)
    return found


async def case_of(town: Town, youth: str) -> int:
    """The number of their newest case."""
    rows = await town.rows(
        "SELECT id FROM cases WHERE youth_id = :youth ORDER BY id DESC", youth=(await town.person(youth)).id
    )
    return int(rows[0].id)


async def mentor_of(town: Town, youth: str) -> int | None:
    """The number of whoever guides them."""
    (row,) = await town.rows("SELECT mentor_id FROM cases WHERE id = :case", case=await case_of(town, youth))
    return None if row.mentor_id is None else int(row.mentor_id)
