"""The morning digest falls due: how much waits, in numbers, for whoever has anything waiting; once a day."""

from collections.abc import Sequence

from bot.calendar import Hours
from bot.checkins import digest, store_day
from bot.checkins.chat_digest import OpenDigest
from bot.checkins.chat_today import parts_of
from bot.checkins.screens import Today
from bot.checkins.store_day import Digest
from bot.checkins.today import NOT_WAITING, Part
from bot.people import store as people
from bot.people.own_clock import own_hours
from bot.roles import Person
from bot.routes import Routes
from bot.turn import Tick, button
from bot.words import Lines, phrase

routes = Routes()


@routes.at_tick(store_day.DIGEST_DUE)
async def due(tick: Tick) -> bool:
    """Set everybody's next morning, and tell those who have something to do today."""
    found = await store_day.digests_due(tick.db, tick.now)
    for one in found:
        async with tick.apart(one.person_id):
            person = await people.person(tick.db, one.person_id)
            if person is None or one.hour is None or one.at is None or not person.may(Today.tag):
                await store_day.claim_digest(tick.db, one, None)
                continue
            hours = await own_hours(tick, person)
            following = digest.following(one.hour, tick.now, hours)
            won = await store_day.claim_digest(tick.db, one, following)
            if won and digest.is_useful(one.at, one.hour, tick.now, hours, tick.settings.digest_useful_until):
                parts = [part for part in await parts_of(tick, person) if part.name not in NOT_WAITING]
                if parts:
                    _tell(tick, one, person, parts, hours)
    return len(found) == store_day.AT_ONCE


def _tell(tick: Tick, one: Digest, person: Person, parts: Sequence[Part], hours: Hours) -> None:
    """Numbers alone: nothing on it says of whom. Before quiet hours end it goes only to who asked for that hour."""
    assert one.at is not None
    lines = [phrase(f"checkins.staff.digest_line.{part.name.value}", number=len(part.items)) for part in parts]
    day = one.at.astimezone(hours.zone).date()
    tick.tell(
        person.id,
        phrase("checkins.staff.digest", lines=Lines(tuple(lines))),
        keyboard=(
            (button("checkins.staff.button.today", Today()),),
            (button("checkins.staff.button.digest", OpenDigest()),),
        ),
        at_night=one.chosen,
        expires_at=digest.useful_until(one.at, hours, tick.settings.digest_useful_until),
        once=f"digest:{person.id}:{day:%Y%m%d}",
    )
