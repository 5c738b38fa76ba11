"""What is passed on and by whose yes: the very text, line by line, taken back, and what it opened with it."""

import json
from collections.abc import Mapping

import pytest

from bot.people import belongings
from bot.referrals import store
from bot.referrals.actions import Open
from bot.referrals.agreed.actions_consent import Strike
from bot.referrals.agreed.delivering import Withheld, text_for
from bot.referrals.referral import Line, State, hash_of
from bot.words import Language
from tests.chats.referrals_talk import (
    S,
    Y,
    all_read,
    asked,
    asks,
    cast,
    code_name,
    requested,
    states,
)
from tests.town.town import Town

NOTE = "Labprāt no rīta."

# --- the very text ------------------------------------------------------------------------------------------------


@pytest.mark.feature("H4")
async def test_the_question_shows_the_very_text_in_both_languages(town: Town) -> None:
    danylo, oksana, ilze = await cast(town, "danylo", "oksana")
    await asks(oksana, await code_name(town, "danylo"), "Після обіду.")
    shown = danylo.sees(f"{Y}.ask").text
    texts = await _texts(town)
    assert set(texts) == {"uk", "lv"}
    assert texts["uk"] in shown
    assert texts["lv"] in shown
    ilze.sees_nothing()


@pytest.mark.feature("O2")
async def test_a_line_is_struck_and_comes_back_and_the_text_follows(town: Town) -> None:
    anna, marta, _ = await asked(town, NOTE)
    anna.sees(f"{Y}.ask")
    await anna.taps(f"{Y}.button.preview")
    assert NOTE in anna.sees(f"{Y}.preview").text
    await _strikes(town, "anna", Line.NOTE)
    without = anna.sees(f"{Y}.preview").text
    assert NOTE not in without
    assert (await _texts(town))["lv"] in without
    await anna.taps_label(anna.words(f"{Y}.line_name.note"))
    assert NOTE in anna.sees(f"{Y}.preview").text
    all_read(marta)


@pytest.mark.feature("H4")
async def test_what_was_struck_never_reaches_the_receiver(town: Town) -> None:
    anna, marta, ilze = await asked(town, NOTE)
    await anna.taps(f"{Y}.button.preview")
    await _strikes(town, "anna", Line.NOTE)
    await anna.taps(f"{Y}.button.agree")
    await ilze.taps(f"{S}.button.open")
    card = ilze.sees(f"{S}.card").text
    assert NOTE not in card
    assert (await _texts(town))["lv"] in card
    all_read(anna, marta, ilze)


@pytest.mark.feature("O2")
async def test_the_bytes_on_the_receivers_phone_hash_to_the_yes(town: Town) -> None:
    danylo, oksana, ilze = await cast(town, "danylo", "oksana")
    await asks(oksana, await code_name(town, "danylo"), "<b>{passed}</b> &amp; \u202e„Так”\n\n😀 %s")
    await danylo.taps(f"{Y}.button.agree")
    await ilze.taps(f"{S}.button.open")
    card = ilze.sees(f"{S}.card").text
    (yes,) = await town.rows("SELECT text_hash FROM referral_consents")
    assert yes.text_hash in {hash_of(part) for part in card.split("\n\n")}
    all_read(danylo, oksana, ilze)


async def test_code_name_and_language_stay(town: Town) -> None:
    anna, marta, _ = await asked(town)
    before = await _texts(town)
    await anna.forges(Strike(1, Line.CODE_NAME).pack())
    anna.sees(f"{Y}.ask_changed")
    assert await _texts(town) == before
    all_read(marta)


@pytest.mark.feature("O2")
async def test_a_yes_to_an_older_text_agrees_to_nothing_and_shows_the_present_one(town: Town) -> None:
    anna, marta, ilze = await asked(town, NOTE)
    _, (_, older) = anna.find_button(f"{Y}.button.agree")
    await anna.taps(f"{Y}.button.preview")
    await _strikes(town, "anna", Line.NOTE)
    anna.reads_rest()
    await anna.forges(older)
    assert NOTE not in anna.sees(f"{Y}.ask_changed").text
    assert await states(town) == [State.DRAFT]
    assert await town.rows("SELECT id FROM referral_consents") == []
    ilze.sees_nothing()
    all_read(marta)


@pytest.mark.feature("H3")
async def test_a_yes_is_kept_with_recipient_hash_language_and_time(town: Town) -> None:
    danylo, oksana, ilze = await cast(town, "danylo", "oksana")
    await asks(oksana, await code_name(town, "danylo"))
    await danylo.taps(f"{Y}.button.agree")
    (row,) = await town.rows("SELECT * FROM referral_consents")
    ilze_id = (await town.person("ilze")).id
    assert (row.recipient, row.language, row.withdrawn_at) == (f"person:{ilze_id}", "uk", None)
    assert row.text_hash == hash_of((await _texts(town))["lv"])
    assert row.given_at is not None
    all_read(danylo, oksana, ilze)


