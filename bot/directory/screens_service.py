"""A service of the register as it is shown: line by line, how old that knowledge is, and what may be done with it."""

from datetime import date, datetime

from bot.directory.actions_register import (
    AnswerCheck,
    AskFull,
    BringBackService,
    ChangeService,
    Check,
    RetireService,
    ShowPartner,
    TakeAgain,
)
from bot.directory.availability import is_full
from bot.directory.register import SPOKEN, Service
from bot.directory.rules import Region, municipalities, place_key, region_key
from bot.directory.screens_register import as_written, put, short, today
from bot.directory.screens_register import checked as checked
from bot.turn import Button, Keyboard, Row, Turn, button
from bot.words import Fact, Lines, Listing, Phrase, phrase


def service(
    turn: Turn, one: Service, receiver: str | None, *, may_write: bool, may_answer: bool, note: str | None = None
) -> None:
    """All that is known of a service, how old that knowledge is, and what may be done with it."""
    screen = phrase(
        "directory.staff.service",
        name=one.name,
        partner=one.organization.name,
        lines=Lines(service_lines(one, receiver, turn.now, today(turn))),
    )
    put(turn, screen, _ways_on(turn, one, may_write=may_write, may_answer=may_answer), note)


def _ways_on(turn: Turn, one: Service, *, may_write: bool, may_answer: bool) -> Keyboard:
    rows: list[Row] = []
    if one.is_retired:
        if may_write and one.organization.retired_at is None:
            rows.append((button("directory.staff.button.bring_back", BringBackService(one.id)),))
    else:
        if may_answer and not one.missing:
            rows.append((button("directory.staff.button.still_right", AnswerCheck(one.id, Check.RIGHT)),))
        if may_write:
            rows.append((button("directory.staff.button.change_entry", ChangeService(one.id)),))
        if may_answer:
            rows.append((_full_button(turn, one),))
        if may_write:
            rows.append((button("directory.staff.button.retire", RetireService(one.id)),))
    back = (button("directory.any.as_written", ShowPartner(one.organization.id), text=short(one.organization.name)),)
    return (*rows, back)


def _full_button(turn: Turn, one: Service) -> Button:
    if is_full(one.full_until, today(turn)):
        return button("directory.staff.button.takes_again", TakeAgain(one.id))
    return button("directory.staff.button.full", AskFull(one.id))


def service_lines(one: Service, receiver: str | None, now: datetime, today: date) -> tuple[Phrase, ...]:
    """A service line by line; what is not known is left out, but for what it cannot be offered without."""
    lines = [phrase("directory.staff.line.kind", value=phrase(f"directory.staff.help.{one.kind.value}"))]
    if one.offers:
        lines.append(phrase("directory.staff.line.offers", value=offers_of(one)))
    if one.description is not None:
        lines.append(as_written(one.description))
    lines += [phrase("directory.staff.line.ages", value=ages_of(one)), *_told("eligibility", one.eligibility)]
    lines.append(phrase("directory.staff.line.languages", value=languages_of(one)))
    lines.append(phrase("directory.staff.line.areas", value=areas_of(one)))
    lines.append(phrase("directory.staff.line.place", value=place_where(one)))
    lines.append(phrase("directory.staff.line.reached", value=reached(one, receiver)))
    lines.append(phrase("directory.staff.line.reads", value=phrase(f"directory.staff.spoken.{one.reads.value}")))
    lines += _told("phone", one.phone)
    if one.capacity is not None:
        lines.append(phrase("directory.staff.line.capacity", count=one.capacity))
    if is_full(one.full_until, today) and one.full_until is not None:
        lines.append(phrase("directory.staff.line.full", until=one.full_until))
    if one.retired_at is not None:
        lines.append(phrase("directory.staff.out_of_use"))
    lines.append(checked(one, now))
    if not one.is_offered and not one.is_retired:
        lines.append(phrase("directory.staff.not_offered_missing" if one.missing else "directory.staff.not_offered"))
    return tuple(lines)


def _told(field: str, value: str | None) -> list[Phrase]:
    return [] if value is None else [phrase(f"directory.staff.line.{field}", value=value)]


def offers_of(one: Service) -> Listing:
    return Listing(tuple(phrase(f"directory.staff.offer.{offer.value}") for offer in one.offers))


def ages_of(one: Service) -> Phrase:
    return span(one.minimum_age, one.maximum_age)


def span(youngest: int | None, oldest: int | None) -> Phrase:
    if youngest is None and oldest is None:
        return phrase("directory.staff.ages.any")
    if oldest is None:
        return phrase("directory.staff.ages.from", youngest=youngest or 0)
    if youngest is None:
        return phrase("directory.staff.ages.to", oldest=oldest)
    return phrase("directory.staff.ages.span", youngest=youngest, oldest=oldest)


def language_of(code: str) -> Phrase:
    """A language in words; one that no button offers, from an import, by its code."""
    return phrase(f"directory.staff.spoken.{code}") if code in SPOKEN else as_written(code)


def languages_of(one: Service) -> Fact:
    return Listing(tuple(language_of(code) for code in one.languages)) if one.languages else missing()


def areas_of(one: Service) -> Fact:
    if not one.areas:
        return phrase("directory.any.whole_country")
    for region in Region:
        if {place.code for place in municipalities() if place.region is region} == set(one.areas):
            return phrase(region_key(region))
    return Listing(tuple(phrase(place_key(code)) for code in one.areas))


def place_where(one: Service) -> Fact:
    where = [phrase("directory.staff.online")] if one.online else []
    where += [as_written(one.address)] if one.address is not None else []
    return Listing(tuple(where)) if where else missing()


def reached(one: Service, receiver: str | None) -> Fact:
    if receiver is not None:
        return phrase("directory.staff.on_telegram", name=receiver)
    if one.email is not None:
        return phrase("directory.staff.by_letter", email=one.email)
    return missing()


def missing() -> Phrase:
    return phrase("directory.staff.missing")
