"""What falls due for a case, in one table of routes: contacts, plans, pauses, periods, results, wishes."""

from bot.programme import due_approval, due_contact, due_pauses, due_period, due_results, due_wishes
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
