"""A day of load in fast time: what the process holds in memory stays level, and what it keeps on disk is let go."""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from tests.faults.counts import SEED, full
from tests.faults.process import ROOT

UPDATES: Final = full(4_000, 1_000_000)
AT_MOST: Final = 300.0
GROWTH: Final = 1.0
"""Megabytes; an hour of the turned clock, after the first fifth of the day."""

OF_A_ROW: Final = 1_500
"""Bytes on disk for each update of the last two weeks at most: its mark, and what was sent for it without content."""


@pytest.mark.slow
@pytest.mark.alone
@pytest.mark.feature("X11")
async def test_a_day_of_updates_leaves_memory_level(database_file: Path) -> None:
    """BOT_TEST_FULL makes it a million."""
    day = await _soak(database_file)
    print(json.dumps(day))
    assert day["peak"] <= AT_MOST
    assert day["growth"] < GROWTH
    assert day["messages"] >= UPDATES * 0.9
    assert day["rows"]["outbox"] <= UPDATES * 1.5
    assert day["database"] * 1e6 <= 2e6 + UPDATES * OF_A_ROW
    assert day["log"] <= 50
    assert day["left_after_three_weeks"]["handled"] == 0
    assert day["left_after_three_weeks"]["outbox"] <= UPDATES * 0.05


async def _soak(database: Path) -> dict[str, Any]:
    """The day in a process of its own, so that nothing else is in its memory."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.faults.soak",
        str(database),
        str(UPDATES),
        str(SEED),
        cwd=ROOT,
        env={"PATH": os.environ.get("PATH", "")},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()
    result: dict[str, Any] = json.loads(out.decode().splitlines()[-1])
    return result
