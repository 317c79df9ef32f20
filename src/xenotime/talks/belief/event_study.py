"""What dated prices did while words or deeds fell between two quotes: windows and exact tests."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from xenotime.facts.load import Facts
from xenotime.facts.observed import ObservedPrice
from xenotime.facts.politics import Event
from xenotime.facts.words import Reading
from xenotime.talks.belief.cadence import TALKS
from xenotime.talks.belief.numbers import belief_numbers
from xenotime.talks.belief.tone import SIGN, weight_of
from xenotime.talks.ledger.days import first_day
from xenotime.talks.ledger.known import LAST, known_at
from xenotime.talks.ledger.reliability import reliabilities, said

EXACT = 14  # windows up to which all sign patterns are tried
DRAWS = 9999
SEED = 2026
MIDDLE = 15  # day a quote of a whole month stands for


@dataclass(frozen=True, slots=True)
class Window:
    """Two quotes next to each other and what fell between: log change of price for each market and span.

    score : sum of signed weights of statements and acts between (easing above zero)
    mixed : whether easing and tightening fell into it, so that neither can be told from the other
    """

    market: str
    start: int
    end: int
    change: float
    materials: tuple[str, ...]
    score: float
    events: tuple[str, ...]
    mixed: bool


@dataclass(frozen=True, slots=True)
class Study:
    """Result for one kind of event: mean change per window by side, difference, its interval and p value.

    sides : what the windows of either side have in common;  first, second : how many they are
    left_out : windows of neither side
    least, enough : how many windows each side needs to say anything, and whether both have them
    """

    kind: str
    sides: tuple[str, str]
    first: int
    second: int
    left_out: int
    mean_first: float | None
    mean_second: float | None
    difference: float | None
    low: float | None
    high: float | None
    p_value: float | None
    least: int
    enough: bool


def quotes(facts: Facts) -> dict[tuple[str, str, str, str], list[tuple[int, float]]]:
    """Quotes by material, market, basis and unit: day and price without value-added tax, by day."""
    found: dict[tuple[str, str, str, str], list[tuple[int, float]]] = {}
    for row in facts.rows(ObservedPrice):
        if row.kind not in ("quote", "month") or row.value <= 0:
            continue
        day = first_day(row.day) if row.day else first_day(row.period) + MIDDLE - 1
        basis = row.basis.split()[0]  # the house whose quote it is; purities and editions differ by little
        key = (row.material, row.market, basis, row.unit)
        found.setdefault(key, []).append((day, row.value / (1 + row.vat)))
    return {key: sorted(values) for key, values in found.items()}


def windows(facts: Facts, wanted: Callable[[Reading], bool]) -> tuple[Window, ...]:
    """Windows of each market: quotes of one series at most two months apart, joined over materials.

    Materials of one market and span are one observation, because one piece of news moves all of them.
    """
    dated, numbers = _scores(facts, wanted), belief_numbers(facts)
    spans: dict[tuple[str, int, int], list[tuple[str, float]]] = {}
    for (material, market, _, _), values in quotes(facts).items():
        for (start, before), (end, after) in itertools.pairwise(values):
            if 0 < end - start <= numbers.study_days:
                spans.setdefault((market, start, end), []).append((material, math.log(after / before)))
    found = []
    for (market, start, end), moves in sorted(spans.items()):
        inside = [(event, score) for event, day, score in dated if start < day <= end]
        signs = {math.copysign(1, score) for _, score in inside if score}
        found.append(
            Window(
                market,
                start,
                end,
                sum(change for _, change in moves) / len(moves),
                tuple(sorted({material for material, _ in moves})),
                sum(score for _, score in inside),
                tuple(sorted(event for event, _ in inside)),
                len(signs) > 1,
            )
        )
    return tuple(found)


def _scores(facts: Facts, wanted: Callable[[Reading], bool]) -> list[tuple[str, int, float]]:
    dates = {row.event: row.date for row in facts.rows(Event)}
    record = reliabilities(said(facts), "statements", belief_numbers(facts).prior_claims)
    return [
        (row.event, first_day(dates[row.event]), SIGN[row.direction] * weight_of(row, record))
        for row in facts.rows(Reading)
        if row.event in dates and row.lever == "export_control" and wanted(row)
    ]


def is_word(row: Reading) -> bool:
    """Statements and talks; all that binds nobody."""
    return row.act not in ("legal_act", "delivery_data")


def is_deed(row: Reading) -> bool:
    """Acts of law and deliveries."""
    return not is_word(row)


def study(facts: Facts, kind: str, wanted: Callable[[Reading], bool]) -> Study:
    """Prices over windows that eased against windows that tightened, mixed ones left out.

    The interval of the difference is a bootstrap of windows (nine in ten), the p value that of all exchanges
    of labels, or of 9,999 drawn with a fixed seed where there are too many.
    """
    found = windows(known_at(facts, LAST), wanted)
    clear = [item for item in found if not item.mixed]
    eased = [item.change for item in clear if item.score > 0]
    tightened = [item.change for item in clear if item.score < 0]
    return _compare(kind, ("eased", "tightened"), eased, tightened, len(found), least_windows(facts))


def study_talks(facts: Facts) -> Study:
    """Prices over windows in which talks were held against windows without: the cadence."""
    found = windows(known_at(facts, LAST), lambda row: row.act in TALKS)
    held = [item.change for item in found if item.events]
    none = [item.change for item in found if not item.events]
    return _compare("cadence", ("had talks", "had none"), held, none, len(found), least_windows(facts))


def least_windows(facts: Facts) -> int:
    """Windows on each side below which nothing is concluded."""
    return int(belief_numbers(facts).study_windows)


def _compare(
    kind: str,
    sides: tuple[str, str],
    eased: Sequence[float],
    tightened: Sequence[float],
    count: int,
    least: int,
) -> Study:
    low = high = difference = p_value = None
    if eased and tightened:
        difference = float(np.mean(eased) - np.mean(tightened))
        low, high = _bootstrap(eased, tightened)
        p_value = _exchange(eased, tightened, difference)
    return Study(
        kind,
        sides,
        len(eased),
        len(tightened),
        count - len(eased) - len(tightened),
        float(np.mean(eased)) if eased else None,
        float(np.mean(tightened)) if tightened else None,
        difference,
        low,
        high,
        p_value,
        least,
        min(len(eased), len(tightened)) >= least,
    )


def _bootstrap(one: Sequence[float], other: Sequence[float]) -> tuple[float, float]:
    generator = np.random.default_rng(SEED)
    a, b = np.array(one), np.array(other)
    means = generator.choice(a, (DRAWS, len(a))).mean(axis=1)
    means = means - generator.choice(b, (DRAWS, len(b))).mean(axis=1)
    return float(np.quantile(means, 0.05)), float(np.quantile(means, 0.95))


def _exchange(one: Sequence[float], other: Sequence[float], observed: float) -> float:
    """Share of exchanges of labels that differ at least as much, both ways."""
    values = np.array([*one, *other])
    count, size = len(values), len(one)
    if count <= EXACT:
        picks = [list(pick) for pick in itertools.combinations(range(count), size)]
    else:
        generator = np.random.default_rng(SEED)
        picks = [list(generator.permutation(count)[:size]) for _ in range(DRAWS)]
    total = values.sum()
    hits = 0
    for pick in picks:
        part = values[pick].sum()
        difference = part / size - (total - part) / (count - size)
        hits += abs(difference) >= abs(observed) - 1e-12
    return hits / len(picks)


def thin_sentence(result: Study) -> str:
    """What the numbers allow to be said."""
    one, other = result.sides
    sides = f"{result.first} windows that {one} and {result.second} that {other}"
    if not result.enough:
        asked = f"{result.least} on each side are asked for"
        return f"{result.kind}: {sides}: too thin to conclude anything ({asked})."
    return (
        f"{result.kind}: {sides}; difference {result.difference:+.2f} in log price, p {result.p_value:.2f}."
    )
