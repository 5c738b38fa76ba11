"""What a receiver without Telegram is written by e-mail: that something waits behind a link, and nothing of anybody.

A letter names no person, no kind of help and no place; the link in it is new each time and leads to the page
(`bot.web`). What is over has no link: there is nothing to do any more.
"""

from datetime import time, timedelta
from enum import StrEnum

from bot.calendar import wall
from bot.referrals.by_letter import links
from bot.referrals.referral import Circle, Ending
from bot.turn import Mail, Tick
from bot.words import Fact, phrase


class Letter(StrEnum):
    """Which letter; the last word of the keys of its subject and body."""

    REQUESTED = "requested"
    REMINDER = "reminder"
    TIME_WANTED = "time_wanted"
    """Accepted, and no time was named yet."""
    TIMES = "times"
    """The young person offers times."""
    OTHER_TIME = "other_time"
    LAPSED = "lapsed"
    APPOINTED = "appointed"
    CALLED_OFF = "called_off"
    NEAR = "near"
    WHAT_HAPPENED = "what_happened"
    AGAIN = "again"
    ANEW = "anew"
    """A new link was asked for on the page of an expired one."""
    TAKEN_BACK = "taken_back"
    OVER = "over"


_LAST = frozenset({Letter.TAKEN_BACK, Letter.OVER})


async def write(tick: Tick, before: Circle, after: Circle, letter: Letter) -> None:
    """Write this letter where the receiver reads letters; the time it tells of is the one that stands, or that stood.

    Who said that it is not for them, or whose letters come back, is written to no more.
    """
    address = after.referral.to
    if address.email is None or after.referral.reason is Ending.NOT_DELIVERED:
        return
    facts: dict[str, Fact] = {}
    at = after.referral.meeting.at or before.referral.meeting.at
    if at is not None:
        facts["when"] = at
    if letter in _LAST:
        number = 0
    else:
        public, days = tick.settings.public_url, tick.settings.link_days
        if public is None:  # the route by e-mail was switched off meanwhile; silence is answered by the ladder
            return
        until = tick.now.astimezone(tick.zone).date() + timedelta(days=days)
        expires_at = wall(until + timedelta(days=1), time(0), tick.zone)  # that day itself is included
        link = await links.make(tick.db, after.referral.id, tick.now, expires_at)
        number = link.id
        facts |= {"link": public.rstrip("/") + link.path, "until": until}
    _send(tick, after, letter, number, facts, about=after.youth.id)


async def write_left(tick: Tick, circle: Circle) -> None:
    """It is taken back because the young person left; `about` nobody, or it would go with them."""
    if circle.referral.to.email is not None:
        _send(tick, circle, Letter.TAKEN_BACK, 0, {}, about=None)


def _send(tick: Tick, circle: Circle, letter: Letter, number: int, facts: dict[str, Fact], about: int | None) -> None:
    address = circle.referral.to
    if address.email is None:
        raise AssertionError("a letter needs an address")
    tick.write(
        Mail(
            address.email,
            address.reads,
            phrase(f"referrals.staff.letter.subject.{letter.value}"),
            phrase(f"referrals.staff.letter.body.{letter.value}", **facts),
            once=f"referral:{circle.referral.id}:mail:{number}",
            about=about,
        )
    )
