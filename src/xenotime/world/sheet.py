"""One CSV file as rows of text, read line by line within fixed bounds."""

from __future__ import annotations

import csv
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from xenotime.world.problems import Collector, quoted

GREATEST_FILE = 64 * 2**20  # bytes; the shipped world needs less than a hundredth
MOST_ROWS = 200_000
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of one row, and the line of the file it begins on (the header is line 1)."""

    line: int
    cells: list[str]


class _WrongEncoding(Exception):
    def __init__(self, line: int, found: str) -> None:
        super().__init__(found)
        self.line, self.found = line, found


def rows_of(path: Path, problems: Collector) -> Iterator[Row]:
    """Header and rows of `path`; stops at the first fault after which rows cannot be told apart.

    Blank lines are skipped.  Every fault is added to `problems`; none is raised.
    """
    if not _is_readable(path, problems):
        return
    line = 1
    try:
        with path.open("rb") as stream:
            lines = _Lines(stream)
            count = 0
            for cells in csv.reader(lines, strict=True):
                if cells:
                    count += 1
                    if count > MOST_ROWS + 1:
                        problems.add(
                            "too-many-rows",
                            path.name,
                            line,
                            "",
                            f"more than {MOST_ROWS} rows",
                            f"at most {MOST_ROWS} rows in a table",
                            "aggregate the table before it comes in",
                        )
                        return
                    yield Row(line, cells)
                line = lines.read + 1
            if count == 0:
                problems.add(
                    "empty-file",
                    path.name,
                    1,
                    "",
                    "no header",
                    "the names of the columns in the first line",
                    "write the header, or take the file away",
                )
    except _WrongEncoding as fault:
        problems.add(
            "wrong-encoding",
            path.name,
            fault.line,
            "",
            fault.found,
            "UTF-8 text",
            "save the file again as 'CSV UTF-8'",
        )
    except csv.Error as error:
        problems.add(
            "bad-quoting",
            path.name,
            line,
            "",
            str(error),
            'cells parted by commas, quotes inside quotes doubled ("")',
            "mend the quotes from this row on, or save the table again as CSV",
        )
    except OSError as error:
        problems.add(
            "not-a-file",
            path.name,
            None,
            "",
            error.strerror or "an unreadable file",
            "a file that may be read",
            "check the file and its permissions",
        )


class _Lines:
    """Decoded lines of a byte stream; `read` counts those given out."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.read = 0

    def __iter__(self) -> Iterator[str]:
        for raw in self._stream:
            yield self._decode(raw.removeprefix(_BOM) if self.read == 0 else raw)

    def _decode(self, raw: bytes) -> str:
        self.read += 1
        if self.read == 1 and raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise _WrongEncoding(1, "UTF-16 text")
        if b"\0" in raw:
            raise _WrongEncoding(self.read, "a zero byte, as in UTF-16 text or a spreadsheet file")
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError as error:
            around = raw[max(0, error.start - 12) : error.start + 12].decode("latin-1")
            raise _WrongEncoding(
                self.read,
                f"byte 0x{raw[error.start]:02x} in {quoted(around)}, perhaps Latin-1 or Windows text",
            ) from error


def _is_readable(path: Path, problems: Collector) -> bool:
    try:
        status = path.stat()
    except OSError as error:
        problems.add(
            "not-a-file",
            path.name,
            None,
            "",
            error.strerror or "nothing",
            "a plain file",
            "take it away or mend the link",
        )
        return False
    if not stat.S_ISREG(status.st_mode):
        problems.add(
            "not-a-file",
            path.name,
            None,
            "",
            "a folder or device",
            "a plain file",
            "rename it or take it away",
        )
        return False
    if status.st_size > GREATEST_FILE:
        problems.add(
            "file-too-large",
            path.name,
            None,
            "",
            f"{status.st_size / 2**20:.0f} MB",
            f"at most {GREATEST_FILE / 2**20:.0f} MB",
            "keep only the rows and columns the question needs",
        )
        return False
    return True
