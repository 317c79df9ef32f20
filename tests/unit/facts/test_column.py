"""What a column is declared to be."""

from __future__ import annotations

from xenotime.facts.column import Column, columns_of, header_of
from xenotime.facts.demand import Growth, Price
from xenotime.facts.politics import ControlRecord


def test_own_columns_come_before_the_tail() -> None:
    assert list(columns_of(Price)) == [
        "material", "market", "period", "price", "kind",
        "low", "high", "grade", "source", "refers_to", "knowable_from", "note",
    ]  # fmt: skip
    assert list(columns_of(ControlRecord))[-4:] == ["grade", "source", "knowable_from", "note"]


def test_a_word_python_keeps_for_itself_is_a_header_all_the_same() -> None:
    assert [header_of(name) for name in columns_of(Growth)][:3] == ["sector", "from", "to"]


def test_a_column_says_what_it_means() -> None:
    price = columns_of(Price)["price"]
    assert isinstance(price, Column)
    assert (price.kind, price.unit, price.minimum, price.blank) == ("number", "USD/t", 0, False)
    assert columns_of(ControlRecord)["ended"].outcome
    assert not columns_of(ControlRecord)["until"].outcome
