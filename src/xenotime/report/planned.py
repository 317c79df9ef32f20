"""Packages as one JSON document: the frontier, all that was run, regret, who pays, what partners add."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from xenotime.choice.menu import Pick
from xenotime.choice.plan_answer import Planned, Scenes, first_effect
from xenotime.choice.weigh import ERRORS, WORST, by_draw
from xenotime.report.envelope import Row, envelope

LOW, HIGH = 5, 95  # per cent of draws below the ends of a range
EFFECT = 0.001  # of the whole loss of doing nothing: from there a lever is said to act
PARTIES = 12  # whose losses change most are told one by one
SMALL_BILL = 1e-4  # of the largest: smaller ones are left out


def plan_document(found: Planned) -> Row:
    """The document of kind ``plan``."""
    menu = found.menu
    data: Row = {
        "title": menu.data.title,
        "question": found.question,
        "sponsor": menu.data.sponsor,
        "regions": list(menu.data.side()),
        "budget": found.budget,
        "months": found.months,
        "seed": found.seed,
        "best": menu.label(found.best),
        "minimax": menu.label(found.minimax),
        "worst_share": WORST,
        "standard_errors": ERRORS,
        "rolled_draws": len(found.grid.draws) if found.grid.rolled else 0,
        "draws": len(found.grid.draws),
        "cases": [
            {"case": case, "value": float(odds), "unit": "share"}
            for case, odds in zip(found.grid.cases, found.grid.odds, strict=True)
        ],
        "variants": list(found.grid.variants),
        "frontier": [_package(found, pick) for pick in found.frontier],
        "packages": [_package(found, pick) for pick in sorted(found.runs, key=lambda p: (len(p), p))],
        "levers": [_lever(found, place) for place in range(len(menu.offers))],
        "regret": list(_regret(found)),
        "parties": list(_parties(found)),
        "bills": list(_bills(found)),
        "series": list(_series(found)),
        "dependence": list(_dependence(found)),
        "partners": list(_partners(found)),
        "menu": [_offer(found, number) for number in range(len(menu.levers))],
        "citation": list(menu.data.citation),
        "assumed": list(menu.data.assumed),
    }
    return envelope("plan", found.key, data, list(_warnings(found)))


def _range(values: Sequence[float]) -> Row:
    return {"low": float(min(values)), "high": float(max(values))}


def _mean(found: Planned, runs: Scenes, values: Sequence[float]) -> float:
    return float(found.grid.weights(len(runs)) @ np.array(values, dtype=float))


def _package(found: Planned, pick: Pick) -> Row:
    """One package: what it costs, what it leaves of the loss, how secure users are with it."""
    runs, grid = found.runs[pick], found.grid
    losses = by_draw(grid.cube(runs), grid.odds)
    saving = found.saving(pick)
    nothing = found.runs[()]
    months = [first_effect(run, base, EFFECT) for run, base in zip(runs, nothing, strict=True)]
    low, high = np.percentile(losses, (LOW, HIGH))
    served = [float(np.mean([item.served for item in run.seen])) for run in runs]
    cover = [run.seen[-1].cover for run in runs]
    return {
        "rank": found.frontier.index(pick) + 1 if pick in found.frontier else None,
        "package": found.menu.label(pick),
        "levers": [found.menu.offers[place].name for place in pick],
        "value": found.loss(pick),
        "low": float(low),
        "high": float(high),
        "unit": "USD",
        "tail": found.tail(pick),
        "outlay": found.search.full[pick].outlay,
        "outlay_low": min(run.outlay for run in runs),
        "cost": _mean(found, runs, [run.cost for run in runs]),
        "cost_low": min(run.cost for run in runs),
        "cost_high": max(run.cost for run in runs),
        "saving": saving.mean,
        "saving_error": saving.error,
        "sure": saving.is_sure(),
        "served": _mean(found, runs, served),
        "cover": _mean(found, runs, cover),
        "first_effect": min((month for month in months if month), default=""),
        "on_frontier": pick in found.frontier,
        "affordable": pick in found.regret,
        "regret": float(found.regret[pick].max()) if pick in found.regret else None,
        "agree": sorted({who for place in pick for who in _agree(found, place)}),
    }


def _agree(found: Planned, place: int) -> tuple[str, ...]:
    return found.menu.data.lever[found.menu.offers[place].lever].agree


def _lever(found: Planned, place: int) -> Row:
    """An offer alone, in the quick scenes."""
    offer = found.menu.offers[place]
    pick = (place,)
    row: Row = {"offer": offer.label(), "lever": offer.name, "size": offer.size, "unit": "USD"}
    if pick not in found.quick:
        return row | {
            "value": None,
            "error": None,
            "outlay": None,
            "first_effect": "",
            "idle": True,
            "sure": False,
        }
    saving, runs = found.quick_saving(pick), found.quick[pick]
    pairs = zip(runs, found.quick[()], strict=True)
    months = [first_effect(run, base, EFFECT) for run, base in pairs]
    return row | {
        "value": saving.mean,
        "error": saving.error,
        "outlay": max(run.outlay for run in runs),
        "first_effect": min((month for month in months if month), default=""),
        "idle": place in found.search.idle,
        "sure": saving.is_sure(),
    }


def _regret(found: Planned) -> Iterator[Row]:
    """Loss and regret of packages on the frontier by case and variant."""
    for rank, pick in enumerate(found.frontier, 1):
        means = found.grid.cube(found.runs[pick]).mean(axis=2)
        for c, case in enumerate(found.grid.cases):
            for v, variant in enumerate(found.grid.variants):
                yield {
                    "rank": rank,
                    "package": found.menu.label(pick),
                    "case": case,
                    "variant": variant,
                    "value": float(found.regret[pick][c, v]),
                    "loss": float(means[c, v]),
                    "unit": "USD",
                }


def _parties(found: Planned) -> Iterator[Row]:
    """What the best package changes for everybody, mean over scenes; gains are above zero."""
    runs, nothing = found.runs[found.best], found.runs[()]
    names = sorted({name for run in runs for name in run.parties})
    gains = {
        name: [base.of(name) - run.of(name) for run, base in zip(runs, nothing, strict=True)]
        for name in names
    }
    mean = {name: _mean(found, runs, values) for name, values in gains.items()}
    for name in sorted(names, key=lambda one: (-abs(mean[one]), one))[:PARTIES]:
        if any(gains[name]):
            yield {
                "package": found.menu.label(found.best),
                "party": name,
                "value": mean[name],
                **_range(gains[name]),
                "unit": "USD",
            }


def _bills(found: Planned) -> Iterator[Row]:
    """Who paid whom for the levers of the best package, mean over scenes."""
    runs = found.runs[found.best]
    weights = found.grid.weights(len(runs))
    sums: dict[tuple[str, str, str, str], float] = {}
    for weight, run in zip(weights, runs, strict=True):
        for seen in run.seen:
            for lever, payer, recipient, what, value in seen.bills:
                key = lever, payer, recipient, what
                sums[key] = sums.get(key, 0.0) + float(weight) * value
    bought = _mean(found, runs, [run.bought for run in runs])
    if bought > 0:
        yield {
            "lever": "stock held at the start",
            "payer": found.menu.data.sponsor,
            "recipient": "sellers",
            "what": "purchase at base prices",
            "value": bought,
            "unit": "USD",
        }
    for (lever, payer, recipient, what), value in sorted(sums.items(), key=lambda item: -item[1]):
        if value >= SMALL_BILL * max(sums.values()):
            yield {
                "lever": lever,
                "payer": payer,
                "recipient": recipient,
                "what": what,
                "value": value,
                "unit": "USD",
            }


def _shown(found: Planned) -> tuple[Pick, ...]:
    """Packages told month by month: nothing, the best, and the one of least regret."""
    return tuple(dict.fromkeys(((), found.best, found.minimax)))


def _series(found: Planned) -> Iterator[Row]:
    """Month by month: loss so far, use that is served, months of cover; mean over scenes and their range."""
    for pick in _shown(found):
        runs = found.runs[pick]
        side = {*found.menu.data.side(), found.menu.data.sponsor}
        for at, month in enumerate(runs[0].months):
            loss = [
                sum(float(run.loss[at, n]) for n, name in enumerate(run.parties) if name in side)
                for run in runs
            ]
            for what, values, unit in (
                ("loss so far", loss, "USD"),
                ("served", [run.seen[at].served for run in runs], "share"),
                ("cover", [run.seen[at].cover for run in runs], "month"),
            ):
                yield {
                    "package": found.menu.label(pick),
                    "month": month,
                    "what": what,
                    "value": _mean(found, runs, values),
                    **_range(values),
                    "unit": unit,
                }


def _dependence(found: Planned) -> Iterator[Row]:
    """By stage, share of use made where the control comes from: first and last month, mean over scenes."""
    for pick in _shown(found):
        runs = found.runs[pick]
        stages = sorted({stage for run in runs for seen in run.seen for stage in seen.dependence if stage})
        for stage in stages:
            for at in dict.fromkeys((0, len(runs[0].months) - 1)):
                values = [run.seen[at].dependence.get(stage, 0.0) for run in runs]
                yield {
                    "package": found.menu.label(pick),
                    "stage": stage,
                    "month": runs[0].months[at],
                    "value": _mean(found, runs, values),
                    **_range(values),
                    "unit": "share",
                }


def _partners(found: Planned) -> Iterator[Row]:
    """What each partner adds to the best package: loss and cost of both, mean over scenes."""
    base, side = found.runs[found.best], (*found.menu.data.side(), found.menu.data.sponsor)
    own = tuple(dict.fromkeys(side))
    for item in found.joined:
        region = item.partner.region
        row: Row = {
            "package": found.menu.label(item.pick),
            "partner": region,
            "levers": list(item.partner.levers),
            "source": item.partner.source,
            "assumed": item.partner.assumed,
            "unit": "USD",
        }
        if item.runs is None or any(run.failure for run in item.runs):
            yield row | {"value": None, "partner_gain": None, "outlay": None, "partner_outlay": None}
            continue
        gained, theirs = shares_of(item.runs, base, own, region)
        part = max(run.outlay - before.outlay for run, before in zip(item.runs, base, strict=True))
        yield row | {
            "value": _mean(found, item.runs, gained),
            **_range(gained),
            "partner_gain": _mean(found, item.runs, theirs),
            "partner_low": min(theirs),
            "partner_high": max(theirs),
            "outlay": max(run.outlay for run in base),
            "partner_outlay": max(part, 0.0),
        }


def shares_of(
    joint: Scenes, alone: Scenes, own: Sequence[str], partner: str
) -> tuple[list[float], list[float]]:
    """(M57) what both gain by joining, by scene: L - L' of each, and the partner bears C' - C.

    Runs book the whole pool with the sponsor; what his cost grows by is what the partner adds, and is moved.
    """
    ours, theirs = [], []
    for run, before in zip(joint, alone, strict=True):
        moved = run.cost - before.cost
        ours.append(sum(before.of(name) - run.of(name) for name in own) + moved)
        theirs.append(before.of(partner) - run.of(partner) - moved)
    return ours, theirs


def _offer(found: Planned, number: int) -> Row:
    entry, lever = found.menu.data.lever[number], found.menu.levers[number]
    return {
        "lever": entry.lever,
        "title": entry.title or entry.lever,
        "kind": entry.kind,
        "goods": lever.material or lever.facility,
        "sizes": list(entry.sizes),
        "agree": list(entry.agree),
        "excludes": sorted(
            found.menu.levers[b if a == number else a].lever for a, b in found.menu.rivals if number in (a, b)
        ),
        "source": entry.source,
        "assumed": entry.assumed,
    }


def _warnings(found: Planned) -> Iterator[str]:
    yield (
        "loss is what the model says is worse than without the control (M21), bills of the levers "
        "and capital "
        "tied up included; it is no forecast, and what a stopped line is worth is assumed (grade D)"
    )
    if found.grid.rolled:
        yield f"{len(found.grid.draws)} draws over what is not known; errors are of so many draws and no more"
    else:
        yield (
            "cases are taken as they stand; ranges and errors are over what a stopped line is worth alone "
            f"({len(found.grid.draws)} draws of it), so they leave out most of what is not known: "
            "give --draws"
        )
    yield "stock held at the start is bought at prices of the base month, as if its purchase moved none"
    idle = [found.menu.offers[place].label() for place in found.search.idle]
    if idle:
        yield f"within {found.months} months these change nothing and are never bought: " + ", ".join(idle)
    if not all(step.settled for step in found.search.steps):
        yield (
            f"the search stopped at {len(found.search.full) - 1} packages before what it proposes had "
            "been run "
            "at every budget: give --packages more"
        )
    for text in found.told:
        yield f"no answer, left out: {text}"
