"""Small games on disk and in memory that several tests play."""

from __future__ import annotations

from pathlib import Path

from xenotime.facts.published import LinkedLever
from xenotime.talks.bargaining.read_game import Game, load_game

HEAD = """title = "A quarrel"
question = "Who yields?"
"""
PLAYERS = """
[[player]]
player = "R"
regions = ["B"]
weight = 1.0
weight_low = 0.0
weight_high = 4.0
discount = 0.9

[[player]]
player = "C"
regions = ["A"]
discount = 0.9
"""
MOVES = """
[[move]]
player = "R"
move = "press"
levers = ["fees"]
[[move]]
player = "R"
move = "yield"
[[move]]
player = "C"
move = "stop"
control = { by = ["A"], on = ["B"] }
[[move]]
player = "C"
move = "sell"

[[win]]
moves = ["press", "*"]
values = [1.0, 0.0]
"""
QUARREL = HEAD + 'disagreement = ["press", "stop"]\n' + PLAYERS + MOVES


def lever(low: float = 1.0, value: float = 2.0, high: float = 3.0, bears: str = "target") -> LinkedLever:
    """Fees R asks of C."""
    return LinkedLever(
        lever="fees",
        actor="B",
        target="A",
        what="fees",
        bears=bears,
        value=value,
        kind="exposure",
        share=0.5,
        share_low=0.5,
        share_high=0.5,
        low=low,
        high=high,
        grade="D",
        source="invented",
        refers_to="2024",
        knowable_from="2025-01",
        note="",
    )


def read(folder: Path, text: str) -> Game:
    """A game as read from a file."""
    file = folder / "quarrel.toml"
    file.write_text(text, "utf-8")
    return load_game(file, ("fees",))
