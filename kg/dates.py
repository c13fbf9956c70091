"""Partial dates and intervals: the only place that knows how a date is written and which days it covers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from kg.errors import DataError, Position, UsageError

_PART = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_PRECISIONS = ("year", "month", "day")
_MEND = "write YYYY, YYYY-MM, YYYY-MM-DD, START..END, from-START or until-END"


@dataclass(frozen=True, slots=True)
class DateExtent:
    """A date as far as it is known: how it is written, its precision, its first and last possible day.

    A bound that is not known is ``None``: ``from-2024-05-12`` has no last day.
    """

    lexical: str
    precision: str  # year, month, day, interval
    not_before: date | None
    not_after: date | None

    def is_by(self, day: date) -> bool:
        """Whether it has surely happened by that day: a month counts from its last day.

        >>> parse_extent("2025-03").is_by(date(2025, 3, 30)), parse_extent("2025-03").is_by(date(2025, 3, 31))
        (False, True)
        """
        return self.not_after is not None and self.not_after <= day

    def sort_key(self) -> tuple[date, date]:
        """For order of time: the first day (else the last), then the last."""
        first = self.not_before or self.not_after or date.min
        return first, self.not_after or date.max


def parse_extent(text: str, *, position: Position | None = None) -> DateExtent:
    """Read the local name of a ``date:`` IRI.

    >>> parse_extent("2025-03").not_after
    datetime.date(2025, 3, 31)
    >>> parse_extent("2024-10-08..2024-10-13").precision
    'interval'

    :raises DataError: bad-date, when it is not a date of one of the forms, or ends before it starts.
    """
    try:
        return _parse(text)
    except ValueError as cause:
        raise DataError(str(cause), mend=_MEND, rule="bad-date", position=position) from cause


def parse_day(text: str) -> date:
    """Read the value of an option: a year or a month means its last day.

    >>> parse_day("2024-02")
    datetime.date(2024, 2, 29)

    :raises UsageError: bad-date, when it is not YYYY, YYYY-MM or YYYY-MM-DD.
    """
    try:
        return _part(text)[2]
    except ValueError as cause:
        raise UsageError(str(cause), mend="write YYYY, YYYY-MM or YYYY-MM-DD", rule="bad-date") from cause


def last_day(day: date | str | None) -> date | None:
    """A day as Python code gives it, a date or a text: of a year or a month the last day.

    :raises UsageError: bad-date.
    """
    return parse_day(day) if isinstance(day, str) else _date(day)


def _date(day: date | None) -> date | None:
    # A datetime is a date to the types, and cannot be compared with one.
    return day.date() if isinstance(day, datetime) else day


def first_day(day: date | str | None) -> date | None:
    """The same for where a span begins: of a year or a month the first day.

    >>> first_day("2024-02"), first_day(date(2024, 2, 3))
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 3))

    :raises UsageError: bad-date.
    """
    if not isinstance(day, str):
        return _date(day)
    parse_day(day)  # the fault, if it is none
    return _part(day)[1]


@lru_cache(maxsize=4096)
def _parse(text: str) -> DateExtent:
    if text.startswith("from-"):
        return DateExtent(text, "interval", _part(text.removeprefix("from-"), text)[1], None)
    if text.startswith("until-"):
        return DateExtent(text, "interval", None, _part(text.removeprefix("until-"), text)[2])
    start, dots, end = text.partition("..")
    if not dots:
        precision, first, last = _part(text)
        return DateExtent(text, precision, first, last)
    first, last = _part(start, text)[1], _part(end, text)[2]
    if first > last:
        raise ValueError(f"the interval '{text}' ends before it starts")
    return DateExtent(text, "interval", first, last)


def _part(text: str, whole: str = "") -> tuple[str, date, date]:
    """Precision, first day and last day of a year, month or day."""
    match = _PART.fullmatch(text)
    if not match:
        raise ValueError(f"'{whole or text}' is not a date")
    year, month, day = (int(group) if group else None for group in match.groups())
    assert year is not None
    try:
        first = date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError as cause:
        raise ValueError(f"'{whole or text}' is not a day of the calendar") from cause
    if day is not None:
        last = first
    elif month is None or month == 12:
        last = date(year, 12, 31)
    else:
        last = date(year, month + 1, 1) - timedelta(days=1)
    precision = _PRECISIONS[sum(part is not None for part in (month, day))]
    return precision, first, last
