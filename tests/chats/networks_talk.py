"""What the conversations about networks share: one that is there, with people in it."""

from bot.calendar import Hours
from bot.networks import rules, store, store_opinions
from bot.networks.network import NetworkKind, Stage, Standing, StandsFor
from bot.roles import Role
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

S = "networks.staff"
B = "networks.staff.button"
OGRE, CESIS = "LV-067", "LV-022"


async def dace_leads(town: Town, municipality: str | None = None) -> Inhabitant:
    """The coordinator of that place, or of the whole country."""
    return await town.staff("dace", Role.COORDINATOR, municipality)


async def network_of(town: Town, leader: str, *members: str, municipality: str | None = None) -> int:
    """A working group that they lead, with these in it; everybody speaks for their own municipality."""
    async with town.open_database() as database, database.write() as db:
        by = await _number(town, leader)
        number = await store.found(db, "Darba grupa", NetworkKind.WORKING_GROUP, municipality, by, town.clock.now())
        for name in (leader, *members):
            standing = Standing(StandsFor.MUNICIPALITY, OGRE)
            await store.join(db, number, await _number(town, name), standing, town.clock.now())
    return number


async def _number(town: Town, name: str) -> int:
    return (await town.person_quietly(name)).id


async def asked(town: Town, network: int, by: str, question: str, days: int = 3) -> int:
    """A question that is being put to the network."""
    hours = Hours.latvia(town.settings.zone, {})
    now = town.clock.now()
    day = rules.offered_days(now, hours)[[*rules.WORKING_DAYS].index(days)]
    deadline = rules.deadline_on(day, now, hours)
    assert deadline is not None
    async with town.open_database() as database, database.write() as db:
        number = await store_opinions.draft(db, network, await _number(town, by), question, deadline, now)
        drafted = await store_opinions.opinion(db, number)
        assert drafted is not None
        await store_opinions.step(db, drafted, Stage.ASKING, now)
    await town.tick()
    return number
