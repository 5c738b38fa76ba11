"""Somebody fits: both say whether they want to meet, and are introduced once both do."""

from typing import assert_never

from bot.partnerships import matches, rules, screens, store_matches, store_wishes, wishes
from bot.partnerships.actions import SayOfMatch, ShowMatch
from bot.partnerships.matches import Match
from bot.partnerships.wishes import Wish
from bot.people import store as people
from bot.routes import Routes
from bot.turn import Tick, Turn
from bot.words import Phrase, phrase

routes = Routes()


@routes.press(ShowMatch)
async def show_match(turn: Turn, action: ShowMatch) -> None:
    found = await _mine(turn, action.match, action.partner_wish)
    if found is not None:
        await _show(turn, *found)


@routes.press(SayOfMatch)
async def say(turn: Turn, action: SayOfMatch) -> None:
    found = await _mine(turn, action.match, action.partner_wish)
    if found is None:
        return
    match, mine, other = found
    outcome = matches.say(match, mine.id, action.says, turn.now)
    match outcome:
        case matches.Over():
            await _show(turn, match, mine, other)
            return
        case matches.Waiting(changed) | matches.Introduced(changed) | matches.Ended(changed):
            if not await store_matches.save(turn.db, match, changed):
                await _show(turn, match, mine, other)
                return
        case never:
            assert_never(never)
    await turn.note(f"partner_match.{action.says.value}", "partner_match", match.id)
    if isinstance(outcome, matches.Introduced):
        await _introduce(turn, changed, mine, other)
    if isinstance(outcome, matches.Ended) and outcome.tells_other:
        turn.tell(
            other.person_id,
            phrase("partnerships.staff.said_no", organization=mine.organization or "–"),
            once=f"partner_match:{changed.id}:over",
        )
    await _show(turn, changed, mine, other)


async def _introduce(tick: Tick, match: Match, mine: Wish, other: Wish) -> None:
    """The other side hears how this one is reached; this one sees it on the page."""
    tick.tell(
        other.person_id,
        await _introduction(tick, mine),
        keyboard=screens.match_keyboard(match, other.id),
        once=f"partner_match:{match.id}:introduced",
    )


async def _introduction(tick: Tick, partner: Wish) -> Phrase:
    """Who it is and how they are reached, as they said it."""
    named = (await people.persons(tick.db, [partner.person_id]))[partner.person_id].name
    facts = {"organization": partner.organization or "–", "contact": partner.contact or "–"}
    if named is None:
        return phrase("partnerships.staff.introduced_nameless", **facts)
    return phrase("partnerships.staff.introduced", name=named, **facts)


async def _show(turn: Turn, match: Match, mine: Wish, other: Wish) -> None:
    """Who fits and why; and where it stands."""
    if match.introduced_at is not None:
        turn.replace_with(await _introduction(turn, other), screens.match_keyboard(match, mine.id))
        return
    key = _stands(match, mine)
    reasons = wishes.fits(mine, other, turn.now.astimezone(turn.zone).date())
    turn.replace(
        f"partnerships.staff.{key}",
        keyboard=screens.match_keyboard(match, mine.id),
        wish=screens.described(other),
        why=phrase("partnerships.any.no_longer_fits") if reasons is None else screens.why(reasons),
    )


def _stands(match: Match, mine: Wish) -> str:
    """Which words say where it stands, of those that are not introduced yet."""
    if match.ended_at is not None:
        return "match_over"
    return "match" if match.said_by(mine.id) is None else "match_waits"


async def _mine(turn: Turn, match_id: int, wish_id: int) -> tuple[Match, Wish, Wish] | None:
    """The match with one's own wish and the other; otherwise the one sentence for not there and not theirs."""
    match, mine = await store_matches.match(turn.db, match_id), await store_wishes.wish(turn.db, wish_id)
    if (
        match is None
        or mine is None
        or wish_id not in (match.wish_id, match.other_id)
        or not rules.owns(turn.person, mine)
    ):
        await turn.forbidden()
        return None
    other = await store_wishes.wish(turn.db, match.across(wish_id))
    if other is None:
        await turn.forbidden()
        return None
    return match, mine, other
