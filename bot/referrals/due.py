"""What falls due for referrals, and what ends them from outside: reminders, silence, appointments, the case's end."""

import re
from dataclasses import replace
from typing import Final, assert_never

from bot.happenings import Lapsed
from bot.people.rules import Leaving
from bot.programme import keepers
from bot.programme.rules import CaseEnded, MentorChanged
from bot.programme.screens import case_button
from bot.referrals import ladder, notices, rules, saving, screens, store
from bot.referrals.actions import GiveUp, Sent
from bot.referrals.agreed import consents
from bot.referrals.appointment import calendars, screens_times
from bot.referrals.by_letter import letters
from bot.referrals.by_letter.letters import Letter
from bot.referrals.closed import screens_outcome
from bot.referrals.ladder import ENDS, REMINDERS, Step
from bot.referrals.notices import Change
from bot.referrals.referral import CLOSED, Circle, Referral, Side, State
from bot.referrals.rules import Moved, minute_of
from bot.referrals.terms import terms_of
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
        async with tick.apart(circle.referral.id):
            fell = ladder.fell_due(circle.referral, tick.now, hours, terms_of(circle.referral.kind, tick.settings))
            if fell is None or not await saving.save(tick, circle, fell.after):
                continue
            if fell.step is not Step.APPOINTMENT_MISSED:
                await tick.record(f"referral.{fell.step.value}", subject="referral", subject_id=fell.after.id)
            if fell.after.state is not circle.referral.state:
                await store.add_to_history(tick.db, fell.after, fell.step.value, None, tick.now)
            after = replace(circle, referral=fell.after)
            if fell.unreminded:
                await _tell_unreminded(tick, after)
            await _tell(tick, circle, after, fell.step)
    return len(found) == store.A_TICK


_REMINDER: Final = re.compile(rf"referral:(\d+):(?:{'|'.join(sorted(REMINDERS))}):")


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
    in_charge = [circle.referrer] if circle.referrer else await keepers.keepers_of(tick.db, circle.case)
    for one in [one for one in in_charge if _may_know(one, circle)]:
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
            case Moved(after) if await saving.save(tick, circle, after):
                await tick.record("referral.case_ended", subject="referral", subject_id=after.id)
                await consents.keep(tick, circle, after)
                await store.add_to_history(tick.db, after, Change.CASE_ENDED.value, None, tick.now)
                await notices.tell(tick, circle, replace(circle, referral=after), Change.CASE_ENDED, None)
            case _:
                pass  # closed by another side at the same moment: that side told everybody


@routes.on(Leaving)
async def leave(tick: Tick, leaving: Leaving) -> None:
    """Who opened a referral of theirs, perhaps with an appointment, learns that it is off; the rows go with them."""
    for circle in await store.of_youth(tick.db, leaving.person_id):
        if not rules.is_passed_on(circle.referral):
            continue
        await consents.take_from_chat(tick, circle)
        if circle.receiver is not None:
            notices.tell_left(tick, circle, circle.receiver)
            calendars.bring_left(tick, circle, circle.receiver)
        else:
            await letters.write_left(tick, circle)


async def _tell(tick: Tick, before: Circle, after: Circle, step: Step) -> None:
    match step:
        case Step.ASK_YOUTH_AGAIN | Step.REMIND_OF_PROPOSAL:
            _tell_youth(tick, before, after, step)
        case Step.REMIND_RECEIVER:
            await _tell_receiver(tick, before, after, step)
        case Step.ASK_OUTCOME | Step.ASK_OUTCOME_AGAIN:
            if after.referral.youth_said is None:
                _tell_youth(tick, before, after, step)
            if after.referral.provider_said is None:
                await _tell_receiver(tick, before, after, step)
        case (
            Step.TELL_YOUTH_SILENT
            | Step.TELL_RECEIVER_SILENT
            | Step.TELL_NO_OUTCOME
            | Step.REMIND_OF_MISMATCH
            | Step.REMIND_OF_GUARDIAN
        ):
            _tell_referrer(tick, before, after, step)
        case Step.PROPOSAL_LAPSED:
            _tell_youth(tick, before, after, step)
            _tell_referrer(tick, before, after, step)
            await _tell_receiver(tick, before, after, step)
        case Step.APPOINTMENT_NEAR | Step.APPOINTMENT_SOON:
            _tell_youth(tick, before, after, step)
            await _tell_receiver(tick, before, after, step)
        case Step.TELL_LEADS_SILENT:
            _tell_youth(tick, before, after, step)
            await _tell_all_in_charge(tick, before, after, step)
        case Step.TELL_LEADS_NO_OUTCOME | Step.TELL_LEADS_MISMATCH:
            await _tell_all_in_charge(tick, before, after, step)
        case Step.CLOSE_UNANSWERED | Step.CLOSE_NO_OUTCOME | Step.CLOSE_UNCLEAR:
            _tell_youth(tick, before, after, step)
            await _tell_receiver(tick, before, after, step)
            await _tell_all_in_charge(tick, before, after, step)
        case Step.CLOSE_UNDECIDED | Step.CLOSE_NO_GUARDIAN:
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
        what = phrase(f"referrals.youth.due.{_name(step, after)}", **facts)
    tick.tell(
        after.youth.id,
        what,
        keyboard=screens.youth_keyboard(after, tick.now),
        once=_occasion(before, step, Side.YOUTH),
        expires_at=after.referral.meeting.at if step in REMINDERS else None,
    )


