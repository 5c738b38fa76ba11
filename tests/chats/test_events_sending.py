"""A coordinator looks at an invitation, sends it and stops it; nobody is missed and nobody gets it twice."""

import asyncio
import math
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, text

from bot.delivery import outbox
from bot.delivery.gate import Gate
from bot.demo.emulator.phone import Phone
from bot.events import store
from bot.events.audience import Audience, Group
from bot.events.event import Kind, State
from bot.events.going_out import due_sending, store_delivered
from bot.events.going_out.actions_sending import AskResume, Stop
from bot.events.whom import store_audience
from bot.events.writing.drafts import Draft
from bot.people import store as people
from bot.roles import Grant, Role
from bot.storage.tables import people as people_table
from bot.turn import Tick
from bot.words import Language
from tests.chats.events_talk import DAY, OGRE, RIGA, agree_to, agrees, at, event_id, facts_in, sends, writes
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town


@pytest.fixture
async def kaspars(town: Town) -> Inhabitant:
    """The coordinator of Ogre."""
    return await town.staff("kaspars", Role.COORDINATOR, OGRE)


# --- looking at it before it goes -------------------------------------------------------------------------------


@pytest.mark.feature("I3")
async def test_a_preview_shows_each_language_and_a_sample_goes_to_the_coordinator_alone(
    town: Town, kaspars: Inhabitant
) -> None:
    anna = await agrees(town, "anna")
    await writes(kaspars)
    await kaspars.taps("events.staff.button.preview")
    kaspars.sees("events.staff.preview")
    await kaspars.taps("events.staff.button.preview_uk")
    assert "Піца-вечір" in kaspars.sees("events.staff.preview").text
    await kaspars.taps("events.staff.button.preview_en")
    english = kaspars.sees("events.staff.preview_untranslated").text
    assert "Picas vakars" in english
    assert kaspars.words("events.staff.in.lv") in english
    await kaspars.taps_label("LV")
    kaspars.reads_rest()
    await kaspars.taps("events.staff.button.send_to_me")
    kaspars.sees("events.youth.invitation")
    kaspars.sees("events.staff.sent_to_you")
    await kaspars.taps("events.any.button.yes")
    kaspars.sees("events.staff.only_a_sample")
    anna.sees_nothing()
    assert await town.rows("select id from invitations") == []


@pytest.mark.feature("X43")
async def test_when_the_number_has_changed_it_is_stated_again_before_anything_goes(
    town: Town, kaspars: Inhabitant
) -> None:
    anna = await agrees(town, "anna")
    await writes(kaspars)
    await kaspars.taps("events.staff.button.send")
    kaspars.sees("events.staff.send_ask")
    danylo = await agrees(town, "danylo")
    await kaspars.taps("events.staff.button.send_sure")
    assert kaspars.words("events.staff.people", count=2) in kaspars.sees("events.staff.send_ask_again").text
    anna.sees_nothing()
    await kaspars.taps("events.staff.button.send_sure")
    kaspars.sees("events.staff.progress")
    anna.sees("events.youth.invitation")
    danylo.sees("events.youth.invitation")


async def test_an_empty_audience_and_a_start_that_has_passed_are_said_so(town: Town, kaspars: Inhabitant) -> None:
    await writes(kaspars)
    await kaspars.taps("events.staff.button.send")
    kaspars.sees("events.staff.nobody_there")
    await agrees(town, "anna")
    await kaspars.taps("events.staff.button.not_yet")
    await kaspars.taps("events.staff.button.send")
    await town.move_to(at(DAY, 18))
    await kaspars.taps("events.staff.button.send_sure")
    kaspars.sees("events.staff.when_past")


