"""Invitations to events: writing one, sending and running it, and being invited."""

from bot.events import chat_guests, chat_sending, chat_writing
from bot.routes import joined

routes = joined((chat_writing.routes, chat_sending.routes, chat_guests.routes))
