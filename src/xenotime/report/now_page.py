"""What a page says of now: measures with beliefs, prices, what changed, what is due."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xenotime.report.control_states import ANNOUNCED, BINDING, ENDED, OTHER, SUSPENDED, group_of
from xenotime.report.envelope import data_of
from xenotime.report.markup import Html, joined, table, tag
from xenotime.report.price_board import INSIDE, MARKETS, OUTSIDE, day_words
from xenotime.report.small_pictures import belief_bars, chances_words, legend, patterns

Data = dict[str, Any]
NEWS = 12  # events shown without being asked for
HEADS = {
    BINDING: ("Holding goods back", "In force and closed or under licence."),
    SUSPENDED: (
        "Suspended",
        "Written, not binding for the time being; what follows is a belief, not a fact.",
    ),
    ANNOUNCED: ("Announced", "Made public, not in force yet."),
    OTHER: (
        "Other acts in force",
        "Duties, customs practice, general licences, rules, talks and plans: no regime of their own.",
    ),
    ENDED: ("Ended", "Kept because past episodes are replayed with them."),
}
CONTROL_HEADER = (
    "measure",
    "what",
    "law",
    "announced",
    "in force",
    "enforced",
    "until",
    "goods",
    "aimed at",
    "held to bite next month",
    "source",
)
PRICE_HEADER = (
    "material",
    "market",
    "kind of price",
    "USD/kg, low to high",
    "day",
    "in a month",
    "in a year",
    "tonnes behind it",
    "source",
)
PRICES_NOTE = (
    "Without value-added tax; yuan at the mean rate of their year. Quotes, asking prices, producers' lists, "
    "spot prices and averages are kinds of their own: none is held against another, and a change is against "
    "the same publisher only. FOB China carries the tax that is not refunded."
)
BELIEF_NOTE = (
    "Filtered from the record: hazards of such measures, talks, what was said weighed by how often such "
    "words came true, and what shipped. The law is observed and never doubted; how it works is believed."
)


def source_link(source: str) -> Html:
    """Name of a source, cut short where it must be, which leads to all that rests on it."""
    return tag("a", source, href=f"/trust/sources/{source}", title=source, class_="source")


def graded(row: Data) -> Html:
    """Grade and source of a row."""
    grade = tag("span", str(row["grade"]), class_="badge", title=f"grade {row['grade']}")
    return tag("span", grade, " ", source_link(row["source"]), class_="graded")


def control_link(control: str) -> Html:
    """Name of a measure, which leads to its evidence."""
    return tag("a", control, href=f"/controls/{control}")


def plain(word: str) -> str:
    """A key as words; several parted by commas."""
    return word.replace("_", " ").replace(";", ", ")


def percent(share: float) -> str:
    """A share as whole per cent."""
    return f"{100 * share:.0f} %"


def newest_beliefs(data: Data) -> dict[str, Data]:
    """The last belief of each flow."""
    return {row["channel"]: row for row in data["beliefs"]}  # rows are in the order of months


def scope_words(scope: str) -> str:
    """Whose goods a flow is."""
    return "everybody's goods" if scope == "all" else f"goods for {scope}"


def controls_section(document: Data) -> Html:
    """Every measure by where it stands, with what is believed of it."""
    data = data_of(document, "now")
    parts = [tag("h2", "Controls: what the law is, and whether it is held to bite")]
    for group, (heading, note) in HEADS.items():
        rows = [row for row in data["controls"] if group_of(row) == group]
        shown = joined(
            [
                tag("p", note, class_="note"),
                table(CONTROL_HEADER, [_control_cells(row, data) for row in rows])
                if rows
                else tag("p", "None on record."),
            ]
        )
        title = f"{heading} ({len(rows)})"
        if group in (BINDING, SUSPENDED, ANNOUNCED):
            parts += [tag("h3", title), shown]
        else:
            parts.append(tag("details", tag("summary", title), shown))
    return tag("section", *parts, id="control-board")


def _control_cells(row: Data, data: Data) -> tuple[str, ...]:
    until = row["ended"] or row["until"]
    if row["state"] == SUSPENDED:
        until = joined(
            tag("span", part, class_="line")
            for part in (f"suspended {row['suspended']}", f"to {row['resumes'] or 'not said'}")
        )
    return (
        control_link(row["control"]),
        joined([row["number"], tag("span", plain(row["instrument"]), class_="small")]),
        tag("span", row["regime"] or row["state"], class_=f"badge state-{row['regime'] or 'none'}"),
        *(row[name] or "-" for name in ("announced", "in_force", "enforced")),
        until or "-",
        plain(row["materials"]),
        plain(row["targets"]),
        _believed(row, data),
        graded(row),
    )


def _believed(row: Data, data: Data) -> Html:
    """The belief in words; of a measure nobody watches, that it is not watched."""
    mine = [item for item in newest_beliefs(data).values() if item["control"] == row["control"]]
    if not mine:
        return tag("span", "not watched", class_="quieter")
    return joined(
        tag(
            "span",
            tag("b", percent(item["biting"]), data_ask="belief"),
            f" {scope_words(item['scope'])}",
            class_="small",
        )
        for item in mine
    )


def belief_section(document: Data) -> Html:
    """A small picture of the path of each belief."""
    data = data_of(document, "now")
    cards = [_card(channel, row, data) for channel, row in newest_beliefs(data).items()]
    shown = tag("div", *cards, class_="cards") if cards else tag("p", "No flow was watched by this day.")
    return tag(
        "section",
        patterns(),
        tag("h2", "Beliefs"),
        tag("p", BELIEF_NOTE, class_="note"),
        legend(),
        shown,
        id="belief",
    )


def _card(channel: str, row: Data, data: Data) -> Html:
    path = [item for item in data["beliefs"] if item["channel"] == channel]
    return tag(
        "div",
        tag("h3", control_link(row["control"]), f", {scope_words(row['scope'])}"),
        belief_bars(path, channel),
        tag("p", f"{path[0]['month']} to {path[-1]['month']}, a bar a month", class_="note"),
        tag(
            "p",
            "Held to bite in ",
            row["month"],
            ": ",
            tag("b", percent(row["biting"]), data_ask="belief"),
            f" ({chances_words(row)}). The law: {row['law']}. {moved_words(channel, row['as_of'], data)}",
        ),
        class_="card",
    )


def moved_words(channel: str, as_of: str, data: Data) -> str:
    """The last word or shipment that moved a belief."""
    moved = [
        row
        for row in data["trail"]
        if row["channel"] == channel
        and (row["kind"] == "shipment" or (row["kind"] == "word" and abs((row["ratio"] or 1.0) - 1.0) > 1e-9))
    ]
    if not moved:
        return f"Nothing but hazards moved it to the end of {as_of}."
    last = max(moved, key=lambda row: (row["as_of"], row["kind"]))
    if last["kind"] == "shipment":
        return f"Last moved by a delivery: {last['reason']}."
    return f"Last moved by a word: {last['entry']} (likelihood ratio {last['ratio']:.2f})."


def prices_section(document: Data) -> Html:
    """The board: the newest price of each kind inside China and outside it."""
    data = data_of(document, "now")
    parts = [tag("h2", "Prices last seen"), tag("p", PRICES_NOTE, class_="note")]
    for place in (INSIDE, OUTSIDE):
        rows = [row for row in data["prices"] if row["place"] == place and row["recent"]]
        parts += [tag("h3", place[:1].upper() + place[1:]), _board(rows)]
    old = [row for row in data["prices"] if not row["recent"]]
    parts.append(
        tag("details", tag("summary", f"Older than two years ({len(old)}); none newer is held"), _board(old))
    )
    return tag("section", *parts, id="price-board")


def _board(rows: Sequence[Data]) -> Html:
    if not rows:
        return tag("p", "No price is held.")
    return table(PRICE_HEADER, [_price_cells(row) for row in rows], numbers=(3, 5, 6, 7))


def price_text(value: float) -> str:
    """USD/kg with three figures."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _price_cells(row: Data) -> tuple[str, ...]:
    basis = "" if row["basis"] == row["kind"] else row["basis"]
    ranged = f"{price_text(row['low'])} to {price_text(row['high'])}"
    return (
        plain(row["material"]),
        MARKETS[row["market"]],
        joined([row["kind"], " ", tag("span", basis, class_="quieter")]),
        joined([price_text(row["value"]), " ", tag("span", ranged, class_="small")]),
        day_words(row["date"]),
        _change(row, "month"),
        _change(row, "year"),
        _volume(row),
        graded(row),
    )


