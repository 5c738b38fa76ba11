"""Every button and awaited text of partnerships."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action
from bot.partnerships.matches import Says
from bot.partnerships.wishes import Field, Part, Side


@dataclass(frozen=True, slots=True)
class ShowHub(Action):
    """What there is: partners, hours of experts, notes."""

    tag: ClassVar[str] = "partnerships.hub"


# --- wishes -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShowWishes(Action):
    """What this person looks for, and what was found."""

    tag: ClassVar[str] = "partnerships.wishes"


@dataclass(frozen=True, slots=True)
class BeginWish(Action):
    """Look for a partner; asked which side one stands on where there is none."""

    tag: ClassVar[str] = "partnerships.begin"
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class AskPart(Action):
    """Ask for this of a wish; the next text is its answer."""

    tag: ClassVar[str] = "partnerships.ask"
    partner_wish: int
    part: Part


@dataclass(frozen=True, slots=True)
class ToggleField(Action):
    """A field in, or out: the button says which, so that a second press does not undo the first."""

    tag: ClassVar[str] = "partnerships.field"
    partner_wish: int
    field: Field
    chosen: bool


@dataclass(frozen=True, slots=True)
class ToggleCountry(Action):
    """A country in, or out."""

    tag: ClassVar[str] = "partnerships.country"
    partner_wish: int
    country: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ToggleLanguage(Action):
    """A language in, or out."""

    tag: ClassVar[str] = "partnerships.language"
    partner_wish: int
    language: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class LeavePart(Action):
    """Go on to what is asked next; where dates can be left open, they are."""

    tag: ClassVar[str] = "partnerships.leave"
    partner_wish: int
    part: Part


@dataclass(frozen=True, slots=True)
class ShowWish(Action):
    """One's own wish."""

    tag: ClassVar[str] = "partnerships.wish"
    partner_wish: int


@dataclass(frozen=True, slots=True)
class Publish(Action):
    """Have partners looked for."""

    tag: ClassVar[str] = "partnerships.publish"
    partner_wish: int


@dataclass(frozen=True, slots=True)
class CloseWish(Action):
    """Look no more: asked once more unless `sure`."""

    tag: ClassVar[str] = "partnerships.close"
    partner_wish: int
    sure: bool


@dataclass(frozen=True, slots=True)
class StillLooking(Action):
    """The answer to the question whether they still look."""

    tag: ClassVar[str] = "partnerships.still"
    partner_wish: int


@dataclass(frozen=True, slots=True)
class ShowMatch(Action):
    """Somebody who fits that wish of one's own."""

    tag: ClassVar[str] = "partnerships.match"
    match: int
    partner_wish: int


@dataclass(frozen=True, slots=True)
class SayOfMatch(Action):
    """Whether to be introduced."""

    tag: ClassVar[str] = "partnerships.say"
    match: int
    partner_wish: int
    says: Says


# --- hours of experts -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShowSlots(Action):
    """What can be booked, and what is."""

    tag: ClassVar[str] = "partnerships.slots"


@dataclass(frozen=True, slots=True)
class OfferSlots(Action):
    """An expert offers hours: first the subject; the next text is it."""

    tag: ClassVar[str] = "partnerships.offer"


@dataclass(frozen=True, slots=True)
class OfferFor(Action):
    """The hours are for those who took part in that event; for everybody where there is none."""

    tag: ClassVar[str] = "partnerships.for"
    hours_offer: int
    event: int | None


@dataclass(frozen=True, slots=True)
class OfferPlace(Action):
    """Where, or at which address: the next text."""

    tag: ClassVar[str] = "partnerships.place"
    hours_offer: int


@dataclass(frozen=True, slots=True)
class OfferWhen(Action):
    """When the first hour begins: the next text."""

    tag: ClassVar[str] = "partnerships.when"
    hours_offer: int


@dataclass(frozen=True, slots=True)
class OfferLength(Action):
    """How long each is, and how many follow each other; asked where it is not said."""

    tag: ClassVar[str] = "partnerships.length"
    hours_offer: int
    minutes: int | None = None
    how_many: int | None = None


@dataclass(frozen=True, slots=True)
class ShowSlot(Action):
    """One hour."""

    tag: ClassVar[str] = "partnerships.slot"
    expert_slot: int


@dataclass(frozen=True, slots=True)
class BookSlot(Action):
    """Book it."""

    tag: ClassVar[str] = "partnerships.book"
    expert_slot: int


@dataclass(frozen=True, slots=True)
class SayAbout(Action):
    """What one wants to talk of: the next text."""

    tag: ClassVar[str] = "partnerships.about"
    expert_slot: int


@dataclass(frozen=True, slots=True)
class GiveBack(Action):
    """Give the hour back: asked once more unless `sure`."""

    tag: ClassVar[str] = "partnerships.give_back"
    expert_slot: int
    sure: bool


@dataclass(frozen=True, slots=True)
class CallOff(Action):
    """The expert takes it out: asked once more unless `sure`."""

    tag: ClassVar[str] = "partnerships.call_off"
    expert_slot: int
    sure: bool


@dataclass(frozen=True, slots=True)
class NoteCame(Action):
    """Whether it took place."""

    tag: ClassVar[str] = "partnerships.came"
    expert_slot: int
    came: bool


# --- practice notes ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShowNotes(Action):
    """The notes from Latvia, or from abroad, page by page."""

    tag: ClassVar[str] = "partnerships.notes"
    abroad: bool = False
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowNote(Action):
    """One note."""

    tag: ClassVar[str] = "partnerships.note"
    practice_note: int


@dataclass(frozen=True, slots=True)
class BeginNote(Action):
    """Write a note: where the practice is from is asked first."""

    tag: ClassVar[str] = "partnerships.begin_note"
    abroad: bool | None = None


@dataclass(frozen=True, slots=True)
class NoteTitle(Action):
    """Its title is the next text; from that country, or from the writer's own municipality."""

    tag: ClassVar[str] = "partnerships.note_title"
    country: str | None


@dataclass(frozen=True, slots=True)
class NoteText(Action):
    """Its text is the next text."""

    tag: ClassVar[str] = "partnerships.note_text"
    practice_note: int


@dataclass(frozen=True, slots=True)
class NoteLink(Action):
    """An address where there is more is the next text; none where `without`."""

    tag: ClassVar[str] = "partnerships.note_link"
    practice_note: int
    without: bool


@dataclass(frozen=True, slots=True)
class RetireNote(Action):
    """Take it out: asked once more unless `sure`."""

    tag: ClassVar[str] = "partnerships.retire"
    practice_note: int
    sure: bool
