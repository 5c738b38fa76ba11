"""Who is told what when a referral moves: every side but the one who moved it, never what is talked about."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Final

from bot.referrals import ladder, screens, store
from bot.referrals.referral import UNOPENED, Circle, Side, State
from bot.referrals.rules import Moved
from bot.roles import Person
from bot.turn import Tick, Turn
from bot.words import Fact, phrase


class Change(StrEnum):
    """What somebody did; the last word of the audit line and of the notices' keys."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    PROPOSED = "proposed"
    ANOTHER_TIME = "another_time"
    APPOINTED = "appointed"
    CALLED_OFF = "called_off"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"
    TAKEN_BACK = "taken_back"
    FAILED = "failed"
    CASE_ENDED = "case_ended"


_TOLD: Final[Mapping[Change, frozenset[Side]]] = {
    Change.ASKED: frozenset({Side.YOUTH}),
    Change.AGREED: frozenset({Side.REFERRER, Side.RECEIVER}),
    Change.REFUSED: frozenset({Side.REFERRER}),
    Change.RECEIVED: frozenset({Side.YOUTH, Side.REFERRER}),
    Change.ACCEPTED: frozenset({Side.YOUTH, Side.REFERRER}),
    Change.DECLINED: frozenset({Side.YOUTH, Side.REFERRER}),
    Change.PROPOSED: frozenset({Side.YOUTH, Side.REFERRER}),
    Change.ANOTHER_TIME: frozenset({Side.RECEIVER, Side.REFERRER}),
    Change.APPOINTED: frozenset({Side.RECEIVER, Side.REFERRER}),
    Change.CALLED_OFF: frozenset({Side.YOUTH, Side.REFERRER}),
    Change.COMPLETED: frozenset({Side.YOUTH, Side.REFERRER}),
    Change.WITHDRAWN: frozenset({Side.REFERRER, Side.RECEIVER}),
    Change.TAKEN_BACK: frozenset(Side),
    Change.FAILED: frozenset(Side),
    Change.CASE_ENDED: frozenset({Side.YOUTH, Side.RECEIVER}),
}
"""Who is told of each change; whoever made it is answered by their own screen."""


async def carry_out(turn: Turn, circle: Circle, moved: Moved, change: Change) -> Circle | None:
    """Save what the rules allowed, note it and tell the others; None where somebody else was quicker."""
    after = ladder.planned(moved.after, await turn.hours())
    if not await store.save(turn.db, circle.referral, after):
        return None
    await turn.note(f"referral.{change.value}", "referral", after.id)
    changed = replace(circle, referral=after)
    tell(turn, circle, changed, change)
    return changed


def tell(tick: Tick, before: Circle, after: Circle, change: Change) -> None:
    """Tell everybody whom this change concerns."""
    told = _TOLD[change]
    if Side.YOUTH in told:
        _tell_youth(tick, before, after, change)
    if Side.REFERRER in told and after.referrer is not None and not _has_pressed(tick, after.referrer):
        _tell_referrer(tick, before, after, after.referrer, change)
    if Side.RECEIVER in told and after.receiver is not None and after.referral.text_hash is not None:
        _tell_receiver(tick, before, after, after.receiver, change)


def _has_pressed(tick: Tick, person: Person) -> bool:
    """Whether this is the very person whose press is being answered; they may be two sides at once."""
    return isinstance(tick, Turn) and tick.person.id == person.id


def _tell_youth(tick: Tick, before: Circle, after: Circle, change: Change) -> None:
    referral = after.referral
    if change is Change.ASKED:
        what = screens.question(after, "referrals.youth.ask")
    else:
        word = change.value if referral.outcome is None else referral.outcome.value
        facts = screens.youth_facts_of(after) | _when(before, after)
        what = phrase(f"referrals.youth.told.{word}", **facts)
    tick.tell(after.youth.id, what, keyboard=screens.youth_keyboard(after))


def _when(before: Circle, after: Circle) -> dict[str, Fact]:
    """The time that stands now, or the one that stood until now."""
    return screens.when_of(after.referral) or screens.when_of(before.referral)


def _tell_referrer(tick: Tick, before: Circle, after: Circle, referrer: Person, change: Change) -> None:
    referral = after.referral
    facts = screens.facts_of(after) | _when(before, after)
    keyboard = screens.show_sent_keyboard(after)
    if change is Change.DECLINED and referral.reason is not None:
        facts["reason"] = phrase(f"referrals.staff.reason.{referral.reason.value}")
        keyboard = ((screens.choose_other_button(after),),)
    if change is Change.COMPLETED and referral.outcome is not None:
        facts["outcome"] = phrase(f"referrals.staff.outcome.{referral.outcome.value}")
    tick.tell(
        referrer.id,
        phrase(f"referrals.staff.sender_told.{change.value}", **facts),
        keyboard=keyboard,
        about=after.youth.id,
    )


def _tell_receiver(tick: Tick, before: Circle, after: Circle, receiver: Person, change: Change) -> None:
    """Before they open it they learn no more than the kind: it can still be withdrawn unseen."""
    referral = after.referral
    facts = screens.receiver_facts_of(before) | screens.when_of(referral)
    ended = referral.state in (State.CANCELLED, State.FAILED)
    tick.tell(
        receiver.id,
        phrase(_ended_key(before) if ended else f"referrals.staff.receiver_told.{change.value}", **facts),
        keyboard=screens.inbox_keyboard() if ended else screens.open_keyboard(referral),
        about=after.youth.id,
    )


def tell_left(tick: Tick, circle: Circle, receiver: Person) -> None:
    """Tell the receiver that it is off because the young person left; `about` nobody, or it would go with them."""
    ended = phrase(_ended_key(circle), **screens.receiver_facts_of(circle))
    tick.tell(receiver.id, ended, keyboard=screens.inbox_keyboard())


def _ended_key(before: Circle) -> str:
    unopened = before.referral.state in UNOPENED
    return f"referrals.staff.receiver_told.{'unopened' if unopened else 'opened'}_ended"
