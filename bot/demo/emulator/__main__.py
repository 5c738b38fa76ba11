"""`python -m bot.demo.emulator`: Telegram on this machine, with the control door open."""

import argparse
from collections.abc import Sequence

from aiohttp import web

from bot.clock import SystemClock
from bot.demo.clock import TurnableClock
from bot.demo.emulator import Limits, Telegram
from bot.demo.emulator.control import add_control
from bot.demo.emulator.server import make_app


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bot.demo.emulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default="1234:demo")
    parser.add_argument("--no-limits", action="store_true", help="take any number of messages")
    parser.add_argument("--kept", type=int, default=100_000, help="calls and texts remembered")
    parser.add_argument("--messages-kept", type=int, default=10_000, help="messages remembered in each chat")
    chosen = parser.parse_args(arguments)
    clock = TurnableClock(SystemClock().now())
    telegram = Telegram(
        clock,
        token=chosen.token,
        limits=Limits(enabled=not chosen.no_limits),
        kept=chosen.kept,
        messages_kept=chosen.messages_kept,
    )
    app = make_app(telegram)
    add_control(app, telegram)
    web.run_app(app, host=chosen.host, port=chosen.port, access_log=None)


if __name__ == "__main__":
    main()
