"""An appointment as each side sees it: times to choose from, times to propose, where it is, in which language."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from bot.calendar import in_minutes
from bot.referrals.actions import AskTime, CallOff, ChooseTime, Open
from bot.referrals.appointment import times
from bot.referrals.appointment.actions_times import CannotCome, Describe, MyTimes, SendMyTimes, SendTimes, TakeTime
from bot.referrals.referral import MOST_TIMES, Choice, Meeting, Referral, Side
from bot.turn import Button, Keyboard, button
from bot.words import Fact, Lines, Phrase, phrase


def facts_of(referral: Referral) -> dict[str, Fact]:
    """What messages about the time may speak of: `when` is the first of several; nothing where there is none."""
    proposals = referral.proposals
    at = proposals.times[0] if proposals is not None else referral.meeting.at
    if at is None:
        return {}
    return {"when": at, "times": Lines(_said(referral)), "details": details_of(referral.meeting)}


def state(referral: Referral, audience: str) -> Phrase | None:
    """Where it stands while times are offered."""
    if referral.proposals is None:
        return None
    who = "proposed_by_youth" if referral.proposals.by is Side.YOUTH else "proposed"
    return phrase(f"referrals.{audience}.state.{who}", times=_one_of(_said(referral)))


def details_of(meeting: Meeting) -> Lines:
    """Where it is, in which language, and whether there is an interpreter; what nobody said is not spoken of, but for
    the place, which somebody will ask for."""
    known = phrase("referrals.any.meeting.place", place=meeting.place or "")
    lines = [known if meeting.place is not None else phrase("referrals.any.meeting.no_place")]
    if meeting.spoken is not None:
        language = phrase(f"people.any.language.{meeting.spoken.value}")
        lines.append(phrase("referrals.any.meeting.language", language=language))
    if meeting.interpreter:
        lines.append(phrase("referrals.any.meeting.interpreter"))
    return Lines(tuple(lines))


def _one_of(offered: Sequence[Phrase]) -> Phrase:
    """In one line, with a word between: a time has commas of its own."""
    first, *rest = offered
    return phrase("referrals.any.time_or", first=first, other=_one_of(rest)) if rest else first


def _said(referral: Referral) -> tuple[Phrase, ...]:
    moments = referral.proposals.times if referral.proposals is not None else (referral.meeting.at,)
    return tuple(phrase("referrals.any.time", when=at) for at in moments if at is not None)


# --- answering --------------------------------------------------------------------------------------------------


def is_asked(referral: Referral) -> bool:
    """Whether the young person is asked which of the times suits."""
    return referral.proposals is not None and referral.proposals.by is Side.RECEIVER


def youth_rows(referral: Referral, now: datetime) -> Keyboard:
    """What a young person may do about the time; nothing once the appointment has begun."""
    proposals, meeting = referral.proposals, referral.meeting
    if proposals is not None and is_asked(referral):
        ahead = tuple(at for at in proposals.times if at > now)
        rows: Keyboard = tuple(
            (button("referrals.youth.button.time", _chosen(referral, at, Choice.YES), when=at),) for at in ahead
        )
        first = proposals.times[0]
        others = (
            (button(f"referrals.youth.button.time_{one.value}", _chosen(referral, first, one)),)
            for one in (Choice.ANOTHER, Choice.NO)
        )
        return (*rows, *others)
    if meeting.at is None:
        return ((button("referrals.youth.button.my_times", MyTimes(referral.id)),),)
    if meeting.at > now:
        return ((button("referrals.youth.button.cannot_come", CannotCome(referral.id, sure=False)),),)
    return ()


def _chosen(referral: Referral, at: datetime, choice: Choice) -> ChooseTime:
    return ChooseTime(referral.id, in_minutes(at), choice)


def answer_rows(referral: Referral, now: datetime) -> Keyboard:
    """The times that the young person proposed, for the receiver to take one."""
    proposals = referral.proposals
    if proposals is None or proposals.by is not Side.YOUTH:
        return ()
    ahead = (at for at in proposals.times if at > now)
    return tuple(
        (button("referrals.staff.button.take_time", TakeTime(referral.id, in_minutes(at)), when=at),) for at in ahead
    )


def agreed_rows(referral: Referral) -> Keyboard:
    """What a receiver may do with an appointment that is still ahead."""
    return (
        (describe_button(referral),),
        (button("referrals.staff.button.other_time", AskTime(referral.id)),),
        (call_off_button(referral),),
    )


def describe_button(referral: Referral) -> Button:
    meeting = referral.meeting
    return button("referrals.staff.button.describe", Describe(referral.id, meeting.spoken, meeting.interpreter))


def call_off_button(referral: Referral) -> Button:
    return button("referrals.staff.button.call_off", CallOff(referral.id, sure=False))


def told_rows(referral: Referral, now: datetime) -> Keyboard:
    """Below what a receiver is told of the time: the one press that answers it."""
    if referral.proposals is not None:
        other = button("referrals.staff.button.other_time", AskTime(referral.id))
        return (*answer_rows(referral, now), (other,))
    if referral.meeting.at is not None:
        return ((describe_button(referral),), (call_off_button(referral),))
    return ((button("referrals.staff.button.propose", AskTime(referral.id)),),)


# --- proposing --------------------------------------------------------------------------------------------------


def receiver_times(referral: Referral, chosen: Sequence[datetime], suggested: Sequence[datetime]) -> Keyboard:
    """The times a receiver may put in or take out of the choice, and the way to send it."""
    rows = _in_rows(
        button(f"referrals.staff.button.{name}", AskTime(referral.id, *packed(picked)), when=at)
        for name, at, picked in _toggles(chosen, suggested)
    )
    back = (button("referrals.staff.button.back", Open(referral.id)),)
    if not chosen:
        return (*rows, back)
    send = button("referrals.staff.button.send_times", SendTimes(referral.id, *packed(chosen)), number=len(chosen))
    return (*rows, (send,), back)


def youth_times(referral: Referral, chosen: Sequence[datetime], suggested: Sequence[datetime]) -> Keyboard:
    """The same for the young person."""
    rows = _in_rows(
        button(f"referrals.youth.button.{name}", MyTimes(referral.id, *packed(picked)), when=at)
        for name, at, picked in _toggles(chosen, suggested)
    )
    if not chosen:
        return rows
    send = button("referrals.youth.button.send_times", SendMyTimes(referral.id, *packed(chosen)), number=len(chosen))
    return (*rows, (send,))


def _toggles(
    chosen: Sequence[datetime], suggested: Sequence[datetime]
) -> Iterator[tuple[str, datetime, tuple[datetime, ...]]]:
    """What each button is called, its time, and the choice after a press; what is full takes no more in."""
    shown = chosen if len(chosen) >= MOST_TIMES else sorted({*chosen, *suggested})
    for at in shown:
        yield "time_in" if at in chosen else "time_out", at, times.toggled(chosen, at)


def packed(moments: Sequence[datetime]) -> Iterator[int]:
    return (in_minutes(at) for at in moments)


def _in_rows(buttons: Iterable[Button]) -> Keyboard:
    """One a row: beside each other a phone cuts off the hour."""
    return tuple((one,) for one in buttons)
