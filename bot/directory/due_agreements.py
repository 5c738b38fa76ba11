"""What time brings for agreements: a reminder before one ends, and a word to coordinators without a strategic partner.

At least one strategic partner is needed; the youth council offers municipalities help in choosing.
"""

from datetime import date, datetime, timedelta

from bot.calendar import Kind, add_months, allowed, next_working_morning, wall
from bot.directory import store_agreements, store_register
from bot.directory.actions_register import ListPartners, ShowAgreement
from bot.directory.agreements import Agreement, covered
from bot.directory.chat_check import coordinators_of
from bot.directory.ending import remind_at
from bot.directory.rules import place_key
from bot.directory.screens_register import no_strategic
from bot.people import store as people
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Tick, button
from bot.words import phrase

routes = Routes()


@routes.at_tick(store_agreements.TO_REMIND)
async def remind(tick: Tick) -> bool:
    """Some days before the end of an agreement, and on its last day."""
    found = await store_agreements.to_remind(tick.db, tick.now)
    for one in found:
        async with tick.apart(one.id):
            if await store_agreements.reminded(tick.db, one, await remind_at(tick, one.until_on)):
                await _tell_of_end(tick, one)
    return len(found) == store_agreements.AT_ONCE


async def _tell_of_end(tick: Tick, one: Agreement) -> None:
    """Nobody is told of one with a partner that is out of use, or that was over before we could."""
    partner = await store_register.organization(tick.db, one.organization_id)
    today = tick.now.astimezone(tick.zone).date()
    if partner is None or partner.retired_at is not None or one.until_on is None or one.remind_at is None:
        return
    word = "ends" if today <= one.until_on else "ended"
    for coordinator in await coordinators_of(tick.db, one.municipality):
        way = ShowAgreement(one.id) if coordinator.holds(Role.COORDINATOR, partner.municipality) else None
        tick.tell(
            coordinator.id,
            phrase(
                f"directory.staff.agreement.{word}",
                name=partner.name,
                place=phrase(place_key(one.municipality)),
                last=one.until_on,
            ),
            keyboard=() if way is None else ((button("directory.staff.button.show_agreement", way),),),
            once=f"agreement:{one.id}:{coordinator.id}:{one.remind_at:%Y%m%d%H%M}",
        )


# --- a strategic partner ----------------------------------------------------------------------------------------


@routes.at_tick(store_agreements.UNWATCHED)
async def begin_to_watch(tick: Tick) -> bool:
    """A municipality with a coordinator is looked at from the next working morning on."""
    morning = next_working_morning(tick.now, await tick.hours())
    await store_agreements.watch(tick.db, await store_agreements.unwatched(tick.db), morning)
    return False


@routes.at_tick(store_agreements.TO_LOOK_AT)
async def look(tick: Tick) -> bool:
    """Without a strategic partner its coordinators are told, at once and then each month."""
    found = await store_agreements.to_look_at(tick.db, tick.now)
    for municipality, fell_at in found:
        await _look_at(tick, municipality, fell_at)
    return len(found) == store_agreements.AT_ONCE


async def _look_at(tick: Tick, municipality: str, fell_at: datetime) -> None:
    coordinators = await people.holders(tick.db, Role.COORDINATOR, municipality)
    if not coordinators:
        await store_agreements.watch_no_more(tick.db, municipality)
        return
    today = tick.now.astimezone(tick.zone).date()
    partner = covered(await store_agreements.agreements_of(tick.db, municipality), today)
    if partner is not None:
        again = None if partner.until is None else await _morning_of(tick, partner.until + timedelta(days=1))
        await store_agreements.looked_at(tick.db, municipality, fell_at, again)
        return
    again = await _morning_of(tick, add_months(today, 1))
    if not await store_agreements.looked_at(tick.db, municipality, fell_at, again):
        return
    warning = no_strategic(municipality, tick.settings.partner_help)
    for one in coordinators:
        tick.tell(
            one.id,
            warning,
            keyboard=((button("directory.staff.button.partners", ListPartners(municipality)),),),
            once=f"strategic:{municipality}:{one.id}:{fell_at:%Y%m%d%H%M}",
        )


async def _morning_of(tick: Tick, day: date) -> datetime:
    hours = await tick.hours()
    return allowed(wall(day, hours.quiet_until, hours.zone), hours, Kind.WORK).at
