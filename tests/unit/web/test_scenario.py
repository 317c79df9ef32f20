"""The scenario page: what it says is what is run, and its address says it too."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import numpy as np
import pytest
from starlette.datastructures import FormData

from unit.dynamics.dynamic_worlds import floating
from unit.run_worlds import case_of as written
from unit.web.benches import visitor
from unit.web.test_jobs import begin
from xenotime.policy.case import load_case
from xenotime.web.asked_case import case_of
from xenotime.web.pages.scenario import edits_of
from xenotime.web.tasks.scenario import Watch, moved, wanted
from xenotime.web.worker import Task

ON = {"control.0.shown": "1", "control.0.on": "1", "control.1.shown": "1", "control.1.on": "1"}


def request_of(client: Any, name: str) -> dict[str, Any]:
    return dict(client.get(f"/api/jobs/{name}").json()["request"])


def test_a_form_sent_as_it_stands_changes_nothing(tmp_path: Path) -> None:
    from html.parser import HTMLParser

    class Fields(HTMLParser):
        said: dict[str, str]

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = dict(attrs)
            if (
                tag == "input"
                and given.get("name")
                and (given.get("type") != "checkbox" or "checked" in given)
            ):
                self.said[str(given["name"])] = given.get("value") or ""

    client = visitor(tmp_path)
    for case in ("april-2025", "mp-floor", "quota-2010", "fast-permits"):
        form = Fields()
        form.said = {}
        form.feed(client.get("/scenario", params={"case": case}).text)
        assert form.said["case"] == case
        name = begin(client, **form.said)
        assert request_of(client, name)["edits"] == {}


def test_what_is_changed_is_what_is_run(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    more = {"control.0.until": "2025-11", "control.0.approval_odds": "0.5", "months": "7", "draws": "3"}
    left = {name: value for name, value in ON.items() if name != "control.1.on"}
    request = request_of(client, begin(client, **left, **more))
    assert request["months"] == 7
    assert request["draws"] == 3
    made = case_of(request)
    (control,) = made.data.control
    assert (control.until, control.approval_odds) == ("2025-11", 0.5)
    assert control.announced == load_case("april-2025").data.control[0].announced


def test_an_empty_field_takes_the_date_away() -> None:
    case = load_case("april-2025")
    said = {"control.0.shown": "1", "control.0.on": "1", "control.0.announced": ""}
    edits = edits_of(case, FormData(said))
    assert edits == {"control.0.announced": None}
    assert case_of({"case": case.name, "edits": edits}).data.control[0].announced == ""


@pytest.mark.parametrize(
    ("field", "value"),
    [("control.0.until", "soon"), ("control.0.approval_odds", "7"), ("control.0.service_rate", "a lot")],
)
def test_what_cannot_be_is_told_with_its_place_and_nothing_is_begun(
    tmp_path: Path, field: str, value: str
) -> None:
    client = visitor(tmp_path)
    answer = client.post(
        "/scenario", data={"case": "april-2025", **ON, field: value}, headers={"accept": "text/html"}
    )
    assert answer.status_code == 422
    assert field.rpartition(".")[2] in answer.text
    assert "is still there" in answer.text
    assert client.get("/api/jobs").json() == []


@pytest.mark.parametrize(
    ("field", "value"), [("months", "0"), ("months", "1.5"), ("draws", "-1"), ("draws", "9999")]
)
def test_numbers_out_of_their_range_are_told(tmp_path: Path, field: str, value: str) -> None:
    answer = visitor(tmp_path).post("/scenario", data={"case": "april-2025", field: value})
    assert answer.status_code == 422
    assert field in answer.text


def test_no_case_of_this_name(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    assert client.get("/scenario", params={"case": "../../etc"}).status_code == 404
    assert client.post("/scenario", data={"case": "nowhere"}).status_code == 404


def test_the_address_says_what_the_form_says(tmp_path: Path) -> None:
    said = {"case": "april-2025", "control.0.shown": "1", "control.0.until": "2025-12", "months": "9"}
    page = visitor(tmp_path).get(f"/scenario?{urlencode(said)}").text
    assert 'name="control.0.until" value="2025-12"' in page
    assert 'value="9"' in page
    assert 'name="control.0.on" value="1">' in page  # shown and not on: the box is empty
    assert 'name="control.1.on" value="1" checked="">' in page


def test_prices_are_told_while_months_are_made(tmp_path: Path) -> None:
    import json

    from xenotime.runs import run_case

    case = written(tmp_path)
    task = Task(tmp_path, "scenario", {}, {})
    world = floating()
    watch = Watch(task, wanted(case, world))
    done = run_case(world, case, seen=watch.see)
    partial = json.loads((tmp_path / "partial.json").read_text())
    assert partial["months"] == list(done.trajectory.labels())
    row = partial["prices"][0]
    prices = done.price.sel(material=row["material"], region=row["region"])
    assert row["value"] == pytest.approx(list(np.asarray(prices / prices[0])), rel=1e-6)
    assert max(row["value"]) > 1


def test_the_price_that_moves_most_comes_first() -> None:
    rows = moved(
        {("a", "X"): [1.0, 2.0], ("a", "Y"): [1.0, 9.0], ("b", "X"): [4.0, 1.0], ("c", "X"): [1.0, 1.0]}, 2
    )
    assert [(row["material"], row["region"]) for row in rows] == [("a", "Y"), ("b", "X")]
    assert rows[1]["value"] == [1.0, 0.25]


def test_entries_of_other_cases_are_added_and_can_be_changed(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    page = client.get("/scenario", params={"case": "april-2025", "add": "mp-floor"}).text
    assert "usa-mp-floor: price floor" in page
    more = {"lever.0.shown": "1", "lever.0.on": "1", "lever.0.price": "90"}
    made = case_of(request_of(client, begin(client, add="mp-floor", **ON, **more)))
    assert made.data.lever[0].price == 90
    assert {row.lever for row in made.data.lever} == {row.lever for row in load_case("mp-floor").data.lever}
    assert made.data.control == load_case("april-2025").data.control
    assert client.get("/scenario", params={"add": "nowhere"}).status_code == 404


def test_the_file_is_the_case_the_form_says(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    said = {"case": "april-2025", **ON, "control.0.until": "2025-09"}
    text = client.get("/scenario/case.toml", params=said).text
    made = case_of(request_of(client, begin(client, own=text)))
    assert made.data.control[0].until == "2025-09"
    assert made.data.control[1] == load_case("april-2025").data.control[1]


@pytest.mark.parametrize("world", ["/etc", "../../etc", ".", "C:/worlds/mine", ""])
def test_no_case_of_ones_own_names_a_path(tmp_path: Path, world: str) -> None:
    client = visitor(tmp_path)
    text = f'title = "t"\nquestion = "q"\nworld = "{world}"\n'
    answer = client.post("/scenario", data={"own": text}, headers={"accept": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["code"] == "not-a-shipped-world"


def test_a_case_of_ones_own_is_read_as_strictly_as_a_file(tmp_path: Path) -> None:
    text = 'title = "t"\nquestion = "q"\nmonhts = 3\n'
    answer = visitor(tmp_path).post("/scenario", data={"own": text}, headers={"accept": "application/json"})
    (fault,) = answer.json()["detail"]
    assert (fault["code"], fault["row"]) == ("unknown-key", 3)
    assert "months" in fault["remedy"]


def test_a_scenario_opens_again_as_it_was_asked(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    changed = {"control.0.until": "2025-11", "control.0.announced": "", "months": "7", "add": "mp-floor"}
    left = {name: value for name, value in ON.items() if name != "control.1.on"}
    name = begin(
        client, **left, **changed, **{"lever.1.shown": "1", "lever.1.on": "1", "lever.1.amount": "1e6"}
    )
    page = client.get("/scenario", params={"again": name}).text
    fields = {
        "lever.1.amount": "1000000",
        "control.0.until": "2025-11",
        "control.0.announced": "",
        "months": "7",
    }
    for field, value in fields.items():
        assert f'name="{field}" value="{value}"' in page
    assert 'name="control.1.on" value="1">' in page
    assert 'name="control.0.on" value="1" checked="">' in page
    assert 'name="lever.0.on" value="1" checked="">' in page
    assert client.get("/scenario", params={"again": "0" * 32}).status_code == 404
