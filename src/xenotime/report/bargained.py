"""A solved game as one JSON document: equilibria with their regions, points, deal, clauses, clubs."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Sequence
from importlib import metadata

from xenotime.figures.style import money_text
from xenotime.report.envelope import Row, envelope
from xenotime.talks.bargaining.assemble import RunLoss
from xenotime.talks.bargaining.coalitions import Club
from xenotime.talks.bargaining.equilibria import Equilibrium
from xenotime.talks.bargaining.regions import Interval
from xenotime.talks.bargaining.repeated import Kept
from xenotime.talks.bargaining.solve import Solved

Runs = Sequence[tuple[str, RunLoss]]
HALF = 0.5


def bargain_document(solved: Solved, runs: Runs = ()) -> Row:
    """The document of kind ``bargain``; `runs` are the losses behind payoffs, by control."""
    game = solved.game
    data: Row = {
        "game": {
            "name": game.name,
            "title": game.data.title,
            "question": game.data.question,
            "kind": game.data.kind,
            "unit": game.data.unit,
            "citation": list(game.data.citation),
        },
        "players": [
            {
                "player": entry.player,
                "regions": list(entry.regions),
                "weight": entry.weight,
                "weight_low": entry.weight_low,
                "weight_high": entry.weight_high,
                "discount": entry.discount,
                "assumed": entry.assumed,
            }
            for entry in game.data.player
        ],
        "moves": [
            {
                "player": entry.player,
                "move": entry.move,
                "levers": list(entry.levers),
                "control": None
                if entry.control is None
                else f"{entry.control.case or 'full ban'} by {', '.join(entry.control.by)}",
                "assumed": entry.assumed,
                "source": entry.source,
            }
            for entry in game.data.move
        ],
        "wins": [
            {"moves": list(entry.moves), "values": list(entry.values), "assumed": entry.assumed}
            for entry in game.data.win
        ],
        "payoffs": list(_payoffs(solved)),
        "equilibria": list(_equilibria(solved)),
        "elsewhere": list(_elsewhere(solved)),
        "over_ends": [
            {"moves": list(names), "holds": holds, "of": of} for names, holds, of in solved.over_ends
        ],
        "points": list(_points(solved)),
        "feasible": list(_feasible(solved)),
        "deal": _deal(solved),
        "clauses": list(_clauses(solved)),
        "offers": _offers(solved),
        "coalitions": [row for club in solved.clubs for row in _club(solved, club)],
        "core": _core(solved),
        "costs": list(_costs(solved)),
        "runs": [
            {
                "control": name,
                "party": party,
                "value": value,
                "low": found.low.get(party, value),
                "high": found.high.get(party, value),
                "rents": found.rents.get(party, 0.0),
                "decay": found.decay[party],
                "unit": "USD/month",
            }
            for name, found in runs
            for party, value in found.loss.items()
        ],
    }
    parts = [metadata.version("xenotime"), game.text, repr(data["payoffs"]), repr(data["coalitions"])]
    key = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return envelope("bargain", key, data, list(_warnings(solved, runs)))


def _finite(value: float) -> float | None:
    """A number for JSON; an end that is nowhere is None."""
    return float(value) if math.isfinite(value) else None


def region_rows(players: Sequence[str], region: Sequence[Sequence[Interval]]) -> list[Row]:
    """Ranges of each player's weight; ends that are nowhere are None."""
    return [
        {"player": player, "weight_from": _finite(part.low), "weight_to": _finite(part.high)}
        for player, parts in zip(players, region, strict=True)
        for part in parts
    ]


def _payoffs(solved: Solved) -> Iterator[Row]:
    normal = solved.normal
    if normal is None:
        return
    values = normal.values()
    for profile in normal.profiles():
        names = normal.names(profile)
        for place, player in enumerate(normal.players):
            yield {
                "moves": list(names),
                "player": player,
                "value": float(values[(place, *profile)]),
                "economic": float(normal.economic[(place, *profile)]),
                "wins": float(normal.wins[(place, *profile)]),
                "unit": solved.game.data.unit,
            }


