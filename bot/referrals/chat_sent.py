"""The referrer's side afterwards: where the referrals stand, taking one back, asking somebody else."""

from datetime import datetime

from bot.programme import cards
from bot.referrals import ladder, lists, rules, screens, store
from bot.referrals.actions import ChooseReceiver, GiveUp, Sent, ShowSent, TakeBack
from bot.referrals.acts import act, circle_as
from bot.referrals.choosing.chat_choose import choose_receiver
from bot.referrals.closed import store_sessions
from bot.referrals.notices import Change
from bot.referrals.own_request import asked_people, screens_request
from bot.referrals.referral import CLOSED, Circle, Referral, Side
from bot.referrals.rules import Moved, NotNow, Refusal, Sides
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Keyboard, Turn, button
from bot.words import Fact, Lines, phrase

routes = Routes()
routes.offer({Role.MENTOR, Role.LEAD}, 41, button("referrals.staff.button.sent", Sent()))


@routes.press(Sent)
async def sent(turn: Turn, action: Sent) -> None:
    """The open referrals of their young people, by case."""
    found = await store.guided_by(turn.db, turn.person)
    here = screens.page_of(found, action.page)
    asked = await asked_people.waiting_for(turn.db, turn.person) if action.page == 0 else ()
    closed = lists.closed_sent_rows(await lists.closed_sent(turn))
    if not here and not asked:
        turn.replace("referrals.staff.none_sent", keyboard=(*closed, *turn.home))
        return
    rows: Keyboard = tuple(
        (
            button(
                "referrals.staff.button.one_sent",
                ShowSent(one.referral.id),
                youth=one.youth.code_name,
                receiver=cards.shortened(screens.receiver_of(one)),
            ),
        )
        for one in here
    )
    if screens.has_more(found, action.page):
        rows = (*rows, (button("referrals.staff.button.more", Sent(action.page + 1)),))
    rows = (*rows, *closed)
    lines = [phrase("referrals.staff.line.sent", **screens.facts_of(one)) for one in here]
    lines += [screens_request.staff_line(request, youth) for request, youth in asked]
    rows = (*(screens_request.staff_row(request, youth) for request, youth in asked), *rows)
    turn.replace("referrals.staff.sent", keyboard=rows, lines=Lines(tuple(lines)))


@routes.press(ShowSent)
async def show_sent(turn: Turn, action: ShowSent) -> None:
    circle = await circle_as(turn, action.referral, Side.REFERRER)
    if circle is None:
        return
    disputed = await store_sessions.disputed(turn.db, circle.referral)
    if disputed is None:
        show(turn, circle, "referrals.staff.sent_card")
    else:
        show(turn, circle, "referrals.staff.sent_card_disputed", when=disputed.at)


@routes.press(TakeBack)
async def take_back(turn: Turn, action: TakeBack) -> None:
    if not action.sure:
        await _ask_whether_sure(turn, action)
        return
    taken = await act(turn, action.referral, Side.REFERRER, Change.TAKEN_BACK, rules.withdraw, show_standing)
    if taken is not None:
        show(turn, taken, "referrals.staff.taken_back")


@routes.press(GiveUp)
async def give_up(turn: Turn, action: GiveUp) -> None:
    """Close what nobody answered and go straight to the others who may be asked."""
    given_up = await act(turn, action.referral, Side.REFERRER, Change.FAILED, _give_up, show_standing)
    if given_up is not None:
        await choose_receiver(turn, ChooseReceiver(given_up.case.id, given_up.referral.kind))


async def _ask_whether_sure(turn: Turn, action: TakeBack) -> None:
    circle = await circle_as(turn, action.referral, Side.REFERRER)
    if circle is None:
        return
    if circle.referral.state in CLOSED:
        show(turn, circle, "referrals.staff.moved_on")
        return
    sure = button("referrals.staff.button.take_back_sure", TakeBack(action.referral, sure=True))
    keep = button("referrals.staff.button.keep", ShowSent(action.referral))
    show(turn, circle, "referrals.staff.take_back_sure", ((sure,), (keep,)))


def _give_up(referral: Referral, by: Sides, now: datetime) -> Moved | Refusal:
    return rules.give_up(referral, by, now, silent=ladder.is_silent(referral))


async def show_standing(turn: Turn, circle: Circle, _why: NotNow) -> None:
    """A second press, or one that came late: what is true now, and what may be done with it."""
    show(turn, circle, "referrals.staff.moved_on")


def show(turn: Turn, circle: Circle, key: str, keyboard: Keyboard | None = None, **facts: Fact) -> None:
    turn.replace(
        key,
        keyboard=screens.referrer_keyboard(circle) if keyboard is None else keyboard,
        about=circle.youth.id,
        **screens.facts_of(circle),
        passed=screens.passed_on(circle.referral.passed_on),
        **facts,
    )
