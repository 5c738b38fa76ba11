"""An event changes after it was sent: everybody it concerns hears what was and what is now, once, and never an old
state after a newer one."""

from datetime import date, timedelta

import pytest

from bot.events.changed import store_changes
from bot.events.event import Reply, Seat, State
from bot.roles import Role
from tests.chats.events_sent import event_of, is_invited, is_out
from tests.chats.events_talk import CESIS, DAY, OGRE, agrees, at, facts_in
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

S, B = "events.staff", "events.staff.button"
NIGHT = at(date(2026, 3, 2), 22)


@pytest.fixture
async def kaspars(town: Town) -> Inhabitant:
    """The coordinator of Ogre."""
    return await town.staff("kaspars", Role.COORDINATOR, OGRE)


async def guests(town: Town, event: int, **replies: Reply | None) -> list[Inhabitant]:
    """Young people of Ogre who have the invitation and answered like that."""
    found = []
    for name, reply in replies.items():
        one = await agrees(town, name)
        one.reads_rest()
        await is_invited(town, event, name, reply)
        found.append(one)
    return found


async def types_change(coordinator: Inhabitant, event: int, *parts: tuple[str, str]) -> None:
    """Each part with its new value, up to the page that shows what is about to change."""
    for part, value in parts:
        await coordinator.forges(f"events.ask_change:{event}:{part}:")
        if part in ("title", "details"):
            await coordinator.taps("people.any.button.language_lv")
        await coordinator.says(value)
    coordinator.sees(f"{S}.change")


async def changes(coordinator: Inhabitant, event: int, *parts: tuple[str, str]) -> None:
    """The same, looked at and told."""
    await types_change(coordinator, event, *parts)
    await coordinator.taps(f"{B}.review_change")
    coordinator.sees(f"{S}.review_change")
    await coordinator.taps(f"{B}.tell_change")
    coordinator.sees(f"{S}.change_told")


# --- another time or place --------------------------------------------------------------------------------------


@pytest.mark.feature("I13")
async def test_another_time_is_told_with_the_old_one_answers_are_asked_again_and_places_stay_held(
    town: Town, kaspars: Inhabitant
) -> None:
    event = await is_out(town, ends_at=at(DAY, 19))
    anna, danylo, emma = await guests(town, event, anna=Reply.YES, danylo=Reply.NO, emma=None)
    await changes(kaspars, event, ("starts", "13.3. 18:30"))
    told = anna.sees("events.youth.changed").text
    assert anna.words("events.youth.please_confirm") in told
    for moment in ("12. marts, 17:00", "13. marts, 18:30", "12. marts, 19:00", "13. marts, 20:30"):
        assert moment in told  # the end moved along
    danylo.sees("events.youth.changed")  # perhaps they are able now
    emma.sees("events.youth.changed")
    (kept,) = await town.rows("SELECT seat, answer, answered_sequence FROM invitations WHERE answer = 'yes'")
    assert tuple(kept) == ("held", "yes", 0)
    await anna.taps("events.any.button.yes")
    anna.reads_rest()
    assert [row[0] for row in await town.rows("SELECT answered_sequence FROM invitations WHERE answer = 'yes'")] == [1]
    now = await event_of(town, event)
    assert (now.sequence, now.remind_at, now.remind_soon_at) == (
        1,
        at(DAY, 10),
        at(DAY + timedelta(days=1), 16, 30),
    )
    assert now.ask_at is not None
    assert now.ask_at > at(DAY + timedelta(days=1), 20, 30)


@pytest.mark.slow
@pytest.mark.feature("I13", "I9")
async def test_who_was_reminded_of_the_old_time_is_reminded_of_the_new_one(town: Town, kaspars: Inhabitant) -> None:
    event = await is_out(town)
    (anna,) = await guests(town, event, anna=Reply.YES)
    await town.move_to(at(DAY, 10) - timedelta(days=1))
    anna.sees("events.youth.reminder")
    await changes(kaspars, event, ("starts", "14.3. 12:00"))
    anna.sees("events.youth.changed")
    await town.live_until(at(DAY, 23), timedelta(hours=4))
    anna.sees_nothing()
    await town.move_to(at(DAY + timedelta(days=1), 10))
    assert "14. marts, 12:00" in anna.sees("events.youth.reminder").text
    await town.move_to(at(DAY + timedelta(days=2), 10))
    anna.sees("events.youth.reminder_soon")


