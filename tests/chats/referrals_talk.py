"""What the conversations about referrals share: who knows whom, and the way to each point of the road."""

from datetime import datetime

from sqlalchemy import insert

from bot.calendar import wall
from bot.people import notice
from bot.people import store as people
from bot.people.rules import Purpose
from bot.programme.rules import Stage
from bot.roles import Role
from bot.storage.tables import cases
from bot.words import Language
from tests.town.inhabitant import Inhabitant
from tests.town.town import START, Town
from tests.town.walked_once import walked_once

S = "referrals.staff"
Y = "referrals.youth"
NOT_YOURS = "people.staff.not_available"


async def case_of(town: Town, youth: str, mentor: str, stage: Stage = Stage.PROFILING) -> int:
    """This young person's case with that mentor, as the programme would have left it."""
    youth_id, mentor_id = (await town.person(youth)).id, (await town.person(mentor)).id
    async with town.open_database() as database, database.write() as db:
        added = await db.execute(
            insert(cases)
            .values(
                youth_id=youth_id,
                mentor_id=mentor_id,
                municipality="LV-067",
                stage=stage.value,
                stage_at=START,
                screening_outcome="likely",
                age_band="18_28",
                wish="talk",
                opened_at=START,
            )
            .returning(cases.c.id)
        )
        version = notice.version(town.settings)
        await people.give_consent(db, youth_id, Purpose.CONTACT.value, version, Language.LV, START)
        return int(added.scalar_one())


async def cast(town: Town, youth: str = "anna", mentor: str = "marta") -> tuple[Inhabitant, Inhabitant, Inhabitant]:
    """A young person with a mentor, and a psychologist of their municipality."""
    young = await town.youth(youth)
    guide = await town.staff(mentor, Role.MENTOR)
    ilze = await town.staff("ilze", Role.SPECIALIST, speciality="psychologist")
    await case_of(town, youth, mentor)
    return young, guide, ilze


async def asks(mentor: Inhabitant, youth_code: str, note: str | None = None) -> None:
    """The mentor walks from the menu to the question."""
    await mentor.says("/refer")
    await mentor.taps_label(youth_code)
    await mentor.taps(f"{S}.button.kind_psychologist")
    await mentor.taps_label("Ilze")
    if note is None:
        await mentor.taps(f"{S}.button.no_note")
    else:
        await mentor.says(note)
    mentor.sees(f"{S}.asked")


async def code_name(town: Town, name: str) -> str:
    return (await town.person(name)).code_name


@walked_once
async def asked(town: Town, note: str | None = None) -> tuple[Inhabitant, Inhabitant, Inhabitant]:
    """Anna has been asked whether she would be referred to Ilze."""
    anna, marta, ilze = await cast(town)
    await asks(marta, await code_name(town, "anna"), note)
    return anna, marta, ilze


@walked_once
async def requested(town: Town) -> tuple[Inhabitant, Inhabitant, Inhabitant]:
    """Anna has agreed, and Ilze has been told that there is something to open."""
    anna, marta, ilze = await asked(town)
    await anna.taps(f"{Y}.button.agree")
    all_read(anna, marta, ilze)
    return anna, marta, ilze


@walked_once
async def appointed(town: Town) -> tuple[Inhabitant, Inhabitant, Inhabitant]:
    """Anna and Ilze have agreed on Wednesday at 10:00."""
    anna, marta, ilze = await requested(town)
    await ilze.taps(f"{S}.button.open")
    await ilze.taps(f"{S}.button.accept")
    await ilze.taps(f"{S}.button.time_out")
    await ilze.taps(f"{S}.button.send_times")
    await anna.taps(f"{Y}.button.time")
    all_read(anna, marta, ilze)
    return anna, marta, ilze


def all_read(*people: Inhabitant) -> None:
    """Whatever came does not matter to this test."""
    for one in people:
        one.reads_rest()


async def states(town: Town) -> list[str]:
    return [row.state for row in await town.rows("SELECT state FROM referrals ORDER BY id")]


def riga(town: Town, month: int, day: int, clock: str = "10:00") -> datetime:
    moment = datetime.fromisoformat(f"2026-{month:02}-{day:02}T{clock}")
    return wall(moment.date(), moment.time(), town.settings.zone)
