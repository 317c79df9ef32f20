"""What is so now, as one document: measures, beliefs, prices, what changed, what is due."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from importlib import metadata

from xenotime.facts.load import Facts, knowable
from xenotime.facts.politics import Event
from xenotime.facts.words import Delivered, Reading
from xenotime.months import month_range, months_between
from xenotime.report.control_states import coming_rows, control_rows
from xenotime.report.envelope import Row, envelope
from xenotime.report.ledgered import trail_rows
from xenotime.report.price_board import newest_price, price_rows
from xenotime.talks.belief.filter import Belief, Watch, believe
from xenotime.talks.belief.frozen import Parameters, load_frozen
from xenotime.talks.belief.practice import Channel, month_after, shares
from xenotime.talks.belief.replay import watched
from xenotime.talks.ledger.days import day_text, first_day, last_day, month_at
from xenotime.talks.ledger.known import known_at

PATH = 15  # months of belief that are shown
BITING = ("licensed", "closed")  # regimes in practice under which goods are held back


def now_document(facts: Facts, at: int) -> Row:
    """The document of kind ``now``: everything as it could be known on day `at`."""
    known = known_at(facts, at)
    parameters, sha256 = load_frozen()
    controls = control_rows(known, at)
    beliefs, shipments = _beliefs(known, at, parameters)
    prices = price_rows(knowable(facts, _last_whole_month(at)))
    events = list(_events(known, at))
    data: Row = {
        "at": day_text(at),
        "newest": list(_newest(known, at, newest_price(prices))),
        "controls": controls,
        "beliefs": [_belief(item) for item in beliefs],
        "trail": [row for item in beliefs for row in trail_rows(item)],
        "shipments": shipments,
        "prices": prices,
        "events": events,
        "due": sorted(
            (*coming_rows(controls, at), *_due(known, at)),
            key=lambda row: (last_day(row["date"]), row["what"]),
        ),
        "parameters": {"until": parameters.until, "sha256": sha256},
    }
    text = metadata.version("xenotime") + json.dumps(data, sort_keys=True)
    warnings = [
        f"the facts end on {data['at']}; what happened since is not in them",
        "beliefs rest on a thin record and on hazards frozen at the end of "
        f"{parameters.until}; scores of such forecasts stand under Trust",
    ]
    return envelope("now", hashlib.sha256(text.encode()).hexdigest(), data, warnings)


def _beliefs(facts: Facts, at: int, parameters: Parameters) -> tuple[list[Belief], list[Row]]:
    """Beliefs of every watched flow at the end of the last months, and what shipped in them."""
    last = _last_whole_month(at)
    found: list[Belief] = []
    shipped: list[Row] = []
    shared: dict[str, Facts] = {}
    for channel in watched(facts, parameters):
        first = max(month_after(last, 1 - PATH), channel.in_force)
        watch = Watch(facts, channel, parameters, shared)
        months = month_range(first, max(months_between(first, last) + 1, 0))
        found += [believe(watch, month) for month in months]
        shipped += list(_shipments(facts, channel, first))
    return found, shipped


def _last_whole_month(at: int) -> str:
    """The last month that is over at the end of a day."""
    return month_at(at) if last_day(month_at(at)) == at else month_after(month_at(at), -1)


def _shipments(facts: Facts, channel: Channel, first: str) -> Iterator[Row]:
    for month, share in sorted(shares(facts, channel).items()):
        if month >= first:
            yield {
                "channel": channel.name,
                "month": month,
                "value": share,
                "unit": "share of the flow before the control",
                "series": channel.series,
            }


def _belief(item: Belief) -> Row:
    control, _, scope = item.channel.partition("@")
    return {
        "channel": item.channel,
        "control": control,
        "scope": scope,
        "as_of": item.as_of,
        "month": item.month,
        "law": item.law,
        **{name: item.chances.get(name, 0.0) for name in ("open", "suspended", "licensed", "closed")},
        "biting": sum(item.chances.get(name, 0.0) for name in BITING),
        "unit": "probability",
    }


def _events(facts: Facts, at: int) -> Iterator[Row]:
    """Dated events up to `at`, newest first, with the measures they are about and which way they go."""
    readings = {row.event: row for row in facts.rows(Reading)}
    past = [row for row in facts.rows(Event) if first_day(row.date) <= at]
    for row in sorted(past, key=lambda row: (-last_day(row.date), row.event)):
        reading = readings.get(row.event)
        yield {
            "event": row.event,
            "date": row.date,
            "party": row.party,
            "kind": row.kind,
            "claim": row.claim,
            "terms": row.terms,
            "confirmed": row.confirmed,
            "reply": row.reply,
            "delivered": row.delivered,
            "controls": reading.controls if reading else "",
            "scope": reading.scope if reading else "",
            "act": reading.act if reading else "",
            "direction": reading.direction if reading else "",
            "grade": row.grade,
            "source": row.source,
            "note": row.note,
        }


def _due(facts: Facts, at: int) -> Iterator[Row]:
    """Events of the record whose day had not come: talks and deadlines that were set."""
    for row in facts.rows(Event):
        if first_day(row.date) > at:
            yield {
                "date": row.date,
                "control": "",
                "what": f"{row.party}: {row.claim}",
                "grade": row.grade,
                "source": row.source,
            }


def _newest(facts: Facts, at: int, price: str) -> Iterator[Row]:
    """Up to which day each kind of fact reaches."""
    events = [row.date for row in facts.rows(Event) if first_day(row.date) <= at]
    delivered = [row.end for row in facts.rows(Delivered)]
    yield {"what": "event", "date": max(events, key=last_day), "table": "events"}
    yield {"what": "delivery", "date": max(delivered, key=last_day), "table": "delivered_series"}
    yield {"what": "price", "date": price, "table": "observed_prices"}
