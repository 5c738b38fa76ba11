"""Somebody under age: a parent or guardian says yes to a person of the programme, and the programme lead records it.

For the bot itself the young person's own yes is enough. Nobody at home is ever asked through their chat, and nothing
about it is written there: not every young person has told those at home that they asked for help.
"""

from typing import Final

from bot.people import consenting
from bot.people import store as people
from bot.people.rules import GUARDIANS, Purpose
from bot.programme import rules, store
from bot.programme.keepers import youth_of
from bot.programme.rules import Case, Guardian
from bot.programme.screens import OpenCase, RecordGuardian
from bot.turn import Turn, button

_PURPOSE: Final = {
    Guardian.ON_PAPER: Purpose.GUARDIAN_ON_PAPER,
    Guardian.MET: Purpose.GUARDIAN_MET,
    Guardian.BY_PHONE: Purpose.GUARDIAN_BY_PHONE,
}


async def is_wanted(turn: Turn, case: Case) -> bool:
    """Whether a yes is needed before the programme starts and none is recorded."""
    return rules.wants_guardian(case) and not await people.agreed(turn.db, case.youth_id, *GUARDIANS)


async def ask(turn: Turn, case: Case) -> None:
    """How the yes was given; without one there is only the way back, and nothing begins."""
    youth = await youth_of(turn.db, case)
    choices = tuple(
        (button(f"programme.staff.button.guardian.{how.value}", RecordGuardian(case.id, how)),) for how in Guardian
    )
    turn.replace(
        "programme.staff.begin.guardian",
        keyboard=(*choices, (button("programme.staff.button.guardian.not_yet", OpenCase(case.id)),)),
        about=youth.id,
        code_name=youth.code_name,
        adult=turn.settings.age_adult,
    )


async def record(turn: Turn, case: Case, how: Guardian) -> None:
    """Who recorded it and when stands in the audit, the form in the consent."""
    if how is Guardian.OF_AGE:
        await store.came_of_age(turn.db, case)
        await turn.note("case.of_age", "case", case.id)
    else:
        await consenting.record(turn, case.youth_id, _PURPOSE[how])
