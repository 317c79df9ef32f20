"""Which base year a month's world rests on."""

from __future__ import annotations

from xenotime.errors import one_problem
from xenotime.months import month_number, month_text
from xenotime.world.numbers import FactTables, Numbers

NEEDED = ("mine_production", "stage_output", "uses", "magnet_demand", "capacities", "prices", "trade")


def complete_years(facts: FactTables) -> tuple[int, ...]:
    """Years for which every table a world is built from has figures."""
    years: set[int] | None = None
    for name in NEEDED:
        texts = {str(getattr(row, "year", "") or getattr(row, "period", "")) for row in facts.rows(name)}
        here = {int(text) for text in texts if len(text) == 4}
        years = here if years is None else years & here
    return tuple(sorted(years or ()))


def base_year(facts: FactTables, date: str) -> int:
    """Last complete year that ended by `date` (YYYY-MM, its December included).

    Raises InputProblems when `date` is no month, or lies too long after every complete year.
    """
    reach = int(Numbers(facts)["base_year_reach_months"])
    spans = {year: month_number(f"{year}-12") for year in complete_years(facts)}
    try:
        month = month_number(date)
    except ValueError:
        month = -1
    fitting = [year for year, end in spans.items() if end <= month <= end + reach]
    if not fitting:
        months = " or ".join(f"{month_text(end)} to {month_text(end + reach)}" for end in spans.values())
        raise one_problem(
            "unknown-world",
            "world",
            date,
            f"a month from {months}; uses and magnets of other years are not known",
            "use one of these months, or a folder",
        )
    return max(fitting)
