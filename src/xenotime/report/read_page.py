"""The one-file page of what was read: the text with its commitments and hedges marked, and the tables."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from xenotime.report.envelope import data_of
from xenotime.report.files import write_text
from xenotime.report.ledger_terminal import ratio_words
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
    dated = f"dated {told['date']} ({told['dated_by']})" if told["date"] else "not dated"
    spoken = f", words of {told['speaker']}" if told["speaker"] else ""
    parts = [
        tag("p", f"{len(data['sentences'])} sentences, {dated}{spoken}", class_="kicker"),
        tag("h1", f"Read: {told['name']}"),
        *(tag("p", tag("strong", "Warning: "), text, class_="warning") for text in document["warnings"]),
        *_answer(data),
        _section(
            "commitments",
            f"{len(data['commitments'])} concrete commitments",
            ("who", "what", "amount", "deadline", "lever", "confirmed", "sentence"),
            [commitment_cells(row) for row in data["commitments"]],
            "No concrete commitment: most texts hold none.",
        ),
        *_ledger(data),
        _section(
            "claims",
            "Claims, hopes, threats and opinions",
            ("who", "kind", "put", "lever", "words", "sentence"),
            [claim_cells(row) for row in data["claims"]],
            "None.",
        ),
        _section(
            "likelihood",
            "What it is worth as evidence about export controls",
            ("sentence", "coded as", "direction", "such claims came true", "ratio", "why"),
            [belief_cells(row) for row in data["belief"]],
            "Nothing in it is about export controls.",
            numbers=(3, 4),
        ),
        _section(
            "levers",
            "Levers",
            ("lever", "times", "beside", "committed to"),
            [
                (plain(row["lever"]), str(row["times"]), row["parties"], "yes" if row["committed"] else "no")
                for row in data["levers"]
            ],
            "None.",
        ),
        _section(
            "parties",
            "Parties",
            ("party", "side", "kind", "times"),
            [(row["party"], row["side"], row["role"], str(row["times"])) for row in data["parties"]],
            "None that the reader knows.",
        ),
        *_packaged(data),
        tag(
            "section",
            tag("h2", "The text"),
            tag("p", "Sentences that hold a commitment are marked.", class_="note"),
            *(tag("p", _marked(row, data)) for row in data["sentences"]),
            id="text",
        ),
    ]
    return Content(f"Read: {told['name']}", joined(parts), ())


def _answer(data: Data) -> list[Html]:
    """What a run of its levers says, one sentence each."""
    said = data.get("answer", ())
    return (
        [tag("div", *(tag("p", sentence) for sentence in said), class_="answer", id="answer")] if said else []
    )


def _section(
    name: str,
    title: str,
    header: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    empty: str,
    numbers: Collection[int] = (),
) -> Html:
    shown = table(header, rows, numbers=numbers) if rows else tag("p", empty)
    return tag("section", tag("h2", title), shown, id=name)


def _ledger(data: Data) -> list[Html]:
    """How promises of the same parties fared, where the ledger was asked."""
    if "kept_before" not in data:
        return []
    rows = [
        (
            row["party"],
            str(row["promises"]),
            f"{row['kept']} of {row['settled']}",
            str(row["partly"]),
            str(row["missed"]),
            str(row["open"]),
            "no record"
            if row["mean"] is None
            else f"{row['mean']:.2f} ({row['low']:.2f} to {row['high']:.2f})",
        )
        for row in data["kept_before"]
    ]
    header = (
        "of",
        "promises",
        "kept of those measured",
        "in part",
        "missed",
        "open",
        "comes true, nine in ten",
    )
    before = [
        (
            row["party"],
            row["what"],
            row["date"],
            row["deadline"],
            ratio_words(row) if row["ratio"] is not None else "not measured",
            plain(row["status"]),
            row["grade"],
        )
        for row in data["promises_before"]
    ]
    listed = table(("of", "what", "made", "due", "delivered", "status", "grade"), before)
    found = [
        _section(
            "kept-before",
            f"How such promises fared before, as known on {data['ledger_at']}",
            header,
            rows,
            "The text commits nobody whose promises are on record.",
            numbers=range(1, 7),
        )
    ]
    if before:
        found.append(tag("details", tag("summary", f"each of them ({len(before)})"), listed, id="before"))
    return found


def _packaged(data: Data) -> list[Html]:
    if "package" not in data:
        return []
    found = [
        _section(
            "package",
            "Levers as a package (every setting is assumed, grade D)",
            ("lever", "entry", "members", "why it is not modelled"),
            [
                (plain(row["lever"]), row["entry"] or "not modelled", row["members"], row["why_not"])
                for row in data["package"]
            ],
            "None.",
        ),
        _section(
            "settings",
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
        found.append(_section("sides", "Claimed against modelled", header, rows, "None.", numbers=(2, 3)))
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
