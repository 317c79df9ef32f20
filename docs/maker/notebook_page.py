"""An executed notebook as one HTML file that opens from disk and asks for nothing."""

from __future__ import annotations

import copy
import html
import json

import nbformat
from nbconvert import HTMLExporter
from plotly.offline import get_plotlyjs
from pygments.formatters import HtmlFormatter

from maker.notebooks import FIGURE
from xenotime.figures.style import TITLE_LINE
from xenotime.report.markup import Html, tag
from xenotime.report.page import Content, asset, page
from xenotime.report.pictures import Picture

STYLE = """
body { max-width: 1040px; }
h1 { margin-top: 0; }
.highlight { background: var(--tint); border-left: 3px solid var(--line); overflow-x: auto; }
.highlight { padding: 0.5em 0.9em; margin: 1em 0; }
.highlight pre { margin: 0; font-size: 0.82rem; line-height: 1.45; }
pre { overflow-x: auto; font-size: 0.82rem; }
.output_subarea, .jp-OutputArea-output { overflow-x: auto; }
table.dataframe { border: 0; }
main .dataframe td, main .dataframe th, table[id^=T_] td, table[id^=T_] th {
  border: 0; border-bottom: 1px solid var(--line); max-width: 34rem; text-align: left; vertical-align: top;
}
main .dataframe thead tr th { text-align: left; }
main .dataframe tbody tr th:only-of-type { vertical-align: top; white-space: nowrap; }
main .dataframe td { min-width: 6.6rem; }
"""


def notebook_page(notebook: nbformat.NotebookNode) -> str:
    """The notebook as a page; raises ValueError for a notebook whose first cell has no heading."""
    shown = copy.deepcopy(notebook)
    drawn: list[Picture] = []
    for cell in shown.cells:
        for output in cell.get("outputs", ()):
            if FIGURE in output.get("data", ()):
                output["data"] = {"text/html": str(_figure(output["data"][FIGURE], drawn))}
    exporter = HTMLExporter(
        template_name="basic",
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
    )
    body, _ = exporter.from_notebook_node(shown)
    content = Content(_title(notebook), tag("main", Html(body)), tuple(drawn))
    return page(
        title=content.title,
        body=content.body,
        payloads=content.payloads(),
        style=asset("page.css") + HtmlFormatter().get_style_defs(".highlight") + STYLE,
        scripts=(get_plotlyjs(), asset("page.js")),
    )


def _figure(found: dict, drawn: list[Picture]) -> Html:
    """Where a figure is drawn, under its finding, which the page wraps; what is drawn goes to `drawn`."""
    layout = dict(found["layout"])
    lines = (layout.pop("title", None) or {}).get("text", "").split("<br>")
    room = TITLE_LINE * len(lines)
    layout["margin"] = {**layout["margin"], "t": layout["margin"]["t"] - room}
    layout["height"] -= room
    name = f"picture-{len(drawn) + 1}"
    payload = json.dumps({"data": found["data"], "layout": layout}, ensure_ascii=False)
    drawn.append(Picture(name, html.unescape(" ".join(lines)), payload, layout["height"]))
    named = any(trace.get("orientation") == "h" for trace in found["data"])  # names need their width
    plot = tag(
        "div", class_="plot", id=name, data_figure=f"figure-{name}", style=f"height:{layout['height']}px"
    )
    return tag(
        "figure",
        tag("figcaption", drawn[-1].caption),
        tag("div", plot, class_="pan"),
        **({"class_": "wide"} if named else {}),
    )


def _title(notebook: nbformat.NotebookNode) -> str:
    first = notebook.cells[0]["source"].splitlines()[0]
    if not first.startswith("# "):
        raise ValueError(f"a notebook begins with its heading; this one with {first!r}")
    return str(first[2:])
