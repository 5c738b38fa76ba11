"""Full until: whoever receives referrals says until which day they take nobody new, and when they take people again."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.directory import register, store_availability, store_register
from bot.directory.actions_register import AskFull, SayFull, ShowFull, ShowService, TakeAgain
from bot.directory.availability import full_days, is_full, is_full_day
from bot.directory.chat_register import show_again
from bot.directory.register import Service
from bot.directory.register_fields import NotAccepted
from bot.directory.screens_register import ask, menu_row, short, today
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Keyboard, Row, Shelf, Turn, button
from bot.typed import typed_day
from bot.words import Lines, Phrase, phrase

routes = Routes()

RECEIVERS: Final = frozenset({Role.SPECIALIST, Role.PARTNER})

routes.offer(RECEIVERS, 60, button("directory.staff.button.fullness", ShowFull()), Shelf.SELF)


@routes.command("full")
async def full(turn: Turn, _: str) -> None:
    await _show(turn)


@routes.press(ShowFull)
async def show_full(turn: Turn, _: ShowFull) -> None:
    await _show(turn)


async def _show(turn: Turn) -> None:
    """Whether they take somebody now: for each service they answer for, or for themselves where they have none."""
    mine = await store_register.received_by(turn.db, turn.person.id)
    if not mine:
        until = await _own(turn)
        what = "directory.staff.full.until" if until else "directory.staff.full.taking"
        keyboard = (_switch(None, until), menu_row())
        turn.replace(what, keyboard=keyboard, about=None, **({"until": until} if until else {}))
        return
    rows = tuple(_switch(one, _until(turn, one)) for one in mine)
    turn.replace(
        "directory.staff.full.services",
        keyboard=(*rows, menu_row()),
        lines=Lines(tuple(_line(one, _until(turn, one)) for one in mine)),
    )


def _until(turn: Turn, one: Service) -> date | None:
    return one.full_until if is_full(one.full_until, today(turn)) else None


async def _own(turn: Turn) -> date | None:
    found = await store_availability.full_until_of(turn.db, [turn.person.id], [], today(turn))
    return found.of_person.get(turn.person.id)


def _line(one: Service, until: date | None) -> Phrase:
    if until is None:
        return phrase("directory.staff.full.line_taking", name=one.name)
    return phrase("directory.staff.full.line_until", name=one.name, until=until)


def _switch(one: Service | None, until: date | None) -> Row:
    """The button to the other of the two: full, or taking people."""
    if one is None and until is None:
        return (button("directory.staff.button.full", AskFull(None)),)
    if one is None:
        return (button("directory.staff.button.takes_again", TakeAgain(None)),)
    name = short(one.name, 18)
    if until is None:
        return (button("directory.staff.button.full_of", AskFull(one.id), name=name),)
    return (button("directory.staff.button.again_of", TakeAgain(one.id), name=name),)


# --- saying so --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Whose:
    """What is full: a service of the register, or, where there is none, whoever is asking."""

    service: Service | None


async def _whose(turn: Turn, number: int | None) -> Whose | None:
    """If it is theirs to say; otherwise they have been answered."""
    if number is None and turn.person.roles & RECEIVERS:
        return Whose(None)
    one = None if number is None else await store_register.service(turn.db, number)
    if one is not None and not one.is_retired and register.may_answer_for(turn.person, one):
        return Whose(one)
    await turn.forbidden()
    return None


@routes.press(AskFull)
async def ask_full(turn: Turn, action: AskFull) -> None:
    if await _whose(turn, action.service) is not None:
        _ask(turn, action)


def _ask(turn: Turn, action: AskFull, refused: NotAccepted | None = None) -> None:
    days = zip(("week", "fortnight", "month"), full_days(today(turn)), strict=True)
    rows: Keyboard = tuple(
        (button(f"directory.staff.button.full_{length}", SayFull(action.service, day), until=day),)
        for length, day in days
    )
    ask(turn, phrase("directory.staff.full.ask"), (*rows, _back(turn, action.service)), refused)
    turn.expect(action)


def _back(turn: Turn, number: int | None) -> Row:
    if number is not None and turn.person.may(ShowService.tag):
        return (button("directory.staff.button.go_back", ShowService(number)),)
    return (button("directory.staff.button.go_back", ShowFull()),)


@routes.text(AskFull)
async def day_typed(turn: Turn, action: AskFull, text: str) -> None:
    day = typed_day(text, today(turn))
    if day is None:
        if await _whose(turn, action.service) is not None:
            _ask(turn, action, NotAccepted("no_day"))
    else:
        await _keep(turn, action.service, day)


@routes.press(SayFull)
async def say_full(turn: Turn, action: SayFull) -> None:
    await _keep(turn, action.service, action.until)


@routes.press(TakeAgain)
async def take_again(turn: Turn, action: TakeAgain) -> None:
    await _keep(turn, action.service, None)


async def _keep(turn: Turn, number: int | None, until: date | None) -> None:
    """Full until that day, included; without one, people are taken again."""
    whose = await _whose(turn, number)
    if whose is None:
        return
    if until is not None and not is_full_day(until, today(turn)):
        _ask(turn, AskFull(number), NotAccepted("day_too_far"))
        return
    done = "service.full" if until is not None else "service.takes_again"
    if whose.service is None:
        if await store_availability.say_full_of_person(turn.db, turn.person.id, until, turn.now):
            await turn.note(done, "person", turn.person.id)
        await _show(turn)
        return
    before = await store_availability.full_until_of(turn.db, (), (whose.service.id,), today(turn))
    await store_availability.say_full(turn.db, whose.service.id, until, turn.now)
    if until != before.of_service.get(whose.service.id):
        await turn.note(done, "service", whose.service.id)
    if turn.person.may(ShowService.tag):
        await show_again(turn, whose.service.id, "full" if until is not None else "takes_again")
    else:
        await _show(turn)
