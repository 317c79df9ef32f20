"""The tables of queues and stocks, by hand from two invented months."""

from __future__ import annotations

from invented_run import large_run, small_run
from xenotime.report.findings import find
from xenotime.report.holding import holder_rows, queue_rows


def test_a_queue_is_told_with_its_longest_month_and_wait() -> None:
    data = small_run()["data"]
    (row,) = queue_rows(data["queues"], find(data), 5)
    assert row[:2] == ("ban xa", "oxide")
    assert row[3:] == ("40.0", "0", "0", "40.0 (2031-02)", "2")


def test_a_stock_is_told_where_it_is_furthest_from_the_run_without_the_control() -> None:
    data = small_run()["data"]
    (row,) = holder_rows(data, find(data), 5)
    assert row[3:] == ("t", "2031-02", "120", "30.0", "−75\u00a0%", "30.0")


def test_nothing_waits_and_nothing_moves_where_the_tables_are_empty() -> None:
    data = large_run()["data"]
    found = find(data)
    assert queue_rows(data["queues"], found, 5) == () == holder_rows(data, found, 5)
