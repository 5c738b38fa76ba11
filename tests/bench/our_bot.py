"""`python -m bot run` with two things of the bench's choice: no limits, or a clock that says it is day.

BENCH_LIMITS=off sends as fast as it can, where the bot and not Telegram's limit is measured; BENCH_CLOCK=day begins at
noon of a working day, as broadcasts wait while it is night. All else is the bot as it is.
"""

import os
import sys
from datetime import UTC, datetime
from typing import Any, Final

from bot import app
from bot.__main__ import main
from bot.clock import Clock
from bot.delivery.limits import Rates
from bot.demo.clock import TurnableClock
from bot.settings import Settings

DAY: Final = datetime(2026, 3, 4, 10, tzinfo=UTC)
NO_LIMITS: Final = Rates(total=10**6, kept_for_replies=1, chat_burst=10**6, group=10**6)

_as_it_is = app.put_together


def _put_together(settings: Settings, token: str, clock: Clock, **others: Any) -> app.App:
    day = os.environ.get("BENCH_CLOCK") == "day"
    rates = NO_LIMITS if os.environ.get("BENCH_LIMITS") == "off" else None
    return _as_it_is(settings, token, TurnableClock(DAY) if day else clock, rates=rates, **others)


if __name__ == "__main__":
    app.put_together = _put_together
    sys.exit(main(["run"]))
