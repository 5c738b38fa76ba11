"""What wishes and matches look like to those who look for a partner."""

from collections.abc import Iterable

from bot.directory.countries import COUNTRIES, SPOKEN, country_key, spoken_key
from bot.partnerships.actions import (
    AskPart,
    BeginWish,
    CloseWish,
    LeavePart,
    Publish,
    SayOfMatch,
    ShowHub,
    ShowMatch,
    ShowWish,
    ShowWishes,
    ToggleCountry,
    ToggleField,
    ToggleLanguage,
)
from bot.partnerships.matches import Match, Says
from bot.partnerships.wishes import Field, Part, Reasons, Side, Wish, before, missing
from bot.turn import Button, Keyboard, Row, button
from bot.typed import shortened
from bot.words import Fact, Listing, Phrase, phrase


def hub_row() -> Row:
    return (button("partnerships.any.button.back", ShowHub()),)


def side_rows() -> Keyboard:
    """Which side one stands on."""
    return tuple((button(f"partnerships.staff.button.side_{side.value}", BeginWish(side)),) for side in Side)


def part_keyboard(wish: Wish, part: Part) -> Keyboard:
    """The choices of what is asked, the way on and the way back."""
    rows: list[Row] = []
    match part:
        case Part.FIELDS:
            rows += [(_field(wish, one),) for one in Field]
        case Part.COUNTRIES:
            rows += _in_rows([_country(wish, one) for one in COUNTRIES], 2)
        case Part.LANGUAGES:
            rows += _in_rows([_language(wish, one) for one in SPOKEN], 3)
        case _:
            pass
    if part is Part.DATES:
        rows.append((button("partnerships.staff.button.any_time", LeavePart(wish.id, part)),))
    elif part in (Part.FIELDS, Part.COUNTRIES, Part.LANGUAGES) or _there(wish, part):
        rows.append((button("partnerships.any.button.onward", LeavePart(wish.id, part)),))
    previous = before(part)
    to = ShowWishes() if previous is None else AskPart(wish.id, previous)
    rows.append((button("partnerships.any.button.back", to),))
    return tuple(rows)


def _there(wish: Wish, part: Part) -> bool:
    return {Part.ORGANIZATION: wish.organization, Part.SUBJECT: wish.subject, Part.CONTACT: wish.contact}.get(
        part
    ) is not None


def _field(wish: Wish, one: Field) -> Button:
    chosen = one in wish.fields
    return _ticked(phrase(field_key(one)), ToggleField(wish.id, one, not chosen), chosen=chosen)


def _country(wish: Wish, code: str) -> Button:
    chosen = code in wish.countries
    return _ticked(phrase(country_key(code)), ToggleCountry(wish.id, code, not chosen), chosen=chosen)


def _language(wish: Wish, code: str) -> Button:
    chosen = code in wish.languages
    return _ticked(phrase(spoken_key(code)), ToggleLanguage(wish.id, code, not chosen), chosen=chosen)


def _ticked(what: Phrase, action: ToggleField | ToggleCountry | ToggleLanguage, *, chosen: bool) -> Button:
    return button(f"partnerships.any.button.{'on' if chosen else 'off'}", action, what=what)


def _in_rows(buttons: list[Button], width: int) -> list[Row]:
    return [tuple(buttons[first : first + width]) for first in range(0, len(buttons), width)]


def field_key(one: Field) -> str:
    return f"partnerships.any.field.{one.value}"


def described(wish: Wish) -> Phrase:
    """What somebody looks for, without who answers for it."""
    return phrase(
        "partnerships.any.wish",
        organization=wish.organization or "–",
        side=phrase(f"partnerships.any.side.{wish.side.value}"),
        subject=wish.subject or "–",
        fields=_listed((field_key(one) for one in Field if one in wish.fields), "partnerships.any.none_yet"),
        countries=_listed((country_key(one) for one in sorted(wish.countries)), "partnerships.any.any_country"),
        languages=_listed((spoken_key(one) for one in sorted(wish.languages)), "partnerships.any.none_yet"),
        dates=dates(wish.from_on, wish.until_on),
    )


def dates(from_on: Fact | None, until_on: Fact | None) -> Phrase:
    """From when until when; open where nothing is said."""
    if from_on is None and until_on is None:
        return phrase("partnerships.any.any_time")
    if until_on is None:
        return phrase("partnerships.any.from_on", day=_fact(from_on))
    if from_on is None:
        return phrase("partnerships.any.until_on", day=_fact(until_on))
    return phrase("partnerships.any.dates", first=from_on, last=until_on)


def _fact(day: Fact | None) -> Fact:
    assert day is not None
    return day


def _listed(keys: Iterable[str], nothing: str) -> Phrase:
    found = tuple(phrase(key) for key in keys)
    return phrase("partnerships.any.list", items=Listing(found)) if found else phrase(nothing)


def why(reasons: Reasons) -> Phrase:
    """Why two fit, in one paragraph."""
    countries = _listed((country_key(one) for one in reasons.countries), "partnerships.any.any_country")
    return phrase(
        "partnerships.any.why",
        fields=_listed((field_key(one) for one in reasons.fields), "partnerships.any.none_yet"),
        languages=_listed((spoken_key(one) for one in reasons.languages), "partnerships.any.none_yet"),
        countries=countries,
        dates=dates(reasons.from_on, reasons.until_on),
    )


def wish_keyboard(wish: Wish) -> Keyboard:
    """Change any part, publish while it is not, close."""
    parts = [button(f"partnerships.staff.button.part_{one.value}", AskPart(wish.id, one)) for one in Part]
    rows = _in_rows(parts, 2)
    if wish.published_at is None and missing(wish) is None:
        rows.insert(0, (button("partnerships.staff.button.publish", Publish(wish.id)),))
    rows.append((button("partnerships.staff.button.close", CloseWish(wish.id, sure=False)),))
    rows.append((button("partnerships.any.button.back", ShowWishes()),))
    return tuple(rows)


def match_keyboard(match: Match, mine: int) -> Keyboard:
    """Yes or no, while it is open."""
    rows: list[Row] = []
    if match.is_open:
        if match.said_by(mine) is None:
            rows.append((button("partnerships.staff.button.introduce", SayOfMatch(match.id, mine, Says.YES)),))
        rows.append((button("partnerships.staff.button.rather_not", SayOfMatch(match.id, mine, Says.NO)),))
    rows.append((button("partnerships.staff.button.my_wishes", ShowWishes()),))
    return tuple(rows)


def match_row(match: Match, mine: int, other: Wish) -> Row:
    """The way to it from the list."""
    organization = shortened(other.organization or "–", 25)
    return (button("partnerships.staff.button.match", ShowMatch(match.id, mine), organization=organization),)


def wish_row(wish: Wish) -> Row:
    """The way to one's own wish."""
    key = "wish" if wish.published_at is not None else "wish_begun"
    subject = phrase("partnerships.any.no_subject") if wish.subject is None else shortened(wish.subject, 25)
    return (button(f"partnerships.staff.button.{key}", ShowWish(wish.id), subject=subject),)
