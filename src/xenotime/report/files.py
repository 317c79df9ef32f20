"""Files are written whole or not at all: under a temporary name, then renamed."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from xenotime.errors import one_problem


def write_text(path: Path, text: str) -> Path:
    """Write `text` as UTF-8 to `path`; raises InputProblems when the place cannot be written."""
    draft = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    except OSError as error:
        if draft:
            Path(draft).unlink(missing_ok=True)
        raise one_problem(
            "cannot-write", str(path), str(error.strerror), "a place that can be written", "give another path"
        ) from error
    return path
