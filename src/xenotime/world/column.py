"""What a column of a table means, and the columns any table may carry."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Column:
    """What one column means.

    `references` names the table whose key the value must be one of; `choices` lists the
    admitted words; `minimum`/`maximum` are inclusive bounds; `period` marks YYYY-MM text.
    """

    meaning: str
    unit: str = ""
    references: str = ""
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    period: bool = False


def column(
    meaning: str,
    *,
    default: Any = MISSING,
    unit: str = "",
    references: str = "",
    choices: tuple[str, ...] = (),
    minimum: float | None = None,
    maximum: float | None = None,
    period: bool = False,
) -> Any:
    info = Column(meaning, unit, references, choices, minimum, maximum, period)
    return field(default=default, metadata={"column": info})


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Columns any table may carry: where the row's main figure comes from and how far it may be off."""

    source: str = column("identifier in sources", default="")
    low: float | None = column("lower end of the range of the row's main figure", default=None)
    high: float | None = column("upper end of the range of the row's main figure", default=None)
    grade: str = column("A to D, see sources", default="", choices=("", "A", "B", "C", "D"))
    note: str = column("remark", default="")
