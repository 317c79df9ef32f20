"""The made parts of the page on trust: scores, where rivals were nearer, grades, what is assumed."""

from __future__ import annotations

from collections import Counter

from maker.scores import AS_KNOWN, SAMPLES, best_rival, kinds_of, number, scored, verdict
from maker.text import table
from xenotime.ensembles.frozen import load_frozen
from xenotime.ensembles.rivals import MAIN
from xenotime.facts.column import GRADES, columns_of
from xenotime.facts.load import load_facts
from xenotime.facts.page import RECALLED
from xenotime.facts.table import TABLES


def _samples() -> list[tuple[str, str, str]]:
    return [(run["episode"], run["facts"], run["sample"]) for run in scored()["episodes"]]


def score_summary() -> str:
    """One row for each episode and kind: targets, skill against no change, coverage, who was nearer."""
    rows = []
    for episode, facts, sample in _samples():
        for kind, own in kinds_of(episode, facts).items():
            plainest = next((row for row in own if row["rival"] == MAIN), None)
            rows.append(
                (
                    episode,
                    SAMPLES[sample],
                    AS_KNOWN[facts],
                    kind,
                    own[0]["targets"],
                    number(plainest["skill"]) if plainest else "–",
                    number(own[0]["coverage"]),
                    verdict(own),
                )
            )
    head = (
        "episode",
        "sample",
        "facts",
        "kind",
        "targets",
        f"skill against {MAIN}",
        "in our 80 % band",
        "nearest",
    )
    return table(head, rows)


def rivals_win() -> str:
    """Every kind of target where a rival was nearer, with both errors."""
    rows = []
    for episode, facts, _ in _samples():
        for kind, own in kinds_of(episode, facts).items():
            best = best_rival(own)
            if best is not None and verdict(own) == best["rival"]:
                rows.append(
                    (
                        f"{episode}, {AS_KNOWN[facts]}",
                        kind,
                        number(own[0]["error"]),
                        f"{number(best['rival_error'])} ({best['rival']})",
                        number(best["skill"]),
                    )
                )
    return table(("episode", "kind", "our error", "the rival's", "skill"), rows)


def coverage() -> str:
    """How many observed values lay inside the 80 % bands, hold-outs and the fitted episode apart."""
    rows = []
    for name in dict.fromkeys(sample for _, _, sample in _samples()):
        own = [row for row in scored()["targets"] if row["sample"] == name and row["facts"] == "all"]
        if own:
            inside = sum(bool(row["covered"]) for row in own)
            rows.append((SAMPLES[name], len(own), f"{inside} ({inside / len(own):.0%})", "80%"))
    return table(("sample", "observed values", "inside our bands", "an honest band would hold"), rows)


def failures() -> str:
    """What was to be replayed and could not be: no answer, or nothing to predict with."""
    rows = [
        (f"{run['episode']}, {AS_KNOWN[run['facts']]}", run["draws"], run["failures"], run["uncovered"])
        for run in scored()["episodes"]
    ]
    return table(
        ("episode", "draws", "rivals or draws without an answer", "observed values with no prediction"), rows
    )


def grades() -> str:
    """Rows of all tables of facts by grade, and how many of them are only recalled."""
    facts = load_facts()
    memory = {name for name, source in facts.sources().items() if source.retrieval == "recalled"}
    counted: Counter[str] = Counter()
    recalled: Counter[str] = Counter()
    for one in TABLES.values():
        columns = columns_of(one.record)
        if one.name == "sources" or not {"source", "grade", "note"} <= set(columns):
            continue
        for row in facts.rows(one.name):
            counted[row.grade] += 1
            recalled[row.grade] += row.source in memory or any(word in row.note for word in RECALLED)
    total = sum(counted.values())
    rows = [
        (grade, counted[grade], f"{counted[grade] / total:.0%}", recalled[grade] or "") for grade in GRADES
    ]
    return table(("grade", "rows", "share", "of them recalled, whole or in a detail"), rows)


def behaviour() -> str:
    """The numbers of behaviour: what was assumed of each, and what the fit made of those that were fitted."""
    frozen = load_frozen()
    rows = []
    for row in load_facts().rows("behaviour"):
        fitted = "not fitted"
        if row.name in frozen.values:
            low, middle, high = frozen.record["quantiles"][row.name]
            fitted = f"{middle:.2g} ({low:.2g} to {high:.2g})"
        assumed = f"{row.value:g} ({row.low:g} to {row.high:g})"
        rows.append((f"`{row.name}`", row.unit, assumed, fitted, row.grade))
    return table(("number", "unit", "assumed", f"fitted on {frozen.record['episode']}", "grade"), rows)


PARTS = {
    "scores": score_summary,
    "rivals": rivals_win,
    "coverage": coverage,
    "failures": failures,
    "grades": grades,
    "behaviour": behaviour,
}
