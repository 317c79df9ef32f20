"""Monthly hazards of regimes from the dated record of controls: counts, months at risk, intervals (M17)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scipy.stats import gamma

from xenotime.facts.load import Facts
from xenotime.facts.words import LAW, Spell
from xenotime.months import month_number
from xenotime.talks.belief.numbers import BeliefNumbers
from xenotime.talks.belief.practice import PRACTICE, channels, regime_of_share, shares

BAND = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class Hazard:
    """How often one regime gives way to another in a month.

    of : ``law``, or ``practice`` under a law of licences
    events, months : transitions seen, and months in which they could have been
    prior : events of the prior; the posterior is Gamma(events + prior, months)
    """

    of: str
    origin: str
    target: str
    events: float
    months: float
    prior: float

    @property
    def rate(self) -> float:
        """(M17) Mean of the posterior, events a month; nothing where no month was at risk."""
        return (self.events + self.prior) / self.months if self.months else 0.0

    @property
    def band(self) -> tuple[float, float]:
        """Nine in ten of the posterior lie between; 0 and 1 where nothing was watched."""
        if not self.months:
            return 0.0, 1.0
        low, high = (float(gamma.ppf(q, self.events + self.prior) / self.months) for q in BAND)
        return low, high


def law_hazards(spells: Iterable[Spell], until: str, numbers: BeliefNumbers) -> tuple[Hazard, ...]:
    """Hazards of the law from spells, watched to the end of `until`; later ends are not yet seen."""
    months: dict[str, float] = dict.fromkeys(LAW, 0.0)
    events: dict[tuple[str, str], float] = {}
    for spell in spells:
        if spell.start > until:
            continue
        ended = bool(spell.next) and spell.end < until
        last = spell.end if ended else until
        months[spell.regime] += month_number(last) - month_number(spell.start) + 1
        if ended:
            pair = (spell.regime, spell.next)
            events[pair] = events.get(pair, 0.0) + 1
    prior = numbers.prior_months / (len(LAW) - 1)  # one prior event of any kind, spread over the targets
    return tuple(
        Hazard("law", origin, target, events.get((origin, target), 0.0), months[origin], prior)
        for origin in LAW
        for target in LAW
        if origin != target
    )


def practice_hazards(facts: Facts, until: str, numbers: BeliefNumbers) -> tuple[Hazard, ...]:
    """Hazards of practice under licences, from months that follow each other in what shipped."""
    months: dict[str, float] = dict.fromkeys(PRACTICE, 0.0)
    events: dict[tuple[str, str], float] = {}
    for channel in channels(facts):
        seen = {m: regime_of_share(s, numbers) for m, s in shares(facts, channel).items() if m <= until}
        for month, regime in seen.items():
            later = [other for other in seen if month_number(other) == month_number(month) + 1]
            for follower in later:
                months[regime] += 1
                if seen[follower] != regime:
                    pair = (regime, seen[follower])
                    events[pair] = events.get(pair, 0.0) + 1
    prior = numbers.prior_months / (len(PRACTICE) - 1)
    watched = max(sum(months.values()), 1.0) / len(PRACTICE)
    return tuple(
        Hazard(
            "practice",
            origin,
            target,
            events.get((origin, target), 0.0),
            months[origin] or watched,
            prior,
        )
        for origin in PRACTICE
        for target in PRACTICE
        if origin != target
    )


def first_practice(facts: Facts, until: str, numbers: BeliefNumbers) -> Mapping[str, float]:
    """How a licence works in its first month: counts of the record, each regime with a prior of one half."""
    counts = dict.fromkeys(PRACTICE, numbers.prior_months)
    for channel in channels(facts):
        share = shares(facts, channel).get(channel.in_force)
        if share is not None and channel.in_force <= until:
            counts[regime_of_share(share, numbers)] += 1
    whole = sum(counts.values())
    return {name: count / whole for name, count in counts.items()}


def matrix(
    hazards: Iterable[Hazard], of: str, names: tuple[str, ...], shift: float = 1.0
) -> list[list[float]]:
    """Transition matrix of a month from hazards, each times `shift`; rows sum to one."""
    rate = {(h.origin, h.target): h.rate * shift for h in hazards if h.of == of}
    rows = []
    for origin in names:
        leaving = [0.0 if origin == target else rate[origin, target] for target in names]
        total = sum(leaving)
        cut = min(1.0, 1.0 / total) if total > 1 else 1.0
        row = [share * cut for share in leaving]
        row[names.index(origin)] = 1.0 - sum(row)
        rows.append(row)
    return rows
