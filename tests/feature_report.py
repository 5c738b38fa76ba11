"""`make features`: which rows of the feature and fault tables have a passing test, a failing one, or none."""

import csv
from pathlib import Path

import pytest

ROWS = Path(__file__).parent / "features.csv"


class FeatureReport:
    """Gathers outcomes by the rows that tests carry as `@pytest.mark.feature("G4")`."""

    def __init__(self) -> None:
        self._outcomes: dict[str, set[str]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "call" and not report.failed:
            return
        for name, value in report.user_properties:
            if name == "feature":
                self._outcomes.setdefault(str(value), set()).add(report.outcome)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        with ROWS.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        counts = {"passes": 0, "fails": 0, "no test": 0}
        for row in rows:
            outcomes = self._outcomes.get(row["row"], set())
            verdict = "no test" if not outcomes else "fails" if "failed" in outcomes else "passes"
            counts[verdict] += 1
            terminalreporter.write_line(f"{row['row']:<4} {verdict:<8} {row['feature']}")
        terminalreporter.write_line(", ".join(f"{count} {verdict}" for verdict, count in counts.items()))
