"""A bill's file to columns of text: CSV or Excel, never a formula, all faults of the file at once."""

from __future__ import annotations

import csv
import re
import zipfile
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xenotime.errors import one_problem
from xenotime.exposure.columns import COLUMNS, KNOWN, REQUIRED, plain_header
from xenotime.exposure.problems import Faults, shown

if TYPE_CHECKING:
    import pandas as pd

GREATEST_FILE = 2 * 2**30  # bytes; a million lines take about a tenth of it
GREATEST_SHEET = 2**28  # bytes an Excel file may unpack to
SEPARATORS = (",", ";", "\t")
EXCEL = (".xlsx", ".xlsm")
TYPO = 0.84  # how alike an unknown header must be to a known one to be a slip and not another column
RAGGED = re.compile(r"Expected (\d+) fields in line (\d+), saw (\d+)")  # as pandas says it
LINE = "line"  # column that keeps where a row stands in the file


def read_columns(path: Path) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Known columns of a bill as text, with the line of each row, and the headers that were left aside.

    Raises InputProblems for a file that cannot be read and for every fault of its header.
    """
    if not path.is_file():
        raise one_problem(
            "not-a-file",
            str(path),
            "no such file",
            "a CSV or Excel file",
            "see `xenotime exposure --template`",
        )
    if path.stat().st_size > GREATEST_FILE:
        raise one_problem(
            "too-large",
            path.name,
            f"{path.stat().st_size:,} bytes",
            "at most 2 GiB",
            "split the bill by product",
        )
    rows = _excel(path) if path.suffix.casefold() in EXCEL else _csv(path)
    return _named(rows, path.name)


def _csv(path: Path) -> pd.DataFrame:
    """All cells as text; the header is the first row, `line` the line of the file a row begins on."""
    import pandas as pd

    separator = _separator(path)
    with path.open("rb") as file:
        if b"\x00" in file.read(1 << 16):
            raise _wrong(path, "a binary file", "save the bill as CSV or .xlsx")
    try:
        frame = pd.read_csv(
            path,
            sep=separator,
            header=None,
            dtype=str,
            keep_default_na=False,
            na_filter=False,
            skip_blank_lines=False,
            encoding="utf-8-sig",
            engine="c",
            on_bad_lines="error",
        )
    except UnicodeDecodeError as error:
        raise one_problem(
            "wrong-encoding",
            path.name,
            f"bytes that are not UTF-8 at {error.start}",
            "a UTF-8 text file",
            "save the file as UTF-8",
        ) from error
    except pd.errors.EmptyDataError as error:
        raise one_problem(
            "empty-file", path.name, "nothing", "a header and rows", "see `xenotime exposure --template`"
        ) from error
    except (pd.errors.ParserError, ValueError, csv.Error) as error:
        raise _ragged(path, str(error)) from error
    frame = frame.fillna("")  # rows that end early
    frame.insert(0, LINE, _lines(frame))
    return frame


def _lines(frame: pd.DataFrame) -> Any:
    """Line of the file each row begins on: cells may hold line breaks."""
    import numpy as np

    breaks = np.zeros(len(frame), dtype=np.int64)
    for name in frame.columns:
        column = frame[name]
        if column.str.contains("\n", regex=False).any():
            breaks += column.str.count("\n").to_numpy(dtype=np.int64)
    return 1 + np.arange(len(frame)) + np.concatenate([[0], np.cumsum(breaks)[:-1]])


def _separator(path: Path) -> str:
    """The separator of the first line: the one of three that parts it most."""
    with path.open("rb") as file:
        first = file.readline(1 << 16).decode("utf-8-sig", errors="replace")
    counts = [first.count(mark) for mark in SEPARATORS]
    return SEPARATORS[counts.index(max(counts))]


def _excel(path: Path) -> pd.DataFrame:
    """Cells of the first sheet as they were last shown; formulas are not worked out."""
    import pandas as pd

    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise one_problem(
            "excel-missing",
            path.name,
            "an Excel file, and no openpyxl to read it",
            "the extra `excel`",
            "install xenotime[excel], or save the sheet as CSV",
        ) from error
    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(item.file_size for item in packed.infolist())
        if size > GREATEST_SHEET:
            raise one_problem(
                "too-large",
                path.name,
                f"{size:,} bytes when unpacked",
                f"at most {GREATEST_SHEET:,}",
                "save the sheet as CSV",
            )
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            rows = [[_cell(value) for value in row] for row in book.worksheets[0].iter_rows(values_only=True)]
        finally:
            book.close()
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        IndexError,
        OSError,
        TypeError,
        AttributeError,
    ) as error:
        raise _wrong(path, f"no Excel workbook ({type(error).__name__})", "save it again as .xlsx") from error
    width = max((len(row) for row in rows), default=0)
    if not rows or not width:
        raise one_problem("empty-file", path.name, "nothing", "a header and rows", "fill the first sheet")
    frame = pd.DataFrame([row + [""] * (width - len(row)) for row in rows], dtype=str)
    frame.insert(0, LINE, range(1, len(frame) + 1))
    return frame


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) and value.is_integer() else str(value)


def _ragged(path: Path, said: str) -> Exception:
    """A row longer than the first: the reader's words hold its line and both counts of cells."""
    told = RAGGED.search(said)
    if told is None:
        return _wrong(path, said.replace("\n", " "), "give every row as many cells as the header")
    wanted, line, found = told.groups()
    return one_problem(
        "not-a-table",
        path.name,
        f"{found} cells",
        f"at most {wanted}, as in the first row, which is the header",
        "take away what stands above the header, or put quotes around a cell with a separator in it",
        row=int(line),
    )


