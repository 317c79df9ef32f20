"""Everything known about a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from unit.facts.example import write_example
from xenotime.errors import InputProblems
from xenotime.facts.load import Facts, load_facts
from xenotime.facts.query import describe


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    return load_facts(folder=write_example(tmp_path))


def test_an_element_is_described_by_table(facts: Facts) -> None:
    known = describe("dysprosium", facts)
    assert known.name == "dysprosium (Dy)"
    assert [group.table for group in known.groups] == [
        "elements", "assays", "prices", "trade", "controls_record", "events", "observed_exports",
    ]  # fmt: skip
    assert [row.what for row in known.missing] == ["dysprosium in AAA"]
    assert [group.table for group in known.groups if group.scoring] == ["observed_exports"]


def test_an_entry_names_figure_range_grade_and_source(facts: Facts) -> None:
    groups = {group.table: group for group in describe("Dy", facts).groups}
    [price] = groups["prices"].entries
    assert (price.about, price.value, price.low, price.high, price.unit) == (
        "Dy_oxide / europe / 2024 / annual_average", 300000.0, 1.0, 400000.0, "USD/t",
    )  # fmt: skip
    assert (price.grade, price.source, price.title, price.refers_to) == ("B", "s1", "Yearbook", "2024")
    [control] = groups["controls_record"].entries
    assert control.value is None
    assert control.details["announced"] == "2020-04-04"
    assert "ended" not in control.details


def test_a_plant_shows_what_is_known_of_it(facts: Facts) -> None:
    [group] = describe("mine_a", facts).groups
    assert group.table == "facilities"
    assert group.entries[0].details["operator"] == "Digger"


def test_a_source_shows_the_figures_that_rest_on_it(facts: Facts) -> None:
    tables = [group.table for group in describe("s1", facts).groups]
    assert tables[0] == "sources"
    assert {"assays", "prices"} <= set(tables)
    assert [group.table for group in describe("memory", facts).groups] == ["sources"]


def test_a_table_shows_all_its_rows(facts: Facts) -> None:
    [group] = describe("mine_production", facts).groups
    assert len(group.entries) == 2


def test_an_unknown_name_offers_the_nearest(facts: Facts) -> None:
    with pytest.raises(InputProblems, match="did you mean dysprosium") as caught:
        describe("disprosium", facts)
    assert caught.value.exit_code == 2
    with pytest.raises(InputProblems, match="ask for an element"):
        describe("qqqqqqqq", facts)


def test_records_are_flat(facts: Facts) -> None:
    records = describe("Dy", facts).records()
    assert len(records) == sum(len(group.entries) for group in describe("Dy", facts).groups)
    assert all(isinstance(value, str | float | None) for record in records for value in record.values())


@pytest.mark.parametrize(
    ("query", "tables"),
    [
        ("Dy", {"assays", "prices", "uses", "grades", "controls_record", "observed_prices"}),
        ("NdFeB_SH", {"magnet_demand", "grades", "prices"}),
        ("CHN", {"facilities", "mine_production", "quotas", "trade", "controls_record"}),
        ("lyc_mtweld", {"facilities", "capacities"}),
        ("ev_traction", {"magnet_demand", "elasticities", "choke", "cover"}),
        ("CHN-18-2025", {"controls_record"}),
    ],
)
def test_the_shipped_facts_know_what_people_ask_for(query: str, tables: set[str]) -> None:
    assert tables <= {group.table for group in describe(query).groups}
