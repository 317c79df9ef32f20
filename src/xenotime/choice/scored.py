"""What one run of a package shows, and how it is kept in a file."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from xenotime.choice.measures import Seen
from xenotime.market.network import Array

CAPITAL = "capital"  # the part of the loss that is the return forgone on the sponsor's stock


@dataclass(frozen=True, slots=True)
class Scored:
    """One package in one scene.

    loss : by party and month, cumulated, capital tied up included (months x parties, USD)
    parts : by part of M21 and capital, what the loss of each party is made of after the last month (USD)
    side : loss of the side, cumulated, before the return forgone on its stock (months, USD)
    drawn : loss of the side after the last month, by draw (USD)
    bought : for stock held at the start;  outlay, cost : of the sponsor (USD);  seen : by month
    failure : why there is no answer; everything else is then empty
    """

    months: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    loss: Array = field(default_factory=lambda: np.zeros((0, 0)))
    parts: dict[str, Array] = field(default_factory=dict)
    side: Array = field(default_factory=lambda: np.zeros(0))
    drawn: Array = field(default_factory=lambda: np.zeros(0))
    bought: float = 0.0
    outlay: float = 0.0
    cost: float = 0.0
    seen: tuple[Seen, ...] = ()
    failure: str = ""

    def of(self, party: str) -> float:
        """Loss of a party after the last month (USD); nothing for one the run does not know."""
        return float(self.loss[-1, self.parties.index(party)]) if party in self.parties else 0.0


def keep(file: Path | None, key: str, done: Scored) -> None:
    """Write a run, whole or not at all; nothing is kept where there is no file."""
    if file is None:
        return
    said: dict[str, Any] = {
        "key": key,
        "months": done.months,
        "parties": done.parties,
        "loss": done.loss.tolist(),
        "parts": {name: values.tolist() for name, values in done.parts.items()},
        "side": done.side.tolist(),
        "drawn": done.drawn.tolist(),
        "bought": done.bought,
        "outlay": done.outlay,
        "cost": done.cost,
        "seen": [asdict(item) for item in done.seen],
        "failure": done.failure,
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(f".{os.getpid()}.draft")
    draft.write_text(json.dumps(said), "utf-8")
    draft.replace(file)


def kept(file: Path | None, key: str) -> Scored | None:
    """A run that was kept under this key; None where there is none, or one of another question."""
    if file is None or not file.is_file():
        return None
    said = json.loads(file.read_text("utf-8"))
    if said["key"] != key:
        return None
    return Scored(
        tuple(said["months"]),
        tuple(said["parties"]),
        np.array(said["loss"], dtype=float),
        {name: np.array(values, dtype=float) for name, values in said["parts"].items()},
        np.array(said["side"], dtype=float),
        np.array(said["drawn"], dtype=float),
        said["bought"],
        said["outlay"],
        said["cost"],
        tuple(_seen(item) for item in said["seen"]),
        said["failure"],
    )


def _seen(item: dict[str, Any]) -> Seen:
    bills = tuple((a, b, c, d, value) for a, b, c, d, value in item.pop("bills"))
    return Seen(**item, bills=bills)
