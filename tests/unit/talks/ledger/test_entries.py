"""The dated record as entries linked in chains."""

from __future__ import annotations

from xenotime.facts.load import load_facts
from xenotime.facts.words import STAGES, ChainLink
from xenotime.talks.ledger.days import last_day, read_at
from xenotime.talks.ledger.entries import entries_of
from xenotime.talks.ledger.known import known_at
from xenotime.talks.ledger.ledger import ledger_at


def test_every_kind_of_event_is_an_entry_of_its_own() -> None:
    entries = entries_of(load_facts())
    assert {entry.kind for entry in entries} == set(STAGES)
    assert len({entry.entry for entry in entries}) == len(entries)
    assert [entry.date for entry in entries] == sorted(entry.date for entry in entries)


def test_a_chain_runs_from_word_to_arrival() -> None:
    chain = ledger_at(read_at("2026-06-30")).chain("BUS-GEN")
    assert {"statement", "commitment", "licence", "shipment", "arrival"} <= {entry.kind for entry in chain}
    assert [entry.date for entry in chain] == sorted(entry.date for entry in chain)


def test_every_link_names_a_row_that_is_there() -> None:
    facts = load_facts()
    linked = {(entry.entry, chain) for entry in entries_of(facts) for chain in entry.chains}
    for link in facts.rows(ChainLink):
        key = f"{link.table}:{link.row}"
        assert any(
            entry == key or (entry.startswith(f"{key}@") and link.table == "delivered")
            for entry, chain in linked
            if chain == link.commitment
        ), link


def test_an_entry_of_a_past_date_has_no_hindsight() -> None:
    early = {entry.entry: entry for entry in entries_of(known_at(load_facts(), read_at("2025-05-20")))}
    assert early["events:2025-05-12-usa-and-chn"].outcome == ""
    assert all(last_day(entry.knowable_from) <= read_at("2025-05-31") for entry in early.values())
    assert "events:2025-05-30-trump" not in early  # later in the same month
