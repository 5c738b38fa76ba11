"""Whole conversations as a reader sees them, for translators, lawyers and programme leads."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.demo.emulator.model import Message
from bot.demo.mailbox import Letter

if TYPE_CHECKING:
    from tests.town.inhabitant import Inhabitant

_CODE_NAME = re.compile(r"\b(?:[A-Z][a-z]+)-\d{3}\b")
_TOKEN = re.compile(r"start=i_[A-Za-z0-9_-]+")
_PAGE = re.compile(r"(https://bot\.example/[a-z]+/)[A-Za-z0-9._=-]+")


@dataclass(slots=True)
class Transcript:
    """Everything said in the town, in order. Random code names and tokens are shown as the same ones each time."""

    lines: list[str] = field(default_factory=list)
    _names: dict[str, str] = field(default_factory=dict)

    def heading(self, title: str) -> None:
        self.lines += [f"## {title}", ""]

    def person(self, who: "Inhabitant", text: str) -> None:
        self.lines += [f"**{who.name.capitalize()}:** {self._steady(text)}", ""]

    def bot(self, to: "Inhabitant", message: Message) -> None:
        edited = " (rewritten)" if message.edited_at else ""
        file = f"\n> 📎 {message.attachment.name}" if message.attachment else ""
        body = "\n".join(f"> {line}" for line in self._steady(message.text).splitlines())
        keys = "".join("\n> " + " ".join(f"`{button.text}`" for button in row) for row in message.keyboard)
        self.lines += [f"**Bot → {to.name.capitalize()}**{edited}", f"{body}{file}{self._steady(keys)}", ""]

    def letter(self, letter: Letter) -> None:
        """One that went by e-mail."""
        body = "\n".join(f"> {line}".rstrip() for line in self._steady(letter.text).rstrip().splitlines())
        self.lines += [f"**Bot → {letter.to}** (e-mail: {self._steady(letter.subject)})", body, ""]

    def page(self, reader: str, lines: list[str]) -> None:
        """What a page in the browser says, as text."""
        body = "\n".join(f"> {self._steady(line)}".rstrip() for words in lines for line in words.splitlines())
        self.lines += [f"**Page → {reader}**", body, ""]

    def text(self) -> str:
        return "\n".join(self.lines).rstrip() + "\n"

    def _steady(self, text: str) -> str:
        text = _PAGE.sub(r"\1…", _TOKEN.sub("start=i_…", text))
        return _CODE_NAME.sub(lambda found: self._name(found[0]), text)

    def _name(self, found: str) -> str:
        return self._names.setdefault(found, f"Kompass-{101 + len(self._names)}")
