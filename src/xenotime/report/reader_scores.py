"""How well the reader does, as rows: each split at its first look and now."""

from __future__ import annotations

from xenotime.facts.load import Facts
from xenotime.facts.reading import FirstLook
from xenotime.report.envelope import Row
from xenotime.talks.reader.score import Score, score

FIELD = "commitment"  # right only where all its fields are


def reader_rows(facts: Facts) -> list[Row]:
    """Rows of `split`, `documents`, `commitments`, and F1, precision and recall at the first look and now.

    The first look is the honest one: rules were mended afterwards on what was seen.
    """
    return [_row(facts, look) for look in sorted(facts.rows(FirstLook), key=lambda row: row.order)]


def _row(facts: Facts, look: FirstLook) -> Row:
    scored = score(facts, look.split)
    first, today = Score(FIELD, look.right, look.wrong, look.missed), scored.of(FIELD)
    return {
        "split": look.split,
        "documents": scored.documents,
        "commitments": today.right + today.missed,
        "precision": first.precision,
        "recall": first.recall,
        "f1": first.f1,
        "without": scored.without,
        "without_wrong": look.without_wrong,
        "f1_now": today.f1,
        "mended": look.note,
    }
