"""Tables about others' estimates, and about levers that are linked to a control at the table."""

from __future__ import annotations

from dataclasses import dataclass

from xenotime.facts.column import Figure, choice, column, number, words

ESTIMATES = ("loss", "exposure", "size")
MEASURES = ("value_added", "output", "exposure", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedLoss(Figure):
    study: str = column("who estimated, and what")
    region: str = column("whose loss or exposure, as the study names it")
    kind: str = choice(
        "loss: what would be lost; exposure: what depends on the goods, none lost yet; size: of an economy",
        *ESTIMATES,
    )
    value: float = number("the estimate", "see unit")
    unit: str = column("USD, USD/year or % of GDP")
    on: str = column("regions of the world that stand for it; blank for none", many=True, blank=True)
    cut: float | None = number("share of exports the study takes away", "1", 0, 1, blank=True)
    goods: str = words("materials the study is about, as patterns; blank is everything")
    months: int | None = column("how long it lasts", "integer", unit="month", minimum=1, blank=True)
    measure: str = column("what of ours is held beside it; blank for none", choices=MEASURES, blank=True)
    method: str = words("how it was estimated, and what it leaves out")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedLever(Figure):
    lever: str = column("key")
    actor: str = column("who can pull it")
    target: str = column("whom it is aimed at")
    what: str = column("what is done or given up")
    bears: str = choice("who bears the figure", "target", "actor")
    value: float = number("cost to who bears it while it lasts", "USD/month", 0)
    kind: str = choice(
        "loss: what is lost; exposure: turnover that depends on it, of which only a part is lost",
        "loss",
        "exposure",
    )
    share: float = number("part of the figure taken to be lost", "1", 0, 1)
    share_low: float = number("least part lost", "1", 0, 1)
    share_high: float = number("most part lost", "1", 0, 1)
