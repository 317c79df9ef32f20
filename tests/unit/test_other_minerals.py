"""A world of another mineral, made of tables alone: gallium of 2023, run as its user would run it."""

from __future__ import annotations

import csv
import json
import re
from functools import cache
from pathlib import Path

import pytest

import xenotime as xt
from xenotime.cli import app, guarded
from xenotime.errors import InputProblems
from xenotime.exposure.answer import Exposed
from xenotime.report.exposed import exposure_document
from xenotime.runs import Run
from xenotime.world.world import World

PLACE = Path(__file__).parents[2] / "examples" / "gallium-2023"
GRADES = ("A", "B", "C", "D")
TABLES = sorted(path for path in (PLACE / "world").glob("*.csv") if path.stem not in ("sources", "units"))
WITH_RANGE = ("facilities", "supply", "demand", "lanes", "stocks")
PER_TONNE = 1000.0  # kilograms


def call(*words: str) -> int:
    return guarded(lambda: app(list(words), standalone_mode=False))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


SOURCES = {row["source"]: row for row in rows(PLACE / "world" / "sources.csv")}


@cache
def gallium() -> World:
    return xt.load_world(PLACE / "world")


@cache
def run_of(case: str) -> Run:
    return xt.run(gallium(), xt.load_case(PLACE / f"{case}.toml"))


def price(case: str, region: str, month: str, material: str = "Ga_metal") -> float:
    """USD/kg."""
    return float(run_of(case).price.sel(material=material, region=region, month=month)) / PER_TONNE


def exported(case: str, month: str) -> float:
    """What leaves China, t."""
    document = run_of(case).document()
    return sum(
        row["value"]
        for row in document["data"]["flows"]
        if row["origin"] == "CHN" != row["destination"] and row["month"] == month
    )


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_every_row_names_a_source_and_a_grade(path: Path) -> None:
    assert rows(path)
    for row in rows(path):
        assert row["source"] in SOURCES, row
        assert row["grade"] in GRADES, row
        assert row["note"], row
        if path.stem in WITH_RANGE:
            assert row["note"].startswith("figure: ") or row["source"] == "example-estimate", row
            assert float(row["low"]) <= float(row["high"]), row


def test_every_source_says_where_it_is_and_what_is_recalled_is_the_worst_grade() -> None:
    for name, row in SOURCES.items():
        assert all(row[column] for column in ("title", "publisher", "date", "note")), name
        assert row["url"] or name == "example-estimate"
        if name == "example-estimate":
            assert row["grade"] == "D"
    for path in TABLES:
        for row in rows(path):
            assert row["grade"] >= SOURCES[row["source"]]["grade"], (path.stem, row)
            if "recalled" in row["note"]:
                assert row["grade"] == "D", (path.stem, row)


def test_figures_lie_in_their_ranges_and_are_moved_by_draws() -> None:
    figure = {"facilities": "capacity", "supply": "quantity", "demand": "quantity", "lanes": "cost"}
    for table, column in {**figure, "stocks": "opening"}.items():
        for row in rows(PLACE / "world" / f"{table}.csv"):
            assert float(row["low"]) <= float(row[column]) <= float(row["high"]), (table, row)


def test_what_was_observed_is_cited_and_no_input() -> None:
    cited = {row["source"] for path in TABLES for row in rows(path)}
    cited -= {"fastmarkets-2023-preview"}  # for destinations of exports, not for its price
    for row in rows(PLACE / "observed.csv"):
        assert row["source"]
        assert row["url"].startswith("http")
        assert row["grade"] in GRADES[2:]
        assert float(row["low"]) <= float(row["value"]) <= float(row["high"])
        if row["date"] >= "2023-07":
            assert row["source"] not in cited, row


def test_the_base_month_gives_back_the_figures_it_was_made_of() -> None:
    solved = xt.solve(gallium())
    flows = {
        (row["material"], row["origin"], row["destination"]): row["value"] for row in solved.table("flows")
    }
    left = {
        to: value * 12
        for (good, origin, to), value in flows.items()
        if origin == "CHN" and good == "Ga_metal"
    }
    assert sum(left.values()) == pytest.approx(94.0, rel=0.02)  # customs, 2022
    assert left["JPN"] == pytest.approx(0.514 * 94, rel=0.08)  # Fastmarkets, December 2023
    assert left["DEU"] == pytest.approx(0.352 * 94, rel=0.08)
    prices = {(row["material"], row["region"]): row["value"] / PER_TONNE for row in solved.table("prices")}
    assert prices["Ga_metal", "CHN"] == pytest.approx(240.0, rel=0.01)  # USGS, June 2023
    assert prices["Ga_metal", "DEU"] == pytest.approx(257.5, rel=0.01)  # Fastmarkets, 30 June 2023


def test_the_licence_parts_the_price_inside_from_the_price_outside() -> None:
    for case in ("gallium-2023", "no-warning", "full-ban"):
        month = "2024-05"
        calm = price(case, "DEU", "2023-06")
        assert price(case, "DEU", month) > 1.3 * calm
        assert 0.8 * 240 < price(case, "CHN", month) < 240
        assert exported(case, "2023-08") == pytest.approx(0.0, abs=1e-6)  # nothing is decided in a month
    assert price("full-ban", "DEU", "2024-05") > price("no-warning", "DEU", "2024-05")
    assert price("no-warning", "DEU", "2024-05") > price("gallium-2023", "DEU", "2024-05")


