"""What a handler is handed: who, when and the open transaction; what it says is gathered and commits with its rows."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any, Final, Protocol, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.actions import Action
from bot.calendar import Hours
from bot.happenings import Happening
from bot.roles import Person, Role
from bot.settings import Settings
from bot.storage import days_off, records
from bot.storage.files import Received
from bot.storage.records import Look
from bot.words import Fact, Language, Phrase

log = logging.getLogger(__name__)


class Numbered(Protocol):
    """What stands in a row with a number of its own."""

    @property
    def id(self) -> int: ...


N = TypeVar("N", bound=Numbered)

Connection = AsyncConnection
"""The open transaction, for those who only hand it on to a store."""

_DELETED_AT_ONCE: Final = 100
"""What one call of deleteMessages takes."""

AWAIT_TEXT_FOR: Final = timedelta(hours=24)
"""How long a question that wants a typed answer stays open."""


class Priority(IntEnum):
    """Replies pass notices, notices pass broadcasts; letters go another way, by `bot.mail`."""

    REPLY = 0
    NOTICE = 1
    BROADCAST = 2
    MAIL = 3


CHATS: Final = (Priority.REPLY, Priority.NOTICE, Priority.BROADCAST)
"""What goes to Telegram, most urgent first."""


class Case(StrEnum):
    """What dispatch asks for when no button, command or awaited text says what is meant."""

    RESUME = "resume"  # show this person where they were, or their menu
    UNKNOWN_TEXT = "unknown_text"  # a text that nobody awaited
    UNKNOWN_COMMAND = "unknown_command"
    OLD_BUTTON = "old_button"  # unknown, damaged or from an older version
    FORBIDDEN = "forbidden"  # not for this person, or not there: the same words for both
    NOT_TEXT = "not_text"  # sticker, voice, photo, file, contact, location...
    EDITED = "edited"  # a text they changed afterwards
    TOO_LONG = "too_long"
    BARRED = "barred"  # staff blocked this person; only help and their own data are left
    TOO_FAST = "too_fast"  # more at once than can be answered; the rest was not done
    BROKEN = "broken"  # a handler failed: our fault, said so
    RETURNED = "returned"  # unblocked the bot


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: a press on it is the action."""

    label: Phrase
    action: Action


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens an address; `says` are words that go at its end, in the reader's language."""

    label: Phrase
    url: str
    says: Phrase | None = None


Row = tuple[Button | Link, ...]
Keyboard = tuple[Row, ...]


def button(key: str, action: Action, **facts: Fact) -> Button:
    """A button, written the short way."""
    return Button(Phrase(key, facts), action)


class AttachmentKind(StrEnum):
    """How Telegram shows a file: to be kept as it is, or to be looked at in the chat."""

    DOCUMENT = "document"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes out with a message: at most 50 MB, a picture 10 MB (Bot API, sendDocument, sendPhoto)."""

    name: str
    content: bytes
    kind: AttachmentKind = AttachmentKind.DOCUMENT


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that lies with Telegram, by its id there. It goes above the words where they have room below it (Bot
    API, sendPhoto), and `row` of the keyboard, which brings it, is then left out; else the words go without it."""

    file_id: str
    row: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file that somebody sent, before it is fetched: Telegram's id for it, the name they gave it, its size in bytes
    as Telegram tells it, if it does."""

    file_id: str
    name: str
    size: int | None


MOST_FETCHED: Final = 5_000_000
"""Bytes of a file that is fetched; Telegram itself gives a bot 20 MB at most (Bot API, getFile)."""

FETCH: Final = "fetch"
"""The kind of making that fetches a file; see `Routes.fetched`."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map, in degrees (WGS 84)."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Making:
    """Slow work that somebody asked for: what the workshop is to make of which facts."""

    person_id: int
    kind: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Made:
    """What the workshop made, for whoever asked: the phrase and the keyboard go below the last file."""

    phrase: Phrase
    attachments: tuple[Attachment, ...] = ()
    keyboard: Keyboard = ()
    about: int | None = None
    unasked: bool = False
    """Somebody else had it made for them: a notice, which waits for the morning and needs consent like any other."""
    consent: str | None = None
    """The purpose that lets us bring it unasked, where it is not the consent to be contacted."""


