"""Who is told what when a referral moves: every side but the one who moved it, never what is talked about."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.referrals import ladder, rules, saving, screens, store
from bot.referrals.agreed import consents, screens_consent
from bot.referrals.appointment import calendars, screens_times
from bot.referrals.by_letter import letters
from bot.referrals.by_letter.letters import Letter
from bot.referrals.closed import screens_outcome
from bot.referrals.referral import CLOSED, UNOPENED, Circle, Referral, Side, State
from bot.referrals.rules import Moved
from bot.referrals.terms import terms_of
from bot.referrals.together.actions_hand_over import Introduce
from bot.roles import Person
from bot.turn import Keyboard, Tick, Turn, button
from bot.words import Fact, phrase


class Change(StrEnum):
    """What somebody did; the last word of the audit line and of the notices' keys."""

    ASKED = "asked"
    AGREED = "agreed"
    AWAITS_GUARDIAN = "awaits_guardian"
    """The young person agreed, and that a parent or guardian may be asked, whose yes is needed as well."""
    RELEASED = "released"
    """That yes is recorded, so it is passed on."""
    REFUSED = "refused"
    OVERRIDDEN = "overridden"
    """Passed on without a yes, as a child is in danger."""
    RECEIVED = "received"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    PROPOSED = "proposed"
    ANOTHER_TIME = "another_time"
    APPOINTED = "appointed"
    DESCRIBED = "described"
    """Where, or in which language, is known or another now."""
    CALLED_OFF = "called_off"
    SAID = "said"
    """One side said what happened, and that alone settles nothing yet."""
    GOES_ON = "goes_on"
    """It took place, and there is to be another."""
    MISMATCH = "mismatch"
    COMPLETED = "completed"
    NOT_HAPPENED = "not_happened"
    AGAIN = "again"
    """It did not take place, and another time is looked for."""
    WITHDRAWN = "withdrawn"
    TAKEN_BACK = "taken_back"
    FAILED = "failed"
    NOT_DELIVERED = "not_delivered"
    CASE_ENDED = "case_ended"


_TOLD: Final[Mapping[Change, frozenset[Side]]] = {
    Change.ASKED: frozenset({Side.YOUTH}),
    Change.AGREED: frozenset({Side.REFERRER, Side.RECEIVER}),
    Change.AWAITS_GUARDIAN: frozenset({Side.REFERRER}),
    Change.RELEASED: frozenset({Side.YOUTH, Side.RECEIVER}),
    Change.REFUSED: frozenset({Side.REFERRER}),
    Change.OVERRIDDEN: frozenset({Side.YOUTH, Side.RECEIVER}),
    Change.RECEIVED: frozenset({Side.YOUTH, Side.REFERRER}),
    Change.ACCEPTED: frozenset({Side.YOUTH, Side.REFERRER}),
    Change.DECLINED: frozenset({Side.YOUTH, Side.REFERRER}),
    Change.PROPOSED: frozenset(Side),
    Change.ANOTHER_TIME: frozenset(Side),
    Change.APPOINTED: frozenset(Side),
    Change.DESCRIBED: frozenset({Side.YOUTH}),
    Change.CALLED_OFF: frozenset(Side),
    Change.SAID: frozenset(),
    Change.GOES_ON: frozenset({Side.YOUTH, Side.REFERRER}),
    Change.MISMATCH: frozenset({Side.REFERRER}),
    Change.COMPLETED: frozenset(Side),
    Change.NOT_HAPPENED: frozenset(Side),
    Change.AGAIN: frozenset(Side),
    Change.WITHDRAWN: frozenset({Side.REFERRER, Side.RECEIVER}),
    Change.TAKEN_BACK: frozenset(Side),
    Change.FAILED: frozenset(Side),
    Change.NOT_DELIVERED: frozenset({Side.YOUTH, Side.REFERRER}),
    Change.CASE_ENDED: frozenset({Side.YOUTH, Side.RECEIVER}),
}
"""Who is told of each change, unless it was theirs: then their own screen answers them."""

