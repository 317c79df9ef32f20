"""Licences that take time: a queue of applications, and a balance of licences in hand (M12).

A queue is one control, class of goods, end-user class and destination; its service is shared by its lanes
in the order of filing, and each lane has its own licences, since one for terbium moves no yttrium.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import scipy.sparse as sp

from xenotime.market.network import Array, Index, Network
from xenotime.months import month_number, month_text
from xenotime.policy.dates import binds, is_open
from xenotime.policy.side_lanes import SideLane
from xenotime.world.tables import Control

DAYS_IN_WEEK = 7.0
WORKING_DAYS_IN_WEEK = 5.0
DAYS_IN_MONTH = 30.4375  # Julian year over twelve
NOTHING_LEFT = 1e-12  # of what is filed: below it a queue is through
PRODUCTS = {"sintered_magnet": "magnet", "separated_oxide": "oxide", "metal": "metal", "alloy": "alloy"}
OTHER = "other"
BY_NAME = (("oxide", "_oxide"), ("metal", "_metal"), ("alloy", "_alloy"))
MAGNETS = ("NdFeB", "SmCo", "magnet")


@dataclass(frozen=True, slots=True)
class Queue:
    """One line of applicants; `months` from filing to decision, `service` in units a month."""

    control: str
    product: str
    sector: str
    destination: str
    recipient: str
    months: float
    odds: float
    service: float
    validity: int  # months; 0 is for ever
    ceiling: float  # of what is applied for in a month, times normal trade
    applications: float


@dataclass(frozen=True, slots=True)
class QueueBook:
    """All queues of a run and the lanes in them.

    lane, queue, which : per entry, the lane bound, its queue, and which of `distinct` its control's row is
    carried : entries x lanes, 1 where a lane ships on the entry's licences
    normal : flow of each entry in normal times (unit per month)
    """

    queues: tuple[Queue, ...]
    lane: Index
    queue: Index
    which: Index
    distinct: tuple[Control, ...]
    carried: sp.csr_matrix
    normal: Array
    told: dict[tuple[str, str, str], Array] = field(default_factory=dict, repr=False, compare=False)

    def row(self, entry: int) -> Control:
        """The row that binds an entry."""
        return self.distinct[int(self.which[entry])]

    def per_row(self, told: Callable[[Control, str, str], bool], seen_in: str, month: str) -> Array:
        """1 for each entry of whose row `told` is true in `month` as foreseen in `seen_in`, 0 for the others.

        Asked again and again within a month, so answers are kept while `seen_in` stays the same.
        """
        key = (told.__name__, seen_in, month)
        if key not in self.told:
            if any(kept[1] != seen_in for kept in self.told):
                self.told.clear()
            answers = np.array([float(told(row, seen_in, month)) for row in self.distinct], dtype=float)
            self.told[key] = answers[self.which]
        return self.told[key]

    def per_entry(self, values: list[float]) -> Array:
        """A number of each queue, per entry."""
        return np.array(values, dtype=float)[self.queue] if len(self.queue) else np.zeros(0)


@dataclass(frozen=True, slots=True)
class QueueState:
    """Units per entry at the start of a month.

    pending : by months since filing;  balance : licences by months they may still be used, last for ever
    filed, decided, approved, shipped, expired : of the month before
    begun : whether a month has been entered
    """

    pending: Array
    balance: Array
    filed: Array
    decided: Array
    approved: Array
    shipped: Array
    expired: Array
    begun: Array


def product_class(material: str, stages: Mapping[str, str]) -> str:
    """Class of goods a licence is for, from the stage of the chain or, where none is given, the name."""
    stage = stages.get(material, "")
    if stage:
        return PRODUCTS.get(stage, OTHER)
    if material.startswith(MAGNETS):
        return "magnet"
    return next((product for product, end in BY_NAME if material.endswith(end)), OTHER)


def decision_months(row: Control) -> float:
    """Months from filing to decision; working days are five a week, holidays not counted."""
    if row.statutory_days is None:
        return row.processing_months
    return row.statutory_days * DAYS_IN_WEEK / WORKING_DAYS_IN_WEEK / DAYS_IN_MONTH


def find_queues(
    rows: tuple[tuple[Control, tuple[int, ...]], ...],
    network: Network,
    normal: Array,
    stages: Mapping[str, str],
    sides: tuple[SideLane, ...],
) -> QueueBook:
    """Queues of the licence rows, given with their lanes; rows that name more go before the others."""
    slow: dict[int, list[int]] = {}
    for side in sides:
        if side.kind == "slow":
            slow.setdefault(side.parent, []).append(side.lane)
    owner: dict[tuple[str, int], Control] = {}
    for row, lanes in sorted(rows, key=lambda pair: bool(pair[0].destination) + bool(pair[0].sector)):
        if row.approval_odds is not None:
            owner |= {(row.control, lane): row for lane in lanes}
    keys: dict[tuple[str, str, str, str], int] = {}
    served: list[float] = []
    goods: list[set[str]] = []
    members: list[Control] = []
    queue: list[int] = []
    for (control, lane), row in owner.items():
        material, region, pool = network.nodes[network.lanes.destination[lane]]
        user = pool if network.lanes.label[lane][0] == "direct" else row.sector
        key = (control, product_class(material, stages), user, region)
        place = keys.setdefault(key, len(keys))
        if place == len(served):
            served.append(0.0)
            goods.append(set())
            members.append(row)
        served[place] += float(normal[lane])
        goods[place].add(stages.get(material, "") or OTHER)
        queue.append(place)
    bound = [lane for _, lane in owner]
    pairs = [(entry, lane) for entry, own in enumerate(bound) for lane in (own, *slow.get(own, ()))]
    at = np.array(pairs, dtype=np.int64).reshape(len(pairs), 2).T
    carried = sp.csr_matrix((np.ones(len(pairs)), at), shape=(len(bound), len(network.lanes.label)))
    made = tuple(_queue(key, members[place], served[place], goods[place]) for key, place in keys.items())
    lane_index = np.array(bound, dtype=np.int64)
    distinct = {row: place for place, row in enumerate(dict.fromkeys(owner.values()))}
    which = np.array([distinct[row] for row in owner.values()], dtype=np.int64)
    lines = np.array(queue, dtype=np.int64)
    return QueueBook(made, lane_index, lines, which, tuple(distinct), carried, normal[lane_index])


def _queue(key: tuple[str, str, str, str], row: Control, normal: float, stages: set[str]) -> Queue:
    """A queue of goods of no class of ours is told by the stages of the chain they are of."""
    control, product, sector, destination = key
    return Queue(
        control=control,
        product=", ".join(sorted(stages)) if product == OTHER else product,
        sector=sector,
        destination=destination,
        recipient=row.recipient or row.origin,
        months=decision_months(row),
        odds=float(row.approval_odds or 0.0),
        service=np.inf if row.service_rate is None else row.service_rate * normal,
        validity=0 if row.validity_months is None else int(np.ceil(row.validity_months)),
        ceiling=np.inf if row.order_ceiling is None else row.order_ceiling,
        applications=row.applications,
    )


def first_queues(book: QueueBook) -> QueueState:
    """Nobody has applied yet."""
    count = len(book.lane)
    ages = 2 + max((int(np.ceil(queue.months)) for queue in book.queues), default=0)
    uses = 1 + max((queue.validity for queue in book.queues), default=0)
    zero = np.zeros(count)
    return QueueState(
        np.zeros((count, ages)), np.zeros((count, uses)), zero, zero, zero, zero, zero, np.zeros(1)
    )


def opened(book: QueueBook, state: QueueState, month: str) -> QueueState:
    """The state a run begins with where licences were asked for before it: what is normal goes through.

    A licence a month in hand for what is decided, and applications under way for as long as deciding takes.
    """
    if state.begun[0]:
        return state
    earlier = month_text(month_number(month) - 1)
    running = open_entries(book, month, month) * open_entries(book, month, earlier) > 0
    odds = book.per_entry([queue.odds for queue in book.queues])
    granted = np.where(running, np.minimum(book.normal, settled_flow(book)), 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        filed = np.where(granted > 0, granted / odds, 0.0)
    pending = filed[:, None] * (1 - ripe_shares(book, state.pending.shape[1]))
    balance = np.zeros_like(state.balance)
    np.add.at(balance, (np.arange(len(granted)), _last_use(book, state)), granted)
    return QueueState(
        pending,
        balance,
        state.filed,
        state.decided,
        state.approved,
        state.shipped,
        state.expired,
        state.begun,
    )


def settled_flow(book: QueueBook) -> Array:
    """Units a month each entry ships in the long run: odds x service, divided as normal trade; (entries,)."""
    found = np.zeros(len(book.lane))
    for place, queue in enumerate(book.queues):
        here = book.queue == place
        normal = book.normal[here]
        total = float(normal.sum())
        if queue.odds > 0 and np.isinf(queue.service):
            found[here] = np.inf
        elif total > 0:
            found[here] = queue.odds * queue.service * normal / total
    return found


def ripe_shares(book: QueueBook, ages: int) -> Array:
    """Share of what was filed `age` months ago whose time is up by the end of the next month; entries x ages.

    Filing is as of the first of a month, deciding takes `months`, so what is filed in month t can first
    ship in the month in which t + months falls, in proportion to what is left of that month.
    """
    months = np.array([queue.months for queue in book.queues])
    share = np.clip(np.arange(ages) + 2 - months[:, None], 0.0, 1.0)
    share[:, -1] = 1.0
    return np.asarray(share[book.queue])


def decide(book: QueueBook, pending: Array, open_now: Array) -> Array:
    """(M12) Units decided of each entry and age: what is ripe, oldest first, as far as the service goes.

    open_now : per entry, whether decisions are taken
    """
    ripe = pending * ripe_shares(book, pending.shape[1]) * open_now[:, None]
    left = np.array([queue.service for queue in book.queues], dtype=float)
    decided = np.zeros_like(pending)
    for age in reversed(range(pending.shape[1])):
        wanted = np.bincount(book.queue, ripe[:, age], len(book.queues))
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(wanted > 0, np.minimum(1.0, left / wanted), 0.0)
        decided[:, age] = ripe[:, age] * share[book.queue]
        left = left - wanted * share
    return decided


def aged(pending: Array, filed: Array) -> Array:
    """A month later everything filed is a month older, and what is filed now is new."""
    older = np.concatenate([filed[:, None], pending[:, :-1]], axis=1)
    older[:, -1] += pending[:, -1]
    return older


def used(balance: Array, shipped: Array) -> Array:
    """Licences left when `shipped` has gone, those that end soonest first."""
    before = np.cumsum(balance, axis=1) - balance
    return np.asarray(balance - np.clip(shipped[:, None] - before, 0.0, balance))


def lapsed(balance: Array) -> tuple[Array, Array]:
    """(M12) L' = L + approved - shipped - expired: licences a month on, and those that ended.

    The last column holds those that never end.
    """
    if balance.shape[1] == 1:
        return balance.copy(), np.zeros(len(balance))
    after = balance.copy()
    after[:, :-1] = np.concatenate([balance[:, 1:-1], np.zeros((len(balance), 1))], axis=1)
    return after, balance[:, 0].copy()


def with_approved(book: QueueBook, state: QueueState, balance: Array, approved: Array) -> Array:
    """Licences with those approved for use from the next month on."""
    more = balance.copy()
    np.add.at(more, (np.arange(len(approved)), _last_use(book, state)), approved)
    return more


def _last_use(book: QueueBook, state: QueueState) -> Index:
    last = state.balance.shape[1] - 1
    return np.array(
        [book.queues[q].validity - 1 if book.queues[q].validity else last for q in book.queue], dtype=np.int64
    )


def open_entries(book: QueueBook, seen_in: str, month: str) -> Array:
    """Per entry, 1 where applications are taken and decided in `month`."""
    return book.per_row(is_open, seen_in, month)


def binding_entries(book: QueueBook, seen_in: str, month: str) -> Array:
    """Per entry, 1 where goods need a licence in `month`."""
    return book.per_row(binds, seen_in, month)
