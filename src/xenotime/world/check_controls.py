"""What each instrument of a control needs, and what it does not know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from types import MappingProxyType

from xenotime.world.tables import Control, columns_of

NEEDS_VALUE = (
    "quota",
    "production_quota",
    "general_licence",
    "export_tax",
    "tariff",
    "extraterritorial",
    "technology_ban",
)
RATES = ("export_tax", "tariff")  # changes of a rate, so they may fall
SHARES = ("licence", "general_licence", "extraterritorial")
QUEUE = ("service_rate", "validity_months", "order_ceiling", "applications")
# Columns only some instruments know, and which.
KNOWN_BY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "processing_months": ("licence",),
        "statutory_days": ("licence",),
        "approval_odds": ("licence",),
        **dict.fromkeys(QUEUE, ("licence",)),
        "holder": ("quota", "production_quota"),
        "period_months": ("quota", "production_quota"),
        "sector": ("ban", "licence"),
        "threshold": ("ban", "licence", "extraterritorial"),
        "leak_share": ("ban", "licence", "quota"),
        "leak_cost": ("ban", "licence", "quota"),
        "delay_months": ("port",),
        "friction_cost": ("port",),
        "stage": ("technology_ban",),
        "cost_factor": ("technology_ban",),
    }
)
_DEFAULT = {item.name: item.default for item in fields(Control)}


def control_faults(row: Control) -> Iterator[tuple[str, str, str]]:
    """Column, what was found and what was expected, for everything in `row` its instrument cannot take."""
    yield from _value_faults(row)
    for column, instruments in KNOWN_BY.items():
        value = getattr(row, column)
        if value != _DEFAULT[column] and row.instrument not in instruments:
            yield column, _shown(value), f"a blank cell: a {row.instrument} has no {column}"
    if row.instrument == "licence" and row.approval_odds is None:
        for column in QUEUE:
            if getattr(row, column) != _DEFAULT[column]:
                yield column, _shown(getattr(row, column)), "a blank cell: only a queue with approval_odds"
    if row.sector and not row.origin:
        yield "origin", "a blank cell", "the origin whose goods one end-user class may not have"
    if row.resumes and not row.suspended:
        yield "suspended", "a blank cell", "the month from which it is suspended until it resumes"


def _value_faults(row: Control) -> Iterator[tuple[str, str, str]]:
    meaning = f"a number: {columns_of('controls')['value'].meaning}"
    if row.instrument in NEEDS_VALUE and row.value is None:
        yield "value", "a blank cell", meaning
    if row.value is not None and row.value < 0 and row.instrument not in RATES:
        yield "value", f"{row.value:g}", "0 or more; only a tax or a tariff can fall by a rate"
    if row.instrument == "licence" and row.value is None and row.approval_odds is None:
        yield "value", "a blank cell", f"{meaning}; or approval_odds, and it is a queue"
    if row.instrument == "licence" and row.value is not None and row.approval_odds is not None:
        yield "value", f"{row.value:g}", "a blank cell: what is licensed follows from the queue"
    if row.instrument == "ban" and row.value is not None:
        yield "value", f"{row.value:g}", "a blank cell: a ban lets nothing pass"
    if row.instrument in SHARES and row.value is not None and row.value > 1:
        yield "value", f"{row.value:g}", "a share of normal trade, at most 1"
    if row.instrument == "technology_ban" and row.value is not None and row.value < 1:
        yield "value", f"{row.value:g}", "a factor on lead times, at least 1"
    if row.instrument == "extraterritorial":
        if row.threshold is None:
            yield "threshold", "a blank cell", "the share of value above which goods made elsewhere are bound"
        if not row.origin:
            yield "origin", "a blank cell", "the origin whose share of value counts"
    if row.instrument == "port" and row.value is None and not row.delay_months and not row.friction_cost:
        yield "value", "a blank cell", "a handling limit, a delay or a cost"


def _shown(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else f"'{value}'"
