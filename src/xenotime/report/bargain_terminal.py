"""A solved game on the terminal."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text

from xenotime.report.bargain_words import (
    CLAUSE_HEADER,
    CLUB_HEADER,
    COST_HEADER,
    EQUILIBRIUM_HEADER,
    PLAYER_HEADER,
    POINT_HEADER,
    answer_words,
    clause_rows,
    club_rows,
    cost_rows,
    deal_words,
    elsewhere_rows,
    equilibrium_rows,
    other_words,
    over_ends_rows,
    player_rows,
    point_rows,
)
from xenotime.report.terminal import show_rows


def print_bargain(document: dict[str, Any], console: Console) -> None:
    """Print what a bargain document says; text from data is never read as markup."""
    data = document["data"]
    console.print(Text(data["game"]["title"], style="bold"))
    console.print(Text(f"{data['game']['question']} Payoffs in {data['game']['unit']}."))
    for sentence in (*answer_words(data), *deal_words(data), *other_words(data)):
        console.print(Text(sentence))
    tables: tuple[tuple[str, tuple[str, ...], list[tuple[str, ...]]], ...] = (
        (
            "Equilibria, and the political weights w at which they are",
            EQUILIBRIUM_HEADER,
            equilibrium_rows(data),
        ),
        ("Equilibria at other weights", ("moves", "where"), elsewhere_rows(data)),
        ("Equilibria over the ends of all ranges", ("moves", "at"), over_ends_rows(data)),
        ("Points of agreement", POINT_HEADER, point_rows(data)),
        ("Clubs", CLUB_HEADER, club_rows(data)),
    )
    for title, header, rows in tables:
        if rows:
            show_rows(console, f"\n{title}", header, rows)
    more: tuple[tuple[str, tuple[str, ...], list[tuple[str, ...]]], ...] = (
        (
            "Clauses: worth over the deal without them",
            CLAUSE_HEADER[:-1],
            [row[:-1] for row in clause_rows(data)],
        ),
        ("What moves cost, a month (below zero: a gain)", COST_HEADER, cost_rows(data)),
        ("Who plays", PLAYER_HEADER, player_rows(data)),
    )
    for title, header, rows in more:
        if rows:
            show_rows(console, f"\n{title}", header, rows)
    for warning in document["warnings"]:
        console.print(Text(f"Warning: {warning}", style="yellow"))
