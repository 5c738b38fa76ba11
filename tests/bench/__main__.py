"""`make bench`: one table, medians of five runs, beside the same work done the usual way; --json for programs."""

import asyncio
import json
import sys
from dataclasses import asdict

from tests.bench import start, ticks, words
from tests.bench.figures import Figure


async def measure() -> list[Figure]:
    return [*words.measure(), *await ticks.measure(), *await start.measure()]


def main() -> None:
    figures = asyncio.run(measure())
    if "--json" in sys.argv:
        print(json.dumps([asdict(one) for one in figures], indent=2))
        return
    for one in figures:
        beside = "" if one.ratio is None else f"  {one.ratio:.2f} x {one.beside_what} ({one.beside:.2f} {one.unit})"
        print(f"{one.work:<60} {one.ours:>10.2f} {one.unit}{beside}")


if __name__ == "__main__":
    main()
