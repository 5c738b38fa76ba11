"""The demo's mailbox in a real browser: a referral to a partner without Telegram, from the mentor to their page."""

import pytest
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from bot.words import Language
from tests.demo.acts import MAILBOX, answers, arrives, gets_a_mentor, mailbox, phone, refers_by_letter
from tests.demo.test_story_in_browser import browser  # noqa: F401  # a fixture
from tests.town.reading import pattern


@pytest.mark.slow
@pytest.mark.feature("H8", "O3", "N7")
def test_a_partner_without_telegram_accepts_by_the_link_in_the_letter(browser: webdriver.Chrome) -> None:  # noqa: F811
    danylo, liene, oksana = phone(browser, "Danylo"), phone(browser, "Liene"), phone(browser, "Oksana")
    arrives(danylo)
    answers(danylo, "18_28")
    gets_a_mentor(danylo, liene, oksana, "Oksana")
    refers_by_letter(oksana, danylo, mailbox(browser))
    link = browser.find_element(By.CSS_SELECTOR, f'[data-phone="{MAILBOX}"] .words a')
    assert (link.get_attribute("target"), link.get_attribute("rel")) == ("_blank", "noopener noreferrer")
    page = link.get_attribute("href")
    assert page is not None
    assert page.startswith("http://127.0.0.1:")
    demo = browser.current_window_handle
    browser.switch_to.new_window("tab")
    browser.get(page)
    for step in ("open", "accept"):
        _press(browser, f"referrals.staff.page.button.{step}")
    browser.close()
    browser.switch_to.window(demo)
    danylo.sees("referrals.youth.told.accepted")
    oksana.sees("referrals.staff.sender_told.accepted")


def _press(browser: webdriver.Chrome, key: str) -> None:  # noqa: F811
    """Press it as soon as the page that has it is there: the one before may still be leaving."""
    wanted = pattern(key, Language.LV)

    def pressed(_: webdriver.Chrome) -> bool:
        found = [one for one in browser.find_elements(By.TAG_NAME, "button") if wanted.fullmatch(one.text)]
        for one in found:
            one.click()
        return bool(found)

    WebDriverWait(browser, 10, 0.1, ignored_exceptions=[WebDriverException]).until(pressed)
