"""Where an ensemble is kept: a folder of any fsspec file system, one file per draw and a manifest.

A draw is whole or not there: on a local disk it is written under another name and renamed, elsewhere one
put of an object is one.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xenotime.ensembles.store import canonical
from xenotime.errors import one_problem

MANIFEST = "study.json"
RESULT = "ensemble.json"
DRAFT = ".draft-"


@dataclass(frozen=True, slots=True)
class Folder:
    """A place for one study; `path` is what the user wrote, `root` its path on `system`."""

    path: str
    system: Any
    root: str

    def has(self, name: str) -> bool:
        """Whether a file is there."""
        return bool(self.system.exists(self._at(name)))

    def read(self, name: str) -> bytes:
        """A file's bytes."""
        found: bytes = self.system.cat_file(self._at(name))
        return found

    def write(self, name: str, data: bytes) -> None:
        """Put a file there, all at once; raises InputProblems where the place cannot be written."""
        try:
            if _is_local(self.system):
                _replace(Path(self._at(name)), data)
            else:
                self.system.makedirs(self.root, exist_ok=True)
                self.system.pipe_file(self._at(name), data)
        except OSError as error:
            raise _cannot_write(self.path, error) from error

    def draws(self) -> tuple[str, ...]:
        """Names of the files of draws, by number."""
        found = self.system.glob(self._at("draw-*.parquet"))
        return tuple(sorted(str(path).rpartition("/")[2] for path in found))

    def _at(self, name: str) -> str:
        return f"{self.root.rstrip('/')}/{name}"


def open_folder(path: str) -> Folder:
    """A folder by path or address (``out/april``, ``memory://april``, ``s3://bucket/april``).

    Raises InputProblems for a kind of address nothing is installed for.
    """
    import fsspec

    try:
        system, root = fsspec.core.url_to_fs(path)
    except (ValueError, ImportError) as error:
        raise one_problem(
            "unknown-store",
            path,
            str(error),
            "a folder, or an address fsspec can open",
            "install the package it names, or give another --out",
        ) from error
    return Folder(path, system, root)


def claim(folder: Folder, key: str, about: Mapping[str, Any]) -> None:
    """Take the folder for the study of `key`, or go on with it.

    Raises InputProblems where it holds another study, or files that are no study.
    """
    if folder.has(MANIFEST):
        known = json.loads(folder.read(MANIFEST))
        if known.get("key") != key:
            raise one_problem(
                "other-study",
                folder.path,
                f"draws of another study ({_differing(known.get('about', {}), about)} differ)",
                "a new folder, or one of the same world, case, seed, design, look-ahead and version",
                "give another --out, or the same question as before",
            )
        return
    try:
        taken = folder.system.exists(folder.root) and bool(folder.system.ls(folder.root))
    except (NotADirectoryError, FileNotFoundError):
        taken = True
    if taken and not _only_drafts(folder):
        raise one_problem(
            "folder-in-use",
            folder.path,
            "files that are no ensemble",
            "a new folder, or an old ensemble's",
            "give another --out",
        )
    folder.write(MANIFEST, (canonical({"key": key, "about": about}) + "\n").encode("utf-8"))


def draw_name(number: int) -> str:
    """File name of a draw."""
    return f"draw-{number:06d}.parquet"


def _differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """Names of what two studies differ in."""
    other = json.loads(canonical(other))
    names = [name for name in sorted({*one, *other}) if one.get(name) != other.get(name)]
    return ", ".join(names) or "contents"


def _only_drafts(folder: Folder) -> bool:
    if not _is_local(folder.system) or not Path(folder.root).is_dir():
        return False
    return all(item.name.startswith(DRAFT) for item in Path(folder.root).iterdir())


def _is_local(system: Any) -> bool:
    return "file" in (system.protocol if isinstance(system.protocol, tuple) else (system.protocol,))


def _replace(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=DRAFT)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _cannot_write(path: str, error: OSError) -> Exception:
    return one_problem(
        "cannot-write",
        path,
        str(error.strerror or error),
        "a place that can be written",
        "give another --out",
    )
