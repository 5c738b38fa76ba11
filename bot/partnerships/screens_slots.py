"""What hours of experts look like to those who give and who book them."""

from collections.abc import Sequence

from bot.partnerships.actions import (
    BookSlot,
    CallOff,
    GiveBack,
    NoteCame,
    OfferLength,
    OfferSlots,
    SayAbout,
    ShowSlot,
    ShowSlots,
)
from bot.partnerships.screens import hub_row
from bot.partnerships.slots import LENGTHS, Offer, Slot
from bot.turn import Keyboard, Row, button
from bot.typed import shortened
from bot.words import Fact, Phrase, phrase

COUNTS = (1, 2, 3, 4, 6, 8)


def slot_row(slot: Slot) -> Row:
    """The way to one hour."""
    subject = shortened(slot.subject, 13)
    return (button("partnerships.any.button.slot", ShowSlot(slot.id), when=slot.starts_at, subject=subject),)


def overview_keyboard(mine: Sequence[Slot], given: Sequence[Slot], free: Sequence[Slot]) -> Keyboard:
    """What I booked, what I give, what is free, and the way to offer more."""
    return (
        *(slot_row(one) for one in (*mine, *given, *free)),
        (button("partnerships.staff.button.offer", OfferSlots()),),
        hub_row(),
    )


def line(slot: Slot, state: Phrase) -> Phrase:
    return phrase("partnerships.any.slot_line", when=slot.starts_at, subject=slot.subject, state=state)


def described(slot: Slot, expert: Fact, event: Fact | None) -> Phrase:
    """One hour as a whole."""
    condition = (
        phrase("partnerships.any.for_all") if event is None else phrase("partnerships.any.for_event", title=event)
    )
    return phrase(
        "partnerships.any.slot",
        subject=slot.subject,
        expert=expert,
        when=slot.starts_at,
        minutes=slot.minutes,
        place=slot.place,
        condition=condition,
    )


def free_keyboard(slot: Slot) -> Keyboard:
    return ((button("partnerships.staff.button.book", BookSlot(slot.id)),), back())


def booked_keyboard(slot: Slot) -> Keyboard:
    """For whoever has booked it."""
    return (
        (button("partnerships.staff.button.about", SayAbout(slot.id)),),
        (button("partnerships.staff.button.give_back", GiveBack(slot.id, sure=False)),),
        back(),
    )


def expert_keyboard(slot: Slot, *, is_over: bool) -> Keyboard:
    """For the expert: take it out, or say whether it took place."""
    if not is_over:
        return ((button("partnerships.staff.button.call_off", CallOff(slot.id, sure=False)),), back())
    if slot.booked_by is None:
        return (back(),)
    return (
        (
            button("partnerships.staff.button.came", NoteCame(slot.id, came=True)),
            button("partnerships.staff.button.did_not_come", NoteCame(slot.id, came=False)),
        ),
        back(),
    )


def lengths(offer: Offer) -> Keyboard:
    """How long each is."""
    return (
        tuple(button("partnerships.any.button.minutes", OfferLength(offer.id, one), minutes=one) for one in LENGTHS),
        back(),
    )


def counts(offer: Offer, minutes: int) -> Keyboard:
    """How many follow each other."""
    row = tuple(
        button("partnerships.any.button.number", OfferLength(offer.id, minutes, one), number=one) for one in COUNTS
    )
    return (row[:3], row[3:], back())


def back() -> Row:
    return (button("partnerships.any.button.back", ShowSlots()),)
