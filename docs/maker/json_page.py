"""The page of JSON: what is around the data of a document, and the tables of each kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from maker.schema import schemas
from maker.text import NOTICE, cell, joined, table

Schema = Mapping[str, Any]
KINDS = {
    "run": ("xenotime run", "a case beside its baseline, month by month"),
    "solve": ("xenotime solve", "one static clearing"),
    "explain": ("xenotime explain", "a price or a shortage, taken apart"),
    "compare": ("xenotime compare", "runs held against each other"),
    "ensemble": ("xenotime ensemble", "draws: bands, and what makes them wide"),
    "backtest": ("xenotime backtest", "predictions held against what happened"),
    "predictions": ("xenotime backtest --predict-only", "predictions, before anything observed is read"),
    "fit": ("xenotime fit", "behaviour fitted"),
    "read": ("xenotime read", "a text: commitments, claims, levers, parties"),
    "ledger": ("xenotime ledger", "promises against deliveries"),
    "leverage": ("xenotime leverage", "losses of both sides by start and duration"),
    "bargain": ("xenotime bargain", "a game solved"),
    "exposure": ("xenotime exposure", "a bill, its lines and actions"),
    "plan": ("xenotime plan", "packages on the frontier of cost against security"),
    "project": ("xenotime project", "what a plant is worth and what kills it"),
    "facts": ("xenotime facts", "what is known of a name"),
}
INTRODUCTION = """What `--json FILE` writes; `--json -` prints it, and nothing else goes there. Every
document has the same six keys:

| key | holds |
|---|---|
| `xenotime` | version that wrote it |
| `kind` | which of the documents below it is |
| `fingerprint` | of what went in: equal inputs have equal ones, and `xenotime compare` tells the difference
of two |
| `units` | of quantities and of money; where a row has another, it says so in `unit` |
| `warnings` | what must be read beside the answer |
| `data` | the tables |

Tables are lists of records with explicit keys, never arrays by position. Months are `YYYY-MM`, regions ISO3
or the name of a rest-of group, materials as in `xenotime world show`. What does not exist is absent or
null, never zero.

The schemas are JSON Schema, made by way of pydantic from documents that commands wrote; tests hold new
documents to them. They are open: a document may hold more. A key marked with a star was in some of the
samples only. What the columns of a table mean is said where its command is explained:
[guides](index.md#guides-by-question), [glossary](glossary.md)."""


def json_page() -> str:
    """Every kind of document with its tables and their columns."""
    known = schemas()
    rows = [
        (f"[{kind}](#{kind})", f"`{KINDS[kind][0]}`", KINDS[kind][1], f"[schema](schema/{kind}.schema.json)")
        for kind in KINDS
        if kind in known
    ]
    parts = [NOTICE, "# JSON", INTRODUCTION, "## Kinds", table(("kind", "written by", "holds", "file"), rows)]
    for kind in KINDS:
        if kind in known:
            parts += _kind(kind, known[kind])
    return joined(parts)


def _kind(kind: str, schema: Schema) -> Iterator[str]:
    yield f"## {kind}"
    data = _followed(schema["properties"]["data"], schema)
    required = set(data.get("required", ()))
    rows = []
    for name, one in data.get("properties", {}).items():
        shape, columns = _shape(one, schema)
        rows.append((f"`{name}`" + ("" if name in required else " \\*"), shape, columns))
    yield table(("in `data`", "is", "with"), rows)


def _followed(part: Schema, schema: Schema) -> Schema:
    """What a reference in a schema stands for."""
    while "$ref" in part:
        part = schema["$defs"][part["$ref"].rpartition("/")[2]]
    return part


def _shape(part: Schema, schema: Schema) -> tuple[str, str]:
    """What a value is in words, and the columns of its records."""
    part = _followed(part, schema)
    if "anyOf" in part:
        shapes = [_shape(one, schema) for one in part["anyOf"]]
        return " or ".join(dict.fromkeys(shape for shape, _ in shapes)), "; ".join(c for _, c in shapes if c)
    kind = part.get("type", "anything")
    if kind == "array":
        inside, columns = _shape(part.get("items", {}), schema)
        return ("table" if columns else f"list of {inside}"), columns
    if kind == "object" and part.get("properties"):
        required = set(part.get("required", ()))
        names = [f"`{cell(name)}`" + ("" if name in required else "\\*") for name in part["properties"]]
        return "record", ", ".join(names)
    if kind == "object":
        return "values by name", ""
    return {"string": "text", "number": "number", "boolean": "true or false", "null": "null"}.get(
        kind, kind
    ), ""
