"""Words of a bill to goods: which magnet, oxide, metal or product a text means, and what had to be
assumed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from xenotime.exposure.contents import ALLOY, HIGH, LOW, MAGNET, METAL, OXIDE, Contents
from xenotime.facts.grading import worst
from xenotime.market.network import Array
from xenotime.world.numbers import year_rows

if TYPE_CHECKING:
    from xenotime.facts.load import Facts

SAMARIUM = re.compile(r"\bsm\s?-?\s?co\b|smco|samarium.?cobalt|sm2co17|sm\(co")
CERIUM = re.compile(r"\bcefeb|\bce-?fe-?b|cerium magnet")
NEO = re.compile(r"nd-?fe-?b|neodym\w*[ -](iron|magnet)|neo[ -]magnet|\bnib\b|nd2fe14b")
SOME_MAGNET = re.compile(r"rare.?earth magnet|permanent magnet|sintered magnet")
BARE_MAGNET = re.compile(r"\bmagnets?\b")
GRADE = re.compile(
    r"(?<![a-z0-9])n?(?:[2-5][0-9])(m|h|sh|uh|eh|ah)(?![a-z0-9])|(?<![a-z0-9])n([2-5][0-9])(?![a-z0-9])"
)
LETTERS = re.compile(r"(?<![a-z0-9])(sh|uh|eh|ah)(?![a-z0-9])")
CELSIUS = re.compile(r"([0-9]{2,3})\s*(?:°|º|deg\.?|degrees)?\s*(?:c|celsius)(?![a-z])")
POWER = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*mw(?![a-z])")
STATED = re.compile(r"([a-z]{1,2})\s*:?\s*([0-9]+(?:\.[0-9]+)?)\s*(%|ppm|g/kg)")
SCALE = {"%": 1e-2, "ppm": 1e-6, "g/kg": 1e-3}
FREE = re.compile(
    r"\b(ferrite|alnico|steel|iron|alumin\w+|copper|brass|bronze|zinc|plastic|polyam\w+|pa66?|pbt|abs|epoxy|resin|"
    r"rubber|glue|paint|paper|card\w*|wood|glass|titanium|nickel|screw|bolt|nut|washer|bearing|gasket|seal|cable|wire)\b"
)
DIDYMIUM = ("ndpr", "prnd", "nd-pr", "pr-nd", "didymium", "nd/pr", "pr/nd")


@dataclass(frozen=True, slots=True)
class Good:
    """What a text of a bill means.

    name : for people;  market : material of the market model, blank where it has none;  stage : blank where
        there is no element of the facts in it
    shares : elements x (low, middle, high), by mass of the good (of the piece, where `piece` is set)
    piece : grams of the good in one piece (low, middle, high) where the bill need not state a mass
    assumed : what had to be assumed, in words;  grade : the worst behind its numbers
    fault : why the text cannot be used, blank where it can
    """

    name: str
    market: str
    stage: str
    shares: Array
    grade: str
    assumed: str = ""
    piece: tuple[float, float, float] | None = None
    fault: str = ""
    read: bool = True


@dataclass(frozen=True)
class Reader:
    """Reads texts as goods; `sector` weighs the grades of a magnet nobody named."""

    facts: Facts
    contents: Contents
    sector: str = ""

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """Name, symbol and formula of every element, in lower case, to its symbol."""
        found: dict[str, str] = dict.fromkeys(DIDYMIUM, "NdPr")
        for row in self.facts.rows("elements"):
            found |= {row.name.casefold(): row.element, row.oxide.casefold(): row.element}
        return found

    @cached_property
    def _classes(self) -> tuple[Any, ...]:
        return tuple(sorted(self.facts.rows("magnet_classes"), key=lambda row: row.max_celsius))

    @cached_property
    def _margin(self) -> float:
        return float(
            next(r.value for r in self.facts.rows("company_numbers") if r.name == "temperature_margin")
        )

    def read(self, material: str, grade: str = "", stated: str = "") -> Good:
        """The good a line's texts mean.

        material, grade, stated : cells of the bill, as written
        """
        text = f"{material} {grade}".casefold().strip()
        found = self._read(text)
        if found.stage and not found.shares.any():
            found = replace(found, fault="unknown")
        return self._with_stated(found, stated) if stated else found

    def _read(self, text: str) -> Good:
        if SAMARIUM.search(text):
            return self._of_grade("SmCo", "SmCo", MAGNET)
        if CERIUM.search(text):
            return self._of_grade("Ce", "CeFeB", MAGNET)
        product = self._product(text)
        if product is not None:
            return product
        graded = GRADE.search(text)
        if (
            NEO.search(text)
            or SOME_MAGNET.search(text)
            or (graded and "magnet" in text)
            or GRADE.fullmatch(text)
        ):
            return self._neo(text)
        chemical = self._chemical(text)
        if chemical is not None:
            return chemical
        if BARE_MAGNET.search(text) and not FREE.search(text):
            found = self._any_magnet(
                "a magnet of no stated kind, taken to be neodymium-iron-boron or ferrite; "
            )
            found.shares[:, LOW] = 0.0
            return found
        return self._free(text, bool(FREE.search(text)))

    def _free(self, text: str, known: bool) -> Good:
        """Nothing of the facts in it: by a word we know, or because we could not read anything else in it."""
        return Good(text if known else "", "", "", self.contents.none(), "A" if known else "D", read=known)

    def _of_grade(self, grade: str, name: str, stage: str, assumed: str = "") -> Good:
        content = self.contents.market_grade(grade)
        market = grade if grade == "SmCo" else f"NdFeB_{grade}"
        return Good(name, market, stage, content.shares, content.grade, assumed)

    def _of_class(self, row: Any, assumed: str = "", upper: Any = None) -> Good:
        content = self.contents.magnet(row.magnet_class)
        shares, grade = content.shares.copy(), content.grade
        if upper is not None:
            other = self.contents.magnet(upper.magnet_class)
            shares[:, LOW] = np.minimum(shares[:, LOW], other.shares[:, LOW])
            shares[:, HIGH] = np.maximum(shares[:, HIGH], other.shares[:, HIGH])
            grade = worst((grade, other.grade))
        if row.magnet_class != row.stands_for:
            stands = f"class {row.magnet_class} stands on {row.stands_for}"
            stands += f", heavy elements times {row.heavy_ratio:g}"
            assumed = f"{assumed}; {stands}" if assumed else stands
        return Good(f"NdFeB {row.magnet_class}", f"NdFeB_{row.stands_for}", MAGNET, shares, grade, assumed)

    def _class(self, letters: str) -> Any:
        return next((row for row in self._classes if row.magnet_class == letters.upper()), None)

    def _neo(self, text: str) -> Good:
        """A neodymium magnet: by its letters, else by its temperature, else the mean of what is bought."""
        graded = GRADE.search(text) or LETTERS.search(text)
        if graded:
            return self._of_class(self._class(graded[1] or "N"))
        warm = CELSIUS.search(text)
        if warm:
            return self._by_temperature(float(warm[1]))
        return self._any_magnet("" if NEO.search(text) else "taken to be neodymium-iron-boron; ")

    def _by_temperature(self, celsius: float) -> Good:
        fits = [row for row in self._classes if row.max_celsius >= celsius]
        if not fits:
            return replace(
                self._of_grade("SmCo", "SmCo", MAGNET),
                assumed=f"no neodymium class is listed for {celsius:g} C: taken as samarium-cobalt",
            )
        safe = [row for row in self._classes if row.max_celsius >= celsius + self._margin]
        upper = safe[0] if safe else fits[-1]
        said = f"{celsius:g} C stated and no grade: class {fits[0].magnet_class}"
        if upper is not fits[0]:
            said += f", up to {upper.magnet_class} with the {self._margin:g} C margin makers advise"
        return self._of_class(fits[0], said, upper)

    @cached_property
    def _mixture(self) -> tuple[str, str, Array] | None:
        """Who buys, the grade bought most, and the mean of grades by what is bought; None if nobody knows."""
        bought = year_rows(self.facts.rows("magnet_demand"), self.contents.year)
        for wanted in (self.sector, ""):
            weights: dict[str, float] = {}
            for row in bought:
                if row.magnet_grade != "SmCo" and wanted in ("", row.sector):
                    weights[row.magnet_grade] = weights.get(row.magnet_grade, 0.0) + row.quantity
            if weights:
                break
        else:
            return None
        total = sum(weights.values())
        each = {name: self.contents.market_grade(name).shares for name in weights}
        shares = np.asarray(sum(each[name] * weight / total for name, weight in weights.items()))
        shares[:, LOW] = np.min([item[:, LOW] for item in each.values()], axis=0)
        shares[:, HIGH] = np.max([item[:, HIGH] for item in each.values()], axis=0)
        return wanted, max(weights, key=lambda name: weights[name]), shares

    def _any_magnet(self, before: str) -> Good:
        """Mean of the grades a sector buys, ends of the range the ends of any of them."""
        if self._mixture is None:
            return Good("NdFeB, grade not known", "", MAGNET, self.contents.none(), "D", before)
        wanted, main, shares = self._mixture
        whose = f"{wanted} buys" if wanted else "the world buys"
        said = (
            f"{before}no grade and no temperature: the mixture {whose}, the range from the least to the most"
        )
        return Good("NdFeB, grade not known", f"NdFeB_{main}", MAGNET, shares.copy(), "D", said)

    def _product(self, text: str) -> Good | None:
        """A product whose magnets a bill names without their mass."""
        for row in self.facts.rows("product_contents"):
            if not re.search(row.pattern, text):
                continue
            power = POWER.search(text)
            if row.per == "MW" and power is None:
                return Good(text, "", "", self.contents.none(), "D", fault="power")
            scale = float(power[1]) if row.per == "MW" and power else 1.0
            graded = GRADE.search(text)
            inside = self._of_class(self._class(graded[1] or "N" if graded else row.magnet_class))
            said = f"{row.product}: {row.low:g} to {row.high:g} g of magnets a {row.per} ({row.source})"
            if not graded:
                said += f", taken as class {row.magnet_class}"
            piece = (row.low * scale, row.mass * scale, row.high * scale)
            return replace(
                inside, name=row.product, piece=piece, assumed=said, grade=worst((inside.grade, row.grade))
            )
        return None

    def _chemical(self, text: str) -> Good | None:
        """An oxide, metal or alloy of a named element; a name alone is a fault."""
        plain = re.sub(r"[_,;()]+", " ", text)
        for name in self.contents.alloys():
            if re.search(rf"\b{name.removesuffix('_alloy').casefold()}\b", plain):
                content = self.contents.alloy(name)
                return Good(name, name, ALLOY, content.shares, content.grade, "content of the alloy assumed")
        element, formula = self._element(plain)
        if element is None:
            return None
        if formula or "oxide" in plain or ("carbonate" in plain and "mixed" not in plain):
            content = self.contents.oxide(element)
            return Good(f"{element} oxide", f"{element}_oxide", OXIDE, content.shares, content.grade)
        if "metal" in plain or "ingot" in plain:
            content = self.contents.metal(element)
            said = "taken as pure metal"
            return Good(f"{element} metal", f"{element}_metal", METAL, content.shares, content.grade, said)
        return Good(text, "", "", self.contents.none(), "D", fault="form")

    def _element(self, text: str) -> tuple[str | None, bool]:
        """The element a text names, and whether by the formula of its oxide."""
        words = text.split()
        formulas = {row.oxide.casefold() for row in self.facts.rows("elements")}
        for word in words:
            if word in self._names:
                return self._names[word], word in formulas
        symbols = {symbol.casefold(): symbol for symbol in (*self.contents.elements, "NdPr")}
        if len(words) >= 2 and words[0] in symbols and words[1] in ("oxide", "metal", "ingot"):
            return symbols[words[0]], False
        return None, False

    def _with_stated(self, found: Good, stated: str) -> Good:
        """Shares as the bill states them; what it does not state of a known good is none of it."""
        shares = self.contents.none()
        rest = STATED.sub("", stated.casefold())
        symbols = {symbol.casefold(): place for place, symbol in enumerate(self.contents.elements)}
        for symbol, number, unit in STATED.findall(stated.casefold()):
            if symbol in symbols:
                shares[symbols[symbol]] = float(number) * SCALE[unit]
        if re.sub(r"[\s;,]+", "", rest) or shares[:, HIGH].sum() > 1 or not shares.any():
            return replace(found, fault="contents")
        stage = found.stage or MAGNET
        name = found.name or "stated contents"
        return replace(
            found,
            name=name,
            stage=stage,
            shares=shares,
            grade="A",
            assumed="",
            piece=None,
            fault="",
            read=True,
        )
