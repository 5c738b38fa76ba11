"""The buttons of the report."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action
from bot.referrals.reported.report import Period


@dataclass(frozen=True, slots=True)
class ShowReport(Action):
    """The report on that period."""

    tag: ClassVar[str] = "referrals.report"
    period: Period
    page: int = 0


@dataclass(frozen=True, slots=True)
class ReportFile(Action):
    """The same as a file."""

    tag: ClassVar[str] = "referrals.report_file"
    period: Period
