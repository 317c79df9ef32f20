"""What a queue is expected to let through over a look-ahead, and what is then applied for (M12)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from xenotime.market.clearing import Clearing
from xenotime.market.horizon import Horizon
from xenotime.market.network import Array, Index
from xenotime.months import month_number, month_text
from xenotime.policy.queues import (
    NOTHING_LEFT,
    QueueBook,
    QueueState,
    aged,
    binding_entries,
    decide,
    lapsed,
    open_entries,
    opened,
    used,
    with_approved,
)

FARTHEST = 60  # months; a wait longer than this is not in sight


@dataclass(frozen=True, slots=True)
class Forecast:
    """Seen from a month, per month ahead (0 is that month).

    in_hand : licences expected, months x entries, when goods move at their normal pace
    waiting : per queue, months until something filed in the month it is seen from, or once filing
        begins, could ship; infinite where that is not in sight
    """

    in_hand: Array
    waiting: Array

    def waiting_of(self, book: QueueBook) -> Array:
        """Waiting months per entry."""
        return np.asarray(self.waiting[book.queue])


def forecast(book: QueueBook, state: QueueState, month: str) -> Forecast:
    """Decisions on what is pending, in expectation, with nothing filed any more."""
    state = opened(book, state, month)
    now, nothing = month_number(month), np.zeros(len(book.lane))
    odds = book.per_entry([queue.odds for queue in book.queues])
    pending, balance = state.pending, state.balance
    in_hand = [balance.sum(axis=1)]
    line = _Line.of(book)
    for step in range(FARTHEST - 1):
        later = month_text(now + step)
        taken = open_entries(book, month, later)
        bound = binding_entries(book, month, later)
        pending = aged(pending, nothing)
        decided = decide(book, pending, taken)
        pending = pending - decided
        line.note(step, pending, decided, taken)
        balance = used(balance, bound * np.minimum(book.normal, balance.sum(axis=1)))
        balance, _ = lapsed(balance)
        balance = with_approved(book, state, balance, odds * decided.sum(axis=1))
        in_hand.append(balance.sum(axis=1))
    return Forecast(np.array(in_hand), line.waiting)


@dataclass(slots=True)
class _Line:
    """When somebody who joins each line now would be served: his time is up and nobody is before him."""

    queue: Index
    months: Array
    service: Array
    served: npt.NDArray[np.bool_]
    filing: Array
    waiting: Array

    @staticmethod
    def of(book: QueueBook) -> _Line:
        never = np.full(len(book.queues), np.inf)
        return _Line(
            book.queue,
            np.array([queue.months for queue in book.queues]),
            np.array([queue.service for queue in book.queues]),
            np.array([queue.odds > 0 and queue.service > 0 for queue in book.queues], dtype=bool),
            never,
            never.copy(),
        )

    def note(self, step: int, pending: Array, decided: Array, taken: Array) -> None:
        """Enter a month of decisions: `taken` tells where applications are taken."""
        count = len(self.waiting)
        taking = np.bincount(self.queue, taken, count) > 0
        self.filing = np.where(np.isinf(self.filing) & taking, step, self.filing)
        due = step - self.filing + 2 - self.months >= 0.5  # most of what is filed first has had its time
        left = np.bincount(self.queue, pending.sum(axis=1), count)
        done = np.bincount(self.queue, decided.sum(axis=1), count)
        through = (left <= NOTHING_LEFT * (left + done)) & (done < self.service)
        ships = due & through & self.served & taking & np.isinf(self.waiting)
        self.waiting = np.where(ships, step + 1, self.waiting)


def licence_bounds(book: QueueBook, state: QueueState, month: str, horizon: Horizon, general: Array) -> Array:
    """Most that may go on each entry's lane in each tree node, unit per month; tree nodes x entries.

    What is in hand or expected, and what general licences allow.  From the month in which an application
    filed now could ship only the ceiling of orders binds: nobody reckons with what others will yet file.

    general : share of normal trade that needs no licence of its own, tree nodes x entries
    """
    told = forecast(book, state, month)
    waiting = told.waiting_of(book)
    now = month_number(month)
    ceiling = order_ceilings(book)
    found = np.full((len(horizon), len(book.lane)), np.inf)
    for node, (start, length) in enumerate(zip(horizon.start, horizon.length, strict=True)):
        middle = start + (length - 1) // 2
        bound = binding_entries(book, month, month_text(now + middle)) > 0
        licensed = told.in_hand[start : start + length].mean(axis=0) + general[node] * book.normal
        found[node] = np.where(bound, np.where(middle < waiting, licensed, ceiling), np.inf)
    return found


def order_ceilings(book: QueueBook) -> Array:
    """Most applied for in a month, units per entry; infinite where no ceiling is given."""
    times = book.per_entry([queue.ceiling for queue in book.queues])
    return np.where(np.isfinite(times), times, 1.0) * np.where(np.isfinite(times), book.normal, np.inf)


def applied_for(book: QueueBook, state: QueueState, month: str, clearing: Clearing, general: Array) -> Array:
    """(M12) Units newly applied for: orders of the look-ahead that no licence in hand or pending is for.

    That is what it would ship until a new licence could come, and in that month, less what is in hand and
    what is expected of what is pending, over the odds and the share that comes in time.

    With scarcity ahead the look-ahead's orders are larger, and with a longer line they reach further.
    """
    state = opened(book, state, month)
    told = forecast(book, state, month)
    waiting = told.waiting_of(book)
    orders = _orders(book, told, month, clearing, general)
    step = np.arange(FARTHEST)[:, None]
    wanted = np.where((step >= 1) & (step <= waiting), orders, 0.0).sum(axis=0)
    odds = book.per_entry([queue.odds for queue in book.queues])
    months = book.per_entry([queue.months for queue in book.queues])
    covered = used(state.balance, orders[0]).sum(axis=1) + odds * state.pending.sum(axis=1)
    # of what is filed now, the share that can ship in the first month it could
    in_time = np.clip(waiting + 1 - months, 0.5, 1.0)
    can = (odds > 0) & np.isfinite(waiting)
    with np.errstate(divide="ignore", invalid="ignore"):
        filed = np.where(can, np.maximum(wanted - covered, 0.0) / (odds * in_time), 0.0)
    return filed * open_entries(book, month, month)


def _orders(book: QueueBook, told: Forecast, month: str, clearing: Clearing, general: Array) -> Array:
    """Shipments planned that need a licence, months x entries: the expectation over branches ahead.

    Until a new licence could come they are at most what will be in hand; then, and where the look-ahead ends
    or a longer period of it began before, they are normal trade.
    """
    horizon = clearing.program.horizon
    waiting = told.waiting_of(book)
    planned = np.tile(book.normal, (FARTHEST, 1))
    end = max(start + length for start, length in zip(horizon.start, horizon.length, strict=True))
    planned[:end] = 0.0
    for node, (start, length) in enumerate(zip(horizon.start, horizon.length, strict=True)):
        moved = book.carried @ clearing.amount("lane", node)
        months = np.arange(start, start + length)[:, None]
        began = (start + (length - 1) // 2 < waiting) & (months >= waiting)
        planned[start : start + length] += horizon.probability[node] * np.where(began, book.normal, moved)
    before = (np.arange(FARTHEST)[:, None] < waiting) & (np.arange(FARTHEST)[:, None] > 0)
    planned = np.where(before, np.minimum(planned, told.in_hand), planned)
    now = month_number(month)
    needed = np.array([binding_entries(book, month, month_text(now + step)) for step in range(FARTHEST)])
    return np.asarray(needed * np.maximum(planned - general * book.normal, 0.0))


def advance_queues(
    book: QueueBook,
    state: QueueState,
    month: str,
    clearing: Clearing,
    general: Array,
    draw: int | None = None,
) -> QueueState:
    """A month of the queues: ship on licences, let them end, file, decide; sampled where `draw` is given."""
    if not len(book.lane):
        return replace(state, begun=np.ones(1))
    state = opened(book, state, month)
    filed = applied_for(book, state, month, clearing, general)
    moved = book.carried @ clearing.amount("lane")
    shipped = binding_entries(book, month, month) * np.maximum(moved - general * book.normal, 0.0)
    balance, expired = lapsed(used(state.balance, shipped))
    taken = open_entries(book, month, month)
    pending = aged(state.pending, filed)
    decided = decide(book, pending, taken)
    settled = decided.sum(axis=1)
    approved = _approved(book, settled, month, draw)
    return QueueState(
        pending - decided,
        with_approved(book, state, balance, approved),
        filed,
        settled,
        approved,
        shipped,
        expired,
        np.ones(1),
    )


def _approved(book: QueueBook, decided: Array, month: str, draw: int | None) -> Array:
    """Expected approvals, or those of a draw: so many applications of equal size, each approved or not."""
    odds = book.per_entry([queue.odds for queue in book.queues])
    if draw is None:
        return odds * decided
    each = book.per_entry([queue.applications for queue in book.queues])
    with np.errstate(divide="ignore", invalid="ignore"):
        count = np.where(book.normal > 0, np.ceil(decided * each / book.normal), 1.0)
    count = np.maximum(count, 1.0).astype(np.int64)
    luck = np.random.default_rng([draw, month_number(month)])
    return np.asarray(decided * luck.binomial(count, odds) / count)
