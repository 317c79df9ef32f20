"""The few behavioural numbers, from their table, each with range, grade and source."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Values of ``data/behaviour.csv``; see its notes.

    discount_annual : required return on stocks, per year
    working_value : what the first unit of working stock saves in a month, share of price
    terminal_fall : fall of the end value from normal stock to twice it, share of price
    redesign_kept : share of the deepest fall of a use by adaptation that stays for good
    catch_up : output above normal a line can run at to make up for what it missed, share of normal
    cancelled : share of waiting orders given up in a month
    elasticity_scale, elasticity_long_scale : multiples of a world's short-run and long-run elasticities
    choke_scale : multiple of choke price over reference price;  cover_scale : multiple of days of cover
    leak_scale : multiple of what may go round a control;  growth_scale : multiple of expected growth
    snap : share of a node's monthly throughput below which a closing stock is set to zero
    """

    discount_annual: float
    working_value: float
    terminal_fall: float
    redesign_kept: float
    catch_up: float
    cancelled: float
    elasticity_scale: float
    elasticity_long_scale: float
    choke_scale: float
    cover_scale: float
    leak_scale: float
    growth_scale: float
    snap: float

    @property
    def discount(self) -> float:
        """Monthly discount factor beta."""
        return float((1 + self.discount_annual) ** (-1 / 12))


def load_behaviour() -> Behaviour:
    """The shipped values."""
    text = (resources.files("xenotime") / "data" / "behaviour.csv").read_text("utf-8")
    values = {row["name"]: float(row["value"]) for row in csv.DictReader(text.splitlines())}
    return Behaviour(**values)
