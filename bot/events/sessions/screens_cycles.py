"""Cycles of events: for the coordinators who lead them, and in the notice to whoever comes to their events."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.directory.countries import COUNTRIES, country_key
from bot.events import screens
from bot.events.details import Section
from bot.events.event import Event
from bot.events.going_out.actions_sending import Open, ShowEvents
from bot.events.sessions import cycles
from bot.events.sessions.actions_series import (
    AskCycleCountries,
    AskCycleDates,
    AskCycleTitle,
    EndCycle,
    NewCycle,
    PickCycle,
    SetCycleCountries,
    SetCycleDates,
    ShowCycle,
    ShowCycles,
)
from bot.events.sessions.cycles import Cycle, from_told
from bot.events.writing.actions_details import ShowMore
from bot.events.writing.drafts import Draft
from bot.turn import Button, Keyboard, Row, button
from bot.words import Lines, Listing, Phrase, phrase


def listing(found: Sequence[Cycle], *, leads: bool) -> tuple[Phrase, Keyboard]:
    """All of them; whoever `leads` may begin another."""
    rows: Keyboard = tuple(
        (button("events.any.button.title", ShowCycle(one.id), title=screens.short(one.title)),) for one in found
    )
    begin: Keyboard = ((button("events.staff.button.new_cycle", NewCycle()),),) if leads else ()
    more: Keyboard = (*begin, (button("events.staff.button.events", ShowEvents()),))
    if not found:
        return phrase("events.staff.no_cycles"), more
    lines = Lines(tuple(_line(one) for one in found))
    return phrase("events.staff.cycles", cycles=lines), (*rows, *more)


def to_all() -> Keyboard:
    """Back to all of them."""
    return ((button("events.any.button.back", ShowCycles()),),)


def page(cycle: Cycle, events: Sequence[Event], *, leads: bool) -> tuple[Phrase, Keyboard]:
    """One of them with its events, and what follows what."""
    rows: list[Row] = []
    if leads:
        rows += _on_again(cycle) if cycle.ended else _changes(cycle)
        rows += [(button("events.any.button.title", Open(one.id), title=screens.short(one.title)),) for one in events]
    rows += to_all()
    lines = Lines(tuple(_event(one, events) for one in events)) if events else phrase("events.staff.cycle_empty")
    said = phrase("events.staff.cycle", title=cycle.title, facts=_facts(cycle), version=cycle.version, events=lines)
    return said, tuple(rows)


def _changes(cycle: Cycle) -> Keyboard:
    title = button("events.staff.button.cycle_title", AskCycleTitle(cycle.id))
    dates = button("events.staff.button.cycle_dates", AskCycleDates(cycle.id))
    countries = button("events.staff.button.cycle_countries", AskCycleCountries(cycle.id))
    end = button("events.staff.button.cycle_end", EndCycle(cycle.id, ended=True, sure=False))
    return ((dates, countries), (title, end))


def _on_again(cycle: Cycle) -> Keyboard:
    return ((button("events.staff.button.cycle_goes_on", EndCycle(cycle.id, ended=False, sure=True)),),)


def ask_end(cycle: Cycle, coming: Sequence[Event]) -> tuple[Phrase, Keyboard]:
    """Is it over? Its events that are still ahead take place all the same."""
    rows: Keyboard = (
        (button("events.staff.button.cycle_end_sure", EndCycle(cycle.id, ended=True, sure=True)),),
        *back_to(cycle.id),
    )
    ahead = phrase("events.staff.cycle_ahead", count=len(coming))
    return phrase("events.staff.cycle_end_ask", title=cycle.title, ahead=ahead), rows


def confirm_dates(old: Cycle, new: Cycle, people: int) -> tuple[Phrase, Keyboard]:
    """The old and the new, and how many will hear of it."""
    assert new.from_on is not None
    assert new.until_on is not None
    return _confirm(old, new, people, SetCycleDates(old.id, new.from_on, new.until_on, old.version))


def confirm_countries(old: Cycle, new: Cycle, people: int) -> tuple[Phrase, Keyboard]:
    """The same for its countries."""
    return _confirm(old, new, people, SetCycleCountries(old.id, "".join(new.countries), old.version))


def _confirm(old: Cycle, new: Cycle, people: int, action: SetCycleDates | SetCycleCountries) -> tuple[Phrase, Keyboard]:
    rows: Keyboard = (
        (button("events.staff.button.cycle_sure", action),),
        (button("events.any.button.back", ShowCycle(old.id)),),
    )
    said = phrase(
        "events.staff.cycle_confirm",
        title=old.title,
        old=_facts(old),
        new=_facts(new),
        people=phrase("events.staff.cycle_people", count=people),
    )
    return said, rows


def changed(old: Mapping[str, Any], new: Mapping[str, Any], *, is_youth: bool) -> Phrase:
    """To whoever comes to one of its events: the old and the new."""
    before, now = from_told(old), from_told(new)
    to = "youth" if is_youth else "staff"
    return phrase(f"events.{to}.cycle_changed", title=now.title, old=_facts(before), new=_facts(now))


def back_to(cycle_id: int) -> Keyboard:
    """The way back from a question about it."""
    return ((button("events.any.button.back", ShowCycle(cycle_id)),),)


def wrong(why: cycles.Why) -> Phrase:
    """Why that cannot stand."""
    return phrase(f"events.staff.cycle_wrong.{why.value}", known=", ".join(COUNTRIES))


def choose(draft: Draft, found: Sequence[Cycle]) -> tuple[Phrase, Keyboard]:
    """To which of them does the draft belong?"""
    rows: list[tuple[Button, ...]] = [(_choice(draft, one),) for one in found]
    if draft.series_id is not None:
        rows.append((button("events.staff.button.drop", PickCycle(draft.id, None)),))
    rows.append((button("events.any.button.back", ShowMore(draft.id, Section.FRAME)),))
    return phrase("events.staff.choose_cycle" if found else "events.staff.no_cycles"), tuple(rows)


def _choice(draft: Draft, cycle: Cycle) -> Button:
    mark = "on" if cycle.id == draft.series_id else "off"
    action = PickCycle(draft.id, cycle.id)
    return button(f"events.staff.button.group_{mark}", action, group=screens.short(cycle.title))


def _line(cycle: Cycle) -> Phrase:
    return phrase("events.staff.cycle_line", title=cycle.title, facts=_facts(cycle))


def _facts(cycle: Cycle) -> Phrase:
    """From when to when, and which countries; and that it is over, if it is."""
    facts = _dates_and_countries(cycle)
    return phrase("events.any.cycle_ended", facts=facts) if cycle.ended else facts


def _dates_and_countries(cycle: Cycle) -> Phrase:
    countries = Listing(tuple(phrase(country_key(one)) for one in cycle.countries))
    there = countries if cycle.countries else phrase("events.any.cycle_no_countries")
    if cycle.from_on is None or cycle.until_on is None:
        return phrase("events.any.cycle_undated", countries=there)
    return phrase("events.any.cycle_facts", begins=cycle.from_on, ends=cycle.until_on, countries=there)


def _event(event: Event, others: Sequence[Event]) -> Phrase:
    line = phrase("events.any.cycle_event", title=event.title, when=event.starts_at)
    before = cycles.follows(event, others)
    if not before:
        return line
    titles = Listing(tuple(phrase("events.any.button.title", title=one.title) for one in before))
    return phrase("events.any.cycle_follows", event=line, before=titles)
