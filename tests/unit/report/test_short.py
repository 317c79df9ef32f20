"""A brief: what it says is the document's, it asks for no address, and it stays short."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

import xenotime as xt
from invented_run import HOSTILE, small_run
from unit import test_plan_study
from unit.choice.menus import WHOLE
from unit.dynamics.project_worlds import pits
from unit.report import invented_ensemble, invented_exposure, test_bargained, test_leveraged
from unit.test_project_study import PLAN, case_of
from xenotime.choice.menu_file import shipped_menu
from xenotime.cli import app, guarded
from xenotime.errors import InputProblems
from xenotime.figures.style import money_text, number_text, percent_text
from xenotime.project_study import Wanted, value_project
from xenotime.report.answer import answer
from xenotime.report.ensembled import with_bands
from xenotime.report.envelope import to_json
from xenotime.report.exposed import exposure_document
from xenotime.report.planned import plan_document
from xenotime.report.projected import project_document
from xenotime.report.short import (
    LISTED,
    MAKERS,
    PICTURES,
    SENTENCES,
    TALLEST,
    WARNED,
    make_brief,
    read_document,
    render_brief,
)
from xenotime.report.short_company import worst_stop
from xenotime.report.short_sources import cite, each_once

Document = dict[str, Any]
LAW = "osenc-magnet-2025-mofcom-gacc-announcement-no"


@cache
def project() -> Document:
    """A small project with its supports."""
    folder = Path(mkdtemp())
    (folder / "plan.toml").write_text(PLAN, "utf-8")
    world = pits(planned_start="2025-03")
    return project_document(value_project(folder / "plan.toml", [case_of(folder)], world, Wanted(lucks=20)))


@cache
def packages() -> Document:
    """Packages of a small world."""
    return plan_document(test_plan_study.planned(WHOLE, 950, Path(mkdtemp())))


def run_with_bands() -> Document:
    """A run with invented draws beside it."""
    return with_bands(small_run(), invented_ensemble.document())


KINDS: dict[str, Callable[[], Document]] = {
    "run": small_run,
    "run with bands": run_with_bands,
    "ensemble": invented_ensemble.document,
    "exposure": invented_exposure.document,
    "project": project,
    "plan": packages,
    "leverage": test_leveraged.document,
    "bargain": lambda: test_bargained.quarrel(Path(mkdtemp())),
}


class Page(HTMLParser):
    """Text of a page by the id of the section it stands in, and every address the page could ask for."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.at, self.text, self.loads, self.tags = "", {"": ""}, [], []  # type: ignore[var-annotated]
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        if given.get("id") and tag in ("section", "div", "footer") and given.get("class") != "plot":
            self.at = str(given["id"])
        self.loads += [given[name] for name in ("src", "srcset", "action", "poster") if given.get(name)]
        if tag == "link":
            self.loads.append(given.get("href"))

    def handle_data(self, data: str) -> None:
        self.text[self.at] = self.text.get(self.at, "") + data


def said(document: Document) -> dict[str, str]:
    """Sentences of the answer by topic."""
    return dict(make_brief(document).answer)


@pytest.mark.parametrize("kind", KINDS)
def test_a_brief_is_short_and_asks_for_nothing(kind: str) -> None:
    document = KINDS[kind]()
    brief = make_brief(document)
    assert 3 <= len(brief.answer) <= SENTENCES
    assert 1 <= len(brief.pictures) <= PICTURES
    assert all(made.height <= TALLEST for made in brief.pictures)
    assert len({made.name for made in brief.pictures}) == len(brief.pictures)
    assert brief.changes
    assert brief.command.startswith("xenotime ")
    text = render_brief(document)
    page = Page(text)
    assert [address for address in page.loads if address != "data:,"] == []
    assert "default-src 'none'" in text
    for part in (brief.title, brief.question, *(one for pair in brief.answer for one in pair)):
        assert part in "".join(page.text.values())
    assert page.text["again"].count(document["fingerprint"]) == 1 or document["fingerprint"] in text
    assert brief.command in page.text["again"]
    for name in ("changes", "sources"):
        assert len(re.findall("<li>", _section(text, name))) <= LISTED
    assert render_brief(document) == text


def _section(text: str, name: str) -> str:
    return text.partition(f'id="{name}"')[2].partition("</section>")[0]


