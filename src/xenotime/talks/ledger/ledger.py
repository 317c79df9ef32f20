"""The ledger on a day: entries, chains, standings, paths and reliabilities, all from what was known then."""

from __future__ import annotations

from dataclasses import dataclass

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
    """What was known at the end of day `at`."""

    at: str
    entries: tuple[Entry, ...]
    standings: tuple[Standing, ...]
    paths: tuple[dict[str, object], ...]
    reliability: tuple[Reliability, ...]

    def chain(self, commitment: str) -> tuple[Entry, ...]:
        """Entries linked to a promise, by date."""
        return tuple(entry for entry in self.entries if commitment in entry.chains)


def ledger_at(at: int, facts: Facts | None = None) -> Ledger:
    """The ledger of the shipped record, or of `facts`, as it could be known at the end of day `at`."""
    known = known_at(load_facts() if facts is None else facts, at)
    stood = standings(known, at)
    prior = next(float(row.value) for row in known.rows("belief_numbers") if row.name == "prior_claims")
    return Ledger(
        day_text(at),
        entries_of(known),
        stood,
        tuple(row for measure in known.rows(Measure) for row in path_of(known, measure, at)),
        reliabilities(promised(stood), "promises", prior) + reliabilities(said(known), "statements", prior),
    )