@pytest.mark.slow
@pytest.mark.feature("I13")
async def test_until_they_answer_again_their_page_asks_whether_they_still_come(town: Town, kaspars: Inhabitant) -> None:
    event = await is_out(town)
    (anna,) = await guests(town, event, anna=Reply.YES)
    await changes(kaspars, event, ("place", "Bibliotēka"))
    assert "Jauniešu centrs" in anna.sees("events.youth.changed").text
    await anna.forges(f"events.invitation:{event}")
    assert anna.words("events.youth.please_confirm") in anna.phone.messages[-1].text
    await anna.taps("events.any.button.yes")
    assert anna.words("events.youth.please_confirm") not in anna.phone.messages[-1].text
    anna.reads_rest()


# --- words ------------------------------------------------------------------------------------------------------


@pytest.mark.feature("I5", "I13")
async def test_a_corrected_text_reaches_its_readers_and_asks_nothing_of_them(town: Town, kaspars: Inhabitant) -> None:
    event = await is_out(town)
    anna, danylo, emma = await guests(town, event, anna=Reply.YES, danylo=Reply.YES, emma=Reply.NO)
    await types_change(kaspars, event, ("title", "Picas rīts"))
    await kaspars.taps(f"{B}.review_change")
    assert kaspars.words(f"{S}.change_goes_to", count=1) in kaspars.sees(f"{S}.review_change").text
    await kaspars.taps(f"{B}.preview_uk")
    assert kaspars.words(f"{S}.nothing_for_readers") in kaspars.sees(f"{S}.review_change").text
    await kaspars.taps(f"{B}.tell_change")
    kaspars.sees(f"{S}.change_told")
    told = facts_in(anna.sees("events.youth.corrected"), "events.youth.corrected", anna)
    assert told["after"] == anna.words("events.youth.answer_stands")
    danylo.sees_nothing()  # the Ukrainian text is as it was
    emma.sees_nothing()  # declined
    await anna.taps("events.youth.button.see")
    assert anna.words("events.youth.please_confirm") not in anna.phone.messages[-1].text
    anna.reads_rest()


@pytest.mark.feature("I5")
async def test_after_a_stop_a_correction_goes_to_those_it_reached_and_to_nobody_else(
    town: Town, kaspars: Inhabitant
) -> None:
    event = await is_out(town, state=State.STOPPED)
    (anna,) = await guests(town, event, anna=None)
    danylo = await agrees(town, "danylo")  # of the audience, and never reached
    danylo.reads_rest()
    await kaspars.forges(f"events.ask_change:{event}:note:")
    kaspars.sees(f"{S}.ask_change.note")
    await kaspars.says("Ielūgumā bija kļūda: vieta nav jāpiesaka.")
    await kaspars.taps(f"{B}.review_change")
    await kaspars.taps(f"{B}.tell_change")
    kaspars.reads_rest()
    assert "vieta nav jāpiesaka" in anna.sees("events.youth.corrected").text
    danylo.sees_nothing()
    assert (await event_of(town, event)).state is State.STOPPED


# --- one after the other ----------------------------------------------------------------------------------------


@pytest.mark.feature("I13")
async def test_of_two_changes_at_night_everybody_hears_the_last_state_alone_with_what_they_knew(
    town: Town, kaspars: Inhabitant
) -> None:
    event = await is_out(town)
    (anna,) = await guests(town, event, anna=Reply.YES)
    await town.move_to(NIGHT)
    await changes(kaspars, event, ("place", "Bibliotēka"))
    await changes(kaspars, event, ("place", "Skolas zāle"))
    anna.sees_nothing()
    await town.move_to(at(date(2026, 3, 3), 9))
    told = anna.sees("events.youth.changed").text
    assert ("Skolas zāle" in told, "Jauniešu centrs" in told, "Bibliotēka" in told) == (True, True, False)
    anna.sees_nothing()


@pytest.mark.slow
@pytest.mark.feature("I13")
async def test_a_change_taken_back_before_anybody_heard_it_is_told_to_nobody(town: Town, kaspars: Inhabitant) -> None:
    event = await is_out(town)
    (anna,) = await guests(town, event, anna=Reply.YES)
    await town.move_to(NIGHT)
    await changes(kaspars, event, ("place", "Bibliotēka"))
    await changes(kaspars, event, ("place", "Jauniešu centrs"))
    await town.move_to(at(date(2026, 3, 3), 10))
    anna.sees_nothing()
    await anna.forges(f"events.invitation:{event}")
    assert anna.words("events.youth.please_confirm") not in anna.phone.messages[-1].text
    anna.reads_rest()


