"""What falls due for referrals, and what ends them from outside: reminders, silence, appointments, the case's end."""

import re
from dataclasses import replace
from typing import Final, assert_never

from bot.happenings import Lapsed
from bot.people.rules import Leaving
from bot.programme import keepers
from bot.programme.rules import CaseEnded, MentorChanged, may_guide
from bot.programme.screens import case_button
from bot.referrals import ladder, notices, rules, screens, store
from bot.referrals.actions import GiveUp, Sent
from bot.referrals.ladder import ENDS, Step
from bot.referrals.notices import Change
from bot.referrals.referral import Circle, Side
from bot.referrals.rules import Moved, minute_of
from bot.roles import Person
from bot.routes import Routes
from bot.turn import Keyboard, Tick, button
from bot.words import phrase

routes = Routes()


@routes.at_tick(store.FELL_DUE)
async def due(tick: Tick) -> bool:
    """Take the step that fell due for each referral; whoever finds it taken already tells nobody."""
    hours = await tick.hours()
    found = await store.due(tick.db, tick.now)
    for circle in found:
        fell = ladder.fell_due(circle.referral, tick.now, hours)
        if fell is None or not await store.save(tick.db, circle.referral, fell.after):
            continue
        if fell.step is not Step.APPOINTMENT_MISSED:
            await tick.record(f"referral.{fell.step.value}", subject="referral", subject_id=fell.after.id)
        after = replace(circle, referral=fell.after)
        if fell.unreminded:
            await _tell_unreminded(tick, after)
        await _tell(tick, circle, after, fell.step)
    return len(found) == store.A_TICK


_REMINDER: Final = re.compile(rf"referral:(\d+):{Step.APPOINTMENT_NEAR.value}:")


@routes.on(Lapsed)
async def reminder_lapsed(tick: Tick, lapsed: Lapsed) -> None:
    """A reminder of an appointment waited to be sent until that had begun."""
    for referral_id in {int(found[1]) for one in lapsed.occasions if (found := _REMINDER.match(one))}:
        circle = await store.circle(tick.db, referral_id)
        if circle is not None:
            await _tell_unreminded(tick, circle)


async def _tell_unreminded(tick: Tick, circle: Circle) -> None:
    """Note it, and tell who referred, or who answers for the case: once a day, however many there were."""
    await tick.record(f"referral.{Step.APPOINTMENT_MISSED.value}", subject="referral", subject_id=circle.referral.id)
    for one in [circle.referrer] if circle.referrer else await keepers.keepers_of(tick.db, circle.case):
        sent = button("referrals.staff.button.sent", Sent())
        tick.tell(
            one.id,
            phrase("referrals.staff.unreminded"),
            keyboard=((sent if one.may(Sent.tag) else case_button(circle.case.id),),),
            once=f"referrals:unreminded:{one.id}:{tick.now.astimezone(tick.zone):%Y%m%d}",
        )


@routes.on(CaseEnded)
async def end_with_case(tick: Tick, ended: CaseEnded) -> None:
    """What is open ends with the case, and its receivers are told."""
    for circle in await store.open_in(tick.db, ended.case_id):
        match rules.end_with_case(circle.referral, tick.now):
            case Moved(after) if await store.save(tick.db, circle.referral, after):
                await tick.record("referral.case_ended", subject="referral", subject_id=after.id)
                notices.tell(tick, circle, replace(circle, referral=after), Change.CASE_ENDED)
            case _:
                pass  # closed by another side at the same moment: that side told everybody


@routes.on(Leaving)
async def leave(tick: Tick, leaving: Leaving) -> None:
    """Who opened a referral of theirs, perhaps with an appointment, learns that it is off; the rows go with them."""
    for circle in await store.of_youth(tick.db, leaving.person_id):
        if circle.receiver is not None and circle.referral.text_hash is not None:
            notices.tell_left(tick, circle, circle.receiver)


async def _tell(tick: Tick, before: Circle, after: Circle, step: Step) -> None:
    match step:
        case Step.ASK_YOUTH_AGAIN | Step.REMIND_OF_PROPOSAL:
            _tell_youth(tick, before, after, step)
        case Step.REMIND_RECEIVER | Step.ASK_OUTCOME | Step.ASK_OUTCOME_AGAIN:
            _tell_receiver(tick, before, after, step)
        case Step.TELL_YOUTH_SILENT | Step.TELL_RECEIVER_SILENT:
            _tell_referrer(tick, before, after, step)
        case Step.PROPOSAL_LAPSED:
            _tell_youth(tick, before, after, step)
            _tell_referrer(tick, before, after, step)
            _tell_receiver(tick, before, after, step)
        case Step.APPOINTMENT_NEAR:
            _tell_youth(tick, before, after, step)
            _tell_receiver(tick, before, after, step)
        case Step.TELL_LEADS_SILENT | Step.TELL_LEADS_NO_OUTCOME:
            _tell_youth(tick, before, after, step)
            await _tell_all_in_charge(tick, before, after, step)
        case Step.CLOSE_UNANSWERED | Step.CLOSE_NO_OUTCOME:
            _tell_youth(tick, before, after, step)
            _tell_receiver(tick, before, after, step)
            await _tell_all_in_charge(tick, before, after, step)
        case Step.CLOSE_UNDECIDED:
            _tell_youth(tick, before, after, step)
            _tell_referrer(tick, before, after, step)
        case Step.APPOINTMENT_MISSED:
            pass
        case never:
            assert_never(never)


