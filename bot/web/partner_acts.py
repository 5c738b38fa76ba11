"""What each button of the page does: the form is read, the rules decide, the change is carried out as from a chat."""

from dataclasses import dataclass
from functools import partial
from typing import assert_never

from bot.directory import availability, store_availability
from bot.referrals import rules
from bot.referrals.acts import Rule, act_as_receiver
from bot.referrals.by_letter import store_links
from bot.referrals.by_letter.links import Found
from bot.referrals.notices import Change
from bot.referrals.referral import Choice, Circle, Said, Side, State
from bot.referrals.rules import InThePast, MovedOn, NotTheirs, Refusal, TooEarly, TooFar
from bot.turn import Tick
from bot.web.guard import Fields
from bot.web.notices import Notice
from bot.web.partner_forms import (
    Deed,
    day_in,
    meeting_in,
    moment_of,
    one,
    reason_in,
    said_in,
    times_in,
    version_of,
)

NOT_THEIRS = (State.REQUESTED, State.RECEIVED)
"""As long as nobody has accepted, whoever got the letter may say that it is not for them."""


@dataclass(frozen=True, slots=True)
class Done:
    """The page is shown anew, with this above it."""

    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class Amiss:
    """The form is shown again as it was filled in, with what is wrong above it; nothing was changed."""

    notice: Notice


async def do(tick: Tick, circle: Circle, found: Found, deed: Deed, fields: Fields) -> Done | Amiss:
    """Do what was pressed; a form made before the last change does nothing but show where things stand."""
    if deed is Deed.OPEN:
        return await _open(tick, circle, found)
    if one(fields, "seen") != version_of(circle.referral):
        return Done(Notice.MOVED)
    match deed:
        case Deed.WRONG:
            return await _wrong(tick, circle)
        case Deed.ACCEPT:
            return await _act(tick, circle, Change.ACCEPTED, rules.accept, Notice.ACCEPTED)
        case Deed.DECLINE:
            return await _decline(tick, circle, fields)
        case Deed.PROPOSE:
            return await _propose(tick, circle, fields)
        case Deed.CHOOSE:
            return await _choose(tick, circle, fields)
        case Deed.DESCRIBE:
            return await _describe(tick, circle, fields)
        case Deed.CALL_OFF:
            call_off = partial(rules.call_off, side=Side.RECEIVER)
            return await _act(tick, circle, Change.CALLED_OFF, call_off, Notice.CALLED_OFF)
        case Deed.SAY:
            return await _say(tick, circle, fields)
        case Deed.FULL | Deed.NOT_FULL:
            return await _say_full(tick, circle, deed, fields)
        case Deed.ANEW:
            return Done()  # the link still opens everything
        case never:
            assert_never(never)


async def _open(tick: Tick, circle: Circle, found: Found) -> Done:
    if circle.referral.state is State.REQUESTED:
        await act_as_receiver(tick, circle, Change.RECEIVED, rules.receive)
    await store_links.note_opened(tick.db, found.link_id, tick.now)
    return Done()


async def _wrong(tick: Tick, circle: Circle) -> Done:
    """Whoever got it sees nothing more, by any of its links; who referred looks for the right address."""
    if circle.referral.state not in NOT_THEIRS:
        return Done(Notice.MOVED)
    await act_as_receiver(tick, circle, Change.NOT_DELIVERED, lambda it, _by, now: rules.undeliverable(it, now))
    await store_links.revoke(tick.db, circle.referral.id, tick.now, wrong=True)
    return Done()


async def _decline(tick: Tick, circle: Circle, fields: Fields) -> Done | Amiss:
    reason = reason_in(fields)
    if reason is None:
        return Amiss(Notice.NOTHING)
    return await _act(tick, circle, Change.DECLINED, partial(rules.decline, reason=reason), None)


async def _propose(tick: Tick, circle: Circle, fields: Fields) -> Done | Amiss:
    times = times_in(fields, tick.zone)
    if isinstance(times, Notice):
        return Amiss(times)
    rule = partial(rules.propose, side=Side.RECEIVER, times=times)
    return await _act(tick, circle, Change.PROPOSED, rule, Notice.PROPOSED)


async def _choose(tick: Tick, circle: Circle, fields: Fields) -> Done | Amiss:
    at = moment_of(one(fields, "minute"))
    if at is None:
        return Done(Notice.MOVED)
    rule = partial(rules.choose, side=Side.RECEIVER, minute=rules.minute_of(at), choice=Choice.YES)
    return await _act(tick, circle, Change.APPOINTED, rule, Notice.APPOINTED)


async def _describe(tick: Tick, circle: Circle, fields: Fields) -> Done | Amiss:
    meeting = meeting_in(fields)
    if isinstance(meeting, Notice):
        return Amiss(meeting)
    return await _act(tick, circle, Change.DESCRIBED, partial(rules.describe, meeting=meeting), Notice.DESCRIBED)


async def _say(tick: Tick, circle: Circle, fields: Fields) -> Done | Amiss:
    said = said_in(fields)
    if said is None:
        return Amiss(Notice.NOTHING)
    if one(fields, "more") == "on" and said in (Said.HELPED, Said.TOOK_PLACE):
        return await _act(tick, circle, Change.GOES_ON, partial(rules.goes_on, said=said), Notice.GOES_ON)
    say = partial(rules.say, side=Side.RECEIVER, said=said)
    return await _act(tick, circle, Change.SAID, say, Notice.SAID)


async def _say_full(tick: Tick, circle: Circle, deed: Deed, fields: Fields) -> Done | Amiss:
    """The desk takes nobody new until that day, or takes people again."""
    until = day_in(fields, "until") if deed is Deed.FULL else None
    today = tick.now.astimezone(tick.zone).date()
    if deed is Deed.FULL and (until is None or not availability.is_full_day(until, today)):
        return Amiss(Notice.NO_SUCH_DAY)
    service = circle.referral.to.service_id
    if service is None or not await store_availability.say_full(tick.db, service, until, tick.now):
        return Done(Notice.MOVED)
    await tick.record(f"service.{deed.value}", subject="service", subject_id=service)
    return Done(Notice(deed.value))


async def _act(tick: Tick, circle: Circle, change: Change, rule: Rule, done: Notice | None) -> Done | Amiss:
    match await act_as_receiver(tick, circle, change, rule):
        case Circle() as after:
            return Done(Notice.SAID if rules.is_mismatch(after.referral) else done)
        case refusal:
            return _refused(refusal)


def _refused(refusal: Refusal) -> Done | Amiss:
    match refusal:
        case InThePast():
            return Amiss(Notice.PAST)
        case TooFar():
            return Amiss(Notice.TOO_FAR)
        case TooEarly():
            return Amiss(Notice.TOO_EARLY)
        case MovedOn() | NotTheirs():
            return Done(Notice.MOVED)
        case never:
            assert_never(never)
