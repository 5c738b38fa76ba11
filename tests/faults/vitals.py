"""What a running process takes from its machine, as Linux counts it (proc(5)), and how long most people wait."""

import os
import statistics
from collections.abc import Sequence
from pathlib import Path


def cpu_seconds(pid: int) -> float:
    """Processor time it has used so far, in its own code and in the kernel's."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mb(pid: int) -> float:
    """What it holds in memory now, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


def p95(waits: Sequence[float]) -> float:
    """The wait that nineteen in twenty stay below, in seconds."""
    return statistics.quantiles(waits, n=20, method="inclusive")[-1]
