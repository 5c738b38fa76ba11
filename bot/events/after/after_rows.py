"""Ways on below an event that depend on where it stands: for a guest, and for those who run it."""

from datetime import datetime

from bot.events.after.screens_after import results_row
from bot.events.door import attendance
from bot.events.door.screens_door import door_row, ticket_row
from bot.events.event import OFF, Event, Invitation, Reply
from bot.events.files import screens_files
from bot.events.finding.actions_open import MuteKind
from bot.events.questions.actions_questions import AskQuestion, ShowQuestions
from bot.events.signup.screens_guests import mine_row, voice
from bot.turn import Keyboard, Row, Tick, button


def rows_for_guest(event: Event, invitation: Invitation | None, now: datetime, *, is_youth: bool) -> Keyboard:
    """A ticket for whoever comes and is not there yet, a question for anybody, "no more of these" for whoever does not
    come."""
    rows: list[Row] = []
    if event.state in OFF:
        return ()
    if invitation is not None and event.takes_answers and _wants_ticket(event, invitation, now):
        rows.append(ticket_row(event.id, is_youth=is_youth))
    rows.append(question_row(event.id, is_youth=is_youth))
    if is_youth and (invitation is None or invitation.reply is not Reply.YES):
        rows.append((button("events.youth.button.mute", MuteKind(event.id)),))
    return tuple(rows)


def _wants_ticket(event: Event, invitation: Invitation, now: datetime) -> bool:
    arriving = now <= attendance.end_of(event) + attendance.AROUND
    return arriving and attendance.comes(invitation) and invitation.came_at is None


def question_row(event_id: int, *, is_youth: bool) -> Row:
    """The way to ask the organiser."""
    return (button(f"events.{voice(is_youth=is_youth)}.button.question", AskQuestion(event_id)),)


async def afterwards(tick: Tick, event: Event, *, is_youth: bool) -> Keyboard:
    """Below the question how it was: the materials, a question of one's own, and what else they are invited to."""
    materials = await screens_files.material_rows(tick.db, event.id)
    return (*materials, question_row(event.id, is_youth=is_youth), mine_row(is_youth=is_youth))


def rows_for_organiser(event: Event, now: datetime) -> Keyboard:
    """Below the event's page: its door (whose code is printed beforehand), its questions, its results once it began."""
    rows: list[Row] = []
    if event.takes_answers and event.state not in OFF:
        rows.append(door_row(event.id))
    rows.append((button("events.staff.button.questions", ShowQuestions(event.id)),))
    if event.takes_answers and event.starts_at <= now:
        rows.append(results_row(event.id))
    return tuple(rows)