_LETTERS: Final[Mapping[Change, Letter]] = {
    Change.AGREED: Letter.REQUESTED,
    Change.RELEASED: Letter.REQUESTED,
    Change.OVERRIDDEN: Letter.REQUESTED,
    Change.PROPOSED: Letter.TIMES,
    Change.ANOTHER_TIME: Letter.OTHER_TIME,
    Change.APPOINTED: Letter.APPOINTED,
    Change.CALLED_OFF: Letter.CALLED_OFF,
    Change.AGAIN: Letter.AGAIN,
    Change.WITHDRAWN: Letter.TAKEN_BACK,
    Change.TAKEN_BACK: Letter.TAKEN_BACK,
    Change.CASE_ENDED: Letter.TAKEN_BACK,
    Change.COMPLETED: Letter.OVER,
    Change.NOT_HAPPENED: Letter.OVER,
    Change.FAILED: Letter.OVER,
}
"""What a receiver who reads letters is written of it."""


def _as_it_turned_out(change: Change, after: Referral) -> Change:
    """What a word about the appointment led to: `closing.settle` has decided it."""
    if change is Change.GOES_ON and rules.is_mismatch(after):
        return Change.MISMATCH
    if change is not Change.SAID:
        return change
    match after.state:
        case State.COMPLETED:
            return Change.COMPLETED
        case State.FAILED:
            return Change.NOT_HAPPENED
        case State.ACCEPTED:
            return Change.AGAIN
        case _:
            return Change.MISMATCH if rules.is_mismatch(after) else Change.SAID


async def carry_out(tick: Tick, circle: Circle, moved: Moved, change: Change, side: Side | None) -> Circle | None:
    """Save what the rules allowed, note it and tell the others; None where somebody else was quicker."""
    actor = tick.person.id if isinstance(tick, Turn) else None
    after = ladder.planned(moved.after, await tick.hours(), terms_of(moved.after.kind, tick.settings))
    if not await saving.save(tick, circle, after, moved.words):
        return None
    await consents.keep(tick, circle, after)
    change = _as_it_turned_out(change, after)
    await tick.record(f"referral.{change.value}", actor=actor, subject="referral", subject_id=after.id)
    await store.add_to_history(tick.db, after, change.value, side, tick.now)
    changed = replace(circle, referral=after)
    await tell(tick, circle, changed, change, by=side)
    return changed


async def tell(tick: Tick, before: Circle, after: Circle, change: Change, by: Side | None) -> None:
    """Tell everybody whom this change concerns but the side that made it; None is the clock.

    Several people may guide a young person: where a lead acts, the mentor who referred is told.
    """
    told = _told(change, after.referral) - ({by} - {Side.REFERRER})
    if Side.YOUTH in told:
        _tell_youth(tick, before, after, change, by)
    if Side.REFERRER in told and after.referrer is not None and not _has_pressed(tick, after.referrer):
        _tell_referrer(tick, before, after, after.referrer, change, by)
    if Side.RECEIVER in told and rules.is_passed_on(after.referral):
        if after.receiver is not None:
            _tell_receiver(tick, before, after, after.receiver, change, by)
        elif change in _LETTERS:
            await letters.write(tick, before, after, _LETTERS[change])
    calendars.bring(tick, before, after, by)


def _told(change: Change, after: Referral) -> frozenset[Side]:
    """Where it is, without a time, is told once there is one."""
    nothing_yet = change is Change.DESCRIBED and after.meeting.at is None
    return frozenset() if nothing_yet else _TOLD[change]


def _has_pressed(tick: Tick, person: Person) -> bool:
    """Whether this is the very person whose press is being answered; they may be two sides at once."""
    return isinstance(tick, Turn) and tick.person.id == person.id


_OF_WHAT_HAPPENED: Final = frozenset({Change.GOES_ON, Change.AGAIN})
"""Told with the question whether it was so, unless the young person has already said how it was."""


def _tell_youth(tick: Tick, before: Circle, after: Circle, change: Change, by: Side | None) -> None:
    if change is Change.ASKED:
        what = screens.question(after, "referrals.youth.ask")
    else:
        facts = screens.youth_facts_of(after) | _when(before, after)
        if change is Change.OVERRIDDEN:
            facts |= screens_consent.question_facts_of(after)
        had_said = change in _OF_WHAT_HAPPENED and before.referral.youth_said is not None
        what = phrase(f"referrals.youth.told.{_as_told(change, before, by)}{'_as_said' if had_said else ''}", **facts)
    tick.tell(after.youth.id, what, keyboard=_youth_keyboard(before, after, change, tick.now))


