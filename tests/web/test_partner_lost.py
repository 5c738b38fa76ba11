"""A letter that does not arrive: the mentor is offered somebody else, or asked to ring; nobody waits for nothing."""

import pytest

from tests.town.town import Town
from tests.web.desk import DESK, appointed, opened, requested, rest, state

pytestmark = pytest.mark.feature("H6", "H8", "O3")


async def test_a_letter_that_comes_back_ends_it_and_the_next_partner_is_offered(town: Town) -> None:
    anna, marta, desk = await requested(town)
    mailbox = town.mailbox(DESK)
    await mailbox.bounces(mailbox.letters[-1])
    await town.settle()
    assert await state(town) == "failed"
    anna.sees("referrals.youth.told.not_delivered")
    marta.sees("referrals.staff.sender_told.not_delivered")
    await marta.taps("referrals.staff.button.choose_other")
    rest(anna, marta)
    await desk.follows_the_link()
    assert desk.status == 410
    mailbox.sees_nothing()


async def test_a_letter_that_comes_back_twice_is_told_once(town: Town) -> None:
    anna, marta, _ = await requested(town)
    mailbox = town.mailbox(DESK)
    for _ in range(2):
        await mailbox.bounces(mailbox.letters[-1])
        await town.settle()
    marta.sees("referrals.staff.sender_told.not_delivered")
    marta.sees_nothing()
    rest(anna)


async def test_a_letter_about_an_appointment_that_comes_back_has_the_mentor_ring(town: Town) -> None:
    anna, marta, _ = await appointed(town)
    await town.settle()
    mailbox = town.mailbox(DESK)
    rest(anna, marta)
    await mailbox.bounces(mailbox.letters[-1])
    await town.settle()
    assert await state(town) == "in_progress"
    marta.sees("referrals.staff.letter_lost")
    anna.sees_nothing()
    mailbox.reads_rest()


async def test_what_comes_back_once_it_was_opened_calls_nobody_a_stranger_and_ends_nothing(town: Town) -> None:
    anna, marta, desk = await opened(town)
    mailbox = town.mailbox(DESK)
    rest(anna, marta)
    await mailbox.bounces(mailbox.letters[-1])
    await town.settle()
    assert await state(town) == "received"
    marta.sees("referrals.staff.letter_lost")
    anna.sees_nothing()
    await desk.presses("button.accept")
    assert await state(town) == "accepted"
    rest(anna, marta)


@pytest.mark.feature("X53")
async def test_whoever_opens_what_is_not_for_them_is_shut_out_and_the_young_person_is_told_so(town: Town) -> None:
    anna, marta, desk = await opened(town)
    rest(anna, marta)
    await desk.presses("button.wrong")
    assert await state(town) == "failed"
    anna.sees("referrals.youth.told.opened_by_another")
    marta.sees("referrals.staff.sender_told.opened_by_another")
    await desk.follows_the_link()
    assert desk.status == 410
    rest(anna, marta)
