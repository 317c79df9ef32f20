"""What a project is worth under prices and luck, and whether it covers its debt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xenotime.choice.debt import cover_ratio, covers, debt_payments, lent_by_banks
from xenotime.choice.flows import AS_PLANNED, Change, margin_of, tax_of
from xenotime.choice.luck import Luck
from xenotime.choice.prices import Paths
from xenotime.choice.project import Project
from xenotime.choice.supports import loan_flow
from xenotime.dynamics.fleet import Flags
from xenotime.market.network import Array
from xenotime.months import month_number, month_text

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Outcome:
    """One variant of a project.

    value : per draw (USD of `today`), before banks and after tax;  covers, ratio : per draw, see `debt`
    flow : mean by month (USD);  lent : by banks (USD)
    cash, due : by month, mean before payments, and payments to banks and sponsors (USD)
    """

    value: Array
    covers: Flags
    ratio: Array
    flow: Array
    lent: float
    cash: Array
    due: Array

    @property
    def mean(self) -> float:
        """Mean value over the draws."""
        return float(self.value.mean())

    @property
    def odds(self) -> float:
        """Share of draws in which every payment is made."""
        return float(self.covers.mean())


def first_month(project: Project) -> str:
    """First month that counts: building begins, or today where it has begun."""
    begin = month_number(project.start) - project.build
    return month_text(min(begin, month_number(project.today)))


def months_looked_at(project: Project, longest_delay: int) -> int:
    """Months from the first to the end of the latest life."""
    ahead = month_number(project.start) - month_number(first_month(project))
    return ahead + project.life + int(np.ceil(project.slip.high)) + longest_delay


def present_value(flow: Array, rate: float, today: int) -> Array:
    """(M41) V = sum_t f_t (1 + r)^-((t - today)/12), months before today left out; one value per row."""
    at = np.arange(flow.shape[1]) - today
    weight = np.where(at >= 0, (1 + rate) ** (-at / MONTHS), 0.0)
    return np.asarray(flow @ weight)


def evaluate(project: Project, paths: Paths, luck: Luck, change: Change = AS_PLANNED) -> Outcome:
    """One variant: what was spent before today is sunk; sponsors' loans count, banks do not."""
    begin = paths.position(project.start) - project.build
    margin, runs = margin_of(project, paths, luck, change)
    capex = project.capex * change.capex
    profit = margin - np.where(runs, capex / project.life, 0.0)
    cash = margin - tax_of(profit, project.tax)
    spent = np.zeros(paths.months)
    spent[max(begin, 0) : begin + project.build] = capex / project.build
    helped = np.zeros(paths.months)
    grants = [entry for entry in project.grants if entry.name not in change.without]
    for grant in grants:
        at = paths.position(grant.start) if grant.start else begin
        if 0 <= at < paths.months:
            helped[at] += grant.amount
    loans = [entry for entry in project.loans if entry.name not in change.without]
    lent_flow = sum((loan_flow(entry, paths, begin) for entry in loans), np.zeros(paths.months))
    flow = cash - spent + helped + lent_flow
    given = sum(grant.amount for grant in grants) + sum(loan.amount for loan in loans)
    lent = lent_by_banks(project, capex, given)
    due = debt_payments(project.debt, lent, begin, project.build, paths) + np.maximum(0.0, -lent_flow)
    reserve = project.debt.reserve * float(due.max(initial=0.0))
    return Outcome(
        value=present_value(flow, project.required_return, paths.position(project.today)),
        covers=covers(cash, due, reserve),
        ratio=cover_ratio(cash, due),
        flow=flow.mean(axis=0),
        lent=lent,
        cash=cash.mean(axis=0),
        due=due,
    )