async def test_a_second_press_on_send_shows_the_page_and_sends_nothing_twice(town: Town, kaspars: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    await writes(kaspars)
    await kaspars.taps("events.staff.button.send")
    message, (_, data) = kaspars.find_button("events.staff.button.send_sure")
    await kaspars.taps_old(message.id, data)
    kaspars.reads_rest()
    await kaspars.taps_old(message.id, data)
    anna.sees("events.youth.invitation")
    anna.sees_nothing()
    assert len(await town.rows("select id from invitations")) == 1
    kaspars.reads_rest()


# --- sending and stopping ---------------------------------------------------------------------------------------


@pytest.mark.feature("I5")
async def test_at_night_nothing_leaves_and_a_stop_keeps_all_of_it_back(town: Town, kaspars: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    await writes(kaspars)
    await town.move_to(at(date(2026, 3, 2), 22))
    await sends(kaspars)
    await kaspars.taps("events.staff.button.open")
    await kaspars.taps("events.staff.button.stop")
    stopped = facts_in(kaspars.sees("events.staff.stopped"), "events.staff.stopped", kaspars)
    assert stopped["stopped"] == "1"
    await town.live_until(at(date(2026, 3, 3), 12), timedelta(hours=3))
    anna.sees_nothing()
    assert await town.rows("select id from invitations") == []
    kaspars.sees("events.staff.stopped")  # the message that counted comes to its end too
    await anna.says("/events")
    assert not any("Picas vakars" in message.text for message in anna.reads_rest())


@pytest.mark.feature("I9")
async def test_whoever_was_not_reached_before_the_cancellation_hears_of_neither(
    town: Town, kaspars: Inhabitant
) -> None:
    anna = await agrees(town, "anna")
    await writes(kaspars)
    await town.move_to(at(date(2026, 3, 2), 22))
    await sends(kaspars)
    await kaspars.taps("events.staff.button.open")
    await kaspars.taps("events.staff.button.cancel")
    await kaspars.taps("events.staff.button.cancel_sure")
    kaspars.sees("events.staff.called_off")
    await town.live_until(at(date(2026, 3, 3), 12), timedelta(hours=3))
    anna.sees_nothing()
    kaspars.reads_rest()


@pytest.mark.feature("I5")
@pytest.mark.feature("X43")
async def test_a_stop_in_mid_sending_lets_at_most_thirty_more_out_and_says_how_many(
    town: Town, kaspars: Inhabitant
) -> None:
    town.settings = town.settings.model_copy(update={"four_eyes_above": 0})
    crowd = await _crowd(town, 200)
    await writes(kaspars)
    await kaspars.taps("events.staff.button.send")
    _, (_, send) = kaspars.find_button("events.staff.button.send_sure")
    town.clock.move_to(town.clock.now() + timedelta(seconds=5))
    await kaspars.phone.forge_press(send)
    async with town.bot() as app:
        await app.polling.once()
        await app.schedule.ring()
        reached = await _send_until(town, app.gate, crowd, 20)
        await kaspars.phone.forge_press(Stop(await event_id(town)).pack())
        await app.polling.once()
        await app.gate.drain()
    after = _reached(crowd)
    print(f"\nX43: stopped at {reached} of 200, {after - reached} more went out, {200 - after} marked stopped")
    assert after - reached <= 30
    counted = await town.rows("select state, count(*) from outbox where batch is not null group by state")
    states = {row[0]: row[1] for row in counted}
    assert states == {"sent": after, "stopped": 200 - after}
    invited = await town.rows("select count(*) from invitations")
    assert invited[0][0] == after
    await town.after_a_moment()
    told = facts_in(kaspars.sees("events.staff.stopped"), "events.staff.stopped", kaspars)
    assert (told["sent"], told["in_flight"], told["stopped"]) == (str(after), "0", str(200 - after))
    await kaspars.forges(AskResume(await event_id(town)).pack())
    await kaspars.taps("events.staff.button.resume_sure")
    await town.live_until(town.later(hours=0.02), timedelta(seconds=10))
    assert [sum("Picas vakars" in one.text for one in phone.messages) for phone in crowd] == [1] * 200
    assert kaspars.words("events.staff.state.done") in kaspars.reads_rest()[-1].text


@pytest.mark.feature("I4")
async def test_a_crash_between_two_pages_misses_nobody_and_invites_nobody_twice(
    town: Town, kaspars: Inhabitant
) -> None:
    await _strangers(town, 1_200)
    await writes(kaspars)
    event = await event_id(town)
    async with town.open_database() as database:
        async with database.write() as db:
            assert await store.begin_sending(db, event, town.clock.now())
        pages = 0
        while True:
            async with database.write() as db:  # done, and lost before the commit
                await due_sending.send_invitations(Tick(town.clock.now(), db, RIGA))
                await db.rollback()
            async with database.write() as db:
                tick = Tick(town.clock.now(), db, RIGA)
                more = await due_sending.send_invitations(tick)
                await outbox.add(db, tick.said, tick.now)
                pages += bool(tick.said)
            if not more:
                break
        async with database.read() as db:
            found = await store.event(db, event)
            assert found is not None
            assert found.state is State.SENT
            assert (await store_delivered.delivered(db, event)).waiting == 1_200
    assert pages == math.ceil(1_200 / due_sending.PAGE)
    queued = await town.rows(
        "select count(*), count(distinct once), count(distinct person_id) from outbox where batch is not null"
    )
    assert tuple(queued[0]) == (1_200, 1_200, 1_200)
    async with town.open_database() as database, database.write() as db:
        await store_delivered.stop_waiting(db, event, town.clock.now())


async def _strangers(town: Town, number: int) -> None:
    """So many young people of Ogre who agreed, without phones."""
    now = town.clock.now()
    async with town.open_database() as database, database.write() as db:
        ids = list(range(50_000, 50_000 + number))
        await db.execute(
            insert(people_table),
            [
                {
                    "id": one,
                    "telegram_id": one,
                    "language": "lv",
                    "language_chosen": True,
                    "code_name": f"Osta-{one}",
                    "municipality": OGRE,
                    "created_at": now,
                }
                for one in ids
            ],
        )
        for one in ids:
            await agree_to(db, one, Language.LV, town)


async def _crowd(town: Town, number: int) -> list[Phone]:
    """So many young people of Ogre who agreed, with phones that are not looked at one by one."""
    phones = [town.telegram.phone(user_id=60_000 + one, first_name="Kāds", language_code="lv") for one in range(number)]
    for phone in phones:
        await phone.send("/start")
    await town.settle()
    async with town.open_database() as database, database.write() as db:
        ids = list((await db.execute(text("select id from people where telegram_id >= 60000"))).scalars())
        for one in ids:
            await people.set_municipality(db, one, OGRE)
            await agree_to(db, one, Language.LV, town)
    return phones


def _reached(phones: list[Phone]) -> int:
    """How many of them have the invitation."""
    return sum(any("Picas vakars" in message.text for message in phone.messages) for phone in phones)


async def _send_until(town: Town, gate: Gate, phones: list[Phone], number: int) -> int:
    """Let the gate work until so many have the invitation, then take its hands off; how many have it."""
    stop, enough = asyncio.Event(), asyncio.Event()

    def look(_: int) -> None:
        if _reached(phones) >= number:
            enough.set()

    town.telegram.subscribe(look)
    running = asyncio.create_task(gate.run(stop, idle=0.01))
    await enough.wait()
    stop.set()
    gate.wake()
    await running
    return _reached(phones)


@pytest.mark.feature("S4.1")
async def test_an_exchange_of_experience_reaches_eighty_of_several_roles_each_once_and_nobody_else(
    town: Town, kaspars: Inhabitant
) -> None:
    roles = (Role.MENTOR, Role.LEAD, Role.PARTNER, Role.SPECIALIST)
    await _strangers(town, 90)
    wanted, sender = set(range(50_000, 50_084)), (await town.person("kaspars")).id
    async with town.open_database() as database, database.write() as db:
        for number in wanted:
            municipality = (OGRE, "LV-022", None)[number % 3]
            for role in {roles[number % 4], roles[number % 3]}:  # one person may hold several
                await people.grant(db, number, Grant(role, municipality), town.clock.now())
        everybody = Audience(None, frozenset({Group.MENTORS, Group.LEADS, Group.SPECIALISTS, Group.PARTNERS}))
        exchange = Draft(1, sender, Language.LV, audience=everybody, kind=Kind.EXPERIENCE_EXCHANGE)
        asked = store_audience.asking(exchange, town.clock.now(), town.settings)
        page = await store_audience.page(db, asked, 0, 1_000)
    assert sorted(guest.person_id for guest in page) == sorted(wanted)
    kaspars.sees_nothing()
