"""The phones page's server, over HTTP, against the real emulator."""

import json
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import FormData
from aiohttp.client import ClientResponse
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request

from bot.demo.clock import TurnableClock
from bot.demo.emulator.limits import Limits
from bot.demo.emulator.model import UploadedFile
from bot.demo.emulator.telegram import Telegram
from bot.demo.page.server import make_page
from bot.demo.page.stage import RIGA, Move, Stage, StagePhone, target

TOKEN = "1234:demo"
FRIDAY = datetime(2026, 3, 27, 17, 12, tzinfo=RIGA)
PNG = b"\x89PNG\r\n\x1a\n not a whole picture"

Browser = TestClient[Request, Application]


class World:
    """A small demo: Anna and Ilze, a bot that only speaks when the test says so, and a list of planned things."""

    def __init__(self) -> None:
        self.planned: list[tuple[datetime, str]] = []
        self.began = 0
        telegram, clock = self.start()
        self.stage = Stage(telegram, self.cast(telegram), clock, self.next_due, self.moved, self.start_over)

    def start(self) -> tuple[Telegram, TurnableClock]:
        self.began += 1
        clock = TurnableClock(FRIDAY)
        return Telegram(clock, token=TOKEN, limits=Limits(enabled=False)), clock

    def cast(self, telegram: Telegram) -> Sequence[StagePhone]:
        anna = telegram.phone(user_id=1001, first_name="Anna", language_code="lv")
        ilze = telegram.phone(user_id=1003, first_name="Ilze", language_code="lv")
        return [
            StagePhone(anna, "Anna, 17", "young person", "Ogre", "ogre", "Poster in Ogre"),
            StagePhone(ilze, "Ilze", "mentor", "Ogre", None),
        ]

    async def next_due(self) -> tuple[datetime, str] | None:
        return min(self.planned, default=None)

    async def moved(self) -> Sequence[str]:
        due = [each for each in sorted(self.planned) if each[0] <= self.stage.clock.now()]
        self.planned = [each for each in self.planned if each not in due]
        return [line for _, line in due]

    async def start_over(self) -> None:
        telegram, clock = self.start()
        self.planned = []
        self.stage.telegram, self.stage.clock = telegram, clock
        self.stage.phones = self.cast(telegram)

    async def bot(self, method: str, files: dict[str, UploadedFile] | None = None, **params: Any) -> Any:
        answer = await self.stage.telegram.call(method, params, files or {}, TOKEN)
        assert answer.status == 200, answer.body
        return answer.body["result"]

    async def bot_asks_anna(self) -> int:
        await self.stage.phones[0].phone.send("/start ogre")
        keyboard = {"inline_keyboard": [[{"text": "Sākam", "callback_data": "begin"}]]}
        sent = await self.bot("sendMessage", chat_id=1001, text="<b>Hei!</b>", parse_mode="HTML", reply_markup=keyboard)
        return int(sent["message_id"])


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
async def browser(world: World) -> AsyncIterator[Browser]:
    async with TestClient(TestServer(make_page(world.stage))) as client:
        yield client


async def chat(browser: Browser, person: int = 1001) -> dict[str, Any]:
    view = await (await browser.get(f"/api/phones/{person}")).json()
    assert isinstance(view, dict)
    return view


async def refusal(answer: ClientResponse) -> str:
    return str((await answer.json())["error"])


class Events:
    """The page's end of the event stream."""

    def __init__(self, answer: ClientResponse) -> None:
        self._lines = answer.content

    async def next(self, kind: str) -> Any:
        while True:
            name = (await self._lines.readline()).decode().removeprefix("event: ").strip()
            data = (await self._lines.readline()).decode().removeprefix("data: ")
            await self._lines.readline()
            if name == kind:
                return json.loads(data)


async def test_the_page_and_its_files_load_only_from_here(browser: Browser) -> None:
    page = await browser.get("/")
    assert page.status == 200
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    for name in ("phones.css", "narrow.css", "phones.js", "icons.svg", "wall.svg", "mark.svg"):
        assert (await browser.get(f"/static/{name}")).status == 200, name
    assert "https://" not in await page.text()


async def test_the_stage_names_its_phones_in_order(browser: Browser) -> None:
    stage = await (await browser.get("/api/stage")).json()
    assert [(each["id"], each["label"], each["deep_link"]) for each in stage["phones"]] == [
        (1001, "Anna, 17", "ogre"),
        (1003, "Ilze", None),
    ]
    assert stage["bot"] == "proti_un_dari_demo_bot"
    assert stage["can_reset"] is True


