"""Which handler answers which action, command or awaited text, and which due-functions the clock calls.

Every capability's chat.py fills one `Routes`; the composition root joins them and a clash stops the start.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.actions import Action
from bot.happenings import Happening
from bot.roles import Person, Role
from bot.settings import Settings
from bot.turn import Button, Case, Document, Made, MenuItem, Message, Shelf, Spot, Tick, Turn

__all__ = ["Case", "Clash", "Routes", "joined"]

A = TypeVar("A", bound=Action)
H = TypeVar("H", bound=Happening)

PressHandler = Callable[[Turn, A], Awaitable[None]]
TextHandler = Callable[[Turn, A, str], Awaitable[None]]
SpotHandler = Callable[[Turn, A, Spot], Awaitable[None]]
DocumentHandler = Callable[[Turn, A, Document], Awaitable[None]]
Beside = Callable[[Tick, Person], Awaitable[Any]]
FileReader = Callable[["Sent"], Any]
FileHandler = Callable[[Tick, Person, A, "Read"], Awaitable[Made]]
CommandHandler = Callable[[Turn, str], Awaitable[None]]
Otherwise = Callable[[Turn], Awaitable[None]]
Subscriber = Callable[[Tick, H], Awaitable[None]]
Maker = Callable[[Mapping[str, Any]], Made]


class Watch(Protocol):
    """Sees every text of a young person before any handler does; it may say things first, and never stops the rest."""

    async def __call__(self, turn: Turn, text: str) -> None: ...


class Due(Protocol):
    """Handles what fell due at the tick's `now`; True while there may be more, so the clock calls again at once."""

    async def __call__(self, tick: Tick) -> bool: ...


@dataclass(frozen=True, slots=True)
class DueWork:
    """A due-function, and the rows it is for: while there is none of those it need not be called."""

    rows: Select[Any]
    do: Due


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was fetched, with what was loaded to look at it `beside`."""

    name: str
    content: bytes
    beside: Any = None


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was fetched: its number among those received, and what its reader made of it."""

    file: int
    value: Any


@dataclass(frozen=True, slots=True)
class Fetched:
    """What is done with a file once it is here: `reading` in a thread of its own, `do` in a transaction."""

    reading: FileReader
    do: FileHandler[Any]
    beside: Beside | None = None


class Clash(Exception):
    """Two handlers want the same action, command or text."""


