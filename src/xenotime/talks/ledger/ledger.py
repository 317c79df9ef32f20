"""The ledger on a day: entries, chains, standings, paths and reliabilities, all from what was known then."""

from __future__ import annotations

from dataclasses import dataclass, field

from xenotime.displays import Displayed
from xenotime.facts.load import Facts, load_facts
from xenotime.facts.words import Measure
from xenotime.talks.ledger.days import day_text
from xenotime.talks.ledger.entries import Entry, entries_of
from xenotime.talks.ledger.fulfilment import path_of
from xenotime.talks.ledger.known import known_at
from xenotime.talks.ledger.reliability import Reliability, promised, reliabilities, said
from xenotime.talks.ledger.status import Standing, standings


@dataclass(frozen=True, slots=True)
class Ledger(Displayed):
    """What was known at the end of day `at`.

    facts : the record it stands on, with what was known later and rows of one's own
    """

    at: str
    entries: tuple[Entry, ...]
    standings: tuple[Standing, ...]
    paths: tuple[dict[str, object], ...]
    reliability: tuple[Reliability, ...]
    facts: Facts = field(repr=False, compare=False)

    def chain(self, commitment: str) -> tuple[Entry, ...]:
        """Entries linked to a promise, by date."""
        return tuple(entry for entry in self.entries if commitment in entry.chains)


def ledger_at(at: int, facts: Facts | None = None) -> Ledger:
    """The ledger of the shipped record, or of `facts`, as it could be known at the end of day `at`."""
    record = load_facts() if facts is None else facts
    known = known_at(record, at)
    stood = standings(known, at)
    prior = next(float(row.value) for row in known.rows("belief_numbers") if row.name == "prior_claims")
    return Ledger(
        day_text(at),
        entries_of(known),
        stood,
        tuple(row for measure in known.rows(Measure) for row in path_of(known, measure, at)),
        reliabilities(promised(stood), "promises", prior) + reliabilities(said(known), "statements", prior),
        record,
    )
