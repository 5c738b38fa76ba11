"""Whose role is taken away, whose yes was taken back, whose window has ended: nothing more goes out to them."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.people import store as people
from bot.referrals.actions import AskYouth, Open
from bot.referrals.referral import Kind
from bot.roles import Grant, Role
from bot.storage.tables import grants, organizations
from bot.turn import Message
from bot.words import phrase
from tests.chats.referrals_talk import S, Y, all_read, appointed, cast, code_name, requested
from tests.chats.test_referrals_offers import listed
from tests.chats.test_referrals_window import kept_words, opened, writes
from tests.town.inhabitant import Inhabitant
from tests.town.town import START, Town


async def takes_ilzes_role(town: Town) -> None:
    """The coordinator takes it; what she may do elsewhere stays."""
    ilze = await town.person("ilze")
    async with town.open_database() as database, database.write() as db:
        await people.grant(db, ilze.id, Grant(Role.SPECIALIST, "LV-011", "psychologist"), town.clock.now())
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    await kaspars.says("/menu")
    await kaspars.taps("people.staff.button.shelf_team")
    await kaspars.taps("staff.staff.button.team")
    await kaspars.taps_label("Ilze")
    await kaspars.taps("staff.staff.button.take_role")
    all_read(kaspars)


async def withdraws(anna: Inhabitant) -> None:
    await anna.says("/referrals")
    await anna.taps_label("Ilze")
    await anna.taps(f"{Y}.button.withdraw")
    await anna.taps(f"{Y}.button.withdraw_sure")


@pytest.mark.feature("X32", "X52")
async def test_whose_role_was_taken_hears_nothing_more_of_an_appointment_and_the_mentor_is_told(town: Town) -> None:
    anna, marta, ilze = await appointed(town)
    await takes_ilzes_role(town)
    assert "Ilze" in marta.sees(f"{S}.sender_told.receiver_gone").text
    ilze.sees("staff.staff.role_taken")
    await anna.says("/referrals")
    await anna.taps_label("Ilze")
    await anna.taps(f"{Y}.button.cannot_come")
    await anna.taps(f"{Y}.button.cannot_come_sure")
    await town.move_to(START + timedelta(days=4))
    ilze.sees_nothing()
    all_read(anna, marta)


@pytest.mark.feature("X32", "X52")
async def test_with_the_role_the_card_leaves_the_chat(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    await ilze.taps(f"{S}.button.open")
    name = await code_name(town, "anna")
    assert name in ilze.sees(f"{S}.card").text
    await takes_ilzes_role(town)
    ilze.sees(f"{S}.hidden_from_chat")
    assert not any(name in message.text for message in ilze.phone.messages)
    all_read(anna, marta, ilze)


@pytest.mark.feature("X32", "X52")
async def test_with_the_role_the_window_ends_and_what_waits_for_the_morning_goes_to_the_mentor_alone(
    town: Town,
) -> None:
    anna, marta, ilze = await opened(town)
    await town.move_to(START + timedelta(hours=13))
    await writes(anna, "Tikai jums abām.")
    await takes_ilzes_role(town)
    all_read(anna, marta, ilze)
    await town.move_to(START + timedelta(hours=23, minutes=10))
    anna.sees(f"{Y}.window_ended")
    marta.sees(f"{S}.window_text")
    ilze.does_not_see(f"{S}.window_text")
    all_read(marta, ilze)


@pytest.mark.feature("H7", "H12")
async def test_what_waits_in_a_window_for_the_morning_is_not_passed_on_once_the_referral_is_taken_back(
    town: Town,
) -> None:
    anna, marta, ilze = await opened(town)
    await town.move_to(START + timedelta(hours=13))
    await writes(anna, "Tikai jums abām.")
    await withdraws(anna)
    await town.move_to(START + timedelta(hours=23, minutes=10))
    for staff in (marta, ilze):
        staff.does_not_see(f"{S}.window_text")
        staff.sees(f"{S}.window_ended")
    assert await kept_words(town, "Tikai jums abām.") == 0
    all_read(anna, marta, ilze)


@pytest.mark.feature("H7")
async def test_what_waits_when_somebody_closes_the_window_still_arrives(town: Town) -> None:
    anna, marta, ilze = await opened(town)
    await town.move_to(START + timedelta(hours=13))
    await writes(anna, "Rīt būšu.")
    await anna.taps(f"{Y}.button.close_window")
    await town.move_to(START + timedelta(hours=23, minutes=10))
    for staff in (marta, ilze):
        assert "Rīt būšu." in staff.sees(f"{S}.window_text").text
    all_read(anna, marta, ilze)


@pytest.mark.feature("H12", "O2")
async def test_of_a_card_opened_and_a_referral_taken_back_at_the_same_moment_nothing_is_shown(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    await anna.says("/referrals")
    await anna.taps_label("Ilze")
    await anna.taps(f"{Y}.button.withdraw")
    all_read(anna, marta)
    town.a_moment_passes()
    for one, key in ((ilze, f"{S}.button.open"), (anna, f"{Y}.button.withdraw_sure")):
        message, (_, data) = one.find_button(key)
        await one.phone.press(message.id, data)
    await town.after_a_moment()
    ilze.does_not_see(f"{S}.card")
    ilze.sees(f"{S}.receiver_told.opened_ended")
    all_read(anna, marta)


@pytest.mark.feature("H12", "O2")
async def test_a_card_that_telegram_has_not_taken_yet_never_arrives_once_the_referral_is_taken_back(
    town: Town,
) -> None:
    anna, marta, ilze = await requested(town)
    await ilze.taps(f"{S}.button.open")
    ilze.sees(f"{S}.card")
    anna_id, ilze_id = (await town.person("anna")).id, (await town.person("ilze")).id
    waits = Message(
        ilze_id,
        phrase(f"{S}.card", state="", passed="Tas, kas tiek nodots"),
        about=anna_id,
        at_night=True,
        not_before=town.clock.now() + timedelta(hours=1),
    )
    async with town.open_database() as database, database.write() as db:
        await town.queue(db, [waits])
    await withdraws(anna)
    await town.move_to(town.clock.now() + timedelta(hours=2))
    assert not any("Tas, kas tiek nodots" in one.text for one in ilze.reads_rest())
    assert await kept_words(town, "Tas, kas tiek nodots") == 0
    all_read(anna, marta)


@pytest.mark.feature("H2", "H4")
async def test_who_answers_for_a_service_next_door_that_reaches_here_can_open_what_is_sent(town: Town) -> None:
    anna, marta, ilze = await cast(town)
    ilze_id = (await town.person("ilze")).id
    await listed(town, receiver_id=ilze_id, areas=["LV-011", "LV-067"], email=None)
    async with town.open_database() as database, database.write() as db:
        await db.execute(update(organizations).values(municipality="LV-011"))
        await db.execute(update(grants).where(grants.c.person_id == ilze_id).values(municipality="LV-011"))
    await marta.forges(AskYouth(1, Kind.PSYCHOLOGIST, ilze_id, 1).pack())
    await anna.taps(f"{Y}.button.agree")
    await ilze.forges(Open(1).pack())
    ilze.sees(f"{S}.card")
    all_read(anna, marta, ilze)
