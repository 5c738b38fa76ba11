"""What somebody who is blocked can still say: that they object. Another person than the one who blocked decides."""

from collections.abc import Sequence

from bot.blocks import rules, store
from bot.blocks.rules import LONGEST_APPEAL, TOLD_AGAIN_AFTER, Block, Unbarred
from bot.blocks.screens import Appeal, Decide, menu_row, notice, reason_of, until
from bot.people import store as people
from bot.people.screens import with_help
from bot.roles import Person, Role
from bot.routes import Case, Routes
from bot.turn import Keyboard, Priority, Turn, button
from bot.typed import in_one_line
from bot.words import Phrase, phrase

routes = Routes()


@routes.when(Case.BARRED)
async def barred(turn: Turn) -> None:
    """One kind sentence, at most once a minute; a question that is open for an objection stays open."""
    if turn.expecting is not None:
        turn.expect(turn.expecting)
    block = await store.block_of(turn.db, turn.person.id)
    if block is None:
        raise ValueError("nobody is barred without a block")
    what, keyboard = notice(block, turn.now)
    if not await store.told_since(turn.db, turn.person.id, what.key, turn.now - TOLD_AGAIN_AFTER):
        turn.pressed = None
        turn.replace_with(what, keyboard)


@routes.press(Appeal)
async def appeal(turn: Turn, _: Appeal) -> None:
    block = await store.block_of(turn.db, turn.person.id)
    if block is None or not block.holds_at(turn.now):
        await turn.carry_on()
    elif not rules.may_object(block, turn.now):
        turn.replace_with(_stands(block), with_help())
    elif not await _deciders(turn, block):
        _say_nobody(turn, block)
    else:
        turn.say("blocks.youth.appeal_question", keyboard=with_help())
        turn.expect(Appeal())


@routes.text(Appeal)
async def appeal_typed(turn: Turn, _: Appeal, text: str) -> None:
    block = await store.block_of(turn.db, turn.person.id)
    if block is None or not block.holds_at(turn.now):
        await turn.carry_on()
        return
    if len(text) > LONGEST_APPEAL:
        turn.say("blocks.youth.appeal_too_long", keyboard=with_help(), longest=LONGEST_APPEAL)
        turn.expect(Appeal())
        return
    words = in_one_line(text)
    deciders = await _deciders(turn, block)
    if not deciders and rules.may_object(block, turn.now):
        _say_nobody(turn, block)
        return
    if not await store.object_to(turn.db, turn.person.id, words, turn.now):
        turn.replace_with(_stands(block), with_help())
        return
    await turn.note("block.appealed", "person", turn.person.id)
    for one in deciders:
        turn.tell(
            one.id,
            phrase(
                "blocks.staff.appeal",
                code_name=turn.person.code_name,
                reason=reason_of(block.reason),
                until=until(block.until),
                words=words,
            ),
            keyboard=_deciding(turn.person.id),
            about=turn.person.id,
        )
    turn.say("blocks.youth.appeal_passed_on", keyboard=with_help())


def _say_nobody(turn: Turn, block: Block) -> None:
    """Nobody could look at it now: nothing is kept as if somebody would, and they may object another day."""
    rows: Keyboard = ((button("blocks.youth.button.appeal", Appeal()),),)
    turn.say("blocks.youth.appeal_nobody", until=until(block.until), keyboard=with_help(rows))


def _stands(block: Block) -> Phrase:
    """They have objected before: it is being looked at, or was decided."""
    key = "blocks.youth.appeal_waits" if block.decided_at is None else "blocks.youth.kept"
    return phrase(key, until=until(block.until))


def _deciding(youth_id: int) -> Keyboard:
    return (
        (button("blocks.staff.button.lift", Decide(youth_id, lift=True)),),
        (button("blocks.staff.button.keep", Decide(youth_id, lift=False)),),
    )


@routes.press(Decide)
async def decide(turn: Turn, action: Decide) -> None:
    """Whoever is first decides; the young person is told, and with a block lifted goes on where they were."""
    youth = await people.person(turn.db, action.person)
    block = await store.block_of(turn.db, action.person)
    if youth is None:
        await turn.forbidden()
        return
    if block is None or block.appealed_at is None or block.decided_at is not None:
        if await _covers(turn, youth):
            turn.replace("blocks.staff.already_decided", keyboard=turn.home, code_name=youth.code_name, about=youth.id)
        else:
            await turn.forbidden()
        return
    if turn.person.id not in {one.id for one in await _deciders(turn, block)}:
        await turn.forbidden()
        return
    if action.lift:
        done = await store.lift(turn.db, youth.id)
        told, key = phrase("blocks.youth.lifted"), "blocks.staff.lifted"
    else:
        done = await store.decide_to_keep(turn.db, youth.id, turn.now)
        told, key = phrase("blocks.youth.kept", until=until(block.until)), "blocks.staff.kept"
    if done:
        await turn.note("block.lifted" if action.lift else "block.kept", "person", youth.id)
        keyboard = way_on() if action.lift else with_help()
        turn.tell(youth.id, told, keyboard=keyboard, priority=Priority.REPLY)  # they asked, whatever they agreed to
        if action.lift:
            await turn.happened(Unbarred(youth.id))
    turn.replace(key, keyboard=turn.home, about=youth.id, code_name=youth.code_name)


def way_on() -> Keyboard:
    return with_help((menu_row(),))


async def _covers(turn: Turn, youth: Person) -> bool:
    place = await people.municipality_of(turn.db, youth.id)
    return any(turn.person.holds(role, place) for role in (Role.COORDINATOR, Role.ADMIN, Role.LEAD))


async def _deciders(turn: Turn, block: Block) -> Sequence[Person]:
    place = await people.municipality_of(turn.db, block.person_id)
    coordinators = await people.holders_for(turn.db, Role.COORDINATOR, place)
    admins = await people.holders_for(turn.db, Role.ADMIN, place)
    leads = await people.holders_for(turn.db, Role.LEAD, place)
    return rules.deciders(block, coordinators, admins, leads)
