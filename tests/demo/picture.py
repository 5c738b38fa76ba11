"""`python -m tests.demo.picture OUT.png`: plays the story on the page until every phone has something to show."""

import base64
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from bot.demo.page.stage import RIGA
from tests.demo.acts import (
    answers,
    arrives,
    gets_a_mentor,
    invites,
    joins,
    mailbox,
    meets,
    phone,
    plans,
    refers,
    refers_by_letter,
)
from tests.demo.browser import PATIENCE, chromium, demo_page

WIDTH, HEIGHT = 1600, 1000
SMALLER: Final = 0.685
"""The page is laid out on a larger screen and shrunk to the picture, so that the young people, five who
work with them and the mailbox of a partner stand side by side."""

_FILL_THE_PICTURE: Final = """
document.documentElement.style.setProperty("--phone", "17.05rem");
const [mailbox, next] = ["0", "1008"].map((phone) => document.querySelector(`[data-phone="${phone}"]`));
next.before(mailbox);
for (const phone of document.querySelectorAll(".phone")) phone.style.maxHeight = "none";
document.querySelector(".phone").scrollIntoView({ behavior: "instant", block: "nearest", inline: "start" });
"""


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("usage: python -m tests.demo.picture OUT.png", file=sys.stderr)
        return 2
    with demo_page() as address, chromium(WIDTH, HEIGHT) as browser:
        _as_large_as_needed(browser)
        browser.get(address)
        _play(browser)
        browser.execute_script(_FILL_THE_PICTURE)
        time.sleep(2)  # until the last message has slid in
        _save(browser, Path(arguments[0]))
    return 0


def _as_large_as_needed(browser: webdriver.Chrome) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {
            "width": round(WIDTH / SMALLER),
            "height": round(HEIGHT / SMALLER),
            "deviceScaleFactor": SMALLER,
            "mobile": False,
        },
    )


def _play(browser: webdriver.Chrome) -> None:
    anna, danylo, marta, oksana, liene, ilze, kaspars = (
        phone(browser, name) for name in ("Anna", "Danylo", "Marta", "Oksana", "Liene", "Ilze", "Kaspars")
    )
    arrives(anna)
    answers(anna, "15_17")
    gets_a_mentor(anna, liene, marta, "Marta")
    plans(marta, liene, anna)
    joins(liene, anna)
    _until_due(browser, "check-in")
    meets(marta, anna)
    refers(marta, anna, ilze)
    arrives(danylo)
    answers(danylo, "18_28", wish="language")
    gets_a_mentor(danylo, liene, oksana, "Oksana")
    refers_by_letter(oksana, danylo, mailbox(browser))
    invites(kaspars, f"{_now(browser) + timedelta(days=8):%d.%m.}")
    danylo.sees("events.youth.invitation")
    danylo.taps("events.any.button.yes")
    anna.sees("events.youth.invitation")
    anna.says("/plan")
    anna.sees("checkins.youth.line.mentor")
    marta.says("/today")
    marta.sees("checkins.staff.today")


def _until_due(browser: webdriver.Chrome, kind: str) -> None:
    """Press "Next due thing" until that kind of thing was next."""
    button = browser.find_element(By.CSS_SELECTOR, "[data-move=next_due]")
    done = False
    while not done:
        done = kind in (button.get_attribute("title") or "")
        before = _now(browser)
        button.click()
        _until_moved_from(browser, before)


def _until_moved_from(browser: webdriver.Chrome, before: datetime) -> None:
    patience = WebDriverWait(browser, PATIENCE)
    patience.until(lambda _: _now(browser) > before + timedelta(minutes=1))
    patience.until(lambda _: not browser.find_elements(By.CSS_SELECTOR, ".time[data-moving]"))


def _now(browser: webdriver.Chrome) -> datetime:
    shown = browser.find_element(By.CSS_SELECTOR, "[data-clock]").get_attribute("datetime") or ""
    return datetime.fromisoformat(shown).astimezone(RIGA)


def _save(browser: webdriver.Chrome, out: Path) -> None:
    shot = browser.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(base64.b64decode(shot["data"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