def _equilibria(solved: Solved) -> Iterator[Row]:
    game, normal = solved.game, solved.normal
    if solved.plan is not None:
        players = game.players()
        yield {
            "kind": "subgame perfect",
            "moves": [move for _, move in solved.plan.path],
            "path": [{"node": node or "start", "move": move} for node, move in solved.plan.path],
            "payoffs": dict(zip(players, solved.plan.payoffs, strict=True)),
            "mixtures": [],
            "region": region_rows(players, [(part,) for part in solved.plan.region]),
            "strict": not solved.plan.ties,
            "ties": [name or "start" for name in solved.plan.ties],
            "robust": None,
        }
    if normal is None:
        return
    robust = [*solved.robust, *([(0, 0)] * len(solved.mixed))]
    for item, (holds, of) in zip((*solved.pure, *solved.mixed), robust, strict=True):
        yield {
            "kind": "pure" if item.is_pure() else "mixed",
            "moves": _moves(normal.moves, item) if item.is_pure() else [],
            "path": [],
            "payoffs": dict(zip(normal.players, map(float, item.payoffs), strict=True)),
            "mixtures": _mixtures(normal.players, normal.moves, item),
            "region": region_rows(normal.players, item.region),
            "strict": item.strict,
            "degenerate": item.degenerate,
            "robust": {"holds": holds, "of": of} if of else None,
        }


def _moves(moves: Sequence[Sequence[str]], item: Equilibrium) -> list[str]:
    return [names[int(mixture.argmax())] for names, mixture in zip(moves, item.mixtures, strict=True)]


def _mixtures(players: Sequence[str], moves: Sequence[Sequence[str]], item: Equilibrium) -> list[Row]:
    return [
        {"player": player, "move": name, "chance": float(chance)}
        for player, names, mixture in zip(players, moves, item.mixtures, strict=True)
        for name, chance in zip(names, mixture, strict=True)
        if chance > 0
    ]


def _elsewhere(solved: Solved) -> Iterator[Row]:
    for names, region in solved.elsewhere:
        players = solved.game.players()
        yield {"moves": list(names), "region": region_rows(players, [(part,) for part in region])}


def _points(solved: Solved) -> Iterator[Row]:
    bargain = solved.bargain
    if bargain is None:
        return
    players = solved.game.players()
    singles = [("disagreement", bargain.disagreement)]
    if bargain.ideal is not None:
        singles.append(("most each could have", bargain.ideal))
    for name, payoffs in singles:
        yield {"point": name, "payoffs": dict(zip(players, map(float, payoffs), strict=True)), "mixture": []}
    for point in bargain.points:
        yield {
            "point": point.name,
            "payoffs": dict(zip(players, map(float, point.payoffs), strict=True)),
            "mixture": [
                {"moves": list(names), "part": float(part)}
                for names, part in zip(bargain.names, point.mixture, strict=True)
                if part > 1e-9
            ],
        }


def _feasible(solved: Solved) -> Iterator[Row]:
    bargain = solved.bargain
    if bargain is not None:
        players = solved.game.players()
        for names, payoffs in zip(bargain.names, bargain.feasible, strict=True):
            yield {"moves": list(names), "payoffs": dict(zip(players, map(float, payoffs), strict=True))}


def _kept(solved: Solved, kept: Kept) -> Row:
    players = solved.game.players()
    return {
        "keeps_itself": kept.until is None,
        "until_month": None if kept.until is None else kept.until + 1,
        "reneges": None if kept.by is None else players[kept.by],
        "gain_from_reneging": dict(zip(players, map(float, kept.gain), strict=True)),
    }


def _deal(solved: Solved) -> Row | None:
    deal, normal = solved.deal, solved.normal
    if deal is None or normal is None:
        return None
    players = solved.game.players()
    return {
        "moves": list(normal.names(deal.deal.moves)),
        "otherwise": list(normal.names(deal.deal.otherwise)),
        "horizon": deal.terms.months,
        "months": deal.deal.months,
        "worth": dict(zip(players, map(float, deal.worth), strict=True)),
        "least_discount": dict(zip(players, deal.least_discounts, strict=True)),
        "decay": dict(zip(players, map(float, deal.terms.decay), strict=True)),
        **_kept(solved, deal.kept),
        "unit": "present value, " + solved.game.data.unit.removesuffix("/month"),
    }


