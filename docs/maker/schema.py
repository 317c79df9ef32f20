"""JSON schemas of the documents, worked out by pydantic from documents that the commands wrote.

A schema says what is always there and of which type.  It is open: a document may hold more, and a column
that no sample held is not in it.  A number is a number, whether it was whole in the samples or not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Union

from pydantic import BaseModel, ConfigDict, Field, create_model

FOLDER = Path(__file__).resolve().parents[1] / "schema"
OPEN_FROM = (
    16  # keys of a mapping all of whose values are of one kind; from here on its keys are data, not names
)
Document = Mapping[str, Any]


def schema_of(kind: str, documents: Sequence[Document]) -> dict[str, Any]:
    """The schema that all `documents` of one kind fulfil."""
    model = _model(_title(kind), documents)
    schema = _tidied(model.model_json_schema(by_alias=True))
    schema["properties"]["kind"] = {"const": kind}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"xenotime {kind}"}
    return head | {key: value for key, value in schema.items() if key != "title"}


def _title(name: str) -> str:
    return "".join(part.capitalize() for part in re.split(r"[^A-Za-z0-9]+", name) if part) or "Value"


def _model(name: str, rows: Sequence[Mapping[str, Any]]) -> type[BaseModel]:
    """A record: its keys, which of them are always there, and what their values are."""
    keys = dict.fromkeys(key for row in rows for key in row)
    fields: dict[str, Any] = {}
    for number, key in enumerate(keys):
        values = [row[key] for row in rows if key in row]
        always = len(values) == len(rows)
        kind = _type(f"{name}{_title(key)}", values)
        fields[f"f{number}"] = (kind, Field(alias=key) if always else Field(default=None, alias=key))
    return create_model(name, __config__=ConfigDict(extra="allow"), **fields)


def _type(name: str, values: Sequence[Any]) -> Any:
    """The type all `values` have."""
    kinds: list[Any] = []
    if any(isinstance(value, bool) for value in values):
        kinds.append(bool)
    if any(isinstance(value, int | float) and not isinstance(value, bool) for value in values):
        kinds.append(float)
    if any(isinstance(value, str) for value in values):
        kinds.append(str)
    lists = [value for value in values if isinstance(value, list)]
    if lists:
        inside = [item for value in lists for item in value]
        kinds.append(list[_type(name, inside)] if inside else list)  # type: ignore[misc]  # made at run time
    records = [value for value in values if isinstance(value, dict)]
    if records:
        kinds.append(_map(name, records) or _model(name, records))
    if any(value is None for value in values):
        kinds.append(None)
    return Union[tuple(kinds)] if kinds else Any  # noqa: UP007  # the members are known only here


def _map(name: str, rows: Sequence[Mapping[str, Any]]) -> Any:
    """A mapping whose keys are data: names of things, all with values of one kind; None for a record."""
    filled = [row for row in rows if row]
    keys = {key for row in filled for key in row}
    values = [value for row in filled for value in row.values()]
    simple = len({type(value) for value in values}) == 1
    shared = set.intersection(*(set(row) for row in filled)) if filled else set()
    if simple and (len(keys) >= OPEN_FROM or not shared):
        return dict[str, _type(name, values)]  # type: ignore[misc]  # made at run time
    return None


def _tidied(schema: Any) -> Any:
    """Without what pydantic adds for its own models: titles and defaults of fields that may be absent."""
    if isinstance(schema, dict):
        found = {}
        for key, value in schema.items():
            if key in ("title", "default") and not isinstance(value, dict):
                continue
            found[key] = (
                {name: _tidied(one) for name, one in value.items()}
                if key in ("properties", "$defs")
                else _tidied(value)
            )
        return found
    return [_tidied(item) for item in schema] if isinstance(schema, list) else schema


def schemas() -> dict[str, dict[str, Any]]:
    """The committed schemas by kind."""
    return {
        path.name.removesuffix(".schema.json"): json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(FOLDER.glob("*.schema.json"))
    }


def write_schema(kind: str, documents: Sequence[Document]) -> Path:
    """Write the schema of a kind."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{kind}.schema.json"
    text = json.dumps(schema_of(kind, documents), indent=1, ensure_ascii=False, sort_keys=False)
    path.write_text(text + "\n", encoding="utf-8")
    return path
