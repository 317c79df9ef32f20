"""A draw as one small Parquet file: a row per thing and month, its headline numbers in the file's notes.

Months are kept with 12 bits of mantissa (a part in 8,000), which compress well; headline numbers are whole.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from xenotime.ensembles.member import Cells, Member, said
from xenotime.ensembles.store import canonical
from xenotime.market.network import Array

if TYPE_CHECKING:
    import pyarrow as pa

NOTE = b"xenotime"
BITS = 12  # of mantissa that are kept of a float32
COLUMNS = ("outcome", "name", "region", "sector", "month", "value", "baseline", "flags")
KEYS = COLUMNS[:5]


@dataclass(frozen=True, slots=True)
class Kept:
    """A draw as it was kept: what it was, and its months as columns."""

    said: Mapping[str, Any]
    table: pa.Table


def rounded(values: Array) -> npt.NDArray[np.float32]:
    """Float32 with BITS of mantissa, rounded to nearest; nan and infinity stay."""
    bits = np.ascontiguousarray(values, dtype=np.float32).view(np.uint32)
    drop = 23 - BITS
    half, mask = np.uint32(1 << (drop - 1)), np.uint32(0xFFFFFFFF << drop & 0xFFFFFFFF)
    finite = np.isfinite(bits.view(np.float32))
    return np.where(finite, (bits + half) & mask, bits).view(np.float32)


def to_bytes(member: Member) -> bytes:
    """The Parquet file of a draw; the same member gives the same bytes."""
    import pyarrow.parquet as pq

    table, stream = _table(member), io.BytesIO()
    with pq.ParquetWriter(
        stream,
        table.schema,
        compression="zstd",
        compression_level=9,
        use_dictionary=list(KEYS),
        use_byte_stream_split=["value", "baseline"],
        store_schema=False,
    ) as writer:
        writer.write_table(table)
        writer.add_key_value_metadata({NOTE.decode(): canonical(said(member))})
    return stream.getvalue()


def from_bytes(data: bytes) -> Kept:
    """Inverse of :func:`to_bytes`; raises ValueError for bytes that are no draw."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    told = notes_of(data)
    try:
        return Kept(told, pq.read_table(io.BytesIO(data)))
    except (pa.ArrowInvalid, OSError) as error:
        raise ValueError(f"not a draw: {error}") from error


def notes_of(data: bytes) -> dict[str, Any]:
    """What a draw was and gave, without reading its months."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        told: dict[str, Any] = json.loads(pq.read_metadata(io.BytesIO(data)).metadata[NOTE])
    except (pa.ArrowInvalid, KeyError, TypeError, OSError) as error:
        raise ValueError(f"not a draw: {error}") from error
    return told


def _table(member: Member) -> pa.Table:
    import pyarrow as pa

    parts = [_columns(name, cells, member.months) for name, cells in member.cells.items()]
    joined = {
        name: np.concatenate([part[name] for part in parts]) if parts else _EMPTY[name] for name in COLUMNS
    }
    return pa.table({name: pa.array(values) for name, values in joined.items()})


_EMPTY: dict[str, npt.NDArray[Any]] = {
    **{name: np.array([], dtype=object) for name in KEYS},
    "value": np.array([], dtype=np.float32),
    "baseline": np.array([], dtype=np.float32),
    "flags": np.array([], dtype=np.int8),
}


def _columns(outcome: str, cells: Cells, months: tuple[str, ...]) -> dict[str, npt.NDArray[Any]]:
    things, count = len(cells.about), len(months)
    columns = np.array(cells.about, dtype=object).reshape(things, 3)
    return {
        "outcome": np.full(things * count, outcome, dtype=object),
        "name": np.repeat(columns[:, 0], count),
        "region": np.repeat(columns[:, 1], count),
        "sector": np.repeat(columns[:, 2], count),
        "month": np.tile(np.array(months, dtype=object), things),
        "value": rounded(cells.value).ravel(),
        "baseline": rounded(cells.baseline).ravel(),
        "flags": cells.flags.astype(np.int8).ravel(),
    }
