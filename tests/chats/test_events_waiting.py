"""Few places: who has one, who waits, whom the clock offers one, and what becomes of it when the number changes."""

import pytest

from bot.events.audience import Group
from bot.events.event import Kind, Terms
from bot.events.going_out import lost
from bot.happenings import Lapsed
from bot.people import store as people
from bot.roles import Role
from bot.turn import Tick
from tests.chats.events_places import FAR, come, friends, goes_out, hours, one_place, seats, waits
from tests.chats.events_talk import OGRE, facts_in
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town


@pytest.fixture
async def kaspars(town: Town) -> Inhabitant:
    """The coordinator of Ogre."""
    return await town.staff("kaspars", Role.COORDINATOR, OGRE)


@pytest.mark.feature("I7", "S2.11")
async def test_who_is_too_late_for_the_last_place_is_asked_whether_to_wait_and_told_the_position(
    town: Town, kaspars: Inhabitant
) -> None:
    anna, danylo, emma = await friends(town, "anna", "danylo", "emma")
    event = await goes_out(town, Terms(capacity=1), kind=Kind.JOB_SHADOWING)
    anna.reads_rest()
    await anna.taps("events.any.button.yes")
    anna.sees("events.youth.has_place")
    await waits(danylo)
    emma.reads_rest()
    await emma.taps("events.any.button.yes")
    asked = emma.sees("events.youth.full")
    assert facts_in(asked, "events.youth.full", emma)["position"] == "2"
    assert await seats(town, event) == {"anna": "held", "danylo": "waiting", "emma": None}
    await emma.taps("events.youth.button.join_list")
    emma.sees("events.youth.waits")
    kaspars.sees_nothing()


@pytest.mark.feature("I7", "I8")
async def test_a_place_given_back_is_offered_to_the_next_and_taken_in_one_tap(town: Town, kaspars: Inhabitant) -> None:
    event, anna, danylo, emma = await one_place(town, "anna", "danylo", "emma")
    await anna.taps("events.youth.button.give_back")
    anna.sees("events.youth.gave_back")
    danylo.sees("events.youth.place_offered")
    emma.sees_nothing()
    assert await seats(town, event) == {"anna": None, "danylo": "offered", "emma": "waiting"}
    await danylo.taps("events.youth.button.take_place")
    danylo.sees("events.youth.has_place")
    await emma.taps("events.youth.button.leave_list")
    emma.sees("events.youth.left_list")
    assert await seats(town, event) == {"anna": None, "danylo": "held", "emma": None}
    kaspars.sees_nothing()


@pytest.mark.feature("I7")
async def test_an_offer_nobody_takes_goes_on_by_the_clock_and_each_is_told_once(
    town: Town, kaspars: Inhabitant
) -> None:
    event, anna, danylo, emma = await one_place(town, "anna", "danylo", "emma")
    await anna.taps("events.youth.button.give_back")
    anna.reads_rest()
    danylo.sees("events.youth.place_offered")
    await town.live_until(town.later(hours=26), hours(13))
    danylo.sees("events.youth.offer_lapsed")
    emma.sees("events.youth.place_offered")
    assert await seats(town, event) == {"anna": None, "danylo": None, "emma": "offered"}
    await danylo.taps("events.youth.button.join_again")
    danylo.sees("events.youth.waits")
    await emma.taps("events.youth.button.decline")
    emma.sees("events.youth.declined")
    danylo.sees("events.youth.place_offered")
    assert [row.answer for row in await town.rows("SELECT answer FROM invitations ORDER BY id")] == ["no", "yes", "no"]
    kaspars.sees_nothing()


@pytest.mark.feature("I7", "G11")
async def test_an_offer_that_ran_out_while_the_bot_was_down_goes_on_when_it_is_back(
    town: Town, kaspars: Inhabitant
) -> None:
    event, anna, danylo, emma = await one_place(town, "anna", "danylo", "emma")
    await anna.taps("events.youth.button.give_back")
    for one in (anna, danylo):
        one.reads_rest()
    await town.move_to(town.later(hours=72))
    danylo.sees("events.youth.offer_lapsed")
    emma.sees("events.youth.place_offered")
    assert await seats(town, event) == {"anna": None, "danylo": None, "emma": "offered"}
    await town.move_to(FAR + hours(1))
    assert await seats(town, event) == {"anna": None, "danylo": None, "emma": None}
    emma.reads_rest()
    kaspars.reads_rest()


