"""Queues of licences as tidy rows: how long the line is, how long one waits, what ships and when."""

from __future__ import annotations

from typing import Any

import numpy as np

from xenotime.months import month_number, month_text
from xenotime.policy.queue_forecast import forecast
from xenotime.policy.queues import QueueBook, QueueState, open_entries


def queue_rows(book: QueueBook, month: str, after: QueueState) -> list[dict[str, Any]]:
    """One row per queue open in `month`, from the state it left: units, and months of waiting.

    `length` is what is pending, `in_hand` what may ship from the next month on, `waiting_months` how long
    after `month` something filed in the month after it would ship, `ships_from` that month; both are
    none where it is not in sight.
    """
    if not len(book.lane):
        return []
    following = month_text(month_number(month) + 1)
    waiting = forecast(book, after, following).waiting
    opened, rows = open_entries(book, month, month), []
    for place, queue in enumerate(book.queues):
        here = book.queue == place
        if not opened[here].any():
            continue
        months = int(waiting[place]) if np.isfinite(waiting[place]) else None
        rows.append(
            {
                "control": queue.control,
                "product": queue.product,
                "sector": queue.sector,
                "destination": queue.destination,
                "filed": float(after.filed[here].sum()),
                "decided": float(after.decided[here].sum()),
                "approved": float(after.approved[here].sum()),
                "shipped": float(after.shipped[here].sum()),
                "expired": float(after.expired[here].sum()),
                "length": float(after.pending[here].sum()),
                "in_hand": float(after.balance[here].sum()),
                "waiting_months": months,
                "ships_from": month_text(month_number(following) + months) if months is not None else None,
            }
        )
    return rows
