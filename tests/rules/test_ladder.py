"""The ladder of a check-in that nobody recorded: asked, once more, deputy, lead; only in working time."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import Hours, is_working_day
from bot.checkins import rules
from bot.checkins.rules import Ask, CheckIn, Miss, Remind, State, TellDeputy, TellLead, Wait
from bot.programme.rules import Case, Stage

RIGA = ZoneInfo("Europe/Riga")
HOURS = Hours.latvia(RIGA, {date(2026, 3, 25): "Novada svētki"})
MARTA, OKSANA = 2, 3
TUESDAY = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)


def checkin(state: State, due: datetime = TUESDAY) -> CheckIn:
    return CheckIn(1, 1, 1, due.astimezone(RIGA).date(), due, state, due, None, None, False, None, None, None)


def case(deputy: int | None = OKSANA, mentor: int | None = MARTA) -> Case:
    plain = Case(
        1, 1, "LV-067", Stage.PROGRAMME, "likely", "18_28", None, False, False, mentor, None, TUESDAY, None, None
    )
    return replace(plain, deputy_id=deputy)


def climbed(of: Case, due: datetime) -> list[tuple[type[rules.Step], datetime]]:
    """Every step of a check-in that nobody ever records, with its moment."""
    now, state, steps = due, State.PLANNED, []
    while True:
        step = rules.step(checkin(state, due), of, now, HOURS)
        steps.append((type(step), now))
        match step:
            case Ask(next_at):
                state = State.ASKED
            case Remind(next_at):
                state = State.REMINDED
            case TellDeputy(next_at):
                state = State.DEPUTY
            case Wait(next_at):
                pass
            case TellLead() | Miss():
                return steps
        now = next_at


@pytest.mark.feature("G9")
def test_asked_then_once_more_then_the_deputy_then_the_lead_a_working_day_apart() -> None:
    days = [timedelta(days=number) for number in range(4)]
    assert climbed(case(), TUESDAY) == [
        (Ask, TUESDAY), (Remind, TUESDAY + days[1]), (TellDeputy, TUESDAY + days[2]), (TellLead, TUESDAY + days[3]),
    ]  # fmt: skip


@pytest.mark.feature("G9")
@pytest.mark.parametrize("deputy", [None, MARTA])
def test_without_a_deputy_that_step_is_left_out(deputy: int | None) -> None:
    assert [step for step, _ in climbed(case(deputy), TUESDAY)] == [Ask, Remind, TellLead]


@pytest.mark.feature("G6", "G7", "G9")
@given(hours=st.integers(0, 24 * 700), deputy=st.sampled_from([None, OKSANA]))
def test_every_step_stands_in_working_time_in_order_and_no_step_is_taken_twice(hours: int, deputy: int | None) -> None:
    due = datetime(2025, 12, 1, 7, 0, tzinfo=UTC) + timedelta(hours=hours)
    steps = [(step, at) for step, at in climbed(case(deputy), due) if step is not Wait]
    ladder = [Ask, Remind, *([TellDeputy] if deputy else []), TellLead]
    assert [step for step, _ in steps] in (ladder, [Miss])
    for _, at in steps:
        local = at.astimezone(RIGA)
        assert is_working_day(local.date(), HOURS)
        assert time(9) <= local.time() < time(21)
    days = [at.astimezone(RIGA).date() for _, at in steps]
    assert days == sorted(set(days))
