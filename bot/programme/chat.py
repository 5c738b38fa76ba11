"""Everything that can be said and pressed about a case, in one table of routes."""

from bot.programme import chat_cases, chat_history, chat_rehearse, leaving, talking
from bot.programme.afterwards import chat_aftercare, chat_end, chat_reopen, chat_results
from bot.programme.joining import arriving, chat_assign, chat_begin, chat_eligibility, chat_meet, chat_snapshot
from bot.programme.mentors import chat_deputy, chat_hand_over, chat_wish, wish_ends
from bot.programme.period import chat_extend, chat_limits, chat_pause
from bot.programme.planning import chat_approval, chat_goals, chat_lay, chat_step_fields, chat_steps
from bot.programme.profile import chat_own_words, chat_profile
from bot.programme.twice import chat_duplicates
from bot.programme.worked import chat_hours, chat_hours_of, hours_sheet
from bot.routes import joined

routes = joined(
    (
        chat_cases.routes,
        chat_assign.routes,
        chat_deputy.routes,
        chat_hand_over.routes,
        chat_wish.routes,
        wish_ends.routes,
        chat_meet.routes,
        chat_eligibility.routes,
        chat_profile.routes,
        chat_own_words.routes,
        chat_goals.routes,
        chat_steps.routes,
        chat_step_fields.routes,
        chat_lay.routes,
        chat_approval.routes,
        chat_begin.routes,
        chat_pause.routes,
        chat_limits.routes,
        chat_extend.routes,
        chat_aftercare.routes,
        chat_results.routes,
        chat_end.routes,
        chat_reopen.routes,
        chat_history.routes,
        chat_duplicates.routes,
        chat_snapshot.routes,
        chat_hours.routes,
        chat_hours_of.routes,
        hours_sheet.routes,
        chat_rehearse.routes,
        talking.routes,
        arriving.routes,
        leaving.routes,
    )
)
