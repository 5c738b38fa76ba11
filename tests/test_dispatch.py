"""One update, one effect: whatever comes in, however often, and whatever a handler does with it."""

import logging
import random
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import OperationalError

from bot import roles
from bot.actions import Action
from bot.arrival import Arrival, Blocked, Edited, NotText, Pressed, Returned, Typed, Unread, What
from bot.demo.clock import TownClock
from bot.dispatch import Dispatcher
from bot.people import belongings, store
from bot.people.rules import Unreachable
from bot.roles import Grant, Role
from bot.routes import Case, Routes
from bot.storage.database import Database
from bot.storage.tables import expected, handled, outbox, people, set_aside, wrong_invites
from bot.telegram import inbound
from bot.turn import Farewell, Tick, Turn
from bot.words import phrase
from tests.town.town import START

ANNA = 2001
SECRET = "word-nobody-may-log"


@dataclass(frozen=True, slots=True)
class Count(Action):
    tag: ClassVar[str] = "test.count"


@dataclass(frozen=True, slots=True)
class Fail(Action):
    tag: ClassVar[str] = "test.fail"


@dataclass(frozen=True, slots=True)
class Break(Action):
    tag: ClassVar[str] = "test.break"


@dataclass(frozen=True, slots=True)
class Mute(Action):
    tag: ClassVar[str] = "test.mute"


@dataclass(frozen=True, slots=True)
class Erase(Action):
    tag: ClassVar[str] = "test.erase"


@dataclass(frozen=True, slots=True)
class Ask(Action):
    tag: ClassVar[str] = "test.ask"


@dataclass(frozen=True, slots=True)
class Answer(Action):
    tag: ClassVar[str] = "test.answer"
    question: int


@dataclass(frozen=True, slots=True)
class StaffOnly(Action):
    tag: ClassVar[str] = "test.staff"


def make_routes() -> Routes:
    """A capability whose effects can be counted: a row of `wrong_invites` for each."""
    routes = Routes()

    async def effect(turn: Turn) -> None:
        await turn.db.execute(insert(wrong_invites).values(person_id=turn.person.id, at=turn.now))

    @routes.press(Count)
    async def count(turn: Turn, _: Count) -> None:
        await effect(turn)
        turn.replace("counted")

    @routes.press(Fail)
    async def fail(turn: Turn, _: Fail) -> None:
        await effect(turn)
        turn.say("never said")
        raise LookupError(SECRET)

    @routes.press(Break)
    async def break_a_rule(turn: Turn, _: Break) -> None:
        await effect(turn)
        await turn.db.execute(insert(wrong_invites).values(person_id=999_999, at=turn.now))

    @routes.press(Mute)
    async def mute(turn: Turn, _: Mute) -> None:
        await effect(turn)

    @routes.press(Erase)
    async def erase(turn: Turn, _: Erase) -> None:
        await belongings.erase(turn.db, turn.person.id, turn.now)
        turn.say_farewell("erased", Farewell(turn.telegram_id, turn.person.language))

    @routes.press(Ask)
    async def ask(turn: Turn, _: Ask) -> None:
        turn.say("asked")
        turn.expect(Answer(7))

    @routes.text(Answer)
    async def answer(turn: Turn, action: Answer, typed: str) -> None:
        turn.say("answered", question=action.question, typed=typed)

    @routes.press(StaffOnly)
    async def staff_only(turn: Turn, _: StaffOnly) -> None:
        await effect(turn)
        turn.say("for staff")

    @routes.command("start")
    async def start(turn: Turn, argument: str) -> None:
        turn.say("started", argument=argument)

    @routes.on(Unreachable)
    async def lost(tick: Tick, happened: Unreachable) -> None:
        tick.tell(happened.person_id, phrase("heard"), at_night=True)

    for case in Case:
        routes.when(case)(_case(case))
    return routes


def _case(case: Case) -> Any:
    async def say(turn: Turn) -> None:
        turn.say(case.value)

    return say


