"""Updates made from the Bot API's own schema: of any kind, with any fields that may be there, then damaged, then junk.

`Maker.real` makes what a person's client could truly cause in the chat with the bot: whoever sent it must be answered.
`Maker.other` makes an update of any kind whatever, `Maker.damaged` spoils either, `Maker.junk` is no update at all.
Every string that a person could have written carries that person's mark, so that it is known again anywhere else.
"""

import copy
import json
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from bot.demo.emulator.phone import Phone
from bot.demo.emulator.wire import seconds

Json = dict[str, Any]
API: Final = Path(__file__).parents[2] / "bot" / "demo" / "botapi" / "api.json"
WORDS: Final = ("sveiki", "прийду", "tomorrow", "19", "-1", "12.03. 18:00", "15:00", "%s %(x)s {name}", "<b>x</b> & y",
                "' OR 1=1 --", "../../etc", "\x00\x01", "\u202etxet", "e\u0301", "👩‍👩‍👧‍👦", "\u200b", "&lt;", "[x](y)",
                "https://example.org", "0", "٣٤", "𝔞𝔟𝔠", "\ufeff")  # fmt: skip
COMMANDS: Final = ("start", "start ogre", "start i_guess", "menu", "help", "privacy", "language", "plan", "mydata",
                   "events", "referrals", "today", "cases", "event", "invite", "dayoff", "forget", "no")  # fmt: skip
OPTIONAL: Final = 0.25
DEEPEST: Final = 5


@cache
def types() -> dict[str, Json]:
    """Every type of the Bot API by its name."""
    return dict(json.loads(API.read_text("utf-8"))["types"])


@cache
def kinds_of_update() -> tuple[str, ...]:
    """The names of an update's fields but its number: message, poll_answer and so on."""
    return tuple(one["name"] for one in types()["Update"]["fields"] if one["name"] != "update_id")


def mark_of(person: int) -> str:
    """What stands in everything that this person writes, and in nothing else."""
    return f"mark{person}x"


@dataclass(frozen=True, slots=True)
class Made:
    """An update without its number; `waits` is the phone whose person must be answered, `press` the press's id."""

    body: Any
    waits: Phone | None = None
    press: str | None = None
    message_id: int = 0


