"""Dates as they are written, and the days they cover."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.dates import parse_day, parse_extent
from kg.errors import DataError, Position, UsageError

COVERED = {
    "2025": ("year", date(2025, 1, 1), date(2025, 12, 31)),
    "2024-02": ("month", date(2024, 2, 1), date(2024, 2, 29)),
    "2025-02": ("month", date(2025, 2, 1), date(2025, 2, 28)),
    "2025-12": ("month", date(2025, 12, 1), date(2025, 12, 31)),
    "2025-04-28": ("day", date(2025, 4, 28), date(2025, 4, 28)),
    "2024-10-08..2024-10-13": ("interval", date(2024, 10, 8), date(2024, 10, 13)),
    "2024-10..2025": ("interval", date(2024, 10, 1), date(2025, 12, 31)),
    "2025..2025-03": ("interval", date(2025, 1, 1), date(2025, 3, 31)),
    "from-2024-05-12": ("interval", date(2024, 5, 12), None),
    "from-2024-05": ("interval", date(2024, 5, 1), None),
    "until-2025-04-27": ("interval", None, date(2025, 4, 27)),
    "until-2024": ("interval", None, date(2024, 12, 31)),
}

BAD = [
    "",
    "2025-02-30",
    "2025-13",
    "2025-00",
    "2025-1",
    "25",
    "0000",
    "2025-03-21T10:00",
    " 2025",
    "２０２５",
    "2024-10-13..2024-10-08",
    "2025..2024",
    "..2025",
    "2025..",
    "2024..2025..2026",
    "from-",
    "until-2025-02-29",
    "from-2024..2025",
    "lundi",
]


@pytest.mark.parametrize("text", COVERED)
def test_a_date_covers_its_days(text: str) -> None:
    extent = parse_extent(text)
    assert (extent.precision, extent.not_before, extent.not_after) == COVERED[text]
    assert extent.lexical == text


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_date_is_refused_at_its_position(text: str) -> None:
    with pytest.raises(DataError) as caught:
        parse_extent(text, position=Position("a.trig", 3, 7))
    assert caught.value.rule == "bad-date"
    assert str(caught.value).startswith("a.trig:3:7: error: ")
    assert f"'{text}'" in caught.value.what


def test_a_day_that_the_calendar_lacks_is_said_to_be_so() -> None:
    with pytest.raises(DataError, match="'2025-02-30' is not a day of the calendar"):
        parse_extent("2025-02-30")


@pytest.mark.parametrize(
    ("text", "day"),
    [("2025", date(2025, 12, 31)), ("2024-02", date(2024, 2, 29)), ("2025-04-28", date(2025, 4, 28))],
)
def test_an_option_means_the_last_day(text: str, day: date) -> None:
    assert parse_day(text) == day


@pytest.mark.parametrize("text", ["", "yesterday", "2025-02-30", "from-2024", "2024..2025"])
def test_an_option_that_is_no_date_is_asked_wrongly(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_day(text)
    assert caught.value.rule == "bad-date"
    assert caught.value.exit_code == 2


def test_a_date_without_a_last_day_is_never_by_any_day() -> None:
    assert not parse_extent("from-2024").is_by(date.max)
    assert parse_extent("until-2024").is_by(date(2024, 12, 31))


@given(st.dates())
def test_each_day_lies_in_its_month_and_its_year(day: date) -> None:
    for text in (f"{day:%Y}".zfill(4), day.isoformat()[:7], day.isoformat()):
        extent = parse_extent(text)
        assert extent.not_before is not None
        assert extent.not_after is not None
        assert extent.not_before <= day <= extent.not_after
        assert extent.is_by(extent.not_after)
        if extent.not_after > date.min:
            assert not extent.is_by(extent.not_after - timedelta(days=1))


@given(st.dates(), st.dates())
def test_an_interval_is_read_when_it_does_not_end_before_it_starts(one: date, other: date) -> None:
    first, last = sorted((one, other))
    extent = parse_extent(f"{first}..{last}")
    assert (extent.not_before, extent.not_after) == (first, last)
    if first < last:
        with pytest.raises(DataError):
            parse_extent(f"{last}..{first}")
