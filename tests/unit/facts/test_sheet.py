"""CSV files to records, with the place each came from."""

from __future__ import annotations

from pathlib import Path

from unit.facts.example import changed, write_example, write_file
from xenotime.facts.problems import Collector
from xenotime.facts.sheet import Placed, read_table
from xenotime.facts.table import TABLES


def test_rows_keep_their_place_over_the_files_of_a_table(tmp_path: Path) -> None:
    write_example(tmp_path)
    problems = Collector()
    sheet = read_table(tmp_path, TABLES["sources"], problems)
    assert [(row.file, row.line) for row in sheet.rows] == [
        ("sources_supply.csv", 2), ("sources_supply.csv", 3), ("sources_demand.csv", 2),
    ]  # fmt: skip
    assert isinstance(sheet.rows[0], Placed)
    assert problems.problems() == ()


def test_the_order_of_columns_does_not_matter(tmp_path: Path) -> None:
    table = TABLES["assays"]
    write_file(tmp_path, "assays.csv", list(reversed(table.columns())), changed("assays.csv"))
    problems = Collector()
    [row] = read_table(tmp_path, table, problems).rows
    assert (row.record.feed, row.record.share, row.record.grade) == ("hill", 0.02, "B")
    assert problems.problems() == ()


def test_lines_are_those_of_an_editor_also_after_a_cell_of_two_lines(tmp_path: Path) -> None:
    table = TABLES["missing"]
    text = 'topic,what,where_looked,note\na,"one\nmore",,\nb,two,,\n'
    for file in table.files:
        (tmp_path / file).write_text("topic,what,where_looked,note\n", encoding="utf-8")
    (tmp_path / table.files[0]).write_text(text, encoding="utf-8")
    problems = Collector()
    sheet = read_table(tmp_path, table, problems)
    assert [row.line for row in sheet.rows] == [4]
    assert [(problem.code, problem.row) for problem in problems.problems()] == [("stray-character", 2)]


def test_a_byte_order_mark_is_no_part_of_the_header(tmp_path: Path) -> None:
    table = TABLES["assays"]
    write_file(tmp_path, "assays.csv", list(table.columns()), changed("assays.csv"))
    path = tmp_path / "assays.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    problems = Collector()
    assert len(read_table(tmp_path, table, problems).rows) == 1
    assert problems.problems() == ()