class Maker:
    """`dice` decides everything. Whatever is made comes from one of the phones, or speaks of them.

    The words of those who are `unmarked` are for others to read: a name, an invitation, a note.
    """

    def __init__(
        self,
        dice: random.Random,
        phones: Sequence[Phone],
        now: Callable[[], datetime],
        press_id: Callable[[], str],
        *,
        unmarked: frozenset[int] = frozenset(),
    ) -> None:
        self._dice = dice
        self._phones = phones
        self._now = now
        self._press_id = press_id
        self._author = phones[0]
        self._unmarked = unmarked

    def any(self) -> Made:
        """Of every hundred: sixty real, fifteen of other kinds, twenty damaged, five junk."""
        chance = self._dice.random()
        if chance < 0.6:
            return self.real()
        if chance < 0.75:
            return self.other()
        if chance < 0.95:
            return self.damaged()
        return Made(self.junk())

    # --- what a client could send -----------------------------------------------------------------------------

    def real(self) -> Made:
        """A text, an edit, a press or anything else in the private chat of somebody with the bot."""
        phone = self._author = self._dice.choice(self._phones)
        chance = self._dice.random()
        if chance < 0.45:
            return self._press(phone)
        body = self._message(phone)
        kind = "edited_message" if chance > 0.95 else "message"
        return Made({kind: body}, phone, message_id=body["message_id"])

    def _message(self, phone: Phone) -> Json:
        """A message with a text, or with one other thing that a message may hold, and any of the fields around it."""
        wanted = "text" if self._dice.random() < 0.6 else self._dice.choice(_contents())
        around = [name for name in _around() if self._dice.random() < OPTIONAL / 3]
        body = self._object("Message", [*around, wanted], 1)
        body |= {"from": self._user(phone), "chat": self._chat(phone), "date": seconds(self._now())}
        body["message_id"] = self._dice.randrange(1, 10**6)
        if wanted == "text":
            body["text"] = self._line()
        return body

    def _line(self) -> str:
        """What somebody types: a command, a few words, or as much as fits into a message."""
        chance = self._dice.random()
        if chance < 0.25:
            return f"/{self._dice.choice(COMMANDS)}"
        if chance < 0.3:
            return (self._words() * 4096)[:4096]
        return self._words()

    def _press(self, phone: Phone) -> Made:
        """A press on one of their own buttons, on somebody else's, or with data that no button ever had."""
        message_id, data = self._button_of(phone)
        if self._dice.random() < 0.3:
            _, data = self._button_of(self._dice.choice(self._phones))
        if self._dice.random() < 0.2:
            data = self._bent(data)
        if data.startswith("people.forget:1") and self._dice.random() < 0.9:
            data = "people.forget:0"
        query = self._object("CallbackQuery", ["data", "message"], 3)
        query |= {"id": self._press_id(), "from": self._user(phone), "data": data}
        query["message"] = {"message_id": message_id, "chat": self._chat(phone), "date": 0}
        if self._dice.random() < 0.7:
            query["message"] = self._message(phone) | {"message_id": message_id}
        return Made({"callback_query": query}, phone, query["id"], message_id)

    def _button_of(self, phone: Phone) -> tuple[int, str]:
        """The newest buttons are pressed most."""
        found = [
            (message.id, button.data)
            for message in phone.messages[-8:]
            for button in message.buttons
            if button.data is not None
        ]
        if not found:
            return 1, self._words()
        return found[-1 - min(int(self._dice.expovariate(0.25)), len(found) - 1)]

    def _bent(self, data: str) -> str:
        """Almost that data."""
        parts = data.split(":")
        place = self._dice.randrange(len(parts))
        parts[place] = self._dice.choice(("", "0", "-1", "9" * 15, "9" * 16, "nan", "Ä", "2026-02-30", "\x00", "1 OR"))
        return ":".join(parts)

    def _user(self, phone: Phone) -> Json:
        user = phone.user
        body: Json = {"id": user.id, "is_bot": False, "first_name": user.first_name}
        return body | ({"language_code": user.language_code} if user.language_code else {})

    def _chat(self, phone: Phone) -> Json:
        return {"id": phone.id, "type": "private", "first_name": phone.user.first_name}

    # --- everything else --------------------------------------------------------------------------------------

    def other(self) -> Made:
        """An update of any kind, whole by the schema: groups, channels, payments, boosts, business and what not."""
        self._author = self._dice.choice(self._phones)
        kind = self._dice.choice(kinds_of_update())
        field = next(one for one in types()["Update"]["fields"] if one["name"] == kind)
        return Made({kind: self._value(kind, field, 0)})

    def damaged(self) -> Made:
        """A real update, or another, with one to four things in it that no schema allows."""
        body = copy.deepcopy((self.real() if self._dice.random() < 0.7 else self.other()).body)
        for _ in range(self._dice.randint(1, 4)):
            body = self._spoilt(body)
        return Made(body)

    def _spoilt(self, body: Any) -> Any:
        """The same with one place lost, doubled, renamed or holding something else."""
        places = list(_places(body))
        if not places:
            return self.junk()
        holder, key = self._dice.choice(places)
        match self._dice.randrange(5):
            case 0:
                del holder[key]
            case 1 if isinstance(holder, dict):
                holder[self._dice.choice([*types()["Message"]["fields"]])["name"]] = holder[key]
            case 2:
                holder[key] = copy.deepcopy(self._dice.choice(places)[0])
            case _:
                holder[key] = self.junk()
        return body

    def junk(self) -> Any:
        """No update: numbers beyond all types, half letters, nested lists, nulls, whatever JSON can hold."""
        match self._dice.randrange(14):
            case 0:
                return None
            case 1:
                return self._dice.choice((True, False))
            case 2:
                return self._dice.choice((0, -1, 2**31, 2**52, 2**63, 2**64, -(2**63) - 1, 10**400, -(10**30)))
            case 3:
                return self._dice.choice((0.5, -0.0, 1e308, float("inf"), float("-inf"), float("nan")))
            case 4:
                return "\ud83d" + self._words() + "\udc00"
            case 5:
                return "\x00" * self._dice.randint(1, 50)
            case 6:
                return self._words() * 3000
            case 7:
                return self._nested(self._dice.choice((3, 50, 300)))
            case 8:
                return []
            case 9:
                return {}
            case 10:
                return [self.junk() for _ in range(3)]
            case 11:
                return {self._dice.choice(("id", "type", "chat", "from", "", "\ud800", "__class__")): self.junk()}
            case 12:
                return self._object(self._dice.choice(sorted(types())), [], DEEPEST)
            case _:
                return self._words()

    def _nested(self, depth: int) -> Any:
        """Boxes in boxes, of lists or of messages that answer messages."""
        inside: Any = self._words()
        asks = self._dice.choice(("reply_to_message", "pinned_message", None))
        for _ in range(depth):
            inside = [inside] if asks is None else {"message_id": 1, "date": 1, "chat": {"id": 1}, asks: inside}
        return inside

    # --- the schema -------------------------------------------------------------------------------------------

    def _object(self, name: str, wanted: Sequence[str], depth: int) -> Any:
        """Something of that type: the fields it must have, those wanted, and some of the others."""
        described = types()[name]
        if described.get("subtypes"):
            return self._of(self._dice.choice(described["subtypes"]), name, depth)
        chance = 0.0 if wanted or depth >= DEEPEST else OPTIONAL / (1 + depth)
        return {
            one["name"]: self._value(one["name"], one, depth)
            for one in described.get("fields", [])
            if one["required"] or one["name"] in wanted or self._dice.random() < chance
        }

    def _value(self, name: str, field: Json, depth: int) -> Any:
        kind = self._dice.choice(field["types"])
        quoted = re.findall(r"“([a-z_A-Z0-9]+)”", field["description"])
        if kind == "String" and quoted and name != "text":
            return self._dice.choice(quoted)
        constant = re.search(r"(?:must be|always) ([a-z_]+)\.?$", field["description"])
        return constant.group(1) if kind == "String" and constant else self._of(kind, name, depth)

    def _of(self, kind: str, name: str, depth: int) -> Any:
        match kind:
            case "Integer":
                return self._number(name)
            case "Float":
                return self._dice.uniform(-90, 90)
            case "Boolean":
                return self._dice.choice((True, False))
            case "True":
                return True
            case "String":
                return self._words()
            case "User" if self._dice.random() < 0.7:
                return self._user(self._author)
            case _ if kind.startswith("Array of "):
                many = self._dice.randrange(3) if depth < DEEPEST else 0
                return [self._of(kind.removeprefix("Array of "), name, depth + 1) for _ in range(many)]
        return self._object(kind, [], depth + 1)

    def _number(self, name: str) -> int:
        if "date" in name:
            return seconds(self._now())
        if name in {"id", "user_id", "chat_id"}:
            return self._dice.choice((self._author.id, -1001234567890, 777000))
        return self._dice.choice((0, 1, 2, 7, 100, 4096, 2**31 - 1))

    def _words(self) -> str:
        """A few words of this update's author, who is known by them."""
        words = self._dice.choice(WORDS)
        return words if self._author.id in self._unmarked else f"{words} {mark_of(self._author.id)}"


