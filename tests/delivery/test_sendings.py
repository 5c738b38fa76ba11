"""Whether messages get out, told from what came of each try."""

import pytest

from bot.delivery.sendings import Sendings
from bot.delivery.verdicts import Later, Rejected, Sent, Unreachable, Verdict
from bot.turn import Priority

pytestmark = pytest.mark.feature("N4")


def sendings(*tried: tuple[float, Verdict]) -> Sendings:
    told = Sendings()
    for at, verdict in tried:
        told.note(Priority.REPLY, verdict, at)
    return told


def test_failures_in_a_row_are_counted_from_the_first() -> None:
    assert sendings((10, Later()), (20, Later()), (40, Later())).stuck_for(45) == 35


@pytest.mark.parametrize("verdict", [Sent(1), Unreachable(), Rejected("no")])
def test_any_real_answer_ends_it(verdict: Verdict) -> None:
    assert sendings((10, Later()), (20, verdict)).stuck_for(30) == 0
    assert sendings((10, Later()), (20, verdict), (30, Later())).stuck_for(35) == 5


def test_being_told_to_wait_is_no_failure_and_ends_none() -> None:
    assert sendings((10, Later(30.0))).stuck_for(20) == 0
    told = sendings((10, Later()), (20, Later(30.0)))
    assert told.stuck_for(30) == 20
    assert told.told_to_wait == 1


def test_a_failure_that_nobody_tried_again_is_forgotten() -> None:
    assert sendings((10, Later())).stuck_for(70) == 60
    assert sendings((10, Later())).stuck_for(71) == 0