def _tell_youth(tick: Tick, before: Circle, after: Circle, step: Step) -> None:
    if step is Step.ASK_YOUTH_AGAIN:
        what = screens.question(after, "referrals.youth.ask_again")
    else:
        facts = screens.youth_facts_of(after) | screens.when_of(before.referral)
        what = phrase(f"referrals.youth.due.{step.value}", **facts)
    tick.tell(
        after.youth.id,
        what,
        keyboard=screens.youth_keyboard(after),
        once=_occasion(before, step, Side.YOUTH),
        expires_at=after.referral.appointment_at if step is Step.APPOINTMENT_NEAR else None,
    )


def _tell_receiver(tick: Tick, before: Circle, after: Circle, step: Step) -> None:
    if after.receiver is None:
        return
    referral = after.referral
    facts = screens.receiver_facts_of(before) | screens.when_of(before.referral)
    if step in (Step.ASK_OUTCOME, Step.ASK_OUTCOME_AGAIN):
        keyboard = screens.outcome_keyboard(referral)
    elif step in ENDS:
        keyboard = screens.inbox_keyboard()
    else:
        keyboard = screens.open_keyboard(referral)
    tick.tell(
        after.receiver.id,
        phrase(f"referrals.staff.receiver_due.{step.value}", **facts),
        keyboard=keyboard,
        about=after.youth.id,
        once=_occasion(before, step, Side.RECEIVER),
        expires_at=referral.appointment_at if step is Step.APPOINTMENT_NEAR else None,
    )


def _tell_referrer(tick: Tick, before: Circle, after: Circle, step: Step) -> None:
    if after.referrer is not None:
        _tell_guide(tick, before, after, step, after.referrer)


async def _tell_all_in_charge(tick: Tick, before: Circle, after: Circle, step: Step) -> None:
    """The referrer, and the programme leads of the municipality or who stands in for them, each once."""
    in_charge = (await keepers.in_charge(tick.db, after.case.municipality)).people
    told = {one.id: one for one in (after.referrer, *in_charge) if one is not None}
    for person in told.values():
        _tell_guide(tick, before, after, step, person)


def _tell_guide(tick: Tick, before: Circle, after: Circle, step: Step, person: Person) -> None:
    facts = screens.facts_of(after) | screens.when_of(before.referral)
    tick.tell(
        person.id,
        phrase(f"referrals.staff.sender_due.{step.value}", **facts),
        keyboard=_guide_keyboard(after, step, person),
        about=after.youth.id,
        once=_occasion(before, step, Side.REFERRER) + f":{person.id}",
    )


def _guide_keyboard(after: Circle, step: Step, person: Person) -> Keyboard:
    """The way to somebody else where the receiver was silent; who stands in for the leads can only see the case."""
    if not may_guide(person, after.case):
        return ((case_button(after.case.id),),)
    show = screens.show_sent_keyboard(after)
    match step:
        case Step.TELL_RECEIVER_SILENT | Step.TELL_LEADS_SILENT | Step.TELL_LEADS_NO_OUTCOME:
            return ((button("referrals.staff.button.choose_other", GiveUp(after.referral.id)),), *show)
        case Step.CLOSE_UNANSWERED | Step.CLOSE_NO_OUTCOME:
            return ((screens.choose_other_button(after),), *show)
        case _:
            return show


def _occasion(before: Circle, step: Step, side: Side) -> str:
    fell_at = before.referral.next_at
    assert fell_at is not None
    return f"referral:{before.referral.id}:{step.value}:{side.value}:{minute_of(fell_at)}"


@routes.on(MentorChanged)
async def mentor_changed(tick: Tick, changed: MentorChanged) -> None:
    """Who was told how a referral goes on is told no more, and whoever guides the case now is."""
    if changed.from_id is not None and changed.to_id is not None:
        await store.hand_over(tick.db, changed.case_id, changed.from_id, changed.to_id)
