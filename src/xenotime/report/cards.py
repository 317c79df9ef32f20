"""What a notebook shows of a record: a short card of sentences and tables, escaped, without script or link.

Colours are those of the notebook: text inherits, lines are half see-through grey, so that a card can be read
on a light page and on a dark one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xenotime.report.markup import Html, joined, table, tag

SHOWN = 6  # rows of a table
WHOLE = 16  # letters of a word that stays on one line
STYLE = """
.xenotime-card{max-width:64rem;font:inherit;color:inherit;line-height:1.4}
.xenotime-card .kind{opacity:.7;margin:0}
.xenotime-card h4{margin:.1em 0 .3em;font-size:1.15em}
.xenotime-card p{margin:.25em 0}
.xenotime-card .scroll{overflow-x:auto}
.xenotime-card table{border-collapse:collapse;margin:.2em 0 .6em;color:inherit;background:transparent}
.xenotime-card th,.xenotime-card td{text-align:left;vertical-align:top;padding:.15em .9em .15em 0;
border:0;border-bottom:1px solid rgba(128,128,128,.35);background:transparent;color:inherit}
.xenotime-card .figure{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.xenotime-card .whole{white-space:nowrap}
.xenotime-card summary{cursor:pointer}
.xenotime-card .unknown{border-left:3px solid #D55E00;padding-left:.6em}
.xenotime-card .foot{opacity:.7;font-size:.9em}
"""


@dataclass(frozen=True, slots=True)
class Part:
    """A table of a card, its columns `numbers` set to the right; `folded` waits behind its title."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    folded: bool = True


@dataclass(frozen=True, slots=True)
class Card:
    """What is shown of a record.

    kind, title, question : heading;  sentences : the answer, its most telling number first
    unknown : what is assumed, missing or not in it;  foot : how it came to be
    """

    kind: str
    title: str
    sentences: tuple[str, ...]
    parts: tuple[Part, ...] = ()
    unknown: tuple[str, ...] = ()
    question: str = ""
    foot: str = ""


def part(
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    numbers: Iterable[int] = (),
    *,
    folded: bool = True,
    most: int = SHOWN,
) -> tuple[Part, ...]:
    """A table with its first rows, saying how many there are; nothing where there is no row."""
    all_rows = [tuple(row) for row in rows]
    if not all_rows:
        return ()
    said = f"{title} (first {most} of {len(all_rows)})" if len(all_rows) > most else title
    return (Part(said, tuple(header), tuple(all_rows[:most]), tuple(numbers), folded),)


def render_card(card: Card) -> Html:
    """The HTML of a card."""
    return tag(
        "div",
        Html(f"<style>{STYLE}</style>"),
        tag("p", card.kind, class_="kind"),
        tag("h4", card.title),
        *((tag("p", tag("em", card.question)),) if card.question else ()),
        *(tag("p", sentence) for sentence in card.sentences),
        *(_part(item) for item in card.parts),
        *((_unknown(card.unknown),) if card.unknown else ()),
        *((tag("p", card.foot, class_="foot"),) if card.foot else ()),
        class_="xenotime-card",
    )


def line_of(card: Card) -> str:
    """A card in one line of plain text."""
    return f"<{card.kind}: {card.title}>"


def _part(item: Part) -> Html:
    rows = [
        [cell if at in item.numbers else _whole(cell) for at, cell in enumerate(row)] for row in item.rows
    ]
    body = table(item.header, rows, numbers=item.numbers)
    if item.folded:
        return tag("details", tag("summary", item.title), body)
    return joined([tag("p", tag("strong", item.title)), body])


def _whole(cell: str) -> str:
    """A short word, such as a date or the name of a control, that is not broken at its hyphens."""
    short = "-" in cell and " " not in cell and len(cell) <= WHOLE
    return tag("span", cell, class_="whole") if short else cell


def _unknown(texts: Sequence[str]) -> Html:
    rows = [tag("p", text) for text in texts]
    return tag("div", tag("p", tag("strong", "Not known, assumed, or not in it")), *rows, class_="unknown")
