"""The window for three: offered, opened, written into, closed. What is written goes to the other two and nowhere else.

The safety watch sees a young person's words before this does, as it sees all of theirs: the card comes first, and the
words still go on. They are meant for two people who can help; to hold them back would be silence at the worst moment.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from bot.calendar import Kind, allowed
from bot.people import store as people
from bot.people.rules import Purpose, Unreachable, Withdrew
from bot.people.screens import with_help
from bot.programme.rules import MentorChanged
from bot.programme.store import is_reachable
from bot.referrals import screens, store
from bot.referrals.acts import circle_as
from bot.referrals.referral import Circle, Side
from bot.referrals.rules import sides
from bot.referrals.together import screens_windows, store_windows
from bot.referrals.together.actions_hand_over import AgreeToWindow, CloseWindow, NoWindow, OfferWindow, WriteIntoWindow
from bot.referrals.together.window_ends import Why, end, three_of
from bot.referrals.together.windows import LONGEST, Standing, Three, Window, agreed, is_taken, three
from bot.roles import Person
from bot.routes import Routes
from bot.turn import Keyboard, Tick, Turn
from bot.words import Fact, phrase

routes = Routes()

WRITES_ON_FOR: Final = timedelta(minutes=30)
"""How long the next line is taken for the window as well: people write in several short ones."""


# --- offered and answered ---------------------------------------------------------------------------------------


@routes.press(OfferWindow)
async def offer(turn: Turn, action: OfferWindow) -> None:
    """Ask the young person; nobody is drawn into it."""
    circle = await circle_as(turn, action.referral, Side.REFERRER)
    if circle is None:
        return
    window = await store_windows.running(turn.db, action.referral)
    if window is not None and window.standing(turn.now) is not Standing.ENDED:
        await _show_running(turn, circle, window)
    elif not is_taken(circle.referral):
        _answer(turn, circle, "not_now", screens.referrer_keyboard(circle))
    elif circle.receiver is None:
        _answer(turn, circle, "window_no_telegram", screens.referrer_keyboard(circle))
    elif three(circle, turn.person) is None:
        _answer(turn, circle, "window_needs_three", screens.referrer_keyboard(circle))
    elif not await _hears(turn, circle.youth):
        _answer(turn, circle, "window_youth_away", screens.referrer_keyboard(circle))
    else:
        await _offer(turn, circle)


async def _offer(turn: Turn, circle: Circle) -> None:
    hours = turn.settings.relay_hours
    until = turn.now + timedelta(hours=hours)
    await store_windows.offer(turn.db, circle.referral.id, turn.person.id, turn.now, until)
    await turn.note("referral.window_offered", "referral", circle.referral.id)
    guide = screens.shown(turn.person)
    asked = phrase("referrals.youth.window_offered", guide=guide, hours=hours, **screens.youth_facts_of(circle))
    turn.tell(circle.youth.id, asked, keyboard=screens_windows.asked_keyboard(circle))
    _answer(turn, circle, "window_offered", screens.referrer_keyboard(circle))


async def _show_running(turn: Turn, circle: Circle, window: Window) -> None:
    """It is there already: for whoever opened it the way into it, for others that it is."""
    people_in_it = await three_of(turn, circle, window)
    if window.agreed_at is None or people_in_it is None or turn.person not in people_in_it:
        _answer(turn, circle, "window_there", screens.referrer_keyboard(circle))
    else:
        _show_open(turn, circle, window, people_in_it)


@routes.press(AgreeToWindow)
async def agree(turn: Turn, action: AgreeToWindow) -> None:
    circle = await circle_as(turn, action.referral, Side.YOUTH)
    if circle is None:
        return
    window = await store_windows.running(turn.db, action.referral)
    people_in_it = None if window is None else await three_of(turn, circle, window)
    if window is None or people_in_it is None:
        _say_over(turn, circle)
        return
    after = agreed(window, turn.now, turn.settings.relay_hours)
    if after is not None and await store_windows.agree(turn.db, window, after):
        await turn.note("referral.window_opened", "referral", action.referral)
        _tell_opened(turn, circle, after, people_in_it)
        _show_open(turn, circle, after, people_in_it)
    elif window.standing(turn.now) is Standing.OPEN:
        _show_open(turn, circle, window, people_in_it)
    else:
        _say_over(turn, circle)


def _tell_opened(turn: Turn, circle: Circle, window: Window, people_in_it: Three) -> None:
    for person in people_in_it.others(turn.person):
        facts = screens.facts_of(circle) | {"until": window.until_at, "referrer": screens.shown(people_in_it.guide)}
        opened = phrase("referrals.staff.window_opened", **facts)
        keyboard = screens_windows.open_keyboard(person, circle)
        turn.tell(person.id, opened, keyboard=keyboard, about=circle.youth.id)


@routes.press(NoWindow)
async def refuse(turn: Turn, action: NoWindow) -> None:
    circle = await circle_as(turn, action.referral, Side.YOUTH)
    if circle is None:
        return
    window = await store_windows.running(turn.db, action.referral)
    if window is not None:
        await end(turn, circle, window, Why.CLOSED)
    _answer(turn, circle, "window_refused", with_help(((screens.mine_button(),),)))


# --- written into -----------------------------------------------------------------------------------------------


@routes.press(WriteIntoWindow)
async def ask(turn: Turn, action: WriteIntoWindow) -> None:
    found = await _open_for(turn, action.referral)
    if found is not None:
        circle, _, people_in_it = found
        way_on = screens_windows.way_on(turn.person, circle, people_in_it)
        _say(
            turn, circle, "window_write", way_on, most=LONGEST, readers=_names(people_in_it.others(turn.person), circle)
        )
        turn.expect(action)


@routes.text(WriteIntoWindow)
async def typed(turn: Turn, action: WriteIntoWindow, text: str) -> None:
    """Pass it on to whoever of the other two can be reached, and say to whom and when it goes."""
    found = await _open_for(turn, action.referral)
    if found is None:
        return
    circle, _, people_in_it = found
    if len(text) > LONGEST:
        way_on = screens_windows.way_on(turn.person, circle, people_in_it)
        _say(turn, circle, "window_too_long", way_on, length=len(text), most=LONGEST)
        turn.expect(action)
        return
    others = people_in_it.others(turn.person)
    reached = [one for one in others if await _hears(turn, one)]
    for person in reached:
        _pass_on(turn, circle, person, text)
    await _say_where_it_went(turn, circle, reached, [one for one in others if one not in reached])
    if reached:
        turn.expect(action, WRITES_ON_FOR)


def _pass_on(turn: Turn, circle: Circle, to: Person, text: str) -> None:
    turn.tell(
        to.id,
        phrase(
            f"referrals.{screens_windows.audience(to)}.window_text",
            writer=screens_windows.name_of(turn.person, circle),
            text=text,
        ),
        keyboard=screens_windows.open_keyboard(to, circle),
        about=None if to.is_youth else circle.youth.id,
    )


async def _say_where_it_went(turn: Turn, circle: Circle, reached: list[Person], away: list[Person]) -> None:
    goes_at = await _goes_at(turn)
    keyboard = screens_windows.open_keyboard(turn.person, circle)
    if not reached:
        _say(turn, circle, "window_nobody", keyboard)
    elif away:
        _say(turn, circle, "window_sent_to_one", keyboard, readers=_names(reached, circle), away=_names(away, circle))
    elif goes_at > turn.now:
        _say(turn, circle, "window_sent_later", keyboard, readers=_names(reached, circle), at=goes_at)
    else:
        _say(turn, circle, "window_sent", keyboard, readers=_names(reached, circle))


async def _goes_at(turn: Turn) -> datetime:
    return allowed(turn.now, await turn.hours(), Kind.MESSAGE).at


async def _hears(tick: Tick, person: Person) -> bool:
    """Whether what is written to them can arrive."""
    if not await is_reachable(tick.db, person.id):
        return False
    return not person.is_youth or await people.agreed(tick.db, person.id, Purpose.CONTACT)


# --- closed -----------------------------------------------------------------------------------------------------


@routes.press(CloseWindow)
async def close(turn: Turn, action: CloseWindow) -> None:
    found = await _open_for(turn, action.referral)
    if found is not None:
        circle, window, people_in_it = found
        await end(turn, circle, window, Why.CLOSED)
        _say(turn, circle, "window_closed_by_me", screens_windows.way_on(turn.person, circle, people_in_it))


@routes.at_tick(store_windows.FELL_DUE)
async def due(tick: Tick) -> bool:
    """Close those whose time is over, and offers that nobody answered."""
    found = await store_windows.due(tick.db, tick.now)
    for window in found:
        async with tick.apart(window.id):
            circle = await store.circle(tick.db, window.referral_id)
            if circle is not None:
                await end(tick, circle, window, Why.TIME_OVER)
    return len(found) == store_windows.A_TICK


@routes.on(MentorChanged)
async def mentor_changed(tick: Tick, changed: MentorChanged) -> None:
    """The young person agreed to write with the one who left."""
    for window in await store_windows.running_in_case(tick.db, changed.case_id):
        await _end_quietly(tick, window)


@routes.on(Unreachable)
async def out_of_reach(tick: Tick, lost: Unreachable) -> None:
    await _end_all_with(tick, lost.person_id)


@routes.on(Withdrew)
async def no_longer_agreed(tick: Tick, withdrew: Withdrew) -> None:
    """Without the consent to be written to nothing can reach them."""
    if withdrew.purpose is Purpose.CONTACT:
        await _end_all_with(tick, withdrew.person_id)


async def _end_all_with(tick: Tick, person_id: int) -> None:
    await store_windows.forget_unsaid(tick.db, person_id)
    for window in await store_windows.running_with(tick.db, person_id):
        await _end_quietly(tick, window)


async def _end_quietly(tick: Tick, window: Window) -> None:
    circle = await store.circle(tick.db, window.referral_id)
    if circle is not None:
        await end(tick, circle, window, Why.ENDED)


# --- what they share --------------------------------------------------------------------------------------------


async def _open_for(turn: Turn, referral_id: int) -> tuple[Circle, Window, Three] | None:
    """The open window for one of its three; everybody else has then been answered."""
    circle = await store.circle(turn.db, referral_id)
    if circle is None or not sides(turn.person, circle.referral, circle.case):
        await turn.forbidden()
        return None
    window = await store_windows.running(turn.db, referral_id)
    people_in_it = None if window is None else await three_of(turn, circle, window)
    if window is None or people_in_it is None or window.standing(turn.now) is not Standing.OPEN:
        _say_over(turn, circle)
        return None
    if turn.person not in people_in_it:
        await turn.forbidden()
        return None
    return circle, window, people_in_it


def _show_open(turn: Turn, circle: Circle, window: Window, people_in_it: Three) -> None:
    keyboard = screens_windows.open_keyboard(turn.person, circle)
    guide = screens.shown(people_in_it.guide)
    _answer(turn, circle, "window_open", keyboard, until=window.until_at, referrer=guide)
    turn.expect(WriteIntoWindow(circle.referral.id), WRITES_ON_FOR)


def _say_over(turn: Turn, circle: Circle) -> None:
    _say(turn, circle, "window_over", screens_windows.way_on(turn.person, circle, None))


def _answer(turn: Turn, circle: Circle, name: str, keyboard: Keyboard, **facts: Fact) -> None:
    """In place of the question that was answered."""
    turn.replace(
        f"referrals.{screens_windows.audience(turn.person)}.{name}",
        keyboard=keyboard,
        about=circle.youth.id,
        **{**(screens.youth_facts_of(circle) if turn.person.is_youth else screens.facts_of(circle)), **facts},
    )


def _say(turn: Turn, circle: Circle, name: str, keyboard: Keyboard, **facts: Fact) -> None:
    """Below it: under what somebody wrote there are buttons too, and it must stay."""
    turn.pressed = None
    _answer(turn, circle, name, keyboard, **facts)


def _names(persons: Iterable[Person], circle: Circle) -> str:
    return ", ".join(screens_windows.name_of(one, circle) for one in persons)
