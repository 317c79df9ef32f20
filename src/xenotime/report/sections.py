"""The sections of the page, each from the tables of the run document."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from xenotime.figures.rents import kind_words
from xenotime.figures.style import change_text, money_text, number_text, percent_text
from xenotime.report.answer import answer, leading
from xenotime.report.effects import control_rows, effect_tables
from xenotime.report.findings import Findings
from xenotime.report.markup import Html, in_block, joined, link, table, tag
from xenotime.report.pictures import Choice, Picture
from xenotime.report.sure import NOT_DRAWN

EFFECT_ROWS = 15

PRICES_NOTE = (
    "Prices are the values at which each month's market clears in the model, not quotations. Dashed lines "
    "are the same "
    "cell in the run without the control. Hollow marks: hardly any tonnes stand behind the price. A bar: the "
    "market does "
    "not determine the price; anything in the bar would clear it."
)
AVAILABILITY_NOTE = (
    "Contained element used, as a share of what is used in the same month without the control. 100 is "
    "normal; grey cells "
    "have no use of the element. Lower use has two causes: what could not be had, and what was not bought at "
    "the higher price. "
    "The findings count regions that use 1 % or more of an element."
)
MAP_NOTE = (
    "Colour: share of normal use left of the element that region lacks most, in the hardest month. Arrows: "
    "shipments of "
    "the controlled materials that grew (blue, solid) or shrank (black, dotted). Squares: plants. Outlines: "
    "Natural Earth, public domain; "
    "no position on any border is implied."
)
CHAIN_NOTE = (
    "The hardest month, without and with the control; heights are comparable within a picture. What a group "
    "of regions "
    "neither ships nor sells to end users goes to its own next stage; where it has none, it is stock and "
    "shown with end use. "
    "Recycled streams are left out."
)
SHORTAGE_NOTE = (
    "Shortage is use that is wanted at any price its users can bear and is not served. "
    "What is given up because of the price is not in it."
)
RENTS_NOTE = (
    "A rent is what a scarce right or plant earns above its cost: a licence rent goes to whoever holds the "
    "right to "
    "export, a capacity rent to whoever owns the plant that is full."
)
NOT_THIS = (
    "It is not a forecast and not advice to trade. It says what follows from the stated control, the facts "
    "and the model, all else equal.",
    "Exposure is not loss: depending on a controlled material is not the same as going without it, and "
    "nothing here adds the two.",
    "How buyers and makers respond (elasticities, adaptation times, prices at which demand stops) is "
    "assumed, grade D: "
    "estimates with wide ranges. The facts behind the numbers carry their own grades, listed under sources.",
    "A control announced, in force and enforced are three things; each is drawn where the record of controls "
    "puts it.",
)
ONE_PATH = "One run is one path. It carries no band of uncertainty; bands come from an ensemble (--draws)."


def opening(document: Mapping[str, Any], found: Findings) -> Html:
    """Title, question, answer, key numbers, warnings."""
    data = document["data"]
    case = data["case"]
    sentences = [
        tag("p", tag("strong", f"{topic}: "), rest)
        for topic, _, rest in (text.partition(": ") for text in answer(data, found))
    ]
    warnings = [tag("p", tag("strong", "Warning: "), text, class_="warning") for text in document["warnings"]]
    return tag(
        "header",
        tag(
            "p",
            f"xenotime {document['xenotime']} · case {case['name']} · {len(found.months)} months from "
            f"{case['start']}",
            class_="kicker",
        ),
        tag("h1", case["title"]),
        tag("p", case["question"], class_="question"),
        tag("div", *sentences, class_="answer", id="answer"),
        key_numbers(data, found),
        *warnings,
        tag(
            "noscript",
            tag(
                "p",
                "The pictures need JavaScript; the tables below hold the main numbers without it.",
                class_="warning",
            ),
        ),
    )


def key_numbers(data: Mapping[str, Any], found: Findings) -> Html:
    """Tiles with the numbers a reader quotes; each is computed from a table."""
    tiles: list[tuple[str, str, str]] = []
    if found.moved:
        for side, peak in zip(("outside", "inside"), leading(found), strict=True):
            if peak is not None:
                where = f"{side}, " if found.inside else ""
                tiles.append(
                    (
                        f"price-{side}",
                        change_text(peak.value, peak.baseline),
                        f"{found.labels.material(peak.material)}, {where}{found.labels.region(peak.region)}, "
                        f"{peak.month}: "
                        f"{number_text(peak.baseline)} → {number_text(peak.value)} {peak.unit}",
                    )
                )
    if found.least:
        row = found.least[0]
        tiles.append(
            (
                "availability",
                percent_text(row["value"]),
                f"of normal use of {row['element']} left in {found.labels.region(row['region'])}, "
                f"{row['month']}",
            )
        )
        tiles.append(
            (
                "pairs",
                str(len(found.lost)),
                "pairs of element and region lose 5 % or more of their use in some month",
            )
        )
        tiles.append(
            (
                "hardest",
                found.hardest,
                "is the hardest month: most use lost, summed over elements and regions",
            )
        )
    if found.rents:
        (kind, _, recipient), amount = next(iter(found.rents.items()))
        tiles.append(
            (
                "rent",
                f"{money_text(amount)} USD",
                f"largest {kind_words(kind)} over the run, to {found.labels.region(recipient)}",
            )
        )
    return tag(
        "div",
        *(
            tag("div", tag("b", number, data_key=key), tag("span", text), class_="tile")
            for key, number, text in tiles
        ),
        class_="tiles",
        id="key-numbers",
    )


def gallery(
    name: str, heading: str, note: str, pictures: Sequence[Picture], choice: Choice | None = None
) -> Html:
    """A section of pictures, the finding above each, and a chooser for those not shown at once."""
    parts = [_framed(made) for made in pictures]
    body: list[str] = [tag("h2", heading), tag("p", note, class_="note")]
    if not parts:
        body.append(
            tag("p", "There is nothing to draw: every row of the table is empty or zero.", class_="note")
        )
    body.append(tag("div", *parts, class_="grid"))
    if choice is not None and choice.pictures:
        body.append(_chooser(choice))
    return tag("section", *body, id=name)


def _framed(made: Picture) -> Html:
    plot = tag(
        "div", class_="plot", id=made.name, data_figure=f"figure-{made.name}", style=f"height:{made.height}px"
    )
    return tag(
        "figure",
        tag("figcaption", made.caption),
        tag("div", plot, class_="pan wide" if made.wide else "pan"),
        class_="all" if made.wide or made.name in ("map", "availability", "price-overview") else "one",
    )


def _chooser(choice: Choice) -> Html:
    options = [tag("option", label, value=f"figure-{made.name}") for label, made in choice.pictures]
    first = choice.pictures[0][1]
    parts: list[str] = [
        tag(
            "label",
            f"{choice.prompt} ",
            tag("select", *options, data_plot=choice.name, autocomplete="off"),
            class_="chooser",
        ),
        tag(
            "figure",
            tag("figcaption", first.caption, id=f"{choice.name}-caption"),
            tag(
                "div",
                tag("div", class_="plot", id=choice.name, data_figure=f"figure-{first.name}"),
                class_="pan",
            ),
            class_="all",
        ),
    ]
    parts += [tag("script", _captions(choice), type="application/json", id=f"{choice.name}-captions")]
    if choice.left_out:
        parts.append(
            tag(
                "p",
                f"To keep the page small, {len(choice.left_out)} with smaller changes are not in it; the "
                f"JSON of "
                f"the run has them: {', '.join(choice.left_out)}.",
                class_="note",
            )
        )
    return joined(parts)


def _captions(choice: Choice) -> Html:
    return in_block(
        json.dumps({f"figure-{made.name}": made.caption for _, made in choice.pictures}, ensure_ascii=False)
    )


def effects(data: dict[str, Any], found: Findings) -> Html:
    """The largest effects as tables, with their units."""
    parts: list[str] = [tag("h2", "Largest effects")]
    for effect in effect_tables(data, found, most=EFFECT_ROWS):
        parts.append(tag("h3", effect.title))
        parts.append(
            table(effect.header, effect.rows, numbers=effect.numbers)
            if effect.rows
            else tag("p", effect.empty, class_="note")
        )
    return tag("section", *parts, id="effects")


def controls(data: dict[str, Any], found: Findings) -> Html:
    """What was controlled, when announced and when in force."""
    rows = control_rows(data, found)
    header = ("control", "instrument", "materials", "from", "to", "value", "announced", "in force", "until")
    body = table(header, rows, numbers=(5,)) if rows else tag("p", "This run has no control.", class_="note")
    return tag("section", tag("h2", "Controls in this run"), body, id="controls")


def behaviour(data: Mapping[str, Any]) -> Html:
    """The behavioural numbers of the run, each with range, unit, grade and where it is from."""
    rows = [
        (
            row["name"].replace("_", " "),
            number_text(row["value"]),
            f"{number_text(row['low'])} to {number_text(row['high'])}",
            row["unit"],
            row["grade"],
            row["source"],
        )
        for row in data["behaviour"]
    ]
    header = ("number", "value", "range", "unit", "grade", "from")
    text = (
        "What nobody can look up: how strongly buyers and holders of stock respond. Multiples are of the "
        "values in the world's tables. Fitted numbers were learnt from prices and exports under the quotas "
        "of 2010 to 2013 and then frozen; eight in ten of what fits lie in their range. The others are "
        "assumed."
    )
    body = tag("p", text, class_="note"), table(header, rows, numbers=(1,))
    return tag("section", tag("h2", "Behaviour in this run"), *body, id="behaviour")


def checks(data: Mapping[str, Any]) -> Html:
    """How the numbers were checked: each check with its largest value and where it was."""
    worst: dict[str, Mapping[str, Any]] = {}
    counts: dict[str, int] = {}
    for row in data["checks"]:
        counts[row["check"]] = counts.get(row["check"], 0) + 1
        if row["check"] not in worst or abs(row["value"]) > abs(worst[row["check"]]["value"]):
            worst[row["check"]] = row
    rows = [
        (
            check.replace("_", " "),
            str(counts[check]),
            f"{row['value']:.2g}",
            f"{row['tolerance']:.2g}",
            row.get("month") or "–",
            "yes" if abs(row["value"]) <= row["tolerance"] else "NO",
        )
        for check, row in worst.items()
    ]
    text = (
        "Every month's market was verified after it was solved and before any number was written: the "
        "constraints hold, "
        "no better answer exists (duality gap), every element balances, and every price is the sum of its "
        "parts. "
        "Below is the worst value of each check over all months."
    )
    body = (
        table(("check", "times", "worst value", "tolerance", "month", "passed"), rows, numbers=(1, 2, 3))
        if rows
        else tag("p", "The run document lists no checks.", class_="note")
    )
    return tag("section", tag("h2", "How the numbers were checked"), tag("p", text), body, id="checks")


def sources(data: Mapping[str, Any]) -> Html:
    """Every source used, with its grade and address; grades are explained once."""
    rows = [
        (
            row["source"],
            row["title"],
            row["publisher"],
            str(row["date"]),
            row["grade"],
            link(row["url"] or "–"),
        )
        for row in data["sources"]
    ]
    text = (
        "Grade A: official statistics or legal text; B: company filing or peer-reviewed; C: press quoting "
        "data; "
        "D: estimate. A derived number carries the worst grade of what it is made of."
    )
    listed = tag(
        "details",
        tag("summary", f"{len(rows)} sources"),
        table(("source", "title", "publisher", "date", "grade", "address"), rows),
        open="",
    )
    citation = data["case"].get("citation") or []
    cited = (
        [tag("p", tag("strong", "The case is taken from: "), "; ".join(_cited(entry) for entry in citation))]
        if citation
        else []
    )
    return tag("section", tag("h2", "Sources"), tag("p", text, class_="note"), *cited, listed, id="sources")


def _cited(entry: object) -> str:
    if isinstance(entry, Mapping):
        return ", ".join(str(part) for part in entry.values() if part)
    return str(entry)


def not_in_bands(data: Mapping[str, Any]) -> tuple[str, ...]:
    """What the bands beside a run do not hold; that there are none, where there are none."""
    return NOT_DRAWN if "draws" in data else (ONE_PATH,)


def limits(document: Mapping[str, Any]) -> Html:
    """What this is not, and the fingerprint that names the run."""
    case = document["data"]["case"]
    return tag(
        "footer",
        tag("h2", "What this is not"),
        tag("ul", *(tag("li", text) for text in (*NOT_THIS, *not_in_bands(document["data"])))),
        tag(
            "p",
            "Run ",
            tag("code", str(document["fingerprint"]), id="fingerprint"),
            f" · world {case['world']} · xenotime {document['xenotime']}. The same inputs give the same "
            f"fingerprint and the same numbers.",
        ),
        id="limits",
    )
