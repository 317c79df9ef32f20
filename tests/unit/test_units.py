"""Units at the door: factors, kinds that must not mix, and what pint must never be handed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from xenotime.units import UnitFault, conversion_factor, is_mass, known_units

DAYS_A_YEAR = 365.25


@pytest.mark.parametrize(
    ("written", "wanted", "factor"),
    [
        ("kg/year", "t/month", 1e-3 / 12),
        ("USD/kg", "USD/t", 1e3),
        ("USD/t", "USD/kg", 1e-3),
        ("USD/lb", "USD/t", 1e6 / 453.59237),
        ("kilotonne/year", "t/month", 1e3 / 12),
        ("1000 t/year", "t/month", 1e3 / 12),
        ("USD/kg/(kg/year)", "USD/t/(t/month)", 12e6),
        ("kg_REO/month", "t_REO/month", 1e-3),
        ("kg REO", "t_REO", 1e-3),
        ("troy_ounce_metal", "kg_metal", 31.1034768e-3),
        ("day", "month", 12 / DAYS_A_YEAR),
        ("week", "day", 7.0),
        ("%", "", 0.01),
        ("percent", "", 0.01),
        ("", "", 1.0),
        ("activity/year", "activity/month", 1 / 12),
        ("MWh", "GWh", 1e-3),
        ("MUSD/kilotonne", "USD/t", 1e3),
        ("g/t", "", 1e-6),
    ],
)
def test_a_factor_is_what_hand_arithmetic_says(written: str, wanted: str, factor: float) -> None:
    assert conversion_factor(written, wanted) == pytest.approx(factor, rel=1e-12)


@pytest.mark.parametrize(
    ("written", "wanted"),
    [("t_REO", "t"), ("t", "t_metal"), ("t_REO/year", "t_metal/month"), ("USD/t_REO", "USD/t")],
)
def test_masses_of_two_kinds_never_convert(written: str, wanted: str) -> None:
    with pytest.raises(UnitFault, match="never converted") as caught:
        conversion_factor(written, wanted)
    assert caught.value.code == "wrong-kind-of-unit"


@pytest.mark.parametrize(
    ("written", "wanted"),
    [("t", "t/month"), ("USD/t", "t/month"), ("month", ""), ("", "USD/t"), ("kWh", "t")],
)
def test_other_kinds_never_convert(written: str, wanted: str) -> None:
    with pytest.raises(UnitFault) as caught:
        conversion_factor(written, wanted)
    assert caught.value.code == "wrong-kind-of-unit"


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("kt", "kilotonne"),
        ("kt/year", "knots"),
        ("USD/mt", "metric tonne"),
        ("ton/month", "three sizes"),
        ("yr", "year"),
    ],
)
def test_a_unit_with_two_meanings_is_refused(written: str, word: str) -> None:
    with pytest.raises(UnitFault, match=word) as caught:
        conversion_factor(written, "t/month")
    assert caught.value.code == "unknown-unit"


@pytest.mark.parametrize("money", ["EUR", "CNY", "RMB", "yuan", "eur"])
def test_money_of_another_country_is_refused(money: str) -> None:
    with pytest.raises(UnitFault, match="to USD") as caught:
        conversion_factor(f"{money}/t", "USD/t")
    assert caught.value.code == "unknown-currency"


@pytest.mark.parametrize(
    "written",
    [
        *("9**9**9 t", "t^9", "t**2", "1e999 t", "99999999 t", "t/", "(", "t)", "0 t", "t/0", "t* *t"),
        *("__import__", "t;t", "t" * 500, "🙂", "t/(t-t)", "1" * 4000),
    ],
)
def test_what_is_no_unit_is_refused_and_never_computed(written: str) -> None:
    with pytest.raises(UnitFault) as caught:
        conversion_factor(written, "t")
    assert caught.value.code == "unknown-unit"


def test_mass_units_are_known_by_name() -> None:
    assert is_mass("t")
    assert is_mass("kg_REO")
    assert is_mass("t metal")
    assert not is_mass("piece")
    assert not is_mass("kt")
    assert {"t", "t_REO", "t_metal", "USD", "month"} <= set(known_units())


def test_pint_is_loaded_only_for_a_conversion() -> None:
    script = "import sys, xenotime.units, xenotime.world.read; print('pint' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
