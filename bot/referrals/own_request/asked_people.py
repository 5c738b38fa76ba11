"""Whom a young person's own request reaches: the mentor, or, where they would rather, anybody but the mentor."""

from collections.abc import Sequence

from bot.people import store as people
from bot.programme import keepers
from bot.programme import store as programme
from bot.programme.mentors import wishing
from bot.programme.rules import Case, may_guide
from bot.referrals import rules
from bot.referrals.own_request import store_requests
from bot.referrals.own_request.requests import Request
from bot.roles import Person
from bot.turn import Connection

Line = Sequence[Sequence[Person]]
"""Who gets it, and who hears of it when nobody answers."""


async def line(db: Connection, case: Case, *, apart: bool) -> Line:
    """Mentor and deputy, then who answers for the case; apart from those two the leads, then who coordinates, so that a
    coordinator decides where the mentor is the only lead. Nobody at all is possible."""
    if apart:
        steps = [
            [one for one in step if rules.may_decide_apart(one, case)] for step in await wishing.deciding(db, case)
        ]
        return [step for step in steps if step]
    guides = [one for one in (await keepers.mentor_of(db, case), await keepers.deputy_of(db, case)) if one is not None]
    return [step for step in (guides, await keepers.keepers_of(db, case)) if step]


async def waiting_for(db: Connection, person: Person) -> Sequence[tuple[Request, Person]]:
    """What young people asked for and this person may answer, each with the young person."""
    near = await store_requests.open_near(db, person)
    found = await programme.cases_by_id(db, [one.case_id for one in near])
    theirs = [one for one in near if may_answer(person, found[one.case_id], one)]
    youths = await people.persons(db, [found[one.case_id].youth_id for one in theirs])
    return [(one, youths[found[one.case_id].youth_id]) for one in theirs]


def may_answer(person: Person, case: Case, request: Request) -> bool:
    """Whether it is theirs to answer."""
    return rules.may_decide_apart(person, case) if request.without_mentor else may_guide(person, case)
