"""Why a price is what it is, as a page: the sum, who sets it, what holds the good back, step by step."""

from __future__ import annotations

from collections.abc import Sequence

from xenotime.figures.style import money_text, number_text
from xenotime.market.explain import Explanation, Step
from xenotime.market.identity import Term
from xenotime.report.markup import Html, joined, table, tag
from xenotime.report.page import Content

LEAVES, BINDINGS = 12, 8  # rows shown; the sum of the others stands in one row


def explanation_content(told: Explanation, month: str, unit: str) -> Content:
    """Everything `xenotime explain` prints; amounts in `unit`."""
    parts = [
        tag("h1", f"Why {told.what} costs what it does in {month}"),
        price_sum(told, unit),
        tag("h2", "Along the marginal tonne"),
        tag("p", "Each step names what sets the price there and splits it exactly.", class_="note"),
        *(_step(step) for step in told.steps),
    ]
    if told.against_controls:
        parts += [
            tag("h2", "Against the sources that a control holds back"),
            *(_step(step) for step in told.against_controls),
        ]
    return Content(f"Why {told.what}, {month}", joined(parts), ())


def price_sum(told: Explanation, unit: str) -> Html:
    """The price as a sum of costs, rents and taxes; who sets it; what would relieve it."""
    shown = number_text(told.price)
    said = (
        f"{told.what}: {shown} {unit}"
        if told.determined
        else f"{told.what}: the market leaves this price open; one of its values is {shown} {unit}"
    )
    parts = [
        tag("p", tag("strong", said)),
        table((unit, "kind", "what"), _sum_rows(told.leaves), numbers=(0,)),
    ]
    if told.set_by:
        rows = [(f"{item.change:+.3f}", item.name) for item in told.set_by]
        parts += [
            tag("h3", "Who sets it: one more unit here would change"),
            table(("unit per unit", "what"), rows, numbers=(0,)),
        ]
    if told.bindings:
        held = [(number_text(item.rent), item.name, item.relief) for item in told.bindings[:BINDINGS]]
        parts += [
            tag("h3", "What holds it back, dearest first"),
            table((unit, "constraint", "what would relieve it"), held, numbers=(0,)),
        ]
    return tag("section", *parts, id="price-sum")


def _sum_rows(leaves: Sequence[Term]) -> list[tuple[str, str, str]]:
    rows = [(number_text(leaf.amount), leaf.kind.replace("_", " "), leaf.name) for leaf in leaves[:LEAVES]]
    if rest := leaves[LEAVES:]:
        rows.append((number_text(sum(leaf.amount for leaf in rest)), "sum", f"of {len(rest)} smaller terms"))
    return [*rows, (number_text(sum(leaf.amount for leaf in leaves)), "total", "the price")]


def _step(step: Step) -> Html:
    joint = ", a joint recipe: its co-products are credited" if step.joint else ""
    terms = sorted(step.terms, key=lambda term: -abs(term.amount))
    return tag(
        "details",
        tag("summary", f"{step.what} at {money_text(step.price)}, through {step.through}{joint}"),
        table(
            ("amount", "kind", "what"),
            [(number_text(term.amount), term.kind.replace("_", " "), term.name) for term in terms],
            numbers=(0,),
        ),
    )
