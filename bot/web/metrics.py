"""What a monitoring system reads at /metrics: counts, ages and times, in Prometheus' own text form.

No label names a person, a place or a record: kinds, priorities, verdicts and actions are words of this program.
"""

import asyncio
import logging
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import accumulate
from typing import Final

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.web.ages import Ages, ages, answer_times, rows_by_state
from bot.web.health import Health, look
from bot.web.parts import Parts

BUCKETS: Final = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)
"""Seconds from a press to its answer: what people feel, then what they complain of."""

SETTLED_AFTER: Final = timedelta(seconds=10)
"""An answer is noted in the commit after it arrived, so the last seconds are not all there yet."""


class Faults(logging.Handler):
    """Counts what the log tells of from WARNING on, by action; a library's lines have none."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.told: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        self.told[str(getattr(record, "action", "of_a_library"))] += 1


class Metrics:
    """Reads everything when asked; only the answers' times are added up from one reading to the next."""

    def __init__(self, parts: Parts, faults: Faults) -> None:
        self._parts = parts
        self._faults = faults
        self._answered_until = parts.clock.now()
        self._in_bucket = [0] * (len(BUCKETS) + 1)
        self._answer_seconds = 0.0
        self._one_at_a_time = asyncio.Lock()

    async def text(self) -> bytes:
        """The whole page; raises the database's error where it cannot be read."""
        async with self._one_at_a_time:
            health = await look(self._parts)
            now = self._parts.clock.now()
            async with self._parts.database.read() as db:
                oldest = await ages(db, now, self._parts.zone)
                rows = await rows_by_state(db)
                until = now - SETTLED_AFTER
                times = await answer_times(db, self._answered_until, until) if until > self._answered_until else []
            self._add(times)
            self._answered_until = max(self._answered_until, until)
        registry = CollectorRegistry(auto_describe=False)
        registry.register(_Page([*self._counts(), *_gauges(self._parts, health, oldest, rows), self._answers()]))
        ProcessCollector(registry=registry)
        return generate_latest(registry)

    def _add(self, times: list[float]) -> None:
        for seconds in times:
            self._in_bucket[bisect_left(BUCKETS, seconds)] += 1
            self._answer_seconds += seconds

    def _answers(self) -> Metric:
        bounds = [*(str(bound) for bound in BUCKETS), "+Inf"]
        told = HistogramMetricFamily("bot_answer_seconds", "From taking a press or line to its answer's arrival")
        told.add_metric([], list(zip(bounds, accumulate(self._in_bucket), strict=True)), self._answer_seconds)
        return told

    def _counts(self) -> Iterator[Metric]:
        parts = self._parts
        yield _counter("bot_updates_handled", "Updates handled since the start", "kind", parts.inbox.handled)
        sent = CounterMetricFamily("bot_sendings", "Tries to send a message", labels=["priority", "verdict"])
        for (priority, verdict), count in sorted(parts.sendings.verdicts.items()):
            sent.add_metric([priority, verdict], count)
        yield sent
        if parts.post is not None:
            yield _counter("bot_letters", "Tries to hand a letter to the mail server", "verdict", parts.post.verdicts)
        yield CounterMetricFamily("bot_told_to_wait", "Answers 429 to sendings", value=parts.sendings.told_to_wait)
        yield _counter("bot_faults", "Warnings and errors in the log", "action", self._faults.told)


class _Page(Collector):
    def __init__(self, metrics: list[Metric]) -> None:
        self._metrics = metrics

    def collect(self) -> Iterator[Metric]:
        yield from self._metrics


def _gauges(parts: Parts, health: Health, oldest: Ages, rows: Mapping[str, int]) -> Iterator[Metric]:
    waits = parts.inbox.oldest(parts.clock.monotonic())
    late = {name: part.late_by for name, part in health.parts.items() if part.late_by is not None}
    yield GaugeMetricFamily("bot_ready", "Whether /health says ready", value=float(health.ready))
    yield _gauge("bot_part_late_seconds", "How late each part is", "part", late)
    yield GaugeMetricFamily("bot_oldest_update_seconds", "Since the oldest unhandled update was received", value=waits)
    yield _gauge(
        "bot_oldest_message_seconds", "Since the first message may go that has not", "priority", oldest.messages
    )
    yield _gauge("bot_oldest_due_seconds", "Since the oldest row fell due that is not done", "kind", oldest.due)
    yield _gauge("bot_outbox_rows", "Messages by where they stand", "state", rows)


def _gauge(name: str, what: str, label: str, values: Mapping[str, float]) -> Metric:
    told = GaugeMetricFamily(name, what, labels=[label])
    for key, value in sorted(values.items()):
        told.add_metric([key], value)
    return told


def _counter(name: str, what: str, label: str, values: Mapping[str, int]) -> Metric:
    told = CounterMetricFamily(name, what, labels=[label])
    for key, value in sorted(values.items()):
        told.add_metric([key], value)
    return told
