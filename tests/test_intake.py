"""While the database cannot be written: a direct answer, help itself, no claim that anything was kept."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from bot.app import App
from bot.arrival import Arrival
from bot.roles import Role
from bot.storage import on_the_spot
from bot.words import Language
from tests.town.town import Town


@pytest.fixture(autouse=True)
def nobody_waits_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """A statement gives up on the lock after a moment, where it waits five seconds otherwise."""
    monkeypatch.setattr(on_the_spot, "BUSY_MS", 10)


@contextmanager
def held(town: Town, how: str = "EXCLUSIVE") -> Iterator[None]:
    """Somebody else has the database for themselves."""
    other = sqlite3.connect(town.database_file, isolation_level=None)
    other.execute(f"BEGIN {how}")
    try:
        yield
    finally:
        other.close()


async def try_in_vain(town: Town, app: App, times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(OperationalError):
            await app.polling.once()
        await app.tasks.settled()
        town.clock.advance(timedelta(seconds=1))
    for one in town.people.values():
        one.notice_changes()


@pytest.mark.feature("X5", "X6")
async def test_whoever_does_something_hears_once_that_it_was_not_saved_and_where_help_is(town: Town) -> None:
    anna, danylo = await town.youth("anna"), await town.youth("danylo")
    marta = await town.staff("marta", Role.MENTOR)
    emma = town.newcomer("emma", Language.EN)
    before = await town.rows("SELECT count(*) FROM audit")
    async with town.bot() as app:
        with held(town):
            for one in (anna, danylo, marta, emma):
                await one.phone.send("/start")
            await try_in_vain(town, app, 20)
            assert app.database.away
            for one in (anna, danylo, emma):
                message = one.sees("people.youth.unsaved")
                assert "112" in message.text
                assert one.words("people.youth.button.help") in [button.text for button in message.buttons]
            assert not marta.sees("people.staff.unsaved").buttons
            for one in town.people.values():
                one.sees_nothing()
            town.clock.advance(timedelta(seconds=60))
            await try_in_vain(town, app)
            anna.sees("people.youth.unsaved")
            town.people["danylo"].reads_rest()
            emma.reads_rest()
            marta.reads_rest()
        assert await town.rows("SELECT count(*) FROM audit") == before
        assert await app.polling.once() == 4
        assert not app.database.away
        await app.gate.drain()
    for one in town.people.values():
        one.notice_changes()
    anna.sees("screening.youth.welcome")
    emma.sees("people.any.choose_language")
    danylo.reads_rest()
    marta.reads_rest()


@pytest.mark.feature("X5", "X45")
@pytest.mark.parametrize("way", ["button", "command", "words"])
async def test_help_is_the_card_itself_at_once_even_just_after_the_other_answer(town: Town, way: str) -> None:
    anna = await town.youth("anna")
    async with town.bot() as app:
        with held(town):
            await anna.phone.send("/start")
            await try_in_vain(town, app)
            unsaved = anna.sees("people.youth.unsaved")
            match way:
                case "button":
                    (help_button,) = [one for one in unsaved.buttons if one.data == "safety.card"]
                    await anna.phone.press(unsaved.id, help_button.data)
                case "command":
                    await anna.phone.send("/help")
                case _:
                    await anna.phone.send("es negribu dzīvot")
            await try_in_vain(town, app, 5)
            assert "116123" in anna.sees("safety.youth.card").text.replace(" ", "")
            anna.sees_nothing()
        await app.polling.once()
        await app.gate.drain()
    anna.notice_changes()
    anna.sees("safety.youth.card")
    anna.reads_rest()


@pytest.mark.feature("X5", "O10")
async def test_whoever_is_in_discreet_mode_is_told_discreetly_where_that_can_be_read(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.forges("people.set_discreet:1")
    anna.reads_rest()
    async with town.bot() as app:
        with held(town, "IMMEDIATE"):
            await anna.phone.send("/start")
            await try_in_vain(town, app)
            assert anna.sees("people.youth.unsaved").text.startswith(anna.words("people.youth.discreet_opening"))
        await app.polling.once()
        await app.gate.drain()
    anna.notice_changes()
    anna.reads_rest()


@pytest.mark.feature("X5")
async def test_what_telegram_would_not_take_is_tried_again(town: Town) -> None:
    anna = await town.youth("anna")
    async with town.bot() as app:
        with held(town):
            await anna.phone.send("/start")
            town.telegram.faults.fail("sendMessage", code=502, times=1)
            await try_in_vain(town, app)
            anna.sees_nothing()
            await try_in_vain(town, app)
            anna.sees("people.youth.unsaved")
        await app.polling.once()
        await app.gate.drain()
    anna.notice_changes()
    anna.sees("screening.youth.welcome")


@pytest.mark.feature("X16")
async def test_a_phone_stops_spinning_before_the_press_is_handled(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    anna = await town.youth("anna")
    await anna.says("/start")
    welcome = anna.sees("screening.youth.welcome")
    order: list[str] = []
    async with town.bot() as app:
        acknowledge, handle = app.acknowledge._answer, app.intake.handle

        async def acknowledging(press: str) -> None:
            order.append("acknowledged")
            await acknowledge(press)

        async def handling(arrivals: Sequence[Arrival]) -> None:
            order.append("handled")
            await handle(arrivals)

        monkeypatch.setattr(app.acknowledge, "_answer", acknowledging)
        monkeypatch.setattr(app.intake, "handle", handling)
        await anna.phone.press(welcome.id, welcome.buttons[0].data)
        await app.polling.once()
        await app.gate.drain()
    assert order == ["acknowledged", "handled"]
    anna.notice_changes()
    anna.reads_rest()