async def test_what_a_person_writes_reaches_the_bot(browser: Browser, world: World) -> None:
    await browser.post("/api/phones/1001/text", json={"text": "/start ogre"})
    update = (await world.bot("getUpdates"))[0]
    assert update["message"]["text"] == "/start ogre"
    assert update["message"]["from"]["id"] == 1001


async def test_a_message_shows_text_entities_and_buttons(browser: Browser, world: World) -> None:
    await world.bot_asks_anna()
    message = (await chat(browser))["messages"][-1]
    assert (message["sender"], message["text"]) == ("bot", "Hei!")
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 4}]
    assert message["keyboard"] == [[{"text": "Sākam", "data": "begin", "url": None, "copies": None}]]


async def test_a_press_spins_until_the_bot_answers_it_with_a_toast(browser: Browser, world: World) -> None:
    message_id = await world.bot_asks_anna()
    await browser.post("/api/phones/1001/press", json={"message": message_id, "data": "begin"})
    spinning = await chat(browser)
    assert spinning["messages"][-1]["spinning"] == ["begin"]
    assert (spinning["working"], spinning["typing"]) == (True, False)

    press = (await world.bot("getUpdates"))[-1]["callback_query"]
    await world.bot("answerCallbackQuery", callback_query_id=press["id"], text="Paldies!", show_alert=True)
    answered = await chat(browser)
    assert answered["messages"][-1]["spinning"] == []
    assert [(toast["text"], toast["alert"]) for toast in answered["toasts"]] == [("Paldies!", True)]


async def test_a_button_that_is_gone_is_refused_in_a_sentence(browser: Browser, world: World) -> None:
    message_id = await world.bot_asks_anna()
    answer = await browser.post("/api/phones/1001/press", json={"message": message_id, "data": "no such button"})
    assert answer.status == 409
    assert await refusal(answer) == "That button is no longer there."


async def test_the_bot_works_until_it_has_answered(browser: Browser, world: World) -> None:
    await browser.post("/api/phones/1001/text", json={"text": "Sveiki"})
    waiting = await chat(browser)
    assert (waiting["working"], waiting["typing"]) == (True, True)
    await world.bot("sendMessage", chat_id=1001, text="Sveika!")
    answered = await chat(browser)
    assert (answered["working"], answered["typing"]) == (False, False)


async def test_an_edited_message_says_so_and_a_deleted_one_is_gone(browser: Browser, world: World) -> None:
    message_id = await world.bot_asks_anna()
    await world.bot("editMessageText", chat_id=1001, message_id=message_id, text="Cik tev gadu?")
    message = (await chat(browser))["messages"][-1]
    assert (message["text"], message["edited"]) == ("Cik tev gadu?", True)
    await world.bot("deleteMessage", chat_id=1001, message_id=message_id)
    assert message_id not in [each["id"] for each in (await chat(browser))["messages"]]


async def test_a_person_can_change_a_sent_message(browser: Browser, world: World) -> None:
    sent = await world.stage.phones[0].phone.send("Sveki")
    answer = await browser.post("/api/phones/1001/edit", json={"message": sent.id, "text": "Sveiki"})
    assert answer.status == 200
    assert (await chat(browser))["messages"][-1]["text"] == "Sveiki"
    assert (await world.bot("getUpdates"))[-1]["edited_message"]["text"] == "Sveiki"


async def test_a_phone_that_blocked_the_bot_says_so_until_it_lets_the_bot_back(browser: Browser) -> None:
    await browser.post("/api/phones/1001/text", json={"text": "/start"})
    await browser.post("/api/phones/1001/block")
    assert (await chat(browser))["blocked"] is True
    answer = await browser.post("/api/phones/1001/text", json={"text": "Sveiki"})
    assert (answer.status, await refusal(answer)) == (409, "This phone has blocked the bot.")
    await browser.post("/api/phones/1001/unblock")
    assert (await chat(browser))["blocked"] is False
    assert (await browser.post("/api/phones/1001/text", json={"text": "Sveiki"})).status == 200


async def test_a_very_long_chat_shows_its_end(browser: Browser, world: World) -> None:
    for number in range(205):
        await world.stage.phones[0].phone.send(f"{number}")
    messages = (await chat(browser))["messages"]
    assert (messages[0]["text"], messages[-1]["text"]) == ("5", "204")