@dataclass(frozen=True, slots=True)
class Farewell:
    """Where the last words go to somebody whose row is already erased."""

    chat: int
    language: Language


@dataclass(frozen=True, slots=True)
class Mail:
    """A letter by e-mail, in the language of whoever reads there; `body` holds the link as a fact, no person's name.

    `once` names the occasion, so that the database refuses a second letter for it, and so that whoever wrote it hears
    of it if it cannot be delivered (`bot.happenings.MailLost`); `about` is the young person, gone if they are erased.
    """

    to: str
    language: Language
    subject: Phrase
    body: Phrase
    once: str
    about: int | None = None


NOBODY: Final = 0
"""Stands where a message needs a person of ours and has none: a letter goes to an address."""


@dataclass(frozen=True, slots=True)
class Message:
    """Something to be said to somebody: a row of the outbox before it is one."""

    to: int
    phrase: Phrase
    keyboard: Keyboard = ()
    priority: Priority = Priority.REPLY
    edits: int | None = None
    about: int | None = None
    at_night: bool = False
    not_before: datetime | None = None
    expires_at: datetime | None = None
    once: str | None = None
    batch: str | None = None
    attachment: Attachment | None = None
    farewell: Farewell | None = None
    location: Spot | None = None
    """Sent in place of words."""
    deletes: tuple[int, ...] = ()
    """Messages to take from the chat, in place of words; at most 100 (Bot API, deleteMessages)."""
    consent: str | None = None
    """The purpose that lets us write first, where it is not the consent to be contacted."""
    mail: Mail | None = None
    """A letter in place of a message to a chat; `to` is then `NOBODY`."""
    picture: Picture | None = None


class Shelf(StrEnum):
    """Where a line of a long menu stands, by its purpose."""

    PARTNERS = "partners"
    """Who else helps young people, and what there is from them."""
    REACH = "reach"
    """How people come to us."""
    TEAM = "team"
    """Colleagues, and the rules of the programme."""
    SELF = "self"
    """What concerns the reader alone."""


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A line of somebody's menu, offered to the roles it is for; in a long menu it stands on its `shelf`."""

    roles: frozenset[Role]
    order: int
    button: Button
    shelf: Shelf | None = None


MORE: Final = 50
"""The order of the button to the whole menu: what comes before it is for every day, what comes after stands there."""

Subscribers = Mapping[type[Happening], Sequence[Callable[["Tick", Any], Awaitable[None]]]]