def _wrong(path: Path, found: str, remedy: str) -> Exception:
    return one_problem("not-a-table", path.name, shown(found, 160), "a table with one header row", remedy)


def _named(frame: pd.DataFrame, file: str) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Columns under their known names, blank rows dropped; headers nobody knows are left aside and told."""
    faults, header = Faults(file), [str(cell) for cell in frame.iloc[0, 1:]]
    taken: dict[str, int] = {}
    aside = []
    for place, text in enumerate(header):
        plain = plain_header(text)
        name = KNOWN.get(plain)
        if name is None:
            near = get_close_matches(plain, tuple(KNOWN), n=1, cutoff=TYPO)
            if plain and near:
                remedy = f"did you mean '{KNOWN[near[0]]}'? otherwise give it a name less alike"
                faults.add("unknown-column", 1, text[:40], "not a known column", ", ".join(COLUMNS), remedy)
            elif plain:
                aside.append(text)
        elif name in taken:
            expected = "each column once"
            faults.add(
                "duplicate-column", 1, name, f"{shown(text)} and another", expected, "keep one of the two"
            )
        else:
            taken[name] = place
    for name in REQUIRED:
        if name not in taken:
            expected = f"a column {name}: {COLUMNS[name].meaning}"
            faults.add(
                "missing-column", 1, name, "no such column", expected, "see `xenotime exposure --template`"
            )
    faults.stop()
    found = frame.iloc[1:, [0, *(place + 1 for place in taken.values())]].copy()
    found.columns = [LINE, *taken]
    for name in taken:
        found[name] = found[name].str.strip()
    empty = [name for name in taken if name not in REQUIRED and (found[name] == "").all()]
    found = found.drop(columns=empty)  # of a template that was not filled
    taken = {name: place for name, place in taken.items() if name not in empty}
    if "level" in taken and "parent" in taken:
        expected = "assembly levels told in one way"
        faults.add("levels-twice", 1, "parent", "both level and parent", expected, "take one column away")
        faults.stop()
    blank = (found[list(taken)] == "").all(axis=1)
    found = found[~blank].reset_index(drop=True)
    if not len(found):
        raise one_problem("empty-file", file, "a header and no rows", "at least one row", "add the parts")
    return found, tuple(aside)
