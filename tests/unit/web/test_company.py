"""My company: rows and files say the same, nothing that was typed or brought is lost, each fault is told."""

from __future__ import annotations

import csv
import io
import json
import os
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from openpyxl import Workbook

from invented_run import HOSTILE
from unit.report import invented_exposure
from unit.web.benches import SMALL, desk_of, finished, same_bench, visitor
from unit.web.forms import Form
from xenotime.errors import InputProblems
from xenotime.exposure.columns import template as bill_template
from xenotime.exposure.plant_file import example, example_names, load_plants, parse_plants, template
from xenotime.report.short import render_brief
from xenotime.web.drafts import KEPT, LONGEST, Drafts
from xenotime.web.example_cases import beside_examples, case_of
from xenotime.web.jobs import Job, new_identifier, read_json
from xenotime.web.pages.company import next_case
from xenotime.web.pages.plant_rows import has_plants, plants_text, said_of
from xenotime.web.pages.results import to_csv
from xenotime.web.tasks.company import as_named
from xenotime.web.tasks.stages import Stages
from xenotime.web.worker import Task, work_on

PAGE = {"accept": "text/html"}
EVERYTHING = """
title = "All there is"
today = "2025-02-03"
weeks = 26
sector = "wind"
budget = 1500.5
[[plant]]
plant = "A"
region = "DEU"
sector = "ev_traction"
[[plant]]
plant = "B"
region = "JPN"
[[line]]
line = "l1"
product = "p, with = signs"
plant = "A"
units_per_week = 0.1
revenue_per_unit = 1e9
margin_per_unit = 0
catch_up = 0.25
cancelled_per_month = 0.05
[[stock]]
part = "MAG"
plant = "B"
pieces = 123456789.5
[[stock]]
part = "0042"
weeks = 0
[[transit]]
part = "MAG"
pieces = 7
arrives = "2025-03-01"
licence = "waiting"
[[supply]]
part = "MAG"
country = "CHN"
share = 0.75
contract = "spot"
licence = "not needed"
delivery_weeks = 2.5
transit_weeks = 6
[[option]]
action = "redesign"
possible = false
[[option]]
action = "safety_stock"
lead_weeks = 3
share = 0.5
weeks = 8
odds = 0.9
premium = -0.1
one_off = 1000
country = "JPN"
"""
FILES = {
    name: (folder / "plants.toml").read_text("utf-8") for name in example_names() if (folder := example(name))
}
FILES |= {"template": template(), "everything": EVERYTHING}


def send(client: TestClient, said: dict[str, Any], **files: tuple[str, bytes]) -> Response:
    return client.post(
        "/company",
        data=said,
        files=files or {"none": ("", b"")},  # a form with files is sent in parts, also where none was chosen
        headers=PAGE,
        follow_redirects=False,
    )


def begun(client: TestClient, said: dict[str, Any], **files: tuple[str, bytes]) -> Job:
    answer = send(client, said, **files)
    assert answer.status_code == 303, answer.text
    name = answer.headers["location"].rpartition("/")[2]
    (job,) = [one for one in desk_of(client).shelf.everyone() if one.job == name]
    return job


def form_of(client: TestClient, path: str) -> Form:
    answer = client.get(path)
    assert answer.status_code == 200
    return Form(answer.text, "company")


@pytest.mark.parametrize("name", FILES)
def test_rows_hold_all_that_a_file_of_plants_says(name: str) -> None:
    plants = parse_plants(FILES[name], "plants.toml")
    assert parse_plants(plants_text(said_of(plants)), "again") == plants


@pytest.mark.parametrize("name", example_names())
def test_an_example_sent_as_it_stands_is_the_example(tmp_path: Path, name: str) -> None:
    client = visitor(tmp_path)
    form = form_of(client, f"/company?example={name}")
    job = begun(client, form.said())
    folder, shipped = desk_of(client).shelf.folder(job), example(name)
    assert shipped is not None
    assert load_plants(folder / "plants.toml") == load_plants(shipped / "plants.toml")
    assert (folder / "bill.csv").read_bytes() == (shipped / "bill.csv").read_bytes()
    assert job.request == {"cases": next_case(load_plants(shipped / "plants.toml")), "draws": 0, "at": ""}
    assert job.request["cases"]


