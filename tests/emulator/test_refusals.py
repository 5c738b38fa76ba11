"""What Telegram refuses, in its words; and that a refusal changes nothing."""

from datetime import timedelta
from typing import Any

import pytest

from bot.demo.clock import TownClock
from bot.demo.emulator import Phone, Telegram
from bot.demo.emulator.refusals import ProblemKind

from .conftest import Ask


def _one_button(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "x", **button}]]}


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 1001}, "message text is empty"),
        ("sendMessage", {"chat_id": 1001, "text": "  "}, "text must be non-empty"),
        ("sendMessage", {"chat_id": 1001, "text": "ā" * 4097}, "message is too long"),
        ("sendMessage", {"chat_id": 1001, "text": "😀" * 2049}, "message is too long"),
        ("sendMessage", {"chat_id": 77, "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": "@nobody", "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": 1001, "text": "x", "parse_mode": "Pretty"}, "unsupported parse_mode"),
        (
            "sendMessage",
            {"chat_id": 1001, "text": "x", "reply_parameters": {"message_id": 99}},
            "message to be replied not found",
        ),
        (
            "sendMessage",
            {"chat_id": 1001, "text": "x", "reply_markup": "{"},
            "can't parse reply keyboard markup JSON object",
        ),
        (
            "sendMessage",
            {"chat_id": 1001, "text": "x", "reply_markup": _one_button()},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            "sendMessage",
            {"chat_id": 1001, "text": "x", "reply_markup": _one_button(callback_data="ā" * 33)},
            "BUTTON_DATA_INVALID",
        ),
        (
            "sendMessage",
            {"chat_id": 1001, "text": "x", "reply_markup": _one_button(url="no address")},
            "inline keyboard button URL 'no address' is invalid: Wrong HTTP URL",
        ),
        (
            "sendMessage",
            {"chat_id": 1001, "text": "x", "reply_markup": {"inline_keyboard": [[{"callback_data": "a"}]]}},
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            "sendMessage",
            {"chat_id": 1001, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": 5}]]}},
            'can\'t parse inline keyboard button: Field "callback_data" must be of type String',
        ),
        (
            "sendMessage",
            {
                "chat_id": 1001,
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "y"}] * 9]},
            },
            "reply markup is too long",
        ),
        ("editMessageText", {"chat_id": 1001, "message_id": 99, "text": "x"}, "message to edit not found"),
        ("editMessageText", {"chat_id": 1001, "message_id": 1, "text": "x"}, "message can't be edited"),
        ("editMessageText", {"chat_id": 1001, "message_id": 1}, "message text is empty"),
        ("deleteMessage", {"chat_id": 1001, "message_id": 99}, "message to delete not found"),
        (
            "deleteMessages",
            {"chat_id": 1001, "message_ids": list(range(1, 102))},
            "too many message identifiers specified",
        ),
        (
            "answerCallbackQuery",
            {"callback_query_id": "1"},
            "query is too old and response timeout expired or query ID is invalid",
        ),
        ("sendPhoto", {"chat_id": 1001}, "there is no photo in the request"),
        ("sendPhoto", {"chat_id": 1001, "photo": "unheard-of"}, "wrong file identifier/HTTP URL specified"),
        ("sendLocation", {"chat_id": 1001, "longitude": 1}, "latitude is empty"),
        ("sendChatAction", {"chat_id": 1001, "action": "dancing"}, "wrong parameter action in request"),
        ("getFile", {"file_id": "unheard-of"}, "invalid file_id"),
        ("setMyCommands", {"commands": [{"command": "Big", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a"}]}, "can't parse BotCommand: Can't find field \"description\""),
        (
            "setMyCommands",
            {"commands": [], "scope": {"type": "moon"}},
            "can't parse BotCommandScope: unsupported type specified",
        ),
        ("setWebhook", {"url": "http://example.org/hook"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            "setWebhook",
            {"url": "https://example.org:8081/hook"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        (
            "setWebhook",
            {"url": "https://example.org/", "secret_token": "a b"},
            "secret token contains unallowed characters",
        ),
    ],
)
async def test_a_wrong_call_is_refused(anna: Phone, ask: Ask, method: str, params: dict[str, Any], words: str) -> None:
    before = anna.messages
    answer = await ask(method, **params)
    assert (answer.status, answer.body["description"]) == (400, f"Bad Request: {words}")
    assert anna.messages == before


async def test_an_unknown_method_is_404(telegram: Telegram, ask: Ask) -> None:
    answer = await ask("sendPigeon")
    assert answer.status == 404
    assert telegram.problems[0].kind is ProblemKind.SCHEMA


async def test_a_wrong_token_is_401_and_a_malformed_one_404(telegram: Telegram) -> None:
    assert (await telegram.call("getMe", {}, {}, "1234:other")).status == 401
    assert (await telegram.call("getMe", {}, {}, "nonsense")).status == 404


async def test_a_parameter_that_does_not_exist_is_ignored_but_noted(telegram: Telegram, anna: Phone, ask: Ask) -> None:
    assert (await ask("sendMessage", chat_id=1001, text="x", colour="red")).status == 200
    assert [problem.detail for problem in telegram.problems] == ["no such parameter: colour"]


async def test_a_known_method_that_the_emulator_lacks_says_so(telegram: Telegram, anna: Phone, ask: Ask) -> None:
    assert (await ask("sendDice", chat_id=1001)).status == 400
    assert telegram.problems[0].kind is ProblemKind.UNSUPPORTED


async def test_numbers_and_objects_may_come_as_strings_of_a_form(anna: Phone, ask: Ask) -> None:
    markup = '{"inline_keyboard": [[{"text": "Jā", "callback_data": "yes"}]]}'
    assert (await ask("sendMessage", chat_id="1001", text="x", reply_markup=markup)).status == 200
    assert anna.messages[-1].buttons[0].data == "yes"


async def test_a_text_of_4096_and_a_caption_of_1024_are_taken_after_parsing(anna: Phone, ask: Ask) -> None:
    text = f"<b>{'ā' * 4096}</b>"
    assert (await ask("sendMessage", chat_id=1001, text=text, parse_mode="HTML")).status == 200
    photo = (await anna.send_photo()).attachment
    assert photo is not None
    fits = await ask("sendPhoto", chat_id=1001, photo=photo.id, caption="x" * 1024)
    too_long = await ask("sendPhoto", chat_id=1001, photo=photo.id, caption="x" * 1025)
    assert fits.status == 200
    assert too_long.body["description"] == "Bad Request: message caption is too long"


async def test_an_edit_that_changes_nothing_is_refused(anna: Phone, ask: Ask) -> None:
    sent = (await ask("sendMessage", chat_id=1001, text="x")).body["result"]["message_id"]
    answer = await ask("editMessageText", chat_id=1001, message_id=sent, text="x")
    assert answer.body["description"].startswith("Bad Request: message is not modified: specified new message content")


async def test_an_edit_changes_the_text_and_takes_the_keyboard_away(anna: Phone, ask: Ask) -> None:
    sent = await ask("sendMessage", chat_id=1001, text="x", reply_markup=_one_button(callback_data="y"))
    message_id = sent.body["result"]["message_id"]
    assert (await ask("editMessageText", chat_id=1001, message_id=message_id, text="z")).status == 200
    assert (anna.messages[-1].text, anna.messages[-1].keyboard) == ("z", ())


async def test_a_message_older_than_48_hours_stays(clock: TownClock, anna: Phone, ask: Ask) -> None:
    clock.advance(timedelta(hours=48, seconds=1))
    answer = await ask("deleteMessage", chat_id=1001, message_id=1)
    assert answer.body["description"] == "Bad Request: message can't be deleted for everyone"
    assert len(anna.messages) == 1


async def test_one_message_that_is_too_old_keeps_a_whole_page(clock: TownClock, anna: Phone, ask: Ask) -> None:
    clock.advance(timedelta(hours=48, seconds=1))
    sent = (await ask("sendMessage", chat_id=1001, text="x")).body["result"]["message_id"]
    answer = await ask("deleteMessages", chat_id=1001, message_ids=[sent, 1])
    assert answer.body["description"] == "Bad Request: message can't be deleted for everyone"
    assert len(anna.messages) == 2


async def test_a_deleted_message_is_gone_and_cannot_be_edited(anna: Phone, ask: Ask) -> None:
    sent = (await ask("sendMessage", chat_id=1001, text="x")).body["result"]["message_id"]
    assert (await ask("deleteMessages", chat_id=1001, message_ids=[sent, 1, 99])).status == 200
    assert anna.messages == ()
    assert len(anna.history) == 2
    answer = await ask("editMessageText", chat_id=1001, message_id=sent, text="y")
    assert answer.body["description"] == "Bad Request: message to edit not found"


async def test_nobody_is_written_to_before_they_wrote(telegram: Telegram, ask: Ask) -> None:
    telegram.phone(1002, "Oksana")
    answer = await ask("sendMessage", chat_id=1002, text="x")
    assert (answer.status, answer.body["description"]) == (
        403,
        "Forbidden: bot can't initiate conversation with a user",
    )


async def test_who_blocked_the_bot_gets_nothing_and_the_bot_is_told(telegram: Telegram, anna: Phone, ask: Ask) -> None:
    await anna.block()
    answer = await ask("sendMessage", chat_id=1001, text="x")
    assert (answer.status, answer.body["description"]) == (403, "Forbidden: bot was blocked by the user")
    await anna.unblock()
    assert (await ask("sendMessage", chat_id=1001, text="x")).status == 200
    told = [
        update["my_chat_member"]["new_chat_member"]["status"] for update in (await ask("getUpdates")).body["result"]
    ]
    assert told == ["kicked", "member"]
    assert [refusal.status for refusal in telegram.refusals] == [403]
    assert telegram.problems == []


async def test_a_deleted_account_is_refused_without_an_update(telegram: Telegram, anna: Phone, ask: Ask) -> None:
    await anna.deactivate()
    answer = await ask("sendMessage", chat_id=1001, text="x")
    assert (answer.status, answer.body["description"]) == (403, "Forbidden: user is deactivated")
    assert telegram.updates_waiting == 0
