"""The partner page in a real browser, headless Chromium at the size of a phone, with JavaScript and without."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Final

import pytest
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from bot.referrals.referral import Said
from bot.web.server import listening
from tests.demo.browser import NoBrowser, chromium
from tests.town.town import Town
from tests.web.desk import DESK, met, requested, rest, state
from tests.web.visitor import Visitor

pytestmark = pytest.mark.feature("X53", "O3")

WIDTH: Final = 360
BOTH: Final = pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])


@contextmanager
def phone(*, scripts: bool) -> Iterator[webdriver.Chrome]:
    """A browser as wide as a small phone; nothing it complains of goes unnoticed."""
    try:
        with chromium(WIDTH, 740) as browser:
            size = {"width": WIDTH, "height": 740, "deviceScaleFactor": 1, "mobile": True}
            browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
            browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not scripts})
            yield browser
            lines = browser.get_log("browser")  # type: ignore[no-untyped-call]  # Selenium's own gap
            assert [line for line in lines if line["level"] == "SEVERE" and "410 (Gone)" not in line["message"]] == []
    except NoBrowser as missing:
        pytest.fail(str(missing))


@asynccontextmanager
async def served(town: Town) -> AsyncIterator[str]:
    """The bot's pages at a port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with town.bot() as app, listening(f"127.0.0.1:{port}", app.parts()):
        yield f"http://127.0.0.1:{port}"


class Reader:
    """Somebody who reads the page and presses what they see, by the words on it."""

    def __init__(self, browser: webdriver.Chrome, desk: Visitor) -> None:
        self._browser = browser
        self._desk = desk

    def presses(self, end: str) -> None:
        """Press that button, and wait for the page it leads to."""
        words = self._desk.words(end)
        pressed = next(one for one in self._all("button") if one.is_displayed() and one.text == words)
        pressed.click()
        WebDriverWait(self._browser, 10).until(lambda _: _is_gone(pressed))

    def unfolds(self, end: str) -> None:
        words = self._desk.words(end)
        next(one for one in self._all("summary") if one.text == words).click()

    def ticks(self, value: str) -> None:
        next(one for one in self._all(f'input[value="{value}"]') if one.is_displayed()).click()

    def sees(self, end: str) -> None:
        assert self._desk.words(end) in self._browser.find_element(By.TAG_NAME, "main").text

    def sees_no_scrolling_sideways(self) -> None:
        metrics = self._browser.execute_cdp_cmd("Page.getLayoutMetrics", {})
        assert metrics["cssContentSize"]["width"] <= WIDTH

    def _all(self, selector: str) -> list[WebElement]:
        return self._browser.find_elements(By.CSS_SELECTOR, selector)


def _is_gone(element: WebElement) -> bool:
    try:
        element.is_enabled()
    except WebDriverException:
        return True
    return False


async def reads(town: Town, desk: Visitor, act: Callable[[Reader], None], *, scripts: bool) -> None:
    """Open the link in a browser and do this there."""

    def visit(address: str) -> None:
        with phone(scripts=scripts) as browser:
            browser.get(address + desk.path)
            reader = Reader(browser, desk)
            reader.sees_no_scrolling_sideways()
            act(reader)
            reader.sees_no_scrolling_sideways()

    async with served(town) as address:
        await asyncio.to_thread(visit, address)
    await town.settle()


def accepts(reader: Reader) -> None:
    reader.presses("button.open")
    reader.sees("text.agreed")
    reader.presses("button.accept")
    reader.sees("notice.accepted")


def declines(reader: Reader) -> None:
    reader.presses("button.open")
    reader.unfolds("decline.heading")
    reader.ticks("other_language")
    reader.presses("button.decline")
    reader.sees("over.rejected")


def closes(reader: Reader) -> None:
    reader.ticks(Said.HELPED.value)
    reader.presses("button.say")
    reader.sees("notice.said")


async def test_a_desk_accepts_in_a_browser_without_javascript(town: Town) -> None:
    anna, marta, desk = await requested(town)
    await reads(town, desk, accepts, scripts=False)
    assert await state(town) == "accepted"
    anna.sees("referrals.youth.told.accepted")
    rest(anna, marta)


@pytest.mark.slow
async def test_a_desk_accepts_in_a_browser_with_javascript(town: Town) -> None:
    anna, marta, desk = await requested(town)
    await reads(town, desk, accepts, scripts=True)
    assert await state(town) == "accepted"
    rest(anna, marta)


@pytest.mark.slow
@BOTH
async def test_a_desk_declines_in_a_browser(town: Town, scripts: bool) -> None:
    anna, marta, desk = await requested(town)
    await reads(town, desk, declines, scripts=scripts)
    assert await state(town) == "rejected"
    rest(anna, marta)


@pytest.mark.slow
@BOTH
async def test_a_desk_says_what_happened_in_a_browser(town: Town, scripts: bool) -> None:
    anna, marta, desk = await met(town)
    await reads(town, desk, closes, scripts=scripts)
    assert [row.provider_said for row in await town.rows("SELECT provider_said FROM referrals")] == ["helped"]
    rest(anna, marta, town.mailbox(DESK))
