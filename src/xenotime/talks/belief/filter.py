"""The filtered belief in a control's regimes, month by month, with the trail of what moved it (M17, M18)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xenotime.facts.load import Facts
from xenotime.facts.politics import ControlRecord
from xenotime.facts.words import LAW
from xenotime.months import month_range, months_between
from xenotime.talks.belief.cadence import is_near, last_talks, next_talks, talks_of
from xenotime.talks.belief.frozen import Parameters
from xenotime.talks.belief.hazards import matrix
from xenotime.talks.belief.law import announced_change, control_row, law_in
from xenotime.talks.belief.likelihood import Evidence, chance_true, evidence_of, likelihood_ratio, why
from xenotime.talks.belief.practice import PRACTICE, Channel, likelihood_of_share, month_after, shares
from xenotime.talks.ledger.days import last_day, month_at
from xenotime.talks.ledger.known import known_at
from xenotime.talks.ledger.reliability import Reliability, reliabilities, said

Chances = dict[str, float]
# From the freest to the tightest: what eases goes to the left, what tightens to the right.
ORDER = {"open": 0, "suspended": 0, "licensed": 1, "closed": 2}
ALLOWED: Mapping[str, tuple[str, ...]] = {
    "open": ("open",),
    "licensed": PRACTICE,
    "closed": ("closed",),
    "suspended": ("suspended",),
}
BELIEVED = "everyone"
WEIGHED = "weighed"
UNHEARD = "nobody"


@dataclass(frozen=True, slots=True)
class Step:
    """One reason why the belief moved: a row of the trail.

    month : month believed about;  as_of : month at whose end it is believed
    kind : law, shipment, hazard, talks, word or echo
    ratio : likelihood ratio of a word; blank otherwise
    """

    channel: str
    as_of: str
    month: str
    kind: str
    entry: str
    ratio: float | None
    before: Mapping[str, float]
    after: Mapping[str, float]
    reason: str


@dataclass(frozen=True, slots=True)
class Belief:
    """What is believed at the end of `as_of` of `month`: chances of each regime in practice, summing to 1."""

    channel: str
    as_of: str
    month: str
    law: str
    chances: Mapping[str, float]
    trail: tuple[Step, ...] = field(repr=False)


class Watch:
    """What can be known of one channel, month by month; remembers what it has looked up.

    shared : facts by month that several channels look up; its own if left out
    calendar : facts that say when talks were held; the same if left out
    """

    def __init__(
        self,
        facts: Facts,
        channel: Channel,
        parameters: Parameters,
        shared: dict[str, Facts] | None = None,
        calendar: Facts | None = None,
    ) -> None:
        self.channel, self.parameters = channel, parameters
        self._facts, self._calendar = facts, calendar
        self._known: dict[str, Facts] = {} if shared is None else shared
        self._record: dict[str, tuple[Reliability, ...]] = {}
        self._talks: dict[str, list[tuple[str, str]]] = {}

    def known(self, month: str) -> Facts:
        """Facts as known at the end of a month."""
        if month not in self._known:
            self._known[month] = known_at(self._facts, last_day(month))
        return self._known[month]

    def row(self, month: str) -> ControlRecord | None:
        """The control as the record stood at the end of a month."""
        return control_row(self.known(month).rows(ControlRecord), self.channel.control)

    def record(self, month: str) -> tuple[Reliability, ...]:
        """How often words had come true by the end of a month."""
        if month not in self._record:
            words = said(self.known(month))
            prior = self.parameters.numbers.prior_claims
            self._record[month] = reliabilities(words, "statements", prior)
        return self._record[month]

    def talks(self, month: str) -> list[tuple[str, str]]:
        """Talks held or known to come at the end of a month."""
        if month not in self._talks:
            held = self._calendar
            known = self.known(month) if held is None else known_at(held, last_day(month))
            self._talks[month] = talks_of(known, self.parameters.cadence.pair)
        return self._talks[month]

    def evidence(self, month: str) -> tuple[Evidence, ...]:
        """Claims about this channel said by the end of a month."""
        numbers, channel = self.parameters.numbers, self.channel
        return evidence_of(
            self.known(month), channel.control, channel.scope, last_day(month), numbers.echo_days
        )


def believe(watch: Watch, as_of: str, hearing: str = WEIGHED) -> Belief:
    """(M17) Filtered belief at the end of `as_of` of the month after it.

    From the month before the control, each month: predict by hazards (shifted by talks), tilt by the words
    of the month before, set to the law as observed, weigh by the shipments of that month if known by `as_of`.
    Words of a month are weighed by the record at its end; shipments come in at the month they left.

    hearing : weighed (by the ledger), everyone (every claim comes true), nobody (words and talks unheard)
    """
    start = watch.channel.in_force
    months = month_range(start, max(months_between(start, month_after(as_of)) + 1, 0))
    flows = shares(watch.known(as_of), watch.channel)
    law = law_in(watch.row(as_of), month_after(start, -1))
    chances: Chances = {name: float(name == law) for name in LAW}
    trail: list[Step] = []
    for month in months:
        before = month_after(month, -1)
        last = month == month_after(as_of)
        steps = trail if last else []
        current = announced_change(watch.row(before), before, month) or _likeliest(chances, law)
        chances = _predict(watch, chances, law, before, month, hearing, steps)
        chances = _hear(watch, chances, current, before, month, hearing, steps)
        if not last:
            previous, law = law, law_in(watch.row(as_of), month)
            chances = _observe_law(watch, chances, previous, law)
            if month in flows:
                moved = _weigh(chances, likelihood_of_share(flows[month], watch.parameters.numbers))
                if months_between(month, as_of) <= 1:
                    reason = f"{flows[month]:.2f} of normal flow shipped in {month}"
                    trail.append(
                        Step(
                            watch.channel.name, as_of, month, "shipment", month, None, chances, moved, reason
                        )
                    )
                chances = moved
    return Belief(watch.channel.name, as_of, month_after(as_of), law, chances, tuple(trail))


def _predict(
    watch: Watch,
    chances: Chances,
    law: str,
    before: str,
    month: str,
    hearing: str,
    trail: list[Step],
) -> Chances:
    """One month on by the hazards of law and practice, and by acts announced with a date."""
    parameters = watch.parameters
    shift, reason = 1.0, "hazards of the record"
    if hearing != UNHEARD:
        talks = watch.talks(before)
        near = is_near(talks, month, int(parameters.numbers.talks_months))
        shift = parameters.cadence.near if near else parameters.cadence.far
        held, coming = last_talks(talks, before), next_talks(talks, before)
        said_of = f"last talks {held or 'none'}, next {coming or 'not known'}"
        reason = f"hazards of the record times {shift:.2f}: {said_of}"
    laws = _law_chances(watch, law, before, month, shift)
    practice = dict(zip(PRACTICE, matrix(parameters.hazards, "practice", PRACTICE, shift), strict=True))
    new = dict.fromkeys(LAW, 0.0)
    for ruling, chance in laws.items():
        for state, share in chances.items():
            if not share:
                continue
            if ruling != "licensed":
                new[ALLOWED[ruling][0]] += chance * share
            elif law == "licensed" and state in practice:
                for other, move in zip(PRACTICE, practice[state], strict=True):
                    new[other] += chance * share * move
            else:
                for other in PRACTICE:
                    new[other] += chance * share * parameters.first[other]
    trail.append(Step(watch.channel.name, before, month, "hazard", "", None, chances, new, reason))
    return new


def _law_chances(watch: Watch, law: str, before: str, month: str, shift: float) -> Chances:
    """Chance of each regime of the law next month: hazards, or the act announced by its reliability."""
    row = matrix(watch.parameters.hazards, "law", LAW, shift)[LAW.index(law)]
    chances = dict(zip(LAW, row, strict=True))
    announced = announced_change(watch.row(before), before, month)
    if announced:
        kept = next((r.mean for r in watch.record(before) if (r.by, r.name) == ("act", "legal_act")), 0.5)
        return {name: (1 - kept) * share + kept * (name == announced) for name, share in chances.items()}
    return chances


def _hear(
    watch: Watch,
    chances: Chances,
    current: str,
    before: str,
    month: str,
    hearing: str,
    trail: list[Step],
) -> Chances:
    """Tilt by every claim of the month before, and by older ones while their time runs (M18).

    Claims of one direction that are heard at once are about the same talks and not independent: the one with
    the largest ratio counts.  All are held against the belief before any of them, so order changes nothing.
    """
    if hearing == UNHEARD:
        return chances
    numbers, record = watch.parameters.numbers, watch.record(before)
    ratios: list[tuple[Evidence, float, str]] = []
    for item in watch.evidence(before):
        age = months_between(month_at(item.day), before)
        if not 0 <= age < item.window:
            continue
        if item.echo_of:
            if age == 0:
                trail.append(
                    Step(
                        watch.channel.name,
                        before,
                        month,
                        "echo",
                        item.event,
                        1.0,
                        chances,
                        chances,
                        f"repeats {item.echo_of} within {numbers.echo_days:.0f} days: counted once",
                    )
                )
            continue
        base = _chance_of(current, item.direction, chances)
        if base <= 0 or base >= 1:
            trail.append(
                Step(
                    watch.channel.name,
                    before,
                    month,
                    "word",
                    item.event,
                    1.0,
                    chances,
                    chances,
                    "nothing is left for it to move",
                )
            )
            continue
        chance, rows = chance_true(item, record)
        reason = why(item, chance, rows)
        if hearing == BELIEVED:
            chance, reason = numbers.credulous, "every claim is believed"
        ratios.append((item, likelihood_ratio(chance, base, item.window, numbers), reason))
    for item, ratio, reason in sorted(ratios, key=lambda one: (one[0].day, one[0].event)):
        best = _strongest(ratios, item.direction)
        if item.event != best:
            reason = f"not independent of {best}, the strongest of these months that goes the same way"
            ratio = 1.0
        tilt = {name: ratio if _moves(name, current, item.direction) else 1.0 for name in chances}
        moved = _weigh(chances, tilt)
        trail.append(
            Step(watch.channel.name, before, month, "word", item.event, ratio, chances, moved, reason)
        )
        chances = moved
    return chances


def _strongest(ratios: list[tuple[Evidence, float, str]], direction: str) -> str:
    """Event of the claim that says most in a direction; of equals the first by day and name."""
    same = [(-ratio, item.day, item.event) for item, ratio, _ in ratios if item.direction == direction]
    return min(same)[2]


def _likeliest(chances: Mapping[str, float], law: str) -> str:
    """The regime that is held likeliest now, which claims would ease or tighten."""
    return max(chances, key=lambda name: (chances[name], name == law, -LAW.index(name)))


def _moves(name: str, current: str, direction: str) -> bool:
    step = ORDER[name] - ORDER[current]
    return step < 0 if direction == "eases" else step > 0


def _chance_of(current: str, direction: str, chances: Mapping[str, float]) -> float:
    return sum(share for name, share in chances.items() if _moves(name, current, direction))


def _observe_law(watch: Watch, chances: Chances, previous: str, law: str) -> Chances:
    """Nothing is believed that the law as observed contradicts; a new law begins as such laws begin."""
    allowed = {name: share if name in ALLOWED[law] else 0.0 for name, share in chances.items()}
    if law != previous and law == "licensed":
        return {name: watch.parameters.first.get(name, 0.0) for name in LAW}
    if sum(allowed.values()) > 0:
        return _weigh(allowed, dict.fromkeys(allowed, 1.0))
    if law == "licensed":
        return {name: watch.parameters.first.get(name, 0.0) for name in LAW}
    return {name: float(name == ALLOWED[law][0]) for name in LAW}


def _weigh(chances: Mapping[str, float], weight: Mapping[str, float]) -> Chances:
    """Bayes' rule: each chance times its weight, summing to one."""
    weighed = {name: share * weight.get(name, 0.0) for name, share in chances.items()}
    total = sum(weighed.values())
    return {name: share / total for name, share in weighed.items()} if total > 0 else dict(chances)
