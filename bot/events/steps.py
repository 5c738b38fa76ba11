"""What the coordinator sees at each step of the writing; the presses and texts that lead here are in the chats."""

from datetime import date
from typing import Final, assert_never

from bot.directory.rules import Region, find, in_region, place_key, region_key
from bot.events import drafts, rules, screens, store, store_audience
from bot.events.actions import (
    Ask,
    Begin,
    ChooseFirst,
    DropLanguage,
    PickHour,
    PickPlace,
    ShowPlaces,
    ShowRegion,
    Toggle,
    Typed,
    TypedWhen,
)
from bot.events.drafts import Draft, Step, TooLong
from bot.events.rules import Audience, Event, Group
from bot.turn import Button, Keyboard, Turn, button
from bot.words import Language, phrase

USUAL_HOURS: Final = ((10, 12, 14), (15, 16, 17), (18, 19))


def choose_first(turn: Turn, event_id: int | None, *, instead: int | None = None) -> None:
    """In which language is the first text: of that draft, or of a new one in place of `instead`?"""
    keyboard = tuple(
        (button(f"people.any.button.language_{one.value}", Begin(event_id, one, instead)),) for one in Language
    )
    turn.replace("events.staff.choose_first", keyboard=keyboard)


async def show_step(turn: Turn, draft: Draft, step: Step, language: Language | None = None) -> None:
    """Ask for this step, or show it; the next typed text is its answer where it wants one."""
    match step:
        case Step.TITLE | Step.DETAILS | Step.PLACE:
            turn.expect(Typed(draft.id, step, language))
            _question(turn, draft, step, language)
        case Step.WHEN:
            turn.expect(TypedWhen(draft.id))
            _question(turn, draft, step, None)
        case Step.LANGUAGES:
            _show_languages(turn, draft)
        case Step.AUDIENCE:
            await show_audience(turn, draft)
        case Step.PAGE:
            await _show_page(turn, draft)
        case never:
            assert_never(never)


def ask_hour(turn: Turn, draft: Draft, day: date) -> None:
    """The day is known: at what time?"""
    turn.expect(TypedWhen(draft.id, day))
    turn.replace("events.staff.ask_hour", keyboard=_hours(draft, day), day=day)


def ask_hour_again(turn: Turn, draft: Draft, day: date, key: str) -> None:
    """That hour will not do, for the reason that `key` says."""
    turn.expect(TypedWhen(draft.id, day))
    turn.say(key, keyboard=_hours(draft, day), day=day)


def ask_when_again(turn: Turn, draft: Draft, key: str) -> None:
    """That date will not do, for the reason that `key` says."""
    turn.expect(TypedWhen(draft.id))
    turn.say(key, keyboard=_question_keyboard(draft, Step.WHEN, None))


def ask_shorter(turn: Turn, draft: Draft, typed: Typed, too_long: TooLong) -> None:
    """That text does not fit: the same step again."""
    turn.expect(typed)
    turn.say(
        "events.staff.too_long",
        keyboard=_question_keyboard(draft, typed.step, typed.language),
        length=too_long.length,
        most=too_long.most,
    )


def _hours(draft: Draft, day: date) -> Keyboard:
    rows = tuple(
        tuple(button("events.any.button.hour", PickHour(draft.id, day, hour), hour=hour) for hour in row)
        for row in USUAL_HOURS
    )
    return (*rows, (button("events.any.button.back", Ask(draft.id, Step.WHEN)),))


def _question(turn: Turn, draft: Draft, step: Step, language: Language | None) -> None:
    question = phrase(
        f"events.staff.ask_{step.value}",
        language=screens.in_language(language or draft.language),
        most=drafts.MOST.get(step, 0),
    )
    keyboard = _question_keyboard(draft, step, language)
    now = drafts.answer_to(draft, step, language or draft.language)
    if now is None:
        screens.show(turn, question, keyboard)
    else:
        turn.replace("events.staff.ask_again", keyboard=keyboard, question=question, now=now)


def _question_keyboard(draft: Draft, step: Step, language: Language | None) -> Keyboard:
    """The way back, and the way on where there is an answer already."""
    back = (_back(draft, step, language),)
    if drafts.answer_to(draft, step, language or draft.language) is None:
        return (back,)
    return ((button("events.staff.button.keep", _after(draft, step, language)),), back)


def _after(draft: Draft, step: Step, language: Language | None) -> Ask:
    """Where leaving an answer as it is leads."""
    if language is None:
        return Ask(draft.id, drafts.next_step(draft))
    return Ask(draft.id, Step.DETAILS, language) if step is Step.TITLE else Ask(draft.id, Step.LANGUAGES)


def _back(draft: Draft, step: Step, language: Language | None = None) -> Button:
    if language is not None:
        to = Ask(draft.id, Step.LANGUAGES) if step is Step.TITLE else Ask(draft.id, Step.TITLE, language)
        return button("events.any.button.back", to)
    before = drafts.previous_step(draft, step)
    return button("events.any.button.back", ChooseFirst(draft.id) if before is None else Ask(draft.id, before))


