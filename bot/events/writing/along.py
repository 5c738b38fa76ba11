"""What goes along with an invitation that is being written, for the page of its draft."""

from bot.events.files import screens_files, store_files
from bot.events.files.actions_files import Purpose
from bot.events.going_out import store_approvals
from bot.events.going_out.sending import Decision
from bot.events.sessions import store_cycles, store_series
from bot.events.telling import Around
from bot.events.writing.drafts import Draft
from bot.people import store as people
from bot.turn import Turn
from bot.words import Phrase, phrase


async def along(turn: Turn, draft: Draft, told: Around) -> list[Phrase]:
    """Why it was last handed back; its files, its sessions or the cycle it belongs to, and the line of whoever pays for
    it; a line each."""
    sessions = await store_series.planned(turn.db, draft)
    in_cycle = draft.series_id is not None and draft.particulars.held_in is None
    cycle = await store_cycles.cycle(turn.db, draft.series_id or 0) if in_cycle else None
    return [
        *await _returned(turn, draft),
        *screens_files.named(await store_files.of(turn.db, draft.id, Purpose.WITH)),
        *([phrase("events.staff.draft_sessions", count=len(sessions))] if sessions else []),
        *([] if cycle is None else [phrase("events.staff.draft_cycle", title=cycle.title)]),
        *([] if told.publicity is None else [phrase("events.staff.more_publicity", line=told.publicity)]),
    ]


async def _returned(turn: Turn, draft: Draft) -> list[Phrase]:
    """What a second coordinator would rather have changed, until it is handed in anew."""
    last = await store_approvals.approval(turn.db, draft.id)
    if last is None or last.decision is not Decision.RETURNED or last.decided_at is None or not last.reason:
        return []
    second = None if last.decided_by is None else await people.person(turn.db, last.decided_by)
    name = "-" if second is None else second.name or second.code_name
    return [phrase("events.staff.draft_returned", at=last.decided_at, name=name, reason=last.reason)]
