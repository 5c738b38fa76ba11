"""Sources for coordinators, the link that friends pass on, and what is made of both."""

from bot.outreach import chat_friend, chat_sources, making
from bot.routes import joined

routes = joined((chat_sources.routes, chat_friend.routes, making.routes))
