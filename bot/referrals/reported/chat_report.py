"""The report on referrals in chat, for whoever answers for a municipality: coordinators and leads."""

from datetime import date
from typing import Final

from bot.outreach.funnel import places_of
from bot.referrals.reported import report, screens_report, store_report
from bot.referrals.reported.actions_report import ReportFile, ShowReport
from bot.referrals.reported.report import Period, Row
from bot.routes import Routes
from bot.turn import Keyboard, Turn, button
from bot.words import Lines

routes = Routes()
routes.make("referrals.report")(screens_report.make)

A_PAGE: Final = 4
"""Partners shown at a time: more would not fit into one message in every language."""


@routes.command("referral_report")
async def referral_report(turn: Turn, _argument: str) -> None:
    await show(turn, ShowReport(Period.YEAR))


@routes.press(ShowReport)
async def show(turn: Turn, action: ShowReport) -> None:
    """How those who are asked for help answer, partner by partner."""
    rows = await _rows(turn, action.period)
    page = max(action.page, 0)
    here = rows[page * A_PAGE : (page + 1) * A_PAGE]
    lines = Lines(tuple(screens_report.row(one) for one in here))
    turn.replace(
        "referrals.staff.report.report" if here else "referrals.staff.report.nothing",
        keyboard=_keyboard(action.period, page, len(rows)),
        period=screens_report.title(_since(turn, action.period)),
        lines=lines,
        note=screens_report.note(turn.settings.fewest_shown),
    )


@routes.press(ReportFile)
async def file(turn: Turn, action: ReportFile) -> None:
    rows = await _rows(turn, action.period)
    turn.say("referrals.staff.report.making")
    facts = screens_report.facts(rows, _since(turn, action.period), turn.settings.fewest_shown)
    turn.make("referrals.report", facts)


async def _rows(turn: Turn, period: Period) -> list[Row]:
    hours = await turn.hours()
    before = report.until(turn.now, hours)
    found = await store_report.passed(turn.db, turn.person, places_of(turn.person), before, hours)
    return report.rows(found, _since(turn, period), turn.settings.fewest_shown)


def _since(turn: Turn, period: Period) -> date | None:
    return report.since(period, turn.now.astimezone(turn.zone).date())


def _keyboard(period: Period, page: int, number: int) -> Keyboard:
    others = tuple(
        button(f"referrals.staff.button.report_{one.value}", ShowReport(one)) for one in Period if one is not period
    )
    rows: Keyboard = (others, (button("referrals.staff.button.report_file", ReportFile(period)),))
    if (page + 1) * A_PAGE < number:
        rows = ((button("referrals.staff.button.more", ShowReport(period, page + 1)),), *rows)
    return rows
