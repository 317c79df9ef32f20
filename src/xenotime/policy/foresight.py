"""Controls with a memory in a look-ahead: balances, queues, traces, and the ways they divert goods to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from xenotime.market.horizon import Horizon
from xenotime.market.network import Array
from xenotime.market.terms import Terms
from xenotime.months import month_number, month_text
from xenotime.policy.control_state import ControlState
from xenotime.policy.controls import Policy, binding, cap, general_shares
from xenotime.policy.dates import binds
from xenotime.policy.detours import divert
from xenotime.policy.end_users import impose_clean
from xenotime.policy.queue_forecast import licence_bounds
from xenotime.policy.queues import decision_months, settled_flow
from xenotime.policy.quotas import left_of, period_of
from xenotime.policy.regimes import AS_WRITTEN, regime_of, under_regime
from xenotime.policy.tracing import Traced
from xenotime.world.tables import Control


def foresee(
    policy: Policy, state: ControlState, horizon: Horizon, month: str, terms: Sequence[Terms]
) -> tuple[Terms, ...]:
    """Terms of a look-ahead from `month` with what its controls remember; one per tree node, as given."""
    if not policy.controls:
        return tuple(terms)
    seen = [
        month_text(month_number(month) + start + (length - 1) // 2)
        for start, length in zip(horizon.start, horizon.length, strict=True)
    ]
    made = _quota_windows(policy, state, horizon, month, seen, list(terms))
    made = _queue_bounds(policy, state, horizon, month, seen, made)
    return tuple(
        _clean_and_divert(policy, state.traced, month, later, regime, term)
        for later, regime, term in zip(seen, horizon.regime, made, strict=True)
    )


def settle(policy: Policy, seen_in: str, month: str, terms: Terms, regime: str = AS_WRITTEN) -> Terms:
    """Terms of a static month once the controls have worked for long: queues pass what they can decide."""
    if not policy.controls:
        return terms
    rows = list(binding(policy, seen_in, month, regime))
    general = general_shares(policy, rows)
    bound = {item.row for item, row in rows if row.instrument == "licence"}
    high, cause = terms.lane_high.copy(), dict(terms.lane_cause)
    book = policy.queues
    passed = settled_flow(book)
    for entry in range(len(book.lane)):
        row = book.row(entry)
        lane = int(book.lane[entry])
        if row in bound:
            decided = _first_decision(row) <= _number(month)
            most = (passed[entry] if decided else 0.0) + general[lane] * book.normal[entry]
            cap(policy, row, (lane,), np.array([most]), high, cause)
    settled = replace(terms, lane_high=high, lane_low=np.minimum(terms.lane_low, high), lane_cause=cause)
    return _clean_and_divert(policy, policy.traced, seen_in, month, regime, settled)


def _first_decision(row: Control) -> float:
    return month_number(row.in_force) + decision_months(row) if row.in_force else -np.inf


def _number(month: str) -> float:
    return float(month_number(month)) if month else np.inf


def _quota_windows(
    policy: Policy, state: ControlState, horizon: Horizon, month: str, seen: list[str], terms: list[Terms]
) -> list[Terms]:
    """(M4) One balance for all tree nodes in a quota's period; a horizon that ends in it has a share."""
    for index, quota in enumerate(policy.quotas):
        covered: dict[int, int] = {}
        for node, later in enumerate(seen):
            rows = [
                row
                for row in (
                    under_regime(r, regime_of(r.control, horizon.regime[node]), later) for r in quota.rows
                )
                if row is not None and row.instrument != "ban" and binds(row, month, later)
            ]
            if not rows:
                continue
            number, first, length = period_of(quota.rows[0], later)
            left = left_of(quota, index, state.quota, rows, later, month)
            parent = horizon.parent[node]
            same = parent >= 0 and terms[parent].window[quota.joint] == number
            covered[node] = horizon.length[node] + (covered.get(parent, 0) if same else 0)
            to_come = length - max(month_number(month) - first, 0)
            last = node in horizon.leaves()
            share = min(1.0, covered[node] / max(to_come, 1)) if last else 1.0
            terms[node] = _with_window(terms[node], quota.joint, number, left * share)
    return terms


def _with_window(term: Terms, joint: int, number: int, left: float) -> Terms:
    window, allowance = term.window.copy(), term.allowance.copy()
    window[joint], allowance[joint] = number, left
    return replace(term, window=window, allowance=allowance)


def _queue_bounds(
    policy: Policy, state: ControlState, horizon: Horizon, month: str, seen: list[str], terms: list[Terms]
) -> list[Terms]:
    book = policy.queues
    if not len(book.lane):
        return terms
    general: list[Array] = []
    in_doubt: list[set[Control]] = []
    for later, regime in zip(seen, horizon.regime, strict=True):
        rows = list(binding(policy, month, later, regime))
        general.append(general_shares(policy, rows)[book.lane])
        in_doubt.append({item.row for item, row in rows if row.instrument == "licence"})
    bounds = licence_bounds(book, state.queue, month, horizon, np.array(general))
    made = []
    for node, term in enumerate(terms):
        high, cause = term.lane_high.copy(), dict(term.lane_cause)
        for entry in np.flatnonzero(np.isfinite(bounds[node])):
            row = book.row(int(entry))
            if row in in_doubt[node]:
                cap(policy, row, (int(book.lane[entry]),), bounds[node][[entry]], high, cause)
        low = np.minimum(term.lane_low, high)
        made.append(replace(term, lane_high=high, lane_low=low, lane_cause=cause))
    return made


def _clean_and_divert(
    policy: Policy, traced: Traced, seen_in: str, month: str, regime: str, term: Terms
) -> Terms:
    rows = list(binding(policy, seen_in, month, regime))
    if policy.users.limits:
        allowance, weight = term.allowance.copy(), term.weight.copy()
        bound = {item.row: row for item, row in rows}
        impose_clean(policy.network, policy.users, bound, traced, weight, allowance)
        term = replace(term, allowance=allowance, weight=weight)
    lanes = [(row, item.lanes) for item, row in rows]
    return divert(policy.network, policy.sides, policy.normal, policy.price, lanes, term)