def test_every_field_has_a_label_and_an_address_says_what_it_says(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    assert form_of(client, "/company").unlabelled == []
    said = {"bill_from": "example:motor-maker", "stock.4.part": "<b>", "case": "full-embargo", "draws": "3"}
    form = Form(client.get("/company", params=said).text, "company").said()
    assert form["stock.0.part"] == ["<b>"]  # rows are numbered anew
    assert (form["case"], form["draws"]) == (["full-embargo"], ["3"])
    assert form["bill_from"] == ["example:motor-maker"]


def test_all_faults_of_the_rows_are_told_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    said = {
        "today": "soon",
        "plant.0.plant": "S",
        "line.0.line": HOSTILE,
        "line.0.units_per_week": "many",
        "stock.7.part": "A",
        "stock.7.weeks": "1",
        "stock.7.pieces": "2",
        "draws": "1.5",
        "at": "someday",
        "case": "april-2052",
    }
    answer = send(client, said, bill=("<b>mine.csv", b"part,material\nA,steel\n"))
    assert answer.status_code == 422
    assert HOSTILE not in answer.text
    for place in (
        "plant row 1, region",
        "line row 1, units_per_week",
        "line row 1, product",
        "draws",
        "at",
        "case",
    ):
        assert place in answer.text
    assert "fill it in" in answer.text
    form = Form(answer.text, "company").said()
    assert form["line.0.line"] == [HOSTILE]
    assert form["line.0.units_per_week"] == ["many"]
    assert form["stock.0.pieces"] == ["2"]
    assert form["bill_from"] == ["draft"]
    assert client.get("/api/jobs").json() == []
    mended = {
        **form,
        "today": "2025-02-03",
        "plant.0.region": "DEU",
        "line.0.line": "L",
        "line.0.product": "P",
        "line.0.units_per_week": "3",
        "line.0.revenue_per_unit": "2",
        "line.0.margin_per_unit": "1",
        "stock.0.pieces": "",
        "draws": "2",
        "at": "2025-10",
        "case": ["april-2025", "motor-maker/feared-stop"],
    }
    job = begun(client, mended)
    folder = desk_of(client).shelf.folder(job)
    assert (folder / "bill.csv").read_bytes() == b"part,material\nA,steel\n"
    assert load_plants(folder / "plants.toml").stock[0].weeks == 1
    assert job.request == {"cases": ["april-2025", "motor-maker/feared-stop"], "draws": 2, "at": "2025-10"}
    assert job.files["bill"] == "<b>mine.csv"
    assert not list((tmp_path / "drafts").glob("*/*"))  # a draft goes when its job begins
    assert {path.name for path in folder.iterdir()} == {"bill.csv", "plants.toml", "job.json"}


def test_days_and_measures_that_cannot_be_are_told(tmp_path: Path) -> None:
    said = {
        "today": "2025-02-31",
        "plant.0.plant": "S",
        "plant.0.region": "DEU",
        "line.0.line": "L",
        "line.0.product": "P",
        "line.0.units_per_week": "3",
        "line.0.revenue_per_unit": "2",
        "line.0.margin_per_unit": "1",
        "stock.0.part": "A",
    }
    with pytest.raises(InputProblems) as caught:
        plants_text(said)
    assert {problem.code for problem in caught.value.problems} == {"bad-day", "stock-measure"}
    assert all(problem.row is None for problem in caught.value.problems)  # of a text that nobody sees
    assert not has_plants({"title": "x", "supply.0.licence": "individual", "nonsense.0.part": "A"})


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, "no bill"),
        ({"bill_from": "draft", "draft": "0" * 32}, "no bill"),
        ({"bill_from": "example:../../etc"}, "no bill"),
        (
            {"bill_from": "example:motor-maker", "stock.0.part": "A", "stock.0.weeks": "1"},
            "plants and no case",
        ),
    ],
)
def test_what_is_missing_is_told(tmp_path: Path, said: dict[str, str], expected: str) -> None:
    client = visitor(tmp_path)
    answer = send(client, said)
    assert answer.status_code == 422
    assert expected in answer.text
    assert client.get("/api/jobs").json() == []


