"""Which regime comes true, where a case is in doubt: drawn with the chances the case believes in.

A belief says, from a month on, how likely each regime is to rule from `begins`.  In a draw one of them does:
the control's row is rewritten from that month as the look-ahead rewrites it in a branch, and once the month
has come everybody knows it.  Until then they believe what the case says.  Beliefs that name no month, or one
after the run, decide nothing that a run could show and are not drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from xenotime.ensembles.uncertain import Uncertain
from xenotime.months import month_number, month_text
from xenotime.policy.beliefs import Belief, BeliefStep, as_row
from xenotime.policy.package import Package
from xenotime.policy.regimes import FREE, REGIMES, under_regime
from xenotime.world.tables import Control

KIND = "regime"


def name_of(belief: Belief) -> str:
    """Name of the number that says which regime of a belief comes true."""
    return f"regime/{'+'.join(belief.controls)}"


def deciding(belief: Belief, months: tuple[str, ...]) -> BeliefStep | None:
    """The last step whose regimes begin within the run, None where there is none in doubt."""
    steps = [step for step in belief.steps if months[0] < step.begins <= months[-1]]
    if not steps or max(steps[-1].probability) >= 1:
        return None
    return steps[-1]


def regime_numbers(package: Package, months: tuple[str, ...]) -> tuple[Uncertain, ...]:
    """One choice for each belief that decides within the run."""
    found = []
    for belief in package.beliefs:
        step = deciding(belief, months)
        if step is not None:
            open_ = [(name, p) for name, p in zip(REGIMES, step.probability, strict=True) if p > 0]
            found.append(
                Uncertain(
                    name=name_of(belief),
                    kind=KIND,
                    low=0.0,
                    value=0.0,
                    high=len(open_) - 1.0,
                    source=belief.source or "case",
                    row=f"case: belief in {', '.join(belief.controls)}",
                    options=tuple(name for name, _ in open_),
                    chances=tuple(p for _, p in open_),
                )
            )
    return tuple(found)


def decided(
    package: Package, numbers: Iterable[Uncertain], drawn: Mapping[str, float], months: tuple[str, ...]
) -> Package:
    """The package with the regimes of a draw: rows as they turn out, and beliefs that end in what came."""
    known = {item.name: item for item in numbers if item.kind == KIND}
    beliefs, controls = [], package.controls
    for belief in package.beliefs:
        item, step = known.get(name_of(belief)), deciding(belief, months)
        if item is None or step is None:
            beliefs.append(belief)
            continue
        regime = item.options[int(drawn[item.name])]
        controls = tuple(_turned(row, belief, regime, step.begins) for row in controls)
        came = BeliefStep(step.begins, step.begins, as_row({regime: 1.0}))
        before = tuple(one for one in belief.steps if one.month < step.begins)
        none = ((0.0,) * len(REGIMES),) * len(REGIMES)  # what has come stays
        beliefs.append(replace(belief, steps=(*before, came), hazard=none))
    return replace(package, controls=controls, beliefs=tuple(beliefs))


def _turned(row: Control, belief: Belief, regime: str, begins: str) -> Control:
    if row.control not in belief.controls:
        return row
    if regime in FREE:  # what was in force ends, what was to come does not
        last = month_text(month_number(begins) - 1)
        return replace(row, until=min(row.until or last, last))
    turned = under_regime(row, f"{regime}@{begins}")
    if turned is None:
        return row
    return replace(turned, announced=row.announced if row.announced <= begins else begins)
