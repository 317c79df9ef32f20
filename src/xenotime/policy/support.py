"""What levers mean for one project: times, capital, financing, floors and offtakes, or why it is barred."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from xenotime.policy.levers import Lever, is_active
from xenotime.world.tables import Facility


@dataclass(frozen=True, slots=True)
class ProjectSupport:
    """Support of one plant in one month, all levers together; the default is none.

    Attributes
    ----------
    permit_time_factor, construction_time_factor, capex_factor : multiply what the plant would need
    delay_months : added to the permits
    grant, loan, equity : USD, whole amounts
    loan_share, loan_rate, loan_years : share of the capital cost lent, per year, and the years it runs
    offtake_material, offtake_quantity, offtake_firm, offtake_price : units per month, the part paid for
        whether taken or not, and USD per unit
    floor_material, floor_price : product with a guaranteed price, USD per unit
    credit_material, credit : production credit, USD per unit made
    technology_shared : share of what a technology ban adds that is undone, see :func:`undo_ban`
    barred : why it may not be financed as planned; blank where it may
    """

    permit_time_factor: float = 1.0
    construction_time_factor: float = 1.0
    capex_factor: float = 1.0
    delay_months: float = 0.0
    grant: float = 0.0
    loan: float = 0.0
    loan_share: float = 0.0
    loan_rate: float = 0.0
    loan_years: float = 0.0
    equity: float = 0.0
    offtake_material: str = ""
    offtake_quantity: float = 0.0
    offtake_firm: float = 0.0
    offtake_price: float = 0.0
    floor_material: str = ""
    floor_price: float = 0.0
    credit_material: str = ""
    credit: float = 0.0
    technology_shared: float = 0.0
    barred: str = ""


NO_SUPPORT = ProjectSupport()


def undo_ban(factor: float, shared: float) -> float:
    """(M15) 1 + (f - 1)(1 - s): what is left of a technology ban's factor on time or capital.

    f : the ban's factor on a project abroad;  s : share undone by those who share their technology
    """
    return 1 + (factor - 1) * (1 - shared)


def project_support(levers: Iterable[Lever], seen_in: str, month: str, facility: Facility) -> ProjectSupport:
    """Support of `facility` in `month` by the levers announced by `seen_in`.

    Factors multiply, amounts add; of several loans the cheapest rate counts, of several floors and
    offtake prices the highest.  A facility of one name has several rows: each gets the same support.
    """
    support = NO_SUPPORT
    rows = [lever for lever in levers if is_active(lever, seen_in, month) and is_aimed_at(lever, facility)]
    closed = {name.casefold(): lever for lever in rows for name in lever.closes}
    for lever in rows:
        if lever.sponsor.casefold() in closed and lever.kind in FINANCING:
            continue
        support = _add(support, lever)
    bar = closed.get(facility.operator.casefold()) or closed.get(facility.facility.casefold())
    if bar is not None and support.barred == "":
        support = replace(support, barred=f"{bar.lever}: closed to {facility.operator or facility.facility}")
    return support


FINANCING = ("grant", "loan", "equity", "offtake", "price_floor", "tax_credit")


def is_aimed_at(lever: Lever, facility: Facility) -> bool:
    """Whether a lever names the plant, its region, or a pattern of its recipe - whatever it names at all."""
    if lever.facility and lever.facility != facility.facility:
        return False
    if lever.kind in ("stockpile", "allied_pool", "recycling_mandate"):
        return False
    if lever.recipes and not any(fnmatchcase(facility.recipe, pattern) for pattern in lever.recipes):
        return False
    # the region of an offtake is its buyer's
    return lever.kind == "offtake" or not lever.places() or facility.region in lever.places()


def _add(support: ProjectSupport, lever: Lever) -> ProjectSupport:
    """The support with one lever more."""
    amount, price = float(lever.amount or 0.0), float(lever.price or 0.0)
    if lever.kind == "permitting":
        factor = support.permit_time_factor * float(lever.permit_factor or 1.0)
        return replace(support, permit_time_factor=factor)
    if lever.kind == "grant":
        return replace(support, grant=support.grant + amount)
    if lever.kind == "loan":
        return _add_loan(support, lever)
    if lever.kind == "tax_credit":
        kept = support.capex_factor * (1 - float(lever.share or 0.0))
        credit = support.credit + price
        material = lever.material or support.credit_material
        return replace(
            support, capex_factor=kept, grant=support.grant + amount, credit=credit, credit_material=material
        )
    if lever.kind == "equity":
        return replace(support, equity=support.equity + amount)
    if lever.kind == "price_floor" and price > support.floor_price and lever.form != "purchase":
        return replace(support, floor_price=price, floor_material=lever.material)
    if lever.kind == "offtake":
        quantity = float(lever.quantity or 0.0)
        return replace(
            support,
            offtake_material=lever.material,
            offtake_quantity=support.offtake_quantity + quantity,
            offtake_firm=support.offtake_firm + lever.take_or_pay * quantity,
            offtake_price=max(support.offtake_price, price),
        )
    return _add_rules(support, lever)


def _add_loan(support: ProjectSupport, lever: Lever) -> ProjectSupport:
    rate, years = float(lever.rate or 0.0), float(lever.years or 0.0)
    first = support.loan_years == 0
    return replace(
        support,
        loan=support.loan + float(lever.amount or 0.0),
        loan_share=min(1.0, support.loan_share + float(lever.share or 0.0)),
        loan_rate=rate if first else min(support.loan_rate, rate),
        loan_years=max(support.loan_years, years),
    )


def _add_rules(support: ProjectSupport, lever: Lever) -> ProjectSupport:
    """Technology shared, and standards as delay."""
    if lever.kind == "technology_sharing":
        share = 1.0 if lever.share is None else lever.share
        return replace(
            support,
            technology_shared=max(support.technology_shared, share),
            construction_time_factor=support.construction_time_factor
            * float(lever.construction_factor or 1.0),
            capex_factor=support.capex_factor * float(lever.capex_factor or 1.0),
        )
    if lever.kind == "standards":
        return replace(support, delay_months=support.delay_months + float(lever.delay_months or 0.0))
    return support
