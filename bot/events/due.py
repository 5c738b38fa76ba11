"""What the clock does for events."""

from bot.events.after import due_after
from bot.events.calendar import due_calendars, due_reminding
from bot.events.changed import due_changes
from bot.events.going_out import due_approvals, due_progress, due_sending, lost
from bot.events.places import due_offers
from bot.events.questions import due_questions
from bot.routes import joined

routes = joined(
    (
        due_sending.routes,
        due_progress.routes,
        due_approvals.routes,
        due_reminding.routes,
        due_changes.routes,
        due_calendars.routes,
        due_after.routes,
        due_questions.routes,
        due_offers.routes,
        lost.routes,
    )
)
