"""Everything that can be said and pressed about check-ins, in one table of routes."""

from bot.checkins import (
    calendar_files,
    calendar_sending,
    chat_days_off,
    chat_digest,
    chat_drift,
    chat_feed,
    chat_my_goals,
    chat_nudge,
    chat_plan,
    chat_plans,
    chat_pulse,
    chat_record,
    chat_rhythm,
    chat_slots,
    chat_snooze,
    chat_tasks,
    chat_today,
    chat_trend,
    chat_why,
    due_digest,
    due_drift,
    due_nudges,
    due_slots,
    planning,
)
from bot.routes import joined

routes = joined(
    (
        chat_record.routes,
        chat_pulse.routes,
        chat_trend.routes,
        chat_today.routes,
        chat_tasks.routes,
        chat_snooze.routes,
        chat_slots.routes,
        due_slots.routes,
        chat_digest.routes,
        due_digest.routes,
        chat_feed.routes,
        calendar_files.routes,
        chat_plan.routes,
        chat_my_goals.routes,
        chat_plans.routes,
        chat_nudge.routes,
        chat_drift.routes,
        due_drift.routes,
        due_nudges.routes,
        chat_days_off.routes,
        chat_rhythm.routes,
        chat_why.routes,
        planning.routes,
        calendar_sending.routes,  # behind planning, for it looks at what that left
    )
)
