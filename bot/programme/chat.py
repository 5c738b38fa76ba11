"""Everything that can be said and pressed about a case, in one table of routes."""

from bot.programme import arriving, chat_assign, chat_begin, chat_cases, chat_end, chat_meet, leaving, talking
from bot.routes import joined

routes = joined(
    (
        chat_cases.routes,
        chat_assign.routes,
        chat_meet.routes,
        chat_begin.routes,
        chat_end.routes,
        talking.routes,
        arriving.routes,
        leaving.routes,
    )
)
