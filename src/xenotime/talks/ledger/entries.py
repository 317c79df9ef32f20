"""Every dated thing of the record as an entry: said, promised, decreed, licensed, shipped, arrived."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from xenotime.facts.load import Facts
from xenotime.facts.politics import Commitment, ControlRecord, Disruption, Event
from xenotime.facts.words import STAGES, ChainLink, Delivered

# Kinds of events and of acts that are not plain statements.
OF_EVENT = {"measure": "legal_act", "dispute": "legal_act", "delivery_data": "shipment"}
OF_CONTROL = {"general_licence": "licence"}
OF_DISRUPTION = {"licence": "licence"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry.

    entry : table and key, ``events:2025-05-12-usa-and-chn``
    kind : statement, commitment, legal_act, licence, shipment or arrival
    chains : promises it is linked to
    outcome : what came of it as far as known
    """

    entry: str
    date: str
    kind: str
    who: str
    what: str
    amount: float | None
    unit: str
    confirmed: str
    outcome: str
    chains: tuple[str, ...]
    grade: str
    source: str
    knowable_from: str


def entries_of(facts: Facts) -> tuple[Entry, ...]:
    """All entries by date, then kind, then key, so that the order of a day does not hang on the file's."""
    chains: dict[str, list[str]] = {}
    stages: dict[str, str] = {}
    promises = {row.commitment for row in facts.rows(Commitment)}
    for link in facts.rows(ChainLink):
        if link.commitment in promises:
            key = f"{link.table}:{link.row}"
            chains.setdefault(key, []).append(link.commitment)
            stages[key] = link.stage
    found = [*_events(facts), *_promises(facts), *_acts(facts), *_stoppages(facts), *_deliveries(facts)]
    done = []
    for entry in found:
        key = _link_key(entry.entry)
        kind = stages.get(key, entry.kind)
        own = (entry.entry.partition(":")[2],) if entry.kind == "commitment" else ()
        linked = tuple(sorted({*chains.get(key, ()), *own}))
        done.append(replace(entry, kind=kind, chains=linked))
    return tuple(sorted(done, key=lambda e: (e.date, STAGES.index(e.kind), e.entry)))


def _link_key(entry: str) -> str:
    """Deliveries are linked by series, everything else by row."""
    table, _, key = entry.partition(":")
    return f"{table}:{key.rpartition('@')[0]}" if table == "delivered" else entry


def _events(facts: Facts) -> Iterator[Entry]:
    for row in facts.rows(Event):
        what = f"{row.claim}; {row.terms}" if row.terms else row.claim
        yield Entry(
            f"events:{row.event}",
            row.date,
            OF_EVENT.get(row.kind, "statement"),
            row.party,
            what,
            None,
            "",
            row.confirmed,
            row.delivered,
            (),
            row.grade,
            row.source,
            row.knowable_from,
        )


def _promises(facts: Facts) -> Iterator[Entry]:
    for row in facts.rows(Commitment):
        yield Entry(
            f"commitments:{row.commitment}",
            row.date,
            "commitment",
            row.promised_by,
            f"{row.what}, by {row.deadline}" if row.deadline else row.what,
            row.amount,
            row.unit,
            "",
            row.delivery,
            (),
            row.grade,
            row.source,
            row.knowable_from,
        )


def _acts(facts: Facts) -> Iterator[Entry]:
    for row in facts.rows(ControlRecord):
        yield Entry(
            f"controls_record:{row.control}",
            row.announced or row.in_force,
            OF_CONTROL.get(row.instrument, "legal_act"),
            row.issuer,
            f"{row.number}: {row.instrument.replace('_', ' ')} on {row.materials.replace(';', ', ')}",
            None,
            "",
            "",
            row.observed,
            (),
            row.grade,
            row.source,
            row.knowable_from,
        )


def _stoppages(facts: Facts) -> Iterator[Entry]:
    for row in facts.rows(Disruption):
        yield Entry(
            f"disruptions:{row.disruption}",
            row.start,
            OF_DISRUPTION.get(row.type, "arrival"),
            row.who,
            "; ".join(part for part in (row.type.replace("_", " "), row.product, row.magnitude) if part),
            row.duration_days,
            "days" if row.duration_days is not None else "",
            "",
            "",
            (),
            row.grade,
            row.source,
            row.knowable_from,
        )


def _deliveries(facts: Facts) -> Iterator[Entry]:
    for row in facts.rows(Delivered):
        yield Entry(
            f"delivered:{row.series}@{row.start}..{row.end}",
            row.end,
            "shipment",
            row.series,
            f"{row.start} to {row.end}",
            row.value,
            row.unit,
            "",
            "",
            (),
            row.grade,
            row.source,
            row.knowable_from,
        )
