"""What controls hand from one month to the next: quotas used, licences, and where goods come from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xenotime.market.clearing import Clearing
from xenotime.market.network import Array
from xenotime.policy.controls import Policy, binding, general_shares
from xenotime.policy.queue_forecast import advance_queues
from xenotime.policy.queues import QueueState, first_queues
from xenotime.policy.quotas import QuotaState, advance_quotas, first_quotas
from xenotime.policy.tracing import Traced, trace_month


@dataclass(frozen=True, slots=True)
class ControlState:
    """The memory of the controls of a run."""

    quota: QuotaState
    queue: QueueState
    traced: Traced


def first_controls(policy: Policy) -> ControlState:
    """Before the first month: nothing used or filed, goods as traced in the base."""
    return ControlState(first_quotas(policy.quotas), first_queues(policy.queues), policy.traced)


def advance_controls(
    policy: Policy, state: ControlState, month: str, clearing: Clearing, stock: Array
) -> ControlState:
    """Enter a month that was cleared; `stock` is what its stock rows opened with."""
    network = policy.network
    general = general_shares(policy, list(binding(policy, month, month)))[policy.queues.lane]
    held = np.zeros(len(network.nodes))
    np.add.at(held, network.stock_node, stock)
    return ControlState(
        advance_quotas(policy.quotas, state.quota, network, month, clearing),
        advance_queues(policy.queues, state.queue, month, clearing, general, policy.draw),
        trace_month(policy.users.tags, state.traced, clearing, held) if policy.users.tags else state.traced,
    )
