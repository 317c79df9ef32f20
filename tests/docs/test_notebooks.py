"""The example notebooks run in a real kernel, show what their records hold, and open without a network."""

from __future__ import annotations

import json
import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError

from browser.opened import SIZES, opened
from maker.notebook_page import notebook_page
from maker.notebooks import FIGURE, SCRIPTS, complaints, execute, notebook_of
from xenotime.figures.style import money_text, number_text, percent_text

NAMES = [script.stem for script in SCRIPTS]
LARGEST = 400_000  # bytes of an executed notebook: neither Plotly nor the repr of a world is in it

# What the cards of a notebook are of, in their order, by how their first line begins.
CARDS = {
    "planner": ["exposure as of 2025-02-03", "case april-2025", "exposure as of 2025-02-03"],
    "analyst": [
        "case april-2025",
        "run of april-2025, 6 months",
        "why a price",
        "leverage: ban",
        "read: keneci-2025-busan-deal.txt, dated 2025-11-02",
        "ledger as known on 2025-11-30",
    ],
    "researcher": [
        "world",
        "one clearing",
        "case gallium",
        "run of gallium, 30 months",
        "why a price",
        "ensemble of gallium, 16 of 16 draws",
        "project, under baseline-2025",
    ],
}
LAYERS = 3  # drawings that Plotly lays over each other for one figure
FIGURES = {"planner": 3, "analyst": 3, "researcher": 3}

# Run in the kernel after the last cell: what the records hold, by the place of the card that shows it.
PROBES = {
    "planner": """
ran = answer.table.scenes[0].run()
held = max(xt.document(exposed)["data"]["elements"], key=lambda row: row["usd"] or 0)
probe = {"0": held["value"], "2": float((ran.stop < ran.made.shape[1]).mean()), "cover": stops[10]["value"]}
""",
    "analyst": """
path = hands.surface.paths[0]
gap = float((path.of(("USA",), path.loss()) - path.of(("CHN",), path.loss()))[-1])
standing = max(ledger.standings, key=lambda row: row.date)
probe = {
    "1": float(run.price.sel(material="Sm_oxide", region="JPN", month="2025-05")),
    "2": told.price,
    "3": gap,
    "4": len(text.reading.commitments()),
    "5": [standing.what, standing.deadline, len(ledger.standings)],
}
""",
    "researcher": """
cleared = xt.solve(world)
row = next(row for row in cleared.table("prices") if (row["material"], row["region"]) == ("Ga_metal", "CHN"))
probe = {
    "0": len(world.lanes),
    "1": row["value"],
    "3": float(run.price.sel(material="Ga_metal", region="JPN").max()),
    "4": float(run.price.sel(material="Ga_metal", region="DEU", month="2023-12")),
    "5": [study.data["headline"][0]["low"], study.data["headline"][0]["high"]],
    "6": float(plant.cases[0].planned().mean),
}
""",
}


@cache
def executed(name: str) -> tuple[nbformat.NotebookNode, dict[str, Any]]:
    """The notebook with its outputs, without the probe, and what the probe found in the records."""
    script = next(script for script in SCRIPTS if script.stem == name)
    made = notebook_of(script)
    source = f"import json\n{PROBES[name]}\nprint(json.dumps(probe))"
    made.cells.append(nbformat.v4.new_code_cell(source, id="probe"))
    done = execute(made, script.parent)
    found = json.loads(done.cells.pop()["outputs"][0]["text"])
    return done, found


def shown(name: str) -> list[dict[str, Any]]:
    """Everything that cells show, in its order, by kind."""
    done, _ = executed(name)
    return [output["data"] for cell in done.cells for output in cell.get("outputs", ()) if "data" in output]


def cards(name: str) -> list[str]:
    return [data["text/html"] for data in shown(name) if "xenotime-card" in data.get("text/html", "")]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_there_is_a_lesson_for_each_reader() -> None:
    assert NAMES == ["analyst", "planner", "researcher"]


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_runs_and_nothing_is_said_on_stderr(name: str) -> None:
    done, _ = executed(name)
    assert complaints(done) == []
    assert [cell["execution_count"] for cell in done.cells if cell["cell_type"] == "code"] == list(
        range(1, 1 + sum(cell["cell_type"] == "code" for cell in done.cells))
    )
    assert not [cell for cell in done.cells if cell["cell_type"] == "code" and not cell["source"].strip()]


@pytest.mark.parametrize("name", NAMES)
def test_records_show_themselves_in_the_order_of_the_lesson(name: str) -> None:
    found = [re.search(r'<p class="kind">(.*?)</p>', card)[1] for card in cards(name)]  # type: ignore[index]
    assert len(found) == len(CARDS[name])
    assert not [
        (kind, wanted) for kind, wanted in zip(found, CARDS[name], strict=True) if not kind.startswith(wanted)
    ]
    assert all("Not known, assumed, or not in it" in card for card in cards(name))


