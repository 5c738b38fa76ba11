"""Partnerships: partners for projects, hours with experts, notes on what worked."""

from bot.partnerships import (
    chat_booking,
    chat_hub,
    chat_match,
    chat_notes,
    chat_offer,
    chat_wish,
    leaving,
    slot_files,
)
from bot.routes import joined

routes = joined(
    (
        chat_hub.routes,
        chat_wish.routes,
        chat_match.routes,
        chat_offer.routes,
        chat_booking.routes,
        chat_notes.routes,
        slot_files.routes,
        leaving.routes,
    )
)
