"""Rows of long work kept one by one, so that what was killed goes on where it stopped."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any


def canonical(document: Any) -> str:
    """JSON text that is the same for the same content."""
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def digest(document: Any) -> str:
    """SHA-256 of the canonical text."""
    return sha256(canonical(document).encode("utf-8")).hexdigest()


def sealed(document: Mapping[str, Any]) -> dict[str, Any]:
    """`document` with the digest of everything else in it as ``sha256``."""
    body = {key: value for key, value in document.items() if key != "sha256"}
    return {**body, "sha256": digest(body)}


def is_intact(document: Mapping[str, Any]) -> bool:
    """Whether a sealed document is as it was sealed."""
    return bool(document.get("sha256") == sealed(document)["sha256"])


def keep(path: Path, document: Mapping[str, Any], indent: int | None = None) -> None:
    """Write a document all at once: nobody ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-", suffix=".json")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(document, stream, ensure_ascii=False, indent=indent, sort_keys=True, allow_nan=False)
            stream.write("\n")
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def kept(path: Path, key: str = "") -> dict[str, Any] | None:
    """A document kept before; None where there is none, or it was kept under another key."""
    if not path.is_file():
        return None
    document: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return document if not key or document.get("key") == key else None
