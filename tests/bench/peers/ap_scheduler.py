"""Check-ins as APScheduler jobs, one job each. Prints JSON.

`memory N`: N jobs in its memory store, as at every start; milliseconds and MB. `table N`: one more added to its
SQLAlchemy store, then N due at one moment; milliseconds, jobs that ran and that were dropped. `look STORE N`: N jobs
planned in either store, then what it does at each wake-up: find that nothing is due, and take a hundred that are; and
adding the jobs of one programme. All in milliseconds, through its own calls and without running the jobs.
"""

import json
import os
import pickle
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from apscheduler.events import EVENT_JOB_EXECUTED, EVENT_JOB_MISSED
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler

FAR = datetime(2036, 3, 4, tzinfo=UTC)
DUE_IN = 4.0
HUNDRED = 100
PROGRAMME = 39
"""Weekly check-ins in nine months."""


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


def look(kind: str, jobs: int) -> dict[str, float]:
    store = SQLAlchemyJobStore(url=f"sqlite:///{Path.home() / 'look.db'}") if kind == "table" else MemoryJobStore()
    scheduler = BackgroundScheduler(timezone="Europe/Riga", jobstores={"default": store})
    scheduler.start(paused=True)
    began = time.perf_counter()
    if kind == "table":
        _fill(store, scheduler, jobs)
    else:
        for number in range(jobs):
            scheduler.add_job(remind, "date", run_date=FAR, args=[number])
    planned = (time.perf_counter() - began) * 1000
    now = datetime.now(UTC)
    empty = [_took(lambda: (store.get_due_jobs(now), store.get_next_run_time())) for _ in range(20)]
    programme = _took(lambda: [scheduler.add_job(remind, "date", run_date=FAR, args=[n]) for n in range(PROGRAMME)])
    for number in range(HUNDRED):
        scheduler.add_job(remind, "date", run_date=now + timedelta(hours=1), args=[number])
    due = _took(lambda: _take(store, now + timedelta(hours=2)))
    scheduler.shutdown(wait=False)
    return {
        "start_ms": planned,
        "mb": memory_mb(),
        "empty_ms": sorted(empty)[len(empty) // 2],
        "due_ms": due,
        "programme_ms": programme,
    }


def _fill(store: SQLAlchemyJobStore, scheduler: BackgroundScheduler, jobs: int) -> None:
    """Rows as `add_job` writes them, in one transaction: each in its own would take minutes."""
    row = scheduler.add_job(remind, "date", run_date=FAR, args=[0])
    state = pickle.dumps(row.__getstate__(), store.pickle_protocol)
    at = FAR.timestamp()
    with store.engine.begin() as connection:
        values = ({"id": f"job{number}", "next_run_time": at, "job_state": state} for number in range(1, jobs))
        connection.execute(store.jobs_t.insert(), list(values))


def _take(store: Any, now: datetime) -> None:
    """As its scheduler does with jobs that ran their one time."""
    due = store.get_due_jobs(now)
    assert len(due) == HUNDRED
    for job in due:
        store.remove_job(job.id)


def _took(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def memory_mb() -> float:
    return int(Path("/proc/self/statm").read_text("utf-8").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    *what, number = sys.argv[1:]
    if what[0] == "look":
        print(json.dumps(look(what[1], int(number))))
    else:
        print(json.dumps({"memory": in_memory, "table": in_table}[what[0]](int(number))))
