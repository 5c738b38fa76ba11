"""Whoever takes back the yes to pictures of events: those who hold the events they are in hear of it at once."""

from datetime import timedelta
from typing import Final

from bot.events import rules
from bot.events.event import Event
from bot.events.files import organising
from bot.events.signup import store_pictures
from bot.people import store as people
from bot.people.rules import Leaving, Purpose, Withdrew
from bot.roles import Person
from bot.routes import Routes
from bot.turn import Tick
from bot.words import Lines, phrase

routes = Routes()

PUBLISHED_FOR: Final = timedelta(days=365)
"""How far back events are looked through: their pictures may still be shown."""


@routes.on(Withdrew)
async def take_down(tick: Tick, withdrew: Withdrew) -> None:
    """One message for each who answers for such an event, with all of theirs in it."""
    if withdrew.purpose is Purpose.PICTURES:
        await _pass_on(tick, withdrew.person_id, about=withdrew.person_id)


@routes.on(Leaving)
async def take_down_all_the_same(tick: Tick, leaving: Leaving) -> None:
    """Whoever has everything erased takes this yes back too; what is told of it must not be gone with them."""
    if await people.agreed(tick.db, leaving.person_id, Purpose.PICTURES):
        await _pass_on(tick, leaving.person_id, about=None)


async def _pass_on(tick: Tick, youth_id: int, about: int | None) -> None:
    youth = await people.person(tick.db, youth_id)
    if youth is None:
        return
    lives_in = await people.municipality_of(tick.db, youth.id)
    told: dict[int, list[Event]] = {}
    for event in await store_pictures.of(tick.db, youth.id, tick.now - PUBLISHED_FOR):
        for reader in await _who_answers(tick, event, lives_in):
            told.setdefault(reader.id, []).append(event)
    for reader_id, events in told.items():
        lines = tuple(phrase("events.staff.pictured", title=one.title, when=one.starts_at) for one in events)
        tick.tell(
            reader_id,
            phrase("events.staff.no_pictures", code_name=youth.code_name, events=Lines(lines)),
            about=about,
        )


async def _who_answers(tick: Tick, event: Event, lives_in: str | None) -> list[Person]:
    """The organisers who may know this young person; where none may, the coordinators who may."""
    for some in (organising.organisers, organising.all_in_charge):
        if known := [one for one in await some(tick.db, event) if rules.may_reach(one, lives_in)]:
            return known
    return []
