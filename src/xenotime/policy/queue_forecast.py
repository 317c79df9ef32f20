"""What a queue is expected to let through over a look-ahead, and what is then applied for (M12)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from xenotime.market.clearing import Clearing
from xenotime.market.horizon import Horizon
from xenotime.market.network import Array
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


@dataclass(frozen=True, slots=True)
class Forecast:
    """Seen from a month, per month ahead (0 is that month).

    in_hand : licences expected, months x entries, when goods move at their normal pace
    waiting : per queue, months until something filed in the month it is seen from, or once filing
        begins, could ship; as many as `in_hand` has where it is not in sight
    """

    in_hand: Array
    waiting: Array

    def waiting_of(self, book: QueueBook) -> Array:
        """Waiting months per entry."""
        return np.asarray(self.waiting[book.queue])


def forecast(book: QueueBook, state: QueueState, month: str, ahead: int) -> Forecast:
    """Decisions on what is pending, in expectation, with nothing filed any more."""
    state = opened(book, state, month)
    now, start = month_number(month), np.zeros(len(book.lane))
    odds = book.per_entry([queue.odds for queue in book.queues])
    pending, balance = state.pending, state.balance
    in_hand = [balance.sum(axis=1)]
    waiting = np.full(len(book.queues), ahead, dtype=float)
    filing = np.full(len(book.queues), -1)
    for step in range(ahead - 1):
        later = month_text(now + step)
        taken = open_entries(book, month, later)
        bound = binding_entries(book, month, later)
        pending = aged(pending, start)
        decided = decide(book, pending, taken)
        pending = pending - decided
        _note_waiting(book, pending, decided, taken, step, filing, waiting)
        balance = used(balance, bound * np.minimum(book.normal, balance.sum(axis=1)))
        balance, _ = lapsed(balance)
        balance = with_approved(book, state, balance, odds * decided.sum(axis=1))
        in_hand.append(balance.sum(axis=1))
    return Forecast(np.array(in_hand).reshape(len(in_hand), len(book.lane)), waiting)


def _note_waiting(
    book: QueueBook, pending: Array, decided: Array, taken: Array, step: int, filing: Array, waiting: Array
) -> None:
    """Enter the month from which a new application could ship: its time is up and nobody is before it."""
    for place, queue in enumerate(book.queues):
        here = book.queue == place
        if filing[place] < 0 and taken[here].any():
            filing[place] = step
        if filing[place] < 0 or waiting[place] <= step or queue.odds == 0 or queue.service == 0:
            continue
        due = step - filing[place] + 2 - queue.months >= 0.5
        left = float(pending[here].sum())
        spare = queue.service - float(decided[here].sum())
        if due and left <= NOTHING_LEFT * max(queue.service, 1.0) and spare > 0:
            waiting[place] = step + 1


def licence_bounds(book: QueueBook, state: QueueState, month: str, horizon: Horizon, general: Array) -> Array:
    """Most that may go on each entry's lane in each tree node, unit per month; tree nodes x entries.

    What is in hand or expected, and what general licences allow.  From the month in which an application
    filed now could ship there is no bound: nobody reckons with what others will yet file.

    general : share of normal trade that needs no licence of its own, tree nodes x entries
    """
    ahead = max(start + length for start, length in zip(horizon.start, horizon.length, strict=True))
    told = forecast(book, state, month, ahead)
    waiting = told.waiting_of(book)
    now = month_number(month)
    found = np.full((len(horizon), len(book.lane)), np.inf)
    for node, (start, length) in enumerate(zip(horizon.start, horizon.length, strict=True)):
        middle = start + (length - 1) // 2
        bound = binding_entries(book, month, month_text(now + middle)) > 0
        free = (middle >= waiting) & (waiting < ahead)
        licensed = told.in_hand[start : start + length].mean(axis=0) + general[node] * book.normal
        found[node] = np.where(bound & ~free, licensed, np.inf)
    return found


def applied_for(book: QueueBook, state: QueueState, month: str, clearing: Clearing, general: Array) -> Array:
    """(M12) Units newly applied for: orders of the look-ahead that no licence in hand or pending is for.

    That is what it would ship until a new licence could come, and in that month, less what is in hand and
    what is expected of what is pending, over the odds and the share that comes in time.

    The look-ahead's orders are the expectation over its branches; with scarcity ahead they are larger.
    """
    horizon = clearing.program.horizon
    ahead = max(start + length for start, length in zip(horizon.start, horizon.length, strict=True))
    state = opened(book, state, month)
    waiting = forecast(book, state, month, ahead).waiting_of(book)
    planned = np.zeros((ahead, len(book.lane)))
    for node, (start, length) in enumerate(zip(horizon.start, horizon.length, strict=True)):
        planned[start : start + length] += horizon.probability[node] * (
            book.carried @ clearing.amount("lane", node)
        )
    planned = np.maximum(planned - general * book.normal, 0.0)
    now = month_number(month)
    needed = np.array([binding_entries(book, month, month_text(now + step)) for step in range(ahead)])
    wanted = planned * needed.reshape(planned.shape)
    until = np.arange(ahead)[:, None]
    wanted = np.where((until >= 1) & (until <= waiting), wanted, 0.0).sum(axis=0)
    odds = book.per_entry([queue.odds for queue in book.queues])
    months = book.per_entry([queue.months for queue in book.queues])
    in_time = np.clip(
        waiting + 1 - months, 0.5, 1.0
    )  # of what is filed now, in the month it could first ship
    moved = needed.reshape(planned.shape)[0] * planned[0]
    covered = used(state.balance, moved).sum(axis=1) + odds * state.pending.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        filed = np.where(odds > 0, np.maximum(wanted - covered, 0.0) / (odds * in_time), 0.0)
    return filed * open_entries(book, month, month)


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
