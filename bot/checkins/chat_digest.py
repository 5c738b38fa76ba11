"""/digest: at which hour the morning digest comes, or that it does not."""

from dataclasses import dataclass
from datetime import time
from typing import ClassVar, Final

from bot.actions import Action
from bot.checkins import digest, store_day
from bot.checkins.screens import Today
from bot.people import store as people
from bot.people.own_clock import own_hours
from bot.routes import Routes
from bot.turn import Button, Keyboard, Turn, button
from bot.words import Phrase, phrase

routes = Routes()

_A_ROW: Final = 3


@dataclass(frozen=True, slots=True)
class OpenDigest(Action):
    """When the digest comes, and the hours to choose from."""

    tag: ClassVar[str] = "checkins.digest"


@dataclass(frozen=True, slots=True)
class SetDigest(Action):
    """At that hour, in minutes since midnight; None: not at all."""

    tag: ClassVar[str] = "checkins.set_digest"
    minutes: int | None = None


@routes.command("digest")
async def digest_typed(turn: Turn, _: str) -> None:
    await _show(turn)


@routes.press(OpenDigest)
async def open_digest(turn: Turn, _: OpenDigest) -> None:
    await _show(turn)


async def _show(turn: Turn) -> None:
    """Whoever has never had one begins here."""
    found = await store_day.digest(turn.db, turn.person.id)
    if found.hour is not None and found.at is None:
        hours = await own_hours(turn, turn.person)
        await people.start_digest(turn.db, turn.person.id, digest.following(found.hour, turn.now, hours))
    turn.replace("checkins.staff.digest_settings", now=_said(found.hour), keyboard=_hours())


def _said(hour: time | None) -> Phrase:
    if hour is None:
        return phrase("checkins.staff.digest_off")
    return phrase("checkins.staff.digest_on", hour=f"{hour:%H:%M}")


def _hours() -> Keyboard:
    hours: list[Button] = [
        button("checkins.staff.button.digest_hour", SetDigest(at.hour * 60 + at.minute), hour=f"{at:%H:%M}")
        for at in digest.HOURS
    ]
    return (
        *(tuple(hours[first : first + _A_ROW]) for first in range(0, len(hours), _A_ROW)),
        (button("checkins.staff.button.no_digest", SetDigest()),),
        (button("checkins.staff.button.today", Today()),),
    )


@routes.press(SetDigest)
async def set_digest(turn: Turn, action: SetDigest) -> None:
    hour = None
    if action.minutes is not None:
        hour = next((at for at in digest.HOURS if at.hour * 60 + at.minute == action.minutes), None)
        if hour is None:
            await turn.forbidden()
            return
    next_at = None if hour is None else digest.following(hour, turn.now, await own_hours(turn, turn.person))
    await store_day.set_digest(turn.db, turn.person.id, hour, next_at)
    turn.replace("checkins.staff.digest_settings", now=_said(hour), keyboard=_hours())