@dataclass(slots=True)
class Routes:
    """The table of handlers; filled by decorators, read by dispatch and by the schedule."""

    actions: dict[str, type[Action]] = field(default_factory=dict)
    presses: dict[str, PressHandler[Any]] = field(default_factory=dict)
    texts: dict[str, TextHandler[Any]] = field(default_factory=dict)
    spots: dict[str, SpotHandler[Any]] = field(default_factory=dict)
    documents: dict[str, DocumentHandler[Any]] = field(default_factory=dict)
    files: dict[str, Fetched] = field(default_factory=dict)
    commands: dict[str, CommandHandler] = field(default_factory=dict)
    otherwise: dict[Case, Otherwise] = field(default_factory=dict)
    subscribers: dict[type[Happening], list[Subscriber[Any]]] = field(default_factory=dict)
    due: list[DueWork] = field(default_factory=list)
    watches: list[Watch] = field(default_factory=list)
    menu: list[MenuItem] = field(default_factory=list)
    makers: dict[str, Maker] = field(default_factory=dict)

    def press(self, action: type[A]) -> Callable[[PressHandler[A]], PressHandler[A]]:
        """The handler for a press on a button that carries this action."""

        def keep(handler: PressHandler[A]) -> PressHandler[A]:
            self._know(action)
            _add(self.presses, action.tag, handler)
            return handler

        return keep

    def text(self, action: type[A]) -> Callable[[TextHandler[A]], TextHandler[A]]:
        """The handler for the text that `turn.expect(action)` waits for."""

        def keep(handler: TextHandler[A]) -> TextHandler[A]:
            self._know(action)
            _add(self.texts, action.tag, handler)
            return handler

        return keep

    def spot(self, action: type[A]) -> Callable[[SpotHandler[A]], SpotHandler[A]]:
        """The handler for the place on the map that `turn.expect(action)` waits for."""

        def keep(handler: SpotHandler[A]) -> SpotHandler[A]:
            self._know(action)
            _add(self.spots, action.tag, handler)
            return handler

        return keep

    def document(self, action: type[A]) -> Callable[[DocumentHandler[A]], DocumentHandler[A]]:
        """The handler for the file that `turn.expect(action)` waits for. Nothing of it is here yet: the handler may
        have it fetched (`tick.have_fetched`)."""

        def keep(handler: DocumentHandler[A]) -> DocumentHandler[A]:
            self._know(action)
            _add(self.documents, action.tag, handler)
            return handler

        return keep

    def fetched(
        self, action: type[A], reading: FileReader, beside: Beside | None = None
    ) -> Callable[[FileHandler[A]], FileHandler[A]]:
        """The handler for a file that `have_fetched(..., action, ...)` asked for, once it is here.

        `reading` makes of it whatever the handler needs: a pure function, run in a thread of its own, which may be
        handed anything at all and must not raise on it. What it has to know of the database `beside` loads for it,
        without changing anything; the handler, in its own transaction, finds things as they are by then. What the
        handler gives back is said to whoever sent the file.
        """

        def keep(handler: FileHandler[A]) -> FileHandler[A]:
            self._know(action)
            _add(self.files, action.tag, Fetched(reading, handler, beside))
            return handler

        return keep

    def command(self, name: str) -> Callable[[CommandHandler], CommandHandler]:
        """The handler for `/name argument`."""

        def keep(handler: CommandHandler) -> CommandHandler:
            _add(self.commands, f"/{name}", handler)
            return handler

        return keep

    def on(self, happening: type[H]) -> Callable[[Subscriber[H]], Subscriber[H]]:
        """Have this act whenever a capability below says that it happened."""

        def keep(act: Subscriber[H]) -> Subscriber[H]:
            self.subscribers.setdefault(happening, []).append(act)
            return act

        return keep

    def when(self, case: Case) -> Callable[[Otherwise], Otherwise]:
        """The handler for what nothing else answers."""

        def keep(handler: Otherwise) -> Otherwise:
            _add(self.otherwise, case, handler)
            return handler

        return keep

    def at_tick(self, rows: Select[Any]) -> Callable[[Due], Due]:
        """Have the clock call this while there are such rows; the select may use `bot.storage.columns.NOW`."""

        def keep(due: Due) -> Due:
            self.due.append(DueWork(rows, due))
            return due

        return keep

    def make(self, kind: str) -> Callable[[Maker], Maker]:
        """Have this make what `turn.make(kind, facts)` asks for: a pure function, run in a thread of its own.

        The facts may hold text, numbers, truth values, None, and lists and dicts of these, which arrive as they were
        given. What has a language arrives as plain words: phrases, lines, moments and dates in the language that the
        person who asked has by then, `SaidIn(language, phrase)` in that one. Nothing else is at hand in the thread: no
        database, no clock, no settings.
        """

        def keep(maker: Maker) -> Maker:
            _add(self.makers, kind, maker)
            return maker

        return keep

    def watch(self, watch: Watch) -> Watch:
        """Have this see every text of a young person first."""
        self.watches.append(watch)
        return watch

    def offer(self, roles: Iterable[Role], order: int, button: Button, shelf: Shelf | None = None) -> None:
        """Put a line into the menu of these roles; where that is long, on this shelf of it."""
        self.menu.append(MenuItem(frozenset(roles), order, button, shelf))

    async def told(
        self, db: AsyncConnection, now: datetime, zone: ZoneInfo, happening: Happening, settings: Settings
    ) -> list[Message]:
        """What the subscribers say of something that happened outside any turn."""
        tick = Tick(now, db, zone, self.subscribers, settings=settings)
        await tick.happened(happening)
        return tick.said

    def _know(self, action: type[Action]) -> None:
        if self.actions.setdefault(action.tag, action) is not action:
            raise Clash(f"two actions are tagged {action.tag}")


def joined(parts: Iterable[Routes]) -> Routes:
    """All routes in one table; raises Clash where two capabilities want the same."""
    whole = Routes()
    for part in parts:
        for action in part.actions.values():
            whole._know(action)
        for mine, theirs in (
            (whole.presses, part.presses),
            (whole.texts, part.texts),
            (whole.spots, part.spots),
            (whole.documents, part.documents),
            (whole.files, part.files),
            (whole.commands, part.commands),
            (whole.otherwise, part.otherwise),
            (whole.makers, part.makers),
        ):
            for tag, handler in theirs.items():
                _add(mine, tag, handler)
        for happening, acts in part.subscribers.items():
            whole.subscribers.setdefault(happening, []).extend(acts)
        whole.due += part.due
        whole.watches += part.watches
        whole.menu += part.menu
    return whole


def _add(table: dict[Any, Any], tag: str, handler: object) -> None:
    if tag in table:
        raise Clash(f"two handlers want {tag}")
    table[tag] = handler
