"""Scores of past episodes as a page: beside every rival, losses as losses, each miss with its mechanism."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from xenotime.ensembles.rivals import MAIN
from xenotime.ensembles.scoreboard import UNEXPLAINED
from xenotime.ensembles.scored import largest_misses
from xenotime.report.envelope import data_of
from xenotime.report.markup import Html, joined, table, tag
from xenotime.report.page import Content

Data = dict[str, Any]
BAND = 0.8  # of outcomes that bands are meant to hold
KIND_HEADER = (
    "kind",
    "targets",
    "error",
    "CRPS",
    "in the 80 % band",
    "rival",
    "its error",
    "skill",
    "against it",
)
SUMMARY_HEADER = ("episode", "facts", "kind", "targets", "in the 80 % band", "skill", "against no change")
TARGET_HEADER = ("target", "observed", "predicted", "low", "high", "error", "rival", "skill", "in the band")
DETAILS = ("element", "stage", "market", "destination", "month")
NOTE = (
    "Errors of prices and gaps are absolute logarithms (0.69 is off by a factor of two), of quantities "
    "shares of the usual amount, of the time of a peak quarters, of a first stop months. Skill is 1 less "
    "our error over the rival's: below 0 the rival was better. Episodes marked in-sample were fitted on "
    "and prove little. Whoever built the model lived through 2025, so its hold-outs are pseudo-out-of-sample."
)


def scores_content(document: Data) -> Content:
    """What the page holds; raises InputProblems for a document of another kind."""
    data = data_of(document, "backtest")
    parts = [
        tag("h1", "Scoreboard"),
        tag("p", NOTE),
        tag("p", "Frozen behaviour ", tag("code", data["frozen"]), ".", class_="note"),
        *(tag("p", tag("strong", "Warning: "), text, class_="warning") for text in document["warnings"]),
        summary(data),
        *(_episode(run, data) for run in data["episodes"]),
        _checks(data["checks"]),
    ]
    return Content("Scoreboard", joined(parts), ())


def summary_rows(data: Data) -> list[Data]:
    """Scores by kind against the plainest rival, of every episode and kind of facts."""
    return [row for row in data["scores"] if row["by"] == "kind" and row["rival"] == MAIN]


def summary(data: Data) -> Html:
    """The plainest rival, every episode: where we win and where we lose."""
    rows = [
        (
            tag("a", f"{row['episode']} ({row['sample']})", href=f"/trust/scoreboard#{anchor(row)}"),
            row["facts"],
            row["group"],
            str(row["targets"]),
            share(row["coverage"]),
            figure(row["skill"]),
            verdict(row["skill"]),
        )
        for row in summary_rows(data)
    ]
    won = sum(row["skill"] is not None and row["skill"] > 0 for row in summary_rows(data))
    lost = sum(row["skill"] is not None and row["skill"] < 0 for row in summary_rows(data))
    said = f"Against “no change”, of {won + lost} groups {won} are better and {lost} are worse."
    return tag(
        "section",
        tag("h2", "Against the plainest rival"),
        tag("p", said),
        table(SUMMARY_HEADER, rows, numbers=(3, 4, 5)),
        id="score-summary",
    )


def anchor(row: Data) -> str:
    """Name of the part of an episode."""
    return f"scored-{row['episode']}-{row['facts'].replace(' ', '-')}"


def verdict(skill: float | None) -> str:
    """Skill in a word."""
    if skill is None:
        return "not compared"
    return "better" if skill > 0 else "worse" if skill < 0 else "alike"


def figure(value: float | None) -> str:
    """A number with three figures; nothing is a dash."""
    if value is None:
        return "-"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def share(value: float | None) -> str:
    """A share as whole per cent."""
    return "-" if value is None else f"{100 * value:.0f} %"


def _episode(run: Data, data: Data) -> Html:
    mine = [r for r in data["scores"] if (r["episode"], r["facts"]) == (run["episode"], run["facts"])]
    targets = [r for r in data["targets"] if (r["episode"], r["facts"]) == (run["episode"], run["facts"])]
    later = "not counted" if run["later_tonnes"] is None else f"{run['later_tonnes']:,.0f}"
    parts = [
        tag("h2", f"{run['episode']} ({run['sample']}, facts {run['facts']})"),
        tag(
            "p",
            f"{run['draws']} draws, {run['failures']} runs without an answer, {len(targets)} targets scored; "
            f"cut-off {run['cut_off']}; tonnes that rest on facts published later: {later}.",
        ),
    ]
    if targets:
        parts += [_kinds(mine), *_misses(targets), *_details(mine), _targets(targets)]
    else:
        parts.append(tag("p", "A forecast: it is on the record and not scored."))
    return tag("section", *parts, id=anchor(run), data_why="score-summary")


def _kinds(scores: Iterable[Data]) -> Html:
    rows = [
        (
            row["group"],
            str(row["targets"]),
            figure(row["error"]),
            figure(row["crps"]),
            share(row["coverage"]),
            row["rival"],
            figure(row["rival_error"]),
            figure(row["skill"]),
            verdict(row["skill"]),
        )
        for row in scores
        if row["by"] == "kind"
    ]
    return table(KIND_HEADER, rows, numbers=(1, 2, 3, 4, 6, 7))


def _misses(targets: Sequence[Data]) -> list[Html]:
    missed = largest_misses(targets)
    if not missed:
        return []
    rows = [
        (
            row["target"],
            *(figure(row[name]) for name in ("observed", "predicted", "low", "high")),
            row.get("mechanism") or UNEXPLAINED,
        )
        for row in missed
    ]
    header = ("target", "observed", "predicted", "low", "high", "why")
    return [tag("h3", "Largest misses outside the band"), table(header, rows, numbers=range(1, 5))]


def _details(scores: Sequence[Data]) -> list[Html]:
    found = []
    for by in DETAILS:
        rows = [
            (
                row["group"],
                str(row["targets"]),
                figure(row["error"]),
                share(row["coverage"]),
                figure(row["rival_error"]),
                figure(row["skill"]),
                verdict(row["skill"]),
            )
            for row in scores
            if row["by"] == by and row["rival"] == MAIN
        ]
        header = ("group", "targets", "error", "in the band", f"error of {MAIN}", "skill", "against it")
        shown = table(header, rows, numbers=range(1, 6))
        found.append(tag("details", tag("summary", f"By {by} ({len(rows)})"), shown))
    return found


def _targets(targets: Sequence[Data]) -> Html:
    rows = [
        (
            row["target"],
            *(
                figure(row[name])
                for name in ("observed", "predicted", "low", "high", "error", "rival", "skill")
            ),
            "yes" if row["covered"] else "no",
        )
        for row in targets
    ]
    return tag(
        "details",
        tag("summary", f"Every target ({len(rows)})"),
        table(TARGET_HEADER, rows, numbers=range(1, 8)),
    )


def _checks(checks: Sequence[Data]) -> Html:
    names = ("log_error", "coverage", "skill_against_no_change")
    rows = [(row["check"], str(row["scored"]), *(figure(row.get(name)) for name in names)) for row in checks]
    return tag(
        "section",
        tag("h2", "Fits that were shown only part, scored on the rest"),
        table(("fit", "scored", "log error", "in the band", "skill"), rows, numbers=range(1, 5)),
        id="fit-checks",
    )
