"""Invitations to events: whom one may reach, who runs them, and what is too late; writing is in `drafts`, sending in
`sending`, answering in `signing`.

Pure: time is an argument. A coordinator of one municipality never reaches another's people.
"""

from datetime import datetime

from bot.events.event import OFF, Event, State
from bot.roles import Person, Role

# --- whose is it ------------------------------------------------------------------------------------------------


def may_reach(person: Person, municipality: str | None) -> bool:
    """Whether they may write to the people of that municipality; to all Latvia only with a role for the whole."""
    return person.holds(Role.COORDINATOR, municipality)


def own_places(person: Person) -> tuple[str | None, ...]:
    """The municipalities they coordinate, None for the whole country, in a steady order."""
    codes = {grant.municipality for grant in person.grants if grant.role is Role.COORDINATOR}
    return tuple(sorted(codes, key=lambda code: code or ""))


def may_run(person: Person, event: Event) -> bool:
    """Whether they may see its numbers, stop and cancel it: every coordinator of its municipality may."""
    return may_reach(person, event.audience.municipality)


# --- answering it -----------------------------------------------------------------------------------------------


class Started:
    """Too late: the event has begun."""


class CalledOff:
    """The event was cancelled."""


def may_cancel(event: Event, now: datetime) -> bool:
    """Whether it can still be cancelled: sent, not cancelled before, not begun."""
    return event.state in (State.SENDING, State.SENT, State.STOPPED) and now < event.starts_at


def will_remind(event: Event, now: datetime) -> bool:
    """Whether somebody who says yes now will be reminded."""
    return event.remind_at is not None and now < event.remind_at and event.state not in OFF
