"""Questions about an event: asked, answered, brought along, shared without who asked, and never left lying."""

from datetime import timedelta

import pytest

from bot.events.questions import actions_questions as asking
from bot.roles import Role
from tests.chats.events_held import held, invited
from tests.chats.events_talk import CESIS, DAY, OGRE, agrees, at
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town


@pytest.fixture
async def kaspars(town: Town) -> Inhabitant:
    """The coordinator of Ogre."""
    return await town.staff("kaspars", Role.COORDINATOR, OGRE)


async def asks(town: Town, author: str = "kaspars") -> tuple[Inhabitant, int]:
    """Danylo, who is invited, asks whether there is a bus."""
    danylo = await agrees(town, "danylo")
    event = await held(town, author)
    await invited(town, event, "danylo", None)
    await danylo.forges(asking.AskQuestion(event).pack())
    danylo.sees("events.youth.ask_question")
    await danylo.says("Чи є автобус?")
    danylo.sees("events.youth.question_sent")
    return danylo, event


@pytest.mark.feature("S1.11")
async def test_a_question_reaches_the_organiser_and_the_answer_whoever_asked(town: Town, kaspars: Inhabitant) -> None:
    danylo, _ = await asks(town)
    told = kaspars.sees("events.staff.question_came").text
    assert "Чи є автобус?" in told
    assert (await town.person("danylo")).code_name not in told
    await kaspars.taps("events.staff.button.answer_question")
    kaspars.sees("events.staff.ask_answer")
    await kaspars.says("Так, о 16:00 від станції.")
    kaspars.sees("events.staff.answer_sent")
    answer = danylo.sees("events.youth.your_answer").text
    assert "Так, о 16:00 від станції." in answer
    assert "Kaspars" not in answer
    await kaspars.forges(asking.AnswerQuestion(1).pack())
    kaspars.sees("events.staff.question_page_answered")


@pytest.mark.feature("S1.11")
async def test_an_answer_is_shared_in_the_organisers_words_and_outlives_whoever_asked(
    town: Town, kaspars: Inhabitant
) -> None:
    danylo, event = await asks(town)
    kaspars.reads_rest()
    await kaspars.taps("events.staff.button.answer_question")
    await kaspars.says("Jā, plkst. 16.")
    await kaspars.taps("events.staff.button.share_answer")
    kaspars.sees("events.staff.ask_wording")
    await kaspars.says("Vai būs autobuss?")
    kaspars.sees("events.staff.answer_shared")
    danylo.reads_rest()
    await danylo.forges(asking.AskQuestion(event).pack())
    assert "Vai būs autobuss?" in danylo.sees("events.youth.ask_question_known").text
    await kaspars.says("/faq")
    page = kaspars.sees("events.staff.faq").text
    assert "Vai būs autobuss?" in page
    assert "Чи є автобус?" not in page
    number = (await town.person("danylo")).id
    async with town.open_database() as database, database.write() as db:
        await db.exec_driver_sql(f"DELETE FROM people WHERE id = {number}")
    (row,) = await town.rows("SELECT question FROM event_questions")
    assert row.question == "Vai būs autobuss?"


@pytest.mark.feature("S1.11")
async def test_a_question_is_brought_to_the_next_event_and_whoever_asked_is_told(
    town: Town, kaspars: Inhabitant
) -> None:
    danylo, _ = await asks(town)
    kaspars.reads_rest()
    following = await held(town, "kaspars", titles={"lv": "Seminārs"}, starts_at=at(DAY, 17) + timedelta(days=30))
    await kaspars.taps("events.staff.button.bring_along")
    kaspars.sees("events.staff.choose_next")
    await kaspars.taps_label("Seminārs")
    kaspars.sees("events.staff.question_will_be_brought")
    danylo.sees("events.youth.question_brought")
    await kaspars.forges(asking.ShowQuestions(following).pack())
    kaspars.sees("events.staff.questions")
    assert any(label.startswith("→ Чи є") for label in kaspars.buttons)
    await town.move_to(at(DAY, 12) - timedelta(days=2))
    kaspars.sees_nothing()  # it is settled for now


async def test_an_unanswered_question_is_remembered_after_two_working_days_and_then_by_everybody_in_charge(
    town: Town, kaspars: Inhabitant
) -> None:
    dace = await town.staff("dace", Role.COORDINATOR, None)
    await asks(town)  # on a Monday at ten
    kaspars.reads_rest()
    await town.move_to(at(DAY, 9) - timedelta(days=8))
    kaspars.sees_nothing()
    await town.move_to(at(DAY, 12) - timedelta(days=8))
    kaspars.sees("events.staff.question_waits")
    dace.sees_nothing()
    await town.move_to(at(DAY, 18) - timedelta(days=6))
    kaspars.sees("events.staff.question_waits")
    dace.sees("events.staff.question_waits")
    assert not await town.rows("SELECT id FROM event_questions WHERE next_at IS NOT NULL")


async def test_a_question_of_thousands_of_letters_is_asked_for_again_and_nothing_is_kept(town: Town) -> None:
    await town.staff("kaspars", Role.COORDINATOR, OGRE)
    anna = await agrees(town, "anna")
    event = await held(town, "kaspars", listed=True)
    await anna.forges(asking.AskQuestion(event).pack())
    anna.reads_rest()
    await anna.says("kāpēc " * 600)
    anna.sees("events.youth.question_too_long")
    assert not await town.rows("SELECT id FROM event_questions")
    await anna.says("Kāpēc?")
    anna.sees("events.youth.question_sent")
    town.people["kaspars"].reads_rest()


async def test_nobody_asks_about_what_they_do_not_know_and_no_other_coordinator_reads_it(
    town: Town, kaspars: Inhabitant
) -> None:
    anna = await agrees(town, "anna")
    oksana = await town.staff("oksana", Role.COORDINATOR, CESIS)
    _, event = await asks(town)
    kaspars.reads_rest()
    await anna.forges(asking.AskQuestion(event).pack())
    anna.sees("people.youth.not_available")
    for action in (
        asking.ShowQuestions(event),
        asking.ShowQuestion(1),
        asking.AnswerQuestion(1),
        asking.ChooseNext(1),
        asking.BringTo(1, event),
        asking.ShareAnswer(1, sure=True),
    ):
        await oksana.forges(action.pack())
        oksana.sees("people.staff.not_available")


@pytest.mark.feature("D1")
async def test_a_question_with_words_of_danger_is_seen_by_the_safety_watch_first(
    town: Town, kaspars: Inhabitant
) -> None:
    anna = await agrees(town, "anna")
    event = await held(town, "kaspars", listed=True)
    await anna.forges(asking.AskQuestion(event).pack())
    anna.reads_rest()
    await anna.says("es negribu dzīvot")
    anna.sees("safety.youth.card")
    anna.sees("events.youth.question_sent")
    kaspars.reads_rest()
