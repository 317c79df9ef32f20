"""Amounts: a number, a scale and a unit, in the ways that statements on this trade write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from xenotime.facts.reading import UnitTerm
from xenotime.talks.reader.lexicon import Lexicon

_BOUNDS = (
    ("at least", r"at least|no less than|not less than|more than|over|a minimum of|in excess of"),
    ("at most", r"up to|at most|no more than|not more than|less than|a maximum of"),
    ("about", r"about|around|approximately|roughly|some|nearly|almost|an estimated|an initial amount of"),
)
_FIGURE = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_GAP = r"(?:\s+(?:U\.S\.|[A-Za-z]+)){0,5}?"  # 25 million tonnes (of American soybeans) a year
TIME, COUNT, MASS, SHARE, CURRENCY = "time", "count", "mass", "share", "currency"


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in units, never in millions of them.

    Attributes
    ----------
    start, end : place in the text
    value, unit : such as 12000000.0 and ``t``, 110.0 and ``USD/kg``
    kind : currency, mass, share, time or count
    bound : ``at least``, ``at most``, ``about`` or blank
    rule : what found it
    """

    start: int
    end: int
    value: float
    unit: str
    kind: str
    bound: str
    rule: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """Patterns of amounts, and what their words mean."""

    money: re.Pattern[str]
    other: re.Pattern[str]
    currency: Mapping[str, str]
    units: Mapping[str, UnitTerm]
    scales: Mapping[str, float]
    numbers: Mapping[str, float]
    per: Mapping[str, str]


def _any(terms: Iterable[str]) -> str:
    ordered = sorted(terms, key=lambda term: -len(term))
    return "|".join(re.escape(term).replace(r"\ ", r"[\s-]+") for term in ordered)


@lru_cache(maxsize=4)
def grammar_of(rows: tuple[UnitTerm, ...]) -> Grammar:
    """The patterns of the words of units."""
    of = {
        kind: {row.term: row for row in rows if row.kind == kind}
        for kind in ("currency", "mass", "share", "time", "count", "scale", "number", "per")
    }
    scale = _any(of["scale"])
    number = rf"(?P<number>{_FIGURE}|\b(?:{_any(of['number'])})\b)"
    per = rf"(?P<per>\s*/\s?(?:kg|t|yr|year)\b|\s+(?:{_any(t for t in of['per'] if t[0] != '/')})\b)"
    signs = _any(of["currency"])
    before = rf"(?P<before>(?<![A-Za-z])(?:{signs}))\s?"
    after = rf"[\s-]?(?P<after>(?:{_any(t for t in of['currency'] if t.isalpha() or ' ' in t)})\b)"
    scaled = rf"(?:[\s-]?(?P<scale>(?:{scale}))\b)?"
    money = (
        rf"(?:{before}(?P<figure>{_FIGURE}){scaled}"
        rf"|(?P<figure2>{_FIGURE})(?:[\s-]?(?P<scale2>{scale})\b)?{after}){per}?"
    )
    kinds = {row.term: row for kind in (MASS, SHARE, TIME, COUNT) for row in of[kind].values()}
    named = rf"(?P<unit>%|(?:{_any(term for term in kinds if term != '%')})(?![\w]))"
    other = rf"(?<![\w.,$€£]){number}{scaled}[\s-]?{named}(?:{_GAP}{per})?"
    return Grammar(
        re.compile(money, re.IGNORECASE),
        re.compile(other, re.IGNORECASE),
        {term: row.unit for term, row in of["currency"].items()},
        kinds,
        {term: row.factor for term, row in of["scale"].items()},
        {term: row.factor for term, row in of["number"].items()},
        {term: row.unit for term, row in of["per"].items()},
    )


def find_amounts(text: str, lexicon: Lexicon) -> tuple[Amount, ...]:
    """Amounts of a plain text in order; of two that overlap the one of money counts."""
    grammar = grammar_of(lexicon.units)
    found = [*_money(text, grammar), *_others(text, grammar)]
    kept: list[Amount] = []
    for item in sorted(found, key=lambda item: (item.start, item.kind != CURRENCY)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return tuple(kept)


def _money(text: str, grammar: Grammar) -> Iterator[Amount]:
    for match in grammar.money.finditer(text):
        sign = _word(match["before"] or match["after"])
        figure = match["figure"] or match["figure2"]
        scale = grammar.scales.get(_word(match["scale"] or match["scale2"] or ""), 1.0)
        unit = grammar.currency[sign] + _per(match["per"], grammar)
        value = float(figure.replace(",", "")) * scale
        yield _amount(text, match.start(), match.end(), value, unit, CURRENCY)


def _others(text: str, grammar: Grammar) -> Iterator[Amount]:
    for match in grammar.other.finditer(text):
        row = grammar.units.get(_word(match["unit"]))
        word = _word(match["number"])
        if row is None or (row.kind != TIME and not word[0].isdigit() and word in ("a", "an", "another")):
            continue
        number = grammar.numbers.get(word)
        value = float(word.replace(",", "")) if number is None else number
        scale = grammar.scales.get(_word(match["scale"] or ""), 1.0)
        per = _per(match["per"], grammar) if row.kind == MASS else ""
        end = match.end() if per else match.end("unit")
        unit = row.unit if "/" in row.unit else row.unit + per
        yield _amount(text, match.start(), end, _whole(value * scale * row.factor), unit, row.kind)


def _whole(value: float) -> float:
    return float(round(value)) if abs(value - round(value)) < 1e-9 * max(abs(value), 1.0) else value


def _amount(text: str, start: int, end: int, value: float, unit: str, kind: str) -> Amount:
    lead = text[max(0, start - 28) : start]
    bound = next(
        (name for name, words in _BOUNDS if re.search(rf"\b(?:{words})\s+(?:the\s+)?$", lead, re.IGNORECASE)),
        "",
    )
    return Amount(start, end, _whole(value), unit, kind, bound, f"amount: {kind}")


def _word(text: str) -> str:
    return re.sub(r"[\s-]+", " ", text.strip().lower())


def _per(text: str | None, grammar: Grammar) -> str:
    if not text:
        return ""
    word = _word(text).replace("/ ", "/")
    return grammar.per.get(word, "")
