"""Check-ins as APScheduler jobs: `memory N`, N jobs in its memory store, as at every start; `table N`, one more added
to its SQLAlchemy store, then N due at one moment. Prints JSON: milliseconds, MB, jobs that ran and that were dropped.
"""

import json
import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apscheduler.events import EVENT_JOB_EXECUTED, EVENT_JOB_MISSED
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler

FAR = datetime(2036, 3, 4, tzinfo=UTC)
DUE_IN = 4.0


def remind(number: int) -> None:
    """What a job would do."""


def in_memory(jobs: int) -> dict[str, float]:
    before = memory_mb()
    began = time.perf_counter()
    scheduler = BackgroundScheduler(timezone="Europe/Riga")
    scheduler.start()
    for number in range(jobs):
        scheduler.add_job(remind, "date", run_date=FAR, args=[number])
    took = time.perf_counter() - began
    scheduler.shutdown(wait=False)
    return {"ms": took * 1000, "mb": memory_mb() - before}


def in_table(jobs: int) -> dict[str, float]:
    counts = {EVENT_JOB_EXECUTED: 0, EVENT_JOB_MISSED: 0}
    store = SQLAlchemyJobStore(url=f"sqlite:///{Path.home() / 'jobs.db'}")
    scheduler = BackgroundScheduler(timezone="Europe/Riga", jobstores={"default": store})
    scheduler.start()
    began = time.perf_counter()
    for number in range(100):
        scheduler.add_job(remind, "date", run_date=FAR, args=[number])
    one_more = (time.perf_counter() - began) * 1000 / 100
    at = datetime.now(UTC) + timedelta(milliseconds=jobs * one_more * 1.5, seconds=DUE_IN)
    for number in range(jobs):
        scheduler.add_job(remind, "date", run_date=at, args=[number])

    def count(event: object) -> None:
        counts[event.code] += 1

    scheduler.add_listener(count, EVENT_JOB_EXECUTED | EVENT_JOB_MISSED)
    last = (at - datetime.now(UTC)).total_seconds() + 60
    deadline = time.perf_counter() + last
    while sum(counts.values()) < jobs and time.perf_counter() < deadline:
        time.sleep(0.05)
    seconds = (datetime.now(UTC) - at).total_seconds()
    scheduler.shutdown(wait=False)
    return {"ms": one_more, "ran": counts[EVENT_JOB_EXECUTED], "dropped": counts[EVENT_JOB_MISSED], "s": seconds}


def memory_mb() -> float:
    return int(Path("/proc/self/statm").read_text("utf-8").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    print(json.dumps({"memory": in_memory, "table": in_table}[sys.argv[1]](int(sys.argv[2]))))
