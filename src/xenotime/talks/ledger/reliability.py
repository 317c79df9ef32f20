"""How often words came true: Beta posteriors for speakers, kinds of act and degrees of concreteness (M18)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from scipy.stats import beta

from xenotime.facts.load import Facts
from xenotime.facts.politics import Event
from xenotime.facts.words import Reading
from xenotime.talks.ledger.status import Standing

JEFFREYS = 0.5
UNRATED = -1  # measured promises all state what is to be done
BAND = (0.05, 0.95)
SETTLED = ("kept", "kept_late", "partly", "missed")


@dataclass(frozen=True, slots=True)
class Word:
    """Something claimed and what came of it: `came` from 0 to 1, counted with `weight`."""

    claim: str
    date: str
    speaker: str
    act: str
    concreteness: int
    confirmed: str
    came: float
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Reliability:
    """Beta(`alpha`, `beta`) of words that come true; `count` claims stand behind it, `kept` of them came."""

    basis: str
    by: str
    name: str
    count: float
    kept: float
    alpha: float
    beta: float

    @property
    def mean(self) -> float:
        return self.alpha / (self.alpha + self.beta)

    def quantile(self, share: float) -> float:
        """Quantile of the posterior."""
        return float(beta.ppf(share, self.alpha, self.beta))


def concreteness(row: Reading) -> int:
    """How many of amount, date, mechanism and goods a statement gives: 0 to 4."""
    return [row.states_amount, row.states_date, row.states_mechanism, row.names_goods].count("yes")


def said(facts: Facts) -> tuple[Word, ...]:
    """Claims of the readings whose outcome is known; echoes of a claim share one count.

    A claim that several events repeat is one thing said and one thing that came or did not.
    """
    confirmed = {row.event: row.confirmed for row in facts.rows(Event)}
    settled = [row for row in facts.rows(Reading) if row.came is not None]
    times: dict[str, int] = {}
    for row in settled:
        times[row.claim] = times.get(row.claim, 0) + 1
    date = {row.event: row.date for row in facts.rows(Event)}
    return tuple(
        Word(
            row.claim,
            date[row.event],
            row.speaker,
            row.act,
            concreteness(row),
            confirmed[row.event],
            float(row.came or 0.0),
            1.0 / times[row.claim],
        )
        for row in settled
    )


def promised(standings: Iterable[Standing]) -> tuple[Word, ...]:
    """Promises whose time has passed and whose fulfilment is measured; those of one deal share one count."""
    settled = [item for item in standings if item.status in SETTLED and item.ratio is not None]
    times: dict[str, int] = {}
    for item in settled:
        times[item.deal] = times.get(item.deal, 0) + 1
    return tuple(
        Word(
            item.commitment,
            item.date,
            item.promised_by,
            "legal act promised" if item.test == "act" else "flow promised",
            UNRATED,
            "",
            min(max(item.ratio or 0.0, 0.0), 1.0),
            1.0 / times[item.deal],
        )
        for item in settled
    )


def degree(concreteness: int) -> str:
    """Two degrees only, for more would have too few words in each."""
    return "two or more" if concreteness >= 2 else "none or one"


KEYS: Mapping[str, Callable[[Word], str]] = {
    "speaker": lambda word: word.speaker,
    "act": lambda word: word.act,
    "concreteness": lambda word: "" if word.concreteness == UNRATED else degree(word.concreteness),
    "confirmed": lambda word: word.confirmed,
}


def pooled(words: Sequence[Word], basis: str) -> Reliability:
    """All words together, from Jeffreys' prior."""
    count = sum(word.weight for word in words)
    kept = sum(word.weight * word.came for word in words)
    return Reliability(basis, "all", "all", count, kept, JEFFREYS + kept, JEFFREYS + count - kept)


def reliabilities(words: Sequence[Word], basis: str, prior: float) -> tuple[Reliability, ...]:
    """Pooled, then by each key, shrunk to the pooled mean by `prior` claims.

    alpha = prior x pooled mean + kept;  beta = prior x (1 - pooled mean) + not kept.
    """
    whole = pooled(words, basis)
    found = [whole]
    for by, key in KEYS.items():
        groups: dict[str, list[Word]] = {}
        for word in words:
            if key(word):
                groups.setdefault(key(word), []).append(word)
        for name in sorted(groups):
            count = sum(word.weight for word in groups[name])
            kept = sum(word.weight * word.came for word in groups[name])
            found.append(
                Reliability(
                    basis,
                    by,
                    name,
                    count,
                    kept,
                    prior * whole.mean + kept,
                    prior * (1 - whole.mean) + count - kept,
                )
            )
    return tuple(found)
