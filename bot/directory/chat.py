"""The directory in conversation: contacts for anybody, and the cards that stand behind them."""

from bot.directory import chat_card, chat_contacts
from bot.routes import joined

routes = joined((chat_contacts.routes, chat_card.routes))
