"""The pages of the data: columns of each table of facts, and every source with what rests on it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from maker.text import NOTICE, cell, joined, plain, table
from xenotime.facts.column import GRADES, Column, columns_of
from xenotime.facts.load import Facts, load_facts
from xenotime.facts.table import TABLES, Table

DATA = "../src/xenotime/data"
COLUMNS = """What each table of the shipped facts holds, column by column, with its file and how its rows
are graded. How many figures are only recalled, and what could not be found, is on the page of the
[facts](facts.md); who says what, on the page of the [sources](sources.md). The same in machine-readable
form is [datapackage.json](../src/xenotime/data/datapackage.json), which any Frictionless tool reads."""
SOURCES = """Every document figures come from, with the rows that rest on it. The grade is the best one a
figure from there may carry: A official statistics or legal text, B company filing or peer-reviewed, C press
that quotes data, D estimate, derived or recalled. `recalled` was set down from memory of a named document
and not read again: look it up before you rely on it. `derived` is a stated method of ours. An address that
no longer answers is a reason to tell us, not to drop the figure."""


def data_page() -> str:
    """Tables of facts, column by column."""
    facts = load_facts()
    rows = [
        (f"[{name}](#{name.replace(' ', '-')})", one.meaning, len(facts.rows(name)))
        for name, one in TABLES.items()
    ]
    parts = [NOTICE, "# Tables of facts", COLUMNS, table(("table", "one row is", "rows"), rows)]
    for one in TABLES.values():
        parts += _table(one, facts)
    return joined(parts)


def _table(one: Table, facts: Facts) -> Iterator[str]:
    yield f"## {one.name}"
    rows = facts.rows(one.name)
    counts = Counter(getattr(row, "grade", "") for row in rows)
    graded = ", ".join(f"{counts[grade]} {grade}" for grade in GRADES if counts[grade])
    files = ", ".join(f"[{file}]({DATA}/{file})" for file in one.files)
    said = (
        f"One row is {one.meaning}. {len(rows)} rows" + (f" ({graded})" if graded else "") + f" in {files}."
    )
    if one.figure:
        said += f" Main figure: `{one.figure}`, which `low` and `high` are about."
    if one.scoring:
        said += " Used to score results; no input of any world."
    yield said
    yield table(
        ("column", "meaning", "unit", "admitted"),
        [
            (f"`{name}`", column.meaning, column.unit, _admitted(column))
            for name, column in one.columns().items()
        ],
    )


def _admitted(column: Column) -> str:
    said = [", ".join(column.choices)] if column.choices else []
    if column.references:
        said.append(f"a name of {column.references}")
    if column.minimum is not None:
        said.append(f"at least {column.minimum:g}")
    if column.maximum is not None:
        said.append(f"at most {column.maximum:g}")
    if column.blank:
        said.append("may be blank")
    return "; ".join(said)


def sources_page() -> str:
    """Every source with its address, its grade and how many rows of which tables cite it."""
    facts = load_facts()
    cited = _cited(facts)
    known = facts.sources()
    reached = Counter(source.retrieval for source in known.values())
    graded = Counter(source.grade for source in known.values())
    counts = [
        "## Counted",
        table(("grade", "sources"), [(grade, graded[grade]) for grade in GRADES]),
        table(("how it was reached", "sources"), sorted(reached.items())),
    ]
    rows = [_source(name, source, cited[name]) for name, source in sorted(known.items())]
    head = ("source", "title", "publisher, date", "grade", "reached", "rows that rest on it")
    return joined([NOTICE, "# Sources", SOURCES, *counts, "## All", table(head, rows)])


def _cited(facts: Facts) -> dict[str, Counter[str]]:
    cited: dict[str, Counter[str]] = defaultdict(Counter)
    for one in TABLES.values():
        if one.name == "sources" or "source" not in columns_of(one.record):
            continue
        for row in facts.rows(one.name):
            for name in (part.strip() for part in row.source.split(";")):
                cited[name][one.name] += 1
    return cited


def _source(name: str, source: Any, cited: Counter[str]) -> tuple[str, ...]:
    title = plain(source.title)
    if source.url.startswith(("http://", "https://")):
        title = f"[{title}](<{source.url}>)"
    places = ", ".join(f"{count} {one}" for one, count in cited.most_common(3))
    if len(cited) > 3:
        places += f", {sum(cited.values()) - sum(count for _, count in cited.most_common(3))} elsewhere"
    who = ", ".join(part for part in (plain(source.publisher), source.date) if part)
    return f"`{cell(name)}`", title, who, source.grade, source.retrieval, places
