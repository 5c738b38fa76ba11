"""From a press to its effect: the referral behind it, whose it is, what the rules say, and who is told."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import assert_never

from bot.referrals import store
from bot.referrals.notices import Change, carry_out
from bot.referrals.referral import Circle, Referral, Side
from bot.referrals.rules import InThePast, Moved, MovedOn, NotNow, NotTheirs, Refusal, Sides, TooEarly, TooFar, sides
from bot.turn import Tick, Turn

Rule = Callable[[Referral, Sides, datetime], Moved | Refusal]
Explain = Callable[[Turn, Circle, NotNow], Awaitable[None]]


async def circle_as(turn: Turn, referral_id: int, side: Side) -> Circle | None:
    """The referral, for somebody who is that side of it; None for everybody else, who have then been answered."""
    circle = await store.circle(turn.db, referral_id)
    if circle is None or side not in sides(turn.person, circle.referral, circle.case):
        await turn.forbidden()
        return None
    return circle


async def act(turn: Turn, referral_id: int, side: Side, change: Change, rule: Rule, explain: Explain) -> Circle | None:
    """Do what `rule` allows, save it and tell the others; None where it is refused: then they have been answered."""
    circle = await circle_as(turn, referral_id, side)
    if circle is None:
        return None
    match rule(circle.referral, frozenset({side}), turn.now):
        case Moved() as moved:
            changed = await carry_out(turn, circle, moved, change, side)
            if changed is None:
                await turn.carry_on()
            return changed
        case NotTheirs():
            await turn.forbidden()
        case MovedOn() | InThePast() | TooFar() | TooEarly() as why:
            await explain(turn, circle, why)
        case never:
            assert_never(never)
    return None


async def act_as_receiver(tick: Tick, circle: Circle, change: Change, rule: Rule) -> Circle | Refusal:
    """The same for a receiver who came by a letter's link, which is their right: what became of it, or why not."""
    match rule(circle.referral, frozenset({Side.RECEIVER}), tick.now):
        case Moved() as moved:
            return await carry_out(tick, circle, moved, change, Side.RECEIVER) or MovedOn()
        case NotTheirs() | MovedOn() | InThePast() | TooFar() | TooEarly() as refusal:
            return refusal
        case never:
            assert_never(never)
