"""A line week by week: it runs on the scarcest of its parts, stops, and catches up (M9, in weeks)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xenotime.market.network import Array, Index

MONTH = 365.25 / 12 / 7  # weeks
ROUNDING = 1e-9  # weeks; sums of some dozens of weekly amounts


@dataclass(frozen=True, slots=True)
class Pace:
    """How a line runs.

    catch_up : share over its plan it can run;  cancelled : share of what waits that is given up in a week
    stop_share : of a week's plan; a line behind its plan by so much is said to have stopped
    """

    catch_up: float
    cancelled: float
    stop_share: float


@dataclass(frozen=True, slots=True)
class Ran:
    """What a line did, in weeks of its plan.

    made : draws x weeks
    stop : first week by the end of which it is behind its plan; the number of weeks where it never is
    part : the part that stops it first, -1 where none does
    lost : given up for good;  waiting : still wanted at the end;  late : made up later
    delay : mean weeks late of what was not made in time, zero where all was
    """

    made: Array
    stop: Index
    part: Index
    lost: Array
    waiting: Array
    late: Array
    delay: Array

    def stopped_by(self) -> Array:
        """Share of draws that have stopped by the end of each week."""
        weeks = self.made.shape[1]
        return np.asarray([(self.stop <= week).mean() for week in range(weeks)])

    def short(self) -> Array:
        """Output not made in the time looked at, weeks of plan by draw."""
        return self.lost + self.waiting


def run_line(stock: Array, arriving: Array, pace: Pace) -> Ran:
    """(M9) A line in weeks: output y_w = min(1 + min(backlog, catch-up), least part at hand).

    What is missed waits or is given up.  The line stops in the first week w with w - (y_1 + ... + y_w) >= the
    stop share: by what it is behind in all, for one week may be missed because earlier ones were made.

    stock : parts (weeks of need);  arriving : draws x weeks x parts (weeks of need)
    """
    draws, weeks, parts = arriving.shape
    held = np.broadcast_to(stock, (draws, parts)).copy()
    waiting, lost, late, waited = (np.zeros(draws) for _ in range(4))
    made, stop = np.zeros((draws, weeks)), np.full(draws, weeks, dtype=np.int64)
    behind = np.zeros(draws)
    first = np.full(draws, -1, dtype=np.int64)
    for week in range(weeks):
        held += arriving[:, week]
        least = held.min(axis=1) if parts else np.full(draws, np.inf)
        extra = np.minimum(waiting, pace.catch_up)
        output = np.minimum(1.0 + extra, least)
        missed = np.maximum(1.0 - output, 0.0)
        behind += 1.0 - output
        stops = (behind >= pace.stop_share - ROUNDING) & (stop == weeks)
        if parts:
            first = np.where(stops, held.argmin(axis=1), first)
        stop = np.where(stops, week, stop)
        held -= output[:, None]
        caught = np.maximum(output - 1.0, 0.0)
        late += caught
        still = waiting - caught + missed
        gone = pace.cancelled * still
        lost, waiting = lost + gone, still - gone
        waited += waiting
        made[:, week] = output
    missed_all = lost + late + waiting
    delay = np.divide(waited, missed_all, out=np.zeros(draws), where=missed_all > 0)
    return Ran(made, stop, first, lost, waiting, late, delay)