@pytest.mark.feature("I7")
async def test_short_before_the_start_all_who_wait_are_told_and_the_first_to_press_has_it(
    town: Town, kaspars: Inhabitant
) -> None:
    event, anna, danylo, emma = await one_place(town, "anna", "danylo", "emma")
    await town.move_to(FAR - hours(3))
    for one in (anna, kaspars):
        one.reads_rest()
    await anna.taps("events.youth.button.give_back")
    anna.reads_rest()
    for one in (danylo, emma):
        one.sees("events.youth.place_open")
    await emma.taps("events.youth.button.take_place")
    emma.sees("events.youth.has_place")
    await danylo.taps("events.youth.button.take_place")
    danylo.sees("events.youth.waits")
    assert await seats(town, event) == {"anna": None, "danylo": "waiting", "emma": "held"}


@pytest.mark.feature("I7")
async def test_more_places_are_offered_in_order_and_the_coordinator_sees_it_before_confirming(
    town: Town, kaspars: Inhabitant
) -> None:
    event, _, danylo, emma = await one_place(town, "anna", "danylo", "emma")
    await kaspars.forges(f"events.seats:{event}")
    kaspars.sees("events.staff.seats")
    await kaspars.taps("events.staff.button.change_seats")
    await kaspars.says("daudz")
    kaspars.sees("events.staff.seats_unreadable")
    await kaspars.says("2")
    shown = kaspars.sees("events.staff.seats_preview")
    assert kaspars.words("events.staff.will_be_offered", count=1) in shown.text
    danylo.sees_nothing()
    await kaspars.taps("events.staff.button.set_seats")
    kaspars.sees("events.staff.seats")
    danylo.sees("events.youth.place_offered")
    emma.sees_nothing()
    assert await seats(town, event) == {"anna": "held", "danylo": "offered", "emma": "waiting"}
    await kaspars.taps("events.staff.button.change_seats")
    await kaspars.taps("events.staff.button.no_limit")
    kaspars.sees("events.staff.seats_preview")
    emma.sees_nothing()
    await kaspars.taps("events.staff.button.set_seats")
    kaspars.sees("events.staff.seats")
    emma.sees("events.youth.place_offered")


@pytest.mark.feature("I7")
async def test_fewer_places_take_nothing_from_anybody_and_nothing_is_offered_until_it_fits(
    town: Town, kaspars: Inhabitant
) -> None:
    anna, danylo, emma = await friends(town, "anna", "danylo", "emma")
    event = await goes_out(town, Terms(capacity=2))
    await come(anna, danylo)
    await waits(emma)
    await kaspars.forges(f"events.ask_seats:{event}:")
    await kaspars.says("1")
    shown = kaspars.sees("events.staff.seats_preview")
    assert kaspars.words("events.staff.will_be_over", count=1) in shown.text
    await kaspars.taps("events.staff.button.set_seats")
    assert kaspars.words("events.staff.over", count=1) in kaspars.sees("events.staff.seats").text
    await anna.taps("events.youth.button.give_back")
    anna.reads_rest()
    emma.sees_nothing()
    await danylo.taps("events.youth.button.give_back")
    danylo.reads_rest()
    emma.sees("events.youth.place_offered")
    assert await seats(town, event) == {"anna": None, "danylo": None, "emma": "offered"}


@pytest.mark.feature("I7", "S4.1")
async def test_a_group_has_no_more_places_than_its_quota_while_others_still_find_room(
    town: Town, kaspars: Inhabitant
) -> None:
    anna, danylo = await friends(town, "anna", "danylo")
    marta = await town.staff("marta", Role.MENTOR, OGRE)
    groups = frozenset({Group.YOUTH, Group.MENTORS})
    terms = Terms(capacity=85, quotas={Group.YOUTH: 1})
    event = await goes_out(town, terms, groups=groups, kind=Kind.EXPERIENCE_EXCHANGE)
    await come(anna)
    await waits(danylo)
    marta.reads_rest()
    await marta.taps("events.any.button.yes")
    marta.sees("events.staff.has_place")
    assert await seats(town, event) == {"anna": "held", "danylo": "waiting", "marta": "held"}
    await kaspars.forges(f"events.ask_seats:{event}:youth")
    await kaspars.says("2")
    await kaspars.taps("events.staff.button.set_seats")
    kaspars.reads_rest()
    danylo.sees("events.youth.place_offered")