class Desk:
    """A dispatcher over a real database, fed by hand; numbers of updates count up by themselves."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = TownClock(START)
        self.routes = make_routes()
        self.number = 500
        self.dispatcher = Dispatcher(
            database,
            self.routes,
            self.clock,
            zone=ZoneInfo("Europe/Riga"),
            admins=frozenset({9}),
            deep_link=lambda payload: payload,
            wake=lambda: None,
        )

    def arrival(self, what: What | Unread, of: int = ANNA) -> Arrival:
        self.number += 1
        return Arrival(self.number, None if isinstance(what, Unread) else of, "lv", what)

    async def does(self, *what: What | Unread, of: int = ANNA) -> list[Arrival]:
        batch = [self.arrival(one, of) for one in what]
        await self.dispatcher.handle(batch)
        return batch

    async def read(self, query: Any) -> Sequence[Any]:
        async with self.database.read() as db:
            return (await db.execute(query)).all()

    async def effects(self) -> int:
        return len(await self.read(select(wrong_invites.c.id)))

    async def said(self) -> list[str]:
        return [row.key for row in await self.read(select(outbox.c.key).order_by(outbox.c.id))]

    async def last_facts(self) -> Any:
        return (await self.read(select(outbox.c.facts).order_by(outbox.c.id.desc()).limit(1)))[0].facts

    async def hire(self, telegram_id: int, role: Role) -> None:
        (row,) = await self.read(select(people.c.id).where(people.c.telegram_id == telegram_id))
        async with self.database.write() as db:
            await store.grant(db, row.id, Grant(role, "LV-067"), START)


@pytest.fixture
async def desk(database_file: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    open_to_all = {one.tag for one in (Count, Fail, Break, Mute, Erase, Ask, Answer)}
    monkeypatch.setattr(roles, "EVERYBODY", roles.EVERYBODY | open_to_all)
    monkeypatch.setitem(roles.MAY, Role.MENTOR, roles.MAY[Role.MENTOR] | {StaffOnly.tag})
    database = Database(f"sqlite+aiosqlite:///{database_file}")
    yield Desk(database)
    await database.close()


def pressed(action: Action) -> Pressed:
    return Pressed(11, action.pack())


# --- once -------------------------------------------------------------------------------------------------------


@pytest.mark.feature("X20")
@pytest.mark.feature("B12")
async def test_an_update_that_comes_again_has_no_second_effect(desk: Desk) -> None:
    batch = await desk.does(pressed(Count()), Typed("hello"))
    for _ in range(3):
        await desk.dispatcher.handle(batch)
    assert await desk.effects() == 1
    assert await desk.said() == ["counted", "unknown_text"]


@pytest.mark.feature("X20")
async def test_an_update_twice_in_one_batch_has_one_effect(desk: Desk) -> None:
    one = desk.arrival(pressed(Count()))
    await desk.dispatcher.handle([one, one, desk.arrival(Typed("hello")), one])
    assert await desk.effects() == 1
    assert await desk.said() == ["counted", "unknown_text"]


@pytest.mark.feature("X21")
async def test_any_order_and_any_cut_of_the_batches_does_everything_once(desk: Desk) -> None:
    chance = random.Random(1)
    updates = [desk.arrival(pressed(Count()), of=2000 + number % 5) for number in range(40)]
    for _ in range(4):
        chance.shuffle(updates)
        cut = chance.randrange(len(updates))
        await desk.dispatcher.handle(updates[:cut])
        await desk.dispatcher.handle(updates[cut:])
    assert await desk.effects() == 40


@pytest.mark.feature("X21")
async def test_numbers_that_start_again_lower_are_new_updates(desk: Desk) -> None:
    await desk.does(pressed(Count()))
    desk.number = 7
    await desk.does(pressed(Count()))
    assert await desk.effects() == 2


@pytest.mark.feature("G12")
async def test_when_the_database_is_away_nothing_happened_and_the_batch_may_come_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = [desk.arrival(pressed(Count())), desk.arrival(Typed("hello"))]
    real = desk.routes.presses[Count.tag]

    async def away(turn: Turn, action: Count) -> None:
        await real(turn, action)
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    monkeypatch.setitem(desk.routes.presses, Count.tag, away)
    with pytest.raises(OperationalError):
        await desk.dispatcher.handle(batch)
    assert (await desk.effects(), await desk.said(), await desk.read(select(handled))) == (0, [], [])
    monkeypatch.undo()
    monkeypatch.setattr(roles, "EVERYBODY", roles.EVERYBODY | {Count.tag})
    await desk.dispatcher.handle(batch)
    assert await desk.said() == ["counted", "unknown_text"]


# --- accidents --------------------------------------------------------------------------------------------------


@pytest.mark.feature("X18")
@pytest.mark.parametrize("accident", [Fail(), Break()], ids=["a mistake", "a foreign key"])
async def test_a_failing_handler_undoes_only_its_own_update_and_says_sorry(
    desk: Desk, accident: Action, caplog: pytest.LogCaptureFixture
) -> None:
    await desk.does(pressed(Count()), pressed(accident), Typed("hello"), pressed(Count()))
    assert await desk.effects() == 2
    assert await desk.said() == ["counted", "broken", "unknown_text", "counted"]
    assert [row.fault for row in await desk.read(select(set_aside.c.fault))] == ["handler failed"]
    assert len(await desk.read(select(handled))) == 4
    assert all(SECRET not in record.getMessage() for record in caplog.records)


async def test_even_a_failing_apology_stops_nobody(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def speechless(turn: Turn) -> None:
        raise LookupError

    monkeypatch.setitem(desk.routes.otherwise, Case.BROKEN, speechless)
    await desk.does(pressed(Fail()), pressed(Count()))
    assert await desk.said() == ["counted"]
    assert len(await desk.read(select(handled))) == 2


@pytest.mark.feature("X49")
async def test_who_types_and_is_erased_in_the_same_batch_gets_their_farewell(desk: Desk) -> None:
    await desk.does(Typed("hello"), pressed(Erase()))
    assert await desk.read(select(people)) == []
    assert await desk.said() == ["erased"]


@pytest.mark.feature("X49")
async def test_a_double_tap_on_erase_leaves_nobody_behind(desk: Desk) -> None:
    await desk.does(pressed(Erase()), pressed(Erase()))
    assert await desk.read(select(people)) == []
    assert await desk.said() == ["erased", "erased"]


# --- never silent -----------------------------------------------------------------------------------------------


@pytest.mark.feature("A8")
@pytest.mark.parametrize(
    ("what", "answer"),
    [
        (Typed("hello"), "unknown_text"), (Typed("x" * 4096), "unknown_text"),
        (Typed("/no_such_command"), "unknown_command"), (Typed("/"), "unknown_command"),
        (Typed("x" * 4097), "too_long"), (Typed("/start " + "x" * 4096), "too_long"),
        (Edited("hello"), "edited"), (NotText(), "not_text"), (NotText("a caption"), "not_text"),
        (Returned(), "returned"), (Pressed(1, ""), "old_button"), (Pressed(1, "test.count:1"), "old_button"),
        (Pressed(1, "nobody:knows"), "old_button"), (Pressed(1, "test.answer:7"), "old_button"),
        (Pressed(1, StaffOnly().pack()), "forbidden"), (Pressed(1, Mute().pack()), "resume"),
    ],
)  # fmt: skip
async def test_whatever_somebody_does_they_are_answered(desk: Desk, what: What, answer: str) -> None:
    await desk.does(what)
    assert await desk.said() == [answer]


@pytest.mark.parametrize(
    ("typed", "argument"),
    [
        ("/start", ""), ("/start@proti_bot", ""), ("/START ogre", "ogre"), ("/start@proti_bot ogre ", "ogre"),
        ("/start\nogre", "ogre"), ("/start   i_x  y", "i_x  y"),
    ],
)  # fmt: skip
async def test_a_command_is_known_however_a_phone_writes_it(desk: Desk, typed: str, argument: str) -> None:
    await desk.does(Typed(typed))
    assert await desk.said() == ["started"]
    assert (await desk.last_facts())["argument"] == argument


# --- awaited text -----------------------------------------------------------------------------------------------


async def test_an_awaited_text_comes_to_who_asked_with_what_was_asked(desk: Desk) -> None:
    await desk.does(pressed(Ask()))
    await desk.does(Typed("  Ogre "))
    assert await desk.said() == ["asked", "answered"]
    assert await desk.last_facts() == {"question": 7, "typed": "Ogre"}
    await desk.does(Typed("Ogre"))
    assert (await desk.said())[-1] == "unknown_text"


@pytest.mark.parametrize("instead", [Pressed(1, Count().pack()), Typed("/start"), Pressed(1, "old:button")])
async def test_whatever_else_they_do_ends_the_waiting(desk: Desk, instead: What) -> None:
    await desk.does(pressed(Ask()), instead, Typed("Ogre"))
    assert (await desk.said())[-1] == "unknown_text"
    assert await desk.read(select(expected)) == []


async def test_a_question_left_alone_for_a_day_is_no_question_any_more(desk: Desk) -> None:
    await desk.does(pressed(Ask()))
    desk.clock.advance(timedelta(hours=24, seconds=1))
    await desk.does(Typed("Ogre"))
    assert (await desk.said())[-1] == "unknown_text"


async def test_one_persons_question_is_not_answered_by_another(desk: Desk) -> None:
    await desk.does(pressed(Ask()))
    await desk.does(Typed("Ogre"), of=ANNA + 1)
    assert (await desk.said())[-1] == "unknown_text"


# --- roles ------------------------------------------------------------------------------------------------------


@pytest.mark.feature("X36")
async def test_a_role_counts_from_its_commit_and_no_longer_than_it_is_held(desk: Desk) -> None:
    await desk.does(pressed(StaffOnly()))
    await desk.hire(ANNA, Role.MENTOR)
    await desk.does(pressed(StaffOnly()))
    async with desk.database.write() as db:
        await db.execute(text("DELETE FROM grants"))
    await desk.does(pressed(StaffOnly()))
    assert await desk.said() == ["forbidden", "for staff", "forbidden"]
    assert await desk.effects() == 1


@pytest.mark.feature("X36")
async def test_an_awaited_text_needs_the_role_as_well(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await desk.does(pressed(Ask()))
    monkeypatch.setattr(roles, "EVERYBODY", roles.EVERYBODY - {Answer.tag})
    await desk.does(Typed("Ogre"))
    assert await desk.said() == ["asked", "forbidden"]


# --- gone and back ----------------------------------------------------------------------------------------------


@pytest.mark.feature("X17")
async def test_blocking_drops_what_waits_and_is_told_once_and_coming_back_is_welcomed(desk: Desk) -> None:
    await desk.does(Typed("hello"))
    await desk.does(Blocked(), Blocked())
    rows = await desk.read(select(outbox.c.key, outbox.c.state).order_by(outbox.c.id))
    assert rows == [("unknown_text", "unreachable"), ("heard", "unreachable")]
    await desk.does(Returned())
    assert (await desk.said())[-1] == "returned"
    assert await desk.read(select(people.c.unreachable_at)) == [(None,)]


async def test_somebody_unknown_who_blocks_stays_unknown(desk: Desk) -> None:
    await desk.does(Blocked())
    assert await desk.read(select(people)) == []


# --- poison -----------------------------------------------------------------------------------------------------

_PERSON = {"id": ANNA, "is_bot": False, "first_name": SECRET, "language_code": "lv"}
_CHAT = {"id": ANNA, "type": "private", "first_name": SECRET}


def message(**more: Any) -> dict[str, Any]:
    return {"message_id": 1, "date": 1_760_000_000, "from": _PERSON, "chat": _CHAT, **more}


POISON: dict[str, Any] = {
    "almost nothing": {"message": {"message_id": 1, "text": SECRET}},
    "a word for a message": {"message": SECRET},
    "a number for a text": {"message": message(text=7, **{"from": [SECRET]})},
    "a list for a press": {"callback_query": {"id": "1", "from": _PERSON, "chat_instance": "1", "data": [SECRET],
                                              "message": message()}},
    "a person no account can be": {"message": message(text=SECRET, **{"from": {**_PERSON, "id": -(10**30)}})},
    "a chat without a type": {"message": message(text=SECRET, chat={"id": [SECRET]})},
    "a change of members without members": {"my_chat_member": {"chat": _CHAT, "from": _PERSON, "date": 1}},
}  # fmt: skip
NUMBERLESS: list[Any] = [
    [SECRET], SECRET, None, {"message": message(text=SECRET)}, {"update_id": SECRET}, {"update_id": True},
    {"update_id": -5}, {"update_id": 2**70, "message": message(text=SECRET)}, {"update_id": 1.5},
]  # fmt: skip


@pytest.mark.feature("X18")
async def test_poison_is_set_aside_by_number_and_everybody_else_is_answered(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    good = {"message": message(text="hello")}
    raw: list[Any] = [*NUMBERLESS]
    for number, one in enumerate(POISON.values()):
        raw += [{"update_id": 10 + 2 * number, **one}, {"update_id": 11 + 2 * number, **good}]
    await desk.dispatcher.handle(inbound.arrivals(raw))
    assert await desk.said() == ["unknown_text"] * len(POISON)
    aside = await desk.read(select(set_aside))
    assert [row.update_id for row in aside] == [10 + 2 * number for number in range(len(POISON))]
    assert SECRET not in repr(aside)
    assert SECRET not in caplog.text


@pytest.mark.feature("X18")
async def test_what_nobody_reads_may_be_as_odd_as_it_likes(desk: Desk) -> None:
    odd = message(date=10**18, text="hello", entities="none", reply_to_message=[SECRET])
    await desk.dispatcher.handle(inbound.arrivals([{"update_id": 9_000, "message": odd}]))
    assert (await desk.said(), await desk.read(select(set_aside))) == (["unknown_text"], [])


@pytest.mark.feature("X18")
async def test_half_a_letter_is_kept_as_a_sign_and_breaks_nothing(desk: Desk) -> None:
    await desk.does(pressed(Ask()))
    raw = [{"update_id": 9_000, "message": message(text="Og\ud83dre")}]
    await desk.dispatcher.handle(inbound.arrivals(raw))
    assert (await desk.last_facts())["typed"] == "Og\ufffdre"


@pytest.mark.feature("X19")
async def test_kinds_that_are_none_of_ours_are_passed_over_in_silence(desk: Desk) -> None:
    group = {"id": -100, "type": "supergroup", "title": "x"}
    raw = [
        {"update_id": 1, "kind_of_next_year": {"level": 1}},
        {"update_id": 2, "message": message(text="chatter", chat=group)},
        {"update_id": 3, "channel_post": {"message_id": 1, "date": 1, "chat": {"id": -7, "type": "channel"}}},
        {"update_id": 4},
    ]
    await desk.dispatcher.handle(inbound.arrivals(raw))
    assert (await desk.said(), await desk.read(select(people))) == ([], [])
    assert len(await desk.read(select(handled))) == 4
