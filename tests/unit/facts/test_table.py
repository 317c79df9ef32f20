"""The register of tables."""

from __future__ import annotations

from importlib.resources import files

from xenotime.facts.column import columns_of, header_of
from xenotime.facts.politics import Assumed
from xenotime.facts.table import BY_RECORD, TABLES


def test_keys_figures_and_references_name_columns_that_exist() -> None:
    for table in TABLES.values():
        columns = table.columns()
        assert set(table.key) <= set(columns)
        assert not table.figure or columns[table.figure].unit
        for column in columns.values():
            target, _, key = column.references.partition(".")
            assert not target or not key or key in TABLES[target].columns()
            assert not target or target in TABLES


def test_figures_have_a_range_a_grade_and_a_source() -> None:
    for table in TABLES.values():
        if table.figure:
            assert {"low", "high", "grade", "source", "refers_to", "knowable_from"} <= set(table.columns())


def test_hindsight_has_the_month_from_which_it_could_be_known() -> None:
    tables = [
        table for table in TABLES.values() if any(column.outcome for column in table.columns().values())
    ]
    assert [table.name for table in tables] == [
        "controls_record",
        "events",
        "commitments",
        "event_readings",
        "regime_spells",
    ]
    assert all("outcome_from" in table.columns() for table in tables)


def test_every_shipped_csv_file_belongs_to_one_table() -> None:
    data = files("xenotime") / "data"
    shipped = [path.name for path in data.iterdir() if path.name.endswith(".csv")]
    shipped += [
        f"observed/{path.name}" for path in (data / "observed").iterdir() if path.name.endswith(".csv")
    ]
    declared = [file for table in TABLES.values() for file in table.files]
    assert sorted(shipped) == sorted(declared)
    assert len(set(declared)) == len(declared)


def test_observed_tables_are_for_scoring_only() -> None:
    for table in TABLES.values():
        assert table.scoring == table.name.startswith("observed_")
        assert not table.scoring or "no input" in table.meaning


def test_a_record_type_names_its_table() -> None:
    assert all(TABLES[name].record is record for record, name in BY_RECORD.items())
    assert {table.record for table in TABLES.values()} - set(BY_RECORD) == {Assumed}
    assert all(
        header_of(name) in table.columns() for table in TABLES.values() for name in columns_of(table.record)
    )