def test_every_kind_that_has_a_brief_is_tried_here() -> None:
    assert {KINDS[name]()["kind"] for name in KINDS} == set(MAKERS)


def test_a_run_says_its_answer_its_dates_and_that_it_has_no_range() -> None:
    document = small_run()
    brief = make_brief(document)
    assert [f"{topic}: {text}" for topic, text in brief.answer[:3]] == list(answer(document["data"]))
    assert "no band" in said(document)["Range"]
    (control,) = {row["control"] for row in document["data"]["controls"]}
    row = document["data"]["controls"][0]
    for part in (control, row["announced"], row["in_force"]):
        assert part in said(document)["What was done"]


def test_a_run_with_draws_says_their_ranges_and_what_they_hang_on() -> None:
    document = run_with_bands()
    from xenotime.report.numbers import band_words

    text = said(document)["Range"]
    draws = document["data"]["draws"]
    assert f"{draws['asked'] - draws['failed']} draws" in text
    assert band_words(document["data"]["headline"][0], document["data"]["months"]) in text
    assert any("Worth checking next" in change for change in make_brief(document).changes)
    assert f"--draws {draws['asked']}" in make_brief(document).command


def test_numbers_of_an_exposure_are_the_documents() -> None:
    document = invented_exposure.document()
    data, told = document["data"], said(document)
    grams = [sum(row[name] for row in data["elements"]) for name in ("value", "low", "high")]
    assert all(number_text(value) in told["What is in it"] for value in grams)
    stop = worst_stop(data)
    assert stop is not None
    assert percent_text(stop["value"]) in told["Lines"]
    assert stop["first_part"] in told["Lines"]
    for name, say in (("units_lost", number_text), ("margin_lost", money_text)):
        for end in ("mean", "low", "high"):
            assert say(stop[name][end]) in told["Lost then"]
    assert money_text(data["plan"]["cost"]) in told["What to do"]
    assert percent_text(data["plan"]["stop_by_case"][0]["value"]) in told["What to do"]
    first = max(data["licences"], key=lambda row: row["value"])
    assert percent_text(first["value"]) in told["Licences"]


def test_an_exposure_without_plants_says_what_it_cannot_say() -> None:
    data = {
        **invented_exposure.document()["data"],
        **{name: [] for name in ("lines", "stops", "parts", "actions", "cases", "numbers")},
        "plan": None,
    }
    document = {**invented_exposure.document(), "data": data}
    assert "cannot be told" in said(document)["Lines"]
    assert f"--at {data['at']}" in make_brief(document).command
    assert "--plant" not in make_brief(document).command
    assert 'id="rows"' not in render_brief(document)


def test_lines_that_never_stop_lose_nothing() -> None:
    document = copy.deepcopy(invented_exposure.document())
    for row in document["data"]["stops"]:
        row["value"] = 0.0
    document["data"]["plan"]["actions"] = []
    told = said(document)
    assert "none stops" in told["Lines"]
    assert told["Lost then"] == "nothing."
    assert "no set of actions" in told["What to do"]


def test_numbers_of_a_project_are_the_documents() -> None:
    document = project()
    data, told = document["data"], said(document)
    whole = data["values"][0]
    for name in ("value", "low", "high"):
        assert money_text(whole[name]) in told["Worth"]
    assert percent_text(whole["odds_positive"]) in told["Worth"]
    none = next(row for row in data["values"] if row["supports"] == "none")
    assert money_text(none["value"]) in told["Supports"]
    assert data["plan"][0]["start"] in told["When"]
    killers = [row for row in data["killers"] if row["value"] is not None]
    assert len([text for text in make_brief(document).changes if "(under " in text]) == len(killers)


def test_packages_say_what_is_lost_saved_and_paid() -> None:
    document = packages()
    data, text = document["data"], " ".join(one for _, one in make_brief(document).answer)
    best = next(row for row in data["packages"] if row["package"] == data["best"])
    assert data["best"] in text
    for name in ("value", "low", "high", "saving", "outlay"):
        assert money_text(best[name]) in text
    assert "--menu menu.toml" in make_brief(document).command
    shipped = {**data, "sponsor": "USA", "title": shipped_menu("USA").title}
    shipped["cases"] = [{"case": entry.case} for entry in shipped_menu("USA").case]
    command = make_brief({**document, "data": shipped}).command
    assert "--sponsor USA" in command
    assert "--case" not in command


