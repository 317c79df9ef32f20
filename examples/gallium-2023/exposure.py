"""Exposure of a wafer maker to gallium: the shipped facts and rows of our own, no change of xenotime.

`xenotime exposure` reads words with the shipped facts, which know rare earths alone.  From Python the facts
can be given: this script lays the rows of `facts/` under those that ship and runs bill, plant and case.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from importlib.resources import as_file, files
from pathlib import Path

from xenotime.api import load_case
from xenotime.company_study import Wanted, expose
from xenotime.console import say, write_json
from xenotime.exposure.answer import Exposed
from xenotime.facts.load import Facts, load_facts
from xenotime.report.envelope import to_json
from xenotime.report.exposed import exposure_document
from xenotime.report.exposed_terminal import print_exposure

HERE = Path(__file__).resolve().parent


def own_facts(rows: Path, work: Path) -> Facts:
    """The shipped facts with the rows of every CSV file of `rows` added to the file of the same name.

    work : an empty folder the joined package is written to

    Raises InputProblems for rows that do not fit, as for any facts.
    """
    with as_file(files("xenotime") / "data") as shipped:
        shutil.copytree(shipped, work / "data")
    for path in sorted(rows.glob("*.csv")):
        lines = path.read_text("utf-8").splitlines(keepends=True)
        with (work / "data" / path.name).open("a", encoding="utf-8") as target:
            target.writelines(lines[1:])
    return load_facts(folder=work / "data")


def answer(draws: int = 0) -> Exposed:
    """The bill of this folder against its world and case."""
    with tempfile.TemporaryDirectory() as place:
        facts = own_facts(HERE / "facts", Path(place))
    case = load_case(HERE / "gallium-2023.toml")
    wanted = Wanted(draws=draws)
    return expose(HERE / "bill.csv", HERE / "plant.toml", [case], HERE / "world", wanted=wanted, facts=facts)


def main() -> None:
    """Print the answer, and write it as JSON to the file named, if one is."""
    document = exposure_document(answer())
    if len(sys.argv) > 1:
        write_json(sys.argv[1], to_json(document))
    print_exposure(document, say())


if __name__ == "__main__":
    main()
