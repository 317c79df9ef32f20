"""Facts of one's own: rows of a folder beside those that ship, as a world of another mineral brings them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from xenotime.errors import InputProblems
from xenotime.facts.checks import run_checks
from xenotime.facts.load import Facts, load_facts, tables_of
from xenotime.facts.problems import Collector, nearest
from xenotime.facts.sheet import read_file, read_table
from xenotime.facts.table import TABLES, Table


def with_own(folder: str | Path) -> Facts:
    """The shipped facts and the rows of a folder.

    folder : CSV files named and laid out like those that ship, as many as there is something to add to.
        Rows are added and none is replaced: one about the same thing as a shipped row is a fault.

    Raises InputProblems for a folder that is none, a file or row that does not fit, and a name that neither
    the folder nor the shipped facts have: all at once.
    """
    problems = Collector()
    found = _files_of(Path(folder), problems)
    data = files("xenotime") / "data"
    read = {name: read_table(data, table, problems) for name, table in TABLES.items()}
    digest = hashlib.sha256()
    for path, table in found.items():
        read_file(path, str(path), table, read[table.name], problems)
        digest.update(path.name.encode() + path.read_bytes())
    run_checks(read, problems)
    if problems.problems():
        raise InputProblems(problems.problems())
    return Facts(MappingProxyType(tables_of(read)), own=digest.hexdigest())


def find_facts(given: Facts | str | Path | None) -> Facts:
    """Facts as they are given: none are those that ship, a folder is rows to add to them."""
    if given is None:
        return load_facts()
    return given if isinstance(given, Facts) else with_own(given)


def _files_of(folder: Path, problems: Collector) -> Mapping[Path, Table]:
    """CSV files of a folder and the table each is of; series used for scoring are no inputs."""
    if not folder.is_dir():
        found = "a file" if folder.exists() else "nothing of that name"
        remedy = "give the folder; examples/gallium-2023/facts is one"
        problems.add("no-folder", str(folder), None, "", found, "a folder of facts of your own", remedy)
        return {}
    known = {file: table for table in TABLES.values() if not table.scoring for file in table.files}
    csvs = [path for path in sorted(folder.iterdir()) if path.suffix.casefold() == ".csv"]
    for path in csvs:
        if path.name not in known:
            expected = "the name of a shipped table of facts, see docs/facts.md"
            found, remedy = "a file nobody declared", nearest(path.name, known)
            problems.add("unknown-table", str(path), None, "", found, expected, remedy)
    if not csvs:
        expected, remedy = "tables such as elements.csv and prices.csv", "add them, or leave --facts out"
        problems.add("no-tables", str(folder), None, "", "no CSV file", expected, remedy)
    return {path: known[path.name] for path in csvs if path.name in known}
