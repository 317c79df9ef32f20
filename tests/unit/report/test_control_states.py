"""Where measures stand: announced, in force, suspended and ended are told apart, on any day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from xenotime.facts.load import load_facts
from xenotime.facts.politics import ControlRecord
from xenotime.report.control_states import (
    ANNOUNCED,
    ENDED,
    IN_FORCE,
    SUSPENDED,
    coming_rows,
    control_rows,
    group_of,
    state_of,
)
from xenotime.talks.ledger.days import last_day
from xenotime.talks.ledger.known import known_at


def record(**dates: str) -> ControlRecord:
    (row,) = [one for one in load_facts().rows(ControlRecord) if one.control == "CHN-57-2025"]
    blank = dict.fromkeys(("announced", "in_force", "enforced", "until", "ended", "suspended", "resumes"), "")
    return replace(row, **{**blank, **dates})


@pytest.mark.parametrize(
    ("dates", "day", "state"),
    [
        ({"announced": "2025-10-09", "in_force": "2025-11-08"}, "2025-11-07", ANNOUNCED),
        ({"announced": "2025-10-09", "in_force": "2025-11-08"}, "2025-11-08", IN_FORCE),
        ({"announced": "2025-10-09"}, "2030-01-01", ANNOUNCED),
        ({"announced": "2025-10-09", "enforced": "2025-10"}, "2025-11-01", IN_FORCE),
        (
            {"in_force": "2025-11-08", "suspended": "2025-11-07", "resumes": "2026-11-10"},
            "2026-11-09",
            SUSPENDED,
        ),
        (
            {"in_force": "2025-11-08", "suspended": "2025-11-07", "resumes": "2026-11-10"},
            "2026-11-10",
            IN_FORCE,
        ),
        ({"in_force": "2025-11-08", "suspended": "2025-11-07"}, "2029-01-01", SUSPENDED),
        ({"in_force": "2011-01-01", "until": "2011-12-31"}, "2011-12-31", IN_FORCE),
        ({"in_force": "2011-01-01", "until": "2011-12-31"}, "2012-01-01", ENDED),
        ({"in_force": "2011", "until": "2020", "ended": "2015-04-30"}, "2015-05-01", ENDED),
    ],
)
def test_a_state_changes_on_its_day(dates: dict[str, str], day: str, state: str) -> None:
    assert state_of(record(**dates), last_day(day)) == state


def test_nothing_of_later_days_is_in_the_states_of_a_day() -> None:
    day = last_day("2025-10-20")
    rows = {row["control"]: row for row in control_rows(known_at(load_facts(), day), day)}
    october = rows["CHN-57-2025"]
    assert (october["state"], october["suspended"], october["regime"]) == (ANNOUNCED, "", "open")
    assert "CHN-1-2026" not in rows


def test_what_holds_goods_back_stands_first_and_duties_are_no_regime() -> None:
    day = last_day("2026-06-30")
    rows = control_rows(known_at(load_facts(), day), day)
    groups = [group_of(row) for row in rows]
    assert groups == sorted(groups, key=["binding", "suspended", "announced", "other", "ended"].index)
    by = {row["control"]: row for row in rows}
    assert group_of(by["CHN-18-2025"]) == "binding"
    assert by["CHN-18-2025"]["regime"] == "licensed"
    assert (by["USA-301-MAG"]["regime"], group_of(by["USA-301-MAG"])) == ("", "other")
    assert "names ten firms" in by["CHN-US10-2026"]["binds_nothing"]


def test_what_is_to_come_lies_behind_the_day_and_ended_measures_bring_nothing() -> None:
    day = last_day("2026-06-30")
    rows = control_rows(known_at(load_facts(), day), day)
    coming = list(coming_rows(rows, day))
    assert coming
    assert all(last_day(row["date"]) > day for row in coming)
    assert ("CHN-57-2025", "2026-11-10") in {(row["control"], row["date"]) for row in coming}
