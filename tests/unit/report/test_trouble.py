"""Every code of a problem is explained, and nothing is explained that cannot be raised."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest
from rich.console import Console

from maker.raised import codes_in_source, literals
from xenotime.errors import InputProblems
from xenotime.facts.problems import CODES as FACT_CODES
from xenotime.report.trouble import explained, show_troubles, troubles
from xenotime.world.problems import CODES as WORLD_CODES


def printed(*codes: str) -> str:
    out = io.StringIO()
    show_troubles(Console(file=out, width=160), codes)
    return out.getvalue()


def test_every_code_the_source_can_raise_is_explained() -> None:
    can_be_raised = codes_in_source() | set(FACT_CODES) | set(WORLD_CODES)
    assert can_be_raised - set(troubles()) == set(), "add it to src/xenotime/report/trouble.toml"


def test_nothing_is_explained_that_no_source_raises() -> None:
    assert set(troubles()) - literals() == set()


def test_every_explanation_says_three_things() -> None:
    for trouble in troubles().values():
        parts = (trouble.means, trouble.happens, trouble.remedy)
        assert all(part.strip() for part in parts), trouble.code
        assert len(set(parts)) == 3
        assert trouble.happens.endswith((".", "?")), trouble.code
        assert trouble.remedy.endswith("."), trouble.code


def test_what_a_register_says_of_a_code_is_not_said_twice() -> None:
    for code, trouble in troubles().items():
        if code in WORLD_CODES:
            assert trouble.means == WORLD_CODES[code]
        elif code in FACT_CODES:
            assert trouble.means == FACT_CODES[code]


def test_a_code_is_printed_with_how_it_comes_about_and_what_to_do() -> None:
    text = printed("bad-number", "lane-to-itself")
    for code in ("bad-number", "lane-to-itself"):
        trouble = troubles()[code]
        for part in (f"{code}: {trouble.means}", trouble.happens, trouble.remedy):
            assert part in text


def test_without_a_code_every_code_has_a_line() -> None:
    lines = printed().splitlines()
    for code in troubles():
        assert sum(line.startswith(f"{code} ") for line in lines) == 1


def test_an_unknown_code_is_answered_with_the_nearest() -> None:
    with pytest.raises(InputProblems) as caught:
        explained(["bad-numbr"])
    (problem,) = caught.value.problems
    assert problem.code == "unknown-name"
    assert "bad-numbr" in problem.found
    assert "did you mean 'bad-number'" in problem.remedy


def test_a_table_of_problems_names_the_command_that_explains_them_and_it_does() -> None:
    command = [sys.executable, "-m", "xenotime"]
    failed = subprocess.run([*command, "run", "april-2052"], capture_output=True, text=True, check=False)
    assert failed.returncode == 2
    last = failed.stderr.strip().splitlines()[-1]
    assert last == "more: xenotime trouble unknown-case"
    told = subprocess.run([*command, *last.split()[2:]], capture_output=True, text=True, check=False)
    assert told.returncode == 0
    assert troubles()["unknown-case"].means in told.stdout
