"""The young person's yes: to the very text, line by line; or no."""

from functools import partial

from bot.referrals import rules
from bot.referrals.actions import Agree, Refuse
from bot.referrals.acts import act, circle_as
from bot.referrals.agreed import asking, guardians
from bot.referrals.agreed.actions_consent import Preview, Strike
from bot.referrals.agreed.screens_consent import strike_keyboard
from bot.referrals.chat_youth import show, show_standing
from bot.referrals.notices import Change
from bot.referrals.referral import Circle, Guardianship, Side, State
from bot.referrals.rules import MovedOn
from bot.routes import Routes
from bot.turn import Turn

routes = Routes()


@routes.press(Agree)
async def agree(turn: Turn, action: Agree) -> None:
    """Yes to the text with that hash; for somebody under age a parent or guardian may have to agree as well."""
    asked = await circle_as(turn, action.referral, Side.YOUTH)
    if asked is None:
        return
    wanted = asked.referral.guardian is Guardianship.WANTED
    missing = wanted and await guardians.is_missing(turn, asked.case, asked.referral.kind)
    change = Change.AWAITS_GUARDIAN if missing else Change.AGREED
    to_that = partial(rules.agree, shown=action.shown, guardian_missing=missing)
    agreed = await act(turn, action.referral, Side.YOUTH, change, to_that, show_standing)
    if agreed is not None:
        show(turn, agreed, "referrals.youth.agreed_guardian" if missing else "referrals.youth.agreed")


@routes.press(Refuse)
async def refuse(turn: Turn, action: Refuse) -> None:
    refused = await act(turn, action.referral, Side.YOUTH, Change.REFUSED, rules.refuse, show_standing)
    if refused is not None:
        wanted = refused.referral.guardian is not None
        show(turn, refused, "referrals.youth.refused_guardian" if wanted else "referrals.youth.refused")


@routes.press(Preview)
async def preview(turn: Turn, action: Preview) -> None:
    """Line by line: what may be left out, and what has to stay."""
    circle = await circle_as(turn, action.referral, Side.YOUTH)
    if circle is None:
        return
    if circle.referral.state is not State.DRAFT or circle.referral.awaits_guardian:
        await show_standing(turn, circle, MovedOn())
        return
    _show_lines(turn, await asking.in_their_language(turn, circle))


@routes.press(Strike)
async def strike(turn: Turn, action: Strike) -> None:
    circle = await circle_as(turn, action.referral, Side.YOUTH)
    if circle is None:
        return
    match await asking.strike(turn, circle, action.line):
        case Circle() as struck:
            _show_lines(turn, struck)
        case _:
            await show_standing(turn, circle, MovedOn())


def _show_lines(turn: Turn, circle: Circle) -> None:
    show(turn, circle, "referrals.youth.preview", strike_keyboard(circle.referral))
