"""What came of an appointment: the buttons that each side says it with, and the state it leads to in words."""

from datetime import datetime
from typing import Final

from bot.calendar import in_minutes
from bot.referrals import rules
from bot.referrals.actions import Inbox
from bot.referrals.closed.actions_outcome import AskAnother, Complete, GoesOn, Resolve, SayEarlier, SayMine
from bot.referrals.closed.sessions import OF_AN_EARLIER_ONE
from bot.referrals.referral import Ending, Kind, Referral, Said, State
from bot.turn import Keyboard, Row, button
from bot.words import Phrase, phrase

TOOK_PLACE: Final = frozenset({Said.HELPED, Said.TOOK_PLACE})

_SPOKEN_OF: Final = frozenset({Ending.DID_NOT_HAPPEN, Ending.UNCONFIRMED, Ending.UNCLEAR})
"""Endings that have words of their own."""


def word(kind: Kind, said: Said, audience: str) -> str:
    """The key of a button that says it; a career consultant's first one says that an aim is set."""
    aim = said is Said.HELPED and kind is Kind.CAREER_CONSULTANT
    return f"referrals.{audience}.button.said_{'aim' if aim else said.value}"


# --- the receiver -----------------------------------------------------------------------------------------------


def outcome_keyboard(referral: Referral) -> Keyboard:
    """What a receiver may say of an appointment that has begun."""
    words = tuple(
        (
            button(
                word(referral.kind, said, "staff"),
                AskAnother(referral.id, said) if said in TOOK_PLACE else Complete(referral.id, said),
            ),
        )
        for said in Said
    )
    return (*words, (button("referrals.staff.button.inbox", Inbox()),))


def another_keyboard(referral: Referral, said: Said) -> Keyboard:
    return (
        (button("referrals.staff.button.another", GoesOn(referral.id, said)),),
        (button("referrals.staff.button.last", Complete(referral.id, said)),),
    )


# --- the young person -------------------------------------------------------------------------------------------


def youth_words(referral: Referral) -> Keyboard:
    """What a young person may say of an appointment that has begun."""
    return tuple((button(word(referral.kind, said, "youth"), SayMine(referral.id, said)),) for said in Said)


def earlier_words(referral: Referral, at: datetime) -> Keyboard:
    """The same of an earlier one."""
    minute = in_minutes(at)
    return tuple(
        (button(word(referral.kind, said, "youth"), SayEarlier(referral.id, minute, said)),)
        for said in OF_AN_EARLIER_ONE
    )


# --- whoever guides the young person ----------------------------------------------------------------------------


def resolve_rows(referral: Referral) -> tuple[Row, ...]:
    """Both buttons, while one side's word is missing or the words differ."""
    spoken = referral.provider_said is not None or referral.youth_said is not None
    if referral.state is not State.IN_PROGRESS or not spoken:
        return ()
    return (
        (
            button("referrals.staff.button.did_take_place", Resolve(referral.id, took_place=True)),
            button("referrals.staff.button.did_not_take_place", Resolve(referral.id, took_place=False)),
        ),
    )


# --- in words ---------------------------------------------------------------------------------------------------


def spoken_state(referral: Referral, audience: str) -> Phrase | None:
    """Where the words of both sides have led; None where nothing was said that the state itself does not say."""
    if referral.state is State.IN_PROGRESS and referral.meeting.at is not None:
        if rules.is_mismatch(referral):
            return phrase(f"referrals.{audience}.state.mismatch", when=referral.meeting.at)
        if referral.provider_said is not None or referral.youth_said is not None:
            return phrase(f"referrals.{audience}.state.one_said", when=referral.meeting.at)
    if referral.state is State.FAILED and referral.reason in _SPOKEN_OF:
        return phrase(f"referrals.{audience}.state.failed_{referral.reason.value}")
    return None


def with_sessions(state: Phrase, referral: Referral) -> Phrase:
    """The state, with how many appointments have taken place."""
    return phrase("referrals.any.sessions", state=state, count=referral.session) if referral.session else state
