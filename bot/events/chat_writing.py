"""A coordinator writes an invitation: step by step, with a way back, in a draft that waits for as long as it must."""

from datetime import date, time
from typing import assert_never

from bot.events import drafts, steps, store, when
from bot.events.actions import (
    Ask,
    Begin,
    ChooseFirst,
    Discard,
    DropLanguage,
    PickHour,
    PickPlace,
    ShowPlaces,
    ShowRegion,
    Toggle,
    Typed,
    TypedWhen,
    Write,
    WriteAnew,
)
from bot.events.drafts import Draft, Step
from bot.events.event_page import own_draft
from bot.events.rules import may_reach
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Turn, button
from bot.words import InLanguages

routes = Routes()

routes.offer({Role.COORDINATOR}, 10, button("events.staff.button.write", Write()))


# --- beginning --------------------------------------------------------------------------------------------------


@routes.command("event")
async def event_command(turn: Turn, _: str) -> None:
    await _begin_or_go_on(turn)


@routes.press(Write)
async def write(turn: Turn, _: Write) -> None:
    await _begin_or_go_on(turn)


async def _begin_or_go_on(turn: Turn) -> None:
    draft = await _unfinished(turn)
    if draft is None:
        steps.choose_first(turn, None)
    else:
        _draft_waits(turn, draft)


async def _unfinished(turn: Turn) -> Draft | None:
    """What this person has begun to write, if there is anything in it and it is still theirs to send."""
    draft = await store.draft_of(turn.db, turn.person.id)
    return draft if draft is not None and draft.titles and drafts.may_write(turn.person, draft) else None


def _draft_waits(turn: Turn, draft: Draft) -> None:
    keyboard = (
        (button("events.staff.button.go_on", Ask(draft.id, drafts.next_step(draft))),),
        (button("events.staff.button.anew", WriteAnew(draft.id)),),
    )
    turn.replace(
        "events.staff.draft_waits",
        keyboard=keyboard,
        title=InLanguages(draft.titles, next(iter(draft.titles))),
    )


@routes.press(WriteAnew)
async def write_anew(turn: Turn, action: WriteAnew) -> None:
    steps.choose_first(turn, None, instead=action.draft)


@routes.press(ChooseFirst)
async def choose_first(turn: Turn, action: ChooseFirst) -> None:
    draft = await own_draft(turn, action.event)
    if draft is not None:
        steps.choose_first(turn, draft.id)


@routes.press(Begin)
async def begin(turn: Turn, action: Begin) -> None:
    if action.event is None:
        await _begin_anew(turn, action)
        return
    draft = await own_draft(turn, action.event)
    if draft is not None:
        changed = await _kept(turn, drafts.begun_in(draft, action.language))
        await steps.show_step(turn, changed, Step.TITLE)


async def _begin_anew(turn: Turn, action: Begin) -> None:
    """A new draft; one with something in it gives way only where the button was made for replacing it."""
    unfinished = await _unfinished(turn)
    if unfinished is not None and unfinished.id != action.instead:
        _draft_waits(turn, unfinished)
        return
    draft = await store.draft_of(turn.db, turn.person.id)
    if draft is None or draft != Draft(draft.id, turn.person.id, action.language):  # else it was pressed twice
        draft = await store.start_draft(turn.db, turn.person.id, action.language, turn.now)
        await turn.note("event.drafted", "event", draft.id)
    await steps.show_step(turn, draft, Step.TITLE)


# --- step by step -----------------------------------------------------------------------------------------------


@routes.press(Ask)
async def ask(turn: Turn, action: Ask) -> None:
    draft = await own_draft(turn, action.event)
    if draft is not None:
        await steps.show_step(turn, draft, action.step, action.language)


@routes.text(Typed)
async def typed(turn: Turn, action: Typed, text: str) -> None:
    draft = await own_draft(turn, action.event)
    if draft is None:
        return
    match drafts.written(draft, action.step, action.language or draft.language, text):
        case drafts.TooLong() as too_long:
            steps.ask_shorter(turn, draft, action, too_long)
        case Draft() as changed:
            await _go_on(turn, await _kept(turn, changed), action)
        case never:
            assert_never(never)


async def _go_on(turn: Turn, draft: Draft, after: Typed) -> None:
    """The next thing to ask; a translation's title is followed by its details, and then by the languages."""
    if after.language is None:
        await steps.show_step(turn, draft, drafts.next_step(draft))
    elif after.step is Step.TITLE:
        await steps.show_step(turn, draft, Step.DETAILS, after.language)
    else:
        await steps.show_step(turn, draft, Step.LANGUAGES)


