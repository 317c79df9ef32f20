"""Files somebody brought with a form that could not be sent on: kept until it can, so that none is lost."""

from __future__ import annotations

import json
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from xenotime.report.files import write_text
from xenotime.web.jobs import IDENTIFIER, new_identifier, read_json

KEPT = 3  # drafts of one visitor: older ones go
LONGEST = 24 * 3600.0  # seconds a draft is kept
NAMES = "names.json"
Files = dict[str, tuple[str, bytes]]  # our name of a file, such as bill.csv -> the visitor's, what it holds


@dataclass(frozen=True, slots=True)
class Drafts:
    """Drafts of all visitors of a workbench."""

    root: Path

    def keep(self, owner: str, files: Files) -> str:
        """Keep files under a name nobody can guess; blank where there are none."""
        if not files:
            return ""
        self._clear(owner)
        draft = new_identifier()
        folder = self.root / owner / draft
        folder.mkdir(parents=True, mode=0o700)
        for name, (_, data) in files.items():
            (folder / name).write_bytes(data)
        names = {name: theirs for name, (theirs, _) in files.items()}
        write_text(folder / NAMES, json.dumps(names))
        return draft

    def take(self, owner: str, draft: str) -> Files:
        """The files of a draft of this owner; none of another's, and none of one that is gone."""
        if not IDENTIFIER.fullmatch(draft) or not IDENTIFIER.fullmatch(owner):
            return {}
        folder = self.root / owner / draft
        names = read_json(folder / NAMES) or {}
        return {name: (theirs, (folder / name).read_bytes()) for name, theirs in names.items()}

    def drop(self, owner: str, draft: str) -> None:
        """Delete a draft."""
        if IDENTIFIER.fullmatch(draft) and IDENTIFIER.fullmatch(owner):
            shutil.rmtree(self.root / owner / draft, ignore_errors=True)

    def _clear(self, owner: str) -> None:
        place = self.root / owner
        if not place.is_dir():
            return
        own = sorted(place.iterdir(), key=lambda folder: -folder.stat().st_mtime)
        for number, folder in enumerate(own):
            if number >= KEPT - 1 or time.time() - folder.stat().st_mtime > LONGEST:
                shutil.rmtree(folder, ignore_errors=True)
