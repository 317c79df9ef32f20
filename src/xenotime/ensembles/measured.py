"""The value of a target: in a model run from its series, in the record from its observed rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import exp, log
from typing import Any

from xenotime.ensembles.destinations import first_stop
from xenotime.ensembles.door import Observed
from xenotime.ensembles.periods import months_of
from xenotime.ensembles.quotes import Quote, Rates, in_dollars, ratio
from xenotime.ensembles.series import Series
from xenotime.ensembles.targets import Key, Target, key_of
from xenotime.months import month_number

QUARTER = 3
REPORTED = ("loser", "stop")  # kinds that companies report and no series is named for


def predicted_value(target: Target, series: Series) -> float | None:
    """What a run says of a target; None where the run has no such series or month."""
    missing = [name for name in target.series if name not in series.values]
    return None if missing and target.kind not in REPORTED else _PREDICT[target.kind](target, series)


def _price(target: Target, series: Series) -> float | None:
    name = target.series[0]
    mean, base = series.mean(name, target.first, target.last), series.base.get(name, 0.0)
    return mean / base if mean is not None and base > 0 else None


def _gap(target: Target, series: Series) -> float | None:
    border, inside = (series.mean(name, target.first, target.last) for name in target.series)
    return border / inside if border is not None and inside else None


def _quantity(target: Target, series: Series) -> float | None:
    return series.total(target.series[0], target.first, target.last)


def _timing(target: Target, series: Series) -> float | None:
    """Quarters from the first scored to the one with the highest mean price."""
    means = _quarter_means(series, target.series[0], target.first, target.last)
    return float(max(range(len(means)), key=means.__getitem__)) if means else None


def _order(target: Target, series: Series) -> float | None:
    if target.target.startswith("unfilled/"):
        total = series.total(target.series[0], target.first, target.last)
        return log(total / target.given) if total and target.given > 0 else None
    peaks = [_log_peak(series, name, target) for name in target.series]
    if any(peak is None for peak in peaks):
        return None
    if target.target.startswith("peak-order/"):
        return float(peaks[0] - peaks[1])  # type: ignore[operator]
    falls = [
        log(max(series.mean(name, target.last, target.last) or 1e-300, 1e-300))
        - log(series.base[name])
        - peak
        for name, peak in zip(target.series, peaks, strict=True)
        if peak is not None
    ]
    light = int(target.given)
    return _mean(falls[:light]) - _mean(falls[light:])


def _loser(target: Target, series: Series) -> float | None:
    """1 where a sector of the region misses more than the given share of its need in a month, else 0."""
    begin = month_number(target.first) - month_number(series.months[0])
    end = month_number(target.last) - month_number(series.months[0]) + 1
    own = [
        values[begin:end] for name, values in series.values.items() if name.startswith(f"{target.series[0]}/")
    ]
    if not own or begin < 0 or end > len(series.months):
        return None
    return float(max(max(values) for values in own) > target.given)


def _log_peak(series: Series, name: str, target: Target) -> float | None:
    means = _quarter_means(series, name, target.first, target.last)
    base = series.base.get(name, 0.0)
    return log(max(means) / base) if means and base > 0 and max(means) > 0 else None


def _quarter_means(series: Series, name: str, first: str, last: str) -> list[float]:
    """Means of whole quarters from `first` on."""
    start = month_number(series.months[0])
    values = series.values[name]
    begin, end = month_number(first) - start, min(month_number(last) - start + 1, len(values))
    if begin < 0:
        return []
    return [_mean(values[at : at + QUARTER]) for at in range(begin, end - QUARTER + 1, QUARTER)]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


_PREDICT: Mapping[str, Callable[[Target, Series], float | None]] = {
    "price": _price,
    "gap": _gap,
    "quantity": _quantity,
    "timing": _timing,
    "order": _order,
    "loser": _loser,
    "stop": first_stop,
}


def observed_value(
    target: Target, observed: Observed, rates: Rates, model_base: Mapping[str, float]
) -> Quote | None:
    """What the record says of a target; None where a row it reads is not behind the door.

    model_base : the model's base month by series, for multiples where no quote of the base time exists
    """
    rows = {
        key_of(table, row): row for table in {key[0] for key in target.reads} for row in observed.rows(table)
    }
    if any(key not in rows for key in (*target.reads, *target.base)):
        return None
    return _OBSERVE[target.kind](target, rows, rates, model_base)


Rows = Mapping[Key, Any]


def _seen_price(target: Target, rows: Rows, rates: Rates, model_base: Mapping[str, float]) -> Quote | None:
    quote = in_dollars(rows[target.reads[0]], rates)
    base = _base_of(target.base, rows, rates) or model_base.get(target.series[0], 0.0)
    return Quote(quote.value / base, quote.low / base, quote.high / base) if base > 0 else None


def _base_of(keys: Sequence[Key], rows: Rows, rates: Rates) -> float | None:
    """Geometric mean of the quotes of the base time."""
    if not keys:
        return None
    return exp(_mean([log(in_dollars(rows[key], rates).value) for key in keys]))


def _seen_gap(target: Target, rows: Rows, rates: Rates, model_base: Mapping[str, float]) -> Quote | None:
    outer, inner = (in_dollars(rows[key], rates) for key in target.reads)
    return ratio(outer, inner)


def _seen_quantity(target: Target, rows: Rows, rates: Rates, model_base: Mapping[str, float]) -> Quote | None:
    row = rows[target.reads[0]]
    return Quote(row.value, row.low, row.high)


def _seen_timing(target: Target, rows: Rows, rates: Rates, model_base: Mapping[str, float]) -> Quote | None:
    """The quarter of the highest price; the range is that of the prices that may have been as high."""
    quotes = [(in_dollars(rows[key], rates), rows[key]) for key in target.reads]
    top = max(quotes, key=lambda pair: pair[0].value)
    as_high = [_quarter_after(target, row) for quote, row in quotes if quote.high >= top[0].value]
    return Quote(_quarter_after(target, top[1]), min(as_high), max(as_high))


def _quarter_after(target: Target, row: Any) -> float:
    return float((month_number(months_of(row.period)[1]) - month_number(target.first)) // QUARTER)


def _seen_order(target: Target, rows: Rows, rates: Rates, model_base: Mapping[str, float]) -> Quote | None:
    if target.target.startswith("unfilled/"):
        out, legal = (rows[key] for key in target.reads)
        return Quote(log(out.value / legal.value), log(out.low / legal.value), log(out.high / legal.value))
    names = [name.split("/")[1] for name in target.series]
    peaks = {name: _top(target.reads, rows, rates, name) for name in names}
    if target.target.startswith("peak-order/"):
        one, other = (_over_base(target, rows, rates, name, peaks[name]) for name in names)
        both = ratio(one, other)
        return Quote(log(both.value), log(both.low), log(both.high))
    falls = [ratio(in_dollars(rows[key], rates), peaks[key[1]]) for key in target.reads[: len(names)]]
    light = int(target.given)
    ends = [
        (_mean([log(getattr(fall, a)) for fall in falls[:light]]))
        - _mean([log(getattr(fall, b)) for fall in falls[light:]])
        for a, b in (("value", "value"), ("low", "high"), ("high", "low"))
    ]
    return Quote(*ends)


def _over_base(target: Target, rows: Rows, rates: Rates, name: str, peak: Quote) -> Quote:
    base = _base_of([key for key in target.base if key[1] == name], rows, rates) or 1.0
    return Quote(peak.value / base, peak.low / base, peak.high / base)


def _top(keys: Sequence[Key], rows: Rows, rates: Rates, material: str) -> Quote:
    quotes = [in_dollars(rows[key], rates) for key in keys if key[1] == material]
    return max(quotes, key=lambda quote: quote.value)


_OBSERVE: Mapping[str, Callable[[Target, Rows, Rates, Mapping[str, float]], Quote | None]] = {
    "price": _seen_price,
    "gap": _seen_gap,
    "quantity": _seen_quantity,
    "timing": _seen_timing,
    "order": _seen_order,
}
