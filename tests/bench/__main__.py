"""`make bench`: how fast and how frugal the bot is, beside the same work done the usual way, in one table.

    python -m tests.bench [--only P1,P5] [--quick] [--alone] [--json]

Medians of five runs; `--quick` makes one of each, `--alone` leaves the others out. The long works (P3, P6) run once, or
BENCH_LONG_RUNS times; P3's broadcast goes to 600 people, or to the 10,000 of its goal with BENCH_FULL=1.
"""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Final

from tests.bench import backlog, broadcast, fanout, load, slow_disk, start, ticks, words
from tests.bench.figures import Effort, Row
from tests.bench.processes import keep_to_last_core
from tests.bench.table import head, line

ROWS: Final[Mapping[str, Callable[[Effort], Awaitable[list[Row]]]]] = {
    "P1": backlog.measure,
    "P2": load.measure,
    "P3": broadcast.measure,
    "P4": ticks.measure,
    "P5": start.measure,
    "P6": fanout.measure,
    "P7": words.measure,
    "P8": slow_disk.measure,
}


async def measure(only: list[str], effort: Effort, show: Callable[[Row], None]) -> bool:
    """Measure the rows named, in their order, and show each as soon as it is known; False where one could not be."""
    whole = True
    for name in only:
        print(f"measuring {name} ...", file=sys.stderr)
        try:
            for row in await ROWS[name](effort):
                show(row)
        except AssertionError as failed:  # the others' figures are worth having all the same
            print(f"{name} could not be measured: {failed}", file=sys.stderr)
            whole = False
    return whole


def _effort(*, quick: bool, alone: bool) -> Effort:
    long_runs = int(os.environ.get("BENCH_LONG_RUNS", "1"))
    return Effort(1 if quick else 5, long_runs, 10_000 if os.environ.get("BENCH_FULL") else 600, beside=not alone)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; the exit code is 1 where a row could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.splitlines()[0])
    parser.add_argument("--only", default=",".join(ROWS), help="the rows to measure, such as P1,P5")
    parser.add_argument("--quick", action="store_true", help="one run of each instead of five")
    parser.add_argument("--alone", action="store_true", help="ours without the others: for looking for lost time")
    parser.add_argument("--json", action="store_true", help="the table for programs")
    chosen = parser.parse_args(arguments)
    only = chosen.only.upper().split(",")
    if unknown := set(only) - ROWS.keys():
        parser.error(f"there is no {', '.join(sorted(unknown))}: choose from {', '.join(ROWS)}")
    keep_to_last_core()
    effort = _effort(quick=chosen.quick, alone=chosen.alone)
    if chosen.json:
        rows: list[Row] = []
        whole = asyncio.run(measure(only, effort, rows.append))
        print(json.dumps([{**asdict(row), "ratio": row.ratio, "reached": row.reached} for row in rows], indent=2))
    else:
        print(head())
        whole = asyncio.run(measure(only, effort, lambda row: print(line(row), flush=True)))
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main())
