"""The page of the reader says what the rules find now, and what it claims of them holds."""

from __future__ import annotations

import importlib.util
import json
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from xenotime.facts.load import load_facts
from xenotime.facts.reading import AnnotatedDocument, FirstLook
from xenotime.talks.reader.score import Score, Scored, score

DOCS = Path(__file__).parents[2] / "docs"
ASKED = 0.8  # F1 of commitments that is asked of the held-back split
SPLITS = ("development", "test", "fresh", "third", "fourth")
LEVERS = (
    "permitting",
    "investment incentives",
    "resilience programme",
    "technology sharing",
    "investment screening",
    "reserves",
    "environmental standards",
    "labour standards",
)


@cache
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_reader", DOCS / "generate_reader.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def scored(split: str) -> Scored:
    return score(load_facts(), split)


def test_the_page_is_up_to_date() -> None:
    assert (DOCS / "reader.md").read_text("utf-8") == generator().page_text(), (
        "run `python docs/generate_reader.py`"
    )


def test_commitments_of_the_held_back_split_are_read_as_well_as_is_asked_at_the_first_look_and_now() -> None:
    look = next(row for row in load_facts().rows(FirstLook) if row.split == "test")
    assert Score("commitment", look.right, look.wrong, look.missed).f1 >= ASKED
    assert scored("test").of("commitment").f1 >= ASKED
    assert (
        look.right + look.missed
        == scored("test").of("commitment").right + scored("test").of("commitment").missed
    )


@pytest.mark.parametrize("split", SPLITS)
def test_nothing_is_promised_in_documents_without_a_commitment(split: str) -> None:
    found = scored(split)
    assert found.without_wrong == ()
    assert found.without >= found.documents / 3


def test_looks_that_went_worse_are_on_the_page() -> None:
    page = (DOCS / "reader.md").read_text("utf-8")
    looks = load_facts().rows(FirstLook)
    assert {row.split for row in looks} == set(SPLITS) - {"development"}
    for look in looks:
        f1 = Score("commitment", look.right, look.wrong, look.missed).f1
        row = next(line for line in page.splitlines() if line.startswith(f"| {look.split} |"))
        assert f"| {f1:.2f} |" in row


def test_documents_have_an_address_and_a_date_and_paraphrases_are_counted() -> None:
    documents = load_facts().rows(AnnotatedDocument)
    page = (DOCS / "reader.md").read_text("utf-8")
    assert len(documents) >= 40
    assert all(row.address.startswith("https://") or row.address.startswith("http://") for row in documents)
    paraphrased = sum(row.kind == "paraphrase" for row in documents)
    assert f"{paraphrased} by a sentence of ours" in page


def test_the_article_run_is_of_what_the_reader_reads_in_it_now() -> None:
    kept = json.loads((DOCS / "reader_study.json").read_text("utf-8"))
    now = generator().read_now(generator().question())
    for name in ("commitments", "levers", "parties", "hedges", "case"):
        assert kept[name] == now[name], "run `python docs/generate_reader.py --study`"
    assert now["commitments"] == 0
    assert set(LEVERS) <= set(now["levers"])
    assert {"CHN", "USA"} <= set(now["parties"])
