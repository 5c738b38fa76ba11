"""The one model of Telegram: what the bot asks comes in by `call`, what people do comes in by their phones."""

import itertools
import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.clock import Clock
from bot.demo.emulator import methods
from bot.demo.emulator.answer import Answer, Line, accepted, refused
from bot.demo.emulator.chats import Person, Room
from bot.demo.emulator.faults import Fault, Faults
from bot.demo.emulator.files import FileStore
from bot.demo.emulator.groups import Groups
from bot.demo.emulator.ledger import Ledger
from bot.demo.emulator.limits import Limits
from bot.demo.emulator.model import Chat, ChatKind, Json, Message, Outgoing, Press, Unanswered, UploadedFile, User
from bot.demo.emulator.phone import Phone
from bot.demo.emulator.polling import Polling
from bot.demo.emulator.presses import Presses
from bot.demo.emulator.profile import Profile
from bot.demo.emulator.refusals import (
    Problem,
    ProblemKind,
    Refused,
    RefusedCall,
    bad_request,
    malformed_token,
    too_many_requests,
    unauthorized,
    unknown_method,
)
from bot.demo.emulator.schema import method_named
from bot.demo.emulator.updates import UpdateQueue

_FIRST_UPDATE = 500_000_001


class Telegram:
    """Everything Telegram knows of one bot and its people; times are UTC by the given clock.

    `kept` bounds calls, outgoing texts and refusals, `messages_kept` the messages of each chat; None keeps all.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        token: str = "1234:demo",
        bot_username: str = "proti_un_dari_demo_bot",
        bot_name: str = "PROTI un DARI!",
        limits: Limits | None = None,
        kept: int | None = 100_000,
        messages_kept: int | None = 10_000,
    ) -> None:
        self.clock = clock
        self.token = token
        self.bot = User(int(token.split(":")[0]), bot_name, username=bot_username, is_bot=True)
        self.limits = limits if limits is not None else Limits()
        self.queue = UpdateQueue(_FIRST_UPDATE)
        self.faults = Faults(self.queue, clock)
        self.ledger = Ledger(kept)
        self.files = FileStore()
        self.profile = Profile(bot_name)
        self.polling = Polling(self.queue, clock)
        self.presses = Presses(clock)
        self.people: dict[int, Person] = {}
        self.rooms: dict[int, Room] = {}
        self.phones: dict[int, Phone] = {}
        self.groups = Groups(self)
        self._messages_kept = messages_kept
        self._message_ids = itertools.count(1)
        self._subscribers: list[Callable[[int], None]] = []

    # The bot's side

    async def call(
        self, method: str, params: Json, files: Mapping[str, UploadedFile], token: str, *, patient: bool = False
    ) -> Answer:
        """One call of the Bot API; with `patient`, getUpdates waits up to its timeout for something to come."""
        if not self.faults.listening:
            return Answer(503, {}, line=Line.REFUSES)
        if token != self.token or self.faults.token_revoked:
            self.ledger.counts[method] += 1
            return refused(unauthorized() if re.fullmatch(r"\d+:[\w-]+", token) else malformed_token())
        if self.faults.pause:
            await self.clock.sleep(self.faults.pause)
        fault = self.faults.strike(method, _as_chat(params.get("chat_id")))
        if fault is not None and not fault.strikes_after:
            self._note(method, params)
            return self._struck(fault, method, params)
        answer = await self._done(method, params, files, patient)
        if fault is None:
            return answer
        if method.lower() == "getupdates":
            self.queue.lost_on_the_way()
        return fault.spoil(answer)

    def download(self, path: str, token: str) -> Answer:
        """A file's content, by the path that getFile gave."""
        if not self.faults.listening:
            return Answer(503, {}, line=Line.REFUSES)
        if token != self.token or self.faults.token_revoked:
            return refused(unauthorized())
        file = self.files.at(path)
        if file is None:
            return refused(malformed_token())
        headers = {"Content-Type": "application/octet-stream"}
        if self.faults.truncated_downloads > 0:
            self.faults.truncated_downloads -= 1
            return Answer(200, {}, line=Line.CUT, raw=file.content[: file.size // 2], headers=headers)
        return Answer(200, {}, raw=file.content, headers=headers)

    async def _done(self, name: str, params: Json, files: Mapping[str, UploadedFile], patient: bool) -> Answer:
        chat_id = _as_chat(params.get("chat_id"))
        try:
            method = method_named(name)
            if method is None:
                self._note(name, params)
                raise unknown_method()
            name = method.name
            try:
                params, unknown = method.check(params, files)
            finally:
                self._note(name, params)
            for parameter in unknown:
                self.report(ProblemKind.SCHEMA, name, f"no such parameter: {parameter}", chat_id)
            if name == "getUpdates":
                return accepted(await self.polling.get_updates(params, patient))
            return accepted(self.faults.dress(methods.perform(self, name, params, files)))
        except Refused as refusal:
            self.ledger.refused(name, chat_id, refusal, self.clock.now())
            return refused(refusal)

    def _note(self, method: str, params: Json) -> None:
        self.ledger.calls.append((method, params))
        self.ledger.counts[method] += 1

    def _struck(self, fault: Fault, method: str, params: Json) -> Answer:
        chat_id = _as_chat(params.get("chat_id"))
        refusal = fault.refusal()
        if refusal is not None:
            self.ledger.refused(method, chat_id, refusal, self.clock.now())
            if refusal.status == 429 and chat_id is not None:
                self.limits.hold(chat_id, fault.retry_after or 1, self.clock.monotonic())
        return fault.spoil(Answer(200, {"ok": True, "result": True}))

    def room_for(self, chat_id: int | str, *, writing: bool = True) -> Room:
        """The chat a call means; raises `Refused` where Telegram would not let the bot in."""
        room = self.rooms.get(chat_id) if isinstance(chat_id, int) else None
        if room is None:
            raise bad_request("chat not found")
        refusal = room.refusal() if writing else None
        if refusal is not None:
            raise refusal
        return room

    def admit(self, chat_id: int) -> None:
        """Counts one send or edit; raises `Refused` 429 when it is too many."""
        held = self.limits.admit(chat_id, self.clock.monotonic())
        if held is not None:
            raise too_many_requests(held.retry_after, ProblemKind.FLOOD if held.told_before else None)

    def acted_in(self, room: Room, method: str, text: str | None = None) -> None:
        """The bot did something that people in this chat see."""
        room.unanswered.clear()
        if text is not None:
            self.ledger.outgoing.append(Outgoing(room.chat.id, text, method, self.clock.now()))
        self.changed(room.chat.id)

    def next_message_id(self) -> int:
        return next(self._message_ids)

    def report(self, kind: ProblemKind, method: str, detail: str, chat_id: int | None = None) -> None:
        self.ledger.problem(kind, method, detail, chat_id, self.clock.now())

    # The people's side

    def phone(
        self,
        user_id: int,
        first_name: str,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = None,
    ) -> Phone:
        """The phone of that person; the same id gives the same phone."""
        if user_id not in self.phones:
            person = Person(User(user_id, first_name, last_name, username, language_code))
            self.people[user_id] = person
            chat = Chat(user_id, ChatKind.PRIVATE)
            self.rooms[user_id] = Room(chat, self.next_message_id, person, {user_id}, kept=self._messages_kept)
            self.phones[user_id] = Phone(self, person, self.rooms[user_id])
        return self.phones[user_id]

    def open_group(self, chat: Chat, members: set[int], sees_everything: bool) -> Room:
        """A new group's room; only a supergroup counts its own messages."""
        own = itertools.count(1)
        ids = own.__next__ if chat.kind is ChatKind.SUPERGROUP else self.next_message_id
        room = Room(chat, ids, members=members, bot_sees_everything=sees_everything, kept=self._messages_kept)
        self.rooms[chat.id] = room
        return room

    def happened(self, kind: str, body: Json, room: Room) -> None:
        """Queue an update about this chat and tell who watches it."""
        self.queue.add(kind, body, room.chat.id, self.clock.now())
        self.changed(room.chat.id)

    def pressed(self, press: Press, body: Json, room: Room) -> None:
        """Queue a press and remember it for its answer."""
        self.presses.remember(press, self.queue.add("callback_query", body, room.chat.id, self.clock.now()))
        self.changed(room.chat.id)

    def changed(self, chat_id: int) -> None:
        for subscriber in self._subscribers:
            subscriber(chat_id)

    # The test's side

    def subscribe(self, callback: Callable[[int], None]) -> Callable[[], None]:
        """Have `callback` called with the chat id on each change; the result ends it."""
        self._subscribers.append(callback)
        return lambda: self._subscribers.remove(callback)

    @property
    def updates_waiting(self) -> int:
        """How many updates the bot has not confirmed."""
        return len(self.queue)

    @property
    def problems(self) -> list[Problem]:
        return self.ledger.problems

    @property
    def calls(self) -> list[tuple[str, Json]]:
        return list(self.ledger.calls)

    @property
    def refusals(self) -> list[RefusedCall]:
        return list(self.ledger.refusals)

    def outgoing(self) -> list[Outgoing]:
        """Every text the bot sent or edited in, oldest first."""
        return list(self.ledger.outgoing)

    def unanswered(self) -> list[Unanswered]:
        """What people did after which the bot has done nothing in that chat."""
        return [pending for room in self.rooms.values() for pending in room.unanswered]

    def commands_for(self, user: Phone | User | int) -> tuple[tuple[str, str], ...]:
        """What the menu button of this person's private chat shows: (command, description)."""
        user_id = user if isinstance(user, int) else user.id
        language = self.people[user_id].user.language_code or ""
        scopes = [("chat", user_id, None), ("all_private_chats", None, None), ("default", None, None)]
        return self.profile.commands_in(list(scopes), language.split("-")[0])

    def push(self, raw: Any) -> int:
        """Queue any raw update, well-formed or not; returns its update_id."""
        return self.faults.push(raw)

    def lower_update_ids(self, to: int) -> None:
        """Update ids restart at `to`, as Telegram may do after a week of silence."""
        self.queue.restart_ids(to)

    def group(self, title: str, *members: Phone, supergroup: bool = False, sees_everything: bool = False) -> Chat:
        """A group of these people and the bot; without `sees_everything` the bot gets commands and replies only."""
        return self.groups.found(title, members, supergroup, sees_everything)

    def migrate(self, group_id: int) -> int:
        """Make the group a supergroup; returns the new id. Sends to the old one are refused with it."""
        return self.groups.migrate(group_id)

    def messages_in(self, chat_id: int) -> tuple[Message, ...]:
        return self.rooms[chat_id].seen


def _as_chat(value: object) -> int | None:
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and re.fullmatch(r"-?\d{1,19}", value) else None
