"""The dated record that ships: controls, events, promises, levers, stoppages."""

from __future__ import annotations

from collections import Counter

from xenotime.facts.load import load_facts
from xenotime.facts.politics import Commitment, ControlRecord, Disruption, Event, Lever

ANNOUNCED_TOGETHER = (
    "CHN-55-2025",
    "CHN-56-2025",
    "CHN-57-2025",
    "CHN-58-2025",
    "CHN-61-2025",
    "CHN-62-2025",
)


def controls() -> dict[str, ControlRecord]:
    return {row.control: row for row in load_facts().rows(ControlRecord)}


def test_the_whole_record_ships() -> None:
    facts = load_facts()
    counts = [len(facts.rows(record)) for record in (ControlRecord, Event, Commitment, Lever, Disruption)]
    assert counts == [40, 86, 42, 44, 28]


def test_the_licences_of_april_2025_were_never_suspended() -> None:
    control = controls()["CHN-18-2025"]
    assert (control.announced, control.in_force) == ("2025-04-04", "2025-04-04")
    assert (control.suspended, control.ended, control.until) == ("", "", "")
    assert set("Sm;Gd;Tb;Dy;Lu;Sc;Y".split(";")) <= set(control.materials.split(";"))
    assert control.processing_working_days == 45


def test_what_was_announced_in_october_2025_was_suspended_a_month_later() -> None:
    for name in ANNOUNCED_TOGETHER:
        control = controls()[name]
        assert (control.announced, control.suspended, control.resumes) == (
            "2025-10-09",
            "2025-11-07",
            "2026-11-10",
        )
        assert control.enforced == ""
    early = load_facts("2025-10").select("controls_record", control="CHN-57-2025")
    assert [(row.in_force, row.suspended) for row in early] == [("2025-11-08", "")]


def test_nothing_is_knowable_before_it_was_announced() -> None:
    for control in controls().values():
        if control.announced:
            assert control.knowable_from[: len(control.announced)] >= control.announced[:7]
        assert control.outcome_from >= control.knowable_from


def test_a_ratio_is_there_only_where_something_was_measured() -> None:
    for promise in load_facts().rows(Commitment):
        assert promise.delivered_ratio is None or promise.delivery
        assert promise.status != "open" or promise.delivered_ratio is None
    count = Counter(promise.status for promise in load_facts().rows(Commitment))
    assert {"kept", "missed", "open"} <= set(count)
