"""What the made pages say is what code, cases and scores say; `test_house` holds them up to date."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

import pytest

from maker import equations as maths
from maker.cases import cases_page
from maker.commands import commands, commands_page
from maker.links import anchors_of
from maker.parts import MARK, filled, marks_of
from maker.pictures import KEPT, first_answer
from maker.python_names import python_page, returned
from maker.scores import best_rival, scored, verdict
from maker.text import plain
from maker.trouble import trouble_page
from maker.trust_parts import PARTS as TRUST
from xenotime.facts.load import load_facts
from xenotime.policy.case import case_names, load_case
from xenotime.report.trouble import troubles

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
WITH_PARTS = ("index.md", "start.md", "trust.md", "glossary.md")


def section(page: str, heading: str) -> str:
    return page.split(f"\n## {heading}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize("name", case_names())
def test_a_case_is_shown_with_its_question_dates_sources_and_assumptions(name: str) -> None:
    case = load_case(name).data
    part = section(cases_page(), name)
    assert case.question in part
    assert f"$ xenotime run {name}" in part
    for line in case.citation:
        assert plain(line) in part
    for control in case.control:
        assert f"`{control.control}` | {control.instrument.replace('_', ' ')}" in part
        assert f"| {control.announced} | {control.in_force} | {control.enforced} |" in part
        assert plain(control.assumed) in part
    for lever in case.lever:
        assert f"`{lever.lever}`" in part
        assert plain(lever.assumed) in part


def test_the_record_of_a_control_stands_apart_from_what_the_case_says() -> None:
    part = section(cases_page(), "april-2025").split("On record today")[1]
    (row,) = (row for row in load_facts().rows("controls_record") if row.control == "CHN-18-2025")
    assert f"| `CHN-18-2025` | {row.announced} | {row.in_force} | {row.enforced} |" in part


def test_the_score_of_a_case_stands_beside_every_kind_it_was_scored_on() -> None:
    part = section(cases_page(), "april-2025")
    rows = [
        row
        for row in scored()["scores"]
        if (row["episode"], row["facts"], row["by"], row["rival"])
        == ("april-2025", "all", "kind", "no change")
    ]
    assert {row["group"] for row in rows} >= {"price", "gap", "quantity"}
    for row in rows:
        skill = f"{row['skill']:.2f}".replace("-", "−")
        assert re.search(rf"\| {row['group']} \| {row['targets']} \| .* \| {skill} \|", part)


def test_who_was_nearer_is_told_against_ourselves_too() -> None:
    row = {"error": 1.0, "rival_error": 0.5, "skill": -1.0, "rival": "no change", "targets": 4, "compared": 4}
    other = {**row, "rival_error": 2.0, "skill": 0.5, "rival": "perfect foresight"}
    assert best_rival([other, row]) == row
    assert verdict([other, row]) == "no change"
    assert verdict([other]) == "ours"
    assert verdict([{**row, "rival_error": 1.0, "skill": 0.0}]) == "equal (no change)"
    assert verdict([{**row, "rival_error": 0.0, "skill": None}, other]) == "no change"  # faultless: no skill
    assert verdict([{**row, "compared": 2, "skill": 0.5}, row]) == "no change"
    assert verdict([{**row, "compared": 2, "skill": 0.5}]) == "ours"  # on the two targets both answer
    assert verdict([{**row, "rival_error": None, "skill": None}]) == "no rival"


def test_every_loss_to_a_rival_is_on_the_page_of_trust() -> None:
    page = (DOCS / "trust.md").read_text(encoding="utf-8")
    lost = [row for row in scored()["scores"] if row["by"] == "kind" and row["skill"] and row["skill"] < 0]
    assert lost
    told = TRUST["rivals"]()
    assert told in page
    for row in lost:
        assert re.search(rf"\| {row['episode']}, [a-z ]+ \| {row['group']} \|", told)


def test_recalled_rows_are_counted_on_the_page_of_trust() -> None:
    facts = load_facts()
    memory = {name for name, source in facts.sources().items() if source.retrieval == "recalled"}
    own = sum(row.source in memory for row in facts.rows("observed_production"))
    assert own > 0
    (line,) = (line for line in TRUST["grades"]().splitlines() if line.startswith("| D |"))
    assert int(line.split("|")[4]) >= own


def test_every_command_is_on_the_page_with_all_its_options() -> None:
    page = commands_page()
    known = list(commands())
    assert {"xenotime run", "xenotime world check", "xenotime trouble"} <= {path for path, _ in known}
    for path, command in known:
        part = section(page, f"`{path}`")
        for parameter in command.params:
            for name in parameter.opts if parameter.param_type_name == "option" else ():
                assert name == "--help" or f"`{name}`" in part
    assert "| `--draws` | how many draws | whole number, at least 1 | **required** |" in section(
        page, "`xenotime ensemble`"
    )


def test_what_the_public_functions_return_is_told_with_its_members() -> None:
    names = [thing.__name__ for thing in returned()]
    assert {"World", "Clearing", "Run", "Study", "Case", "Exposed", "Valued"} <= set(names)
    assert all(thing.__dataclass_params__.frozen for thing in returned())  # the page says so
    page = python_page().split("## What comes back")[1]
    assert re.findall(r"^### `(\w+)`$", page, re.MULTILINE) == names
    assert "| `explain(material, region, month, market)` |" in page


def test_every_equation_has_a_number_a_function_and_a_test() -> None:
    assert len(maths.equations()) > 80
    without = {equation.name for equation in maths.equations() if not maths.tests_of(equation)}
    assert without == set()
    for equation in maths.equations():
        for place in maths.tests_of(equation):
            assert (ROOT / place).is_file()


def test_every_code_is_an_anchor_and_a_bad_folder_gives_its_message() -> None:
    page = trouble_page()
    assert set(troubles()) <= anchors_of(page)
    part = page.split("### bad-number\n")[1].split("\n### ")[0]
    assert "lanes.csv:2 [cost]: found '1,5'" in part


def test_parts_are_filled_where_their_marks_are() -> None:
    for name in WITH_PARTS:
        assert marks_of(name), name
        text = (DOCS / name).read_text(encoding="utf-8")
        assert text.count("<!-- made:") == len(MARK.findall(text)) == text.count("<!-- end:")
    with pytest.raises(KeyError):
        filled("index.md", {})


def test_the_first_answer_is_of_the_world_and_case_as_they_are_now() -> None:
    spec = importlib.util.spec_from_file_location("generate_start", DOCS / "generate_start.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert not module.is_stale(), "run `make docs`"
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    assert len(kept["months"]) == len(kept["price"]["outside"]) == 24
    assert kept["answer"][0][:60].split()[-1] in (DOCS / "start.md").read_text(encoding="utf-8")
    assert first_answer().count("<polyline") > len(kept["price"]) + len(kept["available"])


def test_text_from_data_means_nothing_to_markdown() -> None:
    assert plain("a_b | <i> `c_d` *e*") == r"a\_b \| \<i\> `c_d` \*e\*"
    assert plain("one ` only_x") == r"one \` only\_x"
