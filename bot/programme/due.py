"""What falls due for a case, in one table of routes: a contact that nobody answers, a period that ends."""

from bot.programme import due_contact, due_period
from bot.routes import joined

routes = joined((due_contact.routes, due_period.routes))
