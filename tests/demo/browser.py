"""The phones page in a real browser: headless Chromium, driven as a visitor would, with words named by their keys."""

import asyncio
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, TypeVar

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from bot.demo.stand import opened
from bot.settings import Settings
from bot.words import Language
from tests.town.reading import pattern

PATIENCE: Final = 20.0
HOW_TO_INSTALL: Final = (
    "Chromium and its driver are needed to look at the page: `apt-get install chromium chromium-driver`, or name them "
    "in CHROME and CHROMEDRIVER."
)

Found = TypeVar("Found")


class NoBrowser(Exception):
    """Chromium or its driver is not on this machine."""


@contextmanager
def demo_page() -> Iterator[str]:
    """A demo of its own, as `make demo` serves it, on a free port; gives the page's address."""
    started: list[str] = []
    ready, stop = threading.Event(), threading.Event()

    async def serve() -> None:
        async with opened(Settings(), 0) as address:
            started.append(address)
            ready.set()
            await asyncio.to_thread(stop.wait)

    def run() -> None:
        try:
            asyncio.run(serve())
        finally:
            ready.set()

    serving = threading.Thread(target=run)
    serving.start()
    try:
        ready.wait(PATIENCE)
        assert started, "the demo did not start"
        yield started[0]
    finally:
        stop.set()
        serving.join(PATIENCE)


@contextmanager
def chromium(width: int = 1600, height: int = 1000) -> Iterator[webdriver.Chrome]:
    """Headless Chromium; raises NoBrowser where there is none."""
    chrome = os.environ.get("CHROME") or shutil.which("chromium") or shutil.which("google-chrome")
    driver = os.environ.get("CHROMEDRIVER") or shutil.which("chromedriver")
    if not chrome or not driver:
        raise NoBrowser(HOW_TO_INSTALL)
    options = Options()
    options.binary_location = chrome
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", f"--window-size={width},{height}"):
        options.add_argument(argument)
    browser = webdriver.Chrome(options=options, service=Service(driver))
    try:
        yield browser
    finally:
        browser.quit()


@dataclass(frozen=True, slots=True)
class SeenPhone:
    """One phone on the page and the language its person reads."""

    browser: webdriver.Chrome
    number: int
    language: Language

    def opens_the_poster_link(self) -> None:
        self._click(lambda: self._all("[data-start=link]"), "a link to start by")

    def says(self, text: str) -> None:
        """Type a line and send it."""
        box = self._wait(lambda: self._all("textarea") if self._answered() else [], "a box to write in")[0]
        sent = len(self._all(".message.person"))
        self._show(box)
        box.send_keys(text, "\n")
        self._wait(lambda: len(self._all(".message.person")) > sent, "the line just sent")

    def taps(self, key: str) -> None:
        """Press the newest button with that key's words."""
        wanted = pattern(key, self.language)
        self._click(lambda: [one for one in self._all(".key") if wanted.fullmatch(_words(one))], key)

    def taps_label(self, label: str) -> None:
        """Press the newest button whose words contain these."""
        self._click(lambda: [one for one in self._all(".key") if label in _words(one)], label)

    def taps_first_under(self, key: str) -> None:
        """Press the first button of the newest message with that key's words: for lists of names."""
        wanted = pattern(key, self.language)

        def first() -> list[WebElement]:
            messages = self._all(".message.bot")
            asking = [one for one in messages if wanted.search(_words(one.find_element(By.CSS_SELECTOR, ".words")))]
            return asking[-1].find_elements(By.CSS_SELECTOR, ".key")[:1] if asking else []

        self._click(first, f"button under {key}")

    def sees(self, key: str) -> str:
        """Wait until a message of the bot holds that key's words; the message."""
        wanted = pattern(key, self.language)
        found = self._wait(
            lambda: [text for one in self._all(".message.bot .words") if wanted.search(text := _words(one))], key
        )
        return found[-1]

    @property
    def texts(self) -> list[str]:
        """What the bot's messages say, oldest first."""
        return [_words(one) for one in self._all(".message.bot .words")]

    def _all(self, selector: str) -> list[WebElement]:
        return self.browser.find_elements(By.CSS_SELECTOR, f'[data-phone="{self.number}"] {selector}')

    def _answered(self) -> bool:
        """Whether the bot has reacted to what was last done here, and the page has drawn it: then a person goes on."""
        phones = self.browser.find_elements(By.CSS_SELECTOR, f'[data-phone="{self.number}"]')
        drawn = [one for one in phones if one.get_attribute("data-working") is None]
        return bool(drawn) and not self._all("[aria-busy=true]")

    def _click(self, find: Callable[[], list[WebElement]], what: str) -> None:
        """Click the last of what is found, again where the page has just drawn it anew."""

        def click() -> bool:
            found = find() if self._answered() else []
            if not found:
                return False
            self._show(found[-1])
            found[-1].click()
            return True

        self._wait(click, what)

    def _show(self, element: WebElement) -> None:
        self.browser.execute_script(
            "arguments[0].scrollIntoView({behavior: 'instant', block: 'center', inline: 'center'})", element
        )

    def _wait(self, find: Callable[[], Found], what: str) -> Found:
        waiting = WebDriverWait(self.browser, PATIENCE, 0.1, ignored_exceptions=[WebDriverException])
        return waiting.until(lambda _: find(), f"phone {self.number} finds no {what}")


def _words(element: WebElement) -> str:
    return str(element.get_property("textContent")).strip()