@pytest.mark.parametrize("name", NAMES)
def test_figures_are_data_and_a_notebook_stays_small(name: str) -> None:
    done, _ = executed(name)
    figures = [data for data in shown(name) if FIGURE in data]
    assert len(figures) == FIGURES[name]
    assert all(set(data) <= {FIGURE, "text/plain"} for data in figures)
    assert all(data[FIGURE]["layout"]["title"]["text"] for data in figures)
    assert len(nbformat.writes(done)) < LARGEST


def test_cards_of_the_planner_hold_the_numbers_of_the_records() -> None:
    _, found = executed("planner")
    first, _, last = map(plain, cards("planner"))
    assert f'<td class="figure">{number_text(found["0"])}</td>' in first
    assert f"stops in {plain(percent_text(found['2']))} of draws" in last
    table = next(
        data["text/html"] for data in shown("planner") if "weeks of stock" in data.get("text/html", "")
    )
    assert f"<td>{found['cover']:.3g}</td>" in table
    assert 0 < found["cover"] < found["2"]  # twice the stock helps, and does not save the line


def test_cards_of_the_analyst_hold_the_numbers_of_the_records() -> None:
    _, found = executed("analyst")
    _, run, why, hands, text, ledger = map(plain, cards("analyst"))
    assert f"{number_text(found['1'])} USD/t in 2025-05" in run
    assert f"{number_text(found['2'])} USD a unit" in why
    assert f"loses {plain(money_text(found['3']))} USD more" in hands
    assert f"<h4>{found['4']} concrete commitments</h4>" in text
    what, deadline, count = found["5"]
    assert what in ledger
    assert deadline in ledger
    assert f"{count} promises: " in ledger


def test_cards_of_the_researcher_hold_the_numbers_of_the_records() -> None:
    _, found = executed("researcher")
    world, cleared, _, run, why, study, plant = map(plain, cards("researcher"))
    assert f"over {found['0']} lanes" in world
    assert f'<td class="figure">{number_text(found["1"])}</td>' in cleared
    assert f"{number_text(found['3'])} USD/t" in run
    assert f"{number_text(found['4'])} USD a unit" in why
    low, high = found["5"]
    assert f"from {number_text(low)} x to {number_text(high)} x" in study
    assert f"worth {plain(money_text(found['6']))} USD" in plant


@pytest.mark.parametrize("name", NAMES)
def test_the_page_of_a_notebook_names_no_address_to_be_fetched(name: str) -> None:
    page = notebook_page(executed(name)[0])
    body = page[page.index("<main>") : page.index("</main>")]
    assert not re.search(r"<(script|link|iframe|img|object|embed)\b|@import|url\(", body)
    assert not re.search(r"(src|srcset|action|data)=[\"']?\w+:", body)
    assert "connect-src" not in page
    assert "default-src 'none'" in page  # nothing may be fetched, whatever a library would like


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", NAMES)
def test_the_page_opens_in_a_browser_and_draws_every_figure(
    chromium: str, tmp_path: Path, name: str, size: str
) -> None:
    path = tmp_path / f"{name}.html"
    path.write_text(notebook_page(executed(name)[0]), "utf-8")
    seen = opened(chromium, path, size, reads=("h1", "figcaption"))
    assert (seen.said, seen.outside) == ([], [])
    assert seen.drawn == LAYERS * FIGURES[name]
    assert seen.fits
    assert seen.texts["h1"]
    assert "<br>" not in seen.texts["figcaption"]


def test_a_cell_that_fails_ends_the_build_and_a_warning_is_noticed(tmp_path: Path) -> None:
    script = tmp_path / "broken.py"
    script.write_text("# %% [markdown]\n# # Broken\n\n# %%\n1 / 0\n", "utf-8")
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        execute(notebook_of(script), tmp_path)
    script.write_text("# %% [markdown]\n# # Warned\n\n# %%\nimport warnings\nwarnings.warn('old')\n", "utf-8")
    (said,) = complaints(execute(notebook_of(script), tmp_path))
    assert "UserWarning: old" in said


def test_the_kernel_is_that_of_this_interpreter_and_the_same_cells_have_the_same_names(
    tmp_path: Path,
) -> None:
    script = tmp_path / "who.py"
    script.write_text("# %% [markdown]\n# # Who\n\n# %%\nimport sys\nprint(sys.executable)\n", "utf-8")
    done = execute(notebook_of(script), tmp_path)
    assert done.cells[1]["outputs"][0]["text"].strip() == sys.executable
    assert [cell["id"] for cell in notebook_of(script).cells] == ["who-0", "who-1"]
    script.write_text("# %%\nimport sys\n", "utf-8")
    headless = notebook_of(script)
    with pytest.raises(ValueError, match="begins with its heading"):
        notebook_page(headless)
