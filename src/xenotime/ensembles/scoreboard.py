"""The scoreboard page: written by the command, never by hand, hit or miss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xenotime.ensembles.rivals import MAIN
from xenotime.ensembles.scored import largest_misses

Row = Mapping[str, Any]
_SHOWN = ("kind", "targets", "error", "CRPS", "coverage", "rival", "its error", "skill")
_KEYS = ("group", "targets", "error", "crps", "coverage", "rival", "rival_error", "skill")
_DETAIL = ("element", "stage", "market", "destination", "month")
_DETAIL_SHOWN = ("group", "targets", "error", "coverage", f"error of {MAIN}", "skill")
_TARGET_SHOWN = ("target", "observed", "predicted", "low", "high", "error", MAIN, "skill", "in band")
UNEXPLAINED = "not explained yet"
HEAD = """# Scoreboard

Written by `xenotime backtest all --scoreboard docs/scoreboard.md`; do not edit. Errors of prices and gaps
are absolute logarithms (0.69 is off by a factor of two), of quantities shares of the usual amount, of the
time of a peak quarters, of a first stop months. Skill is 1 - our error / the rival's: below 0 the rival was
better. An 80 % band that is honest covers 0.8. `in-sample` episodes were fitted on and prove little. Whoever
built the model lived through 2025, so its hold-outs are pseudo-out-of-sample.
"""


def scoreboard(document: Mapping[str, Any]) -> str:
    """Markdown of a backtest document's data."""
    data = document.get("data", document)
    parts = [HEAD, f"\nFrozen behaviour: `{data['frozen']}`.\n"]
    for run in data["episodes"]:
        parts.append(_episode(run, data))
    if data["checks"]:
        parts.append("\n## Fits that were shown only part\n\n" + _checks(data["checks"]))
    return "".join(parts)


def _episode(run: Row, data: Mapping[str, Any]) -> str:
    name, facts = run["episode"], run["facts"]
    mine = [row for row in data["scores"] if (row["episode"], row["facts"]) == (name, facts)]
    rows = [row for row in data["targets"] if (row["episode"], row["facts"]) == (name, facts)]
    tonnes = run["later_tonnes"]
    text = [
        f"\n## {name} ({run['sample']}, facts {facts})\n\n",
        f"{run['draws']} draws, {len(rows)} targets scored; cut-off {run['cut_off']}; tonnes that rest on "
        f"facts published later: {'not counted' if tonnes is None else f'{tonnes:,.0f}'}.\n\n",
    ]
    kinds = [row for row in mine if row["by"] == "kind"]
    if not kinds:
        return "".join([*text, "Not scored.\n"])
    text.append(
        _table(
            _SHOWN,
            [tuple(r[k] for k in _KEYS) for r in kinds],
        )
    )
    misses = largest_misses(rows)
    if misses:
        text.append("\nLargest misses outside the band, and why:\n\n")
        text.append(
            _table(
                ("target", "observed", "predicted", "low", "high", "mechanism"),
                [(*(r[k] for k in _TARGET_SHOWN[:5]), r.get("mechanism") or UNEXPLAINED) for r in misses],
            )
        )
    return "".join([*text, *_detail(mine), _targets(rows)])


def _detail(scores: Sequence[Row]) -> list[str]:
    """Scores by element, stage, market, destination and month, beside the plainest rival."""
    text = []
    for by in _DETAIL:
        own = [row for row in scores if row["by"] == by and row["rival"] == MAIN]
        cells = [
            (r["group"], r["targets"], r["error"], r["coverage"], r["rival_error"], r["skill"]) for r in own
        ]
        if cells:
            text.append(_folded(f"By {by}", _table(_DETAIL_SHOWN, cells)))
    return text


def _targets(rows: Sequence[Row]) -> str:
    """Every target, hit or miss."""
    cells = [
        (
            *(r[k] for k in _TARGET_SHOWN[:5]),
            *(r[k] for k in ("error", "rival", "skill")),
            "yes" if r["covered"] else "no",
        )
        for r in rows
    ]
    return _folded(f"All {len(cells)} targets", _table(_TARGET_SHOWN, cells))


def _folded(title: str, text: str) -> str:
    return f"\n<details><summary>{title}</summary>\n\n{text}\n</details>\n"


def _checks(checks: Sequence[Row]) -> str:
    return _table(
        ("shown", "targets scored", "log error", "coverage", "skill against no change"),
        [
            (c["check"], c["scored"], c.get("log_error"), c.get("coverage"), c.get("skill_against_no_change"))
            for c in checks
        ],
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return str(value).replace("|", "/")
