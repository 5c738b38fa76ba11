"""What a coordinator sees of sending an invitation: before it goes, while it goes, and when it was stopped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from bot.calendar import Hours
from bot.events import screens, telling
from bot.events.event import OFF, Event, Replies, State
from bot.events.going_out import sending
from bot.events.going_out.actions_sending import (
    AskResume,
    AskSendAt,
    Cancel,
    Look,
    Open,
    Preview,
    Resume,
    Send,
    ShowEvents,
    Stop,
    Withdraw,
)
from bot.events.going_out.progress import Counts
from bot.events.going_out.sending import Confirmed
from bot.events.whom.reach import Reach
from bot.events.writing.actions_writing import Ask
from bot.events.writing.drafts import Step
from bot.roles import Person
from bot.turn import Button, Keyboard, Row, button
from bot.words import Fact, Lines, Listing, Phrase, phrase

_MINUTE: Final = timedelta(minutes=1)
_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Plan:
    """When it would leave and be done (UTC), behind how many messages of other events, as of `now`."""

    now: datetime
    leaves: datetime
    done: datetime
    behind: int


@dataclass(frozen=True, slots=True)
class Reached:
    """Whom it would reach: how many, as they may be told, who they are, and who of them gets nothing, line by line."""

    reach: Reach
    told: Lines
    left_out: Lines
    fewest: int


# --- numbers that may be told -----------------------------------------------------------------------------------


def number(count: int, fewest: int | None) -> Fact:
    """So many; as a range where `fewest` says that single people could be told from it."""
    if fewest is None:
        return count
    if count < fewest:
        return phrase("events.staff.number.few", fewest=fewest)
    return phrase("events.staff.number.range", least=count - count % fewest, most=count - count % fewest + fewest - 1)


def people(reach: Reach, fewest: int) -> Phrase:
    """So many people, as they may be told."""
    told = reach.told(fewest)
    if told.at_least == told.at_most:
        return screens.people(told.at_least)
    if told.is_few:
        return phrase("events.staff.number.few", fewest=told.at_most + 1)
    return phrase("events.staff.number.range", least=told.at_least, most=told.at_most)


# --- when, and how long -----------------------------------------------------------------------------------------


def leaves(event: Event, plan: Plan) -> Phrase:
    """When the first of it goes out, and why not sooner."""
    if event.send_at is not None and event.send_at > plan.now:
        if plan.leaves == event.send_at:
            return phrase("events.staff.leaves.at", at=plan.leaves)
        return phrase("events.staff.leaves.at_held", chosen=event.send_at, at=plan.leaves)
    if plan.leaves > plan.now:
        return phrase("events.staff.leaves.held", at=plan.leaves)
    return phrase("events.staff.leaves.now")


def takes(plan: Plan, hours: Hours) -> Phrase:
    """How long it takes from the first to the last; over a night, when it is done."""
    if _same_day(plan.leaves, plan.done, hours):
        return phrase("events.staff.takes.span", span=span(plan.done - plan.leaves))
    return phrase("events.staff.takes.until", at=plan.done)


def left(now: datetime, done: datetime, hours: Hours) -> Phrase:
    """How long the rest takes; over a night, when it is done."""
    if _same_day(now, done, hours):
        return phrase("events.staff.left.span", span=span(done - now))
    return phrase("events.staff.left.until", at=done)


def span(long: timedelta) -> Phrase:
    """About so long, in minutes or in hours and minutes."""
    if long < _MINUTE:
        return phrase("events.any.span.moment")
    minutes = ceil(long / _MINUTE)
    if minutes < _HOUR / _MINUTE:
        return phrase("events.any.span.minutes", minutes=minutes)
    return phrase("events.any.span.hours", hours=minutes // 60, minutes=minutes % 60)


def _same_day(one: datetime, other: datetime, hours: Hours) -> bool:
    return one.astimezone(hours.zone).date() == other.astimezone(hours.zone).date()


# --- before it goes ---------------------------------------------------------------------------------------------


def ask(key: str, event: Event, whom: Reached, plan: Plan, hours: Hours, note: Phrase) -> Phrase:
    """Who gets it, when, how long it takes, and what else is to be known before the last press."""
    lines = [
        phrase("events.staff.it_reaches", people=people(whom.reach, whom.fewest), whom=whom.told),
        *whom.left_out.phrases,
        leaves(event, plan),
        takes(plan, hours),
    ]
    if plan.behind:
        lines.append(phrase("events.staff.behind", count=plan.behind))
    return phrase(key, title=event.title, when=telling.when(event), lines=Lines(tuple(lines)), note=note)


def ask_keyboard(event: Event, reach: Reach, fewest: int, name: str | None) -> Keyboard:
    """Send, or hand in (`name` says which; neither where nobody could look at it); another time; not yet."""
    action = Send(event.id, reach.stated(fewest), sending.digest(event))
    sure: Keyboard = () if name is None else ((_sure(name, action, reach, fewest),),)
    return (
        *sure,
        (button("events.staff.button.send_at", AskSendAt(event.id)),),
        (button("events.staff.button.not_yet", Ask(event.id, Step.PAGE)),),
    )


def resume_keyboard(event: Event, reach: Reach, fewest: int) -> Keyboard:
    """Send to the rest, or leave it."""
    action = Resume(event.id, reach.stated(fewest), sending.digest(event))
    return (
        (_sure("resume", action, reach, fewest),),
        (button("events.any.button.back", Open(event.id)),),
    )


def _sure(name: str, action: Send | Resume, reach: Reach, fewest: int) -> Button:
    """The number on the button is the one in it; where it is not told exactly, the button is without it."""
    told = reach.told(fewest)
    if told.at_least != told.at_most:
        return button(f"events.staff.button.{name}_sure_some", action)
    return button(f"events.staff.button.{name}_sure", action, number=action.stated)


def confirmed(action: Send | Resume) -> Confirmed:
    """What such a button carries."""
    return Confirmed(action.stated, action.digest)


# --- four eyes ----------------------------------------------------------------------------------------------------


def names(persons: Sequence[Person]) -> Listing:
    """Colleagues, by name."""
    return Listing(tuple(phrase("events.any.name", name=one.name or one.code_name) for one in persons))


def written(names: Sequence[str]) -> Listing:
    """What people called something, as it is."""
    return Listing(tuple(phrase("events.any.written", text=name) for name in names))


def submitted(event: Event, asked: Sequence[Person]) -> Phrase:
    """What its author sees while it waits."""
    return phrase("events.staff.submitted", title=event.title, when=telling.when(event), names=names(asked))


def submitted_keyboard(event: Event) -> Keyboard:
    """Look at it, take it back, go elsewhere."""
    return (
        (button("events.staff.button.preview", Preview(event.id)),),
        (button("events.staff.button.withdraw", Withdraw(event.id)),),
        (button("events.staff.button.events", ShowEvents()),),
    )


def look_keyboard(event: Event) -> Keyboard:
    """The way to what waits for a second coordinator."""
    return ((button("events.staff.button.look", Look(event.id)),),)


# --- while it goes, and after -------------------------------------------------------------------------------------


def state_line(event: Event, counts: Counts, in_flight: int, plan: Plan, hours: Hours) -> Phrase:
    """What is happening with it now, said as it is."""
    if event.state in OFF:
        return phrase("events.staff.state.cancelled")
    if event.state is State.STOPPED:
        if in_flight:
            return phrase("events.staff.state.stopped_in_flight", count=in_flight)
        return phrase("events.staff.state.stopped")
    if event.state is State.SENDING and event.send_at is not None and event.send_at > plan.now:
        return phrase("events.staff.state.scheduled", at=plan.leaves)
    if counts.waiting == 0:
        return phrase("events.staff.state.done")
    if plan.leaves > plan.now:
        return phrase("events.staff.state.held", until=plan.leaves)
    return phrase("events.staff.state.going", left=left(plan.now, plan.done, hours))


def progress(event: Event, state: Phrase, counts: Counts, fewest: int | None) -> Phrase:
    """The message that counts while it goes out."""
    return phrase(
        "events.staff.progress",
        title=event.title,
        state=state,
        total=number(counts.total, fewest),
        sent=number(counts.sent, fewest),
        delivered=number(counts.delivered, fewest),
        unreachable=number(counts.unreachable, fewest),
        waiting=number(counts.waiting, fewest),
    )


def progress_keyboard(event: Event, *, can_stop: bool) -> Keyboard:
    """Stop it while there is something to stop; the way to its page."""
    stop: Keyboard = ((_stop(event),),) if can_stop else ()
    return (*stop, (button("events.staff.button.open", Open(event.id)),))


def stopped(event: Event, counts: Counts, in_flight: int, fewest: int | None) -> Phrase:
    """How many have it, get it all the same, and will not get it."""
    return phrase(
        "events.staff.stopped",
        title=event.title,
        sent=number(counts.delivered, fewest),
        in_flight=number(in_flight, fewest),
        unreachable=number(counts.unreachable, fewest),
        stopped=number(counts.kept_back, fewest),
    )


def stopped_keyboard(event: Event, more: Keyboard, *, is_over: bool) -> Keyboard:
    """What can be done about it: send to the rest, put it right, call it off."""
    resume: Keyboard = ((button("events.staff.button.resume", AskResume(event.id)),),)
    cancel: Keyboard = ((button("events.staff.button.cancel", Cancel(event.id, sure=False)),),)
    page: Row = (button("events.staff.button.open", Open(event.id)),)
    return (page,) if is_over else (page, *resume, *more, *cancel)


def event_page(
    event: Event, whom: Lines, state: Phrase, counts: Counts, replies: Replies, seats: Phrase, fewest: int | None
) -> Phrase:
    """How far the sending is, and the answers so far where it wants any."""
    facts: dict[str, Fact] = {
        "title": event.title,
        "when": telling.when(event),
        "whom": whom,
        "state": state,
        "sent": number(counts.delivered, fewest),
        "waiting": number(counts.waiting, fewest),
        "unreachable": number(counts.unreachable, fewest),
    }
    if not event.takes_answers:
        return phrase("events.staff.announcement_page", **facts)
    answers: dict[str, Fact] = {
        "yes": replies.yes,
        "maybe": replies.maybe,
        "no": replies.no,
        "silent": number(replies.silent, fewest),
        "seats": seats,
    }
    return phrase("events.staff.event", place=telling.where(event), **facts, **answers)


def event_keyboard(event: Event, more: Keyboard, *, can_stop: bool, can_resume: bool, can_cancel: bool) -> Keyboard:
    """Look again; stop, send on and cancel while there is something to stop, to send and to cancel."""
    rows: list[Row] = [(button("events.staff.button.refresh", Open(event.id)),)]
    if can_stop:
        rows.append((_stop(event),))
    if can_resume:
        rows.append((button("events.staff.button.resume", AskResume(event.id)),))
    rows += more
    if can_cancel:
        rows.append((button("events.staff.button.cancel", Cancel(event.id, sure=False)),))
    rows.append((button("events.staff.button.events", ShowEvents()),))
    return tuple(rows)


def _stop(event: Event) -> Button:
    return button("events.staff.button.stop", Stop(event.id))
