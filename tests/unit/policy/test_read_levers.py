"""Levers are checked against their kind, their world and each other; every problem is told at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from unit.policy.lever_worlds import FILE, club, lever
from xenotime.errors import InputProblems, Problem
from xenotime.policy.lever_checks import read_levers
from xenotime.policy.levers import KINDS, Lever, is_active, overlap
from xenotime.world.tables import Supply
from xenotime.world.world import World

FLOOR = {
    "kind": "price_floor",
    "form": "difference",
    "facility": "mill",
    "material": "metal",
    "index_region": "IN",
    "price": 180.0,
}
STORE = {"kind": "stockpile", "material": "metal", "region": "IN", "quantity": 5.0, "price": 150.0}
OFFTAKE = {
    "kind": "offtake",
    "facility": "mill",
    "material": "metal",
    "region": "ALLY",
    "quantity": 80.0,
    "price": 150.0,
}
MANDATE = {
    "kind": "recycling_mandate",
    "material": "metal",
    "recipes": ("recycle",),
    "region": "IN",
    "quantity": 20.0,
    "price": 50.0,
}


def problems(*levers: Lever, world: World | None = None) -> tuple[Problem, ...]:
    with pytest.raises(InputProblems) as caught:
        read_levers(levers, world or club(), FILE)
    for problem in caught.value.problems:
        assert problem.file == FILE
        assert problem.found
        assert problem.expected
        assert problem.remedy
    return caught.value.problems


def without(keys: dict[str, Any], *names: str) -> dict[str, Any]:
    return {key: value for key, value in keys.items() if key not in names}


def test_a_lever_that_is_read_has_months_and_prices_per_unit() -> None:
    entry = lever(
        **{**FLOOR, "price": 0.11, "price_unit": "USD/kg"}, until="2035-07-10", announced="2024-12-31"
    )
    (read,) = read_levers((entry,), club(), FILE)
    assert (read.announced, read.start, read.until) == ("2024-12", "2025-01", "2035-07")
    assert read.price == pytest.approx(110.0)
    assert read.price_unit == "USD/t"
    assert (read.lag_months, read.average_months) == (1, 1)


@pytest.mark.parametrize(
    ("entry", "code", "column", "found", "remedy"),
    [
        (lever(kind="grnt"), "unknown-name", "it.kind", "'grnt'", "grant"),
        (lever(**without(FLOOR, "price")), "lever-needs", "it.price", "nothing", "add price"),
        (lever(**without(FLOOR, "facility")), "lever-needs", "it.facility", "nothing", "add facility"),
        (
            lever(**without(FLOOR, "index_region")),
            "lever-needs",
            "it.index_region",
            "nothing",
            "add index_region",
        ),
        (lever(**{**FLOOR, "form": "diference"}), "unknown-name", "it.form", "'diference'", "difference"),
        (lever(**FLOOR, quantity=3.0, rate=0.1), "lever-excludes", "it.rate", "0.1", "remove rate"),
        (lever(**{**FLOOR, "facility": "mil"}), "unknown-name", "it.facility", "'mil'", "mill"),
        (lever(**{**FLOOR, "material": "ore"}), "no-such-product", "it.material", "ore of mill", "recipes"),
        (lever(**{**FLOOR, "index_region": "OUTT"}), "unknown-name", "it.index_region", "'OUTT'", "OUT"),
        (lever(**FLOOR, price_unit="EUR/kg"), "unknown-currency", "it.price_unit", "EUR", "USD"),
        (lever(**FLOOR, price_unit="USD/foo"), "unknown-unit", "it.price_unit", "foo", ""),
        (lever(**STORE, until="2024-12"), "start-after-end", "it.until", "2024-12", "in order"),
        (
            lever(**{**STORE, "material": "scrap", "region": "OUT"}),
            "no-market",
            "it.region",
            "scrap in OUT",
            "another region",
        ),
        (lever(**without(STORE, "price")), "lever-needs", "it.price", "nothing", "add price"),
        (
            lever(**without(STORE, "quantity", "price"), opening=3.0, trigger=9.0),
            "lever-needs",
            "it.release",
            "nothing",
            "add release",
        ),
        (lever(**STORE, trigger=150.0), "buys-and-releases", "it.trigger", "150", "raise trigger"),
        (
            lever(**STORE, target=4.0, opening=5.0),
            "opening-above-capacity",
            "it.opening",
            "5",
            "raise the target",
        ),
        (lever(**STORE, control="stop"), "unknown-name", "it.control", "'stop'", ""),
        (lever(**{**OFFTAKE, "quantity": 301.0}), "offtake-above-capacity", "it.quantity", "301", "lower"),
        (lever(**{**MANDATE, "quantity": 30.5}), "mandate-above-feed", "it.quantity", "30.5", "lower"),
        (lever(**{**MANDATE, "recipes": ("recycl",)}), "unknown-name", "it.recipes", "'recycl'", "recycle"),
        (
            lever(kind="tax_credit", facility="mill", price=3.0),
            "lever-needs",
            "it.material",
            "nothing",
            "add material",
        ),
        (
            lever(kind="technology_sharing", members=("IN", "INN")),
            "unknown-name",
            "it.members",
            "'INN'",
            "IN",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and "-" in value else "",
)
def test_each_fault_of_one_lever_is_named(
    entry: Lever, code: str, column: str, found: str, remedy: str
) -> None:
    (problem,) = problems(entry)
    assert (problem.code, problem.column) == (code, column)
    assert found in problem.found
    assert remedy in problem.remedy


def named(name: str, **keys: Any) -> Lever:
    return lever(**{**keys, "lever": name})


def test_two_floors_on_one_plant_at_one_time_are_a_conflict() -> None:
    first = named("old", **FLOOR, until="2026-06")
    (problem,) = problems(first, named("new", **{**without(FLOOR, "facility"), "region": "IN"}))
    assert (problem.code, problem.column) == ("two-floors", "new.price")
    assert "mill" in problem.found
    assert "old" in problem.found
    after = named("new", **FLOOR).model_copy(update={"start": "2026-07"})
    assert len(read_levers((first, after), club(), FILE)) == 2


def test_two_levers_of_one_name_are_told_apart() -> None:
    (problem,) = problems(lever(**STORE), lever(**MANDATE))
    assert (problem.code, problem.column, problem.found) == (
        "lever-twice",
        "it.lever",
        "2 levers of that name",
    )


def test_screening_that_forbids_what_equity_buys() -> None:
    gate = named("gate", kind="investment_screening", region="IN", closes=("OUT",))
    stake = named("stake", kind="equity", facility="mill", amount=7e6).model_copy(update={"sponsor": "OUT"})
    (problem,) = problems(gate, stake)
    assert (problem.code, problem.column) == ("screened-financing", "stake.sponsor")
    assert "gate" in problem.found
    elsewhere = gate.model_copy(update={"region": "ALLY"})
    assert len(read_levers((elsewhere, stake), club(), FILE)) == 2
    earlier = gate.model_copy(update={"until": "2024-12", "start": "2024-01"})
    assert len(read_levers((earlier, stake), club(), FILE)) == 2


def test_everything_is_told_at_once() -> None:
    found = problems(
        named("a", **FLOOR),
        named("b", **FLOOR),
        named("c", **STORE, trigger=150.0),
        named("d", **{**OFFTAKE, "quantity": 301.0}),
        named("e", kind="grant"),
    )
    assert sorted(problem.code for problem in found) == [
        "buys-and-releases",
        "lever-needs",
        "lever-needs",
        "offtake-above-capacity",
        "two-floors",
    ]


def test_a_mandate_may_ask_for_all_that_the_feed_gives() -> None:
    """Sixty of scrap give thirty of metal; the smelter could make fifty."""
    assert read_levers((lever(**{**MANDATE, "quantity": 30.0}),), club(), FILE)
    world = club()
    plenty = world.with_tables(supply=(world.supply[0], replace(world.supply[1], quantity=600.0)))
    assert read_levers((lever(**{**MANDATE, "quantity": 50.0}),), plenty, FILE)
    (problem,) = problems(lever(**{**MANDATE, "quantity": 50.5}), world=plenty)
    assert "at most 50" in problem.expected
    endless = Supply(material="scrap", region="IN", form="linear", intercept=1.0, slope=1.0)
    open_world = world.with_tables(supply=(world.supply[0], endless))
    assert read_levers((lever(**{**MANDATE, "quantity": 50.0}),), open_world, FILE)


def test_every_kind_names_only_keys_there_are() -> None:
    for name, kind in KINDS.items():
        assert set(kind.takes()) <= set(Lever.model_fields), name
    assert {key for kind in KINDS.values() for key in kind.takes()} == set(Lever.model_fields)


def test_blank_dates_are_always() -> None:
    always = Lever(lever="x", kind="permitting")
    assert is_active(always, "2020-01", "2030-01")
    assert is_active(always, "", "")
    assert overlap(always, lever(kind="grant"))
    ended = lever(kind="grant", until="2025-06")
    assert not is_active(ended, "", "")
    assert not overlap(ended, lever(kind="grant").model_copy(update={"start": "2025-07"}))
    assert overlap(ended, lever(kind="grant").model_copy(update={"start": "2025-06"}))
