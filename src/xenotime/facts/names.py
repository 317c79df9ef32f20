"""Which rows a word means: the names people use for elements, materials, places and plants."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from xenotime.facts.column import columns_of, header_of
from xenotime.facts.load import Facts
from xenotime.facts.table import TABLES

_ALSO_NAMES = ("name", "operator", "oxide", "material", "materials", "product", "sector", "element")
_ORES = ("concentrate_", "mixed_carbonate_")
_DIDYMIUM = "NdPr"
_MATERIAL_COLUMNS = ("material", "materials")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a query is about.

    Attributes
    ----------
    name : how to call it
    terms : casefolded words that name it in a cell
    mentions : pattern that finds it in running text, or None
    assays : casefolded names of assays that stand for it
    everything : whether a material column that says ``all`` means it too
    table, source : the table or source it is, if it is one
    """

    name: str
    terms: frozenset[str]
    mentions: re.Pattern[str] | None = None
    assays: frozenset[str] = frozenset()
    everything: bool = False
    table: str = ""
    source: bool = False

    def is_named(self, cell: str, column: str = "", table: str = "") -> bool:
        """Whether a cell, or one of its parts between semicolons, is one of the terms."""
        terms = self.terms | self.assays if table == "assays" else self.terms
        words = [part.strip().casefold() for part in cell.split(";")]
        return any(word in terms for word in words) or (
            self.everything and column in _MATERIAL_COLUMNS and "all" in words
        )

    def is_mentioned(self, texts: Iterable[str]) -> bool:
        """Whether running text speaks of it."""
        return self.mentions is not None and any(self.mentions.search(text) for text in texts)


def find_subject(query: str, facts: Facts) -> Subject | None:
    """The subject of a query, or None for a word the facts do not know."""
    word = query.strip()
    plain = word.casefold()
    if plain in TABLES:
        return Subject(plain, frozenset(), table=plain)
    if word in facts.sources():
        return Subject(word, frozenset({plain}), source=True)
    vocabulary = known_names(facts)
    for element in facts.rows("elements"):
        if plain in (element.element.casefold(), element.name.casefold(), element.oxide.casefold()):
            return _element(element.element, element.name, vocabulary)
    terms, assays = _aliases(plain, facts)
    terms |= {plain}
    if plain not in {name.casefold() for name in vocabulary} and terms == {plain}:
        return None
    return Subject(word, frozenset(terms), _pattern(sorted(terms)), assays=frozenset(assays))


def _element(symbol: str, name: str, vocabulary: Iterable[str]) -> Subject:
    heads = {symbol, f"{symbol}Fe"} | ({_DIDYMIUM} if symbol in ("Nd", "Pr") else set())
    materials = {text for text in vocabulary if "_" in text and text.partition("_")[0] in heads}
    terms = {symbol, name, *materials, *heads}
    pattern = re.compile(rf"\b(?:{symbol}|{name}|{'|'.join(sorted(heads))})\b|(?i:\b{name}\b)")
    return Subject(
        f"{name} ({symbol})", frozenset(term.casefold() for term in terms), pattern, everything=True
    )


def _aliases(plain: str, facts: Facts) -> tuple[set[str], set[str]]:
    found: set[str] = set()
    assays: set[str] = set()
    for region in facts.rows("regions"):
        if plain in (region.region.casefold(), region.name.casefold()):
            found |= {region.region.casefold(), region.name.casefold()}
    for plant in facts.rows("facilities"):
        if plain in (plant.facility.casefold(), plant.name.casefold(), plant.operator.casefold()):
            found |= {plant.facility.casefold(), plant.name.casefold()}
    for feed in facts.rows("feeds"):
        if plain in (
            feed.feed.casefold(),
            feed.name.casefold(),
            *(f"{ore}{feed.feed}".casefold() for ore in _ORES),
        ):
            found |= {feed.feed.casefold(), feed.name.casefold()}
            assays.add(feed.assay_of.casefold())
            found |= {f"{ore}{feed.feed}".casefold() for ore in _ORES}
    for grade in {row.magnet_grade for row in facts.rows("grades")}:
        if plain in (grade.casefold(), f"ndfeb_{grade}".casefold()):
            found |= {grade.casefold(), f"ndfeb_{grade}".casefold()}
    return found, assays


def _pattern(terms: list[str]) -> re.Pattern[str] | None:
    long = [re.escape(term) for term in terms if len(term) > 2]
    return re.compile(rf"\b(?:{'|'.join(long)})\b", re.IGNORECASE) if long else None


def known_names(facts: Facts) -> set[str]:
    """Every word that names something: keys, references, names of plants, operators and materials."""
    found: set[str] = set()
    for name, table in TABLES.items():
        if name == "missing":
            continue
        for attribute, info in columns_of(table.record).items():
            is_name = header_of(attribute) in table.key or info.references or attribute in _ALSO_NAMES
            if info.kind != "text" or not is_name:
                continue
            for row in facts.rows(name):
                found.update(part.strip() for part in getattr(row, attribute).split(";"))
    return found - {""}


def near_names(query: str, facts: Facts) -> list[str]:
    """The known names nearest to a word, best first."""
    plain = {name.casefold(): name for name in sorted(known_names(facts) | set(TABLES))}
    return [plain[name] for name in get_close_matches(query.strip().casefold(), plain, n=3, cutoff=0.6)]
