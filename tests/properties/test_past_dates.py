"""A query at a past date uses nothing later: rows and hindsight of later months may as well not be there."""

from __future__ import annotations

from types import MappingProxyType

from hypothesis import given, settings
from hypothesis import strategies as st

from xenotime.facts.load import Facts, knowable, load_facts
from xenotime.months import month_number, month_text
from xenotime.talks.belief.filter import Watch, believe
from xenotime.talks.belief.frozen import load_frozen
from xenotime.talks.belief.replay import watched
from xenotime.talks.ledger.days import day_text, first_day, last_day, month_at
from xenotime.talks.ledger.known import known_at
from xenotime.talks.ledger.ledger import ledger_at
from xenotime.talks.reader.event_codes import read_events
from xenotime.talks.reader.event_replay import with_codes

EXAMPLES = 12
FACTS = load_facts()
PARAMETERS, _ = load_frozen()
CODES = read_events(FACTS)
DAYS = st.integers(first_day("2010-01"), last_day("2026-06"))


def pruned_at(month: str) -> Facts:
    """Facts that end with a month, by another way than the ledger's; what we assume is no record."""
    left = knowable(FACTS, month)
    return Facts(MappingProxyType({**left.tables, "belief_numbers": FACTS.rows("belief_numbers")}), month)


@settings(max_examples=EXAMPLES)
@given(DAYS)
def test_the_ledger_of_a_past_day_is_that_of_facts_that_end_there(day: int) -> None:
    assert ledger_at(day, pruned_at(month_at(day))) == ledger_at(day, FACTS)


@settings(max_examples=EXAMPLES)
@given(DAYS, st.integers(0, 400))
def test_nothing_is_dated_after_the_day(day: int, later: int) -> None:
    then = ledger_at(day, FACTS)
    for entry in then.entries:
        if len(entry.date) == len("2025-01-01") and not entry.entry.startswith("delivered"):
            assert first_day(entry.date) <= day or entry.entry.startswith("events:2026")
    after = {entry.entry for entry in ledger_at(min(day + later, last_day("2026-06")), FACTS).entries}
    assert {entry.entry for entry in then.entries} <= after  # what was known stays known
    assert then.at == day_text(day)


@settings(max_examples=EXAMPLES)
@given(DAYS)
def test_the_reader_reads_nothing_that_came_out_after_the_day(day: int) -> None:
    known = known_at(FACTS, day)
    out = tuple(row for row in FACTS.rows("annotated_documents") if last_day(row.date) <= day)
    pruned = Facts(MappingProxyType({**known.tables, "annotated_documents": out}), known.as_of)
    assert read_events(known, day) == read_events(pruned)


@settings(max_examples=EXAMPLES)
@given(st.integers(month_number("2025-04"), month_number("2026-06")), st.booleans())
def test_the_belief_through_the_reader_is_that_of_facts_that_end_there(number: int, alone: bool) -> None:
    month = month_text(number)
    pruned = pruned_at(month)
    out = tuple(row for row in FACTS.rows("annotated_documents") if row.date[:7] <= month)
    pruned = Facts(MappingProxyType({**pruned.tables, "annotated_documents": out}), month)
    mine, other = with_codes(FACTS, CODES, alone), with_codes(pruned, read_events(pruned), alone)
    for channel in watched(FACTS, PARAMETERS):
        if channel.in_force <= month:
            full = believe(Watch(mine, channel, PARAMETERS, calendar=FACTS), month)
            assert believe(Watch(other, channel, PARAMETERS, calendar=pruned), month) == full


@settings(max_examples=EXAMPLES)
@given(
    st.integers(month_number("2025-04"), month_number("2026-06")), st.sampled_from(["weighed", "everyone"])
)
def test_the_belief_of_a_past_month_is_that_of_facts_that_end_there(number: int, hearing: str) -> None:
    month = month_text(number)
    pruned = pruned_at(month)
    for channel in watched(FACTS, PARAMETERS):
        if channel.in_force <= month:
            mine = believe(Watch(FACTS, channel, PARAMETERS), month, hearing)
            assert believe(Watch(pruned, channel, PARAMETERS), month, hearing) == mine
