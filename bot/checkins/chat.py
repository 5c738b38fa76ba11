"""Everything that can be said and pressed about check-ins, in one table of routes."""

from bot.checkins import chat_days_off, chat_plan, chat_pulse, chat_record, chat_today, planning
from bot.routes import joined

routes = joined(
    (
        chat_record.routes,
        chat_pulse.routes,
        chat_today.routes,
        chat_plan.routes,
        chat_days_off.routes,
        planning.routes,
    )
)
