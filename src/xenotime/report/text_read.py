"""A text that was read, as a record that shows itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xenotime.displays import Displayed
from xenotime.policy.case import Case
from xenotime.talks.reader.found import Reading
from xenotime.talks.reader.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class TextRead(Displayed):
    """A text that was read, the words it was read by, and its tables.

    told : its document;  case : the base case with the levers the text names, where a base was given
    """

    reading: Reading
    lexicon: Lexicon
    told: dict[str, Any]
    case: Case | None = None

    def document(self) -> dict[str, Any]:
        """The JSON document of kind ``read``."""
        return self.told

    def table(self, name: str) -> Any:
        """One of the tables of the document (``commitments``, ``claims`` ...) as a data frame."""
        import pandas as pd

        return pd.DataFrame(self.told["data"][name])
