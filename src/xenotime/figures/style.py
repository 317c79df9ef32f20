"""One look for all pictures: colours, type, number words.

Colours are those of Okabe and Ito (2008), chosen to stay apart for every common kind of colour
blindness; meaning is never carried by colour alone (dashes, hollow marks or text go with it).
"""

from __future__ import annotations

import html
import math
import textwrap
from collections.abc import Sequence
from typing import TypeVar

import plotly.graph_objects as go

from xenotime.figures.rows import Mark

INK, MUTED, GRID, PAPER, NOTHING = "#222222", "#6b6b6b", "#e4e4e4", "#ffffff", "#efefef"
INSIDE, OUTSIDE, OTHERS = "#0072B2", "#D55E00", "#b5b5b5"
SERIES = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#555555")
REST = "#c9c9c9"
# White is normal, dark vermilion is nothing left, blue is more than normal.
LESS_MORE = (
    (0.0, "#7a2e00"),
    (0.2, "#b34b00"),
    (0.4, "#D55E00"),
    (0.65, "#f0b27f"),
    (0.82, "#f8e3d0"),
    (1 / 1.2, "#ffffff"),
    (1.0, "#56B4E9"),
)
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"
Key = TypeVar("Key")
MOST_TICKS = 9  # labels of months that fit a phone
TITLE_WIDTH = 92  # characters of a title that fit a figure 1000 px wide
TITLE_LINE = 20  # pixels of a line of the title
CHECKED = False  # whether pictures that are drawn by the hundred have Plotly check their properties
FREE = 1e-5  # of what a price becomes: below that it was none to begin with

_TEMPLATE = go.layout.Template(
    layout=go.Layout(
        font={"family": FONT, "size": 13, "color": INK},
        colorway=list(SERIES),
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        hoverlabel={"font": {"family": FONT}, "align": "left"},
        xaxis={"gridcolor": GRID, "zerolinecolor": GRID, "linecolor": MUTED, "automargin": True},
        yaxis={"gridcolor": GRID, "zerolinecolor": MUTED, "linecolor": MUTED, "automargin": True},
        title={"x": 0, "xref": "container", "xanchor": "left", "font": {"size": 15}, "pad": {"l": 12}},
    )
)


def escaped(text: object) -> str:
    """Text from data, made harmless for Plotly, which reads a subset of HTML in its labels."""
    return html.escape(str(text), quote=False)


def quick_figure() -> go.Figure:
    """An empty figure whose properties are taken as they are: checking each takes longer than all else."""
    return go.Figure(_validate=CHECKED)


def quick_scatter(**properties: object) -> go.Scatter:
    """A scatter trace, its properties taken as they are; tests draw the same with `CHECKED`."""
    return go.Scatter(_validate=CHECKED, **properties)


def wrapped(title: str) -> list[str]:
    """The lines of a title, escaped."""
    return [escaped(line) for line in textwrap.wrap(title, TITLE_WIDTH)]


def finish(figure: go.Figure, title: str, *, height: int) -> go.Figure:
    """Give a figure the common look; `title` says the finding and is wrapped, not cut."""
    lines = wrapped(title)
    figure.update_layout(
        template=_TEMPLATE,
        title_text="<br>".join(lines),
        margin={"l": 12, "r": 16, "t": 24 + TITLE_LINE * len(lines), "b": 12},
        height=height,
    )
    return figure


def nothing(title: str) -> go.Figure:
    """A figure that says there is nothing to draw, so that a gap is never mistaken for a zero."""
    figure = go.Figure()
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    return finish(figure, title, height=120)


def colours_of(keys: Sequence[Key]) -> tuple[dict[Key, str], tuple[Key, ...]]:
    """A colour for each key as long as they can be told apart, and the keys that share the grey."""
    cut = len(SERIES) if len(keys) <= len(SERIES) else len(SERIES) - 1
    return dict(zip(keys[:cut], SERIES, strict=False)), tuple(keys[cut:])


def month_axis(figure: go.Figure, months: Sequence[str]) -> None:
    """A time axis with a tick every so many months that labels neither crowd nor repeat."""
    step = next(step for step in (1, 3, 6, 12, 60) if len(set(months)) <= MOST_TICKS * step or step == 60)
    figure.update_xaxes(
        type="date", tick0=min(months), dtick=f"M{step}", tickformat="%b<br>%Y", hoverformat="%Y-%m"
    )


def draw_marks(figure: go.Figure, marks: Sequence[Mark], *, top: float = 1.0) -> None:
    """Dotted vertical lines over the months in which a control changes."""
    for number, mark in enumerate(marks):
        figure.add_shape(
            type="line",
            x0=mark.month,
            x1=mark.month,
            y0=0,
            y1=1,
            yref="paper",
            line={"color": MUTED, "width": 1, "dash": "dot"},
        )
        figure.add_annotation(
            x=mark.month,
            y=top,
            yref="paper",
            text=escaped(mark.text),
            showarrow=False,
            xanchor="left",
            yanchor="bottom",
            yshift=12 * (number % 2),
            font={"size": 11, "color": MUTED},
        )


def number_text(value: float) -> str:
    """Three significant digits with separators: 123456 -> ``123,000``, 0.01234 -> ``0.0123``."""
    if value == 0:
        return "0"
    digits = 2 - math.floor(math.log10(abs(value)))
    return f"{round(value, digits):,.{max(digits, 0)}f}"


def money_text(value: float) -> str:
    """A large amount in words: 303000000 -> ``303 million``."""
    for size, word in ((1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{number_text(value / size)} {word}"
    return number_text(value)


def is_nothing(base: float, value: float) -> bool:
    """Whether a price is none beside what it becomes: a free by-product, or one paid to be taken away.

    A solver leaves such a price at rounding, not at zero, and a multiple of rounding means nothing.
    """
    return base <= 0 or base < FREE * abs(value)


def change_text(value: float, base: float) -> str:
    """Relative change in words: ``+212 %``, ``within 1 %``; from tenfold on ``12.0 times as much``."""
    if base == 0 or (is_nothing(base, value) and value > 0):
        return "from nothing"
    ratio = value / base
    if ratio >= 10:
        return f"{number_text(ratio)}\u00a0times as much"
    percent = 100 * (ratio - 1)
    if abs(percent) < 1:
        return "within 1\u00a0%"
    return f"{'+' if percent > 0 else '−'}{abs(percent):.0f}\u00a0%"


def percent_text(share: float) -> str:
    """A share as per cent, with a decimal where whole per cents would hide it."""
    percent = 100 * share
    return f"{percent:.0f}\u00a0%" if percent >= 10 or percent == 0 else f"{percent:.2g}\u00a0%"