_LETTERS: Final = {
    Step.REMIND_RECEIVER: Letter.REMINDER,
    Step.PROPOSAL_LAPSED: Letter.LAPSED,
    Step.APPOINTMENT_NEAR: Letter.NEAR,
    Step.APPOINTMENT_SOON: Letter.NEAR,
    Step.ASK_OUTCOME: Letter.WHAT_HAPPENED,
    Step.ASK_OUTCOME_AGAIN: Letter.WHAT_HAPPENED,
    Step.CLOSE_UNANSWERED: Letter.OVER,
    Step.CLOSE_NO_OUTCOME: Letter.OVER,
    Step.CLOSE_UNCLEAR: Letter.OVER,
}
"""What a receiver who reads letters is written."""


def _letter(step: Step, after: Referral) -> Letter:
    if step in ENDS and after.state not in CLOSED:
        return Letter.AGAIN
    if step is Step.REMIND_RECEIVER and after.state is State.ACCEPTED:
        return Letter.TIME_WANTED if after.proposals is None else Letter.TIMES
    return _LETTERS[step]


async def _tell_receiver(tick: Tick, before: Circle, after: Circle, step: Step) -> None:
    if after.receiver is None:
        await letters.write(tick, before, after, _letter(step, after.referral))
        return
    referral = after.referral
    facts = screens.receiver_facts_of(before) | screens.when_of(before.referral)
    if step in (Step.ASK_OUTCOME, Step.ASK_OUTCOME_AGAIN):
        keyboard = screens_outcome.outcome_keyboard(referral)
    elif referral.state in CLOSED:
        keyboard = screens.inbox_keyboard()
    else:
        about_time = step in REMINDERS or step is Step.PROPOSAL_LAPSED
        rows = screens_times.told_rows(referral, tick.now) if about_time else ()
        keyboard = (*rows, *screens.open_keyboard(referral))
    tick.tell(
        after.receiver.id,
        phrase(f"referrals.staff.receiver_due.{_name(step, after)}", **facts),
        keyboard=keyboard,
        about=after.youth.id,
        once=_occasion(before, step, Side.RECEIVER),
        expires_at=referral.meeting.at if step in REMINDERS else None,
    )


def _tell_referrer(tick: Tick, before: Circle, after: Circle, step: Step) -> None:
    if after.referrer is not None:
        _tell_guide(tick, before, after, step, after.referrer)


async def _tell_all_in_charge(tick: Tick, before: Circle, after: Circle, step: Step) -> None:
    """The referrer, and the programme leads of the municipality or who stands in for them, each once."""
    in_charge = (await keepers.in_charge(tick.db, after.case.municipality)).people
    kept_from = {one.id for one in in_charge if not _may_know(one, after)}
    told = {one.id: one for one in (after.referrer, *in_charge) if one is not None and one.id not in kept_from}
    for person in told.values():
        _tell_guide(tick, before, after, step, person)


def _may_know(person: Person, circle: Circle) -> bool:
    """Whether they may hear of it, being in charge: of what was asked for apart from the mentor, the mentor may not."""
    return not circle.referral.without_mentor or rules.refers(person, circle.referral, circle.case)


def _tell_guide(tick: Tick, before: Circle, after: Circle, step: Step, person: Person) -> None:
    facts = screens.facts_of(after) | screens.when_of(before.referral)
    tick.tell(
        person.id,
        phrase(f"referrals.staff.sender_due.{_name(step, after)}", **facts),
        keyboard=_guide_keyboard(after, step, person),
        about=after.youth.id,
        once=_occasion(before, step, Side.REFERRER) + f":{person.id}",
    )


def _guide_keyboard(after: Circle, step: Step, person: Person) -> Keyboard:
    """The way to somebody else where the receiver was silent; who stands in for the leads can only see the case."""
    if not rules.refers(person, after.referral, after.case):
        return ((case_button(after.case.id),),)
    show = (*screens_outcome.resolve_rows(after.referral), *screens.show_sent_keyboard(after))
    match step:
        case Step.TELL_RECEIVER_SILENT | Step.TELL_LEADS_SILENT | Step.TELL_LEADS_NO_OUTCOME:
            return ((button("referrals.staff.button.choose_other", GiveUp(after.referral.id)),), *show)
        case Step.CLOSE_UNANSWERED | Step.CLOSE_NO_OUTCOME | Step.CLOSE_UNCLEAR if after.referral.state in CLOSED:
            return ((screens.choose_other_button(after),), *show)
        case _:
            return show


def _name(step: Step, after: Circle) -> str:
    """The last word of the keys: a step that might have ended it has other words where another time is looked for."""
    again = step is Step.CLOSE_NO_OUTCOME and after.referral.state not in CLOSED
    return f"{step.value}_again" if again else step.value


def _occasion(before: Circle, step: Step, side: Side) -> str:
    fell_at = before.referral.next_at
    assert fell_at is not None
    return f"referral:{before.referral.id}:{step.value}:{side.value}:{minute_of(fell_at)}"


@routes.on(MentorChanged)
async def mentor_changed(tick: Tick, changed: MentorChanged) -> None:
    """Who was told how a referral goes on is told no more, and whoever guides the case now is."""
    if changed.from_id is not None and changed.to_id is not None:
        await store.hand_over(tick.db, changed.case_id, changed.from_id, changed.to_id)
