"""A person's side, with python-telegram-bot at the other end."""

from datetime import timedelta

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.error import BadRequest, ChatMigrated

from bot.demo.clock import TownClock
from bot.demo.emulator import Phone, Telegram
from bot.demo.emulator.phone import BlockedByPerson
from bot.demo.emulator.refusals import ProblemKind

from .conftest import Ask

CHOICE = InlineKeyboardMarkup(
    [[InlineKeyboardButton("Jā", callback_data="yes"), InlineKeyboardButton("Nē", callback_data="no")]]
)


async def test_a_command_arrives_with_its_entity(anna: Phone, bot: Bot) -> None:
    await anna.send("/start ogre_2026")
    (update,) = await bot.get_updates(timeout=30)
    assert update.message is not None
    assert update.message.text == "/start ogre_2026"
    assert [entity.type for entity in update.message.entities] == ["bot_command"]
    assert update.message.from_user is not None
    assert update.message.from_user.language_code == "lv"


async def test_a_press_spins_until_it_is_answered(telegram: Telegram, anna: Phone, bot: Bot) -> None:
    await bot.send_message(1001, "Vai <b>sākam</b>?", parse_mode="HTML", reply_markup=CHOICE)
    assert anna.messages[-1].html == "Vai <b>sākam</b>?"
    await anna.tap("Jā")
    assert [press.data for press in anna.spinners] == ["yes"]
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.data == "yes"
    await update.callback_query.answer("Labi")
    assert len(anna.spinners) == 0
    assert [toast.text for toast in anna.toasts] == ["Labi"]
    assert telegram.unanswered() == []
    assert telegram.problems == []


async def test_an_honest_press_needs_a_button_that_is_there_now(anna: Phone, bot: Bot) -> None:
    sent = await bot.send_message(1001, "Vai sākam?", reply_markup=CHOICE)
    with pytest.raises(LookupError):
        await anna.press(sent.message_id, "admin")
    await sent.edit_text("Paldies")
    with pytest.raises(LookupError):
        await anna.press(sent.message_id, "yes")
    with pytest.raises(LookupError, match="no button"):
        await anna.tap("Jā")


async def test_a_forged_press_carries_anything(anna: Phone, bot: Bot) -> None:
    await anna.forge_press("../" * 100, message_id=4242)
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.data == "../" * 100
    assert update.callback_query.message is not None
    assert not update.callback_query.message.is_accessible


async def test_tap_takes_the_newest_button_unless_told_otherwise(anna: Phone, bot: Bot) -> None:
    for _ in range(2):
        await bot.send_message(1001, "Vai sākam?", reply_markup=CHOICE)
    await anna.tap("Jā")
    await anna.tap("Jā", occurrence=0)
    newest, oldest = [press.message_id for press in anna.spinners]
    assert newest > oldest


async def test_an_answer_after_15_seconds_is_refused_and_blamed_only_on_who_had_the_press_in_time(
    clock: TownClock, telegram: Telegram, anna: Phone, bot: Bot
) -> None:
    unfetched = await anna.forge_press("a")
    clock.advance(timedelta(seconds=16))
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(unfetched)
    assert telegram.problems == []
    fetched = await anna.forge_press("b")
    await bot.get_updates()
    clock.advance(timedelta(seconds=16))
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(fetched)
    assert [problem.kind for problem in telegram.problems] == [ProblemKind.LATE_ANSWER]


async def test_silence_is_counted(telegram: Telegram, anna: Phone, bot: Bot) -> None:
    await anna.send("Vai tur kāds ir?")
    assert [pending.what for pending in telegram.unanswered()] == ["message"]
    await bot.send_message(1001, "Jā")
    assert telegram.unanswered() == []


async def test_keys_in_place_of_the_keyboard_send_their_text_or_contact(anna: Phone, bot: Bot) -> None:
    keys = ReplyKeyboardMarkup([["Palīdzība"], [KeyboardButton("Mans numurs", request_contact=True)]])
    await bot.send_message(1001, "Izvēlies", reply_markup=keys)
    await anna.tap("Palīdzība")
    await anna.tap("numurs")
    text, contact = [update.message for update in await bot.get_updates()]
    assert text is not None
    assert text.text == "Palīdzība"
    assert contact is not None
    assert contact.contact is not None
    assert contact.contact.user_id == 1001
    await bot.send_message(1001, "Labi", reply_markup=ReplyKeyboardRemove())
    assert anna.reply_keyboard == ()


