"""Groups with the bot in them, and the day one becomes a supergroup under a new id."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.demo.emulator.chats import Room
from bot.demo.emulator.model import Chat, ChatKind, Json, Message, User
from bot.demo.emulator.wire import membership_json, message_json, user_json

if TYPE_CHECKING:
    from bot.demo.emulator.phone import Phone
    from bot.demo.emulator.telegram import Telegram

_FIRST_SUPERGROUP = 1_000_000_000_000


class Groups:
    """Founds groups and moves them."""

    def __init__(self, telegram: "Telegram") -> None:
        self._telegram = telegram
        self._count = 0

    def found(self, title: str, members: Iterable["Phone"], supergroup: bool, sees_everything: bool) -> Chat:
        """Raises ValueError for a group of nobody: somebody has to add the bot."""
        phones = list(members)
        if not phones:
            raise ValueError("a group needs a member who adds the bot")
        telegram = self._telegram
        chat = self._new_chat(title, supergroup)
        room = telegram.open_group(chat, {phone.id for phone in phones}, sees_everything)
        founder = phones[0].user
        became = membership_json(room, founder, telegram.bot, telegram.clock.now(), "left", "member")
        telegram.happened("my_chat_member", became, room)
        self._service(room, founder, {"new_chat_members": [user_json(telegram.bot)]})
        return chat

    def migrate(self, group_id: int) -> int:
        """The new id; raises LookupError when there is no such basic group."""
        old = self._telegram.rooms.get(group_id)
        if old is None or old.chat.kind is not ChatKind.GROUP or old.moved_to is not None:
            raise LookupError(f"no basic group {group_id}")
        chat = self._new_chat(old.chat.title or "", supergroup=True)
        new = self._telegram.open_group(chat, set(old.members), old.bot_sees_everything)
        old.moved_to = chat.id
        mover = self._telegram.people[min(old.members)].user
        self._service(old, mover, {"migrate_to_chat_id": chat.id})
        self._service(new, mover, {"migrate_from_chat_id": group_id})
        return chat.id

    def _new_chat(self, title: str, supergroup: bool) -> Chat:
        self._count += 1
        if supergroup:
            return Chat(-(_FIRST_SUPERGROUP + self._count), ChatKind.SUPERGROUP, title)
        return Chat(-(4000 + self._count), ChatKind.GROUP, title)

    def _service(self, room: Room, by: User, service: Json) -> None:
        now = self._telegram.clock.now()
        message = room.add(Message(room.next_id(), room.chat.id, "person", by, now, service=service))
        self._telegram.happened("message", message_json(message, room), room)