def _show_languages(turn: Turn, draft: Draft) -> None:
    rows: list[tuple[Button, ...]] = []
    for one in Language:
        if one is draft.language:
            continue
        if one in draft.translated:
            rows.append(
                (
                    button(f"events.staff.button.edit_{one.value}", Ask(draft.id, Step.TITLE, one)),
                    button("events.staff.button.drop", DropLanguage(draft.id, one)),
                )
            )
        else:
            rows.append((button(f"events.staff.button.add_{one.value}", Ask(draft.id, Step.TITLE, one)),))
    onward = Step.AUDIENCE if draft.audience is None else Step.PAGE
    rows.append((button("events.staff.button.onward", Ask(draft.id, onward)),))
    if draft.audience is None:
        rows.append((_back(draft, Step.LANGUAGES),))
    texts = screens.written_in(draft.language, (draft.language, *draft.translated))
    turn.replace("events.staff.languages", keyboard=tuple(rows), texts=texts)


async def show_audience(turn: Turn, draft: Draft) -> None:
    """Who gets it, with the number of them; the place is asked first where there is a choice."""
    if draft.audience is None:
        places = rules.own_places(turn.person)
        if len(places) != 1 or places[0] is None:
            show_places(turn, draft)
            return
        draft = await choose_place(turn, draft, places[0])
    audience = draft.audience or Audience(None, frozenset())
    count = await store_audience.count(turn.db, audience, turn.person.id)
    rows: list[tuple[Button, ...]] = [(_group(draft.id, audience, group),) for group in Group]
    if rules.own_places(turn.person) != (audience.municipality,) or audience.municipality is None:
        rows.append((button("events.staff.button.places", ShowPlaces(draft.id)),))
    rows.append((button("events.staff.button.onward", Ask(draft.id, Step.PAGE)),))
    rows.append((button("events.any.button.back", Ask(draft.id, Step.LANGUAGES)),))
    turn.replace(
        "events.staff.audience",
        keyboard=tuple(rows),
        where=screens.place_of(audience),
        groups=screens.groups_of(audience),
        people=screens.people(count),
    )


def _group(event_id: int, audience: Audience, group: Group) -> Button:
    chosen = group in audience.groups
    mark = "on" if chosen else "off"
    return button(
        f"events.staff.button.group_{mark}",
        Toggle(event_id, group, chosen=not chosen),
        group=phrase(f"events.staff.group.{group.value}"),
    )


async def choose_place(turn: Turn, draft: Draft, municipality: str | None) -> Draft:
    """The draft with its audience there, young people unless other groups were chosen before; kept."""
    groups = draft.audience.groups if draft.audience else frozenset({Group.YOUTH})
    changed = drafts.addressed(draft, Audience(municipality, groups))
    await store.save(turn.db, changed)
    return changed


def is_a_place(municipality: str | None) -> bool:
    """Whether that is a municipality of ours, or all Latvia (None)."""
    return municipality is None or find(municipality) is not None


def show_places(turn: Turn, draft: Draft) -> None:
    """Where does it go: one of the coordinator's own municipalities, or for the whole country by region."""
    places = rules.own_places(turn.person)
    rows: list[tuple[Button, ...]] = []
    if None in places:
        rows.append((button("events.staff.button.all_latvia", PickPlace(draft.id, None)),))
        rows += [(button(region_key(region), ShowRegion(draft.id, region)),) for region in Region]
    else:
        rows += [(button(place_key(code), PickPlace(draft.id, code)),) for code in places]
    rows.append((button("events.any.button.back", Ask(draft.id, _before_places(draft))),))
    turn.replace("events.staff.choose_place", keyboard=tuple(rows))


def show_region(turn: Turn, draft: Draft, region: Region) -> None:
    """The municipalities of one region."""
    found = [button(place_key(one.code), PickPlace(draft.id, one.code)) for one in in_region(region)]
    rows: Keyboard = tuple(tuple(found[index : index + 2]) for index in range(0, len(found), 2))
    back = (button("events.any.button.back", ShowPlaces(draft.id)),)
    turn.replace("events.staff.choose_place", keyboard=(*rows, back))


def _before_places(draft: Draft) -> Step:
    return Step.LANGUAGES if draft.audience is None else Step.AUDIENCE


async def _show_page(turn: Turn, draft: Draft) -> None:
    """The whole draft; where something is still missing, that is asked first."""
    event = drafts.whole(draft)
    if not isinstance(event, Event):
        await show_step(turn, draft, event)
        return
    count = await store_audience.count(turn.db, event.audience, turn.person.id)
    page = screens.draft_page(event, count)
    screens.show(turn, page, screens.draft_keyboard(event.id))
