"""The one-file page of what was read: the text with its commitments and hedges marked, and the tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from xenotime.report.envelope import data_of
from xenotime.report.files import write_text
from xenotime.report.markup import Html, joined, table, tag
from xenotime.report.page import Content, whole_page
from xenotime.report.read_terminal import amount_words, belief_cells, claim_cells, commitment_cells, plain

Data = dict[str, Any]


def render_reading(document: Data) -> str:
    """The page of a read document as HTML text; raises InputProblems for a document of another kind."""
    return whole_page(reading_content(document))


def reading_content(document: Data) -> Content:
    """What the page holds; raises as `render_reading`."""
    data = data_of(document, "read")
    told = data["text"]
    parts = [
        tag("h1", f"Read: {told['name']}"),
        *(tag("p", sentence) for sentence in data.get("answer", ())),
        _section(
            f"{len(data['commitments'])} concrete commitments",
            ("who", "what", "amount", "deadline", "lever", "confirmed", "sentence"),
            [commitment_cells(row) for row in data["commitments"]],
            "No concrete commitment: most texts hold none.",
        ),
        _section(
            "Claims, hopes, threats and opinions",
            ("who", "kind", "put", "lever", "words", "sentence"),
            [claim_cells(row) for row in data["claims"]],
            "None.",
        ),
        _section(
            "What it is worth as evidence about export controls",
            ("sentence", "coded as", "direction", "such claims came true", "ratio", "why"),
            [belief_cells(row) for row in data["belief"]],
            "Nothing in it is about export controls.",
        ),
        _section(
            "Levers",
            ("lever", "times", "beside", "committed to"),
            [
                (plain(row["lever"]), str(row["times"]), row["parties"], "yes" if row["committed"] else "no")
                for row in data["levers"]
            ],
            "None.",
        ),
        *_packaged(data),
        tag("h2", "The text"),
        *(tag("p", _marked(row, data)) for row in data["sentences"]),
        *(tag("p", f"Warning: {text}") for text in document["warnings"]),
    ]
    return Content(f"Read: {told['name']}", tag("main", *parts), ())


def _section(title: str, header: tuple[str, ...], rows: Sequence[tuple[str, ...]], empty: str) -> Html:
    return joined([tag("h2", title), table(header, rows) if rows else tag("p", empty)])


def _packaged(data: Data) -> list[Html]:
    if "package" not in data:
        return []
    found = [
        _section(
            "Levers as a package (every setting is assumed, grade D)",
            ("lever", "entry", "members", "why it is not modelled"),
            [
                (plain(row["lever"]), row["entry"] or "not modelled", row["members"], row["why_not"])
                for row in data["package"]
            ],
            "None.",
        ),
        _section(
            "Settings",
            ("entry", "key", "value", "low", "high"),
            [
                tuple(row[name] for name in ("entry", "key", "value", "low", "high"))
                for row in data["settings"]
            ],
            "None.",
        ),
    ]
    if "sides" in data:
        rows = [
            (
                row["regions"],
                row["claimed"],
                "-" if row["claimed_usd"] is None else f"{row['claimed_usd']:,.4g}",
                f"{row['modelled_usd']:,.4g}",
                row["gap"],
                row["unit"],
            )
            for row in data["sides"]
        ]
        header = ("side", "claimed", "claimed, USD", "modelled, USD", "gap", "unit")
        found.append(_section("Claimed against modelled", header, rows, "None."))
    return found


def _marked(sentence: Data, data: Data) -> Html:
    """A sentence whose commitments stand out; what is said of one is in its title."""
    mine = [row for row in data["commitments"] if row["sentence"] == sentence["sentence"]]
    if not mine:
        return joined([sentence["text"]])
    said = "; ".join(f"{row['actor']}: {row['action']} {amount_words(row)} {row['deadline']}" for row in mine)
    return tag("mark", sentence["text"], title=said)


def write_reading(document: Data, path: Path) -> Path:
    """Write the page under a temporary name first."""
    return write_text(path, render_reading(document))
