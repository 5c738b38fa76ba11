"""Who may do what of partnerships. Pure."""

from bot.partnerships.slots import Slot
from bot.partnerships.wishes import Wish
from bot.roles import Person


def owns(person: Person, wish: Wish) -> bool:
    """Whether the wish is theirs."""
    return wish.person_id == person.id


def may_change(person: Person, wish: Wish) -> bool:
    """Whether the wish is theirs and not over."""
    return owns(person, wish) and wish.closed_at is None


def runs(person: Person, slot: Slot) -> bool:
    """Whether the hour is theirs to give."""
    return slot.expert_id == person.id


def booked(person: Person, slot: Slot) -> bool:
    """Whether the hour is theirs to come to."""
    return slot.booked_by == person.id and slot.cancelled_at is None
