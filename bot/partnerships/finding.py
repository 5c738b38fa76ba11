"""Looks for who fits a wish, tells both, and shows what was found."""

from bot.calendar import add_working_days
from bot.partnerships import matches, screens, store_matches, store_wishes, wishes
from bot.partnerships.actions import BeginWish
from bot.partnerships.matches import Match
from bot.partnerships.wishes import Reasons, Wish
from bot.turn import Tick, Turn, button
from bot.words import Lines, phrase


async def look(tick: Tick, wish: Wish) -> None:
    """Match it with every open wish on the other side; both hear of a new match, each as a notice of its own."""
    hours = await tick.hours()
    due = add_working_days(tick.now, matches.ANSWER_WITHIN_DAYS, hours)
    for other, reasons in await fitting(tick, wish):
        match = await store_matches.find(tick.db, wish.id, other.id, due)
        if match is not None:
            tell(tick, match, wish, other, reasons)
            tell(tick, match, other, wish, reasons)


async def fitting(tick: Tick, wish: Wish) -> list[tuple[Wish, Reasons]]:
    """Who fits now, the best first."""
    today = tick.now.astimezone(tick.zone).date()
    found = [
        (other, reasons)
        for other in await store_wishes.open_on(tick.db, wish.side.other)
        if (reasons := wishes.fits(wish, other, today)) is not None
    ]
    return sorted(found, key=lambda one: (-one[1].weight, one[0].id))


def tell(tick: Tick, match: Match, mine: Wish, other: Wish, reasons: Reasons) -> None:
    """Whoever looks hears who fits, and why."""
    tick.tell(
        mine.person_id,
        phrase("partnerships.staff.found", wish=screens.described(other), why=screens.why(reasons)),
        keyboard=screens.match_keyboard(match, mine.id),
        once=f"partner_match:{match.id}:{mine.id}",
    )


async def show_all(turn: Turn) -> None:
    """One's own wishes, and whoever fits them."""
    mine = {wish.id: wish for wish in await store_wishes.of_person(turn.db, turn.person.id)}
    new = (button("partnerships.staff.button.begin", BeginWish()),)
    if not mine:
        turn.replace("partnerships.staff.no_wishes", keyboard=(new, screens.hub_row()))
        return
    found = await store_matches.of_wishes(turn.db, list(mine))
    rows = [screens.wish_row(wish) for wish in mine.values()]
    for match in found:
        own = match.wish_id if match.wish_id in mine else match.other_id
        other = await store_wishes.wish(turn.db, match.across(own))
        if other is not None:
            rows.append(screens.match_row(match, own, other))
    turn.replace(
        "partnerships.staff.wishes",
        keyboard=(*rows, new, screens.hub_row()),
        wishes=Lines(tuple(screens.described(wish) for wish in mine.values())),
        count=len(found),
    )


async def show_one(turn: Turn, wish: Wish) -> None:
    """One wish as a whole."""
    key = "wish_open" if wish.is_open else "wish_draft"
    turn.replace(
        f"partnerships.staff.{key}",
        keyboard=screens.wish_keyboard(wish),
        wish=screens.described(wish),
        contact=wish.contact or "–",
    )


async def close(tick: Tick, wish: Wish) -> None:
    """It is over: whoever was asked about it, and said yes or nothing yet, hears that."""
    if not await store_wishes.close(tick.db, wish.id, tick.now):
        return
    for match in await store_matches.of_wishes(tick.db, [wish.id]):
        if match.is_open and await store_matches.save(tick.db, match, matches.ended(match, tick.now)):
            other = await store_wishes.wish(tick.db, match.across(wish.id))
            if other is not None and match.said_by(other.id) is matches.Says.YES:
                tick.tell(
                    other.person_id,
                    phrase("partnerships.staff.looks_no_more", organization=wish.organization or "–"),
                    once=f"partner_match:{match.id}:over",
                )