def test_a_warning_is_bought_ahead_of() -> None:
    calm = exported("no-warning", "2023-06")
    assert exported("no-warning", "2023-07") == pytest.approx(calm, rel=0.02)
    assert exported("gallium-2023", "2023-07") > 5 * calm  # too much: the page says so
    assert 0 < exported("gallium-2023", "2023-12") < calm


def test_the_page_states_what_the_runs_say() -> None:
    text = (PLACE / "README.md").read_text("utf-8")
    stated = re.findall(
        r"^\| (\d{4}-\d{2}) \| (\d+) \| (\d+) \| (?:\d+|-) \| (\d+) \| (\d+) \|", text, re.MULTILINE
    )
    assert len(stated) == 8
    for month, *numbers in stated:
        said = [
            price(case, region, month) for region in ("DEU", "CHN") for case in ("gallium-2023", "no-warning")
        ]
        assert [float(number) for number in numbers] == pytest.approx(said, abs=1.0), month


def test_the_page_states_what_was_observed() -> None:
    text = (PLACE / "README.md").read_text("utf-8")
    seen = {(row["series"], row["date"][:7]): float(row["value"]) for row in rows(PLACE / "observed.csv")}
    lines = re.findall(
        r"^\| (\d{4}-\d{2}) \| \d+ \| \d+ \| (\d+|-) \| \d+ \| \d+ \| (\d+|-) \|", text, re.MULTILINE
    )
    for month, europe, china in lines:
        for series, number in (("europe_price", europe), ("china_price", china)):
            assert (number != "-") == ((series, month) in seen), (series, month)
            if number != "-":
                assert float(number) == pytest.approx(seen[series, month], abs=0.6)


def test_check_solve_run_and_explain_from_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(PLACE)  # where `world = "world"` of the case is found
    assert call("world", "check", "world") == 0
    assert "no problem found" in capsys.readouterr().out
    assert call("solve", "world") == 0
    kept = str(tmp_path / "run")
    assert call("run", "gallium-2023.toml", "--months", "6", "--out", kept) == 0
    assert "CHN-23-2023" in capsys.readouterr().out
    asked = ("--material", "Ga_metal", "--region", "DEU", "--month", "2023-11", "--json", "-")
    assert call("explain", kept, *asked) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["kind"] == "explain"
    assert "licence rent CHN-23-2023" in json.dumps(told["data"])


def test_leverage_from_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(PLACE)
    words = ("--by", "CHN", "--on", "USA", "--case", "gallium-2023.toml", "--starts", "0", "--months", "4")
    assert call("leverage", *words, "--no-drivers", "--workers", "1", "--json", "-") == 0
    data = json.loads(capsys.readouterr().out)["data"]
    lost = {
        (row["side"], row["duration"]): row["value"] for row in data["surface"] if row["measure"] == "loss"
    }
    assert lost["on", 3] > lost["on", 1] > 0 > lost["by", 3]


@cache
def exposed() -> Exposed:
    case = xt.load_case(PLACE / "gallium-2023.toml")
    return xt.expose(PLACE / "bill.csv", PLACE / "plant.toml", [case], world=gallium(), facts=PLACE / "facts")


def test_exposure_from_facts_of_ones_own() -> None:
    data = exposure_document(exposed())["data"]
    (held,) = data["elements"]
    assert (held["element"], held["value"]) == ("Ga", pytest.approx(60.0))
    assert held["usd"] == pytest.approx(60.0 * 0.2575, rel=0.01)
    assert {row["control"] for row in data["licences"]} >= {"CHN-23-2023 (gallium-2023)"}
    assert {row["material"] for row in data["unread"]} == {"arsenic", "polypropylene box"}


def test_exposure_is_one_command_and_speaks_of_gallium(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(PLACE)
    words = ("bill.csv", "--plant", "plant.toml", "--case", "gallium-2023.toml", "--world", "world")
    made = [str(tmp_path / name) for name in ("page.html", "bill.json")]
    assert call("exposure", *words, "--facts", "facts", "--report", made[0], "--json", made[1]) == 0
    told = capsys.readouterr().out
    assert "3 lines, 1 with gallium; controls and prices as of 2023-07-10." in told
    assert "counted as without gallium: 2" in told
    assert json.loads(Path(made[1]).read_text("utf-8"))["data"] == exposure_document(exposed())["data"]
    assert "magnet" not in told
    for text in (told, Path(made[0]).read_text("utf-8")):
        assert "rare earth" not in text.casefold()


def test_the_wafer_line_stops_when_stock_and_ships_have_run_out() -> None:
    table = exposed().table
    assert table is not None
    (scene,) = table.scenes
    ran = scene.run()
    stopped = ran.stop < 52
    assert stopped.mean() > 0.9
    assert 3 + 8 <= int(sorted(ran.stop)[len(ran.stop) // 2]) <= 3 + 8 + 6  # force, stock, goods under way


def test_the_shipped_facts_do_not_know_gallium(tmp_path: Path) -> None:
    known = xt.expose(PLACE / "bill.csv", world=gallium(), at="2023-07-10")
    assert not known.groups  # nothing is read as held; the page says what to do
    bill = tmp_path / "bill.csv"
    bill.write_text("part,material,contents,mass\nGA-1,gallium metal,Ga 100 %,60\n", "utf-8")
    with pytest.raises(InputProblems, match="Ga 100 %"):
        xt.expose(bill, world=gallium(), at="2023-07-10")
