"""The numbers in the price pictures are the numbers of the table."""

from __future__ import annotations

from typing import Any

import pytest

from invented_run import HOSTILE, small_run
from xenotime.figures import Labels, Mark, inside_regions, price_overview, price_paths, price_peaks, style


def _data(name: str = "Xanium oxide") -> tuple[dict[str, Any], Labels]:
    data = small_run(name)["data"]
    return data, Labels.of(data["materials"], data["regions"])


def _trace(figure: Any, **meta: str) -> Any:
    found = [trace for trace in figure.data if trace.meta and meta.items() <= dict(trace.meta).items()]
    assert len(found) == 1, meta
    return found[0]


def _paths(material: str = "Xa_oxide") -> Any:
    data, labels = _data()
    return price_paths(
        data["prices"], material, inside={"AAA"}, labels=labels, marks=(Mark("2031-02", "in force"),)
    )


@pytest.fixture(autouse=True, params=[True, False], ids=["checked", "quick"])
def checked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every picture is drawn with Plotly's checks of its properties, and as it is drawn for users."""
    monkeypatch.setattr(style, "CHECKED", request.param)


@pytest.mark.parametrize(("region", "values"), [("AAA", (1000.0, 900.0)), ("BBB", (1100.0, 2750.0))])
def test_paths_carry_the_values_of_the_table(region: str, values: tuple[float, float]) -> None:
    trace = _trace(_paths(), region=region, column="value")
    assert tuple(trace.y) == values
    assert tuple(trace.x) == ("2031-01", "2031-02")


def test_all_other_regions_are_one_trace_with_gaps_between_them() -> None:
    data, _ = _data()
    row = next(row for row in data["prices"] if (row["material"], row["region"]) == ("Xa_oxide", "CCC"))
    data["prices"] += [
        {**row, "region": "DDD", "month": month, "value": 7.0} for month in ("2031-01", "2031-02")
    ]
    labels = Labels.of(data["materials"], data["regions"])
    figure = price_paths(data["prices"], "Xa_oxide", inside={"AAA"}, labels=labels)
    (others,) = [trace for trace in figure.data if trace.name == "other regions"]
    assert others.meta["cells"] == [["CCC", "spot"], ["DDD", "spot"]]
    assert tuple(others.y) == (1200.0, 9600.0, None, 7.0, 7.0, None)
    assert tuple(others.x) == ("2031-01", "2031-02", None) * 2
    assert tuple(others.text) == ("Gammaland",) * 3 + ("DDD",) * 3


def test_baseline_is_dashed_and_carries_the_baseline() -> None:
    trace = _trace(_paths(), region="BBB", column="baseline")
    assert tuple(trace.y) == (1100.0, 1100.0)
    assert trace.line.dash == "dash"


def test_the_region_with_most_volume_is_the_bold_one_on_each_side() -> None:
    names = {trace.name for trace in _paths().data}
    assert {"outside: Betaland", "inside: Alphaland"} <= names


def test_a_price_with_hardly_any_volume_is_marked_hollow_and_labelled() -> None:
    data, labels = _data()
    data["prices"] = [row for row in data["prices"] if row["region"] != "BBB"]
    figure = price_paths(data["prices"], "Xa_oxide", inside={"AAA"}, labels=labels)
    thin = _trace(figure, region="CCC", column="thin")
    assert tuple(thin.x) == ("2031-02",)
    assert tuple(thin.y) == (9600.0,)
    assert tuple(thin.text) == ("only 0.500",)
    assert thin.marker.color == "#ffffff"


def test_an_undetermined_price_is_a_bar_and_never_a_point_on_the_line() -> None:
    figure = _paths("Magnet_1")
    assert tuple(_trace(figure, region="BBB", column="value").y) == (60.0, None)
    bar = _trace(figure, region="BBB", column="open")
    low, high = bar.y[0] - bar.error_y.arrayminus[0], bar.y[0] + bar.error_y.array[0]
    assert (low, high) == (60.0, 90.0)


def test_axis_names_unit_and_scale() -> None:
    axis = _paths().layout.yaxis
    assert axis.title.text == "price, USD/t (log scale)"
    assert axis.type == "log"


def test_a_month_with_a_change_of_control_is_marked() -> None:
    figure = _paths()
    assert [shape.x0 for shape in figure.layout.shapes] == ["2031-02"]
    assert "in force" in [note.text for note in figure.layout.annotations]


def test_title_says_the_finding_with_its_numbers() -> None:
    title = _paths().layout.title.text.replace("<br>", " ")
    assert "Betaland +150\u00a0% (2,750 USD/t in 2031-02)" in title
    assert "Alphaland −10\u00a0% (900 USD/t in 2031-02)" in title


def test_thin_prices_are_no_finding() -> None:
    data, _ = _data()
    peaks = price_peaks(data["prices"])
    assert [(peak.region, peak.value) for peak in peaks if peak.material == "Xa_oxide"] == [
        ("BBB", 2750.0),
        ("AAA", 900.0),
        ("CCC", 1200.0),
    ]


def test_a_price_that_was_rounding_before_is_no_multiple() -> None:
    data, _ = _data()
    rows = [
        {**row, "baseline": 7e-28 if row["region"] == "BBB" else row["baseline"]} for row in data["prices"]
    ]
    assert [peak.region for peak in price_peaks(rows) if peak.material == "Xa_oxide"] == ["AAA", "CCC"]


def test_overview_shows_both_sides_of_each_material_that_moves() -> None:
    data, labels = _data()
    figure = price_overview(data["prices"], inside={"AAA"}, labels=labels)
    dots = {trace.name: trace for trace in figure.data if trace.mode == "markers"}
    assert tuple(dots["outside"].x) == (150.0,)
    assert tuple(round(x, 9) for x in dots["inside the controlled market"].x) == (-10.0,)
    assert figure.layout.title.text.startswith("1 of 2 materials change in price")


def test_a_material_without_prices_says_so() -> None:
    data, labels = _data()
    assert (
        "no price in this run"
        in price_paths(data["prices"], "none", inside=(), labels=labels).layout.title.text
    )


def test_names_from_data_can_not_become_markup() -> None:
    data, labels = _data(HOSTILE)
    figure = price_paths(data["prices"], "Xa_oxide", inside={"AAA"}, labels=labels)
    assert "<script" not in figure.layout.title.text
    assert "&lt;script&gt;" in figure.layout.title.text


@pytest.mark.parametrize(
    ("control", "expected"),
    [
        ({"instrument": "ban", "origin": "AAA", "destination": "BBB"}, {"AAA"}),
        ({"instrument": "tariff", "origin": "AAA", "destination": "BBB"}, {"BBB"}),
        ({"instrument": "ban", "origin": "", "destination": ""}, set()),
    ],
)
def test_the_fenced_market_is_at_the_exit_of_a_ban_and_the_entrance_of_a_tariff(
    control: dict[str, str], expected: set[str]
) -> None:
    assert inside_regions([control]) == expected
