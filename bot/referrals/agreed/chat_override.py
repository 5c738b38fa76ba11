"""A child is in danger: passing on without the young person's yes, with a typed reason, and everybody told of it.

Only of somebody under age, and only by whoever guides them; who coordinates there hears of it at once, with the reason,
and the young person what was passed on, to whom and why. The duty to report the danger the same day (Bērnu tiesību
aizsardzības likums s. 73) stands beside it and is not met by this.
"""

from functools import partial
from typing import Final

from bot.programme import keepers
from bot.programme.keepers import Level
from bot.programme.rules import may_guide, wants_guardian
from bot.programme.screens import case_button
from bot.referrals import rules, screens
from bot.referrals.actions import ShowSent
from bot.referrals.acts import act, circle_as
from bot.referrals.agreed import store_consents
from bot.referrals.agreed.actions_consent import Override, OverrideSure
from bot.referrals.chat_sent import show, show_standing
from bot.referrals.notices import Change
from bot.referrals.referral import Circle, Side, State
from bot.referrals.rules import MovedOn
from bot.routes import Routes
from bot.safety.actions import OpenReport
from bot.turn import Keyboard, Row, Turn, button
from bot.typed import in_one_line
from bot.words import phrase

LONGEST_REASON: Final = 300
"""Characters."""

routes = Routes()


@routes.press(Override)
async def ask(turn: Turn, action: Override) -> None:
    """What it means, before anything is done."""
    circle = await _possible(turn, action.referral)
    if circle is not None:
        sure = button("referrals.staff.button.override_sure", OverrideSure(action.referral))
        show(turn, circle, "referrals.staff.override_ask", ((sure,), *_beside(circle)))


@routes.press(OverrideSure)
async def ask_reason(turn: Turn, action: OverrideSure) -> None:
    await _ask_reason(turn, action, "referrals.staff.override_reason")


async def _ask_reason(turn: Turn, action: OverrideSure, key: str) -> None:
    circle = await _possible(turn, action.referral)
    if circle is not None:
        show(turn, circle, key, _beside(circle), most=LONGEST_REASON)
        turn.expect(action)


@routes.text(OverrideSure)
async def override(turn: Turn, action: OverrideSure, text: str) -> None:
    """The reason is typed: from now on the receiver may read it."""
    reason = in_one_line(text)
    if not 0 < len(reason) <= LONGEST_REASON:
        await _ask_reason(turn, action, "referrals.staff.override_reason_again")
        return
    circle = await _possible(turn, action.referral)
    if circle is None:
        return
    for_that = partial(rules.override, reason=reason, is_child=wants_guardian(circle.case))
    done = await act(turn, action.referral, Side.REFERRER, Change.OVERRIDDEN, for_that, show_standing)
    if done is not None:
        await store_consents.note_override(turn.db, turn.person.id, done.youth.id, turn.now)
        await _tell_coordinators(turn, done, reason)
        show(turn, done, "referrals.staff.overridden", (_report(done), *screens.show_sent_keyboard(done)))


async def _possible(turn: Turn, referral_id: int) -> Circle | None:
    """The referral, if it may be passed on so; otherwise they have been answered."""
    circle = await circle_as(turn, referral_id, Side.REFERRER)
    if circle is None:
        return None
    if not may_guide(turn.person, circle.case) or not wants_guardian(circle.case):
        await turn.forbidden()
        return None
    if circle.referral.state is not State.DRAFT:
        await show_standing(turn, circle, MovedOn())
        return None
    return circle


async def _tell_coordinators(turn: Turn, circle: Circle, reason: str) -> None:
    """Whoever coordinates there, or stands in: who did it, of whom and why; nothing of what was passed on."""
    told = (await keepers.in_charge(turn.db, circle.case.municipality, Level.LEADS)).people
    for one in told:
        if one.id != turn.person.id and _may_know(one.id, circle):
            turn.tell(
                one.id,
                phrase(
                    "referrals.staff.told_of_override",
                    **screens.facts_of(circle) | {"referrer": screens.shown(turn.person), "reason": reason},
                ),
                keyboard=((case_button(circle.case.id),),),
                about=circle.youth.id,
                at_night=True,
                once=f"referral:{circle.referral.id}:override:{one.id}",
            )


def _may_know(person_id: int, circle: Circle) -> bool:
    kept_from = {circle.case.mentor_id, circle.case.deputy_id} if circle.referral.without_mentor else set()
    return person_id not in kept_from


def _beside(circle: Circle) -> Keyboard:
    """What the law asks as well, and the way back."""
    return (_report(circle), (button("referrals.staff.button.back", ShowSent(circle.referral.id)),))


def _report(circle: Circle) -> Row:
    return (button("referrals.staff.button.report", OpenReport(circle.youth.id)),)