@pytest.mark.parametrize("kind", ["sticker", "voice", "location"])
async def test_stickers_voice_messages_and_places_go_out(browser: Browser, kind: str) -> None:
    await browser.post(f"/api/phones/1001/{kind}")
    assert (await chat(browser))["messages"][-1]["attachment"]["kind"] == kind


async def test_a_picture_goes_as_a_photo_and_is_shown(browser: Browser) -> None:
    form = FormData()
    form.add_field("file", PNG, filename="me.png", content_type="image/png")
    assert (await browser.post("/api/phones/1001/upload", data=form)).status == 200
    attachment = (await chat(browser))["messages"][-1]["attachment"]
    assert attachment["kind"] == "photo"
    shown = await browser.get("/" + attachment["href"])
    assert await shown.read() == PNG
    assert shown.headers["Content-Disposition"] == "inline"


async def test_any_other_file_goes_as_a_document_and_is_only_downloaded(browser: Browser) -> None:
    form = FormData()
    form.add_field("file", b"<script>", filename="cv.html", content_type="text/html")
    assert (await browser.post("/api/phones/1001/upload", data=form)).status == 200
    attachment = (await chat(browser))["messages"][-1]["attachment"]
    assert (attachment["kind"], attachment["name"], attachment["size"]) == ("document", "cv.html", 8)
    answer = await browser.get("/" + attachment["href"])
    assert answer.headers["Content-Disposition"] == "attachment"
    assert answer.content_type == "application/octet-stream"


async def test_a_file_of_the_bot_can_be_downloaded(browser: Browser, world: World) -> None:
    await world.stage.phones[0].phone.send("/mydata")
    files = {"document": UploadedFile("mydata.json", b"{}", "application/json")}
    await world.bot("sendDocument", files, chat_id=1001, document="attach://document")
    attachment = (await chat(browser))["messages"][-1]["attachment"]
    assert await (await browser.get("/" + attachment["href"])).read() == b"{}"


async def test_one_phone_does_not_serve_the_files_of_another(browser: Browser) -> None:
    await browser.post("/api/phones/1001/voice")
    message_id = (await chat(browser))["messages"][-1]["id"]
    assert (await browser.get(f"/api/phones/1003/files/{message_id}")).status == 404


async def test_the_menu_and_the_description_are_the_bots_own(browser: Browser, world: World) -> None:
    await world.bot("setMyCommands", commands=[{"command": "help", "description": "Palīdzība"}], language_code="lv")
    await world.bot("setMyDescription", description="Palīdzu atrast ceļu.", language_code="lv")
    view = await chat(browser)
    assert view["commands"] == [{"command": "help", "description": "Palīdzība"}]
    assert view["description"] == "Palīdzu atrast ceļu."


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/phones/1001/text", {"text": "   "}),
        ("/api/phones/1001/text", {"text": 7}),
        ("/api/phones/1001/text", {"text": "a" * 4097}),
        ("/api/phones/1001/text", ["not an object"]),
        ("/api/phones/1001/press", {"message": "1", "data": "x"}),
        ("/api/phones/1001/edit", {"text": "no message"}),
        ("/api/phones/1001/upload", {}),
        ("/api/clock", {"move": "yesterday"}),
    ],
)
async def test_bad_input_is_refused_and_sends_nothing(
    browser: Browser, world: World, path: str, body: dict[str, Any]
) -> None:
    answer = await browser.post(path, json=body)
    assert answer.status == 400
    assert await refusal(answer)
    assert world.stage.telegram.updates_waiting == 0


async def test_a_phone_that_is_not_on_the_stage_is_not_found(browser: Browser) -> None:
    assert (await browser.get("/api/phones/77")).status == 404
    assert (await browser.post("/api/phones/77/text", json={"text": "Hei"})).status == 404


async def test_another_site_cannot_act_for_the_cast(browser: Browser, world: World) -> None:
    answer = await browser.post("/api/phones/1001/sticker", headers={"Origin": "https://elsewhere.example"})
    assert answer.status == 403
    assert world.stage.telegram.updates_waiting == 0


async def test_the_clock_says_what_is_next(browser: Browser, world: World) -> None:
    world.planned = [(FRIDAY + timedelta(hours=3), "Ilze: check-in with Anna")]
    clock = await (await browser.get("/api/clock")).json()
    assert clock["next_due"] == {"at": "2026-03-27T18:12:00.000Z", "what": "Ilze: check-in with Anna"}
    assert clock["became_due"] is None


