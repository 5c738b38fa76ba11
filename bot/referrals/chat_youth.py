"""The young person's side: agree or not, answer a proposed time, see what was passed on, take it back."""

from functools import partial

from bot.people.screens import with_help
from bot.referrals import rules, screens, store
from bot.referrals.actions import Agree, ChooseTime, Mine, Refuse, ShowMine, WithdrawMine
from bot.referrals.acts import act, circle_as
from bot.referrals.notices import Change
from bot.referrals.referral import CLOSED, Choice, Circle, Side, State
from bot.referrals.rules import InThePast, NotNow
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Keyboard, Turn, button
from bot.words import Lines, phrase

routes = Routes()
routes.offer({Role.YOUTH}, 40, screens.mine_button())

_CHANGE = {Choice.YES: Change.APPOINTED, Choice.ANOTHER: Change.ANOTHER_TIME, Choice.NO: Change.WITHDRAWN}
_ANSWER = {
    Choice.YES: "referrals.youth.time_agreed",
    Choice.ANOTHER: "referrals.youth.time_another",
    Choice.NO: "referrals.youth.withdrawn",
}


@routes.press(Agree)
async def agree(turn: Turn, action: Agree) -> None:
    agreed = await act(turn, action.referral, Side.YOUTH, Change.AGREED, rules.agree, _show_standing)
    if agreed is not None:
        _show(turn, agreed, "referrals.youth.agreed")


@routes.press(Refuse)
async def refuse(turn: Turn, action: Refuse) -> None:
    refused = await act(turn, action.referral, Side.YOUTH, Change.REFUSED, rules.refuse, _show_standing)
    if refused is not None:
        _show(turn, refused, "referrals.youth.refused")


@routes.press(ChooseTime)
async def choose_time(turn: Turn, action: ChooseTime) -> None:
    answer = partial(rules.choose, minute=action.minute, choice=action.choice)
    answered = await act(turn, action.referral, Side.YOUTH, _CHANGE[action.choice], answer, _show_standing)
    if answered is not None:
        _show(turn, answered, _ANSWER[action.choice])


@routes.press(Mine)
async def mine(turn: Turn, _action: Mine) -> None:
    """What has been agreed and where it stands."""
    found = await store.of_youth(turn.db, turn.person.id)
    if not found:
        turn.replace("referrals.youth.none", keyboard=with_help(turn.home))
        return
    lines = tuple(phrase("referrals.youth.line.one", **screens.youth_facts_of(one)) for one in found)
    turn.replace("referrals.youth.mine", keyboard=with_help(screens.mine_keyboard(found)), lines=Lines(lines))


@routes.press(ShowMine)
async def show_mine(turn: Turn, action: ShowMine) -> None:
    """One of them, with every line that is passed on; one that they have not answered yet is the question itself."""
    circle = await circle_as(turn, action.referral, Side.YOUTH)
    if circle is None:
        return
    asked = circle.referral.state is State.DRAFT
    _show(turn, circle, "referrals.youth.ask" if asked else "referrals.youth.card")


@routes.press(WithdrawMine)
async def withdraw(turn: Turn, action: WithdrawMine) -> None:
    if not action.sure:
        await _ask_whether_sure(turn, action)
        return
    withdrawn = await act(turn, action.referral, Side.YOUTH, Change.WITHDRAWN, rules.withdraw, _show_standing)
    if withdrawn is not None:
        _show(turn, withdrawn, "referrals.youth.withdrawn")


async def _ask_whether_sure(turn: Turn, action: WithdrawMine) -> None:
    circle = await circle_as(turn, action.referral, Side.YOUTH)
    if circle is None:
        return
    if circle.referral.state in CLOSED:
        _show(turn, circle, "referrals.youth.moved_on")
        return
    sure = button("referrals.youth.button.withdraw_sure", WithdrawMine(action.referral, sure=True))
    keep = button("referrals.youth.button.keep", ShowMine(action.referral))
    _show(turn, circle, "referrals.youth.withdraw_sure", with_help(((sure,), (keep,))))


async def _show_standing(turn: Turn, circle: Circle, why: NotNow) -> None:
    """A second press, or one that came late: what is true now, and what may be done with it."""
    _show(turn, circle, "referrals.youth.time_over" if isinstance(why, InThePast) else "referrals.youth.moved_on")


def _show(turn: Turn, circle: Circle, key: str, keyboard: Keyboard | None = None) -> None:
    turn.replace(
        key,
        keyboard=screens.youth_keyboard(circle) if keyboard is None else keyboard,
        about=circle.youth.id,
        **screens.youth_facts_of(circle),
        **screens.question_facts_of(circle),
        **screens.when_of(circle.referral),
    )
