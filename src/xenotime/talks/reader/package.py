"""Levers a text names, as a package: entries of a case at assumed settings; the rest named, with why not."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xenotime.errors import InputProblems, one_problem
from xenotime.facts.load import Facts
from xenotime.facts.problems import Collector
from xenotime.facts.reading import LeverSetting
from xenotime.facts.sheet import read_table
from xenotime.facts.table import TABLES
from xenotime.policy.case import Case, CaseFile
from xenotime.talks.reader.found import Reading
from xenotime.talks.reader.lexicon import Lexicon
from xenotime.talks.reader.subjects import PAIR
from xenotime.world.world import World

NOT_MODELLED, UNION = "not_modelled", "EU"
UNKNOWN = "no counterpart in the model is on record"
OPEN_TO_ALL = ("technology_sharing",)  # in which the other side has a part, too


@dataclass(frozen=True, slots=True)
class NamedLever:
    """A lever the text names and what it becomes.

    entry : name of the case's entry, blank where it is not modelled;  why : the reason then
    members : regions that use it;  settings : key, value, low and high of each assumed number or word
    """

    lever: str
    entry: str
    why: str
    members: tuple[str, ...]
    settings: tuple[tuple[str, str, str, str], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sides:
    """Who controls, and on whom it is: regions of the world; `named` are both as the text names them."""

    by: tuple[str, ...]
    on: tuple[str, ...]
    named: Mapping[str, tuple[str, ...]]


def read_settings(path: Path) -> tuple[LeverSetting, ...]:
    """Settings of a CSV with the header of ``lever_settings``; raises InputProblems with all its faults."""
    problems = Collector()
    table = replace(TABLES["lever_settings"], files=(path.name,))
    sheet = read_table(path.parent, table, problems)
    if problems.problems():
        raise InputProblems(problems.problems())
    return tuple(placed.record for placed in sheet.rows)


def sides_of(
    reading: Reading,
    world: World,
    base: Case,
    facts: Facts,
    by: Sequence[str] = (),
    on: Sequence[str] = (),
) -> Sides:
    """The two sides: who issues the controls of the base case, and who else the text names.

    Raises InputProblems where the text names no other party of the world, or the base controls nothing.
    """
    regions = {row.region for row in world.regions} or {row.region for row in world.demand}
    origins = tuple(dict.fromkeys(entry.origin for entry in base.data.control if entry.origin))
    held = tuple(by) or origins
    if not held:
        raise one_problem(
            "no-control",
            base.name,
            "no control of any origin",
            "a base case with a control, so that there is a hand to hold",
            "take another --base, or name the side with --by",
        )
    named: dict[str, tuple[str, ...]] = {}
    for name in dict.fromkeys(reading.names.values()):
        members = tuple(r for r in _members(name, facts) if r in regions)
        if members:
            named[name] = members
    others = tuple(r for name, group in named.items() if not set(group) & set(held) for r in group)
    held_on = tuple(on) or tuple(dict.fromkeys(others))
    if not held_on:
        raise one_problem(
            "no-other-side",
            reading.text.name,
            f"parties: {', '.join(named) or 'none of the world'}",
            "a party beside the one that controls",
            "name the other side with --on",
        )
    return Sides(held, held_on, named)


def _members(name: str, facts: Facts) -> tuple[str, ...]:
    """Regions of a party: itself, or those of the Union."""
    if name != UNION:
        return (name,)
    return next(
        (
            tuple(row.value.split(","))
            for row in facts.rows(LeverSetting)
            if row.lever == UNION and row.key == "members"
        ),
        (),
    )


def named_levers(
    reading: Reading, sides: Sides, base: Case, settings: Iterable[LeverSetting], lexicon: Lexicon
) -> tuple[NamedLever, ...]:
    """Every lever of the text in order of its first mention, with its settings or the reason it has none."""
    rows: dict[str, list[LeverSetting]] = {}
    for row in settings:
        rows.setdefault(row.lever, []).append(row)
    found: dict[str, set[int]] = {}
    for mention in reading.levers:
        number = next((s.number for s in reading.sentences if s.start <= mention.start < s.end), 0)
        for name in mention.value.split(";"):
            found.setdefault(name, set()).add(number)
    return tuple(
        _named(name, numbers, rows.get(name, []), reading, sides, base, lexicon)
        for name, numbers in found.items()
    )


def _named(
    name: str,
    sentences: set[int],
    rows: Sequence[LeverSetting],
    reading: Reading,
    sides: Sides,
    base: Case,
    lexicon: Lexicon,
) -> NamedLever:
    members = _users(name, sentences, reading, sides, lexicon)
    reason = next((row.value for row in rows if row.key == NOT_MODELLED), "")
    if reason or not rows:
        return NamedLever(name, "", reason or UNKNOWN, members, ())
    control = next((entry.control for entry in base.data.control if entry.origin in sides.by), "")
    filled = []
    for row in rows:
        if "{control}" in row.value and not control:
            continue
        value = (
            row.value.replace("{side}", ",".join(members))
            .replace("{first}", members[0])
            .replace("{start}", base.data.start)
            .replace("{control}", control)
        )
        filled.append((row.key, value, row.low, row.high))
    note = next((row.note for row in rows if row.note), "")
    return NamedLever(name, rows[0].entry, "", members, tuple(filled), note)


def _users(
    name: str, sentences: set[int], reading: Reading, sides: Sides, lexicon: Lexicon
) -> tuple[str, ...]:
    """Regions that would use a lever: those named beside it that do not control, else all that do not."""
    beside: list[str] = []
    for sentence in reading.sentences:
        if sentence.number not in sentences:
            continue
        for mention in reading.parties:
            party = lexicon.roles[mention.value].party
            if sentence.start <= mention.start < sentence.end and party != PAIR:
                beside += sides.named.get(reading.names[party], ())
    mine = [r for r in dict.fromkeys(beside) if r in sides.on]
    users = tuple(mine) or sides.on
    if name in OPEN_TO_ALL:
        users = (*users, *(r for r in dict.fromkeys(beside) if r in sides.by))
    return users


def package_text(base: Case, levers: Iterable[NamedLever], reading: Reading) -> str:
    """Text of the base case with an entry for each lever that can be modelled.

    Raises InputProblems where the text names none.
    """
    entries = [item for item in levers if item.entry]
    if not entries:
        raise one_problem(
            "no-lever",
            reading.text.name,
            "no lever that the model knows",
            "a text that names permitting, incentives, reserves, technology sharing, standards or a floor",
            "see the list of levers in the output of `xenotime read`",
        )
    parts = [_retitled(base, reading), *(_entry(item) for item in entries)]
    return "\n\n".join(parts) + "\n"


def _retitled(base: Case, reading: Reading) -> str:
    title = f"{base.data.title}, with the levers a text names"
    lines = base.text.rstrip("\n").split("\n")
    named = [f"title = {_quoted(title)}" if line.startswith("title =") else line for line in lines]
    return "\n".join([f"# Levers read in {reading.text.name}; every setting of theirs is assumed.", *named])


def _entry(item: NamedLever) -> str:
    ranges = "; ".join(f"{key} {low} to {high}" for key, _, low, high in item.settings if low and high)
    assumed = f"Named in a text without numbers; every setting is assumed (grade D). {item.note}"
    lines = ["[[lever]]", f"lever = {_quoted(item.entry)}"]
    lines += [f"{key} = {_value(key, value)}" for key, value, _, _ in item.settings]
    lines.append(f"assumed = {_quoted(assumed + (f' Ranges: {ranges}.' if ranges else ''))}")
    lines.append('source = "xenotime-2026-reading"')
    return "\n".join(lines)


def _value(key: str, value: str) -> str:
    if key in ("members", "recipes"):
        return "[" + ", ".join(_quoted(part) for part in value.split(",")) + "]"
    try:
        float(value)
    except ValueError:
        return _quoted(value)
    return value


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def case_of(name: str, text: str) -> Case:
    """The case a package's text is."""
    return Case(name, CaseFile.model_validate(tomllib.loads(text)), text)


def assumed_rows(levers: Iterable[NamedLever]) -> Iterator[dict[str, str]]:
    """One row for each setting: lever, entry, key, value and range."""
    for item in levers:
        for key, value, low, high in item.settings:
            yield {
                "lever": item.lever,
                "entry": item.entry,
                "key": key,
                "value": value,
                "low": low,
                "high": high,
            }
