"""The gallery of cases: every shipped case with its question, dates, citations, assumptions and scores."""

from __future__ import annotations

from collections.abc import Iterator

from maker.scores import AS_KNOWN, SAMPLES, episodes, kinds_of, score_table
from maker.text import NOTICE, cell, code, folded, joined, plain, table
from xenotime.facts.load import load_facts
from xenotime.policy.beliefs import BeliefEntry
from xenotime.policy.case import Case, case_names, load_case
from xenotime.policy.control_entry import ControlEntry
from xenotime.policy.levers import Lever

INTRODUCTION = """Every case that ships: what it asks, which controls and levers are in it, where they
stand, what is assumed. **Announced, in force and enforced are three dates.** A blank date is not stated in
the case: it is unknown, or has not come. What a case assumes is a choice of ours, with its range and grade;
it is printed with every run. Run any of them, or copy its file and change it: `xenotime run` takes a file
as well as a name.

Cases that were replayed on a past episode carry their score against naive rivals. Errors of prices and of
gaps between markets are absolute logarithms (0.69 is off by a factor of two), of quantities shares of the
usual amount, of a peak's time quarters, of a first stop months, of who loses 0 or 1. An in-sample episode
was fitted on, and its score proves little. Skill below 0 means the rival was nearer. [Every target, hit or
miss](scoreboard.md) · [how scoring works](design/0010-backtest.md) · [how far to trust it](trust.md)."""
OTHERS = """[Gallium, 2023 to 2025](../examples/gallium-2023/README.md) is a world and a case of another
mineral, made as a user would make it, with what happened beside what it says. Cobalt is not there yet."""


def cases_page() -> str:
    """All shipped cases, by name."""
    cases = [load_case(name) for name in case_names()]
    rows = [(f"[{one.name}](#{one.name})", one.data.question, _scored_as(one.name)) for one in cases]
    parts = [NOTICE, "# Cases", INTRODUCTION, table(("case", "question", "scored"), rows)]
    for one in cases:
        parts += _part(one)
    return joined([*parts, "## Other minerals", OTHERS])


def _scored_as(name: str) -> str:
    return "; ".join(f"{one.episode}: {SAMPLES[one.sample]}" for one in episodes() if one.case == name)


def _part(case: Case) -> Iterator[str]:
    data = case.data
    yield f"## {case.name}"
    yield f"**{data.title}.** {data.question}"
    growth = f"; demand grows as the {data.growth} scenario" if data.growth else ""
    behaviour = "" if data.behaviour == "fitted" else "; behaviour as assumed before the fit"
    yield (
        f"World of {data.world}, {data.months} months from {data.start}{growth}{behaviour}."
        f" [The file](../src/xenotime/cases/{case.name}/case.toml)."
    )
    yield code("sh", f"$ xenotime run {case.name} --report {case.name}.html")
    yield from _controls(data.control)
    yield from _record(data.control)
    yield from _levers(data.lever)
    yield from _beliefs(data.belief)
    yield "Rests on:\n\n" + "\n".join(f"- {plain(line)}" for line in data.citation)
    assumed = list(_assumed(data.control, data.lever, data.belief))
    if assumed:
        yield folded("What is assumed", "\n".join(assumed))
    yield from _scores(case.name)


def _controls(controls: tuple[ControlEntry, ...]) -> Iterator[str]:
    if controls:
        head = ("control", "instrument", "goods", "from", "to", "announced", "in force", "enforced", "until")
        yield table(head, [_control(one) for one in controls])
        if not any(one.enforced for one in controls):
            yield "*When it was first acted on is not stated: the case takes it to bite as it is in force.*"


def _record(controls: tuple[ControlEntry, ...]) -> Iterator[str]:
    """Dates the record holds of the measures the case's controls stand for, hindsight included."""
    named = dict.fromkeys(name.strip() for one in controls for name in one.source.split(";"))
    rows = [
        (
            f"`{row.control}`",
            row.announced,
            row.in_force,
            row.enforced,
            row.until,
            row.ended,
            " to ".join(part for part in (row.suspended, row.resumes) if part),
            plain(row.observed),
            row.grade,
        )
        for row in load_facts().rows("controls_record")
        if row.control in named
    ]
    if rows:
        yield "On record today, which the case may not know:"
        yield table(
            (
                "measure",
                "announced",
                "in force",
                "enforced",
                "until",
                "ended",
                "suspended",
                "observed",
                "grade",
            ),
            rows,
        )


def _control(one: ControlEntry) -> tuple[str, ...]:
    to = ", ".join(part for part in (one.destination, one.sector) if part) or "everybody"
    until = one.until
    if one.suspended:
        until = f"suspended {one.suspended}" + (f" to {one.resumes}" if one.resumes else "")
    goods = ", ".join(f"`{name}`" for name in one.materials)
    return (
        f"`{one.control}`",
        one.instrument.replace("_", " "),
        goods,
        one.origin or "anywhere",
        to,
        one.announced,
        one.in_force,
        one.enforced,
        until,
    )


def _levers(levers: tuple[Lever, ...]) -> Iterator[str]:
    if levers:
        head = ("lever", "kind", "who pays", "for", "announced", "from", "until")
        rows = [
            (
                f"`{one.lever}`",
                one.kind.replace("_", " "),
                one.sponsor or ", ".join(one.members),
                ", ".join(part for part in (one.facility, one.material, ", ".join(one.places())) if part),
                one.announced,
                one.start,
                one.until,
            )
            for one in levers
        ]
        yield table(head, rows)


def _beliefs(beliefs: tuple[BeliefEntry, ...]) -> Iterator[str]:
    for one in beliefs:
        rows = [
            (
                step.month,
                step.begins or "at once",
                ", ".join(f"{regime} {share:.0%}" for regime, share in step.probability.items()),
            )
            for step in one.path
        ]
        names = ", ".join(f"`{name}`" for name in one.controls)
        yield f"What is believed of {names}:"
        yield table(("believed from", "rules from", "chances"), rows)


def _assumed(
    controls: tuple[ControlEntry, ...], levers: tuple[Lever, ...], beliefs: tuple[BeliefEntry, ...]
) -> Iterator[str]:
    named = [(one.control, one.assumed) for one in controls] + [(one.lever, one.assumed) for one in levers]
    named += [(", ".join(one.controls), one.assumed) for one in beliefs]
    for name, text in named:
        if text:
            yield f"- `{cell(name)}`: {plain(text)}"


def _scores(name: str) -> Iterator[str]:
    for one in episodes():
        if one.case != name:
            continue
        if one.sample == "forecast":
            yield f"`{one.episode}` is a dated forecast on this case ({one.title}): nothing to score yet."
            continue
        for facts, said in AS_KNOWN.items():
            if kinds_of(one.episode, facts):
                cut = f"nothing after {one.cut_off} was known"
                yield f"Score of `{one.episode}` ({SAMPLES[one.sample]}; {said}; {cut}):"
                yield score_table(one.episode, facts)
