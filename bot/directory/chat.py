"""The directory in conversation: contacts for anybody, the cards behind them, and the register of partners."""

from bot.directory import (
    chat_agreeing,
    chat_agreements,
    chat_card,
    chat_check,
    chat_choices,
    chat_contacts,
    chat_exchange,
    chat_find,
    chat_full,
    chat_partner,
    chat_register,
    chat_service,
    due_agreements,
)
from bot.routes import joined

routes = joined(
    (
        chat_contacts.routes,
        chat_card.routes,
        chat_register.routes,
        chat_partner.routes,
        chat_service.routes,
        chat_choices.routes,
        chat_check.routes,
        chat_full.routes,
        chat_exchange.routes,
        chat_find.routes,
        chat_agreements.routes,
        chat_agreeing.routes,
        due_agreements.routes,
    )
)