@cache
def _contents() -> tuple[str, ...]:
    """The fields of a message that say what it is: a voice, a poll, a gift, somebody who joined..."""
    return tuple(one["name"] for one in types()["Message"]["fields"] if one["name"] not in {*_around(), *_FIXED})


_FIXED: Final = ("message_id", "from", "chat", "date", "text")


_BESIDE: Final = frozenset(
    {
        *("message_thread_id", "sender_chat", "sender_boost_count", "sender_business_bot", "forward_origin", "quote"),
        *(
            "is_topic_message",
            "is_automatic_forward",
            "reply_to_message",
            "external_reply",
            "reply_to_story",
            "via_bot",
        ),
        *("edit_date", "has_protected_content", "is_from_offline", "is_paid_post", "media_group_id", "entities"),
        *("author_signature", "paid_star_count", "link_preview_options", "effect_id", "caption", "caption_entities"),
        *("show_caption_above_media", "has_media_spoiler", "reply_markup"),
    }
)


@cache
def _around() -> tuple[str, ...]:
    """The fields that stand beside any content: what it answers, who forwarded it, how it is to be shown."""
    return tuple(one["name"] for one in types()["Message"]["fields"] if one["name"] in _BESIDE)


def _places(body: Any) -> list[tuple[Any, Any]]:
    """Every place in it, as its holder and the key there."""
    found: list[tuple[Any, Any]] = []
    waiting = [body]
    while waiting:
        holder = waiting.pop()
        keys = list(holder) if isinstance(holder, dict) else range(len(holder)) if isinstance(holder, list) else ()
        found += [(holder, key) for key in keys]
        waiting += [holder[key] for key in keys]
    return found
