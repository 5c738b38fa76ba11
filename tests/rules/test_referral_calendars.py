"""The file of an appointment: one name for ever, a higher sequence each time, and nothing of the kind of help."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from bot.programme.rules import Case, Stage
from bot.referrals import rules
from bot.referrals.appointment.calendars import bring, calendar_of
from bot.referrals.referral import Choice, Circle, Meeting, Referral, Side, State
from bot.referrals.rules import Moved
from bot.roles import Person
from bot.turn import Tick
from bot.words import Language
from tests.rules.referral_cast import MONDAY, RIGA, referral

AT = MONDAY + timedelta(days=3)
CASE = Case(1, 1, "LV-067", Stage.PROGRAMME, "likely", "18_28", None, False, False, 2, 3, MONDAY, None, None)
ANNA = Person(1, Language.LV, "Kompass-101")
ILZE = Person(3, Language.LV, "Osta-7", "Ilze")


def circle(one: Referral) -> Circle:
    return Circle(one, CASE, ANNA, None, ILZE)


def agreed(**meeting: object) -> Circle:
    stands = replace(referral(State.IN_PROGRESS), meeting=replace(Meeting(at=AT, sequence=1), **meeting))
    return circle(stands)


def test_there_is_a_file_while_an_appointment_stands_and_a_second_reader_understands_it() -> None:
    assert calendar_of(circle(referral(State.ACCEPTED)), MONDAY, RIGA) is None
    content = calendar_of(agreed(place="Skolas iela 4"), MONDAY, RIGA)
    assert content is not None
    read = vobject.readOne(content.decode())
    assert read.method.value == "REQUEST"
    assert read.vevent.dtstart.value.astimezone(UTC) == AT
    assert (read.vevent.summary.value, read.vevent.location.value) == ("Kompass-101", "Skolas iela 4")
    assert read.vevent.sequence.value == "1"
    for word in ("psiholo", "Ilze", "PSYCHOLOGIST", "psychologist"):
        assert word not in content.decode()


SLOTS = tuple(AT + timedelta(days=number) for number in range(3))

ACTS = {
    "receiver offers": lambda one, at: rules.propose(one, frozenset({Side.RECEIVER}), MONDAY, Side.RECEIVER, (at,)),
    "youth offers": lambda one, at: rules.propose(one, frozenset({Side.YOUTH}), MONDAY, Side.YOUTH, (at,)),
    "receiver takes": lambda one, at: rules.choose(
        one, frozenset({Side.RECEIVER}), MONDAY, Side.RECEIVER, rules.minute_of(at), Choice.YES
    ),
    "youth takes": lambda one, at: rules.choose(
        one, frozenset({Side.YOUTH}), MONDAY, Side.YOUTH, rules.minute_of(at), Choice.YES
    ),
    "describes": lambda one, at: rules.describe(
        one, frozenset({Side.RECEIVER}), MONDAY, Meeting(place=f"Skolas iela {at.day}")
    ),
    "youth cannot": lambda one, _: rules.call_off(one, frozenset({Side.YOUTH}), MONDAY, Side.YOUTH),
    "receiver cannot": lambda one, _: rules.call_off(one, frozenset({Side.RECEIVER}), MONDAY, Side.RECEIVER),
    "withdraws": lambda one, _: rules.withdraw(one, frozenset({Side.YOUTH}), MONDAY),
    "case ends": lambda one, _: rules.end_with_case(one, MONDAY),
}


@pytest.mark.feature("H7")
@given(st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.sampled_from(SLOTS)), min_size=1, max_size=12))
def test_whatever_both_sides_do_each_calendar_shows_what_stands(done: list[tuple[str, datetime]]) -> None:
    tick = Tick(MONDAY, None, ZoneInfo("Europe/Riga"))  # type: ignore[arg-type]  # nothing is read or written
    before = circle(referral(State.ACCEPTED))
    for act, at in done:
        moved = ACTS[act](before.referral, at)
        if isinstance(moved, Moved):
            after = replace(before, referral=moved.after)
            bring(tick, before, after, None)
            before = after
    meeting, state = before.referral.meeting, before.referral.state
    for reader in (ANNA, ILZE):
        files = [one.facts for one in tick.making if one.person_id == reader.id]
        assert len({one["uid"] for one in files}) <= 1
        assert all(first["sequence"] < then["sequence"] for first, then in pairwise(files))
        if state is State.IN_PROGRESS:
            last = files[-1]
            assert (last["method"], last["starts"], last["place"]) == ("REQUEST", meeting.at.isoformat(), meeting.place)
        elif files:
            assert files[-1]["method"] == "CANCEL"
