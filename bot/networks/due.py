"""What the clock does for networks."""

from bot.networks import due_opinions
from bot.routes import joined

routes = joined((due_opinions.routes,))
