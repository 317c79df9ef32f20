"""The shipped predictions joined with what was observed: the page is theirs, no miss is left unexplained."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from xenotime.ensembles.backtest import backtest
from xenotime.ensembles.episodes import load_episodes
from xenotime.ensembles.scoreboard import UNEXPLAINED, scoreboard

PAGE = Path(__file__).parents[3] / "docs" / "scoreboard.md"


@cache
def joined() -> dict[str, Any]:
    return backtest(load_episodes())


def test_the_page_is_what_the_command_writes() -> None:
    assert PAGE.read_text("utf-8") == scoreboard(joined()), "run `xenotime backtest all --scoreboard ...`"


def test_every_miss_has_its_mechanism() -> None:
    missed = [row for row in joined()["targets"] if not row["covered"]]
    assert [row["target"] for row in missed if not row["mechanism"]] == []
    assert UNEXPLAINED not in PAGE.read_text("utf-8")


def test_every_episode_is_scored_with_and_without_facts_published_later() -> None:
    data = joined()
    for episode in load_episodes():
        facts = {row["facts"] for row in data["targets"] if row["episode"] == episode.episode}
        assert facts == (set() if episode.sample == "forecast" else {"all", "as known"}), episode.episode
        told = [row for row in data["episodes"] if row["episode"] == episode.episode]
        assert told
        assert all(row["later_tonnes"] is not None for row in told)


def test_nothing_after_2025_is_scored() -> None:
    assert max(row["last"] for row in joined()["targets"]) <= "2025-12"
