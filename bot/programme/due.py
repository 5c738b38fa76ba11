"""What falls due for a case, in one table of routes: contacts, plans, pauses, periods, results, wishes."""

from bot.programme.afterwards import due_results
from bot.programme.joining import due_contact
from bot.programme.mentors import due_wishes
from bot.programme.period import due_pauses, due_period
from bot.programme.planning import due_approval
from bot.routes import joined

routes = joined(
    (
        due_approval.routes,
        due_contact.routes,
        due_period.routes,
        due_pauses.routes,
        due_results.routes,
        due_wishes.routes,
    )
)
