"""Whom an invitation spares though they are of its audience, in SQL: the first reason why, as a number."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, case, false, not_, or_, select

from bot.events.audience import Group
from bot.events.whom.asking import Asking
from bot.events.whom.audience_choices import holds_youth
from bot.events.whom.reach import LeftOut
from bot.events.whom.store_belonging import IS_STAFF
from bot.people.rules import Purpose
from bot.people.store import has_agreed
from bot.storage.tables import alerts, blocks, invitations, mutes, people

WEEK: Final = timedelta(days=7)

NOTHING: Final = 0
NUMBERS: Final[Mapping[LeftOut, int]] = {why: number for number, why in enumerate(LeftOut, start=1)}
STAFF: Final = 100
"""Added to the number of a reason where it is one of the staff."""

IN_CARE: Final = people.c.id.in_(
    select(alerts.c.youth_id).where(alerts.c.closed_at.is_(None), alerts.c.youth_id.is_not(None))
)
"""As `bot.delivery.outbox` holds it: what goes to many waits while an alert of theirs is open."""


def agreed() -> ColumnElement[bool]:
    """The consent to be invited stands; without it `bot.delivery.outbox` takes no invitation for a young person."""
    return has_agreed(Purpose.EVENTS)


def barred(now: datetime | ColumnElement[datetime]) -> ColumnElement[bool]:
    """Staff closed the bot to them, and it still is at that moment."""
    return people.c.id.in_(select(blocks.c.person_id).where(or_(blocks.c.until.is_(None), blocks.c.until > now)))


def why_not(asked: Asking) -> ColumnElement[int]:
    """The number of the first reason why somebody of the audience gets no invitation now; nought for none.

    Of staff it is `STAFF` more, so that one look at each person tells all. What is costly is asked last.
    """
    muted = select(mutes.c.person_id).where(mutes.c.person_id == people.c.id, mutes.c.subject == asked.subject).exists()
    cannot = or_(people.c.unreachable_at.is_not(None), barred(asked.now))
    of_staff = case((cannot, STAFF + NUMBERS[LeftOut.CANNOT]), (muted, STAFF + NUMBERS[LeftOut.MUTED]), else_=STAFF)
    of_youth = case(
        (or_(cannot, not_(agreed()), IN_CARE), NUMBERS[LeftOut.CANNOT]),
        (muted, NUMBERS[LeftOut.MUTED]),
        (_is_tired(asked), NUMBERS[LeftOut.TIRED]),
        else_=NOTHING,
    )
    if not holds_youth(asked.audience):
        return of_staff
    if asked.audience.groups == {Group.YOUTH}:
        return of_youth
    return case((IS_STAFF, of_staff), else_=of_youth)


def _is_tired(asked: Asking) -> ColumnElement[bool]:
    """Invited to as many events within the week as the settings allow; with no limit at all (0) nobody tires."""
    if asked.most_a_week == 0:
        return false()
    recent = (
        select(invitations.c.id)
        .where(invitations.c.person_id == people.c.id, invitations.c.invited_at > asked.now - WEEK)
        .limit(1)
        .offset(asked.most_a_week - 1)
    )
    return recent.exists()
