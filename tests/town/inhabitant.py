"""One person of the town with a phone: says, taps, and sees by key."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.demo.emulator.model import Message
from bot.demo.emulator.phone import Phone
from bot.texts import Texts
from bot.words import Fact, Language, phrase
from tests.town.reading import pattern

if TYPE_CHECKING:
    from tests.town.town import Town


@dataclass(slots=True)
class Inhabitant:
    """`language` is the one they expect to read; messages count as unread until a test saw them."""

    town: "Town"
    name: str
    phone: Phone
    language: Language
    is_staff: bool = False
    unread: list[Message] = field(default_factory=list)
    known: dict[int, tuple[str, object, object]] = field(default_factory=dict)

    async def says(self, text: str) -> None:
        """Types a line; the bot restarts, answers, and is done."""
        self.town.a_moment_passes()
        self.town.transcript.person(self, text)
        await self.phone.send(text)
        await self.town.after_a_moment()

    async def sends_file(self, name: str, content: bytes) -> None:
        """Sends a file; the bot restarts, answers, and is done."""
        self.town.a_moment_passes()
        self.town.transcript.person(self, f"[{name}]")
        await self.phone.send_document(name, content)
        await self.town.after_a_moment()

    async def taps(self, key: str) -> None:
        """Presses the newest visible button whose label is that key's words."""
        self.town.a_moment_passes()
        message, button = self.find_button(key)
        self.town.transcript.person(self, f"[{button[0]}]")
        await self.phone.press(message.id, button[1])
        await self.town.after_a_moment()

    async def taps_label(self, label: str) -> None:
        """Presses the newest visible button whose label contains these words."""
        for message in reversed(self.phone.messages):
            for button in message.buttons:
                if label in button.text and button.data is not None:
                    self.town.a_moment_passes()
                    self.town.transcript.person(self, f"[{button.text}]")
                    await self.phone.press(message.id, button.data)
                    await self.town.after_a_moment()
                    return
        raise AssertionError(f"{self.name} finds no button {label!r}; there are {self.buttons}")

    async def taps_old(self, message_id: int, data: str) -> None:
        """Presses a button as an outdated or dishonest client would: any data under any message."""
        self.town.a_moment_passes()
        await self.phone.forge_press(data, message_id)
        await self.town.after_a_moment()

    async def forges(self, data: str) -> None:
        """Sends callback data of their own making."""
        self.town.a_moment_passes()
        await self.phone.forge_press(data)
        await self.town.after_a_moment()

    def find_button(self, key: str) -> tuple[Message, tuple[str, str]]:
        """The newest message with such a button, and the button's label and data."""
        wanted = pattern(key, self.language)
        for message in reversed(self.phone.messages):
            for button in message.buttons:
                if button.data is not None and wanted.fullmatch(button.text):
                    return message, (button.text, button.data)
        raise AssertionError(f"{self.name} finds no button {key}; there are {self.buttons}")

    def words(self, key: str, **facts: Fact) -> str:
        """What that key says to them with these facts."""
        return Texts(self.town.settings.zone).plain(phrase(key, **facts), self.language)

    @property
    def buttons(self) -> list[str]:
        """The labels under their newest message that has any."""
        for message in reversed(self.phone.messages):
            if message.buttons:
                return [button.text for button in message.buttons]
        return []

    def sees(self, key: str) -> Message:
        """One unread message holds that key's words; it and all before it count as read."""
        wanted = pattern(key, self.language)
        for index, message in enumerate(self.unread):
            if wanted.search(message.text):
                del self.unread[: index + 1]
                return message
        raise AssertionError(f"{self.name} does not see {key}; unread: {[one.text for one in self.unread]}")

    def sees_words(self, words: str) -> Message:
        """One unread message holds these very words."""
        for index, message in enumerate(self.unread):
            if words in message.text:
                del self.unread[: index + 1]
                return message
        raise AssertionError(f"{self.name} does not see {words!r}; unread: {[one.text for one in self.unread]}")

    def sees_nothing(self) -> None:
        """Nothing new has come."""
        assert not self.unread, f"{self.name} has unread: {[message.text for message in self.unread]}"

    def does_not_see(self, key: str) -> None:
        """No unread message holds that key's words."""
        wanted = pattern(key, self.language)
        assert not any(wanted.search(message.text) for message in self.unread), f"{self.name} sees {key}"

    def reads_rest(self) -> list[Message]:
        """Whatever else came does not matter to this test."""
        rest, self.unread = self.unread, []
        return rest

    def notice_changes(self) -> None:
        """Put new and changed messages of the bot among the unread, oldest first."""
        for message in self.phone.messages:
            now = (message.text, message.keyboard, message.edited_at)
            if message.sender == "bot" and self.known.get(message.id) != now:
                self.known[message.id] = now
                self.unread = [one for one in self.unread if one.id != message.id] + [message]
                self.town.transcript.bot(self, message)
