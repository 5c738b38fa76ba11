"""What an invited person sees: their invitations, and one of them with the answer they gave."""

from typing import Final

from bot.events import rules, screens, store_guests
from bot.events.actions import ShowInvitation
from bot.events.rules import Event, Reply
from bot.people import consenting
from bot.turn import Keyboard, Turn, button
from bot.words import Lines, Phrase, phrase

LIST_LIMIT: Final = 10


async def show_mine(turn: Turn) -> None:
    """What is coming that this person was invited to, and what they said."""
    is_youth = turn.person.is_youth
    to = screens.voice(is_youth=is_youth)
    found = await store_guests.coming_to(turn.db, turn.person.id, turn.now, LIST_LIMIT)
    if not found:
        ways = (*await consenting.events_row(turn), *turn.home)
        turn.replace(f"events.{to}.nothing_coming", keyboard=screens.helped(ways, is_youth=is_youth))
        return
    rows: Keyboard = tuple(
        (button("events.any.button.title", ShowInvitation(event.id), title=screens.short(event.title)),)
        for event, _ in found
    )
    lines = tuple(
        phrase(
            "events.any.line",
            title=event.title,
            when=event.starts_at,
            answer=phrase(f"events.{to}.line_{reply.value if reply else 'silent'}"),
        )
        for event, reply in found
    )
    turn.replace(f"events.{to}.coming", keyboard=screens.helped(rows, is_youth=is_youth), events=Lines(lines))


def show_invitation(turn: Turn, event: Event, reply: Reply | None) -> None:
    """One invitation with the answer given so far."""
    is_youth = turn.person.is_youth
    page = screens.invitation(event, is_youth=is_youth, after=_after(turn, event, reply))
    screens.show(turn, page, screens.invitation_keyboard(event, reply, is_youth=is_youth))


def _after(turn: Turn, event: Event, reply: Reply | None) -> Phrase | None:
    if reply is None:
        return None
    to = screens.voice(is_youth=turn.person.is_youth)
    if reply is Reply.YES and rules.will_remind(event, turn.now):
        return phrase(f"events.{to}.said_yes_reminded")
    return phrase(f"events.{to}.said_{reply.value}")