async def test_somebody_elses_card_says_whose_it_is(telegram: Telegram, anna: Phone, bot: Bot) -> None:
    await anna.share_contact(of=telegram.phone(1002, "Oksana"))
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.contact is not None
    assert (update.message.contact.user_id, update.message.from_user.id if update.message.from_user else 0) == (
        1002,
        1001,
    )


async def test_everything_a_person_can_send_is_read_by_python_telegram_bot(anna: Phone, bot: Bot) -> None:
    first = await anna.send("x")
    await anna.edit(first.id, "y")
    await anna.send_sticker()
    await anna.send_voice()
    await anna.send_photo(caption="te")
    await anna.send_document("a.pdf", b"%PDF", "lūdzu")
    await anna.send_location(57.3, 25.3)
    await anna.forward(first)
    kinds = []
    for update in await bot.get_updates():
        message = update.effective_message
        assert message is not None
        kinds.append("edited" if update.edited_message else message.effective_attachment.__class__.__name__)
    assert kinds == ["NoneType", "edited", "Sticker", "Voice", "tuple", "Document", "Location", "NoneType"]


async def test_who_blocked_the_bot_cannot_write_to_it(anna: Phone) -> None:
    await anna.block()
    with pytest.raises(BlockedByPerson):
        await anna.send("x")


async def test_the_menu_shows_the_nearest_scope_in_the_persons_language(
    telegram: Telegram, anna: Phone, bot: Bot
) -> None:
    await bot.set_my_commands([BotCommand("help", "Help")])
    await bot.set_my_commands([BotCommand("help", "Palīdzība")], language_code="lv")
    assert telegram.commands_for(anna) == (("help", "Palīdzība"),)
    await bot.set_my_commands([BotCommand("today", "Today")], scope=BotCommandScopeChat(1001))
    assert telegram.commands_for(anna) == (("today", "Today"),)


async def test_a_group_that_moves_gives_its_new_id(telegram: Telegram, anna: Phone, bot: Bot) -> None:
    group = telegram.group("Mentors", anna)
    await bot.send_message(group.id, "Labrīt")
    moved_to = telegram.migrate(group.id)
    with pytest.raises(ChatMigrated) as refusal:
        await bot.send_message(group.id, "Vēl")
    assert refusal.value.new_chat_id == moved_to
    await bot.send_message(moved_to, "Vēl")
    assert [message.text for message in telegram.messages_in(moved_to) if message.text] == ["Vēl"]


async def test_in_a_group_the_bot_hears_only_what_is_meant_for_it(telegram: Telegram, anna: Phone, bot: Bot) -> None:
    group = telegram.group("Mentors", anna)
    await bot.get_updates(offset=-1)
    telegram.queue.clear()
    await anna.send("just talk", chat=group.id)
    await anna.send("/today", chat=group.id)
    assert [update.message.text for update in await bot.get_updates() if update.message] == ["/today"]


async def test_watchers_hear_of_each_change(telegram: Telegram, anna: Phone, bot: Bot) -> None:
    heard: list[int] = []
    stop = telegram.subscribe(heard.append)
    await anna.send("x")
    await bot.send_message(1001, "y")
    stop()
    await anna.send("z")
    assert heard == [1001, 1001]


async def test_every_text_that_ever_went_out_can_be_scanned(telegram: Telegram, anna: Phone, bot: Bot) -> None:
    sent = await bot.send_message(1001, "one")
    await sent.edit_text("two")
    assert [(text.chat_id, text.text) for text in telegram.outgoing()] == [(1001, "one"), (1001, "two")]
    assert [method for method, _ in telegram.calls] == ["getMe", "sendMessage", "editMessageText"]


async def test_what_is_remembered_is_bounded(clock: TownClock) -> None:
    telegram = Telegram(clock, token="1:x", kept=5, messages_kept=5)
    phone = telegram.phone(1, "Anna")
    for number in range(20):
        await phone.send(str(number))
        await telegram.call("getMe", {}, {}, "1:x")
    assert len(telegram.calls) == 5
    assert [message.text for message in phone.messages] == ["15", "16", "17", "18", "19"]
    assert telegram.ledger.counts["getMe"] == 20


async def test_a_fresh_phone_of_the_same_id_is_the_same_phone(telegram: Telegram, anna: Phone, ask: Ask) -> None:
    assert telegram.phone(1001, "Anybody") is anna
    assert (await ask("getChat", chat_id=1001)).body["result"]["first_name"] == "Anna"
