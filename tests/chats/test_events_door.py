"""At the door: tickets, the organiser's list, walk-ins, who is only counted, and who did not come."""

from datetime import timedelta

import pytest

from bot.events.door import actions_door as door
from bot.events.event import Reply, Seat, State
from bot.events.signup.actions_guests import ShowInvitation
from bot.roles import Role
from tests.chats.events_held import STARTS, change, held, invited, payload_in
from tests.chats.events_talk import CESIS, OGRE, agrees
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

BEFORE = STARTS - timedelta(minutes=10)


@pytest.fixture
async def kaspars(town: Town) -> Inhabitant:
    """The coordinator of Ogre."""
    return await town.staff("kaspars", Role.COORDINATOR, OGRE)


async def ticket_of(guest: Inhabitant, event_id: int) -> str:
    """The guest asks for their ticket; what a camera reads from it."""
    await guest.forges(door.MyTicket(event_id).pack())
    shown = guest.sees("events.youth.ticket")
    assert "<b>" not in shown.text
    guest.reads_rest()
    return payload_in(shown)


# --- tickets ------------------------------------------------------------------------------------------------------


@pytest.mark.feature("I11")
async def test_a_ticket_lets_a_guest_in_once_and_then_says_when_it_was_used(town: Town, kaspars: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    event = await held(town, "kaspars")
    await invited(town, event, "anna")
    payload = await ticket_of(anna, event)
    await town.move_to(BEFORE)
    await kaspars.says(f"/start {payload}")
    code_name = (await town.person("anna")).code_name
    assert code_name in kaspars.sees("events.staff.came").text
    assert len(await town.rows("SELECT id FROM invitations WHERE came_at IS NOT NULL")) == 1
    await kaspars.says(f"/start {payload}")
    assert "16:50" in kaspars.sees("events.staff.came_before").text
    anna.sees_nothing()


async def test_a_colleague_s_ticket_tells_the_name_that_stands_on_the_list(town: Town, kaspars: Inhabitant) -> None:
    liga = await town.staff("liga", Role.MENTOR, OGRE)
    event = await held(town, "kaspars", audience={"groups": ["mentors"]})
    await invited(town, event, "liga", audience_group="mentors")
    await liga.forges(door.MyTicket(event).pack())
    name = (await town.person("liga")).name
    assert name is not None
    assert name in liga.sees("events.staff.ticket").text
    liga.reads_rest()


async def test_a_ticket_asked_for_twice_is_the_same_and_is_kept_nowhere(town: Town, kaspars: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    event = await held(town, "kaspars")
    await invited(town, event, "anna")
    first, second = await ticket_of(anna, event), await ticket_of(anna, event)
    assert first == second
    for table in ("invitations", "makings", "outbox", "audit"):
        assert first[2:] not in repr(await town.rows(f"SELECT * FROM {table}"))
    await town.move_to(BEFORE)
    await kaspars.says(f"/start {first}")
    kaspars.sees("events.staff.came")


async def test_with_another_s_number_on_it_a_ticket_is_nobody_s(town: Town, kaspars: Inhabitant) -> None:
    anna, danylo = await agrees(town, "anna"), await agrees(town, "danylo")
    event = await held(town, "kaspars")
    await invited(town, event, "anna")
    await invited(town, event, "danylo")
    hers, his = await ticket_of(anna, event), await ticket_of(danylo, event)
    await town.move_to(BEFORE)
    await kaspars.says(f"/start {his.partition('_')[0]}_{his.split('_')[1]}_{hers.split('_', 2)[2]}")
    kaspars.sees("events.staff.ticket_is_for_the_door")
    assert not await town.rows("SELECT id FROM invitations WHERE came_at IS NOT NULL")


async def test_whoever_does_not_let_people_in_learns_nothing_from_a_ticket(town: Town, kaspars: Inhabitant) -> None:
    anna, danylo = await agrees(town, "anna"), await agrees(town, "danylo")
    elsewhere = await town.staff("oksana", Role.COORDINATOR, CESIS)
    event = await held(town, "kaspars")
    await invited(town, event, "anna")
    payload = await ticket_of(anna, event)
    await town.move_to(BEFORE)
    for somebody in (danylo, elsewhere, anna):
        to = "staff" if somebody.is_staff else "youth"
        await somebody.says(f"/start {payload}")
        real = somebody.sees(f"events.{to}.ticket_is_for_the_door").text
        await somebody.says("/start e_nobodyhasthisticketatall")
        assert somebody.sees(f"events.{to}.ticket_is_for_the_door").text == real
    assert not await town.rows("SELECT id FROM invitations WHERE came_at IS NOT NULL")


async def test_a_ticket_for_another_time_or_a_cancelled_event_says_so(town: Town, kaspars: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    event = await held(town, "kaspars")
    await invited(town, event, "anna")
    payload = await ticket_of(anna, event)
    await kaspars.says(f"/start {payload}")
    kaspars.sees("events.staff.ticket_other_time")
    await change(town, event, state=State.CANCELLED.value)
    await town.move_to(BEFORE)
    await kaspars.says(f"/start {payload}")
    kaspars.sees("events.staff.ticket_cancelled")
    await anna.forges(door.MyTicket(event).pack())
    anna.sees("events.youth.no_ticket")


@pytest.mark.feature("I14")
async def test_the_door_says_where_a_guardians_permission_is_missing(town: Town, kaspars: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    event = await held(town, "kaspars", terms={"guardian": True})
    await invited(town, event, "anna", under_age=True)
    payload = await ticket_of(anna, event)
    await town.move_to(BEFORE)
    await kaspars.says(f"/start {payload}")
    kaspars.sees("events.staff.came_without_permission")
    await kaspars.taps("events.staff.button.permission_noted")
    kaspars.reads_rest()
    assert (await town.rows("SELECT guardian_at FROM invitations"))[0].guardian_at is not None
    anna.reads_rest()


async def test_whoever_comes_late_still_finds_the_ticket(town: Town) -> None:
    anna = await agrees(town, "anna")
    event = await held(town)
    await invited(town, event, "anna")
    await town.move_to(STARTS + timedelta(minutes=20))
    await anna.forges(ShowInvitation(event).pack())
    anna.sees("events.youth.has_started")
    await anna.taps("events.youth.button.ticket")
    payload_in(anna.sees("events.youth.ticket"))
    anna.reads_rest()


async def test_who_has_no_place_has_no_ticket(town: Town) -> None:
    anna = await agrees(town, "anna")
    event = await held(town)
    await invited(town, event, "anna", seat="waiting")
    await anna.forges(door.MyTicket(event).pack())
    anna.sees("events.youth.no_ticket")


# --- the list -----------------------------------------------------------------------------------------------------


@pytest.mark.feature("I11")
async def test_the_list_is_ticked_with_one_tap_and_undone_with_another(town: Town, kaspars: Inhabitant) -> None:
    await agrees(town, "anna")
    event = await held(town, "kaspars")
    await invited(town, event, "anna")
    await town.move_to(BEFORE)
    await kaspars.forges(door.OpenDoor(event).pack())
    kaspars.sees("events.staff.door.nothing_noted")
    await kaspars.taps("events.staff.button.guest_list")
    kaspars.sees("events.staff.guest_list")
    code_name = (await town.person("anna")).code_name
    await kaspars.taps_label(code_name)
    kaspars.reads_rest()
    assert f"✓ {code_name}" in kaspars.buttons
    await kaspars.taps_label(code_name)
    kaspars.reads_rest()
    assert f"○ {code_name}" in kaspars.buttons
    assert not await town.rows("SELECT id FROM invitations WHERE came_at IS NOT NULL")


async def test_guests_from_elsewhere_stand_on_the_list_as_numbers(town: Town, kaspars: Inhabitant) -> None:
    await agrees(town, "danylo", CESIS)
    event = await held(town, "kaspars", listed=True)
    await invited(town, event, "danylo", via="found")
    await town.move_to(BEFORE)
    await kaspars.forges(door.GuestList(event, 0).pack())
    kaspars.reads_rest()
    code_name = (await town.person("danylo")).code_name
    assert not any(code_name in label for label in kaspars.buttons)
    (row,) = await town.rows("SELECT id FROM invitations")
    assert any(str(row.id) in label for label in kaspars.buttons)


@pytest.mark.feature("I11")
async def test_no_shows_are_known_only_where_the_door_was_used(town: Town, kaspars: Inhabitant) -> None:
    await agrees(town, "anna")
    await agrees(town, "danylo")
    event = await held(town, "kaspars")
    await invited(town, event, "anna")
    await invited(town, event, "danylo")
    await town.move_to(STARTS + timedelta(hours=3))
    await kaspars.forges(door.OpenDoor(event).pack())
    page = kaspars.sees("events.staff.door.nothing_noted").text
    assert kaspars.words("events.staff.door.missing", number=2) not in page
    await kaspars.taps("events.staff.button.guest_list")
    await kaspars.taps_label((await town.person("anna")).code_name)
    await kaspars.taps("events.staff.button.door")
    assert kaspars.words("events.staff.door.missing", number=1) in kaspars.sees("events.staff.door.missing").text


async def test_those_who_are_only_counted_are_a_number_that_never_falls_below_none(
    town: Town, kaspars: Inhabitant
) -> None:
    event = await held(town, "kaspars", terms={"capacity": 1})
    await town.move_to(BEFORE)
    await kaspars.forges(door.OpenDoor(event).pack())
    await kaspars.taps("events.staff.button.one_less")
    await kaspars.taps("events.staff.button.one_more")
    await kaspars.taps("events.staff.button.one_more")
    kaspars.sees("events.staff.door.over")
    assert (await town.rows("SELECT unnamed_came FROM events"))[0].unnamed_came == 2


# --- walk-ins -----------------------------------------------------------------------------------------------------


async def door_payload(coordinator: Inhabitant, event_id: int) -> str:
    await coordinator.forges(door.DoorCode(event_id).pack())
    payload = payload_in(coordinator.sees("events.staff.door_code"))
    coordinator.reads_rest()
    return payload


@pytest.mark.feature("I11")
async def test_somebody_new_walks_in_with_their_own_phone_and_is_then_asked_for_a_language(
    town: Town, kaspars: Inhabitant
) -> None:
    event = await held(town, "kaspars")
    payload = await door_payload(kaspars, event)
    await town.move_to(BEFORE)
    emma = town.newcomer("emma")
    await emma.says(f"/start {payload}")
    emma.sees("events.youth.you_are_in")
    emma.sees("people.any.choose_language")
    (row,) = await town.rows("SELECT via, answer, seat, invited_at, came_at FROM invitations")
    assert (row.via, row.answer, row.seat, row.invited_at) == ("door", "yes", "held", None)
    assert row.came_at is not None


async def test_the_walk_in_code_works_only_around_the_hours_of_the_event(town: Town, kaspars: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    event = await held(town, "kaspars")
    payload = await door_payload(kaspars, event)
    await anna.says(f"/start {payload}")
    anna.sees("events.youth.door_other_time")
    await anna.says("/start w_1_thisisnotasignatureatal")
    anna.sees("events.youth.door_unknown")
    await kaspars.says(f"/start {payload}")
    kaspars.sees("events.staff.door")
    assert not await town.rows("SELECT id FROM invitations")


@pytest.mark.feature("I7")
@pytest.mark.parametrize("answered", [None, Reply.NO, Reply.MAYBE])
async def test_an_invited_guest_without_a_place_can_be_let_in_over_the_last_one(
    town: Town, kaspars: Inhabitant, answered: Reply | None
) -> None:
    await agrees(town, "anna")
    danylo = await agrees(town, "danylo")
    event = await held(town, "kaspars", terms={"capacity": 1})
    await invited(town, event, "anna")
    await invited(town, event, "danylo", answered)
    payload = await door_payload(kaspars, event)
    await town.move_to(BEFORE)
    await danylo.says(f"/start {payload}")
    danylo.sees("events.youth.door_full")
    await kaspars.taps("events.staff.button.let_in")
    kaspars.sees("events.staff.came")
    danylo.sees("events.youth.you_are_in")


@pytest.mark.feature("I7")
async def test_nobody_walks_in_over_the_last_place_unless_the_organiser_says_so(
    town: Town, kaspars: Inhabitant
) -> None:
    anna, danylo = await agrees(town, "anna"), await agrees(town, "danylo")
    event = await held(town, "kaspars", terms={"capacity": 1})
    await invited(town, event, "anna")
    payload = await door_payload(kaspars, event)
    await town.move_to(BEFORE)
    await danylo.says(f"/start {payload}")
    danylo.sees("events.youth.door_full")
    kaspars.sees("events.staff.walk_in_when_full")
    assert not await town.rows("SELECT id FROM invitations WHERE came_at IS NOT NULL")
    await kaspars.taps("events.staff.button.let_in")
    kaspars.sees("events.staff.came")
    danylo.sees("events.youth.you_are_in")
    assert len(await town.rows("SELECT id FROM invitations WHERE came_at IS NOT NULL AND via = 'door'")) == 1
    anna.sees_nothing()


async def test_whoever_was_let_in_is_not_sent_away_by_another_press(town: Town, kaspars: Inhabitant) -> None:
    danylo = await agrees(town, "danylo")
    event = await held(town, "kaspars", terms={"capacity": 1})
    await agrees(town, "anna")
    await invited(town, event, "anna")
    payload = await door_payload(kaspars, event)
    await town.move_to(BEFORE)
    await danylo.says(f"/start {payload}")
    danylo.sees("events.youth.door_full")
    person = (await town.person("danylo")).id
    await kaspars.forges(door.LetIn(event, person, sure=True).pack())
    danylo.sees("events.youth.you_are_in")
    await kaspars.forges(door.LetIn(event, person, sure=False).pack())  # who asked the other organiser saw no answer
    danylo.sees_nothing()
    assert len(await town.rows("SELECT id FROM invitations WHERE came_at IS NOT NULL")) == 1
    kaspars.reads_rest()


@pytest.mark.slow
async def test_a_guest_with_a_place_who_walks_in_is_no_walk_in(town: Town, kaspars: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    event = await held(town, "kaspars", terms={"capacity": 1})
    await invited(town, event, "anna", Reply.YES)
    payload = await door_payload(kaspars, event)
    await town.move_to(BEFORE)
    await anna.says(f"/start {payload}")
    anna.sees("events.youth.you_are_in")
    (row,) = await town.rows("SELECT via, came_at FROM invitations")
    assert row.via == "sent"
    assert row.came_at is not None


async def test_another_coordinator_sees_no_door_and_lets_nobody_in(town: Town, kaspars: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    oksana = await town.staff("oksana", Role.COORDINATOR, CESIS)
    event = await held(town, "kaspars")
    person = await invited(town, event, "anna")
    await town.move_to(BEFORE)
    for action in (
        door.OpenDoor(event),
        door.GuestList(event, 0),
        door.TickGuest(event, person, came=True, page=0),
        door.CountUnnamed(event, one_more=True),
        door.DoorCode(event),
        door.LetIn(event, person, sure=True),
    ):
        await oksana.forges(action.pack())
        oksana.sees("people.staff.not_available")
    await kaspars.forges(door.LetIn(event, person, sure=True).pack())  # who never stood at the door
    kaspars.sees("people.staff.not_available")
    anna.sees_nothing()


@pytest.mark.feature("I7", "I11")
async def test_the_place_of_a_walk_in_noted_by_mistake_goes_to_whoever_waits(town: Town, kaspars: Inhabitant) -> None:
    anna, danylo = await agrees(town, "anna"), await agrees(town, "danylo")
    event = await held(town, "kaspars", terms={"capacity": 1})
    payload = await door_payload(kaspars, event)
    await town.move_to(BEFORE)
    await anna.says(f"/start {payload}")
    anna.sees("events.youth.you_are_in")
    await invited(town, event, "danylo", seat=Seat.WAITING.value, queued_at=town.clock.now())
    danylo.reads_rest()
    await kaspars.forges(door.TickGuest(event, (await town.person("anna")).id, came=False, page=None).pack())
    kaspars.reads_rest()
    danylo.sees("events.youth.place_open")
    assert [row.seat for row in await town.rows("SELECT seat FROM invitations ORDER BY id")] == [None, "waiting"]


@pytest.mark.feature("I7")
async def test_a_walk_in_counts_against_the_quota_of_their_group(town: Town, kaspars: Inhabitant) -> None:
    anna, danylo = await agrees(town, "anna"), await agrees(town, "danylo")
    event = await held(town, "kaspars", terms={"capacity": 9, "quotas": {"youth": 1}})
    payload = await door_payload(kaspars, event)
    await town.move_to(BEFORE)
    await anna.says(f"/start {payload}")
    anna.sees("events.youth.you_are_in")
    await danylo.says(f"/start {payload}")
    danylo.sees("events.youth.door_full")
    kaspars.sees("events.staff.walk_in_over_quota")
    assert len(await town.rows("SELECT id FROM invitations WHERE came_at IS NOT NULL")) == 1


@pytest.mark.feature("I8", "I11")
async def test_of_a_walk_in_whose_age_nobody_knows_the_organiser_is_told_to_ask(
    town: Town, kaspars: Inhabitant
) -> None:
    anna = await agrees(town, "anna")
    event = await held(town, "kaspars", terms={"guardian": True})
    payload = await door_payload(kaspars, event)
    await town.move_to(BEFORE)
    await anna.says(f"/start {payload}")
    anna.sees("events.youth.you_are_in")
    assert "<b>Vecums nav zināms: pajautājiet.</b>" in kaspars.sees("events.staff.came_age_unknown").html
