"""Events: writing an invitation, sending it, signing up, changes, the door, and what comes after."""

from bot.events import chat_running
from bot.events.after import chat_after
from bot.events.calendar import calendar_files, chat_calendar
from bot.events.changed import chat_cancelling, chat_changes, chat_handed
from bot.events.door import chat_door
from bot.events.files import chat_files, chat_organisers
from bot.events.finding import chat_news, chat_open
from bot.events.from_file import chat_import
from bot.events.going_out import chat_approval, chat_preview, chat_sending, chat_stopping
from bot.events.places import chat_capacity, chat_roster
from bot.events.questions import chat_questions
from bot.events.sessions import chat_cycles, chat_series
from bot.events.signup import chat_guests, chat_map, chat_needs, chat_pictures
from bot.events.whom import chat_audience
from bot.events.writing import chat_copy, chat_details, chat_drafts, chat_network, chat_writing
from bot.routes import joined

routes = joined(
    (
        chat_writing.routes,
        chat_audience.routes,
        chat_details.routes,
        chat_cycles.routes,
        chat_series.routes,
        chat_copy.routes,
        chat_map.routes,
        chat_preview.routes,
        chat_sending.routes,
        chat_stopping.routes,
        chat_approval.routes,
        chat_running.routes,
        chat_changes.routes,
        chat_handed.routes,
        chat_cancelling.routes,
        chat_guests.routes,
        chat_roster.routes,
        chat_needs.routes,
        chat_capacity.routes,
        chat_network.routes,
        chat_news.routes,
        chat_calendar.routes,
        calendar_files.routes,
        chat_door.routes,
        chat_after.routes,
        chat_questions.routes,
        chat_open.routes,
        chat_import.routes,
        chat_drafts.routes,
        chat_files.routes,
        chat_organisers.routes,
        chat_pictures.routes,
    )
)