async def test_somebody_who_changed_language_meanwhile_reads_the_question_in_the_new_one(town: Town) -> None:
    anna, marta, _ = await asked(town)
    before = (await _texts(town))["lv"]
    await town.set_language("anna", Language.EN)
    anna.language = Language.EN
    anna.reads_rest()
    await anna.says("/referrals")
    await anna.taps_label("Ilze")
    shown = anna.sees(f"{Y}.ask").text
    after = await _texts(town)
    assert after["en"] in shown
    assert after["lv"] == before
    all_read(anna, marta)


# --- no yes, no text ----------------------------------------------------------------------------------------------


@pytest.mark.feature("O2")
async def test_without_a_standing_yes_to_this_very_text_nothing_is_shown(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    async with town.open_database() as database, database.write() as db:
        await db.exec_driver_sql("UPDATE referral_consents SET text_hash = 'another'")
    await ilze.taps(f"{S}.button.open")
    ilze.sees(f"{S}.received_now")
    async with town.open_database() as database, database.read() as db:
        circle = await store.circle(db, 1)
        assert circle is not None
        assert isinstance(await text_for(db, circle), Withheld)
    all_read(anna, marta)


# --- taking it back -----------------------------------------------------------------------------------------------


@pytest.mark.feature("H12")
async def test_taken_back_unopened_the_receiver_learns_nothing(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    await anna.says("/referrals")
    await anna.taps_label("Ilze")
    await anna.taps(f"{Y}.button.withdraw")
    await anna.taps(f"{Y}.button.withdraw_sure")
    anna.sees(f"{Y}.withdrawn_unread")
    told = ilze.sees(f"{S}.receiver_told.unopened_ended").text
    assert await code_name(town, "anna") not in told
    await ilze.forges(Open(1).pack())
    assert await code_name(town, "anna") not in ilze.reads_rest()[-1].text
    (row,) = await town.rows("SELECT withdrawn_at FROM referral_consents")
    assert row.withdrawn_at is not None
    all_read(marta)


@pytest.mark.feature("H12")
async def test_taken_back_after_it_was_read_the_card_leaves_the_receivers_chat(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    await ilze.taps(f"{S}.button.open")
    card = ilze.sees(f"{S}.card")
    text = (await _texts(town))["lv"]
    assert text in card.text
    await anna.says("/referrals")
    await anna.taps_label("Ilze")
    await anna.taps(f"{Y}.button.withdraw")
    await anna.taps(f"{Y}.button.withdraw_sure")
    anna.sees(f"{Y}.withdrawn_read")
    assert not any(text in message.text for message in ilze.phone.messages)
    await ilze.says("/referrals")
    ilze.sees(f"{S}.none_received")
    await ilze.forges(Open(1).pack())
    assert text not in ilze.reads_rest()[-1].text
    all_read(marta)


@pytest.mark.feature("C3")
async def test_who_may_not_be_written_to_any_more_has_no_yes_that_stands(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    await ilze.taps(f"{S}.button.open")
    ilze.reads_rest()
    await anna.says("/privacy")
    await anna.taps("people.youth.button.consents")
    await anna.taps("people.youth.button.withdraw_contact")
    await anna.taps("people.youth.button.withdraw_contact")
    assert await states(town) == [State.CANCELLED]
    (row,) = await town.rows("SELECT withdrawn_at FROM referral_consents")
    assert row.withdrawn_at is not None
    text = (await _texts(town))["lv"]
    assert not any(text in message.text for message in ilze.phone.messages)
    all_read(anna, marta, ilze)


@pytest.mark.feature("C5")
async def test_who_is_forgotten_leaves_the_receivers_chat_too(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    await ilze.taps(f"{S}.button.open")
    text = (await _texts(town))["lv"]
    await anna.says("/forget")
    await anna.taps("people.any.button.forget_sure")
    assert not any(text in message.text for message in ilze.phone.messages)
    assert await town.rows("SELECT id FROM referral_consents") == []
    all_read(anna, marta, ilze)


@pytest.mark.feature("C2")
async def test_the_consents_page_says_what_was_passed_on_to_whom_and_when(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    await anna.says("/privacy")
    await anna.taps("people.youth.button.consents")
    page = anna.sees("people.youth.consents").text
    assert "Ilze" in page
    await anna.says("/referrals")
    await anna.taps_label("Ilze")
    assert (await _texts(town))["lv"] in anna.sees(f"{Y}.card").text
    all_read(anna, marta, ilze)


@pytest.mark.feature("C4")
async def test_their_data_hold_the_texts_and_every_yes(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    anna_id = (await town.person("anna")).id
    async with town.open_database() as database, database.read() as db:
        found = await belongings.collect(db, anna_id)
    (referral,) = found["referrals"]
    (yes,) = found["referral_consents"]
    assert yes["text_hash"] == hash_of(referral["texts"]["lv"])
    all_read(anna, marta, ilze)


async def _texts(town: Town) -> Mapping[str, str]:
    """The texts of the first referral, by language."""
    (row, *_) = await town.rows("SELECT texts FROM referrals ORDER BY id")
    read: Mapping[str, str] = json.loads(row.texts)
    return read


async def _strikes(town: Town, name: str, line: Line) -> None:
    """Takes that line out."""
    person = town.people[name]
    await person.taps_label(person.words(f"{Y}.line_name.{line.value}"))