async def test_moving_to_the_next_due_thing_tells_what_became_due(browser: Browser, world: World) -> None:
    world.planned = [(FRIDAY + timedelta(hours=3), "check-in"), (FRIDAY + timedelta(days=3), "reminder")]
    clock = await (await browser.post("/api/clock", json={"move": "next_due"})).json()
    assert [due["text"] for due in clock["became_due"]] == ["check-in"]
    assert clock["now"].startswith("2026-03-27T18:12")
    assert clock["next_due"]["what"] == "reminder"


async def test_a_week_stops_at_every_due_thing_at_its_own_hour(browser: Browser, world: World) -> None:
    world.planned = [(FRIDAY + timedelta(days=days), f"day {days}") for days in (1, 4, 9)]
    clock = await (await browser.post("/api/clock", json={"move": "next_week"})).json()
    assert [(due["at"][:16], due["text"]) for due in clock["became_due"]] == [
        ("2026-03-28T15:12", "day 1"),  # and then summer time begins
        ("2026-03-31T14:12", "day 4"),
    ]
    assert world.stage.clock.now().astimezone(RIGA).strftime("%a %H:%M") == "Fri 17:12"


async def test_a_thing_that_stays_due_does_not_hold_the_clock(browser: Browser, world: World) -> None:
    async def nothing_done() -> Sequence[str]:
        return []

    world.planned = [(FRIDAY + timedelta(hours=1), "stuck")]
    world.stage.moved = nothing_done
    answer = await browser.post("/api/clock", json={"move": "next_week"})
    assert answer.status == 200
    assert world.stage.clock.now() >= FRIDAY + timedelta(days=6)


async def test_with_nothing_planned_there_is_nothing_to_move_to(browser: Browser, world: World) -> None:
    answer = await browser.post("/api/clock", json={"move": "next_due"})
    assert answer.status == 409
    assert world.stage.clock.now() < FRIDAY + timedelta(minutes=1)


async def test_the_stream_begins_with_everything_and_then_tells_each_change(browser: Browser, world: World) -> None:
    async with browser.get("/api/events") as answer:
        events = Events(answer)
        assert (await events.next("stage"))["phones"][0]["label"] == "Anna, 17"
        assert (await events.next("clock"))["moving"] is False
        assert (await events.next("phone"))["id"] == 1001
        assert (await events.next("phone"))["messages"] == []

        await world.stage.phones[1].phone.send("Labdien")
        changed = await events.next("phone")
        assert (changed["id"], changed["messages"][-1]["text"]) == (1003, "Labdien")


async def test_starting_over_empties_every_phone_and_follows_the_new_world(browser: Browser, world: World) -> None:
    await world.bot_asks_anna()
    await browser.post("/api/clock", json={"move": "next_week"})
    async with browser.get("/api/events") as answer:
        events = Events(answer)
        await events.next("stage")
        assert (await browser.post("/api/reset")).status == 200
        await events.next("stage")
        assert (await events.next("phone"))["messages"] == []
        await world.stage.phones[1].phone.send("Labdien")
        while (view := await events.next("phone"))["id"] != 1003 or not view["messages"]:
            pass
        assert view["messages"][-1]["text"] == "Labdien"
    assert world.stage.clock.now() < FRIDAY + timedelta(minutes=1)


async def test_a_stage_without_reset_says_so(browser: Browser, world: World) -> None:
    world.stage.reset = None
    assert (await browser.post("/api/reset")).status == 409
    assert (await (await browser.get("/api/stage")).json())["can_reset"] is False


def test_the_next_morning_is_nine_o_clock_in_riga_before_and_after_the_switch_to_summer_time() -> None:
    saturday = datetime(2026, 3, 28, 20, 0, tzinfo=UTC)
    assert target(Move.NEXT_MORNING, saturday, None) == datetime(2026, 3, 29, 6, 0, tzinfo=UTC)
    early = datetime(2026, 3, 28, 4, 0, tzinfo=UTC)
    assert target(Move.NEXT_MORNING, early, None) == datetime(2026, 3, 28, 7, 0, tzinfo=UTC)


def test_a_week_later_is_the_same_hour_on_the_wall() -> None:
    assert target(Move.NEXT_WEEK, FRIDAY, None) == datetime(2026, 4, 3, 17, 12, tzinfo=RIGA)
