"""Units at the door: from what a user's column is written in to what a world counts in.

Only :mod:`xenotime.world.conversion` calls this, and only for columns that ``units.csv`` names, so
pint is loaded when a conversion is asked for and never otherwise.  The registry holds our own few
units and nothing else: pint's own list reads ``kt`` as knots.  Gross mass, rare-earth oxide (REO) and
contained metal are three dimensions, so that none can pass for another.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_UNIT = 80  # characters; the longest sensible one, USD/kg/(kg/year), has sixteen
GREATEST_NUMBER = 6  # digits of a number inside a unit, as in "1000 t"

_MASS = {  # name: (amount, of)
    "g": "1",
    "kg": "1e3 * g",
    "t": "1e6 * g",
    "tonne": "1 * t",
    "kilotonne": "1e3 * t",
    "megatonne": "1e6 * t",
    "lb": "453.59237 * g",
    "oz": "28.349523125 * g",
    "troy_ounce": "31.1034768 * g",
    "short_ton": "2000 * lb",
    "long_ton": "2240 * lb",
}
_OTHER = {
    "month": "[time]",
    "quarter": "3 * month",
    "year": "12 * month",
    "day": "year / 365.25",
    "week": "7 * day",
    "USD": "[money]",
    "kUSD": "1e3 * USD",
    "MUSD": "1e6 * USD",
    "activity": "[activity]",
    "piece": "[count]",
    "kWh": "[energy]",
    "MWh": "1e3 * kWh",
    "GWh": "1e6 * kWh",
    "TWh": "1e9 * kWh",
    "m3": "[volume]",
    "litre": "1e-3 * m3",
    "barrel": "158.987294928 * litre",
    "degree": "[angle]",
    "percent": "1e-2",
}
_KINDS = {"REO": "mass_REO", "metal": "mass_metal"}
_CURRENCIES = frozenset(
    "AED ARS AUD BRL CAD CHF CLP CNH CNY COP CZK DKK EUR GBP HKD HUF IDR ILS INR JPY KRW KZT MMK MNT MXN MYR "
    "NOK NZD PHP PLN RMB RUB SAR SEK SGD THB TRY TWD UAH VND ZAR".split()
)
_TRAPS = {
    "kt": "kt is knots to a physicist; write kilotonne",
    "KT": "write kilotonne",
    "Mt": "write megatonne",
    "MT": "it is megatonne to some and metric tonne to others; write megatonne or t",
    "mt": "it is metric tonne to some and millitonne to others; write t",
    "ton": "a ton has three sizes; write t, short_ton or long_ton",
    "tons": "a ton has three sizes; write t, short_ton or long_ton",
    "dollar": "write USD",
    "cent": "write USD and give the numbers in dollars",
    "y": "write year",
    "a": "write year",
    "yr": "write year",
}
_TOKEN = re.compile(r"\s*([A-Za-z_][A-Za-z_0-9]*|\d+(?:\.\d+)?|[*/()])")


class UnitFault(Exception):
    """A unit that cannot be used; carries the code and three parts of the message."""

    def __init__(self, code: str, found: str, expected: str, remedy: str) -> None:
        super().__init__(f"found {found}; expected {expected}; {remedy}")
        self.code, self.found, self.expected, self.remedy = code, found, expected, remedy


def known_units() -> tuple[str, ...]:
    """Every name a unit may be made of."""
    kinds = tuple(f"{name}_{kind}" for kind in _KINDS for name in _MASS)
    return (*_MASS, *kinds, *_OTHER)


def is_mass(unit: str) -> bool:
    """Whether `unit` is one of the plain mass units, of whatever kind."""
    return _spell(unit).strip().removesuffix("_REO").removesuffix("_metal") in _MASS


@lru_cache(maxsize=1024)
def conversion_factor(written: str, wanted: str) -> float:
    """How many `wanted` one `written` is.

    Parameters
    ----------
    written, wanted : such as ``kg/year`` and ``t/month``; the blank unit is a bare number

    Raises
    ------
    UnitFault : ``unknown-unit``, ``unknown-currency`` or ``wrong-kind-of-unit``
    """
    import pint

    registry = _registry()
    try:
        one = registry.Quantity(1.0, registry.parse_units("dimensionless")) * _parse(written, registry)
        goal = _parse(wanted, registry) * registry.Quantity(1.0, registry.parse_units("dimensionless"))
        factor = float((one / goal).to("dimensionless").magnitude)
    except pint.DimensionalityError as error:
        raise UnitFault(
            "wrong-kind-of-unit",
            f"'{written}'",
            f"a unit of the same kind as '{wanted or 'a bare number'}'",
            _why_other_kind(written, wanted),
        ) from error
    except ArithmeticError:
        factor = 0.0
    if not 0 < factor < math.inf:
        raise UnitFault(
            "unknown-unit", f"'{written}'", "a unit that is not zero", "write it as kg/year or USD/t"
        )
    return factor


def _why_other_kind(written: str, wanted: str) -> str:
    for kind in _KINDS:
        if (f"_{kind}" in _spell(written)) != (f"_{kind}" in _spell(wanted)):
            return (
                "gross mass, REO and metal are never converted into each other here: give the numbers in the "
                "material's own unit, or change that unit in materials.csv"
            )
    return f"give the numbers in a unit that converts to {wanted or 'a bare number'}, and name that unit here"


def _spell(text: str) -> str:
    spaced = re.sub(r"\s+(REO|metal)\b", r"_\1", text)
    return spaced.replace("%", " percent ")


def _parse(text: str, registry: Any) -> Any:
    """The quantity `text` stands for.  Only names, short numbers, * / and brackets reach pint,
    because its parser would evaluate towers of powers for as long as they take."""
    spelled = _spell(text).strip()
    if not spelled:
        return 1.0
    words = _words(text, spelled)
    _refuse_unknown(text, (word for word in words if word[0].isalpha() or word[0] == "_"))
    try:
        return registry.parse_expression(spelled)
    except Exception as error:  # pint's parser lets tokenizer, assertion and type errors through
        raise UnitFault(
            "unknown-unit",
            f"'{text}'",
            "a unit such as kg/year or USD/t",
            "mind the brackets and the slashes",
        ) from error


def _words(text: str, spelled: str) -> list[str]:
    words: list[str] = []
    position = 0
    while position < len(spelled):
        match = _TOKEN.match(spelled, position)
        long_number = match is not None and match[1][0].isdigit() and len(match[1]) > GREATEST_NUMBER
        power = match is not None and match[1] in "*/" and words[-1:] in (["*"], ["/"])
        if match is None or long_number or power or len(spelled) > LONGEST_UNIT:
            raise UnitFault(
                "unknown-unit",
                f"'{text[:LONGEST_UNIT]}'",
                "names of units joined by * and /",
                "write it as kg/year or USD/t",
            )
        words.append(match[1])
        position = match.end()
    return words


def _refuse_unknown(text: str, names: Iterable[str]) -> None:
    for name in names:
        if name in known_units():
            continue
        if name.upper() in _CURRENCIES or name in {"yuan", "euro", "yen"}:
            raise UnitFault(
                "unknown-currency",
                f"'{text}'",
                "money in USD",
                f"convert the numbers from {name} to USD at the rate of their own month before they come in",
            )
        remedy = _TRAPS.get(
            name,
            f"{name} is not known; known are {', '.join((*_MASS, *_OTHER))}, and masses with _REO or _metal",
        )
        raise UnitFault("unknown-unit", f"'{text}'", "names of known units joined by * and /", remedy)


@lru_cache(maxsize=1)
def _registry() -> Any:
    import pint

    registry: Any = pint.UnitRegistry(None)
    for kind in ("", *_KINDS):
        ending = f"_{kind}" if kind else ""
        for name, amount in _MASS.items():
            base = f"[{_KINDS[kind]}]" if kind else "[mass]"
            of = re.sub(r"\b(g|t|lb)$", rf"\1{ending}", amount)
            registry.define(f"{name}{ending} = {base if name == 'g' else of}")
    for name, meaning in _OTHER.items():
        registry.define(f"{name} = {meaning}")
    return registry