def test_more_rows_can_be_had_without_a_script(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    said = {**form_of(client, "/company?example=motor-maker").said(), "line.1.line": "half of a row"}
    before = len([name for name in said if name.startswith("stock.") and name.endswith(".part")])
    answer = send(client, {**said, "more": "stock"}, bill=("mine.csv", b"part,material\n"))
    assert answer.status_code == 200
    form = Form(answer.text, "company").said()
    assert len([name for name in form if name.startswith("stock.") and name.endswith(".part")]) > before
    assert form["line.1.line"] == ["half of a row"]
    assert form["bill_from"] == ["draft"]
    assert "mine.csv, as you sent it" in answer.text


def test_a_file_of_plants_takes_the_place_of_the_rows(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    said = {
        "bill_from": "example:motor-maker",
        "stock.0.part": "OLD",
        "stock.0.weeks": "1",
        "case": "april-2025",
    }
    shown = send(client, {**said, "more": "file"}, plants=("p.toml", EVERYTHING.encode()))
    assert shown.status_code == 200
    form = Form(shown.text, "company").said()
    assert (form["stock.0.part"], form["stock.1.part"], form["budget"]) == (["MAG"], ["0042"], ["1500.5"])
    assert form["option.0.possible"] == ["no"]
    job = begun(client, said, plants=("p.toml", EVERYTHING.encode()))
    kept = load_plants(desk_of(client).shelf.folder(job) / "plants.toml")
    assert kept == parse_plants(EVERYTHING, "p.toml")
    assert job.title == "All there is"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'[[plant]]\nplant = "S"\nregoin = "DEU"\n[[line]]\n', ("regoin", "did you mean", "product")),
        (b"\xff\xfe", ("UTF-8",)),
        (b"# " + b"x" * SMALL.file, ("at most 1 KiB",)),
        (b"a = ", ("a TOML file",)),
    ],
)
def test_faults_of_a_file_of_plants_are_told_with_its_name(
    tmp_path: Path, data: bytes, said: tuple[str, ...]
) -> None:
    client = visitor(tmp_path, limits=replace(SMALL, bill=1 << 20))
    answer = send(client, {"bill_from": "example:motor-maker", "stock.0.part": "A"}, plants=(HOSTILE, data))
    assert answer.status_code == 422
    assert HOSTILE not in answer.text
    for part in said:
        assert part in answer.text
    assert Form(answer.text, "company").said()["stock.0.part"] == ["A"]


def test_a_question_can_be_asked_again_by_who_asked_it(tmp_path: Path) -> None:
    one = visitor(tmp_path)
    said = {**form_of(one, "/company?example=motor-maker").said(), "bill_from": ""}
    first = begun(one, said, bill=("drives.csv", b"part,material\nMAG-A,NdFeB\n"))
    page = one.get(f"/company?again={first.job}").text
    assert "drives.csv, of the question before" in page
    form = Form(page, "company").said()
    assert form["bill_from"] == ["job"]
    assert form["stock.3.weeks"] == ["8"]
    assert form["case"] == ["april-2025"]
    again = begun(one, {**form, "stock.3.weeks": "26"})
    shelf = desk_of(one).shelf
    assert (shelf.folder(again) / "bill.csv").read_bytes() == (shelf.folder(first) / "bill.csv").read_bytes()
    assert load_plants(shelf.folder(again) / "plants.toml").stock[3].weeks == 26
    assert again.files["bill"] == "drives.csv"
    other = same_bench(one)
    assert other.get(f"/company?again={first.job}").status_code == 404
    assert send(other, form).status_code == 404
    one.delete(f"/api/jobs/{first.job}")
    assert one.get(f"/company?again={first.job}").status_code == 404


