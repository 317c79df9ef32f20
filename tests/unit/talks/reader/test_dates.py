"""Days and deadlines; no day is invented."""

from __future__ import annotations

import pytest

from xenotime.talks.reader.dates import find_dates


def dates(text: str, dated: str = "2025-10-31") -> list[tuple[str, str]]:
    return [(item.lead, item.day) for item in find_dates(text, dated)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("by May 14, 2025", [("due", "2025-05-14")]),
        ("by the end of this year", [("due", "2025-12-31")]),
        ("by the end of November 2026", [("due", "2026-11-30")]),
        ("no later than 10 November", [("due", "2025-11-10")]),
        ("until 10 November 2026", [("end", "2026-11-10")]),
        ("effective November 10, 2025", [("start", "2025-11-10")]),
        ("from 1 January", [("start", "2026-01-01")]),
        ("starting in the fourth quarter of 2025", [("start", "2025-10-01")]),
        ("in the second half of 2026", [("due", "2026-12-31")]),
        ("in early 2026 and by mid-2027", [("due", "2026-04-30"), ("due", "2027-06-30")]),
        ("during the last two months of 2025", [("due", "2025-12-31")]),
        ("in each of 2026, 2027, and 2028", [("due", "2028-12-31")]),
        ("through 2028", [("end", "2028-12-31")]),
        ("within 90 days", [("within", "2026-01-29")]),
        ("within six months", [("within", "2026-04-30")]),
        ("over the next two years", [("within", "2027-10-31")]),
        ("for the next three years", [("end", "2028-10-31")]),
        ("by Thanksgiving", [("due", "2025-11-27")]),
        ("by February 2027", [("due", "2027-02-28")]),
        ("on October 9, 2025", [("", "2025-10-09")]),
        ("announced on October 9, 2025", [("", "2025-10-09")]),
        ("by 31 February 2026", [("due", "")]),
        ("it may happen in may", []),
    ],
)
def test_days_as_they_are_written(text: str, found: list[tuple[str, str]]) -> None:
    assert dates(text) == found


@pytest.mark.parametrize(
    "text", ["within 30 days", "by 10 November", "by the end of this year", "by Thanksgiving"]
)
def test_what_hangs_on_an_unknown_date_is_left_open(text: str) -> None:
    (found,) = find_dates(text, "")
    assert found.day == ""


def test_the_month_of_may_is_a_month() -> None:
    assert dates("by 14 May 2026") == [("due", "2026-05-14")]
