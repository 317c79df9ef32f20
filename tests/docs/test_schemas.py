"""Documents the commands write fulfil the schemas that ship, and what breaks one is noticed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from invented_run import large_run
from maker.json_page import KINDS, json_page
from maker.schema import schema_of, schemas
from xenotime.cli import app, guarded

ROOT = Path(__file__).parents[2]
READER = ROOT / "docs" / "reader_article.txt"
# Commands that take seconds; `generate_schema.py` holds the dear ones too, and wrote the schemas from them.
QUICK = {
    "solve": ["solve", "{world}"],
    "facts": ["facts", "terbium"],
    "read": ["read", str(READER)],
    "ledger": ["ledger", "--at", "2025-06-30"],
    "bargain": ["bargain", "prisoners-dilemma"],
    "exposure": ["exposure", "motor-maker", "--at", "2025-10-20"],
    "backtest": ["backtest", "october-2025"],
}
ENVELOPE = ["xenotime", "kind", "fingerprint", "units", "warnings", "data"]
# What the tables of `data` are called at least (design note 4.3 of the interfaces).
PROMISED = {
    "run": {"prices", "flows", "stocks", "shortfalls", "rents", "sectors"},
    "solve": {"prices", "flows", "activities", "consumption", "objective"},
    "backtest": {"targets", "scores"},
    "ensemble": {"bands", "sensitivity", "failures"},
    "read": {"commitments", "claims", "levers", "parties"},
    "ledger": {"entries", "reliability"},
    "leverage": {"surface", "half_life"},
    "bargain": {"equilibria", "points", "clauses"},
    "exposure": {"elements", "lines", "actions"},
    "project": {"values", "killers"},
}


def data_schema(schema: dict[str, Any]) -> dict[str, Any]:
    return schema["$defs"][schema["properties"]["data"]["$ref"].rpartition("/")[2]]


def run(words: list[str]) -> int:
    return guarded(lambda: app(words, standalone_mode=False))


@pytest.mark.parametrize("kind", QUICK)
def test_a_document_of_today_fulfils_its_schema(kind: str, tmp_path: Path) -> None:
    world = tmp_path / "world"
    assert run(["world", "init", str(world)]) == 0
    target = tmp_path / "document.json"
    assert run([word.format(world=world) for word in QUICK[kind]] + ["--json", str(target)]) == 0
    document = json.loads(target.read_text(encoding="utf-8"))
    assert list(document) == ENVELOPE
    jsonschema.Draft202012Validator(schemas()[kind]).validate(document)


def test_a_broken_document_is_noticed(tmp_path: Path) -> None:
    target = tmp_path / "facts.json"
    assert run(["facts", "terbium", "--json", str(target)]) == 0
    document = json.loads(target.read_text(encoding="utf-8"))
    check = jsonschema.Draft202012Validator(schemas()["facts"])
    assert not list(check.iter_errors({**document, "more": 1}))
    assert list(check.iter_errors({**document, "kind": "run"}))
    assert list(check.iter_errors({key: value for key, value in document.items() if key != "data"}))
    table = next(name for name, rows in document["data"].items() if isinstance(rows, list) and rows)
    document["data"][table] = "none"
    assert list(check.iter_errors(document))


def test_the_invented_run_of_other_tests_has_the_tables_of_a_real_one() -> None:
    known = set(data_schema(schemas()["run"])["properties"])
    assert set(large_run()["data"]) <= known


@pytest.mark.parametrize("kind", PROMISED)
def test_promised_tables_are_in_the_schema(kind: str) -> None:
    assert PROMISED[kind] <= set(data_schema(schemas()[kind])["properties"])


def test_every_schema_is_a_schema_and_has_its_words() -> None:
    for kind, schema in schemas().items():
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema["properties"]["kind"] == {"const": kind}
        assert kind in KINDS, "say in maker/json_page.py what it holds"
        assert f"\n## {kind}\n" in json_page()


def test_a_schema_is_what_its_samples_share() -> None:
    samples = [
        {"kind": "x", "data": {"rows": [{"a": 1, "b": "t"}, {"a": 2.5, "b": None}], "some": True}},
        {"kind": "x", "data": {"rows": [{"a": 3, "b": "u", "c": [1]}]}},
    ]
    check = jsonschema.Draft202012Validator(schema_of("x", samples))
    for sample in samples:
        check.validate(sample)
    wrong = [
        {"kind": "y", "data": {"rows": []}},
        {"kind": "x", "data": {}},
        {"kind": "x", "data": {"rows": [{"a": 1}]}},
        {"kind": "x", "data": {"rows": [{"a": "1", "b": "t"}]}},
        {"kind": "x", "data": {"rows": [], "some": 1}},
    ]
    assert all(list(check.iter_errors(one)) for one in wrong)
    assert not list(check.iter_errors({"kind": "x", "data": {"rows": [{"a": 9, "b": "v", "new": 0}]}}))
