"""The demo's mailbox: letters of the real bot, over real SMTP on this machine, shown as they come."""

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestClient, TestServer

from bot.clock import SystemClock
from bot.delivery import outbox
from bot.demo.mailbox import Mailboxes
from bot.demo.page.server import make_page
from bot.demo.partners import WORKSHOP
from bot.demo.stand import Stand
from bot.mail.letter import Words, compose
from bot.settings import Settings
from bot.turn import NOBODY, Mail, Message, Priority
from bot.words import Language, phrase
from tests.demo.test_page_server import FRIDAY, Events, World

pytestmark = pytest.mark.feature("N7", "H8")

FROM = ("PROTI un DARI!", "partneri@bot.example")
PATIENCE = 15.0


def receive(boxes: Mailboxes, html: str) -> None:
    letter = compose(Words("Temats", html, Language.LV), FROM, "desk@partner.example", "<1@bot.example>", FRIDAY)
    boxes.receive(letter.to, letter.message, FRIDAY)


async def test_a_letter_shows_on_the_page_as_it_comes_with_its_link_cut_out() -> None:
    world, boxes = World(), Mailboxes()
    world.stage.mail = boxes
    async with TestClient(TestServer(make_page(world.stage))) as browser:
        assert (await (await browser.get("/api/stage")).json())["has_mailbox"] is True
        async with browser.get("/api/events") as answer:
            events = Events(answer)
            assert await events.next("mailbox") == {"letters": []}
            receive(boxes, "Labdien &amp; lūdzu: http://127.0.0.1:1/r/a-b.c\n\n&lt;b&gt;Paldies&lt;/b&gt;.")
            (letter,) = (await events.next("mailbox"))["letters"]
    assert (letter["to"], letter["subject"], letter["id"]) == ("desk@partner.example", "Temats", 0)
    assert [(one["words"], one["link"]) for one in letter["pieces"]] == [
        ("Labdien & lūdzu: ", False),
        ("http://127.0.0.1:1/r/a-b.c", True),
        ("\n\n<b>Paldies</b>.\n", False),
    ]


async def test_a_stage_without_a_mailbox_says_so() -> None:
    world = World()
    async with TestClient(TestServer(make_page(world.stage))) as browser:
        assert (await (await browser.get("/api/stage")).json())["has_mailbox"] is False
        assert (await browser.get("/api/mailbox")).status == 404


async def test_the_bot_of_the_demo_writes_to_the_mailbox_and_serves_its_own_pages() -> None:
    stand = Stand(Settings())
    await stand.open()
    try:
        words = phrase("people.any.button.menu")
        mail = Mail(WORKSHOP, Language.LV, words, words, "letter:1")
        message = Message(NOBODY, words, priority=Priority.MAIL, at_night=True, once=mail.once, mail=mail)
        async with stand.app.database.write() as db:
            await outbox.add(db, [message], stand.clock.now())
        clock = SystemClock()
        deadline = clock.monotonic() + PATIENCE
        while not stand.mail.letters:
            assert clock.monotonic() < deadline, "no letter came"
            await clock.sleep(0.05)
        async with ClientSession() as session:
            assert (await session.get(f"{stand.app.settings.public_url}/health")).status in (200, 503)
    finally:
        await stand.close()
    (letter,) = stand.mail.letters
    assert (letter.to, letter.sender) == (WORKSHOP, "PROTI un DARI! <partneri@proti-un-dari.example>")
