"""The record of 2025-26 played again through ledger and belief, scored against rivals, misses shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xenotime.facts.load import Facts, load_facts
from xenotime.facts.politics import ControlRecord
from xenotime.months import month_range, months_between
from xenotime.talks.belief.filter import BELIEVED, UNHEARD, WEIGHED, Belief, Watch, believe
from xenotime.talks.belief.frozen import Parameters, load_frozen
from xenotime.talks.belief.law import control_row, law_in
from xenotime.talks.belief.practice import Channel, channels, month_after, regime_of_share, shares
from xenotime.talks.belief.shipments import Forecast, brier, crps, forecast_shares, log_score, point

FIRST, LAST = "2025-04", "2026-05"  # months at whose end it is forecast; the next month is forecast
LEAST = 1e-3  # of a chance, in the log score: nobody knows the record better than that
FREE = ("open", "suspended")
UNHINDERED = "open or suspended"  # the class of regimes under which goods flow
CLASSES = (FREE, ("licensed",), ("closed",))
HEARINGS = {WEIGHED: "ledger and belief", UNHEARD: "constant hazard", BELIEVED: "believing everyone"}
PERSISTENCE = "no change"
LAW_ONLY = ("CHN-57-2025",)  # announced in 2025 and watched although nothing of it is counted


@dataclass(frozen=True, slots=True)
class Outcome:
    """One forecast of one model and what came.

    came : class that ruled, blank where it is not known;  scores are None then, or where the model has none
    """

    channel: str
    as_of: str
    month: str
    model: str
    chances: dict[str, float]
    came: str
    share: float | None
    expected: float | None
    low: float | None
    high: float | None
    log_score: float | None
    brier: float | None
    crps: float | None
    error: float | None
    missed: bool


@dataclass(frozen=True, slots=True)
class Replay:
    """Beliefs of the weighed filter, and every forecast with its scores."""

    beliefs: tuple[Belief, ...]
    outcomes: tuple[Outcome, ...]
    sha256: str


def watched(facts: Facts, parameters: Parameters) -> tuple[Channel, ...]:
    """Channels of controls that came after the fit, and controls of which only the law can be seen."""
    counted = tuple(item for item in channels(facts) if item.in_force > parameters.until)
    rows = [control_row(facts.rows(ControlRecord), name) for name in LAW_ONLY]
    return counted + tuple(
        Channel(row.control, "law/all/WLD", 1.0, row.announced[:7]) for row in rows if row is not None
    )


def replay(
    facts: Facts | None = None,
    first: str = FIRST,
    last: str = LAST,
    names: Iterable[str] = (),
    hearings: Mapping[str, str] = HEARINGS,
    calendar: Facts | None = None,
) -> Replay:
    """Forecasts of regime and of next month's shipments at the end of each month, by every model.

    names : channels to replay; all that are watched if left out
    hearings : how words are heard, with the name of the model
    calendar : facts that say when talks were held, where readings are not by hand; `facts` if left out
    """
    known = load_facts() if facts is None else facts
    parameters, sha256 = load_frozen()
    wanted = set(names)
    beliefs: list[Belief] = []
    outcomes: list[Outcome] = []
    shared: dict[str, Facts] = {}
    for channel in watched(known, parameters):
        if wanted and channel.name not in wanted:
            continue
        watch = Watch(known, channel, parameters, shared, calendar)
        begin = max(first, channel.in_force)
        for as_of in month_range(begin, max(months_between(begin, last) + 1, 0)):
            for hearing, model in hearings.items():
                belief = believe(watch, as_of, hearing)
                if hearing == WEIGHED:
                    beliefs.append(belief)
                outcomes.append(_scored(known, watch, belief, model, parameters))
            outcomes += _unchanged(known, watch, as_of, parameters)
    return Replay(tuple(beliefs), tuple(outcomes), sha256)


def _scored(facts: Facts, watch: Watch, belief: Belief, model: str, parameters: Parameters) -> Outcome:
    came, share = _what_came(facts, watch.channel, belief.month, parameters)
    chances = dict(belief.chances)
    forecast = None
    if watch.channel.control not in LAW_ONLY:
        forecast = forecast_shares(chances, _last_share(watch, belief.as_of), parameters)
    return _outcome(watch.channel, belief.as_of, belief.month, model, chances, came, share, forecast)


def _unchanged(facts: Facts, watch: Watch, as_of: str, parameters: Parameters) -> list[Outcome]:
    """The rival who says: as last seen."""
    last = _last_share(watch, as_of)
    if last is None:
        return []
    month = month_after(as_of)
    came, share = _what_came(facts, watch.channel, month, parameters)
    chances = {regime_of_share(last, parameters.numbers): 1.0}
    return [_outcome(watch.channel, as_of, month, PERSISTENCE, chances, came, share, point(last))]


def _last_share(watch: Watch, as_of: str) -> float | None:
    """Share of normal flow in the last month known at the end of `as_of`."""
    seen = shares(watch.known(as_of), watch.channel)
    return seen[max(seen)] if seen else None


def _what_came(
    facts: Facts, channel: Channel, month: str, parameters: Parameters
) -> tuple[str, float | None]:
    """Class that ruled in `month` and the share that shipped; blank and None where it is not on record."""
    if channel.control in LAW_ONLY:
        law = law_in(control_row(facts.rows(ControlRecord), channel.control), month)
        return UNHINDERED if law in FREE else law, None
    share = shares(facts, channel).get(month)
    if share is None:
        return "", None
    regime = regime_of_share(share, parameters.numbers)
    return UNHINDERED if regime in FREE else regime, share


def _outcome(
    channel: Channel,
    as_of: str,
    month: str,
    model: str,
    chances: dict[str, float],
    came: str,
    share: float | None,
    forecast: Forecast | None,
) -> Outcome:
    classes = {UNHINDERED: FREE, "licensed": ("licensed",), "closed": ("closed",)}
    names = classes.get(came, ())
    held = {name: sum(chances.get(part, 0.0) for part in parts) for name, parts in classes.items()}
    counted = forecast is not None and share is not None
    return Outcome(
        channel.name,
        as_of,
        month,
        model,
        chances,
        came,
        share,
        forecast.mean if forecast else None,
        forecast.quantile(0.1) if forecast else None,
        forecast.quantile(0.9) if forecast else None,
        log_score(chances, names, LEAST) if came else None,
        brier(chances, CLASSES, names) if came else None,
        crps(forecast, share) if forecast is not None and share is not None else None,
        abs(forecast.mean - share) if forecast is not None and share is not None and counted else None,
        bool(came) and max(held, key=lambda name: held[name]) != came,
    )


def score_table(outcomes: Sequence[Outcome]) -> list[dict[str, object]]:
    """Mean scores by channel and model; no change says nothing before a month is known, so it has fewer."""
    rows: list[dict[str, object]] = []
    for channel in dict.fromkeys(item.channel for item in outcomes):
        mine = [item for item in outcomes if item.channel == channel and item.came]
        for model in dict.fromkeys(item.model for item in mine):
            chosen = [item for item in mine if item.model == model]
            rows.append(
                {
                    "channel": channel,
                    "model": model,
                    "months": len(chosen),
                    "log_score": _mean([item.log_score for item in chosen]),
                    "brier": _mean([item.brier for item in chosen]),
                    "crps": _mean([item.crps for item in chosen]),
                    "absolute_error": _mean([item.error for item in chosen]),
                    "missed": sum(item.missed for item in chosen),
                }
            )
    return rows


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