@pytest.mark.slow
@pytest.mark.feature("I13")
async def test_after_a_cancellation_nobody_hears_of_a_change_any_more(town: Town, kaspars: Inhabitant) -> None:
    event = await is_out(town)
    (anna,) = await guests(town, event, anna=Reply.YES)
    await town.move_to(NIGHT)
    await changes(kaspars, event, ("place", "Bibliotēka"))
    await kaspars.forges(f"events.cancel:{event}:1")
    kaspars.sees(f"{S}.called_off")
    await town.move_to(at(date(2026, 3, 3), 9))
    anna.sees("events.youth.cancelled")
    anna.sees_nothing()


@pytest.mark.feature("I13", "X2")
async def test_changed_while_it_goes_out_those_not_reached_get_the_new_words_and_the_others_the_notice(
    town: Town, kaspars: Inhabitant
) -> None:
    event = await is_out(town)
    (anna,) = await guests(town, event, anna=None)
    danylo = await agrees(town, "danylo")
    danylo.reads_rest()
    await town.move_to(NIGHT)
    await town.rows("SELECT 1")
    async with town.open_database() as database, database.write() as db:
        await db.exec_driver_sql("UPDATE events SET state = 'sending', cursor = 0")
    await town.tick()  # it is handed to delivery, and waits for the morning
    assert await town.rows("SELECT 1 FROM outbox WHERE state = 'waiting' AND batch = :name", name=f"event:{event}")
    await changes(kaspars, event, ("place", "Bibliotēka"))
    await town.move_to(at(date(2026, 3, 3), 9))
    anna.sees("events.youth.changed")
    invited = danylo.sees("events.youth.invitation").text
    assert ("Bibliotēka" in invited, "Jauniešu centrs" in invited) == (True, False)
    for one in (anna, danylo):
        one.sees_nothing()
    assert len(await town.rows("SELECT 1 FROM invitations")) == 2


# --- who may, and what was agreed to ----------------------------------------------------------------------------


@pytest.mark.feature("I13")
async def test_a_second_press_tells_nothing_twice_and_an_old_look_is_shown_anew(
    town: Town, kaspars: Inhabitant
) -> None:
    event = await is_out(town)
    (anna,) = await guests(town, event, anna=Reply.YES)
    await types_change(kaspars, event, ("place", "Bibliotēka"))
    await kaspars.taps(f"{B}.review_change")
    kaspars.reads_rest()
    message, (_, data) = kaspars.find_button(f"{B}.tell_change")
    await types_change(kaspars, event, ("place", "Skola"))
    await kaspars.taps_old(message.id, data)
    kaspars.sees(f"{S}.review_change")  # it would be another place than was looked at
    anna.sees_nothing()
    message, (_, data) = kaspars.find_button(f"{B}.tell_change")
    for _ in range(2):
        await kaspars.taps_old(message.id, data)
        kaspars.reads_rest()
    anna.sees("events.youth.changed")
    anna.sees_nothing()
    assert len(await town.rows("SELECT 1 FROM event_changes WHERE state = 'told'")) == 1


@pytest.mark.slow
async def test_what_cannot_be_is_said_before_anything_changes(town: Town, kaspars: Inhabitant) -> None:
    event = await is_out(town, ends_at=at(DAY, 19))
    await kaspars.forges(f"events.ask_change:{event}:ends:")
    await kaspars.says("kad beigsies")
    kaspars.sees(f"{S}.change_unreadable.moment")
    await kaspars.says("16:00")
    kaspars.sees(f"{S}.change")
    await kaspars.taps(f"{B}.review_change")
    kaspars.sees(f"{S}.change_amiss.ends_before_it_starts")
    await kaspars.taps("events.any.button.back")
    await kaspars.taps(f"{B}.drop_change")
    kaspars.reads_rest()
    assert await town.rows("SELECT 1 FROM event_changes") == []


async def test_a_coordinator_of_another_place_changes_nothing(town: Town, kaspars: Inhabitant) -> None:
    event = await is_out(town)
    stranger = await town.staff("dace", Role.COORDINATOR, CESIS)
    await guests(town, event, anna=Reply.YES)
    for data in (f"events.change:{event}", f"events.ask_change:{event}:note:", f"events.ask_why:{event}"):
        await stranger.forges(data)
        stranger.sees("people.staff.not_available")
    assert await town.rows("SELECT 1 FROM event_changes") == []


@pytest.mark.slow
@pytest.mark.feature("I13")
async def test_at_night_it_is_said_when_the_notice_goes_and_when_that_is_too_late(
    town: Town, kaspars: Inhabitant
) -> None:
    event = await is_out(town, starts_at=at(date(2026, 3, 3), 8))
    await guests(town, event, anna=Reply.YES)
    await town.move_to(NIGHT)
    for one in town.people.values():
        one.reads_rest()
    await types_change(kaspars, event, ("place", "Bibliotēka"))
    await kaspars.taps(f"{B}.review_change")
    review = kaspars.sees(f"{S}.review_change").text
    assert "sazinieties ar dalībniekiem citādi" in review