def test_a_job_of_another_page_is_no_question_of_this_one(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    answer = client.post("/scenario", data={"case": "april-2025"}, follow_redirects=False)
    name = answer.headers["location"].rpartition("/")[2]
    assert client.get(f"/company?again={name}").status_code == 404
    assert client.get("/company?example=nobody").status_code == 404


def test_an_excel_file_keeps_its_ending_and_no_name_of_a_visitor_touches_the_disk(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    job = begun(client, {}, bill=("../../etc/My Bill.XLSX", b"PK"))
    folder = desk_of(client).shelf.folder(job)
    assert sorted(path.name for path in folder.iterdir()) == ["bill.xlsx", "job.json"]
    assert (job.files["bill"], job.title) == ("My Bill.XLSX", "My Bill.XLSX")


def test_templates_are_what_the_readers_read(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    assert client.get("/company/template.csv").text == bill_template()
    assert client.get("/company/plants.toml").text == template()


def test_drafts_are_their_owners_few_and_soon_gone(tmp_path: Path) -> None:
    drafts, owner = Drafts(tmp_path), new_identifier()
    made = []
    for number in range(KEPT + 2):
        made.append(drafts.keep(owner, {"bill.csv": ("theirs.csv", b"%d" % number)}))
        os.utime(tmp_path / owner / made[-1], (number + time.time() - 100,) * 2)
    assert len(list((tmp_path / owner).iterdir())) == KEPT
    assert drafts.take(owner, made[-1]) == {"bill.csv": ("theirs.csv", b"%d" % (KEPT + 1))}
    assert drafts.take(owner, made[0]) == {}
    assert drafts.take(new_identifier(), made[-1]) == {}
    assert drafts.take(owner, "../x") == drafts.take("..", made[-1]) == {}
    assert drafts.keep(owner, {}) == ""
    for name in made[-KEPT:]:
        if (tmp_path / owner / name).exists():
            os.utime(tmp_path / owner / name, (time.time() - LONGEST - 9,) * 2)
    last = drafts.keep(owner, {"bill.csv": ("x", b"")})
    assert [path.name for path in (tmp_path / owner).iterdir()] == [last]
    drafts.drop(owner, last)
    assert drafts.take(owner, last) == {}


def test_cases_of_examples_can_be_asked() -> None:
    assert "motor-maker/feared-stop" in beside_examples()
    assert case_of("motor-maker/feared-stop").data.control
    assert case_of("april-2025").name == "april-2025"
    with pytest.raises(InputProblems):
        case_of("motor-maker/../plants")


def test_stages_are_one_progress(tmp_path: Path) -> None:
    task = Task(tmp_path, "exposure", {}, {})
    stages, seen = Stages(task, 2), []
    for done in (0, 1, 2, 3, 0, 1, 3):
        task.told = 0.0
        stages.tell(done, 4, "a month")
        seen.append(read_json(tmp_path / "progress.json")["done"])
    assert seen == sorted(seen)
    assert seen[-1] <= read_json(tmp_path / "progress.json")["total"] == 8


def test_a_bill_alone_is_answered_as_the_command_does(tmp_path: Path) -> None:
    from xenotime.company_study import expose
    from xenotime.report.exposed import exposure_document

    client = visitor(tmp_path)
    job = begun(client, {"at": "2025-10-20"}, bill=("mine.csv", bill_template().encode()))
    folder = desk_of(client).shelf.folder(job)
    work_on(folder)
    assert read_json(folder / "outcome.json") == {"state": "done", "problems": [], "message": ""}
    document = read_json(folder / "document.json")
    expected = as_named(exposure_document(expose(folder / "bill.csv", at="2025-10-20")), "mine.csv")
    assert document == json.loads(json.dumps(expected))
    assert document["data"]["title"] == document["data"]["bill"]["file"] == "mine.csv"
    assert "bill.csv" not in client.get(f"/jobs/{job.job}").text


def test_a_malformed_bill_shows_every_row_with_its_remedy(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("part", "material", "quantity", "mass"), ("A", "NdFeB", "two", -1), ("", "steel", 1, 2)):
        sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    job = begun(client, {"case": "april-2025"}, bill=("mine.xlsx", data.getvalue()))
    desk = desk_of(client)
    work_on(desk.shelf.folder(job))
    outcome = read_json(desk.shelf.folder(job) / "outcome.json")
    assert {(row["code"], row["row"]) for row in outcome["problems"]} == {
        ("bad-number", 2),
        ("required-blank", 3),
    }
    assert {row["file"] for row in outcome["problems"]} == {"mine.xlsx"}
    desk.shelf.save(replace(job, state="failed", problems=tuple(outcome["problems"])))
    page = client.get(f"/jobs/{job.job}").text
    assert "no marks between thousands" in page
    assert f'href="/company?again={job.job}"' in page
    assert Form(client.get(f"/company?again={job.job}").text, "company").said()["case"] == ["april-2025"]


def test_everything_can_be_taken_away_at_once(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    job = begun(client, {}, bill=("mine.csv", b"part,material\n"))
    assert client.get(f"/api/jobs/{job.job}/all.zip").status_code == 404
    document = json.loads(json.dumps(invented_exposure.document()))
    document["data"]["goods"][0]["good"] = "=cmd()"
    finished(client, job.job, document)
    page = client.get(f"/jobs/{job.job}").text
    assert "Change stock, plants or cases and ask again" in page
    data = client.get(f"/api/jobs/{job.job}/all.zip").content
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        names = set(packed.namelist())
        assert json.loads(packed.read("document.json")) == document
        assert packed.read("brief.html").decode() == render_brief(document)
        assert packed.read("brief.html").decode() == client.get(f"/api/jobs/{job.job}/brief.html").text
        assert packed.read("report.html").decode() == client.get(f"/api/jobs/{job.job}/report.html").text
        assert packed.read("tables/stops.csv").decode() == to_csv(document["data"]["stops"])
        goods = list(csv.DictReader(io.StringIO(packed.read("tables/goods.csv").decode())))
    assert goods[0]["good"] == "'=cmd()"
    assert {"tables/elements.csv", "tables/actions.csv"} <= names
    assert client.get(f"/api/jobs/{job.job}/all.zip").content == data
    assert same_bench(client).get(f"/api/jobs/{job.job}/all.zip").status_code == 404
