"""How scores are counted, on labels of two passages by hand."""

from __future__ import annotations

import hashlib

import pytest

from xenotime.facts.load import load_facts
from xenotime.facts.reading import AnnotatedDocument, AnnotatedPassage, Label
from xenotime.talks.reader.score import Score, agreement, covers, kappa, score
from xenotime.talks.reader.text import plain


def test_precision_recall_and_f1_of_counts() -> None:
    found = Score("x", 3, 1, 2)
    assert (found.precision, found.recall, found.f1) == (
        pytest.approx(0.75),
        pytest.approx(0.6),
        pytest.approx(2 * 0.45 / 1.35),
    )
    nothing = Score("x", 0, 0, 0)
    assert (nothing.precision, nothing.recall) == (1.0, 1.0)


def test_a_span_holds_half_of_the_words_or_lies_inside() -> None:
    assert covers((0, 10), (5, 30))
    assert covers((0, 10), (2, 4))
    assert not covers((0, 10), (6, 30))


def test_kappa_takes_chance_away() -> None:
    assert kappa([("a", "a"), ("b", "b")]) == 1.0
    assert kappa([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")]) == 0.0
    assert kappa([("a", "a")]) == 1.0


def test_the_split_is_that_of_the_hash() -> None:
    for row in load_facts().rows(AnnotatedDocument):
        if row.split in ("development", "test"):
            even = hashlib.sha256(row.document.encode()).digest()[0] % 2 == 0
            assert row.split == ("development" if even else "test"), row.document


def test_every_label_quotes_its_passage() -> None:
    facts = load_facts()
    texts = {(row.document, row.passage): row.text for row in facts.rows(AnnotatedPassage)}
    for row in facts.rows(Label):
        text = plain(texts[row.document, row.passage]).lower()
        for name in ("span", "amount_span", "deadline_span", "condition", "mechanism", "funding"):
            assert plain(getattr(row, name)).lower() in text, (row.document, name)


def test_there_are_enough_documents_and_enough_without_a_commitment() -> None:
    facts = load_facts()
    documents = facts.rows(AnnotatedDocument)
    assert len(documents) >= 40
    for split in ("development", "test"):
        found = score(facts, split)
        assert found.without >= found.documents / 3


def test_a_quarter_is_labelled_twice() -> None:
    facts = load_facts()
    found = agreement(facts)
    twice = sum(row.split in ("development", "test") for row in facts.rows(AnnotatedDocument)) / 4
    assert found.documents >= twice
    assert 0 < found.kappa <= 1
