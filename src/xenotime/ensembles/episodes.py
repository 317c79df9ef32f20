"""Episodes that are replayed and scored: a world, a case, a cut-off and what counts as base."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from importlib import resources

from xenotime.errors import one_problem
from xenotime.months import month_number, month_range, month_text
from xenotime.world.problems import suggestion

SAMPLES = ("in-sample", "hold-out", "forecast")


@dataclass(frozen=True, slots=True)
class Episode:
    """One episode of ``data/backtest/episodes.toml``.

    sample : in-sample (fitted on), hold-out, or forecast (never scored)
    world, case, start, months : what is run
    cut_off : last month whose facts a run may know
    base : months whose prices multiples are of;  scored : months whose observations are scored
    quota : materials that count against an export quota of the origin
    peaks : materials whose peak is a target;  light, heavy : whose fall after it is compared
    forecast, forecast_exports : materials and products of an unscored forecast
    stopped : share of a sector's need not served from which a line counts as stopped; 0 asks nothing
    excluded : targets left out of the score, with the reason
    """

    episode: str
    title: str
    sample: str
    world: str
    case: str
    start: str
    months: int
    cut_off: str
    origin: str
    base: tuple[str, str]
    scored: tuple[str, str]
    quota: tuple[str, ...] = ()
    peaks: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    heavy: tuple[str, ...] = ()
    forecast: tuple[str, ...] = ()
    forecast_exports: tuple[str, ...] = ()
    stopped: float = 0.0
    excluded: dict[str, str] = field(default_factory=dict)

    def run_months(self) -> tuple[str, ...]:
        """Months of the run."""
        return month_range(self.start, self.months)

    def quarters(self) -> tuple[tuple[str, str], ...]:
        """First and last month of each quarter of the scored time that the run has."""
        last = self.run_months()[-1]
        firsts = (m for m in self.run_months() if month_number(m) % 3 == 0)
        ends = ((first, month_text(month_number(first) + 2)) for first in firsts)
        return tuple((a, b) for a, b in ends if a >= self.scored[0] and b <= min(self.scored[1], last))


def load_episodes() -> tuple[Episode, ...]:
    """All shipped episodes in file order."""
    text = (resources.files("xenotime") / "data" / "backtest" / "episodes.toml").read_text("utf-8")
    return tuple(_episode(row) for row in tomllib.loads(text)["episode"])


def find_episodes(name: str) -> tuple[Episode, ...]:
    """One episode by its name, or every one for ``all``; raises InputProblems for an unknown name."""
    known = load_episodes()
    if name == "all":
        return known
    found = tuple(episode for episode in known if episode.episode == name)
    if not found:
        names = tuple(episode.episode for episode in known)
        raise one_problem(
            "unknown-name",
            "episode",
            repr(name),
            "all, or " + ", ".join(names),
            suggestion(name, names, "use one of these"),
        )
    return found


def _episode(row: dict[str, object]) -> Episode:
    values = {item.name: row[item.name] for item in fields(Episode) if item.name in row}
    plain = {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
    left_out = row.get("excluded", [])
    plain["excluded"] = {item["target"]: item["reason"] for item in left_out}  # type: ignore[attr-defined]
    return Episode(**plain)  # type: ignore[arg-type]
