"""What has been measured stays in a folder, so that a long run can be made in several sittings."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

Measured = TypeVar("Measured")


def once(folder: Path, name: str, measure: Callable[[], Measured]) -> Measured:
    """What `measure` gives, or gave in an earlier sitting; a half-written file is never left."""
    path = folder / (re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") + ".kept")
    if path.exists():
        kept: Measured = pickle.loads(path.read_bytes())  # noqa: S301  (our own file)
        return kept
    found = measure()
    partial = path.with_suffix(".part")
    partial.write_bytes(pickle.dumps(found))
    partial.rename(path)
    return found
