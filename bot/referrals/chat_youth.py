"""The young person's side: see what was passed on, take it back; times are `chat_my_times`."""

from bot.people.menu import ShowMenu
from bot.people.screens import with_help
from bot.referrals import lists, rules, screens, store
from bot.referrals.actions import Mine, ShowMine, WithdrawMine
from bot.referrals.acts import act, circle_as
from bot.referrals.agreed import asking
from bot.referrals.agreed.screens_consent import question_facts_of
from bot.referrals.notices import Change
from bot.referrals.own_request import screens_request, store_requests
from bot.referrals.referral import CLOSED, UNOPENED, Circle, Referral, Side, State
from bot.referrals.rules import NotNow
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Keyboard, Turn, button
from bot.words import Lines, phrase

routes = Routes()
routes.offer({Role.YOUTH}, 40, screens.mine_button())


@routes.press(Mine)
async def mine(turn: Turn, _action: Mine) -> None:
    """What has been agreed and where it stands, and what became of the last ones."""
    found = await store.of_youth(turn.db, turn.person.id)
    asked_for = await store_requests.open_of_youth(turn.db, turn.person.id)
    over = await lists.closed_of_youth(turn)
    if not found and not asked_for and not over:
        menu = button("people.any.button.menu", ShowMenu())
        turn.replace("referrals.youth.none", keyboard=with_help(((screens_request.ask_button(),), (menu,))))
        return
    lines = [phrase("referrals.youth.line.one", **screens.youth_facts_of(one)) for one in found]
    waiting = [screens_request.line(one, turn.zone) for one in asked_for]
    keyboard = (
        *screens.mine_keyboard(found),
        *screens_request.drop_rows(asked_for),
        (screens_request.ask_button(),),
    )
    turn.replace(
        "referrals.youth.mine",
        keyboard=with_help(keyboard),
        lines=Lines((*lines, *waiting, *lists.lines_over(over, turn.zone))),
    )


@routes.press(ShowMine)
async def show_mine(turn: Turn, action: ShowMine) -> None:
    """One of them, with every line that is passed on; one that they have not answered yet is the question itself."""
    circle = await circle_as(turn, action.referral, Side.YOUTH)
    if circle is None:
        return
    asked = circle.referral.state is State.DRAFT and not circle.referral.awaits_guardian
    here = await asking.in_their_language(turn, circle)
    show(turn, here, "referrals.youth.ask" if asked else "referrals.youth.card")


@routes.press(WithdrawMine)
async def withdraw(turn: Turn, action: WithdrawMine) -> None:
    if not action.sure:
        await _ask_whether_sure(turn, action)
        return
    before = await circle_as(turn, action.referral, Side.YOUTH)
    if before is None:
        return
    withdrawn = await act(turn, action.referral, Side.YOUTH, Change.WITHDRAWN, rules.withdraw, show_standing)
    if withdrawn is not None:
        show(turn, withdrawn, _what_it_means(before.referral))


def _what_it_means(before: Referral) -> str:
    """Whether the receiver has read anything by now: that cannot be undone, all the rest can."""
    if not rules.is_passed_on(before):
        return "referrals.youth.withdrawn"
    read = "unread" if before.state in UNOPENED else "read"
    return f"referrals.youth.withdrawn_{read}"


async def _ask_whether_sure(turn: Turn, action: WithdrawMine) -> None:
    circle = await circle_as(turn, action.referral, Side.YOUTH)
    if circle is None:
        return
    if circle.referral.state in CLOSED:
        show(turn, circle, "referrals.youth.moved_on")
        return
    sure = button("referrals.youth.button.withdraw_sure", WithdrawMine(action.referral, sure=True))
    keep = button("referrals.youth.button.keep", ShowMine(action.referral))
    show(turn, circle, "referrals.youth.withdraw_sure", with_help(((sure,), (keep,))))


async def show_standing(turn: Turn, circle: Circle, _why: NotNow) -> None:
    """A second press, or one that came late: what is true now, and what may be done with it."""
    unanswered = circle.referral.state is State.DRAFT and not circle.referral.awaits_guardian
    show(turn, circle, "referrals.youth.ask_changed" if unanswered else "referrals.youth.moved_on")


def show(turn: Turn, circle: Circle, key: str, keyboard: Keyboard | None = None) -> None:
    turn.replace(
        key,
        keyboard=screens.youth_keyboard(circle, turn.now) if keyboard is None else keyboard,
        about=circle.youth.id,
        **screens.youth_facts_of(circle),
        **question_facts_of(circle),
        **screens.when_of(circle.referral),
    )
