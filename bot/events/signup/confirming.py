"""Whether an answer was given for another time or place than it is now, so that it is asked for again."""

from bot.events.changed import changes, store_changes
from bot.events.event import Event, Invitation, Reply
from bot.events.places import store_seats
from bot.turn import Connection


async def wanted(db: Connection, event: Event, invitation: Invitation) -> bool:
    """Their yes or maybe is for what was before; the place they have stays theirs meanwhile."""
    if invitation.reply not in (Reply.YES, Reply.MAYBE) or (invitation.answered_sequence or 0) >= event.sequence:
        return False
    told = await store_changes.told(db, event.id)
    return changes.asks_again(changes.since(told, invitation.answered_sequence or 0, event), event)


async def counted(db: Connection, event: Event) -> tuple[int, int] | None:
    """How many of those who come have said so since the last change of time or place, and how many they are in all;
    None while nothing was changed that they are asked about."""
    told = await store_changes.told(db, event.id)
    if not changes.asks_again(changes.since(told, 0, event), event):
        return None
    by_sequence = await store_seats.coming_since(db, event.id)
    asked = {known for known in by_sequence if changes.asks_again(changes.since(told, known, event), event)}
    coming = sum(by_sequence.values())
    return coming - sum(by_sequence[known] for known in asked), coming
