"""What the ledger says of promises like those of a text: of who made them, how many came true before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xenotime.report.envelope import Row
from xenotime.talks.ledger.ledger import Ledger
from xenotime.talks.ledger.reliability import SETTLED, Reliability
from xenotime.talks.ledger.status import Standing

BAND = (0.05, 0.95)


def with_ledger(document: Row, ledger: Ledger) -> Row:
    """The document of a reading with what the ledger held, on the day the text is dated, of its promisers.

    Tables ``kept_before``: by promiser, how many promises stood how; ``promises_before``: each of them.
    """
    who = list(dict.fromkeys(_promisers(document["data"]["commitments"])))
    data = document["data"] | {
        "ledger_at": ledger.at,
        "kept_before": [_record(name, ledger) for name in who],
        "promises_before": [_promise(name, item) for name in who for item in _own(name, ledger)],
    }
    return document | {"data": data}


def _promisers(commitments: Iterable[Row]) -> Iterator[str]:
    for row in commitments:
        yield from (name for name in (*row["side"].split(";"), *row["actor"].split(";")) if name)


def _own(name: str, ledger: Ledger) -> list[Standing]:
    return [item for item in ledger.standings if name in item.promised_by.split(";")]


def _record(name: str, ledger: Ledger) -> Row:
    own = _own(name, ledger)
    settled = [item for item in own if item.status in SETTLED]
    posterior = _posterior(name, ledger)
    return {
        "party": name,
        "promises": len(own),
        "settled": len(settled),
        "kept": sum(item.status in ("kept", "kept_late") for item in settled),
        "partly": sum(item.status == "partly" for item in settled),
        "missed": sum(item.status == "missed" for item in settled),
        "open": sum(item.status == "open" for item in own),
        "not_computable": sum(item.status == "not_computable" for item in own),
        "mean": posterior.mean if posterior else None,
        "low": posterior.quantile(BAND[0]) if posterior else None,
        "high": posterior.quantile(BAND[1]) if posterior else None,
    }


def _posterior(name: str, ledger: Ledger) -> Reliability | None:
    """Share of a promiser's promises that comes true, shrunk to the mean of all; None without a record."""
    return next(
        (row for row in ledger.reliability if (row.basis, row.by, row.name) == ("promises", "speaker", name)),
        None,
    )


def _promise(name: str, item: Standing) -> Row:
    return {
        "party": name,
        "commitment": item.commitment,
        "what": item.what,
        "date": item.date,
        "deadline": item.deadline,
        "status": item.status,
        "ratio": item.ratio,
        "low": item.low,
        "high": item.high,
        "reason": item.reason,
        "grade": item.grade,
    }