@routes.text(TypedWhen)
async def typed_when(turn: Turn, action: TypedWhen, text: str) -> None:
    draft = await own_draft(turn, action.event)
    if draft is not None:
        await _starting(turn, draft, when.read(text, turn.now, turn.zone, action.day), action.day)


@routes.press(PickHour)
async def pick_hour(turn: Turn, action: PickHour) -> None:
    draft = await own_draft(turn, action.event)
    if draft is None:
        return
    known = any(action.hour in row for row in steps.USUAL_HOURS)
    start = when.starting(action.day, time(action.hour), turn.now, turn.zone) if known else when.Unreadable()
    await _starting(turn, draft, start, action.day)


async def _starting(turn: Turn, draft: Draft, start: when.When, day: date | None) -> None:
    """Keep the start, or say what is wrong with it; `day` is the one chosen before, for which the hour was asked."""
    match start:
        case when.At(moment):
            changed = await _kept(turn, drafts.starting(draft, moment))
            await steps.show_step(turn, changed, drafts.next_step(changed))
        case when.On(on):
            steps.ask_hour(turn, draft, on)
        case when.Unreadable() if day is not None:
            steps.ask_hour_again(turn, draft, day, "events.staff.hour_unreadable")
        case when.Unreadable():
            steps.ask_when_again(turn, draft, "events.staff.when_unreadable")
        case when.Past() if day is not None and day >= turn.now.astimezone(turn.zone).date():
            steps.ask_hour_again(turn, draft, day, "events.staff.hour_past")
        case when.Past():
            steps.ask_when_again(turn, draft, "events.staff.when_past")
        case when.TooFar():
            steps.ask_when_again(turn, draft, "events.staff.when_too_far")
        case never:
            assert_never(never)


@routes.press(DropLanguage)
async def drop_language(turn: Turn, action: DropLanguage) -> None:
    draft = await own_draft(turn, action.event)
    if draft is not None:
        changed = await _kept(turn, drafts.without(draft, action.language))
        await steps.show_step(turn, changed, Step.LANGUAGES)


# --- audience ---------------------------------------------------------------------------------------------------


@routes.press(ShowPlaces)
async def places(turn: Turn, action: ShowPlaces) -> None:
    draft = await own_draft(turn, action.event)
    if draft is not None:
        steps.show_places(turn, draft)


@routes.press(ShowRegion)
async def region(turn: Turn, action: ShowRegion) -> None:
    draft = await own_draft(turn, action.event)
    if draft is None:
        return
    if may_reach(turn.person, None):
        steps.show_region(turn, draft, action.region)
    else:
        await turn.forbidden()


@routes.press(PickPlace)
async def pick_place(turn: Turn, action: PickPlace) -> None:
    draft = await own_draft(turn, action.event)
    if draft is None:
        return
    if may_reach(turn.person, action.municipality) and steps.is_a_place(action.municipality):
        changed = await steps.choose_place(turn, draft, action.municipality)
        await steps.show_audience(turn, changed)
    else:
        await turn.forbidden()


@routes.press(Toggle)
async def toggle(turn: Turn, action: Toggle) -> None:
    draft = await own_draft(turn, action.event)
    if draft is None:
        return
    if draft.audience is not None:
        audience = drafts.choosing(draft.audience, action.group, chosen=action.chosen)
        draft = await _kept(turn, drafts.addressed(draft, audience))
    await steps.show_audience(turn, draft)


# --- leaving it -------------------------------------------------------------------------------------------------


@routes.press(Discard)
async def discard(turn: Turn, action: Discard) -> None:
    draft = await own_draft(turn, action.event)
    if draft is None:
        return
    if action.sure:
        await store.discard(turn.db, draft.id)
        await turn.note("event.discarded", "event", draft.id)
        turn.replace("events.staff.discarded", keyboard=turn.home)
        return
    keyboard = (
        (button("events.staff.button.discard_sure", Discard(draft.id, sure=True)),),
        (button("events.any.button.back", Ask(draft.id, drafts.next_step(draft))),),
    )
    turn.replace("events.staff.discard_ask", keyboard=keyboard)


async def _kept(turn: Turn, draft: Draft) -> Draft:
    await store.save(turn.db, draft)
    return draft
