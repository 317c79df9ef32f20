"""The reader beside the hand in the ledger: its codes of events, and how far the two agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from xenotime.facts.load import Facts
from xenotime.facts.words import Reading as ByHand
from xenotime.report.envelope import Row
from xenotime.talks.reader.event_agreement import CLAIMS, DEGREE, READ, agreements, by_hand, read_code
from xenotime.talks.reader.event_codes import NOT_READ, Codes, read_events
from xenotime.talks.reader.event_replay import ALONE, CREDULOUS, FILLED, UNSAID

OWN, REPORTED = "own line", "own line and reports"
MODELS = (FILLED, ALONE, CREDULOUS, UNSAID)
Data = dict[str, Any]


def read_tables(known: Facts, codes: Sequence[Codes], at: int) -> Row:
    """Tables ``read_codes``, ``read_agreement`` and ``codes_not_read`` of the ledger document.

    codes : the reader's, of the events known on day `at`, documents that report them read too
    """
    hand = known.rows(ByHand)
    by = {row.event: row for row in hand}
    return {
        "read_codes": [
            {
                "event": item.event,
                "code": code,
                "by_hand": by_hand(by[item.event], code),
                "by_reader": read_code(item, code) or None,
                "rule": item.rule if code in ("act", "direction") else "",
            }
            for item in codes
            for code in (*READ, DEGREE)
        ],
        "read_agreement": [
            {"texts": texts, **asdict(row), "share": row.share}
            for texts, read in ((OWN, read_events(known, at, reports=False)), (REPORTED, codes))
            for row in agreements(hand, read)
        ],
        "codes_not_read": [{"code": code, "reason": reason} for code, reason in NOT_READ.items()],
    }


def agreement_of(data: Data, of: str, code: str, texts: str = REPORTED) -> Data:
    """The row of one code; raises StopIteration where there is none."""
    return next(
        row for row in data["read_agreement"] if (row["texts"], row["of"], row["code"]) == (texts, of, code)
    )


def coverage_words(data: Data) -> str:
    """In one sentence, how much of what is replayed the reader codes."""
    act, direction = (agreement_of(data, CLAIMS, code) for code in ("act", "direction"))
    if not act["events"]:
        return "Through the reader: no claim about a control that is watched was known."
    return (
        f"Through the reader: of {act['events']} claims about controls it gives the kind of act of"
        f" {act['given']} ({act['agreed']} as by hand) and the direction of {direction['given']}"
        f" ({direction['agreed']} as by hand); '{FILLED}' takes the rest from the hand, '{ALONE}'"
        f" does not hear it, '{UNSAID}' hears no claim at all."
    )


def agreement_cells(data: Data, of: str) -> Iterator[tuple[str, ...]]:
    """Rows of a table: code, events, then given, as by hand, share and kappa with reports, and own line."""
    for code in (*READ, DEGREE):
        row = agreement_of(data, of, code)
        own = agreement_of(data, of, code, OWN)
        yield (
            code.replace("_", " "),
            str(row["events"]),
            *_cells(own),
            *_cells(row),
        )


AGREEMENT_HEADER = (
    "code",
    "events",
    "own line: given",
    "as by hand",
    "kappa",
    "with reports: given",
    "as by hand",
    "kappa",
)


def _cells(row: Data) -> tuple[str, str, str]:
    share = "" if row["share"] is None else f"{row['agreed']} ({row['share']:.0%})"
    return str(row["given"]), share, "" if row["kappa"] is None else f"{row['kappa']:.2f}"


def heard(rows: Iterable[Data]) -> list[Data]:
    """Steps of a trail that are words or echoes of words."""
    return [row for row in rows if row["kind"] in ("word", "echo")]
