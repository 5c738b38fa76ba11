"""A case goes to another mentor: everything open goes along, the one before loses it at once, everybody is told."""

from bot.people import store as people
from bot.programme import store, store_tasks
from bot.programme.cards import details, shown
from bot.programme.keepers import mentor_of, youth_of
from bot.programme.mentors import store_handovers
from bot.programme.mentors.deputies import no_longer
from bot.programme.mentors.handing_over import may_take
from bot.programme.mentors.screens_mentors import ReadHandover
from bot.programme.mentors.store_handovers import Along
from bot.programme.mentors.wish_ends import ended
from bot.programme.mentors.wishes import Ending
from bot.programme.rules import Candidate, Case, Load, MentorChanged, may_see
from bot.programme.screens import back_to, case_keyboard, talk_row, with_plan_and_help
from bot.programme.tasks import Audience, TaskKind
from bot.roles import Person, Role
from bot.safety import alerts, store_alerts
from bot.turn import Keyboard, Tick, Turn, button
from bot.words import Lines, phrase


async def hand_over(turn: Turn, case: Case, before: int | None, to: Person, note: str | None) -> bool:
    """Give the case to `to` if that may be, for it is still with `before` and they have room; whether it was done."""
    load = (await store.loads(turn.db, [to.id])).get(to.id, Load())
    if not may_take(case, before, Candidate(to, load, turn.settings.most_cases)):
        return False
    mentor = await mentor_of(turn.db, case)
    lead_id = turn.person.id if turn.person.holds(Role.LEAD, case.municipality) else case.lead_id
    if not await store_handovers.hand_over(turn.db, case, to.id, lead_id, turn.now):
        return False
    await turn.note("case.handed_over", "case", case.id)
    if case.deputy_id is not None:
        await no_longer(turn, case, case.deputy_id, told=False)
    await ended(turn, case.id, Ending.CHANGED, turn.person.id)
    now_so = await store.case(turn.db, case.id)
    assert now_so is not None
    if before is not None:
        await _let_go(turn, now_so, before)
    notes = (await store_handovers.unread_note(turn.db, case.id), note)
    note = "\n\n".join(one for one in notes if one) or None
    await store_tasks.finish_of_case(turn.db, case.id, TaskKind.HANDED_OVER, turn.person.id, turn.now)
    handover = await store_handovers.keep(turn.db, case, to.id, note, turn.person.id, turn.now)
    along = await store_handovers.along(turn.db, case.id)
    await store_tasks.open_task(turn.db, case.id, Audience.MENTOR, TaskKind.HANDED_OVER, turn.now, subject_id=handover)
    await _tell(turn, now_so, mentor, to, handover, along)
    await turn.happened(MentorChanged(case.id, before, to.id))
    return True


async def _let_go(tick: Tick, case: Case, before: int) -> None:
    """What waits to be sent to the one before is not sent; an alert they had in hand is told to the line anew."""
    lead = await people.person(tick.db, before)
    only = "checkins." if lead is not None and may_see(lead, case) else ""
    await store_handovers.withhold(tick.db, before, [case.youth_id], tick.now, only=only)
    alert = await store_alerts.unfinished_of(tick.db, case.youth_id)
    if alert is None:
        return
    if alert.acknowledged_by == before:
        await store_alerts.give_back(tick.db, alert, tick.now)
        alert = await store_alerts.unfinished_of(tick.db, case.youth_id)
    if alert is not None and alert.state is alerts.State.OPEN and alert.next_at is not None:
        await store_alerts.move_on(tick.db, alert, alerts.Step.NOBODY, tick.now)


async def _tell(turn: Turn, case: Case, mentor: Person | None, to: Person, handover: int, along: Along) -> None:
    """The young person who writes now, the new mentor what there is, the one before that it is decided."""
    youth, by = await youth_of(turn.db, case), shown(turn.person)
    now_so = phrase("programme.youth.mentor_now", mentor=shown(to))
    turn.tell(youth.id, now_so, keyboard=with_plan_and_help((talk_row(),)))
    if to.id != turn.person.id:
        read: Keyboard = ((button("programme.staff.button.read_handover", ReadHandover(handover)),),)
        turn.tell(
            to.id,
            phrase("programme.staff.handed_to_you", details=details(case, youth), along=what_goes_along(along), by=by),
            keyboard=(*read, *case_keyboard(to, case)),
            about=youth.id,
        )
    if mentor is not None and mentor.id != turn.person.id:
        turn.tell(
            mentor.id,
            phrase("programme.staff.handed_away", code_name=youth.code_name, mentor=shown(to), by=by),
            keyboard=(back_to(case.id),) if may_see(mentor, case) else (),
            about=youth.id,
        )


def what_goes_along(along: Along) -> Lines:
    """The numbers of what stands open."""
    return Lines(
        (
            phrase("programme.staff.along.checkins", number=along.checkins),
            phrase("programme.staff.along.tasks", number=along.tasks),
            phrase("programme.staff.along.referrals", number=along.referrals),
        )
    )
