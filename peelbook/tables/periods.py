"""Twelve-month periods that end with a quarter, and the population estimate that belongs to each."""

from __future__ import annotations

from datetime import date

import pandas as pd

FIRST_PERIOD_END = date(2008, 6, 30)
LAST_PERIOD_END = date(2026, 3, 31)


def is_quarter_end(day: date) -> bool:
    """Say whether `day` is 31 March, 30 June, 30 September or 31 December."""
    return pd.Timestamp(day).is_quarter_end


def nearest_quarter_ends(day: date) -> list[date]:
    """Return the quarter ends just before and just after `day`."""
    stamp = pd.Timestamp(day)
    before = stamp - pd.offsets.QuarterEnd()
    return [before.date(), (stamp + pd.offsets.QuarterEnd()).date()]


def twelve_months_to(period_end: pd.Timestamp) -> pd.Timestamp:
    """Return the first day of the 12 months that end on `period_end`."""
    return period_end - pd.DateOffset(years=1) + pd.Timedelta(days=1)


def years_before(period_end: pd.Timestamp, years: int) -> pd.Timestamp:
    """Return the same quarter end `years` earlier."""
    return (period_end - pd.DateOffset(years=years)) + pd.offsets.MonthEnd(0)


def denominator_mid_year(period_end: date | pd.Timestamp) -> int:
    """Return the mid-year whose population estimate was the latest when the period was published.

    Estimates for the middle of a year come out at the end of the June after it. The Office for
    National Statistics therefore divides a year ending in March by the estimate of two calendar
    years earlier, and any other by that of the year before: its tables for the years ending
    March 2018 and December 2018 use mid-2016 and mid-2017. The 2016 report, for 12 months to
    June 2016, uses mid-2015.
    """
    stamp = pd.Timestamp(period_end)
    return stamp.year - (2 if stamp.month <= 3 else 1)


def in_words(day: date | pd.Timestamp) -> str:
    """Write a date as it is read: 30 June 2016."""
    stamp = pd.Timestamp(day)
    return f"{stamp.day} {stamp:%B %Y}"


REPORT_PERIOD_END = pd.Timestamp("2016-06-30")
"""Last day of the 12 months that the 2016 report is about."""
