"""The wall clock of the real process, wrong or turned while it runs: Debian's libfaketime between it and the machine.

The monotonic clock stays real, as on a machine whose wall clock somebody sets. Where the library is missing, `make`
installs it (see the Makefile); a test that needs it fails with that sentence rather than passing without.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bot.clock import SystemClock

WHERE: Final = "*/faketime/libfaketimeMT.so.1"
"""Below /usr/lib, in the folder of the machine's architecture; this one is for programs with threads."""


class FakeTime:
    """One process's wall clock: the machine's own, moved by `offset`, which may change at any moment.

    With `whole` its monotonic clock goes along: the process lives through what is skipped, as it would in fast time.
    """

    def __init__(self, home: Path, offset: timedelta = timedelta(0), *, whole: bool = False) -> None:
        self._file = home / "wall_clock"
        self._whole = whole
        self.offset = offset
        self.turn(offset)

    @property
    def environment(self) -> dict[str, str]:
        """What a process must be started with to read this clock: `BotProcess(..., **wall.environment)`."""
        return {
            "LD_PRELOAD": str(_library()),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "0" if self._whole else "1",
            "NO_FAKE_STAT": "1",
        }

    def now(self) -> datetime:
        """What the process reads at this moment."""
        return SystemClock().now() + self.offset

    def turn(self, offset: timedelta) -> None:
        """Put it so far from the machine's clock, at once, forwards or backwards."""
        self.offset = offset
        half_written = self._file.with_suffix(".new")
        half_written.write_text(f"{offset.total_seconds():+f}")
        half_written.replace(self._file)  # the process reads this file at every look at the clock

    def jump(self, by: timedelta) -> None:
        """Step it by so much from where it stands."""
        self.turn(self.offset + by)

    def set_to(self, moment: datetime) -> None:
        """Have it show `moment` now and go on from there."""
        self.turn(moment.astimezone(UTC) - SystemClock().now())


def _library() -> Path:
    found = sorted(Path("/usr/lib").glob(WHERE))
    assert found, "libfaketime is missing: apt-get install faketime"
    return found[0]
