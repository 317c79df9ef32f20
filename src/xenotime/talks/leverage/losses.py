"""(M21) loss = accounts without a control less accounts with it; a tonne is surplus or output, never both.

    loss = Delta (surplus on tonnes served + producers + cargoes + taxes + rents + holders + levers)
         + what is missing from stores, at prices without the control
         + value added of tonnes not served, net of what is made up for later

The demand curve already values a stopped line at its choke price.  So the surplus that tonnes not served had
without the control is taken out of the first line before their value added enters the third.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from xenotime.dynamics.behaviour import Behaviour
from xenotime.market.network import Array, Index
from xenotime.talks.leverage.accounts import Books, MonthAccount
from xenotime.talks.leverage.payments import PARTS, added_up
from xenotime.talks.leverage.stakes import Stakes, for_rows

COLUMNS = (*PARTS, "stores", "value_added")
BELOW = 0.05  # of the usual price: a smaller price below zero is rounding or a cost of disposal
WORTH = 1e-3  # of the dearest good that lies anywhere: less is not worth a word
LONGEST = 600  # months after which a backlog that is still not worked off is given up


@dataclass(frozen=True, slots=True)
class Losses:
    """Cumulated losses of a control, months x parties (USD).

    parts : by the parts of COLUMNS; their sum is the loss of M21
    surplus : the same loss with tonnes not served valued by their demand curve, not by value added
    output : value of the output that is lost for good (USD); never added to the loss, of which it is no part
    users : (material, region, sector) of each demand row;  owner : its place in `parties`
    lost : what is lost for good by the end of each month, months x demand rows (unit)
    unwanted : (material, region) whose price is below zero in some month with the control and never without
    """

    months: tuple[str, ...]
    parties: tuple[str, ...]
    parts: dict[str, Array]
    surplus: Array
    output: Array
    users: tuple[tuple[str, str, str], ...] = ()
    owner: Index = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    lost: Array = field(default_factory=lambda: np.zeros((0, 0)))
    unwanted: tuple[tuple[str, str], ...] = ()

    def loss(self) -> Array:
        """(M21) months x parties, USD."""
        return np.asarray(np.sum([self.parts[name] for name in COLUMNS], axis=0))

    def staked(self, before: Stakes, after: Stakes, name: str = "loss") -> Array:
        """(M21) a measure of loss with other values of stopped lines, months x parties (USD).

        It is linear in them: what is lost for good stays what it is, only its value changes.  The measure
        `surplus` values stopped lines by their demand curves and does not move.
        """
        if name == "surplus":
            return self.surplus
        if name == "output":
            return self.output + self._worth(after.output - before.output)
        usual = self.parts["value_added"] if name == "value_added" else self.loss()
        return usual + self._worth(after.value_added - before.value_added)

    def _worth(self, more: Array) -> Array:
        """What is lost for good at so much a unit more, months x parties; rows without a figure add none."""
        mine = np.eye(len(self.parties))[self.owner[: len(more)]]
        return np.asarray((self.lost[:, : len(more)] * np.nan_to_num(more)) @ mine)

    def of(self, regions: Sequence[str], amounts: Array) -> Array:
        """A column of amounts for several parties together."""
        places = [self.parties.index(name) for name in regions if name in self.parties]
        return np.asarray(amounts[:, places].sum(axis=1))


def recoverable(waiting: Array, normal: Array, behaviour: Behaviour) -> Array:
    """(M9) of what waits, how much is still made up once input flows: W' = (W - min(W, r n)) (1 - c)."""
    left, made = waiting.copy(), np.zeros_like(waiting)
    most = behaviour.catch_up * normal
    for _ in range(LONGEST):
        now = np.minimum(left, most)
        if not np.any(now > 1e-9 * np.maximum(normal, 1e-300)):
            break
        made += now
        left = (left - now) * (1 - behaviour.cancelled)
    return made


