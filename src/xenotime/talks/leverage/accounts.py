"""The accounts of one month: surplus, taxes and rents of every party, and the state of every user (M21)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xenotime.dynamics.backlog import missing_input
from xenotime.dynamics.state import State
from xenotime.dynamics.step import Setup
from xenotime.market.clearing import Clearing
from xenotime.market.network import Array
from xenotime.talks.leverage.lever_accounts import lever_accounts, order_rows
from xenotime.talks.leverage.payments import (
    Parties,
    added_up,
    border,
    find_parties,
    holder_accounts,
    paid_by_users,
    producer_surplus,
    recipients_of,
    value_in_use,
)
from xenotime.talks.leverage.switching import reference_surplus, switching_cost


@dataclass(frozen=True, slots=True)
class MonthAccount:
    """One month of one run.

    paid : parts x parties (USD), the parts of :data:`~xenotime.talks.leverage.payments.PARTS` but users'
    surplus : of each demand row on tonnes served (USD), those made up for earlier months left out
    missing : wanted at any price and not served (unit);  made_up : served for earlier months (unit)
    waiting : output not made that is still wanted, at the month's end (unit of input)
    stopped : value of a missing unit by the demand curve (USD/unit)
    price : per node (USD/unit);  stored : in stores and under way at the month's end, per node (unit)
    vaults : in government stocks, per lever that holds one (unit)
    normal : use of a month in which nothing is missing, per demand row (unit)
    """

    month: str
    paid: Array
    surplus: Array
    missing: Array
    made_up: Array
    waiting: Array
    stopped: Array
    price: Array
    stored: Array
    vaults: Array
    normal: Array


@dataclass(frozen=True, slots=True)
class Books:
    """What the accounts of a run need once: parties, and what users have at their reference price."""

    setup: Setup
    parties: Parties
    reference: Array


def open_books(setup: Setup) -> Books:
    """Parties and reference surpluses of a setup."""
    network = setup.policy.network
    causes = {
        number: (row.control, row.recipient)
        for number, row in enumerate(item.row for item in setup.policy.controls)
    }
    others = tuple(sorted(recipients_of(network, setup.levers, causes)))
    reference = np.array(
        [
            reference_surplus(chain, float(price)) if price > 0 else 0.0
            for chain, price in zip(setup.uses, setup.users.price, strict=True)
        ]
    )
    return Books(setup, find_parties(network, others), reference)


def static_paid(clearing: Clearing) -> tuple[Parties, Array]:
    """Accounts of one static clearing without levers: parties, and parts x parties (USD/month)."""
    parties = find_parties(
        clearing.program.network,
        tuple(recipient for _, recipient in clearing.program.terms[0].lane_cause.values() if recipient),
    )
    users = added_up(parties, parties.demand, value_in_use(clearing) - paid_by_users(clearing))
    nothing = np.zeros(len(clearing.program.network.nodes))
    at_border = border(clearing, parties, nothing)
    none = np.zeros(len(parties.names))
    made = producer_surplus(clearing, parties)
    return parties, np.stack([users, made, at_border.trade, at_border.taxes, at_border.rents, none, none])


def month_account(books: Books, month: str, before: State, clearing: Clearing, after: State) -> MonthAccount:
    """The accounts of a month that began at `before` and ended at `after`."""
    setup, parties = books.setup, books.parties
    network = setup.policy.network
    at_border = border(clearing, parties, before.at_sea[:, 0])
    paid = np.stack(
        [
            producer_surplus(clearing, parties),
            at_border.trade,
            at_border.taxes,
            at_border.rents,
            holder_accounts(clearing, parties, before.stock),
            lever_accounts(books.setup.levers, parties, before.levers, month, clearing),
        ]
    )
    normal_scale = setup.growth.at(month) * before.adapted.scale()
    scale = clearing.program.terms[0].use_scale
    extra = np.divide(scale - normal_scale, scale, out=np.zeros_like(scale), where=scale > normal_scale)
    stored = after.at_sea.sum(axis=1)
    np.add.at(stored, network.stock_node, after.stock)
    missing = missing_input(clearing) * (1 - extra)
    served = 1 - extra
    own = (value_in_use(clearing) - paid_by_users(clearing)) * served
    own += adapted_surplus(books, setup.growth.at(month) * np.ones(len(own)), before.adapted.scale())
    own[order_rows(network)] = 0.0
    return MonthAccount(
        month,
        paid,
        own,
        missing,
        after.backlog.late - before.backlog.late,
        after.backlog.waiting,
        stopped_value(clearing),
        clearing.price(),
        stored,
        after.levers.holding,
        normal_scale * setup.users.quantity,
    )


def adapted_surplus(books: Books, growth: Array, level: Array) -> Array:
    """What users who have adapted away still have: as at the reference price, less what switching costs.

    g [(1 - l) S(p_ref) - C(l)]   with l the level of reference demand and g its growth
    """
    away = (1 - level) * books.reference
    return np.asarray(
        growth * np.where(books.setup.users.gap < 0, away - switching_cost(books.setup.users, level), 0.0)
    )


def stopped_value(clearing: Clearing) -> Array:
    """Value by its curve of the units of each row that are wanted at any price and missing (USD/unit).

    Zero for straight curves, of which nothing is missing: a lower use is chosen.
    """
    program = clearing.program
    at = program.layout.block(0, "use")
    first = np.searchsorted(program.segment_owner, np.arange(len(program.network.demand)))
    used, width = clearing.amount("use")[first], program.high[at][first]
    half = 0.5 * np.where(np.isfinite(width), used + width, 0.0)
    value = -(program.c[at][first] + program.P[at][first] * half)
    bent = np.array([row.form != "linear" for row in program.network.demand], dtype=bool)
    return np.where(bent, value, 0.0)
