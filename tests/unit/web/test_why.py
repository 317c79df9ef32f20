"""Any number asked why."""

from __future__ import annotations

from pathlib import Path

import pytest

from invented_run import HOSTILE, small_run
from unit.web.benches import desk_of, finished, same_bench, visitor
from unit.web.test_jobs import begin
from xenotime.facts.table import TABLES
from xenotime.report.answer import leading
from xenotime.report.findings import find
from xenotime.web.pages.why import docstring_of, place_of, topics


@pytest.mark.parametrize("topic", sorted(topics()))
def test_a_topic_names_functions_and_facts_that_are_there(topic: str) -> None:
    row = topics()[topic]
    assert row["says"].endswith(".")
    for name in row.get("functions", ()):
        assert docstring_of(name), f"{topic}: {name} says nothing of itself"
    assert set(row.get("tables", ())) <= set(TABLES)


def test_an_answer_names_the_number_its_equation_and_its_facts(tmp_path: Path) -> None:
    asked = {"topic": "prices", "number": "1,740,000", "column": "with", "cell.material": HOSTILE}
    text = visitor(tmp_path).get("/why", params=asked).text
    assert "1,740,000" in text
    assert "xenotime.market.clearing.Clearing.price" in text
    assert "dual" in text
    assert "/trust/facts?table=prices" in text
    assert HOSTILE not in text


def test_a_number_nothing_is_known_of_is_not_made_up(tmp_path: Path) -> None:
    assert "its rows are in the data" in visitor(tmp_path).get("/why", params={"topic": "x"}).text


def test_a_tile_and_a_row_name_the_price_they_show() -> None:
    data = small_run()["data"]
    found = find(data)
    outside = leading(found)[0]
    assert outside is not None
    place = place_of({"key": "price-outside"}, data)
    assert place is not None
    assert (place.material, place.region, place.month) == (outside.material, outside.region, outside.month)
    row = {
        "cell.material": found.labels.material(outside.material),
        "cell.outside: where, when": f"{found.labels.region(outside.region)}, {outside.month}",
    }
    assert place_of(row, data) == place
    assert place_of({"cell.material": "nothing of ours"}, data) is None


def test_nobody_asks_of_another_visitors_job(tmp_path: Path) -> None:
    one = visitor(tmp_path)
    name = begin(one)
    finished(one, name, small_run())
    asked = {"topic": "key-numbers", "key": "price-outside", "job": name}
    assert "no run to explain" in one.get("/why", params=asked).text
    assert same_bench(one).get("/why", params=asked).status_code == 404
    assert one.get(f"/jobs/{name}/price", params={"material": "a"}).status_code == 422


def test_two_scenarios_side_by_side(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    first, second = begin(client), begin(client, months="3")
    changed = small_run()
    row = next(row for row in changed["data"]["prices"] if row["value"])
    row["value"] *= 2
    changed["fingerprint"] = "another"
    finished(client, first, small_run())
    finished(client, second, changed)
    page = client.get(f"/jobs/{first}/compare", params={"beside": second}).text
    assert "What came out" in page
    assert "+" in page
    assert "Nothing differs." in client.get(f"/jobs/{first}/compare", params={"beside": first}).text
    (desk_of(client).shelf.folder(desk_of(client).job(*_names(client, second))) / "run").mkdir()
    assert "Set beside" in client.get(f"/jobs/{first}").text


def _names(client, name: str) -> tuple[str, str]:  # type: ignore[no-untyped-def]
    (job,) = [job for job in desk_of(client).shelf.everyone() if job.job == name]
    return job.owner, job.job
