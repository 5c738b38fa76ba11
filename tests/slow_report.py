"""What the slow proofs found: how long each took, with its seed and figures, also where they run side by side."""

import pytest


class SlowReport:
    """Tells at the end what every slow test that passed has printed; of one that failed pytest itself tells all."""

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        passed = [report for report in terminalreporter.getreports("passed") if "slow" in report.keywords]
        for report in sorted(passed, key=lambda report: report.nodeid):
            terminalreporter.write_line(f"{report.duration:7.1f} s  {report.nodeid}")
            for line in report.capstdout.split("\n"):
                if line.strip():
                    terminalreporter.write_line(f"{'':11}{line.strip()}")