@dataclass(slots=True)
class Tick:
    """One look at the clock: what fell due at `now` claims its rows in `db` and tells whom it concerns."""

    now: datetime
    db: AsyncConnection
    zone: ZoneInfo
    subscribers: Subscribers = field(default_factory=dict)
    said: list[Message] = field(default_factory=list)
    making: list[Making] = field(default_factory=list)
    settings: Settings = field(default_factory=Settings.model_construct, repr=False)
    """What the people who run the bot decided; the defaults where nobody says otherwise."""
    failed: int = 0
    """How many of those that fell due failed, each apart from the others."""
    _hours: Hours | None = None

    async def hours(self) -> Hours:
        """The calendar as it stands at this moment, one-off days included."""
        if self._hours is None:
            self._hours = Hours.latvia(self.zone, await days_off.load(self.db))
        return self._hours

    def tell(
        self,
        person_id: int,
        what: Phrase,
        *,
        keyboard: Keyboard = (),
        about: int | None = None,
        priority: Priority = Priority.NOTICE,
        at_night: bool = False,
        not_before: datetime | None = None,
        expires_at: datetime | None = None,
        once: str | None = None,
        batch: str | None = None,
        consent: str | None = None,
        picture: Picture | None = None,
    ) -> None:
        """Send somebody a notice. It waits for the morning unless `at_night`; `once` names the occasion, so that the
        database refuses a second message for it; `about` is the young person it speaks of, gone if they are erased.

        A young person must have agreed to be contacted, or to the purpose that `consent` names."""
        self.said.append(
            Message(
                person_id,
                what,
                keyboard,
                priority,
                about=about,
                at_night=at_night,
                not_before=not_before,
                expires_at=expires_at,
                once=once,
                batch=batch,
                consent=consent,
                picture=picture,
            )
        )

    def write(self, letter: Mail) -> None:
        """Send a letter by e-mail; see `Mail`."""
        self.said.append(
            Message(
                NOBODY,
                letter.body,
                priority=Priority.MAIL,
                about=letter.about,
                at_night=True,
                once=letter.once,
                mail=letter,
            )
        )

    def have_made(self, person_id: int, kind: str, facts: Mapping[str, Any]) -> None:
        """Have the workshop make this and bring it to that person; see `Routes.make`."""
        self.making.append(Making(person_id, kind, facts))

    def have_fetched(self, person_id: int, action: Action, file: Received) -> None:
        """Have the workshop fetch this file from Telegram and hand it to the handler of `action`; see
        `Routes.fetched`."""
        facts = {"action": action.pack(), "file": file.id, "file_id": file.file_id, "name": file.name}
        self.have_made(person_id, FETCH, facts)

    @asynccontextmanager
    async def apart(self, row: int) -> AsyncIterator[None]:
        """One of several that fell due, on its own: should it fail, what it wrote and said is undone, the log names its
        number, and the others go on; it is tried again at the next ring."""
        said, making = len(self.said), len(self.making)
        try:
            async with self.db.begin_nested():
                yield
        except DBAPIError:
            raise
        except Exception:
            del self.said[said:], self.making[making:]
            self.failed += 1
            log.exception("one that fell due failed", extra={"action": "due_row_failed", "row": row})

    async def each(self, found: Sequence[N], do: Callable[["Tick", N], Awaitable[None]], page: int) -> bool:
        """Do it to each of those that fell due, on its own; True where they fill a `page`: there may be more."""
        for one in found:
            async with self.apart(one.id):
                await do(self, one)
        return len(found) == page

    async def happened(self, happening: Happening) -> None:
        """Let every capability that subscribed to this act on it, before the transaction ends."""
        for act in self.subscribers.get(type(happening), ()):
            await act(self, happening)

    async def record(self, action: str, *, actor: int | None = None, subject: str = "", subject_id: int = 0) -> None:
        """Write the audit line: who did what to which record, never any content."""
        await records.write(self.db, self.now, actor, action, subject, subject_id)


