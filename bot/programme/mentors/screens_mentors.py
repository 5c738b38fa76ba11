"""What can be pressed about who guides a case: a deputy, a hand-over, and the wish for another mentor."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action
from bot.programme import rules
from bot.programme.mentors.wishes import Refusal
from bot.programme.rules import Case
from bot.roles import Person
from bot.turn import Keyboard, Row, button


@dataclass(frozen=True, slots=True)
class ChooseDeputy(Action):
    """Who stands in for the mentor, and who could."""

    tag: ClassVar[str] = "programme.deputies"
    case: int


@dataclass(frozen=True, slots=True)
class NameDeputy(Action):
    tag: ClassVar[str] = "programme.deputy"
    case: int
    deputy: int


@dataclass(frozen=True, slots=True)
class EndDeputy(Action):
    """This deputy stands in no longer; an old button does not end what somebody else began."""

    tag: ClassVar[str] = "programme.end_deputy"
    case: int
    deputy: int


@dataclass(frozen=True, slots=True)
class HandOver(Action):
    """Who could take the case over."""

    tag: ClassVar[str] = "programme.hand_over"
    case: int


@dataclass(frozen=True, slots=True)
class HandTo(Action):
    """Give the case from the one to the other; asked once more unless `sure`."""

    tag: ClassVar[str] = "programme.hand_to"
    case: int
    mentor: int
    before: int | None
    sure: bool = False


@dataclass(frozen=True, slots=True)
class HandWithNote(Action):
    """The same with a note for the next mentor, which will be typed; also what the typed line then means."""

    tag: ClassVar[str] = "programme.hand_note"
    case: int
    mentor: int
    before: int | None


@dataclass(frozen=True, slots=True)
class HandAll(Action):
    """Every case of a mentor who leaves, each with the one who fits best; without a mentor, those who have none.

    `proposal` is the digest of what was shown: with it, all of that is done.
    """

    tag: ClassVar[str] = "programme.hand_all"
    mentor: int | None
    proposal: str | None = None


@dataclass(frozen=True, slots=True)
class ReadHandover(Action):
    """What was written for the next mentor."""

    tag: ClassVar[str] = "programme.hand_read"
    handover: int


@dataclass(frozen=True, slots=True)
class AskAnother(Action):
    """The young person would like another mentor: who would see that, and what may be said."""

    tag: ClassVar[str] = "programme.another"


@dataclass(frozen=True, slots=True)
class AnotherInWords(Action):
    """They will write a few words; also what the typed line then means."""

    tag: ClassVar[str] = "programme.another_words"


@dataclass(frozen=True, slots=True)
class SendAnother(Action):
    tag: ClassVar[str] = "programme.another_send"


@dataclass(frozen=True, slots=True)
class DropAnother(Action):
    """They think otherwise now."""

    tag: ClassVar[str] = "programme.another_drop"


@dataclass(frozen=True, slots=True)
class OpenWish(Action):
    """Show whoever decides what the young person wrote, and what can be decided."""

    tag: ClassVar[str] = "programme.wish"
    wish: int


@dataclass(frozen=True, slots=True)
class TalkFirst(Action):
    """Talk with the young person before anything is decided."""

    tag: ClassVar[str] = "programme.wish_talk"
    wish: int


@dataclass(frozen=True, slots=True)
class NoOther(Action):
    """No other mentor now, and why."""

    tag: ClassVar[str] = "programme.wish_no"
    wish: int
    why: Refusal | None = None


def mentor_rows(person: Person, case: Case) -> Keyboard:
    """On the page of a case that has a mentor: giving it to another, and who stands in."""
    if not case.is_open or case.mentor_id is None:
        return ()
    row: Row = ()
    if rules.may_assign(person, case):
        row = (*row, button("programme.staff.button.hand_over", HandOver(case.id)))
    if rules.may_name_deputy(person, case):
        row = (*row, button("programme.staff.button.deputy", ChooseDeputy(case.id)))
    return (row,) if row else ()


def another_mentor_row(case: Case) -> Keyboard:
    """On the young person's plan: the way to ask for another mentor, where there is one."""
    if not case.is_open or case.mentor_id is None:
        return ()
    return ((button("programme.youth.button.another_mentor", AskAnother()),),)
