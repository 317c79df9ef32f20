"""Why one may trust what is said, and how far: checks, scores of reader and belief, what fits taught."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log
from typing import Any

from xenotime.market.verify import BALANCE_TOLERANCE, GAP_TOLERANCE, PRICE_TOLERANCE
from xenotime.report.ledger_terminal import score_row
from xenotime.report.leverage_words import NOT_IN_IT
from xenotime.report.markup import Html, table, tag
from xenotime.report.scoreboard_page import figure
from xenotime.report.sections import NOT_THIS
from xenotime.report.sure import NOT_DRAWN

Data = dict[str, Any]
CHECKS = (
    (
        "tonnes",
        f"what comes to a place leaves it or is kept, to {BALANCE_TOLERANCE:g} of what passes; each "
        "element is balanced over the whole run",
    ),
    (
        "prices",
        f"what a plant or lane is paid is its costs, rents and taxes, to {PRICE_TOLERANCE:g} of the values "
        "compared; nobody works at a loss",
    ),
    ("the best answer", f"primal and dual agree to {GAP_TOLERANCE:g} of all payments"),
    (
        "another solver",
        "a month no engine solves to these limits goes to a second and a third; one that none solves is "
        "an error",
    ),
    ("undetermined prices", "where the market leaves a price open, an interval is told and no point"),
    ("same inputs", "same facts, case, version and seed: the same bytes; a fingerprint names what went in"),
)
ALSO = (
    "The base year proves nothing: the world is made to reproduce it.",
    "Prices in shortage are what the last user served was assumed to bear: read them as scarce, not as "
    "forecasts.",
    "Beliefs rest on a few dozen claims and a handful of controls.",
)


def checks_section() -> Html:
    """How every result is checked before it is shown."""
    return tag(
        "section",
        tag("h2", "How results are checked"),
        tag(
            "p",
            "Every month of every run, before anything is shown; one that fails is an error, never a "
            "warning.",
        ),
        table(("what", "how"), CHECKS),
        id="how-checked",
    )


def reader_section(rows: Sequence[Data]) -> Html:
    """Scores of the reader: the first look at each set of texts, which is the honest one, and now."""
    cells = [
        (
            row["split"],
            str(row["documents"]),
            str(row["commitments"]),
            f"{row['precision']:.2f}",
            f"{row['recall']:.2f}",
            f"{row['f1']:.2f}",
            f"{row['without_wrong']} of {row['without']}",
            f"{row['f1_now']:.2f}",
            row["mended"],
        )
        for row in rows
    ]
    header = (
        "set",
        "documents",
        "commitments",
        "precision",
        "recall",
        "F1, first look",
        "none there, one found",
        "F1, now",
        "mended afterwards",
    )
    note = (
        "A commitment is right when actor, kind and deed, amount, unit and deadline all are. Rules were "
        "mended on what a first look showed, so “now” is no held-back score."
    )
    return tag(
        "section",
        tag("h2", "How well the reader reads"),
        tag("p", note, class_="note"),
        table(header, cells, numbers=range(1, 8)),
        id="reader-scores",
    )


def ledger_section(data: Data) -> Html:
    """Scores of the belief against rivals, as the ledger's page has them."""
    header = ("flow", "model", "months", "log score", "Brier", "CRPS", "error of share", "missed")
    return tag(
        "section",
        tag("h2", "How good beliefs were"),
        tag(
            "p",
            "Forecasts of how a control works next month, mean scores, lower is better; the misses stand "
            "in the ",
            tag("a", "ledger", href="/talks/ledger#scores"),
            ".",
            class_="note",
        ),
        table(header, [score_row(row) for row in data["scores"]], numbers=range(2, 8)),
        id="belief-scores",
    )


def limits_section() -> Html:
    """What results are not, and what bands do not hold."""
    said = (*NOT_THIS, *ALSO, *NOT_DRAWN, NOT_IN_IT)
    return tag("section", tag("h2", "Limits"), tag("ul", *(tag("li", text) for text in said)), id="what-not")


def fitted_section(record: Mapping[str, Any], sha256: str) -> Html:
    """What the frozen fit taught of each behavioural number: what was thought before, and after."""
    priors = {row["name"]: row for row in record["priors"]}
    rows = [
        (
            name.replace("_", " "),
            f"{figure(priors[name]['low'])} to {figure(priors[name]['high'])}" if name in priors else "-",
            figure(values[1]),
            f"{figure(values[0])} to {figure(values[2])}",
            f"{narrowed(priors[name], values):.2f}" if name in priors else "-",
        )
        for name, values in record["quantiles"].items()
    ]
    header = (
        "number (multiple of the facts)",
        "thought before",
        "middle",
        "eight in ten after",
        "width left",
    )
    return tag(
        "section",
        tag("h2", "What ships: the numbers nobody can look up"),
        tag(
            "p",
            f"Learnt on {len(record['targets'])} figures of {record['episode']} to "
            f"{record['observed_until']} and frozen (",
            tag("code", sha256[:12]),
            "). Width left is the range after over the range before, as logarithms: near 1, the past taught "
            "nothing, and the number is as good as assumed.",
            class_="note",
        ),
        table(header, rows, numbers=(2, 4)),
        id="fitted",
    )


def narrowed(prior: Mapping[str, float], values: Sequence[float]) -> float:
    """Range after over range before, as logarithms; both hold eight or nine in ten of what was thought."""
    return log(values[2] / values[0]) / log(prior["high"] / prior["low"])


def drivers_table(title: str, address: str, rows: Sequence[tuple[str, ...]], said: str) -> Html:
    """What matters most in one job of the visitor's."""
    header = ("number", "range", "part of the variance", "grade", "source")
    return tag(
        "section",
        tag("h3", tag("a", title, href=address)),
        tag("p", said, class_="note"),
        table(header, rows, numbers=(2,)) if rows else tag("p", "Too few draws to tell; ask for more."),
    )


def counted(tiles: Sequence[tuple[str, str]]) -> Html:
    """Numbers at the head of the page."""
    made = [tag("div", tag("b", number), tag("span", words), class_="tile") for number, words in tiles]
    return tag("section", tag("div", *made, class_="tiles"), id="fact-counts")
