"""The rows as one table for people, in Markdown."""

from collections.abc import Iterable

from tests.bench.figures import Goal, Row

_HEAD = ("row", "work", "ours", "beside, in the same run", "ratio", "goal", "reached", "runs")


def head() -> str:
    """The first two lines of a table in Markdown."""
    return "\n".join(map(_line, (_HEAD, tuple("---" for _ in _HEAD))))


def line(row: Row) -> str:
    """One row as a line of that table; `ratio` is ours by the first of those beside."""
    return _line(_cells(row))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.id,
        f"{row.work} ({row.note})" if row.note else row.work,
        f"{_figure(row.ours)} {row.unit}",
        ", ".join(f"{peer.name} {_figure(peer.value)}" for peer in row.peers) or "-",
        "-" if row.ratio is None else f"{_figure(row.ratio)} x",
        _goals(row.goals),
        {True: "yes", False: "**no**", None: "not measured" if row.goals else "-"}[row.reached],
        str(row.runs),
    )


def _goals(goals: Iterable[Goal]) -> str:
    said = [
        f"{goal.bound.value} {goal.value:g}" if goal.of is None else f"{goal.bound.value} {goal.value:g} x {goal.of}"
        for goal in goals
    ]
    return ", ".join(said) or "-"


def _figure(value: float | None) -> str:
    """Three digits that count."""
    if value is None:
        return "not measured"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