@pytest.mark.feature("I13")
async def test_the_page_says_how_many_of_those_who_come_confirmed_the_new_hour(town: Town, kaspars: Inhabitant) -> None:
    event = await is_out(town)
    anna, danylo = await guests(town, event, anna=Reply.YES, danylo=Reply.YES)
    await kaspars.forges(f"events.open:{event}")
    assert "Pēc izmaiņām" not in kaspars.sees(f"{S}.event").text
    await changes(kaspars, event, ("starts", "18:00"))
    anna.sees("events.youth.changed")
    danylo.reads_rest()
    await anna.taps("events.any.button.yes")
    anna.reads_rest()
    await kaspars.forges(f"events.open:{event}")
    assert "Pēc izmaiņām apstiprināja: 1 no 2" in kaspars.sees(f"{S}.event").text


@pytest.mark.slow
@pytest.mark.feature("I13", "G11")
async def test_a_notice_that_came_too_late_is_told_to_the_author_once(town: Town, kaspars: Inhabitant) -> None:
    event = await is_out(town, starts_at=at(date(2026, 3, 3), 12))
    (anna,) = await guests(town, event, anna=None)
    await town.move_to(NIGHT)
    await changes(kaspars, event, ("place", "Bibliotēka"))
    await town.move_to(at(date(2026, 3, 3), 13))
    anna.sees_nothing()
    kaspars.sees(f"{S}.unreached.change")
    kaspars.sees_nothing()


# --- calling it off ---------------------------------------------------------------------------------------------


@pytest.mark.feature("I13", "I9")
async def test_a_cancellation_with_its_reason_reaches_the_waiting_list_too_and_nobody_is_reminded(
    town: Town, kaspars: Inhabitant
) -> None:
    event = await is_out(town)
    anna, emma = await guests(town, event, anna=Reply.YES, emma=Reply.NO)
    danylo = await agrees(town, "danylo")
    danylo.reads_rest()
    await is_invited(town, event, "danylo", Reply.YES, Seat.WAITING)
    await kaspars.forges(f"events.cancel:{event}:0")
    await kaspars.taps(f"{B}.say_why")
    await kaspars.says("Vadītāja ir saslimusi.")
    kaspars.sees(f"{S}.cancel_because")
    await kaspars.taps(f"{B}.cancel_sure")
    kaspars.sees(f"{S}.called_off")
    for one in (anna, danylo):
        told = one.sees("events.youth.cancelled_because").text
        assert "Vadītāja ir saslimusi." in told
        assert "17:00" in told
    emma.sees_nothing()
    await town.live_until(at(DAY, 18), timedelta(hours=8))
    for one in (anna, danylo, emma):
        one.sees_nothing()
    now = await event_of(town, event)
    assert (now.state, now.sequence, now.remind_at, now.remind_soon_at, now.ask_at) == (
        State.CANCELLED, 1, None, None, None
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.feature("I13")
async def test_after_its_start_an_event_is_neither_changed_nor_cancelled(town: Town, kaspars: Inhabitant) -> None:
    event = await is_out(town)
    await town.move_to(at(DAY, 17))
    for data in (f"events.cancel:{event}:1", f"events.ask_change:{event}:place:", f"events.ask_why:{event}"):
        await kaspars.forges(data)
        assert kaspars.phone.messages[-1].text.startswith("Picas vakars\n")  # its page
        kaspars.reads_rest()
    await kaspars.says("Bibliotēka")  # nobody asked for it
    kaspars.reads_rest()
    now = await event_of(town, event)
    assert (now.state, now.place) == (State.SENT, "Jauniešu centrs")
    assert await town.rows("SELECT 1 FROM event_changes") == []


# --- pages ------------------------------------------------------------------------------------------------------


async def test_a_page_is_taken_by_one_caller_only(town: Town, kaspars: Inhabitant) -> None:
    event = await is_out(town)
    async with town.open_database() as database, database.write() as db:
        await store_changes.add(db, event, store_changes.Kind.CHANGE, {}, {}, None, town.clock.now(), sequence=1)
        seen = await store_changes.next_telling(db)
        assert seen is not None
        telling = store_changes.State.TELLING
        assert await store_changes.move_cursor(db, seen, 10, telling)
        assert not await store_changes.move_cursor(db, seen, 10, telling)
