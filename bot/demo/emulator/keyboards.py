"""Reply markups: what Telegram refuses in them, and what a phone shows of them."""

from typing import Any, Literal

from bot.demo.emulator.entities import checked_url
from bot.demo.emulator.model import Button, Json, Keyboard
from bot.demo.emulator.refusals import ProblemKind, bad_request

DATA_BYTES = 64
ROW_LIMIT = 8
BUTTON_LIMIT = 100
COPY_LIMIT = 256


def inline(markup: Json | None) -> Keyboard:
    """The buttons under a message; raises `Refused` for what Telegram would not show."""
    rows = (markup or {}).get("inline_keyboard") or []
    keyboard = tuple(tuple(_inline_button(raw) for raw in row) for row in rows if row)
    if sum(len(row) for row in keyboard) > BUTTON_LIMIT or any(len(row) > ROW_LIMIT for row in keyboard):
        raise bad_request("reply markup is too long", ProblemKind.MARKUP)
    return keyboard


def _inline_button(raw: Json) -> Button:
    text = raw["text"].strip()
    if not text:
        raise _wrong_button("Text must be non-empty")
    button = Button(text, raw.get("callback_data") or None, raw.get("url") or None, _copied(raw), raw=raw)
    if button.url is not None and checked_url(button.url) is None:
        words = f"inline keyboard button URL '{button.url}' is invalid: Wrong HTTP URL"
        raise bad_request(words, ProblemKind.MARKUP)
    if button.data is not None and len(button.data.encode("utf-8", "surrogatepass")) > DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID", ProblemKind.MARKUP)
    if button.copy_text is not None and not 1 <= len(button.copy_text) <= COPY_LIMIT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID", ProblemKind.MARKUP)
    if set(raw) <= {"text", "style", "icon_custom_emoji_id"} or not any((*_kinds(raw),)):
        raise _wrong_button("Text buttons are unallowed in the inline keyboard")
    return button


def _kinds(raw: Json) -> list[Any]:
    return [value for key, value in raw.items() if key not in {"text", "style", "icon_custom_emoji_id"}]


def _copied(raw: Json) -> str | None:
    copied = raw.get("copy_text")
    return str(copied["text"]) if isinstance(copied, dict) else None


def _wrong_button(words: str) -> Exception:
    return bad_request(f"Can't parse inline keyboard button: {words}", ProblemKind.MARKUP)


def below_the_text(markup: Json | None) -> Keyboard:
    """The buttons that take the place of the phone's own keyboard."""
    rows = (markup or {}).get("keyboard") or []
    return tuple(tuple(_key(raw) for raw in row) for row in rows if row)


def _key(raw: Json | str) -> Button:
    if isinstance(raw, str):
        raw = {"text": raw}
    if not raw["text"].strip():
        raise bad_request("Can't parse keyboard button: Text must be non-empty", ProblemKind.MARKUP)
    asks: Literal["contact", "location"] | None = None
    if raw.get("request_contact"):
        asks = "contact"
    elif raw.get("request_location"):
        asks = "location"
    return Button(raw["text"], asks_for=asks, raw=raw)
