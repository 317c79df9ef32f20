"""Run the example notebooks and write each as .ipynb and as HTML: ``python docs/build_notebooks.py OUT``."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat

from maker.notebook_page import notebook_page
from maker.notebooks import SCRIPTS, execute, notebook_of


def build(target: Path) -> list[Path]:
    """Write every notebook, executed, into `target`; gives the HTML files. Raises where a cell fails."""
    target.mkdir(parents=True, exist_ok=True)
    pages = []
    for script in SCRIPTS:
        print(f"running {script.stem}", flush=True)
        made = execute(notebook_of(script), script.parent)
        nbformat.write(made, target / f"{script.stem}.ipynb")
        pages.append(target / f"{script.stem}.html")
        pages[-1].write_text(notebook_page(made), encoding="utf-8")
    return pages


def main() -> None:
    """Build where the command line says."""
    if len(sys.argv) != 2:
        sys.exit("say where to: python docs/build_notebooks.py out/notebooks")
    for path in build(Path(sys.argv[1])):
        print(f"{path}   opens in a browser without a network; .ipynb beside it")


if __name__ == "__main__":
    main()
