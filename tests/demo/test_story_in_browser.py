"""The page of `make demo` in a real browser: the story's first steps tapped through in two languages, and the clock."""

import re
from collections.abc import Iterator

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from tests.demo.acts import answers, arrives, gets_a_mentor, phone
from tests.demo.browser import NoBrowser, chromium, demo_page


@pytest.fixture
def browser() -> Iterator[webdriver.Chrome]:
    """Chromium on a fresh demo; without Chromium the test fails and says how to get it."""
    try:
        with demo_page() as address, chromium() as opened:
            opened.get(address)
            yield opened
            _nothing_broke(opened)
    except NoBrowser as missing:
        pytest.fail(str(missing))


def _nothing_broke(browser: webdriver.Chrome) -> None:
    lines = browser.get_log("browser")  # type: ignore[no-untyped-call]  # Selenium's own gap
    severe = [line for line in lines if line["level"] == "SEVERE"]
    assert not severe


@pytest.mark.slow
@pytest.mark.feature("A3", "E1")
@pytest.mark.parametrize(
    ("name", "age", "mentor"),
    [pytest.param("Anna", "15_17", "Marta", marks=pytest.mark.slow), ("Danylo", "18_28", "Oksana")],
)
def test_a_young_person_comes_by_the_poster_and_gets_a_mentor(
    browser: webdriver.Chrome, name: str, age: str, mentor: str
) -> None:
    youth, lead, guide = phone(browser, name), phone(browser, "Liene"), phone(browser, mentor)
    arrives(youth)
    answers(youth, age)
    gets_a_mentor(youth, lead, guide, mentor)
    assert mentor in youth.sees("programme.youth.assigned")
    assert not re.search(name, " ".join([*lead.texts, *guide.texts])), "staff know a code name, never the person's own"


@pytest.mark.slow
@pytest.mark.feature("N7")
def test_the_clock_jumps_to_what_is_due_and_says_what_that_set_off(browser: webdriver.Chrome) -> None:
    anna, liene = phone(browser, "Anna"), phone(browser, "Liene")
    arrives(anna)
    answers(anna, "15_17")
    liene.sees("programme.staff.contact.new")
    before = _moment(browser)
    _move(browser, "next_due")
    liene.sees("checkins.staff.digest")
    assert _moment(browser) > before
    assert "Liene" in browser.find_element(By.CSS_SELECTOR, "[data-ribbon]").text


@pytest.mark.feature("N7")
def test_the_page_fits_a_narrow_screen(browser: webdriver.Chrome) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
    )
    anna = phone(browser, "Anna")
    arrives(anna)
    width = browser.execute_script("return document.documentElement.scrollWidth")
    assert width <= 360


def _moment(browser: webdriver.Chrome) -> str:
    return browser.find_element(By.CSS_SELECTOR, "[data-clock]").get_attribute("datetime") or ""


def _move(browser: webdriver.Chrome, how: str) -> None:
    button = browser.find_element(By.CSS_SELECTOR, f"[data-move={how}]")
    waiting = WebDriverWait(browser, 10)
    waiting.until(lambda _: button.get_attribute("aria-disabled") == "false")
    button.click()
    arrived = "[data-ribbon]:not([hidden]):not([data-moving])"
    waiting.until(lambda _: browser.find_elements(By.CSS_SELECTOR, arrived), "the clock has arrived")
