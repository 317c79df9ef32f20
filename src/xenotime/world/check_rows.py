"""Checks that look at one row at a time: its form, its ranges and periods, its plain contradictions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from xenotime.months import month_number
from xenotime.world.check_controls import control_faults
from xenotime.world.findings import Check, Finding
from xenotime.world.tables import TABLES, columns_of
from xenotime.world.world import World

# By table and form: columns the form must have, and columns it may have besides.
_FORMS: Mapping[str, Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = MappingProxyType(
    {
        "demand": {
            "linear": (("intercept", "slope"), ()),
            "isoelastic": (("price", "quantity", "elasticity"), ("choke",)),
            "fixed": (("quantity",), ("shortfall_price",)),
        },
        "supply": {
            "linear": (("intercept", "slope"), ()),
            "isoelastic": (("price", "quantity", "elasticity"), ()),
            "fixed": (("quantity",), ()),
        },
    }
)
_RANGES = MappingProxyType({"facilities": ("start", "end"), "contracts": ("start", "end")})
_DATES = ("announced", "in_force", "enforced", "until")
_PAUSE = ("suspended", "resumes")


def _rows(world: World, *tables: str) -> Iterator[tuple[str, int, Any]]:
    for table in tables:
        for index, record in enumerate(getattr(world, table)):
            yield table, index, record


def _form_columns(table: str) -> set[str]:
    return {column for needs, may in _FORMS[table].values() for column in (*needs, *may)}


def _form_needs(world: World) -> Iterator[Finding]:
    for table, index, row in _rows(world, "demand", "supply"):
        needs, _ = _FORMS[table][row.form]
        for column in needs:
            if getattr(row, column) is None:
                yield Finding(
                    table, index, column, "a blank cell", f"a number: {row.form} needs {', '.join(needs)}"
                )


def _form_excludes(world: World) -> Iterator[Finding]:
    for table, index, row in _rows(world, "demand", "supply"):
        needs, may = _FORMS[table][row.form]
        for column in sorted(_form_columns(table).difference(needs, may)):
            value = getattr(row, column)
            if value is not None:
                yield Finding(table, index, column, f"{value:g}", f"a blank cell: {row.form} has no {column}")


def _form_degenerate(world: World) -> Iterator[Finding]:
    for table, index, row in _rows(world, "demand", "supply"):
        if row.form != "isoelastic":
            continue
        for column in ("price", "quantity"):
            value = getattr(row, column)
            if value is not None and value <= 0:
                yield Finding(table, index, column, f"{value:g}", "more than 0 in an isoelastic curve")
        sign = "below" if table == "demand" else "above"
        if row.elasticity == 0:
            yield Finding(table, index, "elasticity", "0", f"{sign} 0 in an isoelastic curve")


def _choke_below_price(world: World) -> Iterator[Finding]:
    for table, index, row in _rows(world, "demand"):
        if row.choke is not None and row.price is not None and row.choke <= row.price:
            yield Finding(
                table, index, "choke", f"{row.choke:g}", f"more than the reference price {row.price:g}"
            )


def _low_above_high(world: World) -> Iterator[Finding]:
    for table, index, row in _rows(world, *(t for t in TABLES if t != "units" and "low" in columns_of(t))):
        if row.low is not None and row.high is not None and row.low > row.high:
            yield Finding(table, index, "low", f"{row.low:g} to {row.high:g}", "low at or below high")


def _start_after_end(world: World) -> Iterator[Finding]:
    for table, index, row in _rows(world, *_RANGES, "controls"):
        for columns in (_RANGES[table],) if table in _RANGES else (_DATES, _PAUSE):
            dated = [(column, getattr(row, column)) for column in columns if getattr(row, column)]
            for (before, first), (after, second) in pairwise(dated):
                if month_number(first) > month_number(second):
                    yield Finding(table, index, after, second, f"{before} ({first}) or later")


def _lane_to_itself(world: World) -> Iterator[Finding]:
    for table, index, row in _rows(world, "lanes"):
        if row.origin == row.destination:
            yield Finding(
                table, index, "destination", f"'{row.destination}'", "another region than the origin"
            )


def _control_value(world: World) -> Iterator[Finding]:
    for table, index, row in _rows(world, "controls"):
        for column, found, expected in control_faults(row):
            yield Finding(table, index, column, found, expected)


def _opening_above_capacity(world: World) -> Iterator[Finding]:
    for table, index, row in _rows(world, "stocks"):
        if row.capacity is not None and row.opening > row.capacity:
            yield Finding(
                table, index, "opening", f"{row.opening:g}", f"at most the capacity {row.capacity:g}"
            )


def _contract_without_quantity(world: World) -> Iterator[Finding]:
    for table, index, row in _rows(world, "contracts"):
        if row.quantity == 0:
            yield Finding(table, index, "quantity", "0", "more than 0")


def _row_check(
    code: str, reads: tuple[str, ...], remedy: str, find: Callable[[World], Iterator[Finding]]
) -> Check:
    return Check(code, reads, remedy, find, by_row=True)


ROW_CHECKS: tuple[Check, ...] = (
    _row_check("form-needs", ("demand", "supply"), "fill the cell, or choose another form", _form_needs),
    _row_check(
        "form-excludes", ("demand", "supply"), "empty the cell, or choose another form", _form_excludes
    ),
    _row_check(
        "form-degenerate", ("demand", "supply"), "use form fixed for what does not bend", _form_degenerate
    ),
    _row_check(
        "choke-below-price", ("demand",), "raise the choke price or leave it blank", _choke_below_price
    ),
    _row_check(
        "low-above-high", tuple(t for t in TABLES if t != "units"), "exchange low and high", _low_above_high
    ),
    _row_check("start-after-end", (*_RANGES, "controls"), "put the months in order", _start_after_end),
    _row_check("lane-to-itself", ("lanes",), "name another region, or take the lane away", _lane_to_itself),
    _row_check(
        "control-value", ("controls",), "give each instrument what it needs and no more", _control_value
    ),
    _row_check(
        "opening-above-capacity",
        ("stocks",),
        "raise the capacity or lower the opening",
        _opening_above_capacity,
    ),
    _row_check(
        "contract-without-quantity",
        ("contracts",),
        "give the quantity, or take the contract away",
        _contract_without_quantity,
    ),
)
