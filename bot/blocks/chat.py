"""Blocking and unblocking somebody, by a lead or a coordinator: from the page of a case or by code name."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action
from bot.blocks import chat_appeal, rules, store
from bot.blocks.rules import Barred, Block, Reason, Term, Unbarred
from bot.blocks.screens import Lift, OpenBlock, menu_row, notice, reason_of, until
from bot.people import store as people
from bot.roles import Person
from bot.routes import Routes, joined
from bot.turn import Keyboard, Tick, Turn, button
from bot.typed import in_one_line
from bot.words import phrase

_blocking = Routes()


@dataclass(frozen=True, slots=True)
class BlockTyped(Action):
    """The next text is the code name of whom to block."""

    tag: ClassVar[str] = "blocks.typed"


@dataclass(frozen=True, slots=True)
class PickReason(Action):
    tag: ClassVar[str] = "blocks.reason"
    person: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class PutBlock(Action):
    tag: ClassVar[str] = "blocks.block"
    person: int
    reason: Reason
    term: Term


@_blocking.command("block")
async def block(turn: Turn, argument: str) -> None:
    if argument:
        await _find(turn, argument)
    else:
        _ask_code_name(turn, "blocks.staff.ask_code_name")


@_blocking.text(BlockTyped)
async def code_name_typed(turn: Turn, _: BlockTyped, text: str) -> None:
    await _find(turn, text)


async def _find(turn: Turn, typed: str) -> None:
    youth = await people.by_code_name(turn.db, in_one_line(typed))
    if youth is None or not await _may_block(turn, youth):
        _ask_code_name(turn, "blocks.staff.no_such_code_name")
    else:
        await _show(turn, youth)


def _ask_code_name(turn: Turn, key: str) -> None:
    turn.say(key, keyboard=(menu_row(),))
    turn.expect(BlockTyped())


@_blocking.press(OpenBlock)
async def open_block(turn: Turn, action: OpenBlock) -> None:
    youth = await _theirs(turn, action.person)
    if youth is None:
        await turn.forbidden()
    else:
        await _show(turn, youth)


async def _show(turn: Turn, youth: Person) -> None:
    """The reasons to choose from; of somebody blocked already, how it stands and the way to lift it."""
    standing = await store.block_of(turn.db, youth.id)
    if standing is not None and standing.holds_at(turn.now):
        turn.replace(
            "blocks.staff.standing",
            keyboard=((button("blocks.staff.button.lift", Lift(youth.id)),), menu_row()),
            about=youth.id,
            code_name=youth.code_name,
            reason=reason_of(standing.reason),
            until=until(standing.until),
        )
        return
    rows: Keyboard = tuple(
        (button(f"blocks.any.reason.{reason.value}", PickReason(youth.id, reason)),) for reason in Reason
    )
    turn.replace("blocks.staff.choose_reason", keyboard=(*rows, menu_row()), about=youth.id, code_name=youth.code_name)


@_blocking.press(PickReason)
async def pick_reason(turn: Turn, action: PickReason) -> None:
    youth = await _theirs(turn, action.person)
    if youth is None:
        await turn.forbidden()
        return
    rows: Keyboard = tuple(
        (button(f"blocks.staff.button.term.{term.value}", PutBlock(youth.id, action.reason, term)),) for term in Term
    )
    turn.replace("blocks.staff.choose_term", keyboard=(*rows, menu_row()), about=youth.id, code_name=youth.code_name)


@_blocking.press(PutBlock)
async def put_block(turn: Turn, action: PutBlock) -> None:
    youth = await _theirs(turn, action.person)
    if youth is None:
        await turn.forbidden()
        return
    standing = await store.block_of(turn.db, youth.id)
    if standing is not None and standing.holds_at(turn.now):  # pressed twice, or somebody else was quicker
        await _show(turn, youth)
        return
    made = Block(youth.id, turn.now, turn.person.id, action.reason, rules.ends(action.term, turn.now), None, None)
    await store.put(turn.db, made)
    await turn.note("block.put", "person", youth.id)
    await turn.happened(Barred(youth.id))
    what, keyboard = notice(made, turn.now)
    turn.tell(youth.id, what, keyboard=keyboard)
    turn.replace(
        "blocks.staff.blocked",
        keyboard=((button("blocks.staff.button.lift", Lift(youth.id)),), *turn.home),
        about=youth.id,
        code_name=youth.code_name,
        until=until(made.until),
    )


@_blocking.press(Lift)
async def lift(turn: Turn, action: Lift) -> None:
    youth = await _theirs(turn, action.person)
    if youth is None:
        await turn.forbidden()
        return
    if await store.lift(turn.db, youth.id):
        await turn.note("block.lifted", "person", youth.id)
        tell_lifted(turn, youth.id)
        await turn.happened(Unbarred(youth.id))
    turn.replace("blocks.staff.lifted", keyboard=turn.home, about=youth.id, code_name=youth.code_name)


def tell_lifted(tick: Tick, youth_id: int) -> None:
    tick.tell(youth_id, phrase("blocks.youth.lifted"), keyboard=chat_appeal.way_on())


async def _theirs(turn: Turn, person_id: int) -> Person | None:
    """The young person, if this one may block them."""
    youth = await people.person(turn.db, person_id)
    return youth if youth is not None and await _may_block(turn, youth) else None


async def _may_block(turn: Turn, youth: Person) -> bool:
    return rules.may_block(turn.person, youth, await people.municipality_of(turn.db, youth.id))


@_blocking.at_tick(store.OVER)
async def over(tick: Tick) -> bool:
    """Blocks end by themselves, and whoever waited for it is told."""
    ended = await store.take_over(tick.db, tick.now)
    for person_id in ended:
        await tick.record("block.ended", subject="person", subject_id=person_id)
        tell_lifted(tick, person_id)
        await tick.happened(Unbarred(person_id))
    return len(ended) == store.AT_ONCE


routes = joined((_blocking, chat_appeal.routes))