def _youth_keyboard(before: Circle, after: Circle, change: Change, now: datetime) -> Keyboard:
    """What they may do with it now; where the receiver's word alone led to the next time, their own on this one too."""
    spoken_of, keyboard = before.referral.meeting.at, screens.youth_keyboard(after, now)
    if change in _OF_WHAT_HAPPENED and before.referral.youth_said is None and spoken_of is not None:
        return (*screens_outcome.earlier_words(after.referral, spoken_of), *keyboard)
    return keyboard


def _when(before: Circle, after: Circle) -> dict[str, Fact]:
    """The time that stands now, or the one that stood until now; and `was`, what was agreed until now."""
    was = before.referral.meeting.at
    stands = screens.when_of(after.referral) or screens.when_of(before.referral)
    return stands if was is None else stands | {"was": was}


_ABOUT_TIME: Final = frozenset({Change.PROPOSED, Change.ANOTHER_TIME, Change.APPOINTED, Change.CALLED_OFF})


def _receiver_keyboard(referral: Referral, change: Change, now: datetime) -> Keyboard:
    """The one press that answers what was said of the time, and the way to the whole."""
    rows = screens_times.told_rows(referral, now) if change in _ABOUT_TIME else ()
    return (*rows, *screens.open_keyboard(referral))


def _as_told(change: Change, before: Circle, by: Side | None) -> str:
    """The last word of the key: of a time it matters whose word it was, and whether one had been agreed."""
    if change in (Change.PROPOSED, Change.CALLED_OFF) and by is Side.YOUTH:
        return f"{change.value}_by_youth"
    if change is Change.PROPOSED and before.referral.meeting.at is not None:
        return f"{change.value}_instead"
    if change is Change.NOT_DELIVERED and before.referral.state is State.RECEIVED:
        return "opened_by_another"
    return change.value


def _tell_referrer(
    tick: Tick, before: Circle, after: Circle, referrer: Person, change: Change, by: Side | None
) -> None:
    referral = after.referral
    facts = screens.facts_of(after) | _when(before, after)
    keyboard = screens.show_sent_keyboard(after)
    if change is Change.ACCEPTED:
        keyboard = ((button("referrals.staff.button.introduce", Introduce(referral.id)),), *keyboard)
    if change is Change.MISMATCH:
        keyboard = (*screens_outcome.resolve_rows(referral), *keyboard)
    if change in (Change.NOT_HAPPENED, Change.NOT_DELIVERED):
        keyboard = ((screens.choose_other_button(after),), *keyboard)
    if change is Change.DECLINED and referral.reason is not None:
        facts["reason"] = phrase(f"referrals.staff.reason.{referral.reason.value}")
        keyboard = ((screens.choose_other_button(after),),)
    tick.tell(
        referrer.id,
        phrase(f"referrals.staff.sender_told.{_as_told(change, before, by)}", **facts),
        keyboard=keyboard,
        about=after.youth.id,
    )


def _tell_receiver(
    tick: Tick, before: Circle, after: Circle, receiver: Person, change: Change, by: Side | None
) -> None:
    """Before they open it they learn no more than the kind: it can still be withdrawn unseen."""
    referral = after.referral
    facts = screens.receiver_facts_of(before) | _when(before, after)
    ended = referral.state in (State.CANCELLED, State.FAILED) and change is not Change.NOT_HAPPENED
    key = _ended_key(before) if ended else f"referrals.staff.receiver_told.{_as_told(change, before, by)}"
    onwards = _receiver_keyboard(referral, change, tick.now)
    tick.tell(
        receiver.id,
        phrase(key, **facts),
        keyboard=screens.inbox_keyboard() if referral.state in CLOSED else onwards,
        about=after.youth.id,
    )


def tell_left(tick: Tick, circle: Circle, receiver: Person) -> None:
    """Tell the receiver that it is off because the young person left; `about` nobody, or it would go with them."""
    ended = phrase(_ended_key(circle), **screens.receiver_facts_of(circle))
    tick.tell(receiver.id, ended, keyboard=screens.inbox_keyboard())


def _ended_key(before: Circle) -> str:
    unopened = before.referral.state in UNOPENED
    return f"referrals.staff.receiver_told.{'unopened' if unopened else 'opened'}_ended"
