"""A coordinator writes an invitation: step by step, with a way back, in a draft that waits for as long as it must."""

from datetime import date, datetime, time
from typing import assert_never

from bot.calendar import at_minute
from bot.events import when
from bot.events.event_page import own_draft
from bot.events.from_file import store_import
from bot.events.from_file.screens_import import drafts_row, events_row
from bot.events.sessions import store_series
from bot.events.writing import drafts, steps, store_drafts
from bot.events.writing.actions_writing import (
    Ask,
    Begin,
    ChooseFirst,
    ChooseKind,
    Discard,
    DropLanguage,
    PickHour,
    PickKind,
    PickNewsOf,
    SureWhen,
    Typed,
    TypedWhen,
    Write,
    WriteAnew,
)
from bot.events.writing.chat_drafts import A_PAGE
from bot.events.writing.drafts import Draft, Step
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
    begun = await _unfinished(turn)
    if begun:
        _draft_waits(turn, begun[0], others=len(begun) > 1)
    else:
        steps.choose_kind(turn, None)


async def _unfinished(turn: Turn) -> list[Draft]:
    """What this person began to write last, where there is anything in it and it is still theirs to send."""
    found, _ = await store_import.drafts_of(turn.db, turn.person.id, A_PAGE)
    return [draft for draft in found if draft.titles and drafts.may_write(turn.person, draft)]


def _draft_waits(turn: Turn, draft: Draft, *, others: bool) -> None:
    keyboard = (
        (button("events.staff.button.go_on", Ask(draft.id, drafts.next_step(draft))),),
        (button("events.staff.button.anew", WriteAnew()),),
        *((drafts_row(),) if others else ()),
        events_row(),
    )
    turn.replace(
        "events.staff.draft_waits",
        keyboard=keyboard,
        title=InLanguages(draft.titles, next(iter(draft.titles))),
    )


@routes.press(WriteAnew)
async def write_anew(turn: Turn, _: WriteAnew) -> None:
    steps.choose_kind(turn, None)


@routes.press(ChooseKind)
async def choose_kind(turn: Turn, action: ChooseKind) -> None:
    if action.event is None:
        steps.choose_kind(turn, None)
    elif (draft := await own_draft(turn, action.event)) is not None:
        steps.choose_kind(turn, draft.id)


@routes.press(PickKind)
async def pick_kind(turn: Turn, action: PickKind) -> None:
    if action.event is None:
        steps.choose_first(turn, None, action.kind)
    elif (draft := await own_draft(turn, action.event)) is not None:
        changed = await _kept(turn, drafts.of_kind(draft, action.kind))
        await steps.show_step(turn, changed, drafts.next_step(changed))


@routes.press(PickNewsOf)
async def pick_news_of(turn: Turn, action: PickNewsOf) -> None:
    draft = await own_draft(turn, action.event)
    if draft is not None:
        changed = await _kept(turn, drafts.telling_of(draft, action.kind))
        await steps.show_step(turn, changed, drafts.next_step(changed))


@routes.press(ChooseFirst)
async def choose_first(turn: Turn, action: ChooseFirst) -> None:
    draft = await own_draft(turn, action.event)
    if draft is not None:
        steps.choose_first(turn, draft.id, draft.kind)


@routes.press(Begin)
async def begin(turn: Turn, action: Begin) -> None:
    if action.event is None:
        await _begin_anew(turn, action)
        return
    draft = await own_draft(turn, action.event)
    if draft is not None:
        changed = await _kept(turn, drafts.begun_in(draft, action.language))
        await steps.show_step(turn, changed, drafts.questions(changed.kind)[0])


async def _begin_anew(turn: Turn, action: Begin) -> None:
    """A new draft, beside any with something in it; an empty one is taken again: the button was pressed twice."""
    empty = await store_drafts.draft_of(turn.db, turn.person.id)
    if empty is None or empty.titles:
        draft = await store_drafts.start_draft(turn.db, turn.person.id, action.language, action.kind, turn.now)
        await turn.note("event.drafted", "event", draft.id)
    else:
        draft = await _kept(turn, Draft(empty.id, turn.person.id, action.language, kind=action.kind))
    await steps.show_step(turn, draft, drafts.questions(draft.kind)[0])


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
        case drafts.NotALink():
            steps.ask_link_again(turn, draft, action)
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
        case when.At(moment, in_words=True):
            steps.confirm_when(turn, draft, moment)
        case when.At(moment):
            await _keep_start(turn, draft, moment)
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


@routes.press(SureWhen)
async def sure_when(turn: Turn, action: SureWhen) -> None:
    """The moment that was understood, if it is still ahead."""
    draft = await own_draft(turn, action.event)
    if draft is None:
        return
    moment = at_minute(action.minutes)
    if moment is None:
        await _starting(turn, draft, when.Unreadable(), None)
    else:
        await _starting(turn, draft, when.ahead(moment, turn.now, turn.zone), None)


async def _keep_start(turn: Turn, draft: Draft, moment: datetime) -> None:
    changed = await _kept(turn, drafts.starting(draft, moment))
    await steps.show_step(turn, changed, drafts.next_step(changed))


@routes.press(DropLanguage)
async def drop_language(turn: Turn, action: DropLanguage) -> None:
    draft = await own_draft(turn, action.event)
    if draft is not None:
        changed = await _kept(turn, drafts.without(draft, action.language))
        await steps.show_step(turn, changed, Step.LANGUAGES)


# --- leaving it -------------------------------------------------------------------------------------------------


@routes.press(Discard)
async def discard(turn: Turn, action: Discard) -> None:
    draft = await own_draft(turn, action.event)
    if draft is None:
        return
    if action.sure:
        await store_series.drop_others(turn.db, draft)
        await store_drafts.discard(turn.db, draft.id)
        await turn.note("event.discarded", "event", draft.id)
        turn.replace("events.staff.discarded", keyboard=turn.home)
        return
    keyboard = (
        (button("events.staff.button.discard_sure", Discard(draft.id, sure=True)),),
        (button("events.any.button.back", Ask(draft.id, drafts.next_step(draft))),),
    )
    turn.replace("events.staff.discard_ask", keyboard=keyboard)


async def _kept(turn: Turn, draft: Draft) -> Draft:
    await store_drafts.save(turn.db, draft)
    return draft