@dataclass(slots=True)
class Turn(Tick):
    """One press or message of one person, handled inside one transaction."""

    person: Person = field(kw_only=True)
    menu: Sequence[MenuItem] = field(kw_only=True, default=())
    pressed: int | None = field(kw_only=True, default=None)
    client_language: str | None = field(kw_only=True, default=None)
    expecting: Action | None = field(kw_only=True, default=None)
    deep_link: Callable[[str], str] = field(kw_only=True)
    """The t.me address that starts the bot with that payload."""
    telegram_id: int = field(kw_only=True, repr=False)
    """For the farewell after an erasure alone."""
    cases: Mapping[Case, Callable[["Turn"], Awaitable[None]]] = field(kw_only=True)

    remark: Phrase | None = field(kw_only=True, default=None)
    heard_danger: bool = field(kw_only=True, default=False)
    """Whether the safety watch has just answered what they wrote."""
    _expected: tuple[Action, datetime] | None = field(kw_only=True, default=None)

    def say(
        self,
        key: str,
        *,
        keyboard: Keyboard = (),
        attachment: Attachment | None = None,
        location: Spot | None = None,
        about: int | None = None,
        **facts: Fact,
    ) -> None:
        """Answer with a new message; a `location` goes ahead of it, so that the buttons stay below."""
        if location is not None:
            self.said.append(Message(self.person.id, Phrase(key), about=about, at_night=True, location=location))
        self.said.append(
            Message(self.person.id, Phrase(key, facts), keyboard, about=about, at_night=True, attachment=attachment)
        )

    def replace(self, key: str, *, keyboard: Keyboard = (), about: int | None = None, **facts: Fact) -> None:
        """Answer by rewriting the message whose button was pressed; after a typed line, with a new one."""
        self.said.append(
            Message(self.person.id, Phrase(key, facts), keyboard, edits=self.pressed, about=about, at_night=True)
        )

    def replace_with(self, what: Phrase, keyboard: Keyboard = ()) -> None:
        """The same with a phrase at hand."""
        self.said.append(Message(self.person.id, what, keyboard, edits=self.pressed, at_night=True))

    def take_away(self, messages: Sequence[int]) -> None:
        """Delete these messages from this person's chat, theirs or ours (Telegram lets us for 48 hours)."""
        for first in range(0, len(messages), _DELETED_AT_ONCE):
            page = tuple(messages[first : first + _DELETED_AT_ONCE])
            self.said.append(Message(self.person.id, Phrase(""), at_night=True, deletes=page))

    def say_farewell(self, key: str, to: Farewell, keyboard: Keyboard = (), **facts: Fact) -> None:
        """The last words to somebody whose row this turn erases; who is discreet reads them where they pressed, as an
        edit shows on no locked screen."""
        edits = self.pressed if self.person.discreet else None
        self.said.append(Message(self.person.id, Phrase(key, facts), keyboard, edits=edits, at_night=True, farewell=to))

    def expect(self, action: Action, lasting: timedelta = AWAIT_TEXT_FOR) -> None:
        """Take this person's next text as the answer to `action`, for that long.

        Whatever they do next ends the waiting, so that a text never lands where it was not meant; a handler that wants
        to go on waiting says so again (`turn.expect(turn.expecting)`).
        """
        self._expected = (action, self.now + lasting)

    def make(self, kind: str, facts: Mapping[str, Any]) -> None:
        """Have the workshop make this beside the conversation and bring it to this person; see `Routes.make`."""
        self.have_made(self.person.id, kind, facts)

    async def case(self, case: Case) -> None:
        """Let whoever answers this case answer it."""
        await self.cases[case](self)

    async def forbidden(self) -> None:
        """The one answer to what is not theirs and to what is not there, so that nobody learns which it was."""
        await self.case(Case.FORBIDDEN)

    async def carry_on(self, remark: Phrase | None = None) -> None:
        """Show this person where they were, or their menu, with a remark above it."""
        self.remark = remark
        await self.case(Case.RESUME)

    @property
    def silent(self) -> bool:
        """Whether nothing has been said to this person yet."""
        return all(message.to != self.person.id for message in self.said)

    @property
    def present(self) -> tuple[int, ...]:
        """Who is certainly there when what was said is queued: this person, unless this turn erased them."""
        return () if any(message.farewell for message in self.said) else (self.person.id,)

    @property
    def looks(self) -> list[Look]:
        """What staff were shown of young people in this turn: each about whom it was, and by which capability."""
        if self.person.is_youth:
            return []
        return [
            Look(self.person.id, message.about, message.phrase.key.partition(".")[0])
            for message in self.said
            if message.to == self.person.id and message.about is not None and message.about != self.person.id
        ]

    @property
    def expected_next(self) -> tuple[Action, datetime] | None:
        return self._expected

    @property
    def home(self) -> Keyboard:
        """What this person does every day and the way to the whole menu, one button a row: the way on from anywhere."""
        return tuple((item.button,) for item in self.offered if item.order <= MORE)

    @property
    def offered(self) -> Sequence[MenuItem]:
        """Everything this person can begin here, in the order of their menu."""
        return sorted((item for item in self.menu if item.roles & self.person.roles), key=lambda item: item.order)

    async def note(self, action: str, subject: str = "", subject_id: int = 0) -> None:
        """The audit line for what this person just did."""
        await self.record(action, actor=self.person.id, subject=subject, subject_id=subject_id)
