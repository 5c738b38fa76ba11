"""Sources for coordinators, the links that friends and partners pass on, and what is made of them."""

from bot.outreach import chat_friend, chat_passing, chat_sources, making
from bot.routes import joined

routes = joined((chat_sources.routes, chat_friend.routes, chat_passing.routes, making.routes))