def _clauses(solved: Solved) -> Iterator[Row]:
    if solved.deal is None:
        return
    players = solved.game.players()
    for item, entry in zip(solved.deal.clauses, solved.game.data.clause, strict=True):
        yield {
            "clause": item.clause,
            "what": item.what,
            "assumed": entry.assumed,
            "worth": dict(zip(players, map(float, item.worth), strict=True)),
            "least_discount": dict(zip(players, item.patience, strict=True)),
            **_kept(solved, item.kept),
            "unit": "present value, " + solved.game.data.unit.removesuffix("/month"),
        }


def _offers(solved: Solved) -> Row | None:
    entry, found = solved.game.data.offers, solved.agreement
    if entry is None or found is None:
        return None
    return {
        "round": None if found.round is None else found.round + 1,
        "shares": dict(zip(entry.players, map(float, found.shares), strict=True)),
        "outside_option_decides": found.bound,
        "pie": solved.pie,
        "outside": dict(zip(entry.players, entry.outside, strict=True)),
        "decay": dict(zip(entry.players, entry.decay, strict=True)),
        "assumed": entry.assumed,
        "unit": solved.game.data.unit,
    }


def _club(solved: Solved, club: Club) -> Iterator[Row]:
    players = solved.game.players()
    yield {
        "members": list(club.members),
        "payoffs": dict(zip(players, club.payoffs, strict=True)),
        "stable": club.stable,
        "leaves": list(club.leaves),
        "joins": list(club.joins),
        "free_riding": dict(zip(club.members, club.free_riding, strict=True)),
        "can_be_shared": club.shared,
        "gains": dict(zip(players, club.gains, strict=True)),
        "too_close": list(club.too_close(players)),
        "region": [
            {
                "player": player,
                "weight_from": _finite(part.low) if part is not None else None,
                "weight_to": _finite(part.high) if part is not None else None,
                "nowhere": part is None,
            }
            for player, part in zip(players, club.region, strict=True)
        ],
        "unit": solved.game.data.unit,
    }


def _core(solved: Solved) -> Row | None:
    if solved.core is None:
        return None
    players = solved.game.players()
    return {
        "empty": solved.core.empty,
        "excess": solved.core.excess,
        "shares": dict(zip(players, solved.core.shares, strict=True)),
        "unit": solved.game.data.unit,
    }


def _costs(solved: Solved) -> Iterator[Row]:
    players = solved.game.players()
    for player, move, cause, kind, source, costs in solved.costs.rows:
        for place, bearer in enumerate(players):
            ends, value = (float(costs[place][0]), float(costs[place][2])), float(costs[place][1])
            if value:
                yield {
                    "player": player,
                    "move": move,
                    "cause": cause,
                    "kind": kind,
                    "borne_by": bearer,
                    "value": value,
                    "low": min(ends),
                    "high": max(ends),
                    "source": source,
                    "unit": solved.game.data.unit,
                }


def _warnings(solved: Solved, runs: Runs) -> Iterator[str]:
    for control, found in runs:
        for player, entry in zip(solved.game.players(), solved.game.data.player, strict=True):
            regions = entry.regions or (player,)
            gain = -sum(found.loss.get(name, 0.0) for name in regions)
            rents = -sum(found.rents.get(name, 0.0) for name in regions)
            if gain > 0 and rents > HALF * gain:
                yield (
                    f"{player} gains {money_text(gain)} a month by {control}: rents of licences, at prices "
                    "of scarcity that rest on assumed choke prices (grade D), taken to go where the case "
                    "says; at the low end they stay with who buys the goods"
                )
    if any(club.too_close(solved.game.players()) for club in solved.clubs):
        yield (
            "where changing sides makes less than one in a hundred of a payoff, who would leave or join is "
            "too close to tell"
        )
    if any(item.degenerate for item in (*solved.pure, *solved.mixed)):
        yield "moves tie in a mixed equilibrium: there may be further equilibria beside those listed"
    if solved.plan is not None and solved.plan.ties:
        yield "moves tie at a node: other plans are as good there; the move named first is taken"
    if any(kind == "exposure" for _, _, _, kind, _, _ in solved.costs.rows):
        yield "linked levers are turnover times an assumed part that is lost (grade D): see their ranges"
    if solved.costs.rows:
        yield "costs of moves add up: a control is taken to hurt as much beside a tariff as alone"