def losses(
    books: Books, stakes: Stakes, without: Sequence[MonthAccount], with_it: Sequence[MonthAccount]
) -> Losses:
    """Losses month after month, cumulated from the first; both runs cover the same months on one network.

    What waits at a month's end is counted as made up as far as it would be if input flowed from then on.
    """
    setup, parties = books.setup, books.parties
    stakes = for_rows(stakes, len(parties.demand))
    nodes, rows = setup.policy.network.demand_node, parties.demand
    vaults = [order.node for order in setup.levers.stores]
    sponsors = np.array(
        [parties.place(order.lever.sponsor, int(parties.node[order.node])) for order in setup.levers.stores],
        dtype=np.int64,
    )
    flows: dict[str, list[Array]] = {name: [] for name in COLUMNS}
    chosen: list[Array] = []
    output: list[Array] = []
    gone_for_good: list[Array] = []
    known = ~np.isnan(stakes.value_added)
    lost_by_row = np.zeros(len(rows))
    lost_value, lost_choice = np.zeros(len(rows)), np.zeros(len(rows))
    for free, held in zip(without, with_it, strict=True):
        price = free.price[nodes]
        short, late = held.missing - free.missing, held.made_up - free.made_up
        stopped = np.where(held.missing > 0, held.stopped, free.stopped) - price
        dearer = held.made_up * (held.price[nodes] - price)
        served = free.surplus - held.surplus - short * stopped + dearer
        at_stake = np.where(known, stakes.value_added, stopped)
        waits = recoverable(held.waiting, held.normal, setup.behaviour) - recoverable(
            free.waiting, free.normal, setup.behaviour
        )
        lost_by_row += short - late
        lost_value += at_stake * (short - late)
        lost_choice += stopped * (short - late)
        flows["users"].append(added_up(parties, rows, served))
        for place, name in enumerate(PARTS[1:]):
            flows[name].append(free.paid[place] - held.paid[place])
        gone = added_up(parties, parties.node, (free.stored - held.stored) * free.price)
        gone += added_up(parties, sponsors, (free.vaults - held.vaults) * free.price[vaults])
        flows["stores"].append(gone)
        flows["value_added"].append(added_up(parties, rows, lost_value - at_stake * waits))
        chosen.append(added_up(parties, rows, lost_choice - stopped * waits))
        per_unit = np.where(np.isnan(stakes.output), 0.0, stakes.output)
        output.append(added_up(parties, rows, per_unit * (lost_by_row - waits)))
        gone_for_good.append(lost_by_row - waits)
    states = ("stores", "value_added")  # what stands at a month's end, not what flows in it
    parts = {
        name: np.array(values) if name in states else np.cumsum(values, axis=0)
        for name, values in flows.items()
    }
    rest = np.sum([values for name, values in parts.items() if name != "value_added"], axis=0)
    return Losses(
        tuple(item.month for item in with_it),
        parties.names,
        parts,
        np.asarray(rest + np.array(chosen)),
        np.array(output),
        tuple((row.material, row.region, row.sector) for row in setup.policy.network.demand),
        rows,
        np.array(gone_for_good),
        _unwanted(setup.policy.network.nodes, without, with_it),
    )


def _unwanted(
    nodes: Sequence[tuple[str, str, str]], without: Sequence[MonthAccount], with_it: Sequence[MonthAccount]
) -> tuple[tuple[str, str], ...]:
    """Goods somebody would have to be paid to take, because they are made together with others."""
    free = np.min([item.price for item in without], axis=0)
    usual = np.max([np.abs(item.price) for item in without], axis=0)
    low = np.zeros(len(nodes), dtype=bool)
    for item in with_it:  # a price where hardly anything lies is a price of nothing
        worth = -item.price * item.stored
        low |= (item.price < -BELOW * usual) & (worth > WORTH * np.max(np.abs(worth), initial=0.0))
    places = np.flatnonzero(low & (free >= -BELOW * usual) & (usual > 0))
    return tuple(sorted({nodes[place][:2] for place in places.tolist()}))
