"""A receiver without Telegram: has a link from a letter, and a browser that knows forms and no JavaScript.

The bot restarts before every request, as between any two lines of a chat.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final

from aiohttp.test_utils import TestClient, TestServer

from bot.app import App
from bot.texts import Texts
from bot.web.metrics import Faults
from bot.web.partner_page import KEYS
from bot.web.server import Door, make_app
from bot.words import Fact, Language, Phrase
from tests.town.town import Town

PUBLIC: Final = "https://bot.example"
BROWSER: Final = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
"""What a browser says of a form on a page that lets no referrer out."""

Client = TestClient[Any, Any]


def pages_of(app: App) -> Client:
    """The pages of this bot, once entered."""
    return TestClient(TestServer(make_app(app.parts(), Faults(), Door())))


@asynccontextmanager
async def serving(town: Town) -> AsyncIterator[Client]:
    """The pages of a bot that was just started."""
    async with town.bot() as app, pages_of(app) as client:
        yield client


@dataclass(slots=True)
class Form:
    """One form of a page: where it goes, what it holds as it came, and its buttons by their words."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.words: list[str] = []
        self._button: tuple[str, str] | None = None
        self._select = ""
        self._hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        match tag:
            case "form":
                self.forms.append(Form(told["action"]))
            case "input":
                if told["type"] not in ("checkbox", "radio") or "checked" in told:
                    self.forms[-1].fields.append((told["name"], told.get("value", "")))
            case "select":
                self._select = told["name"]
                self.forms[-1].fields.append((self._select, ""))
            case "option" if "selected" in told:
                self.forms[-1].fields[-1] = (self._select, told["value"])
            case "button":
                self._button = (told["name"], told["value"])
            case "style" | "title":
                self._hidden = True

    def handle_data(self, data: str) -> None:
        if self._hidden or not data.strip():
            return
        self.words.append(data.strip())
        if self._button is not None:
            self.forms[-1].buttons[data.strip()] = self._button
            self._button = None

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "title"):
            self._hidden = False


@dataclass(slots=True)
class Visitor:
    """`path` is the link; `status`, `page` and `headers` are what came last."""

    town: Town
    path: str
    language: Language = Language.LV
    status: int = 0
    page: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    async def follows_the_link(self, query: str = "") -> None:
        """Open the address of the letter."""
        async with serving(self.town) as client:
            await self._get(client, self.path + query)

    async def presses(self, button: str, words: Fact | None = None, **changes: str | list[str]) -> None:
        """Press the button with these words (the end of a key, or a fact such as a time), the form filled in so."""
        label = self.words(button) if words is None else self._texts.fact(words, self.language)
        form = next((one for one in self._parsed.forms if label in one.buttons), None)
        assert form is not None, f"no button {label!r}: {[list(one.buttons) for one in self._parsed.forms]}"
        kept = [(name, value) for name, value in form.fields if name not in changes]
        filled = [
            (name, one) for name, value in changes.items() for one in ([value] if isinstance(value, str) else value)
        ]
        await self.sends([*kept, *filled, form.buttons[label]], form.action)

    async def sends(self, fields: list[tuple[str, str]], query: str = "", **headers: str) -> None:
        """Send a form of their own making."""
        self.town.a_moment_passes()
        async with self.town.bot() as app, pages_of(app) as client:
            async with client.post(
                self.path + query, data=fields, headers=headers or BROWSER, allow_redirects=False
            ) as answer:
                self.status, self.page, self.headers = answer.status, await answer.text(), dict(answer.headers)
            if self.status == 303:
                await self._get(client, self.path + self.headers["Location"])
            self.town.a_moment_passes()
            await self.town.work(app)

    async def opens(self) -> None:
        """Follow the link and press the button behind it."""
        await self.follows_the_link()
        await self.presses("button.open")

    def sees(self, *ends: str, **facts: Fact) -> None:
        """The page holds the words of these keys."""
        shown = "\n".join(self._parsed.words)
        for end in ends:
            words = self.words(end, **facts)
            assert words in shown, f"{end} is not on the page: {shown}"

    def does_not_see(self, text: str) -> None:
        assert text not in self.page

    def words(self, end: str, **facts: Fact) -> str:
        key = end if end.startswith("referrals.") else KEYS + end
        return self._texts.plain(Phrase(key, facts), self.language)

    @property
    def lines(self) -> list[str]:
        """All that the page says, the words of its buttons included."""
        return self._parsed.words

    @property
    def buttons(self) -> set[str]:
        """What the buttons of the page do."""
        return {value for form in self._parsed.forms for _, value in form.buttons.values()}

    async def _get(self, client: Client, address: str) -> None:
        async with client.get(address) as answer:
            self.status, self.page, self.headers = answer.status, await answer.text(), dict(answer.headers)

    @property
    def _parsed(self) -> _Forms:
        found = _Forms()
        found.feed(self.page)
        return found

    @property
    def _texts(self) -> Texts:
        return Texts(self.town.settings.zone)
