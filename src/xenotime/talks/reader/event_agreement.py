"""How far the reader's codes of dated events agree with those by hand, code by code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xenotime.facts.words import Reading as ByHand
from xenotime.talks.ledger.reliability import concreteness, degree
from xenotime.talks.reader.event_codes import Codes
from xenotime.talks.reader.score import kappa

READ = (
    "pair",
    "speaker",
    "act",
    "direction",
    "lever",
    "states_amount",
    "states_date",
    "states_mechanism",
    "names_goods",
    "window_months",
)
STATED = ("states_amount", "states_date", "states_mechanism", "names_goods")
DEGREE = "concreteness"
ALL, CLAIMS = "all events", "claims that are replayed"


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """Agreement on one code.

    of : which events;  events : how many;  given : of how many the reader gives the code
    agreed : of those, on how many it is the hand's
    kappa : Cohen's, of those given; None where none is
    """

    of: str
    code: str
    events: int
    given: int
    agreed: int
    kappa: float | None

    @property
    def share(self) -> float | None:
        """Share agreed of those given; None where none is."""
        return self.agreed / self.given if self.given else None


def agreements(hand: Sequence[ByHand], codes: Sequence[Codes]) -> tuple[CodeAgreement, ...]:
    """Agreement on every code, over all events and over the claims a replay hears."""
    by = {row.event: row for row in hand}
    sets = {
        ALL: [item for item in codes if item.event in by],
        CLAIMS: [item for item in codes if item.event in by and is_replayed(by[item.event])],
    }
    return tuple(_agreement(of, code, by, chosen) for of, chosen in sets.items() for code in (*READ, DEGREE))


def is_replayed(row: ByHand) -> bool:
    """Whether a reading is a claim about a control of the record, no act of law, that goes either way."""
    return bool(row.controls) and row.act != "legal_act" and row.direction != "none"


def _agreement(of: str, code: str, by: Mapping[str, ByHand], chosen: Sequence[Codes]) -> CodeAgreement:
    pairs = [(by_hand(by[item.event], code), value) for item in chosen if (value := read_code(item, code))]
    agreed = sum(one == other for one, other in pairs)
    return CodeAgreement(of, code, len(chosen), len(pairs), agreed, kappa(pairs) if pairs else None)


def by_hand(row: ByHand, code: str) -> str:
    """A code by hand as text."""
    return degree(concreteness(row)) if code == DEGREE else str(getattr(row, code))


def read_code(item: Codes, code: str) -> str:
    """A code of the reader as text; blank where it gives none.

    Of concreteness it is enough that what is unknown cannot move it over the limit.
    """
    if code == DEGREE:
        stated = [getattr(item, name) for name in STATED]
        least, most = stated.count("yes"), stated.count("yes") + stated.count("")
        return degree(least) if degree(least) == degree(most) else ""
    value = getattr(item, code)
    return "" if value is None else str(value)
