"""The same model over real HTTP: offsets, long polls, conflicts, forms, files, broken lines."""

import asyncio
import time

import pytest
from aiohttp import ClientConnectionError, ClientPayloadError, ClientSession, FormData
from telegram import Bot, Update
from telegram.error import Conflict, NetworkError

from bot.demo.emulator import Telegram

from .conftest import TOKEN


async def _fetch(session: ClientSession, api: str, **params: int) -> list[dict[str, object]]:
    async with session.get(f"{api}/getUpdates", params=params) as response:
        body = await response.json()
    updates: list[dict[str, object]] = body["result"]
    return updates


async def test_an_update_comes_again_until_a_higher_offset_confirms_it(
    served: Telegram, api: str, session: ClientSession
) -> None:
    anna = served.phone(1001, "Anna")
    for text in ("a", "b", "c"):
        await anna.send(text)
    first = await _fetch(session, api, limit=2)
    assert await _fetch(session, api, limit=2) == first
    last_id = int(str(first[-1]["update_id"]))
    (third,) = await _fetch(session, api, offset=last_id + 1)
    assert third["update_id"] == last_id + 1
    assert served.updates_waiting == 1
    assert await _fetch(session, api, offset=last_id + 2) == []
    assert served.updates_waiting == 0


async def test_a_negative_offset_forgets_all_but_the_last(served: Telegram, api: str, session: ClientSession) -> None:
    anna = served.phone(1001, "Anna")
    for text in ("a", "b", "c"):
        await anna.send(text)
    assert len(await _fetch(session, api, offset=-1)) == 1
    assert served.updates_waiting == 1


async def test_a_long_poll_ends_as_soon_as_something_comes(served: Telegram, api: str, session: ClientSession) -> None:
    poll = asyncio.ensure_future(_fetch(session, api, timeout=20))
    await asyncio.wait({poll}, timeout=0.1)
    began = time.perf_counter()
    await served.phone(1001, "Anna").send("x")
    assert len(await poll) == 1
    assert time.perf_counter() - began < 1


async def test_a_long_poll_ends_empty_when_its_time_is_over(api: str, session: ClientSession) -> None:
    assert await _fetch(session, api, timeout=1) == []


async def test_the_older_of_two_pollers_is_told_of_the_other(api: str, session: ClientSession) -> None:
    older = asyncio.ensure_future(session.get(f"{api}/getUpdates", params={"timeout": 20}))
    await asyncio.wait({older}, timeout=0.1)
    newer = asyncio.ensure_future(session.get(f"{api}/getUpdates", params={"timeout": 1}))
    body = await (await older).json()
    assert body["error_code"] == 409
    assert body["description"].startswith("Conflict: terminated by other getUpdates request")
    assert (await newer).status == 200


async def test_polling_beside_a_webhook_is_a_conflict(api: str, session: ClientSession) -> None:
    await session.post(f"{api}/setWebhook", json={"url": "http://127.0.0.1:1/hook"})
    answer = await session.get(f"{api}/getUpdates")
    assert answer.status == 409
    assert "can't use getUpdates method while webhook is active" in (await answer.json())["description"]
    await session.post(f"{api}/deleteWebhook")
    assert (await session.get(f"{api}/getUpdates")).status == 200


async def test_a_wrong_token_and_an_unknown_method_over_http(api: str, session: ClientSession) -> None:
    assert (await session.get(f"{api}wrong/getMe")).status == 401
    assert (await session.get(f"{api}/sendPigeon")).status == 404


async def test_a_body_that_is_no_json_is_refused(api: str, session: ClientSession) -> None:
    headers = {"Content-Type": "application/json"}
    assert (await session.post(f"{api}/getMe", data=b"{oops", headers=headers)).status == 400


