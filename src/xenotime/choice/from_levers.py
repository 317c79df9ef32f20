"""Levers of a case that are aimed at a plant, as supports of its project."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from xenotime.choice.entries import CreditEntry, FloorEntry, GrantEntry, LoanEntry, OfftakeEntry
from xenotime.choice.project import Project
from xenotime.policy.levers import Lever
from xenotime.policy.support import is_aimed_at
from xenotime.world.tables import Facility

MONTH = len("YYYY-MM")
LEFT_OUT = {
    "equity": "shares are bought with it, so it is no gift",
    "permitting": "it moves the start, which the file or the world states",
    "technology_sharing": "it moves the start, which the file or the world states",
    "standards": "its cost is not known per unit of this plant",
    "investment_screening": "it bars an owner, not a plant",
}


def with_levers(
    project: Project, plant: Facility | None, levers: Iterable[Lever]
) -> tuple[Project, tuple[str, ...]]:
    """The project with the levers of a case that help it, and what of them could not be counted.

    A lever of the name of a support the project has already is that support.
    """
    told: list[str] = []
    made = {good.material for good in project.outputs()}
    for lever in levers:
        named = plant is not None and is_aimed_at(lever, plant)
        if not named or lever.lever in project.support_names():
            continue
        about = lever.material not in made
        if lever.kind == "price_floor" and lever.form == "difference" and not about:
            project = replace(project, floors=(*project.floors, _floor(lever)))
        elif lever.kind == "offtake" and not about:
            project = replace(project, offtakes=(*project.offtakes, _offtake(lever)))
        elif lever.kind == "grant" or (lever.kind == "tax_credit" and lever.amount is not None):
            project = replace(project, grants=(*project.grants, _grant(lever)))
        elif lever.kind == "loan" and lever.amount is not None:
            project = replace(project, loans=(*project.loans, _loan(lever)))
        elif lever.kind == "tax_credit" and lever.price is not None and not about:
            project = replace(project, credits=(*project.credits, _credit(lever)))
        else:
            reason = LEFT_OUT.get(lever.kind, "of a form or good that is not this project's")
            told.append(f"{lever.lever} ({lever.kind}) is not counted: {reason}")
    return project, tuple(told)


def _floor(lever: Lever) -> FloorEntry:
    return FloorEntry(
        name=lever.lever,
        sponsor=lever.sponsor,
        material=lever.material,
        price=float(lever.price or 0.0),
        quantity=lever.quantity,
        upside_share=lever.upside_share,
        upside_from=lever.upside_from[:MONTH],
        start=lever.start[:MONTH],
        until=lever.until[:MONTH],
        index_region=lever.index_region,
        lag_months=lever.lag_months,
        average_months=lever.average_months,
        source=lever.source,
        assumed=lever.assumed,
    )


def _offtake(lever: Lever) -> OfftakeEntry:
    return OfftakeEntry(
        name=lever.lever,
        sponsor=lever.sponsor,
        material=lever.material,
        quantity=float(lever.quantity or 0.0),
        price=float(lever.price or 0.0),
        start=lever.start[:MONTH],
        until=lever.until[:MONTH],
        source=lever.source,
        assumed=lever.assumed,
    )


def _grant(lever: Lever) -> GrantEntry:
    return GrantEntry(
        name=lever.lever,
        sponsor=lever.sponsor,
        amount=float(lever.amount or 0.0),
        start=lever.start[:MONTH],
        source=lever.source,
        assumed=lever.assumed,
    )


def _loan(lever: Lever) -> LoanEntry:
    return LoanEntry(
        name=lever.lever,
        sponsor=lever.sponsor,
        amount=float(lever.amount or 0.0),
        rate=float(lever.rate or 0.0),
        years=float(lever.years or 1.0),
        start=lever.start[:MONTH],
        source=lever.source,
        assumed=lever.assumed,
    )


def _credit(lever: Lever) -> CreditEntry:
    return CreditEntry(
        name=lever.lever,
        sponsor=lever.sponsor,
        material=lever.material,
        price=float(lever.price or 0.0),
        start=lever.start[:MONTH],
        until=lever.until[:MONTH],
        source=lever.source,
        assumed=lever.assumed,
    )
