"""What the tests of the partner page share: a referral to a desk that reads letters, at each point of its road."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app import all_routes
from bot.delivery import outbox
from bot.demo.mailbox import Letter
from bot.people import arrivals
from bot.people import store as people_store
from bot.referrals import rules, store
from bot.referrals.acts import Rule
from bot.referrals.agreed.wording import texts_of
from bot.referrals.notices import Change, carry_out
from bot.referrals.referral import Address, Choice, Circle, Kind, PassedOn, Side, hash_of
from bot.referrals.store import Draft
from bot.roles import Grant, Role
from bot.storage.database import Database
from bot.storage.tables import organizations, services
from bot.turn import Tick
from bot.words import Language
from tests.chats.referrals_talk import case_of
from tests.town.inhabitant import Inhabitant
from tests.town.mailbox import Mailbox
from tests.town.town import Town
from tests.web.visitor import PUBLIC, Visitor

DESK: Final = "desk@partner.example"
NAME: Final = "Jauniešu centrs „Kopā”"
L: Final = "referrals.staff.letter"
NOTE: Final = "Interesē fotografēšana"


async def requested(
    town: Town,
    reads: Language = Language.LV,
    note: str = NOTE,
    name: str = NAME,
    danger: str = "",
) -> tuple[Inhabitant, Inhabitant, Visitor]:
    """Anna has agreed to be referred to a desk, or is a child in danger; the link in its letter is at hand."""
    town.turn_mail_on()
    mailbox = town.mailbox(DESK, reads)
    anna, marta = await people(town)
    case_id = await case_of(town, "anna", "marta")
    person, mentor = await town.person("anna"), await town.person("marta")
    passed = PassedOn(person.code_name, "18_28", "LV-067", Language.LV, "talk", note, "Marta")
    async with town.open_database() as database, database.write() as db:
        service = await _service(db, town.clock.now(), reads, name)
        to = Address(name, reads, service_id=service, email=DESK)
        texts = texts_of(passed, frozenset({reads, Language.LV}), town.settings.zone)
        drafted = await store.add(db, Draft(case_id, Kind.PARTNER, mentor.id, to, passed, texts), town.clock.now())
    if danger:
        override = partial(rules.override, reason=danger, is_child=True)
        await acts(town, drafted.id, Side.REFERRER, Change.OVERRIDDEN, override)
    else:
        yes = partial(rules.agree, shown=hash_of(drafted.text)[:12])
        await acts(town, drafted.id, Side.YOUTH, Change.AGREED, yes)
    await town.settle()
    letter = mailbox.sees(f"{L}.body.requested")
    rest(anna, marta)
    return anna, marta, Visitor(town, path_in(letter), reads)


async def people(town: Town) -> tuple[Inhabitant, Inhabitant]:
    """Anna and her mentor, each known to the bot."""
    anna, marta = town.newcomer("anna"), town.newcomer("marta")
    marta.is_staff = True
    for one in (anna, marta):
        await one.phone.send("/start")  # taken up with the letter, when the bot next looks
    async with town.open_database() as database, database.write() as db:
        for one in (anna, marta):
            known = await arrivals.known(db, one.phone.id, one.language.value, frozenset(), town.clock.now())
            await people_store.set_language(db, known.person.id, one.language)
        await people_store.set_name(db, known.person.id, "Marta")
        await people_store.grant(db, known.person.id, Grant(Role.MENTOR, "LV-067"), town.clock.now())
    return anna, marta


async def _service(db: AsyncConnection, now: datetime, reads: Language, name: str) -> int:
    made = await db.execute(
        insert(organizations)
        .values(code="kopa", name=name[:120], kind="youth_centre", municipality="LV-067", changed_at=now)
        .returning(organizations.c.id)
    )
    added = await db.execute(
        insert(services)
        .values(
            code="kopa-1", organization_id=made.scalar_one(), name=name[:120], kind="partner", languages=["lv"],
            areas=["LV-067"], offers=[], email=DESK, reads=reads.value, verified_at=now, changed_at=now,
        )
        .returning(services.c.id)
    )  # fmt: skip
    return int(added.scalar_one())


@asynccontextmanager
async def elsewhere(town: Town) -> AsyncIterator[Database]:
    database = Database(town.settings.database_url)
    try:
        yield database
    finally:
        await database.close()


async def acts(town: Town, referral: int, side: Side, change: Change, rule: Rule) -> Circle:
    """That side does this, as by a press in its chat; by a connection of its own, as others may be at work."""
    async with elsewhere(town) as database, database.write() as db:
        tick = Tick(town.clock.now(), db, town.settings.zone, all_routes().subscribers, settings=town.settings)
        circle = await store.circle(db, referral)
        assert circle is not None
        moved = rule(circle.referral, frozenset({side}), tick.now)
        assert isinstance(moved, rules.Moved), moved
        changed = await carry_out(tick, circle, moved, change, side)
        assert changed is not None
        await outbox.add(db, tick.said, tick.now)
    return changed


def path_in(letter: Letter) -> str:
    """The link of a letter, without the public address."""
    assert letter.link is not None
    return letter.link.removeprefix(PUBLIC)


async def referral_id(town: Town) -> int:
    return int((await town.rows("SELECT max(id) AS id FROM referrals"))[0].id)


async def opened(town: Town, reads: Language = Language.LV) -> tuple[Inhabitant, Inhabitant, Visitor]:
    """The desk has opened it."""
    anna, marta, desk = await requested(town, reads)
    await desk.opens()
    return anna, marta, desk


async def appointed(town: Town) -> tuple[Inhabitant, Inhabitant, Visitor]:
    """The desk has offered a time, and Anna has taken it."""
    anna, marta, desk = await opened(town)
    at = town.clock.now() + timedelta(days=2)
    propose = partial(rules.propose, side=Side.RECEIVER, times=[at])
    await acts(town, await referral_id(town), Side.RECEIVER, Change.PROPOSED, propose)
    choose = partial(rules.choose, side=Side.YOUTH, minute=rules.minute_of(at), choice=Choice.YES)
    await acts(town, await referral_id(town), Side.YOUTH, Change.APPOINTED, choose)
    return anna, marta, desk


async def met(town: Town) -> tuple[Inhabitant, Inhabitant, Visitor]:
    """The time of the appointment has come and gone."""
    anna, marta, desk = await appointed(town)
    await town.move_to(town.later(hours=51))
    return anna, marta, desk


async def state(town: Town) -> str:
    return str((await town.rows("SELECT state FROM referrals ORDER BY id DESC"))[0].state)


def rest(*people: Inhabitant | Mailbox) -> None:
    """Whatever came does not matter to this test."""
    for one in people:
        one.reads_rest()
