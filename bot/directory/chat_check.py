"""Is an entry still right? Its owner or a coordinator says so, or what is not, on the card or when they are asked."""

from typing import assert_never

from bot.directory import register, screens_ask, store_register
from bot.directory.actions_register import AnswerCheck, Check, RetireService, ShowService
from bot.directory.chat_register import name_of, show_one
from bot.directory.chat_service import retire
from bot.directory.register import Service
from bot.directory.screens_register import today
from bot.directory.screens_service import service_lines
from bot.people import store as people
from bot.roles import Person, Role
from bot.routes import Routes
from bot.turn import Connection, Keyboard, Tick, Turn, button
from bot.words import Lines, phrase

routes = Routes()


@routes.press(AnswerCheck)
async def answer_check(turn: Turn, action: AnswerCheck) -> None:
    """Who writes the entry acts on it; whoever else keeps it right has the coordinators told."""
    one = await store_register.service(turn.db, action.service)
    if one is None or not register.may_answer_for(turn.person, one):
        await turn.forbidden()
        return
    writes = register.may_write(turn.person, one.municipality)
    match action.answer:
        case Check.RIGHT:
            await _right(turn, one, writes)
        case Check.CHANGED | Check.GONE if not writes:
            await _tell_coordinators(turn, one, action.answer)
        case Check.CHANGED:
            screens_ask.what_to_change(turn, one)
        case Check.GONE:
            await retire(turn, RetireService(one.id))
        case never:
            assert_never(never)


async def _right(turn: Turn, one: Service, writes: bool) -> None:
    """From today on it counts as checked; one that lacks what it cannot be offered without cannot be."""
    if one.is_retired or one.missing:
        if writes:
            await show_one(turn, one, "not_whole")
        else:
            await _tell_coordinators(turn, one, Check.CHANGED)
        return
    next_at = register.verify_at(turn.now, turn.settings.verify_days, await turn.hours())
    if await store_register.verified(turn.db, one, turn.person.id, turn.now, next_at):
        await turn.note("service.verified", "service", one.id)
    checked = await store_register.service(turn.db, one.id)
    if writes and checked is not None:
        await show_one(turn, checked, "verified")
    else:
        turn.replace("directory.staff.check.thanks", keyboard=turn.home, name=one.name)


async def _tell_coordinators(turn: Turn, one: Service, answer: Check) -> None:
    await turn.note(f"service.said_{answer.value}", "service", one.id)
    for coordinator in await coordinators_of(turn.db, one.municipality):
        turn.tell(
            coordinator.id,
            phrase(
                f"directory.staff.check.told_{answer.value}",
                name=one.name,
                partner=one.organization.name,
                who=turn.person.name or turn.person.code_name,
            ),
            keyboard=((button("directory.staff.button.show_service", ShowService(one.id)),),),
            once=f"service:{one.id}:{answer.value}:{coordinator.id}:{today(turn).isoformat()}",
        )
    turn.replace("directory.staff.check.passed_on", keyboard=turn.home, name=one.name)


async def coordinators_of(db: Connection, municipality: str | None) -> list[Person]:
    """Those of the municipality, or the national ones where it has none."""
    found = await people.holders(db, Role.COORDINATOR, municipality)
    return found or await people.holders(db, Role.COORDINATOR, None)


# --- when the time comes ----------------------------------------------------------------------------------------


@routes.at_tick(store_register.TO_VERIFY)
async def ask_whether_right(tick: Tick) -> bool:
    """Its owner is asked, once more two weeks later, and then the coordinators, until somebody says so."""
    found = await store_register.to_verify(tick.db, tick.now)
    for one in found:
        async with tick.apart(one.id):
            if one.is_retired:
                await store_register.asked(tick.db, one, None, 0)
            else:
                await _ask(tick, one)
    return len(found) == store_register.AT_ONCE


async def _ask(tick: Tick, one: Service) -> None:
    asked = await _whom(tick, one)
    again = register.ask_again_at(tick.now, await tick.hours())
    if not await store_register.asked(tick.db, one, again, one.asked_times + 1):
        return
    receiver = await name_of(tick, one.receiver_id)
    for person in asked:
        tick.tell(
            person.id,
            phrase(
                "directory.staff.check.ask",
                name=one.name,
                partner=one.organization.name,
                lines=Lines(service_lines(one, receiver, tick.now, tick.now.astimezone(tick.zone).date())),
            ),
            keyboard=_answers(one),
            once=f"service:{one.id}:check:{person.id}:{one.verify_at:%Y%m%d%H%M}",
        )


async def _whom(tick: Tick, one: Service) -> list[Person]:
    """The owner, if they still have to do with it; otherwise the coordinators."""
    if register.goes_to_owner(one) and one.organization.owner_id is not None:
        owner = await people.person(tick.db, one.organization.owner_id)
        if owner is not None and register.keeps(owner, one.municipality):
            return [owner]
    return await coordinators_of(tick.db, one.municipality)


def _answers(one: Service) -> Keyboard:
    return tuple(
        (button(f"directory.staff.button.check.{answer.value}", AnswerCheck(one.id, answer)),) for answer in Check
    )
