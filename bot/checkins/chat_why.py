"""Why then: what comes next to a young person and why, and to staff, why a check-in is due when it is."""

from datetime import timedelta
from typing import Final

from bot.checkins import resting, store
from bot.checkins.ahead import ahead, line
from bot.checkins.coming import Coming, What
from bot.checkins.screens_rhythm import WhyThen, why_button
from bot.checkins.theirs import guided
from bot.checkins.why import why_of
from bot.people.screens import with_help
from bot.programme import cards
from bot.programme import store as programme
from bot.programme.keepers import youth_of
from bot.programme.rules import Case, Stage
from bot.programme.screens import case_button, with_plan_and_help
from bot.routes import Routes
from bot.turn import Turn, button
from bot.words import Lines, Phrase, phrase

routes = Routes()

LOOK_AHEAD: Final = timedelta(days=14)
"""How far the choice of staff reaches."""

SHOWN: Final = 5
"""Check-ins that staff can choose from."""


@routes.command("why")
async def why_typed(turn: Turn, _: str) -> None:
    """To a young person about what comes to them next; to staff, of whose check-ins they would like to know it."""
    if turn.person.is_youth:
        await _explain_next(turn)
    else:
        await _offer_choice(turn)


async def _explain_next(turn: Turn) -> None:
    """The next talk and, of everything else that comes by itself, the nearest of each kind."""
    case = await programme.case_of_youth(turn.db, turn.person.id)
    others = Lines(tuple(_explained(one) for one in await _nearest_others(turn, case)))
    following = None if case is None else await store.next_of_case(turn.db, case.id)
    if case is None or following is None:
        _explain_others(turn, others, rests=case is not None and case.stage is Stage.PAUSED)
        return
    at, why = following.due_at, await why_of(turn, following, case)
    if others.phrases:
        talk = phrase("checkins.youth.why_next", at=at, why=why)
        turn.say("checkins.youth.why_and_more", talk=talk, others=others, keyboard=with_plan_and_help())
    else:
        turn.say("checkins.youth.why_next", at=at, why=why, keyboard=with_plan_and_help())


def _explain_others(turn: Turn, others: Lines, *, rests: bool) -> None:
    """While no talk is planned."""
    if others.phrases:
        turn.say("checkins.youth.why_others", others=others, keyboard=with_help(turn.home))
    else:
        turn.say("checkins.youth.why.paused" if rests else "checkins.youth.why_nothing", keyboard=with_help(turn.home))


async def _nearest_others(turn: Turn, case: Case | None) -> list[Coming]:
    nearest: dict[What, Coming] = {}
    for one in await ahead(turn, None if case is None else case.id):
        if one.what is not What.TALK:
            nearest.setdefault(one.what, one)
    return list(nearest.values())


def _explained(one: Coming) -> Phrase:
    return phrase("checkins.youth.why_other", what=line(one), why=phrase(f"checkins.youth.why.{one.what.value}"))


async def _offer_choice(turn: Turn) -> None:
    found = [one for one in await store.of_mentor(turn.db, turn.person, turn.now + LOOK_AHEAD) if one.due_at > turn.now]
    cases = await programme.cases_by_id(turn.db, {one.case_id for one in found})
    rows = []
    for one in found[:SHOWN]:
        youth = await youth_of(turn.db, cases[one.case_id])
        name = cards.shortened(youth.code_name)
        label = button("checkins.staff.button.why_of", WhyThen(one.id), code_name=name, at=one.due_at)
        rows.append((label,))
    said = "checkins.staff.why_which" if rows else "checkins.staff.why_none"
    if lines := tuple(one.line for one in await resting.of_mentor(turn, turn.person)):
        rest = Lines(lines)
        turn.say("checkins.staff.why_with_resting", said=phrase(said), lines=rest, keyboard=(*rows, *turn.home))
    else:
        turn.say(said, keyboard=(*rows, *turn.home))


@routes.press(WhyThen)
async def why_then(turn: Turn, action: WhyThen) -> None:
    """One sentence, under the check-in it is about."""
    if (found := await guided(turn, action.checkin)) is None:
        await turn.forbidden()
        return
    checkin, case = found
    youth = await youth_of(turn.db, case)
    turn.replace(
        "checkins.staff.why",
        code_name=youth.code_name,
        at=checkin.due_at,
        why=await why_of(turn, checkin, case),
        keyboard=(why_button(checkin.id, back=True), (case_button(case.id),)),
        about=youth.id,
    )
