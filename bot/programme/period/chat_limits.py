"""How long programmes may be in a municipality: what holds now and from when, and other limits from a day on."""

from dataclasses import replace
from datetime import date
from typing import Final, assert_never

from bot.directory.rules import place_key
from bot.programme import store
from bot.programme.joining import plans
from bot.programme.period import limits, store_limits
from bot.programme.period.limits import Limits, MaySet, NotAhead, WrongOrder
from bot.programme.period.screens_time import OpenLimits, SetLimits
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Button, Keyboard, Shelf, Turn, button
from bot.words import Lines, phrase

routes = Routes()

_A_ROW: Final = 6


@routes.command("limits")
async def show(turn: Turn, _: str) -> None:
    await _open(turn, None)


@routes.press(OpenLimits)
async def open_limits(turn: Turn, action: OpenLimits) -> None:
    await _open(turn, action.municipality)


async def _places(turn: Turn) -> list[str]:
    """The municipalities that they answer for; who answers for the country, all that have a programme lead."""
    answers = {one.municipality for one in turn.person.grants if one.role in (Role.LEAD, Role.COORDINATOR)}
    if None in answers:
        return await store.led_municipalities(turn.db)
    return sorted(code for code in answers if code is not None)


async def _open(turn: Turn, municipality: str | None) -> None:
    mine = await _places(turn)
    if municipality is None and len(mine) == 1:
        municipality = mine[0]
    if municipality is None:
        rows = tuple((_place_button(code),) for code in mine)
        key = "programme.staff.limits.which" if mine else "programme.staff.limits.nowhere"
        turn.replace(key, keyboard=(*rows, *turn.home))
    elif limits.may_set(turn.person, municipality):
        await _show(turn, municipality)
    else:
        await turn.forbidden()


def _place_button(code: str) -> Button:
    return Button(phrase(place_key(code)), OpenLimits(code))


async def _show(turn: Turn, municipality: str) -> None:
    """What holds today, and what will."""
    lines = await store_limits.lines(turn.db, municipality)
    usual = store_limits.of_settings(turn.settings)
    now = limits.on(_today(turn), lines, usual)
    ahead = tuple(
        phrase(
            "programme.staff.limits.line",
            from_on=line.from_on,
            shortest=line.limits.shortest,
            longest=line.limits.longest,
        )
        for line in lines
        if line.from_on > _today(turn)
    )
    turn.replace(
        "programme.staff.limits.page",
        place=phrase(place_key(municipality)),
        shortest=now.shortest,
        longest=now.longest,
        ahead=Lines(ahead) if ahead else phrase("programme.staff.limits.nothing_ahead"),
        keyboard=((button("programme.staff.button.set_limits", SetLimits(municipality)),), *turn.home),
    )


def _today(turn: Turn) -> date:
    return turn.now.astimezone(turn.zone).date()


# --- other limits -----------------------------------------------------------------------------------------------


@routes.press(SetLimits)
async def set_limits(turn: Turn, action: SetLimits) -> None:
    """The shortest, the longest, the day: one question each."""
    if not limits.may_set(turn.person, action.municipality):
        await turn.forbidden()
    elif action.shortest is None:
        _ask(turn, action, "shortest", [replace(action, shortest=months) for months in limits.CHOICES])
    elif action.longest is None:
        longer = [months for months in limits.CHOICES if months >= action.shortest]
        _ask(turn, action, "longest", [replace(action, longest=months) for months in longer])
    elif action.from_on is None:
        _ask_day(turn, action, "programme.staff.limits.from_when")
    else:
        await _set(turn, action, Limits(action.shortest, action.longest), action.from_on)


def _ask(turn: Turn, action: SetLimits, what: str, choices: list[SetLimits]) -> None:
    numbers = [
        button("programme.staff.button.number_of_months", one, months=one.longest or one.shortest or 0)
        for one in choices
    ]
    rows: Keyboard = tuple(tuple(numbers[at : at + _A_ROW]) for at in range(0, len(numbers), _A_ROW))
    turn.replace(f"programme.staff.limits.{what}", keyboard=(*rows, *_back(action.municipality)))


def _ask_day(turn: Turn, action: SetLimits, key: str) -> None:
    """From today, from the first of next month, or from a typed day."""
    today = _today(turn)
    first = date(today.year + today.month // 12, today.month % 12 + 1, 1)
    days = tuple(
        (button("programme.staff.button.limits_from", replace(action, from_on=day), from_on=day),)
        for day in (today, first)
    )
    turn.replace(key, keyboard=(*days, *_back(action.municipality)))
    turn.expect(action)


@routes.text(SetLimits)
async def day_typed(turn: Turn, action: SetLimits, text: str) -> None:
    """The day from which they hold."""
    if not limits.may_set(turn.person, action.municipality):
        await turn.forbidden()
        return
    day = plans.typed_day(text, _today(turn))
    if day is None or action.shortest is None or action.longest is None:
        _ask_day(turn, action, "programme.staff.limits.day_unclear")
        return
    await _set(turn, action, Limits(action.shortest, action.longest), day)


async def _set(turn: Turn, action: SetLimits, wanted: Limits, from_on: date) -> None:
    match limits.may_be(wanted, from_on, _today(turn)):
        case MaySet():
            await store_limits.keep(turn.db, action.municipality, from_on, wanted, turn.person.id, turn.now)
            await turn.note("limits.set")
            await _show(turn, action.municipality)
        case WrongOrder():
            await set_limits(turn, SetLimits(action.municipality))
        case NotAhead():
            _ask_day(turn, replace(action, from_on=None), "programme.staff.limits.day_not_ahead")
        case never:
            assert_never(never)


def _back(municipality: str) -> Keyboard:
    return ((button("programme.staff.button.back", OpenLimits(municipality)),),)


routes.offer({Role.LEAD, Role.COORDINATOR}, 85, button("programme.staff.button.limits", OpenLimits()), Shelf.TEAM)
