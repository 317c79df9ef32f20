"""Which controls a good falls under, by what it is, where it was made and where its elements were
separated.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from xenotime.exposure.contents import MAGNET, MIDDLE
from xenotime.exposure.materials import Good
from xenotime.market.network import Array
from xenotime.policy.record_goods import LISTED_MAGNETS, PUT_IN
from xenotime.policy.replay import FOREIGN_GOODS_FROM
from xenotime.world.numbers import Numbers
from xenotime.world.tables import Control

if TYPE_CHECKING:
    from xenotime.facts.load import Facts

BINDING = ("licence", "extraterritorial", "ban", "supply_stop", "export_quota", "quota", "end_user_ban")
OWN, UPSTREAM, ABROAD = "the good itself", "what its maker buys", "what it holds, though made elsewhere"
EVERYTHING, ENDED = "all", "ended"
ALL_ARE = "rare earths"  # family of elements the record means by `all`, as its column says


@dataclass(frozen=True, slots=True)
class Rule:
    """One control as it is read for a good.

    listed : symbols named;  magnets : whether magnets are named;  status : at the date asked about
    everything : whether a whole family of elements is named, which are then all listed
    threshold : share of value from which goods made abroad fall under it, extraterritorial rules only
    goods : materials of the market model a case names; blank where elements and classes are named
    """

    control: str
    issuer: str
    instrument: str
    listed: frozenset[str]
    magnets: bool
    everything: bool
    targets: frozenset[str]
    status: str
    since: str
    threshold: float
    source: str
    grade: str
    goods: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Finding:
    """Share of a good that falls under a control on one leg of its way, and why.

    share : of the good, low to high certainty is not told: 0 to 1 by where it may have been made or separated
    """

    rule: Rule
    leg: str
    share: float
    why: str


def read_rules(facts: Facts, at: str) -> tuple[Rule, ...]:
    """Controls announced by day `at` (YYYY-MM or YYYY-MM-DD) that bind trade, with their state on it."""
    numbers = Numbers(facts)
    symbols = {row.element for row in facts.rows("elements")}
    family = {row.element for row in facts.rows("elements") if row.family == ALL_ARE}
    found = []
    for row in facts.rows("controls_record"):
        if row.instrument not in BINDING or _first(row) > at:
            continue
        words = set(row.materials.split(";"))
        outside = row.instrument == "extraterritorial"
        rule = Rule(
            row.control,
            row.issuer,
            row.instrument,
            frozenset(words & symbols | (family if EVERYTHING in words else set())),
            bool(words & set(LISTED_MAGNETS)),
            EVERYTHING in words,
            frozenset(row.targets.split(";")) - {EVERYTHING},
            state_of(row, at, FOREIGN_GOODS_FROM.get(row.control, "") if outside else ""),
            FOREIGN_GOODS_FROM.get(row.control, row.in_force) if outside else row.in_force,
            numbers["replay_extraterritorial_threshold"] if outside else 0.0,
            row.source,
            row.grade,
        )
        if rule.status.startswith(ENDED):
            continue
        if rule.listed or rule.magnets or rule.everything or "SmCo" in words:
            found.append(rule)
    return tuple(found)


def case_rules(name: str, controls: Iterable[Control]) -> tuple[Rule, ...]:
    """Controls of a case, by the goods they name: the user asks what would fall under them.

    A control aimed at some destinations has them as its targets; one with a row for everybody has none.
    """
    found: dict[tuple[str, str, str], Rule] = {}
    aimed: dict[tuple[str, str, str], set[str]] = {}
    for row in controls:
        if row.instrument not in BINDING or not row.origin:
            continue
        key = (row.control, row.origin, row.instrument)
        empty: frozenset[str] = frozenset()
        new = Rule(
            f"{row.control} ({name})",
            row.origin,
            row.instrument,
            empty,
            magnets=True,
            everything=False,
            targets=empty,
            status=f"as case {name} has it",
            since=row.in_force,
            threshold=row.threshold or 0.0,
            source=row.source,
            grade="D",
        )
        old = found.get(key, new)
        found[key] = replace(old, goods=old.goods | {row.material})
        aimed.setdefault(key, set()).add(row.destination or EVERYTHING)
    return tuple(
        rule if EVERYTHING in aimed[key] else replace(rule, targets=frozenset(aimed[key]))
        for key, rule in found.items()
    )


def _first(row: Any) -> str:
    return str(row.announced or row.in_force or row.knowable_from)


def state_of(row: Any, at: str, foreign_from: str = "") -> str:
    """Announced, in force, suspended or ended on a day; a resumption that is only due is told as such."""
    start = foreign_from or row.in_force
    if row.suspended and row.suspended <= at:
        if row.resumes and row.resumes <= at:
            return f"suspension due to end {row.resumes}; what followed is not known"
        return f"suspended from {row.suspended}" + (f" to {row.resumes}" if row.resumes else "")
    ended = row.ended or row.until
    if ended and ended < at:
        return f"{ENDED} {ended}"
    return "in force" if start and start <= at else "announced"


@dataclass(frozen=True, slots=True)
class Prices:
    """What the threshold needs: USD per gram of each element, and of the good."""

    element: Array
    good: float


def findings(
    good: Good,
    rules: Iterable[Rule],
    elements: tuple[str, ...],
    made: dict[str, float],
    separated: dict[str, Array],
    prices: Prices,
    least: float,
    home: str = "",
) -> tuple[Finding, ...]:
    """Every control the good may fall under.

    home : region of the user's plant; controls aimed at others alone are left out
    made : share of the good by country it may have been made in
    separated : by country, share of each element separated there
    least : share of mass from which a magnet counts as made with an element
    """
    shares = good.shares[:, MIDDLE]
    found = []
    for rule in rules:
        inside = _named(good, rule, elements, shares, least)
        if not inside or (rule.targets and home not in rule.targets):
            continue
        what = f"{ALL_ARE} of any kind" if rule.everything else ", ".join(inside)
        here = made.get(rule.issuer, 0.0)
        at = [elements.index(symbol) for symbol in inside if symbol in elements]
        from_there = separated.get(rule.issuer, np.zeros(len(elements)))
        if rule.instrument == "extraterritorial":
            found += _abroad(rule, shares, at, from_there, 1 - here, prices, what)
            continue
        if here > 0 and not (rule.everything and good.stage == MAGNET):  # "all" of the record is no magnet
            why = f"made in {rule.issuer} ({here:.0%}) and holds {what}"
            found.append(Finding(rule, OWN, here, why))
        mass = shares[at]
        upstream = float((mass * from_there[at]).sum() / mass.sum()) * (1 - here) if mass.sum() > 0 else 0.0
        if upstream > 0 and here < 1 and good.stage == MAGNET:
            part = upstream / (1 - here)
            why = f"made elsewhere with {what} of which {part:.0%} was separated in {rule.issuer}"
            found.append(Finding(rule, UPSTREAM, upstream, why))
    return tuple(found)


def _named(good: Good, rule: Rule, elements: tuple[str, ...], shares: Array, least: float) -> list[str]:
    """Elements of the good that a control names; a magnet counts from a least content."""
    held = [symbol for symbol, share in zip(elements, shares, strict=True) if share > 0]
    if rule.goods:
        return held if good.market in rule.goods else []
    if rule.everything:
        return [symbol for symbol in held if symbol in rule.listed]
    if good.stage != MAGNET:
        return [symbol for symbol in held if symbol in rule.listed]
    if not rule.magnets and good.market != "SmCo":
        return []
    telling = rule.listed & PUT_IN or rule.listed
    named = [s for s, share in zip(elements, shares, strict=True) if share > least and s in telling]
    return held if not rule.listed else named


def _abroad(
    rule: Rule, shares: Array, at: list[int], from_there: Array, elsewhere: float, prices: Prices, what: str
) -> list[Finding]:
    """(M13) Goods made elsewhere whose listed content from the issuer is a given share of their value."""
    worth = float((shares[at] * from_there[at] * prices.element[at]).sum())
    if elsewhere <= 0 or worth <= 0 or prices.good <= 0:
        return []
    part = worth / prices.good
    over = part >= rule.threshold
    sign = "at or over" if over else "below"
    why = (
        f"made outside {rule.issuer}; {what} separated there is {part:.2%} of its value, {sign} the "
        "threshold of "
        f"{rule.threshold:.1%}"
    )
    return [Finding(rule, ABROAD, elsewhere if over else 0.0, why)]
