"""Whatever else goes wrong: who writes of danger gets the card, who objects an answer, who is discreet a quiet end."""

import pytest

from bot.people.rules import Purpose
from bot.routes import Case
from bot.storage.tables import consents
from bot.turn import Turn
from tests.chats.casework import read_all
from tests.chats.test_blocks import S, blocked, objects
from tests.chats.test_discreet import OPENING, discreet, silent
from tests.town.town import Town


@pytest.mark.feature("X45")
async def test_the_card_comes_although_what_answers_the_text_fails(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    anna = await town.youth("anna")

    async def fails(_: Turn) -> None:
        raise LookupError

    async with town.bot() as app:
        monkeypatch.setitem(app.dispatcher._routes.otherwise, Case.UNKNOWN_TEXT, fails)
        await anna.phone.send("es negribu dzīvot")
        while await app.polling.once():
            pass
        await app.gate.drain()
    anna.notice_changes()
    anna.sees("safety.youth.card")
    anna.sees("people.youth.broken")


@pytest.mark.feature("A7")
@pytest.mark.parametrize("decision", ["lift", "keep"])
async def test_who_objects_hears_the_decision_whatever_they_agreed_to(town: Town, decision: str) -> None:
    anna, liene, kaspars = await blocked(town)
    anna.reads_rest()
    async with town.open_database() as database, database.write() as db:
        await db.execute(consents.delete().where(consents.c.purpose == Purpose.CONTACT.value))
    await objects(anna)
    kaspars.sees("blocks.staff.appeal")
    await kaspars.taps(f"{S}.{decision}")
    anna.sees("blocks.youth.lifted" if decision == "lift" else "blocks.youth.kept")
    read_all(anna, liene, kaspars)


@pytest.mark.feature("O10")
async def test_the_last_words_to_somebody_in_discreet_mode_show_on_no_locked_screen(town: Town) -> None:
    anna = await discreet(town)
    await anna.says("/forget")
    assert anna.sees("people.youth.forget_ask").text.startswith(anna.words(OPENING))
    sent = len(silent(town, anna.phone.id))
    await anna.taps("people.any.button.forget_sure")
    anna.sees("people.youth.forgotten")
    assert len(silent(town, anna.phone.id)) == sent


@pytest.mark.feature("O10", "X48")
async def test_a_child_in_discreet_mode_reads_whom_to_ring_where_they_pressed(town: Town) -> None:
    anna = await discreet(town)
    await anna.says("/start ogre")
    await anna.taps("screening.youth.button.begin")
    anna.reads_rest()
    sent = len(silent(town, anna.phone.id))
    await anna.taps("screening.youth.button.age.under_13")
    anna.sees("screening.youth.stop_child")
    assert len(silent(town, anna.phone.id)) == sent
