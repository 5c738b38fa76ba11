"""A bot as a process of its own on one core, with what it cost: processor time and memory."""

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from tests.bench.telegram_stub import TOKEN

ROOT: Final = Path(__file__).resolve().parents[2]
ENDS_WITHIN: Final = 10.0
_CORES: Final = sorted(os.sched_getaffinity(0))
_TICKS: Final = os.sysconf("SC_CLK_TCK")


def keep_to_last_core() -> None:
    """This process, with Telegram's stub in it, on the last core; the bots run on the first."""
    os.sched_setaffinity(0, {_CORES[-1]})


@dataclass(frozen=True, slots=True)
class Running:
    """A process under measurement."""

    process: asyncio.subprocess.Process
    errors: Path

    @property
    def cpu_ms(self) -> float:
        """Milliseconds of processor time so far, its threads and the kernel's work for it included."""
        behind_name = Path(f"/proc/{self.process.pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()
        return (int(behind_name[11]) + int(behind_name[12])) * 1000 / _TICKS

    @property
    def memory_mb(self) -> float:
        return self._status("VmRSS")

    @property
    def peak_mb(self) -> float:
        """The most memory it has held."""
        return self._status("VmHWM")

    def _status(self, name: str) -> float:
        if self.process.returncode is not None:
            raise self.fail(f"ended with {self.process.returncode}")
        lines = Path(f"/proc/{self.process.pid}/status").read_text("utf-8").splitlines()
        return int(next(line for line in lines if line.startswith(name)).split()[1]) / 1024

    def fail(self, what: str) -> AssertionError:
        """An error that shows what the process had to say."""
        return AssertionError(f"{what}\n{self.errors.read_text('utf-8')[-2000:]}")


@asynccontextmanager
async def running(
    command: Sequence[str], address: str, settings: Mapping[str, str], folder: Path
) -> AsyncIterator[Running]:
    """`python -m <command>` with the address of Telegram, on the first core; ended with SIGTERM."""
    environment = {
        **_surroundings(),
        "HOME": str(folder),
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": address,
        **settings,
    }
    errors = folder / "stderr"
    with errors.open("a") as written:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            *command,
            cwd=ROOT,
            env=environment,
            stdout=written,
            stderr=written,
            preexec_fn=_on_first_core,
        )
    try:
        yield Running(process, errors)
    finally:
        await _end(process)


async def printed(command: Sequence[str], home: Path, settings: Mapping[str, str] = MappingProxyType({})) -> Any:
    """What `python -m <command>` prints as JSON, once it has ended."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        *command,
        cwd=ROOT,
        env={**_surroundings(), "HOME": str(home), **settings},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        preexec_fn=_on_first_core,
    )
    out, _ = await process.communicate()
    assert process.returncode == 0, f"{command} ended with {process.returncode}"
    return json.loads(out)


def _surroundings() -> dict[str, str]:
    """The little of this process's environment that others need to be found."""
    return {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}


def _on_first_core() -> None:
    os.sched_setaffinity(0, {_CORES[0]})


async def _end(process: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        async with asyncio.timeout(ENDS_WITHIN):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


@asynccontextmanager
async def folder() -> AsyncIterator[Path]:
    """A folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        yield Path(name)
