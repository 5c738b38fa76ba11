"""What a coordinator sees while they narrow down whom an invitation is for."""

from typing import Final, assert_never

from bot.actions import Action
from bot.directory.countries import spoken_key
from bot.events import pages, rules, screens
from bot.events.audience import Audience, Standing
from bot.events.going_out import screens_sending
from bot.events.whom import screens_audience, store_choices
from bot.events.whom.actions_audience import (
    Everybody,
    PickAges,
    ShowCut,
    ShowCuts,
    WithEarlier,
    WithInterest,
    WithLanguage,
    WithNetwork,
    WithStanding,
)
from bot.events.whom.audience_choices import OF_YOUTH, WISHES, Cut, ages_to_choose, holds_youth, is_cut
from bot.events.writing.actions_writing import Ask
from bot.events.writing.drafts import Draft, Step
from bot.turn import Button, Keyboard, Row, Turn, button
from bot.typed import shortened
from bot.words import Language, Phrase, phrase

PAGE: Final = 8
"""Networks or events on one screen."""

_NOTHING_THERE: Final = {
    Cut.NETWORKS: "events.staff.no_cut.networks",
    Cut.ATTENDED: "events.staff.no_cut.attended",
}


def offered(audience: Audience) -> list[Cut]:
    """By what this audience can be narrowed down: staff told no age and have no road."""
    return [cut for cut in Cut if holds_youth(audience) or cut not in OF_YOUTH]


async def show_cuts(turn: Turn, draft: Draft) -> None:
    """By what can it be narrowed down, and by what it is."""
    audience = draft.audience or Audience(None, frozenset())
    choices = [
        _marked(phrase(f"events.staff.cut.{cut.value}"), ShowCut(draft.id, cut), on=is_cut(audience, cut))
        for cut in offered(audience)
    ]
    back = (button("events.any.button.back", Ask(draft.id, Step.AUDIENCE)),)
    await _show(turn, draft, "events.staff.ask_cuts", (*screens.two_a_row(choices), back))


async def show_cut(turn: Turn, draft: Draft, cut: Cut, page: int = 0) -> None:
    """What there is to choose of that, what is chosen marked."""
    audience = draft.audience or Audience(None, frozenset())
    choices = await _choices(turn, draft.id, audience, cut, page)
    rows: list[Row] = [*choices]
    if is_cut(audience, cut):
        rows.append((button("events.staff.button.everybody", Everybody(draft.id, cut)),))
    rows.append((button("events.any.button.back", ShowCuts(draft.id)),))
    question = f"events.staff.ask_cut.{cut.value}" if choices else _NOTHING_THERE[cut]
    await _show(turn, draft, question, tuple(rows))


async def _show(turn: Turn, draft: Draft, question: str, keyboard: Keyboard) -> None:
    reach, fewest = await screens_audience.reach_of(turn, draft), turn.settings.fewest_shown
    turn.replace(
        "events.staff.narrowing",
        keyboard=keyboard,
        question=phrase(question),
        whom=await screens_audience.whom(turn, draft),
        people=screens_sending.people(reach, fewest),
        left_out=screens_audience.left_out(reach, fewest),
    )


async def _choices(turn: Turn, event_id: int, audience: Audience, cut: Cut, page: int) -> Keyboard:
    match cut:
        case Cut.LANGUAGES:
            return tuple((_language(event_id, audience, one),) for one in Language)
        case Cut.STANDINGS:
            return tuple((_standing(event_id, audience, one),) for one in Standing)
        case Cut.AGES:
            return _ages(turn, event_id, audience)
        case Cut.WISHES:
            return tuple((_interest(event_id, audience, one),) for one in WISHES)
        case Cut.NETWORKS:
            return await _networks(turn, event_id, audience, page)
        case Cut.ATTENDED:
            return await _earlier(turn, event_id, audience, page)
        case never:
            assert_never(never)


def _language(event_id: int, audience: Audience, one: Language) -> Button:
    on = one in audience.languages
    return _marked(phrase(spoken_key(one.value)), WithLanguage(event_id, one, chosen=not on), on=on)


def _standing(event_id: int, audience: Audience, one: Standing) -> Button:
    on = one in audience.standings
    return _marked(phrase(f"events.staff.standing.{one.value}"), WithStanding(event_id, one, chosen=not on), on=on)


def _interest(event_id: int, audience: Audience, one: str) -> Button:
    on = one in audience.wishes
    return _marked(phrase(f"programme.any.wish.{one}"), WithInterest(event_id, one, chosen=not on), on=on)


def _ages(turn: Turn, event_id: int, audience: Audience) -> Keyboard:
    """From which age and up to which; an end that the other one rules out gives way to it."""
    begins, ends = ages_to_choose(turn.settings)
    youngest, oldest = audience.youngest, audience.oldest
    first = tuple(
        _marked(
            phrase("events.staff.ages.from", youngest=one),
            PickAges(event_id, one, oldest if oldest is not None and oldest >= one else None),
            on=one == youngest,
        )
        for one in begins
    )
    last = tuple(
        _marked(
            phrase("events.staff.ages.to", oldest=one),
            PickAges(event_id, youngest if youngest is not None and youngest <= one else None, one),
            on=one == oldest,
        )
        for one in ends
    )
    return (first, last)


async def _networks(turn: Turn, event_id: int, audience: Audience, page: int) -> Keyboard:
    found = list((await store_choices.networks_for(turn.db, turn.person)).items())
    rows = [
        (
            _marked(
                phrase("events.any.written", text=shortened(name, screens.ON_A_BUTTON)),
                WithNetwork(event_id, number, number not in audience.networks, page),
                on=number in audience.networks,
            ),
        )
        for number, name in found[page * PAGE : (page + 1) * PAGE]
    ]
    more = len(found) > (page + 1) * PAGE
    return (*rows, *pages.ways(page, lambda to: ShowCut(event_id, Cut.NETWORKS, to), more=more))


async def _earlier(turn: Turn, event_id: int, audience: Audience, page: int) -> Keyboard:
    places = rules.own_places(turn.person)
    found = await store_choices.earlier(turn.db, places, turn.now, page * PAGE, PAGE + 1)
    rows = [
        (
            _marked(
                phrase("events.any.button.title", title=screens.short(one.title)),
                WithEarlier(event_id, one.id, one.id not in audience.attended, page),
                on=one.id in audience.attended,
            ),
        )
        for one in found[:PAGE]
    ]
    return (*rows, *pages.ways(page, lambda to: ShowCut(event_id, Cut.ATTENDED, to), more=len(found) > PAGE))


def _marked(label: Phrase, action: Action, *, on: bool) -> Button:
    return button(f"events.staff.button.group_{'on' if on else 'off'}", action, group=label)
