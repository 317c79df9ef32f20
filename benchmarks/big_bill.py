"""A bill of as many lines as wanted, invented from a seed: assemblies some levels deep, a few words of
material.
"""

from __future__ import annotations

import random
from pathlib import Path

SEED = 1
OF_PRODUCT = 5000  # lines of one product
DEEPEST = 6
WORDS = (
    "NdFeB magnet, 120 C",
    "NdFeB magnet",
    "steel S235",
    "copper wire",
    "Dy2O3",
    "SmCo 2:17",
    "plastic PA66",
)
UNREAD = 50_000  # different texts that mean nothing


def write_bill(path: Path, lines: int) -> Path:
    """Write a bill of `lines` lines and one more a product."""
    chance = random.Random(SEED)  # noqa: S311  # no secret
    with path.open("w", encoding="utf-8") as out:
        out.write(
            "plant,product,level,part,quantity,material,grade,mass,mass_unit,supplier,country,unit_price\n"
        )
        level, product = 0, ""
        for number in range(lines):
            if number % OF_PRODUCT == 0:
                product, level = f"P{number // OF_PRODUCT}", 0
                out.write(f"S,{product},0,{product},1,assembly,,,,,,\n")
            deeper = chance.random() < 1 / 3
            level = min(level + 1, DEEPEST) if deeper else chance.randint(1, max(level, 1))
            word = chance.choice((*WORDS, ""))
            text = word or f"gizmo {chance.randint(1, UNREAD)}"
            grade = "N42SH" if word == "NdFeB magnet" and chance.random() < 1 / 2 else ""
            country = chance.choice(("CHN", "JPN", "DEU", ""))
            numbers = (
                f"{chance.random() * 50:.3f},g,S{chance.randint(1, 800)},{country},{chance.random() * 9:.2f}"
            )
            out.write(f'S,{product},{level},N{number},{chance.randint(1, 9)},"{text}",{grade},{numbers}\n')
    return path