async def test_calls_may_be_forms_queries_or_json(served: Telegram, api: str, session: ClientSession) -> None:
    anna = served.phone(1001, "Anna")
    await anna.send("/start")
    await session.get(f"{api}/sendMessage", params={"chat_id": "1001", "text": "query"})
    await session.post(f"{api}/sendMessage", data={"chat_id": "1001", "text": "form"})
    await session.post(f"{api}/SENDMESSAGE", json={"chat_id": 1001, "text": "json"})
    assert [message.text for message in anna.messages] == ["/start", "query", "form", "json"]


async def test_a_file_goes_up_and_comes_down_again(served: Telegram, api: str, session: ClientSession) -> None:
    anna = served.phone(1001, "Anna")
    await anna.send("/start")
    form = FormData({"chat_id": "1001", "caption": "Plāns"})
    form.add_field("document", b"%PDF-1.7", filename="plans.pdf", content_type="application/pdf")
    sent = await (await session.post(f"{api}/sendDocument", data=form)).json()
    file_id = sent["result"]["document"]["file_id"]
    found = await (await session.post(f"{api}/getFile", json={"file_id": file_id})).json()
    address = f"{api.replace('/bot', '/file/bot')}/{found['result']['file_path']}"
    assert await (await session.get(address)).read() == b"%PDF-1.7"
    assert (await session.get(address + "x")).status == 404
    attachment = anna.messages[-1].attachment
    assert attachment is not None
    assert (attachment.name, attachment.content, anna.messages[-1].text) == ("plans.pdf", b"%PDF-1.7", "Plāns")


async def test_a_download_can_stop_half_way(served: Telegram, api: str, session: ClientSession) -> None:
    file = (await served.phone(1001, "Anna").send_document("a.bin", b"x" * 1000)).attachment
    assert file is not None
    served.faults.truncate()
    with pytest.raises((ClientPayloadError, ClientConnectionError)):
        await (await session.get(f"{api.replace('/bot', '/file/bot')}/{file.path}")).read()


async def test_a_cut_line_after_the_deed_leaves_the_message_there(
    served: Telegram, api: str, session: ClientSession
) -> None:
    anna = served.phone(1001, "Anna")
    await anna.send("/start")
    served.faults.drop_after("sendMessage")
    with pytest.raises(ClientConnectionError):
        await session.post(f"{api}/sendMessage", json={"chat_id": 1001, "text": "x"})
    assert anna.messages[-1].text == "x"


async def test_a_call_that_hangs_is_given_up_by_the_caller(served: Telegram, api: str, session: ClientSession) -> None:
    served.faults.fail("getMe", kind="timeout")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(session.get(f"{api}/getMe"), 0.2)
    assert (await session.get(f"{api}/getMe")).status == 200


async def test_when_telegram_is_down_nothing_answers(served: Telegram, api: str, session: ClientSession) -> None:
    served.faults.stop_listening()
    with pytest.raises(ClientConnectionError):
        await session.get(f"{api}/getMe")
    served.faults.listen()
    assert (await session.get(f"{api}/getMe")).status == 200


async def test_python_telegram_bots_own_client_gets_along(served: Telegram, api: str) -> None:
    anna = served.phone(1001, "Anna")
    await anna.send("/start")
    root = api.removesuffix(TOKEN)
    async with Bot(TOKEN, base_url=root, base_file_url=root.replace("/bot", "/file/bot")) as bot:
        (update,) = await bot.get_updates(allowed_updates=Update.ALL_TYPES)
        assert update.message is not None
        sent = await update.message.reply_document(b"abc", filename="a.txt", caption="<b>x</b>", parse_mode="HTML")
        assert sent.document is not None
        assert bytes(await (await sent.document.get_file()).download_as_bytearray()) == b"abc"
        served.faults.fail("sendMessage", kind="cut")
        with pytest.raises(NetworkError):
            await bot.send_message(1001, "x")
        await bot.set_webhook("http://127.0.0.1:1/hook")
        with pytest.raises(Conflict):
            await bot.get_updates()
