"""Whose list holds what, and in which order: what waits for a receiver, and what was closed in the last month."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.referrals import ladder, rules, screens, store
from bot.referrals.actions_lists import ClosedInbox, ClosedSent
from bot.referrals.referral import Circle, Referral, Side, State
from bot.turn import Keyboard, Turn, button
from bot.words import Phrase, phrase

KEPT: Final = timedelta(days=30)
"""How long a closed referral stays on the lists."""

_NEXT: Final = {State.REQUESTED: 1, State.RECEIVED: 2, State.ACCEPTED: 3}
"""To open, to answer, to find a time for; what comes after that is the appointments."""


def rank(referral: Referral, now: datetime) -> tuple[bool, int, datetime]:
    """Where it stands on the receiver's list: overdue ones first, then by what is next. An appointment that is over
    comes before everything else, as both sides wait for its outcome; those to come stand last, by their time."""
    step = 0 if rules.has_begun(referral, now) else _NEXT.get(referral.state, 4)
    return not ladder.is_overdue(referral), step, referral.meeting.at or referral.changed_at


async def closed_received(turn: Turn) -> list[Circle]:
    """What was addressed to this person and is over, the last first."""
    found = await store.addressed_to(turn.db, turn.person.id, turn.now - KEPT)
    return [one for one in found if Side.RECEIVER in rules.sides(turn.person, one.referral, one.case)]


async def closed_sent(turn: Turn) -> list[Circle]:
    """What this person's young people were referred to and is over, the last first."""
    return await store.guided_by(turn.db, turn.person, turn.now - KEPT)


async def closed_of_youth(turn: Turn) -> list[Circle]:
    return await store.of_youth(turn.db, turn.person.id, turn.now - KEPT)


def closed_received_rows(closed: Sequence[Circle]) -> Keyboard:
    """The way to them, if there are any."""
    return ((button("referrals.staff.button.closed", ClosedInbox(), count=len(closed)),),) if closed else ()


def closed_sent_rows(closed: Sequence[Circle]) -> Keyboard:
    return ((button("referrals.staff.button.closed", ClosedSent(), count=len(closed)),),) if closed else ()


def received_line(circle: Circle, on: datetime) -> Phrase:
    """Who it was about is not said any more: it may have been withdrawn unread."""
    kind, state = screens.kind_of(circle.referral.kind), screens.staff_state(circle.referral)
    return phrase("referrals.staff.line.closed_received", on=on.date(), kind=kind, state=state)


def sent_line(circle: Circle, on: datetime) -> Phrase:
    return phrase("referrals.staff.line.closed_sent", on=on.date(), **screens.facts_of(circle))


def lines_over(closed: Iterable[Circle], zone: ZoneInfo) -> list[Phrase]:
    """What a young person reads of those that are over: what became of them, and since when."""
    return [
        phrase(
            "referrals.youth.line.closed",
            on=one.referral.changed_at.astimezone(zone).date(),
            **screens.youth_facts_of(one),
        )
        for one in closed
    ]
