"""Counting in working days and working time: deadlines, reminders before them, and ladders of escalation."""

from datetime import date, datetime, time, timedelta

from bot.calendar.hours import Hours, Kind, allowed, is_working_day
from bot.calendar.zones import ONE_DAY, utc, wall


def add_working_days(at: datetime, days: int, hours: Hours) -> datetime:
    """The same wall clock `days` working days later, or earlier if negative (UTC); zero changes nothing.

    The day of `at` itself is never counted. Quiet hours are not asked: a deadline may pass at night.
    """
    moment = utc(at)
    if days == 0:
        return moment
    local = moment.astimezone(hours.zone)
    step = ONE_DAY if days > 0 else -ONE_DAY
    day = local.date()
    for _ in range(abs(days)):
        day = _working_day_from(day + step, step, hours)
    return wall(day, local.time(), hours.zone)


def add_working_time(at: datetime, span: timedelta, hours: Hours) -> datetime:
    """The moment (UTC) when `span` of working time has run since `at`; it is itself in working time.

    Working time is every working day outside quiet hours. ValueError if `span` is negative.
    """
    if span < timedelta(0):
        raise ValueError(f"working time cannot run backwards: {span}")
    moment = allowed(at, hours, Kind.WORK).at
    while moment + span >= (closes := _closes(moment, hours)):
        span -= closes - moment
        moment = allowed(closes, hours, Kind.WORK).at
    return moment + span


def next_working_morning(at: datetime, hours: Hours) -> datetime:
    """The first end of quiet hours on a working day that lies after `at` (UTC)."""
    moment = utc(at)
    today = _working_day_from(moment.astimezone(hours.zone).date(), ONE_DAY, hours)
    morning = wall(today, hours.quiet_until, hours.zone)
    if morning > moment:
        return morning
    return wall(_working_day_from(today + ONE_DAY, ONE_DAY, hours), hours.quiet_until, hours.zone)


def _working_day_from(day: date, step: timedelta, hours: Hours) -> date:
    while not is_working_day(day, hours):
        day += step
    return day


def _closes(moment: datetime, hours: Hours) -> datetime:
    """When the working time that holds `moment` ends: at quiet hours, or at midnight if those come later or never."""
    day = moment.astimezone(hours.zone).date()
    midnight = wall(day + ONE_DAY, time.min, hours.zone)
    if hours.quiet_from == hours.quiet_until:
        return midnight
    quiet = wall(day, hours.quiet_from, hours.zone)
    return quiet if quiet > moment else midnight