def _change(row: Data, name: str) -> str:
    change = row[f"change_{name}"]
    if change is None:
        return "-"
    since = tag("span", f"since {day_words(row[f'since_{name}'])}", class_="small")
    return joined([f"{100 * change:+.0f} %", " ", since])


def _volume(row: Data) -> str:
    if row["volume"] is None:
        return "no volume known"
    said = tag("span", f"a year, grade {row['volume_grade']}", class_="small")
    return joined([f"{row['volume']:,.0f}", " ", said])


def news_section(document: Data) -> Html:
    """The newest dated events, and those before them behind a fold."""
    data = data_of(document, "now")
    rows = [_event_cells(row) for row in data["events"]]
    header = ("day", "who", "what", "confirmed by the other side", "what came of it", "about", "source")
    return tag(
        "section",
        tag("h2", "What changed"),
        table(header, rows[:NEWS]),
        tag("details", tag("summary", f"Earlier ({len(rows[NEWS:])})"), table(header, rows[NEWS:])),
        id="news",
    )


def _event_cells(row: Data) -> tuple[str, ...]:
    about = [control_link(name) for name in row["controls"].split(";") if name]
    said = joined([row["claim"], tag("span", row["terms"], class_="small")])
    return (
        day_words(row["date"]),
        row["party"],
        said,
        "nobody had to" if row["confirmed"] == "none" else row["confirmed"],
        row["delivered"] or "not known",
        joined([part for name in about for part in (name, " ")]),
        graded(row),
    )


def due_section(document: Data, today: str = "") -> Html:
    """What the record says is to come; `today` marks what has passed since, of which nothing is known."""
    data = data_of(document, "now")
    rows = [
        (
            day_words(row["date"]),
            row["what"],
            "has passed: what came is not in the facts" if row["date"] < today else "to come",
            control_link(row["control"]) if row["control"] else "",
            graded(row),
        )
        for row in data["due"]
    ]
    shown = (
        table(("day", "what", "by today", "measure", "source"), rows)
        if rows
        else tag("p", "Nothing is on record.")
    )
    return tag("section", tag("h2", "What is due, as set by then"), shown, id="due")
