"""Physics of the chain on the shipped facts: every element is conserved up to stated yields."""

from __future__ import annotations

from functools import lru_cache

import pytest

from xenotime.facts.load import Facts, load_facts
from xenotime.world.base import read_grades
from xenotime.world.chain import Chain, build_chain, read_basis, renormalised_assays
from xenotime.world.element_fit import fit_elements
from xenotime.world.numbers import Numbers
from xenotime.world.scene import read_mined
from xenotime.world.uses import wanted_by_grade

LIGHT = ("La", "Ce", "Pr", "Nd")


@lru_cache(maxsize=2)
def shipped(year: int = 2024) -> tuple[Facts, Chain]:
    facts = load_facts()
    numbers = Numbers(facts)
    basis = read_basis(facts, numbers)
    grades = read_grades(facts, year, wanted_by_grade(facts, year))
    return facts, build_chain(
        facts, basis, sorted(renormalised_assays(facts)), renormalised_assays(facts), grades
    )


def element_masses(chain: Chain, recipe: str, sign: int) -> dict[str, float]:
    total: dict[str, float] = {}
    for material, amount in chain.recipes[recipe].flows:
        if amount * sign > 0:
            for element, share in chain.substances[material].contents:
                total[element] = total.get(element, 0.0) + share * abs(amount)
    return total


def test_assays_sum_to_one() -> None:
    facts, _ = shipped()
    assays = renormalised_assays(facts)
    assert len(assays) >= 20
    for feed, shares in assays.items():
        assert sum(shares.values()) == pytest.approx(1.0), feed


def test_no_recipe_makes_an_element_and_losses_are_small() -> None:
    _, chain = shipped()
    checked = 0
    for name in chain.recipes:
        taken, made = element_masses(chain, name, -1), element_masses(chain, name, 1)
        if not taken:
            continue
        checked += 1
        for element, mass in made.items():
            assert mass <= taken[element] * (1 + 1e-12), (name, element)
        assert sum(made.values()) > 0.7 * sum(taken.values()), name
    assert checked > 100


def test_separation_loses_exactly_the_stated_yield() -> None:
    facts, chain = shipped()
    stated = {(row.process, row.product): float(row.recovery) for row in facts.rows("yields")}
    taken, made = (element_masses(chain, "separate_bayan_obo", sign) for sign in (-1, 1))
    assert made["Ce"] / taken["Ce"] == pytest.approx(stated["separation", "light_oxides"])
    assert made["Dy"] / taken["Dy"] == pytest.approx(stated["separation", "heavy_oxides"])
    assert made["Nd"] / taken["Nd"] == pytest.approx(stated["separation", "NdPr_oxide"])


def test_light_separation_keeps_the_heavies_together() -> None:
    _, chain = shipped()
    light = dict(chain.recipes["separate_light_mt_weld"].flows)
    assert light["heavy_concentrate_mt_weld"] > 0
    assert not any(name.split("_")[0] not in (*LIGHT, "NdPr", "heavy", "mixed") for name in light)
    heavy = {name for name, amount in chain.recipes["separate_heavy_mt_weld"].flows if amount > 0}
    assert {"Dy_oxide", "Tb_oxide"} <= heavy
    assert not any(name.split("_")[0] in LIGHT for name in heavy)


def test_didymium_leaves_at_its_mix_and_the_rest_alone() -> None:
    facts, chain = shipped()
    flows = dict(chain.recipes["separate_maoniuping"].flows)
    assert flows["NdPr_oxide"] > 0
    assert ("Nd_oxide" in flows) != ("Pr_oxide" in flows)
    mix = Numbers(facts)["NdPr_oxide_share_Nd"]
    split = dict(chain.recipes["split_NdPr"].flows)
    assert split["Nd_oxide"] / (split["Nd_oxide"] + split["Pr_oxide"]) == pytest.approx(mix)


def test_magnets_leave_their_swarf() -> None:
    facts, chain = shipped()
    kept = {(row.process, row.product): float(row.recovery) for row in facts.rows("yields")}[
        "machining", "NdFeB"
    ]
    flows = dict(chain.recipes["make_NdFeB_SH"].flows)
    assert flows["NdFeB_SH"] == 1.0
    assert flows["swarf_NdFeB_SH"] == pytest.approx(1 / kept - 1)
    assert flows["DyFe_alloy"] < 0 < flows["swarf_NdFeB_SH"]


def test_fitted_factors_close_supply_and_need_of_magnet_elements() -> None:
    facts = load_facts()
    basis = read_basis(facts, Numbers(facts))
    wanted = wanted_by_grade(facts, 2024)
    before = read_grades(facts, 2024, wanted)
    given = {grade: dict(shares) for grade, shares in before.items()}
    fitted = fit_elements(
        facts, basis, 2024, renormalised_assays(facts), before, read_mined(facts, 2024), wanted
    )
    factors = {change.what: change.reconciled for change in fitted.adjustments}
    assert len(factors) == 6
    assert all(0.5 < factor < 2.0 for factor in factors.values())
    moved = factors["share of Dy in all magnet grades"]
    assert fitted.grades["SH"]["Dy"] == pytest.approx(given["SH"]["Dy"] * moved)
    for shares in fitted.assays.values():
        assert sum(shares.values()) == pytest.approx(1.0)