def test_who_holds_the_stronger_hand_and_how_long() -> None:
    document = test_leveraged.document()
    told = make_brief(document).answer
    assert told[0][0] == "The stronger hand"
    assert [topic for topic, _ in told].count("How long") >= 1
    assert told[-1][0] == "Range"
    assert str(document["data"]["draws"]["answered"]) in told[-1][1]


def test_all_warnings_are_told_or_counted() -> None:
    document = {**small_run(), "warnings": [f"care {number}" for number in range(WARNED + 3)]}
    text = _section(render_brief(document), "care")
    assert text.count("care ") == WARNED
    assert "3 more stand in the report" in text


def test_text_of_data_stays_text() -> None:
    run = small_run(HOSTILE)
    run["data"]["case"] |= {"title": HOSTILE, "question": HOSTILE, "name": HOSTILE, "citation": [HOSTILE]}
    run["data"]["controls"][0]["note"] = HOSTILE
    run |= {"warnings": [HOSTILE], "fingerprint": HOSTILE}
    exposure = copy.deepcopy(invented_exposure.document())
    exposure["data"]["title"] = exposure["data"]["bill"]["file"] = HOSTILE
    for row in exposure["data"]["stops"]:
        row |= {"line": HOSTILE, "first_part": HOSTILE}
    plan = copy.deepcopy(project())
    plan["data"] |= {"title": HOSTILE, "project": HOSTILE, "question": HOSTILE, "citation": [HOSTILE]}
    for document in (run, exposure, plan):
        text = render_brief(document)
        assert HOSTILE not in text
        tags = Page(text).tags
        assert "img" not in tags
        assert tags.count("script") == 2 + len(make_brief(document).pictures)  # the library, ours, data


def test_only_web_addresses_are_links() -> None:
    document = small_run()
    document["data"]["sources"] = [
        {
            "source": "a-b",
            "title": "t",
            "publisher": "p",
            "date": "2031",
            "url": "javascript:alert(1)",
            "grade": "A",
        }
    ]
    assert 'href="javascript' not in render_brief(document)


def test_sources_are_told_as_a_stranger_can_find_them() -> None:
    known = cite(LAW, about="mines")
    assert known.what.startswith("mines: ")
    assert LAW not in known.what
    assert known.grade
    assert cite("of-another-world").what == "of-another-world"
    rows = [("assumed", "D", ""), (LAW, "A", ""), (LAW, "B", "again")]
    assert [item.grade for item in each_once(rows)] == ["A"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "not-json"),
        ("\udcff", "not-json"),
        ("[]", "not-a-document"),
        ('{"kind": "run"}', "not-a-document"),
        (
            '{"kind": "run", "data": {}, "fingerprint": "", "warnings": [], "xenotime": "0"}',
            "not-a-document",
        ),
        ('{"kind": "facts", "data": {}, "fingerprint": "", "warnings": [], "xenotime": "0"}', "no-brief"),
    ],
)
def test_what_is_no_document_is_told(tmp_path: Path, text: str, code: str) -> None:
    place = tmp_path / "found.json"
    place.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(InputProblems) as caught:
        render_brief(read_document(place))
    (problem,) = caught.value.problems
    assert problem.code == code
    assert "--json" in problem.remedy


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputProblems) as caught:
        read_document(tmp_path / "none.json")
    assert caught.value.problems[0].code == "not-a-file"


def test_the_command_and_the_python_face_write_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = exposure_document(invented_exposure.answered())
    (tmp_path / "e.json").write_text(to_json(document), "utf-8")
    words = ["brief", str(tmp_path / "e.json"), "--out", str(tmp_path / "new" / "e.html")]
    assert guarded(lambda: app(words, standalone_mode=False)) == 0
    assert "e.html" in capsys.readouterr().out
    written = (tmp_path / "new" / "e.html").read_text("utf-8")
    assert written == xt.brief(tmp_path / "e.json", tmp_path / "again.html")
    assert written == xt.brief(json.loads(to_json(document)))
    assert written == (tmp_path / "again.html").read_text("utf-8")


def test_the_command_ends_with_2_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "no.json").write_text("{}", "utf-8")
    words = ["brief", str(tmp_path / "no.json"), "--out", str(tmp_path / "no.html")]
    assert guarded(lambda: app(words, standalone_mode=False)) == 2
    assert "not-a-document" in capsys.readouterr().err
    assert not (tmp_path / "no.html").exists()
