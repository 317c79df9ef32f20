"""What makes headline numbers unsure, as tables: shares by number and kind, and the next fact to check."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from xenotime.ensembles.sensitivity import ASSUMED, Part, Sensitivity, is_assumed
from xenotime.ensembles.uncertain import FACTS, Uncertain
from xenotime.market.network import Array

CHECKABLE = (
    *FACTS,
    "control",
)  # what somebody could look up, measure or ask; behaviour and structure are not
FIRST = 5  # numbers that are drawn as pictures
LEAST = 0.01  # of a variance: what is answerable for less is not told apart from chance
LINE = 21  # points of a fitted line
UNEXPLAINED = 0.5  # of the variance: beyond it nobody can say where it comes from
ALL = "all"
MEDIAN, ASSUMED_RANGE, OPEN_RANGE = "median", "assumed", "range"
Row = dict[str, Any]
Studied = Mapping[str, Sensitivity]
Numbers = Mapping[str, Uncertain]


def confidence(found: Sensitivity) -> Row:
    """How a headline number may be told.

    `shown` is ``assumed`` (a range, and that word) where more than half of the variance comes from assumed
    choke prices, elasticities and cover, ``range`` where more than half is explained by nothing, else
    ``median``.
    """
    shown = MEDIAN
    if found.unexplained > UNEXPLAINED:
        shown = OPEN_RANGE
    if found.assumed > ASSUMED:
        shown = ASSUMED_RANGE
    return {
        "variance": found.variance,
        "explained": found.r2,
        "unexplained": found.unexplained,
        "assumed": found.assumed,
        "shown": shown,
    }


def sensitivity_rows(studied: Studied, numbers: Numbers, titles: Mapping[str, str]) -> list[Row]:
    """Shares of every headline number's variance: by kind (`level` group), by number, and unexplained."""
    rows: list[Row] = []
    for headline, found in studied.items():
        for part in found.groups:
            rows.append({**_share(headline, "group", part), "kind": part.name})
        for part in found.parts:
            item = numbers[part.name]
            rows.append(
                {
                    **_share(headline, "number", part),
                    "kind": item.kind,
                    "grade": item.grade,
                    "source": item.source,
                    "title": titles.get(item.source, ""),
                    "stated": item.row,
                    "assumed": is_assumed(item),
                }
            )
        rows.append(
            {
                "headline": headline,
                "level": "unexplained",
                "name": "",
                "kind": "",
                "first": found.unexplained,
                "total": found.unexplained,
                "unit": "share of variance",
            }
        )
    return rows


def _share(headline: str, level: str, part: Part) -> Row:
    return {
        "headline": headline,
        "level": level,
        "name": part.name,
        "first": part.first,
        "total": part.total,
        "unit": "share of variance",
    }


def next_facts(studied: Studied, numbers: Numbers, titles: Mapping[str, str]) -> list[Row]:
    """Facts by what knowing them would take off the variance, for each headline number and for all.

    For one headline number the reduction is first-order index x variance, in its unit squared; for ``all``
    it is the mean over headline numbers of the share.
    """
    rows: list[Row] = []
    shares: dict[str, float] = {}
    for headline, found in studied.items():
        worth = sorted(
            ((part.first, part.name) for part in found.parts if numbers[part.name].kind in CHECKABLE),
            key=lambda pair: (-pair[0], pair[1]),
        )
        for rank, (share, name) in enumerate(worth, 1):
            shares[name] = shares.get(name, 0.0) + share / len(studied)
            rows.append(_fact(rank, headline, numbers[name], share, share * found.variance, titles))
    ranked = sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))
    every = [_fact(rank, ALL, numbers[n], share, None, titles) for rank, (n, share) in enumerate(ranked, 1)]
    return every + rows


def _fact(
    rank: int,
    headline: str,
    item: Uncertain,
    share: float,
    reduction: float | None,
    titles: Mapping[str, str],
) -> Row:
    return {
        "rank": rank,
        "headline": headline,
        "number": item.name,
        "kind": item.kind,
        "share": share,
        "reduction": reduction,
        "low": item.low,
        "value": item.value,
        "high": item.high,
        "unit": item.unit,
        "grade": item.grade,
        "source": item.source,
        "title": titles.get(item.source, ""),
        "stated": item.row,
    }


def ranked_numbers(studied: Studied) -> list[str]:
    """Numbers of any kind by their mean total share over headline numbers."""
    shares: dict[str, float] = {}
    for found in studied.values():
        for part in found.parts:
            shares[part.name] = shares.get(part.name, 0.0) + part.total
    return [name for name, _ in sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))]


def scatter_rows(studied: Studied, numbers: Numbers, values: Mapping[str, Array], places: Array) -> list[Row]:
    """For each of the FIRST numbers that matter most: the headline it matters to most, draw by draw.

    `line` is the stand-in with everything else at its value.
    """
    order = {name: column for column, name in enumerate(numbers)}
    rows: list[Row] = []
    for name in ranked_numbers(studied):
        shares = {
            headline: part.total
            for headline, found in studied.items()
            for part in found.parts
            if part.name == name
        }
        headline = max(shares, key=lambda key: shares[key])
        if len(rows) == FIRST or shares[headline] < LEAST:
            continue
        item, column = numbers[name], order[name]
        rows.append(
            {
                "number": name,
                "headline": headline,
                "share": shares[headline],
                "kind": item.kind,
                "unit": item.unit,
                "options": list(item.options),
                "points": [
                    {"place": float(place), "value": float(value), "number": _number_at(item, float(place))}
                    for place, value in zip(places[:, column], values[headline], strict=True)
                ],
                "line": _line(studied[headline], item, column, places.shape[1]),
            }
        )
    return rows


def _line(found: Sensitivity, item: Uncertain, column: int, width: int) -> list[Row]:
    at = np.linspace(-1, 1, len(item.options) or LINE)
    places = np.zeros((len(at), width))
    places[:, column] = at
    said = found.surrogate(places)
    return [
        {"place": float(place), "value": float(value), "number": _number_at(item, float(place))}
        for place, value in zip(at, said, strict=True)
    ]


def _number_at(item: Uncertain, place: float) -> float | None:
    """The number at a place of its range; None for an option."""
    if item.options:
        return None
    return item.at(float(np.interp(place, (-1.0, 0.0, 1.0), (0.05, 0.5, 0.95))))
