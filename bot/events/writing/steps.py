"""What the coordinator sees at each step of the writing; the presses and texts that lead here are in the chats."""

from datetime import date, datetime
from typing import Final, assert_never

from bot.calendar import in_minutes
from bot.events import screens, telling
from bot.events.around import around
from bot.events.details import Section
from bot.events.event import Event, Kind
from bot.events.from_file import screens_import
from bot.events.going_out.screens_sending import people
from bot.events.whom.screens_audience import reach_of, show_audience, whom
from bot.events.writing import drafts
from bot.events.writing.actions_details import ShowMore
from bot.events.writing.actions_writing import (
    Ask,
    Begin,
    ChooseFirst,
    ChooseKind,
    DropLanguage,
    PickHour,
    PickKind,
    PickNewsOf,
    ShowEarlier,
    SureWhen,
    Typed,
    TypedWhen,
)
from bot.events.writing.along import along
from bot.events.writing.drafts import Draft, Step, TooLong
from bot.turn import Button, Keyboard, Turn, button
from bot.words import Language, phrase

USUAL_HOURS: Final = ((10, 12, 14), (15, 16, 17), (18, 19))


def choose_kind(turn: Turn, event_id: int | None) -> None:
    """What kind of event is it: the one of that draft, or a new one? For a new one there are other ways to begin."""
    keyboard = screens.two_a_row(
        [button(f"events.staff.button.kind_{one.value}", PickKind(event_id, one)) for one in Kind]
    )
    if event_id is None:
        copy = (button("events.staff.button.copy", ShowEarlier()),)
        others: Keyboard = (copy, screens_import.import_row(), screens_import.events_row())
    else:
        others = ((button("events.any.button.back", ShowMore(event_id, Section.FRAME)),),)
    turn.replace("events.staff.choose_kind", keyboard=(*keyboard, *others))


def choose_first(turn: Turn, event_id: int | None, kind: Kind) -> None:
    """In which language is the first text: of that draft, or of a new one?"""
    rows = tuple((button(f"people.any.button.language_{one.value}", Begin(event_id, one, kind)),) for one in Language)
    back = (button("events.any.button.back", ChooseKind(event_id)),)
    turn.replace("events.staff.choose_first", keyboard=(*rows, back), kind=telling.kind_of(kind))


async def show_step(turn: Turn, draft: Draft, step: Step, language: Language | None = None) -> None:
    """Ask for this step, or show it; the next typed text is its answer where it wants one."""
    match step:
        case Step.NEWS_OF:
            _choose_news(turn, draft)
        case Step.TITLE | Step.DETAILS | Step.PLACE | Step.LINK:
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


def _choose_news(turn: Turn, draft: Draft) -> None:
    """What kind of event is the announcement about: by this people mute it."""
    kinds = [one for one in Kind if one is not Kind.ANNOUNCEMENT]
    rows = screens.two_a_row(
        [button(f"events.staff.button.kind_{one.value}", PickNewsOf(draft.id, one)) for one in kinds]
    )
    turn.replace("events.staff.ask_news_of", keyboard=(*rows, (_back(draft, Step.NEWS_OF),)))


def confirm_when(turn: Turn, draft: Draft, moment: datetime) -> None:
    """This is how the day was understood: another can be typed at once."""
    turn.expect(TypedWhen(draft.id))
    keyboard = (
        (button("events.staff.button.when_sure", SureWhen(draft.id, in_minutes(moment))),),
        (button("events.any.button.back", Ask(draft.id, Step.WHEN)),),
    )
    turn.say("events.staff.when_meant", keyboard=keyboard, when=moment)


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


def ask_link_again(turn: Turn, draft: Draft, typed: Typed) -> None:
    """That is no secure address: the same step again."""
    turn.expect(typed)
    turn.say("events.staff.link_wrong", keyboard=_question_keyboard(draft, typed.step, typed.language))


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
        _question_key(draft, step),
        language=screens.in_language(language or draft.language),
        most=drafts.MOST.get(step, 0),
    )
    keyboard = _question_keyboard(draft, step, language)
    now = drafts.answer_to(draft, step, language or draft.language)
    if now is None:
        screens.show(turn, question, keyboard)
    else:
        turn.replace("events.staff.ask_again", keyboard=keyboard, question=question, now=now)


def _question_key(draft: Draft, step: Step) -> str:
    """Of news it is asked until when they are of use."""
    if step is Step.WHEN and draft.kind is Kind.ANNOUNCEMENT:
        return "events.staff.ask_when_news"
    return f"events.staff.ask_{step.value}"


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


async def _show_page(turn: Turn, draft: Draft) -> None:
    """The whole draft; where something is still missing, that is asked first."""
    event = drafts.whole(draft)
    if not isinstance(event, Event):
        await show_step(turn, draft, event)
        return
    reach = await reach_of(turn, draft)
    told = await around(turn, event)
    goes_along = await along(turn, draft, told)
    reached = people(reach, turn.settings.fewest_shown)
    page = screens.draft_page(event, await whom(turn, draft), reached, told, goes_along)
    screens.show(turn, page, screens.draft_keyboard(event))
