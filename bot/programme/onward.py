"""What comes next for whoever guides a case, in the natural order: get to know, goals, the lead's yes, begin."""

from bot.programme.planning import approvals, goals, store_approvals, store_goals
from bot.programme.planning.actions_plan import OpenGoals, OpenProfile, ReadPlan
from bot.programme.planning.approvals import Next
from bot.programme.profile import profiling, store_profiles
from bot.programme.rules import Case, Stage, may_decide
from bot.programme.screens import Begin
from bot.turn import Keyboard, Turn, button
from bot.words import Phrase, phrase


async def offer(turn: Turn, case: Case) -> tuple[tuple[Phrase, ...], Keyboard]:
    """The line of the case page that says what comes next, and the button to it; nothing where nothing waits."""
    if not goals.may_write(turn.person, case):
        return (), ()
    written = await store_goals.goals_of(turn.db, case.id)
    latest = await store_approvals.latest(turn.db, case.id)
    stands = approvals.standing(written, latest, await store_approvals.approved(turn.db, case.id))
    knows = case.stage is not Stage.PROFILING or profiling.is_done(
        (await store_profiles.profile(turn.db, case.id)).notes
    )
    found = approvals.following(case, stands, knows=knows)
    if found is None:
        return (), ()
    line = phrase(f"programme.staff.onward.{found.value}")
    match found:
        case Next.PROFILE:
            return (line,), ((button("programme.staff.button.onward.profile", OpenProfile(case.id)),),)
        case Next.GOALS | Next.LAY:
            return (line,), ((button(f"programme.staff.button.onward.{found.value}", OpenGoals(case.id)),),)
        case Next.WAIT if latest is not None and may_decide(turn.person, case):
            return (line,), ((button("programme.staff.button.read_plan", ReadPlan(latest.id)),),)
        case Next.BEGIN:
            return (line,), ((button("programme.staff.button.onward.begin", Begin(case.id)),),)
        case _:
            return (line,), ()
