"""A parent's or guardian's yes, which whoever guides the young person got in person: its form and its day."""

from datetime import date, timedelta
from typing import Final

from bot.referrals import rules
from bot.referrals.actions import ShowSent
from bot.referrals.acts import act, circle_as
from bot.referrals.agreed import store_guardians
from bot.referrals.agreed.actions_consent import GuardianDay, GuardianForm, GuardianOn, KeepGuardian, RecordGuardian
from bot.referrals.chat_sent import show, show_standing
from bot.referrals.notices import Change
from bot.referrals.referral import Circle, Side
from bot.referrals.rules import MovedOn
from bot.routes import Routes
from bot.turn import Row, Turn, button
from bot.typed import typed_day

LONGEST_AGO: Final = timedelta(days=365)
"""An older yes was to something else."""

routes = Routes()


@routes.press(RecordGuardian)
async def ask_form(turn: Turn, action: RecordGuardian) -> None:
    circle = await _awaiting(turn, action.referral)
    if circle is None:
        return
    forms = tuple(
        (button(f"referrals.staff.button.guardian_{one.value}", GuardianOn(action.referral, one)),)
        for one in GuardianForm
    )
    show(turn, circle, "referrals.staff.guardian_form", (*forms, _not_yet(circle)))


@routes.press(GuardianOn)
async def ask_day(turn: Turn, action: GuardianOn) -> None:
    await _ask_day(turn, action, "referrals.staff.guardian_day")


async def _ask_day(turn: Turn, action: GuardianOn, key: str) -> None:
    circle = await _awaiting(turn, action.referral)
    if circle is None:
        return
    days = tuple(
        button(f"referrals.staff.button.guardian_{one.value}", KeepGuardian(action.referral, action.form, one))
        for one in GuardianDay
    )
    show(turn, circle, key, (days, _not_yet(circle)))
    turn.expect(action)


@routes.press(KeepGuardian)
async def keep(turn: Turn, action: KeepGuardian) -> None:
    today = turn.now.astimezone(turn.zone).date()
    day = today if action.day is GuardianDay.TODAY else today - timedelta(days=1)
    await _record(turn, action.referral, action.form, day)


@routes.text(GuardianOn)
async def typed(turn: Turn, action: GuardianOn, text: str) -> None:
    today = turn.now.astimezone(turn.zone).date()
    day = typed_day(text, today - LONGEST_AGO)
    if day is None or not today - LONGEST_AGO <= day <= today:
        await _ask_day(turn, action, "referrals.staff.guardian_day_unreadable")
    else:
        await _record(turn, action.referral, action.form, day)


async def _record(turn: Turn, referral_id: int, form: GuardianForm, day: date) -> None:
    """From now on it holds for every referral of that case and kind; this one is passed on."""
    released = await act(turn, referral_id, Side.REFERRER, Change.RELEASED, rules.release, show_standing)
    if released is None:
        return
    kind = released.referral.kind
    await store_guardians.record(turn.db, released.case.id, kind, form, day, turn.person.id, turn.now)
    await turn.note("guardian.recorded", "referral", referral_id)
    show(turn, released, "referrals.staff.guardian_recorded")


async def _awaiting(turn: Turn, referral_id: int) -> Circle | None:
    """The referral, where a guardian's yes is all that is missing; otherwise they have been answered."""
    circle = await circle_as(turn, referral_id, Side.REFERRER)
    if circle is None or circle.referral.awaits_guardian:
        return circle
    await show_standing(turn, circle, MovedOn())
    return None


def _not_yet(circle: Circle) -> Row:
    return (button("referrals.staff.button.back", ShowSent(circle.referral.id)),)