@pytest.mark.feature("I7")
async def test_who_blocks_the_bot_is_passed_over_and_who_leaves_gives_their_place_back(
    town: Town, kaspars: Inhabitant
) -> None:
    event, anna, danylo, emma = await one_place(town, "anna", "danylo", "emma")
    await danylo.phone.block()
    await town.tick()
    await anna.says("/forget")
    await anna.taps("people.any.button.forget_sure")
    anna.reads_rest()
    emma.sees("events.youth.place_offered")
    assert (await seats(town, event))["emma"] == "offered"
    kaspars.reads_rest()


@pytest.mark.feature("I7")
async def test_who_may_not_be_written_to_any_more_waits_by_looking_in_and_has_a_place_once_we_may_again(
    town: Town, kaspars: Inhabitant
) -> None:
    event, anna, danylo = await one_place(town, "anna", "danylo")
    gone = await town.person("danylo")
    async with town.open_database() as database, database.write() as db:
        await people.withdraw_consent(db, gone.id, "events", town.clock.now())
    await danylo.forges(f"events.invitation:{event}")
    danylo.sees("events.youth.waits_unwritten")
    await anna.taps("events.youth.button.give_back")
    anna.reads_rest()
    await danylo.forges(f"events.invitation:{event}")
    danylo.sees("events.youth.is_open")
    await danylo.taps("events.youth.button.take_place")
    danylo.sees("events.youth.may_we_write")
    await danylo.taps("events.youth.button.agree_and_come")
    danylo.sees("events.youth.has_place")
    danylo.sees_nothing()


@pytest.mark.feature("I7", "I8")
async def test_who_waits_and_lets_us_write_only_now_is_offered_the_place_that_was_free(
    town: Town, kaspars: Inhabitant
) -> None:
    event, anna, danylo = await one_place(town, "anna", "danylo")
    await danylo.forges("people.withdraw:events:1")
    await anna.taps("events.youth.button.give_back")
    anna.reads_rest()
    danylo.reads_rest()
    assert await seats(town, event) == {"anna": None, "danylo": "waiting"}
    await danylo.forges("people.give:events")
    danylo.sees("people.youth.given_events")
    danylo.sees("events.youth.place_offered")
    assert await seats(town, event) == {"anna": None, "danylo": "offered"}
    kaspars.sees_nothing()


@pytest.mark.feature("I7")
async def test_who_waits_and_had_blocked_the_bot_is_offered_the_place_when_they_are_back(
    town: Town, kaspars: Inhabitant
) -> None:
    event, anna, danylo = await one_place(town, "anna", "danylo")
    await danylo.phone.block()
    await town.settle()
    await anna.taps("events.youth.button.give_back")
    anna.reads_rest()
    assert await seats(town, event) == {"anna": None, "danylo": "waiting"}
    await danylo.phone.unblock()
    await town.settle()
    danylo.reads_rest()
    assert await seats(town, event) == {"anna": None, "danylo": "offered"}
    kaspars.sees_nothing()


@pytest.mark.feature("I7", "G11")
async def test_an_offer_that_never_left_in_time_is_told_to_the_author(town: Town, kaspars: Inhabitant) -> None:
    event = await goes_out(town, Terms(capacity=1), quietly=True)
    async with town.open_database() as database, database.write() as db:
        tick = Tick(town.clock.now(), db, town.settings.zone, settings=town.settings)
        late = (f"event:{event}:1:offer:1772500000", f"event:{event}:2:offer:1772500000")
        await lost.not_everybody_reached(tick, Lapsed(late))
    assert [one.phrase.key for one in tick.said] == ["events.staff.unreached.offer"]
    assert tick.said[0].to == (await town.person("kaspars")).id
    kaspars.sees_nothing()
