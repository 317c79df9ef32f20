"""The one-file page of a solved game: bargaining set, equilibria with their regions, deal, clauses, clubs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from xenotime.figures.bargaining import bargaining_set, clause_worth, weight_regions
from xenotime.report.bargain_words import (
    CLAUSE_HEADER,
    CLUB_HEADER,
    COST_HEADER,
    EQUILIBRIUM_HEADER,
    MOVE_HEADER,
    PLAYER_HEADER,
    POINT_HEADER,
    WIN_HEADER,
    answer_words,
    clause_rows,
    club_rows,
    cost_rows,
    deal_words,
    elsewhere_rows,
    equilibrium_rows,
    move_rows,
    other_words,
    over_ends_rows,
    player_rows,
    point_rows,
    win_rows,
)
from xenotime.report.envelope import data_of
from xenotime.report.files import write_text
from xenotime.report.markup import Html, joined, table, tag
from xenotime.report.page import Content, whole_page
from xenotime.report.pictures import Picture, picture
from xenotime.report.sections import gallery

Data = dict[str, Any]
SET_NOTE = (
    "Each dot is a combination of moves; the grey area is what both could agree on by turns or by lot. "
    "Payoffs are economic losses with their sign turned, plus what visible wins are worth at home."
)
REGION_NOTE = (
    "No equilibrium stands here without the weights at which it is one. Payoffs are linear in each player's "
    "weight, so the ranges are exact."
)
WHERE_NOTE = (
    "Each area is where one combination is an equilibrium; areas may overlap. The cross is where the game is "
    "played. Weights are assumed: read the picture for how far they may be off before the answer changes."
)
ENDS_NOTE = (
    "What moves cost has a range each. At every combination of their ends, at the weights assumed, the game "
    "is solved anew. The low end of a run has rents of licences stay with who buys the goods."
)
CLUB_NOTE = (
    "A coalition is stable where nobody in it gains by leaving and nobody outside by joining; who gains by "
    "leaving rides free on the others. Gains can be shared where members together have enough to pay each "
    "what it would have outside."
)
COST_NOTE = (
    "A month, in the game's unit; below zero it is a gain. Costs of linked levers are a published loss, or "
    "an assumed part of an exposure, which by itself is no loss."
)
PLAYER_NOTE = (
    "What a win that is visible at home is worth is nobody's measurement; the ranges are the file's."
)
CLAUSE_NOTE = (
    "Worth of the deal with the clause less its worth without it, to each side; a clause that makes the deal "
    "keep itself longer is worth what the longer deal is."
)


def write_bargain(document: Data, path: str | os.PathLike[str]) -> Path:
    """Write the page to `path`, whole or not at all; returns the path."""
    return write_text(Path(path), render_bargain(document))


def render_bargain(document: Data) -> str:
    """The page of a bargain document; raises InputProblems for a document of another kind."""
    return whole_page(bargain_content(document))


def bargain_content(document: Data) -> Content:
    """What the page holds; raises as `render_bargain`."""
    data = data_of(document, "bargain")
    sets, worth, where = _sets(data), _worth(data), _where(data)
    sections = [_opening(document)]
    if sets:
        sections.append(gallery("set", "The bargaining set", SET_NOTE, sets))
    sections.append(_equilibria(data))
    if where:
        sections.append(gallery("where", "Where in political weights", WHERE_NOTE, where))
    if worth:
        sections.append(gallery("clauses", "What clauses are worth", CLAUSE_NOTE, worth))
    sections += [
        _tables("clause-rows", "clauses in numbers", CLAUSE_HEADER, clause_rows(data)),
        _shown("clubs", "Every coalition", CLUB_NOTE, CLUB_HEADER, club_rows(data)),
        _shown("costs", "What moves cost", COST_NOTE, COST_HEADER, cost_rows(data)),
        _shown("players", "Who plays", PLAYER_NOTE, PLAYER_HEADER, player_rows(data)),
        _tables("moves", "what moves are", MOVE_HEADER, move_rows(data)),
        _tables("wins", "what is seen as a win", WIN_HEADER, win_rows(data)),
        _sources(data),
        tag("footer", tag("p", "Game ", tag("code", document["fingerprint"]), ".")),
    ]
    return Content(data["game"]["title"], joined(sections), (*sets, *where, *worth))


def pictures(data: Data) -> list[Picture]:
    """The bargaining set, equilibria in political weights, the worth of clauses; those there are."""
    return [*_sets(data), *_where(data), *_worth(data)]


def _opening(document: Data) -> Html:
    data = document["data"]
    return tag(
        "header",
        tag("p", f"xenotime {document['xenotime']} · a game in {data['game']['unit']}", class_="kicker"),
        tag("h1", data["game"]["title"]),
        tag("p", data["game"]["question"], class_="question"),
        *(tag("p", text) for text in (*answer_words(data), *deal_words(data), *other_words(data))),
        *(tag("p", tag("strong", "Warning: "), text, class_="warning") for text in document["warnings"]),
    )


def _sets(data: Data) -> list[Picture]:
    players = tuple(row["player"] for row in data["players"])
    if len(players) != 2 or not data["feasible"]:
        return []
    title = f"What {players[0]} and {players[1]} can have."
    drawn = bargaining_set(
        data["feasible"],
        data["points"],
        data["equilibria"],
        (players[0], players[1]),
        title,
        data["game"]["unit"],
    )
    return [picture("bargaining-set", drawn, wide=True)]


def _worth(data: Data) -> list[Picture]:
    if not data["clauses"]:
        return []
    players = tuple(row["player"] for row in data["players"])
    unit = data["clauses"][0]["unit"]
    return [picture("worth", clause_worth(data["clauses"], players, "By clause and side.", unit), wide=True)]


def _equilibria(data: Data) -> Html:
    parts = [tag("h2", "Equilibria"), tag("p", REGION_NOTE, class_="note")]
    rows = equilibrium_rows(data)
    if rows:
        parts.append(table(EQUILIBRIUM_HEADER, rows))
    elsewhere = elsewhere_rows(data)
    if elsewhere:
        parts += [tag("h3", "At other weights"), table(("moves", "where"), elsewhere)]
    ends = over_ends_rows(data)
    if ends:
        parts += [
            tag("h3", "Over the ends of all ranges"),
            tag("p", ENDS_NOTE, class_="note"),
            table(("moves", "is an equilibrium at"), ends),
        ]
    points = point_rows(data)
    if points:
        parts += [tag("h3", "Points of agreement"), table(POINT_HEADER, points)]
    return tag("section", *parts, id="equilibria") if len(parts) > 2 else Html("")


def _where(data: Data) -> list[Picture]:
    """Regions of weights of two players; nothing where no weight matters."""
    players = data["players"]
    bounded = [
        row
        for entry in (*data["equilibria"], *data["elsewhere"])
        for row in entry["region"]
        if row["weight_from"] is not None or row["weight_to"] is not None
    ]
    if len(players) != 2 or not bounded:
        return []
    rows = [
        {"moves": entry["moves"], "region": entry["region"]}
        for entry in (*data["equilibria"], *data["elsewhere"])
        if entry["moves"]
    ]
    title = "Which combination of moves is an equilibrium at which weights."
    drawn = weight_regions(rows, players, title, data["game"]["unit"])
    return [picture("weight-regions", drawn, wide=True)]


def _shown(name: str, title: str, note: str, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> Html:
    if not rows:
        return Html("")
    return tag("section", tag("h2", title), tag("p", note, class_="note"), table(header, rows), id=name)


def _sources(data: Data) -> Html:
    said = [*data["game"]["citation"], *([data["offers"]["assumed"]] if data["offers"] else [])]
    told = [text for text in said if text]
    if not told:
        return Html("")
    return tag("section", tag("h2", "What it rests on"), tag("ul", *(tag("li", t) for t in told)), id="rests")


def _tables(name: str, summary: str, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> Html:
    if not rows:
        return Html("")
    return tag("section", tag("details", tag("summary", summary), table(header, rows)), id=name)
