"""Where an appointment is and in which language: one screen for the receiver, and everything on it may be left out."""

from dataclasses import replace
from functools import partial

from bot.programme import cards
from bot.referrals import rules, screens
from bot.referrals.actions import Open
from bot.referrals.acts import act, circle_as
from bot.referrals.appointment import screens_times, store_times
from bot.referrals.appointment.actions_times import Describe, DescribeAlike, Described
from bot.referrals.chat_receiver import show_standing
from bot.referrals.notices import Change
from bot.referrals.referral import Circle, Meeting, Side, State
from bot.referrals.rules import MovedOn, NotNow
from bot.routes import Routes
from bot.turn import Keyboard, Turn, button
from bot.typed import in_one_line
from bot.words import Language, phrase

routes = Routes()

MOST_PLACE = 200
"""Characters of an address or a link; as the column holds it."""


@routes.press(Describe)
async def describe(turn: Turn, action: Describe) -> None:
    """What is chosen so far."""
    circle = await _ahead(turn, action.referral)
    if circle is not None:
        chosen = replace(circle.referral.meeting, spoken=action.spoken, interpreter=action.interpreter)
        await show_describing(turn, circle, "referrals.staff.describe", chosen)


@routes.text(Describe)
async def place_typed(turn: Turn, action: Describe, text: str) -> None:
    """The place, and with it what was chosen beside it."""
    circle = await _ahead(turn, action.referral)
    if circle is None:
        return
    chosen = replace(circle.referral.meeting, spoken=action.spoken, interpreter=action.interpreter)
    place = in_one_line(text)
    if not 0 < len(place) <= MOST_PLACE:
        await show_describing(turn, circle, "referrals.staff.place_too_long", chosen)
        return
    await _save(turn, action.referral, replace(chosen, place=place))


@routes.press(Described)
async def described(turn: Turn, action: Described) -> None:
    circle = await _ahead(turn, action.referral)
    if circle is not None:
        chosen = replace(circle.referral.meeting, spoken=action.spoken, interpreter=action.interpreter)
        await _save(turn, action.referral, chosen)


@routes.press(DescribeAlike)
async def describe_alike(turn: Turn, action: DescribeAlike) -> None:
    """As the last time they said it, for whomever that was."""
    circle = await _ahead(turn, action.referral)
    if circle is None:
        return
    last = await store_times.last_described(turn.db, circle.referral)
    await _save(turn, action.referral, last or circle.referral.meeting)


async def _ahead(turn: Turn, referral_id: int) -> Circle | None:
    """The referral with an appointment that is still ahead, for its receiver; else they have been answered."""
    circle = await circle_as(turn, referral_id, Side.RECEIVER)
    if circle is None:
        return None
    if circle.referral.state is State.IN_PROGRESS and not rules.has_begun(circle.referral, turn.now):
        return circle
    await show_standing(turn, circle, MovedOn())
    return None


async def _save(turn: Turn, referral_id: int, meeting: Meeting) -> None:
    """The young person learns what is new; where nothing is, the receiver sees what stands."""
    like_that = partial(rules.describe, meeting=meeting)
    saved = await act(turn, referral_id, Side.RECEIVER, Change.DESCRIBED, like_that, _show_as_it_is)
    if saved is not None:
        _show(turn, saved, "referrals.staff.described", screens.receiver_keyboard(saved.referral, turn.now))


async def _show_as_it_is(turn: Turn, circle: Circle, _why: NotNow) -> None:
    _show(turn, circle, "referrals.staff.described_before", screens.receiver_keyboard(circle.referral, turn.now))


async def show_describing(turn: Turn, circle: Circle, key: str, chosen: Meeting) -> None:
    """The one screen; the next text is the place."""
    number, spoken, interpreter = circle.referral.id, chosen.spoken, chosen.interpreter
    languages = tuple(
        button(
            f"referrals.staff.button.{'spoken_in' if one is spoken else 'spoken_out'}",
            Describe(number, None if one is spoken else one, interpreter),
            language=phrase(f"people.any.language.{one.value}"),
        )
        for one in Language
    )
    helped = button(
        f"referrals.staff.button.{'interpreter_in' if interpreter else 'interpreter_out'}",
        Describe(number, spoken, not interpreter),
    )
    rows: Keyboard = (languages, (helped,))
    last = await store_times.last_described(turn.db, circle.referral)
    if last is not None and circle.referral.meeting.place is None:
        place = cards.shortened(last.place or "")
        rows = (*rows, (button("referrals.staff.button.describe_alike", DescribeAlike(number), place=place),))
    save = button("referrals.staff.button.describe_save", Described(number, spoken, interpreter))
    back = button("referrals.staff.button.back", Open(number))
    _show(turn, circle, key, (*rows, (save,), (back,)))
    turn.expect(Describe(number, spoken, interpreter))


def _show(turn: Turn, circle: Circle, key: str, keyboard: Keyboard) -> None:
    turn.replace(
        key,
        keyboard=keyboard,
        about=circle.youth.id,
        most=MOST_PLACE,
        **screens.facts_of(circle),
        **screens_times.facts_of(circle.referral),
    )
